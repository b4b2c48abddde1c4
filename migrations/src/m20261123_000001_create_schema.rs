use crate::dialect;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
/// The whole first schema.
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, include_str!("m20261123_000001_create_schema.sql")).await?;
        dialect::append_only(manager, &APPEND_ONLY).await
    }
}

/// Facts: corrected by a later fact, never changed or removed.
pub const APPEND_ONLY: [&str; 16] = [
    "claim",
    "checkpoint_try",
    "hours_entry",
    "hours_root",
    "attendance",
    "answer",
    "mark",
    "release",
    "requirement_fact",
    "requirement_waiver",
    "certificate",
    "certificate_event",
    "audit_event",
    "lesson_text",
    "question_revision",
    "publication",
];
