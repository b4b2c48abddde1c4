//! Rows of `hours_entry`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hours_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub enrolment_id: Uuid,
    pub sequence: i64,
    pub lesson_id: String,
    pub stretch: Option<i64>,
    pub kind: String,
    pub status: String,
    pub seconds: i64,
    pub rank: String,
    pub rule_version: i64,
    pub evidence: Vec<u8>,
    pub recorded_at: i64,
    pub recorded_by: Option<Uuid>,
    pub reason: Option<String>,
    pub reason_digest: Option<Vec<u8>>,
    pub previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
