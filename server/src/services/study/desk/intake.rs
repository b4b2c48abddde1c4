//! The claims of all trainees that wait at the same time are one unit: read in one statement, decided one by one in memory,
//! written with one statement a table and one commit, and only then answered. One that waits alone is a unit of one.

use super::changes::Changes;
use super::record::{lock, on_record, revisions};
use super::{Brought, Desk, Received};
use crate::catalogue::Catalogue;
use crate::failure::{Failure, Outcome};
use crate::persistence::database::Database;
use crate::persistence::entities::{attributed, claim, hours_entry, hours_head, person_counter, reading, stretch_state};
use crate::persistence::gather::Gather;
use crate::persistence::many::{Writes, id_at, number_at};
use crate::services::unit::{all_or_each, first_of_each};
use domain::access::Refusal;
use sea_orm::{ConnectionTrait as _, DatabaseBackend, DatabaseTransaction};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

/// Where claims are handed in.
#[derive(Debug, Clone)]
pub struct Intake(Gather<Brought, Outcome<Received>>);

impl Intake {
    /// An intake into `database`; must be called inside the async runtime.
    #[must_use]
    pub fn start(database: Database, catalogue: Arc<Catalogue>) -> Self {
        Self(Gather::start(move |brought: Vec<Brought>| {
            let (database, catalogue) = (database.clone(), catalogue.clone());
            async move { receive_all(&database, &catalogue, brought).await }
        }))
    }

    /// Takes what came for one reading. The same any number of times gives the same result. Nothing for a button that is used
    /// already, or whose reading is reported by the page's clock.
    ///
    /// # Errors
    /// `Forbidden` when the reading's enrolment is not her newest; `NotFound`; `Database`; `Inconsistent`.
    pub async fn receive(&self, brought: Brought) -> Outcome<Received> {
        self.0.ask(brought).await.unwrap_or_else(|| Err(Failure::Internal("the claims were not handled".to_owned())))
    }
}

/// Takes all that came, in its order. Trying again is safe: a claim that is stored is seen to be the same.
pub async fn receive_all(database: &Database, catalogue: &Arc<Catalogue>, brought: Vec<Brought>) -> Vec<Outcome<Received>> {
    all_or_each(brought, |brought| {
        let catalogue = catalogue.clone();
        database.write(move |t| Box::pin(async move { all(t, &catalogue, &brought).await }))
    })
    .await
}

async fn all(t: &DatabaseTransaction, catalogue: &Catalogue, brought: &[Arc<Brought>]) -> Outcome<Vec<Outcome<Received>>> {
    lock(t, brought).await?;
    let mut revisions = revisions(t, brought).await?;
    let mut answers: Vec<Outcome<Received>> = Vec::with_capacity(brought.len());
    let mut waiting: Vec<Waiting> = Vec::with_capacity(brought.len());
    for (at, one) in brought.iter().enumerate() {
        // An enrolment that is not hers, or not hers any more.
        let revision = revisions.remove(&at).ok_or(Failure::from(Refusal::NotOwn));
        let desk = revision.and_then(|revision| Desk::new(one, catalogue.programme(&revision)?));
        let (answer, desk) = desk.map_or_else(|failure| (failure, None), |desk| (Failure::NotFound, Some((at, desk))));
        answers.push(Err(answer));
        waiting.extend(desk);
    }
    while !waiting.is_empty() {
        let (round, rest) = first_of_each(waiting, |(_, desk)| desk.reading.person);
        let desks: Vec<&Desk> = round.iter().map(|(_, desk)| desk).collect();
        for ((at, _), answer) in round.iter().zip(one_each(t, &desks).await?) {
            if let Some(place) = answers.get_mut(*at) {
                *place = answer;
            }
        }
        waiting = rest;
    }
    Ok(answers)
}

/// Its place among the answers, and what came.
type Waiting = (usize, Desk);

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
        let mut writes = Writes::new(t.get_database_backend());
        writes.upsert(&self.readings)?;
        move_clocks(&mut writes, t.get_database_backend(), &self.offsets);
        writes.insert(&self.claims)?;
        writes.upsert(&self.counters)?;
        writes.upsert(&self.attributed)?;
        writes.upsert(&self.heads)?;
        writes.insert(&self.entries)?;
        writes.upsert(&self.stretches)?;
        Ok(writes.send(t).await?)
    }
}

/// Notes what the devices' clocks are off by.
fn move_clocks(writes: &mut Writes, backend: DatabaseBackend, offsets: &[(Uuid, i64)]) {
    if offsets.is_empty() {
        return;
    }
    let (id, offset) = (id_at(backend, 0), number_at(backend, 1));
    let moved: Vec<_> = offsets.iter().map(|(device, offset)| json!([device.simple().to_string(), offset])).collect();
    writes.push(serde_json::Value::from(moved).to_string(), |rows| {
        format!("UPDATE device SET clock_offset = {offset} FROM {rows} WHERE device.id = {id}")
    });
}
