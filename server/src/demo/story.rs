//! What happens in the demo: each trainee walks as far as her stage says, on a clock of her own past weeks.

use super::answers;
use super::cast::{COHORTS, Cohort, DESK, Stage, TRAINEE_PASSWORD, TRAINEE_PIN, Trainee};
use super::hours::Enrolled;
use crate::clock::{Clock as _, LIMA, MovedClock, SystemClock, instant, local_date};
use crate::failure::{Failure, Outcome};
use crate::services::assessment::answers::Given;
use crate::services::assessment::start::Started;
use crate::services::certification::desk::Change;
use crate::services::certification::issue::NotIssued;
use crate::services::people::NewPerson;
use crate::services::sign_in::{Browser, Proof};
use crate::services::staff::Attest;
use crate::services::staff::cohorts::NewCohort;
use crate::services::study::checkpoint::option_order;
use crate::services::study::checkpoint::question;
use crate::services::study::pages::Look;
use crate::services::{Acting, Services, SignedIn};
use anyhow::{Context as _, bail};
use app::features::study::api::{SentInterval, StudyBatch};
use app::texts::Texts;
use chrono::{Days, NaiveDate, NaiveTime};
use domain::access::Role;
use domain::assessment::rubric::RubricMark;
use domain::certification::certificate::ReasonCode;
use domain::curriculum::{Language, Lesson, LessonMode, RequirementKind};
use domain::identity::document::{Document, DocumentKind};
use domain::identity::name::{NamePart, PersonName};
use domain::ids::{AttemptId, CohortId, EnrolmentId, PersonId};
use domain::time::Instant;
use std::collections::BTreeMap;

pub(super) const T: Texts = Texts(Language::Es);

/// Days before today on which the story begins.
const BEGINS: u64 = 60;

/// Everybody with a desk, signed in.
struct Desks {
    judges: [SignedIn; 2],
    /// Attests and releases.
    staff: SignedIn,
    /// Issues: took no part before.
    issuer: SignedIn,
}

/// Tells the whole story.
///
/// # Errors
/// What a service answers.
pub async fn tell(services: &Services, clock: &MovedClock) -> anyhow::Result<()> {
    let today = local_date(SystemClock.now(), LIMA);
    let begins = today.checked_sub_days(Days::new(BEGINS)).context("a date")?;
    clock.set(at(begins, 8));
    let mut people = Vec::new();
    for desk in &DESK {
        let district = desk.district.map(Into::into);
        let new = person([desk.given, desk.paternal, desk.maternal], desk.number, None, vec![(desk.role, district)])?;
        people.push((desk, services.add_person(NewPerson { password: Some(desk.secret.to_owned()), ..new }, None).await?));
    }
    let judges: Vec<PersonId> = people.iter().filter(|(d, _)| d.role == Role::Judge).map(|(_, id)| *id).collect();
    let mut enrolled: Enrolled = Vec::new();
    for cohort in &COHORTS {
        clock.set(at(begins, 9));
        enrolled.extend(tell_cohort(services, clock, cohort, &judges, begins, today).await.with_context(|| cohort.title.to_owned())?);
    }
    for (trainee, enrolment, _) in enrolled.iter().filter(|(trainee, _, _)| trainee.stage == Stage::Sat) {
        evaluate(services, clock, trainee, *enrolment).await.with_context(|| trainee.paternal.to_owned())?;
    }
    super::hours::tell(services, clock, &enrolled, today).await?;
    super::content::tell(services, clock, today).await.context("the content")
}

pub(super) fn at(day: NaiveDate, hour: u32) -> Instant {
    instant(day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()), LIMA)
}

fn person(
    names: [&str; 3],
    number: &str,
    birth: Option<NaiveDate>,
    roles: Vec<(Role, Option<domain::ids::DistrictId>)>,
) -> anyhow::Result<NewPerson> {
    let [given, paternal, maternal] = names;
    Ok(NewPerson {
        name: PersonName::new(NamePart::parse(given)?, Some(NamePart::parse(paternal)?), Some(NamePart::parse(maternal)?))?,
        document: Document::parse(DocumentKind::Dni, number)?,
        birth,
        phone: None,
        email: None,
        district: None,
        roles,
        pin: None,
        password: None,
    })
}

