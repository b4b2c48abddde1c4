use crate::dialect;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

#[derive(DeriveMigrationName)]
/// Self check-in, guests of a session, substitute tasks.
pub struct Migration;

/// Facts: corrected by a later fact, never changed or removed.
pub const APPEND_ONLY: [&str; 4] = ["check_in_try", "meeting_guest", "substitute_task", "substitute_done"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261124_000006_take_attendance.sql")).await?;
        dialect::append_only(manager, &APPEND_ONLY).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            dialect::refuse_truncate(manager, &APPEND_ONLY).await?;
        }
        Ok(())
    }
}
