//! A text that a judge reads, and one line that the rule reads.

use super::{Asked, Given, Kind, Said, line, no_doubt, no_options, text_of};
use crate::failure::Outcome;
use app::features::assessment::ItemInput;
use domain::assessment::answer::Answer;
use domain::assessment::question::{AuthoredQuestion, short_answer};

pub(super) const CASE: Kind = Kind { shape: case, input: case_input, said: |_| Said::default(), doubt: no_doubt };
pub(super) const SHORT: Kind = Kind { shape: |_, _, given| line(given), input: short_input, said: short_said, doubt: no_doubt };

/// Longest text of a case's answer, in characters.
const LONGEST_TEXT: usize = 20_000;

fn case(_question: &AuthoredQuestion, _order: &[String], given: &Given) -> Outcome<Answer> {
    no_options(given)?;
    let text: String = given.text.as_deref().unwrap_or_default().chars().take(LONGEST_TEXT).collect();
    Ok(if text.trim().is_empty() { Answer::Unanswered } else { Answer::Text(text) })
}

fn case_input(asked: &Asked<'_>) -> ItemInput {
    ItemInput::Text { saved: text_of(asked.answer), minimum_words: asked.shown.minimum_words }
}

fn short_input(asked: &Asked<'_>) -> ItemInput {
    ItemInput::Line { saved: text_of(asked.answer), number: false, unit: None }
}

fn short_said(asked: &Asked<'_>) -> Said {
    let language = asked.t.language();
    let answer = text_of(asked.answer);
    // A pattern is no answer to show; where every full answer is one, the explanation has to tell.
    let right =
        asked.authored.accepted.iter().filter(|a| a.weight.is_full()).map(|a| a.text.get(language)).find(|text| !text.contains('*'));
    Said {
        right: right.unwrap_or_default().to_owned(),
        feedback: short_answer::matched(asked.authored, &answer).map(|a| a.feedback.get(language).to_owned()).unwrap_or_default(),
        answer,
    }
}
