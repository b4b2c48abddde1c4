//! The chain of evidence of a person, in rows: each new piece takes the next number and the next hash.

use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{
    adjustment, adjustment_decision, attempt_evidence, attendance, checkpoint_try, claim, claim_decision, person_counter,
};
use crate::persistence::{many, query};
use domain::hours::evidence::{Fact, Link, genesis, hash};
use domain::hours::ledger::Digest;
use domain::ids::PersonId;
use domain::time::Instant;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, QueryFilter as _, Statement};

/// Where a person's evidence has got to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    /// Whose.
    pub person: PersonId,
    /// Number of the last piece, 0 without one.
    pub received_no: i64,
    /// Its hash.
    pub hash: Digest,
}

/// A stored digest.
///
/// # Errors
/// `Inconsistent`.
pub fn digest(bytes: &[u8], table: &'static str, column: &'static str) -> Outcome<Digest> {
    bytes.try_into().map_err(|_| Failure::Inconsistent { table, column })
}

impl Counter {
    /// From the row's columns; both absent before the first piece.
    ///
    /// # Errors
    /// `Inconsistent`.
    pub fn of(person: PersonId, received_no: Option<i64>, hash: Option<&[u8]>) -> Outcome<Self> {
        let hash = hash.map_or_else(|| Ok(genesis(person)), |bytes| digest(bytes, "person_counter", "hash"))?;
        Ok(Self { person, received_no: received_no.unwrap_or(0), hash })
    }

    /// The counter of a person.
    ///
    /// # Errors
    /// `Database`.
    pub async fn read<C: ConnectionTrait>(connection: &C, person: PersonId) -> Outcome<Self> {
        let row = person_counter::Entity::find_by_id(person.0).one(connection).await?;
        Self::of(person, row.as_ref().map(|r| r.received_no), row.as_ref().and_then(|r| r.hash.as_deref()))
    }

    /// The number of the next piece.
    #[must_use]
    pub const fn next(&self) -> i64 {
        self.received_no + 1
    }

    /// Takes the next piece into the chain.
    pub fn take(&mut self, fact: &Fact) {
        self.received_no = self.next();
        self.hash = hash(&self.hash, self.received_no, fact);
    }

    /// Writes it back; the caller holds the person's lock.
    ///
    /// # Errors
    /// `Database`.
    pub async fn save(&self, t: &DatabaseTransaction) -> Outcome<()> {
        Ok(many::upsert(t, &[self.row()]).await?)
    }

    /// Its row.
    #[must_use]
    pub fn row(&self) -> person_counter::Model {
        person_counter::Model { person_id: self.person.0, received_no: self.received_no, hash: Some(self.hash.to_vec()) }
    }
}

/// A claim as the chain covers it.
#[must_use]
pub fn of_claim(row: &claim::Model) -> Fact {
    Fact::Claim {
        id: row.id,
        reading: row.reading_id,
        enrolment: row.enrolment_id,
        device: row.device_id,
        sequence: (row.sequence, row.reuse),
        way: row.kind.clone(),
        place: (row.lesson_id.clone(), row.part, row.stretch),
        sent: (Instant(row.sent_start), Instant(row.sent_end), Instant(row.last_input)),
        clock: (Instant(row.device_now), row.clock_offset),
        outcome: row.outcome.clone(),
        received_at: Instant(row.received_at),
    }
}

/// An answer to a checkpoint as the chain covers it.
#[must_use]
pub fn of_try(row: &checkpoint_try::Model) -> Fact {
    Fact::Try {
        id: row.id,
        enrolment: row.enrolment_id,
        asked: (row.checkpoint_id.clone(), row.question_id.clone()),
        revision: row.lesson_revision.clone(),
        answer: (row.answer, row.correct),
        at: Instant(row.at),
        number: row.number,
    }
}

/// A note of presence as the chain covers it.
#[must_use]
pub fn of_presence(row: &attendance::Model) -> Fact {
    Fact::Presence {
        id: row.id,
        meeting: row.meeting_id,
        enrolment: row.enrolment_id,
        present: (row.check_in_at.map(Instant), row.check_out_at.map(Instant)),
        source: row.source.clone(),
        confirmed: row.confirmed,
        at: Instant(row.recorded_at),
        by: row.recorded_by,
        version: row.version,
    }
}

/// What staff decided on a claim, as the chain covers it.
///
/// # Errors
/// `Inconsistent`.
pub fn of_decision(row: &claim_decision::Model) -> Outcome<Fact> {
    Ok(Fact::Decision {
        id: row.id,
        claim: row.claim_id,
        enrolment: row.enrolment_id,
        accepted: row.accepted,
        reason: digest(&row.reason_digest, "claim_decision", "reason_digest")?,
        at: Instant(row.decided_at),
        by: row.decided_by,
    })
}

/// An adjustment as the chain covers it.
///
/// # Errors
/// `Inconsistent`.
pub fn of_adjustment(row: &adjustment::Model) -> Outcome<Fact> {
    Ok(Fact::Adjustment {
        id: row.id,
        enrolment: row.enrolment_id,
        lesson: row.lesson_id.clone(),
        seconds: row.seconds,
        reason: digest(&row.reason_digest, "adjustment", "reason_digest")?,
        at: Instant(row.proposed_at),
        by: row.proposed_by,
    })
}

