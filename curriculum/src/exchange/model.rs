//! The neutral form between the formats: what a question says, wherever it comes from.

use super::number::{Decimal, Weight};
use serde::Serialize;

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Markup {
    /// Moodle's own: HTML or text, as it comes.
    #[default]
    Moodle,
    /// HTML.
    Html,
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
}

impl Markup {
    /// Every markup.
    pub const ALL: [Self; 4] = [Self::Moodle, Self::Html, Self::Plain, Self::Markdown];

    /// Its name in GIFT and in a dump.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Moodle => "moodle",
            Self::Html => "html",
            Self::Plain => "plain",
            Self::Markdown => "markdown",
        }
    }

    /// The markup with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.name() == name)
    }
}

/// A text and its markup.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Text {
    /// How it is marked up.
    pub format: Markup,
    /// The text, with every escape of its file undone.
    pub text: String,
}

impl Text {
    /// A text in `format`.
    #[must_use]
    pub fn new(format: Markup, text: &str) -> Self {
        Self { format, text: text.to_owned() }
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// An option of a choice question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its text.
    pub text: Text,
    /// Whether it is right: alone in a single choice, with others in a multiple choice.
    pub correct: bool,
    /// What choosing it gives, where the file says so.
    pub weight: Option<Weight>,
    /// What is said to who chose it.
    pub feedback: Option<Text>,
}

/// An accepted answer of a short answer question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The answer; `*` stands for anything.
    pub text: String,
    /// What it gives; all where the file says nothing.
    pub weight: Option<Weight>,
    /// What is said to who gave it.
    pub feedback: Option<Text>,
}

/// Which numbers an answer accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumericKind {
    /// A number, give or take a tolerance.
    Value {
        /// The number.
        value: Decimal,
        /// How far from it is still right; nothing where the file says nothing.
        tolerance: Option<Decimal>,
    },
    /// Any number between two, both included.
    Range {
        /// The lower one.
        low: Decimal,
        /// The upper one.
        high: Decimal,
    },
    /// Any number.
    Any,
}

/// An accepted answer of a numeric question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numeric {
    /// The numbers accepted.
    pub kind: NumericKind,
    /// What it gives; all where the file says nothing.
    pub weight: Option<Weight>,
    /// What is said to who gave it.
    pub feedback: Option<Text>,
}

/// A pair of a matching question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What is asked; empty where `right` only distracts.
    pub left: Text,
    /// What belongs to it.
    pub right: String,
}

/// What kind of item it is, with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The items that follow belong to the category named in the title.
    Category,
    /// A text without question.
    Description,
    /// One option is to be chosen.
    SingleChoice(Vec<Choice>),
    /// Any number of options may be chosen.
    MultipleChoice(Vec<Choice>),
    /// True or false.
    TrueFalse {
        /// Whether the statement is true.
        is_true: bool,
        /// What is said to who says true.
        if_true: Option<Text>,
        /// What is said to who says false.
        if_false: Option<Text>,
    },
    /// A word or a phrase.
    ShortAnswer(Vec<Answer>),
    /// A number.
    Numeric(Vec<Numeric>),
    /// What belongs to what.
    Matching(Vec<Pair>),
    /// A text that a person grades.
    Essay,
}

/// The type of an item, as `dump` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the variants of `Body`, which are documented")]
pub enum Kind {
    Category,
    Description,
    SingleChoice,
    MultipleChoice,
    TrueFalse,
    ShortAnswer,
    Numeric,
    Matching,
    Essay,
}

impl Body {
    /// Its type.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Category => Kind::Category,
            Self::Description => Kind::Description,
            Self::SingleChoice(_) => Kind::SingleChoice,
            Self::MultipleChoice(_) => Kind::MultipleChoice,
            Self::TrueFalse { .. } => Kind::TrueFalse,
            Self::ShortAnswer(_) => Kind::ShortAnswer,
            Self::Numeric(_) => Kind::Numeric,
            Self::Matching(_) => Kind::Matching,
            Self::Essay => Kind::Essay,
        }
    }
}

/// One item of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The line where it begins, from 1; its place among the items where it comes from no file.
    pub line: u32,
    /// Its title; the path of a category.
    pub title: Option<String>,
    /// Its id in the other system.
    pub id: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The question; the text of a description, what is said about a category.
    pub stem: Text,
    /// Its type and answers.
    pub body: Body,
    /// What is said to everyone afterwards.
    pub general_feedback: Option<Text>,
}

impl Item {
    /// An item that has only a stem.
    #[must_use]
    pub fn new(line: u32, stem: Text, body: Body) -> Self {
        Self { line, title: None, id: None, tags: Vec::new(), stem, body, general_feedback: None }
    }
}

/// What each option of a multiple choice gives, in the formats where that has to be said: the weights of the file, else
/// those of our rule, (right chosen − wrong chosen) ÷ number right (evaluations.md, Question types).
#[must_use]
pub fn shares(choices: &[Choice]) -> Vec<Weight> {
    let right = choices.iter().filter(|c| c.correct).count();
    let share = Weight::share(right);
    let ruled = choices.iter().all(|c| c.weight.is_none());
    let weight = |c: &Choice| match c.weight {
        Some(weight) => weight,
        None if c.correct => share,
        None if ruled => share.opposite(),
        None => Weight::ZERO,
    };
    choices.iter().map(weight).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(correct: bool, percent: Option<&str>) -> Choice {
        let weight = percent.map(|p| Weight::from_percent(p).unwrap().weight);
        Choice { text: Text::default(), correct, weight, feedback: None }
    }

    #[test]
    fn without_weights_the_rule_says_them() {
        let choices = [choice(true, None), choice(false, None), choice(true, None)];
        assert_eq!(shares(&choices).iter().map(Weight::to_string).collect::<Vec<_>>(), ["50", "-50", "50"]);
    }

    #[test]
    fn weights_of_the_file_stay() {
        let choices = [choice(true, Some("75")), choice(false, None), choice(true, None)];
        assert_eq!(shares(&choices).iter().map(Weight::to_string).collect::<Vec<_>>(), ["75", "0", "50"]);
    }
}
