//! Course, lesson and checkpoint.

pub mod api;

use domain::ids::LessonId;
use domain::time::Seconds;

/// A lesson in the list of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonRow {
    /// Its address: that of the part where she goes on.
    pub href: String,
    /// "4.3".
    pub number: String,
    /// Its title.
    pub title: String,
    /// Design time.
    pub design: Seconds,
    /// Credited and confirmed.
    pub confirmed: Seconds,
    /// Credited, waiting for a checkpoint.
    pub provisional: Seconds,
    /// Taken in a session.
    pub in_person: bool,
    /// Bytes of its text in all parts.
    pub bytes: usize,
}

/// Address, title, released grade in hundredths and passed.
pub type EvaluationLink = (String, String, Option<(u16, bool)>);

/// A module of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleRow {
    /// "4".
    pub number: String,
    /// Its title.
    pub title: String,
    /// Design time.
    pub design: Seconds,
    /// Confirmed time.
    pub confirmed: Seconds,
    /// Its lessons.
    pub lessons: Vec<LessonRow>,
    /// Its evaluation: address, title, released grade in hundredths and passed.
    pub evaluation: Option<EvaluationLink>,
}

/// The course page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Programme's title.
    pub title: String,
    /// Its modules.
    pub modules: Vec<ModuleRow>,
}

/// State of a part in the strip at the head of a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartState {
    /// Read.
    Done,
    /// Here she is.
    Here,
    /// To come.
    Ahead,
}

/// A neighbour part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartLink {
    /// Its address.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Bytes of its text.
    pub bytes: usize,
}

/// A question of a checkpoint as she sees it: no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckQuestion {
    /// Its id, hidden field `question`.
    pub id: String,
    /// The question.
    pub prompt: String,
    /// Options: value and text, shuffled.
    pub options: Vec<(String, String)>,
}

/// What a checkpoint says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckState {
    /// Not open: so much study of the stretch is still missing.
    Closed {
        /// Until it opens.
        missing: Seconds,
    },
    /// To be answered. Form posts to the page's address with `action=check`, `question`, `option`.
    Open(CheckQuestion),
    /// Answered wrong just now or before: feedback, where to read again, and when the next question comes.
    Wait {
        /// What the chosen option was answered with.
        feedback: String,
        /// Part to read again.
        passage: Option<PartLink>,
        /// Seconds until the next question.
        wait: Seconds,
    },
    /// Passed: the stretch is confirmed.
    Passed {
        /// Feedback of the right option, when it was answered just now.
        feedback: Option<String>,
    },
}

/// A checkpoint in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// "2": which of the lesson.
    pub number: u32,
    /// Time that it confirms, read so far.
    pub studied: Seconds,
    /// What it says now.
    pub state: CheckState,
}

/// What the study clock island needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// The signed reading.
    pub token: String,
    /// Seconds between two reports.
    pub heartbeat: i64,
    /// Seconds that study counts after the last sign of use.
    pub idle_after: i64,
}

/// One part of a lesson.
/// Form "Continuar" posts to the page's address with `action=continue` and `token`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonPart {
    /// Which lesson.
    pub lesson: LessonId,
    /// "4.3".
    pub number: String,
    /// Title of the lesson.
    pub title: String,
    /// "4": the module's number.
    pub module: String,
    /// Title of this part.
    pub part_title: String,
    /// States of all parts.
    pub parts: Vec<PartState>,
    /// Titles of all parts.
    pub part_titles: Vec<String>,
    /// Position of this part, from 0.
    pub position: usize,
    /// Sanitised text.
    pub html: String,
    /// There is a newer text than the one that she began.
    pub newer: bool,
    /// The text is Spanish although she reads another language.
    pub untranslated: bool,
    /// Show the content notice before the text.
    pub notice: bool,
    /// Studied in this lesson so far, and its design time.
    pub studied: (Seconds, Seconds),
    /// References of the lesson: norm, and whether it is confirmed.
    pub references: Vec<(String, bool)>,
    /// Terms of this part: anchor, word, definition.
    pub terms: Vec<(String, String, String)>,
    /// Practice cases of this part, each where she stands in it.
    pub cases: Vec<CaseNode>,
    /// Its checkpoint.
    pub check: Option<Check>,
    /// Previous part.
    pub previous: Option<PartLink>,
    /// Next part, or none on the last.
    pub next: Option<PartLink>,
    /// Study clock; none when she may not earn hours here (a judge who reads, an in-person lesson).
    pub clock: Option<Clock>,
    /// Taken in a session: no clock, no checkpoint, no "Continuar".
    pub in_person: bool,
}

/// Where she stands in a practice case: what happened by her choice, what happens now, what she can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseNode {
    /// Text id of the case: its anchor is `case-ID`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What she did, and what she is told about it; none at the start.
    pub done: Option<(String, String)>,
    /// What happens now.
    pub text: String,
    /// Addresses and words of what she can do; none at an end.
    pub choices: Vec<(String, String)>,
    /// How it ended: `true` where nobody was put at risk.
    pub safe: Option<bool>,
    /// Address of the start.
    pub restart: String,
}
