//! Reviewing: returning a draft with a reason, publishing it, withdrawing what is published, accepting a reference that is
//! still to be confirmed. The reviewer is never the author.

use super::drafts::{event, note, step};
use super::publish::{self, Change, Ground};
use super::{Draft, State, digest, linted};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{file_publication, reference_acceptance};
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::{self, Event};
use crate::services::curriculum::translation_source;
use curriculum::{Mistake, MistakeKind};
use domain::access::{Action, Actor, Resource};
use domain::ids::DraftId;
use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};
use serde_json::json;

/// What became of a publication.
#[derive(Debug, Clone)]
pub enum Published {
    /// It is current.
    Done,
    /// Somebody published another text since the draft began: nothing was written.
    Overtaken,
    /// The check stands in the way.
    Mistakes(Vec<Mistake>),
}

impl Acting<'_> {
    async fn in_review(&self, id: DraftId) -> Outcome<Draft> {
        let draft = self.services.stored_draft(id).await?;
        self.may(Action::ReviewContent, &draft.resource())?;
        if draft.state == State::InReview { Ok(draft) } else { Err(Failure::Conflict) }
    }

    /// Returns a draft to its author, saying why; one that came with the program is dropped.
    ///
    /// # Errors
    /// `Forbidden`, for one's own; `NotFound`; `Conflict` when it is not in review; `Database`.
    pub async fn return_draft(&self, id: DraftId, why: String) -> Outcome<()> {
        let draft = self.in_review(id).await?;
        let (to, word) = if draft.author.is_some() { (State::Draft, "returned") } else { (State::Dropped, "dropped") };
        self.move_on(draft, (State::InReview, to), (word, "draft.return"), why).await
    }

    /// Makes a draft current.
    ///
    /// # Errors
    /// `Forbidden`, for one's own; `NotFound`; `Conflict` when it is not in review, or something else was published at this
    /// moment; `Database`.
    pub async fn publish_draft(&self, id: DraftId) -> Outcome<Published> {
        let draft = self.in_review(id).await?;
        let desk = self.services.desk().await?;
        if draft.is_overtaken(&desk) {
            return Ok(Published::Overtaken);
        }
        let mut mistakes = linted(&desk, &draft).mistakes;
        mistakes.extend(unaccepted(&desk, &draft).into_iter().filter(|m| !mistakes.contains(m)).collect::<Vec<_>>());
        if !mistakes.is_empty() {
            return Ok(Published::Mistakes(mistakes));
        }
        let change = Change {
            path: draft.path.clone(),
            text: Some(desk.with(&draft.path, &draft.item, &draft.body)),
            follows: draft.follows.clone().or_else(|| translation_source(&draft.path).and_then(|s| desk.text(&s, "").map(digest))),
        };
        let ground = Ground { by: Some(self.signed.actor.person.0), draft: Some(draft.id.0), reason: None };
        let (now, actor, newest): (_, Actor, _) = (self.services.now(), self.signed.actor.clone(), desk.newest);
        let written = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    if let Err(mistakes) = publish::files(t, now, newest, vec![change], ground).await? {
                        return Ok(Published::Mistakes(mistakes));
                    }
                    step(t, &draft, State::Published, now).await?;
                    note(t, &draft, "published", "", now, Some(actor.person)).await?;
                    audit::append(t, now, Some(&actor), event("draft.publish", &draft)).await?;
                    Ok::<_, Failure>(Published::Done)
                })
            })
            .await?;
        self.services.catalogue.refresh(&self.services.database).await?;
        Ok(written)
    }

    /// Withdraws the current text of a file: the one before it is current again, or none. Answers the mistakes that the course
    /// would have without it.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict`; `Database`.
    pub async fn withdraw(&self, path: &str, reason: String) -> Outcome<Result<(), Vec<Mistake>>> {
        #[derive(FromQueryResult)]
        struct Body {
            body: String,
        }
        self.may(Action::ReviewContent, &Resource::List)?;
        let desk = self.services.desk().await?;
        let current = desk.text(path, "").map(digest).ok_or(Failure::NotFound)?;
        let read = self.services.database.read();
        let earlier = file_publication::Entity::find()
            .filter(file_publication::Column::Path.eq(path))
            .filter(file_publication::Column::Digest.ne(&current))
            .order_by_desc(file_publication::Column::Sequence)
            .one(read)
            .await?
            .and_then(|row| row.digest);
        let text = match earlier {
            Some(digest) => {
                let sql = "SELECT body FROM content_body WHERE revision = $1";
                query::one::<Body, _>(read, sql, vec![digest.into()]).await?.map(|found| found.body)
            }
            None => None,
        };
        let found = curriculum::authoring::overlay::lint(
            &curriculum::authoring::overlay::Overlay::one(&desk.files, path, text.clone()),
            path,
            &desk.report,
        );
        if !found.mistakes.is_empty() {
            return Ok(Err(found.mistakes));
        }
        let change = Change { path: path.to_owned(), text, follows: None };
        let (now, actor, newest) = (self.services.now(), self.signed.actor.clone(), desk.newest);
        let event = Event::new("content.withdraw", format!("file/{path}"), json!({ "digest": current, "reason": reason }));
        let ground = Ground { by: Some(actor.person.0), draft: None, reason: Some(reason) };
        let written = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    if let Err(mistakes) = publish::files(t, now, newest, vec![change], ground).await? {
                        return Ok(Err(mistakes));
                    }
                    audit::append(t, now, Some(&actor), event).await?;
                    Ok::<_, Failure>(Ok(()))
                })
            })
            .await?;
        self.services.catalogue.refresh(&self.services.database).await?;
        Ok(written)
    }

    /// Accepts a reference that is still to be confirmed, for every programme that uses the draft's module: the norm is added
    /// to `accepted_to_confirm`.
    ///
    /// # Errors
    /// `Forbidden` for who is not staff; `NotFound` where the draft does not cite it so; `Conflict`; `Database`.
    pub async fn accept_reference(&self, id: DraftId, norm: &str, reason: String) -> Outcome<()> {
        self.may(Action::AcceptReference, &Resource::List)?;
        let draft = self.services.stored_draft(id).await?;
        let desk = self.services.desk().await?;
        if !unaccepted(&desk, &draft).iter().any(|m| matches!(&m.what, MistakeKind::ToConfirm { norm: cited } if cited == norm)) {
            return Err(Failure::NotFound);
        }
        let folder = desk.index.module_of(&draft.path).map(|m| m.folder.clone()).unwrap_or_default();
        let (now, actor, newest) = (self.services.now(), self.signed.actor.clone(), desk.newest);
        let mut changes = Vec::new();
        let mut rows = Vec::new();
        for programme in desk.index.users(&folder).filter(|p| !p.accepted.iter().any(|a| a == norm || a == "*")) {
            let text = desk.text(&programme.path, "").ok_or(Failure::NotFound)?;
            changes.push(Change { path: programme.path.clone(), text: Some(accepting(text, norm)), follows: None });
            let (id, programme_id) = (keys::ordered_id(now), programme.id.clone());
            let (norm, reason) = (norm.to_owned(), reason.clone());
            rows.push(reference_acceptance::Model { id, programme_id, norm, reason, at: now.0, by_person: actor.person.0 });
        }
        let detail = json!({ "norm": norm, "reason": reason });
        let ground = Ground { by: Some(actor.person.0), draft: None, reason: Some(reason) };
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    if publish::files(t, now, newest, changes, ground).await?.is_err() {
                        return Err(Failure::Conflict);
                    }
                    for row in rows {
                        query::insert(t, row).await?;
                    }
                    audit::append(t, now, Some(&actor), Event::new("reference.accept", format!("draft/{id}"), detail)).await
                })
            })
            .await?;
        self.services.catalogue.refresh(&self.services.database).await
    }
}

