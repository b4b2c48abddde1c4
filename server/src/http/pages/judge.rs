//! The judge's pages: grading and sessions.

use super::{Answer, head, id, refused, status, with_errors};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::Fields;
use crate::http::render::{page, see_other};
use crate::services::grading::Graded;
use crate::services::meetings::{NewMeeting, Presence};
use app::features::form::FormState;
use app::pages::judge;
use app::texts::Texts;
use app::ui::frame::{Head, Menu};
use axum::extract::Path;
use axum::http::StatusCode;
use chrono::{NaiveDate, NaiveTime};
use domain::assessment::rubric::{RubricMark, RubricProblem};
use domain::ids::{EnrolmentId, MeetingId, TaskId};
use std::collections::BTreeMap;

/// `GET /grading`.
pub async fn grading(context: Context) -> Answer {
    let model = context.acting()?.grading_home().await?;
    let form = FormState::default();
    Ok(page(&context, StatusCode::OK, &head(context.texts.frame_grading(), Menu::Judge), |t| judge::grading_home(t, &model, &form)))
}

/// `POST /grading`: takes the next task.
pub async fn next(context: Context, _fields: Fields) -> Answer {
    match context.acting()?.next_task().await {
        Ok(task) => Ok(see_other(&format!("/grading/{task}"))),
        Err(Failure::NotFound) => Ok(see_other("/grading")),
        Err(other) => Err(other),
    }
}

async fn show_task(context: &Context, task: TaskId, form: &FormState, conflict: Option<String>) -> Answer {
    let t = context.texts;
    let mut model = context.acting()?.grading_task(task, t).await?;
    model.conflict = conflict;
    let head = Head { back: Some(("/grading".to_owned(), t.frame_grading().to_owned())), ..head(&model.code, Menu::Judge) };
    let code = if model.conflict.is_some() { StatusCode::CONFLICT } else { status(form) };
    Ok(page(context, code, &head, |t| judge::grading_task(t, &model, form)))
}

/// `GET /grading/{task}`.
pub async fn task(context: Context, Path(task): Path<String>) -> Answer {
    show_task(&context, id(&task)?, &FormState::default(), None).await
}

/// `POST /grading/{task}`: saves, finishes or returns.
pub async fn mark(context: Context, Path(task): Path<String>, fields: Fields) -> Answer {
    let task: TaskId = id(&task)?;
    let acting = context.acting()?;
    let action = fields.one("action")?;
    if action == "identifies" {
        acting.return_task(task).await?;
        return Ok(see_other("/grading"));
    }
    let version = fields.one("version")?.parse().map_err(|_| Failure::BadRequest("version"))?;
    match acting.save_mark(task, given(&fields)?, version, action == "finish").await? {
        Graded::Finished => match acting.next_task().await {
            Ok(next) => Ok(see_other(&format!("/grading/{next}"))),
            Err(Failure::NotFound) => Ok(see_other("/grading")),
            Err(other) => Err(other),
        },
        Graded::Draft => Ok(see_other(&format!("/grading/{task}"))),
        Graded::Returned => Ok(see_other("/grading")),
        Graded::Incomplete(problems) => {
            let mut form = fields.typed(&["version"]);
            for problem in problems {
                let (field, message) = problem_words(&problem, context.texts);
                form.refuse(&field, message);
            }
            show_task(&context, task, &form, None).await
        }
        Graded::Newer(comment) => show_task(&context, task, &fields.typed(&["version"]), Some(comment)).await,
    }
}

fn given(fields: &Fields) -> Outcome<RubricMark> {
    let mut mark = RubricMark { comment: fields.one("comment")?.to_owned(), ..RubricMark::default() };
    for (name, value) in fields.pairs() {
        if let Some(criterion) = name.strip_prefix("r-") {
            mark.levels.insert(criterion.to_owned(), value.parse().map_err(|_| Failure::BadRequest("level"))?);
        } else if let Some(line) = name.strip_prefix("k-") {
            mark.critical.insert(line.to_owned(), value == "yes");
        }
    }
    Ok(mark)
}

