//! Blind grading of one answer with its rubric: no name, no place, no times of writing.

use crate::features::assessment::{CriterionRow, GradingTask};
use crate::features::form::FormState;
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{desk, form as forms, icon, message};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Id of the form that returns work which names its author; apart from the grading form, so that Enter never returns anything.
const RETURN: &str = "identifies";

/// The page `/grading/{task}`.
#[must_use]
pub fn grading_task(t: Texts, task: &GradingTask, form: &FormState) -> AnyView {
    let form = &filled(task, form);
    view! {
        <form method="post">
            {field::hidden("version", task.version.to_string())}
            <div class="wrap stack">
                <div class="row end">
                    <h1>{t.grading_case(&task.code)}</h1>
                    <p class="meta"><span>{icon("clock")}{t.grading_until(format::clock(t, task.until))}</span></p>
                </div>
                <p class="soft">{t.grading_blind(&task.title)}</p>
                {forms::summary(t, &named(task, form))}
                {task.conflict.as_deref().map(|saved| conflict(t, saved))}
                <div class="grid half">{answer(t, task)}{rubric(t, task, form)}</div>
            </div>
            {save(t, task)}
        </form>
        <form method="post" id=RETURN>{field::hidden("version", task.version.to_string())}</form>
    }
    .into_any()
}

/// What was typed before a refusal, else what is saved.
fn filled(task: &GradingTask, form: &FormState) -> FormState {
    let mut form = form.clone();
    if form.values.is_empty() {
        let levels = task.criteria.iter().filter_map(|c| c.chosen.map(|level| (criterion_field(&c.id), level.to_string())));
        let lines = task.critical.iter().filter_map(|(id, _, said)| said.map(|yes| (line_field(id), said_as(yes).to_owned())));
        form.values.extend(levels.chain(lines));
        form.values.insert("comment".to_owned(), task.comment.clone());
    }
    form
}

/// The messages with the criterion or line that each is about: in a list above the rubric nothing else tells them apart.
fn named(task: &GradingTask, form: &FormState) -> FormState {
    let criteria = task.criteria.iter().map(|c| (criterion_field(&c.id), &c.title));
    let subjects: BTreeMap<String, &String> = criteria.chain(task.critical.iter().map(|(id, text, _)| (line_field(id), text))).collect();
    let mut form = form.clone();
    for error in &mut form.errors {
        if let Some(subject) = subjects.get(&error.field) {
            error.message = format!("{}. {}", subject.trim_end_matches('.'), error.message);
        }
    }
    form
}

fn criterion_field(id: &str) -> String {
    format!("r-{id}")
}

fn line_field(id: &str) -> String {
    format!("k-{id}")
}

const fn said_as(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn conflict(t: Texts, saved: &str) -> AnyView {
    view! {
        {message::alert("halt", "warn", t.grading_conflict(), t.grading_conflict_text())}
        <details class="fold"><summary>{t.grading_conflict_saved()}</summary><div class="stack">{paragraphs(saved)}</div></details>
    }
    .into_any()
}

fn paragraphs(text: &str) -> AnyView {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| view! { <p>{line.to_owned()}</p> }).collect_view().into_any()
}

fn answer(t: Texts, task: &GradingTask) -> AnyView {
    view! {
        <section class="stack stick" aria-labelledby="answer">
            <h2 id="answer">{t.grading_answer()}</h2>
            <details class="fold"><summary>{t.grading_prompt()}</summary><div class="stack">{paragraphs(&task.prompt)}</div></details>
            <div class="card">
                <div class="quote stack">{paragraphs(&task.answer)}</div>
                <p class="small soft">{t.grading_words(i64::from(task.words))}</p>
            </div>
            <details class="fold">
                <summary>{t.grading_identifies()}</summary>
                <p>{t.grading_identifies_text()}</p>
                <p><button class="btn alt" form=RETURN name="action" value="identifies">{t.grading_identifies_go()}</button></p>
            </details>
        </section>
    }
    .into_any()
}

