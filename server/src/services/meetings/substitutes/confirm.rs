//! A substitute task done, in one transaction: a little session of her own, her presence at it, and the credit.

use super::missing_of;
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{attendance, meeting, meeting_item, substitute_done, substitute_task};
use crate::persistence::query;
use crate::services::Services;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use crate::services::hours::evidence::store_presence;
use crate::services::hours::posting::lock;
use domain::access::Actor;
use domain::hours::attendance::{SubstituteFault, substitute};
use domain::hours::attribution::Rank;
use domain::ids::LessonId;
use domain::time::{Instant, Interval};
use sea_orm::{DatabaseTransaction, EntityTrait as _};
use serde_json::json;

/// Kind of a meeting that stands for a task done, and source of the presence at it.
const SUBSTITUTE: &str = "substitute";

/// A task on its way to being credited.
pub(super) struct Confirming {
    pub services: Services,
    pub actor: Actor,
    pub now: Instant,
    pub enrolment: Enrolment,
    pub task: substitute_task::Model,
    pub stated: Interval,
    pub note: String,
}

impl Confirming {
    /// Stores that it is done, and credits it; or says why it counts nothing as stated.
    pub(super) async fn write(&self, t: &DatabaseTransaction) -> Outcome<Result<(), SubstituteFault>> {
        lock(t, self.enrolment.id).await?;
        if substitute_done::Entity::find_by_id(self.task.id).one(t).await?.is_some() {
            return Err(Failure::Conflict);
        }
        let lesson = LessonId(self.task.lesson_id.clone());
        let record = self.services.record(t, &self.enrolment).await?;
        let reckoning = self.services.reckon(t, self.enrolment.person).await?;
        let present: Vec<Interval> = reckoning.evidence.iter().filter(|e| e.rank == Rank::Attendance).map(|e| e.interval).collect();
        let missing = missing_of(&self.enrolment, &record, &lesson);
        let counted = match substitute(self.stated, Instant(self.task.set_at), self.now, missing, &present) {
            Ok(counted) => counted,
            Err(fault) => return Ok(Err(fault)),
        };
        self.store(t, counted).await?;
        self.services.recompute(t, self.enrolment.person, Some(self.actor.person), self.now).await?;
        let detail = json!({ "enrolment": self.enrolment.id, "lesson": lesson, "seconds": counted.millis() / 1000 });
        let event = Event::new("substitute.confirm", format!("substitute/{}", self.task.id), detail);
        audit::append(t, self.now, Some(&self.actor), event).await.map(Ok)
    }

    /// A session of her own, and her presence at it as stated; the item bounds what counts.
    async fn store(&self, t: &DatabaseTransaction, counted: Interval) -> Outcome<()> {
        let (id, by) = (keys::ordered_id(self.now), self.actor.person.0);
        let session = meeting::Model {
            id,
            cohort_id: self.enrolment.cohort.0,
            title: String::new(),
            place: String::new(),
            starts_at: self.stated.start().0,
            ends_at: self.stated.end().0,
            confirmed_at: Some(self.now.0),
            confirmed_by: Some(by),
            created_by: by,
            created_at: self.now.0,
            kind: SUBSTITUTE.to_owned(),
        };
        query::insert(t, session).await?;
        let item = meeting_item::Model {
            meeting_id: id,
            position: 0,
            lesson_id: self.task.lesson_id.clone(),
            starts_at: counted.start().0,
            ends_at: counted.end().0,
        };
        query::insert(t, item).await?;
        let done = substitute_done::Model { task_id: self.task.id, meeting_id: id, note: self.note.clone(), at: self.now.0, by_person: by };
        query::insert(t, done).await?;
        let presence = attendance::Model {
            id: keys::ordered_id(self.now),
            meeting_id: id,
            enrolment_id: self.enrolment.id.0,
            check_in_at: Some(self.stated.start().0),
            check_out_at: Some(self.stated.end().0),
            source: SUBSTITUTE.to_owned(),
            confirmed: true,
            recorded_at: self.now.0,
            recorded_by: by,
            version: 1,
            received_no: None,
            hash: None,
        };
        store_presence(t, self.enrolment.person, presence).await?;
        Ok(())
    }
}