fn problem_words(problem: &RubricProblem, t: Texts) -> (String, String) {
    match problem {
        RubricProblem::MissingLevel { criterion }
        | RubricProblem::UnknownLevel { criterion, .. }
        | RubricProblem::UnknownCriterion { criterion } => (format!("r-{criterion}"), t.grading_choose_level().to_owned()),
        RubricProblem::UndecidedLine { line } | RubricProblem::UnknownLine { line } => {
            (format!("k-{line}"), t.grading_choose_line().to_owned())
        }
        RubricProblem::NoRubric | RubricProblem::Overflow => (String::new(), t.grading_choose_level().to_owned()),
    }
}

/// `GET /meetings`.
pub async fn meetings(context: Context) -> Answer {
    show_meetings(&context, &FormState::default()).await
}

async fn show_meetings(context: &Context, form: &FormState) -> Answer {
    let model = context.acting()?.meetings(context.texts).await?;
    Ok(page(context, status(form), &head(context.texts.frame_sessions(), Menu::Judge), |t| judge::meetings(t, &model, form)))
}

/// `POST /meetings`: plans a session.
pub async fn plan(context: Context, fields: Fields) -> Answer {
    let t = context.texts;
    let mut form = fields.typed(&[]);
    let date = fields.one("date")?.parse::<NaiveDate>();
    let time = NaiveTime::parse_from_str(fields.one("time")?, "%H:%M");
    let cohort = fields.one("cohort")?.parse();
    let place = fields.one("place")?.trim().to_owned();
    if date.is_err() {
        form.refuse("date", t.meetings_date_wrong());
    }
    if time.is_err() {
        form.refuse("time", t.meetings_time_wrong());
    }
    if cohort.is_err() {
        form.refuse("cohort", t.meetings_cohort_missing());
    }
    if place.is_empty() {
        form.refuse("place", t.meetings_place_missing());
    }
    let (Ok(date), Ok(time), Ok(cohort), true) = (date, time, cohort, form.errors.is_empty()) else {
        return show_meetings(&context, &form).await;
    };
    let lessons = fields.all("lesson").map(Into::into).collect();
    let new = NewMeeting { cohort, place, starts: date.and_time(time), lessons };
    let planned = context.acting()?.plan_meeting(new, t.meetings_default_title().to_owned(), t.meetings_lesson_missing().to_owned()).await;
    match refused(planned)? {
        Ok(meeting) => Ok(see_other(&format!("/meetings/{meeting}"))),
        Err(errors) => show_meetings(&context, &with_errors(form, errors)).await,
    }
}

async fn show_roll(context: &Context, meeting: MeetingId, form: &FormState) -> Answer {
    let t = context.texts;
    let model = context.acting()?.roll(meeting, t).await?;
    let head = Head { back: Some(("/meetings".to_owned(), t.frame_sessions().to_owned())), ..head(t.roll_tab(), Menu::Judge) };
    Ok(page(context, status(form), &head, |t| judge::roll(t, &model, form)))
}

/// `GET /meetings/{id}`.
pub async fn roll(context: Context, Path(meeting): Path<String>) -> Answer {
    show_roll(&context, id(&meeting)?, &FormState::default()).await
}

/// `POST /meetings/{id}`: saves or confirms the roll.
pub async fn save_roll(context: Context, Path(meeting): Path<String>, fields: Fields) -> Answer {
    let meeting: MeetingId = id(&meeting)?;
    let acting = context.acting()?;
    let model = acting.roll(meeting, context.texts).await?;
    let mut form = fields.typed(&[]);
    let mut presences: BTreeMap<EnrolmentId, Presence> = BTreeMap::new();
    for row in &model.rows {
        let name = row.enrolment;
        let present = !fields.one(&format!("present-{name}"))?.is_empty();
        let time = |side: &str| -> Outcome<Option<NaiveTime>> {
            Ok(NaiveTime::parse_from_str(fields.one(&format!("{side}-{name}"))?, "%H:%M").ok())
        };
        let times = time("from")?.zip(time("to")?).filter(|(from, to)| from < to);
        if present && times.is_none() {
            form.refuse(&format!("from-{name}"), context.texts.roll_times_wrong());
        }
        presences.insert(row.enrolment, times.filter(|_| present));
    }
    if !form.errors.is_empty() {
        return show_roll(&context, meeting, &form).await;
    }
    let confirm = fields.one("action")? == "confirm";
    if let Err(early) = refused(acting.save_roll(meeting, presences, confirm, context.texts.roll_early()).await)? {
        return show_roll(&context, meeting, &with_errors(form, early)).await;
    }
    Ok(see_other(&format!("/meetings/{meeting}")))
}