pub(super) async fn sign_in(services: &Services, number: &str, secret: &str) -> anyhow::Result<SignedIn> {
    let document = Document::parse(DocumentKind::Dni, number)?;
    let browser = Browser { devices: Vec::new(), label: "Demo".to_owned(), shared: false };
    let started = services.sign_in(Proof::Document { document, secret: secret.to_owned() }, browser, String::new()).await?;
    services.signed_in(&started.token).await?.context("a session")
}

async fn desks(services: &Services) -> anyhow::Result<Desks> {
    let secret = "demo-orienta";
    Ok(Desks {
        judges: [sign_in(services, "40111001", secret).await?, sign_in(services, "40111005", secret).await?],
        staff: sign_in(services, "40111007", secret).await?,
        issuer: sign_in(services, "40111002", secret).await?,
    })
}

/// Answers everybody with her enrolment: some sit the evaluation at the end of the story, so that work waits for the judges.
async fn tell_cohort(
    services: &Services,
    clock: &MovedClock,
    cohort: &'static Cohort,
    judges: &[PersonId],
    begins: NaiveDate,
    today: NaiveDate,
) -> anyhow::Result<Enrolled> {
    let (revision, _) = services.catalogue.current(&"piloto".into()).context("the pilot programme")?;
    let ends = today.checked_add_days(Days::new(20)).context("a date")?;
    let id = services
        .add_cohort(
            NewCohort {
                revision,
                title: cohort.title.to_owned(),
                district: cohort.district.into(),
                place: cohort.place.to_owned(),
                dates: (begins, ends),
                judges: judges.to_vec(),
            },
            None,
        )
        .await?;
    let mut enrolled = Vec::new();
    for (position, trainee) in cohort.trainees.iter().enumerate() {
        let birth = NaiveDate::from_ymd_opt(1978 + i32::try_from(position).unwrap_or_default() * 4, 3, 14);
        let new = person([trainee.given, trainee.paternal, trainee.maternal], trainee.number, birth, Vec::new())?;
        let new = NewPerson { password: Some(TRAINEE_PASSWORD.to_owned()), pin: Some(TRAINEE_PIN.to_owned()), ..new };
        let person = services.add_person(new, None).await?;
        enrolled.push((trainee, services.enrol(person, id, None).await?));
    }
    clock.advance(3600);
    let desks = desks(services).await?;
    for (trainee, enrolment) in &enrolled {
        if trainee.stage != Stage::New {
            attest(&services.of(&desks.staff), *enrolment, local_date(clock.now(), LIMA)).await?;
        }
    }
    sessions(services, clock, id, &enrolled, begins).await?;
    for (trainee, enrolment) in &enrolled {
        walk(services, clock, trainee, *enrolment, begins).await.with_context(|| trainee.paternal.to_owned())?;
    }
    Ok(enrolled.into_iter().map(|(trainee, enrolment)| (trainee, enrolment, id)).collect())
}

async fn attest(staff: &Acting<'_>, enrolment: EnrolmentId, on: NaiveDate) -> Outcome<()> {
    let facts = [
        (RequirementKind::Identity, "DNI a la vista"),
        (RequirementKind::Record, "Consulta en línea de la corte"),
        (RequirementKind::Backing, "Carta de la organización comunal"),
    ];
    for (kind, source) in facts {
        staff.attest(enrolment, Attest { kind, met: true, source: source.to_owned(), on }).await?;
    }
    Ok(())
}

/// The in-person lessons: the judge plans a session, takes the roll, confirms it.
async fn sessions(
    services: &Services,
    clock: &MovedClock,
    cohort: CohortId,
    enrolled: &[(&Trainee, EnrolmentId)],
    begins: NaiveDate,
) -> anyhow::Result<()> {
    let day = begins.checked_add_days(Days::new(2)).context("a date")?;
    clock.set(at(day, 8));
    let judge = desks(services).await?.judges[0].clone();
    let acting = services.of(&judge);
    let programme = services.catalogue.current(&"piloto".into()).context("the pilot programme")?.1;
    let lessons: Vec<&Lesson> = programme.lessons().map(|(_, l)| l).filter(|l| l.mode == LessonMode::InPerson).collect();
    let minutes: i64 = lessons.iter().map(|l| l.minutes).sum();
    let place = "Local comunal".to_owned();
    let starts = day.and_time(NaiveTime::from_hms_opt(9, 0, 0).context("a time")?);
    let new = crate::services::meetings::NewMeeting { cohort, place, starts, lessons: lessons.iter().map(|l| l.id.clone()).collect() };
    let meeting = acting.plan_meeting(new, "Jornada presencial".to_owned(), String::new()).await?;
    let from = NaiveTime::from_hms_opt(9, 0, 0).context("a time")?;
    let to = from + chrono::Duration::minutes(minutes);
    let present = enrolled.iter().map(|(trainee, id)| (*id, (trainee.stage != Stage::New).then_some((from, to))));
    let presences: BTreeMap<_, _> = present.collect();
    clock.set(Instant(at(day, 9).0 + (minutes + 20) * 60_000));
    acting.save_roll(meeting, presences, true, "").await?;
    Ok(())
}

