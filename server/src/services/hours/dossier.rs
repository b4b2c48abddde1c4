//! The dossier of one trainee's hours: everything that an auditor needs to check her chains without the database.

use super::evidence::{Counter, links};
use super::page::lesson_name;
use super::verify::{entries, stored_head};
use crate::clock::{local, zone};
use crate::failure::{Failure, Outcome};
use crate::keys::{self, hex, unhex};
use crate::persistence::query;
use crate::services::audit::Event;
use crate::services::people::kind_label;
use crate::services::{Acting, Services};
use app::format;
use app::texts::Texts;
use documents::DossierEntry;
use domain::access::{Action, Resource};
use domain::curriculum::{Language, Programme};
use domain::hours::evidence::{self, BrokenEvidence, Link};
use domain::hours::ledger::{Broken, Digest, Entry, EntryStatus, Head, verify};
use domain::ids::{EnrolmentId, PersonId};
use domain::time::{Instant, Seconds};
use ed25519_dalek::{Signature, Signer as _, Verifier as _, VerifyingKey};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The form of the dossier.
const FORM: &str = "orienta dossier 1";
/// Largest file inside that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What a machine checks: `dossier.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dossier {
    /// [`FORM`].
    pub form: String,
    /// When it was made.
    pub made_at: Instant,
    /// Whose hours.
    pub enrolment: EnrolmentId,
    /// Whose evidence, over all her enrolments.
    pub person: PersonId,
    /// Programme, rules and minutes that she is held to.
    pub programme: Programme,
    /// The chain of hours.
    pub entries: Vec<Entry>,
    /// Its stored head.
    pub head: Head,
    /// The chain of evidence.
    pub evidence: Vec<Link>,
    /// Its stored counter and hash.
    pub counter: (i64, Digest),
}

/// `manifest.json`: the digest of every other file, signed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Manifest {
    form: String,
    files: BTreeMap<String, String>,
    key: String,
    signature: String,
}

impl Manifest {
    /// The text that is signed: the form, then a line a file.
    fn signed(files: &BTreeMap<String, String>) -> String {
        let lines: String = files.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect();
        format!("{FORM}\n{lines}")
    }
}

/// What a dossier holds that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DossierFault {
    /// Not a dossier.
    #[error("this is not a dossier of Orienta: {0}")]
    Unreadable(String),
    /// A file was changed, added or taken away after it was made.
    #[error("{0} is not as it was when the dossier was made")]
    File(String),
    /// The manifest was not signed by the key that it names.
    #[error("the manifest was changed: its signature does not fit")]
    Signature,
    /// The chain of hours is broken.
    #[error("hours, entry {}: {:?}", .0.sequence, .0.what)]
    Hours(Broken),
    /// The chain of evidence is broken.
    #[error("evidence, number {}: {:?}", .0.received_no, .0.what)]
    Evidence(BrokenEvidence),
    /// An entry names evidence that is not in the dossier.
    #[error("hours, entry {0}: the evidence that it names is not there")]
    Rests(i64),
}

impl Dossier {
    /// Checks both chains and that every entry rests on the evidence.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(&self) -> Result<(), DossierFault> {
        verify(self.enrolment, &self.entries).and_then(|head| head.check_stored(self.head)).map_err(DossierFault::Hours)?;
        let hashes = evidence::verify(self.person, &self.evidence, self.counter).map_err(DossierFault::Evidence)?;
        evidence::rests(&self.entries, &hashes).map_err(DossierFault::Rests)
    }
}

