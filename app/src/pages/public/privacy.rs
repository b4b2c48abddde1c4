//! What is kept about whom, who sees it, and how to ask for it.

use crate::texts::Texts;
use leptos::prelude::*;

/// The page at `/privacy`.
#[must_use]
pub fn privacy(t: Texts) -> AnyView {
    let sections = [
        (t.privacy_kept(), vec![t.privacy_kept_who(), t.privacy_kept_study(), t.privacy_kept_log()]),
        (t.privacy_never(), vec![t.privacy_never_cases(), t.privacy_never_records(), t.privacy_never_track()]),
        (t.privacy_sees(), vec![t.privacy_sees_you(), t.privacy_sees_judge(), t.privacy_sees_staff(), t.privacy_sees_public()]),
        (t.privacy_cookies(), vec![t.privacy_cookies_session(), t.privacy_cookies_device(), t.privacy_cookies_language()]),
    ];
    view! {
        <div class="wrap read stack">
            <h1>{t.privacy_title()}</h1>
            <p class="lead">{t.privacy_lead()}</p>
            {sections.into_iter().map(|(title, lines)| section(title, lines)).collect_view()}
            <h2>{t.privacy_rights()}</h2>
            <p>{t.privacy_rights_text()}</p>
        </div>
    }
    .into_any()
}

/// A heading and its list.
pub(super) fn section(title: &'static str, lines: Vec<&'static str>) -> AnyView {
    let items = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <h2>{title}</h2><ul>{items}</ul> }.into_any()
}
