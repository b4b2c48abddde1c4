//! Rows of `checkpoint_try`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkpoint_try")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub enrolment_id: Uuid,
    pub checkpoint_id: String,
    pub question_id: String,
    pub lesson_revision: String,
    pub answer: i64,
    pub correct: bool,
    pub at: i64,
    pub number: i64,
    pub received_no: Option<i64>,
    pub hash: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
