//! Texts of an item: HTML as it stands, anything else escaped in an element that names its markup.

use super::{FORMAT_CLASS, NAMESPACE};
use crate::exchange::model::{Markup, Text};
use crate::exchange::text::trim;
use crate::exchange::xml::{Reader, elements, escape, name};
use roxmltree::{Document, Node};
use std::ops::Range;

/// What stands for the place of an answer inside a text.
pub(super) const BLANK: &str = "_____";

/// The class of the element around a question's HTML.
pub(super) const STEM: &str = "stem";

/// Parts of the file that are not part of a text, and what stands for each in it.
pub(super) type Holes = Vec<(Range<usize>, &'static str)>;

/// Elements that mean something to QTI, which the HTML of a text must not hold.
fn is_qti(name: &str) -> bool {
    const NAMES: [&str; 9] = [
        "assessmentItem",
        "itemBody",
        "prompt",
        "simpleChoice",
        "feedbackInline",
        "feedbackBlock",
        "modalFeedback",
        "rubricBlock",
        "infoControl",
    ];
    name.ends_with("Interaction") || NAMES.contains(&name)
}

/// Whether a text can stand in an item as the HTML that it is.
pub(super) fn is_well_formed(html: &str) -> bool {
    let whole = format!("<div xmlns=\"{NAMESPACE}\">{html}</div>");
    let is_ours = |n: Node<'_, '_>| is_qti(name(n)) || n.attribute("class").is_some_and(|c| c.starts_with(FORMAT_CLASS));
    Document::parse(&whole).is_ok_and(|d| !d.descendants().any(is_ours))
}

/// A text as the content of `element`; `html` where it stands as it is. A class of its own keeps HTML from being taken
/// for something else.
pub(super) fn wrap(element: &str, class: &str, text: &Text, as_html: bool) -> String {
    if as_html {
        return if class.is_empty() { text.text.clone() } else { format!("<{element} class=\"{class}\">{}</{element}>", text.text) };
    }
    format!("<{element} class=\"{FORMAT_CLASS}{}\">{}</{element}>", text.format.name(), escape(&text.text))
}

/// Whether nothing else stands beside a node.
pub(super) fn is_alone(node: Node<'_, '_>) -> bool {
    let siblings = || node.parent().into_iter().flat_map(|p| p.children().filter(|c| *c != node));
    siblings().all(|c| c.is_comment() || c.is_text() && trim(c.text().unwrap_or_default()).is_empty())
}

/// The markup that the class of an element names.
fn marked(node: Node<'_, '_>) -> Option<Markup> {
    node.attribute("class")?.strip_prefix(FORMAT_CLASS).and_then(Markup::from_name)
}

fn is_hidden(node: Node<'_, '_>, holes: &Holes) -> bool {
    holes.iter().any(|(hole, _)| hole.start <= node.range().start && node.range().end <= hole.end)
}

/// The text of an element that names its markup, its blanks filled.
fn unescaped(node: Node<'_, '_>, holes: &Holes) -> String {
    let mut text = String::new();
    for inner in node.descendants() {
        if let Some((_, blank)) = holes.iter().find(|(hole, _)| *hole == inner.range()) {
            text.push_str(blank);
        } else if inner.is_text() {
            text.push_str(inner.text().unwrap_or_default());
        }
    }
    trim(&text).to_owned()
}

impl Reader<'_> {
    /// The text inside a node without its holes.
    pub(super) fn flow(&self, node: Node<'_, '_>, holes: &Holes) -> Text {
        let is_space = |n: &Node<'_, '_>| n.is_text() && trim(n.text().unwrap_or_default()).is_empty();
        let mut shown = node.children().filter(|n| !is_space(n) && !is_hidden(*n, holes));
        if let (Some(only), None) = (shown.next(), shown.next()) {
            if let Some(format) = marked(only) {
                return Text { format, text: unescaped(only, holes) };
            }
            if only.attribute("class") == Some(STEM) && name(only) == "div" && name(node) == "itemBody" {
                return Text { format: Markup::Html, text: self.with_blanks(only, holes) };
            }
        }
        Text { format: Markup::Html, text: self.with_blanks(node, holes) }
    }

    /// What stands inside a node, as written, its holes filled.
    fn with_blanks(&self, node: Node<'_, '_>, holes: &Holes) -> String {
        let (start, whole) = self.content(node);
        let mut text = String::new();
        let mut at = 0;
        let mut inside: Vec<_> = holes.iter().filter(|(h, _)| h.start >= start && h.end <= start + whole.len()).collect();
        inside.sort_by_key(|(hole, _)| hole.start);
        for (hole, blank) in inside {
            text.push_str(whole.get(at..hole.start - start).unwrap_or_default());
            text.push_str(blank);
            at = at.max(hole.end - start);
        }
        text.push_str(whole.get(at..).unwrap_or_default());
        trim(&text).to_owned()
    }

    /// The plain text of a node; names the markup lost with its elements.
    pub(super) fn plain_flow(&mut self, node: Node<'_, '_>) -> String {
        if elements(node).next().is_some() {
            let line = self.line(node);
            self.report.once(line, crate::exchange::Remark::Lost { field: crate::exchange::report::Field::Markup });
        }
        crate::exchange::xml::words(node)
    }
}
