//! Writing and reviewing content: the desk, a module, the editor of lessons, comparison, review, norms.

mod compare;
mod desk;
mod editor;
mod module;
mod norms;
mod result;
mod review;

pub use compare::compare;
pub use desk::content_desk;
pub use editor::{FORM, around, lesson_editor, picture};
pub use module::content_module;
pub use norms::norms;
pub use result::result;
pub use review::review;

use crate::features::authoring::{ContentKind, DraftRow, DraftState};
use crate::format;
use crate::texts::Texts;
use crate::ui::{icon, message};
use domain::curriculum::Language;
use leptos::prelude::*;

/// A language in words.
fn language(t: Texts, language: Language) -> &'static str {
    match language {
        Language::Es => t.author_spanish(),
        Language::En => t.author_english(),
    }
}

/// What a text is, in words.
fn kind(t: Texts, kind: ContentKind) -> &'static str {
    match kind {
        ContentKind::Lesson => t.author_kind_lesson(),
        ContentKind::Question => t.author_kind_question(),
        ContentKind::Scenario => t.author_kind_scenario(),
        ContentKind::Words => t.author_kind_words(),
    }
}

/// Where a draft stands, as a badge.
fn state(t: Texts, state: DraftState) -> AnyView {
    match state {
        DraftState::Draft => message::badge("warn", "pen", t.author_state_draft()),
        DraftState::InReview => message::badge("info", "clock", t.author_state_review()),
        DraftState::Published => message::badge("ok", "check", t.author_state_published()),
        DraftState::Dropped => message::badge("", "x", t.author_state_dropped()),
    }
}

/// Whose it is.
fn author(t: Texts, row: &DraftRow) -> String {
    if row.author.is_empty() { t.author_came().to_owned() } else { t.author_by(&row.author) }
}

/// A draft in a list, leading to `href`.
fn draft_item(t: Texts, row: &DraftRow, href: String, names: bool) -> AnyView {
    let by = names.then(|| view! { <span class="soft">{author(t, row)}</span> });
    let title = if row.title.is_empty() { t.author_untitled().to_owned() } else { row.title.clone() };
    view! {
        <li>
            {icon("pen")}
            <b><a href=href>{title}</a></b>
            <span>{kind(t, row.kind)}" · "{language(t, row.language)}". "{row.module.clone()}</span>
            {by}
            <span class="row">{state(t, row.state)}<span class="soft small">{format::moment(t, row.at)}</span></span>
        </li>
    }
    .into_any()
}
