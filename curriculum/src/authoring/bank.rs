//! One question in the text of a bank file: found, replaced, removed, added. A bank is a YAML list in block style, as
//! `curriculum/README.md` shows it.
//!
//! A question's block is its lines from the `- ` of its item to its last line that is not blank; comments and blank lines
//! at the margin of the list belong to nobody and stay where they are.

use crate::yaml::{self, Value};
use std::ops::Range;

/// The block of the question `id`, as it stands.
#[must_use]
pub fn block<'t>(text: &'t str, id: &str) -> Option<&'t str> {
    text.get(place(text, id)?)
}

/// The ids of the questions, in order; one that cannot be read is left out.
#[must_use]
pub fn ids(text: &str) -> Vec<String> {
    blocks(text).into_iter().filter_map(|range| id_of(text.get(range)?)).collect()
}

/// The text with `block` in the place of the question `id`; at the end where there is none. The block gets the margin of
/// the list and one line end.
#[must_use]
pub fn replace(text: &str, id: &str, block: &str) -> String {
    let block = at_margin(block, margin(text));
    if let Some(range) = place(text, id) {
        return spliced(text, range, &block);
    }
    let text = if is_empty_list(text) { "" } else { text };
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{gap}{block}")
}

/// The text without the question `id`.
#[must_use]
pub fn remove(text: &str, id: &str) -> String {
    place(text, id).map_or_else(|| text.to_owned(), |range| spliced(text, range, ""))
}

fn spliced(text: &str, range: Range<usize>, block: &str) -> String {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    format!("{before}{block}{after}")
}

fn place(text: &str, id: &str) -> Option<Range<usize>> {
    blocks(text).into_iter().find(|range| text.get(range.clone()).and_then(id_of).as_deref() == Some(id))
}

/// The id of an item: what the parser says, else what its first line says, so that a broken one can still be mended.
fn id_of(block: &str) -> Option<String> {
    if let Ok(node) = yaml::tree("", 1, block) {
        let item = node.items().first()?;
        return item.get("id")?.text().map(str::to_owned);
    }
    let first = block.lines().next()?.trim_start().strip_prefix('-')?.trim();
    let id = first.strip_prefix("id:")?.trim().trim_matches(['"', '\'']);
    Some(id.to_owned())
}

fn is_empty_list(text: &str) -> bool {
    yaml::tree("", 1, text).is_ok_and(|node| matches!(&node.value, Value::List(items) if items.is_empty()))
}

/// How many spaces stand before the `-` of the list's items.
fn margin(text: &str) -> usize {
    let first = text.lines().find(|line| is_item(line.trim_start()));
    first.map_or(0, indent)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line without its margin begins an item.
fn is_item(line: &str) -> bool {
    line.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n', '\r', '\t']))
}

/// Where the blocks of the list stand.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let margin = margin(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let (depth, words) = (indent(line), line.trim());
        if depth == margin && is_item(line.trim_start_matches(' ')) {
            found.push(at..end);
            open = true;
        } else if !words.is_empty() && depth <= margin {
            open = open && !words.starts_with('#') && !["---", "..."].contains(&words);
        }
        if let Some(last) = found.last_mut().filter(|_| open && !words.is_empty()) {
            last.end = end;
        }
        at = end;
    }
    found
}

/// The block moved to `margin`, with one line end.
fn at_margin(block: &str, margin: usize) -> String {
    let block = block.trim_matches(['\n', '\r']);
    let own = block.lines().next().map_or(0, indent);
    let mut moved = String::new();
    for line in block.split('\n') {
        if !line.trim().is_empty() {
            let shift = own.min(indent(line));
            moved.push_str(&" ".repeat(margin));
            moved.push_str(line.get(shift..).unwrap_or_default());
        }
        moved.push('\n');
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    const BANK: &str =
        "# Banco\n- id: q1\n  prompt: {es: Uno}\n\n# dos\n- {id: q2, points: 2}\n-\n  id: \"q3\"\n  text: |\n    - id: q9\n\n    fin\n";

    #[test]
    fn a_block_is_found_in_every_shape_of_an_item() {
        assert_eq!(ids(BANK), ["q1", "q2", "q3"]);
        assert_eq!(block(BANK, "q1"), Some("- id: q1\n  prompt: {es: Uno}\n"));
        assert_eq!(block(BANK, "q2"), Some("- {id: q2, points: 2}\n"));
        assert_eq!(block(BANK, "q3"), Some("-\n  id: \"q3\"\n  text: |\n    - id: q9\n\n    fin\n"));
        assert_eq!(block(BANK, "q9"), None);
        assert_eq!(block("- id: q1\n  prompt: \"no se cierra\n", "q1"), Some("- id: q1\n  prompt: \"no se cierra\n"));
    }

    #[test]
    fn only_that_item_is_replaced() {
        let changed = replace(BANK, "q2", "\n- id: q2\n  points: 3");
        assert_eq!(changed, BANK.replace("- {id: q2, points: 2}\n", "- id: q2\n  points: 3\n"));
        assert_eq!(replace(BANK, "q4", "- id: q4\n"), format!("{BANK}- id: q4\n"));
        assert_eq!(replace("- id: q1", "q2", "- id: q2"), "- id: q1\n- id: q2\n");
        assert_eq!(remove(BANK, "q2"), BANK.replace("- {id: q2, points: 2}\n", ""));
        assert_eq!(remove(BANK, "q7"), BANK);
    }

    #[test]
    fn an_empty_bank_takes_its_first_question() {
        for empty in ["", "[]\n"] {
            assert_eq!(replace(empty, "q1", "- id: q1\n"), "- id: q1\n", "{empty:?}");
        }
        assert_eq!(replace("# Vacío\n", "q1", "- id: q1\n"), "# Vacío\n- id: q1\n");
    }

    #[test]
    fn a_block_takes_the_margin_of_its_list() {
        let bank = "  - id: q1\n    points: 1\n  - id: q2\n";
        assert_eq!(ids(bank), ["q1", "q2"]);
        assert_eq!(replace(bank, "q1", "- id: q1\n  points: 2\n"), "  - id: q1\n    points: 2\n  - id: q2\n");
    }
}
