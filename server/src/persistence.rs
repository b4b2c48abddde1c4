//! The database: connections, the one writer, and repository functions by feature. Rows never leave this module.

pub mod database;
pub mod entities;
pub mod gather;
pub mod many;
pub mod query;
pub mod writer;
