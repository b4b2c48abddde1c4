//! One cohort: its numbers, what issuing just did, its board.

use super::board::board;
use crate::features::form::FormState;
use crate::features::people::CohortBoard;
use crate::format;
use crate::texts::Texts;
use crate::ui::{desk, field, form as forms, icon, message};
use leptos::prelude::*;

/// The page `/staff/cohorts/{id}`.
#[must_use]
pub fn cohort(t: Texts, model: &CohortBoard, form: &FormState) -> AnyView {
    let row = &model.cohort;
    let (from, to) = row.dates;
    let here = format!("/staff/cohorts/{}", row.id);
    view! {
        <div class="wrap stack">
            <div>
                <div class="meta"><span>{row.district.clone()}</span><span>{t.staff_dates(format::date(t, from), format::date(t, to))}</span></div>
                <h1>{t.cohort_title(&row.title)}</h1>
            </div>
            {forms::summary(t, form)}
            {stats(t, model)}
            {(!model.issued.is_empty()).then(|| issued(t, model))}
            <h2>{t.cohort_people()}</h2>
            {(!model.rows.is_empty() || !model.query.is_empty()).then(|| desk::search(t, here, &model.query))}
            {people(t, model, form)}
        </div>
    }
    .into_any()
}

fn stats(t: Texts, model: &CohortBoard) -> AnyView {
    let row = &model.cohort;
    view! {
        <dl class="stats">
            <div><dt>{t.cohort_in_training()}</dt><dd>{row.trainees}</dd></div>
            <div><dt>{t.cohort_ready()}</dt><dd>{row.ready}</dd></div>
            <div><dt>{t.cohort_certified()}</dt><dd>{row.certified}</dd></div>
            <div><dt>{t.cohort_average()}</dt><dd>{format::duration(model.average)}</dd></div>
        </dl>
    }
    .into_any()
}

fn issued(t: Texts, model: &CohortBoard) -> AnyView {
    let done = desk::count(model.issued.iter().filter(|(_, outcome)| outcome.is_ok()).count());
    let lines = model
        .issued
        .iter()
        .map(|(name, outcome)| match outcome {
            Ok(number) => {
                let href = format!("/staff/certificates/{number}");
                view! { <li>{icon("check")}<span>{name.clone()}", "<a class="nowrap" href=href>{number.clone()}</a></span></li> }.into_any()
            }
            Err(reason) => view! { <li>{icon("warn")}<span><b>{t.cohort_not_issued(name)}</b>" "{reason.clone()}</span></li> }.into_any(),
        })
        .collect_view();
    view! {
        <section class="card mark" aria-labelledby="issued">
            <h2 id="issued">{t.cohort_issued(done, model.issued.len())}</h2><ul class="items">{lines}</ul>
        </section>
    }
    .into_any()
}

fn people(t: Texts, model: &CohortBoard, form: &FormState) -> AnyView {
    if model.rows.is_empty() {
        return if model.query.is_empty() {
            message::empty(t.cohort_empty(), t.cohort_empty_text(), Some(("/staff/people".to_owned(), t.staff_add_go().to_owned())))
        } else {
            message::empty(t.cohort_not_found(&model.query), t.cohort_not_found_text(), None)
        };
    }
    let some_ready = model.rows.iter().any(super::board::is_ready);
    let issue = if some_ready {
        view! {
            <div class="row"><button class="btn">{icon("award")}{t.cohort_issue()}</button><span class="soft small">{t.cohort_issue_text()}</span></div>
        }
        .into_any()
    } else {
        view! { <p class="soft">{t.cohort_issue_none()}</p> }.into_any()
    };
    view! {
        <form method="post" class="stack" id="enrolment" tabindex="-1">
            {field::hidden("action", "issue")}
            {board(t, model, form)}{key(t)}{issue}
        </form>
    }
    .into_any()
}

fn key(t: Texts) -> AnyView {
    let sign = |sign: &'static str, words: &'static str| view! { <span><b>{sign}</b>": "{words}</span> };
    view! {
        <p class="key">
            {sign("17", t.cohort_key_grade())}{sign("60%", t.cohort_key_part())}{sign("✓", t.cohort_key_done())}
            {sign("✕ 11", t.cohort_key_failed())}{sign("·", t.cohort_key_empty())}
        </p>
    }
    .into_any()
}
