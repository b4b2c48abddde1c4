//! The roll of a session: one tap a person on a phone, a sheet to sign on paper.

use super::meetings::{state, when};
use super::roll_said;
use super::roll_sheet::sheet;
use crate::features::form::FormState;
use crate::features::hours::{Roll, RollRow};
use crate::format;
use crate::texts::Texts;
use crate::ui::{desk, document, field, form as forms, icon, message};
use chrono::{NaiveDateTime, NaiveTime, Timelike};
use leptos::prelude::*;

/// Action of the form that adds a guest; the other form's are `save` and `confirm`.
const GUEST: &str = "guest";

/// The page `/meetings/{id}`.
#[must_use]
pub fn roll(t: Texts, model: &Roll, form: &FormState) -> AnyView {
    let meeting = &model.meeting;
    let head = view! {
        <div class="row end"><h1>{meeting.title.clone()}</h1>{state(t, meeting)}</div>
        <p>{when(t, meeting)}</p>
        <p class="soft">{meeting.cohort.clone()}". "{meeting.place.clone()}</p>
        {forms::summary(t, form)}
    };
    let beside = view! { {(!model.agenda.is_empty()).then(|| agenda(t, model))}{tools(t, model)} };
    if model.rows.is_empty() {
        let guest = (!meeting.confirmed).then(|| guest(t, form));
        return view! { <div class="wrap stack">{head}{message::empty(t.roll_none(), t.roll_none_text(), None)}{beside}{guest}</div> }
            .into_any();
    }
    if meeting.confirmed {
        let sheet = view! { <div class="box" tabindex="0" role="region" aria-label=t.roll_people()>{sheet(t, model)}</div> };
        return view! { <div class="wrap stack">{head}{closed(t, model)}{sheet}{beside}</div> }.into_any();
    }
    view! {
        <form method="post">
            <div class="wrap stack">{head}{people(t, model, form)}{beside}<div class="paper stack">{sheet(t, model)}</div></div>
            {save(t, model)}
        </form>
        <div class="wrap stack screen">{guest(t, form)}</div>
    }
    .into_any()
}

/// What is one tap away: the code for the room, the sheet on paper, substitute tasks.
fn tools(t: Texts, model: &Roll) -> AnyView {
    let id = model.meeting.id;
    let code = (!model.meeting.confirmed)
        .then(|| view! { <a class="btn alt" href=format!("/meetings/{id}/code")>{icon("code")}{t.roll_code()}</a> });
    view! {
        <p class="row screen">{code}
            <a class="btn alt" href=format!("/meetings/{id}/sheet.pdf")>{icon("print")}{t.roll_pdf()}</a>
            <a class="btn alt" href="/substitutes">{icon("pen")}{t.roll_substitutes()}</a>
        </p>
    }
    .into_any()
}

/// Adding a trainee of another cohort by her document.
fn guest(t: Texts, form: &FormState) -> AnyView {
    let open = form.value("action") == GUEST;
    view! {
        <details class="fold" open=open>
            <summary>{t.roll_guest()}</summary>
            <form class="stack" method="post">
                <p>{t.roll_guest_text()}</p>
                {field::hidden("action", GUEST)}
                {document::fields(t, "off", form)}
                <button class="btn alt">{t.roll_guest_add()}</button>
            </form>
        </details>
    }
    .into_any()
}

fn agenda(t: Texts, model: &Roll) -> AnyView {
    let rows = model
        .agenda
        .iter()
        .map(|(lesson, from, to)| {
            let slot = t.roll_slot(format::clock(t, *from), format::clock(t, *to));
            view! { <li>{icon("book")}<b>{lesson.clone()}</b><span class="soft">{slot}</span></li> }
        })
        .collect_view();
    view! { <details class="fold"><summary>{t.roll_agenda()}</summary><ul class="items">{rows}</ul></details> }.into_any()
}

fn present(model: &Roll) -> i64 {
    desk::count(model.rows.iter().filter(|row| row.present.is_some()).count())
}

fn closed(t: Texts, model: &Roll) -> AnyView {
    message::alert("ok", "check", t.roll_closed(), t.roll_closed_text(present(model), model.rows.len()))
}

