//! What the editor in the browser needs of the files: what is in them, where a text can be put, and how fields become
//! front matter. Pure; who may write what, and when it is published, is the server's.

pub mod bank;
pub mod front;
pub mod index;
pub mod overlay;
pub mod place;
pub mod question;
pub mod scenario;
mod style;

pub use index::{Index, index};

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
