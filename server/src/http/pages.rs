//! The pages of each role: load the model, render it; a form that is refused shows the same page again with what was typed.

pub mod account;
pub mod admin;
pub mod auditor;
pub mod author;
pub mod judge;
pub mod meetings;
pub mod public;
pub mod sign_in;
pub mod staff;
pub mod substitutes;
pub mod totals;
pub mod trainee;

use crate::failure::{Failure, Outcome};
use crate::http::sheets;
use app::features::form::FormState;
use app::ui::frame::{Head, Menu};
use axum::http::StatusCode;
use axum::response::Response;

/// An answer, or why there is none.
pub type Answer = Result<Response, Failure>;

/// A head without islands.
#[must_use]
pub fn head(title: impl Into<String>, menu: Menu) -> Head {
    Head { title: title.into(), menu, noindex: true, ..Head::default() }
}

/// Splits a refusal that belongs into the form from one that does not.
///
/// # Errors
/// Every failure but `Invalid`.
pub fn refused<T>(outcome: Outcome<T>) -> Result<Result<T, FormState>, Failure> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Invalid(form)) => Ok(Err(*form)),
        Err(other) => Err(other),
    }
}

/// What was typed together with what is wrong.
#[must_use]
pub fn with_errors(mut typed: FormState, refused: FormState) -> FormState {
    typed.errors.extend(refused.errors);
    typed
}

/// 200 for a fresh page, 422 for one with messages.
#[must_use]
pub fn status(form: &FormState) -> StatusCode {
    if form.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// A PDF to be kept under a name.
#[must_use]
pub fn pdf(name: &str, bytes: Vec<u8>) -> Response {
    sheets::file(&format!("{name}.pdf"), "application/pdf", bytes)
}

/// An id in a path.
///
/// # Errors
/// `NotFound` for what cannot be one.
pub fn id<T: std::str::FromStr>(text: &str) -> Outcome<T> {
    text.parse().map_err(|_| Failure::NotFound)
}
