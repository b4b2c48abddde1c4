//! Questions: as authored, with their key, and as the trainee sees them, without.

pub mod case;
mod check;
pub mod fold;
pub mod matching;
pub mod multiple_choice;
pub mod number;
pub mod numeric;
pub mod ordering;
pub mod problem;
pub mod registry;
#[cfg(test)]
pub(crate) mod samples;
pub mod seen;
pub mod short_answer;
pub mod single_choice;
pub mod true_false;
pub mod weight;

pub use matching::Pair;
pub use number::{Number, Tolerance};
pub use numeric::{AcceptedNumber, Target};
pub use registry::{Content, TypeRules};
pub use seen::{Question, QuestionOption};
pub use short_answer::Accepted;
pub use weight::Weight;

use crate::curriculum::Localised;
use crate::ids::{LessonId, ObjectiveId, QuestionId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The type of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    /// One right option.
    SingleChoice,
    /// Several right options.
    MultipleChoice,
    /// `a` is true, `b` is false.
    TrueFalse,
    /// A word or a phrase.
    ShortAnswer,
    /// A number.
    Numeric,
    /// What belongs to what.
    Matching,
    /// Steps in their order.
    Ordering,
    /// A text that judges grade with a rubric.
    Case,
}

/// Whether a legal reviewer has confirmed a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceStatus {
    /// Not yet.
    ToConfirm,
    /// Yes, by a named reviewer on a date.
    Confirmed,
}

/// The norm that a statement rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The norm and its article ("Ley 30364, art. 15").
    pub norm: String,
    /// Whether it is confirmed.
    pub status: ReferenceStatus,
    /// The day it was confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<NaiveDate>,
    /// Who confirmed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
}

/// The part of a lesson to read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reread {
    /// The lesson.
    pub lesson: LessonId,
    /// The part's id inside it (`p2`).
    pub part: String,
}

/// An option with its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthoredOption {
    /// Its id inside the question (`a`).
    pub id: String,
    /// Whether it is right.
    #[serde(default, skip_serializing_if = "is_false")]
    pub correct: bool,
    /// Whether choosing it fails the evaluation.
    #[serde(default, skip_serializing_if = "is_false")]
    pub critical: bool,
    /// Its text.
    pub text: Localised,
    /// What is said to who chose it; empty where forgotten, which [`AuthoredQuestion::validate`] tells.
    #[serde(default, skip_serializing_if = "Localised::is_blank")]
    pub feedback: Localised,
}

/// A level of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Points it gives.
    pub points: u32,
    /// What work of this level is like.
    pub text: Localised,
    /// Whether choosing it fails the evaluation.
    #[serde(default, skip_serializing_if = "is_false")]
    pub critical: bool,
}

/// A criterion of a rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its id inside the question (`r1`).
    pub id: String,
    /// Its title.
    pub title: Localised,
    /// Its levels, from the least points to the most.
    pub levels: Vec<Level>,
}

/// A line to which the judge says yes or no; yes fails the evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriticalLine {
    /// Its id inside the question (`k1`).
    pub id: String,
    /// What a safe advisor never does.
    pub text: Localised,
}

/// A question as authored, with its key: for persistence, authors and marking, never for a trainee's page. The
/// serialised form is the YAML of `curriculum/README.md`, "questions".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthoredQuestion {
    /// Its text id.
    pub id: QuestionId,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: QuestionKind,
    /// The objective it serves.
    pub objective: ObjectiveId,
    /// What blueprints draw it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Whether less than full points fails the evaluation.
    #[serde(default, skip_serializing_if = "is_false")]
    pub critical: bool,
    /// What it is worth, at least 1.
    pub points: u32,
    /// The norms it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// What to read again after a wrong answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reread: Option<Reread>,
    /// The question.
    pub prompt: Localised,
    /// The options: of a matching question the right sides, of an ordering question the steps in the right order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<AuthoredOption>,
    /// The accepted answers of a short answer question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<Accepted>,
    /// The accepted numbers of a numeric question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<AcceptedNumber>,
    /// The unit shown beside the number; she may write it or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Localised>,
    /// Other ways to write the unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// The left sides of a matching question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Pair>,
    /// What is said to everyone afterwards, where options do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Localised>,
    /// The rubric of a case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rubric: Vec<Criterion>,
    /// The critical lines of a case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub critical_lines: Vec<CriticalLine>,
    /// Least words asked of a case's answer; 0 for no wish.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub minimum_words: u32,
}

const fn is_false(value: &bool) -> bool {
    !*value
}

const fn is_zero(value: &u32) -> bool {
    *value == 0
}

impl AuthoredQuestion {
    /// A question of a type, worth 1 point, with nothing in it yet.
    #[must_use]
    pub fn new(id: QuestionId, kind: QuestionKind, objective: ObjectiveId) -> Self {
        Self {
            id,
            kind,
            objective,
            tags: Vec::new(),
            critical: false,
            points: 1,
            references: Vec::new(),
            reread: None,
            prompt: Localised::default(),
            options: Vec::new(),
            accepted: Vec::new(),
            numbers: Vec::new(),
            unit: None,
            units: Vec::new(),
            pairs: Vec::new(),
            explanation: None,
            rubric: Vec::new(),
            critical_lines: Vec::new(),
            minimum_words: 0,
        }
    }

    /// The option with this id.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<&AuthoredOption> {
        self.options.iter().find(|o| o.id == id)
    }

    /// Whether it counts among a blueprint's critical items: it is critical, or one of its options is, so that
    /// everyone meets the same number of ways to fail (evaluations.md, Critical items).
    #[must_use]
    pub fn is_critical_item(&self) -> bool {
        self.critical || self.options.iter().any(|o| o.critical)
    }
}