fn people(t: Texts, model: &Roll, form: &FormState) -> AnyView {
    let rows =
        |guests: bool| model.rows.iter().filter(|r| r.guest_from.is_some() == guests).map(|row| person(t, model, row, form)).collect_view();
    let guests = model.rows.iter().any(|r| r.guest_from.is_some()).then(|| {
        view! { <h3>{t.roll_guests()}</h3><ul class="grid two">{rows(true)}</ul> }
    });
    view! {
        <section class="stack screen" aria-labelledby="people">
            <h2 id="people">{t.roll_people()}</h2><p>{t.roll_how()}</p>
            <ul class="grid two">{rows(false)}</ul>
            {guests}
        </section>
    }
    .into_any()
}

/// "HH:MM", as a time field takes it.
fn field_time(at: NaiveDateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// A typed time in words; what is no time stays as typed.
pub(super) fn said(t: Texts, model: &Roll, typed: &str) -> String {
    let time = NaiveTime::parse_from_str(typed, "%H:%M").ok();
    time.map_or_else(|| typed.to_owned(), |time| format::clock(t, model.meeting.time.0.date().and_time(time)))
}

fn person(t: Texts, model: &Roll, row: &RollRow, form: &FormState) -> AnyView {
    let id = row.enrolment;
    let (start, end) = (field_time(model.meeting.time.0), field_time(model.meeting.time.1));
    let saved = row.present.clone().or_else(|| row.proposed.clone()).unwrap_or_else(|| (start.clone(), end.clone()));
    let (here, from, to) = if form.values.is_empty() || form.value("action") == GUEST {
        (row.present.is_some(), saved.0, saved.1)
    } else {
        let name = format!("present-{id}");
        (form.values.contains_key(&name), form.value(&format!("from-{id}")), form.value(&format!("to-{id}")))
    };
    let other = from != start || to != end || form.error(&format!("from-{id}")).or_else(|| form.error(&format!("to-{id}"))).is_some();
    let hours = t.roll_hours(said(t, model, &from), said(t, model, &to));
    view! {
        <li>
            <label class="pick"><input type="checkbox" id=format!("present-{id}") name=format!("present-{id}") value="yes" checked=here/><span><b>{row.name.clone()}</b>{row.guest_from.clone().map(|from| view! { <span class="hint">{t.roll_guest_from(from)}</span> })}</span></label>
            {roll_said::beside(t, model, row)}
            <details open=other>
                <summary class="back">{icon("pen")}<span><span class="vh">{t.roll_hours_of(&row.name)}" "</span>{hours}</span></summary>
                <div class="turn">{time(t, t.roll_from(), format!("from-{id}"), from, row, form)}{time(t, t.roll_to(), format!("to-{id}"), to, row, form)}</div>
            </details>
        </li>
    }
    .into_any()
}

fn time(t: Texts, label: &'static str, name: String, value: String, row: &RollRow, form: &FormState) -> AnyView {
    let error = form.error(&name);
    let error_id = format!("{name}-e");
    let (class, invalid, described) = match error {
        Some(_) => ("field bad", Some("true"), Some(error_id.clone())),
        None => ("field", None, None),
    };
    let error = error.map(|message| view! { <span class="error" id=error_id>{icon("warn")}{message}</span> });
    view! {
        <div class=class>
            <label for=name.clone()>{label}<span class="vh">" "{t.roll_of(&row.name)}</span></label>{error}
            <input class="input" type="time" id=name.clone() name=name value=value aria-invalid=invalid aria-describedby=described/>
        </div>
    }
    .into_any()
}

/// What is stored, and the buttons: confirming only once the session is over.
fn save(t: Texts, model: &Roll) -> AnyView {
    let (kept, confirm) = if model.over {
        ("btn alt", Some(view! { <button class="btn" name="action" value="confirm">{t.roll_confirm()}</button> }))
    } else {
        ("btn", None)
    };
    let when = if model.over { t.roll_confirm_text().to_owned() } else { t.roll_confirm_from(format::clock(t, model.meeting.time.1)) };
    view! {
        <div class="save"><div>
            <p><b>{t.roll_present(present(model), model.rows.len())}</b><br/><span class="small soft">{when}</span></p>
            <span class="push row">
                <button class=kept name="action" value="save">{t.roll_save()}</button>
                {confirm}
            </span>
        </div></div>
    }
    .into_any()
}
