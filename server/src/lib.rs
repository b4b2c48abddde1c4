//! The server of Orienta: configuration, command line, HTTP, use-cases (`services`), database (`persistence`), later work (`jobs`).

pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod failure;
pub mod http;
pub mod jobs;
pub mod keys;
pub mod persistence;
pub mod services;
