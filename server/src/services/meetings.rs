//! In-person sessions: planning, the roll that a judge saves and confirms, self check-in, guests, the sheet, substitute tasks.

pub mod check_in;
pub mod guests;
pub mod roll;
pub mod sheet;
pub mod substitutes;

use super::{Acting, Services};
use crate::clock::{LIMA, instant, local};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{cohort, meeting, meeting_item};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::enrolment::lesson_number;
use app::features::hours::{MeetingRow, Meetings};
use app::texts::Texts;
use chrono::NaiveDateTime;
use domain::access::{Action, Resource};
use domain::curriculum::{LessonMode, Programme};
use domain::ids::{CohortId, DistrictId, EnrolmentId, LessonId, MeetingId};
use domain::time::{Instant, Interval, Seconds};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};
use serde_json::json;

pub use roll::Presence;

/// Kind of a meeting that was planned and has a roll.
pub(super) const SESSION: &str = "session";

/// A session to be planned.
#[derive(Debug, Clone)]
pub struct NewMeeting {
    /// For which cohort.
    pub cohort: CohortId,
    /// Where.
    pub place: String,
    /// Local start.
    pub starts: NaiveDateTime,
    /// Lessons in the order of the agenda.
    pub lessons: Vec<LessonId>,
}

impl Acting<'_> {
    async fn cohort(&self, id: CohortId) -> Outcome<cohort::Model> {
        let row = cohort::Entity::find_by_id(id.0).one(self.services.database.read()).await?.ok_or(Failure::NotFound)?;
        self.may(Action::TakeRoll, &Resource::Cohort { cohort: id, district: DistrictId(row.district_id.clone()) })?;
        Ok(row)
    }

    /// Sessions of the judge's cohorts, and what planning offers.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn meetings(&self, t: Texts) -> Outcome<Meetings> {
        self.may(Action::TakeRoll, &Resource::List)?;
        let read = self.services.database.read();
        let ids: Vec<_> = self.signed.actor.cohorts.iter().map(|c| c.0).collect();
        let cohorts =
            cohort::Entity::find().filter(cohort::Column::Id.is_in(ids.clone())).order_by_asc(cohort::Column::Title).all(read).await?;
        let rows = meeting::Entity::find()
            .filter(meeting::Column::CohortId.is_in(ids))
            .filter(meeting::Column::Kind.eq(SESSION))
            .order_by_desc(meeting::Column::StartsAt)
            .all(read)
            .await?;
        let title = |id| cohorts.iter().find(|c| c.id == id).map(|c| c.title.clone()).unwrap_or_default();
        let mut lessons: Vec<(String, String, Seconds)> = Vec::new();
        for cohort in &cohorts {
            for offered in offered(&*self.services.catalogue.programme(&cohort.programme_revision)?, t) {
                if !lessons.iter().any(|l| l.0 == offered.0) {
                    lessons.push(offered);
                }
            }
        }
        Ok(Meetings {
            meetings: rows.iter().map(|m| meeting_row(m, title(m.cohort_id))).collect(),
            cohorts: cohorts.iter().map(|c| (c.id.to_string(), c.title.clone())).collect(),
            lessons,
        })
    }

    /// Plans a session: its agenda follows from the lessons' minutes.
    ///
    /// # Errors
    /// `Forbidden` for another's cohort; `Invalid` without a lesson in person; `Database`.
    pub async fn plan_meeting(&self, new: NewMeeting, title: String, no_lesson: String) -> Outcome<MeetingId> {
        let cohort = self.cohort(new.cohort).await?;
        let programme = self.services.catalogue.programme(&cohort.programme_revision)?;
        let known = |id: &LessonId| programme.lesson(id).map(|(_, l)| l).filter(|l| l.mode == LessonMode::InPerson);
        let lessons: Option<Vec<_>> = new.lessons.iter().map(known).collect();
        let lessons = lessons.filter(|l| !l.is_empty()).ok_or_else(|| Failure::field("lesson", no_lesson))?;
        let now = self.services.now();
        let id = MeetingId(keys::ordered_id(now));
        let mut at = instant(new.starts, LIMA);
        let mut items = Vec::new();
        for (position, lesson) in lessons.iter().enumerate() {
            let end = at.plus(lesson.design());
            let position = i64::try_from(position).unwrap_or_default();
            items.push(meeting_item::Model { meeting_id: id.0, position, lesson_id: lesson.id.0.clone(), starts_at: at.0, ends_at: end.0 });
            at = end;
        }
        let actor = self.signed.actor.clone();
        let row = meeting::Model {
            id: id.0,
            cohort_id: new.cohort.0,
            title,
            place: new.place,
            starts_at: instant(new.starts, LIMA).0,
            ends_at: at.0,
            confirmed_at: None,
            confirmed_by: None,
            created_by: actor.person.0,
            created_at: now.0,
            kind: SESSION.to_owned(),
        };
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    query::insert(t, row).await?;
                    for item in items {
                        query::insert(t, item).await?;
                    }
                    audit::append(t, now, Some(&actor), Event::new("meeting.plan", format!("meeting/{id}"), json!({}))).await
                })
            })
            .await?;
        Ok(id)
    }

    async fn meeting(&self, id: MeetingId) -> Outcome<(meeting::Model, cohort::Model)> {
        let row = session(self.services.database.read(), id).await?;
        let cohort = self.cohort(CohortId(row.cohort_id)).await?;
        Ok((row, cohort))
    }
}

