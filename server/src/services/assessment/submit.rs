//! Handing in: closed items are scored, a case goes to a blind grader, once.

use super::Sitting;
use super::answers::answer_of;
use super::result::{Stored, compute};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{attempt, grading_task};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::hours::posting::lock;
use crate::services::{Acting, Services};
use domain::access::Actor;
use domain::assessment::answer::Answer;
use domain::assessment::attempt::AttemptStatus;
use domain::assessment::result::ItemMark;
use domain::ids::{AttemptId, EnrolmentId};
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use serde_json::json;

impl Acting<'_> {
    /// Hands in one's own attempt. Handing in twice changes nothing.
    ///
    /// # Errors
    /// `Forbidden` for another's; `NotFound`; `Database`.
    pub async fn submit(&self, id: AttemptId) -> Outcome<()> {
        self.own_sitting(id).await?;
        self.services.close_attempt(id, false, Some(self.signed.actor.clone())).await
    }

    /// Hands in an attempt of one's own whose time is over, on the next touch.
    ///
    /// # Errors
    /// `Database`.
    pub async fn close_if_over(&self, sitting: &Sitting) -> Outcome<bool> {
        let over = is_over(&sitting.row, self.services.now());
        if over {
            self.services.close_attempt(AttemptId(sitting.row.id), true, None).await?;
        }
        Ok(over)
    }
}

fn is_over(row: &attempt::Model, now: Instant) -> bool {
    row.state == AttemptStatus::InProgress.name() && now > Instant(row.deadline).plus(Seconds(row.grace))
}

impl Services {
    /// Hands in every attempt whose time is over.
    ///
    /// # Errors
    /// `Database`.
    pub async fn close_overdue(&self) -> Outcome<u32> {
        let now = self.now();
        let open = attempt::Entity::find()
            .filter(attempt::Column::State.eq(AttemptStatus::InProgress.name()))
            .filter(attempt::Column::Deadline.lt(now.0))
            .all(self.database.read())
            .await?;
        let mut closed = 0;
        for row in open.iter().filter(|row| is_over(row, now)) {
            self.close_attempt(AttemptId(row.id), true, None).await?;
            closed += 1;
        }
        Ok(closed)
    }

    async fn close_attempt(&self, id: AttemptId, ran_out: bool, by: Option<Actor>) -> Outcome<()> {
        let (services, now) = (self.clone(), self.now());
        self.database.write(move |t| Box::pin(async move { close(&services, t, id, ran_out, by.as_ref(), now).await })).await
    }
}

async fn close(
    services: &Services,
    t: &DatabaseTransaction,
    id: AttemptId,
    ran_out: bool,
    by: Option<&Actor>,
    now: Instant,
) -> Outcome<()> {
    let row = attempt::Entity::find_by_id(id.0).one(t).await?.ok_or(Failure::NotFound)?;
    lock(t, EnrolmentId(row.enrolment_id)).await?;
    let sql = "UPDATE attempt SET state = 'submitted', submitted_at = $1, ran_out = $2 WHERE id = $3 AND state = 'in_progress'";
    if query::execute(t, sql, vec![now.0.into(), ran_out.into(), id.0.into()]).await? == 0 {
        return Ok(());
    }
    audit::append(t, now, by, Event::new("attempt.submit", format!("attempt/{id}"), json!({ "ran_out": ran_out }))).await?;
    let sitting = services.sitting(t, id).await?;
    services.count_attempt(t, &sitting, now, !ran_out).await?;
    let cases = queue_cases(services, t, &sitting).await?;
    if cases > 0 {
        query::execute(t, "UPDATE attempt SET state = 'awaiting_grading' WHERE id = $1 AND state = 'submitted'", vec![id.0.into()]).await?;
        return Ok(());
    }
    let result = compute(services, t, &sitting).await?;
    store_result(t, id, &result, "submitted").await?;
    if !sitting.evaluation.graded {
        release_now(t, id, &result, by, now, sitting.enrolment.person.0).await?;
    }
    Ok(())
}

/// A blind task for each answered case; an unanswered case needs no grader.
async fn queue_cases(services: &Services, t: &DatabaseTransaction, sitting: &Sitting) -> Outcome<u32> {
    let mut queued = 0;
    for (position, item) in sitting.paper.items.iter().enumerate() {
        let question = services.catalogue.question(&services.database, &item.revision).await?;
        let item = i64::try_from(position).unwrap_or_default();
        let answered = sitting.answers.get(&item).map(answer_of).transpose()?.is_some_and(|a| a != Answer::Unanswered);
        if question.kind.is_judged() && answered {
            let task = grading_task::Model {
                id: keys::random_id(),
                attempt_id: sitting.row.id,
                item,
                shuffle: rand::random_range(0..i64::MAX),
                state: "waiting".to_owned(),
                judge_id: None,
                lease_until: None,
            };
            query::insert(t, task).await?;
            queued += 1;
        }
    }
    Ok(queued)
}

/// Writes the result and moves the attempt to graded, from the state it must be in.
///
/// # Errors
/// `Conflict` when it is in another state; `Database`.
pub async fn store_result(t: &DatabaseTransaction, id: AttemptId, result: &Stored, from: &str) -> Outcome<()> {
    let body = serde_json::to_string(result).map_err(|e| Failure::Internal(e.to_string()))?;
    let sql = "UPDATE attempt SET state = 'graded', result = $1 WHERE id = $2 AND state = $3";
    match query::execute(t, sql, vec![body.into(), id.0.into(), from.into()]).await? {
        1 => Ok(()),
        _ => Err(Failure::Conflict),
    }
}

/// Releases a result: final from now on.
///
/// # Errors
/// `Conflict` when it is not graded; `Database`.
pub async fn release_now(
    t: &DatabaseTransaction,
    id: AttemptId,
    result: &Stored,
    by: Option<&Actor>,
    now: Instant,
    released_by: uuid::Uuid,
) -> Outcome<()> {
    if query::execute(t, "UPDATE attempt SET state = 'released' WHERE id = $1 AND state = 'graded'", vec![id.0.into()]).await? == 0 {
        return Err(Failure::Conflict);
    }
    let row = crate::persistence::entities::release::Model {
        attempt_id: id.0,
        grade: i64::from(result.result.grade.hundredths()),
        passed: result.result.passed,
        result: serde_json::to_string(result).map_err(|e| Failure::Internal(e.to_string()))?,
        at: now.0,
        released_by: by.map_or(released_by, |a| a.person.0),
    };
    query::insert(t, row).await?;
    audit::append(t, now, by, Event::new("attempt.release", format!("attempt/{id}"), json!({ "grade": result.result.grade.hundredths() })))
        .await
}

/// Marks of the closed items and of cases that nobody answered.
///
/// # Errors
/// `Internal` when a stored answer does not fit its question.
pub fn closed_mark(question: &domain::assessment::question::AuthoredQuestion, answer: &Answer) -> Outcome<ItemMark> {
    ItemMark::of_answer(question, answer).map_err(|e| Failure::Internal(e.to_string()))
}
