//! Events to HTML. Every text goes through [`escape`]; no HTML of the source is passed on.

mod inline;

use super::RenderedTerm;
use crate::lesson::events::{self, Attributes, Item};
use crate::lesson::outline::WORK;
use crate::lesson::slug;
use crate::package::Term;
use domain::curriculum::Language;
use inline::escape;
use pulldown_cmark::{BlockQuoteKind, Event, HeadingLevel, LinkType, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};

/// What stands around the text being written, to be closed later.
enum Frame {
    /// The text before a heading, its level, class and id.
    Heading(String, u8, String, Option<String>),
    /// The text before a table, the words of its head, whether the head is being written.
    Table(String, Vec<String>, bool),
    /// The text before an alert.
    Alert(String, BlockQuoteKind),
    /// An image's address and its text so far.
    Image(String, String),
    /// A special block: nothing of it is shown.
    Hidden,
    /// A link, and whether an `a` was opened for it.
    Link(bool),
}

pub(super) struct Writer<'w, 'e> {
    part: &'w str,
    language: Language,
    glossary: &'w [Term],
    notes: &'w BTreeMap<String, Vec<Item<'e>>>,
    called: Vec<String>,
    terms: Vec<RenderedTerm>,
    ids: BTreeSet<String>,
    frames: Vec<Frame>,
    /// Plain text of the heading or head cell being written.
    plain: String,
    out: String,
}

impl<'w, 'e> Writer<'w, 'e> {
    pub(super) fn new(part: &'w str, language: Language, glossary: &'w [Term], notes: &'w BTreeMap<String, Vec<Item<'e>>>) -> Self {
        Self {
            part,
            language,
            glossary,
            notes,
            called: Vec::new(),
            terms: Vec::new(),
            ids: BTreeSet::new(),
            frames: Vec::new(),
            plain: String::new(),
            out: String::new(),
        }
    }

