//! Match and order interactions.

use super::declaration::{Declaration, plain};
use crate::exchange::model::{Body, Pair, Text};
use crate::exchange::report::{Field, Flaw, Remark};
use crate::exchange::xml::{Reader, elements, name, tag};
use roxmltree::Node;

fn identifier<'a>(node: Node<'a, '_>) -> &'a str {
    node.attribute("identifier").unwrap_or_default()
}

/// The matching question of a match interaction.
pub(super) fn body(reader: &mut Reader<'_>, interaction: Node<'_, '_>, declared: &Declaration) -> Result<Body, Flaw> {
    let mut sets = elements(interaction).filter(|n| name(*n) == "simpleMatchSet");
    let (left, right) = sets.next().zip(sets.next()).ok_or(Flaw::NoAnswers)?;
    let mut rights = Vec::new();
    for node in elements(right) {
        rights.push((identifier(node), reader.plain_flow(node), false));
    }
    let mut pairs = Vec::new();
    for node in elements(left) {
        let text = reader.flow(node, &Vec::new());
        let before = pairs.len();
        for value in &declared.correct {
            let (one, other) = value.split_once(' ').ok_or_else(|| Flaw::UnknownAnswer { value: value.clone() })?;
            if one == identifier(node) {
                let found = rights.iter_mut().find(|(id, ..)| *id == other.trim());
                let (_, right, used) = found.ok_or_else(|| Flaw::UnknownAnswer { value: value.clone() })?;
                *used = true;
                pairs.push(Pair { left: text.clone(), right: right.clone() });
            }
        }
        if pairs.len() == before {
            reader.report.add(reader.line(node), Remark::NotCarried { construct: tag(node) });
        }
    }
    if pairs.is_empty() {
        return Err(Flaw::NoAnswers);
    }
    let is_uneven = |m: &super::declaration::Mapping| m.entries.windows(2).any(|w| matches!(w, [(_, a), (_, b)] if a != b));
    if declared.mapping.as_ref().is_some_and(is_uneven) {
        let line = reader.line(interaction);
        reader.report.lost(line, Field::Weights);
    }
    let others = rights.into_iter().filter(|(.., used)| !used);
    pairs.extend(others.map(|(_, right, _)| Pair { left: Text::default(), right }));
    Ok(Body::Matching(pairs))
}

/// The order of an order interaction, as pairs of place and text.
pub(super) fn order(reader: &mut Reader<'_>, interaction: Node<'_, '_>, declared: &Declaration) -> Result<Body, Flaw> {
    let mut choices = Vec::new();
    for node in elements(interaction).filter(|n| name(*n) == "simpleChoice") {
        choices.push((identifier(node), reader.plain_flow(node)));
    }
    let mut pairs = Vec::new();
    for (place, value) in (1_u32..).zip(&declared.correct) {
        let at = choices.iter().position(|(id, _)| id == value);
        let (_, right) = choices.remove(at.ok_or_else(|| Flaw::UnknownAnswer { value: value.clone() })?);
        pairs.push(Pair { left: plain(&place.to_string()), right });
    }
    if pairs.is_empty() {
        return Err(Flaw::NoAnswers);
    }
    pairs.extend(choices.into_iter().map(|(_, right)| Pair { left: Text::default(), right }));
    let line = reader.line(interaction);
    reader.report.add(line, Remark::OrderAsPairs);
    Ok(Body::Matching(pairs))
}
