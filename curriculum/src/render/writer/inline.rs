//! Links, terms, footnote calls, images and alerts.

use super::Writer;
use crate::lesson::slug;
use crate::package::find_term;
use crate::render::RenderedTerm;
use crate::render::links::{Target, target};
use pulldown_cmark::{BlockQuoteKind, LinkType};

/// `text` as HTML text or attribute value.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // NUL has no place in HTML; parsers replace it at different places.
            '\0' => escaped.push('\u{fffd}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}

impl Writer<'_, '_> {
    pub(super) fn note(&mut self, name: &str) {
        if self.in_image() {
            return;
        }
        if !self.notes.contains_key(name) {
            self.text(&format!("[^{name}]"));
            return;
        }
        let known = self.called.iter().position(|n| n == name);
        let number = known.unwrap_or(self.called.len()) + 1;
        // Only the first call can be returned to: an id stands once.
        let id = if known.is_none() { format!(" id=\"fnref-{}-{number}\"", self.part) } else { String::new() };
        if known.is_none() {
            self.called.push(name.to_owned());
        }
        self.out.push_str(&format!("<sup><a href=\"#fn-{}-{number}\"{id}>{number}</a></sup>", self.part));
    }

    pub(super) fn link(&mut self, kind: LinkType, address: &str) -> Option<String> {
        if matches!(kind, LinkType::WikiLink { .. }) {
            let term = find_term(self.glossary, address, self.language)?;
            let anchor = format!("g-{}", slug(&term.id));
            if !self.terms.iter().any(|t| t.anchor == anchor) {
                let (word, definition) = (term.word.get(self.language).to_owned(), term.definition.get(self.language).to_owned());
                self.terms.push(RenderedTerm { anchor: anchor.clone(), word, definition });
            }
            return Some(format!("<a class=\"term\" href=\"#{anchor}\">"));
        }
        let mail = format!("mailto:{address}");
        let address = if kind == LinkType::Email { &mail } else { address };
        let html = match target(address)? {
            Target::Anchor(name) if self.is_part(name) => format!("<a href=\"#{}\">", escape(name)),
            Target::Anchor(name) => format!("<a href=\"#h-{}\">", slug(name)),
            Target::Media(link) | Target::Contact(link) => format!("<a href=\"{}\">", escape(link)),
            Target::Web(link) => format!("<a href=\"{}\" rel=\"noopener noreferrer\" class=\"leaves\">", escape(link)),
        };
        Some(html)
    }

    /// Parts are `p` and a number; any other anchor is a heading's.
    fn is_part(&self, name: &str) -> bool {
        name == self.part || name.strip_prefix('p').is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
    }

    pub(super) fn image(&mut self, address: &str, alternative: &str) {
        if self.in_image() || !matches!(target(address), Some(Target::Media(_))) {
            self.text(alternative);
            return;
        }
        let (address, alternative) = (escape(address), escape(alternative.trim()));
        self.out.push_str(&format!("<img src=\"{address}\" alt=\"{alternative}\" loading=\"lazy\">"));
    }

    pub(super) fn alert(&mut self, kind: BlockQuoteKind, inner: &str) {
        let (class, icon, word) = match kind {
            BlockQuoteKind::Note => ("info", "i-info", self.say("Nota", "Note")),
            BlockQuoteKind::Tip => ("info", "i-info", self.say("Consejo", "Tip")),
            BlockQuoteKind::Important => ("warn", "i-warn", self.say("Importante", "Important")),
            BlockQuoteKind::Warning => ("warn", "i-warn", self.say("Atención", "Warning")),
            BlockQuoteKind::Caution => ("halt", "i-warn", self.say("Cuidado", "Caution")),
        };
        // One paragraph stands in a `span` as in the design; anything more needs an element that may hold blocks.
        let single = inner.strip_prefix("<p>").and_then(|i| i.strip_suffix("</p>")).filter(|i| !i.contains("</p>"));
        let body = single.map_or_else(|| format!("<div>{inner}</div>"), |text| format!("<span>{text}</span>"));
        let icon = format!("<svg class=\"i\" aria-hidden=\"true\"><use href=\"#{icon}\"></use></svg>");
        self.out.push_str(&format!("<div class=\"alert {class}\">{icon}<b>{word}</b>{body}</div>\n"));
    }
}
