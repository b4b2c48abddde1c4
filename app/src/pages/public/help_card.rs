//! The help card: one page to print and carry.

use leptos::prelude::*;

/// The page at `/help/card`; `html` is sanitised.
#[must_use]
pub fn help_card(title: &str, html: &str) -> AnyView {
    view! { <article class="wrap read stack"><h1>{title.to_owned()}</h1><div class="prose stack" inner_html=html.to_owned()></div></article> }
        .into_any()
}
