//! Practice cases: plain links from node to node inside the page of a part, so that its clock counts the time.

use super::pages::part_address;
use crate::catalogue::Extras;
use crate::failure::{Failure, Outcome};
use app::features::study::CaseNode;
use app::texts::Texts;
use curriculum::{Outcome as End, Scenario, ScenarioNode};
use domain::ids::LessonId;

/// What she chose last: case, node, position of the choice. In an address: `case=m4-s1.n3.0`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    case: String,
    node: String,
    position: usize,
}

impl Choice {
    /// Reads it from an address.
    ///
    /// # Errors
    /// `NotFound` for what is no choice.
    pub fn parse(text: &str) -> Outcome<Self> {
        let mut pieces = text.split('.');
        let parsed = match (pieces.next(), pieces.next(), pieces.next().and_then(|p| p.parse().ok()), pieces.next()) {
            (Some(case), Some(node), Some(position), None) => Some(Self { case: case.to_owned(), node: node.to_owned(), position }),
            _ => None,
        };
        parsed.ok_or(Failure::NotFound)
    }
}

/// The cases of a part, each at its start or where `chosen` led.
///
/// # Errors
/// `NotFound` for a choice that no case of this part has.
pub fn cases(extras: &Extras, embedded: &[String], here: (&LessonId, usize), chosen: Option<&Choice>, t: Texts) -> Outcome<Vec<CaseNode>> {
    let known = embedded.iter().filter_map(|id| extras.scenarios.iter().find(|s| &s.id == id));
    if chosen.is_some_and(|choice| !embedded.contains(&choice.case)) {
        return Err(Failure::NotFound);
    }
    let (lesson, part) = here;
    let node = |scenario: &Scenario| {
        let anchor = format!("#case-{}", scenario.id);
        let address = |step: Option<(&str, usize)>| {
            let query = step.map(|(node, position)| format!("?case={}.{node}.{position}", scenario.id)).unwrap_or_default();
            format!("{}{query}{anchor}", part_address(lesson, part))
        };
        let chosen = chosen.filter(|choice| choice.case == scenario.id).map(|choice| (choice.node.as_str(), choice.position));
        node(scenario, &address, chosen, t)
    };
    known.map(node).collect()
}

/// Says how a choice (node, position), or the start, is asked for.
pub type Address<'a> = dyn Fn(Option<(&str, usize)>) -> String + 'a;

/// Where somebody stands in a case who chose `chosen` (node, position of the choice), or at its start. `address` says how
/// a choice, or the start, is asked for.
///
/// # Errors
/// `NotFound` for a choice, or a start, that the case does not have.
pub fn node(scenario: &Scenario, address: &Address<'_>, chosen: Option<(&str, usize)>, t: Texts) -> Outcome<CaseNode> {
    let find = |id: &str| -> Outcome<&ScenarioNode> { scenario.nodes.iter().find(|n| n.id == id).ok_or(Failure::NotFound) };
    let (done, now) = match chosen {
        None => (None, find(&scenario.start)?),
        Some((from, position)) => {
            let made = find(from)?.choices.get(position).ok_or(Failure::NotFound)?;
            let told = made.feedback.as_ref().map(|f| f.get(t.language()).to_owned()).unwrap_or_default();
            (Some((made.text.get(t.language()).to_owned(), told)), find(&made.to)?)
        }
    };
    let choices =
        now.choices.iter().enumerate().map(|(position, c)| (address(Some((&now.id, position))), c.text.get(t.language()).to_owned()));
    Ok(CaseNode {
        id: scenario.id.clone(),
        title: scenario.title.get(t.language()).to_owned(),
        done,
        text: now.text.get(t.language()).to_owned(),
        choices: choices.collect(),
        safe: now.outcome.map(|end| end == End::Safe),
        restart: address(None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use curriculum::ScenarioChoice;
    use domain::curriculum::{Language, Localised};

    fn words(text: &str) -> Localised {
        Localised { es: text.to_owned(), en: None }
    }

    fn extras() -> Extras {
        let choice = |to: &str, text: &str| ScenarioChoice { to: to.to_owned(), text: words(text), feedback: Some(words("Bien pensado.")) };
        let end = |id: &str, outcome| ScenarioNode { id: id.to_owned(), text: words("Fin."), choices: Vec::new(), outcome: Some(outcome) };
        let start = ScenarioNode {
            id: "n1".to_owned(),
            text: words("Tocan la puerta."),
            choices: vec![choice("n2", "Escuchas"), choice("n3", "Lo llamas a él")],
            outcome: None,
        };
        let nodes = vec![start, end("n2", End::Safe), end("n3", End::Unsafe)];
        let case = Scenario { id: "a-s1".to_owned(), objective: None, title: words("La puerta"), start: "n1".to_owned(), nodes };
        Extras { scenarios: vec![case], ..Extras::default() }
    }

    fn shown(chosen: Option<&str>) -> Outcome<Vec<CaseNode>> {
        let chosen = chosen.map(Choice::parse).transpose()?;
        cases(&extras(), &["a-s1".to_owned()], (&LessonId::from("a-l1"), 1), chosen.as_ref(), Texts(Language::Es))
    }

    #[test]
    fn she_goes_from_the_start_to_an_end_by_links() {
        let start = shown(None).expect("shown").remove(0);
        assert_eq!((start.text.as_str(), start.done, start.safe), ("Tocan la puerta.", None, None));
        let hrefs: Vec<_> = start.choices.iter().map(|c| c.0.as_str()).collect();
        assert_eq!(hrefs, ["/course/a-l1/2?case=a-s1.n1.0#case-a-s1", "/course/a-l1/2?case=a-s1.n1.1#case-a-s1"]);
        let safe = shown(Some("a-s1.n1.0")).expect("shown").remove(0);
        assert_eq!(safe.done, Some(("Escuchas".to_owned(), "Bien pensado.".to_owned())));
        assert_eq!((safe.safe, safe.choices.len()), (Some(true), 0));
        assert_eq!(shown(Some("a-s1.n1.1")).expect("shown").remove(0).safe, Some(false));
    }

    #[test]
    fn an_address_of_her_own_making_is_not_found() {
        for address in ["a-s1", "a-s1.n1", "a-s1.n1.x", "a-s1.n1.0.0", "a-s1.n1.2", "a-s1.n9.0", "b-s1.n1.0", ""] {
            assert!(matches!(shown(Some(address)), Err(Failure::NotFound)), "{address}");
        }
    }
}
