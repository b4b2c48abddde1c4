//! Verifying the ledger: every chain against its head, every credit against its evidence.

use super::evidence::{Counter, links};
use super::posting::named;
use super::reasons;
use super::root::DailyRoot;
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{checkpoint_try, hours_entry, hours_head};
use crate::persistence::query;
use crate::services::Services;
use domain::curriculum::{LessonMode, Programme};
use domain::hours::Place;
use domain::hours::attribution::{Attribution, Target};
use domain::hours::credit::{CheckpointState, Credit, credit, session_credit};
use domain::hours::evidence::{self, BrokenEvidence};
use domain::hours::ledger::{Broken, Digest, Draft, Entry, EntryKind, Head, Posted, sums, verify};
use domain::ids::{EnrolmentId, LessonId, PersonId};
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};
use std::collections::{BTreeMap, BTreeSet};
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
    /// The text of a reason is not the one whose digest is in the chain, or is gone without a note that it was erased.
    Reason {
        /// Whose.
        enrolment: EnrolmentId,
        /// Key of the adjustment or decision.
        row: Uuid,
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

/// The chain of an enrolment.
///
/// # Errors
/// `Database`; `Inconsistent`.
pub async fn entries<C: ConnectionTrait>(connection: &C, enrolment: EnrolmentId) -> Outcome<Vec<Entry>> {
    let rows = hours_entry::Entity::find()
        .filter(hours_entry::Column::EnrolmentId.eq(enrolment.0))
        .order_by_asc(hours_entry::Column::Sequence)
        .all(connection)
        .await?;
    rows.into_iter().map(entry).collect()
}

/// The head that is stored for it.
///
/// # Errors
/// `Database`; `Inconsistent`.
pub async fn stored_head<C: ConnectionTrait>(connection: &C, enrolment: EnrolmentId) -> Outcome<Head> {
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

/// What the evidence gives under a programme's rules, place by place.
#[must_use]
pub fn credits(
    attribution: &Attribution,
    enrolment: EnrolmentId,
    programme: &Programme,
    passed: &BTreeSet<String>,
) -> Vec<(Place, Credit)> {
    let seconds = |lesson: &LessonId, stretch| attribution.seconds(&Target { enrolment, lesson: lesson.clone(), stretch });
    let mut found = Vec::new();
    for (_, lesson) in programme.lessons() {
        if lesson.mode == LessonMode::InPerson {
            let place = Place { lesson: lesson.id.clone(), stretch: None };
            found.push((place, session_credit(seconds(&lesson.id, None), lesson.design(), &programme.rules)));
            continue;
        }
        for stretch in lesson.stretches() {
            let state = if passed.contains(&stretch.checkpoint.0) { CheckpointState::Passed } else { CheckpointState::Open };
            let place = Place { lesson: lesson.id.clone(), stretch: Some(stretch.index) };
            found.push((place, credit(seconds(&lesson.id, Some(stretch.index)), stretch.design, state, &programme.rules)));
        }
    }
    found
}

#[derive(FromQueryResult)]
struct Hash {
    hash: Vec<u8>,
}

#[derive(FromQueryResult)]
struct EnrolmentRow {
    id: Uuid,
    person_id: Uuid,
    programme_revision: String,
}

#[derive(FromQueryResult)]
struct GrantedRow {
    lesson_id: String,
    seconds: i64,
}

#[derive(FromQueryResult)]
struct ReasonRow {
    id: Uuid,
    reason_digest: Vec<u8>,
    body: Option<String>,
    erased_at: Option<i64>,
}

impl Services {
    /// Verifies every chain, and every credit against the evidence.
    ///
    /// # Errors
    /// `Database`; `Inconsistent`.
    pub async fn verify_ledger(&self) -> Outcome<Report> {
        self.verify_ledger_telling(|_, _| {}).await
    }

    /// The same, telling how many chains of how many are done.
    ///
    /// # Errors
    /// As [`Services::verify_ledger`].
    pub async fn verify_ledger_telling(&self, tell: impl Fn(usize, usize)) -> Outcome<Report> {
        let read = self.database.read();
        let mut report = Report::default();
        let rows: Vec<EnrolmentRow> =
            query::all(read, "SELECT id, person_id, programme_revision FROM enrolment ORDER BY created_at, id", vec![]).await?;
        let total = rows.len();
        for row in rows {
            let enrolment = EnrolmentId(row.id);
            report.chains += 1;
            tell(report.chains, total);
            match chain(read, enrolment).await? {
                Ok(count) => report.entries += count,
                Err(broken) => report.findings.push(Finding::Chain { enrolment, broken }),
            }
            let programme = self.catalogue.programme(&row.programme_revision)?;
            let person = PersonId(row.person_id);
            report.findings.extend(self.evidence(enrolment, person).await?);
            report.findings.extend(self.credits(enrolment, person, &programme).await?);
            report.findings.extend(self.adjusted(enrolment).await?);
            report.findings.extend(self.reasons(enrolment).await?);
        }
        Ok(report)
    }

    /// Compares a published root with the chains: what it names must still stand there.
    ///
    /// # Errors
    /// `Database`.
    pub async fn compare_root(&self, published: &DailyRoot) -> Outcome<Vec<Finding>> {
        const HOURS: &str = "SELECT hash FROM hours_entry WHERE enrolment_id = $1 AND sequence = $2";
        let read = self.database.read();
        let mut findings = Vec::new();
        let found = |what: String| Finding::Root { day: published.day.clone(), what };
        for (enrolment, count, hash) in published.heads.iter().filter(|head| head.1 > 0) {
            let stored: Option<Hash> = query::one(read, HOURS, vec![enrolment.0.into(), (*count).into()]).await?;
            if stored.is_none_or(|row| row.hash != hash) {
                findings.push(found(format!("the hours of enrolment {enrolment}, number {count}")));
            }
        }
        for (person, count, hash) in published.evidence.iter().filter(|head| head.1 > 0) {
            let links = links(read, *person).await?;
            if !links.iter().any(|link| link.received_no == *count && link.hash == *hash) {
                findings.push(found(format!("the evidence of person {person}, number {count}")));
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
        let rests = evidence::rests(&entries(read, enrolment).await?, &hashes);
        Ok(rests.err().map(|sequence| Finding::Rests { enrolment, sequence }).into_iter().collect())
    }

    /// Compares what is posted with what the evidence gives. Provisional time may wait to be posted, never exceed.
    async fn credits(&self, enrolment: EnrolmentId, person: PersonId, programme: &Programme) -> Outcome<Vec<Finding>> {
        let read = self.database.read();
        let attribution = self.reckon(read, person).await?.attribution;
        let entries = entries(read, enrolment).await?;
        let posted = sums(&entries);
        let mut findings = Vec::new();
        for (place, target) in credits(&attribution, enrolment, programme, &self.passed(enrolment).await?) {
            let earned = posted.get(&place).copied().unwrap_or_default().earned;
            if earned.confirmed != target.confirmed || earned.provisional > target.provisional {
                let last = entries.iter().rev().find(|e| e.draft.place() == place).map_or(0, |e| e.sequence);
                let (posted, evidence) = (earned.confirmed.0 + earned.provisional.0, target.sum().0);
                findings.push(Finding::Credit { enrolment, sequence: last, place, posted, evidence });
            }
        }
        Ok(findings)
    }

    /// Checkpoints that were passed.
    ///
    /// # Errors
    /// `Database`.
    pub async fn passed(&self, enrolment: EnrolmentId) -> Outcome<BTreeSet<String>> {
        let rows = checkpoint_try::Entity::find()
            .filter(checkpoint_try::Column::EnrolmentId.eq(enrolment.0))
            .filter(checkpoint_try::Column::Correct.eq(true))
            .all(self.database.read())
            .await?;
        Ok(rows.into_iter().map(|row| row.checkpoint_id).collect())
    }

    /// Compares the adjustments posted with those granted, lesson by lesson.
    async fn adjusted(&self, enrolment: EnrolmentId) -> Outcome<Vec<Finding>> {
        let read = self.database.read();
        let sql = "SELECT a.lesson_id, CAST(sum(a.seconds) AS BIGINT) AS seconds FROM adjustment a \
                   JOIN adjustment_decision d ON d.adjustment_id = a.id WHERE a.enrolment_id = $1 AND d.granted = TRUE GROUP BY a.lesson_id";
        let rows: Vec<GrantedRow> = query::all(read, sql, vec![enrolment.0.into()]).await?;
        let mut granted: BTreeMap<Place, Posted> = BTreeMap::new();
        for row in rows {
            let place = Place { lesson: LessonId(row.lesson_id), stretch: None };
            granted.insert(place, Posted { confirmed: Seconds(row.seconds), ..Posted::default() });
        }
        let entries = entries(read, enrolment).await?;
        let posted = sums(&entries);
        let places: BTreeSet<&Place> = granted.keys().chain(posted.keys()).collect();
        let differing = places.into_iter().filter_map(|place| {
            let is = posted.get(place).copied().unwrap_or_default().adjusted;
            let due = granted.get(place).copied().unwrap_or_default();
            let own = |e: &&Entry| e.draft.place() == *place && e.draft.kind == EntryKind::Adjustment;
            (is != due).then(|| Finding::Credit {
                enrolment,
                sequence: entries.iter().rev().find(own).map_or(0, |e| e.sequence),
                place: place.clone(),
                posted: is.confirmed.0 + is.provisional.0,
                evidence: due.confirmed.0,
            })
        });
        Ok(differing.collect())
    }

    /// Compares the texts of reasons with their digests.
    async fn reasons(&self, enrolment: EnrolmentId) -> Outcome<Vec<Finding>> {
        let sql = "SELECT w.id, w.reason_digest, r.body, r.erased_at FROM (SELECT id, enrolment_id, reason_digest FROM adjustment \
                   UNION ALL SELECT id, enrolment_id, reason_digest FROM adjustment_decision WHERE reason_digest IS NOT NULL \
                   UNION ALL SELECT id, enrolment_id, reason_digest FROM claim_decision) w LEFT JOIN reason_text r ON r.id = w.id WHERE w.enrolment_id = $1";
        let rows: Vec<ReasonRow> = query::all(self.database.read(), sql, vec![enrolment.0.into()]).await?;
        let fits = |row: &ReasonRow| match (&row.body, row.erased_at) {
            (Some(body), _) => reasons::digest(body).as_slice() == row.reason_digest,
            (None, erased) => erased.is_some(),
        };
        Ok(rows.iter().filter(|row| !fits(row)).map(|row| Finding::Reason { enrolment, row: row.id }).collect())
    }
}
