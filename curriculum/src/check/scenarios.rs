//! Branching cases: every choice leads somewhere, every node is reached, every way ends.

use super::{Context, lessons};
use crate::mistake::MistakeKind;
use crate::package::Scenario;
use crate::read::{ModuleText, Placed};
use crate::yaml::Node;
use std::collections::BTreeSet;

pub(super) fn check(context: &mut Context<'_>, module: &ModuleText) {
    for scenario in &module.scenarios {
        if let Some(objective) = &scenario.value.objective {
            lessons::objective(context, module, &scenario.file, scenario.line, objective.as_str());
        }
        one(context, scenario);
    }
}

fn one(context: &mut Context<'_>, Placed { file, line, value }: &Placed<Scenario>) {
    let tree = context.programme.trees.iter().find(|(path, _)| path == file).map(|(_, node)| node);
    let nodes = tree.and_then(|n| n.get("nodes")).map(Node::items).unwrap_or_default();
    let line_of = |position: usize| nodes.get(position).map_or(*line, |n| n.line);
    let id = |position: usize| value.nodes.get(position).map(|n| n.id.clone()).unwrap_or_default();
    for fault in faults(value) {
        let (at, what) = match fault {
            Fault::Repeated { node, first } => {
                (line_of(node), MistakeKind::DuplicateId { id: id(node), first: format!("{file}:{}", line_of(first)) })
            }
            Fault::NeitherNorBoth { node } => (line_of(node), MistakeKind::ScenarioNode { id: id(node) }),
            Fault::NoStart => (tree.map_or(*line, |n| n.line_of("start")), MistakeKind::ScenarioTarget { id: value.start.clone() }),
            Fault::LeadsNowhere { node, choice } => {
                let choices = nodes.get(node).and_then(|n| n.get("choices")).map(Node::items).unwrap_or_default();
                let to = value.nodes.get(node).and_then(|n| n.choices.get(choice)).map(|c| c.to.clone()).unwrap_or_default();
                (choices.get(choice).map_or_else(|| line_of(node), |n| n.line), MistakeKind::ScenarioTarget { id: to })
            }
            Fault::Unreachable { node } => (line_of(node), MistakeKind::ScenarioUnreachable { id: id(node) }),
        };
        context.mistake(file, at, what);
    }
}

/// What is wrong with the ways of a branching case; nodes and choices by position, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A node with the id of an earlier one.
    Repeated {
        /// The node.
        node: usize,
        /// The earlier one.
        first: usize,
    },
    /// A node with neither choices nor an outcome, or with both.
    NeitherNorBoth {
        /// The node.
        node: usize,
    },
    /// The case begins at a node that is not there.
    NoStart,
    /// A choice that leads to a node that is not there.
    LeadsNowhere {
        /// The node.
        node: usize,
        /// Its choice.
        choice: usize,
    },
    /// A node that no way from the start reaches.
    Unreachable {
        /// The node.
        node: usize,
    },
}

/// Everything wrong with the ways of a case; without a start the ways are not followed.
#[must_use]
pub fn faults(scenario: &Scenario) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    for (node, here) in scenario.nodes.iter().enumerate() {
        if !ids.insert(here.id.as_str()) {
            let first = scenario.nodes.iter().position(|n| n.id == here.id).unwrap_or(node);
            found.push(Fault::Repeated { node, first });
        }
        if here.choices.is_empty() == here.outcome.is_none() {
            found.push(Fault::NeitherNorBoth { node });
        }
    }
    if !ids.contains(scenario.start.as_str()) {
        found.push(Fault::NoStart);
        return found;
    }
    for (node, here) in scenario.nodes.iter().enumerate() {
        let lost = here.choices.iter().enumerate().filter(|(_, c)| !ids.contains(c.to.as_str()));
        found.extend(lost.map(|(choice, _)| Fault::LeadsNowhere { node, choice }));
    }
    let reached = reached(scenario);
    let nodes = scenario.nodes.iter().enumerate();
    found.extend(nodes.filter(|(_, n)| !reached.contains(n.id.as_str())).map(|(node, _)| Fault::Unreachable { node }));
    found
}

fn reached(scenario: &Scenario) -> BTreeSet<&str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![scenario.start.as_str()];
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            let leaving = scenario.nodes.iter().filter(|n| n.id == id).flat_map(|n| &n.choices);
            open.extend(leaving.map(|c| c.to.as_str()));
        }
    }
    reached
}
