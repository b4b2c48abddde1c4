//! The rules of Orienta, pure: no clock, no random source, no input or output, no async.
//!
//! Every decision that gates something (credit, score, pass, eligibility, permission) is one function here,
//! used by every page, report, command and test. Times, identifiers and random choices come in as values.

pub mod access;
pub mod assessment;
pub mod certification;
pub mod curriculum;
pub mod hours;
pub mod identity;
pub mod ids;
pub mod time;
