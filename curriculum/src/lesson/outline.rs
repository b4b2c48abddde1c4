//! What a lesson's text holds, part by part, with lines: the material of both the programme and its checks.

use super::events::{self, Attributes, Item};
use super::{slug, words};
use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};

/// A fenced block that the product reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The line of its first content.
    pub line: u32,
    /// Its content.
    pub text: String,
}

/// Work that takes more time than its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// `exercise`, `case`, `reread` or `practice`.
    pub kind: String,
    /// Its minutes as written.
    pub minutes: String,
    /// Its line.
    pub line: u32,
}

/// What is written in one part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Whether a level-1 heading begins it.
    pub headed: bool,
    /// Its line.
    pub line: u32,
    /// Its id.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// Its design minutes as written.
    pub minutes: Option<String>,
    /// Heading attributes that mean nothing.
    pub strange: Vec<(u32, String)>,
    /// Level-2 headings with half of what work needs, or work under another level.
    pub half_work: Vec<u32>,
    /// Work with minutes of its own.
    pub work: Vec<Work>,
    /// Words that are read as they stand.
    pub words: i64,
    /// Words inside work.
    pub work_words: i64,
    /// Its checkpoints; one is right.
    pub checkpoints: Vec<Block>,
    /// The line of text after a checkpoint.
    pub after_checkpoint: Option<u32>,
    /// Scenarios that it embeds.
    pub scenarios: Vec<Block>,
    /// Glossary terms as marked.
    pub terms: Vec<(u32, String)>,
    /// Addresses of links.
    pub links: Vec<(u32, String)>,
    /// Images: line, address, whether they have a text.
    pub images: Vec<(u32, String, bool)>,
    /// Anchors of its headings.
    pub anchors: Vec<String>,
    /// Lines of raw HTML.
    pub html: Vec<u32>,
    /// Its sentences, one block a line; no headings and tables.
    pub prose: String,
}

/// The classes of work.
pub const WORK: [&str; 4] = ["exercise", "case", "reread", "practice"];

/// The parts of a body that begins on line `first`.
#[must_use]
pub fn outline(body: &str, first: u32) -> Vec<Outline> {
    of(&events::read(body), body, first)
}

/// The same of a body that was read already.
#[must_use]
pub fn of(read: &events::Body<'_>, body: &str, first: u32) -> Vec<Outline> {
    let breaks: Vec<usize> = body.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at).collect();
    let line_at = |offset: usize| {
        let before = breaks.partition_point(|at| *at < offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(first)
    };
    let mut parts = Vec::with_capacity(read.parts.len());
    for part in &read.parts {
        let mut scan = Scan::new(&line_at);
        scan.begin(part);
        for item in &part.items {
            scan.item(item);
        }
        for (event, _) in &part.items {
            // A footnote is read where it is called.
            if let Event::FootnoteReference(name) = event {
                for item in read.footnotes.get(&**name).into_iter().flatten() {
                    scan.item(item);
                }
            }
        }
        scan.flush();
        parts.push(scan.out);
    }
    parts
}

struct Scan<'s> {
    line_at: &'s dyn Fn(usize) -> u32,
    out: Outline,
    block: String,
    code: Option<(String, usize, String)>,
    heading: Option<String>,
    table: bool,
    in_work: bool,
    image: Option<(u32, String, String)>,
}

impl<'s> Scan<'s> {
    fn new(line_at: &'s dyn Fn(usize) -> u32) -> Self {
        let (block, code, heading, image) = (String::new(), None, None, None);
        Self { line_at, out: Outline::default(), block, code, heading, table: false, in_work: false, image }
    }

    fn begin(&mut self, part: &events::Part<'_>) {
        self.out.headed = part.headed;
        self.out.line = (self.line_at)(part.offset);
        self.out.title = part.title.trim().to_owned();
        self.out.words = words(&part.title);
        self.out.id = part.attributes.id.as_deref().map(str::to_owned);
        self.out.minutes = part.attributes.minutes();
        self.strange(self.out.line, &part.attributes, false, true);
    }

