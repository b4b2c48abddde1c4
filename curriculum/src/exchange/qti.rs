//! IMS QTI 2.1 and 2.2: items with one choice, order, match, text entry or extended text interaction.
//!
//! QTI keeps one question in a file; several are written and read inside `<items>`, and [`files`] gives them apart.
//! Texts that are not HTML stand in an element of class `format-…`, so that they come back as they were. The rules of
//! scoring are written out so that other systems score alike; of theirs only the usual ones are read.

mod answers;
mod choices;
mod declaration;
mod flow;
mod numbers;
mod pairs;
mod read;
mod write;

pub use read::read;
pub use write::{files, write};

/// The namespace of QTI 2.1.
const NAMESPACE: &str = "http://www.imsglobal.org/xsd/imsqti_v2p1";
/// The outcome that chooses the feedback of an answer.
const FEEDBACK: &str = "FEEDBACK";
/// The outcome that shows the general feedback.
const GENERAL: &str = "GENERAL";
/// Its value.
const SHOWN: &str = "shown";
/// How a text without HTML says its markup.
const FORMAT_CLASS: &str = "format-";

#[cfg(test)]
mod tests;
