//! What is on record of those whose claims wait: one statement for all of them.

use super::{Brought, Desk, Sent};
use crate::failure::{Failure, Outcome};
use crate::keys::unhex;
use crate::persistence::many::{Words, bit, gathered, id_at, number_at, rows_of, words};
use crate::persistence::query;
use domain::hours::ledger::Digest;
use sea_orm::{ConnectionTrait as _, DatabaseBackend, DatabaseTransaction};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is on record of one, in the order of [`sql`].
#[derive(Debug, Deserialize)]
pub struct Row {
    /// Her place among those asked for.
    n: usize,
    /// Last number of her evidence.
    pub received_no: Option<i64>,
    evidence: Option<String>,
    /// What the device's clock was last off by, in milliseconds.
    pub clock_offset: Option<i64>,
    reported: Option<i64>,
    continued: Option<i64>,
    /// The stretch, in milliseconds.
    pub attributed_ms: Option<i64>,
    /// When its checkpoint was passed.
    pub passed_at: Option<i64>,
    /// Posted provisionally, in seconds.
    pub provisional: Option<i64>,
    /// Posted and confirmed, in seconds.
    pub confirmed: Option<i64>,
    /// When it was last posted.
    pub posted_at: Option<i64>,
    /// The whole lesson, in milliseconds.
    pub lesson_ms: i64,
    around: Option<String>,
    earlier: Option<String>,
    entries: Option<i64>,
    last_entry: Option<String>,
}

/// Attributed time: start, end, enrolment, lesson, stretch, kind.
pub type Around = (i64, i64, String, String, i64, String);

/// What the chain of the device knows of a number: which reading, and start, end and last input as sent.
pub type Earlier = (i64, String, i64, i64, i64);

fn damaged(table: &'static str) -> Failure {
    Failure::Inconsistent { table, column: "json" }
}

fn digest(hex: Option<&String>, table: &'static str) -> Outcome<Option<Digest>> {
    hex.map(|text| unhex(text).ok_or(Failure::Inconsistent { table, column: "hash" })).transpose()
}

impl Row {
    /// Last hash of her evidence.
    pub fn evidence(&self) -> Outcome<Option<Digest>> {
        digest(self.evidence.as_ref(), "person_counter")
    }

    /// Count and last hash of her ledger.
    pub fn head(&self) -> Outcome<Option<(i64, Digest)>> {
        Ok(self.entries.zip(digest(self.last_entry.as_ref(), "hours_head")?))
    }

    /// Whether the page's clock reported the reading, and whether the button was used; nothing for an unknown one.
    pub fn reading(&self) -> Option<(bool, bool)> {
        self.reported.zip(self.continued).map(|(reported, continued)| (reported == 1, continued == 1))
    }

    /// Attributed time of the days in question.
    pub fn around(&self) -> Outcome<Vec<Around>> {
        serde_json::from_str(self.around.as_deref().unwrap_or("[]")).map_err(|_| damaged("attributed"))
    }

    /// What the device used the numbers for.
    pub fn earlier(&self) -> Outcome<Vec<Earlier>> {
        serde_json::from_str(self.earlier.as_deref().unwrap_or("[]")).map_err(|_| damaged("claim"))
    }
}

/// On PostgreSQL locks the enrolments and their persons, in the order of the enrolments, so that no two wait for each other.
///
/// # Errors
/// `Database`.
pub async fn lock(t: &DatabaseTransaction, brought: &[Arc<Brought>]) -> Outcome<()> {
    let backend = t.get_database_backend();
    if backend != DatabaseBackend::Postgres {
        return Ok(());
    }
    let ids: Vec<_> = brought.iter().map(|one| [one.reading.enrolment.0.simple().to_string()]).collect();
    let (id, ids_of) = (id_at(backend, 0), rows_of(backend));
    let sql = format!(
        "SELECT e.cycle FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.id IN (SELECT {id} FROM {ids_of}) ORDER BY e.id FOR UPDATE"
    );
    query::execute(t, &sql, vec![json!(ids).to_string().into()]).await?;
    Ok(())
}

