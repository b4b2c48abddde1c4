//! Identifiers: one newtype for each, so that no two can be exchanged by mistake.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

uuid_id! {
    /// A person, whatever her or his roles.
    PersonId,
    /// One person in one programme and cycle: the unit of everything countable.
    EnrolmentId,
    /// A group of trainees with its dates and judges.
    CohortId,
    /// A signed-in session.
    SessionId,
    /// A browser known to the server; belongs to one person.
    DeviceId,
    /// A lesson opened by one person.
    ReadingId,
    /// One claim of study time.
    ClaimId,
    /// One row of the hours ledger.
    EntryId,
    /// Time that staff give or take.
    AdjustmentId,
    /// The text of a reason; the key of what it explains.
    ReasonId,
    /// What a trainee does not recognise, or misses, in her hours.
    DisputeId,
    /// An in-person or live session of a cohort.
    MeetingId,
    /// A task that stands in for a missed agenda item.
    SubstituteId,
    /// A draft of a lesson, a question or a case.
    DraftId,
    /// One sitting of an evaluation.
    AttemptId,
    /// Work that waits for a blind grader; random, so that it tells nothing.
    TaskId,
    /// An issued certificate.
    CertificateId,
    /// A role held by a person.
    GrantId,
}

text_id! {
    /// A programme (`orientadoras`).
    ProgrammeId,
    /// A module (`m4`).
    ModuleId,
    /// A lesson (`m4-l3`).
    LessonId,
    /// A checkpoint (`m4-l3-c1`).
    CheckpointId,
    /// A question of a bank or of a checkpoint.
    QuestionId,
    /// An evaluation (`m4-e`).
    EvaluationId,
    /// An objective (`m4-o2`).
    ObjectiveId,
    /// A judicial district (`san-martin`); not a region.
    DistrictId,
    /// SHA-256 of a source text, in lower-case hexadecimal.
    RevisionId,
}
