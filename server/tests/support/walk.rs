//! The way of a trainee, through the services: as far as a test needs it before it begins.

use super::ES;
use super::browser::Browser;
use super::cast::{Trainee, World};
use chrono::NaiveTime;
use domain::assessment::question::QuestionKind;
use domain::assessment::rubric::RubricMark;
use domain::curriculum::RequirementKind;
use domain::hours::attendance::Minute;
use domain::ids::{AdjustmentId, AttemptId, LessonId, TaskId};
use domain::time::Seconds;
use serde_json::{Value, json};
use server::clock::{LIMA, local, local_date};
use server::services::assessment::answers::Given;
use server::services::assessment::start::Started;
use server::services::hours::adjust::NewAdjustment;
use server::services::meetings::NewMeeting;
use server::services::staff::Attest;
use server::services::study::checkpoint::{option_order, question};
use std::collections::BTreeMap;

/// The self-paced lessons of the fixture.
pub const LESSONS: [&str; 2] = ["a-l1", "a-l2"];
/// The lesson in person.
pub const IN_PERSON: &str = "a-l3";
/// The evaluation.
pub const EVALUATION: &str = "a-e";
/// What a good answer to the case says.
pub const CASE: &str = "Pregunto si corre peligro, llamo al 105 y le digo dónde puede denunciar.";

/// An interval, as the study clock sends it; all of it in use.
pub fn interval(sequence: i64, started_at: i64, ended_at: i64) -> Value {
    json!({ "sequence": sequence, "started_at": started_at, "ended_at": ended_at, "last_input_at": ended_at })
}

/// A batch, as the study clock sends it.
pub fn batch(token: &str, device_now: i64, intervals: &[Value]) -> Value {
    json!({ "batch": { "token": token, "device_now": device_now, "intervals": intervals } })
}

impl Browser<'_> {
    /// The signed reading of a part, as its page carries it.
    pub async fn token(&self, lesson: &str) -> String {
        self.get(&format!("/course/{lesson}/1")).await.expect(200).value("token").expect("a reading")
    }

    /// Studies the only part of a lesson for so many seconds, with the clock.
    pub async fn study(&self, lesson: &str, seconds: i64) {
        let token = self.token(lesson).await;
        let from = self.app.now().0;
        self.app.clock.advance(seconds);
        let now = self.app.now().0;
        self.call("/api/study/report", &batch(&token, now, &[interval(now, from, now)])).await.expect(200);
    }
}

impl World {
    /// The question that a trainee is asked now at a lesson's checkpoint, and the value of its right (or a wrong) option.
    pub async fn check(&self, trainee: &Trainee, lesson: &str, right: bool) -> (String, String) {
        let read = self.app.services.database.read();
        let enrolment = self.app.services.enrolment(read, trainee.enrolment).await.expect("an enrolment");
        let id = LessonId::from(lesson);
        let checkpoint = enrolment.programme.lesson(&id).and_then(|(_, l)| l.parts[0].checkpoint.clone()).expect("a checkpoint");
        let tries = self
            .app
            .services
            .record(read, &enrolment)
            .await
            .expect("a record")
            .tries
            .iter()
            .filter(|t| t.checkpoint == checkpoint.id.0)
            .count();
        let asked = question(&checkpoint, enrolment.id, tries).expect("a question");
        let order = option_order(asked, enrolment.id, tries);
        let shown = order.iter().position(|at| asked.options[*at].correct == right).expect("an option");
        (asked.id.0.clone(), shown.to_string())
    }

    /// A claim of ten seconds that waits for staff: its number was used for another one. Its id.
    pub async fn doubt(&self, trainee: &Trainee) -> String {
        let browser = self.app.browser(&trainee.person).await;
        let token = browser.token(LESSONS[0]).await;
        let from = self.app.now().0;
        self.app.clock.advance(10);
        let now = self.app.now().0;
        for end in [now - 1000, now] {
            browser.call("/api/study/report", &batch(&token, now, &[interval(1, from, end)])).await.expect(200);
        }
        let id = if self.app.is_sqlite() { "lower(hex(id))" } else { "id::text" };
        let newest = format!("SELECT {id} AS text FROM claim WHERE reuse > 0 ORDER BY received_at DESC LIMIT 1");
        self.app.texts(&newest).await.remove(0)
    }

