//! What is accepted where she writes the answer: words, or numbers with their unit. And the explanation for everyone.

use super::super::editor::{Desk, LINE};
use super::both;
use crate::features::authoring::question::QuestionForm;
use crate::ui::field::{self, Kind};
use leptos::prelude::*;

/// An answer of one line, of at most the length that a trainee can write.
const ANSWER: Kind = Kind { longest: 200, ..Kind::PLAIN };
/// A number as it is written: with comma, point or stroke, or a star.
const NUMBER: Kind = Kind { longest: 40, class: "num", ..Kind::PLAIN };
/// Percent.
const PERCENT: Kind = Kind { longest: 12, mode: "decimal", class: "num", ..Kind::PLAIN };

/// The fields that only a short answer has.
pub(super) fn accepted(desk: Desk<'_>, form: &QuestionForm) -> AnyView {
    let t = desk.t;
    let rows = (1..=form.accepted.len()).map(|n| accepted_row(desk, n)).collect_view();
    let next = format!("accepted-{}-text-es", form.accepted.len() + 1);
    view! {
        <section class="stack" aria-labelledby="aceptadas">
            <h2 id="aceptadas" tabindex="-1">{t.question_accepted()}</h2>
            <p class="hint">{t.question_accepted_hint()}</p>
            {rows}
            {desk.add("accepted", &next, t.question_accepted_add())}
        </section>
    }
    .into_any()
}

fn accepted_row(desk: Desk<'_>, n: usize) -> AnyView {
    let t = desk.t;
    let name = |part: &str| format!("accepted-{n}-{part}");
    let (text, feedback) = (name("text"), name("feedback"));
    view! {
        <fieldset class="card stack"><legend>{t.question_accepted_one(n)}</legend>
            {desk.spanish(&text, t.question_accepted_text(), "", ANSWER)}
            {field::text(name("weight"), t.question_weight(), t.question_weight_hint(), PERCENT, desk.form)}
            {desk.spanish(&feedback, t.question_answer_feedback(), t.question_may_be_empty(), LINE)}
            {desk.english(&[(&text, t.question_accepted_text(), ANSWER), (&feedback, t.question_answer_feedback(), LINE)])}
            {desk.remove(&format!("accepted-{n}"), "aceptadas", t.question_accepted_remove(n))}
        </fieldset>
    }
    .into_any()
}

/// The fields that only a number has.
pub(super) fn numbers(desk: Desk<'_>, form: &QuestionForm) -> AnyView {
    let t = desk.t;
    let rows = (1..=form.numbers.len()).map(|n| number_row(desk, n)).collect_view();
    let next = format!("number-{}-value", form.numbers.len() + 1);
    let unit = Kind { longest: 60, ..Kind::PLAIN };
    view! {
        <section class="stack" aria-labelledby="numeros">
            <h2 id="numeros" tabindex="-1">{t.question_numbers()}</h2>
            <p class="hint">{t.question_numbers_hint()}</p>
            {rows}
            {desk.add("number", &next, t.question_number_add())}
        </section>
        <section class="stack" aria-labelledby="unidad">
            <h2 id="unidad">{t.question_unit()}</h2>
            {both(desk, &[("unit", t.question_unit_text(), t.question_unit_hint(), unit)])}
            {field::text("units", t.question_units(), t.question_units_hint(), Kind { rows: 3, longest: 400, ..Kind::PLAIN }, desk.form)}
        </section>
    }
    .into_any()
}

fn number_row(desk: Desk<'_>, n: usize) -> AnyView {
    let t = desk.t;
    let name = |part: &str| format!("number-{n}-{part}");
    view! {
        <fieldset class="card stack"><legend>{t.question_number_one(n)}</legend>
            {field::text(name("value"), t.question_number_value(), "", NUMBER, desk.form)}
            {field::text(name("tolerance"), t.question_tolerance(), t.question_tolerance_hint(), NUMBER, desk.form)}
            {field::text(name("weight"), t.question_weight(), t.question_weight_hint(), PERCENT, desk.form)}
            {both(desk, &[(&name("feedback"), t.question_answer_feedback(), t.question_may_be_empty(), LINE)])}
            {desk.remove(&format!("number-{n}"), "numeros", t.question_number_remove(n))}
        </fieldset>
    }
    .into_any()
}

/// What is said to everyone afterwards.
pub(super) fn explanation(desk: Desk<'_>) -> AnyView {
    let t = desk.t;
    let prose = Kind { rows: 3, ..LINE };
    view! {
        <section class="stack" aria-labelledby="explica">
            <h2 id="explica">{t.question_explanation()}</h2>
            {both(desk, &[("explanation", t.question_explanation_text(), t.question_explanation_hint(), prose)])}
        </section>
    }
    .into_any()
}
