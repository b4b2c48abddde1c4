//! `orienta curriculum`.

use super::{End, Place};
use crate::services::Services;
use anyhow::{Context as _, bail};
use clap::Subcommand;
use std::path::PathBuf;

/// Checks, loads or exports a curriculum.
#[derive(Debug, Subcommand)]
pub enum Curriculum {
    /// Report every mistake of a programme, or of a folder of programmes, with file, line and remedy.
    Check {
        /// Folder of one programme or of all.
        path: PathBuf,
        /// Print the report, with how each lesson's minutes are made up, as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write what is current as files, in the format that `load` reads: byte for byte what was loaded.
    Export {
        /// A folder that is not there yet, or is empty.
        path: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Load a programme, or a folder of programmes, and make it current.
    Load {
        /// Folder of one programme or of all.
        path: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

impl Curriculum {
    /// Runs the command.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn run(self) -> anyhow::Result<End> {
        match self {
            Self::Check { path, json } => {
                let report = ::curriculum::check(&path);
                if json {
                    println!("{}", serde_json::to_string_pretty(&report)?);
                } else {
                    print!("{report}");
                }
                Ok(if report.is_clean() { End::Done } else { End::Wrong })
            }
            Self::Export { path, place } => {
                if std::fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_some()) {
                    bail!("{} is not empty; export into a new folder", path.display());
                }
                let services = place.open_existing().await?;
                let texts = services.curriculum_files().await?.into_iter().map(|(name, text)| (name, text.into_bytes()));
                let files: Vec<(String, Vec<u8>)> = texts.chain(services.curriculum_media().await?).collect();
                for (name, bytes) in &files {
                    if !name.split('/').all(|piece| !matches!(piece, "" | "." | "..")) {
                        bail!("{name} is no path inside a folder");
                    }
                    let file = path.join(name);
                    if let Some(folder) = file.parent() {
                        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
                    }
                    std::fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
                }
                println!("wrote {} files", files.len());
                Ok(End::Done)
            }
            Self::Load { path, place } => {
                let packages = match ::curriculum::load(&path) {
                    Ok(packages) => packages,
                    Err(mistakes) => {
                        for mistake in &mistakes {
                            eprintln!("{mistake}");
                        }
                        eprintln!("orienta: nothing was loaded; the content in the database stays as it was");
                        return Ok(End::Wrong);
                    }
                };
                let loaded = place.open(None).await?.load_curriculum(packages).await?;
                println!("published {}, kept {}", loaded.published, loaded.kept);
                Ok(End::Done)
            }
        }
    }
}

/// Loads the curriculum that the program carries, unless this very one was loaded last.
///
/// # Errors
/// When the embedded content has a mistake, which its own test excludes.
pub async fn load_embedded(services: &Services) -> anyhow::Result<()> {
    let digest = ::curriculum::embedded_digest();
    if services.loaded_embedded().await?.as_deref() == Some(&digest) {
        return Ok(());
    }
    match ::curriculum::embedded() {
        Ok(packages) => {
            services.load_curriculum(packages).await?;
            services.note_embedded(digest).await?;
            Ok(())
        }
        Err(mistakes) => bail!(
            "the embedded curriculum has {} mistakes; the first: {}",
            mistakes.len(),
            mistakes.first().map(ToString::to_string).unwrap_or_default()
        ),
    }
}
