//! Substitute tasks: what a trainee does instead of an agenda item that she missed, and the judge's word that it is done.
//!
//! A task done counts as presence at a little session of her own, confirmed at once: from the hour that the judge states, for at most
//! what is missing of the item. So it stands on the clock like any other presence, and no second counts twice.

mod confirm;

use super::lesson_title;
use crate::clock::{LIMA, instant, local};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{meeting, substitute_done, substitute_task};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use crate::services::record::Record;
use crate::services::{Acting, Services};
use app::features::attendance::{SubstitutePage, SubstituteRow, Substitutes};
use app::format;
use app::texts::Texts;
use chrono::{NaiveDate, NaiveDateTime};
use confirm::Confirming;
use domain::access::{Action, Resource};
use domain::curriculum::MakeUp;
use domain::hours::attendance::SubstituteFault;
use domain::hours::total::MissingWhat;
use domain::ids::{EnrolmentId, LessonId, SubstituteId};
use domain::time::{Instant, Interval, Seconds};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use std::collections::BTreeSet;

/// A task to be set.
#[derive(Debug, Clone)]
pub struct NewSubstitute {
    /// For whom.
    pub enrolment: EnrolmentId,
    /// Instead of which lesson in person.
    pub lesson: LessonId,
    /// What to do.
    pub task: String,
    /// Until when.
    pub due: NaiveDate,
}

/// The judge's word that a task is done.
#[derive(Debug, Clone)]
pub struct Done {
    /// Local begin and end of the work, as the judge states them.
    pub worked: (NaiveDateTime, NaiveDateTime),
    /// How the judge knows, and how it was.
    pub note: String,
}

/// What is missing of each lesson in person.
fn missing(enrolment: &Enrolment, record: &Record) -> Vec<(LessonId, Seconds)> {
    let progress = record.progress(&enrolment.programme);
    let sessions = progress.missing.into_iter().filter_map(|m| match m.what {
        MissingWhat::Session { left } => Some((m.lesson, left)),
        MissingWhat::Study { .. } | MissingWhat::Checkpoint { .. } => None,
    });
    sessions.collect()
}

fn missing_of(enrolment: &Enrolment, record: &Record, lesson: &LessonId) -> Seconds {
    missing(enrolment, record).into_iter().find(|(id, _)| id == lesson).map_or(Seconds::ZERO, |(_, left)| left)
}

fn allows(enrolment: &Enrolment) -> bool {
    enrolment.programme.make_up.contains(&MakeUp::Substitute)
}

