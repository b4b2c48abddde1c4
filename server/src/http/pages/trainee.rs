//! The trainee's pages.

pub mod hours;

use super::{Answer, head, id, pdf, status};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::Fields;
use crate::http::render::{page, see_other};
use crate::services::assessment::answers::{Given, Saved};
use crate::services::assessment::start::Started;
use crate::services::study::checkpoint::Answered;
use crate::services::study::pages::{Look, part_address};
use crate::services::study::scenario::Choice;
use app::features::form::FormState;
use app::pages::trainee;
use app::ui::frame::{Head, Menu};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use domain::ids::{AttemptId, LessonId};

/// `GET /home`.
pub async fn home(context: Context) -> Answer {
    let model = context.acting()?.trainee_home(context.texts).await?;
    Ok(page(&context, StatusCode::OK, &head(context.texts.frame_start(), Menu::Trainee), |t| trainee::home::home(t, &model)))
}

/// `GET /course`.
pub async fn course(context: Context) -> Answer {
    let model = context.acting()?.course(context.texts).await?;
    Ok(page(&context, StatusCode::OK, &head(context.texts.frame_course(), Menu::Trainee), |t| trainee::course::course(t, &model)))
}

/// A part's position from its number in the address.
fn position(part: &str) -> Result<usize, Failure> {
    part.parse::<usize>().ok().and_then(|p| p.checked_sub(1)).ok_or(Failure::NotFound)
}

/// `GET /course/{lesson}/{part}`. Writes nothing.
pub async fn lesson(context: Context, Path((lesson, part)): Path<(String, String)>, RawQuery(query): RawQuery) -> Answer {
    let t = context.texts;
    let chosen = query.as_deref().and_then(|q| q.strip_prefix("case=")).map(Choice::parse).transpose()?;
    let answered = (query.as_deref() == Some("confirmed")).then(|| t.lesson_check_confirmed().to_owned());
    let look = Look { answered, chosen: chosen.as_ref(), newest: query.as_deref() == Some("text=new") };
    show_part(&context, &lesson, position(&part)?, look, &FormState::default()).await
}

async fn show_part(context: &Context, lesson: &str, part: usize, look: Look<'_>, form: &FormState) -> Answer {
    let t = context.texts;
    let model = context.acting()?.lesson_part(t, lesson, part, look).await?;
    let head = Head {
        title: t.lesson_tab(&model.number, part + 1),
        back: Some(("/course".to_owned(), t.lesson_back(&model.module))),
        island: model.clock.is_some(),
        noindex: true,
        menu: Menu::None,
        refresh: None,
    };
    Ok(page(context, status(form), &head, |t| trainee::lesson::lesson(t, &model, form)))
}

/// `POST /course/{lesson}/{part}`: "Continuar", or an answer to the checkpoint.
pub async fn study(context: Context, Path((lesson, part)): Path<(String, String)>, fields: Fields) -> Answer {
    context.acting()?;
    let at = position(&part)?;
    match fields.one("action")? {
        "continue" => go_on(&context, &lesson, at, &fields).await,
        "check" => answer_check(&context, &lesson, at, &fields).await,
        _ => Err(Failure::BadRequest("action")),
    }
}

async fn go_on(context: &Context, lesson: &str, at: usize, fields: &Fields) -> Answer {
    let acting = context.acting()?;
    acting.continue_reading(fields.one("token")?).await?;
    let (enrolment, record) = acting.my_study().await?;
    let id = LessonId::from(lesson);
    let (_, known) = enrolment.programme.lesson(&id).ok_or(Failure::NotFound)?;
    let has_check = known.parts.get(at).is_some_and(|p| p.checkpoint.is_some());
    let passed = known.stretch_of_part(at).is_none_or(|s| record.stretch(&id, s.index).passed.is_some());
    let next = if has_check && !passed {
        format!("{}#control", part_address(&id, at))
    } else if at + 1 < known.parts.len() {
        part_address(&id, at + 1)
    } else {
        "/home".to_owned()
    };
    Ok(see_other(&next))
}

async fn answer_check(context: &Context, lesson: &str, at: usize, fields: &Fields) -> Answer {
    let t = context.texts;
    let acting = context.acting()?;
    let enrolment = acting.my_enrolment().await?;
    let id = LessonId::from(lesson);
    let programme = enrolment.programme.clone();
    let (_, known) = programme.lesson(&id).ok_or(Failure::NotFound)?;
    let Ok(option) = fields.one("option")?.parse::<usize>() else {
        let mut form = fields.typed(&[]);
        form.refuse("option", t.lesson_check_choose());
        return show_part(context, lesson, at, Look::default(), &form).await;
    };
    match acting.answer_checkpoint(enrolment, known, at, fields.one("question")?, option).await? {
        Answered::Right => Ok(see_other(&format!("{}?confirmed#control", part_address(&id, at)))),
        Answered::Wrong => Ok(see_other(&format!("{}#control", part_address(&id, at)))),
        Answered::NotNow => {
            let mut form = FormState::default();
            form.refuse("", t.lesson_check_not_now());
            show_part(context, lesson, at, Look::default(), &form).await
        }
    }
}

/// `GET /evaluations`.
pub async fn evaluations(context: Context) -> Answer {
    show_evaluations(&context, &FormState::default()).await
}

async fn show_evaluations(context: &Context, form: &FormState) -> Answer {
    let model = context.acting()?.evaluations(context.texts).await?;
    Ok(page(context, status(form), &head(context.texts.frame_evaluations(), Menu::Trainee), |t| {
        trainee::evaluations::evaluations(t, &model, form)
    }))
}

