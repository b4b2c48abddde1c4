//! What a file of questions holds, and the texts in it.

use super::format_from;
use super::question;
use crate::exchange::model::{Item, Markup, Text};
use crate::exchange::report::{Remark, Report};
use crate::exchange::text::trim;
use crate::exchange::xml::{Reader, child, elements, name, tag};
use roxmltree::Node;

/// What a Moodle XML file says.
#[must_use]
pub fn read(source: &str) -> (Vec<Item>, Report) {
    let mut reader = Reader::new(source);
    let Some(tree) = reader.tree() else { return (Vec::new(), reader.report) };
    let root = tree.root_element();
    if name(root) != "quiz" {
        reader.report.add(reader.line(root), Remark::NotCarried { construct: tag(root) });
        return (Vec::new(), reader.report);
    }
    reader.stray_text(root);
    let mut items = Vec::new();
    for node in elements(root) {
        if name(node) == "question" {
            items.extend(question::item(&mut reader, node));
        } else {
            reader.not_carried(node);
        }
    }
    (items, reader.report)
}

impl Reader<'_> {
    /// A text element with its format; `default` where it names none.
    pub(super) fn rich(&mut self, node: Node<'_, '_>, default: Markup) -> Text {
        let named = node.attribute("format").filter(|f| !f.is_empty());
        let format = named.map(|f| (f, format_from(f)));
        if let Some((unknown, None)) = format {
            self.report.add(self.line(node), Remark::NotCarried { construct: format!("format=\"{unknown}\"") });
        }
        Text { format: format.and_then(|(_, f)| f).unwrap_or(default), text: self.inner_text(node) }
    }

    /// The text of an element: of the `<text>` in it, which files before Moodle 2 do not have.
    pub(super) fn inner_text(&self, node: Node<'_, '_>) -> String {
        if let Some(text) = child(node, "text") {
            return self.text(text);
        }
        let has_parts = elements(node).any(|c| matches!(name(c), "feedback" | "tolerance" | "answer" | "file"));
        if !has_parts {
            return self.text(node);
        }
        let own: String = node.children().filter(Node::is_text).filter_map(|n| n.text()).collect();
        trim(&own).to_owned()
    }

    /// The same of an element inside `node`; empty where there is none.
    pub(super) fn child_text(&self, node: Node<'_, '_>, wanted: &str) -> String {
        child(node, wanted).map(|c| self.inner_text(c)).unwrap_or_default()
    }
}