impl Acting<'_> {
    /// Tasks of the judge's cohorts, and who lacks what.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn substitutes(&self, t: Texts) -> Outcome<Substitutes> {
        self.may(Action::TakeRoll, &Resource::List)?;
        let mut studies = Vec::new();
        for cohort in &self.signed.actor.cohorts {
            let of_cohort = self.services.studies_of(*cohort).await?;
            studies.extend(of_cohort.into_iter().filter(|(e, _)| self.may(Action::TakeRoll, &e.resource()).is_ok()));
        }
        let mut page = Substitutes { tasks: self.services.tasks_of(&studies, t).await?, missing: Vec::new() };
        for (enrolment, record) in studies.iter().filter(|(e, _)| allows(e)) {
            for (lesson, left) in missing(enrolment, record) {
                let title = lesson_title(&enrolment.programme, &lesson.0, t);
                let words = t.substitutes_option(format::duration(left), &title, &enrolment.name);
                page.missing.push((format!("{} {lesson}", enrolment.id), words));
            }
        }
        page.tasks.sort_by_key(|task| (task.done, task.due));
        Ok(page)
    }

    /// Sets a task.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict` when nothing of that lesson is missing or the programme knows no such tasks; `Database`.
    pub async fn set_substitute(&self, new: NewSubstitute) -> Outcome<SubstituteId> {
        let read = self.services.database.read();
        let enrolment = self.services.enrolment(read, new.enrolment).await?;
        self.may(Action::TakeRoll, &enrolment.resource())?;
        let record = self.services.record(read, &enrolment).await?;
        if !allows(&enrolment) || missing_of(&enrolment, &record, &new.lesson) <= Seconds::ZERO {
            return Err(Failure::Conflict);
        }
        let (actor, now) = (self.signed.actor.clone(), self.services.now());
        let id = SubstituteId(keys::ordered_id(now));
        let row = substitute_task::Model {
            id: id.0,
            enrolment_id: enrolment.id.0,
            lesson_id: new.lesson.0,
            task: new.task,
            due_on: new.due.to_string(),
            set_at: now.0,
            set_by: actor.person.0,
        };
        let detail = json!({ "enrolment": enrolment.id, "lesson": row.lesson_id });
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    query::insert(t, row).await?;
                    audit::append(t, now, Some(&actor), Event::new("substitute.set", format!("substitute/{id}"), detail)).await
                })
            })
            .await?;
        Ok(id)
    }

    async fn substitute(&self, id: SubstituteId) -> Outcome<(substitute_task::Model, Enrolment)> {
        let read = self.services.database.read();
        let task = substitute_task::Entity::find_by_id(id.0).one(read).await?.ok_or(Failure::NotFound)?;
        let enrolment = self.services.enrolment(read, EnrolmentId(task.enrolment_id)).await?;
        self.may(Action::TakeRoll, &enrolment.resource())?;
        Ok((task, enrolment))
    }

    /// One task.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn substitute_page(&self, id: SubstituteId, t: Texts) -> Outcome<SubstitutePage> {
        self.may(Action::TakeRoll, &Resource::List)?;
        let (task, enrolment) = self.substitute(id).await?;
        let read = self.services.database.read();
        let record = self.services.record(read, &enrolment).await?;
        let done = match substitute_done::Entity::find_by_id(id.0).one(read).await? {
            Some(done) => Some(stated(read, done).await?),
            None => None,
        };
        Ok(SubstitutePage {
            row: row(&enrolment, &task, done.is_some(), t)?,
            missing: missing_of(&enrolment, &record, &LessonId(task.lesson_id)),
            task: task.task,
            set_at: local(Instant(task.set_at), LIMA),
            done,
        })
    }

    /// Confirms that a task is done, and credits it.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict` when it is confirmed already; `Invalid` from `words` when it counts nothing as stated; `Database`.
    pub async fn confirm_substitute(&self, id: SubstituteId, done: Done, words: impl Fn(SubstituteFault) -> String) -> Outcome<()> {
        self.may(Action::TakeRoll, &Resource::List)?;
        let (task, enrolment) = self.substitute(id).await?;
        let (from, to) = (instant(done.worked.0, LIMA), instant(done.worked.1, LIMA));
        let stated = Interval::new(from, to).ok_or(Failure::BadRequest("interval"))?;
        let confirming = Confirming {
            services: self.services.clone(),
            actor: self.signed.actor.clone(),
            now: self.services.now(),
            enrolment,
            task,
            stated,
            note: done.note,
        };
        let written = self.services.database.write(move |t| Box::pin(async move { confirming.write(t).await })).await;
        match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(fault)) => Err(Failure::field("from", words(fault))),
            Err(failure) if failure.is_duplicate() => Err(Failure::Conflict),
            Err(failure) => Err(failure),
        }
    }
}

impl Services {
    /// The tasks of these trainees.
    async fn tasks_of(&self, studies: &[(Enrolment, Record)], t: Texts) -> Outcome<Vec<SubstituteRow>> {
        let read = self.database.read();
        let ids: Vec<_> = studies.iter().map(|(e, _)| e.id.0).collect();
        let tasks = substitute_task::Entity::find().filter(substitute_task::Column::EnrolmentId.is_in(ids)).all(read).await?;
        let done = substitute_done::Entity::find().filter(substitute_done::Column::TaskId.is_in(tasks.iter().map(|task| task.id)));
        let done: BTreeSet<_> = done.all(read).await?.into_iter().map(|d| d.task_id).collect();
        let of = |task: &substitute_task::Model| {
            let (enrolment, _) = studies.iter().find(|(e, _)| e.id.0 == task.enrolment_id)?;
            Some(row(enrolment, task, done.contains(&task.id), t))
        };
        tasks.iter().filter_map(of).collect()
    }
}

/// The work as the judge stated it, the note, and when it was confirmed.
async fn stated<C: ConnectionTrait>(
    connection: &C,
    done: substitute_done::Model,
) -> Outcome<(NaiveDateTime, NaiveDateTime, String, NaiveDateTime)> {
    let work = meeting::Entity::find_by_id(done.meeting_id).one(connection).await?;
    let work = work.ok_or(Failure::Inconsistent { table: "substitute_done", column: "meeting_id" })?;
    let at = |millis| local(Instant(millis), LIMA);
    Ok((at(work.starts_at), at(work.ends_at), done.note, at(done.at)))
}

fn row(enrolment: &Enrolment, task: &substitute_task::Model, done: bool, t: Texts) -> Outcome<SubstituteRow> {
    Ok(SubstituteRow {
        id: SubstituteId(task.id),
        name: enrolment.name.clone(),
        lesson: lesson_title(&enrolment.programme, &task.lesson_id, t),
        due: task.due_on.parse().map_err(|_| Failure::Inconsistent { table: "substitute_task", column: "due_on" })?,
        done,
    })
}
