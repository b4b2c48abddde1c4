//! What is matched, and what is put in order.

use super::super::editor::{Desk, LINE};
use super::both;
use crate::features::authoring::question::{OptionRow, QuestionForm};
use crate::texts::Texts;
use crate::ui::field;
use leptos::prelude::*;

/// The right sides, then the left sides, each with the option that belongs to it.
pub(super) fn matching(desk: Desk<'_>, form: &QuestionForm) -> AnyView {
    let t = desk.t;
    let rights = form.options.iter().zip(1..).map(|(row, n)| right(desk, row, n)).collect_view();
    let options: Vec<_> = form.options.iter().zip(1..).map(|(row, n)| (row.id.clone(), named(t, row, n))).collect();
    let lefts = form.pairs.iter().zip(1..).map(|(row, n)| left(desk, &row.id, n, &options)).collect_view();
    view! {
        {section(desk, "right", (t.question_rights(), t.question_rights_hint()), rights,
            desk.add("option", &format!("option-{}-text-es", form.options.len() + 1), t.question_option_add()))}
        {section(desk, "parejas", (t.question_pairs(), t.question_pairs_hint()), lefts,
            desk.add("pair", &format!("pair-{}-text-es", form.pairs.len() + 1), t.question_pair_add()))}
    }
    .into_any()
}

/// The steps in the right order.
pub(super) fn ordering(desk: Desk<'_>, form: &QuestionForm) -> AnyView {
    let t = desk.t;
    let count = form.options.len();
    let steps = form.options.iter().zip(1..).map(|(row, n)| step(desk, row, (n, count))).collect_view();
    let next = format!("option-{}-text-es", count + 1);
    section(desk, "right", (t.question_steps(), t.question_steps_hint()), steps, desk.add("option", &next, t.question_step_add()))
}

/// Rows under their title, with what is wrong with all of them together.
fn section(desk: Desk<'_>, id: &'static str, (title, hint): (&'static str, &'static str), rows: impl IntoView, add: AnyView) -> AnyView {
    let error = desk.form.error(id).map(|words| view! { <p class="error">{words}</p> });
    view! {
        <section class="stack" aria-labelledby=id>
            <h2 id=id tabindex="-1">{title}</h2>
            <p class="hint">{hint}</p>
            {error}{rows.into_any()}{add}
        </section>
    }
    .into_any()
}

/// An option in the list of a left side: its number, and its text as far as there is one.
fn named(t: Texts, row: &OptionRow, n: usize) -> String {
    let text = Some(row.text.es.as_str()).filter(|text| !text.is_empty()).unwrap_or(t.question_no_text_yet());
    t.question_option_named(n, text)
}

fn right(desk: Desk<'_>, row: &OptionRow, n: usize) -> AnyView {
    let t = desk.t;
    view! {
        <fieldset class="card stack"><legend>{t.question_option(n)}</legend>
            {field::hidden(format!("option-{n}-id"), row.id.clone())}
            {both(desk, &[(&format!("option-{n}-text"), t.question_option_text(), "", LINE)])}
            {desk.remove(&format!("option-{n}"), "right", t.question_option_remove(n))}
        </fieldset>
    }
    .into_any()
}

fn left(desk: Desk<'_>, id: &str, n: usize, options: &[(String, String)]) -> AnyView {
    let t = desk.t;
    let name = |part: &str| format!("pair-{n}-{part}");
    let (text, feedback) = (name("text"), name("feedback"));
    view! {
        <fieldset class="card stack"><legend>{t.question_pair(n)}</legend>
            {field::hidden(name("id"), id)}
            {desk.spanish(&text, t.question_pair_text(), "", LINE)}
            {desk.select(&name("option"), t.question_pair_option(), "", t.editor_choose(), options)}
            {desk.spanish(&feedback, t.question_pair_feedback(), t.question_may_be_empty(), LINE)}
            {desk.english(&[(&text, t.question_pair_text(), LINE), (&feedback, t.question_pair_feedback(), LINE)])}
            {desk.remove(&format!("pair-{n}"), "parejas", t.question_pair_remove(n))}
        </fieldset>
    }
    .into_any()
}

fn step(desk: Desk<'_>, row: &OptionRow, (n, count): (usize, usize)) -> AnyView {
    let t = desk.t;
    view! {
        <fieldset class="card stack"><legend>{t.question_step(n)}</legend>
            {field::hidden(format!("option-{n}-id"), row.id.clone())}
            {both(desk, &[(&format!("option-{n}-text"), t.question_step_text(), "", LINE)])}
            {desk.moves("option", (n, count), (t.question_step_up(n), t.question_step_down(n)))}
            {desk.remove(&format!("option-{n}"), "right", t.question_step_remove(n))}
        </fieldset>
    }
    .into_any()
}
