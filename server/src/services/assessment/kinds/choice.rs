//! One option, or several.

use super::{Asked, Given, Kind, Said, no_doubt};
use crate::failure::{Failure, Outcome};
use app::features::assessment::ItemInput;
use domain::assessment::answer::Answer;
use domain::assessment::question::{AuthoredOption, AuthoredQuestion};

pub(super) const ONE: Kind = Kind { shape: one, input: |asked| ItemInput::One(options(asked)), said, doubt: no_doubt };
pub(super) const SEVERAL: Kind = Kind { shape: several, input: |asked| ItemInput::Several(options(asked)), said, doubt: no_doubt };

fn on_paper<'g>(question: &AuthoredQuestion, given: &'g Given) -> Outcome<&'g [String]> {
    let is_unknown = |id: &String| question.option(id).is_none();
    if given.options.iter().any(is_unknown) { Err(Failure::BadRequest("option")) } else { Ok(&given.options) }
}

fn one(question: &AuthoredQuestion, _order: &[String], given: &Given) -> Outcome<Answer> {
    match on_paper(question, given)? {
        [] => Ok(Answer::Unanswered),
        [one] => Ok(Answer::Choice(one.clone())),
        _ => Err(Failure::BadRequest("option")),
    }
}

fn several(question: &AuthoredQuestion, _order: &[String], given: &Given) -> Outcome<Answer> {
    let chosen = on_paper(question, given)?;
    Ok(if chosen.is_empty() { Answer::Unanswered } else { Answer::Choices(chosen.to_vec()) })
}

fn chosen(answer: &Answer) -> Vec<&str> {
    match answer {
        Answer::Choice(one) => vec![one],
        Answer::Choices(several) => several.iter().map(String::as_str).collect(),
        Answer::Unanswered | Answer::Text(_) | Answer::Pairs(_) | Answer::Places(_) => Vec::new(),
    }
}

fn options(asked: &Asked<'_>) -> Vec<(String, String, bool)> {
    let chosen = chosen(asked.answer);
    let option = |o: &domain::assessment::question::QuestionOption| {
        (o.id.clone(), o.text.get(asked.t.language()).to_owned(), chosen.contains(&o.id.as_str()))
    };
    asked.shown.options.iter().map(option).collect()
}

fn said(asked: &Asked<'_>) -> Said {
    let language = asked.t.language();
    let chosen: Vec<&AuthoredOption> = chosen(asked.answer).into_iter().filter_map(|id| asked.authored.option(id)).collect();
    let feedback = |options: &[&AuthoredOption], between: &str| {
        options.iter().map(|o| o.feedback.get(language).to_owned()).collect::<Vec<_>>().join(between)
    };
    let right: Vec<&AuthoredOption> = asked.authored.options.iter().filter(|o| o.correct).collect();
    let (said, rights) = (feedback(&chosen, " · "), feedback(&right, " "));
    let is_right = chosen.len() == right.len() && chosen.iter().all(|o| o.correct);
    Said {
        answer: chosen.iter().map(|o| o.text.get(language).to_owned()).collect::<Vec<_>>().join(" · "),
        right: String::new(),
        feedback: if is_right || said.contains(&rights) { said } else { format!("{said} {rights}").trim().to_owned() },
    }
}
