//! `orienta questions`: the question bank in the formats of other systems.

use super::{End, Place};
use anyhow::{Context as _, anyhow, bail};
use clap::{Subcommand, ValueEnum};
use curriculum::exchange::bank::{Target, give, take, yaml};
use curriculum::exchange::{self, Report};
use domain::curriculum::Language;
use domain::ids::ModuleId;
use std::path::{Path, PathBuf};

/// Largest file that is read, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// Exchanges questions with other systems.
#[derive(Debug, Subcommand)]
pub enum Questions {
    /// Print a file's questions in the form of a bank file (questions/*.yaml); what is not carried over is named on standard error.
    Import {
        /// Format of the file.
        #[arg(long)]
        format: Format,
        /// The file.
        file: PathBuf,
        /// The module that they are for: its id begins theirs.
        #[arg(long)]
        module: String,
        /// The objective that they test; without it the module's first.
        #[arg(long)]
        objective: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Print the bank of a module as a file of another system.
    Export {
        /// Format to write.
        #[arg(long)]
        format: Format,
        /// Whose bank.
        #[arg(long)]
        module: String,
        /// In which language: es or en.
        #[arg(long, default_value = "es")]
        language: String,
        #[command(flatten)]
        place: Place,
    },
    /// Print what the parser understood, as a JSON array in file order.
    Dump {
        /// Format of the file.
        #[arg(long)]
        format: Format,
        /// The file.
        file: PathBuf,
    },
}

/// A format of another system.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// Moodle's text format.
    Gift,
    /// Moodle's XML.
    MoodleXml,
    /// Plain single-choice questions.
    Aiken,
    /// IMS QTI 2.1 and 2.2.
    Qti,
}

impl From<Format> for exchange::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Gift => Self::Gift,
            Format::MoodleXml => Self::MoodleXml,
            Format::Aiken => Self::Aiken,
            Format::Qti => Self::Qti,
        }
    }
}

impl Questions {
    /// Runs the command.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn run(self) -> anyhow::Result<End> {
        match self {
            Self::Dump { format, file } => {
                let (items, report) = exchange::read(format.into(), &text(&file)?);
                tell(&report);
                println!("{}", exchange::dump(&items));
                Ok(End::Done)
            }
            Self::Import { format, file, module, objective, place } => import(format, &file, &module, objective, &place).await,
            Self::Export { format, module, language, place } => export(format, &module, &language, &place).await,
        }
    }
}

fn text(file: &Path) -> anyhow::Result<String> {
    let size = std::fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?.len();
    if size > LARGEST {
        bail!("{} is larger than {} MB; split it", file.display(), LARGEST / 1024 / 1024);
    }
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    String::from_utf8(bytes)
        .map_err(|error| anyhow!("{} is not UTF-8 from byte {} on; save it as UTF-8", file.display(), error.utf8_error().valid_up_to()))
}

fn tell(report: &Report) {
    for line in report.lines(Language::En) {
        eprintln!("{line}");
    }
}

async fn import(format: Format, file: &Path, module: &str, objective: Option<String>, place: &Place) -> anyhow::Result<End> {
    let source = text(file)?;
    let services = place.open_existing().await?;
    let id = ModuleId::from(module);
    let programmes = services.catalogue.programmes();
    let known =
        programmes.iter().flat_map(|(_, p)| &p.modules).find(|m| m.id == id).with_context(|| format!("there is no module {module}"))?;
    let objective = match objective {
        Some(name) => known.objectives.iter().find(|o| o.id.0 == name).with_context(|| format!("{module} has no objective {name}"))?,
        None => known.objectives.first().with_context(|| format!("{module} has no objective"))?,
    };
    let bank = services.catalogue.bank(&id);
    let target = Target {
        objective: objective.id.clone(),
        prefix: format!("{module}-"),
        taken: bank.iter().map(|b| b.question.id.0.clone()).collect(),
    };
    let (items, mut report) = exchange::read(format.into(), &source);
    let (questions, left) = take(&items, &target);
    report.notes.extend(left.notes);
    tell(&report);
    eprintln!("{} questions taken over, {} remarks", questions.len(), report.notes.len());
    print!("{}", yaml(&questions).context("the questions cannot be written as YAML")?);
    Ok(End::Done)
}

async fn export(format: Format, module: &str, language: &str, place: &Place) -> anyhow::Result<End> {
    let language = Language::from_code(language).with_context(|| format!("--language must be es or en, not {language}"))?;
    let services = place.open_existing().await?;
    let bank = services.catalogue.bank(&ModuleId::from(module));
    if bank.is_empty() {
        bail!("module {module} has no questions");
    }
    let questions: Vec<_> = bank.iter().map(|b| b.question.clone()).collect();
    let (items, mut report) = give(&questions, language);
    let (written, left) = exchange::write(format.into(), &items);
    report.notes.extend(left.notes);
    tell(&report);
    print!("{written}");
    Ok(End::Done)
}
