//! What the gate asks, what it is told, and what it answers.

use crate::assessment::{CriticalFailure, Grade};
use crate::curriculum::RequirementKind;
use crate::ids::{AttemptId, EvaluationId, LessonId, ModuleId, PersonId};
use crate::time::Seconds;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Whether someone meets an attested requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// She does.
    Met,
    /// She does not.
    NotMet,
}

/// A fact that staff attest (identity, criminal records, backing): never the document itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// What was found.
    pub outcome: Outcome,
    /// Local date of the source.
    pub on: NaiveDate,
    /// Last day it is valid, where the source says one.
    pub expires: Option<NaiveDate>,
    /// Where it was found.
    pub source: String,
    /// Who verified it.
    pub verifier: PersonId,
}

/// A requirement that she is let off, with two staff behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Who asked for it.
    pub by: PersonId,
    /// Who approved it: someone else.
    pub approved_by: PersonId,
    /// Why.
    pub reason: String,
    /// Local date of the approval.
    pub on: NaiveDate,
}

/// Where her best attempt at an evaluation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvaluationFact {
    /// Submitted; a judge has to read it.
    AwaitingGrade,
    /// Graded, not released.
    NotReleased,
    /// A void, appeal or regrade that touches the result is open.
    UnderReview,
    /// Released: the attempt chosen by [`crate::assessment::best_released_attempt`].
    Released {
        /// The attempt.
        attempt: AttemptId,
        /// Its grade.
        grade: Grade,
        /// Whether it passed under the rules it was sat under.
        passed: bool,
        /// What critical it failed.
        critical: Vec<CriticalFailure>,
    },
}

/// Everything about one enrolment that the gate reads. What is absent counts as not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Today's local date.
    pub today: NaiveDate,
    /// Her birth date.
    pub birth_date: Option<NaiveDate>,
    /// Local date of enrolment.
    pub enrolled_on: NaiveDate,
    /// The latest attestation of each kind (identity, record, backing).
    pub attestations: BTreeMap<RequirementKind, Attestation>,
    /// Waivers by kind.
    pub waivers: BTreeMap<RequirementKind, Waiver>,
    /// Confirmed time in the whole programme.
    pub confirmed: Seconds,
    /// Confirmed time by module.
    pub module_confirmed: BTreeMap<ModuleId, Seconds>,
    /// In-person lessons credited, by attendance or make-up.
    pub sessions_credited: BTreeSet<LessonId>,
    /// Evaluations she has begun to hand in.
    pub evaluations: BTreeMap<EvaluationId, EvaluationFact>,
}

/// What a requirement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementSubject {
    /// The programme itself has to be open.
    Programme,
    /// Something that the programme asks of her.
    Asked(RequirementKind),
}

/// One requirement and where she stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// What it is about.
    pub kind: RequirementSubject,
    /// Where she stands.
    pub state: RequirementState,
}

/// Where she stands with a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementState {
    /// Fulfilled.
    Met {
        /// By what.
        evidence: Evidence,
    },
    /// Not fulfilled.
    Missing {
        /// What is lacking.
        gap: Gap,
    },
    /// Not fulfilled, and she is let off.
    Waived {
        /// By whom and why.
        waiver: Waiver,
        /// What is lacking.
        gap: Gap,
    },
}

/// An evaluation passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedEvaluation {
    /// The evaluation.
    pub evaluation: EvaluationId,
    /// The attempt that counts.
    pub attempt: AttemptId,
    /// Its grade.
    pub grade: Grade,
}

/// What fulfils a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The programme is open, in this edition.
    ProgrammeOpen {
        /// The edition.
        edition: String,
    },
    /// Staff attested it.
    Attested {
        /// The attestation.
        attestation: Attestation,
        /// Last day it holds, where it ends.
        until: Option<NaiveDate>,
    },
    /// Adult on the day of enrolment.
    Adult {
        /// The day she came of age.
        since: NaiveDate,
    },
    /// Confirmed time.
    Minutes {
        /// Confirmed.
        confirmed: Seconds,
        /// Required.
        required: Seconds,
    },
    /// Confirmed time of every module.
    Modules(Vec<(ModuleId, Seconds)>),
    /// Every in-person lesson.
    Sessions(Vec<LessonId>),
    /// Every graded evaluation.
    Evaluations(Vec<PassedEvaluation>),
}

/// What an attestation lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttestationGap {
    /// There is none, or it is dated in the future.
    None,
    /// It has expired.
    Expired {
        /// The last day it was valid.
        on: NaiveDate,
    },
    /// It says that she does not meet the requirement.
    NotMet,
}

/// Why she does not count as an adult.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdultGap {
    /// No birth date, or one that no calendar has 18 years after.
    NoBirthDate,
    /// Under age on the day of enrolment.
    UnderAge {
        /// The day she comes of age.
        adult_on: NaiveDate,
    },
}

/// A module below its minimum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleGap {
    /// The module.
    pub module: ModuleId,
    /// Confirmed time it lacks.
    pub missing: Seconds,
}

/// What an evaluation lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvaluationGap {
    /// Not handed in.
    NotTaken,
    /// A judge has to read it.
    AwaitingGrade,
    /// Graded, not released.
    NotReleased,
    /// A void, appeal or regrade is open.
    UnderReview,
    /// Released and not passed.
    Failed {
        /// Its grade.
        grade: Grade,
        /// What critical was failed.
        critical: Vec<CriticalFailure>,
    },
}

/// What is lacking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gap {
    /// The programme is in preparation: nobody can be certified.
    ProgrammeNotOpen,
    /// Identity verified.
    Identity(AttestationGap),
    /// Adult on the day of enrolment.
    Adult(AdultGap),
    /// No-criminal-record requirement.
    Record(AttestationGap),
    /// Backing of an organisation.
    Backing(AttestationGap),
    /// Confirmed time.
    Minutes {
        /// How much.
        missing: Seconds,
    },
    /// Modules below their minimum, in programme order.
    Modules(Vec<ModuleGap>),
    /// In-person lessons not credited, in programme order.
    Sessions(Vec<LessonId>),
    /// Evaluations not passed, in programme order.
    Evaluations(Vec<(EvaluationId, EvaluationGap)>),
}
