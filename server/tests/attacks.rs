//! Attacks that must fail, each with what the person is told.

mod check_in;
mod claims;
mod evaluations;
mod forms;
mod ledger;
mod make_up;
mod sign_in;
mod study;
