//! The curriculum: reads programmes written as Markdown and YAML (README.md), tells every mistake in them, and renders
//! lessons as safe HTML.
//!
//! - [`load`] and [`embedded`] give [`Package`]s, or the mistakes that keep them from being understood.
//! - [`check`] tells those and every breach of the rules of content, in one run.
//! - [`authoring`] takes one question or case out of a file, and puts it back.
//! - [`exchange`] reads and writes questions in the formats of other systems.
//! - [`render::lesson`] turns a lesson's source into HTML that may stand in a page as it is.
//!
//! Must not know of databases, people or the clock.

mod assemble;
pub mod authoring;
mod check;
pub mod composition;
pub mod exchange;
mod files;
pub mod lesson;
pub mod mistake;
pub mod package;
mod read;
pub mod readability;
pub mod render;
pub mod source;
pub mod yaml;

pub use check::{Report, ScenarioFault, scenario_faults};
pub use composition::{Composition, PartComposition};
pub use mistake::{Mistake, MistakeKind};
pub use package::{Aliases, Languages, LessonNotes, LessonText, Outcome, Package, Scenario, ScenarioChoice, ScenarioNode, Term};
pub use render::{CheckpointTexts, RenderedLesson, RenderedPart};
pub use source::{Embedded, Folder, Source, Texts};

use std::path::Path;

/// Loads one programme's folder, or every programme in a folder of programmes.
///
/// # Errors
/// Every mistake that keeps a programme from being understood; [`check`] tells more.
pub fn load(path: &Path) -> Result<Vec<Package>, Vec<Mistake>> {
    let (folder, programme) = open(path);
    load_programmes(&folder, programme.as_deref())
}

/// Loads the programmes that are part of the binary.
///
/// # Errors
/// As [`load`].
pub fn embedded() -> Result<Vec<Package>, Vec<Mistake>> {
    load_from(&Embedded)
}

/// SHA-256 of all that [`embedded`] is made of, in hexadecimal.
#[must_use]
pub fn embedded_digest() -> String {
    Embedded.digest()
}

/// Loads every programme of a source.
///
/// # Errors
/// As [`load`].
pub fn load_from(source: &dyn Source) -> Result<Vec<Package>, Vec<Mistake>> {
    load_programmes(source, None)
}

/// Checks one programme's folder, or every programme in a folder of programmes.
#[must_use]
pub fn check(path: &Path) -> Report {
    let (folder, programme) = open(path);
    check::report(&folder, &folders(&folder, programme.as_deref()))
}

/// Checks every programme of a source.
#[must_use]
pub fn check_from(source: &dyn Source) -> Report {
    check::report(source, &folders(source, None))
}

/// A programme's folder is opened from the folder around it, where the programmes lie whose modules it may reuse.
fn open(path: &Path) -> (Folder, Option<String>) {
    if !path.join("programme.yaml").is_file() {
        return (Folder::new(path), None);
    }
    let whole = if path.file_name().is_some() { path.to_owned() } else { path.canonicalize().unwrap_or_else(|_| path.to_owned()) };
    match (whole.parent(), whole.file_name()) {
        (Some(parent), Some(name)) => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            (Folder::new(parent), Some(name.to_string_lossy().into_owned()))
        }
        _ => (Folder::new(path), None),
    }
}

fn folders(source: &dyn Source, programme: Option<&str>) -> Vec<String> {
    match programme {
        Some(folder) => vec![folder.to_owned()],
        None => source::programmes(&source.files("")),
    }
}

fn load_programmes(source: &dyn Source, programme: Option<&str>) -> Result<Vec<Package>, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut packages = Vec::new();
    let folders = folders(source, programme);
    if folders.is_empty() {
        mistakes.push(Mistake::new("", 1, MistakeKind::NoProgramme));
    }
    for folder in folders {
        if let Some(text) = read::programme(source, &folder, &mut mistakes) {
            let paths: Vec<String> = text.modules.iter().flat_map(|m| m.media.keys().cloned()).collect();
            let media = paths.into_iter().filter_map(|path| Some((path.clone(), source.bytes(&path)?))).collect();
            packages.push(Package { media, ..assemble::package(text) });
        }
    }
    let mistakes = check::settled(source, mistakes);
    if mistakes.is_empty() { Ok(packages) } else { Err(mistakes) }
}
