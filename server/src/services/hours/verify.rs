//! Verifying the ledger: every chain against its head, every credit against its evidence.

use super::evidence::{Counter, links};
use super::posting::named;
use super::root::DailyRoot;
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{checkpoint_try, hours_entry, hours_head};
use crate::persistence::query;
use crate::services::Services;
use domain::curriculum::{LessonMode, Programme};
use domain::hours::Place;
use domain::hours::attribution::Target;
use domain::hours::credit::{CheckpointState, Credit, credit};
use domain::hours::evidence::{self, BrokenEvidence};
use domain::hours::ledger::{Broken, Digest, Draft, Entry, Head, sums, verify};
use domain::ids::{EnrolmentId, LessonId, PersonId};
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A chain is broken.
    Chain {
        /// Whose.
        enrolment: EnrolmentId,
        /// Where and how.
        broken: Broken,
    },
    /// Evidence of a person was changed, removed or added.
    Evidence {
        /// Whose.
        person: PersonId,
        /// Where and how.
        broken: BrokenEvidence,
    },
    /// A published root knows another state of a chain.
    Root {
        /// Of which day.
        day: String,
        /// Which chain, up to which count.
        what: String,
    },
    /// An entry names evidence that is not in the person's chain, or older than what the entry before it names.
    Rests {
        /// Whose.
        enrolment: EnrolmentId,
        /// Sequence of the entry.
        sequence: i64,
    },
    /// What is posted for a place is not what the evidence gives.
    Credit {
        /// Whose.
        enrolment: EnrolmentId,
        /// Sequence of the last entry of that place.
        sequence: i64,
        /// Which place.
        place: Place,
        /// Posted, confirmed seconds.
        posted: i64,
        /// What the evidence gives.
        evidence: i64,
    },
}

/// What a verification saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Chains read.
    pub chains: usize,
    /// Entries read.
    pub entries: i64,
    /// What does not fit.
    pub findings: Vec<Finding>,
}

fn digest(bytes: &[u8], column: &'static str) -> Outcome<Digest> {
    bytes.try_into().map_err(|_| Failure::Inconsistent { table: "hours_entry", column })
}

/// An entry as the domain knows it.
///
/// # Errors
/// `Inconsistent`.
pub fn entry(row: hours_entry::Model) -> Outcome<Entry> {
    let draft = Draft {
        enrolment: EnrolmentId(row.enrolment_id),
        lesson: LessonId(row.lesson_id),
        stretch: row.stretch.and_then(|s| u16::try_from(s).ok()),
        kind: named(&row.kind, "hours_entry", "kind")?,
        status: named(&row.status, "hours_entry", "status")?,
        seconds: Seconds(row.seconds),
        rank: if row.rank.is_empty() { None } else { Some(named(&row.rank, "hours_entry", "rank")?) },
        rule_version: u32::try_from(row.rule_version)
            .map_err(|_| Failure::Inconsistent { table: "hours_entry", column: "rule_version" })?,
        evidence: digest(&row.evidence, "evidence")?,
        recorded_at: Instant(row.recorded_at),
        recorded_by: row.recorded_by.map(PersonId),
        reason: row.reason_digest.as_deref().map(|d| digest(d, "reason_digest")).transpose()?,
    };
    Ok(Entry {
        draft,
        sequence: row.sequence,
        previous_hash: digest(&row.previous_hash, "previous_hash")?,
        hash: digest(&row.hash, "hash")?,
    })
}

async fn entries<C: ConnectionTrait>(connection: &C, enrolment: EnrolmentId) -> Outcome<Vec<Entry>> {
    let rows = hours_entry::Entity::find()
        .filter(hours_entry::Column::EnrolmentId.eq(enrolment.0))
        .order_by_asc(hours_entry::Column::Sequence)
        .all(connection)
        .await?;
    rows.into_iter().map(entry).collect()
}

async fn stored_head<C: ConnectionTrait>(connection: &C, enrolment: EnrolmentId) -> Outcome<Head> {
    match hours_head::Entity::find_by_id(enrolment.0).one(connection).await? {
        None => Ok(Head::empty(enrolment)),
        Some(row) => Ok(Head { enrolment, count: row.sequence, hash: digest(&row.hash, "head")? }),
    }
}

/// Verifies one chain against its head: the number of entries, or the first that does not fit.
///
/// # Errors
/// `Database`.
pub async fn chain<C: ConnectionTrait>(connection: &C, enrolment: EnrolmentId) -> Outcome<Result<i64, Broken>> {
    let entries = entries(connection, enrolment).await?;
    let stored = stored_head(connection, enrolment).await?;
    Ok(verify(enrolment, &entries).and_then(|head| head.check_stored(stored).map(|()| head.count)))
}

#[derive(FromQueryResult)]
struct Hash {
    hash: Option<Vec<u8>>,
}

#[derive(FromQueryResult)]
struct EnrolmentRow {
    id: Uuid,
    person_id: Uuid,
    programme_revision: String,
}

