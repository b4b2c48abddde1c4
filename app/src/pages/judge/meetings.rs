//! Sessions in person of a judge, and planning one.

use crate::features::form::FormState;
use crate::features::hours::{MeetingRow, Meetings};
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{form as forms, icon, message};
use domain::time::Seconds;
use leptos::prelude::*;

/// The page `/meetings`.
#[must_use]
pub fn meetings(t: Texts, model: &Meetings, form: &FormState) -> AnyView {
    let list = if model.meetings.is_empty() {
        message::empty(t.meetings_none(), t.meetings_none_text(), None)
    } else {
        view! { <ul class="items">{model.meetings.iter().map(|row| meeting(t, row)).collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="wrap stack">
            <h1>{t.meetings_title()}</h1>
            {forms::summary(t, form)}
            <div class="grid split">
                <section class="stack" aria-labelledby="list"><h2 id="list">{t.meetings_list()}</h2>{list}</section>
                <section class="card" aria-labelledby="plan"><h2 id="plan">{t.meetings_plan()}</h2>{plan(t, model, form)}</section>
            </div>
        </div>
    }
    .into_any()
}

/// Day and hours of a session in words.
pub(super) fn when(t: Texts, row: &MeetingRow) -> String {
    let (from, to) = row.time;
    t.meetings_when(format::weekday(t, from.date()), format::clock(t, from), format::clock(t, to))
}

/// Whether the roll of a session is confirmed.
pub(super) fn state(t: Texts, row: &MeetingRow) -> AnyView {
    if row.confirmed { message::badge("ok", "check", t.meetings_confirmed()) } else { message::badge("info", "clock", t.meetings_open()) }
}

fn meeting(t: Texts, row: &MeetingRow) -> AnyView {
    view! {
        <li>
            {icon("people")}
            <b><a href=format!("/meetings/{}", row.id)>{row.title.clone()}</a></b>
            <span>{when(t, row)}</span>
            <span class="soft">{row.cohort.clone()}". "{row.place.clone()}</span>
            <span>{state(t, row)}</span>
        </li>
    }
    .into_any()
}

fn plan(t: Texts, model: &Meetings, form: &FormState) -> AnyView {
    if model.cohorts.is_empty() {
        return message::alert("info", "info", t.meetings_no_cohort(), t.meetings_no_cohort_text());
    }
    let lessons = model.lessons.iter().map(|row| lesson(row, form)).collect();
    view! {
        <form class="stack" method="post">
            {field::select("cohort", t.meetings_cohort(), "", &model.cohorts, form)}
            {field::group("lesson", t.meetings_lessons(), lessons, form)}
            {field::text("date", t.meetings_date(), "", Kind::DATE, form)}
            {field::text("time", t.meetings_time(), "", Kind::TIME, form)}
            {field::text("place", t.meetings_place(), t.meetings_place_hint(), Kind::PLAIN, form)}
            <button class="btn full">{t.meetings_save()}</button>
        </form>
    }
    .into_any()
}

/// A refused form holds its several lessons in one value, parted by commas.
fn lesson((id, title, time): &(String, String, Seconds), form: &FormState) -> AnyView {
    let chosen = form.value("lesson").split(',').any(|typed| typed.trim() == id);
    view! {
        <label class="pick">
            <input type="checkbox" name="lesson" value=id.clone() checked=chosen/>
            <span><b>{title.clone()}</b><span class="hint">{format::duration(*time)}</span></span>
        </label>
    }
    .into_any()
}
