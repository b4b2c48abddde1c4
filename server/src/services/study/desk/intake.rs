//! The claims of all trainees that wait at the same time are one unit: read in one statement, decided one by one in memory,
//! written with one statement a table and one commit, and only then answered. One that waits alone is a unit of one.

use super::changes::Changes;
use super::record::{lock, on_record};
use super::{Desk, Received};
use crate::failure::{Failure, Outcome};
use crate::persistence::database::Database;
use crate::persistence::entities::{attributed, claim, hours_entry, hours_head, person_counter, reading, stretch_state};
use crate::persistence::gather::Gather;
use crate::persistence::many::{id_at, number_at, rows_of};
use crate::persistence::{many, query};
use crate::services::hours::posting;
use domain::ids::PersonId;
use sea_orm::{ConnectionTrait as _, DatabaseTransaction, DbErr};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// Where claims are handed in.
#[derive(Debug, Clone)]
pub struct Intake(Gather<Desk, Outcome<Received>>);

impl Intake {
    /// An intake into `database`; must be called inside the async runtime.
    #[must_use]
    pub fn start(database: Database) -> Self {
        Self(Gather::start(move |desks: Vec<Desk>| {
            let database = database.clone();
            async move { receive_all(&database, desks).await }
        }))
    }

    /// Takes what came for one reading. The same any number of times gives the same result. Nothing for a button that is used
    /// already, or whose reading is reported by the page's clock.
    ///
    /// # Errors
    /// `NotFound`; `Database`; `Inconsistent`.
    pub async fn receive(&self, desk: Desk) -> Outcome<Received> {
        self.0.ask(desk).await.unwrap_or_else(|| Err(Failure::Internal("the claims were not handled".to_owned())))
    }
}

/// Takes all that came, in its order, each with its own answer: what is refused or damaged of one touches nobody else.
///
/// When the database refuses the unit, each is tried as a unit of its own, so that nobody is taken along by another's row. Trying
/// again is safe even where the refusal came after the commit: a claim that is stored is seen to be the same.
pub async fn receive_all(database: &Database, desks: Vec<Desk>) -> Vec<Outcome<Received>> {
    let desks: Vec<_> = desks.into_iter().map(Arc::new).collect();
    let failure = match together(database, desks.clone()).await {
        Ok(answers) => return answers,
        Err(failure) => failure,
    };
    if let Failure::Database(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) = &failure {
        let lost = failure.to_string();
        return desks.iter().map(|_| Err(Failure::Database(DbErr::Custom(lost.clone())))).collect();
    }
    if desks.len() == 1 {
        return vec![Err(failure)];
    }
    tracing::warn!(error = ?failure, claims = desks.len(), "claims are stored one by one");
    let mut answers = Vec::with_capacity(desks.len());
    for desk in desks {
        let alone = together(database, vec![desk]).await.and_then(|mut one| one.pop().unwrap_or(Err(Failure::NotFound)));
        answers.push(alone);
    }
    answers
}

/// In one transaction.
async fn together(database: &Database, desks: Vec<Arc<Desk>>) -> Outcome<Vec<Outcome<Received>>> {
    database.write(move |t| Box::pin(async move { all(t, &desks).await })).await
}

async fn all(t: &DatabaseTransaction, desks: &[Arc<Desk>]) -> Outcome<Vec<Outcome<Received>>> {
    lock(t, desks.iter().map(AsRef::as_ref)).await?;
    let mut answers: Vec<_> = desks.iter().map(|_| Err(Failure::NotFound)).collect();
    let mut waiting: Vec<usize> = (0..desks.len()).collect();
    while !waiting.is_empty() {
        let (round, rest) = first_of_each(&waiting, desks);
        let of_round: Vec<&Desk> = round.iter().filter_map(|at| desks.get(*at)).map(AsRef::as_ref).collect();
        for (at, answer) in round.into_iter().zip(one_each(t, &of_round).await?) {
            if let Some(place) = answers.get_mut(at) {
                *place = answer;
            }
        }
        waiting = rest;
    }
    Ok(answers)
}

/// Those that are the first of their person, and the others, which must see what those wrote.
fn first_of_each(waiting: &[usize], desks: &[Arc<Desk>]) -> (Vec<usize>, Vec<usize>) {
    let mut met: BTreeSet<PersonId> = BTreeSet::new();
    waiting.iter().partition(|at| desks.get(**at).is_some_and(|desk| met.insert(desk.reading.person)))
}

/// Of different persons.
async fn one_each(t: &DatabaseTransaction, desks: &[&Desk]) -> Outcome<Vec<Outcome<Received>>> {
    let mut rows = on_record(t, desks).await?;
    let mut kept = Kept::default();
    let mut answers = Vec::with_capacity(desks.len());
    for (at, desk) in desks.iter().enumerate() {
        let decided = rows.remove(&at).ok_or(Failure::NotFound).and_then(|row| desk.decide(&row));
        answers.push(decided.map(|changes| kept.take(changes)));
    }
    kept.store(t).await?;
    Ok(answers)
}

/// What changes, by table.
#[derive(Default)]
struct Kept {
    readings: Vec<reading::Model>,
    offsets: Vec<(Uuid, i64)>,
    claims: Vec<claim::Model>,
    counters: Vec<person_counter::Model>,
    attributed: Vec<attributed::Model>,
    heads: Vec<hours_head::Model>,
    entries: Vec<hours_entry::Model>,
    stretches: Vec<stretch_state::Model>,
}

impl Kept {
    fn take(&mut self, changes: Changes) -> Received {
        self.readings.extend(changes.reading);
        self.offsets.extend(changes.offset);
        self.claims.extend(changes.claims);
        self.counters.extend(changes.counter);
        self.attributed.extend(changes.attributed);
        self.heads.extend(changes.head);
        self.entries.extend(changes.entries);
        self.stretches.extend(changes.stretch);
        changes.answer
    }

    async fn store(self, t: &DatabaseTransaction) -> Outcome<()> {
        many::upsert(t, &self.readings).await?;
        move_clocks(t, &self.offsets).await?;
        many::insert(t, &self.claims).await?;
        many::upsert(t, &self.counters).await?;
        many::upsert(t, &self.attributed).await?;
        posting::store(t, &self.heads, &self.entries).await?;
        Ok(many::upsert(t, &self.stretches).await?)
    }
}

/// Notes what the devices' clocks are off by.
async fn move_clocks(t: &DatabaseTransaction, offsets: &[(Uuid, i64)]) -> Outcome<()> {
    if offsets.is_empty() {
        return Ok(());
    }
    let backend = t.get_database_backend();
    let (id, offset, rows) = (id_at(backend, 0), number_at(backend, 1), rows_of(backend));
    let sql = format!("UPDATE device SET clock_offset = {offset} FROM {rows} WHERE device.id = {id}");
    let moved: Vec<_> = offsets.iter().map(|(device, offset)| json!([device.simple().to_string(), offset])).collect();
    query::execute(t, &sql, vec![serde_json::Value::from(moved).to_string().into()]).await?;
    Ok(())
}
