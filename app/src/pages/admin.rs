//! Desk of the administrator: people, roles, the installation.

pub mod home;

pub use home::home;
