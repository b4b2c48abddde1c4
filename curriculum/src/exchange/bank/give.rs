//! Short answers, numbers, matching and ordering, from our bank to items.

use crate::exchange::model::{Answer, Body, Markup, Numeric, NumericKind, Pair, Text};
use crate::exchange::number::{Decimal, Weight};
use crate::exchange::report::{Remark, Report};
use domain::assessment::question::{self as ours, AcceptedNumber, AuthoredQuestion, Number, Target};
use domain::curriculum::{Language, Localised};

fn weight(weight: ours::Weight) -> Option<Weight> {
    if weight.is_full() { None } else { Weight::new(i64::from(weight.units())) }
}

fn said(text: &Localised, language: Language) -> Option<Text> {
    Some(Text::new(Markup::Plain, text.get(language))).filter(|t| !t.is_empty())
}

pub(super) fn short(question: &AuthoredQuestion, language: Language) -> Body {
    let answer = |a: &ours::Accepted| Answer {
        text: a.text.get(language).to_owned(),
        weight: weight(a.weight),
        feedback: said(&a.feedback, language),
    };
    Body::ShortAnswer(question.accepted.iter().map(answer).collect())
}

/// Numbers that are no decimals, and tolerances that are none, have no place in other systems; percent become a distance.
pub(super) fn numeric(line: u32, question: &AuthoredQuestion, language: Language, report: &mut Report) -> Body {
    let mut numbers = Vec::new();
    for accepted in &question.numbers {
        match kind(accepted) {
            Some(kind) => {
                numbers.push(Numeric { kind, weight: weight(accepted.weight), feedback: said(&accepted.feedback, language) });
            }
            None => report.add(line, Remark::NotCarried { construct: accepted.value.to_string() }),
        }
    }
    Body::Numeric(numbers)
}

fn kind(accepted: &AcceptedNumber) -> Option<NumericKind> {
    let decimal = |number: Number| Decimal::parse(&number.to_string());
    let Target::Exactly(value) = accepted.value else { return Some(NumericKind::Any) };
    let tolerance = match accepted.tolerance {
        Some(tolerance) => Some(decimal(tolerance.around(value)?)?),
        None => None,
    };
    Some(NumericKind::Value { value: decimal(value)?, tolerance })
}

pub(super) fn matching(question: &AuthoredQuestion, language: Language) -> Body {
    let right = |id: &str| question.option(id).map(|o| o.text.get(language).to_owned()).unwrap_or_default();
    let pair = |p: &ours::Pair| Pair { left: Text::new(Markup::Plain, p.text.get(language)), right: right(&p.option) };
    let is_free = |id: &str| question.pairs.iter().all(|p| p.option != id);
    let free = question.options.iter().filter(|o| is_free(&o.id)).map(|o| Pair { left: Text::default(), right: right(&o.id) });
    Body::Matching(question.pairs.iter().map(pair).chain(free).collect())
}

pub(super) fn ordering(question: &AuthoredQuestion, language: Language) -> Body {
    let pair = |(place, o): (u32, &ours::AuthoredOption)| Pair {
        left: Text::new(Markup::Plain, &place.to_string()),
        right: o.text.get(language).to_owned(),
    };
    Body::Matching((1..).zip(&question.options).map(pair).collect())
}
