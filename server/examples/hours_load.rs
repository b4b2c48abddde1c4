//! For `./x bench hours`: makes trainees with open readings, and perhaps hours of study behind them. Not part of the product.
//!
//! `hours_load FOLDER TRAINEES INTERVALS FILE [POSTGRES-URL]` writes one line a trainee into FILE: cookie, signed reading, and the
//! instant (milliseconds) at which the next claim may begin. INTERVALS of 30 s are claimed for each through the use-case.

use anyhow::Context as _;
use app::features::study::api::{SentInterval, StudyBatch};
use chrono::NaiveDate;
use domain::access::Role;
use domain::curriculum::Language;
use domain::identity::document::{Document, DocumentKind};
use domain::identity::name::{NamePart, PersonName};
use domain::ids::{CohortId, LessonId};
use domain::time::{Instant, Seconds};
use server::cli::{Place, curriculum::load_embedded};
use server::failure::Failure;
use server::persistence::query;
use server::services::people::NewPerson;
use server::services::sign_in::{Browser, Proof};
use server::services::staff::cohorts::NewCohort;
use server::services::study::token::Reading;
use server::services::{Services, SignedIn};
use std::fmt::Write as _;

/// How long ago the readings were opened: less than a token lives.
const OPENED: Seconds = Seconds(11 * 3600);
/// The lesson that is read: an hour, self-paced.
const LESSON: &str = "m1-l1";
/// Most intervals of a batch.
const BATCH: i64 = 200;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().context("FOLDER")?;
    let trainees: u32 = args.next().context("TRAINEES")?.parse()?;
    let intervals: i64 = args.next().context("INTERVALS")?.parse()?;
    let file = args.next().context("FILE")?;
    let services = Place { data_dir: folder.into(), database_url: args.next() }.open(None).await?;
    load_embedded(&services).await?;
    let cohort = cohort(&services).await?;
    let hash = services.hash("604187").await?;
    let mut lines = String::new();
    for number in 0..trainees {
        let (cookie, signed) = trainee(&services, cohort, number, hash.clone()).await?;
        let (token, begin) = study(&services, &signed, intervals).await?;
        writeln!(lines, "{cookie}\t{token}\t{begin}")?;
    }
    std::fs::write(file, lines)?;
    Ok(())
}

async fn cohort(services: &Services) -> anyhow::Result<CohortId> {
    let (revision, _) = services.catalogue.current(&"orientadoras".into()).context("the course")?;
    let day = |year, month| NaiveDate::from_ymd_opt(year, month, 1).context("a date");
    let dates = (day(2026, 1)?, day(2036, 1)?);
    let new = NewCohort {
        revision,
        title: "Carga".to_owned(),
        district: "pasco".into(),
        place: "Oxapampa".to_owned(),
        dates,
        judges: Vec::new(),
    };
    Ok(services.add_cohort(new, None).await?)
}

async fn trainee(services: &Services, cohort: CohortId, number: u32, hash: String) -> anyhow::Result<(String, SignedIn)> {
    let part = |text: &str| NamePart::parse(text).map_err(|error| anyhow::anyhow!("{error:?}"));
    let name = PersonName::new(part("Rosa")?, Some(part("Tello")?), None).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let digits = format!("{:08}", 10_000_000 + number);
    let document = Document::parse(DocumentKind::Dni, &digits).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let new = NewPerson {
        name,
        document: document.clone(),
        birth: None,
        phone: None,
        email: None,
        district: None,
        roles: vec![(Role::Trainee, None)],
        pin: None,
        password: None,
    };
    let person = services.add_person(new, None).await?;
    services.enrol(person, cohort, None).await?;
    let give = "UPDATE account SET pin_hash = $1 WHERE person_id = $2";
    let values = vec![hash.into(), person.0.into()];
    services.database.write::<_, Failure, _>(move |t| Box::pin(async move { Ok(query::execute(t, give, values).await?) })).await?;
    let code = services.make_code(person, None).await?;
    let started = services.sign_in(Proof::Code { document, code }, Browser::default(), String::new()).await?;
    let signed = services.signed_in(&started.token).await?.context("a session")?;
    Ok((format!("__Host-session={}", started.token), signed))
}

/// A reading that was opened long ago, with its first intervals claimed.
async fn study(services: &Services, signed: &SignedIn, intervals: i64) -> anyhow::Result<(String, i64)> {
    let acting = services.of(signed);
    let enrolment = acting.my_enrolment().await?;
    let (_, lesson) = enrolment.programme.lesson(&LessonId::from(LESSON)).context("the lesson")?;
    let text = services.catalogue.text(&services.database, &enrolment.programme.id, lesson, Language::Es).await?;
    let opened_at = services.now().minus(OPENED);
    let reading = Reading {
        id: Reading::new_id(),
        person: enrolment.person,
        enrolment: enrolment.id,
        device: signed.device,
        session: signed.actor.session,
        lesson: lesson.id.clone(),
        part: 0,
        language: Language::Es,
        revision: text.revision,
        opened_at,
    };
    let token = reading.sign(&services.key);
    let begin = |number: i64| opened_at.0 + number * 30_000;
    for first in (0..intervals).step_by(BATCH as usize) {
        let sent = (first..intervals.min(first + BATCH)).map(|number| SentInterval {
            sequence: number,
            started_at: begin(number),
            ended_at: begin(number + 1),
            last_input_at: begin(number + 1),
        });
        let Instant(device_now) = services.now();
        acting.report_study(StudyBatch { token: token.clone(), device_now, intervals: sent.collect() }, |_| String::new()).await?;
    }
    Ok((token, begin(intervals)))
}
