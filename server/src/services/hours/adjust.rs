//! Adjustments: proposed by one person, posted at once or after a second one approved.

pub mod page;

use super::evidence::{of_adjustment, of_verdict, take};
use super::posting::{Posting, lock};
use super::reasons;
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{adjustment, adjustment_decision};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use crate::services::{Acting, Services};
use domain::access::{Action, Actor, Refusal};
use domain::hours::adjustment::{Decision, Facts, Proposal, Refused, approve, decide, may_judge};
use domain::ids::{AdjustmentId, EnrolmentId, LessonId, PersonId};
use domain::time::{Instant, Seconds};
use sea_orm::{DatabaseTransaction, EntityTrait as _};
use serde_json::json;

/// An adjustment as it is proposed.
#[derive(Debug, Clone)]
pub struct NewAdjustment {
    /// Given out with the form: sent twice, it is made once.
    pub id: AdjustmentId,
    /// In which lesson.
    pub lesson: LessonId,
    /// Signed length.
    pub seconds: Seconds,
    /// Why.
    pub reason: String,
}

/// Σ of the absolute lengths of an enrolment's adjustments: posted, and with `waiting` also those not decided.
async fn used(t: &DatabaseTransaction, enrolment: EnrolmentId, waiting: bool) -> Outcome<Seconds> {
    let or_waiting = if waiting { " OR d.granted IS NULL" } else { "" };
    let sql = format!(
        "SELECT CAST(coalesce(sum(abs(a.seconds)), 0) AS BIGINT) AS n FROM adjustment a \
         LEFT JOIN adjustment_decision d ON d.adjustment_id = a.id WHERE a.enrolment_id = $1 AND (d.granted = TRUE{or_waiting})"
    );
    Ok(Seconds(query::number(t, &sql, vec![enrolment.0.into()]).await?))
}

/// One person's hand on one enrolment's hours, inside a transaction that holds its lock.
struct Hand<'a> {
    services: &'a Services,
    t: &'a DatabaseTransaction,
    actor: &'a Actor,
    enrolment: &'a Enrolment,
    now: Instant,
}

impl Hand<'_> {
    async fn facts(&self, lesson: &LessonId, used: Seconds) -> Outcome<Facts> {
        let programme = &self.enrolment.programme;
        let progress = self.services.record(self.t, self.enrolment).await?.progress(programme);
        let lesson = progress.modules.iter().flat_map(|m| &m.lessons).find(|l| &l.id == lesson).ok_or(Failure::NotFound)?;
        Ok(Facts { subject: self.enrolment.person, used, confirmed: lesson.confirmed, design: lesson.design, required: progress.required })
    }

    async fn propose(&self, new: &NewAdjustment) -> Outcome<Result<Decision, Refused>> {
        if let Some(earlier) = adjustment::Entity::find_by_id(new.id.0).one(self.t).await? {
            let again = (earlier.enrolment_id, earlier.proposed_by) == (self.enrolment.id.0, self.actor.person.0);
            return if again { Ok(Ok(Decision::Wait)) } else { Err(Failure::Conflict) };
        }
        let facts = self.facts(&new.lesson, used(self.t, self.enrolment.id, true).await?).await?;
        let proposal = Proposal { seconds: new.seconds, by: self.actor.person };
        let decision = match decide(proposal, facts, &self.enrolment.programme.rules) {
            Ok(decision) => decision,
            Err(refused) => return Ok(Err(refused)),
        };
        let row = self.store(new).await?;
        let detail = json!({ "adjustment": new.id, "lesson": new.lesson, "seconds": new.seconds });
        self.tell("adjustment.propose", detail).await?;
        if decision == Decision::Post {
            self.judge(&row, true, None).await?;
        }
        Ok(Ok(decision))
    }

    async fn store(&self, new: &NewAdjustment) -> Outcome<adjustment::Model> {
        let mut row = adjustment::Model {
            id: new.id.0,
            enrolment_id: self.enrolment.id.0,
            lesson_id: new.lesson.0.clone(),
            seconds: new.seconds.0,
            reason_digest: reasons::digest(&new.reason).to_vec(),
            proposed_by: self.actor.person.0,
            proposed_at: self.now.0,
            received_no: 0,
            hash: Vec::new(),
        };
        let counter = take(self.t, self.enrolment.person, &of_adjustment(&row)?).await?;
        (row.received_no, row.hash) = (counter.received_no, counter.hash.to_vec());
        reasons::store(self.t, row.id, &new.reason).await?;
        query::insert(self.t, row.clone()).await?;
        Ok(row)
    }

    /// Decides an adjustment, and posts it when it is granted.
    async fn judge(&self, adjustment: &adjustment::Model, granted: bool, reason: Option<&str>) -> Outcome<()> {
        let alone = adjustment.proposed_by == self.actor.person.0;
        let mut row = adjustment_decision::Model {
            adjustment_id: adjustment.id,
            id: keys::ordered_id(self.now),
            enrolment_id: adjustment.enrolment_id,
            granted,
            alone,
            reason_digest: reason.map(|text| reasons::digest(text).to_vec()),
            proposed_by: adjustment.proposed_by,
            decided_by: self.actor.person.0,
            decided_at: self.now.0,
            received_no: 0,
            hash: Vec::new(),
        };
        let counter = take(self.t, self.enrolment.person, &of_verdict(&row)?).await?;
        (row.received_no, row.hash) = (counter.received_no, counter.hash.to_vec());
        if let Some(text) = reason {
            reasons::store(self.t, row.id, text).await?;
        }
        query::insert(self.t, row).await?;
        if granted {
            let posting = Posting {
                enrolment: self.enrolment.id,
                programme: &self.enrolment.programme,
                now: self.now,
                by: Some(self.actor.person),
                evidence: counter.hash,
            };
            let digest = super::evidence::digest(&adjustment.reason_digest, "adjustment", "reason_digest")?;
            posting.adjustment(self.t, &LessonId(adjustment.lesson_id.clone()), Seconds(adjustment.seconds), digest).await?;
        }
        let action = match (granted, alone) {
            (true, true) => "adjustment.post",
            (true, false) => "adjustment.approve",
            (false, _) => "adjustment.decline",
        };
        self.tell(action, json!({ "adjustment": adjustment.id })).await
    }

    /// The second person's word on an adjustment that waits.
    async fn decide(&self, id: AdjustmentId, granted: bool, reason: Option<&str>) -> Outcome<Result<(), Refused>> {
        let row = adjustment::Entity::find_by_id(id.0).one(self.t).await?.filter(|a| a.enrolment_id == self.enrolment.id.0);
        let row = row.ok_or(Failure::NotFound)?;
        if adjustment_decision::Entity::find_by_id(id.0).one(self.t).await?.is_some() {
            return Err(Failure::Conflict);
        }
        let proposal = Proposal { seconds: Seconds(row.seconds), by: PersonId(row.proposed_by) };
        let allowed = if granted {
            let facts = self.facts(&LessonId(row.lesson_id.clone()), used(self.t, self.enrolment.id, false).await?).await?;
            approve(proposal, self.actor.person, facts, &self.enrolment.programme.rules)
        } else {
            may_judge(proposal.by, self.actor.person, self.enrolment.person)
        };
        match allowed {
            Ok(()) => self.judge(&row, granted, reason).await.map(Ok),
            Err(Refused::SamePerson) => Err(Refusal::TookPart.into()),
            Err(Refused::Own) => Err(Refusal::OwnRecord.into()),
            Err(refused) => Ok(Err(refused)),
        }
    }

    async fn tell(&self, action: &'static str, detail: serde_json::Value) -> Outcome<()> {
        audit::append(self.t, self.now, Some(self.actor), Event::new(action, format!("enrolment/{}", self.enrolment.id), detail)).await
    }
}

