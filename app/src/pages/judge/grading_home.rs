//! Home of grading: what waits, what is held, the next case.

use crate::features::assessment::GradingHome;
use crate::features::form::FormState;
use crate::texts::Texts;
use crate::ui::{desk, field, form as forms, message};
use domain::ids::TaskId;
use leptos::prelude::*;

/// The page `/grading`.
#[must_use]
pub fn grading_home(t: Texts, model: &GradingHome, form: &FormState) -> AnyView {
    let idle = model.held.is_empty() && model.waiting == 0;
    view! {
        <div class="wrap read stack">
            <h1>{t.grading_title()}</h1>
            {forms::summary(t, form)}
            <p class="lead">{t.grading_lead()}</p>
            <dl class="stats">
                <div><dt>{t.grading_waiting()}</dt><dd>{model.waiting}</dd></div>
                <div><dt>{t.grading_done()}</dt><dd>{model.done}</dd></div>
            </dl>
            {(!model.held.is_empty()).then(|| held(t, &model.held))}
            {(model.waiting > 0).then(|| next(t, model.held.is_empty()))}
            {idle.then(|| message::empty(t.grading_empty(), t.grading_empty_text(), None))}
        </div>
    }
    .into_any()
}

fn held(t: Texts, tasks: &[TaskId]) -> AnyView {
    let links = tasks
        .iter()
        .enumerate()
        .map(|(index, task)| {
            let words = if tasks.len() == 1 { t.grading_held_go().to_owned() } else { t.grading_held_number(index + 1) };
            view! { <a class=if index == 0 { "btn" } else { "btn alt" } href=format!("/grading/{task}")>{words}</a> }
        })
        .collect_view();
    view! {
        <section class="card mark" aria-labelledby="held">
            <h2 id="held">{t.grading_held(desk::count(tasks.len()))}</h2><p>{t.grading_held_text()}</p><div class="row">{links}</div>
        </section>
    }
    .into_any()
}

fn next(t: Texts, first: bool) -> AnyView {
    let class = if first { "btn" } else { "btn alt" };
    view! { <form method="post">{field::hidden("action", "next")}<button class=class>{t.grading_next()}</button></form> }.into_any()
}
