//! The server of Orienta: configuration, command line, HTTP, use-cases (`services`), database (`persistence`), later work (`jobs`).

pub mod catalogue;
pub mod clock;
pub mod failure;
pub mod keys;
pub mod persistence;
pub mod services;
