//! Around a session: the code of the self check-in, a trainee's own check-in, substitute tasks.

use super::hours::MeetingRow;
use chrono::{NaiveDate, NaiveDateTime};
use domain::ids::SubstituteId;
use domain::time::Seconds;

/// What stands where the code is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeShown {
    /// Six digits.
    Code(String),
    /// From when there is one.
    From(NaiveDateTime),
    /// The session is over.
    Over,
    /// The roll is confirmed.
    Confirmed,
}

/// The judge's page with the code for the room; it asks for itself again twice a minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePage {
    /// The session.
    pub meeting: MeetingRow,
    /// The code, or why there is none.
    pub code: CodeShown,
    /// Its address as a QR in SVG.
    pub qr: Option<String>,
    /// How many have checked in, of how many on the roll.
    pub came: (usize, usize),
}

/// Whether a code is taken from her now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckInStanding {
    /// Yes.
    Open,
    /// From when.
    From(NaiveDateTime),
    /// The session is over.
    Over,
    /// The roll is confirmed.
    Confirmed,
    /// Five wrong codes.
    NoTries,
    /// Arrival and departure are noted.
    Done,
}

/// A trainee's page of a session. Form posts to the page's address: `code`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckInPage {
    /// She is not on its roll: nothing of it is shown.
    NotOnRoll,
    /// She is.
    OnRoll {
        /// The session.
        meeting: MeetingRow,
        /// Whether a code is taken now.
        standing: CheckInStanding,
        /// Arrival and departure as she noted them.
        said: Option<(NaiveDateTime, Option<NaiveDateTime>)>,
        /// From when the code notes her departure.
        leaves_from: NaiveDateTime,
    },
}

/// A substitute task in the judge's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubstituteRow {
    /// Which.
    pub id: SubstituteId,
    /// Whose.
    pub name: String,
    /// Number and title of the lesson.
    pub lesson: String,
    /// Until when.
    pub due: NaiveDate,
    /// Confirmed as done.
    pub done: bool,
}

/// Substitute tasks of a judge. Form posts to the page's address: `missing` (an option of [`Substitutes::missing`]), `task`, `due`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Substitutes {
    /// Tasks, open ones first.
    pub tasks: Vec<SubstituteRow>,
    /// Who lacks what: "enrolment lesson", and in words.
    pub missing: Vec<(String, String)>,
}

/// One substitute task. Form posts to the page's address: `date`, `from`, `to`, `note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubstitutePage {
    /// In short.
    pub row: SubstituteRow,
    /// What is to be done.
    pub task: String,
    /// When it was set.
    pub set_at: NaiveDateTime,
    /// What is missing of the item.
    pub missing: Seconds,
    /// Done: from, to as stated, the judge's note, and when it was confirmed.
    pub done: Option<(NaiveDateTime, NaiveDateTime, String, NaiveDateTime)>,
}
