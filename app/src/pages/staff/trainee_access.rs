//! How a trainee signs in: a one-time code or a printed card, each shown once.

use crate::features::people::TraineeDesk;
use crate::texts::Texts;
use crate::ui::{field, icon, message};
use leptos::prelude::*;

/// The two ways to let her in.
pub(super) fn access(t: Texts) -> AnyView {
    let button = |action: &'static str, symbol: &'static str, words: &'static str| {
        view! { <form method="post">{field::hidden("action", action)}<button class="btn alt full">{icon(symbol)}{words}</button></form> }
    };
    view! {
        <section class="card" aria-labelledby="access">
            <h2 id="access">{t.person_access()}</h2><p>{t.person_access_text()}</p>
            {button("code", "lock", t.person_code())}{button("card", "print", t.person_card())}
        </section>
    }
    .into_any()
}

/// Halves of a code, easier to read aloud.
fn halves(code: &str) -> String {
    let digits: Vec<char> = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let (first, last) = digits.split_at(digits.len() / 2);
    format!("{} {}", first.iter().collect::<String>(), last.iter().collect::<String>())
}

/// A one-time code just made.
pub(super) fn fresh_code(t: Texts, model: &TraineeDesk) -> Option<AnyView> {
    let code = model.fresh_code.as_deref()?;
    Some(
        view! {
            <section class="card mark" role="status" aria-labelledby="fresh">
                <h2 id="fresh">{t.person_code_made()}</h2><p class="big nowrap">{halves(code)}</p><p>{t.person_code_text()}</p>
            </section>
        }
        .into_any(),
    )
}

/// A sign-in card just made; printing this page prints the card alone.
pub(super) fn fresh_card(t: Texts, model: &TraineeDesk) -> Option<AnyView> {
    let (code, qr) = model.fresh_card.as_ref()?;
    Some(
        view! {
            <section class="card mark slip" aria-labelledby="card">
                <div class="screen">{message::alert("warn", "print", t.person_card_made(), t.person_card_once())}</div>
                <h2 id="card">{model.name.clone()}</h2>
                <div class="qr" role="img" aria-label=t.person_card_qr() inner_html=qr.clone()></div>
                <p class="big nowrap">{halves(code)}</p>
                <p>{t.person_card_text()}</p><p>{t.person_card_keep()}</p>
            </section>
        }
        .into_any(),
    )
}
