//! The page of one trainee's adjustments, and what of them waits in a staff member's districts.

use super::super::page::lesson_name;
use super::super::reasons;
use crate::clock::{local, zone};
use crate::failure::Outcome;
use crate::keys;
use crate::persistence::entities::{adjustment, adjustment_decision};
use crate::services::Acting;
use crate::services::audit::Event;
use crate::services::enrolment::Enrolment;
use app::features::hours::review::{AdjustLesson, AdjustPage, AdjustmentRow, AdjustmentState};
use app::texts::Texts;
use domain::access::Action;
use domain::hours::adjustment::most;
use domain::hours::total::{LessonProgress, Progress};
use domain::ids::{AdjustmentId, EnrolmentId, PersonId, ReasonId};
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

impl Acting<'_> {
    /// One trainee's adjustments, the newest first, and what a new one may be.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn adjust_page(&self, id: EnrolmentId, t: Texts) -> Outcome<AdjustPage> {
        let read = self.services.database.read();
        let enrolment = self.services.enrolment(read, id).await?;
        self.may(Action::SeeTrainee, &enrolment.resource())?;
        let may_adjust = self.may(Action::AdjustHours, &enrolment.resource()).is_ok();
        let progress = self.services.record(read, &enrolment).await?.progress(&enrolment.programme);
        let rows = adjustment::Entity::find()
            .filter(adjustment::Column::EnrolmentId.eq(id.0))
            .order_by_desc(adjustment::Column::ReceivedNo)
            .all(read)
            .await?;
        let decided = self.decided(id).await?;
        let mut people: Vec<PersonId> = rows.iter().map(|a| PersonId(a.proposed_by)).collect();
        people.extend(decided.values().map(|d| PersonId(d.decided_by)));
        let mut texts: Vec<Uuid> = rows.iter().map(|a| a.id).collect();
        texts.extend(decided.values().map(|d| d.id));
        let shown = Shown { enrolment: &enrolment, names: self.names(people).await?, reasons: reasons::read(read, texts).await?, t };
        let counts = |a: &&adjustment::Model| decided.get(&a.id).is_none_or(|d| d.granted);
        let used: Seconds = rows.iter().filter(counts).map(|a| Seconds(a.seconds.abs())).sum();
        self.note(Event::new("trainee.read", format!("enrolment/{id}"), json!({}))).await?;
        let rules = &enrolment.programme.rules;
        Ok(AdjustPage {
            enrolment: id,
            name: enrolment.name.clone(),
            lessons: lessons(&enrolment, &progress, t),
            left: (most(progress.required, rules) - used).max(Seconds::ZERO),
            alone: (rules.adjustment_alone - used).max(Seconds::ZERO),
            rows: rows.iter().map(|a| shown.row(a, decided.get(&a.id), may_adjust.then_some(self.signed.actor.person))).collect(),
            key: AdjustmentId(keys::ordered_id(self.services.now())),
            may_adjust,
        })
    }

    async fn decided(&self, id: EnrolmentId) -> Outcome<BTreeMap<Uuid, adjustment_decision::Model>> {
        let rows = adjustment_decision::Entity::find()
            .filter(adjustment_decision::Column::EnrolmentId.eq(id.0))
            .all(self.services.database.read())
            .await?;
        Ok(rows.into_iter().map(|row| (row.adjustment_id, row)).collect())
    }
}

/// The lessons of a programme, with what is confirmed of each.
pub(in crate::services::hours) fn lessons(enrolment: &Enrolment, progress: &Progress, t: Texts) -> Vec<AdjustLesson> {
    let lesson = |l: &LessonProgress| AdjustLesson {
        id: l.id.0.clone(),
        name: lesson_name(&enrolment.programme, &l.id.0, t),
        confirmed: l.confirmed,
        design: l.design,
    };
    progress.modules.iter().flat_map(|m| &m.lessons).map(lesson).collect()
}

struct Shown<'a> {
    enrolment: &'a Enrolment,
    names: BTreeMap<PersonId, String>,
    reasons: BTreeMap<Uuid, String>,
    t: Texts,
}

impl Shown<'_> {
    fn row(&self, row: &adjustment::Model, decided: Option<&adjustment_decision::Model>, reader: Option<PersonId>) -> AdjustmentRow {
        let zone = zone(&self.enrolment.programme.time_zone);
        let name = |id: Uuid| self.names.get(&PersonId(id)).cloned().unwrap_or_default();
        let by = |d: &adjustment_decision::Model| (name(d.decided_by), local(Instant(d.decided_at), zone));
        AdjustmentRow {
            id: AdjustmentId(row.id),
            at: local(Instant(row.proposed_at), zone),
            lesson: lesson_name(&self.enrolment.programme, &row.lesson_id, self.t),
            seconds: Seconds(row.seconds),
            reason: self.reasons.get(&row.id).cloned(),
            by: name(row.proposed_by),
            state: match decided {
                None => AdjustmentState::Waiting,
                Some(d) if d.alone => AdjustmentState::Alone,
                Some(d) if d.granted => AdjustmentState::Approved(by(d)),
                Some(d) => AdjustmentState::Declined(by(d), self.reasons.get(&d.id).cloned()),
            },
            erasable: if reader.is_some() { self.erasable(row, decided) } else { Vec::new() },
            may_decide: decided.is_none() && reader.is_some_and(|reader| reader.0 != row.proposed_by),
        }
    }

    /// Texts of it that are there.
    fn erasable(&self, row: &adjustment::Model, decided: Option<&adjustment_decision::Model>) -> Vec<ReasonId> {
        let keys = std::iter::once(row.id).chain(decided.map(|d| d.id));
        keys.filter(|id| self.reasons.contains_key(id)).map(ReasonId).collect()
    }
}
