//! What each type of question asks for, takes and says: the server's one list of them, beside
//! [`domain::assessment::question::registry`].

mod choice;
mod matching;
mod numeric;
mod ordering;
mod written;

use super::answers::Given;
use crate::failure::{Failure, Outcome};
use app::features::assessment::{FeedbackRow, ItemInput};
use app::texts::Texts;
use domain::assessment::answer::Answer;
use domain::assessment::question::{AuthoredQuestion, Question, QuestionKind};

/// A question on a paper, as the page shows it.
pub struct Asked<'a> {
    /// What she may see of it.
    pub shown: &'a Question,
    /// The question with its key; pages of answers read it, those of an open attempt only to put saved answers back.
    pub authored: &'a AuthoredQuestion,
    /// The ids of its options in the order shown.
    pub order: &'a [String],
    /// What she answered.
    pub answer: &'a Answer,
    /// Language.
    pub t: Texts,
}

/// What the result says about an answer.
#[derive(Debug, Default)]
pub struct Said {
    /// Her answer in words.
    pub answer: String,
    /// The right one in words, where the feedback does not tell it.
    pub right: String,
    /// Feedback on what she answered.
    pub feedback: String,
}

/// What a type does.
#[derive(Clone, Copy)]
pub struct Kind {
    /// What was given, in the shape that the type asks for; what is not on the paper is refused.
    pub shape: fn(&AuthoredQuestion, &[String], &Given) -> Outcome<Answer>,
    /// The fields of the page.
    pub input: fn(&Asked<'_>) -> ItemInput,
    /// What the result says.
    pub said: fn(&Asked<'_>) -> Said,
    /// Why the form shows the question again although the answer is saved: a sentence.
    pub doubt: fn(&AuthoredQuestion, &Answer, Texts) -> Option<String>,
}

/// What the type does.
#[must_use]
pub const fn of(kind: QuestionKind) -> Kind {
    match kind {
        QuestionKind::SingleChoice | QuestionKind::TrueFalse => choice::ONE,
        QuestionKind::MultipleChoice => choice::SEVERAL,
        QuestionKind::ShortAnswer => written::SHORT,
        QuestionKind::Numeric => numeric::KIND,
        QuestionKind::Matching => matching::KIND,
        QuestionKind::Ordering => ordering::KIND,
        QuestionKind::Case => written::CASE,
    }
}

/// Nothing to mend.
fn no_doubt(_: &AuthoredQuestion, _: &Answer, _: Texts) -> Option<String> {
    None
}

/// Nothing to choose from, and something was chosen.
fn no_options(given: &Given) -> Outcome<()> {
    if given.options.is_empty() { Ok(()) } else { Err(Failure::BadRequest("option")) }
}

/// A line of text, as it was typed; longer than the field takes is refused.
fn line(given: &Given) -> Outcome<Answer> {
    no_options(given)?;
    let text = given.text.as_deref().unwrap_or_default();
    if text.chars().count() > domain::assessment::question::short_answer::LONGEST || text.contains(['\n', '\r', '\0']) {
        return Err(Failure::BadRequest("text"));
    }
    Ok(if text.trim().is_empty() { Answer::Unanswered } else { Answer::Text(text.to_owned()) })
}

/// The text of an answer that is one.
fn text_of(answer: &Answer) -> String {
    if let Answer::Text(text) = answer { text.clone() } else { String::new() }
}

/// A value for each of `rows` fields, each empty or a place from 1 to `most`.
fn numbers(given: &Given, rows: usize, most: usize) -> Outcome<Vec<Option<usize>>> {
    let read = |value: &String| match value.as_str() {
        "" => Ok(None),
        text => {
            let number = text.parse::<usize>().ok().filter(|n| (1..=most).contains(n) && n.to_string() == text);
            number.map(Some).ok_or(Failure::BadRequest("option"))
        }
    };
    match given.options.len() {
        0 => Ok(vec![None; rows]),
        n if n == rows => given.options.iter().map(read).collect(),
        _ => Err(Failure::BadRequest("option")),
    }
}

/// The row of the result.
#[must_use]
pub fn feedback_row(asked: &Asked<'_>, is_right: bool) -> FeedbackRow {
    let said = (of(asked.authored.kind).said)(asked);
    let language = asked.t.language();
    let right = (!is_right && !said.right.is_empty()).then(|| asked.t.result_right_answer(&said.right));
    let explanation = asked.authored.explanation.as_ref().map(|e| e.get(language).to_owned());
    let parts = [Some(said.feedback), right, explanation].into_iter().flatten().filter(|part| !part.trim().is_empty());
    FeedbackRow {
        prompt: asked.authored.prompt.get(language).to_owned(),
        answer: said.answer,
        right: is_right,
        critical: asked.authored.is_critical_item(),
        feedback: parts.collect::<Vec<_>>().join(" "),
    }
}
