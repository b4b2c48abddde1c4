//! A number: with a decimal comma or point, with its unit or without, compared exactly.

use super::check::{check_said, check_text};
use super::fold::fold;
use super::number::{Number, Tolerance};
use super::problem::{Place, Problem};
use super::weight::Weight;
use super::{AuthoredQuestion, Content};
use crate::assessment::answer::{Answer, AnswerRefused, Mark};
use crate::assessment::score::Score;
use crate::curriculum::{Language, Localised};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Target {
    /// A number, within its tolerance.
    Exactly(Number),
    /// Any number that nothing else names. Written `*`.
    Any,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(number) => write!(f, "{number}"),
            Self::Any => f.write_str("*"),
        }
    }
}

impl TryFrom<String> for Target {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        if text.trim() == "*" { Ok(Self::Any) } else { Number::try_from(text).map(Self::Exactly) }
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

/// An accepted number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptedNumber {
    /// The number.
    pub value: Target,
    /// How far from it is still right; left out: not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Tolerance>,
    /// What it gives.
    #[serde(default, skip_serializing_if = "Weight::is_full")]
    pub weight: Weight,
    /// What is said to who gave it; may be empty.
    #[serde(default, skip_serializing_if = "Localised::is_blank")]
    pub feedback: Localised,
}

impl AcceptedNumber {
    /// Whether it names `number`; any number is named by nothing.
    fn names(&self, number: Number) -> bool {
        match self.value {
            Target::Exactly(value) => number.is_within(value, self.tolerance.unwrap_or(Tolerance::NONE)) == Some(true),
            Target::Any => false,
        }
    }
}

/// Tells what is wrong with a numeric question.
pub(super) fn problems(question: &AuthoredQuestion, found: &mut Vec<Problem>) {
    if question.numbers.is_empty() {
        found.push(Problem::NoAnswers { content: Content::Numbers });
    } else if !question.numbers.iter().any(|a| a.weight.is_full()) {
        found.push(Problem::NoFullWeight);
    }
    let mut seen = Vec::new();
    for (accepted, place) in question.numbers.iter().zip(0..) {
        check_said(&accepted.feedback, Place::AcceptedFeedback(place), found);
        if accepted.value == Target::Any && accepted.tolerance.is_some() {
            found.push(Problem::ToleranceOfAny);
        }
        let what = (accepted.value, accepted.tolerance.filter(|t| *t != Tolerance::NONE));
        if seen.contains(&what) {
            found.push(Problem::RepeatedAnswer { text: accepted.value.to_string() });
        }
        seen.push(what);
    }
    if let Some(unit) = &question.unit {
        check_text(unit, Place::Unit, found);
    }
}

/// The number that a text says, with a unit of the question before or after it, or without. `None` where it says none.
/// Where a lone comma or point may stand between thousands (`1,000`), the reading that gives her more.
#[must_use]
pub fn read(question: &AuthoredQuestion, text: &str) -> Option<Number> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '+' | '-' | '\u{2212}');
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let begin = text.get(..first)?.trim_end_matches(is_part).len();
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let said = fold(&format!("{} {}", text.get(..begin)?, text.get(last..)?));
    if !said.is_empty() && !units(question).any(|unit| fold(unit) == said) {
        return None;
    }
    let digits = text.get(begin..last)?;
    let gives = |number: Number| question.numbers.iter().filter(|a| a.names(number)).map(|a| a.weight).max();
    let decimal = Number::parse(digits)?;
    Some(Number::parse_thousands(digits).filter(|thousands| gives(*thousands) > gives(decimal)).unwrap_or(decimal))
}

fn units(question: &AuthoredQuestion) -> impl Iterator<Item = &str> {
    let shown = question.unit.iter().flat_map(|unit| Language::ALL.into_iter().map(|language| unit.get(language)));
    shown.chain(question.units.iter().map(String::as_str))
}

