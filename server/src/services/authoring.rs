//! Authoring in the browser (curriculum.md): drafts of files and of single questions, their review, and publication.
//!
//! A draft is a text with the digest of what it began from. Its state is a state; what happened to it are facts
//! (`draft_event`). Published texts are facts too (`file_publication`): the files of the curriculum are always exactly what
//! `orienta curriculum export` writes.

pub mod compare;
pub mod desk;
pub mod drafts;
pub mod findings;
pub mod fresh;
pub mod media;
pub mod norms;
pub mod pages;
pub mod publish;
pub mod review;
pub mod shown;

use crate::failure::{Failure, Outcome};
use crate::persistence::entities::draft;
use crate::services::{Acting, Services};
use curriculum::authoring::overlay::{Lint, Overlay, lint};
use desk::Desk;
use domain::access::{Action, Resource};
use domain::ids::{DraftId, PersonId};
use domain::time::Instant;
use sea_orm::EntityTrait as _;
use std::sync::Arc;

/// What a draft is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A lesson in one language.
    Lesson,
    /// One question of a bank.
    Question,
    /// A case.
    Scenario,
    /// Another file: glossary, services, help card, a whole bank.
    Words,
}

impl Kind {
    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lesson => "lesson",
            Self::Question => "question",
            Self::Scenario => "scenario",
            Self::Words => "words",
        }
    }

    /// What a file, or an item of it, is.
    #[must_use]
    pub fn of(path: &str, item: &str) -> Self {
        match path {
            _ if !item.is_empty() => Self::Question,
            _ if path.contains("/lessons/") => Self::Lesson,
            _ if path.contains("/scenarios/") => Self::Scenario,
            _ => Self::Words,
        }
    }
}

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its author writes.
    Draft,
    /// It waits for a reviewer, and nobody writes.
    InReview,
    /// It is, or was, current.
    Published,
    /// Its author gave it up.
    Dropped,
}

impl State {
    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Published => "published",
            Self::Dropped => "dropped",
        }
    }

    fn of(code: &str) -> Outcome<Self> {
        let all = [Self::Draft, Self::InReview, Self::Published, Self::Dropped];
        all.into_iter().find(|state| state.code() == code).ok_or(Failure::Inconsistent { table: "draft", column: "state" })
    }
}

/// A draft.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Which.
    pub id: DraftId,
    /// What it is of.
    pub kind: Kind,
    /// The file.
    pub path: String,
    /// The question in it; empty for the whole file.
    pub item: String,
    /// Whose; nobody's where it came with the program.
    pub author: Option<PersonId>,
    /// Digest of the published text it began from; `None` for a new one.
    pub base: Option<String>,
    /// For a translation: digest of the source that it follows.
    pub follows: Option<String>,
    /// Its text.
    pub body: String,
    /// Where it stands.
    pub state: State,
    /// Counts its saves, from 1.
    pub version: i64,
    /// Its last save.
    pub saved_at: Instant,
}

impl TryFrom<draft::Model> for Draft {
    type Error = Failure;

    fn try_from(row: draft::Model) -> Outcome<Self> {
        Ok(Self {
            id: DraftId(row.id),
            kind: Kind::of(&row.path, &row.item),
            state: State::of(&row.state)?,
            path: row.path,
            item: row.item,
            author: row.author_id.map(PersonId),
            base: row.base,
            follows: row.follows,
            body: row.body,
            version: row.version,
            saved_at: Instant(row.updated_at),
        })
    }
}

impl Draft {
    /// For the policy.
    #[must_use]
    pub const fn resource(&self) -> Resource {
        Resource::Draft(self.author)
    }

    /// Whether the published text is not the one that it began from.
    #[must_use]
    pub fn is_overtaken(&self, desk: &Desk) -> bool {
        desk.text(&self.path, &self.item).map(digest) != self.base
    }
}

/// SHA-256 of a text in hexadecimal.
#[must_use]
pub fn digest(text: &str) -> String {
    curriculum::package::digest(text.as_bytes())
}

impl Services {
    /// A draft.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    async fn stored_draft(&self, id: DraftId) -> Outcome<Draft> {
        draft::Entity::find_by_id(id.0).one(self.database.read()).await?.ok_or(Failure::NotFound)?.try_into()
    }

    /// The published files.
    async fn desk(&self) -> Outcome<Arc<Desk>> {
        self.catalogue.desk(&self.database).await
    }
}

impl Acting<'_> {
    /// A draft that the actor may see.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn any_draft(&self, id: DraftId) -> Outcome<Draft> {
        self.may(Action::SeeContent, &Resource::List)?;
        self.services.stored_draft(id).await
    }
}

/// What the check says of a draft. Lines of a question count from its own first line.
#[must_use]
pub fn linted(desk: &Desk, draft: &Draft) -> Lint {
    let file = desk.with(&draft.path, &draft.item, &draft.body);
    let first = place(&file, &draft.item);
    let overlay = Overlay::one(&desk.files, &draft.path, Some(file));
    let mut lint = lint(&overlay, &draft.path, &desk.report);
    if let Some((first, last)) = first {
        let inside = |line: u32| line >= first && line <= last;
        lint.mistakes.retain(|m| m.file != draft.path || inside(m.line));
        lint.warnings.retain(|w| inside(w.line));
        for mistake in lint.mistakes.iter_mut().chain(&mut lint.warnings).filter(|m| m.file == draft.path) {
            mistake.line = mistake.line + 1 - first;
        }
    }
    lint
}

/// First and last line of a question in its file.
fn place(file: &str, item: &str) -> Option<(u32, u32)> {
    let block = curriculum::authoring::bank::block(file, item).filter(|_| !item.is_empty())?;
    let start = file.find(block)?;
    let first = curriculum::lesson::lines_before(file, start);
    let lines = u32::try_from(block.lines().count()).unwrap_or(u32::MAX);
    Some((first, first.saturating_add(lines.saturating_sub(1))))
}