/// A session; what stands for a substitute task is none.
async fn session<C: ConnectionTrait>(connection: &C, id: MeetingId) -> Outcome<meeting::Model> {
    let row = meeting::Entity::find_by_id(id.0).one(connection).await?;
    row.filter(|m| m.kind == SESSION).ok_or(Failure::NotFound)
}

/// When a session is.
fn interval(row: &meeting::Model) -> Outcome<Interval> {
    Interval::new(Instant(row.starts_at), Instant(row.ends_at)).ok_or(Failure::Inconsistent { table: "meeting", column: "ends_at" })
}

/// Whether the roll is confirmed, inside a transaction: nobody confirms it while the transaction runs.
async fn is_confirmed(t: &DatabaseTransaction, id: MeetingId) -> Outcome<bool> {
    let lock = if t.get_database_backend() == DatabaseBackend::Postgres { " FOR SHARE" } else { "" };
    let sql = format!("SELECT coalesce(confirmed_at, 0) AS n FROM meeting WHERE id = $1{lock}");
    Ok(query::number(t, &sql, vec![id.0.into()]).await? != 0)
}

/// The number of the next note of presence; the caller holds the enrolment's lock.
async fn next_version(t: &DatabaseTransaction, id: MeetingId, enrolment: EnrolmentId) -> Outcome<i64> {
    let sql = "SELECT coalesce(max(version), 0) + 1 AS n FROM attendance WHERE meeting_id = $1 AND enrolment_id = $2";
    Ok(query::number(t, sql, vec![id.0.into(), enrolment.0.into()]).await?)
}

async fn items(services: &Services, meeting: MeetingId) -> Outcome<Vec<meeting_item::Model>> {
    let find =
        meeting_item::Entity::find().filter(meeting_item::Column::MeetingId.eq(meeting.0)).order_by_asc(meeting_item::Column::Position);
    Ok(find.all(services.database.read()).await?)
}

fn lesson_title(programme: &Programme, lesson: &str, t: Texts) -> String {
    let id = LessonId::from(lesson);
    let title = programme.lesson(&id).map(|(_, l)| l.title.get(t.language()).to_owned()).unwrap_or_default();
    format!("{} {title}", lesson_number(programme, &id))
}

fn offered(programme: &Programme, t: Texts) -> Vec<(String, String, Seconds)> {
    let in_person = programme.lessons().filter(|(_, l)| l.mode == LessonMode::InPerson);
    in_person.map(|(_, l)| (l.id.0.clone(), lesson_title(programme, &l.id.0, t), l.design())).collect()
}

fn meeting_row(row: &meeting::Model, cohort: String) -> MeetingRow {
    MeetingRow {
        id: MeetingId(row.id),
        title: row.title.clone(),
        cohort,
        place: row.place.clone(),
        time: (local(Instant(row.starts_at), LIMA), local(Instant(row.ends_at), LIMA)),
        confirmed: row.confirmed_at.is_some(),
    }
}
