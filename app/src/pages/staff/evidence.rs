//! What waits for staff about hours: doubtful claims, checkpoints with many tries, adjustments for a second person.

use crate::features::form::FormState;
use crate::features::hours::review::{DoubtPage, DoubtRow, EvidenceQueue, TriesRow, WaitingAdjustment};
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{desk, form as forms, icon, message};
use leptos::prelude::*;

/// The page `/staff/evidence`.
#[must_use]
pub fn evidence(t: Texts, model: &EvidenceQueue) -> AnyView {
    let claims = if model.claims.is_empty() {
        message::empty(t.evidence_none(), t.evidence_none_text(), None)
    } else {
        view! { <ul class="items">{model.claims.iter().map(|row| claim(t, row)).collect_view()}</ul> }.into_any()
    };
    let more =
        (model.claims.len() < model.total as usize).then(|| view! { <p class="soft">{t.evidence_more(desk::count(model.total))}</p> });
    let disputes = (model.disputes > 0).then(
        || view! { <p><a class="btn alt" href="/staff/disputes">{icon("flag")}{t.evidence_disputes(desk::count(model.disputes))}</a></p> },
    );
    view! {
        <div class="wrap read stack">
            <h1>{t.evidence_title()}</h1>
            <p class="lead">{t.evidence_lead()}</p>
            {disputes}
            <section class="stack" aria-labelledby="claims"><h2 id="claims">{t.evidence_claims()}</h2>{claims}{more}</section>
            {(!model.adjustments.is_empty()).then(|| adjustments(t, &model.adjustments))}
            {(!model.tries.is_empty()).then(|| tries(t, &model.tries))}
        </div>
    }
    .into_any()
}

fn claim(t: Texts, row: &DoubtRow) -> AnyView {
    view! {
        <li>
            {icon("clock")}
            <b><a href=format!("/staff/evidence/{}", row.claim)>{row.name.clone()}</a></b>
            <span>{row.lesson.clone()}</span>
            <span>{when(t, row)}</span>
            {row.reasons.iter().map(|reason| view! { <span class="soft">{reason.clone()}</span> }).collect_view()}
        </li>
    }
    .into_any()
}

/// The doubtful part: how long, and between which moments.
fn when(t: Texts, row: &DoubtRow) -> String {
    let (from, until) = row.time;
    let long = format::duration(row.doubtful);
    if from.date() == until.date() {
        t.evidence_when(format::date(t, from.date()), format::clock(t, from), long, format::clock(t, until))
    } else {
        t.evidence_when_days(format::moment(t, from), long, format::moment(t, until))
    }
}

fn adjustments(t: Texts, rows: &[WaitingAdjustment]) -> AnyView {
    let item = |row: &WaitingAdjustment| {
        view! {
            <li>
                {icon("pen")}
                <b><a href=format!("/staff/enrolments/{}/hours", row.enrolment)>{row.name.clone()}</a></b>
                <span>{format::signed(t, row.seconds)}</span>
                <span class="soft">{format::moment(t, row.at)}</span>
            </li>
        }
    };
    view! {
        <section class="stack" aria-labelledby="adjustments">
            <h2 id="adjustments">{t.evidence_adjustments()}</h2><ul class="items">{rows.iter().map(item).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn tries(t: Texts, rows: &[TriesRow]) -> AnyView {
    let item = |row: &TriesRow| {
        let state = if row.passed {
            message::badge("ok", "check", t.evidence_passed())
        } else {
            message::badge("warn", "clock", t.evidence_not_passed())
        };
        view! {
            <li>
                {icon("flag")}
                <b><a href=format!("/staff/enrolments/{}", row.enrolment)>{row.name.clone()}</a></b>
                <span>{row.lesson.clone()}</span>
                <span>{t.evidence_tries(row.tries, format::moment(t, row.at))}" "{state}</span>
                <form method="post">
                    {field::hidden("action", "seen")}{field::hidden("enrolment", row.enrolment.to_string())}
                    {field::hidden("checkpoint", row.checkpoint.to_string())}{field::hidden("tries", row.tries.to_string())}
                    <button class="btn alt">{t.evidence_seen()}<span class="vh">{t.evidence_seen_of(&row.name)}</span></button>
                </form>
            </li>
        }
    };
    view! {
        <section class="stack" aria-labelledby="tries">
            <h2 id="tries">{t.evidence_many()}</h2><p>{t.evidence_many_text()}</p>
            <ul class="items">{rows.iter().map(item).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The page `/staff/evidence/{id}`.
#[must_use]
pub fn doubt(t: Texts, model: &DoubtPage, form: &FormState) -> AnyView {
    let row = &model.row;
    let reasons = row.reasons.iter().map(|reason| view! { <li>{reason.clone()}</li> }).collect_view();
    view! {
        <div class="wrap read stack">
            <div><p class="soft small">{row.lesson.clone()}</p><h1>{row.name.clone()}</h1></div>
            {forms::summary(t, form)}
            <dl class="dl">
                <div><dt>{t.evidence_doubtful()}</dt><dd>{when(t, row)}</dd></div>
                <div><dt>{t.evidence_counted()}</dt><dd>{format::duration(row.counted)}</dd></div>
                <div><dt>{t.evidence_sent()}</dt><dd>{format::duration(model.sent)}</dd></div>
                <div><dt>{t.evidence_received()}</dt><dd>{format::moment(t, row.received)}</dd></div>
                <div><dt>{t.evidence_why()}</dt><dd><ul>{reasons}</ul></dd></div>
            </dl>
            <p><a class="btn alt" href=format!("/staff/enrolments/{}", row.enrolment)>{icon("person")}{t.evidence_person()}</a></p>
            {decided(t, model)}
            {model.erasable.map(|id| super::reason::link(t, id, &row.lesson))}
            {model.may_decide.then(|| decide(t, form))}
        </div>
    }
    .into_any()
}

fn decided(t: Texts, model: &DoubtPage) -> Option<AnyView> {
    let (accepted, (name, at), why) = model.decided.as_ref()?;
    let (kind, symbol, title) = if *accepted { ("ok", "check", t.evidence_accepted()) } else { ("warn", "x", t.evidence_declined()) };
    let why = why.clone().unwrap_or_else(|| t.reason_erased().to_owned());
    Some(message::alert(kind, symbol, title, t.evidence_decided(format::moment(t, *at), name, why)))
}

fn decide(t: Texts, form: &FormState) -> AnyView {
    let picks = vec![
        field::pick("radio", "decision", "accept", t.evidence_accept(), t.evidence_accept_hint(), form),
        field::pick("radio", "decision", "decline", t.evidence_decline(), t.evidence_decline_hint(), form),
    ];
    view! {
        <section class="card" aria-labelledby="decide">
            <h2 id="decide">{t.evidence_decide()}</h2>
            <form class="stack" method="post">
                {field::group("decision", t.evidence_decision(), picks, form)}
                {field::text("reason", t.adjust_reason(), t.adjust_reason_hint(), Kind { longest: 1000, ..Kind::AREA }, form)}
                <button class="btn">{t.evidence_save()}</button>
            </form>
        </section>
    }
    .into_any()
}
