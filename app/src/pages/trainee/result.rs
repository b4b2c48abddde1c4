//! What became of an attempt.

pub(crate) mod released;

use crate::features::assessment::{Outcome, ResultPage};
use crate::format;
use crate::texts::Texts;
use crate::ui::message;
use leptos::prelude::*;

/// The page at `/attempts/{id}/result`.
#[must_use]
pub fn result(t: Texts, model: &ResultPage) -> AnyView {
    let (body, side) = match &model.outcome {
        Outcome::Waiting => (waiting(t), next(t, t.result_next_passed().to_owned(), "/home", t.result_next_home())),
        Outcome::Void(reason) => (void(t, reason), next(t, void_next(t, model), "/evaluations", t.result_next_evaluations())),
        Outcome::Released { .. } => (released::released(t, model), released_next(t, model)),
    };
    view! {
        <div class="wrap"><div class="grid split">
            <div class="stack">
                <p class="soft">{head(t, model)}</p>
                {body}
                {handed_in(t, model)}
            </div>
            <aside class="stack" aria-label=t.result_next()>{side}</aside>
        </div></div>
    }
    .into_any()
}

fn head(t: Texts, model: &ResultPage) -> String {
    match &model.outcome {
        Outcome::Released { at, .. } => t.result_released(format::date(t, at.date()), &model.title),
        Outcome::Waiting | Outcome::Void(_) => model.title.clone(),
    }
}

fn waiting(t: Texts) -> AnyView {
    view! { <h1>{t.result_waiting()}</h1>{message::alert("info", "clock", t.result_waiting_text(), t.result_waiting_long())} }.into_any()
}

fn void(t: Texts, reason: &str) -> AnyView {
    view! {
        <h1>{t.result_void()}<span class="lead">{t.result_void_text()}</span></h1>
        {message::alert("halt", "x", t.result_void_reason(), reason.to_owned())}
    }
    .into_any()
}

fn handed_in(t: Texts, model: &ResultPage) -> AnyView {
    let ran_out = model.ran_out.then(|| message::alert("info", "clock", t.result_ran_out(), t.result_ran_out_text()));
    let when = model
        .submitted
        .map(|at| view! { <p class="soft small">{t.result_submitted(format::weekday(t, at.date()), format::clock(t, at))}</p> });
    let late = (model.late > 0).then(|| message::alert("warn", "clock", t.result_late(model.late), t.result_late_text()));
    view! { {ran_out}{late}{when} }.into_any()
}

fn next(t: Texts, text: String, href: &'static str, words: &'static str) -> AnyView {
    view! { <section class="card mark"><h2>{t.result_next()}</h2><p>{text}</p><a class="btn full" href=href>{words}</a></section> }
        .into_any()
}

fn again(t: Texts, model: &ResultPage) -> Option<String> {
    model.again.map(|at| t.result_next_again(format::weekday(t, at.date()), format::clock(t, at)))
}

fn void_next(t: Texts, model: &ResultPage) -> String {
    let redo = model.again.map(|at| t.result_next_redo(format::weekday(t, at.date()), format::clock(t, at)));
    redo.unwrap_or_else(|| t.result_next_last().to_owned())
}

fn released_next(t: Texts, model: &ResultPage) -> AnyView {
    let may_go_on = matches!(model.outcome, Outcome::Released { passed: true, .. } | Outcome::Released { pass: None, .. });
    match again(t, model) {
        _ if may_go_on => next(t, t.result_next_passed().to_owned(), "/home", t.result_next_home()),
        Some(text) => next(t, text, "/evaluations", t.result_next_evaluations()),
        None => next(t, t.result_next_last().to_owned(), "/home", t.result_next_home()),
    }
}
