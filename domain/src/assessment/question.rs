//! Questions: as authored, with their key, and as the trainee sees them, without.

pub mod case;
pub mod multiple_choice;
pub mod problem;
pub mod single_choice;
pub mod true_false;

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
    #[serde(default)]
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
    /// The options; none for a case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<AuthoredOption>,
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

/// An option as the trainee sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionOption {
    /// Its id inside the question.
    pub id: String,
    /// Its text.
    pub text: Localised,
}

/// A question as the trainee sees it. Has no field for the key, the feedback, the rubric, the norm or whether it is
/// critical: all of them tell the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its text id.
    pub id: QuestionId,
    /// Its type.
    pub kind: QuestionKind,
    /// What it is worth.
    pub points: u32,
    /// The question.
    pub prompt: Localised,
    /// The options in the order of her paper.
    pub options: Vec<QuestionOption>,
    /// Least words asked of the answer; 0 for no wish.
    pub minimum_words: u32,
}

impl AuthoredQuestion {
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

    /// What the trainee sees, with the options in `order` (ids); options that `order` does not name come last.
    #[must_use]
    pub fn question(&self, order: &[String]) -> Question {
        let named = order.iter().filter_map(|id| self.option(id));
        let rest = self.options.iter().filter(|o| !order.contains(&o.id));
        Question {
            id: self.id.clone(),
            kind: self.kind,
            points: self.points,
            prompt: self.prompt.clone(),
            options: named.chain(rest).map(|o| QuestionOption { id: o.id.clone(), text: o.text.clone() }).collect(),
            minimum_words: self.minimum_words,
        }
    }
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    /// A choice question: `key` tells which of the options `a`, `b`, … are right.
    pub(crate) fn choice(kind: QuestionKind, points: u32, key: &[bool]) -> AuthoredQuestion {
        let options = key.iter().zip('a'..).map(|(&correct, id)| AuthoredOption {
            id: id.to_string(),
            correct,
            critical: false,
            text: Localised::es("Texto"),
            feedback: Localised::es("Respuesta"),
        });
        AuthoredQuestion {
            id: "q".into(),
            kind,
            objective: "o1".into(),
            tags: vec!["t".to_owned()],
            critical: false,
            points,
            references: Vec::new(),
            reread: None,
            prompt: Localised::es("Pregunta"),
            options: options.collect(),
            rubric: Vec::new(),
            critical_lines: Vec::new(),
            minimum_words: 0,
        }
    }

    /// A case with two criteria (0, 3, 5 points each) and the critical line `k1`.
    pub(crate) fn case() -> AuthoredQuestion {
        let level = |points| Level { points, text: Localised::es("Nivel"), critical: false };
        let criterion =
            |id: &str| Criterion { id: id.to_owned(), title: Localised::es("Criterio"), levels: vec![level(0), level(3), level(5)] };
        AuthoredQuestion {
            id: "caso".into(),
            rubric: vec![criterion("r1"), criterion("r2")],
            critical_lines: vec![CriticalLine { id: "k1".to_owned(), text: Localised::es("Ofrece conciliar.") }],
            minimum_words: 40,
            ..choice(QuestionKind::Case, 10, &[])
        }
    }
}
