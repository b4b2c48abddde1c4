//! Rows of `attendance`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub meeting_id: Uuid,
    pub enrolment_id: Uuid,
    pub check_in_at: Option<i64>,
    pub check_out_at: Option<i64>,
    pub source: String,
    pub confirmed: bool,
    pub recorded_at: i64,
    pub recorded_by: Uuid,
    pub version: i64,
    pub received_no: Option<i64>,
    pub hash: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