    fn strange(&mut self, line: u32, attributes: &Attributes<'_>, work: bool, minutes: bool) {
        for class in attributes.classes.iter().filter(|c| !(work && WORK.contains(&&***c))) {
            self.out.strange.push((line, format!(".{class}")));
        }
        for (key, _) in attributes.values.iter().filter(|(k, _)| !(minutes && &**k == "minutes")) {
            self.out.strange.push((line, key.to_string()));
        }
    }

    fn item(&mut self, (event, range): &Item<'_>) {
        if !self.out.checkpoints.is_empty() && self.out.after_checkpoint.is_none() && events::fence(event) != Some("checkpoint") {
            self.out.after_checkpoint = Some((self.line_at)(range.start));
        }
        match event {
            Event::Start(tag) => self.start(tag, event, range.start),
            Event::End(tag) => self.end(*tag),
            Event::Html(_) | Event::InlineHtml(_) => {
                self.out.html.push((self.line_at)(range.start));
                self.text(events::text_of(event));
            }
            _ => self.text(events::text_of(event)),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, content)) = &mut self.code {
            content.push_str(text);
        } else if let Some((_, _, alternative)) = &mut self.image {
            alternative.push_str(text);
        } else {
            if let Some(title) = &mut self.heading {
                title.push_str(text);
            }
            self.block.push_str(text);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, event: &Event<'_>, offset: usize) {
        let line = (self.line_at)(offset);
        match tag {
            Tag::Heading { level, id, classes, attrs } => {
                self.flush();
                let attributes = Attributes { id: id.clone(), classes: classes.clone(), values: attrs.clone() };
                self.section(*level, &attributes, line);
                self.heading = Some(String::new());
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some((events::fence(event).unwrap_or_default().to_owned(), offset, String::new()));
            }
            Tag::Table(_) => {
                self.flush();
                self.table = true;
            }
            Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. } => self.out.terms.push((line, dest_url.to_string())),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => self.out.links.push((line, format!("mailto:{dest_url}"))),
            Tag::Link { dest_url, .. } => self.out.links.push((line, dest_url.to_string())),
            Tag::Image { dest_url, .. } => self.image = Some((line, dest_url.to_string(), String::new())),
            Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::BlockQuote(_) => self.flush(),
            _ => {}
        }
    }

    fn section(&mut self, level: HeadingLevel, attributes: &Attributes<'_>, line: u32) {
        let kind = attributes.classes.iter().find(|c| WORK.contains(&&***c));
        let minutes = attributes.minutes();
        self.strange(line, attributes, true, true);
        if level <= HeadingLevel::H2 {
            self.in_work = false;
        }
        match (level, kind, minutes) {
            (HeadingLevel::H2, Some(kind), Some(minutes)) => {
                self.in_work = true;
                self.out.work.push(Work { kind: kind.to_string(), minutes, line });
            }
            (_, None, None) => {}
            _ => self.out.half_work.push(line),
        }
        if let Some(id) = &attributes.id {
            self.out.anchors.push(id.to_string());
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Heading(_) => {
                if let Some(title) = self.heading.take() {
                    self.out.anchors.push(slug(&title));
                }
                self.count(false);
            }
            TagEnd::Table => {
                self.count(false);
                self.table = false;
            }
            TagEnd::TableCell => self.block.push(' '),
            TagEnd::Image => {
                if let Some((line, target, alternative)) = self.image.take() {
                    self.out.images.push((line, target, !alternative.trim().is_empty()));
                }
            }
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            _ => {}
        }
    }

    fn end_code(&mut self) {
        let Some((fence, offset, text)) = self.code.take() else { return };
        let block = Block { line: (self.line_at)(offset).saturating_add(1), text };
        match fence.as_str() {
            "checkpoint" => self.out.checkpoints.push(block),
            "scenario" => self.out.scenarios.push(block),
            _ => {
                self.block.push_str(&block.text);
                self.count(false);
            }
        }
    }

    fn flush(&mut self) {
        self.count(!self.table);
    }

    fn count(&mut self, prose: bool) {
        let block = std::mem::take(&mut self.block);
        let count = words(&block);
        if self.in_work {
            self.out.work_words += count;
        } else {
            self.out.words += count;
        }
        if prose && count > 0 {
            self.out.prose.push_str(block.trim());
            self.out.prose.push('\n');
        }
    }
}
