//! Certification: the gate and what it issues (certification.md). Owns eligibility, certificate numbers and the life
//! cycle of certificates; knows nothing of how hours are credited or papers marked: those come in as plain facts.
//!
//! To add a requirement: a variant of [`crate::curriculum::RequirementKind`], of [`Gap`] and of [`Evidence`]; the
//! compiler names the matches to extend.

pub mod certificate;
pub mod eligibility;
pub mod number;
pub mod requirement;

pub use certificate::snapshot::{PrintedHours, Snapshot, SnapshotSignatory, SyllabusLine, mask_document};
pub use certificate::{Act, CertificateState, CertificateStatus, IllegalChange, ReasonCode, Standing};
pub use eligibility::{eligibility, is_eligible};
pub use number::{CertificateNumber, NumberError};
pub use requirement::{
    AdultGap, Attestation, AttestationGap, EvaluationFact, EvaluationGap, Evidence, Facts, Gap, ModuleGap, Outcome, PassedEvaluation,
    Requirement, RequirementState, RequirementSubject, Waiver,
};
