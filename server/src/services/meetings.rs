//! In-person sessions: planning, and a plain roll that a judge saves and confirms.

use super::{Acting, Services};
use crate::clock::{LIMA, instant, local};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{attendance, cohort, meeting, meeting_item};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::enrolment::lesson_number;
use crate::services::hours::evidence::store_presence;
use crate::services::hours::posting::lock;
use app::features::hours::{MeetingRow, Meetings, Roll, RollRow};
use app::texts::Texts;
use chrono::{NaiveDateTime, NaiveTime};
use domain::access::{Action, Resource};
use domain::curriculum::{LessonMode, Programme};
use domain::ids::{CohortId, DistrictId, EnrolmentId, LessonId, MeetingId};
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use std::collections::BTreeMap;

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

/// Presence of one trainee: local times of day, or absent.
pub type Presence = Option<(NaiveTime, NaiveTime)>;

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
        let rows =
            meeting::Entity::find().filter(meeting::Column::CohortId.is_in(ids)).order_by_desc(meeting::Column::StartsAt).all(read).await?;
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
        let row = meeting::Entity::find_by_id(id.0).one(self.services.database.read()).await?.ok_or(Failure::NotFound)?;
        let cohort = self.cohort(CohortId(row.cohort_id)).await?;
        Ok((row, cohort))
    }

    /// The roll of a session.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn roll(&self, id: MeetingId, t: Texts) -> Outcome<Roll> {
        let (row, cohort) = self.meeting(id).await?;
        let programme = self.services.catalogue.programme(&cohort.programme_revision)?;
        let items = items(self.services, id).await?;
        let noted = latest(self.services, id).await?;
        let trainees = self.services.enrolments_of(CohortId(cohort.id)).await?;
        let time = |millis: i64| local(Instant(millis), LIMA).format("%H:%M").to_string();
        Ok(Roll {
            meeting: meeting_row(&row, cohort.title),
            agenda: items
                .iter()
                .map(|i| (lesson_title(&programme, &i.lesson_id, t), local(Instant(i.starts_at), LIMA), local(Instant(i.ends_at), LIMA)))
                .collect(),
            rows: trainees
                .into_iter()
                .filter(|e| e.person != self.signed.actor.person)
                .map(|e| RollRow {
                    enrolment: e.id,
                    name: e.name,
                    present: noted.get(&e.id).and_then(|a| Some((time(a.check_in_at?), time(a.check_out_at?)))),
                })
                .collect(),
        })
    }

    /// Saves the roll; confirming, possible from the end of the session on, also credits it. `early` says so.
    ///
    /// # Errors
    /// `Forbidden`; `Conflict` when it is confirmed already; `Invalid` before its end; `NotFound` for a stranger on it; `Database`.
    pub async fn save_roll(&self, id: MeetingId, presences: BTreeMap<EnrolmentId, Presence>, confirm: bool, early: &str) -> Outcome<()> {
        let (row, _) = self.meeting(id).await?;
        if row.confirmed_at.is_some() {
            return Err(Failure::Conflict);
        }
        if confirm && self.services.now().0 < row.ends_at {
            return Err(Failure::field("", early.to_owned()));
        }
        let trainees = self.services.enrolments_of(CohortId(row.cohort_id)).await?;
        let mut noted = Vec::new();
        for (enrolment, presence) in presences {
            let known = trainees.iter().find(|e| e.id == enrolment).ok_or(Failure::NotFound)?;
            self.may(Action::TakeRoll, &known.resource())?;
            noted.push((enrolment, known.person, times(&row, presence)));
        }
        let earlier = latest(self.services, id).await?;
        let (services, actor, now) = (self.services.clone(), self.signed.actor.clone(), self.services.now());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    if confirm {
                        let sql = "UPDATE meeting SET confirmed_at = $1, confirmed_by = $2 WHERE id = $3 AND confirmed_at IS NULL";
                        if query::execute(t, sql, vec![now.0.into(), actor.person.0.into(), id.0.into()]).await? == 0 {
                            return Err(Failure::Conflict);
                        }
                    }
                    for (enrolment, person, times) in noted {
                        let row = attendance::Model {
                            id: keys::ordered_id(now),
                            meeting_id: id.0,
                            enrolment_id: enrolment.0,
                            check_in_at: times.map(|t| t.0.0),
                            check_out_at: times.map(|t| t.1.0),
                            source: "roll".to_owned(),
                            confirmed: confirm,
                            recorded_at: now.0,
                            recorded_by: actor.person.0,
                            version: earlier.get(&enrolment).map_or(1, |a| a.version + 1),
                            received_no: None,
                            hash: None,
                        };
                        lock(t, enrolment).await?;
                        store_presence(t, person, row).await?;
                        if confirm {
                            services.recompute(t, person, Some(actor.person), now).await?;
                        }
                    }
                    let action = if confirm { "meeting.confirm" } else { "meeting.save" };
                    audit::append(t, now, Some(&actor), Event::new(action, format!("meeting/{id}"), json!({}))).await
                })
            })
            .await
    }
}

/// Local times of day on the day of the session; none for absence or a departure before the arrival.
fn times(meeting: &meeting::Model, presence: Presence) -> Option<(Instant, Instant)> {
    let (from, to) = presence?;
    let day = local(Instant(meeting.starts_at), LIMA).date();
    let (from, to) = (instant(day.and_time(from), LIMA), instant(day.and_time(to), LIMA));
    (from < to).then_some((from, to))
}

async fn items(services: &Services, meeting: MeetingId) -> Outcome<Vec<meeting_item::Model>> {
    let find =
        meeting_item::Entity::find().filter(meeting_item::Column::MeetingId.eq(meeting.0)).order_by_asc(meeting_item::Column::Position);
    Ok(find.all(services.database.read()).await?)
}

/// The last note of each trainee.
async fn latest(services: &Services, meeting: MeetingId) -> Outcome<BTreeMap<EnrolmentId, attendance::Model>> {
    let find = attendance::Entity::find().filter(attendance::Column::MeetingId.eq(meeting.0)).order_by_asc(attendance::Column::Version);
    Ok(find.all(services.database.read()).await?.into_iter().map(|a| (EnrolmentId(a.enrolment_id), a)).collect())
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
