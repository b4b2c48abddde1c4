//! What follows from a text: minutes, preview, lint. The same on the editor, in review, and as the answer while typing.

use crate::features::authoring::{DraftResult, LintRow, Weight};
use crate::texts::Texts;
use crate::ui::{desk, icon, message};
use leptos::prelude::*;

/// Preview, minutes and lint.
#[must_use]
pub fn result(t: Texts, model: &DraftResult) -> AnyView {
    view! { {counts(t, model)}{lint(t, model)}{preview(t, model)} }.into_any()
}

fn counts(t: Texts, model: &DraftResult) -> AnyView {
    if model.parts.is_empty() {
        return ().into_any();
    }
    let words = t.author_words(model.words);
    let minutes = model.minutes.map(|(justified, design)| t.author_minutes(design, justified));
    view! { <p class="small soft">{words}" "{minutes}</p> }.into_any()
}

fn lint(t: Texts, model: &DraftResult) -> AnyView {
    if model.lint.is_empty() {
        return message::alert("ok", "check", t.author_lint_none(), t.author_lint_none_text());
    }
    let mistakes = model.lint.iter().filter(|row| row.weight == Weight::Mistake).count();
    let open = mistakes > 0;
    view! {
        <details class="fold" open=open id="avisos">
            <summary>{t.author_lint(desk::count(model.lint.len()))}</summary>
            <ul class="lint">{model.lint.iter().map(|row| finding(t, row)).collect_view()}</ul>
        </details>
    }
    .into_any()
}

fn finding(t: Texts, row: &LintRow) -> AnyView {
    let place = row.line.map_or_else(|| t.author_lint_data().to_owned(), |line| t.author_lint_line(line));
    let (kind, symbol) = match row.weight {
        Weight::Mistake => ("halt", "x"),
        Weight::Warning => ("info", "info"),
    };
    view! { <li>{message::badge(kind, symbol, place)}<span><b>{row.title.clone()}"."</b>" "{row.text.clone()}</span></li> }.into_any()
}

fn preview(t: Texts, model: &DraftResult) -> AnyView {
    let part = |(index, (title, html)): (usize, &(String, String))| {
        let checks =
            model.checkpoints.iter().filter(|(part, _)| *part == index).map(|(_, questions)| checkpoint(t, questions)).collect_view();
        view! {
            <section class="card prose">
                <h3>{title.clone()}</h3><div class="stack" inner_html=html.clone()></div>{checks}
            </section>
        }
    };
    view! { <div class="stack">{model.parts.iter().enumerate().map(part).collect_view()}</div> }.into_any()
}

fn checkpoint(t: Texts, questions: &[(String, Vec<String>)]) -> AnyView {
    let question = |(prompt, options): &(String, Vec<String>)| {
        let options = options.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
        view! { <div><p><b>{prompt.clone()}</b></p><ul>{options}</ul></div> }
    };
    view! {
        <details class="fold"><summary>{icon("check")}{t.author_checkpoint(desk::count(questions.len()))}</summary>
            {questions.iter().map(question).collect_view()}
        </details>
    }
    .into_any()
}
