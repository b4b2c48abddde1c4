//! Later work: rows of `job`, leased, retried, idempotent; each runs once, whichever process takes it.

use crate::clock::{LIMA, local_date};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::job;
use crate::persistence::query;
use crate::services::Services;
use domain::time::Seconds;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use std::time::Duration;

/// How long a taken job is leased.
const LEASE: Seconds = Seconds(300);
/// After how many failures a job rests.
const MOST_TRIES: i64 = 8;
/// Pause between two looks.
const PAUSE: Duration = Duration::from_secs(5);

/// Looks for work until the process ends.
pub async fn run(services: Services) {
    loop {
        if let Err(failure) = turn(&services).await {
            tracing::error!(error = %failure, "jobs");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// One look: reads new publications, hands in attempts whose time is over, enqueues and runs what is due.
///
/// # Errors
/// `Database`.
pub async fn turn(services: &Services) -> Outcome<u32> {
    services.catalogue.refresh(&services.database).await?;
    services.close_overdue().await?;
    enqueue_daily_root(services).await?;
    run_due(services).await
}

/// The daily root of yesterday, once: the key is unique.
async fn enqueue_daily_root(services: &Services) -> Outcome<()> {
    let now = services.now();
    let Some(day) = local_date(now, LIMA).pred_opt() else { return Ok(()) };
    enqueue(services, "hours.root", &format!("hours.root/{day}"), day.to_string()).await
}

/// Enqueues a job; the same key again changes nothing.
///
/// # Errors
/// `Database`.
pub async fn enqueue(services: &Services, kind: &'static str, key: &str, payload: String) -> Outcome<()> {
    let (now, key) = (services.now(), key.to_owned());
    if job::Entity::find().filter(job::Column::UniqueKey.eq(&key)).one(services.database.read()).await?.is_some() {
        return Ok(());
    }
    services
        .database
        .write(move |t| {
            Box::pin(async move {
                let sql = "INSERT INTO job (id, kind, unique_key, payload, run_at, attempts) VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT DO NOTHING";
                query::execute(t, sql, vec![keys::random_id().into(), kind.into(), key.into(), payload.into(), now.0.into()]).await?;
                Ok::<_, Failure>(())
            })
        })
        .await
}

/// Runs every job that is due and answers how many succeeded.
///
/// # Errors
/// `Database`.
pub async fn run_due(services: &Services) -> Outcome<u32> {
    let now = services.now();
    let due = job::Entity::find()
        .filter(job::Column::DoneAt.is_null())
        .filter(job::Column::RunAt.lte(now.0))
        .filter(job::Column::Attempts.lt(MOST_TRIES))
        .order_by_asc(job::Column::RunAt)
        .all(services.database.read())
        .await?;
    let mut done = 0;
    for row in due {
        if lease(services, row.id).await? {
            done += u32::from(work(services, &row).await?);
        }
    }
    Ok(done)
}

/// Takes a job in one statement that only one process can win.
async fn lease(services: &Services, id: uuid::Uuid) -> Outcome<bool> {
    let now = services.now();
    services
        .database
        .write(move |t| {
            Box::pin(async move {
                let sql = "UPDATE job SET leased_until = $1, attempts = attempts + 1 WHERE id = $2 AND done_at IS NULL AND (leased_until IS NULL OR leased_until < $3)";
                Ok::<_, Failure>(query::execute(t, sql, vec![now.plus(LEASE).0.into(), id.into(), now.0.into()]).await? == 1)
            })
        })
        .await
}

async fn work(services: &Services, row: &job::Model) -> Outcome<bool> {
    let result = match row.kind.as_str() {
        "hours.root" => services.sign_daily_root(&row.payload).await,
        other => Err(Failure::Internal(format!("unknown job {other}"))),
    };
    let (id, now) = (row.id, services.now());
    let error = result.as_ref().err().map(ToString::to_string);
    let ok = result.is_ok();
    services
        .database
        .write(move |t| {
            Box::pin(async move {
                let sql = "UPDATE job SET done_at = $1, last_error = $2, leased_until = NULL, run_at = $3 WHERE id = $4";
                let done = ok.then_some(now.0);
                query::execute(t, sql, vec![done.into(), error.into(), now.plus(Seconds(60)).0.into(), id.into()]).await?;
                Ok::<_, Failure>(())
            })
        })
        .await?;
    Ok(ok)
}
