//! Messages: what happened and what to do, never by colour alone.

use crate::ui::icon;
use leptos::prelude::*;

/// A block message. `kind` is `ok`, `info`, `warn` or `halt`; `text` is a view or a string.
#[must_use]
pub fn alert(kind: &'static str, symbol: &'static str, title: impl Into<String>, text: impl IntoView + 'static) -> AnyView {
    let class = format!("alert {kind}");
    view! { <div class=class>{icon(symbol)}<b>{title.into()}</b><span>{text.into_view()}</span></div> }.into_any()
}

/// A small label with an icon. `kind` as in `alert`, or empty for a neutral one; `symbol` may be empty.
#[must_use]
pub fn badge(kind: &'static str, symbol: &'static str, text: impl Into<String>) -> AnyView {
    let class = if kind.is_empty() { "badge".to_owned() } else { format!("badge {kind}") };
    view! { <span class=class>{(!symbol.is_empty()).then(|| icon(symbol))}{text.into()}</span> }.into_any()
}

/// What a list shows when it has nothing: a title, what will come and, if any, where to go.
#[must_use]
pub fn empty(title: impl Into<String>, text: impl Into<String>, action: Option<(String, String)>) -> AnyView {
    let link = action.map(|(href, label)| view! { <a class="btn alt" href=href>{label}</a> });
    view! { <div class="empty"><p><b>{title.into()}</b></p><p>{text.into()}</p>{link}</div> }.into_any()
}
