//! Choice interactions.

use super::FEEDBACK;
use super::declaration::{Declaration, Feedbacks};
use super::flow::Holes;
use crate::exchange::model::{Body, Choice, Text};
use crate::exchange::number::Weight;
use crate::exchange::report::{Field, Flaw, Remark};
use crate::exchange::xml::{Reader, elements, name, words};
use roxmltree::Node;
use std::collections::BTreeSet;

/// A simple choice as read.
struct Simple {
    identifier: String,
    text: Text,
    words: String,
    feedback: Option<Text>,
}

/// The choice question of an interaction.
pub(super) fn body(
    reader: &mut Reader<'_>,
    interaction: Node<'_, '_>,
    declared: &Declaration,
    feedbacks: &mut Feedbacks,
) -> Result<Body, Flaw> {
    let simple: Vec<Simple> = elements(interaction).filter(|n| name(*n) == "simpleChoice").map(|n| choice(reader, n, feedbacks)).collect();
    if simple.is_empty() {
        return Err(Flaw::NoAnswers);
    }
    let names: BTreeSet<&str> = simple.iter().map(|s| s.identifier.as_str()).collect();
    let correct: BTreeSet<&str> = declared.correct.iter().map(String::as_str).collect();
    if let Some(value) = declared.correct.iter().find(|c| !names.contains(c.as_str())) {
        return Err(Flaw::UnknownAnswer { value: value.clone() });
    }
    let is_multiple = declared.cardinality == "multiple";
    if !is_multiple && let Some(body) = true_false(reader, interaction, &simple, declared) {
        return Ok(body);
    }
    if is_multiple && declared.mapping.is_none() {
        // All or nothing there; here each right and wrong choice counts.
        let line = reader.line(interaction);
        reader.report.add(line, Remark::NotCarried { construct: "match_correct".to_owned() });
    }
    let choices = simple.into_iter().map(|simple| {
        let weight = declared.mapping.as_ref().map(|m| m.weight(&simple.identifier));
        let is_full = weight.is_some_and(|w| if is_multiple { declared.correct.is_empty() && w > Weight::ZERO } else { w == Weight::FULL });
        Choice { correct: correct.contains(simple.identifier.as_str()) || is_full, text: simple.text, weight, feedback: simple.feedback }
    });
    let choices = choices.collect();
    Ok(if is_multiple { Body::MultipleChoice(choices) } else { Body::SingleChoice(choices) })
}

fn choice(reader: &mut Reader<'_>, node: Node<'_, '_>, feedbacks: &mut Feedbacks) -> Simple {
    let identifier = node.attribute("identifier").unwrap_or_default().to_owned();
    let mut holes: Holes = Vec::new();
    let mut feedback = None;
    for inline in node.descendants().filter(|n| matches!(name(*n), "feedbackInline" | "feedbackBlock")) {
        holes.push((inline.range(), ""));
        if inline.attribute("identifier") == Some(identifier.as_str()) && feedback.is_none() {
            feedback = Some(reader.flow(inline, &Vec::new())).filter(|t| !t.is_empty());
        } else {
            reader.not_carried(inline);
        }
    }
    if feedback.is_none() {
        feedback = feedbacks.take(FEEDBACK, &identifier);
    }
    Simple { text: reader.flow(node, &holes), words: words(node), identifier, feedback }
}

/// A single choice between `true` and `false`.
fn true_false(reader: &mut Reader<'_>, interaction: Node<'_, '_>, simple: &[Simple], declared: &Declaration) -> Option<Body> {
    let side = |wanted: &str| simple.iter().find(|s| s.identifier.eq_ignore_ascii_case(wanted));
    let (yes, no) = (side("true")?, side("false")?);
    let [right] = declared.correct.as_slice() else { return None };
    if simple.len() != 2 || declared.mapping.is_some() {
        return None;
    }
    let is_usual = |text: &str| ["true", "false", "verdadero", "falso"].contains(&text.to_lowercase().as_str());
    if !simple.iter().all(|s| is_usual(&s.words)) {
        let line = reader.line(interaction);
        reader.report.lost(line, Field::OptionTexts);
    }
    Some(Body::TrueFalse { is_true: *right == yes.identifier, if_true: yes.feedback.clone(), if_false: no.feedback.clone() })
}
