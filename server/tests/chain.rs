//! The whole chain, from a lesson to a verified certificate, through the router; and where its ends are pulled at once.

mod races;

use crate::support::cast::new_person;
use crate::support::walk::{CASE, EVALUATION, IN_PERSON, LESSONS, batch, interval};
use crate::support::{Answer, Browser, ES, World};
use app::ui::requirements::{Mark, Voice, words};
use domain::assessment::question::QuestionKind;
use domain::certification::eligibility;
use domain::identity::name::{NamePart, PersonName};
use domain::ids::AttemptId;
use serde_json::json;

/// The study clock's way: heartbeats of ten seconds, then the checkpoint.
async fn study(world: &World, browser: &Browser<'_>, lesson: &str) {
    let token = browser.token(lesson).await;
    let page = format!("/course/{lesson}/1");
    browser.get(&page).await.expect(200).says(&ES.check_closed(1));
    for beat in 1..=6 {
        let from = world.app.now().0;
        world.app.clock.advance(10);
        let now = world.app.now().0;
        let receipt = browser.call("/api/study/report", &batch(&token, now, &[interval(now, from, now)])).await.expect(200).json();
        assert_eq!(receipt["stored"], json!([now]));
        assert_eq!(receipt["studied"], beat * 10);
        assert_eq!(receipt["checkpoint_open"], beat >= 3);
    }
    let (question, wrong) = world.check(&world.ana, lesson, false).await;
    let check = async |question: &str, option: &str| {
        browser.post(&page, &[("action", "check"), ("question", question), ("option", option)]).await.expect(303)
    };
    check(&question, &wrong).await;
    browser.get(&page).await.expect(200).says(ES.check_wrong()).says("Vuelve a leer la parte.");
    world.app.clock.advance(2);
    let (question, right) = world.check(&world.ana, lesson, true).await;
    let led = check(&question, &right).await.location().to_owned();
    browser.get(led.split('#').next().expect("a path")).await.expect(200).says(&ES.check_passed(1)).says(ES.lesson_check_confirmed());
}

async fn attest(world: &World, staff: &Browser<'_>) {
    let page = format!("/staff/enrolments/{}", world.ana.enrolment);
    for kind in ["identity", "record", "backing"] {
        let fields =
            [("action", "verify"), ("kind", kind), ("met", "yes"), ("source", "Consulta en línea de la corte"), ("on", "2026-11-20")];
        staff.post(&page, &fields).await.expect(303);
    }
    staff.get(&page).await.expect(200).says("Consulta en línea de la corte").says("Sara Villacorta Ríos");
}

async fn session(world: &World, judge: &Browser<'_>) {
    let cohort = world.cohort.to_string();
    let plan = [("cohort", cohort.as_str()), ("lesson", IN_PERSON), ("date", "2026-11-23"), ("time", "09:00"), ("place", "Local comunal")];
    let meeting = judge.post("/meetings", &plan).await.expect(303).location().to_owned();
    let id = world.ana.enrolment;
    let names = [format!("present-{id}"), format!("from-{id}"), format!("to-{id}")];
    let mut roll = vec![(names[0].as_str(), "yes"), (names[1].as_str(), "09:00"), (names[2].as_str(), "09:01")];
    judge.post(&meeting, &roll).await.expect(303);
    assert_eq!(world.app.number("SELECT count(*) AS n FROM hours_entry WHERE kind = 'attendance'").await, 0, "a draft credits nothing");
    roll.push(("action", "confirm"));
    judge.post(&meeting, &roll).await.expect(303);
    assert_eq!(world.app.number("SELECT seconds AS n FROM hours_entry WHERE kind = 'attendance'").await, 60);
    judge.post(&meeting, &roll).await.expect(409).says(ES.error_409());
    judge.get(&meeting).await.expect(200).says(ES.roll_closed());
}

