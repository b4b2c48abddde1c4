//! Desk of the programme's staff: cohorts, trainees, releases, certificates.

pub mod add_person;
pub mod adjust;
mod board;
pub mod certificate;
mod certificate_change;
pub mod cohort;
pub mod disputes;
pub mod evidence;
pub mod home;
pub mod reason;
pub mod register;
pub mod releases;
pub mod totals;
pub mod trainee;
mod trainee_access;
mod trainee_facts;

pub use add_person::add_person;
pub use adjust::adjust;
pub use certificate::certificate;
pub use cohort::cohort;
pub use disputes::{dispute_desk, disputes};
pub use evidence::{doubt, evidence};
pub use home::home;
pub use reason::reason;
pub use register::register;
pub use releases::releases;
pub use totals::totals;
pub use trainee::trainee;
