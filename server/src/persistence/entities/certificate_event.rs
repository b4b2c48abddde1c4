//! Rows of `certificate_event`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub certificate_id: Uuid,
    pub sequence: i64,
    pub kind: String,
    pub reason_code: Option<String>,
    pub reason: Option<String>,
    pub authority: Option<String>,
    pub superseded_by: Option<String>,
    pub at: i64,
    pub by_person: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
