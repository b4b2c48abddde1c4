//! What is on record of those whose claims wait: one statement for all of them.

use super::{Desk, Sent};
use crate::failure::{Failure, Outcome};
use crate::keys::unhex;
use crate::persistence::many::{id_at, number_at, rows_of};
use crate::persistence::query;
use domain::hours::ledger::Digest;
use sea_orm::{ConnectionTrait as _, DatabaseBackend, DatabaseTransaction, FromQueryResult};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

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

/// One value, because every row costs a hand-over between threads.
#[derive(FromQueryResult)]
struct Found {
    rows: Option<String>,
}

/// On PostgreSQL locks the enrolments and their persons, in the order of the enrolments, so that no two wait for each other.
///
/// # Errors
/// `Database`.
pub async fn lock(t: &DatabaseTransaction, desks: impl Iterator<Item = &Desk>) -> Outcome<()> {
    if t.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(());
    }
    let ids: Vec<_> = desks.map(|desk| [desk.enrolment.id.0.simple().to_string()]).collect();
    let backend = t.get_database_backend();
    let sql = format!(
        "SELECT e.cycle FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.id IN (SELECT {} FROM {}) ORDER BY e.id FOR UPDATE",
        id_at(backend, 0),
        rows_of(backend)
    );
    query::execute(t, &sql, vec![json!(ids).to_string().into()]).await?;
    Ok(())
}

/// What is on record of each, by its place among them; nothing where there is no such enrolment.
///
/// # Errors
/// `Database`; `Inconsistent`.
pub async fn on_record(t: &DatabaseTransaction, desks: &[&Desk]) -> Outcome<BTreeMap<usize, Row>> {
    let asked = desks.iter().map(|desk| desk.asks()).collect::<Outcome<Vec<_>>>()?;
    let values = vec![serde_json::Value::from(asked).to_string().into()];
    let found = query::one::<Found, _>(t, &sql(t.get_database_backend()), values).await?.and_then(|found| found.rows);
    let rows: Vec<Row> = serde_json::from_str(found.as_deref().unwrap_or("[]")).map_err(|_| damaged("enrolment"))?;
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
        let ids = [self.enrolment.id.0, self.reading.device.0, self.reading.id.0].map(|id| id.simple().to_string());
        Ok(json!([ids[0], ids[1], ids[2], self.reading.lesson, self.stretch.index, from, to, sequences]))
    }
}

/// The words that the engines spell differently.
struct Words {
    group: &'static str,
    array: &'static str,
    cast: &'static str,
    place: &'static str,
    numbers: &'static str,
    number: &'static str,
    id: fn(&str) -> String,
    hash: fn(&str) -> String,
}

const SQLITE: Words = Words {
    group: "json_group_array",
    array: "json_array",
    cast: " || ''",
    place: "j.key",
    numbers: "json_each(k.sequences) AS q",
    number: "q.value",
    id: |column| format!("lower(hex({column}))"),
    hash: |column| format!("CASE WHEN {column} IS NOT NULL THEN lower(hex({column})) END"),
};

const POSTGRES: Words = Words {
    group: "json_agg",
    array: "json_build_array",
    cast: "::text",
    place: "j.n - 1",
    numbers: "json_array_elements_text(k.sequences) AS q(value)",
    number: "CAST(q.value AS bigint)",
    id: |column| format!("{column}::text"),
    hash: |column| format!("encode({column}, 'hex')"),
};

fn sql(backend: DatabaseBackend) -> String {
    let Words { group, array, cast, place, numbers, number, id, hash } = if backend == DatabaseBackend::Sqlite { SQLITE } else { POSTGRES };
    let bit = |column: &str| format!("CASE {column} WHEN TRUE THEN 1 WHEN FALSE THEN 0 END");
    let (ids, [enrolment, device, reading]) = (rows_of(backend), [0, 1, 2].map(|at| id_at(backend, at)));
    let [stretch, from, to] = [4, 5, 6].map(|at| number_at(backend, at));
    let (evidence, last_entry, around, earlier) = (hash("c.hash"), hash("h.hash"), id("a.enrolment_id"), id("w.reading_id"));
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
