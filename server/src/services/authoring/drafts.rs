//! Writing: beginning a draft, saving it, sending it to review, giving it up.

use super::desk::Desk;
use super::publish::{self, Change, Ground};
use super::{Draft, Kind, State, digest, linted};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::draft;
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::{self, Event};
use crate::services::curriculum::translation_source;
use curriculum::MistakeKind;
use domain::access::{Action, Actor, Resource};
use domain::ids::{DraftId, PersonId};
use domain::time::Instant;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

/// Longest text of a draft, in bytes.
pub const LONGEST: usize = 200 * 1024;

/// What became of a save.
#[derive(Debug, Clone)]
pub enum Saved {
    /// It is stored, or stood already.
    Stored {
        /// The number of this save.
        version: i64,
        /// When.
        at: Instant,
    },
    /// Another window saved since: this is what stands.
    Newer(Box<Draft>),
}

/// A text as it is kept: composed, with plain line ends and one at its end.
#[must_use]
pub fn plain(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
    format!("{}\n", text.trim_end())
}

/// What happened to a draft.
///
/// # Errors
/// `Database`.
pub(super) async fn note(
    t: &DatabaseTransaction,
    draft: &Draft,
    kind: &str,
    words: &str,
    now: Instant,
    by: Option<PersonId>,
) -> Outcome<()> {
    let sql = "INSERT INTO draft_event (draft_id, sequence, kind, note, digest, at, by_person) \
               SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3, $4, $5, $6 FROM draft_event WHERE draft_id = $1";
    let values = vec![
        draft.id.0.into(),
        kind.to_owned().into(),
        words.to_owned().into(),
        digest(&draft.body).into(),
        now.0.into(),
        by.map(|p| p.0).into(),
    ];
    query::execute(t, sql, values).await?;
    Ok(())
}

/// Moves a draft on, if it stands where it was read; else `Conflict`.
///
/// # Errors
/// `Conflict`; `Database`.
pub(super) async fn step(t: &DatabaseTransaction, draft: &Draft, to: State, now: Instant) -> Outcome<()> {
    let sql = "UPDATE draft SET state = $1, version = version + 1, updated_at = $2 WHERE id = $3 AND version = $4 AND state = $5";
    let values = vec![to.code().into(), now.0.into(), draft.id.0.into(), draft.version.into(), draft.state.code().into()];
    if query::execute(t, sql, values).await? == 1 { Ok(()) } else { Err(Failure::Conflict) }
}

/// An event of the audit log about a draft.
pub(super) fn event(action: &'static str, draft: &Draft) -> Event {
    let detail = json!({ "path": draft.path, "item": draft.item, "digest": digest(&draft.body) });
    Event::new(action, format!("draft/{}", draft.id), detail)
}

fn row(id: Uuid, path: String, item: String, author: Option<Uuid>, body: String, state: State, now: Instant) -> draft::Model {
    let kind = Kind::of(&path, &item).code().to_owned();
    let state = state.code().to_owned();
    let (base, follows, version) = (None, None, 1);
    draft::Model { id, kind, path, item, author_id: author, base, follows, body, state, version, created_at: now.0, updated_at: now.0 }
}

/// Puts a text that came with the program in review, beside the one that a judge published; an older offer of that file is
/// dropped.
///
/// # Errors
/// `Database`.
pub async fn offer(t: &DatabaseTransaction, now: Instant, path: String, text: String, current: &BTreeMap<String, String>) -> Outcome<()> {
    let open = draft::Entity::find().filter(draft::Column::Path.eq(&path)).filter(draft::Column::AuthorId.is_null());
    for old in open.filter(draft::Column::State.eq(State::InReview.code())).all(t).await? {
        if old.body == text {
            return Ok(());
        }
        let old = Draft::try_from(old)?;
        step(t, &old, State::Dropped, now).await?;
        note(t, &old, "dropped", "", now, None).await?;
    }
    let base = current.get(&path).map(|text| digest(text));
    let row = draft::Model { base, ..row(keys::ordered_id(now), path, String::new(), None, text, State::InReview, now) };
    query::insert(t, row.clone()).await?;
    note(t, &Draft::try_from(row)?, "sent", "", now, None).await
}

