//! What a file of items holds.

use super::declaration::{Feedbacks, declaration};
use super::flow::{BLANK, Holes, is_alone};
use super::{FEEDBACK, GENERAL, SHOWN, answers, choices, numbers, pairs};
use crate::exchange::model::{Body, Item, Markup, Text};
use crate::exchange::report::{Flaw, Remark, Report};
use crate::exchange::text::some;
use crate::exchange::text::trim;
use crate::exchange::xml::{Reader, child, elements, name, tag};
use roxmltree::Node;

/// What a QTI file says.
#[must_use]
pub fn read(source: &str) -> (Vec<Item>, Report) {
    let mut reader = Reader::new(source);
    let Some(tree) = reader.tree() else { return (Vec::new(), reader.report) };
    let root = tree.root_element();
    let nodes: Vec<_> = match name(root) {
        "assessmentItem" => vec![root],
        "items" => elements(root).collect(),
        found @ ("questestinterop" | "qti-assessment-item") => {
            reader.report.add(reader.line(root), Remark::Version { found: found.to_owned() });
            return (Vec::new(), reader.report);
        }
        _ => {
            reader.report.add(reader.line(root), Remark::NotCarried { construct: tag(root) });
            return (Vec::new(), reader.report);
        }
    };
    let mut items = Vec::new();
    for node in nodes {
        if name(node) == "assessmentItem" {
            match item(&mut reader, node) {
                Ok(item) => items.push(item),
                Err(remark) => reader.report.add(reader.line(node), remark),
            }
        } else {
            reader.report.add(reader.line(node), Remark::NotCarried { construct: tag(node) });
        }
    }
    (items, reader.report)
}

fn item(reader: &mut Reader<'_>, node: Node<'_, '_>) -> Result<Item, Remark> {
    let body = child(node, "itemBody").ok_or(Remark::Unreadable(Flaw::NoText))?;
    let mut interactions = body.descendants().filter(|n| n.is_element() && name(*n).ends_with("Interaction"));
    let interaction = interactions.next();
    if interactions.next().is_some() {
        return Err(Remark::Unreadable(Flaw::SeveralInteractions));
    }
    let mut feedbacks = Feedbacks::read(reader, node);
    let answers = match interaction {
        Some(interaction) => answered(reader, node, interaction, &mut feedbacks)?,
        None => Body::Description,
    };
    let stem = stem(reader, body, interaction);
    let general = feedbacks.take(GENERAL, SHOWN);
    feedbacks.finish(reader);
    rest(reader, node, &answers);
    let attribute = |wanted: &str| some(trim(node.attribute(wanted).unwrap_or_default()).to_owned());
    let mut item = Item::new(reader.line(node), stem, answers);
    (item.id, item.title, item.general_feedback) = (attribute("identifier"), attribute("title"), general);
    Ok(item)
}

fn answered(reader: &mut Reader<'_>, item: Node<'_, '_>, interaction: Node<'_, '_>, feedbacks: &mut Feedbacks) -> Result<Body, Remark> {
    settings(reader, interaction);
    let response = interaction.attribute("responseIdentifier").unwrap_or_default();
    let declared = declaration(reader, item, response).map_err(Remark::Unreadable)?;
    let body = match name(interaction) {
        "choiceInteraction" => choices::body(reader, interaction, &declared, feedbacks),
        "orderInteraction" => pairs::order(reader, interaction, &declared),
        "matchInteraction" => pairs::body(reader, interaction, &declared),
        "textEntryInteraction" if matches!(declared.base.as_str(), "float" | "integer") => {
            numbers::body(reader, item, &declared, feedbacks)
        }
        "textEntryInteraction" => answers::body(&declared, feedbacks),
        "extendedTextInteraction" => Ok(Body::Essay),
        other => return Err(Remark::UnknownType { name: other.to_owned() }),
    };
    body.map_err(Remark::Unreadable)
}