/// `POST /evaluations/{id}`: starts an attempt, or leads back to the open one.
pub async fn start(context: Context, Path(evaluation): Path<String>, _fields: Fields) -> Answer {
    match context.acting()?.start_attempt(&evaluation, context.texts).await? {
        Started::Attempt(attempt) => Ok(see_other(&format!("/attempts/{attempt}/1"))),
        Started::Refused(_) => {
            let mut form = FormState::default();
            form.refuse("", context.texts.evaluations_not_now());
            show_evaluations(&context, &form).await
        }
    }
}

/// `GET /attempts/{id}/{n}`; a closed attempt leads to its result.
pub async fn item(context: Context, Path((attempt, number)): Path<(String, String)>) -> Answer {
    show_item(&context, id(&attempt)?, position(&number)?, &FormState::default()).await
}

async fn show_item(context: &Context, attempt: AttemptId, at: usize, form: &FormState) -> Answer {
    let t = context.texts;
    let model = match context.acting()?.attempt_item(attempt, at, t).await {
        Err(Failure::Conflict) => return Ok(see_other(&format!("/attempts/{attempt}/result"))),
        other => other?,
    };
    let head = Head {
        title: t.attempt_tab(at + 1),
        back: Some(("/evaluations".to_owned(), t.attempt_leave().to_owned())),
        island: true,
        noindex: true,
        menu: Menu::None,
        refresh: None,
    };
    Ok(page(context, status(form), &head, |t| trainee::attempt::attempt(t, &model, form)))
}

/// What the form of an item says. Also in the preview of who writes the question.
///
/// # Errors
/// `BadRequest` for a repeated field.
pub(super) fn given(fields: &Fields, attempt: AttemptId, item: usize, version: i64) -> Outcome<Given> {
    Ok(Given {
        attempt,
        item,
        version,
        options: fields.all("option").map(str::to_owned).collect(),
        text: Some(fields.one("text")?.to_owned()).filter(|text| !text.is_empty()),
        flagged: !fields.one("flag")?.is_empty(),
    })
}

/// `POST /attempts/{id}/{n}`: saves the answer and goes on.
pub async fn answer(context: Context, Path((attempt, number)): Path<(String, String)>, fields: Fields) -> Answer {
    let acting = context.acting()?;
    let (attempt, at) = (id::<AttemptId>(&attempt)?, position(&number)?);
    let t = context.texts;
    let version = fields.one("version")?.parse().map_err(|_| Failure::BadRequest("version"))?;
    let saved = acting.save_answer(given(&fields, attempt, at, version)?).await?;
    match saved {
        Saved::Stored { .. } => {}
        Saved::Newer { .. } => {
            let mut form = fields.typed(&["version"]);
            form.refuse("", t.attempt_newer());
            return show_item(&context, attempt, at, &form).await;
        }
        // Its time is over: the result says how many answers came late.
        Saved::Late | Saved::Closed => return Ok(see_other(&format!("/attempts/{attempt}/result"))),
    }
    let sitting = acting.own_sitting(attempt).await?;
    if let Some(sentence) = context.services().doubt(&sitting, at, t).await? {
        let mut form = fields.typed(&["version"]);
        form.refuse(if fields.all("option").next().is_some() { "option" } else { "text" }, sentence);
        return show_item(&context, attempt, at, &form).await;
    }
    let last = sitting.paper.items.len() <= at + 1;
    let next = if fields.one("go")? == "review" || last { "review".to_owned() } else { (at + 2).to_string() };
    Ok(see_other(&format!("/attempts/{attempt}/{next}")))
}

/// `GET /attempts/{id}/review`.
pub async fn review(context: Context, Path(attempt): Path<String>) -> Answer {
    let t = context.texts;
    let attempt: AttemptId = id(&attempt)?;
    let model = match context.acting()?.attempt_review(attempt, t).await {
        Err(Failure::Conflict) => return Ok(see_other(&format!("/attempts/{attempt}/result"))),
        other => other?,
    };
    let head = Head { back: Some((format!("/attempts/{attempt}/1"), t.attempt_back().to_owned())), ..head(t.review_tab(), Menu::None) };
    Ok(page(&context, StatusCode::OK, &head, |t| trainee::review::review(t, &model, &FormState::default())))
}

/// `POST /attempts/{id}/review`: hands in.
pub async fn submit(context: Context, Path(attempt): Path<String>, _fields: Fields) -> Answer {
    let attempt: AttemptId = id(&attempt)?;
    context.acting()?.submit(attempt).await?;
    Ok(see_other(&format!("/attempts/{attempt}/result")))
}

/// `GET /attempts/{id}/result`.
pub async fn result(context: Context, Path(attempt): Path<String>) -> Answer {
    let model = context.acting()?.result_page(id(&attempt)?, context.texts).await?;
    Ok(page(&context, StatusCode::OK, &head(context.texts.result_tab(), Menu::Trainee), |t| trainee::result::result(t, &model)))
}

/// `GET /certificate`.
pub async fn certificate(context: Context) -> Answer {
    let model = context.acting()?.certificate_page(context.texts).await?;
    Ok(page(&context, StatusCode::OK, &head(context.texts.frame_certificate(), Menu::Trainee), |t| {
        trainee::certificate::certificate(t, &model)
    }))
}

/// `GET /certificate/{number}/{kind}.pdf`: the stored file.
pub async fn file(context: Context, Path((number, kind)): Path<(String, String)>) -> Answer {
    let accessible = match kind.as_str() {
        "archive.pdf" => false,
        "accessible.pdf" => true,
        _ => return Err(Failure::NotFound),
    };
    let bytes = context.acting()?.certificate_file(&number, accessible).await?;
    Ok(pdf(&number, bytes))
}
