//! Verifying the ledger: every chain against its head, every credit against its evidence.

use super::evidence::{Counter, links};
use super::posting::named;
use super::reasons;
use super::root::DailyRoot;
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{hours_entry, hours_head};
use crate::persistence::query;
use crate::services::Services;
use domain::curriculum::Programme;
use domain::hours::Place;
use domain::hours::evidence::{self, BrokenEvidence};
use domain::hours::ledger::{Broken, Digest, Draft, Entry, Head, verify};
use domain::hours::reckoning::{compare, credits, granted, passed};
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
    /// The text of a reason is not the one whose digest is in the chain, or is gone without a note of who erased it.
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
            report.findings.extend(self.evidence(enrolment, person, &programme).await?);
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

    /// The chain of evidence, that every entry rests on it, and that every credit and adjustment follows from it.
    async fn evidence(&self, enrolment: EnrolmentId, person: PersonId, programme: &Programme) -> Outcome<Vec<Finding>> {
        let read = self.database.read();
        let counter = Counter::read(read, person).await?;
        let reckoning = self.reckon(read, person).await?;
        let (links, entries) = (&reckoning.basis.links, entries(read, enrolment).await?);
        let mut findings = Vec::new();
        match evidence::verify(person, links, (counter.received_no, counter.hash)) {
            Err(broken) => findings.push(Finding::Evidence { person, broken }),
            Ok(hashes) => {
                let rests = evidence::rests(&entries, &hashes);
                findings.extend(rests.err().map(|sequence| Finding::Rests { enrolment, sequence }));
            }
        }
        let credits = credits(&reckoning.attribution, enrolment, programme, &passed(links, enrolment));
        let differing = compare(&entries, &credits, &granted(links, enrolment), programme);
        findings.extend(differing.into_iter().map(|d| Finding::Credit {
            enrolment,
            sequence: d.sequence,
            place: d.place,
            posted: d.posted,
            evidence: d.evidence,
        }));
        Ok(findings)
    }

    /// Compares the texts of reasons with their digests.
    async fn reasons(&self, enrolment: EnrolmentId) -> Outcome<Vec<Finding>> {
        let sql = "SELECT w.id, w.reason_digest, r.body, x.erased_at FROM (SELECT id, enrolment_id, reason_digest FROM adjustment \
                   UNION ALL SELECT id, enrolment_id, reason_digest FROM adjustment_decision WHERE reason_digest IS NOT NULL \
                   UNION ALL SELECT id, enrolment_id, reason_digest FROM claim_decision) w LEFT JOIN reason_text r ON r.id = w.id \
                   LEFT JOIN reason_erasure x ON x.text_id = w.id WHERE w.enrolment_id = $1";
        let rows: Vec<ReasonRow> = query::all(self.database.read(), sql, vec![enrolment.0.into()]).await?;
        let fits = |row: &ReasonRow| match (&row.body, row.erased_at) {
            (Some(body), _) => reasons::digest(body).as_slice() == row.reason_digest,
            (None, erased) => erased.is_some(),
        };
        Ok(rows.iter().filter(|row| !fits(row)).map(|row| Finding::Reason { enrolment, row: row.id }).collect())
    }
}
