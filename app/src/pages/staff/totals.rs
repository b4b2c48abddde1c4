//! Hours by district and cohort: a drawn chart, and under it the table that says the same.

use crate::features::totals::{CohortTotals, DistrictTotals, HoursTotals, Sums};
use crate::format;
use crate::texts::Texts;
use crate::ui::{icon, message};
use domain::time::Seconds;
use leptos::prelude::*;

/// Width of the chart in its own units: a thousandth of what is required each.
const WIDTH: i64 = 1_000;

/// The page `/staff/hours`.
#[must_use]
pub fn totals(t: Texts, model: &HoursTotals) -> AnyView {
    let inside = if model.districts.is_empty() {
        message::empty(t.totals_none(), t.totals_none_text(), None)
    } else {
        let sections = model.districts.iter().enumerate().map(|(at, row)| district(t, at, row)).collect_view();
        view! { {files(t)}{sections} }.into_any()
    };
    view! {
        <div class="wrap stack"><h1>{t.totals_title()}</h1><p class="lead">{t.totals_lead(format::date(t, model.on))}</p>{inside}</div>
    }
    .into_any()
}

fn files(t: Texts) -> AnyView {
    view! {
        <div class="row">
            <a class="btn alt" href="/staff/hours.xlsx" download>{icon("cloud")}{t.totals_xlsx()}</a>
            <a class="btn alt" href="/staff/hours.csv" download>{icon("cloud")}{t.totals_csv()}</a>
        </div>
    }
    .into_any()
}

fn district(t: Texts, at: usize, row: &DistrictTotals) -> AnyView {
    let id = format!("d{at}");
    let lines = row.cohorts.iter().map(|cohort| line(t, cohort)).collect_view();
    view! {
        <section class="stack" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{row.name.clone()}</h2>
            {chart(t, row)}
            <div class="box" tabindex="0" role="region" aria-label=t.totals_caption(row.name.clone())>
                <table class="board">
                    <caption>{t.totals_caption(row.name.clone())}</caption>
                    <thead><tr>
                        <th scope="col">{t.totals_cohort()}</th><th scope="col">{t.totals_trainees()}</th><th scope="col">{t.totals_complete()}</th>
                        <th scope="col">{t.totals_confirmed()}</th><th scope="col">{t.totals_provisional()}</th><th scope="col">{t.totals_measured()}</th>
                    </tr></thead>
                    <tbody>{lines}<tr><th scope="row">{t.totals_sum()}</th>{cells(t, &row.sums)}</tr></tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn line(t: Texts, row: &CohortTotals) -> AnyView {
    view! { <tr><th scope="row"><a href=format!("/staff/cohorts/{}", row.id)>{row.title.clone()}</a></th>{cells(t, &row.sums)}</tr> }
        .into_any()
}

fn cells(t: Texts, sums: &Sums) -> AnyView {
    view! {
        <td data-l=t.totals_trainees()>{sums.trainees}</td>
        <td data-l=t.totals_complete()>{sums.complete}</td>
        <td data-l=t.totals_confirmed()>{t.totals_of(format::duration(sums.confirmed), format::duration(sums.required))}</td>
        <td data-l=t.totals_provisional()>{format::duration(sums.provisional)}</td>
        <td data-l=t.totals_measured()>{format::duration(sums.attributed)}</td>
    }
    .into_any()
}

/// A bar a cohort: woven is confirmed, hatched waits, of what is required.
fn chart(t: Texts, row: &DistrictTotals) -> AnyView {
    let bars = row.cohorts.iter().map(|cohort| bar(t, cohort)).collect_view();
    view! { <div class="stack" aria-hidden="true">{bars}</div> }.into_any()
}

fn bar(t: Texts, cohort: &CohortTotals) -> AnyView {
    let Sums { confirmed, provisional, required, .. } = cohort.sums;
    let share = |time: Seconds| time.0.max(0) * WIDTH / required.0.max(1);
    let done = share(confirmed).min(WIDTH);
    let wait = share(provisional).min(WIDTH - done);
    let said = t.totals_of(format::duration(confirmed), format::duration(required));
    view! {
        <div>
            <p class="small"><b>{cohort.title.clone()}</b>" "<span class="soft">{said}</span></p>
            <svg width="100%" height="20" viewBox="0 0 1000 40" preserveAspectRatio="none">
                <path d="M0 0h1000v40H0z" fill="url(#w-none)"/>
                <path d=format!("M0 0h{done}v40H0z") fill="url(#w-full)"/>
                <path d=format!("M{done} 1h{wait}v38H{done}z") fill="url(#w-wait)"/>
            </svg>
        </div>
    }
    .into_any()
}
