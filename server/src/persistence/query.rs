//! Small helpers over sea-orm, the same on both engines.

use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, ModelTrait, QueryResult, Statement};

/// Inserts one row with all its columns.
///
/// # Errors
/// The database's refusal, unique constraints included.
pub async fn insert<M, C>(connection: &C, row: M) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    C: ConnectionTrait,
{
    <M::Entity as EntityTrait>::insert(row.into_active_model()).exec_without_returning(connection).await.map(drop)
}

/// Rows of a query with `$1`, `$2` … as placeholders.
///
/// # Errors
/// The database's refusal, or a column that does not fit.
pub async fn all<T: FromQueryResult, C: ConnectionTrait>(connection: &C, sql: &str, values: Vec<Value>) -> Result<Vec<T>, DbErr> {
    T::find_by_statement(Statement::from_sql_and_values(connection.get_database_backend(), sql, values)).all(connection).await
}

/// The first row of a query, if any.
///
/// # Errors
/// As [`all`].
pub async fn one<T: FromQueryResult, C: ConnectionTrait>(connection: &C, sql: &str, values: Vec<Value>) -> Result<Option<T>, DbErr> {
    T::find_by_statement(Statement::from_sql_and_values(connection.get_database_backend(), sql, values)).one(connection).await
}

/// Rows of a query, for those that make more than one thing of a row.
///
/// # Errors
/// The database's refusal.
pub async fn rows<C: ConnectionTrait>(connection: &C, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, DbErr> {
    connection.query_all_raw(Statement::from_sql_and_values(connection.get_database_backend(), sql, values)).await
}

/// Runs a statement and tells how many rows it changed.
///
/// # Errors
/// The database's refusal.
pub async fn execute<C: ConnectionTrait>(connection: &C, sql: &str, values: Vec<Value>) -> Result<u64, DbErr> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

/// One number.
#[derive(FromQueryResult)]
struct Number {
    n: i64,
}

/// The column `n` of the first row, 0 without one.
///
/// # Errors
/// As [`all`].
pub async fn number<C: ConnectionTrait>(connection: &C, sql: &str, values: Vec<Value>) -> Result<i64, DbErr> {
    Ok(one::<Number, C>(connection, sql, values).await?.map_or(0, |row| row.n))
}