/// The programme's revision that each is held to, by its place among them; nothing where the reading's enrolment is not her newest.
///
/// # Errors
/// `Database`.
pub async fn revisions(t: &DatabaseTransaction, brought: &[Arc<Brought>]) -> Outcome<BTreeMap<usize, String>> {
    let backend = t.get_database_backend();
    let Words { group, array, cast, place, .. } = words(backend);
    let (enrolment, person, ids) = (id_at(backend, 0), id_at(backend, 1), rows_of(backend));
    let sql = format!(
        "SELECT {group}({array}(k.n, e.programme_revision)){cast} AS rows \
         FROM (SELECT {place} AS n, {enrolment} AS enrolment, {person} AS person FROM {ids}) AS k CROSS JOIN enrolment e \
         WHERE e.id = k.enrolment AND e.id = (SELECT o.id FROM enrolment o WHERE o.person_id = k.person ORDER BY o.created_at DESC LIMIT 1)"
    );
    let asked: Vec<_> =
        brought.iter().map(|one| [one.reading.enrolment.0, one.reading.person.0].map(|id| id.simple().to_string())).collect();
    Ok(gathered::<(usize, String), _>(t, &sql, json!(asked).to_string()).await?.into_iter().collect())
}

/// What is on record of each, by its place among them; nothing where there is no such enrolment.
///
/// # Errors
/// `Database`.
pub async fn on_record(t: &DatabaseTransaction, desks: &[&Desk]) -> Outcome<BTreeMap<usize, Row>> {
    let asked = desks.iter().map(|desk| desk.asks()).collect::<Outcome<Vec<_>>>()?;
    let rows: Vec<Row> = gathered(t, &sql(t.get_database_backend()), serde_json::Value::from(asked).to_string()).await?;
    Ok(rows.into_iter().map(|row| (row.n, row)).collect())
}

impl Desk {
    /// What [`sql`] is asked about it.
    fn asks(&self) -> Outcome<serde_json::Value> {
        let days = self.days(self.span()?)?;
        let (from, to) = (days.first().map_or(0, |d| d.start().0), days.last().map_or(0, |d| d.end().0));
        let sequences: Vec<i64> = match &self.sent {
            Sent::Intervals(intervals, _) => intervals.iter().map(|i| i.sequence).collect(),
            Sent::Button => Vec::new(),
        };
        let ids = [self.reading.enrolment.0, self.reading.device.0, self.reading.id.0].map(|id| id.simple().to_string());
        Ok(json!([ids[0], ids[1], ids[2], self.reading.lesson, self.stretch.index, from, to, sequences]))
    }
}

fn sql(backend: DatabaseBackend) -> String {
    let Words { group, array, cast, place, id, hex } = words(backend);
    let (numbers, number) = match backend {
        DatabaseBackend::Sqlite => ("json_each(k.sequences) AS q", "q.value"),
        _ => ("json_array_elements_text(k.sequences) AS q(value)", "CAST(q.value AS bigint)"),
    };
    let (ids, [enrolment, device, reading]) = (rows_of(backend), [0, 1, 2].map(|at| id_at(backend, at)));
    let [stretch, from, to] = [4, 5, 6].map(|at| number_at(backend, at));
    let (evidence, last_entry, around, earlier) = (hex("c.hash"), hex("h.hash"), id("a.enrolment_id"), id("w.reading_id"));
    let (reported, continued) = (bit("r.reported"), bit("r.continued"));
    // CROSS JOIN, because SQLite keeps the order of its sides: first what is asked, then what is found by its key.
    format!(
        "SELECT {group}({array}(k.n, c.received_no, {evidence}, d.clock_offset, {reported}, {continued}, \
         s.attributed_ms, s.passed_at, s.provisional, s.confirmed, s.posted_at, \
         (SELECT CAST(coalesce(sum(o.attributed_ms), 0) AS BIGINT) FROM stretch_state o WHERE o.enrolment_id = e.id AND o.lesson_id = k.lesson), \
         (SELECT {group}({array}(a.starts_at, a.ends_at, {around}, a.lesson_id, a.stretch, a.kind)){cast} FROM attributed a \
         WHERE a.person_id = e.person_id AND a.starts_at < k.until AND a.ends_at >= k.since), \
         (SELECT {group}({array}(w.sequence, {earlier}, w.sent_start, w.sent_end, w.last_input)){cast} FROM {numbers} CROSS JOIN claim w \
         WHERE w.device_id = k.device AND w.sequence = {number}), \
         h.sequence, {last_entry})){cast} AS rows \
         FROM (SELECT {place} AS n, {enrolment} AS enrolment, {device} AS device, {reading} AS reading, j.value->>3 AS lesson, {stretch} AS stretch, \
         {from} AS since, {to} AS until, j.value->7 AS sequences FROM {ids}) AS k CROSS JOIN enrolment e \
         LEFT JOIN person_counter c ON c.person_id = e.person_id LEFT JOIN device d ON d.id = k.device LEFT JOIN reading r ON r.id = k.reading \
         LEFT JOIN stretch_state s ON s.enrolment_id = e.id AND s.lesson_id = k.lesson AND s.stretch = k.stretch \
         LEFT JOIN hours_head h ON h.enrolment_id = e.id WHERE e.id = k.enrolment"
    )
}
