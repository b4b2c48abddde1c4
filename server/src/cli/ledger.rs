//! `orienta ledger` and `orienta audit`.

use super::{End, Place};
use crate::keys::hex;
use crate::persistence::entities::attempt_evidence::{self, Model as Attempt};
use crate::persistence::entities::{hours_entry, lesson_text, reading};
use crate::services::audit;
use crate::services::hours::dossier;
use crate::services::hours::dossier::sample::{Among, Sample};
use crate::services::hours::root::DailyRoot;
use crate::services::hours::verify::Finding;
use anyhow::{Context as _, anyhow};
use app::texts::Texts;
use clap::Subcommand;
use domain::curriculum::Language;
use domain::hours::credit::Credit;
use domain::ids::EnrolmentId;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

/// Verifies or shows the hours ledger.
#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Verify every chain, head and credit; exits 1 and names the first row that does not fit.
    Verify {
        #[command(flatten)]
        place: Place,
        /// A root file that was mailed or published (roots/DAY.txt): every chain must still hold what it says.
        #[arg(long)]
        root: Option<std::path::PathBuf>,
        /// A dossier instead of the database.
        #[arg(long, conflicts_with = "root")]
        dossier: Option<std::path::PathBuf>,
    },
    /// Report what other rules would give: the same evidence under a changed programme. Nothing is changed.
    Difference {
        /// The folder of the changed programme, with a new `rules.version`.
        programme: std::path::PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Write dossiers that can be checked without the database: of one enrolment, or of a repeatable random sample.
    Dossier {
        /// The folder to write into.
        folder: std::path::PathBuf,
        /// One enrolment.
        #[arg(long, required_unless_present = "sample")]
        enrolment: Option<Uuid>,
        /// How many are drawn.
        #[arg(long, requires = "seed")]
        sample: Option<usize>,
        /// Any words: the same ones draw the same enrolments.
        #[arg(long)]
        seed: Option<String>,
        /// From whom is drawn: `programme:ID` or `cohort:ID`; left out, from everybody.
        #[arg(long, requires = "sample", default_value = "")]
        from: String,
        #[command(flatten)]
        place: Place,
    },
    /// Print one entry with the text as it was seen, even if it was withdrawn since.
    Show {
        /// Id of the entry.
        entry: Uuid,
        #[command(flatten)]
        place: Place,
    },
}

/// Verifies the audit log.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Verify the chain of events; exits 1 and names the first that does not fit.
    Verify {
        #[command(flatten)]
        place: Place,
    },
}

impl Ledger {
    /// Runs the command.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn run(self) -> anyhow::Result<End> {
        match self {
            Self::Verify { dossier: Some(file), .. } => verify_dossier(&file),
            Self::Verify { place, root, dossier: None } => verify(&place, root.as_deref()).await,
            Self::Difference { programme, place } => difference(&place, &programme).await,
            Self::Dossier { folder, enrolment, sample, seed, from, place } => {
                let services = place.open_existing().await?;
                let chosen = match (enrolment, sample) {
                    (Some(id), _) => vec![EnrolmentId(id)],
                    (None, count) => {
                        let from = Among::parse(&from).context("--from takes programme:ID or cohort:ID")?;
                        services.sample(&Sample { seed: seed.unwrap_or_default(), count: count.unwrap_or_default(), from }).await?
                    }
                };
                std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
                for id in chosen {
                    let file = folder.join(format!("{id}.zip"));
                    std::fs::write(&file, services.dossier(id, Texts(Language::Es)).await?)
                        .with_context(|| format!("cannot write {}", file.display()))?;
                    println!("{}", file.display());
                }
                Ok(End::Done)
            }
            Self::Show { entry, place } => show(&place, entry).await,
        }
    }
}

async fn difference(place: &Place, folder: &std::path::Path) -> anyhow::Result<End> {
    let services = place.open_existing().await?;
    let packages = curriculum::load(folder).map_err(|mistakes| {
        anyhow!(
            "the programme has {} mistakes; the first: {}",
            mistakes.len(),
            mistakes.first().map(ToString::to_string).unwrap_or_default()
        )
    })?;
    let say = |credit: Option<Credit>| credit.map_or_else(|| "-,-".to_owned(), |c| format!("{},{}", c.confirmed.0, c.provisional.0));
    println!("enrolment,lesson,stretch,confirmed_now,provisional_now,confirmed_then,provisional_then");
    for package in packages {
        let other = std::sync::Arc::new(package.programme);
        for found in services.difference(&other).await? {
            let stretch = found.place.stretch.map_or_else(String::new, |s| s.to_string());
            println!("{},{},{stretch},{},{}", found.enrolment, found.place.lesson, say(found.now), say(found.then));
        }
    }
    Ok(End::Done)
}

fn verify_dossier(file: &std::path::Path) -> anyhow::Result<End> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    match dossier::check(&bytes) {
        Ok((dossier, key)) => {
            println!(
                "enrolment {}: {} entries, {} pieces of evidence, everything fits",
                dossier.enrolment,
                dossier.entries.len(),
                dossier.evidence.len()
            );
            println!("signed with the key {key}; compare it with a root file that was published (roots/DAY.txt)");
            Ok(End::Done)
        }
        Err(fault) => {
            println!("{fault}");
            Ok(End::Wrong)
        }
    }
}

