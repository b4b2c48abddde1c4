//! The command line: results on standard output, progress and errors on standard error; 0 done, 1 found something wrong, 2 wrong use.

pub mod curriculum;
pub mod ledger;
pub mod people;
pub mod questions;
pub mod serve;

use crate::catalogue::Catalogue;
use crate::clock::{Clock, SystemClock};
use crate::keys::SigningKey;
use crate::persistence::database::{Database, Location};
use crate::services::Services;
use crate::services::assessment::answers::intake::AnswerIntake;
use crate::services::hours::root::load_key;
use crate::services::sign_in::session::Sessions;
use crate::services::study::desk::intake::Intake;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Training and certification of community legal advisors.
#[derive(Debug, Parser)]
#[command(name = "orienta", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the product.
    Serve(serve::Serve),
    /// Check or load a curriculum.
    #[command(subcommand)]
    Curriculum(curriculum::Curriculum),
    /// Exchange questions with other systems: GIFT, Moodle XML, Aiken, QTI.
    #[command(subcommand)]
    Questions(questions::Questions),
    /// Add people.
    #[command(subcommand)]
    People(people::People),
    /// Verify or show the hours ledger.
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    /// Verify the audit log.
    #[command(subcommand)]
    Audit(ledger::Audit),
    /// Fill an empty database with a believable programme.
    Demo(Place),
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// Folder of the database and keys.
    #[arg(long, env = "ORIENTA_DATA_DIR", default_value = "./data")]
    pub data_dir: PathBuf,
    /// PostgreSQL instead of SQLite: postgres://…
    #[arg(long, env = "ORIENTA_DATABASE_URL")]
    pub database_url: Option<String>,
}

/// How a command ended.
pub enum End {
    /// Done.
    Done,
    /// It found something wrong.
    Wrong,
}

impl Place {
    /// Opens the database and what belongs to it, at the machine's time.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn open(&self, public_url: Option<String>) -> anyhow::Result<Services> {
        self.open_at(public_url, Arc::new(SystemClock)).await
    }

    /// Opens a database that is there already: a command that only reads makes none.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn open_existing(&self) -> anyhow::Result<Services> {
        let file = self.data_dir.join("orienta.db");
        if self.database_url.is_none() && !file.exists() {
            anyhow::bail!("there is no database in {}; name its folder with --data-dir", self.data_dir.display());
        }
        self.open(None).await
    }

    /// The same with another clock.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn open_at(&self, public_url: Option<String>, clock: Arc<dyn Clock>) -> anyhow::Result<Services> {
        let location = self.database_url.clone().map_or_else(|| Location::Folder(self.data_dir.clone()), Location::Url);
        let database = Database::open(&location).await?;
        let key = SigningKey::load(&database).await?;
        let ledger_key = load_key(&self.data_dir)?;
        let catalogue = Arc::new(Catalogue::default());
        let services = Services {
            sessions: Sessions::start(database.clone()),
            intake: Intake::start(database.clone(), catalogue.clone()),
            answers: AnswerIntake::start(database.clone()),
            key,
            ledger_key,
            folder: self.data_dir.clone(),
            clock,
            catalogue,
            hashing: Arc::new(tokio::sync::Semaphore::new(2)),
            public_url,
            database,
        };
        services.catalogue.refresh(&services.database).await?;
        Ok(services)
    }
}

/// Reads the command line, runs the command, tells how it ended.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("ORIENTA_LOG").unwrap_or_else(|_| "warn".into()))
        .with_writer(std::io::stderr)
        .init();
    let workers = std::thread::available_parallelism().map_or(4, std::num::NonZero::get).max(4);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build();
    let ended = runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(dispatch(cli.command)));
    match ended {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Wrong) => ExitCode::from(1),
        Err(error) => {
            eprintln!("orienta: {error:#}");
            ExitCode::from(1)
        }
    }
}

async fn dispatch(command: Command) -> anyhow::Result<End> {
    match command {
        Command::Serve(serve) => serve.run().await,
        Command::Curriculum(curriculum) => curriculum.run().await,
        Command::Questions(questions) => questions.run().await,
        Command::People(people) => people.run().await,
        Command::Ledger(ledger) => ledger.run().await,
        Command::Audit(audit) => audit.run().await,
        Command::Demo(place) => crate::demo::command(&place).await,
    }
}
