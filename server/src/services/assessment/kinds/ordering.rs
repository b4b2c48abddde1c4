//! Steps in their order: for each option, as shown, the place chosen.

use super::{Asked, Given, Kind, Said, numbers};
use crate::failure::Outcome;
use app::features::assessment::{ItemInput, PlaceRow};
use app::texts::Texts;
use domain::assessment::answer::Answer;
use domain::assessment::question::{AuthoredOption, AuthoredQuestion};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const KIND: Kind = Kind { shape, input, said, doubt };

fn shape(question: &AuthoredQuestion, order: &[String], given: &Given) -> Outcome<Answer> {
    let shown = question.ordered(order);
    let chosen = numbers(given, shown.len(), shown.len())?;
    let place = |(option, place): (&&AuthoredOption, Option<usize>)| Some((option.id.clone(), u32::try_from(place?).ok()?));
    let places: BTreeMap<String, u32> = shown.iter().zip(chosen).filter_map(place).collect();
    Ok(if places.is_empty() { Answer::Unanswered } else { Answer::Places(places) })
}

fn place(answer: &Answer, id: &str) -> Option<usize> {
    let Answer::Places(places) = answer else { return None };
    usize::try_from(*places.get(id)?).ok()
}

fn input(asked: &Asked<'_>) -> ItemInput {
    let row = |o: &AuthoredOption| PlaceRow { text: o.text.get(asked.t.language()).to_owned(), chosen: place(asked.answer, &o.id) };
    ItemInput::Ordering { rows: asked.authored.ordered(asked.order).into_iter().map(row).collect() }
}

fn said(asked: &Asked<'_>) -> Said {
    let language = asked.t.language();
    let words = |place: usize, option: &AuthoredOption| format!("{place}. {}", option.text.get(language));
    let options = &asked.authored.options;
    let mut placed: Vec<_> = options.iter().filter_map(|o| Some((place(asked.answer, &o.id)?, o))).collect();
    placed.sort_by_key(|(place, _)| *place);
    Said {
        answer: placed.into_iter().map(|(place, o)| words(place, o)).collect::<Vec<_>>().join(" · "),
        right: (1..).zip(options).map(|(place, o)| words(place, o)).collect::<Vec<_>>().join(" · "),
        feedback: String::new(),
    }
}

/// Two steps have the same number.
fn doubt(_question: &AuthoredQuestion, answer: &Answer, t: Texts) -> Option<String> {
    let Answer::Places(places) = answer else { return None };
    let distinct: BTreeSet<_> = places.values().collect();
    (distinct.len() < places.len()).then(|| t.attempt_same_place().to_owned())
}