/// Counts the attributes of an interaction and its choices that have no place here.
fn settings(reader: &mut Reader<'_>, interaction: Node<'_, '_>) {
    const KNOWN: [&str; 7] = ["responseIdentifier", "identifier", "maxChoices", "matchMax", "maxAssociations", "shuffle", "class"];
    let parts = interaction.descendants().filter(|n| *n == interaction || name(*n).starts_with("simple"));
    for node in parts {
        for attribute in node.attributes().filter(|a| !KNOWN.contains(&a.name())) {
            let line = reader.line(node);
            reader.report.setting(line, attribute.name());
        }
    }
}

/// The text around the interaction, with its prompt.
fn stem(reader: &mut Reader<'_>, body: Node<'_, '_>, interaction: Option<Node<'_, '_>>) -> Text {
    let mut holes: Holes = Vec::new();
    for node in body.descendants() {
        if matches!(name(node), "rubricBlock" | "infoControl" | "feedbackBlock" | "feedbackInline" | "templateBlock" | "templateInline")
            && interaction.is_none_or(|i| !node.ancestors().any(|a| a == i))
        {
            reader.not_carried(node);
            holes.push((node.range(), ""));
        }
    }
    let Some(interaction) = interaction else { return reader.flow(body, &holes) };
    let mut place = interaction;
    while let Some(parent) = place.parent().filter(|p| *p != body && is_alone(place)) {
        place = parent;
    }
    let is_inline = name(interaction) == "textEntryInteraction" && place == interaction && interaction.parent() != Some(body);
    holes.push((place.range(), if is_inline { BLANK } else { "" }));
    let stem = reader.flow(body, &holes);
    match child(interaction, "prompt").map(|p| reader.flow(p, &Vec::new())).filter(|p| !p.is_empty()) {
        None => stem,
        Some(prompt) if stem.is_empty() => prompt,
        Some(prompt) => Text { format: Markup::Html, text: format!("{}\n{}", html(&stem), html(&prompt)) },
    }
}

fn html(text: &Text) -> String {
    if text.format == Markup::Html { text.text.clone() } else { crate::exchange::xml::escape(&text.text) }
}

/// Outcomes that the usual rules set.
const OUTCOMES: [&str; 5] = ["SCORE", "MAXSCORE", "FEEDBACKBASIC", FEEDBACK, GENERAL];

/// Names what is not read.
fn rest(reader: &mut Reader<'_>, item: Node<'_, '_>, body: &Body) {
    for node in elements(item) {
        let line = reader.line(node);
        match name(node) {
            "itemBody" | "modalFeedback" => {}
            "responseDeclaration" => {
                if let Some(value) = child(node, "defaultValue") {
                    reader.not_carried(value);
                }
            }
            // What every file declares for its score and feedback.
            "outcomeDeclaration" if OUTCOMES.contains(&node.attribute("identifier").unwrap_or_default()) => {}
            "outcomeDeclaration" => reader.report.setting(line, "outcomeDeclaration"),
            "responseProcessing" if is_usual(node, body) => {}
            _ => reader.report.add(line, Remark::NotCarried { construct: tag(node) }),
        }
    }
    for attribute in ["adaptive", "timeDependent"].into_iter().filter(|a| item.attribute(*a) == Some("true")) {
        reader.report.add(reader.line(item), Remark::NotCarried { construct: format!("{attribute}=\"true\"") });
    }
}

/// Whether the rules of scoring are those that follow from the right answers and their weights.
fn is_usual(node: Node<'_, '_>, body: &Body) -> bool {
    const USUAL: [&str; 10] = [
        "responseCondition",
        "responseIf",
        "responseElse",
        "match",
        "variable",
        "correct",
        "setOutcomeValue",
        "baseValue",
        "mapResponse",
        "isNull",
    ];
    const OF_NUMBERS: [&str; 6] = ["responseElseIf", "equal", "and", "gte", "lte", "not"];
    let has_answers = matches!(body, Body::Numeric(_) | Body::ShortAnswer(_));
    let is_usual = |n: &str| USUAL.contains(&n) || has_answers && OF_NUMBERS.contains(&n);
    let template = node.attribute("template").unwrap_or_default();
    let is_known = template.is_empty() || ["match_correct", "map_response"].iter().any(|t| template.ends_with(t));
    is_known && node.descendants().skip(1).filter(Node::is_element).all(|n| is_usual(name(n)))
}
