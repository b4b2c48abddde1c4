//! The judge's pages of substitute tasks.

use super::{Answer, head, id, refused, status, with_errors};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::Fields;
use crate::http::render::{page, see_other};
use crate::services::meetings::substitutes::{Done, NewSubstitute};
use crate::services::people::today;
use app::features::form::FormState;
use app::pages::judge;
use app::texts::Texts;
use app::ui::frame::{Head, Menu};
use axum::extract::Path;
use chrono::{NaiveDate, NaiveTime};
use domain::hours::attendance::SubstituteFault;
use domain::ids::{EnrolmentId, LessonId, SubstituteId};

/// Longest task or note, in characters.
const LONGEST: usize = 1000;

/// `GET /substitutes`.
pub async fn list(context: Context) -> Answer {
    show_list(&context, &FormState::default()).await
}

async fn show_list(context: &Context, form: &FormState) -> Answer {
    let t = context.texts;
    let model = context.acting()?.substitutes(t).await?;
    let head = Head { back: Some(("/meetings".to_owned(), t.frame_sessions().to_owned())), ..head(t.substitutes_title(), Menu::Judge) };
    Ok(page(context, status(form), &head, |t| judge::substitutes(t, &model, form)))
}

/// Text that is there and not too long.
fn text(fields: &Fields, name: &str, form: &mut FormState, words: &str) -> Outcome<String> {
    let typed = fields.one(name)?.trim().to_owned();
    if typed.is_empty() || typed.chars().count() > LONGEST {
        form.refuse(name, words);
    }
    Ok(typed)
}

/// `POST /substitutes`: sets a task.
pub async fn set(context: Context, fields: Fields) -> Answer {
    let t = context.texts;
    let mut form = fields.typed(&[]);
    let whose = fields.one("missing")?.split_once(' ');
    let whose = whose.and_then(|(enrolment, lesson)| Some((enrolment.parse::<EnrolmentId>().ok()?, LessonId::from(lesson))));
    if whose.is_none() {
        form.refuse("missing", t.substitutes_missing_missing());
    }
    let task = text(&fields, "task", &mut form, t.substitutes_task_missing())?;
    let due = fields.one("due")?.parse::<NaiveDate>().ok().filter(|day| *day >= today(context.services()));
    if due.is_none() {
        form.refuse("due", t.substitutes_due_wrong());
    }
    let (Some((enrolment, lesson)), Some(due), true) = (whose, due, form.errors.is_empty()) else {
        return show_list(&context, &form).await;
    };
    match context.acting()?.set_substitute(NewSubstitute { enrolment, lesson, task, due }).await {
        Ok(task) => Ok(see_other(&format!("/substitutes/{task}"))),
        Err(Failure::Conflict) => {
            form.refuse("missing", t.substitutes_nothing());
            show_list(&context, &form).await
        }
        Err(other) => Err(other),
    }
}

/// `GET /substitutes/{id}`.
pub async fn one(context: Context, Path(task): Path<String>) -> Answer {
    show_one(&context, id(&task)?, &FormState::default()).await
}

async fn show_one(context: &Context, task: SubstituteId, form: &FormState) -> Answer {
    let t = context.texts;
    let model = context.acting()?.substitute_page(task, t).await?;
    let head = Head { back: Some(("/substitutes".to_owned(), t.substitutes_title().to_owned())), ..head(t.substitute_tab(), Menu::Judge) };
    Ok(page(context, status(form), &head, |t| judge::substitute(t, &model, form)))
}

/// `POST /substitutes/{id}`: confirms that it is done.
pub async fn confirm(context: Context, Path(task): Path<String>, fields: Fields) -> Answer {
    let t = context.texts;
    let task: SubstituteId = id(&task)?;
    let mut form = fields.typed(&[]);
    let date = fields.one("date")?.parse::<NaiveDate>();
    if date.is_err() {
        form.refuse("date", t.meetings_date_wrong());
    }
    let time = |name: &str| -> Outcome<Option<NaiveTime>> { Ok(NaiveTime::parse_from_str(fields.one(name)?, "%H:%M").ok()) };
    let times = time("from")?.zip(time("to")?).filter(|(from, to)| from < to);
    if times.is_none() {
        form.refuse("from", t.roll_times_wrong());
    }
    let note = text(&fields, "note", &mut form, t.substitute_note_missing())?;
    let (Ok(date), Some((from, to)), true) = (date, times, form.errors.is_empty()) else {
        return show_one(&context, task, &form).await;
    };
    let done = Done { worked: (date.and_time(from), date.and_time(to)), note };
    match refused(context.acting()?.confirm_substitute(task, done, |fault| fault_words(fault, t).to_owned()).await)? {
        Ok(()) => Ok(see_other(&format!("/substitutes/{task}"))),
        Err(errors) => show_one(&context, task, &with_errors(form, errors)).await,
    }
}

fn fault_words(fault: SubstituteFault, t: Texts) -> &'static str {
    match fault {
        SubstituteFault::BeforeSet => t.substitute_before(),
        SubstituteFault::InFuture => t.substitute_future(),
        SubstituteFault::Overlaps => t.substitute_overlaps(),
        SubstituteFault::NothingMissing => t.substitutes_nothing(),
    }
}
