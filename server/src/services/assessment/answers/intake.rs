//! The answers of all trainees that wait at the same time are one unit: one statement and one commit, and only then answered.

use super::NewAnswer;
use super::open::{Asked, Open, look_up};
use crate::failure::{Failure, Outcome};
use crate::persistence::database::Database;
use crate::persistence::gather::Gather;
use crate::persistence::many::{flag_at, id_at, number_at, rows_of, text_at};
use crate::persistence::query;
use crate::services::unit::{all_or_each, first_of_each};
use domain::ids::AttemptId;
use sea_orm::{ConnectionTrait as _, DatabaseBackend, DatabaseTransaction, FromQueryResult};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// Where answers are handed in.
#[derive(Debug, Clone)]
pub struct AnswerIntake {
    attempts: Gather<Asked, Outcome<Option<Open>>>,
    answers: Gather<NewAnswer, Outcome<Option<i64>>>,
}

impl AnswerIntake {
    /// An intake into `database`; must be called inside the async runtime.
    #[must_use]
    pub fn start(database: Database) -> Self {
        let read = database.clone();
        let attempts = Gather::start(move |asked: Vec<Asked>| {
            let database = read.clone();
            async move { look_up(&database, &asked).await }
        });
        let answers = Gather::start(move |brought| {
            let database = database.clone();
            async move { append_all(&database, brought).await }
        });
        Self { attempts, answers }
    }

    /// An attempt with the item at a position; nothing where there is no such attempt.
    pub(super) async fn open(&self, attempt: AttemptId, item: i64) -> Outcome<Option<Open>> {
        self.attempts.ask((attempt, item)).await.unwrap_or_else(|| Err(Failure::Internal("the attempt was not looked up".to_owned())))
    }

    /// Adds the answer if it builds on the newest version and the attempt takes answers (late ones also after it was handed in).
    /// Answers its version, nothing where it was not added.
    pub(super) async fn append(&self, new: NewAnswer) -> Outcome<Option<i64>> {
        self.answers.ask(new).await.unwrap_or_else(|| Err(Failure::Internal("the answer was not handled".to_owned())))
    }
}

/// In one transaction. Trying again is safe: an answer that is stored does not build on the newest version any more.
async fn append_all(database: &Database, brought: Vec<NewAnswer>) -> Vec<Outcome<Option<i64>>> {
    let answers = all_or_each(brought, |brought| database.write(move |t| Box::pin(async move { append(t, &brought).await }))).await;
    answers.into_iter().map(|answer| answer.map_err(|failure| if failure.is_duplicate() { Failure::Conflict } else { failure })).collect()
}

async fn append(t: &DatabaseTransaction, brought: &[Arc<NewAnswer>]) -> Outcome<Vec<Outcome<Option<i64>>>> {
    lock(t, brought).await?;
    let mut versions = vec![None; brought.len()];
    let mut waiting: Vec<_> = brought.iter().enumerate().collect();
    while !waiting.is_empty() {
        let (round, rest) = first_of_each(waiting, |(_, new)| new.place());
        let stored = one_each(t, round.iter().map(|(_, new)| new)).await?;
        for (at, new) in round {
            if let Some(version) = versions.get_mut(at) {
                *version = stored.get(&new.place()).copied();
            }
        }
        waiting = rest;
    }
    Ok(versions.into_iter().map(Ok).collect())
}

/// PostgreSQL: whoever hands an attempt in at this moment waits, so that an acknowledged answer is part of the result.
async fn lock(t: &DatabaseTransaction, brought: &[Arc<NewAnswer>]) -> Outcome<()> {
    let backend = t.get_database_backend();
    if backend == DatabaseBackend::Postgres {
        let sql =
            format!("SELECT id FROM attempt WHERE id IN (SELECT {} FROM {}) ORDER BY id FOR SHARE", id_at(backend, 0), rows_of(backend));
        let ids: Vec<_> = brought.iter().map(|new| [new.attempt.0.simple().to_string()]).collect();
        query::execute(t, &sql, vec![json!(ids).to_string().into()]).await?;
    }
    Ok(())
}

/// An attempt, and the position of its item.
type Place = (Uuid, i64);

/// An answer that was added.
#[derive(FromQueryResult)]
struct Stored {
    attempt_id: Uuid,
    item: i64,
    version: i64,
}

/// Adds answers of different places; the versions of those that were added.
async fn one_each<'n>(t: &DatabaseTransaction, new: impl Iterator<Item = &'n &'n Arc<NewAnswer>>) -> Outcome<BTreeMap<Place, i64>> {
    let rows: Vec<_> = new.map(|new| new.row()).collect();
    let stored: Vec<Stored> = query::all(t, &sql(t.get_database_backend()), vec![serde_json::Value::from(rows).to_string().into()]).await?;
    Ok(stored.into_iter().map(|row| ((row.attempt_id, row.item), row.version)).collect())
}

impl NewAnswer {
    fn place(&self) -> Place {
        (self.attempt.0, self.item)
    }

    /// What [`sql`] reads.
    fn row(&self) -> serde_json::Value {
        json!([self.attempt.0.simple().to_string(), self.item, self.version, self.body, self.flagged, self.now.0, self.late])
    }
}

fn sql(backend: DatabaseBackend) -> String {
    let (rows, attempt, body) = (rows_of(backend), id_at(backend, 0), text_at(backend, 3));
    let [item, version, now] = [1, 2, 5].map(|at| number_at(backend, at));
    let [flagged, late] = [4, 6].map(|at| flag_at(backend, at));
    format!(
        "INSERT INTO answer (attempt_id, item, version, body, flagged, received_at, late) \
         SELECT k.attempt, k.item, k.newest + 1, k.body, k.flagged, k.received_at, k.late \
         FROM (SELECT a.*, t.state, \
         (SELECT coalesce(max(w.version), 0) FROM answer w WHERE w.attempt_id = a.attempt AND w.item = a.item) AS newest \
         FROM (SELECT {attempt} AS attempt, {item} AS item, {version} AS version, {body} AS body, {flagged} AS flagged, \
         {now} AS received_at, {late} AS late FROM {rows}) AS a CROSS JOIN attempt t WHERE t.id = a.attempt) AS k \
         WHERE (k.state = 'in_progress' OR k.late) AND k.newest <= k.version AND NOT EXISTS (SELECT 1 FROM answer s \
         WHERE s.attempt_id = k.attempt AND s.item = k.item AND s.version = k.newest AND s.body = k.body AND s.flagged = k.flagged) \
         RETURNING attempt_id, item, version"
    )
}
