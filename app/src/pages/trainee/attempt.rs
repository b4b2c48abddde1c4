//! One question of an attempt.

mod answer;

use super::{count, numbers, paragraphs, questions};
use crate::features::assessment::{AttemptItem, ItemInput};
use crate::features::form::FormState;
use crate::format;
use crate::islands::{AnswerSaver, AnswerTexts};
use crate::texts::Texts;
use crate::ui::{field, form as forms, icon, message};
use chrono::NaiveDateTime;
use leptos::prelude::*;

/// Id of the form, known to the answer saver.
const FORM: &str = "respuesta";

/// The page at `/attempts/{id}/{n}`.
#[must_use]
pub fn attempt(t: Texts, model: &AttemptItem, form: &FormState) -> AnyView {
    let (index, total) = model.position;
    view! {
        <div class="wrap"><div class="grid split">
            <form class="stack" id=FORM method="post" action=format!("/attempts/{}/{}", model.attempt, index + 1)>
                <p class="meta"><b>{model.title.clone()}</b><span>{t.attempt_number(model.number.1, model.number.0)}</span></p>
                {deadline(t, model)}
                {forms::summary(t, form)}
                <h1>{t.attempt_question(index + 1, total)}</h1>
                {question(t, &model.prompt, &model.input, form)}
                {saver(t, model)}
                <label class="pick"><input type="checkbox" name="flag" value="yes" checked=model.flagged/><span>{t.attempt_flag()}</span></label>
                {turn(t, model)}
                {field::hidden("version", model.version.to_string())}
            </form>
            {overview(t, model)}
        </div></div>
    }
    .into_any()
}

/// "Guardado a las 10:42 a. m.": also in the receipt of the answer saver.
#[must_use]
pub fn saved_line(t: Texts, at: NaiveDateTime) -> String {
    t.attempt_saved(format::clock(t, at))
}

fn deadline(t: Texts, model: &AttemptItem) -> AnyView {
    let left = model.minutes_left;
    let kind = if left <= 5 { "warn" } else { "info" };
    let title = if left < 1 { t.attempt_left_none().to_owned() } else { t.attempt_left(left) };
    message::alert(kind, "clock", title, t.attempt_deadline(format::weekday(t, model.deadline.date()), format::clock(t, model.deadline)))
}

/// The case, if there is one, and the question: its last paragraph. Also in the preview of who writes it.
pub(crate) fn question(t: Texts, prompt: &str, input: &ItemInput, form: &FormState) -> AnyView {
    let mut blocks = paragraphs(prompt);
    let asked = blocks.pop().unwrap_or_default();
    let case = (!blocks.is_empty())
        .then(|| view! { <div class="quote stack">{blocks.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}</div> });
    view! { {case}{answer::answer(t, asked, input, form)} }.into_any()
}

fn saver(t: Texts, model: &AttemptItem) -> AnyView {
    let line = model.saved_at.map(|at| saved_line(t, at)).unwrap_or_default();
    let item = u32::try_from(model.position.0).unwrap_or(u32::MAX);
    let texts = AnswerTexts {
        saving: t.attempt_saving().to_owned(),
        waiting: t.attempt_waiting().to_owned(),
        failed: t.attempt_failed().to_owned(),
        conflict: t.attempt_conflict().to_owned(),
        reload: t.attempt_reload().to_owned(),
        late: t.attempt_late().to_owned(),
        signed_out: t.attempt_signed_out().to_owned(),
        found: t.attempt_found().to_owned(),
        take: t.attempt_take().to_owned(),
    };
    view! {
        <AnswerSaver attempt=model.attempt item form=FORM.to_owned() line texts/>
        <noscript><p class="hint">{t.attempt_no_script()}</p></noscript>
    }
    .into_any()
}

fn turn(t: Texts, model: &AttemptItem) -> AnyView {
    let (index, total) = model.position;
    let previous = (index > 0).then(|| {
        view! { <a class="btn alt" href=format!("/attempts/{}/{index}", model.attempt)><small>{t.attempt_previous()}</small>{t.attempt_previous_name(index)}</a> }
    });
    let (go, name) =
        if index + 1 < total { ("next", t.attempt_next_name(index + 2)) } else { ("review", t.attempt_next_review().to_owned()) };
    view! { <div class="turn">{previous}<button class="btn" name="go" value=go><small>{t.attempt_save_next()}</small>{name}</button></div> }
        .into_any()
}

fn overview(t: Texts, model: &AttemptItem) -> AnyView {
    let answered = numbers(&model.items, |item| item.answered).len();
    view! {
        <nav class="stack stick" aria-labelledby="todas">
            <h2 id="todas">{t.attempt_all()}</h2>
            <p class="meta"><span>{icon("check")}{t.attempt_count(answered, model.items.len() - answered)}</span></p>
            {questions(t, model.attempt, &model.items, Some(model.position.0))}
            <p class="key"><span>{t.attempt_key_answered()}</span><span>{t.attempt_key_flagged()}</span></p>
            <button class="btn alt full" form=FORM name="go" value="review">{t.attempt_review()}</button>
        </nav>
    }
    .into_any()
}
