//! The first page: help now, checking a certificate, what an advisor does, the way to become one.

use crate::features::form::FormState;
use crate::pages::public::verify;
use crate::texts::Texts;
use crate::ui::{frame, icon};
use domain::curriculum::Service;
use leptos::prelude::*;

/// The landing page; `services` are the help lines of the frame.
#[must_use]
pub fn landing(t: Texts, services: &[Service]) -> AnyView {
    view! {
        <section class="hero" aria-labelledby="title">
            <div class="wrap stack">
                <h1 id="title">{t.landing_title()}</h1>
                <p>{t.landing_lead()}</p>
                <div class="row"><a class="btn" href="/login">{t.landing_sign_in()}</a><a class="btn alt" href="#verify">{t.verify_title()}</a></div>
            </div>
            <svg class="weave" aria-hidden="true"><rect width="100%" height="100%" fill="url(#tejido)"/></svg>
        </section>
        <div class="wrap stack">
            <section class="grid half">{now(t, services)}{check(t)}</section>
            {role(t)}
            <section class="grid half">{path(t)}{phone(t)}</section>
        </div>
    }
    .into_any()
}

fn now(t: Texts, services: &[Service]) -> impl IntoView + use<> {
    view! {
        <section class="stack" aria-labelledby="now">
            <h2 id="now">{t.landing_now()}</h2>
            <p>{t.landing_now_text()}</p>
            {frame::lines(t, services)}
        </section>
    }
}

fn check(t: Texts) -> impl IntoView {
    view! {
        <section class="card mark" id="verify" aria-labelledby="check">
            <h2 id="check">{t.verify_title()}</h2>
            {verify::ask(t, &FormState::default(), false)}
        </section>
    }
}

fn list(symbol: &'static str, items: [&'static str; 3]) -> impl IntoView {
    let rows = items.into_iter().map(|words| view! { <li>{icon(symbol)}<span>{words}</span></li> }).collect_view();
    view! { <ul class="items">{rows}</ul> }
}

fn role(t: Texts) -> impl IntoView {
    view! {
        <section class="stack" aria-labelledby="role">
            <h2 id="role">{t.landing_role()}</h2>
            <p class="lead">{t.landing_role_text()}</p>
            <div class="grid two">
                <div><h3>{t.landing_does()}</h3>{list("check", [t.landing_does_listen(), t.landing_does_walk(), t.landing_does_forms()])}</div>
                <div><h3>{t.landing_never()}</h3>{list("x", [t.landing_never_charge(), t.landing_never_reconcile(), t.landing_never_tell()])}</div>
            </div>
        </section>
    }
}

fn path(t: Texts) -> impl IntoView {
    let steps = [
        (t.landing_step_enrol(), t.landing_step_enrol_text()),
        (t.landing_step_check(), t.landing_step_check_text()),
        (t.landing_step_course(), t.landing_step_course_text()),
        (t.landing_step_certificate(), t.landing_step_certificate_text()),
        (t.landing_step_accredit(), t.landing_step_accredit_text()),
    ];
    let items = steps.into_iter().map(|(name, text)| view! { <li><b>{name}</b><br/>{text}</li> }).collect_view();
    view! { <section class="stack" aria-labelledby="path"><h2 id="path">{t.landing_path()}</h2><ol class="steps">{items}</ol></section> }
}

fn phone(t: Texts) -> impl IntoView {
    let facts = [
        (t.landing_data(), t.landing_data_text()),
        (t.landing_signal(), t.landing_signal_text()),
        (t.landing_progress(), t.landing_progress_text()),
        (t.landing_private(), t.landing_private_text()),
    ];
    let items = facts.into_iter().map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> }).collect_view();
    view! { <section class="stack" aria-labelledby="phone"><h2 id="phone">{t.landing_phone()}</h2><dl class="dl">{items}</dl></section> }
}
