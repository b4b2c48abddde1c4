//! From items to our bank.

use super::plain::plain;
use super::truth;
use crate::exchange::model::{Body, Choice, Item, Text, shares};
use crate::exchange::number::Weight;
use crate::exchange::report::{Field, Remark, Report};
use domain::assessment::question::problem::Problem;
use domain::assessment::question::{AuthoredOption, AuthoredQuestion, Content, QuestionKind};
use domain::curriculum::Localised;
use domain::ids::ObjectiveId;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// The longest id made from a title.
const ID_LENGTH: usize = 40;

/// Where the questions go.
#[derive(Debug, Clone)]
pub struct Target {
    /// The objective that they serve; other systems have none.
    pub objective: ObjectiveId,
    /// What every id begins with (`m4-`), unless it does already.
    pub prefix: String,
    /// Ids that are in use.
    pub taken: BTreeSet<String>,
}

/// The items that our bank can hold, in Spanish, and everything that it cannot. A question is left out when it breaks a
/// rule of ours, but not for an empty text, which its author fills in.
#[must_use]
pub fn take(items: &[Item], target: &Target) -> (Vec<AuthoredQuestion>, Report) {
    let mut taker = Taker { report: Report::default(), taken: target.taken.clone(), next: BTreeMap::new(), target };
    let questions = items.iter().filter_map(|i| taker.question(i)).collect();
    (questions, taker.report)
}

pub(super) struct Taker<'t> {
    pub(super) report: Report,
    taken: BTreeSet<String>,
    /// The number to try next for an id.
    next: BTreeMap<String, u64>,
    target: &'t Target,
}

impl Taker<'_> {
    fn question(&mut self, item: &Item) -> Option<AuthoredQuestion> {
        let mut question = AuthoredQuestion::new(String::new().as_str().into(), QuestionKind::Case, self.target.objective.clone());
        question.kind = match &item.body {
            Body::SingleChoice(choices) => {
                question.options = self.options(item, choices);
                QuestionKind::SingleChoice
            }
            Body::MultipleChoice(choices) => {
                question.options = self.options(item, choices);
                QuestionKind::MultipleChoice
            }
            Body::TrueFalse { is_true, if_true, if_false } => {
                question.options = self.truths(item.line, *is_true, [if_true.as_ref(), if_false.as_ref()]);
                QuestionKind::TrueFalse
            }
            Body::ShortAnswer(answers) => {
                question.accepted = self.accepted(item.line, answers);
                QuestionKind::ShortAnswer
            }
            Body::Numeric(numbers) => {
                question.numbers = self.numbers(item.line, numbers);
                QuestionKind::Numeric
            }
            Body::Matching(pairs) => self.matching(item.line, pairs, &mut question),
            Body::Category | Body::Description | Body::Essay => {
                self.report.add(item.line, Remark::NoSuchType { kind: item.body.kind() });
                return None;
            }
        };
        question.prompt = self.text(item.line, &item.stem);
        question.id = self.id(item, &question.prompt.es).as_str().into();
        question.tags = item.tags.iter().map(|t| t.nfc().collect()).collect();
        self.explanation(item, &mut question);
        self.valid(item.line, &question).then_some(question)
    }

    /// What is said to everyone, where the type has a place for it.
    fn explanation(&mut self, item: &Item, question: &mut AuthoredQuestion) {
        let Some(said) = &item.general_feedback else { return };
        if !question.kind.rules().content.contains(&Content::Explanation) {
            return self.report.lost(item.line, Field::GeneralFeedback);
        }
        question.explanation = Some(self.text(item.line, said)).filter(|text| !text.es.trim().is_empty());
    }

    /// Names every mistake; a question with one that is more than an empty text is left out.
    fn valid(&mut self, line: u32, question: &AuthoredQuestion) -> bool {
        let problems = question.validate();
        let left_out = problems.iter().any(|p| !matches!(p, Problem::EmptyText { .. }));
        for problem in problems {
            self.report.add(line, Remark::Problem { id: question.id.to_string(), problem, left_out });
        }
        if left_out {
            self.taken.remove(question.id.as_str());
        }
        !left_out
    }

    pub(super) fn text(&mut self, line: u32, text: &Text) -> Localised {
        let plain = plain(text);
        if plain.lost_markup {
            self.report.lost(line, Field::Markup);
        }
        for construct in plain.media {
            self.report.add(line, Remark::NotCarried { construct });
        }
        Localised::es(&plain.text.nfc().collect::<String>())
    }

    fn options(&mut self, item: &Item, choices: &[Choice]) -> Vec<AuthoredOption> {
        if !is_ruled(item, choices) {
            self.report.lost(item.line, Field::Weights);
        }
        let option = |(place, choice): (usize, &Choice)| AuthoredOption {
            id: letter(place),
            correct: choice.correct,
            critical: false,
            text: self.text(item.line, &choice.text),
            feedback: choice.feedback.as_ref().map(|f| self.text(item.line, f)).unwrap_or_default(),
        };
        choices.iter().enumerate().map(option).collect()
    }

    fn truths(&mut self, line: u32, is_true: bool, said: [Option<&Text>; 2]) -> Vec<AuthoredOption> {
        let sides = ["a", "b"].into_iter().zip([true, false]).zip(said);
        let option = |((id, says), feedback): ((&str, bool), Option<&Text>)| AuthoredOption {
            id: id.to_owned(),
            correct: says == is_true,
            critical: false,
            text: truth(says),
            feedback: feedback.map(|f| self.text(line, f)).unwrap_or_default(),
        };
        sides.map(option).collect()
    }

    /// The id of the file, else one made of the title or the question; well formed and free.
    fn id(&mut self, item: &Item, prompt: &str) -> String {
        let made = || slug(item.title.as_deref().unwrap_or(prompt), ID_LENGTH);
        let mut id = item.id.as_deref().map_or_else(made, |id| slug(id, usize::MAX));
        if !id.starts_with(&self.target.prefix) {
            id = format!("{}{id}", self.target.prefix);
        }
        let id = self.free(&id);
        if let Some(from) = item.id.as_ref().filter(|from| **from != id) {
            self.report.add(item.line, Remark::IdChanged { from: from.clone(), to: id.clone() });
        }
        if item.title.is_some() {
            self.report.lost(item.line, Field::Title);
        }
        id
    }
}

