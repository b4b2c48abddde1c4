//! What is wrong with a typed case, by the same function that `curriculum check` asks, and what is missing in its texts.

use super::refuse;
use app::features::form::FormState;
use app::texts::Texts;
use curriculum::authoring::scenario::endless;
use curriculum::{Scenario, ScenarioFault, scenario_faults};
use domain::curriculum::Localised;

/// What keeps it from being saved.
pub(super) fn mistakes(case: &Scenario, t: Texts) -> FormState {
    let mut form = FormState::default();
    let mut text = |text: &Localised, field: String, words: &str| {
        if text.es.trim().is_empty() {
            refuse(&mut form, format!("{field}-es"), words);
        }
    };
    text(&case.title, "title".to_owned(), t.scenario_no_title());
    for (node, n) in case.nodes.iter().zip(1..) {
        text(&node.text, format!("node-{n}-text"), t.scenario_no_text());
        for (choice, m) in node.choices.iter().zip(1..) {
            text(&choice.text, format!("node-{n}-choice-{m}-text"), t.scenario_no_choice());
            if let Some(feedback) = &choice.feedback {
                text(feedback, format!("node-{n}-choice-{m}-feedback"), t.question_no_text());
            }
        }
    }
    for fault in scenario_faults(case) {
        match fault {
            ScenarioFault::Repeated { node, .. } => refuse(&mut form, at(node), t.scenario_repeated(node + 1)),
            ScenarioFault::NeitherNorBoth { node } => {
                let is_end = case.nodes.get(node).is_some_and(|n| n.outcome.is_some());
                let words = if is_end { t.scenario_both(node + 1) } else { t.scenario_neither(node + 1) };
                refuse(&mut form, format!("{}-outcome", at(node)), words);
            }
            ScenarioFault::NoStart => refuse(&mut form, "start", t.scenario_no_start()),
            ScenarioFault::LeadsNowhere { node, choice } => {
                refuse(&mut form, format!("{}-choice-{}-to", at(node), choice + 1), t.scenario_no_target());
            }
            ScenarioFault::Unreachable { .. } => {}
        }
    }
    form
}

/// What to look at before it is published.
pub(super) fn warnings(case: &Scenario, t: Texts) -> Vec<(String, String)> {
    let unreachable = scenario_faults(case).into_iter().filter_map(|fault| match fault {
        ScenarioFault::Unreachable { node } => Some((at(node), t.scenario_unreachable(node + 1))),
        ScenarioFault::NeitherNorBoth { node } if case.nodes.get(node).is_some_and(|n| n.outcome.is_none()) => {
            Some((at(node), t.scenario_neither(node + 1)))
        }
        ScenarioFault::Repeated { .. }
        | ScenarioFault::NeitherNorBoth { .. }
        | ScenarioFault::NoStart
        | ScenarioFault::LeadsNowhere { .. } => None,
    });
    let endless = endless(case).into_iter().map(|node| (at(node), t.scenario_endless(node + 1)));
    unreachable.chain(endless).collect()
}

/// The scene's place on the page.
fn at(node: usize) -> String {
    format!("node-{}", node + 1)
}