/// Opens a dossier and checks its files, its signature and its chains; answers it with the key that signed.
///
/// # Errors
/// [`DossierFault`].
pub fn check(bytes: &[u8]) -> Result<(Dossier, String), DossierFault> {
    let unreadable = |what: &dyn std::fmt::Display| DossierFault::Unreadable(what.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| unreadable(&e))?;
    let mut files = BTreeMap::new();
    for position in 0..archive.len() {
        let file = archive.by_index(position).map_err(|e| unreadable(&e))?;
        let name = file.name().map_err(|e| unreadable(&e))?.into_owned();
        let mut content = Vec::new();
        file.take(LARGEST).read_to_end(&mut content).map_err(|e| unreadable(&e))?;
        files.insert(name, content);
    }
    let manifest = files.remove("manifest.json").ok_or_else(|| unreadable(&"it has no manifest.json"))?;
    let manifest: Manifest = serde_json::from_slice(&manifest).map_err(|e| unreadable(&e))?;
    let key = unhex::<32>(&manifest.key).and_then(|key| VerifyingKey::from_bytes(&key).ok()).ok_or(DossierFault::Signature)?;
    let signature = unhex::<64>(&manifest.signature).ok_or(DossierFault::Signature)?;
    let text = Manifest::signed(&manifest.files);
    key.verify(text.as_bytes(), &Signature::from_bytes(&signature)).map_err(|_| DossierFault::Signature)?;
    for name in manifest.files.keys().chain(files.keys()) {
        let found = files.get(name).map(|content| hex(&keys::digest(content)));
        if found.as_ref() != manifest.files.get(name) {
            return Err(DossierFault::File(name.clone()));
        }
    }
    let dossier = files.get("dossier.json").ok_or_else(|| unreadable(&"it has no dossier.json"))?;
    let dossier: Dossier = serde_json::from_slice(dossier).map_err(|e| unreadable(&e))?;
    dossier.check()?;
    Ok((dossier, manifest.key))
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

impl Services {
    /// A repeatable random sample of enrolments: the same seed and the same enrolments give the same ones, whoever asks.
    ///
    /// # Errors
    /// `Database`.
    pub async fn sample(&self, seed: &str, count: usize) -> Outcome<Vec<EnrolmentId>> {
        let rows: Vec<Id> = query::all(self.database.read(), "SELECT id FROM enrolment", vec![]).await?;
        let mut drawn: Vec<_> = rows.into_iter().map(|row| (keys::digest(format!("{seed}/{}", row.id).as_bytes()), row.id)).collect();
        drawn.sort_unstable();
        Ok(drawn.into_iter().take(count).map(|(_, id)| EnrolmentId(id)).collect())
    }

    /// The dossier of an enrolment as a ZIP file: summary as PDF, entries as CSV, everything as JSON, signed digests.
    ///
    /// # Errors
    /// `NotFound`; `Database`; `Internal` when it cannot be written.
    pub async fn dossier(&self, id: EnrolmentId, t: Texts) -> Outcome<Vec<u8>> {
        let read = self.database.read();
        let enrolment = self.enrolment(read, id).await?;
        let record = self.record(read, &enrolment).await?;
        let counter = Counter::read(read, enrolment.person).await?;
        let dossier = Dossier {
            form: FORM.to_owned(),
            made_at: self.now(),
            enrolment: id,
            person: enrolment.person,
            programme: (*enrolment.programme).clone(),
            entries: entries(read, id).await?,
            head: stored_head(read, id).await?,
            evidence: links(read, enrolment.person).await?,
            counter: (counter.received_no, counter.hash),
        };
        let progress = record.progress(&enrolment.programme);
        let summary = documents::Dossier {
            name: enrolment.name.clone(),
            document: format!("{} {}", kind_label(&enrolment.document.0), enrolment.document.1),
            programme: enrolment.programme.title.get(t.language()).to_owned(),
            cohort: enrolment.cohort_title.clone(),
            made: format::date(t, enrolment.today(self.now())),
            required: format::duration(progress.required),
            confirmed: format::duration(progress.confirmed),
            provisional: format::duration(progress.provisional),
            measured: format::duration(Seconds(record.attributed / 1000)),
            head: hex(&dossier.head.hash),
            evidence: hex(&dossier.counter.1),
            pieces: dossier.counter.0,
            entries: dossier.entries.iter().map(|entry| line(&enrolment.programme, entry, t)).collect(),
            language: match t.language() {
                Language::Es => documents::Language::Es,
                Language::En => documents::Language::En,
            },
        };
        let signer = self.ledger_key.clone();
        let packed = tokio::task::spawn_blocking(move || pack(&dossier, &summary, &signer)).await;
        packed.map_err(|e| Failure::Internal(e.to_string()))?
    }
}

impl Acting<'_> {
    /// The dossier for an auditor; taking it away is an event.
    ///
    /// # Errors
    /// `Forbidden`; as [`Services::dossier`].
    pub async fn take_dossier(&self, id: EnrolmentId, t: Texts) -> Outcome<Vec<u8>> {
        self.may(Action::Audit, &Resource::List)?;
        let packed = self.services.dossier(id, t).await?;
        self.note(Event::new("dossier.take", format!("enrolment/{id}"), serde_json::json!({}))).await?;
        Ok(packed)
    }
}