/// Answers saved by the island, the case by the form; handed in.
async fn sit(world: &World, browser: &Browser<'_>) -> AttemptId {
    let first = browser.post(&format!("/evaluations/{EVALUATION}"), &[]).await.expect(303).location().to_owned();
    let attempt: AttemptId = first.split('/').nth(2).expect("an id").parse().expect("an id");
    for item in 0..4 {
        world.app.clock.advance(5);
        let (kind, options) = world.options(attempt, item, true).await;
        browser.get(&format!("/attempts/{attempt}/{}", item + 1)).await.expect(200).says(&ES.attempt_question(item + 1, 4_usize));
        if kind == QuestionKind::Case {
            let saved = browser
                .post(&format!("/attempts/{attempt}/{}", item + 1), &[("version", "0"), ("text", CASE), ("go", "next")])
                .await
                .expect(303);
            assert_eq!(saved.location(), format!("/attempts/{attempt}/review"));
        } else {
            let body =
                json!({ "answer": { "attempt": attempt, "item": item, "version": 0, "options": options, "text": null, "flagged": false } });
            let receipt = browser.call("/api/assessment/answer", &body).await.expect(200).json();
            assert_eq!(receipt["version"], 1);
        }
    }
    browser.get(&format!("/attempts/{attempt}/review")).await.expect(200);
    let handed_in = browser.post(&format!("/attempts/{attempt}/review"), &[]).await.expect(303);
    browser.get(handed_in.location()).await.expect(200).says(ES.result_waiting());
    attempt
}

/// The grader's page tells nothing of whose work it is: in no page, address or header.
async fn grade(world: &World, judge: &Browser<'_>, attempt: AttemptId) {
    let app = &world.app;
    judge.get("/grading").await.expect(200);
    let task = judge.post("/grading", &[]).await.expect(303).location().to_owned();
    let page = judge.get(&task).await.expect(200);
    page.says(CASE).says("Flor llega de noche");
    blind(world, &page, &task, attempt).await;
    let first = judge.post(&task, &[("action", "finish"), ("version", "0"), ("r-r1", "2"), ("comment", "Muy bien.")]).await.expect(422);
    first.says(ES.grading_choose_level()).says(ES.grading_choose_line()).says("Muy bien.");
    blind(world, &first, &task, attempt).await;
    let marks = [("action", "finish"), ("r-r1", "2"), ("r-r2", "2"), ("k-k1", "no"), ("comment", "Muy bien.")];
    // Another window that still holds the first version is told, with both texts.
    let older = [("action", "save"), ("version", "0"), ("comment", "Regular.")];
    judge.post(&task, &older).await.expect(409).says("Muy bien.").says("Regular.");
    let mut finish = marks.to_vec();
    finish.push(("version", "1"));
    assert_eq!(judge.post(&task, &finish).await.expect(303).location(), "/grading");
    judge.get(&task).await.expect(404);
    assert_eq!(app.texts("SELECT state AS text FROM attempt").await, ["graded"]);
}

async fn blind(world: &World, page: &Answer, task: &str, attempt: AttemptId) {
    let mut telling =
        vec!["Anastasia", "Tuanama", "70222001", "Lamas", "San Martín", "san-martin", "Local comunal", "10:0", "23 de noviembre"]
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
    let ids = [world.ana.person.id.0, world.ana.enrolment.0, world.cohort.0, attempt.0];
    telling.extend(ids.iter().flat_map(|id| [id.to_string(), id.simple().to_string()]));
    let headers = format!("{:?}", page.headers);
    for told in telling {
        page.does_not_say(&told);
        assert!(!headers.contains(&told) && !task.contains(&told), "{told} in headers or address");
    }
    let id: uuid::Uuid = task.rsplit('/').next().expect("an id").parse().expect("an id");
    let minute = i64::try_from(id.as_u128() >> 80).expect("48 bits");
    assert!((minute - world.app.now().0).abs() > 86_400_000, "an ordered id would tell the minute");
}

async fn release(world: &World, staff: &Browser<'_>, trainee: &Browser<'_>, attempt: AttemptId) {
    let result = format!("/attempts/{attempt}/result");
    trainee.get(&result).await.expect(200).says(ES.result_waiting()).does_not_say("Muy bien.");
    staff.get("/staff/releases").await.expect(200).says(&world.ana.person.name).says(&attempt.to_string());
    staff.post("/staff/releases", &[("action", "release"), ("attempt", &attempt.to_string())]).await.expect(303);
    staff.post("/staff/releases", &[("action", "release"), ("attempt", &attempt.to_string())]).await.expect(409).says(ES.error_409());
    trainee.get(&result).await.expect(200).says("20 de 20").says("Muy bien.");
}

/// What the gate says is the same for her and for staff.
async fn gate(world: &World, trainee: &Browser<'_>, staff: &Browser<'_>) -> Vec<String> {
    let services = &world.app.services;
    let read = services.database.read();
    let enrolment = services.enrolment(read, world.ana.enrolment).await.expect("an enrolment");
    let (_, facts) = services.gate(read, &enrolment).await.expect("a gate");
    let (hers, desk) =
        (trainee.get("/certificate").await.expect(200), staff.get(&format!("/staff/enrolments/{}", world.ana.enrolment)).await.expect(200));
    let mut missing = Vec::new();
    for requirement in eligibility(&enrolment.programme, &facts) {
        for (page, voice) in [(&hers, Voice::Her), (&desk, Voice::Desk)] {
            let said = words(ES, &requirement, voice);
            for line in &said.text {
                page.says(line);
            }
            if voice == Voice::Desk && said.mark == Mark::Missing {
                missing.extend(said.text);
            }
        }
    }
    missing
}

