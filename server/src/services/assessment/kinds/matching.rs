//! What belongs to what: for each left side the place of an option on her paper.

use super::{Asked, Given, Kind, Said, no_doubt, numbers};
use crate::failure::Outcome;
use app::features::assessment::{ItemInput, PlaceRow};
use domain::assessment::answer::Answer;
use domain::assessment::question::{AuthoredQuestion, Pair};
use std::collections::BTreeMap;

pub(super) const KIND: Kind = Kind { shape, input, said, doubt: no_doubt };

fn shape(question: &AuthoredQuestion, order: &[String], given: &Given) -> Outcome<Answer> {
    let shown = question.ordered(order);
    let chosen = numbers(given, question.pairs.len(), shown.len())?;
    let pair = |(pair, place): (&Pair, Option<usize>)| Some((pair.id.clone(), shown.get(place?.checked_sub(1)?)?.id.clone()));
    let pairs: BTreeMap<String, String> = question.pairs.iter().zip(chosen).filter_map(pair).collect();
    Ok(if pairs.is_empty() { Answer::Unanswered } else { Answer::Pairs(pairs) })
}

fn chosen<'a>(asked: &'a Asked<'_>, pair: &Pair) -> Option<&'a String> {
    if let Answer::Pairs(pairs) = asked.answer { pairs.get(&pair.id) } else { None }
}

fn input(asked: &Asked<'_>) -> ItemInput {
    let language = asked.t.language();
    let shown = asked.authored.ordered(asked.order);
    let row = |pair: &Pair| PlaceRow {
        text: pair.text.get(language).to_owned(),
        chosen: chosen(asked, pair).and_then(|id| shown.iter().position(|o| &o.id == id)).map(|place| place + 1),
    };
    ItemInput::Matching {
        rows: asked.authored.pairs.iter().map(row).collect(),
        options: asked.shown.options.iter().map(|o| o.text.get(language).to_owned()).collect(),
    }
}

fn said(asked: &Asked<'_>) -> Said {
    let language = asked.t.language();
    let words = |pair: &Pair, option: &str| {
        let option = asked.authored.option(option)?;
        Some(format!("{} → {}", pair.text.get(language), option.text.get(language)))
    };
    let pairs = &asked.authored.pairs;
    let wrong = pairs.iter().filter(|pair| chosen(asked, pair).is_some_and(|id| *id != pair.option));
    Said {
        answer: pairs.iter().filter_map(|pair| words(pair, chosen(asked, pair)?)).collect::<Vec<_>>().join(" · "),
        right: pairs.iter().filter_map(|pair| words(pair, &pair.option)).collect::<Vec<_>>().join(" · "),
        feedback: wrong.map(|pair| pair.feedback.get(language)).filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" "),
    }
}
