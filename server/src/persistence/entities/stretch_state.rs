//! Rows of `stretch_state`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stretch_state")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub enrolment_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub lesson_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stretch: i64,
    pub attributed_ms: i64,
    pub passed_at: Option<i64>,
    pub provisional: i64,
    pub confirmed: i64,
    pub posted_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
