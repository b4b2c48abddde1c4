//! Every minute counted: ledger entries in plain words, and claims that did not count whole; the auditor's view of a chain.

use super::posting::named;
use super::verify::chain;
use crate::clock::{local, zone};
use crate::failure::Outcome;
use crate::persistence::entities::hours_entry;
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::Event;
use crate::services::enrolment::{Enrolment, lesson_number};
use app::features::hours::{EntryRow, EntryWhat, HoursPage, LedgerPage};
use app::texts::Texts;
use domain::access::{Action, Resource};
use domain::curriculum::Programme;
use domain::hours::ledger::{EntryKind, EntryStatus};
use domain::ids::{EnrolmentId, LessonId};
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};
use std::collections::BTreeMap;

impl Acting<'_> {
    /// The page of her hours.
    ///
    /// # Errors
    /// `NotFound` without an enrolment; `Database`.
    pub async fn hours_page(&self, t: Texts) -> Outcome<HoursPage> {
        let (enrolment, record) = self.my_study().await?;
        let read = self.services.database.read();
        let progress = record.progress(&enrolment.programme);
        let entries = hours_entry::Entity::find()
            .filter(hours_entry::Column::EnrolmentId.eq(enrolment.id.0))
            .order_by_desc(hours_entry::Column::Sequence)
            .all(read)
            .await?;
        let claims = self.claims(&enrolment, t).await?;
        let reasons = adjustment_reasons(read, enrolment.id).await?;
        let disputes = self.disputes_of(&enrolment, t).await?;
        let mut entries: Vec<EntryRow> = entries.into_iter().map(|row| entry_row(&enrolment, row, &reasons, t)).collect::<Outcome<_>>()?;
        for entry in &mut entries {
            entry.dispute = disputes.iter().find(|(of, _)| *of == Some(entry.sequence)).map(|(_, thread)| thread.id);
        }
        Ok(HoursPage {
            hours: (progress.confirmed, progress.provisional, progress.required),
            attributed: Seconds(record.attributed / 1000),
            entries,
            claims,
            disputes: disputes.into_iter().map(|(_, thread)| thread).collect(),
        })
    }

    /// One trainee's chain, for the auditor.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn ledger_page(&self, id: EnrolmentId, t: Texts) -> Outcome<LedgerPage> {
        self.may(Action::Audit, &Resource::List)?;
        let read = self.services.database.read();
        let enrolment = self.services.enrolment(read, id).await?;
        self.note(Event::new("ledger.read", format!("enrolment/{id}"), serde_json::json!({}))).await?;
        let rows = hours_entry::Entity::find()
            .filter(hours_entry::Column::EnrolmentId.eq(id.0))
            .order_by_asc(hours_entry::Column::Sequence)
            .all(read)
            .await?;
        let zone = zone(&enrolment.programme.time_zone);
        let verified = chain(read, id).await?;
        let short = |hash: &[u8]| crate::keys::hex(hash.get(..4).unwrap_or_default());
        Ok(LedgerPage {
            enrolment: id,
            name: enrolment.name.clone(),
            programme: enrolment.programme.title.get(t.language()).to_owned(),
            rows: rows
                .into_iter()
                .map(|r| {
                    let lesson = lesson_name(&enrolment.programme, &r.lesson_id, t);
                    let kind: EntryKind = named(&r.kind, "hours_entry", "kind")?;
                    let status: EntryStatus = named(&r.status, "hours_entry", "status")?;
                    Ok((r.sequence, local(Instant(r.recorded_at), zone), lesson, kind, status, Seconds(r.seconds), short(&r.hash)))
                })
                .collect::<Outcome<_>>()?,
            chain: verified.map_err(|broken| broken.sequence),
            on: Some(enrolment.today(self.services.now())),
        })
    }
}

#[derive(FromQueryResult)]
struct Reason {
    hash: Vec<u8>,
    body: String,
}

/// Why staff adjusted, by the evidence that the entry of the adjustment names.
async fn adjustment_reasons<C: ConnectionTrait>(connection: &C, id: EnrolmentId) -> Outcome<BTreeMap<Vec<u8>, String>> {
    let sql = "SELECT d.hash, r.body FROM adjustment_decision d JOIN reason_text r ON r.id = d.adjustment_id \
               WHERE d.enrolment_id = $1 AND d.granted = TRUE AND r.body IS NOT NULL";
    let rows: Vec<Reason> = query::all(connection, sql, vec![id.0.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.hash, row.body)).collect())
}

/// Number and title of a lesson.
pub(super) fn lesson_name(programme: &Programme, lesson: &str, t: Texts) -> String {
    let id = LessonId::from(lesson);
    let title = programme.lesson(&id).map(|(_, l)| l.title.get(t.language()).to_owned()).unwrap_or_default();
    format!("{} {title}", lesson_number(programme, &id))
}

fn entry_row(enrolment: &Enrolment, row: hours_entry::Model, reasons: &BTreeMap<Vec<u8>, String>, t: Texts) -> Outcome<EntryRow> {
    let kind: EntryKind = named(&row.kind, "hours_entry", "kind")?;
    let status: EntryStatus = named(&row.status, "hours_entry", "status")?;
    let what = match (kind, status) {
        (EntryKind::Attendance, _) => EntryWhat::Attendance,
        (EntryKind::Adjustment, _) => EntryWhat::Adjustment,
        (EntryKind::Reversal, _) => EntryWhat::Correction,
        (EntryKind::Attempt, _) => EntryWhat::Attempt,
        (EntryKind::Study, EntryStatus::Confirmed) => EntryWhat::Confirmed,
        (EntryKind::Study, EntryStatus::Provisional) if row.seconds < 0 => EntryWhat::Moved,
        (EntryKind::Study, EntryStatus::Provisional) => EntryWhat::Provisional,
    };
    let at = local(Instant(row.recorded_at), zone(&enrolment.programme.time_zone));
    Ok(EntryRow {
        at,
        lesson: lesson_name(&enrolment.programme, &row.lesson_id, t),
        what,
        seconds: Seconds(row.seconds),
        sequence: row.sequence,
        reason: reasons.get(&row.evidence).cloned(),
        dispute: None,
    })
}
