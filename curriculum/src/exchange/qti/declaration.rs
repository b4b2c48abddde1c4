//! The right answers and their weights, as a response declaration says them.

use crate::exchange::model::{Markup, Text};
use crate::exchange::number::{Decimal, Weight};
use crate::exchange::report::{Flaw, Remark};
use crate::exchange::xml::{Reader, child, elements, name, words};
use roxmltree::Node;
use std::collections::BTreeMap;

/// A response declaration.
#[derive(Debug, Default)]
pub(super) struct Declaration {
    /// `single`, `multiple`, `ordered`.
    pub(super) cardinality: String,
    /// `identifier`, `string`, `float`, …
    pub(super) base: String,
    /// The right answers.
    pub(super) correct: Vec<String>,
    /// What each answer gives, where that is said.
    pub(super) mapping: Option<Mapping>,
}

/// What each answer gives.
#[derive(Debug)]
pub(super) struct Mapping {
    /// By answer.
    pub(super) entries: Vec<(String, Weight)>,
    /// The same, to look them up.
    by_answer: BTreeMap<String, Weight>,
    /// Any other answer.
    pub(super) default: Weight,
}

impl Mapping {
    /// What an answer gives.
    pub(super) fn weight(&self, key: &str) -> Weight {
        self.by_answer.get(key).copied().unwrap_or(self.default)
    }
}

/// The declaration of an interaction's response.
pub(super) fn declaration(reader: &mut Reader<'_>, item: Node<'_, '_>, response: &str) -> Result<Declaration, Flaw> {
    let is_wanted = |n: &Node<'_, '_>| name(*n) == "responseDeclaration" && n.attribute("identifier") == Some(response);
    let Some(node) = elements(item).find(is_wanted) else { return Ok(Declaration::default()) };
    let cardinality = node.attribute("cardinality").unwrap_or("single").to_owned();
    let base = node.attribute("baseType").unwrap_or_default().to_owned();
    let values = child(node, "correctResponse").into_iter().flat_map(elements).filter(|n| name(*n) == "value");
    let correct = values.map(words).collect();
    if let Some(area) = child(node, "areaMapping") {
        reader.report.add(reader.line(area), Remark::NotCarried { construct: "<areaMapping>".to_owned() });
    }
    let is_sum = cardinality == "multiple";
    let mapping = child(node, "mapping").map(|m| mapping(reader, m, is_sum)).transpose()?;
    Ok(Declaration { cardinality, base, correct, mapping })
}

fn mapping(reader: &mut Reader<'_>, node: Node<'_, '_>, is_sum: bool) -> Result<Mapping, Flaw> {
    let decimal = |text: &str| Decimal::parse(text).ok_or_else(|| Flaw::BadNumber { value: text.to_owned() });
    let mut entries = Vec::new();
    for entry in elements(node).filter(|n| name(*n) == "mapEntry") {
        let key = entry.attribute("mapKey").unwrap_or_default().to_owned();
        entries.push((key, decimal(entry.attribute("mappedValue").unwrap_or_default())?));
    }
    let default = decimal(node.attribute("defaultValue").unwrap_or("0"))?;
    let whole = match node.attribute("upperBound").map(decimal).transpose()? {
        Some(bound) if bound.is_positive() => bound,
        _ => best(&entries, is_sum)?,
    };
    let mut weight = |value: &Decimal| {
        let read = Weight::ratio(value, &whole).ok_or_else(|| Flaw::BadNumber { value: value.to_string() })?;
        if read.rounded {
            reader.report.once(reader.line(node), Remark::WeightRounded { value: format!("{value}/{whole}") });
        }
        Ok(read.weight)
    };
    let default = weight(&default)?;
    let entries = entries.iter().map(|(key, value)| Ok((key.clone(), weight(value)?))).collect::<Result<Vec<_>, Flaw>>()?;
    // Of two entries for the same answer the first counts.
    let by_answer = entries.iter().rev().cloned().collect();
    Ok(Mapping { entries, by_answer, default })
}

/// The most that a mapping gives: its best entry, or all of the good ones together.
fn best(entries: &[(String, Decimal)], is_sum: bool) -> Result<Decimal, Flaw> {
    let none = Decimal::parse("0").ok_or(Flaw::NoAnswers)?;
    let good = entries.iter().map(|(_, value)| value).filter(|v| v.is_positive());
    if !is_sum {
        return Ok(good.fold(&none, |best, v| best.larger(v)).clone());
    }
    let mut sum = none;
    for value in good {
        sum = sum.plus(value).ok_or_else(|| Flaw::BadNumber { value: value.to_string() })?;
    }
    Ok(sum)
}

/// Feedback by outcome and value.
pub(super) struct Feedbacks(Vec<(u32, String, Option<Text>)>);

impl Feedbacks {
    /// The feedback of an item.
    pub(super) fn read(reader: &Reader<'_>, item: Node<'_, '_>) -> Self {
        let all = elements(item).filter(|n| name(*n) == "modalFeedback").map(|node| {
            let outcome = node.attribute("outcomeIdentifier").unwrap_or_default();
            let key = format!("{outcome} {}", node.attribute("identifier").unwrap_or_default());
            let is_shown = node.attribute("showHide").unwrap_or("show") == "show";
            let key = if is_shown { key } else { format!("hide {key}") };
            (reader.line(node), key, Some(reader.flow(node, &Vec::new())))
        });
        Self(all.collect())
    }

    /// Takes the feedback that an outcome of this value shows.
    pub(super) fn take(&mut self, outcome: &str, value: &str) -> Option<Text> {
        let key = format!("{outcome} {value}");
        self.0.iter_mut().find(|(_, k, text)| *k == key && text.is_some()).and_then(|(.., text)| text.take()).filter(|t| !t.is_empty())
    }

    /// Names what nobody took.
    pub(super) fn finish(self, reader: &mut Reader<'_>) {
        let rest = self.0.into_iter().filter(|(.., text)| text.as_ref().is_some_and(|t| !t.is_empty()));
        for (line, key, _) in rest {
            reader.report.add(line, Remark::NotCarried { construct: format!("<modalFeedback> {key}") });
        }
    }
}

/// A text without HTML.
pub(super) fn plain(text: &str) -> Text {
    Text::new(Markup::Plain, text)
}
