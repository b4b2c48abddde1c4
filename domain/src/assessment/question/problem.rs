//! What can be wrong with an authored question, all of it told at once.

use super::check::{check_ids, check_text};
use super::{AuthoredQuestion, Content, QuestionKind, ReferenceStatus};
use serde::{Deserialize, Serialize};
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
    /// The accepted answer at this position, from 0.
    Accepted(u32),
    /// The feedback of the accepted answer or number at this position, from 0.
    AcceptedFeedback(u32),
    /// The left side with this id.
    Pair(String),
    /// The unit.
    Unit,
    /// The explanation.
    Explanation,
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
    #[error("rubric on a question that is no case")]
    RubricOnChoice,
    /// Something that belongs to another type of question.
    #[error("`{}` does not belong to a question of this type; take it out, or correct `type`", content.key())]
    Misplaced {
        /// What.
        content: Content,
    },
    /// Nothing that could be right.
    #[error("no answer; list at least one under `{}`", content.key())]
    NoAnswers {
        /// Where they are listed.
        content: Content,
    },
    /// No answer that gives everything.
    #[error("no answer gives 100 percent; leave out `weight` of the right one")]
    NoFullWeight,
    /// An answer of which nothing is left to compare.
    #[error("accepted answer {text:?} has no letter or digit; write a word or a number")]
    NothingToCompare {
        /// The answer.
        text: String,
    },
    /// An answer that is the same as one before it.
    #[error("accepted answer {text:?} is the same as one before it; take one out")]
    RepeatedAnswer {
        /// The answer.
        text: String,
    },
    /// Any number, with a tolerance.
    #[error("`*` accepts any number; take out its `tolerance`")]
    ToleranceOfAny,
    /// Fewer than two pairs.
    #[error("{found} pairs; write at least two")]
    TooFewPairs {
        /// How many there are.
        found: u32,
    },
    /// A pair that names an option that is not there.
    #[error("pair {pair:?} names the option {option:?}, which is not there; correct `option`")]
    UnknownPairOption {
        /// The pair's id.
        pair: String,
        /// The option named.
        option: String,
    },
    /// `correct`, `critical` or `feedback` on an option that is matched or put in order.
    #[error("option {option:?} of this type takes no `correct`, `critical` or `feedback`; take them out")]
    KeyOnOption {
        /// The option's id.
        option: String,
    },
    /// Two options to match or to put in order that read the same.
    #[error("option {option:?} reads the same as one before it; change or join them")]
    SameText {
        /// The id of the second.
        option: String,
    },
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
        (self.kind.rules().problems)(self, &mut found);
        found
    }

    fn common_problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        if self.points == 0 {
            found.push(Problem::NoPoints);
        }
        check_ids([self.id.as_str()], &mut found);
        check_text(&self.prompt, Place::Prompt, &mut found);
        self.misplaced(&mut found);
        if let Some(explanation) = &self.explanation {
            check_text(explanation, Place::Explanation, &mut found);
        }
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

impl AuthoredQuestion {
    /// Tells everything that belongs to other types.
    fn misplaced(&self, found: &mut Vec<Problem>) {
        let belongs = self.kind.rules().content;
        for content in Content::ALL.into_iter().filter(|c| c.is_in(self) && !belongs.contains(c)) {
            found.push(match (content, self.kind) {
                (Content::Options, QuestionKind::Case) => Problem::OptionsOnCase,
                (Content::Rubric, _) => Problem::RubricOnChoice,
                _ => Problem::Misplaced { content },
            });
        }
    }
}