/// The references of a draft that are to be confirmed and that nobody accepted, whatever the state of the programme.
#[must_use]
pub fn unaccepted(desk: &super::desk::Desk, draft: &Draft) -> Vec<Mistake> {
    let references = match draft.kind {
        super::Kind::Lesson => curriculum::authoring::front::read(&draft.body).map(|f| f.references).unwrap_or_default(),
        super::Kind::Question => curriculum::authoring::question::read(&draft.body).map(|question| question.references).unwrap_or_default(),
        super::Kind::Scenario | super::Kind::Words => Vec::new(),
    };
    let folder = desk.index.module_of(&draft.path).map(|m| m.folder.as_str()).unwrap_or_default();
    let accepted = |norm: &str| {
        let mut users = desk.index.users(folder).peekable();
        users.peek().is_some() && users.all(|p| p.accepted.iter().any(|a| a == norm || a == "*"))
    };
    // What stands so in the published text was accepted with it.
    let before = desk.text(&draft.path, &draft.item).unwrap_or_default();
    let open = references.into_iter().filter(|r| r.status == domain::assessment::question::ReferenceStatus::ToConfirm);
    open.filter(|r| !accepted(&r.norm) && !before.contains(&r.norm))
        .map(|r| Mistake::new(&draft.path, 1, MistakeKind::ToConfirm { norm: r.norm }))
        .collect()
}

/// `programme.yaml` with one more accepted norm; its other bytes stay.
#[must_use]
pub fn accepting(text: &str, norm: &str) -> String {
    let quoted = serde_json::to_string(norm).unwrap_or_default();
    let mut out = String::with_capacity(text.len() + quoted.len() + 4);
    let mut added = false;
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("accepted_to_confirm:") {
            Some(rest) if rest.trim_start().starts_with("[]") => {
                out.push_str(&line.replacen("[]", &format!("[{quoted}]"), 1));
                added = true;
            }
            Some(rest) if rest.trim_start().starts_with('[') => {
                out.push_str(&line.replacen('[', &format!("[{quoted}, "), 1));
                added = true;
            }
            Some(_) => {
                out.push_str(line);
                out.push_str(&format!("  - {quoted}\n"));
                added = true;
            }
            None => out.push_str(line),
        }
    }
    if !added {
        out.push_str(&format!("accepted_to_confirm: [{quoted}]\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::accepting;

    #[test]
    fn a_norm_is_added_to_each_form_of_the_list() {
        assert_eq!(
            accepting("a: 1\naccepted_to_confirm: []              # x\n", "Ley 1"),
            "a: 1\naccepted_to_confirm: [\"Ley 1\"]              # x\n"
        );
        assert_eq!(accepting("accepted_to_confirm: [\"B\"]\n", "A"), "accepted_to_confirm: [\"A\", \"B\"]\n");
        assert_eq!(accepting("accepted_to_confirm:\n  - \"B\"\nz: 1\n", "A"), "accepted_to_confirm:\n  - \"A\"\n  - \"B\"\nz: 1\n");
        assert_eq!(accepting("accepted_to_confirm: [\n  \"B\"]\n", "A"), "accepted_to_confirm: [\"A\", \n  \"B\"]\n");
        assert_eq!(accepting("a: 1\n", "A"), "a: 1\naccepted_to_confirm: [\"A\"]\n");
    }
}
