//! The rubric of a case: criteria with their levels, and what may never be done.

use super::super::editor::{Desk, LINE};
use super::both;
use crate::features::authoring::question::{CriterionRow, LevelRow, LineRow, QuestionForm};
use crate::ui::field::{self, Kind};
use leptos::prelude::*;

/// The fields that only a case has.
pub(super) fn rubric(desk: Desk<'_>, form: &QuestionForm) -> AnyView {
    let t = desk.t;
    let criteria = form.criteria.iter().zip(1..).map(|(row, n)| criterion(desk, row, n)).collect_view();
    let lines = form.lines.iter().zip(1..).map(|(row, n)| line(desk, row, n)).collect_view();
    let next = |what: &str, count: usize, part: &str| format!("{what}-{}-{part}-es", count + 1);
    view! {
        <section class="stack" aria-labelledby="rubrica">
            <h2 id="rubrica" tabindex="-1">{t.question_rubric()}</h2>
            <p class="hint">{t.question_rubric_hint()}</p>
            {field::text("minimum-words", t.question_words(), t.question_words_hint(), Kind { longest: 4, ..Kind::DIGITS }, desk.form)}
            {criteria}
            {desk.add("criterion", &next("criterion", form.criteria.len(), "title"), t.question_criterion_add())}
        </section>
        <section class="stack" aria-labelledby="nunca">
            <h2 id="nunca" tabindex="-1">{t.question_lines()}</h2>
            <p class="hint">{t.question_lines_hint()}</p>
            {lines}
            {desk.add("line", &next("line", form.lines.len(), "text"), t.question_line_add())}
        </section>
    }
    .into_any()
}

fn criterion(desk: Desk<'_>, row: &CriterionRow, n: usize) -> AnyView {
    let t = desk.t;
    let (id, title) = (format!("criterion-{n}-id"), format!("criterion-{n}-title"));
    let levels = row.levels.iter().zip(1..).map(|(level, m)| self::level(desk, level, n, m)).collect_view();
    let next = format!("criterion-{n}-level-{}-points", row.levels.len() + 1);
    view! {
        <fieldset class="card stack" id=format!("criterion-{n}") tabindex="-1"><legend>{t.question_criterion(n)}</legend>
            {field::hidden(id, row.id.clone())}
            {both(desk, &[(&title, t.question_criterion_title(), t.question_criterion_hint(), LINE)])}
            {levels}
            {desk.add(&format!("level-{n}"), &next, t.question_level_add())}
            {desk.remove(&format!("criterion-{n}"), "rubrica", t.question_criterion_remove(n))}
        </fieldset>
    }
    .into_any()
}

fn level(desk: Desk<'_>, row: &LevelRow, n: usize, m: usize) -> AnyView {
    let t = desk.t;
    let name = |part: &str| format!("criterion-{n}-level-{m}-{part}");
    view! {
        <fieldset class="stack"><legend>{t.question_level(m)}</legend>
            {field::text(name("points"), t.question_level_points(), "", Kind { longest: 4, ..Kind::DIGITS }, desk.form)}
            {both(desk, &[(&name("text"), t.question_level_text(), "", LINE)])}
            {desk.tick("checkbox", (&name("critical"), "yes"), t.question_level_critical(), "", row.critical)}
            {desk.remove(&format!("level-{n}-{m}"), &format!("criterion-{n}"), t.question_level_remove(m))}
        </fieldset>
    }
    .into_any()
}

fn line(desk: Desk<'_>, row: &LineRow, n: usize) -> AnyView {
    let t = desk.t;
    view! {
        <fieldset class="card stack"><legend>{t.question_line(n)}</legend>
            {field::hidden(format!("line-{n}-id"), row.id.clone())}
            {both(desk, &[(&format!("line-{n}-text"), t.question_line_text(), t.question_line_text_hint(), LINE)])}
            {desk.remove(&format!("line-{n}"), "nunca", t.question_line_remove(n))}
        </fieldset>
    }
    .into_any()
}
