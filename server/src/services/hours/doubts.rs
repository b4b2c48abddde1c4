//! What staff decide about evidence: claims of which a part is doubtful, and checkpoints that took many tries.

pub mod page;

use super::evidence::{of_decision, take};
use super::posting::lock;
use super::reasons;
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{checkpoint_seen, checkpoint_try, claim, claim_decision};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use crate::services::{Acting, Services};
use domain::access::{Action, Actor};
use domain::hours::bounds::Outcome as Bounded;
use domain::ids::{CheckpointId, ClaimId, EnrolmentId};
use domain::time::Instant;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use serde_json::json;

/// What the bounds made of a claim.
fn outcome(row: &claim::Model) -> Outcome<Bounded> {
    serde_json::from_str(&row.outcome).map_err(|_| Failure::Inconsistent { table: "claim", column: "outcome" })
}

/// One decision on its way into the transaction.
struct Deciding {
    services: Services,
    actor: Actor,
    enrolment: Enrolment,
    claim: ClaimId,
    accepted: bool,
    reason: String,
    now: Instant,
}

impl Deciding {
    /// Once: an accepted part becomes evidence with the number of its claim, and everything that follows from it is computed again.
    async fn run(&self, t: &DatabaseTransaction) -> Outcome<()> {
        lock(t, self.enrolment.id).await?;
        if claim_decision::Entity::find_by_id(self.claim.0).one(t).await?.is_some() {
            return Err(Failure::Conflict);
        }
        let mut row = claim_decision::Model {
            claim_id: self.claim.0,
            id: keys::ordered_id(self.now),
            enrolment_id: self.enrolment.id.0,
            accepted: self.accepted,
            reason_digest: reasons::digest(&self.reason).to_vec(),
            decided_by: self.actor.person.0,
            decided_at: self.now.0,
            received_no: 0,
            hash: Vec::new(),
        };
        let counter = take(t, self.enrolment.person, &of_decision(&row)?).await?;
        (row.received_no, row.hash) = (counter.received_no, counter.hash.to_vec());
        reasons::store(t, row.id, &self.reason).await?;
        query::insert(t, row).await?;
        if self.accepted {
            self.services.recompute(t, self.enrolment.person, Some(self.actor.person), self.now).await?;
        }
        let action = if self.accepted { "claim.accept" } else { "claim.decline" };
        let event = Event::new(action, format!("enrolment/{}", self.enrolment.id), json!({ "claim": self.claim }));
        audit::append(t, self.now, Some(&self.actor), event).await
    }
}

impl Acting<'_> {
    /// A claim of which a part is or was doubtful, with its enrolment.
    async fn doubtful(&self, id: ClaimId) -> Outcome<(claim::Model, Enrolment)> {
        let read = self.services.database.read();
        let row = claim::Entity::find_by_id(id.0).one(read).await?.ok_or(Failure::NotFound)?;
        let enrolment = self.services.enrolment(read, EnrolmentId(row.enrolment_id)).await?;
        self.may(Action::DecideEvidence, &enrolment.resource())?;
        if outcome(&row)?.doubtful().is_empty() { Err(Failure::NotFound) } else { Ok((row, enrolment)) }
    }

    /// Accepts or declines the whole doubtful part of a claim, with a reason that she reads.
    ///
    /// # Errors
    /// `Forbidden` out of scope or on one's own evidence; `NotFound` for a claim without doubt; `Conflict` when it is decided; `Database`.
    pub async fn decide_claim(&self, id: ClaimId, accepted: bool, reason: String) -> Outcome<()> {
        let (_, enrolment) = self.doubtful(id).await?;
        let (services, actor, now) = (self.services.clone(), self.signed.actor.clone(), self.services.now());
        let deciding = Deciding { services, actor, enrolment, claim: id, accepted, reason, now };
        self.services.database.write(move |t| Box::pin(async move { deciding.run(t).await })).await
    }

    /// Notes that a checkpoint with many tries was looked at; later tries bring it back. The same mark twice is one.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound` for a try that there was not, or not one of too many; `Database`.
    pub async fn mark_seen(&self, id: EnrolmentId, checkpoint: CheckpointId, tries: i64) -> Outcome<()> {
        let read = self.services.database.read();
        let enrolment = self.services.enrolment(read, id).await?;
        self.may(Action::DecideEvidence, &enrolment.resource())?;
        let wrong = checkpoint_try::Entity::find()
            .filter(checkpoint_try::Column::EnrolmentId.eq(id.0))
            .filter(checkpoint_try::Column::CheckpointId.eq(checkpoint.as_str()))
            .filter(checkpoint_try::Column::Number.eq(tries))
            .filter(checkpoint_try::Column::Correct.eq(false));
        if tries <= i64::from(enrolment.programme.rules.checkpoint_tries) || wrong.one(read).await?.is_none() {
            return Err(Failure::NotFound);
        }
        let (actor, now) = (self.signed.actor.clone(), self.services.now());
        let row = checkpoint_seen::Model {
            enrolment_id: id.0,
            checkpoint_id: checkpoint.0.clone(),
            tries,
            seen_by: actor.person.0,
            seen_at: now.0,
        };
        let stored = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    query::insert(t, row).await?;
                    let detail = json!({ "checkpoint": checkpoint, "tries": tries });
                    audit::append(t, now, Some(&actor), Event::new("checkpoint.seen", format!("enrolment/{id}"), detail)).await
                })
            })
            .await;
        match stored {
            Err(failure) if Failure::is_duplicate(&failure) => Ok(()),
            other => other,
        }
    }
}
