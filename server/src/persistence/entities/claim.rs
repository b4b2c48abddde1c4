//! Rows of `claim`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "claim")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub reading_id: Uuid,
    pub enrolment_id: Uuid,
    pub person_id: Uuid,
    pub device_id: Uuid,
    pub sequence: i64,
    pub reuse: i64,
    pub kind: String,
    pub lesson_id: String,
    pub part: i64,
    pub stretch: i64,
    pub sent_start: i64,
    pub sent_end: i64,
    pub last_input: i64,
    pub device_now: i64,
    pub clock_offset: i64,
    pub outcome: String,
    pub received_at: i64,
    pub received_no: i64,
    pub hash: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
