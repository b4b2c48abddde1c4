//! The few words that SQLite and PostgreSQL spell differently.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

/// Runs every statement of `sql` (separated by blank lines) with the words of the engine:
/// `UUID`, `BYTES`, `EMPTYBYTES`, `INT64`, `BOOL`, and `STRICT` at the end of a table.
///
/// # Errors
/// The database's refusal.
pub async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let sqlite = manager.get_database_backend() == DatabaseBackend::Sqlite;
    for statement in sql.split("\n\n").map(str::trim).filter(|s| !s.is_empty()) {
        connection.execute_unprepared(&spell(statement, sqlite)).await?;
    }
    Ok(())
}

fn spell(statement: &str, sqlite: bool) -> String {
    let words = if sqlite {
        [("EMPTYBYTES", "x''"), ("UUID", "BLOB"), ("BYTES", "BLOB"), ("INT64", "INTEGER"), ("BOOL", "INTEGER"), ("STRICT", "STRICT")]
    } else {
        [("EMPTYBYTES", "''::bytea"), ("UUID", "UUID"), ("BYTES", "BYTEA"), ("INT64", "BIGINT"), ("BOOL", "BOOLEAN"), ("STRICT", "")]
    };
    words.iter().fold(statement.to_owned(), |text, (word, spelt)| text.replace(word, spelt))
}

/// Makes the tables refuse UPDATE and DELETE.
///
/// # Errors
/// The database's refusal.
pub async fn append_only(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let sqlite = manager.get_database_backend() == DatabaseBackend::Sqlite;
    if !sqlite {
        connection
            .execute_unprepared(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME; END $$",
            )
            .await?;
    }
    for table in tables {
        for operation in ["UPDATE", "DELETE"] {
            let name = format!("{table}_refuses_{}", operation.to_lowercase());
            let statement = if sqlite {
                format!(
                    "CREATE TRIGGER {name} BEFORE {operation} ON {table} BEGIN SELECT RAISE(ABORT, 'append-only: {operation} of {table} is refused'); END"
                )
            } else {
                format!("CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
            };
            connection.execute_unprepared(&statement).await?;
        }
    }
    Ok(())
}

/// PostgreSQL: makes the tables refuse TRUNCATE, which fires no row trigger.
///
/// # Errors
/// The database's refusal.
pub async fn refuse_truncate(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables {
        let statement = format!(
            "CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        );
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}