/// A bar on a terminal, nothing elsewhere.
fn progress(done: usize, total: usize) {
    use std::io::IsTerminal as _;
    const WIDTH: usize = 40;
    let step = total / 1000 + 1;
    if (done.is_multiple_of(step) || done == total) && std::io::stderr().is_terminal() {
        let full = done * WIDTH / total.max(1);
        let end = if done == total { "\n" } else { "" };
        eprint!("\r[{}{}] {done} of {total} chains{end}", "#".repeat(full), ".".repeat(WIDTH - full));
    }
}

async fn verify(place: &Place, root: Option<&std::path::Path>) -> anyhow::Result<End> {
    let services = place.open_existing().await?;
    let published = root
        .map(|file| {
            let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            DailyRoot::read(&text).map_err(anyhow::Error::from)
        })
        .transpose()?;
    let mut report = services.verify_ledger_telling(progress).await?;
    if let Some(published) = &published {
        if published.key != services.ledger_key.verifying_key().to_bytes() {
            println!("the root file was signed with another key than that of this installation");
        }
        report.findings.extend(services.compare_root(published).await?);
    }
    println!("{} chains, {} entries", report.chains, report.entries);
    for finding in &report.findings {
        match finding {
            Finding::Chain { enrolment, broken } => println!("enrolment {enrolment}, entry {}: {:?}", broken.sequence, broken.what),
            Finding::Root { day, what } => println!("the root of {day} knows another state of {what}"),
            Finding::Evidence { person, broken } => println!("person {person}, evidence {}: {:?}", broken.received_no, broken.what),
            Finding::Rests { enrolment, sequence } => {
                println!("enrolment {enrolment}, entry {sequence}: the evidence that it names is not there");
            }
            Finding::Reason { enrolment, row } => {
                println!("enrolment {enrolment}, reason {row}: the text is not the one that was recorded")
            }
            Finding::Credit { enrolment, sequence, place, posted, evidence } => {
                let stretch = place.stretch.map_or_else(String::new, |s| format!(", stretch {s}"));
                println!(
                    "enrolment {enrolment}, entry {sequence}: lesson {}{stretch} has {posted} s posted, the evidence gives {evidence} s",
                    place.lesson
                );
            }
        }
    }
    if report.findings.is_empty() {
        println!("everything fits. Against someone who rewrites the whole database only the published daily roots help.");
        return Ok(End::Done);
    }
    Ok(End::Wrong)
}

async fn show(place: &Place, id: Uuid) -> anyhow::Result<End> {
    let services = place.open_existing().await?;
    let read = services.database.read();
    let row = hours_entry::Entity::find_by_id(id).one(read).await?.ok_or_else(|| anyhow!("there is no entry {id}"))?;
    println!("entry {} of enrolment {}, sequence {}", row.id, row.enrolment_id, row.sequence);
    println!(
        "lesson {}, stretch {:?}, {} {}, {} s, rules {}",
        row.lesson_id, row.stretch, row.kind, row.status, row.seconds, row.rule_version
    );
    println!("recorded at {} by {:?}, hash {}", row.recorded_at, row.recorded_by, hex(&row.hash));
    if let Some(attempt) =
        attempt_evidence::Entity::find().filter(attempt_evidence::Column::Hash.eq(row.evidence.clone())).one(read).await?
    {
        let Attempt { evaluation_id, attempt_id, started_at, ended_at, witnessed, .. } = attempt;
        println!(
            "written for attempt {attempt_id} of evaluation {evaluation_id}, from {started_at} to {ended_at}; seen at it at {witnessed}"
        );
    }
    if row.kind == "attempt" {
        return Ok(End::Done);
    }
    let seen = reading::Entity::find()
        .filter(reading::Column::EnrolmentId.eq(row.enrolment_id))
        .filter(reading::Column::LessonId.eq(&row.lesson_id))
        .filter(reading::Column::OpenedAt.lte(row.recorded_at))
        .all(read)
        .await?;
    let newest = seen.iter().max_by_key(|r| r.opened_at);
    let Some(newest) = newest else {
        println!("no reading stands behind this entry (a session in person)");
        return Ok(End::Done);
    };
    let text = lesson_text::Entity::find_by_id(&newest.revision).one(read).await?.context("the text that was seen is missing")?;
    println!("text as seen, revision {}, language {}:\n", text.revision, text.language);
    print!("{}", text.source);
    Ok(End::Done)
}

impl Audit {
    /// Runs the command.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn run(self) -> anyhow::Result<End> {
        let Self::Verify { place } = self;
        match audit::verify(place.open_existing().await?.database.read()).await? {
            Ok(count) => {
                println!("{count} events, everything fits");
                Ok(End::Done)
            }
            Err(sequence) => {
                println!("event {sequence} does not fit");
                Ok(End::Wrong)
            }
        }
    }
}