    /// Answers the checkpoint of the first lesson wrong so many times, after studying it; its id.
    pub async fn fail_checkpoint(&self, trainee: &Trainee, times: usize) -> String {
        let browser = self.app.browser(&trainee.person).await;
        browser.study(LESSONS[0], 40).await;
        for _ in 0..times {
            self.app.clock.advance(3);
            let (question, option) = self.check(trainee, LESSONS[0], false).await;
            let fields = [("action", "check"), ("question", question.as_str()), ("option", option.as_str())];
            browser.post(&format!("/course/{}/1", LESSONS[0]), &fields).await.expect(303);
        }
        format!("{}-c1", LESSONS[0])
    }

    /// She says that something is missing; staff answer it if asked to. The id of the dispute.
    pub async fn dispute(&self, trainee: &Trainee, answered: bool) -> String {
        let hers = self.app.signed(&trainee.person).await;
        let text = "Falta el taller del sábado pasado.".to_owned();
        let id = self.app.services.of(&hers).open_dispute(None, text, "").await.expect("opened");
        if answered {
            let signed = self.app.signed(&self.staff).await;
            let answer = "Ese taller se anotará el lunes.".to_owned();
            self.app.services.of(&signed).answer_dispute(id, answer, None).await.expect("answered").expect("nothing to adjust");
        }
        id.to_string()
    }

    /// Staff give a minute of the second lesson, alone; the key of the adjustment, which is that of its text.
    pub async fn adjust(&self, trainee: &Trainee, reason: &str) -> String {
        let signed = self.app.signed(&self.staff).await;
        let id = AdjustmentId(uuid::Uuid::new_v4());
        let new = NewAdjustment { id, lesson: LESSONS[1].into(), seconds: Seconds(60), reason: reason.to_owned() };
        self.app.services.of(&signed).propose_adjustment(trainee.enrolment, new).await.expect("answered").expect("posted");
        id.to_string()
    }

    /// Studies both lessons whole and passes their checkpoints.
    pub async fn study_all(&self, trainee: &Trainee) {
        let browser = self.app.browser(&trainee.person).await;
        for lesson in LESSONS {
            browser.study(lesson, 60).await;
            let (question, option) = self.check(trainee, lesson, true).await;
            browser
                .post(&format!("/course/{lesson}/1"), &[("action", "check"), ("question", &question), ("option", &option)])
                .await
                .expect(303);
        }
    }

    /// Staff attest everything that a person has to look at.
    pub async fn attest(&self, trainee: &Trainee) {
        let signed = self.app.signed(&self.staff).await;
        let on = local_date(self.app.now(), LIMA);
        for kind in [RequirementKind::Identity, RequirementKind::Record, RequirementKind::Backing] {
            let attest = Attest { kind, met: true, source: "DNI a la vista".to_owned(), on };
            self.app.services.of(&signed).attest(trainee.enrolment, attest).await.expect("attested");
        }
    }

    /// Plans a session of the cohort through the router, today at `time` ("10:00"); its address.
    pub async fn plan(&self, time: &str) -> String {
        let cohort = self.cohort.to_string();
        let fields =
            [("cohort", cohort.as_str()), ("lesson", IN_PERSON), ("date", "2026-11-23"), ("time", time), ("place", "Local comunal")];
        self.app.browser(&self.judge).await.post("/meetings", &fields).await.expect(303).location().to_owned()
    }

    /// The code of a session in the minute that is `ago` minutes before now.
    pub fn code(&self, meeting: &str, ago: i64) -> String {
        let id = meeting.rsplit('/').next().expect("an id").parse().expect("an id");
        self.app.services.check_in_code(id, Minute(Minute::of(self.app.now()).0 - ago)).to_string()
    }

