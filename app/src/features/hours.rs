//! Hours: her home page, each minute counted, sessions and their roll.

pub mod audit;
pub mod review;

use chrono::{NaiveDate, NaiveDateTime};
use domain::certification::Requirement;
use domain::hours::attendance::Difference;
use domain::hours::ledger::{EntryKind, EntryStatus};
use domain::ids::{DisputeId, EnrolmentId, MeetingId};
use domain::time::Seconds;

/// Something that is missing, with where to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// A checkpoint of time already studied.
    Checkpoint {
        /// Lesson's number.
        lesson: String,
        /// Which of the lesson, from 1.
        number: u32,
        /// Time that it would confirm.
        studied: Seconds,
        /// Where it is.
        href: String,
        /// Bytes of that page.
        bytes: usize,
    },
    /// Study.
    Study {
        /// Lesson's number.
        lesson: String,
        /// Lesson's title.
        title: String,
        /// Time left.
        left: Seconds,
        /// Where she goes on.
        href: String,
        /// Bytes of its text.
        bytes: usize,
    },
    /// A session in person: lesson number, title, its time, and when and where if it is planned.
    Session {
        /// Lesson's number.
        lesson: String,
        /// Lesson's title.
        title: String,
        /// Its time.
        time: Seconds,
        /// Planned: when and where.
        planned: Option<(NaiveDateTime, String)>,
        /// A substitute task that a judge set: what to do, and until when.
        task: Option<(String, NaiveDate)>,
    },
    /// An evaluation that she can sit, or whose attempt is open.
    Evaluation {
        /// Its title.
        title: String,
        /// Where.
        href: String,
        /// An attempt is open.
        open: bool,
    },
}

/// A module on the home page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeModule {
    /// "4".
    pub number: String,
    /// Its title.
    pub title: String,
    /// Where she goes on.
    pub href: String,
    /// Confirmed time.
    pub confirmed: Seconds,
    /// Design time.
    pub design: Seconds,
    /// Released grade in hundredths and passed.
    pub grade: Option<(u16, bool)>,
}

/// Home of the trainee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraineeHome {
    /// Full name.
    pub name: String,
    /// Cohort's title.
    pub cohort: String,
    /// Programme's title.
    pub programme: String,
    /// Confirmed, provisional and required time.
    pub hours: (Seconds, Seconds, Seconds),
    /// What she lacks, the next step first.
    pub gaps: Vec<Gap>,
    /// Modules.
    pub modules: Vec<HomeModule>,
    /// The gate.
    pub requirements: Vec<Requirement>,
    /// Her certificate's number and page.
    pub certificate: Option<(String, String)>,
    /// Time put before staff, waiting for an answer.
    pub queued: Seconds,
    /// A session whose code is taken now.
    pub check_in: Option<MeetingId>,
}

/// One entry in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// When it was written.
    pub at: NaiveDateTime,
    /// Lesson's number and title.
    pub lesson: String,
    /// What it is.
    pub what: EntryWhat,
    /// Signed.
    pub seconds: Seconds,
    /// Its number in her ledger.
    pub sequence: i64,
    /// Why staff adjusted it; none when that text was erased, or for what is no adjustment.
    pub reason: Option<String>,
    /// Her dispute about it.
    pub dispute: Option<DisputeId>,
}

/// Kinds of entries, as she is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryWhat {
    /// Study that waits for the checkpoint.
    Provisional,
    /// Provisional time that became confirmed (the minus of the pair).
    Moved,
    /// Confirmed by a checkpoint.
    Confirmed,
    /// A session attended.
    Attendance,
    /// Time inside an evaluation.
    Attempt,
    /// Time given or taken by staff.
    Adjustment,
    /// A correction.
    Correction,
}

/// A claim that was clipped or queued, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// When it arrived.
    pub at: NaiveDateTime,
    /// Lesson's number.
    pub lesson: String,
    /// As sent.
    pub sent: Seconds,
    /// As accepted.
    pub accepted: Seconds,
    /// Why, in her language.
    pub reasons: Vec<String>,
    /// What became of it.
    pub state: ClaimState,
}

/// What became of a claim that did not count whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimState {
    /// A part was cut, for good.
    Cut,
    /// This much waits for staff.
    Waiting(Seconds),
    /// Staff accepted this much; why, unless that text was erased.
    Accepted(Seconds, Option<String>),
    /// Staff declined this much; why likewise.
    Declined(Seconds, Option<String>),
}

/// Every minute counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursPage {
    /// Confirmed, provisional and required time.
    pub hours: (Seconds, Seconds, Seconds),
    /// Measured time.
    pub attributed: Seconds,
    /// Entries, newest first.
    pub entries: Vec<EntryRow>,
    /// Claims that did not count whole.
    pub claims: Vec<ClaimRow>,
    /// Her disputes, newest first.
    pub disputes: Vec<review::DisputeThread>,
}

/// A session in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingRow {
    /// Which.
    pub id: MeetingId,
    /// Its title.
    pub title: String,
    /// Cohort's title.
    pub cohort: String,
    /// Where.
    pub place: String,
    /// From and to.
    pub time: (NaiveDateTime, NaiveDateTime),
    /// Its roll is confirmed.
    pub confirmed: bool,
}

/// Sessions of a judge; planning form fields: `cohort`, `place`, `date`, `time`, `lesson` (several).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meetings {
    /// Sessions.
    pub meetings: Vec<MeetingRow>,
    /// Cohorts: id and title.
    pub cohorts: Vec<(String, String)>,
    /// In-person lessons: id, number and title, time.
    pub lessons: Vec<(String, String, Seconds)>,
}

/// One trainee on a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollRow {
    /// Which.
    pub enrolment: EnrolmentId,
    /// Full name.
    pub name: String,
    /// What the roll says: present from and to, "HH:MM", if present.
    pub present: Option<(String, String)>,
    /// Whether the roll says anything yet.
    pub noted: bool,
    /// What she said herself: "HH:MM" of her arrival, and of her departure.
    pub said: Option<(String, Option<String>)>,
    /// The times to propose from that.
    pub proposed: Option<(String, String)>,
    /// How both differ.
    pub difference: Option<Difference>,
    /// A guest: the cohort that she comes from.
    pub guest_from: Option<String>,
}

/// The roll of a session. Form posts to the page's address: for each enrolment `present-<id>` (checkbox), `from-<id>` and `to-<id>` ("HH:MM"); `action=save|confirm`.
/// A second form adds a guest: `action=guest`, `kind` and `number` of her document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roll {
    /// The session.
    pub meeting: MeetingRow,
    /// Its agenda: lesson number and title, from, to.
    pub agenda: Vec<(String, NaiveDateTime, NaiveDateTime)>,
    /// Its trainees, guests last.
    pub rows: Vec<RollRow>,
    /// It is over: the roll can be confirmed.
    pub over: bool,
}

/// The ledger of one trainee as the auditor sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerPage {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// Name, programme.
    pub name: String,
    /// Programme's title.
    pub programme: String,
    /// Rows: sequence, when, lesson, kind, status, seconds, first digits of the hash.
    pub rows: Vec<(i64, NaiveDateTime, String, EntryKind, EntryStatus, Seconds, String)>,
    /// Whether the chain verifies: the count, or the first sequence that does not fit.
    pub chain: Result<i64, i64>,
    /// Today, for the print.
    pub on: Option<NaiveDate>,
}
