//! One question of a file.

use crate::exchange::model::{Answer, Body, Choice, Item, Markup, Numeric, NumericKind, Pair, Text};
use crate::exchange::number::{Decimal, Weight};
use crate::exchange::report::{Flaw, Remark};
use crate::exchange::text::some;
use crate::exchange::xml::{Reader, child, elements, name};
use roxmltree::Node;
use std::collections::BTreeSet;

/// Elements that are settings of Moodle rather than words of the question.
const SETTINGS: [&str; 23] = [
    "defaultgrade",
    "penalty",
    "hidden",
    "shuffleanswers",
    "answernumbering",
    "showstandardinstruction",
    "shownumcorrect",
    "usecase",
    "unitgradingtype",
    "unitpenalty",
    "showunits",
    "unitsleft",
    "responseformat",
    "responserequired",
    "responsefieldlines",
    "minwordlimit",
    "maxwordlimit",
    "attachments",
    "attachmentsrequired",
    "maxbytes",
    "filetypeslist",
    "length",
    "version",
];

/// Elements that every question has.
const COMMON: [&str; 4] = ["name", "questiontext", "generalfeedback", "tags"];

/// The item of a question; `None` where it is left out, which the report says.
pub(super) fn item(reader: &mut Reader<'_>, node: Node<'_, '_>) -> Option<Item> {
    let line = reader.line(node);
    let kind = node.attribute("type").unwrap_or_default();
    let stem = child(node, if kind == "category" { "info" } else { "questiontext" });
    let stem = stem.map(|n| reader.rich(n, Markup::Html)).unwrap_or(Text::new(Markup::Html, ""));
    let default = stem.format;
    let body = match body(reader, node, kind, default) {
        Ok(Some(body)) => body,
        Ok(None) => {
            reader.report.add(line, Remark::UnknownType { name: kind.to_owned() });
            return None;
        }
        Err(flaw) => {
            reader.report.add(line, Remark::Unreadable(flaw));
            return None;
        }
    };
    rest(reader, node, kind);
    let id = some(reader.child_text(node, "idnumber"));
    if body == Body::Category {
        let title = some(reader.child_text(node, "category"));
        return Some(Item { title, id, ..Item::new(line, stem, body) });
    }
    let general = child(node, "generalfeedback").map(|n| reader.rich(n, default));
    Some(Item {
        title: some(reader.child_text(node, "name")),
        id,
        tags: tags(reader, node),
        general_feedback: general.filter(|t| !t.is_empty()),
        ..Item::new(line, stem, body)
    })
}

fn tags(reader: &Reader<'_>, node: Node<'_, '_>) -> Vec<String> {
    let mut tags = Vec::new();
    let mut seen = BTreeSet::new();
    for tag in child(node, "tags").into_iter().flat_map(elements) {
        let text = reader.inner_text(tag);
        if !text.is_empty() && seen.insert(text.clone()) {
            tags.push(text);
        }
    }
    tags
}

/// Names what is not read.
fn rest(reader: &mut Reader<'_>, node: Node<'_, '_>, kind: &str) {
    reader.stray_text(node);
    let used: &[&str] = match kind {
        "category" => &["category", "info"],
        "multichoice" => &["single", "answer"],
        "truefalse" | "shortanswer" | "numerical" => &["answer"],
        "matching" | "match" => &["subquestion"],
        _ => &[],
    };
    for element in elements(node) {
        let is = name(element);
        let is_common = is == "idnumber" || kind != "category" && COMMON.contains(&is);
        if SETTINGS.contains(&is) && elements(element).next().is_none() {
            let line = reader.line(element);
            reader.report.setting(line, is);
        } else if !used.contains(&is) && !is_common {
            reader.not_carried(element);
        } else {
            inside(reader, element);
        }
    }
}

/// Names what is not read of an element that is: embedded files, and what answers have beyond a text and a feedback.
fn inside(reader: &mut Reader<'_>, element: Node<'_, '_>) {
    for file in element.descendants().filter(|n| n.has_tag_name("file")) {
        reader.not_carried(file);
    }
    if matches!(name(element), "answer" | "subquestion") && child(element, "text").is_some() {
        let is_known = |n: &Node<'_, '_>| matches!(name(*n), "text" | "feedback" | "tolerance" | "answer" | "file");
        for other in elements(element).filter(|n| !is_known(n)) {
            reader.not_carried(other);
        }
    }
}

