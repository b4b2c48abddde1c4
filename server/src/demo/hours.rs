//! What people decide about hours in the demo: a doubtful record, two disputes, a task in place of a session, a session to make up.

use super::cast::{COHORTS, TRAINEE_PASSWORD, Trainee};
use super::story::{T, at, sign_in};
use crate::clock::{Clock as _, MovedClock};
use crate::services::Services;
use crate::services::meetings::NewMeeting;
use crate::services::meetings::substitutes::NewSubstitute;
use crate::services::study::pages::Look;
use anyhow::{Context as _, bail};
use app::features::study::api::{SentInterval, StudyBatch};
use chrono::{Days, NaiveDate, NaiveTime};
use domain::curriculum::LessonMode;
use domain::identity::document::{Document, DocumentKind};
use domain::ids::{CohortId, EnrolmentId, LessonId};

/// Studied where there was no signal, and told sixteen days later.
const DOUBTFUL: &str = "70222001";
/// Asks, and waits for an answer.
const ASKS: &str = "70222008";
/// Asked, and was answered.
const ANSWERED: &str = "70222010";
/// Was not at the session of her cohort.
const ABSENT: &str = "70222002";

/// Everybody with her enrolment and cohort, in the order of the cast.
pub type Enrolled = Vec<(&'static Trainee, EnrolmentId, CohortId)>;

struct Teller<'a> {
    services: &'a Services,
    clock: &'a MovedClock,
    enrolled: &'a Enrolled,
    today: NaiveDate,
}

/// Tells it, in the days before `today`.
///
/// # Errors
/// What a service answers.
pub async fn tell(services: &Services, clock: &MovedClock, enrolled: &Enrolled, today: NaiveDate) -> anyhow::Result<()> {
    let teller = Teller { services, clock, enrolled, today };
    teller.doubt().await.context("the doubtful record")?;
    teller.disputes().await.context("the disputes")?;
    teller.make_up().await.context("the session to make up")
}

impl Teller<'_> {
    fn day(&self, before: u64) -> anyhow::Result<NaiveDate> {
        self.today.checked_sub_days(Days::new(before)).context("a date")
    }

    fn found(&self, number: &str) -> anyhow::Result<(EnrolmentId, CohortId)> {
        let found = self.enrolled.iter().find(|(trainee, _, _)| trainee.number == number);
        found.map(|(_, enrolment, cohort)| (*enrolment, *cohort)).context("somebody of the cast")
    }

    /// A part of a lesson that she has not begun, read on one day and reported on another.
    async fn doubt(&self) -> anyhow::Result<()> {
        const MINUTES: i64 = 6;
        self.clock.set(at(self.day(18)?, 19));
        let signed = sign_in(self.services, DOUBTFUL, TRAINEE_PASSWORD).await?;
        let acting = self.services.of(&signed);
        let programme = self.services.catalogue.current(&"piloto".into()).context("the pilot programme")?.1;
        let lesson = programme.lessons().map(|(_, l)| l).filter(|l| l.mode == LessonMode::SelfPaced).last().context("a lesson")?;
        let token = acting.lesson_part(T, lesson.id.as_str(), 0, Look::default()).await?.clock.context("a reading")?.token;
        let started_at = self.clock.now().0;
        self.clock.set(at(self.day(2)?, 19));
        let ended_at = started_at + MINUTES * 60_000;
        let interval = SentInterval { sequence: started_at, started_at, ended_at, last_input_at: ended_at };
        let device_now = self.clock.now().0;
        acting.report_study(StudyBatch { token, device_now, intervals: vec![interval] }, |_| String::new()).await?;
        Ok(())
    }

    async fn disputes(&self) -> anyhow::Result<()> {
        self.clock.set(at(self.day(4)?, 18));
        let signed = sign_in(self.services, ANSWERED, TRAINEE_PASSWORD).await?;
        let asked = "Ese día también leí en el celular de mi hermana y no sale.".to_owned();
        let dispute = self.services.of(&signed).open_dispute(None, asked, "").await?;
        self.clock.set(at(self.day(3)?, 10));
        let staff = sign_in(self.services, "40111007", "demo-orienta").await?;
        let answer =
            "Gracias por avisar. El tiempo cuenta solo con tu propia cuenta. La próxima vez entra con tu tarjeta de ingreso.".to_owned();
        if self.services.of(&staff).answer_dispute(dispute, answer, None).await?.is_err() {
            bail!("the dispute was not answered");
        }
        self.clock.set(at(self.day(1)?, 20));
        let signed = sign_in(self.services, ASKS, TRAINEE_PASSWORD).await?;
        let asked = "El domingo leí casi una hora y solo salen veinte minutos. Se fue la señal.".to_owned();
        self.services.of(&signed).open_dispute(None, asked, "").await?;
        Ok(())
    }

    /// She missed every item: for the first there is a task, for the others a session of another cohort.
    async fn make_up(&self) -> anyhow::Result<()> {
        self.clock.set(at(self.day(1)?, 9));
        let judge = sign_in(self.services, "40111001", "demo-orienta").await?;
        let acting = self.services.of(&judge);
        let programme = self.services.catalogue.current(&"piloto".into()).context("the pilot programme")?.1;
        let missed = programme.lessons().map(|(_, l)| l).filter(|l| l.mode == LessonMode::InPerson).map(|l| l.id.clone());
        let missed: Vec<LessonId> = missed.collect();
        let (first, others) = missed.split_first().context("a lesson in person")?;
        let (enrolment, _) = self.found(ABSENT)?;
        let due = self.today.checked_add_days(Days::new(12)).context("a date")?;
        let task = "Lee los acuerdos del grupo con otra compañera y escribe en una hoja qué harás tú para cuidarlos.".to_owned();
        acting.set_substitute(NewSubstitute { enrolment, lesson: first.clone(), task, due }).await?;
        let (_, host) = self.found(COHORTS[0].trainees[0].number)?;
        let starts = self.today.checked_add_days(Days::new(5)).context("a date")?;
        let starts = starts.and_time(NaiveTime::from_hms_opt(9, 0, 0).context("a time")?);
        let lessons = others.to_vec();
        let new = NewMeeting { cohort: host, place: "Casa de la mujer".to_owned(), starts, lessons };
        let meeting = acting.plan_meeting(new, "Jornada de recuperación".to_owned(), String::new()).await?;
        match acting.add_guest(meeting, &Document::parse(DocumentKind::Dni, ABSENT)?).await? {
            Ok(()) => Ok(()),
            Err(refused) => bail!("not invited: {refused:?}"),
        }
    }
}
