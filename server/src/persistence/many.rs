//! Many rows in one statement, and many statements in one. The rows of a statement travel as one JSON array of arrays, so that it is
//! the same, and prepared, for any number of rows. What counts is the hand-overs to the driver: one instead of one a row.

use super::query;
use crate::keys::hex;
use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, EntityName as _, EntityTrait, IdenStatic as _, Iterable as _};
use sea_orm::{FromQueryResult, ModelTrait, PrimaryKeyToColumn as _};
use serde::de::DeserializeOwned;
use std::fmt::Write as _;

/// The columns of a model's table.
type ColumnOf<M> = <<M as ModelTrait>::Entity as EntityTrait>::Column;

/// Inserts rows, or gives those that are there already the new values; no key twice.
///
/// # Errors
/// The database's refusal of any of them: then none is there.
pub async fn upsert<M: ModelTrait, C: ConnectionTrait>(connection: &C, rows: &[M]) -> Result<(), DbErr> {
    let mut writes = Writes::new(connection.get_database_backend());
    writes.upsert(rows)?;
    writes.send(connection).await
}

/// Writes that are sent together and happen whole or not at all, inside a transaction.
#[derive(Debug)]
pub struct Writes {
    backend: DatabaseBackend,
    statements: Vec<String>,
    values: Vec<Value>,
}

impl Writes {
    /// Nothing yet.
    #[must_use]
    pub const fn new(backend: DatabaseBackend) -> Self {
        Self { backend, statements: Vec::new(), values: Vec::new() }
    }

    /// Inserts rows with all their columns.
    ///
    /// # Errors
    /// `Type` for a column that no row can carry.
    pub fn insert<M: ModelTrait>(&mut self, rows: &[M]) -> Result<(), DbErr> {
        self.rows(rows, "")
    }

    /// Inserts rows, or gives those that are there already the new values; no key twice.
    ///
    /// # Errors
    /// As [`Writes::insert`].
    pub fn upsert<M: ModelTrait>(&mut self, rows: &[M]) -> Result<(), DbErr> {
        let key: Vec<_> = <M::Entity as EntityTrait>::PrimaryKey::iter().map(|key| key.into_column().as_str()).collect();
        let others = ColumnOf::<M>::iter().map(|column| column.as_str()).filter(|column| !key.contains(column));
        let new = others.map(|column| format!("{column} = excluded.{column}")).collect::<Vec<_>>().join(", ");
        self.rows(rows, &format!(" ON CONFLICT ({}) DO UPDATE SET {new}", key.join(", ")))
    }

    /// A statement over the rows of an array, whose place in it ([`rows_of`]) it is given.
    pub fn push(&mut self, array: String, statement: impl FnOnce(&str) -> String) {
        self.values.push(array.into());
        let rows = array_at(self.backend, self.values.len());
        self.statements.push(statement(&rows));
    }

    fn rows<M: ModelTrait>(&mut self, rows: &[M], conflict: &str) -> Result<(), DbErr> {
        let Some(first) = rows.first() else { return Ok(()) };
        let backend = self.backend;
        let names = ColumnOf::<M>::iter().map(|column| column.as_str()).collect::<Vec<_>>().join(", ");
        let values =
            ColumnOf::<M>::iter().enumerate().map(|(at, column)| read(backend, at, &first.get(column))).collect::<Vec<_>>().join(", ");
        let table = M::Entity::default();
        let array = array_of(rows)?;
        self.push(array, |rows| format!("INSERT INTO {} ({names}) SELECT {values} FROM {rows} WHERE TRUE{conflict}", table.table_name()));
        Ok(())
    }

    /// Sends them, in their order on SQLite; on PostgreSQL as one statement, whose parts see nothing of each other.
    ///
    /// # Errors
    /// The database's refusal of any of them, unique constraints included.
    pub async fn send<C: ConnectionTrait>(mut self, connection: &C) -> Result<(), DbErr> {
        let sql = match self.backend {
            DatabaseBackend::Sqlite => self.statements.join("; "),
            _ => {
                let Some(last) = self.statements.pop() else { return Ok(()) };
                let parts = self.statements.iter().enumerate().map(|(n, part)| format!("w{n} AS ({part})")).collect::<Vec<_>>();
                if parts.is_empty() { last } else { format!("WITH {} {last}", parts.join(", ")) }
            }
        };
        if !sql.is_empty() {
            query::execute(connection, &sql, self.values).await?;
        }
        Ok(())
    }
}

/// Rows as a JSON array of arrays, in the order of their columns.
fn array_of<M: ModelTrait>(rows: &[M]) -> Result<String, DbErr> {
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
    Ok(json)
}

/// The rows of the array `$n`, each as `j.value`.
fn array_at(backend: DatabaseBackend, n: usize) -> String {
    match backend {
        DatabaseBackend::Sqlite => format!("json_each(${n}) AS j"),
        _ => format!("json_array_elements(CAST(${n} AS json)) WITH ORDINALITY AS j(value, n)"),
    }
}

/// The rows of the array `$1`, each as `j.value`.
#[must_use]
pub fn rows_of(backend: DatabaseBackend) -> String {
    array_at(backend, 1)
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

/// A flag in the row.
#[must_use]
pub fn flag_at(backend: DatabaseBackend, at: usize) -> String {
    read(backend, at, &Value::Bool(None))
}

/// Text in the row.
#[must_use]
pub fn text_at(backend: DatabaseBackend, at: usize) -> String {
    read(backend, at, &Value::String(None))
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