async fn walk(services: &Services, clock: &MovedClock, trainee: &Trainee, enrolment: EnrolmentId, begins: NaiveDate) -> anyhow::Result<()> {
    let lessons = match trainee.stage {
        Stage::New => return Ok(()),
        Stage::Begun => 1,
        Stage::Studying(count) => 1 + count,
        Stage::Sat | Stage::Failed | Stage::Ready | Stage::Certified | Stage::Revoked => usize::MAX,
    };
    let programme = services.catalogue.current(&"piloto".into()).context("the pilot programme")?.1;
    let self_paced = programme.lessons().map(|(_, l)| l).filter(|l| l.mode == LessonMode::SelfPaced).take(lessons);
    let mut day = first_day(trainee.stage, begins).context("a date")?;
    for lesson in self_paced {
        clock.set(at(day, 17));
        let signed = sign_in(services, trainee.number, TRAINEE_PASSWORD).await?;
        study(&services.of(&signed), clock, lesson).await.with_context(|| lesson.id.to_string())?;
        day = day.checked_add_days(Days::new(3)).context("a date")?;
    }
    if lessons == usize::MAX && trainee.stage != Stage::Sat {
        clock.set(at(day, 16));
        evaluate(services, clock, trainee, enrolment).await?;
    }
    Ok(())
}

/// Who is on the way studied until yesterday or so; who stopped after the welcome stopped long ago.
fn first_day(stage: Stage, begins: NaiveDate) -> Option<NaiveDate> {
    let days = match stage {
        Stage::Studying(lessons) => BEGINS - 2 - 3 * u64::try_from(lessons).unwrap_or_default(),
        Stage::New | Stage::Begun | Stage::Sat | Stage::Failed | Stage::Ready | Stage::Certified | Stage::Revoked => 5,
    };
    begins.checked_add_days(Days::new(days))
}

/// Reads every part as long as it takes, reported by the study clock, and answers each checkpoint.
async fn study(acting: &Acting<'_>, clock: &MovedClock, lesson: &Lesson) -> anyhow::Result<()> {
    let mut sequence = clock.now().0 * 1000;
    for position in 0..lesson.parts.len() {
        let part = acting.lesson_part(T, lesson.id.as_str(), position, Look::default()).await?;
        let token = part.clock.context("a reading")?.token;
        let design = lesson.parts.get(position).context("a part")?.design;
        let mut left = design.0;
        while left > 0 {
            let piece = left.min(30);
            let started_at = clock.now().0;
            clock.advance(piece);
            let ended_at = clock.now().0;
            sequence += 1;
            let interval = SentInterval { sequence, started_at, ended_at, last_input_at: ended_at };
            let batch = StudyBatch { token: token.clone(), device_now: ended_at, intervals: vec![interval] };
            acting.report_study(batch, |_| String::new()).await?;
            left -= piece;
        }
        answer_checkpoint(acting, clock, lesson, position).await?;
    }
    Ok(())
}

async fn answer_checkpoint(acting: &Acting<'_>, clock: &MovedClock, lesson: &Lesson, position: usize) -> anyhow::Result<()> {
    let Some(checkpoint) = lesson.parts.get(position).and_then(|p| p.checkpoint.as_ref()) else { return Ok(()) };
    let enrolment = acting.my_enrolment().await?;
    let asked = question(checkpoint, enrolment.id, 0).context("a question")?;
    let right = asked.options.iter().position(|o| o.correct).context("a right option")?;
    let shown = option_order(asked, enrolment.id, 0).iter().position(|o| *o == right).context("its place")?;
    let id = asked.id.0.clone();
    clock.advance(20);
    acting.answer_checkpoint(enrolment, lesson, position, &id, shown).await?;
    Ok(())
}