impl Taker<'_> {
    /// `id`, with a number where it is taken.
    fn free(&mut self, id: &str) -> String {
        let next = self.next.entry(id.to_owned()).or_insert(1);
        loop {
            let free = if *next == 1 { id.to_owned() } else { format!("{id}-{next}") };
            *next += 1;
            if self.taken.insert(free.clone()) {
                return free;
            }
        }
    }
}

/// Whether the weights of a choice question are those of our rules.
fn is_ruled(item: &Item, choices: &[Choice]) -> bool {
    let ruled: Vec<Choice> = choices.iter().map(|c| Choice { weight: None, ..c.clone() }).collect();
    let single = |c: &Choice| if c.correct { Weight::FULL } else { Weight::ZERO };
    let rule: Vec<Weight> = if matches!(item.body, Body::SingleChoice(_)) { ruled.iter().map(single).collect() } else { shares(&ruled) };
    // A share of a third is rounded, up or down.
    let is_near = |c: &Choice, rule: &Weight| c.weight.is_none_or(|w| w.units().abs_diff(rule.units()) <= 1);
    choices.iter().zip(&rule).all(|(c, rule)| is_near(c, rule))
}

/// `a`, `b`, … `z`, `o27`, …
pub(super) fn letter(place: usize) -> String {
    ('a'..='z').nth(place).map_or_else(|| format!("o{}", place + 1), |c| c.to_string())
}

/// `text` in the letters that an id may have, at most `length` of them.
fn slug(text: &str, length: usize) -> String {
    let mut slug = String::new();
    for c in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= length {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "pregunta".to_owned() } else { slug.to_owned() }
}
