//! Refusals: what happened and what to do.

use crate::texts::Texts;
use leptos::prelude::*;

/// What to do about it: address and words.
type Next = (&'static str, &'static str);

fn words(t: Texts, status: u16) -> (&'static str, &'static str, Next) {
    let home = ("/", t.error_home());
    match status {
        400 => (t.error_400(), t.error_400_text(), home),
        401 => (t.error_401(), t.error_401_text(), ("/login", t.error_sign_in())),
        403 => (t.error_403(), t.error_403_text(), ("/account", t.error_account())),
        404 => (t.error_404(), t.error_404_text(), home),
        405 => (t.error_405(), t.error_405_text(), home),
        409 => (t.error_409(), t.error_409_text(), home),
        413 => (t.error_413(), t.error_413_text(), home),
        415 => (t.error_415(), t.error_415_text(), home),
        422 => (t.error_422(), t.error_422_text(), home),
        429 => (t.error_429(), t.error_429_text(), ("/help", t.error_help())),
        503 => (t.error_503(), t.error_503_text(), ("/help", t.error_help())),
        _ => (t.error_500(), t.error_500_text(), home),
    }
}

/// Title of the browser tab and of the page.
#[must_use]
pub fn error_title(t: Texts, status: u16) -> &'static str {
    words(t, status).0
}

/// The page of a refusal; `incident` is the number under which the log keeps it.
#[must_use]
pub fn error(t: Texts, status: u16, incident: Option<&str>) -> AnyView {
    let (title, text, (href, label)) = words(t, status);
    let incident = incident.map(|number| view! { <p>{t.error_incident()}" "<b class="nowrap">{number.to_owned()}</b></p> });
    view! {
        <div class="wrap read stack">
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            {incident}
            <p class="row"><a class="btn" href=href>{label}</a></p>
            <p class="soft small">{t.error_status(status)}</p>
        </div>
    }
    .into_any()
}
