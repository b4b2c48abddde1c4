//! Every minute counted, in plain words.

use crate::features::hours::review::DisputeThread;
use crate::features::hours::{ClaimRow, ClaimState, EntryRow, EntryWhat, HoursPage};
use crate::format;
use crate::texts::Texts;
use crate::ui::{dispute, icon, message};
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
            {disputes(t, &model.disputes)}
            {entries(t, &model.entries)}
            {claims(t, &model.claims)}
            <p><a class="btn alt" href="/hours/dispute/0">{icon("plus")}{t.hours_missing_go()}</a></p>
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
        EntryWhat::Attempt => t.hours_attempt(),
        EntryWhat::Adjustment => t.hours_adjustment(),
        EntryWhat::Correction => t.hours_correction(),
    };
    let reason = match (row.what, &row.reason) {
        (EntryWhat::Adjustment, Some(reason)) => Some(t.hours_reason(reason)),
        (EntryWhat::Adjustment, None) => Some(t.reason_erased().to_owned()),
        _ => None,
    };
    let reason = reason.map(|reason| view! { <br/><span class="small plain">{reason}</span> });
    let (href, words) = match row.dispute {
        Some(id) => (format!("/hours/disputes/{id}"), t.hours_disputed()),
        None => (format!("/hours/dispute/{}", row.sequence), t.hours_dispute()),
    };
    let of = t.hours_dispute_of(format::moment(t, row.at), &row.lesson);
    let ask = view! { <br/><a class="btn bare small" href=href>{words}<span class="vh">{of}</span></a> };
    let text = t.hours_entry(format::date(t, row.at.date()), format::clock(t, row.at), what);
    view! {
        <tr><th scope="row">{row.lesson.clone()}<br/><span class="soft small plain">{text}</span>{reason}{ask}</th><td class="r nowrap">{format::signed(t, row.seconds)}</td></tr>
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
    view! { <li>{icon("clock")}<b>{t.hours_claim(&row.lesson)}</b><span class="soft">{text}</span>{reasons}{decided(t, &row.state)}</li> }
        .into_any()
}

/// What waits, or what staff decided and why.
fn decided(t: Texts, state: &ClaimState) -> Option<AnyView> {
    let (kind, symbol, words, why) = match state {
        ClaimState::Cut => return None,
        ClaimState::Waiting(time) => ("warn", "clock", t.hours_claim_waiting(format::duration(*time)), None),
        ClaimState::Accepted(time, why) => ("ok", "check", t.hours_claim_accepted(format::duration(*time)), Some(why)),
        ClaimState::Declined(time, why) => ("halt", "x", t.hours_claim_declined(format::duration(*time)), Some(why)),
    };
    let why = why.map(|why| why.as_ref().map_or_else(|| t.reason_erased().to_owned(), |why| t.hours_reason(why)));
    let why = why.map(|why| view! { <span>{why}</span> });
    // A badge does not wrap: the sentence stands beside its mark.
    Some(view! { <span class="row">{message::badge(kind, symbol, t.hours_claim_team())}<span>{words}</span></span>{why} }.into_any())
}

/// What she asked about, where it stands, and the last answer.
fn disputes(t: Texts, threads: &[DisputeThread]) -> Option<AnyView> {
    let item = |thread: &DisputeThread| {
        let answer = thread.notes.iter().rev().find(|note| !note.hers).map(|note| view! { <span>{t.hours_answer(&note.body)}</span> });
        view! {
            <li>
                {icon("flag")}
                <b><a href=format!("/hours/disputes/{}", thread.id)>{dispute::about(t, thread.entry.as_ref())}</a></b>
                <span class="row">{dispute::state(t, thread.state)}</span>
                {answer}
            </li>
        }
    };
    (!threads.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="reclamos">
                <h2 id="reclamos">{t.hours_disputes()}</h2><ul class="items">{threads.iter().map(item).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
