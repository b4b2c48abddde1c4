//! What the islands ask of the server; the server supplies it, already tied to the person who asks.

use crate::features::assessment::api::{AnswerReceipt, SentAnswer};
use crate::features::error::AppError;
use crate::features::study::api::{StudyBatch, StudyReceipt};
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// An answer on its way.
pub type Reply<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

/// The use-cases behind the islands' server functions, for one signed-in person.
pub trait Port: Send + Sync {
    /// Stores claims of study time.
    fn report_study(&self, batch: StudyBatch) -> Reply<StudyReceipt>;
    /// Saves one answer of an attempt.
    fn save_answer(&self, answer: SentAnswer) -> Reply<AnswerReceipt>;
}

/// Runs one use-case for the person who asks; without a session there is no port, so that signing in cannot be forgotten.
///
/// # Errors
/// `Unauthenticated` without a session, else what the use-case answers. Sets the status of the answer.
pub async fn serve<T>(call: impl FnOnce(Arc<dyn Port>) -> Reply<T>) -> Result<T, AppError> {
    let answer = match use_context::<Arc<dyn Port>>() {
        Some(port) => call(port).await,
        None => Err(AppError::Unauthenticated),
    };
    if let (Err(error), Some(status)) = (&answer, use_context::<StatusOf>()) {
        (status.0)(error);
    }
    answer
}

/// Sets the HTTP status that belongs to a refusal.
#[derive(Clone)]
pub struct StatusOf(pub Arc<dyn Fn(&AppError) + Send + Sync>);
