//! Rows of `attempt`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub enrolment_id: Uuid,
    pub evaluation_id: String,
    pub number: i64,
    pub state: String,
    pub language: String,
    pub paper: String,
    pub programme_revision: String,
    pub started_at: i64,
    pub deadline: i64,
    pub grace: i64,
    pub submitted_at: Option<i64>,
    pub ran_out: bool,
    pub result: Option<String>,
    pub void_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