/// Proposes an adjustment in a transaction of the caller's, who asked the policy.
///
/// # Errors
/// `NotFound` for a lesson that the programme does not have; `Conflict` when the id is taken; `Database`.
pub(super) async fn propose(
    services: &Services,
    t: &DatabaseTransaction,
    actor: &Actor,
    enrolment: &Enrolment,
    new: &NewAdjustment,
) -> Outcome<Result<Decision, Refused>> {
    lock(t, enrolment.id).await?;
    Hand { services, t, actor, enrolment, now: services.now() }.propose(new).await
}

impl Acting<'_> {
    /// Proposes an adjustment: posted at once, or waiting for a second person; or why it cannot be, and nothing is written.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound` for an unknown enrolment or lesson; `Conflict` when the id is taken; `Database`.
    pub async fn propose_adjustment(&self, id: EnrolmentId, new: NewAdjustment) -> Outcome<Result<Decision, Refused>> {
        let enrolment = self.services.enrolment(self.services.database.read(), id).await?;
        self.may(Action::AdjustHours, &enrolment.resource())?;
        let (services, actor) = (self.services.clone(), self.signed.actor.clone());
        self.services.database.write(move |t| Box::pin(async move { propose(&services, t, &actor, &enrolment, &new).await })).await
    }

    /// Approves (`granted`) or declines an adjustment that waits: once, and never by who proposed it.
    ///
    /// # Errors
    /// `Forbidden` also for who proposed it; `NotFound`; `Conflict` when it is decided; `Database`.
    pub async fn decide_adjustment(
        &self,
        id: EnrolmentId,
        adjustment: AdjustmentId,
        granted: bool,
        reason: Option<String>,
    ) -> Outcome<Result<(), Refused>> {
        let enrolment = self.services.enrolment(self.services.database.read(), id).await?;
        self.may(Action::AdjustHours, &enrolment.resource())?;
        let (services, actor) = (self.services.clone(), self.signed.actor.clone());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    lock(t, id).await?;
                    let hand = Hand { services: &services, t, actor: &actor, enrolment: &enrolment, now: services.now() };
                    hand.decide(adjustment, granted, reason.as_deref()).await
                })
            })
            .await
    }
}