#[tokio::test]
async fn from_a_lesson_to_a_verified_certificate() {
    let world = World::new().await;
    let app = &world.app;
    let browsers = [&world.ana.person, &world.judge, &world.staff, &world.issuer].map(|p| app.browser(p));
    let [trainee, judge, staff, issuer] = futures::future::join_all(browsers).await.try_into().unwrap_or_else(|_| panic!("four"));
    trainee.get("/home").await.expect(200);
    attest(&world, &staff).await;
    study(&world, &trainee, LESSONS[0]).await;
    session(&world, &judge).await;
    let attempt = sit(&world, &trainee).await;
    app.clock.advance(7 * 3600);
    grade(&world, &judge, attempt).await;
    release(&world, &staff, &trainee, attempt).await;
    one_minute_short(&world, &trainee, &issuer).await;
    study(&world, &trainee, LESSONS[1]).await;
    assert_eq!(gate(&world, &trainee, &issuer).await, [""; 0], "nothing is missing");
    let desk = format!("/staff/enrolments/{}", world.ana.enrolment);
    staff.post(&desk, &[("action", "issue")]).await.expect(422).says(ES.issue_took_part());
    issuer.get(&desk).await.expect(200).says(ES.person_may());
    issuer.post(&desk, &[("action", "issue")]).await.expect(303);
    issuer
        .post(&desk, &[("action", "issue")])
        .await
        .expect(422)
        .says(&ES.issue_already(&app.texts("SELECT number AS text FROM certificate").await[0]));
    verified(&world, &trainee, &issuer).await;
    let report = app.services.verify_ledger().await.expect("read");
    assert_eq!(report.findings, []);
    assert!(report.entries >= 5, "{report:?}");
    assert!(server::services::audit::verify(app.services.database.read()).await.expect("read").is_ok());
}

/// Everything but one minute: refused with the reason, singly and in a list, and nothing is written.
async fn one_minute_short(world: &World, trainee: &Browser<'_>, issuer: &Browser<'_>) {
    let app = &world.app;
    let missing = gate(world, trainee, issuer).await;
    assert!(!missing.is_empty());
    let before = app.state().await;
    let refused = issuer.post(&format!("/staff/enrolments/{}", world.ana.enrolment), &[("action", "issue")]).await.expect(422);
    let listed = issuer
        .post(&format!("/staff/cohorts/{}", world.cohort), &[("action", "issue"), ("enrolment", &world.ana.enrolment.to_string())])
        .await
        .expect(200);
    for line in &missing {
        refused.says(line);
        listed.says(line);
    }
    assert!(missing.iter().any(|line| line.contains("1 min")), "{missing:?}");
    assert_eq!(app.state().await, before);
}

async fn verified(world: &World, trainee: &Browser<'_>, issuer: &Browser<'_>) {
    let app = &world.app;
    let number = app.texts("SELECT number AS text FROM certificate").await.remove(0);
    let code = app.texts("SELECT code AS text FROM certificate").await.remove(0);
    let visitor = app.visitor();
    let address = format!("/verify/{code}");
    trainee.get("/certificate").await.expect(200).says(&number).says(&address);
    let page = visitor.get(&address).await.expect(200);
    page.says(ES.verify_valid())
        .says("Anastasia Tuanama Ríos")
        .says("DNI •••••001")
        .says("Programa de muestra")
        .says("Comisión de muestra, Corte Superior de Justicia de San Martín")
        .says(&number)
        .does_not_say("70222001");
    assert_eq!((page.header("cache-control"), page.header("x-robots-tag")), ("no-store", "noindex"));
    let typed = format!("{} {}", &code[..13].to_lowercase(), &code[13..]);
    visitor.get(&format!("/verify?q={}", typed.replace(' ', "+"))).await.expect(200).says(ES.verify_valid());
    visitor.get(&format!("/verify?q={number}")).await.expect(200).says(ES.verify_surname()).does_not_say("Anastasia");
    visitor.get(&format!("/verify?q={number}&surname=TUANAMA")).await.expect(200).says(ES.verify_valid());
    visitor.get(&format!("/verify?q={number}&surname=Cachique")).await.expect(404).says(ES.verify_unknown());
    visitor.get("/verify/00000000000000000000000000").await.expect(404).says(ES.verify_unknown());
    for kind in ["archive", "accessible"] {
        let file = trainee.get(&format!("/certificate/{number}/{kind}.pdf")).await.expect(200);
        assert!(file.raw.starts_with("%PDF-") && file.header("content-type") == "application/pdf");
        assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"{number}.pdf\""));
    }
    let fields = [("action", "revoke"), ("code", "R-02"), ("reason", "El documento no era suyo."), ("authority", "Comisión Distrital")];
    issuer.post(&format!("/staff/certificates/{number}"), &fields).await.expect(303);
    let revoked = visitor.get(&address).await.expect(200);
    revoked
        .says(ES.verify_revoked())
        .says("R-02")
        .says("Comisión Distrital")
        .does_not_say(ES.verify_valid())
        .does_not_say("El documento no era suyo.");
    trainee.get("/certificate").await.expect(200).says(ES.diploma_revoked());
    issuer.post(&format!("/staff/certificates/{number}"), &fields).await.expect(422).says(ES.certificate_state_conflict());
    visitor.in_english().get(&address).await.expect(200).says(crate::support::EN.verify_revoked());
}

