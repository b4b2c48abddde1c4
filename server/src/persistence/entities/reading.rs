//! Rows of `reading`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reading")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub enrolment_id: Uuid,
    pub device_id: Uuid,
    pub session_id: Uuid,
    pub lesson_id: String,
    pub part: i64,
    pub language: String,
    pub revision: String,
    pub opened_at: i64,
    pub reported: bool,
    pub continued: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
