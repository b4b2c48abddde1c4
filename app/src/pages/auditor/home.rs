//! The audit log and the ledgers.

use super::events;
use crate::features::people::{AuditHome, EventRow};
use crate::format;
use crate::texts::Texts;
use crate::ui::{icon, message};
use leptos::prelude::*;

/// The page `/audit`.
#[must_use]
pub fn home(t: Texts, model: &AuditHome) -> AnyView {
    view! {
        <div class="wrap stack">
            <h1>{t.audit_title()}</h1>
            <p class="lead">{t.audit_lead()}</p>
            <p><a class="btn alt" href="/audit/sample">{icon("people")}{t.sample_go()}</a></p>
            {ledgers(t, model)}
            <h2>{t.audit_events()}</h2>
            {log(t, model)}
        </div>
    }
    .into_any()
}

fn ledgers(t: Texts, model: &AuditHome) -> AnyView {
    let rows = model
        .enrolments
        .iter()
        .map(|(id, name, programme)| {
            let href = format!("/audit/enrolments/{id}");
            view! { <li>{icon("book")}<b><a href=href>{name.clone()}</a></b><span class="soft small">{programme.clone()}</span></li> }
        })
        .collect_view();
    let inside = if model.enrolments.is_empty() {
        view! { <p class="soft">{t.audit_ledgers_none()}</p> }.into_any()
    } else {
        view! { <ul class="items">{rows}</ul> }.into_any()
    };
    view! { <details class="fold"><summary>{t.audit_ledgers()}" ("{model.enrolments.len()}")"</summary>{inside}</details> }.into_any()
}

fn log(t: Texts, model: &AuditHome) -> AnyView {
    if model.events.is_empty() {
        return message::empty(t.audit_none(), t.audit_none_text(), Some(("/audit".to_owned(), t.audit_first().to_owned())));
    }
    let rows = model.events.iter().map(|row| line(t, row)).collect_view();
    let older = model.older.map(|before| {
        view! { <nav class="pages" aria-label=t.audit_pages()><a href=format!("/audit?before={before}")>{t.audit_older()}</a></nav> }
    });
    view! {
        <div class="box" tabindex="0" role="region" aria-label=t.audit_region()>
            <table class="board">
                <caption>{t.audit_caption()}</caption>
                <thead><tr>
                    <th scope="col">{t.audit_action()}</th><th scope="col">{t.audit_at()}</th><th scope="col">{t.audit_actor()}</th>
                    <th scope="col">{t.audit_subject()}</th><th scope="col">{t.audit_sequence()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {older}
    }
    .into_any()
}

fn line(t: Texts, row: &EventRow) -> AnyView {
    let actor = row.actor.clone().unwrap_or_else(|| t.audit_system().to_owned());
    let action = events::action(t, &row.action).map_or_else(
        || view! { <code>{row.action.clone()}</code> }.into_any(),
        |words| view! { <span title=row.action.clone()>{words}</span> }.into_any(),
    );
    view! {
        <tr>
            <th scope="row">{action}</th>
            <td class="nowrap">{format::moment(t, row.at)}</td>
            <td data-l=t.audit_actor()>{actor}</td>
            <td data-l=t.audit_subject()>{row.subject.clone()}</td>
            <td data-l=t.audit_sequence()>{row.sequence}</td>
        </tr>
    }
    .into_any()
}
