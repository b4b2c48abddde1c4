use crate::dialect;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

#[derive(DeriveMigrationName)]
/// Recovery of a PIN, which embedded curriculum was loaded, and on PostgreSQL no TRUNCATE of facts.
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261124_000002_deepen_the_record.sql")).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            dialect::refuse_truncate(manager, &super::m20261123_000001_create_schema::APPEND_ONLY).await?;
        }
        Ok(())
    }
}
