//! A number, typed in one line.

use super::{Asked, Kind, Said, line, text_of};
use app::features::assessment::ItemInput;
use app::texts::Texts;
use domain::assessment::answer::Answer;
use domain::assessment::question::numeric::{matched, read};
use domain::assessment::question::{AuthoredQuestion, Target};

pub(super) const KIND: Kind = Kind { shape: |_, _, given| line(given), input, said, doubt };

fn input(asked: &Asked<'_>) -> ItemInput {
    let unit = asked.shown.unit.as_ref().map(|unit| unit.get(asked.t.language()).to_owned());
    ItemInput::Line { saved: text_of(asked.answer), number: true, unit }
}

fn said(asked: &Asked<'_>) -> Said {
    let language = asked.t.language();
    let answer = text_of(asked.answer);
    let accepted = read(asked.authored, &answer).and_then(|number| matched(asked.authored, number));
    let exact = asked.authored.numbers.iter().filter(|a| a.weight.is_full()).find_map(|a| match a.value {
        Target::Exactly(number) => Some(number.to_string()),
        Target::Any => None,
    });
    let unit = asked.authored.unit.as_ref().map(|unit| format!(" {}", unit.get(language))).unwrap_or_default();
    Said {
        right: exact.map(|number| format!("{number}{unit}")).unwrap_or_default(),
        feedback: accepted.map(|a| a.feedback.get(language).to_owned()).unwrap_or_default(),
        answer,
    }
}

/// She typed something that says no number.
fn doubt(question: &AuthoredQuestion, answer: &Answer, t: Texts) -> Option<String> {
    let text = text_of(answer);
    (!text.is_empty() && read(question, &text).is_none()).then(|| t.attempt_no_number().to_owned())
}
