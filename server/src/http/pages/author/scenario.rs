//! The form of a practice case. The page around it calls, for a draft's body (the case's YAML file):
//!
//! - to show it: [`model_from_body`]; a blank body is a new case, whose id the page chooses;
//! - on a POST whose `do` [`handles`]: [`model_from_fields`], shown again with 200;
//! - to save: [`body_from_fields`], or [`draft_from_fields`] where an unfinished case is kept too.
//!
//! Scenes that no way reaches, or from which no end is reached, are warned of and saved: a story is written bit by bit, and the
//! check before publication asks again.

mod mistakes;

use super::rows::{self, Change, localised, name_rows, one, typed, words};
use super::{Place, refuse};
use crate::http::fields::Fields;
use crate::services::study::scenario as played;
use app::features::authoring::Words;
use app::features::authoring::scenario::{ChoiceRow, NodeRow, ScenarioEditor, ScenarioForm, outcome_value};
use app::features::form::FormState;
use app::features::study::CaseNode;
use app::texts::Texts;
use curriculum::authoring::scenario as file;
use curriculum::{Mistake, Outcome, Scenario, ScenarioChoice, ScenarioNode};

/// The button that plays from the start; of a choice `play.NODE.N`.
const PLAY: &str = "play";

/// Whether a button of the form was pressed that shows it again and saves nothing.
#[must_use]
pub fn handles(doing: &str) -> bool {
    doing == "preview" || doing == PLAY || step(doing).is_some() || Change::parse(doing).is_some()
}

/// The form of the case in `body`; `id` is that of a new one, `passed` are hidden fields of the page around it.
///
/// # Errors
/// The mistakes of a body that was broken by hand: it has to be mended as text, and a form over it would lose it.
pub fn model_from_body(
    body: &str,
    id: &str,
    place: &Place<'_>,
    passed: Vec<(String, String)>,
    t: Texts,
) -> Result<ScenarioEditor, Vec<Mistake>> {
    let form = if body.trim().is_empty() {
        named(ScenarioForm { id: id.to_owned(), nodes: vec![NodeRow::default()], ..ScenarioForm::default() })
    } else {
        form(&file::read(body)?)
    };
    Ok(model(form, "", place, passed, FormState::default(), t))
}

/// The form as typed, after what its button asks: a scene or an option more or less, a step in playing it.
#[must_use]
pub fn model_from_fields(fields: &Fields, place: &Place<'_>, t: Texts) -> ScenarioEditor {
    let doing = fields.all("do").next().unwrap_or_default();
    model(changed(fields), doing, place, rows::passed(fields), FormState::default(), t)
}

/// The file of the case as typed.
///
/// # Errors
/// The form again with every mistake, to be shown with 422.
pub fn body_from_fields(fields: &Fields, place: &Place<'_>, t: Texts) -> Result<String, Box<ScenarioEditor>> {
    let form = changed(fields);
    let case = case(&form);
    let mistakes = mistakes::mistakes(&case, t);
    if mistakes.errors.is_empty() {
        return Ok(file::write(&case));
    }
    Err(Box::new(model(form, "", place, rows::passed(fields), mistakes, t)))
}

/// The file of the case as far as it is written.
#[must_use]
pub fn draft_from_fields(fields: &Fields) -> String {
    file::write(&case(&changed(fields)))
}

fn model(
    form: ScenarioForm,
    doing: &str,
    place: &Place<'_>,
    passed: Vec<(String, String)>,
    mistakes: FormState,
    t: Texts,
) -> ScenarioEditor {
    let case = case(&form);
    let mut objectives = place.objectives(t);
    if !form.objective.is_empty() && !objectives.iter().any(|(id, _)| *id == form.objective) {
        objectives.push((form.objective.clone(), form.objective.clone()));
    }
    ScenarioEditor {
        action: place.action.clone(),
        passed,
        module: place.module.title.get(t.language()).to_owned(),
        warnings: mistakes::warnings(&case, t),
        played: play(&case, doing, t),
        form,
        objectives,
        mistakes,
    }
}

