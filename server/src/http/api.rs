//! The islands' server functions: the port of whoever is signed in, and JSON refusals with the right status.

use super::context::{Context, State};
use crate::failure::{Failure, Outcome};
use crate::services::assessment::answers::{Given, Saved};
use app::features::assessment::api::{AnswerReceipt, SentAnswer};
use app::features::error::AppError;
use app::features::study::api::{StudyBatch, StudyReceipt};
use app::pages::trainee;
use app::ports::{Port, Reply, StatusOf};
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts as _, Request, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::LessonId;
use domain::time::Seconds;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{ResponseOptions, handle_server_fns_with_context};
use std::sync::Arc;

/// `POST /api/…`.
pub async fn serve(Extract(state): Extract<State>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let context = match Context::from_request_parts(&mut parts, &state).await {
        Ok(context) => Arc::new(context),
        Err(failure) => return failure.into_response(),
    };
    let provide = move || {
        if context.signed.is_some() {
            provide_context::<Arc<dyn Port>>(Arc::new(Signed(context.clone())));
        }
        provide_context(StatusOf(Arc::new(|error| {
            if let Some(options) = use_context::<ResponseOptions>() {
                options.set_status(status(error));
            }
        })));
    };
    let response = handle_server_fns_with_context(provide, Request::from_parts(parts, Body::new(body))).await.into_response();
    malformed(response).await
}

/// Largest answer of a server function, in bytes.
const LARGEST_ANSWER: usize = 64 * 1024;

/// Arguments that cannot be read never reach the port: Leptos 0.8 answers 500 for them, although the fault is not ours.
async fn malformed(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_ANSWER).await else { return parts.status.into_response() };
    if let Ok(error) = serde_json::from_slice::<AppError>(&bytes) {
        parts.status = status(&error);
    }
    Response::from_parts(parts, Body::from(bytes))
}

const fn status(error: &AppError) -> StatusCode {
    match error {
        AppError::Unauthenticated => StatusCode::UNAUTHORIZED,
        AppError::Forbidden => StatusCode::FORBIDDEN,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Conflict(_) | AppError::Late => StatusCode::CONFLICT,
        AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::Internal(_) | AppError::Transport(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<Failure> for AppError {
    fn from(failure: Failure) -> Self {
        let incident = failure.incident();
        match failure {
            Failure::Unauthenticated => Self::Unauthenticated,
            Failure::Forbidden(_) | Failure::NoSecretYet => Self::Forbidden,
            Failure::NotFound => Self::NotFound,
            Failure::Conflict => Self::Conflict(0),
            Failure::BadRequest(what) => Self::Invalid(what.to_owned()),
            Failure::Invalid(_) | Failure::ContentType | Failure::TooLarge | Failure::TooMany => Self::Invalid(failure.to_string()),
            Failure::Database(_) | Failure::Inconsistent { .. } | Failure::Internal(_) => Self::Internal(incident.unwrap_or_default()),
        }
    }
}

/// The port of one signed-in request.
struct Signed(Arc<Context>);

impl Port for Signed {
    fn report_study(&self, batch: StudyBatch) -> Reply<StudyReceipt> {
        let context = self.0.clone();
        Box::pin(async move { Ok(report(&context, batch).await?) })
    }

    fn save_answer(&self, answer: SentAnswer) -> Reply<AnswerReceipt> {
        let context = self.0.clone();
        Box::pin(async move {
            match save(&context, answer).await? {
                Saved::Stored { version, at } => Ok(AnswerReceipt { version, line: trainee::attempt::saved_line(context.texts, at) }),
                Saved::Newer { version } => Err(AppError::Conflict(version)),
                Saved::Late | Saved::Closed => Err(AppError::Late),
            }
        })
    }
}

async fn report(context: &Context, batch: StudyBatch) -> Outcome<StudyReceipt> {
    let acting = context.acting()?;
    let lesson = acting.lesson_of(&batch.token)?;
    let design = design(context, &lesson).await?;
    let texts = context.texts;
    acting.report_study(batch, move |studied| trainee::lesson::studied_line(texts, studied, design)).await
}

async fn design(context: &Context, lesson: &LessonId) -> Outcome<Seconds> {
    let programmes = context.services().catalogue.programmes();
    Ok(programmes.iter().find_map(|(_, p)| p.lesson(lesson).map(|(_, l)| l.design())).unwrap_or_default())
}

async fn save(context: &Context, sent: SentAnswer) -> Outcome<Saved> {
    let given = Given {
        attempt: sent.attempt,
        item: usize::try_from(sent.item).map_err(|_| Failure::NotFound)?,
        version: sent.version,
        options: sent.options,
        text: sent.text,
        flagged: sent.flagged,
    };
    context.acting()?.save_answer(given).await
}
