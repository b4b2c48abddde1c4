//! An identity document as people type it: its kind and its number.

use crate::features::form::FormState;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use leptos::prelude::*;

/// The fields `kind` and `number`; `complete` is the autocompletion of the number.
#[must_use]
pub fn fields(t: Texts, complete: &'static str, form: &FormState) -> AnyView {
    let kinds =
        [("dni", t.login_kind_dni()), ("ce", t.login_kind_ce()), ("ptp", t.login_kind_ptp()), ("passport", t.login_kind_passport())];
    let kinds: Vec<_> = kinds.into_iter().map(|(value, words)| (value.to_owned(), words.to_owned())).collect();
    let number = Kind { class: "num", complete, longest: 20, ..Kind::PLAIN };
    view! {
        {field::select("kind", t.login_kind(), "", &kinds, form)}
        {field::text("number", t.login_number(), "", number, form)}
    }
    .into_any()
}
