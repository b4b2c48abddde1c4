//! The files of a dossier, their digests, the signature over them.

use super::{Dossier, FORM, Manifest};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::keys::hex;
use ed25519_dalek::Signer as _;
use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The signed ZIP file of a dossier.
pub(super) fn pack(dossier: &Dossier, summary: &documents::Dossier, signer: &ed25519_dalek::SigningKey) -> Outcome<Vec<u8>> {
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
    zipped(&files)
}

/// A ZIP file of these files.
pub(super) fn zipped(files: &BTreeMap<String, Vec<u8>>) -> Outcome<Vec<u8>> {
    let fault = |error: &dyn std::fmt::Display| Failure::Internal(error.to_string());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
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
