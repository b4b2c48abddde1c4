//! Group commit: on SQLite one task owns the write connection and commits the work of many callers in one transaction;
//! each caller is answered only after the commit. On PostgreSQL every caller has a transaction of its own.

use super::database::Engine;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot};

/// How many callers may share one commit.
const BATCH: usize = 256;

/// Called once the fate of the transaction is known.
type Acknowledge = Box<dyn FnOnce(Result<(), DbErr>) + Send>;

/// Work that waits for its turn: runs inside the transaction and says whether its changes are kept.
type Work = Box<dyn for<'t> FnOnce(&'t DatabaseTransaction) -> BoxFuture<'t, (bool, Acknowledge)> + Send>;

/// Hands work to the writer.
#[derive(Debug, Clone)]
pub struct Writer {
    connection: DatabaseConnection,
    engine: Engine,
    queue: Option<mpsc::Sender<Work>>,
}

impl Writer {
    /// A writer over `connection`; must be called inside the async runtime.
    #[must_use]
    pub fn start(connection: DatabaseConnection, engine: Engine) -> Self {
        let queue = (engine == Engine::Sqlite).then(|| {
            let (sender, receiver) = mpsc::channel(4096);
            tokio::spawn(run(connection.clone(), receiver));
            sender
        });
        Self { connection, engine, queue }
    }

    /// Runs `work` inside a transaction. When it answers an error nothing of it is kept; when it answers a value, that value
    /// is handed back only after the commit.
    ///
    /// # Errors
    /// What `work` answers, or the database's refusal to begin or commit.
    pub async fn transact<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbErr> + Send + 'static,
        F: for<'t> FnOnce(&'t DatabaseTransaction) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        match &self.queue {
            Some(queue) => enqueue(queue, work).await,
            None => alone(&self.connection, self.engine, work).await,
        }
    }
}

async fn alone<T, E, F>(connection: &DatabaseConnection, engine: Engine, work: F) -> Result<T, E>
where
    T: Send,
    E: From<DbErr> + Send,
    F: for<'t> FnOnce(&'t DatabaseTransaction) -> BoxFuture<'t, Result<T, E>> + Send,
{
    let transaction = begin(connection, engine).await?;
    match work(&transaction).await {
        Ok(value) => {
            transaction.commit().await?;
            Ok(value)
        }
        Err(error) => {
            transaction.rollback().await?;
            Err(error)
        }
    }
}

async fn enqueue<T, E, F>(queue: &mpsc::Sender<Work>, work: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<DbErr> + Send + 'static,
    F: for<'t> FnOnce(&'t DatabaseTransaction) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel::<Result<T, E>>();
    let run: Work = Box::new(move |transaction| {
        Box::pin(async move {
            let answer = match AssertUnwindSafe(work(transaction)).catch_unwind().await {
                Ok(answer) => answer,
                Err(_) => Err(E::from(lost())),
            };
            let keep = answer.is_ok();
            let acknowledge: Acknowledge = Box::new(move |committed| {
                let told = match committed {
                    Ok(()) => answer,
                    Err(error) => Err(answer.err().unwrap_or_else(|| E::from(error))),
                };
                drop(sender.send(told));
            });
            (keep, acknowledge)
        })
    });
    queue.send(run).await.map_err(|_| E::from(lost()))?;
    receiver.await.map_err(|_| E::from(lost()))?
}

/// The write did not happen: its transaction did not begin, or the work broke off.
fn lost() -> DbErr {
    DbErr::Custom("the write was not committed".to_owned())
}

async fn begin(connection: &DatabaseConnection, engine: Engine) -> Result<DatabaseTransaction, DbErr> {
    match engine {
        Engine::Sqlite => {
            let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
            connection.begin_with_options(options).await
        }
        Engine::Postgres => connection.begin().await,
    }
}

async fn run(connection: DatabaseConnection, mut queue: mpsc::Receiver<Work>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        commit_together(&connection, &mut batch).await;
    }
}

/// Runs the whole batch in one transaction, each piece of work whole or not at all, then answers everybody.
async fn commit_together(connection: &DatabaseConnection, batch: &mut Vec<Work>) {
    if batch.len() == 1
        && let Some(work) = batch.pop()
    {
        return commit_one(connection, work).await;
    }
    let mut waiting = Vec::with_capacity(batch.len());
    let outcome = match begin(connection, Engine::Sqlite).await {
        Ok(transaction) => {
            for work in batch.drain(..) {
                match run_alone(&transaction, work).await {
                    Ok(acknowledge) => waiting.push(acknowledge),
                    Err(error) => tracing::error!(%error, "a savepoint failed"),
                }
            }
            transaction.commit().await
        }
        Err(error) => {
            tracing::error!(%error, "the write transaction did not begin");
            batch.clear();
            Err(error)
        }
    };
    for acknowledge in waiting {
        acknowledge(outcome.as_ref().copied().map_err(|error| DbErr::Custom(error.to_string())));
    }
}

/// Runs work that waits for its turn alone: the transaction itself keeps it whole.
async fn commit_one(connection: &DatabaseConnection, work: Work) {
    match begin(connection, Engine::Sqlite).await {
        Ok(transaction) => {
            let (keep, acknowledge) = work(&transaction).await;
            acknowledge(if keep { transaction.commit().await } else { transaction.rollback().await });
        }
        Err(error) => tracing::error!(%error, "the write transaction did not begin"),
    }
}

/// A piece of work under its own savepoint.
async fn run_alone(transaction: &DatabaseTransaction, work: Work) -> Result<Acknowledge, DbErr> {
    let savepoint = transaction.begin().await?;
    let (keep, acknowledge) = work(&savepoint).await;
    if keep {
        savepoint.commit().await?
    } else {
        savepoint.rollback().await?
    }
    Ok(acknowledge)
}