async fn evaluate(services: &Services, clock: &MovedClock, trainee: &Trainee, enrolment: EnrolmentId) -> anyhow::Result<()> {
    let programme = services.catalogue.current(&"piloto".into()).context("the pilot programme")?.1;
    for (_, evaluation) in programme.modules.iter().filter_map(|m| Some((m, m.evaluation.as_ref()?))) {
        let signed = sign_in(services, trainee.number, TRAINEE_PASSWORD).await?;
        let well = trainee.stage != Stage::Failed || !evaluation.graded;
        sit(&services.of(&signed), clock, evaluation.id.as_str(), well).await?;
        clock.advance(3600);
        if evaluation.graded && trainee.stage != Stage::Sat {
            grade_and_release(services, clock, well).await?;
        }
    }
    match trainee.stage {
        Stage::Certified | Stage::Revoked => certify(services, clock, enrolment, trainee.stage == Stage::Revoked).await,
        Stage::New | Stage::Begun | Stage::Studying(_) | Stage::Sat | Stage::Failed | Stage::Ready => Ok(()),
    }
}

/// Places, in every eight questions, where even who prepared well slips, and where who did not guesses right.
const SLIPS: [usize; 2] = [2, 5];

/// Sits an evaluation: mostly right answers when `well`, mostly wrong ones otherwise.
async fn sit(acting: &Acting<'_>, clock: &MovedClock, evaluation: &str, well: bool) -> anyhow::Result<()> {
    let Started::Attempt(attempt) = acting.start_attempt(evaluation, T).await? else { bail!("the evaluation did not open") };
    let sitting = acting.own_sitting(attempt).await?;
    for item in 0..sitting.paper.items.len() {
        clock.advance(45);
        let question = acting.services.item(&sitting, item).await?;
        let slips = SLIPS.contains(&((item + sitting.row.id.as_bytes().first().map_or(0, |b| usize::from(*b))) % 8));
        let right = if well { question.is_critical_item() || !slips } else { slips };
        let order = sitting.paper.items.get(item).map(|i| i.option_order.clone()).unwrap_or_default();
        let (options, text) = answers::said(&question, &order, right);
        acting.save_answer(Given { attempt, item, version: 0, options, text, flagged: false }).await?;
    }
    acting.submit(attempt).await?;
    Ok(())
}

async fn grade_and_release(services: &Services, clock: &MovedClock, well: bool) -> anyhow::Result<()> {
    clock.advance(86_400);
    let desks = desks(services).await?;
    let judge = services.of(&desks.judges[1]);
    let task = match judge.next_task().await {
        Ok(task) => task,
        Err(Failure::NotFound) => bail!("no work to grade"),
        Err(other) => return Err(other.into()),
    };
    let shown = judge.grading_task(task, T).await?;
    let level = |levels: usize| u32::try_from(if well { levels.saturating_sub(1) } else { 0 }).unwrap_or_default();
    let mark = RubricMark {
        levels: shown.criteria.iter().map(|c| (c.id.clone(), level(c.levels.len()))).collect(),
        critical: shown.critical.iter().map(|(id, _, _)| (id.clone(), false)).collect(),
        comments: BTreeMap::new(),
        comment: if well {
            "Muy bien el papel sin título. Recuerda decir que ella puede pedir las medidas."
        } else {
            "Vuelve a leer la Lección 4.5 y practica con una compañera."
        }
        .to_owned(),
    };
    judge.save_mark(task, mark, 0, true).await?;
    clock.advance(3600);
    let staff = services.of(&desks.staff);
    let attempts: Vec<AttemptId> = staff.releases(T).await?.rows.into_iter().map(|r| r.0).collect();
    staff.release(attempts).await?;
    Ok(())
}

async fn certify(services: &Services, clock: &MovedClock, enrolment: EnrolmentId, revoke: bool) -> anyhow::Result<()> {
    clock.advance(86_400);
    let desks = desks(services).await?;
    let issuer = services.of(&desks.issuer);
    let number = match issuer.issue(enrolment).await {
        Ok(number) => number,
        Err(NotIssued::Failure(failure)) => return Err(failure.into()),
        Err(other) => bail!("not issued: {other:?}"),
    };
    if revoke {
        clock.advance(5 * 86_400);
        let desks = self::desks(services).await?;
        let words = "La identidad se comprobó con un documento que no era suyo.".to_owned();
        let authority = "Comisión Distrital de Acceso a la Justicia, Corte Superior de Justicia de Pasco".to_owned();
        services.of(&desks.issuer).change_certificate(&number, Change::Revoke, ReasonCode::Fraud, words, authority).await?;
    }
    Ok(())
}
