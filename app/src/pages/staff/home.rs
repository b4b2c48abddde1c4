//! Home of staff: what waits, and the cohorts in scope.

use crate::features::people::{CohortRow, StaffHome};
use crate::format;
use crate::texts::Texts;
use crate::ui::{icon, message};
use leptos::prelude::*;

/// The page `/staff`.
#[must_use]
pub fn home(t: Texts, model: &StaffHome) -> AnyView {
    let list = if model.cohorts.is_empty() {
        message::empty(t.staff_none(), t.staff_none_text(), None)
    } else {
        view! { <ul class="items">{model.cohorts.iter().map(|row| cohort(t, row)).collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="wrap stack">
            <h1>{t.staff_title()}</h1>
            <p class="lead">{t.staff_lead()}</p>
            {waiting(t, model)}
            {actions(t, model)}
            <section class="stack" aria-labelledby="cohorts"><h2 id="cohorts">{t.staff_cohorts()}</h2>{list}</section>
        </div>
    }
    .into_any()
}

fn waiting(t: Texts, model: &StaffHome) -> AnyView {
    view! {
        <dl class="stats">
            <div><dt>{t.staff_to_release()}</dt><dd>{model.to_release}</dd></div>
            <div><dt>{t.staff_to_verify()}</dt><dd>{model.to_verify}</dd></div>
            <div><dt>{t.staff_ready()}</dt><dd>{model.ready}</dd></div>
            <div><dt>{t.staff_doubtful()}</dt><dd>{model.doubtful}</dd></div>
            <div><dt>{t.staff_disputes()}</dt><dd>{model.disputes}</dd></div>
        </dl>
    }
    .into_any()
}

fn actions(t: Texts, model: &StaffHome) -> AnyView {
    let release = (model.to_release > 0)
        .then(|| view! { <a class="btn" href="/staff/releases">{t.staff_release_go(i64::from(model.to_release))}</a> });
    let review = (model.doubtful > 0)
        .then(|| view! { <a class="btn alt" href="/staff/evidence">{icon("clock")}{t.staff_review_go(i64::from(model.doubtful))}</a> });
    let answer = (model.disputes > 0)
        .then(|| view! { <a class="btn alt" href="/staff/disputes">{icon("flag")}{t.staff_answer_go(i64::from(model.disputes))}</a> });
    view! { <div class="row">{release}{review}{answer}<a class="btn alt" href="/staff/people">{icon("plus")}{t.staff_add_go()}</a><a class="btn alt" href="/staff/hours">{icon("chart")}{t.staff_hours_go()}</a></div> }
        .into_any()
}

fn cohort(t: Texts, row: &CohortRow) -> AnyView {
    let (from, to) = row.dates;
    let ready = (row.ready > 0).then(|| message::badge("ok", "check", t.staff_ready_count(i64::from(row.ready))));
    let certified = (row.certified > 0).then(|| message::badge("ok", "award", t.staff_certified(i64::from(row.certified))));
    view! {
        <li>
            {icon("people")}
            <b><a href=format!("/staff/cohorts/{}", row.id)>{row.title.clone()}</a></b>
            <span>{row.programme.clone()}</span>
            <span>{row.district.clone()}</span>
            <span class="soft">{t.staff_dates(format::date(t, from), format::date(t, to))}</span>
            <span class="row">{message::badge("", "", t.staff_in_training(i64::from(row.trainees)))}{ready}{certified}</span>
        </li>
    }
    .into_any()
}
