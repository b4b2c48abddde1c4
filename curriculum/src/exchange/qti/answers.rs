//! Text entries that ask for words.

use super::FEEDBACK;
use super::declaration::{Declaration, Feedbacks};
use crate::exchange::model::{Answer, Body};
use crate::exchange::report::Flaw;

/// The name under which the feedback of an answer is found; `place` counts from 1.
pub(super) fn feedback_name(place: usize) -> String {
    format!("answer-{place}")
}

/// The short answer question of a text entry.
pub(super) fn body(declared: &Declaration, feedbacks: &mut Feedbacks) -> Result<Body, Flaw> {
    let accepted: Vec<_> = match &declared.mapping {
        Some(mapping) => mapping.entries.iter().map(|(text, weight)| (text.clone(), Some(*weight))).collect(),
        None => declared.correct.iter().map(|text| (text.clone(), None)).collect(),
    };
    if accepted.is_empty() {
        return Err(Flaw::NoAnswers);
    }
    let answers = (1..).zip(accepted).map(|(place, (text, weight))| Answer {
        text: crate::exchange::text::trim(&text).to_owned(),
        weight,
        feedback: feedbacks.take(FEEDBACK, &feedback_name(place)),
    });
    Ok(Body::ShortAnswer(answers.collect()))
}
