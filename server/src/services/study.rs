//! Study: course and lesson pages, claims of time, "Continuar" without script, checkpoints.

pub mod checkpoint;
pub mod claims;
pub mod desk;
pub mod pages;
pub mod scenario;
pub mod token;
