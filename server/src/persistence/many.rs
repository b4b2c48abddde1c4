//! Many rows in one statement. They travel as one JSON array of arrays, so that the statement is the same, and prepared, for any
//! number of rows: one hand-over to the driver instead of one a row.

use super::query;
use crate::keys::hex;
use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, EntityName as _, EntityTrait, IdenStatic as _, Iterable as _};
use sea_orm::{FromQueryResult, ModelTrait, PrimaryKeyToColumn as _};
use serde::de::DeserializeOwned;
use std::fmt::Write as _;

/// The columns of a model's table.
type ColumnOf<M> = <<M as ModelTrait>::Entity as EntityTrait>::Column;

/// Inserts rows with all their columns.
///
/// # Errors
/// The database's refusal of any of them, unique constraints included: then none is there.
pub async fn insert<M: ModelTrait, C: ConnectionTrait>(connection: &C, rows: &[M]) -> Result<(), DbErr> {
    store(connection, rows, "").await
}

/// Inserts rows, or gives those that are there already the new values; no key twice.
///
/// # Errors
/// The database's refusal of any of them: then none is there.
pub async fn upsert<M: ModelTrait, C: ConnectionTrait>(connection: &C, rows: &[M]) -> Result<(), DbErr> {
    let key: Vec<_> = <M::Entity as EntityTrait>::PrimaryKey::iter().map(|key| key.into_column().as_str()).collect();
    let others = ColumnOf::<M>::iter().map(|column| column.as_str()).filter(|column| !key.contains(column));
    let new = others.map(|column| format!("{column} = excluded.{column}")).collect::<Vec<_>>().join(", ");
    store(connection, rows, &format!(" ON CONFLICT ({}) DO UPDATE SET {new}", key.join(", "))).await
}

async fn store<M: ModelTrait, C: ConnectionTrait>(connection: &C, rows: &[M], conflict: &str) -> Result<(), DbErr> {
    let Some(first) = rows.first() else { return Ok(()) };
    let backend = connection.get_database_backend();
    let names = ColumnOf::<M>::iter().map(|column| column.as_str()).collect::<Vec<_>>().join(", ");
    let values = ColumnOf::<M>::iter().enumerate().map(|(at, column)| read(backend, at, &first.get(column))).collect::<Vec<_>>().join(", ");
    let table = M::Entity::default();
    let sql = format!("INSERT INTO {} ({names}) SELECT {values} FROM {} WHERE TRUE{conflict}", table.table_name(), rows_of(backend));
    let mut json = String::from("[");
    for row in rows {
        json.push_str(if json.len() > 1 { ",[" } else { "[" });
        for (at, column) in ColumnOf::<M>::iter().enumerate() {
            if at > 0 {
                json.push(',');
            }
            push(&mut json, &row.get(column))?;
        }
        json.push(']');
    }
    json.push(']');
    query::execute(connection, &sql, vec![json.into()]).await?;
    Ok(())
}

/// The rows of the array `$1`, each as `j.value`.
#[must_use]
pub const fn rows_of(backend: DatabaseBackend) -> &'static str {
    match backend {
        DatabaseBackend::Sqlite => "json_each($1) AS j",
        _ => "json_array_elements(CAST($1 AS json)) WITH ORDINALITY AS j(value, n)",
    }
}

/// An id in the row, as the engine keeps it.
#[must_use]
pub fn id_at(backend: DatabaseBackend, at: usize) -> String {
    read(backend, at, &Value::Uuid(None))
}

/// A number in the row.
#[must_use]
pub fn number_at(backend: DatabaseBackend, at: usize) -> String {
    read(backend, at, &Value::BigInt(None))
}

/// Bytes in the row.
#[must_use]
pub fn bytes_at(backend: DatabaseBackend, at: usize) -> String {
    read(backend, at, &Value::Bytes(None))
}

