//! Checking a certificate: anybody, without an account.

use crate::features::certification::{PublicCertificate, Standing, Verification};
use crate::features::form::FormState;
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{form as forms, icon, message};
use leptos::prelude::*;

const CODE: Kind = Kind { class: "num", complete: "off", longest: 40, ..Kind::PLAIN };
const SURNAME: Kind = Kind { complete: "off", longest: 60, ..Kind::PLAIN };

/// The page at `/verify`.
#[must_use]
pub fn verify(t: Texts, model: &Verification, form: &FormState) -> AnyView {
    let body = match model {
        Verification::Ask => view! { <p class="lead">{t.verify_lead()}</p>{forms::summary(t, form)}{ask(t, form, false)} }.into_any(),
        Verification::AskSurname { query } => {
            view! { {forms::summary(t, form)}<p class="lead">{t.verify_surname_lead()}</p>{ask(t, &with(form, query), true)} }.into_any()
        }
        Verification::Unknown { query } => unknown(t, query, form),
        Verification::Found(found) => certificate(t, found),
    };
    view! { <div class="wrap read stack"><h1>{t.verify_title()}</h1>{body}</div> }.into_any()
}

/// Title of the browser tab.
#[must_use]
pub fn verify_title(t: Texts) -> &'static str {
    t.verify_title()
}

fn with(form: &FormState, query: &str) -> FormState {
    let mut form = form.clone();
    form.values.entry("q".to_owned()).or_insert_with(|| query.to_owned());
    form
}

/// The form, with the surname when a number was given.
pub(super) fn ask(t: Texts, form: &FormState, surname: bool) -> AnyView {
    view! {
        <form class="stack" action="/verify">
            {field::text("q", t.verify_code(), t.verify_code_hint(), CODE, form)}
            {surname.then(|| field::text("surname", t.verify_surname(), t.verify_surname_hint(), SURNAME, form))}
            <button class="btn">{t.verify_submit()}</button>
        </form>
    }
    .into_any()
}

fn unknown(t: Texts, query: &str, form: &FormState) -> AnyView {
    let form = with(form, query);
    let surname = !form.value("surname").is_empty();
    view! {
        {message::alert("warn", "warn", t.verify_unknown(), t.verify_unknown_text())}
        {ask(t, &form, surname)}
        <h2>{t.verify_doubt()}</h2>
        <p>{t.verify_doubt_text()}</p>
    }
    .into_any()
}

struct Look {
    class: &'static str,
    symbol: &'static str,
    woven: &'static str,
    title: &'static str,
    text: Option<String>,
}

fn look(t: Texts, standing: &Standing) -> Look {
    let bare = |class, symbol, title, text| Look { class, symbol, woven: "url(#w-none)", title, text: Some(text) };
    match standing {
        Standing::Valid => Look { class: "cert ok", symbol: "check", woven: "url(#w-full)", title: t.verify_valid(), text: None },
        Standing::Suspended { on } => bare("cert warn", "clock", t.verify_suspended(), t.verify_suspended_text(format::date(t, *on))),
        Standing::Revoked { on, .. } => bare("cert halt", "x", t.verify_revoked(), t.verify_revoked_text(format::date(t, *on))),
        Standing::Expired { on } => bare("cert warn", "clock", t.verify_expired(), t.verify_expired_text(format::date(t, *on))),
        Standing::Superseded { .. } => bare("cert warn", "info", t.verify_superseded(), t.verify_superseded_text().to_owned()),
    }
}

fn row(name: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn reasons(t: Texts, standing: &Standing) -> Vec<AnyView> {
    match standing {
        Standing::Revoked { reason, authority, .. } => {
            vec![row(t.verify_reason(), reason.clone()), row(t.verify_authority(), authority.clone())]
        }
        Standing::Superseded { by } => vec![row(t.verify_by(), view! { <a href=format!("/verify?q={by}")>{by.clone()}</a> })],
        _ => Vec::new(),
    }
}

fn facts(t: Texts, c: &PublicCertificate) -> Vec<AnyView> {
    let (from, to) = c.dates;
    let grade = c.grade.map(|grade| row(t.verify_grade(), t.verify_of_twenty(format::grade(grade))));
    let mut rows = reasons(t, &c.standing);
    rows.extend([row(t.verify_holder(), c.holder.clone()), row(t.verify_document(), c.document.clone())]);
    rows.extend([row(t.verify_programme(), c.programme.clone()), row(t.verify_hours(), c.hours.clone())]);
    rows.extend(grade);
    rows.push(row(t.verify_dates(), t.verify_from_to(format::date(t, from), format::date(t, to))));
    rows.push(row(t.verify_issued(), t.verify_issued_at(format::date(t, c.issued.0), &c.issued.1)));
    rows.extend([row(t.verify_issuer(), c.issuer.clone()), row(t.verify_number(), c.number.clone())]);
    rows
}

fn certificate(t: Texts, c: &PublicCertificate) -> AnyView {
    let look = look(t, &c.standing);
    let note = if c.standing == Standing::Valid { t.verify_note() } else { t.verify_note_bad() };
    view! {
        <article class=look.class aria-labelledby="state">
            <svg class="selvage" viewBox="0 0 2400 40" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><path d="M0 0h2400v40H0z" fill=look.woven/></svg>
            <h2 class="state" id="state">{icon(look.symbol)}{look.title}</h2>
            {look.text.map(|text| view! { <p>{text}</p> })}
            <dl class="dl">{facts(t, c)}</dl>
            <p class="soft small">{t.verify_checked(format::date(t, c.checked.date()), format::clock(t, c.checked))}" "{note}</p>
        </article>
        <details class="fold"><summary>{t.verify_another()}</summary>{ask(t, &FormState::default(), false)}</details>
    }
    .into_any()
}
