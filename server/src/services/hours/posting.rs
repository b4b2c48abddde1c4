//! Writing ledger entries: the difference between the credit that the facts give and what is posted.

use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{hours_entry, hours_head, stretch_state};
use crate::persistence::many::Writes;
use crate::persistence::{many, query};
use crate::services::hours::evidence::digest;
use crate::services::record::{StretchState, current_credit};
use domain::curriculum::{Lesson, Programme};
use domain::hours::attribution::Rank;
use domain::hours::credit::{Credit, attempt_credit};
use domain::hours::ledger::{Digest, Draft, EntryKind, EntryStatus, Head, Posted, kind_of, post, seal};
use domain::ids::{EnrolmentId, LessonId, PersonId};
use domain::time::{Instant, Seconds};
use sea_orm::{ConnectionTrait as _, DatabaseBackend, DatabaseTransaction, EntityTrait as _};

/// Locks the enrolment and its person: every transaction that writes a fact the gate reads begins with this. The person too,
/// because time is attributed by person over all her enrolments.
///
/// # Errors
/// `NotFound`; `Database`.
pub async fn lock(transaction: &DatabaseTransaction, enrolment: EnrolmentId) -> Outcome<()> {
    let lock = if transaction.get_database_backend() == DatabaseBackend::Postgres { " FOR UPDATE" } else { "" };
    let sql = format!("SELECT e.cycle AS n FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.id = $1{lock}");
    if query::number(transaction, &sql, vec![enrolment.0.into()]).await? == 0 { Err(Failure::NotFound) } else { Ok(()) }
}

/// Where credit is posted, and under whose eyes.
pub struct Posting<'a> {
    /// Whose hours.
    pub enrolment: EnrolmentId,
    /// Under which rules.
    pub programme: &'a Programme,
    /// When.
    pub now: Instant,
    /// By whom; `None` for the system.
    pub by: Option<PersonId>,
    /// Hash of the person's chain of evidence as it is now.
    pub evidence: Digest,
}

/// The number that stands for "no stretch" in the database.
pub const NO_STRETCH: i64 = -1;

/// The row of a stretch, fresh when there is none.
///
/// # Errors
/// `Database`.
pub async fn state(
    transaction: &DatabaseTransaction,
    enrolment: EnrolmentId,
    lesson: &LessonId,
    stretch: Option<u16>,
) -> Outcome<stretch_state::Model> {
    let number = stretch.map_or(NO_STRETCH, i64::from);
    let found = stretch_state::Entity::find_by_id((enrolment.0, lesson.0.clone(), number)).one(transaction).await?;
    Ok(found.unwrap_or(stretch_state::Model {
        enrolment_id: enrolment.0,
        lesson_id: lesson.0.clone(),
        stretch: number,
        attributed_ms: 0,
        passed_at: None,
        provisional: 0,
        confirmed: 0,
        posted_at: None,
    }))
}

/// Writes a stretch's row.
///
/// # Errors
/// `Database`.
pub async fn save(transaction: &DatabaseTransaction, row: &stretch_state::Model) -> Outcome<()> {
    Ok(many::upsert(transaction, std::slice::from_ref(row)).await?)
}

impl Posting<'_> {
    /// Posts what a self-paced stretch lacks and saves its row; `closing` posts also what would wait.
    ///
    /// # Errors
    /// `Database`.
    pub async fn stretch(
        &self,
        transaction: &DatabaseTransaction,
        lesson: &Lesson,
        mut row: stretch_state::Model,
        closing: bool,
    ) -> Outcome<()> {
        let drafts = self.study(lesson, &mut row, closing);
        append(transaction, self.enrolment, drafts).await?;
        save(transaction, &row).await
    }

    /// What a self-paced stretch lacks, and its row as it is once that is posted.
    #[must_use]
    pub fn study(&self, lesson: &Lesson, row: &mut stretch_state::Model, closing: bool) -> Vec<Draft> {
        let facts = StretchState { attributed: row.attributed_ms, passed: row.passed_at.map(Instant), ..StretchState::default() };
        let target = current_credit(self.programme, lesson, u16::try_from(row.stretch).ok(), facts).unwrap_or_default();
        self.drafts(lesson, row, target, (EntryKind::Study, Rank::Study), closing)
    }

    /// Posts the credit of a lesson for the attempts that it counts.
    ///
    /// # Errors
    /// `Database`.
    pub async fn attempt(&self, transaction: &DatabaseTransaction, lesson: &Lesson, mut row: stretch_state::Model) -> Outcome<()> {
        let target = attempt_credit(Seconds(row.attributed_ms / 1000), lesson.design());
        let drafts = self.drafts(lesson, &mut row, target, (EntryKind::Attempt, Rank::Attempt), true);
        append(transaction, self.enrolment, drafts).await?;
        save(transaction, &row).await
    }

    /// Posts the credit of a lesson in person.
    ///
    /// # Errors
    /// `Database`.
    pub async fn attendance(
        &self,
        transaction: &DatabaseTransaction,
        lesson: &Lesson,
        mut row: stretch_state::Model,
        target: Credit,
    ) -> Outcome<()> {
        let drafts = self.drafts(lesson, &mut row, target, (EntryKind::Attendance, Rank::Attendance), true);
        append(transaction, self.enrolment, drafts).await?;
        save(transaction, &row).await
    }

    /// Posts an adjustment of a lesson as a whole: confirmed time, whatever the lesson's checkpoints say.
    ///
    /// # Errors
    /// `Database`.
    pub async fn adjustment(&self, transaction: &DatabaseTransaction, lesson: &LessonId, seconds: Seconds, reason: Digest) -> Outcome<()> {
        let draft = Draft {
            enrolment: self.enrolment,
            lesson: lesson.clone(),
            stretch: None,
            kind: EntryKind::Adjustment,
            status: EntryStatus::Confirmed,
            seconds,
            rank: None,
            rule_version: self.programme.rules.version,
            evidence: self.evidence,
            recorded_at: self.now,
            recorded_by: self.by,
            reason: Some(reason),
        };
        append(transaction, self.enrolment, vec![draft]).await
    }

    fn drafts(
        &self,
        lesson: &Lesson,
        row: &mut stretch_state::Model,
        target: Credit,
        (own, rank): (EntryKind, Rank),
        closing: bool,
    ) -> Vec<Draft> {
        let posted = Posted { provisional: Seconds(row.provisional), confirmed: Seconds(row.confirmed) };
        let since_last = row.posted_at.map(|at| self.now.since(Instant(at)));
        let kind = kind_of(posted, target, own);
        let stretch = u16::try_from(row.stretch).ok();
        let due = post(posted, target, since_last, closing, &self.programme.rules).into_iter();
        due.map(|(status, seconds)| {
            match status {
                EntryStatus::Provisional => row.provisional += seconds.0,
                EntryStatus::Confirmed => row.confirmed += seconds.0,
            }
            row.posted_at = Some(self.now.0);
            Draft {
                enrolment: self.enrolment,
                lesson: lesson.id.clone(),
                stretch,
                kind,
                status,
                seconds,
                rank: Some(rank),
                rule_version: self.programme.rules.version,
                evidence: self.evidence,
                recorded_at: self.now,
                recorded_by: self.by,
                reason: None,
            }
        })
        .collect()
    }
}