fn rubric(t: Texts, task: &GradingTask, form: &FormState) -> AnyView {
    let lines: Vec<_> = task.critical.iter().map(|(id, text, _)| (id.as_str(), text.as_str())).collect();
    view! {
        <section class="stack" aria-labelledby="rubric">
            <h2 id="rubric">{t.grading_rubric()}</h2>
            {criteria(t, &task.criteria, &lines, form)}
            {field::text("comment", t.grading_comment(), t.grading_comment_hint(), Kind::AREA, form)}
        </section>
    }
    .into_any()
}

/// The criteria and the critical lines (id, text) of a rubric, to be marked. Also in the preview of who writes the case.
pub(super) fn criteria(t: Texts, criteria: &[CriterionRow], lines: &[(&str, &str)], form: &FormState) -> AnyView {
    let criteria = criteria.iter().enumerate().map(|(index, row)| criterion(t, index + 1, row, form)).collect_view();
    let lines = lines.iter().map(|(id, text)| line(t, id, text, form)).collect_view();
    view! { {criteria}{lines} }.into_any()
}

fn criterion(t: Texts, number: usize, row: &CriterionRow, form: &FormState) -> AnyView {
    let name = criterion_field(&row.id);
    let levels = row
        .levels
        .iter()
        .enumerate()
        .map(|(index, (points, text))| {
            let unit = view! { <span class="vh">{t.grading_level(i64::from(*points))}</span> };
            level(&name, index.to_string(), view! { <b>{*points}" "{unit}</b>{text.clone()} }.into_any(), form)
        })
        .collect();
    levels_of(&name, "levels", t.grading_criterion(number, &row.title), levels, form)
}

fn line(t: Texts, id: &str, text: &str, form: &FormState) -> AnyView {
    let name = line_field(id);
    let levels = [(false, t.grading_no()), (true, t.grading_yes())]
        .into_iter()
        .map(|(yes, words)| level(&name, said_as(yes).to_owned(), words.into_any(), form))
        .collect();
    levels_of(&name, "levels critical", t.grading_critical(text), levels, form)
}

fn level(name: &str, value: String, words: AnyView, form: &FormState) -> AnyView {
    let chosen = form.value(name) == value;
    view! { <label class="pick"><input type="radio" name=name.to_owned() value=value checked=chosen/><span>{words}</span></label> }
        .into_any()
}

fn levels_of(name: &str, class: &'static str, legend: String, levels: Vec<AnyView>, form: &FormState) -> AnyView {
    let error = form.error(name);
    let class = if error.is_some() { format!("{class} bad") } else { class.to_owned() };
    let error = error.map(|message| view! { <span class="error">{icon("warn")}{message}</span> });
    view! { <fieldset class=class id=name.to_owned() tabindex="-1"><legend>{legend}{error}</legend>{levels}</fieldset> }.into_any()
}

fn save(t: Texts, task: &GradingTask) -> AnyView {
    view! {
        <div class="save"><div>
            {saved(t, task)}
            <span class="push row">
                <button class="btn alt" name="action" value="save">{t.grading_save()}</button>
                <button class="btn" name="action" value="finish">{t.grading_finish()}</button>
            </span>
        </div></div>
    }
    .into_any()
}

fn saved(t: Texts, task: &GradingTask) -> AnyView {
    if task.version == 0 {
        return view! { <p class="soft">{t.grading_unsaved()}</p> }.into_any();
    }
    let got: u32 = task.criteria.iter().filter_map(|c| c.levels.get(c.chosen?)).map(|(points, _)| points).sum();
    let max: u32 = task.criteria.iter().filter_map(|c| c.levels.iter().map(|(points, _)| points).max()).sum();
    let left =
        task.criteria.iter().filter(|c| c.chosen.is_none()).count() + task.critical.iter().filter(|(_, _, said)| said.is_none()).count();
    let left = (left > 0).then(|| view! { " "<span class="soft small">{t.grading_left(desk::count(left))}</span> });
    view! { <p><b>{t.grading_saved(got, max)}</b>{left}</p> }.into_any()
}
