//! What can be done, and to what.

use crate::ids::{CohortId, DistrictId, EnrolmentId, PersonId};

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Use one's own account: devices, PIN, sign-out.
    UseAccount,
    /// See one's own course, hours, certificate.
    SeeOwnStudy,
    /// Study: claims, checkpoints.
    Study,
    /// Say what one does not recognise, or misses, in one's own hours.
    DisputeHours,
    /// Sit evaluations.
    SitEvaluation,
    /// Note one's own arrival and departure at a session.
    CheckIn,
    /// Grade blind.
    Grade,
    /// See and plan sessions, take the roll, set substitute tasks.
    TakeRoll,
    /// See what is published, drafts and marks of review.
    SeeContent,
    /// Write drafts of lessons, questions and cases.
    WriteContent,
    /// Publish, return or withdraw what somebody else wrote.
    ReviewContent,
    /// Accept a reference that is still to be confirmed.
    AcceptReference,
    /// See the staff desk and its lists.
    SeeDesk,
    /// See one trainee's record.
    SeeTrainee,
    /// Attest a requirement.
    AttestRequirement,
    /// Give a one-time code or a card.
    GiveCredential,
    /// Add a person or enrol one.
    AddPerson,
    /// Propose, approve or decline an adjustment of hours.
    AdjustHours,
    /// Decide doubtful evidence.
    DecideEvidence,
    /// Take away the text of a reason that was written about hours.
    EraseReason,
    /// Answer a dispute about hours.
    AnswerDispute,
    /// Release results.
    ReleaseResult,
    /// Issue a certificate.
    IssueCertificate,
    /// Suspend, reinstate or revoke a certificate.
    ChangeCertificate,
    /// Read the audit log and ledgers.
    Audit,
    /// Accounts, roles, settings.
    Administer,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 26] = [
        Self::UseAccount,
        Self::SeeOwnStudy,
        Self::Study,
        Self::DisputeHours,
        Self::SitEvaluation,
        Self::CheckIn,
        Self::Grade,
        Self::TakeRoll,
        Self::SeeContent,
        Self::WriteContent,
        Self::ReviewContent,
        Self::AcceptReference,
        Self::SeeDesk,
        Self::SeeTrainee,
        Self::AttestRequirement,
        Self::GiveCredential,
        Self::AddPerson,
        Self::AdjustHours,
        Self::DecideEvidence,
        Self::EraseReason,
        Self::AnswerDispute,
        Self::ReleaseResult,
        Self::IssueCertificate,
        Self::ChangeCertificate,
        Self::Audit,
        Self::Administer,
    ];
}

/// On what it is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resource {
    /// Nothing in particular: a list that is filtered by scope.
    List,
    /// Something of one person.
    Person(PersonId),
    /// Something of one enrolment.
    Enrolment {
        /// Which.
        enrolment: EnrolmentId,
        /// Whose.
        subject: PersonId,
        /// In which judicial district.
        district: DistrictId,
        /// In which cohort.
        cohort: CohortId,
    },
    /// Something of one cohort.
    Cohort {
        /// Which.
        cohort: CohortId,
        /// In which judicial district.
        district: DistrictId,
    },
    /// Work to grade: nobody's name, but whose and from where for the rule.
    Task {
        /// Whose work.
        subject: PersonId,
        /// From which judicial district.
        district: DistrictId,
    },
    /// A draft, and who wrote it; nobody where it came with the program.
    Draft(Option<PersonId>),
}
