//! Evaluations: the list, an attempt, its result, blind grading, release.

pub mod api;

use chrono::NaiveDateTime;
use domain::ids::{AttemptId, TaskId};

/// Why an evaluation cannot be started now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Barrier {
    /// So many percent of the module's minutes are confirmed, so many are needed.
    Hours {
        /// Have.
        have: u32,
        /// Need.
        need: u32,
    },
    /// A wait after the last attempt.
    Wait {
        /// Until then.
        until: NaiveDateTime,
    },
    /// No attempt left.
    NoneLeft,
    /// Passed already.
    Passed,
    /// An attempt waits for its grade.
    Waiting,
}

/// An evaluation in the list. Start form posts to `/evaluations/{id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluationRow {
    /// Text id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Time limit in minutes, or seconds when under one.
    pub limit: domain::time::Seconds,
    /// Number of questions.
    pub questions: u32,
    /// Attempts used and allowed.
    pub attempts: (u32, u32),
    /// Pass mark in hundredths; none for a diagnostic test.
    pub pass: Option<u16>,
    /// An open attempt.
    pub open: Option<AttemptId>,
    /// Attempts with a released result: address, grade in hundredths, passed.
    pub results: Vec<(String, u16, bool)>,
    /// Why it cannot be started, if so.
    pub barrier: Option<Barrier>,
}

/// The list of evaluations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evaluations {
    /// Evaluations.
    pub rows: Vec<EvaluationRow>,
}

/// A row with a choice of its own: a left side to match, or a step to put in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRow {
    /// Its text.
    pub text: String,
    /// What is chosen, from 1.
    pub chosen: Option<usize>,
}

/// What an item asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemInput {
    /// One of the options: value, text, chosen. Field `option`.
    One(Vec<(String, String, bool)>),
    /// Several of the options. Field `option`, repeated.
    Several(Vec<(String, String, bool)>),
    /// Free text, with what is saved and the least number of words. Field `text`.
    Text {
        /// Saved.
        saved: String,
        /// Least words.
        minimum_words: u32,
    },
    /// One line of text or a number. Field `text`.
    Line {
        /// Saved.
        saved: String,
        /// Whether it is a number.
        number: bool,
        /// The unit of the number.
        unit: Option<String>,
    },
    /// An option for each row. Field `option`, once a row: the option's place from 1, or empty.
    Matching {
        /// Left sides.
        rows: Vec<PlaceRow>,
        /// Options in the order shown.
        options: Vec<String>,
    },
    /// A place for each step. Field `option`, once a row: the place from 1, or empty.
    Ordering {
        /// Steps in the order shown.
        rows: Vec<PlaceRow>,
    },
}

/// State of an item in the overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemState {
    /// Something is saved.
    pub answered: bool,
    /// Marked to look at again.
    pub flagged: bool,
}

/// One question of an attempt. Form posts to the page's address: `version` (hidden), `option`/`text`, `flag`, `go` = next|review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptItem {
    /// Which attempt.
    pub attempt: AttemptId,
    /// Evaluation's title.
    pub title: String,
    /// Which attempt of how many.
    pub number: (u32, u32),
    /// Server's deadline.
    pub deadline: NaiveDateTime,
    /// Minutes left, rounded down.
    pub minutes_left: i64,
    /// Position from 0, and how many.
    pub position: (usize, usize),
    /// The question (plain text; paragraphs by blank lines).
    pub prompt: String,
    /// What it asks for.
    pub input: ItemInput,
    /// Version of the saved answer, 0 for none.
    pub version: i64,
    /// When it was saved.
    pub saved_at: Option<NaiveDateTime>,
    /// Marked to look at again.
    pub flagged: bool,
    /// All items.
    pub items: Vec<ItemState>,
}

/// Before handing in. Form posts to the page's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptReview {
    /// Which attempt.
    pub attempt: AttemptId,
    /// Evaluation's title.
    pub title: String,
    /// Server's deadline.
    pub deadline: NaiveDateTime,
    /// All items.
    pub items: Vec<ItemState>,
}

/// An objective in a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectiveRow {
    /// Its text.
    pub text: String,
    /// Points got and possible, in whole hundredths of a point.
    pub points: (i64, i64),
}

/// One item in the feedback of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackRow {
    /// The question.
    pub prompt: String,
    /// Her answer in words.
    pub answer: String,
    /// Full points.
    pub right: bool,
    /// It was critical.
    pub critical: bool,
    /// Feedback.
    pub feedback: String,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Handed in, waits for a judge or for release.
    Waiting,
    /// Released.
    Released {
        /// Grade in hundredths.
        grade: u16,
        /// Pass mark in hundredths; none for a diagnostic test.
        pass: Option<u16>,
        /// Passed.
        passed: bool,
        /// Critical items failed, each with its feedback.
        critical_failed: Vec<String>,
        /// Number of critical items.
        critical: u32,
        /// By objective.
        objectives: Vec<ObjectiveRow>,
        /// Where to read again: address, title.
        reread: Vec<(String, String)>,
        /// Items with right answers, when the policy shows them.
        feedback: Vec<FeedbackRow>,
        /// The judge's words.
        comment: Option<String>,
        /// Released when.
        at: NaiveDateTime,
    },
    /// Declared void, with the reason.
    Void(String),
}

/// Result page of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultPage {
    /// Evaluation's title.
    pub title: String,
    /// When it was handed in.
    pub submitted: Option<NaiveDateTime>,
    /// It ran out of time and was handed in with what was saved.
    pub ran_out: bool,
    /// Answers that came after the deadline: kept, and not counted.
    pub late: i64,
    /// What became of it.
    pub outcome: Outcome,
    /// Another attempt is possible from then on.
    pub again: Option<NaiveDateTime>,
}

/// Home of grading. "Next" form posts to `/grading` with `action=next`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GradingHome {
    /// Work that waits and that this judge may grade.
    pub waiting: u32,
    /// Work held by this judge now.
    pub held: Vec<TaskId>,
    /// Work finished by this judge.
    pub done: u32,
}

/// A criterion on the grading page; radio field `r-<id>` with the level's index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionRow {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Levels: points, text.
    pub levels: Vec<(u32, String)>,
    /// Chosen level.
    pub chosen: Option<usize>,
}

/// Blind grading of one answer. Form posts to the page's address: `r-<criterion>`, `k-<line>` = yes|no, `comment`, `version`, `action` = save|finish|identifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradingTask {
    /// Random id.
    pub id: TaskId,
    /// Short name shown ("R-4F2A").
    pub code: String,
    /// What is graded (evaluation's title).
    pub title: String,
    /// The case.
    pub prompt: String,
    /// The answer.
    pub answer: String,
    /// Number of words.
    pub words: u32,
    /// Criteria.
    pub criteria: Vec<CriterionRow>,
    /// Critical lines: id, text, said yes or no.
    pub critical: Vec<(String, String, Option<bool>)>,
    /// Comment so far.
    pub comment: String,
    /// Version of what is saved.
    pub version: i64,
    /// Reserved until (time of day only).
    pub until: NaiveDateTime,
    /// Text saved meanwhile by another window, after a conflict.
    pub conflict: Option<String>,
}

/// Attempts that wait for release. Form: checkboxes `attempt`, posts with `action=release`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Releases {
    /// Attempt, name, evaluation, grade in hundredths, passed.
    pub rows: Vec<(AttemptId, String, String, u16, bool)>,
    /// How many wait for a judge.
    pub with_judges: u32,
    /// Work that a judge returned because it names its author: task, short name, evaluation. Form posts `action=requeue`, `task`.
    pub returned: Vec<(TaskId, String, String)>,
}
