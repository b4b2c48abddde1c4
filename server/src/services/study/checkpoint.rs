//! Checkpoints: which question is next, and what an answer changes.

use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::checkpoint_try;
use crate::services::Acting;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use crate::services::hours::evidence::store_try;
use crate::services::hours::posting::{Posting, lock, state};
use crate::services::record::{Record, Try};
use domain::access::Action;
use domain::curriculum::{Checkpoint, CheckpointQuestion, Lesson, Stretch};
use domain::hours::credit::checkpoint_is_open;
use domain::hours::ledger::Digest;
use domain::ids::{EnrolmentId, RevisionId};
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;

/// What an answer led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// Passed: the stretch is confirmed.
    Right,
    /// Wrong: wait and read again.
    Wrong,
    /// It was answered when it was not open, during the wait, or for another question than the one asked.
    NotNow,
}

/// The question that comes after so many tries: the pool in an order of her own.
#[must_use]
pub fn question(checkpoint: &Checkpoint, enrolment: EnrolmentId, tries: usize) -> Option<&CheckpointQuestion> {
    let mut order: Vec<_> = checkpoint.questions.iter().collect();
    order.sort_by_key(|q| keys::digest(format!("{enrolment}/{}", q.id).as_bytes()));
    order.get(tries % order.len().max(1)).copied()
}

/// Positions of the options in the order in which she sees them at this try.
#[must_use]
pub fn option_order(question: &CheckpointQuestion, enrolment: EnrolmentId, tries: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..question.options.len()).collect();
    order.sort_by_key(|i| keys::digest(format!("{enrolment}/{}/{tries}/{i}", question.id).as_bytes()));
    order
}

/// Tries of one checkpoint, oldest first.
pub fn tries_of<'r>(record: &'r Record, checkpoint: &'r Checkpoint) -> impl Iterator<Item = &'r Try> {
    record.tries.iter().filter(move |t| t.checkpoint == checkpoint.id.0)
}

/// An answer on its way into the transaction.
struct Sitting {
    enrolment: Enrolment,
    lesson: Lesson,
    stretch: Stretch,
    checkpoint: Checkpoint,
    revision: RevisionId,
    question: String,
    option: usize,
    now: Instant,
}

impl Acting<'_> {
    /// Answers the checkpoint that ends the part at `part`.
    ///
    /// # Errors
    /// `NotFound` when the part has none; `Forbidden`; `Database`.
    pub async fn answer_checkpoint(
        &self,
        enrolment: Enrolment,
        lesson: &Lesson,
        part: usize,
        question: &str,
        option: usize,
    ) -> Outcome<Answered> {
        self.may(Action::Study, &enrolment.resource())?;
        let checkpoint = lesson.parts.get(part).and_then(|p| p.checkpoint.clone()).ok_or(Failure::NotFound)?;
        let stretch = lesson.stretch_of_part(part).ok_or(Failure::NotFound)?;
        let text = self
            .services
            .catalogue
            .text(&self.services.database, &enrolment.programme.id, lesson, domain::curriculum::Language::Es)
            .await?;
        let sitting = Sitting {
            enrolment,
            lesson: lesson.clone(),
            stretch,
            checkpoint,
            revision: text.revision,
            question: question.to_owned(),
            option,
            now: self.services.now(),
        };
        self.services.database.write(move |t| Box::pin(async move { sitting.answer(t).await })).await
    }
}

impl Sitting {
    async fn answer(&self, t: &DatabaseTransaction) -> Outcome<Answered> {
        lock(t, self.enrolment.id).await?;
        let rules = &self.enrolment.programme.rules;
        let mut row = state(t, self.enrolment.id, &self.lesson.id, Some(self.stretch.index)).await?;
        let earlier = checkpoint_try::Entity::find()
            .filter(checkpoint_try::Column::EnrolmentId.eq(self.enrolment.id.0))
            .filter(checkpoint_try::Column::CheckpointId.eq(&self.checkpoint.id.0))
            .order_by_asc(checkpoint_try::Column::Number)
            .all(t)
            .await?;
        let open = checkpoint_is_open(Seconds(row.attributed_ms / 1000), self.stretch.design, rules);
        let waiting = earlier.last().is_some_and(|last| self.now < Instant(last.at).plus(rules.checkpoint_wait));
        let asked = question(&self.checkpoint, self.enrolment.id, earlier.len()).filter(|q| q.id.0 == self.question);
        let chosen = asked.and_then(|q| {
            let position = *option_order(q, self.enrolment.id, earlier.len()).get(self.option)?;
            Some((q, position, q.options.get(position)?))
        });
        let Some((asked, position, chosen)) = chosen.filter(|_| open && !waiting && row.passed_at.is_none()) else {
            return Ok(Answered::NotNow);
        };
        let number = i64::try_from(earlier.len()).unwrap_or(i64::MAX) + 1;
        let evidence = self.note(t, number, &asked.id.0, position, chosen.correct).await?;
        if !chosen.correct {
            if number > i64::from(rules.checkpoint_tries) {
                let subject = format!("enrolment/{}", self.enrolment.id);
                audit::append(
                    t,
                    self.now,
                    None,
                    Event::new("checkpoint.many-tries", subject, json!({ "checkpoint": self.checkpoint.id, "tries": number })),
                )
                .await?;
            }
            return Ok(Answered::Wrong);
        }
        row.passed_at = Some(self.now.0);
        let posting = Posting { enrolment: self.enrolment.id, programme: &self.enrolment.programme, now: self.now, by: None, evidence };
        posting.stretch(t, &self.lesson, row, true).await?;
        Ok(Answered::Right)
    }

    async fn note(&self, t: &DatabaseTransaction, number: i64, question: &str, position: usize, correct: bool) -> Outcome<Digest> {
        let row = checkpoint_try::Model {
            id: keys::ordered_id(self.now),
            enrolment_id: self.enrolment.id.0,
            checkpoint_id: self.checkpoint.id.0.clone(),
            question_id: question.to_owned(),
            lesson_revision: self.revision.0.clone(),
            answer: i64::try_from(position).unwrap_or_default(),
            correct,
            at: self.now.0,
            number,
            received_no: None,
            hash: None,
        };
        Ok(store_try(t, self.enrolment.person, row).await?.hash)
    }
}
