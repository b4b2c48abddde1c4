//! Time inside an attempt as evidence: taken when it is handed in or runs out, where a lesson counts its evaluation.

use super::evidence::{of_attempt, take};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::attempt_evidence;
use crate::persistence::query;
use crate::services::Services;
use crate::services::assessment::Sitting;
use domain::time::Instant;
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// When the server acknowledged an answer that was in time.
const WITNESSED: &str = "SELECT DISTINCT received_at FROM answer WHERE attempt_id = $1 AND late = FALSE ORDER BY received_at";

#[derive(FromQueryResult)]
struct Acknowledged {
    received_at: i64,
}

impl Services {
    /// Takes a closed attempt into the chain of evidence and posts what follows; nothing where no lesson counts it. `by_hand`:
    /// she handed it in herself, which is one more time that the server saw her. The caller holds the lock and closes an attempt once.
    ///
    /// # Errors
    /// `Database`.
    pub async fn count_attempt(&self, t: &DatabaseTransaction, sitting: &Sitting, now: Instant, by_hand: bool) -> Outcome<()> {
        let Sitting { row, enrolment, evaluation, .. } = sitting;
        let Some(lesson) = enrolment.programme.counting(&evaluation.id) else { return Ok(()) };
        let ended = now.min(Instant(row.deadline));
        let answers: Vec<Acknowledged> = query::all(t, WITNESSED, vec![row.id.into()]).await?;
        let mut witnessed: Vec<i64> = answers.into_iter().map(|a| a.received_at).filter(|at| *at <= ended.0).collect();
        if by_hand && witnessed.last() != Some(&ended.0) {
            witnessed.push(ended.0);
        }
        let mut piece = attempt_evidence::Model {
            id: keys::ordered_id(now),
            attempt_id: row.id,
            enrolment_id: enrolment.id.0,
            evaluation_id: evaluation.id.0.clone(),
            lesson_id: lesson.id.0.clone(),
            started_at: row.started_at,
            ended_at: ended.0,
            witnessed: serde_json::to_string(&witnessed).map_err(|e| Failure::Internal(e.to_string()))?,
            at: now.0,
            received_no: 0,
            hash: Vec::new(),
        };
        let counter = take(t, enrolment.person, &of_attempt(&piece)?).await?;
        (piece.received_no, piece.hash) = (counter.received_no, counter.hash.to_vec());
        query::insert(t, piece).await?;
        self.recompute(t, enrolment.person, None, now).await
    }
}
