//! Rows of `adjustment_decision`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "adjustment_decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub adjustment_id: Uuid,
    pub id: Uuid,
    pub enrolment_id: Uuid,
    pub granted: bool,
    pub alone: bool,
    pub reason_digest: Option<Vec<u8>>,
    pub proposed_by: Uuid,
    pub decided_by: Uuid,
    pub decided_at: i64,
    pub received_no: i64,
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
