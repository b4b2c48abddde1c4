use crate::dialect;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

#[derive(DeriveMigrationName)]
/// Adjustments, decisions on doubtful evidence, and disputes.
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261124_000003_weigh_the_evidence.sql")).await?;
        dialect::append_only(manager, &APPEND_ONLY).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            dialect::refuse_truncate(manager, &APPEND_ONLY).await?;
        }
        Ok(())
    }
}

/// Facts. Only the texts of reasons can be erased, and those are in `reason_text`.
pub const APPEND_ONLY: [&str; 6] = ["adjustment", "adjustment_decision", "claim_decision", "checkpoint_seen", "dispute", "dispute_note"];