/// What became of an adjustment, as the chain covers it.
///
/// # Errors
/// `Inconsistent`.
pub fn of_verdict(row: &adjustment_decision::Model) -> Outcome<Fact> {
    let reason = row.reason_digest.as_deref();
    Ok(Fact::Verdict {
        id: row.id,
        adjustment: row.adjustment_id,
        enrolment: row.enrolment_id,
        granted: row.granted,
        alone: row.alone,
        reason: reason.map(|bytes| digest(bytes, "adjustment_decision", "reason_digest")).transpose()?,
        at: Instant(row.decided_at),
        by: row.decided_by,
    })
}

/// An attempt as the chain covers it.
///
/// # Errors
/// `Inconsistent`.
pub fn of_attempt(row: &attempt_evidence::Model) -> Outcome<Fact> {
    let damaged = |_| Failure::Inconsistent { table: "attempt_evidence", column: "witnessed" };
    Ok(Fact::Attempt {
        id: row.id,
        attempt: row.attempt_id,
        enrolment: row.enrolment_id,
        counts: (row.evaluation_id.clone(), row.lesson_id.clone()),
        window: (Instant(row.started_at), Instant(row.ended_at)),
        witnessed: serde_json::from_str(&row.witnessed).map_err(damaged)?,
        at: Instant(row.at),
    })
}

/// Stores an answer to a checkpoint as the next piece of a person's evidence; her lock is held.
///
/// # Errors
/// `Database`.
pub async fn store_try(t: &DatabaseTransaction, person: PersonId, mut row: checkpoint_try::Model) -> Outcome<Counter> {
    let counter = take(t, person, &of_try(&row)).await?;
    row.received_no = Some(counter.received_no);
    row.hash = Some(counter.hash.to_vec());
    query::insert(t, row).await?;
    Ok(counter)
}

/// Stores a note of presence likewise.
///
/// # Errors
/// `Database`.
pub async fn store_presence(t: &DatabaseTransaction, person: PersonId, mut row: attendance::Model) -> Outcome<Counter> {
    let counter = take(t, person, &of_presence(&row)).await?;
    row.received_no = Some(counter.received_no);
    row.hash = Some(counter.hash.to_vec());
    query::insert(t, row).await?;
    Ok(counter)
}

/// Takes a fact as the next piece of a person's evidence; her lock is held, and the caller stores the row with the number and
/// the hash that the counter then has.
///
/// # Errors
/// `Database`.
pub async fn take(t: &DatabaseTransaction, person: PersonId, fact: &Fact) -> Outcome<Counter> {
    let mut counter = Counter::read(t, person).await?;
    counter.take(fact);
    counter.save(t).await?;
    Ok(counter)
}

/// All evidence of a person in the order of its numbers.
///
/// # Errors
/// `Database`; `Inconsistent`.
pub async fn links<C: ConnectionTrait>(connection: &C, person: PersonId) -> Outcome<Vec<Link>> {
    let claims = claim::Entity::find().filter(claim::Column::PersonId.eq(person.0)).all(connection).await?;
    let tries = checkpoint_try::Entity::find().from_raw_sql(hers(connection, person, "checkpoint_try")).all(connection).await?;
    let notes = attendance::Entity::find().from_raw_sql(hers(connection, person, "attendance")).all(connection).await?;
    let mut rows: Vec<Piece> = Vec::new();
    rows.extend(claims.into_iter().map(|row| (Some(row.received_no), of_claim(&row), row.hash)));
    rows.extend(tries.into_iter().map(|row| (row.received_no, of_try(&row), row.hash)));
    rows.extend(notes.into_iter().map(|row| (row.received_no, of_presence(&row), row.hash)));
    rows.extend(decided(connection, person).await?);
    let mut links = Vec::new();
    for (received_no, fact, hash) in rows {
        links.push(Link {
            received_no: received_no.unwrap_or(0),
            fact,
            hash: hash.and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; 32]),
        });
    }
    links.sort_by_key(|link| link.received_no);
    Ok(links)
}

/// Number, content and hash of a row.
type Piece = (Option<i64>, Fact, Option<Vec<u8>>);

/// The rows of a table that belong to a person's enrolments.
fn hers<C: ConnectionTrait>(connection: &C, person: PersonId, table: &str) -> Statement {
    let sql = format!("SELECT * FROM {table} WHERE enrolment_id IN (SELECT id FROM enrolment WHERE person_id = $1)");
    Statement::from_sql_and_values(connection.get_database_backend(), sql, [person.0.into()])
}

/// Her attempts, and what staff decided about her hours.
async fn decided<C: ConnectionTrait>(connection: &C, person: PersonId) -> Outcome<Vec<Piece>> {
    let decisions = claim_decision::Entity::find().from_raw_sql(hers(connection, person, "claim_decision")).all(connection).await?;
    let adjustments = adjustment::Entity::find().from_raw_sql(hers(connection, person, "adjustment")).all(connection).await?;
    let verdicts =
        adjustment_decision::Entity::find().from_raw_sql(hers(connection, person, "adjustment_decision")).all(connection).await?;
    let attempts = attempt_evidence::Entity::find().from_raw_sql(hers(connection, person, "attempt_evidence")).all(connection).await?;
    let mut rows: Vec<Piece> = Vec::new();
    for row in attempts {
        rows.push((Some(row.received_no), of_attempt(&row)?, Some(row.hash)));
    }
    for row in decisions {
        rows.push((Some(row.received_no), of_decision(&row)?, Some(row.hash)));
    }
    for row in adjustments {
        rows.push((Some(row.received_no), of_adjustment(&row)?, Some(row.hash)));
    }
    for row in verdicts {
        rows.push((Some(row.received_no), of_verdict(&row)?, Some(row.hash)));
    }
    Ok(rows)
}
