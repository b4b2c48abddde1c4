//! Evaluations: questions, papers, attempts, scores and grades (evaluations.md). Owns every rule of marking and
//! passing; knows nothing of storage, pages, hours or certificates.
//!
//! To add a question type: one file in `question/`, one variant of [`QuestionKind`], and its rules in
//! `question/registry.rs`, by which [`mark`], [`AuthoredQuestion::validate`] and [`draw`] go.

pub mod answer;
pub mod attempt;
pub mod paper;
pub mod question;
pub mod result;
pub mod rubric;
pub mod score;

pub use answer::{Answer, AnswerRefused, CriticalFailure, Mark, critical_failures, mark};
pub use attempt::best::best_released_attempt;
pub use attempt::deadline::{Received, deadline, received};
pub use attempt::start::{Allowance, AttemptSummary, StartFacts, StartRefused, may_start};
pub use attempt::{AttemptState, AttemptStatus, IllegalMove};
pub use paper::{BankQuestion, DrawRefused, Paper, PaperItem, check_blueprint, draw};
pub use question::problem::{Place, Problem};
pub use question::{
    AuthoredOption, AuthoredQuestion, Criterion, CriticalLine, Level, Question, QuestionKind, QuestionOption, Reference, ReferenceStatus,
    Reread,
};
pub use result::{AttemptResult, ItemMark, ObjectiveResult, ResultError, result};
pub use rubric::{RubricMark, RubricProblem, RubricScore};
pub use score::{Grade, GradeError, Score, ScoreError};
