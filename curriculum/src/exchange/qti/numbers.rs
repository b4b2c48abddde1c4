//! Text entries that ask for a number: the rules of scoring say which are right.

use super::FEEDBACK;
use super::answers::feedback_name;
use super::declaration::{Declaration, Feedbacks};
use crate::exchange::model::{Body, Numeric, NumericKind};
use crate::exchange::number::{Decimal, Weight};
use crate::exchange::report::{Flaw, Remark};
use crate::exchange::xml::{Reader, elements, name, tag, words};
use roxmltree::Node;

/// The numeric question of a text entry.
pub(super) fn body(reader: &mut Reader<'_>, item: Node<'_, '_>, declared: &Declaration, feedbacks: &mut Feedbacks) -> Result<Body, Flaw> {
    let mut rules: Vec<(NumericKind, Decimal)> = Vec::new();
    for branch in item.descendants().filter(|n| matches!(name(*n), "responseIf" | "responseElseIf")) {
        match rule(branch) {
            Some(rule) => rules.push(rule),
            None if elements(branch).next().is_some_and(|n| name(n) == "match") => {}
            None => reader.report.add(reader.line(branch), Remark::NotCarried { construct: tag(branch) }),
        }
    }
    let whole = Decimal::parse("1").ok_or(Flaw::NoAnswers)?;
    let best = rules.iter().fold(&whole, |best, (_, score)| best.larger(score)).clone();
    let mut answers = Vec::new();
    for (place, (kind, score)) in (1..).zip(rules) {
        let read = Weight::ratio(&score, &best).ok_or_else(|| Flaw::BadNumber { value: score.to_string() })?;
        answers.push(Numeric { kind, weight: Some(read.weight), feedback: feedbacks.take(FEEDBACK, &feedback_name(place)) });
    }
    if answers.is_empty() {
        for value in &declared.correct {
            let value = Decimal::parse(value).ok_or_else(|| Flaw::BadNumber { value: value.clone() })?;
            answers.push(Numeric { kind: NumericKind::Value { value, tolerance: None }, weight: None, feedback: None });
        }
    }
    if answers.is_empty() { Err(Flaw::NoAnswers) } else { Ok(Body::Numeric(answers)) }
}

/// The numbers that a branch accepts and the score that it gives.
fn rule(branch: Node<'_, '_>) -> Option<(NumericKind, Decimal)> {
    let mut inner = elements(branch);
    let condition = inner.next()?;
    let score = inner.find(|n| name(*n) == "setOutcomeValue" && n.attribute("identifier") == Some("SCORE"))?;
    let score = elements(score).find(|n| name(*n) == "baseValue")?;
    Some((kind(condition)?, Decimal::parse(&words(score))?))
}

fn value(node: Node<'_, '_>) -> Option<Decimal> {
    elements(node).find(|n| name(*n) == "baseValue").and_then(|n| Decimal::parse(&words(n)))
}

fn kind(condition: Node<'_, '_>) -> Option<NumericKind> {
    match name(condition) {
        "equal" => {
            let tolerance = match condition.attribute("toleranceMode").unwrap_or("exact") {
                "exact" => None,
                "absolute" => Some(tolerance(condition.attribute("tolerance")?)?),
                _ => return None,
            };
            Some(NumericKind::Value { value: value(condition)?, tolerance })
        }
        "and" => {
            let bound = |wanted: &str| elements(condition).find(|n| name(*n) == wanted).and_then(value);
            Some(NumericKind::Range { low: bound("gte")?, high: bound("lte")? })
        }
        "not" => elements(condition).next().filter(|n| name(*n) == "isNull").map(|_| NumericKind::Any),
        _ => None,
    }
}

/// A tolerance that is the same either way.
fn tolerance(text: &str) -> Option<Decimal> {
    let mut parts = text.split_ascii_whitespace().map(Decimal::parse);
    let first = parts.next()??;
    parts.all(|other| other.as_ref() == Some(&first)).then_some(first)
}
