//! The gate, issuing, the public page, the life cycle of certificates.

pub mod desk;
pub mod eligibility;
pub mod issue;
pub mod public;
