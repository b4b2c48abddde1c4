//! What is in the database: counts and single numbers, and a door behind the triggers.

use super::app::TestApp;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbErr, FromQueryResult};
use server::persistence::database::Engine;
use server::persistence::query;
use std::collections::BTreeMap;

/// Tables that refuse UPDATE and DELETE.
pub const APPEND_ONLY: [&str; 28] = [
    "claim",
    "checkpoint_try",
    "hours_entry",
    "hours_root",
    "attendance",
    "answer",
    "mark",
    "release",
    "requirement_fact",
    "requirement_waiver",
    "certificate",
    "certificate_event",
    "audit_event",
    "lesson_text",
    "question_revision",
    "publication",
    "check_in_try",
    "meeting_guest",
    "substitute_task",
    "substitute_done",
    "attempt_evidence",
    "reason_erasure",
    "adjustment",
    "adjustment_decision",
    "claim_decision",
    "checkpoint_seen",
    "dispute",
    "dispute_note",
];

#[derive(FromQueryResult)]
struct Name {
    name: String,
}

#[derive(FromQueryResult)]
struct Text {
    text: String,
}

impl TestApp {
    pub fn is_sqlite(&self) -> bool {
        self.services.database.engine() == Engine::Sqlite
    }

    /// The expression of the column `id` as text.
    pub fn id_text(&self) -> &'static str {
        if self.is_sqlite() { "lower(hex(id))" } else { "id::text" }
    }

    /// The column `n` of the first row.
    pub async fn number(&self, sql: &str) -> i64 {
        query::number(self.services.database.read(), sql, vec![]).await.expect(sql)
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        self.number(&format!("SELECT count(*) AS n FROM {table}")).await
    }

    /// The column `text` of every row.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let rows: Vec<Text> = query::all(self.services.database.read(), sql, vec![]).await.expect(sql);
        rows.into_iter().map(|row| row.text).collect()
    }

    /// Names of the tables.
    pub async fn tables(&self) -> Vec<String> {
        let sql = match self.services.database.engine() {
            Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
            Engine::Postgres => {
                "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1"
            }
        };
        let rows: Vec<Name> = query::all(self.services.database.read(), sql, vec![]).await.expect(sql);
        rows.into_iter().map(|row| row.name).collect()
    }

    /// Rows of every table but those of sign-in, and the sums of what is derived: unchanged when nothing was written.
    pub async fn state(&self) -> BTreeMap<String, i64> {
        let mut state = BTreeMap::new();
        for table in self.tables().await {
            if !["session", "device", "one_time_code", "sign_in_failure", "audit_event", "audit_head"].contains(&table.as_str()) {
                let count = self.count(&table).await;
                state.insert(table, count);
            }
        }
        for (name, sql) in [
            (
                "credited",
                "SELECT CAST(coalesce(sum(attributed_ms + provisional + confirmed + coalesce(passed_at, 0) / 1000), 0) AS BIGINT) AS n FROM stretch_state",
            ),
            ("open attempts", "SELECT count(*) AS n FROM attempt WHERE state = 'in_progress'"),
            ("free tasks", "SELECT count(*) AS n FROM grading_task WHERE state = 'waiting'"),
            ("active cards", "SELECT count(*) AS n FROM card WHERE cancelled_at IS NULL"),
            ("pins", "SELECT count(*) AS n FROM account WHERE pin_hash IS NOT NULL"),
        ] {
            state.insert(name.to_owned(), self.number(sql).await);
        }
        state
    }

    /// An id as a literal of the engine.
    pub fn spelt(&self, id: uuid::Uuid) -> String {
        if self.is_sqlite() { format!("x'{}'", id.simple()) } else { format!("'{id}'") }
    }

    /// A connection beside the server's: what somebody with the database file could do.
    pub async fn behind(&self) -> Behind {
        Behind { connection: Database::connect(self.place.behind()).await.expect("a connection"), engine: self.services.database.engine() }
    }
}

/// See [`TestApp::behind`].
pub struct Behind {
    connection: DatabaseConnection,
    engine: Engine,
}

impl Behind {
    /// Runs a statement.
    pub async fn run(&self, sql: &str) -> Result<u64, DbErr> {
        Ok(self.connection.execute_unprepared(sql).await?.rows_affected())
    }

    /// Takes the triggers of a table away.
    pub async fn disarm(&self, table: &str) {
        for operation in ["update", "delete"] {
            let on = if self.engine == Engine::Postgres { format!(" ON {table}") } else { String::new() };
            self.run(&format!("DROP TRIGGER {table}_refuses_{operation}{on}")).await.expect("a trigger");
        }
    }
}
