//! A dispute about hours as she and staff both read it.

use crate::features::hours::review::{DisputeNote, DisputeThread};
use crate::format;
use crate::texts::Texts;
use crate::ui::{icon, message};
use chrono::NaiveDateTime;
use domain::hours::dispute::State;
use domain::time::Seconds;
use leptos::prelude::*;

/// What it is about: an entry, or something that is missing.
#[must_use]
pub fn about(t: Texts, entry: Option<&(String, NaiveDateTime, Seconds)>) -> String {
    match entry {
        None => t.dispute_missing().to_owned(),
        Some((lesson, at, seconds)) => t.dispute_entry(format::moment(t, *at), lesson, format::signed(t, *seconds)),
    }
}

/// The same as a paragraph.
#[must_use]
pub fn entry(t: Texts, entry: Option<&(String, NaiveDateTime, Seconds)>) -> AnyView {
    view! { <p class="lead">{about(t, entry)}</p> }.into_any()
}

/// Where it stands.
#[must_use]
pub fn state(t: Texts, state: State) -> AnyView {
    match state {
        State::Waiting | State::Reopened => message::badge("warn", "clock", t.dispute_waiting()),
        State::Answered => message::badge("ok", "check", t.dispute_answered()),
        State::Closed => message::badge("ok", "check", t.dispute_closed()),
    }
}

/// Its texts, oldest first; with names for staff (`names`).
#[must_use]
pub fn notes(t: Texts, thread: &DisputeThread, names: bool) -> AnyView {
    view! { <ul class="items">{thread.notes.iter().map(|one| note(t, one, names)).collect_view()}</ul> }.into_any()
}

fn note(t: Texts, note: &DisputeNote, names: bool) -> AnyView {
    let who = match (note.hers, names) {
        (_, true) => note.by.clone(),
        (true, false) => t.dispute_you().to_owned(),
        (false, false) => t.dispute_team().to_owned(),
    };
    let symbol = if note.hers { "person" } else { "people" };
    let lines =
        note.body.lines().filter(|line| !line.trim().is_empty()).map(|line| view! { <span>{line.to_owned()}</span> }).collect_view();
    let adjusted = note.adjusted.map(|(seconds, posted)| {
        let (kind, symbol, words) = match posted {
            Some(true) => ("ok", "check", t.dispute_adjusted(format::signed(t, seconds))),
            None => ("warn", "clock", t.dispute_adjust_waits(format::signed(t, seconds))),
            Some(false) => ("halt", "x", t.dispute_adjust_declined(format::signed(t, seconds))),
        };
        view! { <span class="row"><span class=format!("badge {kind}")>{icon(symbol)}{words}</span></span> }
    });
    view! { <li>{icon(symbol)}<b>{who}</b>{lines}{adjusted}<span class="soft small">{format::moment(t, note.at)}</span></li> }.into_any()
}