    const fn say(&self, es: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Es => es,
            Language::En => en,
        }
    }

    pub(super) fn part(&mut self, items: &[Item<'e>]) {
        self.write(items);
        let mut number = 0;
        let notes = self.notes;
        while let Some(name) = self.called.get(number).cloned() {
            number += 1;
            self.out.push_str(if number == 1 { "<ol class=\"footnotes\">\n" } else { "" });
            self.out.push_str(&format!("<li id=\"fn-{}-{number}\">", self.part));
            self.write(notes.get(&name).map(Vec::as_slice).unwrap_or_default());
            let back = self.say("Volver al texto", "Back to the text");
            self.out.push_str(&format!(" <a href=\"#fnref-{}-{number}\" aria-label=\"{back}\">↩</a></li>\n", self.part));
        }
        if number > 0 {
            self.out.push_str("</ol>\n");
        }
    }

    pub(super) fn finish(self) -> (String, Vec<RenderedTerm>) {
        (self.out, self.terms)
    }

    fn write(&mut self, items: &[Item<'e>]) {
        for (event, _) in items {
            match event {
                Event::Start(tag) => self.start(tag, event),
                Event::End(tag) => self.end(*tag),
                _ if matches!(self.frames.last(), Some(Frame::Hidden)) => {}
                Event::Code(code) => self.wrapped("code", code),
                Event::SoftBreak => self.text("\n"),
                Event::HardBreak => self.hard_break(),
                Event::Rule => self.out.push_str("<hr>\n"),
                Event::FootnoteReference(name) => self.note(name),
                Event::TaskListMarker(done) => self.text(if *done { "☑ " } else { "☐ " }),
                Event::Text(_) | Event::Html(_) | Event::InlineHtml(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                    self.text(events::text_of(event));
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        // In an image's description there are no elements.
        if let Some(Frame::Image(_, alternative)) = self.frames.iter_mut().rev().find(|f| matches!(f, Frame::Image(..))) {
            alternative.push_str(text);
            return;
        }
        self.plain.push_str(text);
        self.out.push_str(&escape(text));
    }

    fn hard_break(&mut self) {
        if self.in_image() {
            self.text("\n");
            return;
        }
        self.plain.push(' ');
        self.out.push_str("<br>\n");
    }

    fn wrapped(&mut self, element: &str, text: &str) {
        if self.in_image() {
            self.text(text);
            return;
        }
        self.plain.push_str(text);
        self.out.push_str(&format!("<{element}>{}</{element}>", escape(text)));
    }

    fn in_image(&self) -> bool {
        self.frames.iter().any(|f| matches!(f, Frame::Image(..)))
    }

    fn open(&mut self, html: &str) {
        if !self.in_image() {
            self.out.push_str(html);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, event: &Event<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.open("<p>"),
            Tag::Heading { level, id, classes, attrs } => {
                let attributes = Attributes { id: id.clone(), classes: classes.clone(), values: attrs.clone() };
                self.start_heading(*level, &attributes);
            }
            Tag::BlockQuote(Some(kind)) => {
                let before = std::mem::take(&mut self.out);
                self.frames.push(Frame::Alert(before, *kind));
            }
            Tag::BlockQuote(None) => self.open("<blockquote>\n"),
            Tag::CodeBlock(_) if events::fence(event).is_some_and(events::is_special) => self.frames.push(Frame::Hidden),
            Tag::CodeBlock(_) => self.open("<pre><code>"),
            Tag::List(Some(1)) => self.open("<ol>\n"),
            Tag::List(Some(start)) => self.open(&format!("<ol start=\"{start}\">\n")),
            Tag::List(None) => self.open("<ul>\n"),
            Tag::Item => self.open("<li>"),
            Tag::Table(_) => {
                let before = std::mem::take(&mut self.out);
                self.frames.push(Frame::Table(before, Vec::new(), false));
            }
            Tag::TableHead => self.table_head(true),
            Tag::TableRow => self.open("<tr>"),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.open("<em>"),
            Tag::Strong => self.open("<strong>"),
            Tag::Strikethrough => self.open("<del>"),
            Tag::Link { link_type, dest_url, .. } => self.start_link(*link_type, dest_url),
            Tag::Image { dest_url, .. } => self.frames.push(Frame::Image(dest_url.to_string(), String::new())),
            // Not switched on, or taken out before.
            Tag::FootnoteDefinition(_) | Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {}
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn start_heading(&mut self, level: HeadingLevel, attributes: &Attributes<'_>) {
        // The page has its own level 1.
        let level = (level as u8).max(2);
        let classes = attributes.classes.iter().filter(|c| level == 2 && WORK.contains(&&***c));
        let class = classes.take(1).map(|c| format!(" class=\"{c}\"")).collect();
        let before = std::mem::take(&mut self.out);
        self.frames.push(Frame::Heading(before, level, class, attributes.id.as_deref().map(slug)));
        self.plain.clear();
    }

    fn table_head(&mut self, begins: bool) {
        if let Some(Frame::Table(_, _, head)) = self.frames.last_mut() {
            *head = begins;
        }
        self.out.push_str(if begins { "<thead><tr>" } else { "</tr></thead>\n<tbody>\n" });
    }

    fn start_cell(&mut self) {
        self.plain.clear();
        let head = matches!(self.frames.last(), Some(Frame::Table(_, _, true)));
        self.out.push_str(if head { "<th scope=\"col\">" } else { "<td>" });
    }

    fn start_link(&mut self, kind: LinkType, address: &str) {
        let inside = self.in_image() || self.frames.iter().any(|f| matches!(f, Frame::Link(true)));
        let opened = if inside { None } else { self.link(kind, address) };
        self.frames.push(Frame::Link(opened.is_some()));
        self.out.push_str(&opened.unwrap_or_default());
    }

    fn end(&mut self, tag: TagEnd) {
        let framed = matches!(tag, TagEnd::Heading(_) | TagEnd::Table | TagEnd::Link | TagEnd::Image)
            || (matches!(tag, TagEnd::BlockQuote(Some(_))))
            || (tag == TagEnd::CodeBlock && matches!(self.frames.last(), Some(Frame::Hidden)));
        if framed {
            if let Some(frame) = self.frames.pop() {
                self.close(frame);
            }
            return;
        }
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.open("</p>\n"),
            TagEnd::BlockQuote(_) => self.open("</blockquote>\n"),
            TagEnd::CodeBlock => self.open("</code></pre>\n"),
            TagEnd::List(ordered) => self.open(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.open("</li>\n"),
            TagEnd::TableHead => self.table_head(false),
            TagEnd::TableRow => self.open("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.open("</em>"),
            TagEnd::Strong => self.open("</strong>"),
            TagEnd::Strikethrough => self.open("</del>"),
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let cell = self.plain.trim().to_owned();
        let mut is_head = false;
        if let Some(Frame::Table(_, words, true)) = self.frames.last_mut() {
            words.push(cell);
            is_head = true;
        }
        self.out.push_str(if is_head { "</th>" } else { "</td>" });
    }

    fn close(&mut self, frame: Frame) {
        match frame {
            Frame::Heading(before, level, class, id) => {
                let inner = std::mem::replace(&mut self.out, before);
                let id = self.heading_id(id);
                self.out.push_str(&format!("<h{level}{id}{class}>{inner}</h{level}>\n"));
            }
            Frame::Table(before, words, _) => {
                let inner = std::mem::replace(&mut self.out, before);
                let label = escape(&format!("{}: {}", self.say("Tabla", "Table"), words.join(", ")));
                let open = format!("<div class=\"box\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n<table>\n");
                self.out.push_str(&format!("{open}{inner}</tbody></table>\n</div>\n"));
            }
            Frame::Alert(before, kind) => {
                let inner = std::mem::replace(&mut self.out, before);
                self.alert(kind, inner.trim());
            }
            Frame::Image(address, alternative) => self.image(&address, &alternative),
            Frame::Link(true) => self.out.push_str("</a>"),
            Frame::Link(false) | Frame::Hidden => {}
        }
    }

    fn heading_id(&mut self, given: Option<String>) -> String {
        let name = given.unwrap_or_else(|| slug(&self.plain));
        if name.is_empty() {
            return String::new();
        }
        let mut id = format!("h-{name}");
        let mut number = 1;
        while !self.ids.insert(id.clone()) {
            number += 1;
            id = format!("h-{name}-{number}");
        }
        format!(" id=\"{id}\"")
    }
}
