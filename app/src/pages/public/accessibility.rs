//! What works for whom, what does not yet, and whom to tell.

use super::privacy::section;
use crate::texts::Texts;
use leptos::prelude::*;

/// The page at `/accessibility`.
#[must_use]
pub fn accessibility(t: Texts) -> AnyView {
    view! {
        <div class="wrap read stack">
            <h1>{t.accessibility_title()}</h1>
            <p class="lead">{t.accessibility_lead()}</p>
            {section(t.accessibility_works(), vec![t.accessibility_keyboard(), t.accessibility_zoom(), t.accessibility_script(), t.accessibility_colour(), t.accessibility_dark()])}
            {section(t.accessibility_lacks(), vec![t.accessibility_audio(), t.accessibility_languages(), t.accessibility_offline(), t.accessibility_escape()])}
            <h2>{t.accessibility_tell()}</h2>
            <p>{t.accessibility_tell_text()}</p>
        </div>
    }
    .into_any()
}
