//! The audit log: hash-chained events, written in the transaction of what they tell.

use crate::failure::Outcome;
use crate::keys;
use crate::persistence::entities::{audit_event, audit_head};
use crate::persistence::query;
use crate::services::Acting;
use domain::access::Actor;
use domain::time::Instant;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, DatabaseTransaction, EntityTrait as _, FromQueryResult};
use serde_json::Value;

/// What happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// `feature.verb`.
    pub action: &'static str,
    /// `kind/id`.
    pub subject: String,
    /// Data by reference; no personal data.
    pub detail: Value,
}

impl Event {
    /// An event about `subject`.
    #[must_use]
    pub fn new(action: &'static str, subject: impl Into<String>, detail: Value) -> Self {
        Self { action, subject: subject.into(), detail }
    }
}

impl Acting<'_> {
    /// Appends an event of its own transaction, as where reading a sensitive record is one.
    ///
    /// # Errors
    /// `Database`.
    pub async fn note(&self, event: Event) -> Outcome<()> {
        let (actor, now) = (self.signed.actor.clone(), self.services.now());
        self.services.database.write(move |t| Box::pin(async move { append(t, now, Some(&actor), event).await })).await
    }
}

/// Appends an event; `actor` is `None` for the system.
///
/// # Errors
/// The database's refusal.
pub async fn append(transaction: &DatabaseTransaction, now: Instant, actor: Option<&Actor>, event: Event) -> Outcome<()> {
    let head = lock_head(transaction).await?;
    let row = chained(&head, now, actor, event);
    let next = audit_head::ActiveModel { one: Set(1), sequence: Set(row.sequence), hash: Set(row.hash.clone()) };
    query::insert(transaction, row).await?;
    next.update(transaction).await?;
    Ok(())
}

async fn lock_head(transaction: &DatabaseTransaction) -> Outcome<audit_head::Model> {
    use sea_orm::{ConnectionTrait as _, DatabaseBackend, QuerySelect as _};
    let find = audit_head::Entity::find_by_id(1);
    let find = if transaction.get_database_backend() == DatabaseBackend::Postgres { find.lock_exclusive() } else { find };
    Ok(find.one(transaction).await?.unwrap_or(audit_head::Model { one: 1, sequence: 0, hash: Vec::new() }))
}

fn chained(head: &audit_head::Model, now: Instant, actor: Option<&Actor>, event: Event) -> audit_event::Model {
    let mut row = audit_event::Model {
        sequence: head.sequence + 1,
        at: now.0,
        actor_id: actor.map(|a| a.person.0),
        session_id: actor.map(|a| a.session.0),
        action: event.action.to_owned(),
        subject: event.subject,
        detail: event.detail.to_string(),
        previous_hash: head.hash.clone(),
        hash: Vec::new(),
    };
    row.hash = hash(&row).to_vec();
    row
}

/// The hash of an event over its fields in fixed order, integers big-endian, texts with their length before them.
fn hash(row: &audit_event::Model) -> [u8; 32] {
    let mut bytes = vec![1_u8];
    bytes.extend(row.sequence.to_be_bytes());
    bytes.extend(row.at.to_be_bytes());
    for id in [row.actor_id, row.session_id] {
        bytes.extend(id.map_or([0; 16], uuid::Uuid::into_bytes));
    }
    for text in [row.action.as_bytes(), row.subject.as_bytes(), row.detail.as_bytes(), &row.previous_hash] {
        bytes.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(text);
    }
    keys::digest(&bytes)
}

/// The first event that does not fit its predecessor, or the number of events.
///
/// # Errors
/// The database's refusal.
pub async fn verify(connection: &impl sea_orm::ConnectionTrait) -> Outcome<Result<i64, i64>> {
    use sea_orm::QueryOrder as _;
    let mut previous = Vec::new();
    let mut expected = 0;
    for row in audit_event::Entity::find().order_by_asc(audit_event::Column::Sequence).all(connection).await? {
        expected += 1;
        if row.sequence != expected || row.previous_hash != previous || hash(&row).as_slice() != row.hash {
            return Ok(Err(expected));
        }
        previous = row.hash;
    }
    let head = audit_head::Entity::find_by_id(1).one(connection).await?;
    let fits = head.is_some_and(|h| h.sequence == expected && h.hash == previous);
    Ok(if fits { Ok(expected) } else { Err(expected + 1) })
}

/// A row of the log with the actor's name.
#[derive(Debug, FromQueryResult)]
pub struct LogRow {
    /// Number in the chain.
    pub sequence: i64,
    /// When.
    pub at: i64,
    /// Given names of the actor.
    pub given_names: Option<String>,
    /// Surname of the actor.
    pub surname: Option<String>,
    /// What.
    pub action: String,
    /// On what.
    pub subject: String,
}
