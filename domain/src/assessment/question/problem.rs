//! What can be wrong with an authored question, all of it told at once.

use super::{AuthoredQuestion, QuestionKind, ReferenceStatus, case, multiple_choice, single_choice, true_false};
use crate::curriculum::Localised;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// Where in a question a text stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The prompt.
    Prompt,
    /// The text of the option with this id.
    Option(String),
    /// The feedback of the option with this id.
    Feedback(String),
    /// The title of the criterion with this id.
    Criterion(String),
    /// A level of a criterion.
    Level {
        /// The criterion's id.
        criterion: String,
        /// Position among its levels, from 0.
        level: u32,
    },
    /// The critical line with this id.
    Line(String),
}

/// A mistake in an authored question.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// An id that is not of a-z, 0-9 and hyphen.
    #[error("bad id {id:?}")]
    BadId {
        /// The id.
        id: String,
    },
    /// An id used twice inside the question.
    #[error("repeated id {id:?}")]
    RepeatedId {
        /// The id.
        id: String,
    },
    /// Worth nothing.
    #[error("no points")]
    NoPoints,
    /// An empty text.
    #[error("empty text at {place:?}")]
    EmptyText {
        /// Where.
        place: Place,
    },
    /// A reference without its norm.
    #[error("reference without norm")]
    ReferenceWithoutNorm,
    /// A confirmed reference without reviewer or date.
    #[error("confirmed without reviewer or date: {norm:?}")]
    ConfirmedWithoutReviewer {
        /// The norm.
        norm: String,
    },
    /// Fewer than two options.
    #[error("{found} options")]
    TooFewOptions {
        /// How many there are.
        found: u32,
    },
    /// Not exactly one right option where one is asked.
    #[error("{found} right options instead of 1")]
    NotOneRight {
        /// How many there are.
        found: u32,
    },
    /// A multiple choice without a right option.
    #[error("no right option")]
    NoRight,
    /// A multiple choice without a wrong option.
    #[error("no wrong option")]
    NoWrong,
    /// An option both right and critical.
    #[error("option {option:?} is right and critical")]
    RightAndCritical {
        /// Its id.
        option: String,
    },
    /// Options of a true-false question other than `a` and `b`, in that order.
    #[error("true-false options {found:?}")]
    NotTrueFalse {
        /// The ids found.
        found: Vec<String>,
    },
    /// A case with options.
    #[error("options on a case")]
    OptionsOnCase,
    /// A rubric, critical lines or a least number of words on a question that is no case.
    #[error("rubric on a choice question")]
    RubricOnChoice,
    /// A case without rubric.
    #[error("no rubric")]
    NoRubric,
    /// A criterion with fewer than two levels.
    #[error("criterion {criterion:?} has {found} levels")]
    TooFewLevels {
        /// Its id.
        criterion: String,
        /// How many there are.
        found: u32,
    },
    /// Levels whose points do not rise.
    #[error("levels of {criterion:?} do not rise")]
    LevelsNotRising {
        /// The criterion's id.
        criterion: String,
    },
    /// A critical level that is the best of its criterion.
    #[error("best level of {criterion:?} is critical")]
    BestLevelCritical {
        /// The criterion's id.
        criterion: String,
    },
    /// A rubric whose best levels do not add up to the question's points.
    #[error("rubric gives {rubric} of {points} points")]
    RubricPoints {
        /// Sum of the best levels.
        rubric: u64,
        /// The question's points.
        points: u32,
    },
}

impl AuthoredQuestion {
    /// Every mistake in this question; empty when it can be used.
    #[must_use]
    pub fn validate(&self) -> Vec<Problem> {
        let mut found = self.common_problems();
        match self.kind {
            QuestionKind::SingleChoice => single_choice::problems(self, &mut found),
            QuestionKind::MultipleChoice => multiple_choice::problems(self, &mut found),
            QuestionKind::TrueFalse => true_false::problems(self, &mut found),
            QuestionKind::Case => case::problems(self, &mut found),
        }
        found
    }

    fn common_problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        if self.points == 0 {
            found.push(Problem::NoPoints);
        }
        check_ids([self.id.as_str()], &mut found);
        check_text(&self.prompt, Place::Prompt, &mut found);
        for reference in &self.references {
            if reference.norm.trim().is_empty() {
                found.push(Problem::ReferenceWithoutNorm);
            } else if reference.status == ReferenceStatus::Confirmed
                && (reference.verified.is_none() || reference.reviewer.as_deref().is_none_or(|r| r.trim().is_empty()))
            {
                found.push(Problem::ConfirmedWithoutReviewer { norm: reference.norm.clone() });
            }
        }
        found
    }
}

/// Tells each id that is malformed or used twice.
pub(super) fn check_ids<'a>(ids: impl IntoIterator<Item = &'a str>, found: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            found.push(Problem::BadId { id: id.to_owned() });
        }
        if !seen.insert(id) {
            found.push(Problem::RepeatedId { id: id.to_owned() });
        }
    }
}

/// Tells a text that is empty in Spanish, or in a translation that is there.
pub(super) fn check_text(text: &Localised, place: Place, found: &mut Vec<Problem>) {
    let is_blank = |t: &str| t.trim().is_empty();
    if is_blank(&text.es) || text.en.as_deref().is_some_and(is_blank) {
        found.push(Problem::EmptyText { place });
    }
}

/// What every question with options is held to; returns how many of them are right.
pub(super) fn check_options(question: &AuthoredQuestion, found: &mut Vec<Problem>) -> u32 {
    check_ids(question.options.iter().map(|o| o.id.as_str()), found);
    if question.options.len() < 2 {
        found.push(Problem::TooFewOptions { found: count(question.options.len()) });
    }
    if !question.rubric.is_empty() || !question.critical_lines.is_empty() || question.minimum_words > 0 {
        found.push(Problem::RubricOnChoice);
    }
    for option in &question.options {
        check_text(&option.text, Place::Option(option.id.clone()), found);
        check_text(&option.feedback, Place::Feedback(option.id.clone()), found);
        if option.correct && option.critical {
            found.push(Problem::RightAndCritical { option: option.id.clone() });
        }
    }
    count(question.options.iter().filter(|o| o.correct).count())
}

/// A length as it goes on the wire.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
