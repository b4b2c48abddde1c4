//! Writing a question of a bank.
//!
//! A form posts to the page's address with `do`: one of the buttons of the form (`kind`, `add-option`, `remove-option-2`,
//! `up-option-2`, `preview`, `try`, …), which show the page again, or one that the page around it knows (`save`). Rows count from 1.
//! Hidden: `id`, the ids of rows, `version` and `base`, which are passed through. A row keeps its id for life; a new one takes the next
//! free. The types are those of [`QuestionKind::ALL`]; what each shows and keeps is in `pages/judge/question_editor/kinds.rs` and the
//! server's `author/question/kinds.rs`.

mod rows;

pub use rows::{AcceptedRow, CriterionRow, LevelRow, LineRow, NumberRow, OptionRow, PairRow, ReferenceRow};

use super::{Words, ticked};
use crate::features::assessment::{CriterionRow as RubricRow, FeedbackRow, ItemInput};
use crate::features::form::FormState;
use domain::assessment::question::QuestionKind;

/// The value of a type in the form: its name in the bank.
#[must_use]
pub const fn kind_value(kind: QuestionKind) -> &'static str {
    kind.name()
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
    /// The options of a choice, the right sides of a matching question, the steps of an ordering question in the right order.
    pub options: Vec<OptionRow>,
    /// The accepted answers of a short answer question.
    pub accepted: Vec<AcceptedRow>,
    /// The accepted numbers of a numeric question.
    pub numbers: Vec<NumberRow>,
    /// The unit of a number: `unit-es|en`.
    pub unit: Words,
    /// Other ways to write the unit, one a line: `units`.
    pub units: String,
    /// The left sides of a matching question.
    pub pairs: Vec<PairRow>,
    /// What is said to everyone afterwards: `explanation-es|en`.
    pub explanation: Words,
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
            ("units".to_owned(), self.units.clone()),
        ];
        self.prompt.fields("prompt", &mut fields);
        ticked("critical".to_owned(), self.critical, &mut fields);
        fields.extend(self.tags.iter().map(|tag| ("tag".to_owned(), tag.clone())));
        self.unit.fields("unit", &mut fields);
        self.explanation.fields("explanation", &mut fields);
        self.row_fields(&mut fields);
        fields
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
