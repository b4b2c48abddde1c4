//! What is wrong with a typed question, each at its field and in words for who never saw the file.

use super::super::Place;
use super::refuse;
use app::features::authoring::question::QuestionForm;
use app::features::form::FormState;
use app::texts::Texts;
use domain::assessment::question::AuthoredQuestion;
use domain::assessment::question::problem::{Place as Where, Problem};

/// Tells every mistake of the domain's rules, and those that only an author makes.
pub(super) fn tell(question: &AuthoredQuestion, form: &QuestionForm, place: &Place<'_>, mistakes: &mut FormState, t: Texts) {
    for problem in question.validate() {
        let (field, words) = told(&problem, form, t);
        refuse(mistakes, field, words);
    }
    if question.tags.is_empty() {
        refuse(mistakes, "tag", t.question_no_tag());
    }
    if let Some(reread) = &question.reread {
        let lesson = place.programme.lesson(&reread.lesson);
        if !lesson.is_some_and(|(_, lesson)| lesson.parts.iter().any(|p| p.id == reread.part)) {
            refuse(mistakes, "reread", t.question_unknown_part());
        }
    }
}

fn told(problem: &Problem, form: &QuestionForm, t: Texts) -> (String, String) {
    let first_row = if form.criteria.is_empty() { "right" } else { "rubrica" };
    let (field, words) = match problem {
        Problem::BadId { .. } | Problem::RepeatedId { .. } => (first_row.to_owned(), t.question_repeated_id()),
        Problem::NoPoints => ("points".to_owned(), t.question_no_points()),
        Problem::EmptyText { place } => empty(place, form, t),
        Problem::ReferenceWithoutNorm => ("reference-1-norm".to_owned(), t.question_no_norm()),
        Problem::ConfirmedWithoutReviewer { norm } => {
            let at = position(form.references.iter().position(|r| &r.norm == norm));
            (format!("reference-{at}-verified"), t.question_nobody_confirmed())
        }
        Problem::TooFewOptions { .. } | Problem::NotTrueFalse { .. } => ("right".to_owned(), t.question_few_options()),
        Problem::NotOneRight { .. } => ("right".to_owned(), t.question_one_right()),
        Problem::NoRight => ("right".to_owned(), t.question_no_right()),
        Problem::NoWrong => ("right".to_owned(), t.question_no_wrong()),
        Problem::RightAndCritical { option } => (format!("option-{}-text-es", option_at(form, option)), t.question_right_critical()),
        // The form keeps for a type only what belongs to it.
        Problem::OptionsOnCase | Problem::RubricOnChoice => ("kind".to_owned(), t.question_repeated_id()),
        Problem::NoRubric => ("rubrica".to_owned(), t.question_no_rubric()),
        Problem::TooFewLevels { criterion, .. } => (title(form, criterion), t.question_few_levels()),
        Problem::LevelsNotRising { criterion } => (title(form, criterion), t.question_levels_rise()),
        Problem::BestLevelCritical { criterion } => (title(form, criterion), t.question_best_critical()),
        Problem::RubricPoints { rubric, points } => return ("points".to_owned(), t.question_rubric_points(points, rubric)),
        _ => ("right".to_owned(), t.question_few_options()),
    };
    (field, words.to_owned())
}

/// A row's number in the form.
fn position(at: Option<usize>) -> usize {
    at.map_or(1, |at| at + 1)
}

fn option_at(form: &QuestionForm, id: &str) -> usize {
    position(form.options.iter().position(|o| o.id == id))
}

fn criterion_at(form: &QuestionForm, id: &str) -> usize {
    position(form.criteria.iter().position(|c| c.id == id))
}

fn title(form: &QuestionForm, criterion: &str) -> String {
    format!("criterion-{}-title-es", criterion_at(form, criterion))
}

fn empty(place: &Where, form: &QuestionForm, t: Texts) -> (String, &'static str) {
    match place {
        Where::Prompt => ("prompt-es".to_owned(), t.question_no_prompt()),
        Where::Option(id) => (format!("option-{}-text-es", option_at(form, id)), t.question_no_text()),
        Where::Feedback(id) => (format!("option-{}-feedback-es", option_at(form, id)), t.question_no_feedback()),
        Where::Criterion(id) => (title(form, id), t.question_no_text()),
        Where::Level { criterion, level } => {
            let (n, m) = (criterion_at(form, criterion), nth_typed(form, criterion, *level));
            (format!("criterion-{n}-level-{m}-text-es"), t.question_no_text())
        }
        Where::Line(id) => {
            let at = position(form.lines.iter().position(|l| &l.id == id));
            (format!("line-{at}-text-es"), t.question_no_text())
        }
        _ => ("prompt-es".to_owned(), t.question_no_text()),
    }
}

/// The row of the level that the question has at `position`, from 0: rows without text are not in it.
fn nth_typed(form: &QuestionForm, criterion: &str, position: u32) -> usize {
    let rows = form.criteria.iter().find(|c| c.id == criterion).map(|c| c.levels.as_slice()).unwrap_or_default();
    let mut typed = rows.iter().zip(1..).filter(|(level, _)| !level.text.is_blank() || level.critical).map(|(_, n)| n);
    usize::try_from(position).ok().and_then(|at| typed.nth(at)).unwrap_or(1)
}
