//! Opening the database: SQLite in a file, or PostgreSQL; migrations forward under a lock.

use super::query;
use super::writer::Writer;
use futures::future::BoxFuture;
use log::LevelFilter;
use migrations::MigratorTrait as _;
use sea_orm::{ConnectOptions, ConnectionTrait, Database as Connector, DatabaseConnection, DatabaseTransaction, DbErr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded default.
    Sqlite,
    /// Several processes on one database.
    Postgres,
}

/// Where the database is.
#[derive(Debug, Clone)]
pub enum Location {
    /// `DIR/orienta.db`.
    Folder(PathBuf),
    /// A PostgreSQL address.
    Url(String),
}

/// Why the database cannot be opened; each is one clear sentence.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or written.
    #[error("cannot write in the data folder {folder}; choose another with --data-dir or change its permissions")]
    Folder {
        /// Which.
        folder: String,
        /// Why.
        source: std::io::Error,
    },
    /// No answer from the database.
    #[error("cannot reach the database {place}: {reason}. Check that it is running and that the address is right")]
    Unreachable {
        /// Which, without its password.
        place: String,
        /// Why.
        reason: String,
    },
    /// The address is of an engine that is not supported.
    #[error("the address must begin with postgres://; SQLite is used with --data-dir")]
    Scheme,
    /// A newer program has migrated it.
    #[error("the database was written by a newer version of orienta (migration {migration}); use that version or restore a backup")]
    Newer {
        /// The first unknown migration.
        migration: String,
    },
    /// A migration failed.
    #[error("the database could not be brought up to date: {0}")]
    Migration(DbErr),
}

/// The open database.
#[derive(Debug, Clone)]
pub struct Database {
    read: DatabaseConnection,
    writer: Writer,
    engine: Engine,
}

impl Database {
    /// Opens and migrates.
    ///
    /// # Errors
    /// [`OpenError`], in one sentence.
    pub async fn open(location: &Location) -> Result<Self, OpenError> {
        let (read, write, engine) = match location {
            Location::Folder(folder) => open_sqlite(folder).await?,
            Location::Url(url) => open_postgres(url).await?,
        };
        migrate(&write, engine).await?;
        Ok(Self { read, writer: Writer::start(write, engine), engine })
    }

    /// The connections for reading.
    #[must_use]
    pub const fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Which engine.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// See [`Writer::transact`].
    ///
    /// # Errors
    /// What `work` answers, or the database's refusal.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbErr> + Send + 'static,
        F: for<'t> FnOnce(&'t DatabaseTransaction) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        self.writer.transact(work).await
    }

    /// " FOR UPDATE" where the engine has row locks; SQLite's one writer needs none.
    #[must_use]
    pub const fn for_update(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite => "",
            Engine::Postgres => " FOR UPDATE",
        }
    }
}

async fn open_sqlite(folder: &Path) -> Result<(DatabaseConnection, DatabaseConnection, Engine), OpenError> {
    let refuse = |source| OpenError::Folder { folder: folder.display().to_string(), source };
    std::fs::create_dir_all(folder).map_err(refuse)?;
    let probe = folder.join(".write-test");
    std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe)).map_err(refuse)?;
    let file = folder.join("orienta.db");
    let write = connect_sqlite(&file, 1, "-16000").await?;
    let read = connect_sqlite(&file, 6, "-2000").await?;
    Ok((read, write, Engine::Sqlite))
}

async fn connect_sqlite(file: &Path, connections: u32, cache: &'static str) -> Result<DatabaseConnection, OpenError> {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options
        .max_connections(connections)
        .min_connections(connections.min(2))
        .sqlx_logging_level(LevelFilter::Debug)
        .acquire_timeout(Duration::from_secs(30));
    options.map_sqlx_sqlite_opts(move |options| {
        options
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(20))
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("cache_size", cache)
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "MEMORY")
            // Else INSERT OR REPLACE would remove a fact without its trigger.
            .pragma("recursive_triggers", "ON")
            .statement_cache_capacity(200)
    });
    Connector::connect(options)
        .await
        .map_err(|error| OpenError::Unreachable { place: file.display().to_string(), reason: error.to_string() })
}

async fn open_postgres(url: &str) -> Result<(DatabaseConnection, DatabaseConnection, Engine), OpenError> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(OpenError::Scheme);
    }
    let place = url.rsplit_once('@').map_or(url, |(_, place)| place).to_owned();
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(16)
        .min_connections(2)
        .sqlx_logging_level(LevelFilter::Debug)
        .connect_timeout(Duration::from_secs(5))
        .acquire_timeout(Duration::from_secs(10));
    let pool = Connector::connect(options).await.map_err(|error| OpenError::Unreachable { place, reason: error.to_string() })?;
    Ok((pool.clone(), pool, Engine::Postgres))
}

#[derive(sea_orm::FromQueryResult)]
struct Applied {
    version: String,
}

async fn migrate(connection: &DatabaseConnection, engine: Engine) -> Result<(), OpenError> {
    let table = match engine {
        Engine::Sqlite => "SELECT count(*) AS n FROM sqlite_master WHERE name = 'seaql_migrations'",
        Engine::Postgres => {
            "SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'seaql_migrations' AND table_schema = current_schema()"
        }
    };
    let known = migrations::known();
    let mut missing = true;
    if query::number(connection, table, vec![]).await.map_err(OpenError::Migration)? > 0 {
        let applied: Vec<Applied> =
            query::all(connection, "SELECT version FROM seaql_migrations ORDER BY version", vec![]).await.map_err(OpenError::Migration)?;
        if let Some(unknown) = applied.iter().find(|a| !known.contains(&a.version)) {
            return Err(OpenError::Newer { migration: unknown.version.clone() });
        }
        missing = applied.len() < known.len();
    }
    if missing {
        run_migrations(connection, engine).await.map_err(OpenError::Migration)?;
    }
    Ok(())
}

/// PostgreSQL: an advisory lock on one connection, so that two processes that start together migrate once.
async fn run_migrations(connection: &DatabaseConnection, engine: Engine) -> Result<(), DbErr> {
    use sea_orm::TransactionTrait as _;
    match engine {
        Engine::Sqlite => migrations::Migrator::up(connection, None).await,
        Engine::Postgres => {
            let lock = connection.begin().await?;
            lock.execute_unprepared("SELECT pg_advisory_xact_lock(7316290451)").await?;
            migrations::Migrator::up(connection, None).await?;
            lock.commit().await
        }
    }
}