impl Acting<'_> {
    /// Begins a draft of a published file, or of one question in it; the one that the actor has open already is taken up.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound` for what is not published; `Database`.
    pub async fn edit(&self, path: &str, item: &str) -> Outcome<DraftId> {
        self.may(Action::WriteContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let text = desk.text(path, item).ok_or(Failure::NotFound)?.to_owned();
        self.begin(&desk, path.to_owned(), item.to_owned(), text).await
    }

    /// Begins a draft of something new.
    ///
    /// # Errors
    /// `Forbidden`; `Conflict` where the file or question is there already; `Database`.
    pub async fn compose(&self, path: String, item: String, text: String) -> Outcome<DraftId> {
        self.may(Action::WriteContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        if desk.text(&path, &item).is_some() {
            return Err(Failure::Conflict);
        }
        self.begin(&desk, path, item, text).await
    }

    async fn begin(&self, desk: &Desk, path: String, item: String, text: String) -> Outcome<DraftId> {
        let person = self.signed.actor.person;
        let open = draft::Entity::find()
            .filter(draft::Column::Path.eq(&path))
            .filter(draft::Column::Item.eq(&item))
            .filter(draft::Column::AuthorId.eq(person.0))
            .filter(draft::Column::State.is_in([State::Draft.code(), State::InReview.code()]));
        if let Some(open) = open.one(self.services.database.read()).await? {
            return Ok(DraftId(open.id));
        }
        let now = self.services.now();
        let base = desk.text(&path, &item).map(digest);
        let follows = translation_source(&path).and_then(|source| desk.text(&source, "").map(digest));
        let row = draft::Model { base, follows, ..row(keys::ordered_id(now), path, item, Some(person.0), text, State::Draft, now) };
        let draft = Draft::try_from(row.clone())?;
        let (id, actor) = (draft.id, self.signed.actor.clone());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    query::insert(t, row).await?;
                    note(t, &draft, "begun", "", now, Some(person)).await?;
                    audit::append(t, now, Some(&actor), event("draft.begin", &draft)).await
                })
            })
            .await?;
        Ok(id)
    }

    /// The author's own draft, to be written in.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn own_draft(&self, id: DraftId) -> Outcome<Draft> {
        let draft = self.services.stored_draft(id).await?;
        self.may(Action::WriteContent, &draft.resource())?;
        Ok(draft)
    }

    /// Stores a draft's text, if it stands where `version` says. Saves are no audit events: publication is.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict` when it is in review or ended; `TooLarge`; `Database`.
    pub async fn save_draft(&self, id: DraftId, version: i64, text: &str) -> Outcome<Saved> {
        let draft = self.own_draft(id).await?;
        let text = plain(text);
        if draft.state != State::Draft {
            return Err(Failure::Conflict);
        }
        if text.len() > LONGEST {
            return Err(Failure::TooLarge);
        }
        if draft.body == text {
            return Ok(Saved::Stored { version: draft.version, at: draft.saved_at });
        }
        if draft.version != version {
            return Ok(Saved::Newer(Box::new(draft)));
        }
        let now = self.services.now();
        let sql = "UPDATE draft SET body = $1, version = version + 1, updated_at = $2 WHERE id = $3 AND version = $4 AND state = 'draft'";
        let values = vec![text.into(), now.0.into(), id.0.into(), version.into()];
        let changed = self
            .services
            .database
            .write(move |t| Box::pin(async move { query::execute(t, sql, values).await.map_err(Failure::from) }))
            .await?;
        if changed == 1 {
            return Ok(Saved::Stored { version: version + 1, at: now });
        }
        Ok(Saved::Newer(Box::new(self.own_draft(id).await?)))
    }

    /// Takes the published text as the one that the draft began from: its author has seen both.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict`; `Database`.
    pub async fn rebase_draft(&self, id: DraftId, version: i64) -> Outcome<()> {
        let draft = self.own_draft(id).await?;
        if draft.state != State::Draft || draft.version != version {
            return Err(Failure::Conflict);
        }
        let desk = self.services.desk().await?;
        let base = desk.text(&draft.path, &draft.item).map(digest);
        let (now, person) = (self.services.now(), self.signed.actor.person);
        let sql = "UPDATE draft SET base = $1, version = version + 1 WHERE id = $2 AND version = $3";
        let values = vec![base.into(), id.0.into(), version.into()];
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    if query::execute(t, sql, values).await? != 1 {
                        return Err(Failure::Conflict);
                    }
                    note(t, &draft, "rebased", "", now, Some(person)).await
                })
            })
            .await
    }

    /// Sends a draft to review. What the check finds has to be mended before, but for references that staff may still accept.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict` when it is not a draft any more; `Database`. `false` where mistakes stand in the way.
    pub async fn send_draft(&self, id: DraftId) -> Outcome<bool> {
        let draft = self.own_draft(id).await?;
        let desk = self.services.desk().await?;
        if linted(&desk, &draft).mistakes.iter().any(|m| !matches!(m.what, MistakeKind::ToConfirm { .. })) {
            return Ok(false);
        }
        self.move_on(draft, (State::Draft, State::InReview), ("sent", "draft.send"), String::new()).await?;
        Ok(true)
    }

    /// The author takes a draft back from review, or gives it up.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict`; `Database`.
    pub async fn drop_draft(&self, id: DraftId) -> Outcome<()> {
        let draft = self.own_draft(id).await?;
        let from = draft.state;
        if !matches!(from, State::Draft | State::InReview) {
            return Err(Failure::Conflict);
        }
        self.move_on(draft, (from, State::Dropped), ("dropped", "draft.drop"), String::new()).await
    }

    /// One step of a draft, with its event and the audit's.
    ///
    /// # Errors
    /// `Conflict` where it does not stand at `from`; `Database`.
    pub(super) async fn move_on(
        &self,
        draft: Draft,
        way: (State, State),
        words: (&'static str, &'static str),
        said: String,
    ) -> Outcome<()> {
        let (from, to) = way;
        if draft.state != from {
            return Err(Failure::Conflict);
        }
        let (now, actor): (Instant, Actor) = (self.services.now(), self.signed.actor.clone());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    step(t, &draft, to, now).await?;
                    note(t, &draft, words.0, &said, now, Some(actor.person)).await?;
                    audit::append(t, now, Some(&actor), event(words.1, &draft)).await
                })
            })
            .await
    }

    /// Says that a translation is still right although its source moved on.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict`; `Database`.
    pub async fn still_follows(&self, path: &str) -> Outcome<()> {
        self.may(Action::WriteContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let text = desk.text(path, "").ok_or(Failure::NotFound)?.to_owned();
        let source = translation_source(path).and_then(|source| desk.text(&source, "").map(digest)).ok_or(Failure::NotFound)?;
        let (now, actor, newest) = (self.services.now(), self.signed.actor.clone(), desk.newest);
        let event = Event::new("translation.follows", format!("file/{path}"), json!({ "source": source }));
        let change = Change { path: path.to_owned(), text: Some(text), follows: Some(source) };
        let ground = Ground { by: Some(actor.person.0), ..Ground::default() };
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    publish::lock(t).await?;
                    if super::desk::newest(t).await? != newest {
                        return Err(Failure::Conflict);
                    }
                    publish::record(t, now, change, &ground).await?;
                    audit::append(t, now, Some(&actor), event).await
                })
            })
            .await
    }
}
