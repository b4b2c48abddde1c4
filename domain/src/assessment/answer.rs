//! Answers, their marks, and the critical failures that follow from them.

use super::question::{AuthoredQuestion, QuestionKind};
use super::score::{Score, ScoreError};
use crate::ids::QuestionId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// What a trainee answered. What is stored of it is for ever: another form is another variant, with another name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "kebab-case")]
pub enum Answer {
    /// Nothing.
    #[default]
    Unanswered,
    /// The id of one option.
    Choice(String),
    /// The ids of several options.
    Choices(Vec<String>),
    /// A text: of a case, or one line, as it was typed.
    Text(String),
    /// Of left sides (ids of pairs) the option chosen.
    Pairs(BTreeMap<String, String>),
    /// Of options the place chosen, from 1.
    Places(BTreeMap<String, u32>),
}

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// No answer: no points.
    Unanswered,
    /// A judge has to read it.
    NeedsReview,
    /// Points.
    Scored(Score),
}

impl Mark {
    /// The points, or `None` while a judge has to read it.
    #[must_use]
    pub const fn score(self) -> Option<Score> {
        match self {
            Self::Unanswered => Some(Score::ZERO),
            Self::NeedsReview => None,
            Self::Scored(score) => Some(score),
        }
    }
}

/// Why an answer cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerRefused {
    /// An answer of another shape than the question asks.
    #[error("answer of the wrong shape for {kind:?}")]
    WrongShape {
        /// The question's type.
        kind: QuestionKind,
    },
    /// An option that the question does not have.
    #[error("unknown option {option:?}")]
    UnknownOption {
        /// The id given.
        option: String,
    },
    /// A question that cannot be scored: [`AuthoredQuestion::validate`] would have told.
    #[error(transparent)]
    Score(#[from] ScoreError),
}

/// Something that a safe advisor may never do, done: fails the evaluation whatever the score.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CriticalFailure {
    /// A critical question with less than full points or no answer.
    Question {
        /// The question.
        question: QuestionId,
    },
    /// A critical option, chosen.
    Option {
        /// The question.
        question: QuestionId,
        /// The option's id.
        option: String,
    },
    /// A critical level of a criterion, given by a judge.
    Level {
        /// The question.
        question: QuestionId,
        /// The criterion's id.
        criterion: String,
    },
    /// A critical line to which a judge said yes.
    Line {
        /// The question.
        question: QuestionId,
        /// The line's id.
        line: String,
    },
}

/// The mark of an answer: also tells whether it can be taken at all.
///
/// # Errors
/// [`AnswerRefused`] when the answer does not fit the question.
pub fn mark(question: &AuthoredQuestion, answer: &Answer) -> Result<Mark, AnswerRefused> {
    (question.kind.rules().mark)(question, answer)
}

/// The critical failures that an answer and its mark show without a rubric: a critical question with less than full
/// points (not while a judge has to read it), and every critical option chosen.
#[must_use]
pub fn critical_failures(question: &AuthoredQuestion, answer: &Answer, mark: Mark) -> Vec<CriticalFailure> {
    let is_short = mark.score().is_some_and(|score| score < Score::whole(question.points));
    let own = (question.critical && is_short).then(|| CriticalFailure::Question { question: question.id.clone() });
    let is_chosen = |id: &String| match answer {
        Answer::Unanswered | Answer::Text(_) | Answer::Pairs(_) | Answer::Places(_) => false,
        Answer::Choice(chosen) => chosen == id,
        Answer::Choices(chosen) => chosen.contains(id),
    };
    let options = question
        .options
        .iter()
        .filter(|o| o.critical && is_chosen(&o.id))
        .map(|o| CriticalFailure::Option { question: question.id.clone(), option: o.id.clone() });
    own.into_iter().chain(options).collect()
}

#[cfg(test)]
mod tests {
    use super::super::question::samples;
    use super::*;

    fn failures(question: &AuthoredQuestion, answer: Answer) -> Vec<CriticalFailure> {
        critical_failures(question, &answer, mark(question, &answer).unwrap())
    }

    #[test]
    fn a_critical_question_wants_full_points() {
        let mut question = samples::choice(QuestionKind::MultipleChoice, 2, &[true, true, false]);
        let chosen = |ids: &str| Answer::Choices(ids.chars().map(String::from).collect());
        assert_eq!(failures(&question, chosen("a")), []);
        question.critical = true;
        let own = || CriticalFailure::Question { question: "q".into() };
        assert_eq!(failures(&question, chosen("ab")), []);
        assert_eq!(failures(&question, chosen("a")), [own()]);
        assert_eq!(failures(&question, Answer::Unanswered), [own()]);
        question.options[2].critical = true;
        let option = CriticalFailure::Option { question: "q".into(), option: "c".into() };
        assert_eq!(failures(&question, chosen("abc")), [own(), option]);
    }

    #[test]
    fn a_critical_case_is_not_failed_while_it_waits() {
        let mut case = samples::case();
        case.critical = true;
        assert_eq!(failures(&case, Answer::Text("Le creo.".into())), []);
        assert_eq!(failures(&case, Answer::Unanswered).len(), 1);
    }

    #[test]
    fn answers_have_a_stable_stored_form() {
        let table = [
            (Answer::Unanswered, r#"{"type":"unanswered"}"#),
            (Answer::Choice("a".into()), r#"{"type":"choice","value":"a"}"#),
            (Answer::Choices(vec!["a".into()]), r#"{"type":"choices","value":["a"]}"#),
            (Answer::Text("sí".into()), r#"{"type":"text","value":"sí"}"#),
            (Answer::Pairs([("p1".into(), "b".into())].into()), r#"{"type":"pairs","value":{"p1":"b"}}"#),
            (Answer::Places([("a".into(), 2), ("b".into(), 1)].into()), r#"{"type":"places","value":{"a":2,"b":1}}"#),
        ];
        for (answer, json) in table {
            assert_eq!(serde_json::to_string(&answer).unwrap(), json);
            assert_eq!(serde_json::from_str::<Answer>(json).unwrap(), answer);
        }
    }
}
