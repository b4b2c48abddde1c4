//! `orienta people`. A PIN or password never stands on the command line: it is read from standard input.

use super::{End, Place};
use crate::failure::Failure;
use crate::services::people::{NewPerson, password_fits};
use crate::services::sign_in::document_kind;
use crate::services::staff::cohorts::NewCohort;
use anyhow::{Context as _, anyhow, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use domain::access::Role;
use domain::identity::document::Document;
use domain::identity::name::{NamePart, PersonName};
use domain::identity::secret::check_pin;
use domain::ids::{CohortId, PersonId};
use std::io::BufRead as _;

/// Adds people, cohorts and enrolments.
#[derive(Debug, Subcommand)]
pub enum People {
    /// Add a person with a role; prints her or his id.
    Add(Box<Add>),
    /// Make a cohort; prints its id.
    Cohort(Box<Cohort>),
    /// Enrol a person in a cohort; prints the enrolment's id.
    Enrol {
        /// Id of the person.
        #[arg(long)]
        person: PersonId,
        /// Id of the cohort.
        #[arg(long)]
        cohort: CohortId,
        #[command(flatten)]
        place: Place,
    },
    /// Make a one-time sign-in code for a person (15 minutes).
    Code {
        /// Id of the person.
        #[arg(long)]
        person: PersonId,
        #[command(flatten)]
        place: Place,
    },
}

/// A person to be added.
#[derive(Debug, Args)]
pub struct Add {
    /// Given names.
    #[arg(long)]
    given_names: String,
    /// First surname (of the father).
    #[arg(long)]
    paternal_surname: Option<String>,
    /// Second surname (of the mother).
    #[arg(long)]
    maternal_surname: Option<String>,
    /// dni, ce, ptp or passport.
    #[arg(long, default_value = "dni")]
    kind: String,
    /// Number of the document.
    #[arg(long)]
    number: String,
    /// Birth date, YYYY-MM-DD.
    #[arg(long)]
    birth_date: Option<NaiveDate>,
    /// trainee, judge, staff, auditor or admin; repeat for several.
    #[arg(long, required = true)]
    role: Vec<String>,
    /// Judicial district that limits the roles; everywhere without it.
    #[arg(long)]
    district: Option<String>,
    /// Read a PIN or password (a line) from standard input.
    #[arg(long)]
    secret_stdin: bool,
    #[command(flatten)]
    place: Place,
}

/// A cohort to be made.
#[derive(Debug, Args)]
pub struct Cohort {
    /// Id of the programme.
    #[arg(long)]
    programme: String,
    /// Title.
    #[arg(long)]
    title: String,
    /// Judicial district.
    #[arg(long)]
    district: String,
    /// Place.
    #[arg(long)]
    at: String,
    /// First day.
    #[arg(long)]
    from: NaiveDate,
    /// Last day.
    #[arg(long)]
    to: NaiveDate,
    /// Ids of its judges.
    #[arg(long)]
    judge: Vec<PersonId>,
    #[command(flatten)]
    place: Place,
}

impl People {
    /// Runs the command.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn run(self) -> anyhow::Result<End> {
        match self {
            Self::Add(add) => println!("{}", add.run().await?),
            Self::Cohort(cohort) => println!("{}", cohort.run().await?),
            Self::Enrol { person, cohort, place } => {
                let enrolled = place.open(None).await?.enrol(person, cohort, None).await;
                println!("{}", enrolled.map_err(|e| known(e, "she is enrolled in this programme already", "there is no such cohort"))?);
            }
            Self::Code { person, place } => println!("{}", place.open(None).await?.make_code(person, None).await?.printed()),
        }
        Ok(End::Done)
    }
}

fn known(failure: Failure, conflict: &'static str, missing: &'static str) -> anyhow::Error {
    match failure {
        Failure::Conflict => anyhow!(conflict),
        Failure::NotFound => anyhow!(missing),
        other => other.into(),
    }
}

impl Add {
    async fn run(self) -> anyhow::Result<PersonId> {
        let part = |name: &str, text: &str| NamePart::parse(text).with_context(|| format!("the {name} does not fit"));
        let name = PersonName::new(
            part("given name", &self.given_names)?,
            self.paternal_surname.as_deref().map(|s| part("first surname", s)).transpose()?,
            self.maternal_surname.as_deref().map(|s| part("second surname", s)).transpose()?,
        )
        .context("a person needs at least one surname")?;
        let kind = document_kind(&self.kind).ok_or_else(|| anyhow!("--kind must be dni, ce, ptp or passport"))?;
        let document =
            Document::parse(kind, &self.number).with_context(|| format!("--number {} does not fit a {}", self.number, self.kind))?;
        let district = self.district.clone().map(|d| d.as_str().into());
        let mut roles = Vec::new();
        for role in &self.role {
            let role = Role::from_code(role).ok_or_else(|| anyhow!("--role {role}: trainee, judge, staff, auditor or admin"))?;
            roles.push((role, district.clone()));
        }
        let (pin, password) = self.secret(document.number())?;
        let services = self.place.open(None).await?;
        let new = NewPerson { name, document, birth: self.birth_date, phone: None, email: None, district, roles, pin, password };
        services
            .add_person(new, None)
            .await
            .map_err(|e| known(e, "this document belongs to somebody else already", "there is no such district"))
    }

    fn secret(&self, number: &str) -> anyhow::Result<(Option<String>, Option<String>)> {
        if !self.secret_stdin {
            return Ok((None, None));
        }
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).context("standard input cannot be read")?;
        let secret = line.trim_end_matches(['\r', '\n']).to_owned();
        if secret.len() == 6 && secret.bytes().all(|b| b.is_ascii_digit()) {
            check_pin(&secret, self.birth_date, Some(number)).context("this PIN is too easy to guess")?;
            return Ok((Some(secret), None));
        }
        password_fits(&secret).context("a password has at least 8 characters")?;
        Ok((None, Some(secret)))
    }
}

impl Cohort {
    async fn run(self) -> anyhow::Result<CohortId> {
        let services = self.place.open(None).await?;
        let Some((revision, _)) = services.catalogue.current(&self.programme.as_str().into()) else {
            bail!("there is no programme {}; load it with `orienta curriculum load`", self.programme)
        };
        let districts = services.districts().await?;
        if !districts.iter().any(|(id, _)| *id == self.district) {
            bail!("--district must be one of: {}", districts.into_iter().map(|(id, _)| id).collect::<Vec<_>>().join(", "));
        }
        let district = self.district.as_str().into();
        Ok(services
            .add_cohort(
                NewCohort { revision, title: self.title, district, place: self.at, dates: (self.from, self.to), judges: self.judge },
                None,
            )
            .await?)
    }
}
