//! The pages, by role: pure functions of their model.

pub mod account;
pub mod admin;
pub mod auditor;
pub mod judge;
pub mod public;
pub mod staff;
pub mod trainee;