/// The certificate of somebody with a name that needs every glyph.
#[tokio::test]
async fn for_any_name() {
    let world = World::new().await;
    let app = &world.app;
    let part = |text: &str| NamePart::parse(text).expect("a name");
    let name = PersonName::new(part("Hilda"), Some(part("Ñahui Yupanqui-p̃")), Some(part("de los Ángeles Huamancayo"))).expect("a name");
    let id = app
        .services
        .add_person(server::services::people::NewPerson { name, ..new_person("Hilda", "Ñahui", "70222050", &[]) }, None)
        .await
        .expect("added");
    app.give_pin(id).await;
    let person =
        crate::support::Person {
            id, number: "70222050".to_owned(), name: "Hilda Ñahui Yupanqui-p̃ de los Ángeles Huamancayo".to_owned()
        };
    let hilda = crate::support::cast::Trainee { enrolment: app.services.enrol(id, world.cohort, None).await.expect("enrolled"), person };
    world.make_ready(&hilda).await;
    let number = world.certify(&hilda).await;
    app.browser(&hilda.person).await.get(&format!("/certificate/{number}/archive.pdf")).await.expect(200);
    app.visitor().get(&format!("/verify?q={number}&surname=%C3%91ahui%20yupanqui-p%CC%83")).await.expect(200).says(&hilda.person.name);
}

/// Totals of hours and the sheets of them: only one's own districts, and taking a sheet away is an event.
#[tokio::test]
async fn staff_take_the_hours_of_their_district() {
    let world = World::new().await;
    world.app.browser(&world.ana.person).await.study("a-l1", 40).await;
    let staff = world.app.browser(&world.staff).await;
    staff.get("/staff/hours").await.expect(200).says("Lamas 2026").does_not_say("Yanahuanca 2026");
    let sheet = staff.get("/staff/hours.csv").await.expect(200);
    sheet.says(&world.ana.person.name).says("DNI 70222001").does_not_say(&world.far.person.name);
    let book = staff.get("/staff/hours.xlsx").await.expect(200);
    assert_eq!(book.headers["content-type"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_eq!(world.app.number("SELECT count(*) AS n FROM audit_event WHERE action = 'hours.export'").await, 2);
}

/// Other rules are compared, never applied: the report names what would change, and nothing has changed.
#[tokio::test]
async fn other_rules_are_a_report() {
    let world = World::new().await;
    let app = &world.app;
    app.browser(&world.ana.person).await.study("a-l1", 40).await;
    let (_, held) = app.services.catalogue.current(&"muestra".into()).expect("the fixture");
    assert_eq!(app.services.difference(&held).await.expect("compared"), []);
    let mut other = (*held).clone();
    other.rules.version += 1;
    for lesson in other.modules.iter_mut().flat_map(|m| &mut m.lessons) {
        lesson.minutes = 10.min(lesson.minutes);
        lesson.parts.iter_mut().for_each(|part| part.design = domain::time::Seconds(20));
    }
    let found = app.services.difference(&std::sync::Arc::new(other)).await.expect("compared");
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((one.enrolment, one.place.lesson.0.as_str()), (world.ana.enrolment, "a-l1"));
    assert!(one.now.expect("now").provisional > one.then.expect("then").provisional);
    assert_eq!(app.services.verify_ledger().await.expect("read").findings, []);
}
