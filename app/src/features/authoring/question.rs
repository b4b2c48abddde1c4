//! Writing a question of a bank.
//!
//! A form posts to the page's address with `do`: one of the buttons of the form (`kind`, `add-option`, `remove-option-2`,
//! `preview`, `try`, …), which show the page again, or one that the page around it knows (`save`). Rows count from 1. Hidden: `id`, the
//! ids of rows, `version` and `base`, which are passed through. A row keeps its id for life; a new one takes the next free.

use super::{Words, ticked};
use crate::features::assessment::{CriterionRow as RubricRow, FeedbackRow, ItemInput};
use crate::features::form::FormState;
use domain::assessment::question::QuestionKind;

/// The types that the form knows, in the order of its list. A new type is added here, and the compiler names the rest:
/// `pages/judge/question_editor/kinds.rs` (its name and fields) and the server's `author/question/kinds.rs` (what is kept of the form).
pub const KINDS: [QuestionKind; 4] =
    [QuestionKind::SingleChoice, QuestionKind::MultipleChoice, QuestionKind::TrueFalse, QuestionKind::Case];

/// The value of a type in the form: its name in the bank.
#[must_use]
pub const fn kind_value(kind: QuestionKind) -> &'static str {
    kind.name()
}

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

/// A question as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionForm {
    /// Its id, hidden.
    pub id: String,
    /// Its type: `kind`.
    pub kind: QuestionKind,
    /// `prompt-es|en`.
    pub prompt: Words,
    /// As typed.
    pub points: String,
    /// Less than full points fails the evaluation.
    pub critical: bool,
    /// Id of the objective.
    pub objective: String,
    /// Ticked tags: `tag`, repeated.
    pub tags: Vec<String>,
    /// A tag that is not in the list: `tag-new`.
    pub new_tag: String,
    /// `lesson/part` to read again, or empty.
    pub reread: String,
    /// The norms.
    pub references: Vec<ReferenceRow>,
    /// The options of a choice.
    pub options: Vec<OptionRow>,
    /// Least words of a case, as typed: `minimum-words`.
    pub minimum_words: String,
    /// The rubric of a case.
    pub criteria: Vec<CriterionRow>,
    /// The critical lines of a case.
    pub lines: Vec<LineRow>,
}

impl QuestionForm {
    /// Every field that a browser sends of it, in the order of the page.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![
            ("id".to_owned(), self.id.clone()),
            ("kind".to_owned(), kind_value(self.kind).to_owned()),
            ("points".to_owned(), self.points.clone()),
            ("objective".to_owned(), self.objective.clone()),
            ("tag-new".to_owned(), self.new_tag.clone()),
            ("reread".to_owned(), self.reread.clone()),
            ("minimum-words".to_owned(), self.minimum_words.clone()),
        ];
        self.prompt.fields("prompt", &mut fields);
        ticked("critical".to_owned(), self.critical, &mut fields);
        fields.extend(self.tags.iter().map(|tag| ("tag".to_owned(), tag.clone())));
        for (row, n) in self.options.iter().zip(1..) {
            option_fields(row, n, &mut fields);
        }
        for (row, n) in self.references.iter().zip(1..) {
            reference_fields(row, n, &mut fields);
        }
        for (row, n) in self.criteria.iter().zip(1..) {
            criterion_fields(row, n, &mut fields);
        }
        for (row, n) in self.lines.iter().zip(1..) {
            fields.push((format!("line-{n}-id"), row.id.clone()));
            row.text.fields(&format!("line-{n}-text"), &mut fields);
        }
        fields
    }
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

/// What became of the author's own answer, by the functions that decide on a trainee's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrialOutcome {
    /// Scored.
    Scored {
        /// What she would read.
        row: FeedbackRow,
        /// Points got and possible, in hundredths.
        points: (i64, i64),
        /// How many critical items it counts for, and the words of those failed.
        critical: (u32, Vec<String>),
        /// Where she would read again: address, title.
        reread: Option<(String, String)>,
    },
    /// A judge has to read it.
    ForAJudge {
        /// Words written.
        words: u32,
        /// Points got and possible in hundredths, once the rubric below is marked.
        points: Option<(i64, i64)>,
        /// Words of the critical levels and lines that were marked.
        critical: Vec<String>,
    },
    /// The question cannot be scored yet.
    Unfinished,
}

/// The question as a trainee sees it, to be answered. Fields `option`, `text` and, of a rubric, `r-ID` and `k-ID`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The question in the reader's language.
    pub prompt: String,
    /// What it asks for, with what the author answered.
    pub input: ItemInput,
    /// What came of it, after `do=try`.
    pub outcome: Option<TrialOutcome>,
    /// The rubric as its graders see it.
    pub rubric: Vec<RubricRow>,
    /// Its critical lines: id, text.
    pub lines: Vec<(String, String)>,
    /// The marks that the author gave.
    pub marked: FormState,
}

/// The page that edits a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionEditor {
    /// Where its form posts.
    pub action: String,
    /// Fields passed through untouched.
    pub passed: Vec<(String, String)>,
    /// Title of the module.
    pub module: String,
    /// What is typed.
    pub form: QuestionForm,
    /// The module's objectives: id, text.
    pub objectives: Vec<(String, String)>,
    /// Tags of the module's bank, those of the question among them.
    pub tags: Vec<String>,
    /// Lessons, each with its parts: `lesson/part`, title.
    pub parts: Vec<(String, Vec<(String, String)>)>,
    /// What is wrong with it.
    pub mistakes: FormState,
    /// As a trainee sees it.
    pub trial: Trial,
}