/// The accepted number that `number` is: of those that name it the one that gives most, else any number; so the order
/// in which they are listed does not matter.
#[must_use]
pub fn matched(question: &AuthoredQuestion, number: Number) -> Option<&AcceptedNumber> {
    let best = question.numbers.iter().filter(|a| a.names(number)).max_by_key(|a| a.weight);
    best.or_else(|| question.numbers.iter().find(|a| a.value == Target::Any))
}

/// What the accepted number gives, nothing for any other or for a text without number; a blank one is no answer.
///
/// # Errors
/// [`AnswerRefused::WrongShape`] when the answer is no text.
pub fn mark(question: &AuthoredQuestion, answer: &Answer) -> Result<Mark, AnswerRefused> {
    match answer {
        Answer::Unanswered => Ok(Mark::Unanswered),
        Answer::Text(text) if text.trim().is_empty() => Ok(Mark::Unanswered),
        Answer::Text(text) => {
            let accepted = read(question, text).and_then(|number| matched(question, number));
            Ok(Mark::Scored(accepted.map_or(Ok(Score::ZERO), |a| a.weight.of(question.points))?))
        }
        Answer::Choice(_) | Answer::Choices(_) | Answer::Pairs(_) | Answer::Places(_) => {
            Err(AnswerRefused::WrongShape { kind: question.kind })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::question::samples;

    #[test]
    fn numbers_with_tolerance_and_unit() {
        let mut question = samples::numeric(4, &[("15", "", 100), ("15", "10%", 50), ("30", "0,5", 25), ("*", "", 0)]);
        question.unit = Some(Localised { es: "días".into(), en: Some("days".into()) });
        question.units = vec!["S/".into()];
        assert_eq!(question.validate(), []);
        for (text, points) in [
            ("15", 4),
            ("15,0 días.", 4),
            ("15 DIAS", 4),
            ("15days", 4),
            ("S/ 15", 4),
            ("15.00", 4),
            ("30/2", 4),
            ("16,5", 2),
            ("13.5 dias", 2),
            ("13.4", 0),
            ("30,5", 1),
            ("29.4", 0),
            ("15 años", 0),
            ("quince", 0),
            ("15-16", 0),
            ("-15", 0),
        ] {
            assert_eq!(mark(&question, &Answer::Text(text.into())), Ok(Mark::Scored(Score::whole(points))), "{text}");
        }
        assert!(read(&question, "quince").is_none() && read(&question, "15 años").is_none());
        assert_eq!(read(&question, "1.5.").map(|n| n.to_string()).as_deref(), Some("1.5"));
        assert_eq!(mark(&question, &Answer::Text(" ".into())), Ok(Mark::Unanswered));
        assert!(mark(&question, &Answer::Choices(Vec::new())).is_err());
    }

    #[test]
    fn thousands_and_decimals_are_both_understood() {
        let marked = |value: &str, text: &str| mark(&samples::numeric(1, &[(value, "", 100)]), &Answer::Text(text.into())).unwrap();
        for (value, text) in [("1000", "1,000"), ("1000", "1.000"), ("1.25", "1,250"), ("1250.5", "1,250.50"), ("1250", "1 250")] {
            assert_eq!(marked(value, text), Mark::Scored(Score::whole(1)), "{text}");
        }
        assert_eq!(marked("1000", "1,0000"), Mark::Scored(Score::ZERO));
    }

    #[test]
    fn every_mistake_is_told() {
        assert_eq!(samples::numeric(1, &[]).validate(), [Problem::NoAnswers { content: Content::Numbers }]);
        assert_eq!(samples::numeric(1, &[("1", "", 0)]).validate(), [Problem::NoFullWeight]);
        assert_eq!(samples::numeric(1, &[("1", "", 100), ("*", "1", 0)]).validate(), [Problem::ToleranceOfAny]);
        assert_eq!(samples::numeric(1, &[("1,0", "", 100), ("1", "0", 50)]).validate(), [Problem::RepeatedAnswer { text: "1".into() }]);
        let mut question = samples::numeric(1, &[("1", "", 100)]);
        question.unit = Some(Localised::es(" "));
        assert_eq!(question.validate(), [Problem::EmptyText { place: Place::Unit }]);
    }
}
