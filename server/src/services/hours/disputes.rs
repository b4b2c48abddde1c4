//! Disputes: what a trainee does not recognise, or misses, in her hours; staff answer, perhaps with an adjustment.

pub mod page;

use super::adjust::{self, NewAdjustment};
use super::posting::lock;
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{dispute, dispute_note, hours_entry};
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use domain::access::{Action, Actor};
use domain::hours::adjustment::Refused;
use domain::hours::dispute::{MOST_WAITING, State, Step};
use domain::ids::{AdjustmentId, DisputeId, EnrolmentId, PersonId};
use domain::time::Instant;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use serde_json::json;

/// Disputes of an enrolment that wait for an answer: those with an odd number of texts.
const WAITING: &str = "SELECT count(*) AS n FROM dispute d WHERE d.enrolment_id = $1 \
    AND (SELECT count(*) FROM dispute_note o WHERE o.dispute_id = d.id) IN (1, 3)";

/// How many texts a dispute has.
async fn texts<C: ConnectionTrait>(connection: &C, id: DisputeId) -> Outcome<i64> {
    Ok(query::number(connection, "SELECT count(*) AS n FROM dispute_note WHERE dispute_id = $1", vec![id.0.into()]).await?)
}

/// Adds the text that `step` is; `Conflict` when it is not its turn.
async fn write(
    t: &DatabaseTransaction,
    id: DisputeId,
    (step, body): (Step, String),
    author: PersonId,
    adjustment: Option<AdjustmentId>,
    now: Instant,
) -> Outcome<()> {
    let earlier = texts(t, id).await?;
    State::of(earlier).and_then(|state| state.after(step)).ok_or(Failure::Conflict)?;
    let row = dispute_note::Model {
        dispute_id: id.0,
        number: earlier + 1,
        body,
        author_id: author.0,
        adjustment_id: adjustment.map(|a| a.0),
        at: now.0,
    };
    Ok(query::insert(t, row).await?)
}

/// A new dispute on its way into the transaction.
struct Opening {
    enrolment: EnrolmentId,
    actor: Actor,
    sequence: Option<i64>,
    body: String,
    too_many: String,
    now: Instant,
}

impl Opening {
    async fn run(self, t: &DatabaseTransaction) -> Outcome<DisputeId> {
        lock(t, self.enrolment).await?;
        let waiting = query::number(t, WAITING, vec![self.enrolment.0.into()]).await?;
        if usize::try_from(waiting).unwrap_or(usize::MAX) >= MOST_WAITING {
            return Err(Failure::field("text", self.too_many));
        }
        let id = DisputeId(keys::ordered_id(self.now));
        let row = dispute::Model { id: id.0, enrolment_id: self.enrolment.0, sequence: self.sequence, opened_at: self.now.0 };
        query::insert(t, row).await?;
        let author = self.actor.person;
        let note =
            dispute_note::Model { dispute_id: id.0, number: 1, body: self.body, author_id: author.0, adjustment_id: None, at: self.now.0 };
        query::insert(t, note).await?;
        let event = Event::new("dispute.open", format!("enrolment/{}", self.enrolment), json!({ "dispute": id, "entry": self.sequence }));
        audit::append(t, self.now, Some(&self.actor), event).await?;
        Ok(id)
    }
}

