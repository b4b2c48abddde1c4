//! The judge's pages: grading.

use super::{Answer, head, id, status};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::Fields;
use crate::http::render::{page, see_other};
use crate::services::grading::Graded;
use app::features::form::FormState;
use app::pages::judge;
use app::texts::Texts;
use app::ui::frame::{Head, Menu};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::assessment::rubric::{RubricMark, RubricProblem};
use domain::ids::TaskId;

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

/// What a judge marked. Also in the preview of who writes the case.
///
/// # Errors
/// `BadRequest` for a level that is no number.
pub(super) fn given(fields: &Fields) -> Outcome<RubricMark> {
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
