//! Markdown as events, divided into parts at the level-1 headings, with the footnotes set apart.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use std::collections::BTreeMap;
use std::ops::Range;

/// An event and the bytes of the body that it comes from.
pub type Item<'a> = (Event<'a>, Range<usize>);

/// A heading's braces.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attributes<'a> {
    /// `#id`.
    pub id: Option<CowStr<'a>>,
    /// `.class`.
    pub classes: Vec<CowStr<'a>>,
    /// `key=value`.
    pub values: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
}

impl Attributes<'_> {
    /// The value of `minutes=`, where it is given.
    #[must_use]
    pub fn minutes(&self) -> Option<String> {
        let (_, value) = self.values.iter().find(|(key, _)| &**key == "minutes")?;
        Some(value.as_deref().unwrap_or_default().to_owned())
    }
}

/// A part: its heading and what follows.
#[derive(Debug, Clone, Default)]
pub struct Part<'a> {
    /// Where the heading stands; 0 for text before the first heading.
    pub offset: usize,
    /// Whether there is a heading.
    pub headed: bool,
    /// The heading's braces.
    pub attributes: Attributes<'a>,
    /// The heading's text.
    pub title: String,
    /// What follows the heading.
    pub items: Vec<Item<'a>>,
}

/// A lesson's body.
#[derive(Debug, Clone, Default)]
pub struct Body<'a> {
    /// The parts; the first has no heading where text stands before the first one.
    pub parts: Vec<Part<'a>>,
    /// The content of each footnote, by name.
    pub footnotes: BTreeMap<String, Vec<Item<'a>>>,
}

/// The Markdown that lessons are written in.
#[must_use]
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// Reads a lesson's body.
#[must_use]
pub fn read(body: &str) -> Body<'_> {
    let mut read = Body::default();
    let mut depth = 0_usize;
    let mut footnote: Option<(String, Vec<Item<'_>>)> = None;
    let mut in_title = false;
    for (event, range) in TextMergeWithOffset::new(Parser::new_ext(body, options()).into_offset_iter()) {
        match (&event, depth) {
            (Event::Start(Tag::FootnoteDefinition(name)), 0) => {
                footnote = Some((name.to_string(), Vec::new()));
                depth += 1;
                continue;
            }
            (Event::End(TagEnd::FootnoteDefinition), 1) => {
                if let Some((name, items)) = footnote.take() {
                    read.footnotes.entry(name).or_insert(items);
                }
                depth = 0;
                continue;
            }
            (Event::Start(Tag::Heading { level: HeadingLevel::H1, id, classes, attrs }), 0) => {
                let attributes = Attributes { id: id.clone(), classes: classes.clone(), values: attrs.clone() };
                read.parts.push(Part { offset: range.start, headed: true, attributes, ..Part::default() });
                in_title = true;
                depth += 1;
                continue;
            }
            (Event::End(TagEnd::Heading(HeadingLevel::H1)), 1) if in_title => {
                in_title = false;
                depth = 0;
                continue;
            }
            (Event::Start(_), _) => depth += 1,
            (Event::End(_), _) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some((_, items)) = &mut footnote {
            items.push((event, range));
            continue;
        }
        if read.parts.is_empty() {
            read.parts.push(Part { offset: range.start, ..Part::default() });
        }
        if let Some(part) = read.parts.last_mut() {
            if in_title {
                part.title.push_str(text_of(&event));
            } else {
                part.items.push((event, range));
            }
        }
    }
    read
}

/// The text that an event adds to a line of plain text.
#[must_use]
pub fn text_of<'e>(event: &'e Event<'_>) -> &'e str {
    match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => text,
        Event::InlineMath(text) | Event::DisplayMath(text) => text,
        Event::SoftBreak | Event::HardBreak => " ",
        Event::Start(_) | Event::End(_) | Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => "",
    }
}

/// The first word after the fence of a code block: `checkpoint`, `scenario` or a language.
#[must_use]
pub fn fence<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => info.split_whitespace().next(),
        _ => None,
    }
}

/// Whether a block with this fence is read by the product and not shown as it stands.
#[must_use]
pub fn is_special(fence: &str) -> bool {
    fence == "checkpoint" || fence == "scenario"
}
