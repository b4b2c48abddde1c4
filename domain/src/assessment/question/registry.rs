//! The one list of question types, with what is particular to each. A new type is a file beside this one, a variant of
//! [`QuestionKind`] and an arm of [`QuestionKind::rules`]; what it lacks, the compiler names.

use super::problem::Problem;
use super::{AuthoredQuestion, QuestionKind, case, matching, multiple_choice, numeric, ordering, short_answer, single_choice, true_false};
use crate::assessment::answer::{Answer, AnswerRefused, Mark};
use serde::{Deserialize, Serialize};

/// What belongs to some types of question and not to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// Options.
    Options,
    /// Accepted answers.
    Accepted,
    /// Accepted numbers.
    Numbers,
    /// A unit, or other ways to write it.
    Unit,
    /// Pairs.
    Pairs,
    /// What is said to everyone afterwards.
    Explanation,
    /// A rubric, critical lines, a least number of words.
    Rubric,
}

impl Content {
    /// Every content.
    pub const ALL: [Self; 7] = [Self::Options, Self::Accepted, Self::Numbers, Self::Unit, Self::Pairs, Self::Explanation, Self::Rubric];

    /// Its key in YAML.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Options => "options",
            Self::Accepted => "accepted",
            Self::Numbers => "numbers",
            Self::Unit => "unit",
            Self::Pairs => "pairs",
            Self::Explanation => "explanation",
            Self::Rubric => "rubric",
        }
    }

    /// Whether the question has it.
    #[must_use]
    pub fn is_in(self, question: &AuthoredQuestion) -> bool {
        match self {
            Self::Options => !question.options.is_empty(),
            Self::Accepted => !question.accepted.is_empty(),
            Self::Numbers => !question.numbers.is_empty(),
            Self::Unit => question.unit.is_some() || !question.units.is_empty(),
            Self::Pairs => !question.pairs.is_empty(),
            Self::Explanation => question.explanation.is_some(),
            Self::Rubric => !question.rubric.is_empty() || !question.critical_lines.is_empty() || question.minimum_words > 0,
        }
    }
}

/// What is particular to a type.
#[derive(Debug, Clone, Copy)]
pub struct TypeRules {
    /// Its name in YAML.
    pub name: &'static str,
    /// What a question of the type is made of.
    pub content: &'static [Content],
    /// Whether its options are shuffled on a paper.
    pub is_shuffled: bool,
    /// Whether the ids of its options would tell the key, so that a paper shows their places instead.
    pub hides_ids: bool,
    /// Whether a judge grades it; lines of a blueprint do not draw such.
    pub is_judged: bool,
    /// What is wrong with a question of the type.
    pub(super) problems: fn(&AuthoredQuestion, &mut Vec<Problem>),
    /// What an answer is worth.
    pub(crate) mark: fn(&AuthoredQuestion, &Answer) -> Result<Mark, AnswerRefused>,
}

const PLAIN: TypeRules = TypeRules {
    name: "",
    content: &[Content::Options],
    is_shuffled: false,
    hides_ids: false,
    is_judged: false,
    problems: |_, _| {},
    mark: |question, _| Err(AnswerRefused::WrongShape { kind: question.kind }),
};

impl QuestionKind {
    /// Every type, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::SingleChoice,
        Self::MultipleChoice,
        Self::TrueFalse,
        Self::ShortAnswer,
        Self::Numeric,
        Self::Matching,
        Self::Ordering,
        Self::Case,
    ];

    /// What is particular to the type.
    #[must_use]
    pub const fn rules(self) -> TypeRules {
        use Content as C;
        match self {
            Self::SingleChoice => TypeRules {
                name: "single-choice",
                is_shuffled: true,
                problems: single_choice::problems,
                mark: single_choice::mark,
                ..PLAIN
            },
            Self::MultipleChoice => TypeRules {
                name: "multiple-choice",
                is_shuffled: true,
                problems: multiple_choice::problems,
                mark: multiple_choice::mark,
                ..PLAIN
            },
            Self::TrueFalse => TypeRules { name: "true-false", problems: true_false::problems, mark: true_false::mark, ..PLAIN },
            Self::ShortAnswer => TypeRules {
                name: "short-answer",
                content: &[C::Accepted, C::Explanation],
                problems: short_answer::problems,
                mark: short_answer::mark,
                ..PLAIN
            },
            Self::Numeric => TypeRules {
                name: "numeric",
                content: &[C::Numbers, C::Unit, C::Explanation],
                problems: numeric::problems,
                mark: numeric::mark,
                ..PLAIN
            },
            Self::Matching => TypeRules {
                name: "matching",
                content: &[C::Options, C::Pairs, C::Explanation],
                is_shuffled: true,
                hides_ids: true,
                problems: matching::problems,
                mark: matching::mark,
                ..PLAIN
            },
            Self::Ordering => TypeRules {
                name: "ordering",
                content: &[C::Options, C::Explanation],
                is_shuffled: true,
                hides_ids: true,
                problems: ordering::problems,
                mark: ordering::mark,
                ..PLAIN
            },
            Self::Case => {
                TypeRules { name: "case", content: &[C::Rubric], is_judged: true, problems: case::problems, mark: case::mark, ..PLAIN }
            }
        }
    }

    /// Its name in YAML.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.rules().name
    }

    /// Whether a judge grades it.
    #[must_use]
    pub const fn is_judged(self) -> bool {
        self.rules().is_judged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_stored_form() {
        for kind in QuestionKind::ALL {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.name()));
        }
    }
}
