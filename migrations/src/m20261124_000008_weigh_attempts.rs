use crate::dialect;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

#[derive(DeriveMigrationName)]
/// Time inside attempts as evidence, and who erased the text of a reason.
pub struct Migration;

/// Facts: never changed or removed.
pub const APPEND_ONLY: [&str; 2] = ["attempt_evidence", "reason_erasure"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261124_000008_weigh_attempts.sql")).await?;
        dialect::append_only(manager, &APPEND_ONLY).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            dialect::refuse_truncate(manager, &APPEND_ONLY).await?;
        }
        Ok(())
    }
}
