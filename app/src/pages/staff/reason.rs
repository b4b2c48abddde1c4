//! The text of a reason about hours: read, and taken away when it should not have been written.

use crate::features::form::FormState;
use crate::features::hours::review::{ReasonOf, ReasonPage};
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{form as forms, icon, message};
use domain::ids::ReasonId;
use leptos::prelude::*;

/// The page `/staff/reasons/{id}`.
#[must_use]
pub fn reason(t: Texts, model: &ReasonPage, form: &FormState) -> AnyView {
    let of = match model.of {
        ReasonOf::Adjustment => t.reason_of_adjustment(),
        ReasonOf::Verdict => t.reason_of_verdict(),
        ReasonOf::Doubt => t.reason_of_doubt(),
        ReasonOf::Erasure => t.reason_of_erasure(),
    };
    let text = model.text.clone().unwrap_or_else(|| t.reason_erased().to_owned());
    view! {
        <div class="wrap read stack">
            <div><p class="soft small">{model.name.clone()}</p><h1>{t.reason_title()}</h1></div>
            {forms::summary(t, form)}
            <dl class="dl"><div><dt>{of}</dt><dd>{text}</dd></div></dl>
            {erased(t, model)}
            {model.text.is_some().then(|| erase(t, form))}
        </div>
    }
    .into_any()
}

fn erased(t: Texts, model: &ReasonPage) -> Option<AnyView> {
    let ((name, at), why) = model.erased.as_ref()?;
    let why = why.clone().unwrap_or_else(|| t.reason_erased().to_owned());
    Some(message::alert("info", "info", t.reason_gone(), t.reason_gone_text(format::moment(t, *at), name, why)))
}

fn erase(t: Texts, form: &FormState) -> AnyView {
    view! {
        <section class="card" aria-labelledby="erase">
            <h2 id="erase">{t.reason_erase()}</h2>
            <p>{t.reason_erase_text()}</p>
            <form class="stack" method="post">
                {field::text("reason", t.reason_why(), t.reason_why_hint(), Kind { longest: 1000, ..Kind::AREA }, form)}
                <button class="btn">{t.reason_erase()}</button>
            </form>
        </section>
    }
    .into_any()
}

/// A way to take away a text, where the reader may.
#[must_use]
pub fn link(t: Texts, id: ReasonId, of: &str) -> AnyView {
    view! { <a class="btn bare small" href=format!("/staff/reasons/{id}")>{icon("x")}{t.reason_erase()}<span class="vh">" "{of.to_owned()}</span></a> }
        .into_any()
}
