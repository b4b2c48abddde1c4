//! Rows of `certificate`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub enrolment_id: Uuid,
    pub number: String,
    pub code: String,
    pub surname_folded: String,
    pub snapshot: String,
    pub evidence: String,
    pub evidence_digest: Vec<u8>,
    pub archive_pdf: Vec<u8>,
    pub archive_sha: Vec<u8>,
    pub accessible_pdf: Vec<u8>,
    pub accessible_sha: Vec<u8>,
    pub engine: String,
    pub issued_at: i64,
    pub issued_by: Uuid,
    pub expires_on: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
