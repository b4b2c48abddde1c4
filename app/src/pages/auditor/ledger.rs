//! The ledger of one trainee, with the verdict on its chain.

use crate::features::hours::LedgerPage;
use crate::format;
use crate::texts::Texts;
use crate::ui::{desk, icon, message};
use chrono::NaiveDateTime;
use domain::hours::ledger::{EntryKind, EntryStatus};
use domain::time::Seconds;
use leptos::prelude::*;

type Row = (i64, NaiveDateTime, String, EntryKind, EntryStatus, Seconds, String);

/// The page `/audit/enrolments/{id}`.
#[must_use]
pub fn ledger(t: Texts, model: &LedgerPage) -> AnyView {
    let rows = if model.rows.is_empty() { message::empty(t.ledger_none(), t.ledger_none_text(), None) } else { table(t, model) };
    let printed = model.on.map(|day| view! { <p class="paper small">{t.ledger_printed(format::date(t, day))}</p> });
    view! {
        <div class="wrap stack">
            <div><h1>{t.ledger_title()}</h1><p>{t.ledger_about(&model.name, &model.programme)}</p></div>
            {printed}
            {verdict(t, &model.chain)}
            <p><a class="btn alt" href=format!("/audit/enrolments/{}/dossier.zip", model.enrolment) download>{icon("cloud")}{t.ledger_dossier()}</a></p>
            {rows}
        </div>
    }
    .into_any()
}

fn verdict(t: Texts, chain: &Result<i64, i64>) -> AnyView {
    match chain {
        Ok(count) => message::alert("ok", "check", t.ledger_whole(), t.ledger_whole_text(*count)),
        Err(sequence) => message::alert("halt", "warn", t.ledger_broken(), t.ledger_broken_text(sequence)),
    }
}

fn table(t: Texts, model: &LedgerPage) -> AnyView {
    let broken = model.chain.err();
    let rows = model.rows.iter().map(|row| line(t, row, broken)).collect_view();
    view! {
        <div class="box" tabindex="0" role="region" aria-label=t.ledger_region()>
            <table class="board">
                <caption>{t.ledger_caption(desk::count(model.rows.len()))}</caption>
                <thead><tr>
                    <th scope="col">{t.ledger_lesson()}</th><th scope="col">{t.ledger_at()}</th><th scope="col">{t.ledger_kind()}</th>
                    <th scope="col">{t.ledger_status()}</th><th scope="col">{t.ledger_time()}</th>
                    <th scope="col">{t.ledger_sequence()}</th><th scope="col">{t.ledger_hash()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A signed length: reversing entries are negative.
fn signed(t: Texts, seconds: Seconds) -> String {
    if seconds.0 < 0 { t.ledger_minus(format::duration(-seconds)) } else { format::duration(seconds) }
}

fn kind_of(t: Texts, kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Study => t.ledger_kind_study(),
        EntryKind::Attendance => t.ledger_kind_attendance(),
        EntryKind::Attempt => t.ledger_kind_attempt(),
        EntryKind::Adjustment => t.ledger_kind_adjustment(),
        EntryKind::Reversal => t.ledger_kind_reversal(),
    }
}

fn status_of(t: Texts, status: EntryStatus) -> &'static str {
    match status {
        EntryStatus::Provisional => t.ledger_status_provisional(),
        EntryStatus::Confirmed => t.ledger_status_confirmed(),
    }
}

fn line(t: Texts, (sequence, at, lesson, kind, status, seconds, hash): &Row, broken: Option<i64>) -> AnyView {
    let bad = (broken == Some(*sequence)).then(|| view! { " "{message::badge("halt", "warn", t.ledger_row_bad())} });
    view! {
        <tr>
            <th scope="row">{lesson.clone()}{bad}</th>
            <td class="nowrap">{format::moment(t, *at)}</td>
            <td data-l=t.ledger_kind()>{kind_of(t, *kind)}</td>
            <td data-l=t.ledger_status()>{status_of(t, *status)}</td>
            <td class="nowrap" data-l=t.ledger_time()>{signed(t, *seconds)}</td>
            <td data-l=t.ledger_sequence()>{*sequence}</td>
            <td data-l=t.ledger_hash()><code>{hash.clone()}</code></td>
        </tr>
    }
    .into_any()
}
