//! Reasons that staff write: the ledger and the evidence hold their digest, this table their text, so that it can be erased.

mod erase;

use crate::failure::Outcome;
use crate::keys;
use crate::persistence::entities::reason_text;
use crate::persistence::query;
use domain::hours::ledger::Digest;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The digest under which a text is named elsewhere.
#[must_use]
pub fn digest(text: &str) -> Digest {
    keys::digest(text.as_bytes())
}

/// Stores the reason of the row `id`.
///
/// # Errors
/// `Database`.
pub async fn store(t: &DatabaseTransaction, id: Uuid, text: &str) -> Outcome<()> {
    Ok(query::insert(t, reason_text::Model { id, body: Some(text.to_owned()), erased_at: None }).await?)
}

/// The texts of these rows that are not erased.
///
/// # Errors
/// `Database`.
pub async fn read<C: ConnectionTrait>(connection: &C, ids: Vec<Uuid>) -> Outcome<BTreeMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = reason_text::Entity::find().filter(reason_text::Column::Id.is_in(ids)).all(connection).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.body?))).collect())
}
