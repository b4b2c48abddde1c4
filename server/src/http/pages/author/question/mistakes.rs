//! What is wrong with a typed question, each at its field and in words for who never saw the file.

use super::super::Place;
use super::{answers, refuse};
use app::features::authoring::question::{AcceptedRow, NumberRow, QuestionForm};
use app::features::form::FormState;
use app::texts::Texts;
use domain::assessment::question::problem::{Place as Where, Problem};
use domain::assessment::question::{AuthoredQuestion, Content, QuestionKind};

/// Tells every mistake of the domain's rules, and those that only an author makes.
pub(super) fn tell(question: &AuthoredQuestion, form: &QuestionForm, place: &Place<'_>, mistakes: &mut FormState, t: Texts) {
    // An answer that cannot be read is told at its field; that it is missing is no second mistake.
    let is_unread = !answers::unread(form, t).errors.is_empty();
    let follows = |problem: &Problem| is_unread && matches!(problem, Problem::NoAnswers { .. } | Problem::NoFullWeight);
    for problem in question.validate().into_iter().filter(|problem| !follows(problem)) {
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
    let (field, words) = match problem {
        Problem::BadId { .. } | Problem::RepeatedId { .. } => (rows_of(form).to_owned(), t.question_repeated_id()),
        Problem::NoPoints => ("points".to_owned(), t.question_no_points()),
        Problem::EmptyText { place } => empty(place, form, t),
        Problem::ReferenceWithoutNorm => ("reference-1-norm".to_owned(), t.question_no_norm()),
        Problem::ConfirmedWithoutReviewer { norm } => {
            let at = position(form.references.iter().position(|r| &r.norm == norm));
            (format!("reference-{at}-verified"), t.question_nobody_confirmed())
        }
        Problem::TooFewOptions { .. } => ("right".to_owned(), few_options(form.kind, t)),
        Problem::NotTrueFalse { .. } => ("right".to_owned(), t.question_few_options()),
        Problem::NotOneRight { .. } => ("right".to_owned(), t.question_one_right()),
        Problem::NoRight => ("right".to_owned(), t.question_no_right()),
        Problem::NoWrong => ("right".to_owned(), t.question_no_wrong()),
        Problem::RightAndCritical { option } => (option_text(form, option), t.question_right_critical()),
        Problem::SameText { option } => (option_text(form, option), t.question_same_text()),
        // The form keeps for a type only what belongs to it, but for the explanation, which it shows.
        Problem::Misplaced { content: Content::Explanation } => ("explanation-es".to_owned(), t.question_explanation_elsewhere()),
        Problem::OptionsOnCase | Problem::RubricOnChoice | Problem::Misplaced { .. } | Problem::KeyOnOption { .. } => {
            ("kind".to_owned(), t.question_not_of_type())
        }
        Problem::NoAnswers { .. } => no_answers(form.kind, t),
        Problem::NoFullWeight => (first_weight(form.kind), t.question_no_full_weight()),
        Problem::NothingToCompare { text } => (answer_text(form, text), t.question_nothing_to_compare()),
        Problem::RepeatedAnswer { text } => (repeated(form, text), t.question_repeated_answer()),
        Problem::ToleranceOfAny => {
            let at = position(form.numbers.iter().position(|row| row.value == "*" && !row.tolerance.is_empty()));
            (format!("number-{at}-tolerance"), t.question_tolerance_of_any())
        }
        Problem::TooFewPairs { .. } => ("parejas".to_owned(), t.question_few_pairs()),
        Problem::UnknownPairOption { pair, .. } => (format!("pair-{}-option", pair_at(form, pair)), t.question_no_pair_option()),
        Problem::NoRubric => ("rubrica".to_owned(), t.question_no_rubric()),
        Problem::TooFewLevels { criterion, .. } => (title(form, criterion), t.question_few_levels()),
        Problem::LevelsNotRising { criterion } => (title(form, criterion), t.question_levels_rise()),
        Problem::BestLevelCritical { criterion } => (title(form, criterion), t.question_best_critical()),
        Problem::RubricPoints { rubric, points } => return ("points".to_owned(), t.question_rubric_points(points, rubric)),
    };
    (field, words.to_owned())
}

/// The section of the rows that have ids.
const fn rows_of(form: &QuestionForm) -> &'static str {
    match form.kind {
        QuestionKind::Case => "rubrica",
        QuestionKind::ShortAnswer => "aceptadas",
        QuestionKind::Numeric => "numeros",
        QuestionKind::SingleChoice
        | QuestionKind::MultipleChoice
        | QuestionKind::TrueFalse
        | QuestionKind::Matching
        | QuestionKind::Ordering => "right",
    }
}