/// Seals drafts onto the chain of their enrolment, which the caller has locked.
async fn append(transaction: &DatabaseTransaction, enrolment: EnrolmentId, drafts: Vec<Draft>) -> Outcome<()> {
    if drafts.is_empty() {
        return Ok(());
    }
    let found = hours_head::Entity::find_by_id(enrolment.0).one(transaction).await?;
    let mut head = head(enrolment, found.as_ref().map(|row| (row.sequence, row.hash.as_slice())))?;
    let entries = sealed(drafts, &mut head)?;
    store(transaction, &[row_of(&head)], &entries).await
}

/// Writes sealed entries, and the heads of their chains.
///
/// # Errors
/// `Database`.
pub async fn store(transaction: &DatabaseTransaction, heads: &[hours_head::Model], entries: &[hours_entry::Model]) -> Outcome<()> {
    let mut writes = Writes::new(transaction.get_database_backend());
    writes.upsert(heads)?;
    writes.insert(entries)?;
    Ok(writes.send(transaction).await?)
}

/// Seals drafts, one after the other, onto the chain that ends in `head`.
///
/// # Errors
/// `Internal` for a name that cannot be stored.
pub fn sealed(drafts: Vec<Draft>, head: &mut Head) -> Outcome<Vec<hours_entry::Model>> {
    let seal_next = |draft| {
        let entry = seal(draft, &head.hash, head.count + 1);
        *head = entry.head();
        Ok(hours_entry::Model {
            id: keys::ordered_id(entry.draft.recorded_at),
            enrolment_id: entry.draft.enrolment.0,
            sequence: entry.sequence,
            lesson_id: entry.draft.lesson.0.clone(),
            stretch: entry.draft.stretch.map(i64::from),
            kind: name(entry.draft.kind)?,
            status: name(entry.draft.status)?,
            seconds: entry.draft.seconds.0,
            rank: name(entry.draft.rank)?,
            rule_version: i64::from(entry.draft.rule_version),
            evidence: entry.draft.evidence.to_vec(),
            recorded_at: entry.draft.recorded_at.0,
            recorded_by: entry.draft.recorded_by.map(|p| p.0),
            reason: None,
            reason_digest: entry.draft.reason.map(|d| d.to_vec()),
            previous_hash: entry.previous_hash.to_vec(),
            hash: entry.hash.to_vec(),
        })
    };
    drafts.into_iter().map(seal_next).collect()
}

/// The head of a chain from its row's count and hash; both absent before the first entry.
///
/// # Errors
/// `Inconsistent`.
pub fn head(enrolment: EnrolmentId, row: Option<(i64, &[u8])>) -> Outcome<Head> {
    match row {
        None => Ok(Head::empty(enrolment)),
        Some((count, hash)) => Ok(Head { enrolment, count, hash: digest(hash, "hours_head", "hash")? }),
    }
}

/// The row of a head.
#[must_use]
pub fn row_of(head: &Head) -> hours_head::Model {
    hours_head::Model { enrolment_id: head.enrolment.0, sequence: head.count, hash: head.hash.to_vec() }
}

/// The name under which an enum is stored: that of its serde form.
///
/// # Errors
/// `Internal` when the value is not a plain name.
pub fn name<T: serde::Serialize>(value: T) -> Outcome<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        Ok(serde_json::Value::Null) => Ok(String::new()),
        other => Err(Failure::Internal(format!("not a name: {other:?}"))),
    }
}

/// The enum of a stored name.
///
/// # Errors
/// `Inconsistent`.
pub fn named<T: serde::de::DeserializeOwned>(text: &str, table: &'static str, column: &'static str) -> Outcome<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|_| Failure::Inconsistent { table, column })
}
