//! Writing a branching practice case.
//!
//! Posts like the form of a question (see there): `add-node`, `remove-node-3`, `add-choice-3`, `remove-choice-3-1`, `preview`, and
//! to play it `play` (the start) and `play.NODE.N` (the choice at position N, from 0).

use super::Words;
use crate::features::form::FormState;
use crate::features::study::CaseNode;

/// A choice: `node-N-choice-M-to`, `…-text-es|en`, `…-feedback-es|en`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChoiceRow {
    /// Id of the node it leads to; empty while it leads nowhere.
    pub to: String,
    /// What she does.
    pub text: Words,
    /// What she is told.
    pub feedback: Words,
}

/// A node, called a scene on the page: `node-N-id`, `node-N-text-es|en`, `node-N-outcome` = (empty)|safe|unsafe, its choices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NodeRow {
    /// Its id inside the case.
    pub id: String,
    /// What happens.
    pub text: Words,
    /// How it ends: `true` where nobody was put at risk; none where the story goes on.
    pub safe: Option<bool>,
    /// What she can do.
    pub choices: Vec<ChoiceRow>,
}

/// A case as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScenarioForm {
    /// Its id, hidden.
    pub id: String,
    /// Id of the objective it practises, or empty.
    pub objective: String,
    /// `title-es|en`.
    pub title: Words,
    /// Id of the first node.
    pub start: String,
    /// The nodes.
    pub nodes: Vec<NodeRow>,
}

impl ScenarioForm {
    /// Every field that a browser sends of it.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![
            ("id".to_owned(), self.id.clone()),
            ("objective".to_owned(), self.objective.clone()),
            ("start".to_owned(), self.start.clone()),
        ];
        self.title.fields("title", &mut fields);
        for (node, n) in self.nodes.iter().zip(1..) {
            fields.push((format!("node-{n}-id"), node.id.clone()));
            fields.push((format!("node-{n}-outcome"), outcome_value(node.safe).to_owned()));
            node.text.fields(&format!("node-{n}-text"), &mut fields);
            for (choice, m) in node.choices.iter().zip(1..) {
                let name = format!("node-{n}-choice-{m}");
                fields.push((format!("{name}-to"), choice.to.clone()));
                choice.text.fields(&format!("{name}-text"), &mut fields);
                choice.feedback.fields(&format!("{name}-feedback"), &mut fields);
            }
        }
        fields
    }
}

/// The value of an outcome in the form.
#[must_use]
pub const fn outcome_value(safe: Option<bool>) -> &'static str {
    match safe {
        None => "",
        Some(true) => "safe",
        Some(false) => "unsafe",
    }
}

/// The page that edits a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioEditor {
    /// Where its form posts.
    pub action: String,
    /// Fields passed through untouched.
    pub passed: Vec<(String, String)>,
    /// Title of the module.
    pub module: String,
    /// What is typed.
    pub form: ScenarioForm,
    /// The module's objectives: id, text.
    pub objectives: Vec<(String, String)>,
    /// What is wrong with it.
    pub mistakes: FormState,
    /// What to look at before it is published: the field where to mend it, and a sentence.
    pub warnings: Vec<(String, String)>,
    /// Where the author stands in playing it; none while there is no start.
    pub played: Option<CaseNode>,
}
