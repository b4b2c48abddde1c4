//! The study clock: measures use while a lesson is open and sends it, so that no minute is lost.

#[cfg(any(feature = "hydrate", test))]
mod meter;
#[cfg(feature = "hydrate")]
mod queue;
#[cfg(feature = "hydrate")]
mod report;
#[cfg(feature = "hydrate")]
mod watch;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the study clock says, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockTexts {
    /// Before the first receipt.
    pub studied: String,
    /// No connection; `{n}` stands for whole minutes.
    pub offline: String,
    /// No connection, and less than a minute waits.
    pub offline_short: String,
    /// The session ended.
    pub signed_out: String,
    /// Link to the checkpoint that is open now.
    pub open: String,
}

/// What the clock shows.
#[derive(Clone, Copy)]
struct Shown {
    line: RwSignal<String>,
    open: RwSignal<bool>,
}

/// Id of the element beside the closed checkpoint that the clock reveals when the checkpoint opens.
pub const REVEALED: &str = "control-abierto";

/// Measures and reports the study of one reading. `here` is the address of the checkpoint, with a query so that it loads again.
#[island]
pub fn StudyClock(token: String, heartbeat: i64, idle_after: i64, here: String, texts: ClockTexts) -> impl IntoView {
    let shown = Shown { line: RwSignal::new(texts.studied.clone()), open: RwSignal::new(false) };
    let open = texts.open.clone();
    #[cfg(feature = "hydrate")]
    watch::start(report::Reporter::new(token, texts, shown), heartbeat, idle_after);
    #[cfg(not(feature = "hydrate"))]
    let _ = (token, heartbeat, idle_after);
    let link = move || shown.open.get().then(|| view! { <a href=here.clone()>{open.clone()}</a> });
    view! { <span role="status"><span>{move || shown.line.get()}</span>" "{link}</span> }
}
