//! Disputes as she and staff read them.

use super::super::page::lesson_name;
use crate::clock::{local, zone};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{adjustment, adjustment_decision, dispute, dispute_note, hours_entry};
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::Event;
use crate::services::enrolment::Enrolment;
use crate::services::people::full_name;
use app::features::hours::review::{DisputeDesk, DisputeNote, DisputeRow, DisputeThread, NewDispute};
use app::texts::Texts;
use domain::access::{Action, Resource};
use domain::hours::dispute::State;
use domain::ids::{AdjustmentId, DisputeId, PersonId};
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(FromQueryResult)]
struct WaitingRow {
    id: Uuid,
    title: String,
    given_names: String,
    paternal_surname: Option<String>,
    maternal_surname: Option<String>,
    programme_revision: String,
    since: i64,
    texts: i64,
    sequence: Option<i64>,
}

type Entry = (String, chrono::NaiveDateTime, Seconds);

fn shown(enrolment: &Enrolment, row: &hours_entry::Model, t: Texts) -> Entry {
    let at = local(Instant(row.recorded_at), zone(&enrolment.programme.time_zone));
    (lesson_name(&enrolment.programme, &row.lesson_id, t), at, Seconds(row.seconds))
}

impl Acting<'_> {
    /// What she would dispute.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound` for an entry that she does not have; `Database`.
    pub async fn dispute_form(&self, sequence: Option<i64>, t: Texts) -> Outcome<NewDispute> {
        let (enrolment, entry) = self.my_entry(sequence).await?;
        Ok(NewDispute { entry: entry.map(|row| shown(&enrolment, &row, t)) })
    }

    /// One dispute of hers.
    ///
    /// # Errors
    /// `Forbidden` for another's; `NotFound`; `Database`.
    pub async fn my_dispute(&self, id: DisputeId, t: Texts) -> Outcome<DisputeThread> {
        let (row, enrolment) = self.dispute(id, Action::DisputeHours).await?;
        self.threads(&enrolment, vec![row], t).await?.pop().map(|(_, thread)| thread).ok_or(Failure::NotFound)
    }

    /// The disputes of an enrolment, newest first, each with the number of the entry that it is about.
    pub(in crate::services::hours) async fn disputes_of(
        &self,
        enrolment: &Enrolment,
        t: Texts,
    ) -> Outcome<Vec<(Option<i64>, DisputeThread)>> {
        let rows = dispute::Entity::find()
            .filter(dispute::Column::EnrolmentId.eq(enrolment.id.0))
            .order_by_desc(dispute::Column::OpenedAt)
            .order_by_desc(dispute::Column::Id)
            .all(self.services.database.read())
            .await?;
        self.threads(enrolment, rows, t).await
    }

    /// Disputes with their texts.
    async fn threads(&self, enrolment: &Enrolment, rows: Vec<dispute::Model>, t: Texts) -> Outcome<Vec<(Option<i64>, DisputeThread)>> {
        let read = self.services.database.read();
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let notes = dispute_note::Entity::find()
            .filter(dispute_note::Column::DisputeId.is_in(rows.iter().map(|d| d.id)))
            .order_by_asc(dispute_note::Column::Number)
            .all(read)
            .await?;
        let entries = hours_entry::Entity::find()
            .filter(hours_entry::Column::EnrolmentId.eq(enrolment.id.0))
            .filter(hours_entry::Column::Sequence.is_in(rows.iter().filter_map(|d| d.sequence)))
            .all(read)
            .await?;
        let names = self.names(notes.iter().map(|n| PersonId(n.author_id)).collect()).await?;
        let adjusted = self.made(notes.iter().filter_map(|n| n.adjustment_id).collect()).await?;
        let zone = zone(&enrolment.programme.time_zone);
        let note = |n: &dispute_note::Model| DisputeNote {
            hers: n.author_id == enrolment.person.0,
            by: names.get(&PersonId(n.author_id)).cloned().unwrap_or_default(),
            at: local(Instant(n.at), zone),
            body: n.body.clone(),
            adjusted: n.adjustment_id.and_then(|id| adjusted.get(&id).copied()),
        };
        let mut threads = Vec::new();
        for row in rows {
            let own: Vec<DisputeNote> = notes.iter().filter(|n| n.dispute_id == row.id).map(note).collect();
            let count = i64::try_from(own.len()).unwrap_or(i64::MAX);
            let state = State::of(count).ok_or(Failure::Inconsistent { table: "dispute_note", column: "number" })?;
            let entry = entries.iter().find(|e| Some(e.sequence) == row.sequence).map(|e| shown(enrolment, e, t));
            threads.push((row.sequence, DisputeThread { id: DisputeId(row.id), entry, state, notes: own }));
        }
        Ok(threads)
    }

    /// Signed length of adjustments, and whether they are posted; `None` while they wait.
    async fn made(&self, ids: Vec<Uuid>) -> Outcome<BTreeMap<Uuid, (Seconds, Option<bool>)>> {
        let read = self.services.database.read();
        let decided =
            adjustment_decision::Entity::find().filter(adjustment_decision::Column::AdjustmentId.is_in(ids.clone())).all(read).await?;
        let rows = adjustment::Entity::find().filter(adjustment::Column::Id.is_in(ids)).all(read).await?;
        let granted = |id| decided.iter().find(|d| d.adjustment_id == id).map(|d| d.granted);
        Ok(rows.into_iter().map(|a| (a.id, (Seconds(a.seconds), granted(a.id)))).collect())
    }

    /// How many disputes wait for an answer in the reader's districts.
    ///
    /// # Errors
    /// `Database`.
    pub async fn waiting_disputes(&self) -> Outcome<u32> {
        Ok(u32::try_from(self.waiting_rows().await?.len()).unwrap_or(u32::MAX))
    }

    async fn waiting_rows(&self) -> Outcome<Vec<WaitingRow>> {
        let (here, values) = self.in_scope("k.district_id", "e.person_id");
        let sql = format!(
            "SELECT d.id, d.sequence, k.title, p.given_names, p.paternal_surname, p.maternal_surname, e.programme_revision, max(n.at) AS since, count(*) AS texts \
             FROM dispute d JOIN dispute_note n ON n.dispute_id = d.id JOIN enrolment e ON e.id = d.enrolment_id JOIN cohort k ON k.id = e.cohort_id \
             JOIN person p ON p.id = e.person_id WHERE {here} \
             GROUP BY d.id, d.sequence, k.title, p.given_names, p.paternal_surname, p.maternal_surname, e.programme_revision \
             HAVING count(*) IN (1, 3) ORDER BY max(n.at), d.id"
        );
        Ok(query::all(self.services.database.read(), &sql, values).await?)
    }

    /// Disputes that wait for an answer in the reader's districts, the oldest first.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn dispute_queue(&self) -> Outcome<Vec<DisputeRow>> {
        self.may(Action::AnswerDispute, &Resource::List)?;
        let row = |row: WaitingRow| {
            let programme = self.services.catalogue.programme(&row.programme_revision)?;
            Ok(DisputeRow {
                id: DisputeId(row.id),
                name: full_name(&row.given_names, row.paternal_surname.as_deref(), row.maternal_surname.as_deref()),
                cohort: row.title,
                since: local(Instant(row.since), zone(&programme.time_zone)),
                again: State::of(row.texts) == Some(State::Reopened),
                about_entry: row.sequence.is_some(),
            })
        };
        self.waiting_rows().await?.into_iter().map(row).collect()
    }

    /// One dispute on the desk.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn dispute_desk(&self, id: DisputeId, t: Texts) -> Outcome<DisputeDesk> {
        let (row, enrolment) = self.dispute(id, Action::AnswerDispute).await?;
        let sequence = row.sequence;
        let (_, thread) = self.threads(&enrolment, vec![row], t).await?.pop().ok_or(Failure::NotFound)?;
        let read = self.services.database.read();
        let lesson = match sequence {
            None => None,
            Some(sequence) => {
                let of = hours_entry::Entity::find().filter(hours_entry::Column::EnrolmentId.eq(enrolment.id.0));
                of.filter(hours_entry::Column::Sequence.eq(sequence)).one(read).await?.map(|e| e.lesson_id)
            }
        };
        let progress = self.services.record(read, &enrolment).await?.progress(&enrolment.programme);
        self.note(Event::new("trainee.read", format!("enrolment/{}", enrolment.id), json!({}))).await?;
        Ok(DisputeDesk {
            enrolment: enrolment.id,
            name: enrolment.name.clone(),
            thread,
            lessons: super::super::adjust::page::lessons(&enrolment, &progress, t),
            lesson,
            key: AdjustmentId(keys::ordered_id(self.services.now())),
        })
    }
}
