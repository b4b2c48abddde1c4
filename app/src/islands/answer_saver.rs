//! The answer saver: keeps each answer on the device until the server has it, and says so only then.

#[cfg(feature = "hydrate")]
mod draft;
#[cfg(feature = "hydrate")]
mod fields;
#[cfg(feature = "hydrate")]
mod saver;

use domain::ids::AttemptId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the answer saver says, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerTexts {
    /// Being sent while she goes on.
    pub saving: String,
    /// No connection: the answer is on the device.
    pub waiting: String,
    /// The server refused it.
    pub failed: String,
    /// A newer answer is stored.
    pub conflict: String,
    /// Link that loads the page again.
    pub reload: String,
    /// The time is over.
    pub late: String,
    /// The session ended.
    pub signed_out: String,
    /// An older answer of this device was never sent.
    pub found: String,
    /// Button that takes it.
    pub take: String,
}

/// What the saver offers besides its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "offers are made in the browser"))]
enum Offer {
    Nothing,
    Reload,
    Take,
}

/// What the saver shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Status {
    class: &'static str,
    symbol: &'static str,
    line: String,
    offer: Offer,
}

impl Status {
    const fn saved(line: String) -> Self {
        Self { class: "badge ok", symbol: "#i-check", line, offer: Offer::Nothing }
    }
}

/// Saves the answer in the form with the id `form` as it is given. `line` tells when it was last saved; empty: never.
#[island]
pub fn AnswerSaver(attempt: AttemptId, item: u32, form: String, line: String, texts: AnswerTexts) -> impl IntoView {
    let status = RwSignal::new(Status::saved(line));
    let taken = RwSignal::new(0_u32);
    let (reload, take) = (texts.reload.clone(), texts.take.clone());
    #[cfg(feature = "hydrate")]
    saver::start(saver::Place { attempt, item, form }, texts, status, taken);
    #[cfg(not(feature = "hydrate"))]
    let _ = (attempt, item, form);
    let offer = move |offer: Offer| match offer {
        Offer::Nothing => ().into_any(),
        Offer::Reload => view! { <a class="go" href="?">{reload.clone()}</a> }.into_any(),
        Offer::Take => {
            view! { <button class="btn alt" type="button" on:click=move |_| taken.update(|count| *count += 1)>{take.clone()}</button> }
                .into_any()
        }
    };
    let shown =
        move || {
            let Status { class, symbol, line, offer: offered } = status.get();
            (!line.is_empty()).then(|| view! {
            <span class=class><svg class="i" aria-hidden="true"><use href=symbol></use></svg><span>{line}</span>{offer(offered)}</span>
        })
        };
    view! { <p role="status">{shown}</p> }
}
