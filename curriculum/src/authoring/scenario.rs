//! A branching practice case as a file of YAML, and the nodes from which nobody gets to an end.

use super::{PIECE, style, typed};
use crate::mistake::Mistake;
use crate::package::Scenario;
use crate::yaml;
use std::collections::BTreeSet;

/// The case in `text`. Whether its ways lead somewhere is told by [`crate::scenario_faults`] and [`endless`].
///
/// # Errors
/// Every mistake that keeps it from being understood, with its line and no file.
pub fn read(text: &str) -> Result<Scenario, Vec<Mistake>> {
    let node = yaml::tree(PIECE, 1, text).map_err(|mistake| vec![mistake])?;
    typed(&node)
}

/// The file of a case, in the style of those of the course.
#[must_use]
pub fn write(scenario: &Scenario) -> String {
    style::document(&serde_json::to_value(scenario).unwrap_or_default())
}

/// Positions of the nodes that lead on and on and never to an end. What `curriculum check` does not ask, an author wants
/// to know: whoever comes there can only begin again.
#[must_use]
pub fn endless(scenario: &Scenario) -> Vec<usize> {
    let mut ending: BTreeSet<&str> = scenario.nodes.iter().filter(|n| n.outcome.is_some()).map(|n| n.id.as_str()).collect();
    loop {
        let known = ending.len();
        let leading = scenario.nodes.iter().filter(|n| n.choices.iter().any(|c| ending.contains(c.to.as_str())));
        let leading: Vec<&str> = leading.map(|n| n.id.as_str()).collect();
        ending.extend(leading);
        if ending.len() == known {
            break;
        }
    }
    let nodes = scenario.nodes.iter().enumerate();
    nodes.filter(|(_, n)| !n.choices.is_empty() && !ending.contains(n.id.as_str())).map(|(at, _)| at).collect()
}
