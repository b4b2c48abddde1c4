//! What an author edits in the browser, taken out of the files of a programme and put back: pure functions of texts.
//!
//! - [`bank`] finds one question in the text of a bank file and replaces it; every other byte stays.
//! - [`question`] and [`scenario`] turn such a piece into its type and back, in the style of the files of the course.
//!
//! Must not know of drafts, forms or people.

pub mod bank;
pub mod question;
pub mod scenario;
mod style;

use crate::mistake::{Mistake, MistakeKind};
use crate::yaml::{self, Node};
use serde::de::DeserializeOwned;

/// The typed value of a node of a piece without file name.
fn typed<T: DeserializeOwned>(node: &Node) -> Result<T, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    match yaml::typed(PIECE, node, &mut mistakes) {
        Some(value) if mistakes.is_empty() => Ok(value),
        Some(_) | None => Err(mistakes),
    }
}

/// The name of the file in the mistakes of a piece: it has none, and lines count from its first.
const PIECE: &str = "";

/// A piece of another form than asked.
fn misshapen(line: u32) -> Vec<Mistake> {
    vec![Mistake::new(PIECE, line, MistakeKind::NotAList)]
}

#[cfg(test)]
mod tests;
