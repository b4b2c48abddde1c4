//! What she does not recognise, or misses, in her hours: writing it, and reading what staff answered.

use crate::features::form::FormState;
use crate::features::hours::review::{DisputeThread, NewDispute};
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{dispute, form as forms, message};
use domain::hours::dispute::{State, Step};
use leptos::prelude::*;

/// The page `/hours/dispute/{id}`.
#[must_use]
pub fn new_dispute(t: Texts, model: &NewDispute, form: &FormState) -> AnyView {
    let (title, label) = match model.entry {
        Some(_) => (t.dispute_new_entry(), t.dispute_text_entry()),
        None => (t.dispute_new_missing(), t.dispute_text_missing()),
    };
    view! {
        <div class="wrap read stack">
            <h1>{title}</h1>
            {forms::summary(t, form)}
            {model.entry.as_ref().map(|entry| dispute::entry(t, Some(entry)))}
            <p>{t.dispute_new_text()}</p>
            <form class="stack" method="post">
                {field::text("text", label, t.dispute_text_hint(), Kind { longest: 1000, ..Kind::AREA }, form)}
                <button class="btn">{t.dispute_send()}</button>
            </form>
        </div>
    }
    .into_any()
}

/// The page `/hours/disputes/{id}`.
#[must_use]
pub fn my_dispute(t: Texts, model: &DisputeThread, form: &FormState) -> AnyView {
    let again = model.state.after(Step::Reopen).is_some().then(|| {
        view! {
            <section class="card" aria-labelledby="again">
                <h2 id="again">{t.dispute_again()}</h2>
                <form class="stack" method="post">
                    {field::text("text", t.dispute_again_label(), t.dispute_again_hint(), Kind { longest: 1000, ..Kind::AREA }, form)}
                    <button class="btn alt">{t.dispute_again_send()}</button>
                </form>
            </section>
        }
    });
    let waits = model.state.waits().then(|| message::alert("info", "clock", t.dispute_waiting(), t.dispute_waiting_text()));
    let closed = (model.state == State::Closed).then(|| view! { <p class="soft">{t.dispute_closed_text()}</p> });
    view! {
        <div class="wrap read stack">
            <h1>{t.dispute_title()}</h1>
            {forms::summary(t, form)}
            {dispute::entry(t, model.entry.as_ref())}
            {dispute::notes(t, model, false)}
            {waits}{again}{closed}
        </div>
    }
    .into_any()
}
