//! Rows of `claim_decision`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "claim_decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub claim_id: Uuid,
    pub id: Uuid,
    pub enrolment_id: Uuid,
    pub accepted: bool,
    pub reason_digest: Vec<u8>,
    pub decided_by: Uuid,
    pub decided_at: i64,
    pub received_no: i64,
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
