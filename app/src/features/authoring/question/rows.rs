//! The rows of a question's form, and the fields of each.

use super::super::{Words, ticked};
use super::QuestionForm;

/// An option: `option-N-id`, `option-N-text-es|en`, `option-N-feedback-es|en`, `right` = N, `option-N-critical`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OptionRow {
    /// Its id inside the question; empty until it gets one.
    pub id: String,
    /// Its text.
    pub text: Words,
    /// What is said to who chose it.
    pub feedback: Words,
    /// It is right.
    pub right: bool,
    /// Choosing it fails the evaluation.
    pub critical: bool,
}

/// A norm: `reference-N-norm`, `reference-N-status` = to-confirm|confirmed, `reference-N-verified`, `reference-N-reviewer`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReferenceRow {
    /// The norm and its article.
    pub norm: String,
    /// Somebody confirmed it.
    pub confirmed: bool,
    /// The day, as typed.
    pub verified: String,
    /// Who.
    pub reviewer: String,
}

/// A level of a criterion: `criterion-N-level-M-points`, `…-text-es|en`, `…-critical`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LevelRow {
    /// Points, as typed.
    pub points: String,
    /// What work of this level is like.
    pub text: Words,
    /// Giving it fails the evaluation.
    pub critical: bool,
}

/// A criterion: `criterion-N-id`, `criterion-N-title-es|en`, its levels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CriterionRow {
    /// Its id inside the question.
    pub id: String,
    /// Its title.
    pub title: Words,
    /// Its levels.
    pub levels: Vec<LevelRow>,
}

/// A critical line: `line-N-id`, `line-N-text-es|en`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineRow {
    /// Its id inside the question.
    pub id: String,
    /// What a safe advisor never does.
    pub text: Words,
}

/// An accepted answer: `accepted-N-text-es|en`, `accepted-N-weight`, `accepted-N-feedback-es|en`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AcceptedRow {
    /// The answer; `*` in it stands for anything.
    pub text: Words,
    /// What it gives in percent, as typed; empty is 100.
    pub weight: String,
    /// What is said to who gave it.
    pub feedback: Words,
}

/// An accepted number: `number-N-value`, `number-N-tolerance`, `number-N-weight`, `number-N-feedback-es|en`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberRow {
    /// The number as typed, or `*`.
    pub value: String,
    /// How far from it is still right, as typed; empty is not at all.
    pub tolerance: String,
    /// What it gives in percent, as typed; empty is 100.
    pub weight: String,
    /// What is said to who gave it.
    pub feedback: Words,
}

/// A left side of a matching question: `pair-N-id`, `pair-N-text-es|en`, `pair-N-option`, `pair-N-feedback-es|en`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PairRow {
    /// Its id inside the question.
    pub id: String,
    /// The left side.
    pub text: Words,
    /// The id of the option that belongs to it.
    pub option: String,
    /// What is said to who chose another.
    pub feedback: Words,
}

impl QuestionForm {
    /// The fields of its rows.
    pub(super) fn row_fields(&self, fields: &mut Vec<(String, String)>) {
        each(&self.options, option_fields, fields);
        each(&self.accepted, accepted_fields, fields);
        each(&self.numbers, number_fields, fields);
        each(&self.pairs, pair_fields, fields);
        each(&self.references, reference_fields, fields);
        each(&self.criteria, criterion_fields, fields);
        each(&self.lines, line_fields, fields);
    }
}

fn each<T>(rows: &[T], of: fn(&T, usize, &mut Vec<(String, String)>), fields: &mut Vec<(String, String)>) {
    for (row, n) in rows.iter().zip(1..) {
        of(row, n, fields);
    }
}

fn line_fields(row: &LineRow, n: usize, fields: &mut Vec<(String, String)>) {
    fields.push((format!("line-{n}-id"), row.id.clone()));
    row.text.fields(&format!("line-{n}-text"), fields);
}

fn option_fields(row: &OptionRow, n: usize, fields: &mut Vec<(String, String)>) {
    fields.push((format!("option-{n}-id"), row.id.clone()));
    row.text.fields(&format!("option-{n}-text"), fields);
    row.feedback.fields(&format!("option-{n}-feedback"), fields);
    ticked(format!("option-{n}-critical"), row.critical, fields);
    if row.right {
        fields.push(("right".to_owned(), n.to_string()));
    }
}

fn reference_fields(row: &ReferenceRow, n: usize, fields: &mut Vec<(String, String)>) {
    fields.push((format!("reference-{n}-norm"), row.norm.clone()));
    let status = if row.confirmed { "confirmed" } else { "to-confirm" };
    fields.push((format!("reference-{n}-status"), status.to_owned()));
    fields.push((format!("reference-{n}-verified"), row.verified.clone()));
    fields.push((format!("reference-{n}-reviewer"), row.reviewer.clone()));
}

fn criterion_fields(row: &CriterionRow, n: usize, fields: &mut Vec<(String, String)>) {
    fields.push((format!("criterion-{n}-id"), row.id.clone()));
    row.title.fields(&format!("criterion-{n}-title"), fields);
    for (level, m) in row.levels.iter().zip(1..) {
        let name = format!("criterion-{n}-level-{m}");
        fields.push((format!("{name}-points"), level.points.clone()));
        level.text.fields(&format!("{name}-text"), fields);
        ticked(format!("{name}-critical"), level.critical, fields);
    }
}

fn accepted_fields(row: &AcceptedRow, n: usize, fields: &mut Vec<(String, String)>) {
    row.text.fields(&format!("accepted-{n}-text"), fields);
    fields.push((format!("accepted-{n}-weight"), row.weight.clone()));
    row.feedback.fields(&format!("accepted-{n}-feedback"), fields);
}

fn number_fields(row: &NumberRow, n: usize, fields: &mut Vec<(String, String)>) {
    fields.push((format!("number-{n}-value"), row.value.clone()));
    fields.push((format!("number-{n}-tolerance"), row.tolerance.clone()));
    fields.push((format!("number-{n}-weight"), row.weight.clone()));
    row.feedback.fields(&format!("number-{n}-feedback"), fields);
}

fn pair_fields(row: &PairRow, n: usize, fields: &mut Vec<(String, String)>) {
    fields.push((format!("pair-{n}-id"), row.id.clone()));
    row.text.fields(&format!("pair-{n}-text"), fields);
    fields.push((format!("pair-{n}-option"), row.option.clone()));
    row.feedback.fields(&format!("pair-{n}-feedback"), fields);
}
