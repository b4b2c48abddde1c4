//! Desk of the auditor: everything can be read, nothing changed.

pub mod home;
pub mod ledger;

pub use home::home;
pub use ledger::ledger;
