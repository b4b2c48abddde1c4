//! Disputes on the desk: the list of those that wait, and one of them with its answer.

use super::adjust::amount;
use crate::features::form::FormState;
use crate::features::hours::review::{DisputeDesk, DisputeRow};
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{dispute, form as forms, icon, message};
use leptos::prelude::*;

/// The page `/staff/disputes`.
#[must_use]
pub fn disputes(t: Texts, rows: &[DisputeRow]) -> AnyView {
    let list = if rows.is_empty() {
        message::empty(t.disputes_none(), t.disputes_none_text(), None)
    } else {
        view! { <ul class="items">{rows.iter().map(|row| line(t, row)).collect_view()}</ul> }.into_any()
    };
    view! { <div class="wrap read stack"><h1>{t.disputes_title()}</h1><p class="lead">{t.disputes_lead()}</p>{list}</div> }.into_any()
}

fn line(t: Texts, row: &DisputeRow) -> AnyView {
    let about = if row.about_entry { t.disputes_entry() } else { t.disputes_missing() };
    let again = row.again.then(|| message::badge("warn", "flag", t.disputes_again()));
    view! {
        <li>
            {icon("flag")}
            <b><a href=format!("/staff/disputes/{}", row.id)>{row.name.clone()}</a></b>
            <span>{row.cohort.clone()}</span>
            <span>{about}" "{again}</span>
            <span class="soft">{t.disputes_since(format::moment(t, row.since))}</span>
        </li>
    }
    .into_any()
}

/// The page `/staff/disputes/{id}`.
#[must_use]
pub fn dispute_desk(t: Texts, model: &DisputeDesk, form: &FormState) -> AnyView {
    view! {
        <div class="wrap read stack">
            <div><p class="soft small">{model.name.clone()}</p><h1>{t.dispute_desk_title()}</h1></div>
            {forms::summary(t, form)}
            {dispute::entry(t, model.thread.entry.as_ref())}
            {dispute::notes(t, &model.thread, true)}
            <p><a class="btn alt" href=format!("/staff/enrolments/{}/hours", model.enrolment)>{icon("clock")}{t.person_adjust()}</a></p>
            {model.thread.state.waits().then(|| answer(t, model, form))}
        </div>
    }
    .into_any()
}

fn answer(t: Texts, model: &DisputeDesk, form: &FormState) -> AnyView {
    let open = ["lesson", "sign", "minutes"].iter().any(|field| !form.value(field).is_empty());
    view! {
        <section class="card" aria-labelledby="answer">
            <h2 id="answer">{t.dispute_answer()}</h2>
            <form class="stack" method="post">
                {field::text("text", t.dispute_answer_text(), t.dispute_answer_hint(), Kind { longest: 1000, ..Kind::AREA }, form)}
                <details class="fold" open=open>
                    <summary>{t.dispute_adjust()}</summary>
                    <div class="stack"><p>{t.dispute_adjust_text()}</p>{amount(t, &model.lessons, model.lesson.as_deref(), model.key, form)}</div>
                </details>
                <button class="btn">{t.dispute_answer_save()}</button>
            </form>
        </section>
    }
    .into_any()
}
