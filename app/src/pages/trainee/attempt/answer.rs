//! What an item asks for: one option, several, a text, a line, or a choice for each row.

mod rows;

use super::count;
use crate::features::assessment::ItemInput;
use crate::features::form::FormState;
use crate::texts::Texts;
use crate::ui::{field, icon};
use domain::assessment::question::short_answer::LONGEST;
use leptos::prelude::*;

/// The field of the answer under its question.
pub(super) fn answer(t: Texts, asked: String, input: &ItemInput, form: &FormState) -> AnyView {
    match input {
        ItemInput::One(options) => choice(asked, t.attempt_one(), "radio", options, form),
        ItemInput::Several(options) => choice(asked, t.attempt_several(), "checkbox", options, form),
        ItemInput::Text { saved, minimum_words } => text(asked, t.attempt_words(count(*minimum_words)), saved, form),
        ItemInput::Line { saved, number, unit } => line(t, asked, saved, *number, unit.as_deref(), form),
        ItemInput::Matching { rows, options } => rows::matching(t, asked, rows, options, form),
        ItemInput::Ordering { rows } => rows::ordering(t, asked, rows, form),
    }
}

fn error(name: &str, form: &FormState) -> Option<AnyView> {
    let id = format!("{name}-e");
    form.error(name).map(|message| view! { <p class="error" id=id>{icon("warn")}{message}</p> }.into_any())
}

/// Ids of what describes the field `name`.
fn described(name: &str, form: &FormState) -> String {
    if form.error(name).is_some() { format!("{name}-h {name}-e") } else { format!("{name}-h") }
}

fn choice(asked: String, hint: &'static str, kind: &'static str, options: &[(String, String, bool)], form: &FormState) -> AnyView {
    let options = options
        .iter()
        .enumerate()
        .map(|(index, (value, text, chosen))| {
            let id = (index == 0).then_some("option");
            view! { <label class="pick"><input type=kind name="option" id=id value=value.clone() checked=*chosen/><span>{text.clone()}</span></label> }
        })
        .collect_view();
    view! {
        <fieldset class="stack" aria-describedby=described("option", form)>
            <legend>{asked}</legend>
            <p class="hint" id="option-h">{hint}</p>{error("option", form)}
            <div>{options}</div>
        </fieldset>
    }
    .into_any()
}

/// What was typed and refused, else what is saved.
fn typed(saved: &str, form: &FormState) -> String {
    Some(form.value("text")).filter(|typed| !typed.is_empty()).unwrap_or_else(|| saved.to_owned())
}

fn text(asked: String, hint: String, saved: &str, form: &FormState) -> AnyView {
    let is_bad = form.error("text").is_some();
    let class = if is_bad { "field bad" } else { "field" };
    view! {
        <div class=class>
            <label for="text">{asked}</label>
            <span class="hint" id="text-h">{hint}</span>{error("text", form)}
            <textarea class="input" id="text" name="text" rows="12" aria-invalid=is_bad.then_some("true") aria-describedby=described("text", form)>{field::in_textarea(&typed(saved, form))}</textarea>
        </div>
    }
    .into_any()
}

fn line(t: Texts, asked: String, saved: &str, number: bool, unit: Option<&str>, form: &FormState) -> AnyView {
    let is_bad = form.error("text").is_some();
    let class = if is_bad { "field bad" } else { "field" };
    let hint = match (number, unit) {
        (false, _) => t.attempt_line().to_owned(),
        (true, None) => t.attempt_number_hint().to_owned(),
        (true, Some(unit)) => t.attempt_number_unit(unit),
    };
    let (mode, kind) = if number { ("decimal", "input num") } else { ("text", "input") };
    view! {
        <div class=class>
            <label for="text">{asked}</label>
            <span class="hint" id="text-h">{hint}</span>{error("text", form)}
            <input class=kind id="text" name="text" type="text" inputmode=mode maxlength=LONGEST.to_string() autocomplete="off" value=typed(saved, form) aria-invalid=is_bad.then_some("true") aria-describedby=described("text", form)/>
        </div>
    }
    .into_any()
}
