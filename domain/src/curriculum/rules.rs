//! What a programme fixes once for all its lessons: its state, the rules of hours and evaluations, what the gate asks.

use super::Localised;
use crate::time::Seconds;
use serde::{Deserialize, Serialize};

/// Whether a programme can certify (curriculum.md, Files).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProgrammeStatus {
    /// Being written: missing minutes are unfinished, not wrong; nobody can be certified.
    InPreparation,
    /// Complete: certifies.
    Open,
}

/// A way to make up an agenda item that somebody missed (hours.md, Attribution and credit).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MakeUp {
    /// The same item in a session of another cohort, as a guest.
    Session,
    /// A task that a judge sets and confirms.
    Substitute,
}

impl MakeUp {
    /// Every way: what a programme offers that says nothing of it.
    #[must_use]
    pub fn every() -> Vec<Self> {
        vec![Self::Session, Self::Substitute]
    }

    /// Left out when stored, so that a programme that says nothing keeps its revision.
    pub(super) fn is_every(ways: &[Self]) -> bool {
        ways == Self::every()
    }
}

/// How and when right answers are shown after an evaluation (evaluations.md, Papers and attempts).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedbackPolicy {
    /// With the released result, but not for a failed attempt that may be repeated.
    AfterSubmit,
    /// After the closing date.
    AfterClose,
    /// Never.
    Never,
}

/// Numbers of the hours rules (hours.md); lengths in seconds, shares in percent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursRules {
    /// Version printed on every ledger entry.
    pub version: u32,
    /// Share of a stretch's design time from which its full design time is credited.
    pub full_credit_at: i64,
    /// Share of an agenda item from which it is credited whole.
    pub session_full_credit_at: i64,
    /// How often the page reports.
    pub heartbeat: Seconds,
    /// How long study counts after the last sign of use.
    pub idle_after: Seconds,
    /// How far a device's clock may move against the last measurement.
    pub clock_tolerance: Seconds,
    /// How late a claim may arrive.
    pub claim_delay: Seconds,
    /// Most self-paced time in one local day.
    pub self_paced_per_day: Seconds,
    /// Most time without a pause.
    pub without_pause: Seconds,
    /// What counts as a pause.
    pub pause: Seconds,
    /// How long a reading's token lives.
    pub token_life: Seconds,
    /// Least time between two provisional ledger entries of one stretch.
    pub post_after: Seconds,
    /// Share of the stretch's design time attributed before its checkpoint opens.
    pub checkpoint_opens_at: i64,
    /// Wait after a wrong answer.
    pub checkpoint_wait: Seconds,
    /// Tries after which the stretch is marked for staff.
    pub checkpoint_tries: u32,
    /// Most adjustment of one enrolment, in percent of the required minutes.
    pub max_adjusted: i64,
    /// Sum of the adjustments of one enrolment up to which one person may adjust alone.
    #[serde(default = "adjustment_alone")]
    pub adjustment_alone: Seconds,
}

/// What programmes published before the rule have: 15 minutes.
const fn adjustment_alone() -> Seconds {
    Seconds::from_minutes(15)
}

/// Defaults of a programme's evaluations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvaluationRules {
    /// How many attempts.
    pub attempts: u32,
    /// Wait between attempts.
    pub wait: Seconds,
    /// Pass mark in hundredths of the 0–20 scale.
    pub pass: u16,
    /// How late after the deadline an answer may reach the server.
    pub grace: Seconds,
    /// What is shown after it.
    pub feedback: FeedbackPolicy,
}

/// A kind of requirement that the certification gate can ask for (certification.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementKind {
    /// Identity verified against a document.
    Identity,
    /// Adult on the day of enrolment.
    Adult,
    /// No-criminal-record requirement attested and not expired.
    Record,
    /// Backing of an organisation recorded.
    Backing,
    /// The programme's required minutes, confirmed.
    Minutes,
    /// Every module's minimum, confirmed.
    Modules,
    /// Attendance of every in-person lesson or its make-up.
    Sessions,
    /// Every graded evaluation released and passed.
    Evaluations,
}

/// How a printed hour is counted and called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HourUnit {
    /// Minutes in a printed hour.
    pub minutes: i64,
    /// What the certificate calls them ("horas cronológicas").
    pub wording: Localised,
}

/// Who signs, and from when to when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// Name as printed.
    pub name: String,
    /// Office as printed; [`DISTRICT`] in it is completed when a certificate is issued.
    pub office: Localised,
    /// First day.
    pub from: chrono::NaiveDate,
    /// Last day.
    pub to: chrono::NaiveDate,
}