    /// A session of one minute, its roll confirmed.
    pub async fn meet(&self, present: &[&Trainee]) {
        let signed = self.app.signed(&self.judge).await;
        let acting = self.app.services.of(&signed);
        let starts = local(self.app.now(), LIMA).date().and_hms_opt(9, 0, 0).expect("a time");
        let new = NewMeeting { cohort: self.cohort, place: "Local comunal".to_owned(), starts, lessons: vec![IN_PERSON.into()] };
        let meeting = acting.plan_meeting(new, "Jornada".to_owned(), String::new()).await.expect("planned");
        let time = |minute| NaiveTime::from_hms_opt(9, minute, 0).expect("a time");
        let presences = present.iter().map(|t| (t.enrolment, Some((time(0), time(1)))));
        acting.save_roll(meeting, presences.collect(), true, "").await.expect("confirmed");
    }

    /// Starts an attempt.
    pub async fn start(&self, trainee: &Trainee) -> AttemptId {
        let signed = self.app.signed(&trainee.person).await;
        match self.app.services.of(&signed).start_attempt(EVALUATION, ES).await.expect("started") {
            Started::Attempt(attempt) => attempt,
            Started::Refused(why) => panic!("refused: {why:?}"),
        }
    }

    /// The option values of an item that are right (or wrong), and its kind.
    pub async fn options(&self, attempt: AttemptId, item: usize, right: bool) -> (QuestionKind, Vec<String>) {
        let services = &self.app.services;
        let sitting = services.sitting(services.database.read(), attempt).await.expect("an attempt");
        let question = services.item(&sitting, item).await.expect("a question");
        (question.kind, question.options.iter().filter(|o| o.correct == right).map(|o| o.id.clone()).collect())
    }

    /// Answers every item, well, and hands in.
    pub async fn sit(&self, trainee: &Trainee) -> AttemptId {
        let attempt = self.start(trainee).await;
        let signed = self.app.signed(&trainee.person).await;
        let acting = self.app.services.of(&signed);
        for item in 0..4 {
            let (kind, options) = self.options(attempt, item, true).await;
            let text = (kind == QuestionKind::Case).then(|| CASE.to_owned());
            acting.save_answer(Given { attempt, item, version: 0, options, text, flagged: false }).await.expect("saved");
        }
        acting.submit(attempt).await.expect("handed in");
        attempt
    }

    /// The judge takes the next task.
    pub async fn take_task(&self) -> TaskId {
        let signed = self.app.signed(&self.judge).await;
        self.app.services.of(&signed).next_task().await.expect("a task")
    }

    /// The judge grades the next task with the best levels.
    pub async fn grade(&self) {
        let task = self.take_task().await;
        let signed = self.app.signed(&self.judge).await;
        let acting = self.app.services.of(&signed);
        let shown = acting.grading_task(task, ES).await.expect("a task");
        let best = |levels: usize| u32::try_from(levels - 1).expect("small");
        let mark = RubricMark {
            levels: shown.criteria.iter().map(|c| (c.id.clone(), best(c.levels.len()))).collect(),
            critical: shown.critical.iter().map(|(id, _, _)| (id.clone(), false)).collect(),
            comments: BTreeMap::new(),
            comment: "Muy bien.".to_owned(),
        };
        acting.save_mark(task, mark, 0, true).await.expect("graded");
    }

    /// Staff release a graded attempt.
    pub async fn release(&self, attempt: AttemptId) {
        let signed = self.app.signed(&self.staff).await;
        self.app.services.of(&signed).release(vec![attempt]).await.expect("released");
    }

    /// Everything that the gate asks.
    pub async fn make_ready(&self, trainee: &Trainee) {
        self.attest(trainee).await;
        self.study_all(trainee).await;
        self.meet(&[trainee]).await;
        let attempt = self.sit(trainee).await;
        self.grade().await;
        self.release(attempt).await;
    }

    /// The certificate of somebody ready; its number.
    pub async fn certify(&self, trainee: &Trainee) -> String {
        let signed = self.app.signed(&self.issuer).await;
        self.app.services.of(&signed).issue(trainee.enrolment).await.expect("issued")
    }
}
