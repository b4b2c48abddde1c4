//! The checkpoint in a part: closed, a question, what to read again, confirmed.

use super::{at_check, here};
use crate::features::form::FormState;
use crate::features::study::{Check, CheckQuestion, CheckState, LessonPart, PartLink};
use crate::format;
use crate::islands::REVEALED;
use crate::pages::trainee::paragraphs;
use crate::texts::Texts;
use crate::ui::{field, icon, message};
use domain::time::Seconds;
use leptos::prelude::*;

/// The checkpoint as it stands.
pub(super) fn check(t: Texts, model: &LessonPart, check: &Check, form: &FormState) -> AnyView {
    let number = check.number;
    let body = match &check.state {
        CheckState::Closed { missing } => closed(t, model, number, *missing),
        CheckState::Open(question) => return open(t, model, check, question, form),
        CheckState::Wait { feedback, passage, wait } => again(t, model, feedback, passage.as_ref(), *wait),
        CheckState::Passed { feedback } => passed(t, number, feedback.as_deref()),
    };
    view! { <section class="stack" id="control" aria-label=t.check_title(number)>{body}</section> }.into_any()
}

/// Beside the words a link that waits, hidden, until the study clock learns that the checkpoint opened.
fn closed(t: Texts, model: &LessonPart, number: u32, missing: Seconds) -> AnyView {
    let text = view! {
        {t.check_closed_text(format::duration(missing))}
        <span id=REVEALED hidden><br/><b>{t.check_opened(number)}</b>" "<a class="go" href=at_check(model)>{t.check_answer()}</a></span>
    };
    message::alert("info", "lock", t.check_closed(number), text)
}

fn open(t: Texts, model: &LessonPart, check: &Check, question: &CheckQuestion, form: &FormState) -> AnyView {
    let error = form.error("option");
    let described = if error.is_some() { "option-h option-e" } else { "option-h" };
    let class = if error.is_some() { "bad" } else { "" };
    let message = error.map(|message| view! { <p class="error" id="option-e">{icon("warn")}{message}</p> });
    let hint = if check.studied > Seconds::ZERO { t.check_hint(format::duration(check.studied)) } else { t.check_hint_none().to_owned() };
    let lang = model.untranslated.then_some("es");
    let chosen = form.value("option");
    let options = question.options.iter().enumerate();
    let options = options.map(|(index, (value, text))| option(index, value, text, lang, *value == chosen)).collect_view();
    view! {
        <form class="check" id="control" method="post" action=format!("{}#control", here(model))>
            <fieldset aria-describedby=described class=class>
                <legend>{t.check_title(check.number)}</legend>
                {paragraphs(&question.prompt).into_iter().map(|text| view! { <p lang=lang>{text}</p> }).collect_view()}
                <p class="hint" id="option-h">{hint}</p>{message}
                {options}
            </fieldset>
            <button class="btn full">{t.check_send()}</button>
            {field::hidden("action", "check")}{field::hidden("question", question.id.clone())}
        </form>
    }
    .into_any()
}

fn option(index: usize, value: &str, text: &str, lang: Option<&'static str>, checked: bool) -> AnyView {
    let id = (index == 0).then_some("option");
    view! { <label class="pick"><input type="radio" name="option" id=id value=value.to_owned() checked=checked required/><span lang=lang>{text.to_owned()}</span></label> }.into_any()
}

fn again(t: Texts, model: &LessonPart, feedback: &str, passage: Option<&PartLink>, wait: Seconds) -> AnyView {
    let passage = passage.map(|link| {
        let words = t.check_passage_link(format::kilobytes(link.bytes), &link.title);
        view! { <p>{t.check_passage()}<br/><a class="go" href=link.href.clone()>{words}</a></p> }
    });
    let wait = (wait > Seconds::ZERO).then(|| view! { <p>{t.check_wait(format::duration(wait))}</p> });
    view! {
        {message::alert("warn", "info", t.check_wrong(), feedback.to_owned())}
        {passage}{wait}
        <p><a class="btn alt" href=at_check(model)>{t.check_next()}</a></p>
    }
    .into_any()
}

fn passed(t: Texts, number: u32, feedback: Option<&str>) -> AnyView {
    let text = feedback.map(|feedback| format!("{feedback} ")).unwrap_or_default();
    message::alert("ok", "check", t.check_passed(number), format!("{text}{}", t.check_passed_text()))
}