fn few_options(kind: QuestionKind, t: Texts) -> &'static str {
    match kind {
        QuestionKind::Matching => t.question_few_rights(),
        QuestionKind::Ordering => t.question_few_steps(),
        QuestionKind::SingleChoice
        | QuestionKind::MultipleChoice
        | QuestionKind::TrueFalse
        | QuestionKind::ShortAnswer
        | QuestionKind::Numeric
        | QuestionKind::Case => t.question_few_options(),
    }
}

fn no_answers(kind: QuestionKind, t: Texts) -> (String, &'static str) {
    match kind {
        QuestionKind::Matching => ("parejas".to_owned(), t.question_few_pairs()),
        QuestionKind::Numeric => ("number-1-value".to_owned(), t.question_no_numbers()),
        QuestionKind::ShortAnswer
        | QuestionKind::SingleChoice
        | QuestionKind::MultipleChoice
        | QuestionKind::TrueFalse
        | QuestionKind::Ordering
        | QuestionKind::Case => ("accepted-1-text-es".to_owned(), t.question_no_accepted()),
    }
}

fn first_weight(kind: QuestionKind) -> String {
    format!("{}-1-weight", if kind == QuestionKind::Numeric { "number" } else { "accepted" })
}

/// A row's number in the form.
fn position(at: Option<usize>) -> usize {
    at.map_or(1, |at| at + 1)
}

fn option_at(form: &QuestionForm, id: &str) -> usize {
    position(form.options.iter().position(|o| o.id == id))
}

fn option_text(form: &QuestionForm, id: &str) -> String {
    format!("option-{}-text-es", option_at(form, id))
}

fn pair_at(form: &QuestionForm, id: &str) -> usize {
    position(form.pairs.iter().position(|p| p.id == id))
}

/// The field of the accepted answer that reads `text`.
fn answer_text(form: &QuestionForm, text: &str) -> String {
    let written = |row: &AcceptedRow| [("es", row.text.es == text), ("en", row.text.en == text)].into_iter().find(|(_, is)| *is);
    let found = form.accepted.iter().zip(1..).find_map(|(row, n): (_, usize)| Some((n, written(row)?.0)));
    let (n, language) = found.unwrap_or((1, "es"));
    format!("accepted-{n}-text-{language}")
}

/// The field of the last answer or number that is `text`: the one that came later is the one too many.
fn repeated(form: &QuestionForm, text: &str) -> String {
    if form.kind == QuestionKind::Numeric {
        let is_it = |row: &NumberRow| answers::value(row).is_some_and(|value| value.to_string() == text);
        return format!("number-{}-value", position(form.numbers.iter().rposition(is_it)));
    }
    format!("accepted-{}-text-es", position(form.accepted.iter().rposition(|row| row.text.es == text)))
}

/// The row, from 1, of what the question has at `position`, from 0: rows that are left out are not in it.
fn nth<T>(rows: &[T], is_there: impl Fn(&T) -> bool, position: u32) -> usize {
    let mut kept = rows.iter().zip(1..).filter(|(row, _)| is_there(row)).map(|(_, n)| n);
    usize::try_from(position).ok().and_then(|at| kept.nth(at)).unwrap_or(1)
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
        Where::Option(id) => (option_text(form, id), t.question_no_text()),
        Where::Pair(id) => (format!("pair-{}-text-es", pair_at(form, id)), t.question_no_text()),
        Where::Feedback(id) if form.kind == QuestionKind::Matching => {
            (format!("pair-{}-feedback-es", pair_at(form, id)), t.question_no_spanish())
        }
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
        Where::Accepted(at) => (format!("accepted-{}-text-es", nth(&form.accepted, answers::is_accepted, *at)), t.question_no_text()),
        Where::AcceptedFeedback(at) if form.kind == QuestionKind::Numeric => {
            (format!("number-{}-feedback-es", nth(&form.numbers, answers::is_number, *at)), t.question_no_spanish())
        }
        Where::AcceptedFeedback(at) => {
            (format!("accepted-{}-feedback-es", nth(&form.accepted, answers::is_accepted, *at)), t.question_no_spanish())
        }
        Where::Unit => ("unit-es".to_owned(), t.question_no_spanish()),
        Where::Explanation => ("explanation-es".to_owned(), t.question_no_spanish()),
    }
}

/// The row of the level that the question has at `position`, from 0: rows without text are not in it.
fn nth_typed(form: &QuestionForm, criterion: &str, position: u32) -> usize {
    let rows = form.criteria.iter().find(|c| c.id == criterion).map(|c| c.levels.as_slice()).unwrap_or_default();
    nth(rows, |level| !level.text.is_blank() || level.critical, position)
}
