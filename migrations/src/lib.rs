//! The database schema, forward only, the same on SQLite and PostgreSQL.
//!
//! A migration is plain SQL with a few words that the engines spell differently (see [`dialect`]). Expand first, contract
//! in a later release; never edit a migration that has been released.

pub use sea_orm_migration::prelude::*;

pub mod dialect;
mod m20261123_000001_create_schema;
mod m20261124_000002_deepen_the_record;
mod m20261124_000003_weigh_the_evidence;
mod m20261124_000006_take_attendance;
mod m20261124_000007_author_in_the_browser;
mod m20261124_000008_weigh_attempts;

/// Runs the migrations.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_schema::Migration),
            Box::new(m20261124_000002_deepen_the_record::Migration),
            Box::new(m20261124_000003_weigh_the_evidence::Migration),
            Box::new(m20261124_000006_take_attendance::Migration),
            Box::new(m20261124_000007_author_in_the_browser::Migration),
            Box::new(m20261124_000008_weigh_attempts::Migration),
        ]
    }
}

/// Names of the migrations that this program knows, oldest first.
#[must_use]
pub fn known() -> Vec<String> {
    Migrator::migrations().iter().map(|m| m.name().to_owned()).collect()
}
