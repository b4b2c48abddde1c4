//! Questions in the formats of other systems: GIFT, Moodle XML, Aiken and QTI.
//!
//! - [`read`] gives what a file says as [`Item`]s, and a [`Report`] that names with its line everything that is not
//!   carried over; [`write`] is the way back. `write(read(write(x)))` is `write(x)`.
//! - [`dump`] prints items as JSON, to compare with another system's reading.
//! - [`bank`] leads from items to the questions of our bank and back.
//!
//! A file that makes no sense gives a report, never an error or a panic. To add a format: a module with `read` and
//! `write`, a variant of [`Format`], and one line in each `match` here.

pub mod aiken;
pub mod bank;
mod dump;
pub mod gift;
pub mod model;
pub mod moodle_xml;
pub mod number;
#[cfg(test)]
mod properties;
pub mod qti;
pub mod report;
mod text;
mod xml;

pub use dump::dump;
pub use model::{Answer, Body, Choice, Item, Markup, Numeric, NumericKind, Pair, Text};
pub use number::{Decimal, Weight};
pub use report::{Note, Remark, Report};

/// A format of another system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Moodle's text format.
    Gift,
    /// Moodle's XML.
    MoodleXml,
    /// Plain single-choice questions.
    Aiken,
    /// IMS QTI 2.1 and 2.2, items.
    Qti,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Gift, Self::MoodleXml, Self::Aiken, Self::Qti];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::MoodleXml => "moodle-xml",
            Self::Aiken => "aiken",
            Self::Qti => "qti",
        }
    }

    /// The format with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }
}

/// What `source` says, in the order of the file, and what of it is not carried over.
#[must_use]
pub fn read(format: Format, source: &str) -> (Vec<Item>, Report) {
    let source = text::plain_lines(source);
    let (items, mut report) = match format {
        Format::Gift => gift::read(&source),
        Format::MoodleXml => moodle_xml::read(&source),
        Format::Aiken => aiken::read(&source),
        Format::Qti => qti::read(&source),
    };
    report.sort();
    (items, report)
}

/// The items as a file of `format`, and what the format cannot hold.
#[must_use]
pub fn write(format: Format, items: &[Item]) -> (String, Report) {
    match format {
        Format::Gift => gift::write(items),
        Format::MoodleXml => moodle_xml::write(items),
        Format::Aiken => aiken::write(items),
        Format::Qti => qti::write(items),
    }
}
