//! Every minute counted, in plain words.

use crate::features::hours::{ClaimRow, EntryRow, EntryWhat, HoursPage};
use crate::format;
use crate::texts::Texts;
use crate::ui::{icon, message};
use domain::time::Seconds;
use leptos::prelude::*;

/// The page at `/hours`.
#[must_use]
pub fn hours(t: Texts, model: &HoursPage) -> AnyView {
    let (confirmed, provisional, required) = model.hours;
    let left = if confirmed < required { required - confirmed } else { Seconds::ZERO };
    view! {
        <div class="wrap read stack">
            <h1>{t.hours_title()}<span class="lead">{t.hours_of(format::duration(required))}</span></h1>
            <dl class="stats">
                <div><dt>{t.hours_done()}</dt><dd>{format::duration(confirmed)}</dd></div>
                <div><dt>{t.hours_waiting()}</dt><dd>{format::duration(provisional)}</dd></div>
                <div><dt>{t.hours_missing()}</dt><dd>{format::duration(left)}</dd></div>
                <div><dt>{t.hours_measured()}</dt><dd>{format::duration(model.attributed)}</dd></div>
            </dl>
            <details class="fold"><summary>{t.hours_why()}</summary><p>{t.hours_why_measured()}</p><p>{t.hours_why_confirmed()}</p><p>{t.hours_why_waiting()}</p></details>
            {entries(t, &model.entries)}
            {claims(t, &model.claims)}
        </div>
    }
    .into_any()
}

fn entries(t: Texts, rows: &[EntryRow]) -> AnyView {
    if rows.is_empty() {
        let go = ("/course".to_owned(), t.hours_none_go().to_owned());
        return message::empty(t.hours_none(), t.hours_none_text(), Some(go));
    }
    view! {
        <section class="stack" aria-labelledby="anotado">
            <h2 id="anotado">{t.hours_entries()}</h2>
            <table>
                <thead><tr><th scope="col">{t.hours_lesson()}</th><th scope="col" class="r">{t.hours_time()}</th></tr></thead>
                <tbody>{rows.iter().map(|row| entry(t, row)).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn entry(t: Texts, row: &EntryRow) -> AnyView {
    let what = match row.what {
        EntryWhat::Provisional => t.hours_provisional(),
        EntryWhat::Moved => t.hours_moved(),
        EntryWhat::Confirmed => t.hours_confirmed(),
        EntryWhat::Attendance => t.hours_attendance(),
        EntryWhat::Adjustment => t.hours_adjustment(),
        EntryWhat::Correction => t.hours_correction(),
    };
    let reason = match (row.what, &row.reason) {
        (EntryWhat::Adjustment, Some(reason)) => Some(t.hours_reason(reason)),
        (EntryWhat::Adjustment, None) => Some(t.reason_erased().to_owned()),
        _ => None,
    };
    let reason = reason.map(|reason| view! { <br/><span class="small plain">{reason}</span> });
    let text = t.hours_entry(format::date(t, row.at.date()), format::clock(t, row.at), what);
    view! {
        <tr><th scope="row">{row.lesson.clone()}<br/><span class="soft small plain">{text}</span>{reason}</th><td class="r nowrap">{format::signed(t, row.seconds)}</td></tr>
    }
    .into_any()
}

fn claims(t: Texts, rows: &[ClaimRow]) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="incompleto">
                <h2 id="incompleto">{t.hours_claims()}</h2>
                <p class="soft">{t.hours_claims_text()}</p>
                <ul class="items">{rows.iter().map(|row| claim(t, row)).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn claim(t: Texts, row: &ClaimRow) -> AnyView {
    let (day, hour) = (format::date(t, row.at.date()), format::clock(t, row.at));
    let text = t.hours_claim_text(format::duration(row.accepted), day, hour, format::duration(row.sent));
    let reasons = row.reasons.iter().map(|reason| view! { <span>{reason.clone()}</span> }).collect_view();
    view! { <li>{icon("clock")}<b>{t.hours_claim(&row.lesson)}</b><span class="soft">{text}</span>{reasons}</li> }.into_any()
}
