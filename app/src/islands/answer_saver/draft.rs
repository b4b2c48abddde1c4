//! Answers that the server does not have yet, one an item.

use crate::features::assessment::api::SentAnswer;
use crate::islands::shelf;
use domain::ids::AttemptId;

const PREFIX: &str = "orienta.answer.";

fn key(attempt: AttemptId, item: u32) -> String {
    format!("{PREFIX}{attempt}.{item}")
}

/// Keeps an answer until the server has it.
pub fn keep(answer: &SentAnswer) {
    shelf::set(&key(answer.attempt, answer.item), answer);
}

/// The server has it.
pub fn drop(attempt: AttemptId, item: u32) {
    shelf::remove(&key(attempt, item));
}

/// What waits of one item.
pub fn of(attempt: AttemptId, item: u32) -> Option<SentAnswer> {
    shelf::get(&key(attempt, item))
}

/// What waits of the attempt's other items.
pub fn others(attempt: AttemptId, item: u32) -> Vec<SentAnswer> {
    let waiting = shelf::keys(&format!("{PREFIX}{attempt}."));
    waiting.iter().filter_map(|key| shelf::get::<SentAnswer>(key)).filter(|answer| answer.item != item).collect()
}
