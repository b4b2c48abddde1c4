//! What people decide about hours: adjustments, doubtful evidence, disputes.

use chrono::NaiveDateTime;
use domain::hours::dispute::State;
use domain::ids::{AdjustmentId, CheckpointId, ClaimId, DisputeId, EnrolmentId, ReasonId};
use domain::time::Seconds;

/// A name and when.
pub type By = (String, NaiveDateTime);

/// A lesson that can be adjusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustLesson {
    /// Its id.
    pub id: String,
    /// Number and title.
    pub name: String,
    /// Confirmed time.
    pub confirmed: Seconds,
    /// Its time.
    pub design: Seconds,
}

/// Where an adjustment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdjustmentState {
    /// Posted by one person.
    Alone,
    /// A second person must decide.
    Waiting,
    /// A second person approved it.
    Approved(By),
    /// A second person declined it; why, unless that text was erased.
    Declined(By, Option<String>),
}

/// One adjustment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustmentRow {
    /// Which.
    pub id: AdjustmentId,
    /// When it was proposed.
    pub at: NaiveDateTime,
    /// Lesson's number and title.
    pub lesson: String,
    /// Signed.
    pub seconds: Seconds,
    /// Why; none when the text was erased.
    pub reason: Option<String>,
    /// Who proposed it.
    pub by: String,
    /// Where it stands.
    pub state: AdjustmentState,
    /// Whether the reader may approve or decline it.
    pub may_decide: bool,
    /// The texts of it, the reason and what was said of the decision, that the reader may take away.
    pub erasable: Vec<ReasonId>,
}

/// One trainee's adjustments. Forms post to the page's address: `action=propose` with `key`, `lesson`, `sign` (more|less), `minutes`, `reason`;
/// `action=approve` and `action=decline` with `adjustment`, the latter also `why`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustPage {
    /// Which enrolment.
    pub enrolment: EnrolmentId,
    /// Full name.
    pub name: String,
    /// The programme's lessons.
    pub lessons: Vec<AdjustLesson>,
    /// What can still be adjusted in all.
    pub left: Seconds,
    /// What of it the reader can post alone.
    pub alone: Seconds,
    /// Newest first.
    pub rows: Vec<AdjustmentRow>,
    /// Id of the adjustment that the form would make: sent twice, it is made once.
    pub key: AdjustmentId,
    /// Whether the reader may propose; an auditor only reads.
    pub may_adjust: bool,
}

/// An adjustment that waits, in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingAdjustment {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// Full name.
    pub name: String,
    /// Signed.
    pub seconds: Seconds,
    /// When it was proposed.
    pub at: NaiveDateTime,
}

/// A claim whose doubtful part waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtRow {
    /// Which claim.
    pub claim: ClaimId,
    /// Whose.
    pub enrolment: EnrolmentId,
    /// Full name.
    pub name: String,
    /// Lesson's number and title.
    pub lesson: String,
    /// The doubtful part: from and to, on the server's clock.
    pub time: (NaiveDateTime, NaiveDateTime),
    /// How long it is.
    pub doubtful: Seconds,
    /// What of the claim counts already.
    pub counted: Seconds,
    /// When it arrived.
    pub received: NaiveDateTime,
    /// Why it waits, in words.
    pub reasons: Vec<String>,
}

/// A checkpoint that took many tries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriesRow {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// Full name.
    pub name: String,
    /// Lesson's number and title.
    pub lesson: String,
    /// Which checkpoint.
    pub checkpoint: CheckpointId,
    /// How many tries.
    pub tries: i64,
    /// The last wrong one.
    pub at: NaiveDateTime,
    /// It was passed since.
    pub passed: bool,
}

/// What waits for staff about hours, the oldest first. Form: `action=seen` with `enrolment`, `checkpoint`, `tries`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EvidenceQueue {
    /// Doubtful claims, at most a page of them.
    pub claims: Vec<DoubtRow>,
    /// How many there are.
    pub total: u32,
    /// Checkpoints with many tries.
    pub tries: Vec<TriesRow>,
    /// Adjustments that wait for a second person.
    pub adjustments: Vec<WaitingAdjustment>,
    /// Disputes without an answer.
    pub disputes: u32,
}

/// One doubtful claim. Form: `decision` (accept|decline), `reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtPage {
    /// The claim.
    pub row: DoubtRow,
    /// As sent: its length.
    pub sent: Seconds,
    /// What was decided, by whom, and why.
    pub decided: Option<(bool, By, Option<String>)>,
    /// The text of that decision, which the reader may take away.
    pub erasable: Option<ReasonId>,
    /// Whether the reader may decide.
    pub may_decide: bool,
}

/// One text of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeNote {
    /// Hers, or an answer.
    pub hers: bool,
    /// Who wrote it; shown to staff.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
    /// What.
    pub body: String,
    /// The adjustment made with it, signed, and whether it is posted (`None`: it waits).
    pub adjusted: Option<(Seconds, Option<bool>)>,
}

/// A dispute with its texts, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeThread {
    /// Which.
    pub id: DisputeId,
    /// The entry in question: lesson, when, signed time; none when something is missing.
    pub entry: Option<(String, NaiveDateTime, Seconds)>,
    /// Where it stands.
    pub state: State,
    /// Its texts.
    pub notes: Vec<DisputeNote>,
}

/// Writing a dispute. Field `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDispute {
    /// The entry in question, as in [`DisputeThread`].
    pub entry: Option<(String, NaiveDateTime, Seconds)>,
}

/// A dispute in the staff's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeRow {
    /// Which.
    pub id: DisputeId,
    /// Full name.
    pub name: String,
    /// Cohort's title.
    pub cohort: String,
    /// Since when it waits.
    pub since: NaiveDateTime,
    /// It was opened again.
    pub again: bool,
    /// About an entry, or about something missing.
    pub about_entry: bool,
}

/// A dispute on the staff's desk. Form: `text`, and for an adjustment `key`, `lesson`, `sign` (more|less), `minutes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeDesk {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// Full name.
    pub name: String,
    /// The dispute.
    pub thread: DisputeThread,
    /// The programme's lessons, for an adjustment.
    pub lessons: Vec<AdjustLesson>,
    /// The lesson of the entry in question.
    pub lesson: Option<String>,
    /// Id of the adjustment that the form would make.
    pub key: AdjustmentId,
}

/// What a reason explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonOf {
    /// A proposed adjustment.
    Adjustment,
    /// A decision on an adjustment.
    Verdict,
    /// A decision on a doubtful claim.
    Doubt,
    /// That another text was taken away.
    Erasure,
}

/// The text of a reason, and what becomes of it. Form: `reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonPage {
    /// Whose hours it is about.
    pub enrolment: EnrolmentId,
    /// Full name.
    pub name: String,
    /// What it explains.
    pub of: ReasonOf,
    /// The text; none when it was taken away.
    pub text: Option<String>,
    /// Who took it away, and why unless that was taken away too.
    pub erased: Option<(By, Option<String>)>,
}
