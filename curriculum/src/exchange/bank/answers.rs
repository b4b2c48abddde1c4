//! Short answers, numbers, matching and ordering, from items to our bank.

use super::take::{Taker, letter};
use crate::exchange::model::{Answer, Numeric, NumericKind, Pair, Text};
use crate::exchange::number::{Decimal, Weight};
use crate::exchange::report::{Field, Remark};
use domain::assessment::question::fold::fold;
use domain::assessment::question::{self as ours, AuthoredOption, AuthoredQuestion, Number, QuestionKind, Target, Tolerance};
use domain::curriculum::Localised;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// A number as we keep it; `None` beyond the digits that we compare.
fn number(decimal: &Decimal) -> Option<Number> {
    Number::parse(decimal.as_str())
}

impl Taker<'_> {
    /// A weight of ours: what is taken away for an answer is nothing with us.
    fn weight(&mut self, line: u32, weight: Option<Weight>) -> ours::Weight {
        let Some(weight) = weight else { return ours::Weight::FULL };
        if weight < Weight::ZERO {
            self.report.lost(line, Field::Weights);
        }
        u32::try_from(weight.units()).ok().and_then(ours::Weight::new).unwrap_or(ours::Weight::ZERO)
    }

    fn said(&mut self, line: u32, feedback: Option<&Text>) -> Localised {
        feedback.map(|text| self.text(line, text)).filter(|text| !text.es.trim().is_empty()).unwrap_or_default()
    }

    pub(super) fn accepted(&mut self, line: u32, answers: &[Answer]) -> Vec<ours::Accepted> {
        let mut seen = BTreeSet::new();
        let mut accepted = Vec::new();
        for answer in answers {
            let text = composed(&answer.text);
            let pattern: Vec<String> = text.replace("\\*", " ").split('*').map(fold).collect();
            if pattern.concat().is_empty() && pattern.len() == 1 || seen.insert(pattern) {
                let weight = self.weight(line, answer.weight);
                accepted.push(ours::Accepted { text: Localised::es(&text), weight, feedback: self.said(line, answer.feedback.as_ref()) });
            } else {
                self.report.lost(line, Field::RepeatedAnswer);
            }
        }
        accepted
    }

    pub(super) fn numbers(&mut self, line: u32, numbers: &[Numeric]) -> Vec<ours::AcceptedNumber> {
        let mut accepted: Vec<ours::AcceptedNumber> = Vec::new();
        for numeric in numbers {
            let Some((value, tolerance)) = target(&numeric.kind) else {
                self.report.add(line, Remark::NotCarried { construct: in_words(&numeric.kind) });
                continue;
            };
            if accepted.iter().any(|a| (a.value, a.tolerance) == (value, tolerance)) {
                self.report.lost(line, Field::RepeatedAnswer);
                continue;
            }
            let weight = self.weight(line, numeric.weight);
            accepted.push(ours::AcceptedNumber { value, tolerance, weight, feedback: self.said(line, numeric.feedback.as_ref()) });
        }
        accepted
    }

    /// Pairs of a place and a text, in their order, are an order.
    pub(super) fn matching(&mut self, line: u32, pairs: &[Pair], question: &mut AuthoredQuestion) -> QuestionKind {
        let mut options = Options::default();
        let mut sides = Vec::new();
        for pair in pairs {
            let left = self.text(line, &pair.left);
            sides.push((left, composed(&pair.right).trim().to_owned()));
        }
        // What only distracts comes last, as it is written back.
        let (lefts, others): (Vec<_>, Vec<_>) = sides.into_iter().partition(|(left, _)| !left.es.is_empty());
        let is_order = others.is_empty() && lefts.iter().zip(1_u32..).all(|((left, _), place)| left.es == place.to_string());
        for (n, (text, right)) in (1..).zip(lefts) {
            question.pairs.push(ours::Pair { id: format!("p{n}"), text, option: options.id(&right), feedback: Localised::default() });
        }
        others.iter().for_each(|(_, right)| {
            options.id(right);
        });
        question.options = options.list;
        if is_order && question.options.len() == question.pairs.len() && question.pairs.len() > 1 {
            self.report.add(line, Remark::PairsAsOrder);
            question.pairs.clear();
            return QuestionKind::Ordering;
        }
        QuestionKind::Matching
    }
}

/// Right sides, each once.
#[derive(Default)]
struct Options {
    list: Vec<AuthoredOption>,
}

impl Options {
    fn id(&mut self, text: &str) -> String {
        if let Some(found) = self.list.iter().find(|o| o.text.es == text) {
            return found.id.clone();
        }
        let id = letter(self.list.len());
        let text = Localised::es(text);
        self.list.push(AuthoredOption { id: id.clone(), correct: false, critical: false, text, feedback: Localised::default() });
        id
    }
}

fn target(kind: &NumericKind) -> Option<(Target, Option<Tolerance>)> {
    let (value, tolerance) = match kind {
        NumericKind::Any => return Some((Target::Any, None)),
        NumericKind::Value { value, tolerance: None } => (value.clone(), None),
        NumericKind::Value { value, tolerance: Some(tolerance) } => (value.clone(), Some(tolerance.clone())),
        NumericKind::Range { low, high } => {
            let (middle, half) = Decimal::middle(low, high)?;
            (middle, Some(half))
        }
    };
    let tolerance = match tolerance {
        Some(tolerance) => Some(Tolerance::try_from(tolerance.as_str().to_owned()).ok()?).filter(|t| *t != Tolerance::NONE),
        None => None,
    };
    Some((Target::Exactly(number(&value)?), tolerance))
}

fn in_words(kind: &NumericKind) -> String {
    match kind {
        NumericKind::Any => "*".to_owned(),
        NumericKind::Value { value, tolerance: None } => value.to_string(),
        NumericKind::Value { value, tolerance: Some(tolerance) } => format!("{value}:{tolerance}"),
        NumericKind::Range { low, high } => format!("{low}..{high}"),
    }
}