impl Acting<'_> {
    /// Her enrolment, and the entry of it with this number.
    async fn my_entry(&self, sequence: Option<i64>) -> Outcome<(Enrolment, Option<hours_entry::Model>)> {
        let enrolment = self.my_enrolment().await?;
        self.may(Action::DisputeHours, &enrolment.resource())?;
        let Some(sequence) = sequence else { return Ok((enrolment, None)) };
        let entry = hours_entry::Entity::find()
            .filter(hours_entry::Column::EnrolmentId.eq(enrolment.id.0))
            .filter(hours_entry::Column::Sequence.eq(sequence))
            .one(self.services.database.read())
            .await?;
        Ok((enrolment, Some(entry.ok_or(Failure::NotFound)?)))
    }

    /// She does not recognise an entry, or misses something (`None`). `too_many` says that too many wait already.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound` for an entry that she does not have; `Conflict` for one that she disputed already; `Invalid`; `Database`.
    pub async fn open_dispute(&self, sequence: Option<i64>, body: String, too_many: &str) -> Outcome<DisputeId> {
        let (enrolment, _) = self.my_entry(sequence).await?;
        let (actor, now) = (self.signed.actor.clone(), self.services.now());
        let opening = Opening { enrolment: enrolment.id, actor, sequence, body, too_many: too_many.to_owned(), now };
        match self.services.database.write(move |t| Box::pin(async move { opening.run(t).await })).await {
            Err(failure) if Failure::is_duplicate(&failure) => Err(Failure::Conflict),
            other => other,
        }
    }

    /// A dispute with its enrolment, if the policy lets the reader do this with it.
    async fn dispute(&self, id: DisputeId, action: Action) -> Outcome<(dispute::Model, Enrolment)> {
        let read = self.services.database.read();
        let row = dispute::Entity::find_by_id(id.0).one(read).await?.ok_or(Failure::NotFound)?;
        let enrolment = self.services.enrolment(read, EnrolmentId(row.enrolment_id)).await?;
        self.may(action, &enrolment.resource())?;
        Ok((row, enrolment))
    }

    /// She opens an answered dispute once more.
    ///
    /// # Errors
    /// `Forbidden` for another's; `NotFound`; `Conflict` when it is not answered, or was opened again before; `Database`.
    pub async fn reopen_dispute(&self, id: DisputeId, body: String) -> Outcome<()> {
        let (_, enrolment) = self.dispute(id, Action::DisputeHours).await?;
        let (actor, now) = (self.signed.actor.clone(), self.services.now());
        let written = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    lock(t, enrolment.id).await?;
                    write(t, id, (Step::Reopen, body), actor.person, None, now).await?;
                    let event = Event::new("dispute.reopen", format!("enrolment/{}", enrolment.id), json!({ "dispute": id }));
                    audit::append(t, now, Some(&actor), event).await
                })
            })
            .await;
        conflicting(written)
    }

    /// Staff answer in plain words; `adjustment` is made in the same transaction, with the answer as its reason, or why it
    /// cannot be, and nothing is written.
    ///
    /// # Errors
    /// `Forbidden` out of scope or on one's own dispute; `NotFound`; `Conflict` when no answer is due; `Database`.
    pub async fn answer_dispute(&self, id: DisputeId, body: String, adjustment: Option<NewAdjustment>) -> Outcome<Result<(), Refused>> {
        let (_, enrolment) = self.dispute(id, Action::AnswerDispute).await?;
        if adjustment.is_some() {
            self.may(Action::AdjustHours, &enrolment.resource())?;
        }
        let (services, actor, now) = (self.services.clone(), self.signed.actor.clone(), self.services.now());
        let written = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    lock(t, enrolment.id).await?;
                    let made = adjustment.as_ref().map(|new| new.id);
                    if !State::of(texts(t, id).await?).is_some_and(State::waits) {
                        return Err(Failure::Conflict);
                    }
                    if let Some(new) = adjustment {
                        let new = NewAdjustment { reason: body.clone(), ..new };
                        if let Err(refused) = adjust::propose(&services, t, &actor, &enrolment, &new).await? {
                            return Ok(Err(refused));
                        }
                    }
                    write(t, id, (Step::Answer, body), actor.person, made, now).await?;
                    let detail = json!({ "dispute": id, "adjustment": made });
                    audit::append(t, now, Some(&actor), Event::new("dispute.answer", format!("enrolment/{}", enrolment.id), detail))
                        .await?;
                    Ok(Ok(()))
                })
            })
            .await;
        conflicting(written)
    }
}

/// Two who wrote the same text at once: the second one comes too late.
fn conflicting<T>(written: Outcome<T>) -> Outcome<T> {
    match written {
        Err(failure) if failure.is_duplicate() => Err(Failure::Conflict),
        other => other,
    }
}
