//! Choosing a PIN: one is proposed, and writing it twice is the way to learn it.

use crate::features::form::FormState;
use crate::features::people::ChoosePin;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::form;
use leptos::prelude::*;

const PIN: Kind = Kind { mode: "numeric", longest: 9, complete: "new-password", required: true, ..Kind::SECRET };

const CURRENT: Kind = Kind { longest: 200, complete: "current-password", required: true, ..Kind::SECRET };

/// The page at `/pin`.
#[must_use]
pub fn choose_pin(t: Texts, model: &ChoosePin, form: &FormState) -> AnyView {
    let lead = if model.first { t.pin_first() } else { t.pin_change() };
    view! {
        <div class="wrap slim stack">
            <h1>{t.pin_title()}</h1>
            {form::summary(t, form)}
            <p>{lead}</p>
            <div class="card">
                <p class="soft">{t.pin_proposed()}</p>
                <p class="big">{spaced(&model.proposed)}</p>
                <p>{t.pin_proposed_text()}</p>
            </div>
            <form class="stack" method="post" action="/pin">
                {field::hidden("proposed", model.proposed.clone())}
                {model.asks_current.then(|| field::text("current", t.pin_current(), t.pin_current_hint(), CURRENT, form))}
                {field::text("pin", t.pin_pin(), t.pin_pin_hint(), PIN, form)}
                {field::text("again", t.pin_again(), "", PIN, form)}
                <button class="btn full">{t.pin_submit()}</button>
            </form>
            <p class="soft small">{t.pin_secret()}</p>
        </div>
    }
    .into_any()
}

/// "483 920", easier to learn by heart.
fn spaced(pin: &str) -> String {
    match pin.split_at_checked(3) {
        Some((first, rest)) if !rest.is_empty() => format!("{first} {rest}"),
        _ => pin.to_owned(),
    }
}
