//! A GIFT file as questions still to be read: blocks of lines between blank ones, without the comments.

use super::syntax::{Label, labels, plain, split_title};
use crate::exchange::report::{Remark, Report};
use crate::exchange::text::trim;
use std::collections::BTreeSet;

/// The lines of one question, joined, with what comments say about it.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// The lines, without comments.
    pub(super) text: String,
    /// Where each line begins in `text`, and its number in the file.
    starts: Vec<(usize, u32)>,
    /// The id.
    pub(super) id: Option<String>,
    /// The tags.
    pub(super) tags: Vec<String>,
    /// Where the first label stands.
    labelled: Option<u32>,
    /// How far its answers have come.
    braces: Braces,
    /// The tags so far.
    seen: BTreeSet<String>,
}

/// How far the answers of a question have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Braces {
    #[default]
    None,
    Open,
    Closed,
    Wrong,
}

impl Braces {
    const fn after(self, c: char) -> Self {
        match (self, c) {
            (Self::None, '{') => Self::Open,
            (Self::None, '}') => Self::Wrong,
            (Self::Open, '}') => Self::Closed,
            (same, _) => same,
        }
    }
}

impl Block {
    /// The line where it begins.
    pub(super) fn line(&self) -> u32 {
        self.starts.first().map_or(1, |(_, line)| *line)
    }

    /// The line of the file on which `part`, a slice of the block's text, begins.
    pub(super) fn line_of(&self, part: &str) -> u32 {
        // Where slices begin is compared, never followed.
        let begin = trim(part);
        let at = (begin.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let after = self.starts.partition_point(|(start, _)| *start <= at);
        self.starts.get(after.saturating_sub(1)).map_or(1, |(_, line)| *line)
    }

    fn push(&mut self, number: u32, line: &str) {
        if !self.starts.is_empty() {
            self.text.push('\n');
        }
        self.starts.push((self.text.len(), number));
        self.text.push_str(line);
        self.braces = plain(line).fold(self.braces, |braces, (_, c)| braces.after(c));
    }

    fn label(&mut self, number: u32, found: Vec<Label>, report: &mut Report) {
        self.labelled.get_or_insert(number);
        for label in found {
            match label {
                Label::Tag(tag) if tag.is_empty() || !self.seen.insert(tag.clone()) => {}
                Label::Tag(tag) => self.tags.push(tag),
                Label::Id(id) if id.is_empty() => {}
                Label::Id(id) if self.id.is_none() => self.id = Some(id),
                Label::Id(id) => report.add(number, Remark::NotCarried { construct: format!("[id:{id}]") }),
            }
        }
    }
}

struct Cutter<'r> {
    report: &'r mut Report,
    done: Vec<Block>,
    open: Block,
}

impl Cutter<'_> {
    /// Ends the block; one that holds labels only waits for its question.
    fn cut(&mut self) {
        if !self.open.starts.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
    }

    fn line(&mut self, number: u32, line: &str) {
        let text = trim(line);
        if text.is_empty() {
            self.cut();
        } else if text.starts_with("//") {
            let found = labels(text);
            if found.is_empty() {
                self.report.comment(number);
            } else {
                self.open.label(number, found, self.report);
            }
        } else if self.open.braces == Braces::Closed && split_title(text).0.is_some() {
            self.report.add(number, Remark::BlankLineMissing);
            self.cut();
            self.open.push(number, line);
        } else if text.starts_with("$CATEGORY:") && self.open.starts.is_empty() {
            self.open.push(number, line);
            self.cut();
        } else {
            self.open.push(number, line);
        }
    }
}

/// The blocks of a file.
pub(super) fn blocks(source: &str, report: &mut Report) -> Vec<Block> {
    let mut cutter = Cutter { report, done: Vec::new(), open: Block::default() };
    for (number, line) in (1..).zip(source.split('\n')) {
        cutter.line(number, line);
    }
    cutter.cut();
    let Cutter { done, open, report } = cutter;
    if let Some(line) = open.labelled {
        let id = open.id.map(|id| format!("[id:{id}]"));
        let labels = id.into_iter().chain(open.tags.iter().map(|t| format!("[tag:{t}]")));
        report.add(line, Remark::NotCarried { construct: labels.collect::<Vec<_>>().join(" ") });
    }
    done
}