fn line(programme: &Programme, entry: &Entry, t: Texts) -> DossierEntry {
    let zone = zone(&programme.time_zone);
    let seconds = entry.draft.seconds.0;
    let sign = if seconds < 0 { "−" } else { "" };
    DossierEntry {
        number: entry.sequence,
        lesson: lesson_name(programme, entry.draft.lesson.as_str(), t),
        kind: match entry.draft.status {
            EntryStatus::Confirmed => t.totals_confirmed().to_owned(),
            EntryStatus::Provisional => t.totals_provisional().to_owned(),
        },
        time: format!("{sign}{}", format::duration(Seconds(seconds.abs()))),
        day: local(entry.draft.recorded_at, zone).format("%d/%m/%Y %H:%M").to_string(),
        hash: hex(entry.hash.get(..4).unwrap_or_default()),
    }
}

fn pack(dossier: &Dossier, summary: &documents::Dossier, signer: &ed25519_dalek::SigningKey) -> Outcome<Vec<u8>> {
    let fault = |error: &dyn std::fmt::Display| Failure::Internal(error.to_string());
    let mut files = BTreeMap::new();
    files.insert("dossier.json".to_owned(), serde_json::to_vec_pretty(dossier).map_err(|e| fault(&e))?);
    files.insert("rules.json".to_owned(), serde_json::to_vec_pretty(&dossier.programme.rules).map_err(|e| fault(&e))?);
    files.insert("entries.csv".to_owned(), table(dossier)?);
    files.insert("summary.pdf".to_owned(), documents::dossier(summary).map_err(|e| fault(&e))?);
    let digests: BTreeMap<String, String> = files.iter().map(|(name, content)| (name.clone(), hex(&keys::digest(content)))).collect();
    let manifest = Manifest {
        form: FORM.to_owned(),
        key: hex(&signer.verifying_key().to_bytes()),
        signature: hex(&signer.sign(Manifest::signed(&digests).as_bytes()).to_bytes()),
        files: digests,
    };
    files.insert("manifest.json".to_owned(), serde_json::to_vec_pretty(&manifest).map_err(|e| fault(&e))?);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in &files {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).map_err(|e| fault(&e))?;
        archive.write_all(content).map_err(|e| fault(&e))?;
    }
    Ok(archive.finish().map_err(|e| fault(&e))?.into_inner())
}

/// The chain of hours as a table, hashes in hexadecimal.
fn table(dossier: &Dossier) -> Outcome<Vec<u8>> {
    let fault = |error: csv::Error| Failure::Internal(error.to_string());
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer
        .write_record(["sequence", "lesson", "stretch", "kind", "status", "seconds", "rule_version", "recorded_at_ms", "evidence", "hash"])
        .map_err(fault)?;
    for entry in &dossier.entries {
        let draft = &entry.draft;
        let row = [
            entry.sequence.to_string(),
            draft.lesson.0.clone(),
            draft.stretch.map_or_else(String::new, |s| s.to_string()),
            format!("{:?}", draft.kind).to_lowercase(),
            format!("{:?}", draft.status).to_lowercase(),
            draft.seconds.0.to_string(),
            draft.rule_version.to_string(),
            draft.recorded_at.0.to_string(),
            hex(&draft.evidence),
            hex(&entry.hash),
        ];
        writer.write_record(row).map_err(fault)?;
    }
    writer.into_inner().map_err(|error| Failure::Internal(error.to_string()))
}
