//! What the answer saver tells the server.

use crate::features::error::AppError;
use domain::ids::AttemptId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

/// An answer to one item, as given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentAnswer {
    /// Which attempt.
    pub attempt: AttemptId,
    /// Position of the item, from 0.
    pub item: u32,
    /// Version on which this answer builds: that of the saved one, 0 for none.
    pub version: i64,
    /// Chosen options' values; one for each row where rows have fields of their own; empty for text or none.
    pub options: Vec<String>,
    /// Free text.
    pub text: Option<String>,
    /// Marked to look at again.
    pub flagged: bool,
}

/// The answer is durable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerReceipt {
    /// Version now stored.
    pub version: i64,
    /// "Guardado a las 10:42 a. m.", in her language.
    pub line: String,
}

/// Saves one answer.
/// **Who**: the trainee whose attempt it is, until the deadline and its grace.
///
/// # Errors
/// `Conflict` when a newer version is stored, `Late` after the deadline (the answer is kept as late), `Forbidden`, `Invalid`.
#[server(prefix = "/api", endpoint = "assessment/answer", input = Json, output = Json)]
pub async fn save_answer(answer: SentAnswer) -> Result<AnswerReceipt, AppError> {
    crate::ports::serve(|port| port.save_answer(answer)).await
}
