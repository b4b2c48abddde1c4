//! A database of one test: a file in a temporary folder, or a database of its own on the server of `ORIENTA_TEST_POSTGRES`.

use sea_orm::{ConnectionTrait as _, Database};
use server::persistence::database::Location;
use std::path::Path;
use tempfile::TempDir;

/// Where a test keeps its data; gone when it is dropped.
pub struct Place {
    folder: TempDir,
    postgres: Option<Postgres>,
}

struct Postgres {
    admin: String,
    name: String,
    url: String,
}

impl Place {
    /// A place that nobody else uses.
    pub async fn fresh() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let Ok(admin) = std::env::var("ORIENTA_TEST_POSTGRES") else { return Self { folder, postgres: None } };
        let name = format!("orienta_test_{}", uuid::Uuid::new_v4().simple());
        administrate(&admin, &format!("CREATE DATABASE {name}")).await;
        let (server, _) = admin.rsplit_once('/').expect("an address with a database");
        let url = format!("{server}/{name}");
        Self { folder, postgres: Some(Postgres { admin, name, url }) }
    }

    /// The folder of keys, and on SQLite of the database.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address on PostgreSQL.
    pub fn url(&self) -> Option<&str> {
        self.postgres.as_ref().map(|p| p.url.as_str())
    }

    /// What the server opens.
    pub fn location(&self) -> Location {
        self.url().map_or_else(|| Location::Folder(self.folder().to_owned()), |url| Location::Url(url.to_owned()))
    }

    /// An address for a connection of one's own, beside the server's.
    pub fn behind(&self) -> String {
        self.url().map_or_else(|| format!("sqlite://{}?mode=rw", self.folder().join("orienta.db").display()), str::to_owned)
    }
}

async fn administrate(url: &str, sql: &str) {
    let connection = Database::connect(url).await.expect("the server of ORIENTA_TEST_POSTGRES");
    connection.execute_unprepared(sql).await.expect(sql);
    connection.close().await.expect("closed");
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(Postgres { admin, name, .. }) = self.postgres.take() else { return };
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(administrate(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")));
        });
        drop(dropping.join());
    }
}
