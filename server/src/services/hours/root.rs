//! The daily root over all chains, signed with the installation's Ed25519 key, and the file that is mailed or published.

use super::evidence::digest;
use crate::failure::{Failure, Outcome};
use crate::keys::{hex, unhex};
use crate::persistence::entities::{hours_head, hours_root, person_counter};
use crate::persistence::query;
use crate::services::Services;
use crate::services::audit::{self, Event};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::hours::ledger::{Digest, root};
use domain::ids::{EnrolmentId, PersonId};
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use sea_orm::EntityTrait as _;
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// First line of the file.
const TITLE: &str = "orienta hours root 1";

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

/// Every chain's end on one day, under one signature. Names enrolments and people by their opaque ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyRoot {
    /// The local day that it closes.
    pub day: String,
    /// Ends of the chains of hours: enrolment, count, hash.
    pub heads: Vec<(EnrolmentId, i64, Digest)>,
    /// Ends of the chains of evidence: person, number, hash.
    pub evidence: Vec<(PersonId, i64, Digest)>,
    /// Public key that signed.
    pub key: [u8; 32],
    /// Signature of the root.
    pub signature: [u8; 64],
}

/// Why a root file proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RootFault {
    /// Not a root file.
    #[error("line {0} of the root file cannot be read")]
    Line(usize),
    /// Signed by nobody, or changed since.
    #[error("the signature of the root file does not fit what it says: the file was changed")]
    Signature,
}

impl DailyRoot {
    /// The digest that is signed.
    #[must_use]
    pub fn digest(&self) -> Digest {
        root(&self.heads, &self.evidence)
    }

    /// The file, one line a chain.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{TITLE}\nday {}\n", self.day);
        for (id, count, hash) in &self.heads {
            let _ = writeln!(text, "head {id} {count} {}", hex(hash));
        }
        for (id, count, hash) in &self.evidence {
            let _ = writeln!(text, "evidence {id} {count} {}", hex(hash));
        }
        let _ = write!(text, "root {}\nkey {}\nsignature {}\n", hex(&self.digest()), hex(&self.key), hex(&self.signature));
        text
    }

    /// Reads a file back and checks its signature.
    ///
    /// # Errors
    /// [`RootFault`].
    pub fn read(text: &str) -> Result<Self, RootFault> {
        let mut found = Self { day: String::new(), heads: Vec::new(), evidence: Vec::new(), key: [0; 32], signature: [0; 64] };
        let mut stated = None;
        for (number, line) in text.lines().enumerate() {
            found.line(line, &mut stated).filter(|()| number > 0 || line == TITLE).ok_or(RootFault::Line(number + 1))?;
        }
        let key = VerifyingKey::from_bytes(&found.key).map_err(|_| RootFault::Signature)?;
        let signed = key.verify(&found.digest(), &Signature::from_bytes(&found.signature)).is_ok();
        if signed && stated == Some(found.digest()) { Ok(found) } else { Err(RootFault::Signature) }
    }

    fn line(&mut self, line: &str, stated: &mut Option<Digest>) -> Option<()> {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["orienta", ..] if line == TITLE => {}
            ["day", day] => (*day).clone_into(&mut self.day),
            ["head", id, count, hash] => self.heads.push((EnrolmentId(Uuid::parse_str(id).ok()?), count.parse().ok()?, unhex(hash)?)),
            ["evidence", id, count, hash] => self.evidence.push((PersonId(Uuid::parse_str(id).ok()?), count.parse().ok()?, unhex(hash)?)),
            ["root", hash] => *stated = Some(unhex(hash)?),
            ["key", key] => self.key = unhex(key)?,
            ["signature", signature] => self.signature = unhex(signature)?,
            _ => return None,
        }
        Some(())
    }
}

impl Services {
    /// Signs and stores the root of a day, once, and writes its file.
    ///
    /// # Errors
    /// `Database`; `Internal` when the file cannot be written.
    pub async fn sign_daily_root(&self, day: &str) -> Outcome<()> {
        let signed = self.daily_root(day).await?;
        let (digest, now) = (signed.digest(), self.now());
        let file = self.write_root(&signed)?;
        let row = hours_root::Model {
            day: day.to_owned(),
            root: digest.to_vec(),
            heads: i64::try_from(signed.heads.len()).unwrap_or(i64::MAX),
            signature: signed.signature.to_vec(),
            public_key: signed.key.to_vec(),
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
            Err(failure) if failure.is_duplicate() => {
                // Another process signed this day a moment before: its file stands.
                let row = hours_root::Entity::find_by_id(signed.day.clone()).one(self.database.read()).await?;
                if row.is_some_and(|row| row.root != digest) {
                    drop(std::fs::remove_file(file));
                }
                Ok(())
            }
            other => other,
        }
    }

    async fn daily_root(&self, day: &str) -> Outcome<DailyRoot> {
        let read = self.database.read();
        let mut signed = DailyRoot {
            day: day.to_owned(),
            heads: Vec::new(),
            evidence: Vec::new(),
            key: self.ledger_key.verifying_key().to_bytes(),
            signature: [0; 64],
        };
        for row in hours_head::Entity::find().all(read).await? {
            signed.heads.push((EnrolmentId(row.enrolment_id), row.sequence, digest(&row.hash, "hours_head", "hash")?));
        }
        for row in person_counter::Entity::find().all(read).await? {
            let hash = digest(row.hash.as_deref().unwrap_or_default(), "person_counter", "hash")?;
            signed.evidence.push((PersonId(row.person_id), row.received_no, hash));
        }
        signed.heads.sort_unstable();
        signed.evidence.sort_unstable();
        signed.signature = self.ledger_key.sign(&signed.digest()).to_bytes();
        Ok(signed)
    }

    /// `roots/DAY.txt` in the data folder, whole or not at all.
    fn write_root(&self, signed: &DailyRoot) -> Outcome<PathBuf> {
        let fault = |error: std::io::Error| Failure::Internal(format!("the root of {}: {error}", signed.day));
        let folder = self.folder.join("roots");
        std::fs::create_dir_all(&folder).map_err(fault)?;
        let (part, file) = (folder.join(format!("{}.part", signed.day)), folder.join(format!("{}.txt", signed.day)));
        std::fs::write(&part, signed.text()).map_err(fault)?;
        std::fs::rename(&part, &file).map_err(fault)?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> DailyRoot {
        let key = SigningKey::from_bytes(&[7; 32]);
        let mut signed = DailyRoot {
            day: "2026-11-23".to_owned(),
            heads: vec![(EnrolmentId(Uuid::from_u128(1)), 4, [3; 32])],
            evidence: vec![(PersonId(Uuid::from_u128(2)), 9, [5; 32])],
            key: key.verifying_key().to_bytes(),
            signature: [0; 64],
        };
        signed.signature = key.sign(&signed.digest()).to_bytes();
        signed
    }

    #[test]
    fn the_file_reads_back() {
        assert_eq!(DailyRoot::read(&signed().text()), Ok(signed()));
    }

    #[test]
    fn a_changed_file_is_found() {
        let text = signed().text();
        assert_eq!(
            DailyRoot::read(&text.replace("head 00000000-0000-0000-0000-000000000001 4", "head 00000000-0000-0000-0000-000000000001 3")),
            Err(RootFault::Signature)
        );
        assert_eq!(DailyRoot::read(&text.replace("evidence", "evidenc")), Err(RootFault::Line(4)));
        assert_eq!(DailyRoot::read(&text.replacen("orienta", "other", 1)), Err(RootFault::Line(1)));
        assert_eq!(DailyRoot::read(""), Err(RootFault::Signature));
    }
}
