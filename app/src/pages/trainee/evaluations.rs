//! The list of evaluations: what each costs before it is started, and what came out of it.

use super::count;
use crate::features::assessment::{Barrier, EvaluationRow, Evaluations};
use crate::features::form::FormState;
use crate::format;
use crate::texts::Texts;
use crate::ui::{form as forms, icon, message};
use leptos::prelude::*;

/// The page at `/evaluations`.
#[must_use]
pub fn evaluations(t: Texts, model: &Evaluations, form: &FormState) -> AnyView {
    let first = foremost(model);
    let rows: Vec<_> = model.rows.iter().enumerate().collect();
    let (main, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(index, _)| first == Some(*index));
    let rows = main.into_iter().chain(others).map(|(index, row)| evaluation(t, row, first == Some(index))).collect_view();
    let go = || Some(("/course".to_owned(), t.evaluations_course().to_owned()));
    let none = model.rows.is_empty().then(|| message::empty(t.evaluations_empty(), t.evaluations_empty_text(), go()));
    view! {
        <div class="wrap read stack">
            <h1>{t.evaluations_title()}<span class="lead">{t.evaluations_lead()}</span></h1>
            {forms::summary(t, form)}
            {rows}{none}
        </div>
    }
    .into_any()
}

/// The one that comes first, with a filled button: an open attempt, else the first that can be started.
fn foremost(model: &Evaluations) -> Option<usize> {
    let open = model.rows.iter().position(|row| row.open.is_some());
    open.or_else(|| model.rows.iter().position(|row| row.barrier.is_none()))
}

fn evaluation(t: Texts, row: &EvaluationRow, main: bool) -> AnyView {
    let id = format!("e-{}", row.id);
    let class = if main { "card mark" } else { "card" };
    view! {
        <section class=class aria-labelledby=id.clone()>
            <h2 id=id.clone()>{row.title.clone()}</h2>
            {facts(t, row)}
            {action(t, row, main)}
            {results(t, row)}
        </section>
    }
    .into_any()
}

fn facts(t: Texts, row: &EvaluationRow) -> AnyView {
    let (used, allowed) = row.attempts;
    let pass = row.pass.map_or_else(|| t.evaluations_diagnostic().to_owned(), |pass| t.evaluations_pass(format::grade(pass)));
    view! {
        <p class="meta"><span>{icon("clock")}{format::duration(row.limit)}</span><span>{t.evaluations_questions(count(row.questions))}</span>
            <span>{pass}</span><span>{t.evaluations_attempts(allowed, used)}</span></p>
    }
    .into_any()
}

fn action(t: Texts, row: &EvaluationRow, main: bool) -> AnyView {
    let class = if main { "btn" } else { "btn alt" };
    match (row.open, &row.barrier) {
        (Some(attempt), _) => view! {
            {message::alert("info", "clock", t.evaluations_open(), t.evaluations_open_text())}
            <p><a class=class href=format!("/attempts/{attempt}/1")>{t.evaluations_continue()}</a></p>
        }
        .into_any(),
        (None, Some(barrier)) => view! { <p>{why(t, row, barrier)}</p> }.into_any(),
        (None, None) => view! {
            <form method="post" action=format!("/evaluations/{}", row.id)>
                <button class=class aria-describedby=format!("e-{}", row.id)>{t.evaluations_start(format::duration(row.limit))}</button>
            </form>
        }
        .into_any(),
    }
}

fn why(t: Texts, row: &EvaluationRow, barrier: &Barrier) -> String {
    match barrier {
        Barrier::Hours { have, need } => t.evaluations_barrier_hours(have, need),
        Barrier::Wait { until } => t.evaluations_barrier_wait(format::weekday(t, until.date()), format::clock(t, *until)),
        Barrier::NoneLeft if row.pass.is_none() => t.evaluations_barrier_taken().to_owned(),
        Barrier::NoneLeft => t.evaluations_barrier_none().to_owned(),
        Barrier::Passed => t.evaluations_barrier_passed().to_owned(),
        Barrier::Waiting => t.evaluations_barrier_waiting().to_owned(),
    }
}

fn results(t: Texts, row: &EvaluationRow) -> Option<AnyView> {
    let result = |(href, grade, passed): &(String, u16, bool)| {
        let badge = row.pass.map(|_| match passed {
            true => message::badge("ok", "check", t.evaluations_passed()),
            false => message::badge("warn", "warn", t.evaluations_failed()),
        });
        view! { <li>{icon("award")}<b><a href=href.clone()>{t.evaluations_result(format::grade(*grade))}</a></b><span>{badge}</span></li> }
    };
    (!row.results.is_empty()).then(|| {
        view! { <h3>{t.evaluations_results()}</h3><ul class="items">{row.results.iter().map(result).collect_view()}</ul> }.into_any()
    })
}
