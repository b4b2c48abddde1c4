//! Desk of the auditor: everything can be read, nothing changed.

mod events;
pub mod home;
pub mod ledger;
pub mod sample;

pub use home::home;
pub use ledger::ledger;
pub use sample::sample;