impl Services {
    /// Verifies every chain, and every credit against the evidence.
    ///
    /// # Errors
    /// `Database`; `Inconsistent`.
    pub async fn verify_ledger(&self) -> Outcome<Report> {
        let read = self.database.read();
        let mut report = Report::default();
        let rows: Vec<EnrolmentRow> =
            query::all(read, "SELECT id, person_id, programme_revision FROM enrolment ORDER BY created_at, id", vec![]).await?;
        for row in rows {
            let enrolment = EnrolmentId(row.id);
            report.chains += 1;
            match chain(read, enrolment).await? {
                Ok(count) => report.entries += count,
                Err(broken) => report.findings.push(Finding::Chain { enrolment, broken }),
            }
            let programme = self.catalogue.programme(&row.programme_revision)?;
            let person = PersonId(row.person_id);
            report.findings.extend(self.evidence(enrolment, person).await?);
            report.findings.extend(self.credits(enrolment, person, &programme).await?);
        }
        Ok(report)
    }

    /// Compares a published root with the chains: what it names must still stand there.
    ///
    /// # Errors
    /// `Database`.
    pub async fn compare_root(&self, published: &DailyRoot) -> Outcome<Vec<Finding>> {
        const HOURS: &str = "SELECT hash FROM hours_entry WHERE enrolment_id = $1 AND sequence = $2";
        const EVIDENCE: &str = "SELECT hash FROM claim WHERE person_id = $1 AND received_no = $2 \
            UNION ALL SELECT t.hash FROM checkpoint_try t JOIN enrolment e ON e.id = t.enrolment_id WHERE e.person_id = $1 AND t.received_no = $2 \
            UNION ALL SELECT a.hash FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id WHERE e.person_id = $1 AND a.received_no = $2";
        let hours = published.heads.iter().map(|(id, count, hash)| (HOURS, "hours of enrolment", id.0, *count, *hash));
        let evidence = published.evidence.iter().map(|(id, count, hash)| (EVIDENCE, "evidence of person", id.0, *count, *hash));
        let mut findings = Vec::new();
        for (sql, name, id, count, hash) in hours.chain(evidence) {
            let found: Vec<Hash> = query::all(self.database.read(), sql, vec![id.into(), count.into()]).await?;
            if count > 0 && !found.iter().any(|row| row.hash.as_deref() == Some(&hash[..])) {
                findings.push(Finding::Root { day: published.day.clone(), what: format!("the {name} {id}, number {count}") });
            }
        }
        Ok(findings)
    }

    /// The chain of evidence, and that every entry rests on it.
    async fn evidence(&self, enrolment: EnrolmentId, person: PersonId) -> Outcome<Vec<Finding>> {
        let read = self.database.read();
        let counter = Counter::read(read, person).await?;
        let hashes = match evidence::verify(person, &links(read, person).await?, (counter.received_no, counter.hash)) {
            Ok(hashes) => hashes,
            Err(broken) => return Ok(vec![Finding::Evidence { person, broken }]),
        };
        let mut from = 0;
        for entry in entries(read, enrolment).await? {
            let rests = hashes.iter().skip(from).position(|hash| *hash == entry.draft.evidence);
            let Some(at) = rests else { return Ok(vec![Finding::Rests { enrolment, sequence: entry.sequence }]) };
            from += at;
        }
        Ok(Vec::new())
    }

    /// Compares what is posted with what the evidence gives. Provisional time may wait to be posted, never exceed.
    async fn credits(&self, enrolment: EnrolmentId, person: PersonId, programme: &Programme) -> Outcome<Vec<Finding>> {
        let read = self.database.read();
        let reckoning = self.reckon(read, person).await?;
        let entries = entries(read, enrolment).await?;
        let passed = checkpoint_try::Entity::find()
            .filter(checkpoint_try::Column::EnrolmentId.eq(enrolment.0))
            .filter(checkpoint_try::Column::Correct.eq(true))
            .all(read)
            .await?;
        let mut findings = Vec::new();
        let posted = sums(&entries);
        for (_, lesson) in programme.lessons() {
            let places: Vec<(Option<u16>, Credit)> = match lesson.mode {
                LessonMode::InPerson => vec![(None, reckoning.session_credit(enrolment, &lesson.id))],
                LessonMode::SelfPaced => lesson
                    .stretches()
                    .into_iter()
                    .map(|stretch| {
                        let target = Target { enrolment, lesson: lesson.id.clone(), stretch: Some(stretch.index) };
                        let attributed = Seconds(reckoning.attribution.millis.get(&target).copied().unwrap_or_default() / 1000);
                        let is_passed = passed.iter().any(|t| t.checkpoint_id == stretch.checkpoint.0);
                        let state = if is_passed { CheckpointState::Passed } else { CheckpointState::Open };
                        (Some(stretch.index), credit(attributed, stretch.design, state, &programme.rules))
                    })
                    .collect(),
            };
            for (stretch, target) in places {
                let place = Place { lesson: lesson.id.clone(), stretch };
                let earned = posted.get(&place).copied().unwrap_or_default().earned;
                if earned.confirmed != target.confirmed || earned.provisional > target.provisional {
                    let last = entries.iter().rev().find(|e| e.draft.place() == place).map_or(0, |e| e.sequence);
                    let (posted, evidence) = (earned.confirmed.0 + earned.provisional.0, target.sum().0);
                    findings.push(Finding::Credit { enrolment, sequence: last, place, posted, evidence });
                }
            }
        }
        Ok(findings)
    }
}
