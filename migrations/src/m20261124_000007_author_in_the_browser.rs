use crate::dialect;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

#[derive(DeriveMigrationName)]
/// Drafts, their review and publication, references accepted, marks of review, pictures.
pub struct Migration;

/// Facts: corrected by a later fact, never changed or removed.
pub const APPEND_ONLY: [&str; 6] =
    ["draft_event", "file_publication", "reference_acceptance", "review_mark", "review_mark_settled", "media"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261124_000007_author_in_the_browser.sql")).await?;
        dialect::append_only(manager, &APPEND_ONLY).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            dialect::refuse_truncate(manager, &APPEND_ONLY).await?;
        }
        Ok(())
    }
}