/// Where the author stands: where the step leads, else at the start.
fn play(case: &Scenario, doing: &str, t: Texts) -> Option<CaseNode> {
    let address = |step: Option<(&str, usize)>| step.map_or_else(|| PLAY.to_owned(), |(node, at)| format!("{PLAY}.{node}.{at}"));
    let there = step(doing).and_then(|step| played::node(case, &address, Some(step), t).ok());
    there.or_else(|| played::node(case, &address, None, t).ok())
}

/// Node and position of the choice in `play.n1.0`.
fn step(doing: &str) -> Option<(&str, usize)> {
    let (node, position) = doing.strip_prefix(PLAY)?.strip_prefix('.')?.rsplit_once('.')?;
    Some((node, position.parse().ok()?))
}

fn changed(fields: &Fields) -> ScenarioForm {
    let mut form = ScenarioForm {
        id: one(fields, "id"),
        objective: one(fields, "objective"),
        title: words(fields, "title"),
        start: one(fields, "start"),
        nodes: rows::rows(fields, "node", "id", |name, _| node(fields, name)),
    };
    if let Some(change) = fields.all("do").next().and_then(Change::parse) {
        match change.what {
            "node" => change.make(&mut form.nodes, NodeRow::default),
            "choice" => {
                if let Some(node) = change.around(&mut form.nodes) {
                    change.make(&mut node.choices, ChoiceRow::default);
                }
            }
            _ => {}
        }
    }
    named(form)
}

fn node(fields: &Fields, name: &str) -> NodeRow {
    let outcome = one(fields, &format!("{name}-outcome"));
    NodeRow {
        id: one(fields, &format!("{name}-id")),
        text: words(fields, &format!("{name}-text")),
        safe: [Some(true), Some(false)].into_iter().find(|safe| outcome_value(*safe) == outcome).flatten(),
        choices: rows::rows(fields, &format!("{name}-choice"), "to", |name, _| ChoiceRow {
            to: one(fields, &format!("{name}-to")),
            text: words(fields, &format!("{name}-text")),
            feedback: words(fields, &format!("{name}-feedback")),
        }),
    }
}

/// An id for every scene, and a start where there is only one.
fn named(mut form: ScenarioForm) -> ScenarioForm {
    name_rows(&mut form.nodes, |node| &mut node.id, |n| format!("n{}", n + 1));
    if let [only] = form.nodes.as_slice() {
        form.start = only.id.clone();
    }
    form
}

/// The form of a case of the course.
fn form(case: &Scenario) -> ScenarioForm {
    let choice = |c: &ScenarioChoice| ChoiceRow {
        to: c.to.clone(),
        text: typed(&c.text),
        feedback: c.feedback.as_ref().map(typed).unwrap_or_default(),
    };
    let node = |n: &ScenarioNode| NodeRow {
        id: n.id.clone(),
        text: typed(&n.text),
        safe: n.outcome.map(|outcome| outcome == Outcome::Safe),
        choices: n.choices.iter().map(choice).collect(),
    };
    ScenarioForm {
        id: case.id.clone(),
        objective: case.objective.as_ref().map(ToString::to_string).unwrap_or_default(),
        title: typed(&case.title),
        start: case.start.clone(),
        nodes: case.nodes.iter().map(node).collect(),
    }
}

/// The case as typed. Scenes and options in which nothing is typed stay: the page counts them, and says what is missing.
fn case(form: &ScenarioForm) -> Scenario {
    let feedback = |words: &Words| (!words.is_blank()).then(|| localised(words));
    let choice = |c: &ChoiceRow| ScenarioChoice { to: c.to.clone(), text: localised(&c.text), feedback: feedback(&c.feedback) };
    let node = |n: &NodeRow| ScenarioNode {
        id: n.id.clone(),
        text: localised(&n.text),
        choices: n.choices.iter().map(choice).collect(),
        outcome: n.safe.map(|safe| if safe { Outcome::Safe } else { Outcome::Unsafe }),
    };
    Scenario {
        id: form.id.clone(),
        objective: Some(form.objective.as_str().into()).filter(|_| !form.objective.is_empty()),
        title: localised(&form.title),
        start: form.start.clone(),
        nodes: form.nodes.iter().map(node).collect(),
    }
}

#[cfg(test)]
mod tests;
