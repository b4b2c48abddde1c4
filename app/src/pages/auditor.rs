//! Desk of the auditor: everything can be read, nothing changed.

pub mod home;
pub mod ledger;
pub mod sample;

pub use home::home;
pub use ledger::ledger;
pub use sample::sample;