fn body(reader: &mut Reader<'_>, node: Node<'_, '_>, kind: &str, default: Markup) -> Result<Option<Body>, Flaw> {
    Ok(Some(match kind {
        "category" if reader.child_text(node, "category").is_empty() => return Err(Flaw::NoText),
        "category" => Body::Category,
        "description" => Body::Description,
        "essay" => Body::Essay,
        "multichoice" => choices(reader, node, default)?,
        "truefalse" => true_false(reader, node, default)?,
        "shortanswer" => Body::ShortAnswer(answers(reader, node, default, |reader, node, weight, feedback| {
            Ok(Answer { text: reader.inner_text(node), weight, feedback })
        })?),
        "numerical" => Body::Numeric(answers(reader, node, default, number)?),
        "matching" | "match" => Body::Matching(pairs(reader, node, default)?),
        _ => return Ok(None),
    }))
}

/// The answers of a question, each made by `make` from its element, weight and feedback.
fn answers<T>(
    reader: &mut Reader<'_>,
    node: Node<'_, '_>,
    default: Markup,
    make: impl Fn(&mut Reader<'_>, Node<'_, '_>, Option<Weight>, Option<Text>) -> Result<T, Flaw>,
) -> Result<Vec<T>, Flaw> {
    let mut made = Vec::new();
    for answer in elements(node).filter(|n| name(*n) == "answer") {
        let weight = weight(reader, answer)?;
        let feedback = child(answer, "feedback").map(|f| reader.rich(f, default)).filter(|f| !f.is_empty());
        made.push(make(reader, answer, weight, feedback)?);
    }
    if made.is_empty() { Err(Flaw::NoAnswers) } else { Ok(made) }
}

fn weight(reader: &mut Reader<'_>, answer: Node<'_, '_>) -> Result<Option<Weight>, Flaw> {
    let Some(value) = answer.attribute("fraction") else { return Ok(None) };
    // Exports made under a Spanish locale have a comma here.
    let read = Weight::from_percent(&value.replace(',', ".")).ok_or_else(|| Flaw::BadWeight { value: value.to_owned() })?;
    if read.rounded {
        reader.report.add(reader.line(answer), Remark::WeightRounded { value: value.to_owned() });
    }
    Ok(Some(read.weight))
}

fn choices(reader: &mut Reader<'_>, node: Node<'_, '_>, default: Markup) -> Result<Body, Flaw> {
    let is_single = !matches!(reader.child_text(node, "single").to_ascii_lowercase().as_str(), "false" | "0");
    let choices = answers(reader, node, default, |reader, node, weight, feedback| {
        let correct = weight.is_some_and(|w| if is_single { w == Weight::FULL } else { w > Weight::ZERO });
        Ok(Choice { text: reader.rich(node, default), correct, weight, feedback })
    })?;
    Ok(if is_single { Body::SingleChoice(choices) } else { Body::MultipleChoice(choices) })
}

fn true_false(reader: &mut Reader<'_>, node: Node<'_, '_>, default: Markup) -> Result<Body, Flaw> {
    let sides = answers(reader, node, default, |reader, node, weight, feedback| {
        let text = reader.inner_text(node);
        let says = match text.to_ascii_lowercase().as_str() {
            "true" => true,
            "false" => false,
            _ => return Err(Flaw::UnknownAnswer { value: text }),
        };
        Ok((says, weight.is_some_and(|w| w > Weight::ZERO), feedback))
    })?;
    let right: Vec<bool> = sides.iter().filter(|(_, is_right, _)| *is_right).map(|(says, ..)| *says).collect();
    let [is_true] = right.as_slice() else { return Err(Flaw::NotOneRight) };
    let side = |wanted: bool| sides.iter().find(|(says, ..)| *says == wanted).and_then(|(.., feedback)| feedback.clone());
    Ok(Body::TrueFalse { is_true: *is_true, if_true: side(true), if_false: side(false) })
}

fn number(reader: &mut Reader<'_>, node: Node<'_, '_>, weight: Option<Weight>, feedback: Option<Text>) -> Result<Numeric, Flaw> {
    let decimal = |text: &str| Decimal::parse(text).ok_or_else(|| Flaw::BadNumber { value: text.to_owned() });
    let text = reader.inner_text(node);
    let tolerance = some(reader.child_text(node, "tolerance")).map(|t| decimal(&t)).transpose()?;
    let kind = if text == "*" { NumericKind::Any } else { NumericKind::Value { value: decimal(&text)?, tolerance } };
    Ok(Numeric { kind, weight, feedback })
}

fn pairs(reader: &mut Reader<'_>, node: Node<'_, '_>, default: Markup) -> Result<Vec<Pair>, Flaw> {
    let mut pairs = Vec::new();
    for sub in elements(node).filter(|n| name(*n) == "subquestion") {
        pairs.push(Pair { left: reader.rich(sub, default), right: reader.child_text(sub, "answer") });
    }
    if pairs.is_empty() { Err(Flaw::NoAnswers) } else { Ok(pairs) }
}
