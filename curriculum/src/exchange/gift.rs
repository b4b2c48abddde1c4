//! GIFT, Moodle's text format for questions, in full.
//!
//! Read as Moodle reads it where the two ways of reading it (Moodle, `gift-pegjs`) differ, with these kindnesses: an
//! id or tag in a comment is kept over blank lines, `$CATEGORY:` needs no blank line after it, and `=%50%` is a weight.
//! The writer puts each text on one line (`\n` for its line breaks), so that nothing in it is taken for a comment.

mod answers;
mod blocks;
mod question;
mod syntax;
mod write;

use super::model::Item;
use super::report::Report;

pub use write::write;

/// What a GIFT file says.
#[must_use]
pub fn read(source: &str) -> (Vec<Item>, Report) {
    let mut report = Report::default();
    let blocks = blocks::blocks(source, &mut report);
    let items = blocks.iter().filter_map(|b| question::item(b, &mut report)).collect();
    (items, report)
}

#[cfg(test)]
mod tests;
