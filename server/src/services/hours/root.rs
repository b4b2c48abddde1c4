//! The daily root over all chain heads, signed with the installation's Ed25519 key.

use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{hours_head, hours_root};
use crate::persistence::query;
use crate::services::Services;
use crate::services::audit::{self, Event};
use crate::services::curriculum::hex;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::hours::ledger::root;
use domain::ids::EnrolmentId;
use ed25519_dalek::{Signer as _, SigningKey};
use sea_orm::EntityTrait as _;
use serde_json::json;
use std::path::Path;

/// Reads the key of `folder/keys/ledger.key` (32 bytes in base 64), making it (mode 0600) at first start.
///
/// # Errors
/// `Internal` when it cannot be read or written.
pub fn load_key(folder: &Path) -> Outcome<SigningKey> {
    let fault = |what: &dyn std::fmt::Display| Failure::Internal(format!("the ledger key: {what}"));
    let file = folder.join("keys").join("ledger.key");
    if let Ok(text) = std::fs::read_to_string(&file) {
        let bytes = STANDARD.decode(text.trim()).ok().and_then(|b| <[u8; 32]>::try_from(b).ok());
        return bytes.map(|b| SigningKey::from_bytes(&b)).ok_or_else(|| fault(&"is damaged; restore it from the backup"));
    }
    let key = SigningKey::from_bytes(&rand::random());
    std::fs::create_dir_all(folder.join("keys")).map_err(|e| fault(&e))?;
    write_private(&file, format!("{}\n", STANDARD.encode(key.to_bytes())).as_bytes()).map_err(|e| fault(&e))?;
    Ok(key)
}

#[cfg(unix)]
fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?.write_all(bytes)
}

#[cfg(not(unix))]
fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(file, bytes)
}

impl Services {
    /// Signs and stores the root of a day, once.
    ///
    /// # Errors
    /// `Database`.
    pub async fn sign_daily_root(&self, day: &str) -> Outcome<()> {
        let heads = hours_head::Entity::find().all(self.database.read()).await?;
        let mut chains = Vec::new();
        for head in heads {
            let hash = head.hash.as_slice().try_into().map_err(|_| Failure::Inconsistent { table: "hours_head", column: "hash" })?;
            chains.push((EnrolmentId(head.enrolment_id), head.sequence, hash));
        }
        let digest = root(&chains);
        let signature = self.ledger_key.sign(&digest);
        let now = self.now();
        let row = hours_root::Model {
            day: day.to_owned(),
            root: digest.to_vec(),
            heads: i64::try_from(chains.len()).unwrap_or(i64::MAX),
            signature: signature.to_bytes().to_vec(),
            public_key: self.ledger_key.verifying_key().to_bytes().to_vec(),
            at: now.0,
        };
        let day = day.to_owned();
        let stored = self
            .database
            .write(move |t| {
                Box::pin(async move {
                    let detail = json!({ "root": hex(&row.root), "heads": row.heads, "signature": hex(&row.signature) });
                    query::insert(t, row).await?;
                    audit::append(t, now, None, Event::new("hours.root", format!("day/{day}"), detail)).await
                })
            })
            .await;
        match stored {
            Err(failure) if failure.is_duplicate() => Ok(()),
            other => other,
        }
    }
}
