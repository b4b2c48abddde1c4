//! The dossier of one trainee's hours: everything that an auditor needs to check her chains and her credit without the
//! database.

mod pack;
pub mod sample;

use self::pack::pack;
use super::evidence::Counter;
use super::page::lesson_name;
use super::verify::{entries, stored_head};
use crate::clock::{local, zone};
use crate::failure::{Failure, Outcome};
use crate::keys::{self, hex, unhex};
use crate::services::audit::Event;
use crate::services::enrolment::Enrolment;
use crate::services::people::kind_label;
use crate::services::{Acting, Services};
use app::format;
use app::texts::Texts;
use documents::DossierEntry;
use domain::access::{Action, Resource};
use domain::curriculum::{Language, Programme};
use domain::hours::attribution::attribute;
use domain::hours::evidence::{self, BrokenEvidence, Link};
use domain::hours::ledger::{Broken, Digest, Entry, EntryStatus, Head, verify};
use domain::hours::reckoning::{self, AgendaItem, Differs, Unreadable};
use domain::ids::{EnrolmentId, PersonId};
use domain::time::{Instant, Seconds};
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// The form of the dossier.
const FORM: &str = "orienta dossier 2";
/// How often a dossier is read anew when something was written while it was read.
const READINGS: usize = 3;
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
    /// The agendas of her sessions: presence is credited item by item.
    pub agenda: Vec<AgendaItem>,
    /// What her other enrolments are held to, because every second counts once over all of them.
    pub others: BTreeMap<EnrolmentId, Programme>,
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
    /// A piece of evidence that cannot be understood.
    #[error(transparent)]
    Unclear(Unreadable),
    /// What is credited does not follow from the evidence: the first place of which that is so.
    #[error(
        "hours, lesson {}{}: {} s are credited (last entry {}), the evidence in the dossier gives {} s",
        .0.place.lesson, .0.place.stretch.map_or_else(String::new, |s| format!(", stretch {s}")), .0.posted, .0.sequence, .0.evidence
    )]
    Credit(Differs),
}

impl Dossier {
    /// Checks both chains, that every entry rests on the evidence, and that every credit and adjustment follows from it.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(&self) -> Result<(), DossierFault> {
        verify(self.enrolment, &self.entries).and_then(|head| head.check_stored(self.head)).map_err(DossierFault::Hours)?;
        let hashes = evidence::verify(self.person, &self.evidence, self.counter).map_err(DossierFault::Evidence)?;
        evidence::rests(&self.entries, &hashes).map_err(DossierFault::Rests)?;
        self.differing()?.into_iter().next().map_or(Ok(()), |first| Err(DossierFault::Credit(first)))
    }

    /// Computes every credit anew from the evidence, as posting does, and compares.
    fn differing(&self) -> Result<Vec<Differs>, DossierFault> {
        let mut held: BTreeMap<EnrolmentId, &Programme> = self.others.iter().map(|(id, programme)| (*id, programme)).collect();
        held.insert(self.enrolment, &self.programme);
        let read = |outcome: &str| serde_json::from_str(outcome).ok();
        let evidence = reckoning::evidence(&self.evidence, &self.agenda, &held, read).map_err(DossierFault::Unclear)?;
        let attribution = attribute(&evidence, &reckoning::capacities(&held));
        let passed = reckoning::passed(&self.evidence, self.enrolment);
        let credits = reckoning::credits(&attribution, self.enrolment, &self.programme, &passed);
        let granted = reckoning::granted(&self.evidence, self.enrolment);
        Ok(reckoning::compare(&self.entries, &credits, &granted, &self.programme))
    }
}

/// Opens a dossier and checks its files, its signature, its chains and its credit; answers it with the key that signed.
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

impl Services {
    /// What a dossier holds, as it stands now: also when it does not fit, because that is what an auditor has to see.
    async fn read_dossier(&self, enrolment: &Enrolment) -> Outcome<Dossier> {
        let read = self.database.read();
        let counter = Counter::read(read, enrolment.person).await?;
        let reckoning = self.reckon(read, enrolment.person).await?;
        let others = reckoning.programmes.iter().filter(|(id, _)| **id != enrolment.id);
        Ok(Dossier {
            form: FORM.to_owned(),
            made_at: self.now(),
            enrolment: enrolment.id,
            person: enrolment.person,
            programme: (*enrolment.programme).clone(),
            others: others.map(|(id, programme)| (*id, (**programme).clone())).collect(),
            entries: entries(read, enrolment.id).await?,
            head: stored_head(read, enrolment.id).await?,
            evidence: reckoning.basis.links,
            agenda: reckoning.basis.agenda,
            counter: (counter.received_no, counter.hash),
        })
    }

    /// The dossier of an enrolment as a ZIP file: summary as PDF, entries as CSV, everything as JSON, signed digests.
    ///
    /// # Errors
    /// `NotFound`; `Database`; `Internal` when it cannot be written.
    pub async fn dossier(&self, id: EnrolmentId, t: Texts) -> Outcome<Vec<u8>> {
        let read = self.database.read();
        let enrolment = self.enrolment(read, id).await?;
        let record = self.record(read, &enrolment).await?;
        let mut dossier = self.read_dossier(&enrolment).await?;
        for _ in 1..READINGS {
            if dossier.check().is_ok() {
                break;
            }
            dossier = self.read_dossier(&enrolment).await?;
        }
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
