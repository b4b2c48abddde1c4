//! What short answers, numbers, matching and ordering keep of the form. A row in which nothing is typed is left out, and so is one whose
//! number cannot be read, which is told: nothing else may be taken for the number that was meant.

use super::super::refuse;
use super::super::rows::{localised, typed};
use app::features::authoring::Words;
use app::features::authoring::question::{AcceptedRow, NumberRow, PairRow, QuestionForm};
use app::features::form::FormState;
use app::texts::Texts;
use domain::assessment::question::{Accepted, AcceptedNumber, AuthoredOption, Pair, QuestionKind, Target, Tolerance, Weight};
use domain::curriculum::Localised;

/// The row of an accepted answer.
pub(super) fn accepted_row(accepted: &Accepted) -> AcceptedRow {
    AcceptedRow { text: typed(&accepted.text), weight: percent(accepted.weight), feedback: typed(&accepted.feedback) }
}

/// The row of an accepted number.
pub(super) fn number_row(number: &AcceptedNumber) -> NumberRow {
    NumberRow {
        value: number.value.to_string(),
        tolerance: number.tolerance.map(|tolerance| tolerance.to_string()).unwrap_or_default(),
        weight: percent(number.weight),
        feedback: typed(&number.feedback),
    }
}

/// The row of a left side.
pub(super) fn pair_row(pair: &Pair) -> PairRow {
    PairRow { id: pair.id.clone(), text: typed(&pair.text), option: pair.option.clone(), feedback: typed(&pair.feedback) }
}

fn percent(weight: Weight) -> String {
    if weight.is_full() { String::new() } else { weight.to_string() }
}

/// A text that may be left out.
pub(super) fn said(words: &Words) -> Option<Localised> {
    (!words.is_blank()).then(|| localised(words))
}

/// What is typed in a field as `T`; nothing where it is empty or cannot be read.
fn read<T: TryFrom<String>>(typed: &str) -> Option<T> {
    T::try_from(typed.to_owned()).ok()
}

/// The weight typed; one that cannot be read is told, and gives nothing.
fn weight(typed: &str, field: &str, mistakes: &mut FormState, t: Texts) -> Weight {
    if typed.is_empty() {
        return Weight::FULL;
    }
    read(typed.strip_suffix('%').unwrap_or(typed).trim_end()).unwrap_or_else(|| {
        refuse(mistakes, field, t.question_bad_weight());
        Weight::ZERO
    })
}

/// Whether the question has this row: the positions of the domain count only these.
pub(super) fn is_accepted(row: &AcceptedRow) -> bool {
    !row.text.is_blank() || !row.weight.is_empty() || !row.feedback.is_blank()
}

/// The accepted answers.
pub(super) fn accepted(form: &QuestionForm, mistakes: &mut FormState, t: Texts) -> Vec<Accepted> {
    let rows = form.accepted.iter().zip(1..).filter(|(row, _): &(_, usize)| is_accepted(row));
    rows.map(|(row, n)| Accepted {
        text: localised(&row.text),
        weight: weight(&row.weight, &format!("accepted-{n}-weight"), mistakes, t),
        feedback: localised(&row.feedback),
    })
    .collect()
}

/// The number typed.
pub(super) fn value(row: &NumberRow) -> Option<Target> {
    read(&row.value)
}

/// Whether the question has this row: the positions of the domain count only these.
pub(super) fn is_number(row: &NumberRow) -> bool {
    value(row).is_some()
}

/// The accepted numbers.
pub(super) fn numbers(form: &QuestionForm, mistakes: &mut FormState, t: Texts) -> Vec<AcceptedNumber> {
    let mut found = Vec::new();
    for (row, n) in form.numbers.iter().zip(1..).filter(|(row, _): &(_, usize)| **row != NumberRow::default()) {
        let Some(value) = value(row) else {
            refuse(mistakes, format!("number-{n}-value"), t.question_bad_number());
            continue;
        };
        let tolerance: Option<Tolerance> = read(&row.tolerance);
        if tolerance.is_none() && !row.tolerance.is_empty() {
            refuse(mistakes, format!("number-{n}-tolerance"), t.question_bad_tolerance());
        }
        let weight = weight(&row.weight, &format!("number-{n}-weight"), mistakes, t);
        found.push(AcceptedNumber { value, tolerance, weight, feedback: localised(&row.feedback) });
    }
    found
}

/// What is matched or put in order: texts without a key.
pub(super) fn entries(form: &QuestionForm) -> Vec<AuthoredOption> {
    let is_chosen = |id: &str| form.pairs.iter().any(|pair| pair.option == id);
    let is_there = |text: &Words, id: &str| !text.is_blank() || (form.kind == QuestionKind::Matching && is_chosen(id));
    let typed = form.options.iter().filter(|row| is_there(&row.text, &row.id));
    typed
        .map(|row| AuthoredOption {
            id: row.id.clone(),
            correct: false,
            critical: false,
            text: localised(&row.text),
            feedback: Localised::default(),
        })
        .collect()
}

/// The left sides.
pub(super) fn pairs(form: &QuestionForm) -> Vec<Pair> {
    let typed = form.pairs.iter().filter(|row| !row.text.is_blank() || !row.option.is_empty() || !row.feedback.is_blank());
    typed
        .map(|row| Pair { id: row.id.clone(), text: localised(&row.text), option: row.option.clone(), feedback: localised(&row.feedback) })
        .collect()
}

/// The fields in which something stands that cannot be read; saving would lose it.
pub(super) fn unread(form: &QuestionForm, t: Texts) -> FormState {
    let mut mistakes = FormState::default();
    match form.kind {
        QuestionKind::ShortAnswer => {
            accepted(form, &mut mistakes, t);
        }
        QuestionKind::Numeric => {
            numbers(form, &mut mistakes, t);
        }
        QuestionKind::SingleChoice
        | QuestionKind::MultipleChoice
        | QuestionKind::TrueFalse
        | QuestionKind::Matching
        | QuestionKind::Ordering
        | QuestionKind::Case => {}
    }
    mistakes
}
