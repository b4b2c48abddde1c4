//! Pages for everybody.

use super::{Answer, head, status};
use crate::failure::Failure;
use crate::http::context::Context;
use crate::http::cookies;
use crate::http::fields::{self, Fields};
use crate::http::render::{local_path, page, see_other};
use app::features::certification::Verification;
use app::features::form::FormState;
use app::pages::public;
use app::ui::frame::{Head, Menu};
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderValue, StatusCode, header};
use domain::curriculum::Language;

/// `GET /`.
pub async fn landing(context: Context) -> Answer {
    let services = context.services().catalogue.help_lines();
    let head = Head { noindex: false, ..head(context.texts.frame_start(), Menu::Public) };
    Ok(page(&context, StatusCode::OK, &head, |t| public::landing(t, &services)))
}

/// `GET /help`.
pub async fn help(context: Context) -> Answer {
    let services = context.services().catalogue.services();
    let head = Head { noindex: false, ..head(context.texts.frame_lines(), Menu::Public) };
    Ok(page(&context, StatusCode::OK, &head, |t| public::help(t, &services)))
}

/// `GET /privacy`.
pub async fn privacy(context: Context) -> Answer {
    Ok(page(&context, StatusCode::OK, &head(context.texts.frame_privacy(), Menu::Public), public::privacy))
}

/// `GET /accessibility`.
pub async fn accessibility(context: Context) -> Answer {
    Ok(page(&context, StatusCode::OK, &head(context.texts.frame_accessibility(), Menu::Public), public::accessibility))
}

/// `GET /help/card`: one page to print and carry.
pub async fn help_card(context: Context) -> Answer {
    let card = context.services().catalogue.help_card(context.texts.language()).ok_or(Failure::NotFound)?;
    let head = Head { back: Some(("/help".to_owned(), context.texts.help_title().to_owned())), ..head(&card.title, Menu::Public) };
    Ok(page(&context, StatusCode::OK, &head, |_| public::help_card(&card.title, &card.html)))
}

/// `POST /language`: remembers the language on this device, and with the person who is signed in; returns.
pub async fn language(context: Context, fields: Fields) -> Answer {
    let chosen = Language::from_code(fields.one("language")?).ok_or(Failure::BadRequest("language"))?;
    if let Some(signed) = &context.signed {
        context.services().of(signed).set_language(chosen).await?;
    }
    let mut response = see_other(local_path(fields.one("next")?));
    response.headers_mut().extend(cookies::language(chosen).map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(response)
}

/// `GET /verify?q=…&surname=…`.
pub async fn verify(context: Context, RawQuery(query): RawQuery) -> Answer {
    let fields = fields::parse(query.as_deref().unwrap_or_default())?;
    let found = context.services().look_up(fields.one("q")?, fields.one("surname")?, context.texts).await?;
    Ok(verification(&context, &found, &fields.typed(&[])))
}

/// `GET /verify/{code}`.
pub async fn verify_code(context: Context, Path(code): Path<String>) -> Answer {
    let found = match context.services().look_up(&code, "", context.texts).await? {
        Verification::AskSurname { query } => Verification::AskSurname { query },
        Verification::Ask => Verification::Unknown { query: code },
        other => other,
    };
    Ok(verification(&context, &found, &FormState::default()))
}

fn verification(context: &Context, found: &Verification, form: &FormState) -> axum::response::Response {
    let code = match found {
        Verification::Unknown { .. } => StatusCode::NOT_FOUND,
        Verification::Ask | Verification::AskSurname { .. } | Verification::Found(_) => status(form),
    };
    let mut response = page(context, code, &head(public::verify_title(context.texts), Menu::Public), |t| public::verify(t, found, form));
    response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