/// How an engine makes JSON of many rows: one value, because every row costs a hand-over between threads.
pub struct Words {
    /// Makes an array of what stands in the rows.
    pub group: &'static str,
    /// Makes an array of its arguments.
    pub array: &'static str,
    /// After JSON, makes text of it.
    pub cast: &'static str,
    /// The place of a row of [`rows_of`], from 0.
    pub place: &'static str,
    /// An id as text.
    pub id: fn(&str) -> String,
    /// Bytes in hexadecimal.
    pub hex: fn(&str) -> String,
}

/// The words of an engine.
#[must_use]
pub const fn words(backend: DatabaseBackend) -> Words {
    match backend {
        DatabaseBackend::Sqlite => Words {
            group: "json_group_array",
            array: "json_array",
            cast: " || ''",
            place: "j.key",
            id: |column| format!("lower(hex({column}))"),
            hex: |column| format!("CASE WHEN {column} IS NOT NULL THEN lower(hex({column})) END"),
        },
        _ => Words {
            group: "json_agg",
            array: "json_build_array",
            cast: "::text",
            place: "j.n - 1",
            id: |column| format!("{column}::text"),
            hex: |column| format!("encode({column}, 'hex')"),
        },
    }
}

/// A flag as 1 or 0, or nothing.
#[must_use]
pub fn bit(column: &str) -> String {
    format!("CASE {column} WHEN TRUE THEN 1 WHEN FALSE THEN 0 END")
}

/// Rows that a query with the column `rows` made with [`Words::group`]; `asked` is its `$1`.
///
/// # Errors
/// The database's refusal; `Json` for what is no such row.
pub async fn gathered<T: DeserializeOwned, C: ConnectionTrait>(connection: &C, sql: &str, asked: String) -> Result<Vec<T>, DbErr> {
    let found = query::one::<Gathered, C>(connection, sql, vec![asked.into()]).await?.and_then(|found| found.rows);
    serde_json::from_str(found.as_deref().unwrap_or("[]")).map_err(|error| DbErr::Json(error.to_string()))
}

#[derive(FromQueryResult)]
struct Gathered {
    rows: Option<String>,
}

/// What stands at a place of the row, as the engine keeps such a value.
fn read(backend: DatabaseBackend, at: usize, like: &Value) -> String {
    let text = format!("j.value->>{at}");
    match (backend, like) {
        (DatabaseBackend::Sqlite, Value::Uuid(_) | Value::Bytes(_)) => format!("unhex({text})"),
        (DatabaseBackend::Sqlite, _) => text,
        (_, Value::Uuid(_)) => format!("CAST({text} AS uuid)"),
        (_, Value::Bytes(_)) => format!("decode({text}, 'hex')"),
        (_, Value::BigInt(_)) => format!("CAST({text} AS bigint)"),
        (_, Value::Bool(_)) => format!("CAST({text} AS boolean)"),
        _ => text,
    }
}

/// A value in JSON: ids and bytes in hexadecimal.
fn push(json: &mut String, value: &Value) -> Result<(), DbErr> {
    let known = |error: std::fmt::Error| DbErr::Custom(error.to_string());
    match value {
        Value::Bool(Some(yes)) => write!(json, "{yes}").map_err(known),
        Value::BigInt(Some(number)) => write!(json, "{number}").map_err(known),
        Value::Uuid(Some(id)) => write!(json, "\"{}\"", id.simple()).map_err(known),
        Value::Bytes(Some(bytes)) => write!(json, "\"{}\"", hex(bytes)).map_err(known),
        Value::String(Some(text)) => {
            json.push_str(&serde_json::to_string(text).map_err(|error| DbErr::Custom(error.to_string()))?);
            Ok(())
        }
        Value::Bool(None) | Value::BigInt(None) | Value::Uuid(None) | Value::Bytes(None) | Value::String(None) => {
            json.push_str("null");
            Ok(())
        }
        other => Err(DbErr::Type(format!("no column holds a {other:?}"))),
    }
}
