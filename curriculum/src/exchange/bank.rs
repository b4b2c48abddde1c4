//! Between the neutral form and our bank.
//!
//! Our bank holds every type but categories, descriptions and essays without rubric. What it cannot hold, and what other
//! systems cannot, goes to the report. Texts become plain: a question of ours is words, not HTML.

mod answers;
mod give;
mod plain;
mod take;
mod yaml;

pub use take::{Target, take};
pub use yaml::yaml;

use super::model::{Body, Choice, Item, Markup, Text};
use super::report::{Field, Remark, Report};
use domain::assessment::question::{AuthoredOption, AuthoredQuestion, QuestionKind};
use domain::curriculum::{Language, Localised};

/// How true and false are called.
fn truth(is_true: bool) -> Localised {
    let (es, en) = if is_true { ("Verdadero", "True") } else { ("Falso", "False") };
    Localised { es: es.to_owned(), en: Some(en.to_owned()) }
}

/// Our questions as items in one language, and what of them other systems have no place for. The line of an item is its
/// place among the questions, from 1.
#[must_use]
pub fn give(questions: &[AuthoredQuestion], language: Language) -> (Vec<Item>, Report) {
    let mut report = Report::default();
    let items = (1..).zip(questions).map(|(line, q)| item(line, q, language, &mut report));
    (items.collect(), report)
}

fn item(line: u32, question: &AuthoredQuestion, language: Language, report: &mut Report) -> Item {
    for (_, field) in losses(question).into_iter().filter(|(is_lost, _)| *is_lost) {
        report.lost(line, field);
    }
    let text = |text: &Localised| Text::new(Markup::Plain, text.get(language));
    let feedback = |option: &AuthoredOption| Some(text(&option.feedback)).filter(|t| !t.is_empty());
    let choice = |o: &AuthoredOption| Choice { text: text(&o.text), correct: o.correct, weight: None, feedback: feedback(o) };
    let choices = || question.options.iter().map(choice).collect();
    let body = match question.kind {
        QuestionKind::SingleChoice => Body::SingleChoice(choices()),
        QuestionKind::MultipleChoice => Body::MultipleChoice(choices()),
        QuestionKind::TrueFalse => {
            let side = |id: &str| question.option(id).and_then(feedback);
            Body::TrueFalse { is_true: question.option("a").is_some_and(|o| o.correct), if_true: side("a"), if_false: side("b") }
        }
        QuestionKind::ShortAnswer => give::short(question, language),
        QuestionKind::Numeric => give::numeric(line, question, language, report),
        QuestionKind::Matching => give::matching(question, language),
        QuestionKind::Ordering => {
            report.add(line, Remark::OrderAsPairs);
            give::ordering(question, language)
        }
        QuestionKind::Case => Body::Essay,
    };
    let mut item = Item::new(line, text(&question.prompt), body);
    item.id = Some(question.id.to_string());
    item.tags.clone_from(&question.tags);
    item.general_feedback = question.explanation.as_ref().map(text).filter(|t| !t.is_empty());
    item
}

/// What of a question other systems have no place for.
fn losses(question: &AuthoredQuestion) -> [(bool, Field); 11] {
    let options = &question.options;
    let other_truth = |o: &AuthoredOption| !["Verdadero", "Falso"].contains(&o.text.es.as_str());
    [
        (true, Field::Objective),
        (question.is_critical_item() || !question.critical_lines.is_empty(), Field::Critical),
        (question.points != 1, Field::Points),
        (!question.references.is_empty(), Field::References),
        (question.reread.is_some(), Field::Reread),
        (!question.rubric.is_empty(), Field::Rubric),
        (question.minimum_words > 0, Field::MinimumWords),
        (question.unit.is_some() || !question.units.is_empty(), Field::Unit),
        (question.pairs.iter().any(|p| !p.feedback.is_blank()), Field::Feedback),
        (question.kind == QuestionKind::TrueFalse && options.iter().any(other_truth), Field::OptionTexts),
        (is_translated(question), Field::Translation),
    ]
}

fn is_translated(question: &AuthoredQuestion) -> bool {
    let options = question.options.iter().map(|o| &o.text);
    let answers = question.accepted.iter().map(|a| &a.text).chain(question.pairs.iter().map(|p| &p.text));
    std::iter::once(&question.prompt).chain(options).chain(answers).any(|text| text.en.is_some())
}

#[cfg(test)]
mod tests;
