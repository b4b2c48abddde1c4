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
    let mut ids = BTreeSet::new();
    for (position, node) in value.nodes.iter().enumerate() {
        if !ids.insert(node.id.as_str()) {
            let first = value.nodes.iter().position(|n| n.id == node.id).map_or(*line, line_of);
            let what = MistakeKind::DuplicateId { id: node.id.clone(), first: format!("{file}:{first}") };
            context.mistake(file, line_of(position), what);
        }
        if node.choices.is_empty() == node.outcome.is_none() {
            context.mistake(file, line_of(position), MistakeKind::ScenarioNode { id: node.id.clone() });
        }
    }
    if !ids.contains(value.start.as_str()) {
        let at = tree.map_or(*line, |n| n.line_of("start"));
        context.mistake(file, at, MistakeKind::ScenarioTarget { id: value.start.clone() });
        return;
    }
    for (position, node) in value.nodes.iter().enumerate() {
        let choices = nodes.get(position).and_then(|n| n.get("choices")).map(Node::items).unwrap_or_default();
        for (number, choice) in node.choices.iter().enumerate().filter(|(_, c)| !ids.contains(c.to.as_str())) {
            let at = choices.get(number).map_or(line_of(position), |n| n.line);
            context.mistake(file, at, MistakeKind::ScenarioTarget { id: choice.to.clone() });
        }
    }
    let reached = reached(value);
    for (position, node) in value.nodes.iter().enumerate().filter(|(_, n)| !reached.contains(n.id.as_str())) {
        context.mistake(file, line_of(position), MistakeKind::ScenarioUnreachable { id: node.id.clone() });
    }
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
