//! Evaluations as the curriculum describes them.

use super::{FeedbackPolicy, Localised};
use crate::ids::{EvaluationId, QuestionId};
use crate::time::Seconds;
use serde::{Deserialize, Serialize};

/// An evaluation: blueprint, limits, pass mark (evaluations.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Its text id.
    pub id: EvaluationId,
    /// Its title.
    pub title: Localised,
    /// Time limit.
    pub limit: Seconds,
    /// Whether the gate asks for it.
    pub graded: bool,
    /// Percent of the minutes of `offered_after` that have to be confirmed before it opens.
    pub offered_when: i64,
    /// Whose minutes.
    #[serde(default)]
    pub offered_after: OfferedAfter,
    /// What is drawn.
    pub draw: Vec<Draw>,
    /// Rubric-graded cases of which one is drawn; empty for none.
    pub cases: Vec<QuestionId>,
    /// How many attempts.
    pub attempts: u32,
    /// Wait between attempts.
    pub wait: Seconds,
    /// Pass mark in hundredths of the 0–20 scale.
    pub pass: u16,
    /// How late an answer may arrive.
    pub grace: Seconds,
    /// What is shown after it.
    pub feedback: FeedbackPolicy,
}

/// Which minutes open an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OfferedAfter {
    /// Those of its own module.
    #[default]
    Module,
    /// Those of all modules before it: a final examination.
    EarlierModules,
}

/// One line of a blueprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// The tag drawn from.
    pub tag: String,
    /// How many questions.
    pub count: u32,
    /// How many of them are critical: the same for everyone.
    #[serde(default)]
    pub critical: u32,
}
