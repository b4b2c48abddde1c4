//! Rows of `sign_in_failure`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_failure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_key: Vec<u8>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub device_key: Vec<u8>,
    pub failures: i64,
    pub last_at: i64,
    pub wait_until: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
