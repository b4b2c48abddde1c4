//! Attempts that are started twice, answered late or graded by the client; certificates asked for where none is issued.

use crate::support::walk::{EVALUATION, IN_PERSON};
use crate::support::{ES, World};
use domain::assessment::question::QuestionKind;
use serde_json::json;
use server::http::router::routes;

const ANSWER: &str = "/api/assessment/answer";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_attempt_started_twice_in_parallel() {
    let world = World::new().await;
    let app = &world.app;
    let second = app.second().await;
    let here = app.browser(&world.ana.person).await;
    let mut there = second.visitor();
    there.cookies = here.cookies.clone();
    let path = format!("/evaluations/{EVALUATION}");
    let starts = (0..8).map(|n| if n % 2 == 0 { here.post(&path, &[]) } else { there.post(&path, &[]) });
    let answers = futures::future::join_all(starts).await;
    let first = answers[0].location().to_owned();
    assert!(first.starts_with("/attempts/"), "{first}");
    for answer in answers {
        assert_eq!(answer.expect(303).location(), first, "everybody is led to the same attempt");
    }
    assert_eq!(app.count("attempt").await, 1);
    here.get("/evaluations").await.expect(200).says(&first);
}

#[tokio::test]
async fn an_answer_after_the_deadline() {
    let world = World::new().await;
    let app = &world.app;
    let attempt = world.start(&world.ana).await;
    let browser = app.browser(&world.ana.person).await;
    let answer = |item: u32, options: &[String]| json!({ "answer": { "attempt": attempt, "item": item, "version": 0, "options": options, "text": null, "flagged": false } });
    let (_, right) = world.options(attempt, 0, true).await;
    // Sixty seconds and three of grace: to the last of them it counts.
    app.clock.advance(63);
    browser.call(ANSWER, &answer(0, &right)).await.expect(200);
    app.clock.advance(1);
    let (_, late) = world.options(attempt, 1, true).await;
    assert_eq!(browser.call(ANSWER, &answer(1, &late)).await.expect(409).json(), json!("Late"));
    assert_eq!(app.number("SELECT count(*) AS n FROM answer WHERE late = FALSE").await, 1);
    assert_eq!(app.number("SELECT count(*) AS n FROM answer WHERE late = TRUE").await, 1, "it is kept, as late");
    // Without script the same, and she is told that the time was over.
    let fields: Vec<(&str, &str)> = late.iter().map(|o| ("option", o.as_str())).chain([("version", "0"), ("go", "next")]).collect();
    let sent = browser.post(&format!("/attempts/{attempt}/3"), &fields[fields.len() - 2..]).await.expect(303);
    let shown = browser.get(sent.location()).await.expect(200);
    shown.says(ES.result_ran_out()).says(ES.result_ran_out_text()).says(&ES.result_late(2)).says(ES.result_late_text());
    let standing = app.number("SELECT count(*) AS n FROM answer WHERE late = FALSE").await;
    assert_eq!(standing, 1, "it does not count");
    // The attempt was handed in with what was saved, once.
    assert_eq!(app.number("SELECT count(*) AS n FROM attempt WHERE state <> 'in_progress' AND ran_out = TRUE").await, 1);
}

#[tokio::test]
async fn an_answer_after_handing_in() {
    let world = World::new().await;
    let app = &world.app;
    let attempt = world.start(&world.ana).await;
    let browser = app.browser(&world.ana.person).await;
    browser.post(&format!("/attempts/{attempt}/review"), &[]).await.expect(303);
    let (_, right) = world.options(attempt, 0, true).await;
    let answer = json!({ "answer": { "attempt": attempt, "item": 0, "version": 0, "options": right, "text": null, "flagged": false } });
    assert_eq!(browser.call(ANSWER, &answer).await.expect(409).json(), json!("Late"));
    let fields: Vec<(&str, &str)> = right.iter().map(|o| ("option", o.as_str())).chain([("version", "0")]).collect();
    let sent = browser.post(&format!("/attempts/{attempt}/1"), &fields).await.expect(303);
    assert_eq!(sent.location(), format!("/attempts/{attempt}/result"));
    assert_eq!(app.count("answer").await, 0);
}

/// An older version never overwrites a newer one.
#[tokio::test]
async fn an_older_version_of_an_answer() {
    let world = World::new().await;
    let app = &world.app;
    let attempt = world.start(&world.ana).await;
    let (phone, laptop) = (app.browser(&world.ana.person).await, app.browser(&world.ana.person).await);
    let (kind, right) = world.options(attempt, 0, true).await;
    let (_, wrong) = world.options(attempt, 0, false).await;
    assert_ne!(kind, QuestionKind::Case);
    let one = |options: &[String], version: i64| json!({ "answer": { "attempt": attempt, "item": 0, "version": version, "options": &options[..1], "text": null, "flagged": false } });
    assert_eq!(phone.call(ANSWER, &one(&right, 0)).await.expect(200).json()["version"], 1);
    assert_eq!(laptop.call(ANSWER, &one(&wrong, 0)).await.expect(409).json(), json!({ "Conflict": 1 }));
    let sent = laptop.post(&format!("/attempts/{attempt}/1"), &[("version", "0"), ("option", &wrong[0])]).await.expect(422);
    sent.says(ES.attempt_newer());
    assert_eq!(phone.call(ANSWER, &one(&right, 0)).await.expect(200).json()["version"], 1, "the same again is no conflict");
    assert_eq!(app.count("answer").await, 1);
}

#[tokio::test]
async fn a_score_sent_by_the_client() {
    let world = World::new().await;
    let app = &world.app;
    let attempt = world.start(&world.ana).await;
    let browser = app.browser(&world.ana.person).await;
    for item in 0..4 {
        let (kind, wrong) = world.options(attempt, item, false).await;
        let options: Vec<_> = if kind == QuestionKind::Case { Vec::new() } else { wrong.into_iter().take(1).collect() };
        let body = json!({
            "answer": { "attempt": attempt, "item": item, "version": 0, "options": options, "text": null, "flagged": false,
                "score": 20, "grade": 2000, "correct": true, "passed": true, "late": false, "received_at": 0 },
            "score": 20, "correct": true,
        });
        browser.call(ANSWER, &body).await.expect(200);
        let version = ("version", "1");
        let mut fields: Vec<(&str, &str)> = options.iter().map(|o| ("option", o.as_str())).collect();
        fields.extend([version, ("score", "20"), ("correct", "true"), ("grade", "2000"), ("passed", "yes"), ("points", "99")]);
        browser.post(&format!("/attempts/{attempt}/{}", item + 1), &fields).await.expect(303);
    }
    browser.post(&format!("/attempts/{attempt}/review"), &[("score", "20"), ("grade", "2000"), ("passed", "true")]).await.expect(303);
    assert_eq!(app.texts("SELECT state AS text FROM attempt").await, ["graded"], "nothing needs a judge");
    world.release(attempt).await;
    assert_eq!(app.number("SELECT grade AS n FROM release").await, 0);
    assert_eq!(app.number("SELECT count(*) AS n FROM release WHERE passed = TRUE").await, 0);
    browser.get(&format!("/attempts/{attempt}/result")).await.expect(200).says("0 de 20").does_not_say("20 de 20");
}

/// Whoever asks for a certificate anywhere else than where staff issue it gets none, even for somebody who is ready.
#[tokio::test]
async fn a_certificate_by_another_route() {
    let world = World::new().await;
    let app = &world.app;
    world.make_ready(&world.ana).await;
    let enrolment = world.ana.enrolment.to_string();
    let people =
        [&world.ana.person, &world.bea.person, &world.judge, &world.staff, &world.far_staff, &world.issuer, &world.auditor, &world.admin];
    let fields = [
        ("action", "issue"),
        ("enrolment", enrolment.as_str()),
        ("issue", "yes"),
        ("certificate", "yes"),
        ("state", "certified"),
        ("version", "0"),
    ];
    for route in routes() {
        let id = if route.path.contains("cohorts") { world.cohort.to_string() } else { enrolment.clone() };
        let path = route.path.split('/').map(|s| match s {
            "{lesson}" => IN_PERSON,
            "{part}" | "{n}" => "1",
            "{file}" => "archive.pdf",
            s if s.starts_with('{') => id.as_str(),
            s => s,
        });
        let path = path.collect::<Vec<_>>().join("/");
        for person in people {
            // Where and by whom it may be done is the subject of the chain's tests.
            let is_issuing = ["/staff/enrolments/{id}", "/staff/cohorts/{id}"].contains(&route.path);
            if ["/logout", "/account"].contains(&route.path) || (is_issuing && person.id == world.issuer.id) {
                continue;
            }
            let browser = app.browser(person).await;
            let query = format!("{path}?action=issue&enrolment={enrolment}");
            assert!(browser.get(&query).await.status < 500);
            let answer = browser.post(&path, &fields).await;
            assert!(answer.status < 500, "POST {path}: {}", answer.status);
            assert_eq!(app.count("certificate").await, 0, "{path} as {}", person.name);
        }
    }
    let staff = app.browser(&world.staff).await;
    let told = staff.post(&format!("/staff/enrolments/{enrolment}"), &[("action", "issue")]).await.expect(422);
    told.says(ES.issue_took_part());
    app.browser(&world.ana.person)
        .await
        .post(&format!("/staff/enrolments/{enrolment}"), &[("action", "issue")])
        .await
        .expect(403)
        .says(ES.error_403());
    // Nor by the database alone: a certificate rests on its evidence.
    let bare = "INSERT INTO certificate SELECT * FROM certificate WHERE 1 = 0";
    assert!(app.behind().await.run(bare).await.is_ok());
    assert_eq!(app.count("certificate").await, 0);
    assert_eq!(world.certify(&world.ana).await.split('-').next(), Some("ORI"));
}

/// What she types may not leave the box it was typed in: the text of a text area is not escaped by the view.
#[tokio::test]
async fn an_answer_that_closes_its_own_text_area() {
    let world = World::new().await;
    let attempt = world.start(&world.ana).await;
    let browser = world.app.browser(&world.ana.person).await;
    let mut found = false;
    for item in 0..4 {
        let (kind, _) = world.options(attempt, item, true).await;
        if kind == QuestionKind::Case {
            found = true;
            let path = format!("/attempts/{attempt}/{}", item + 1);
            let typed = "</textarea><h1 id=\"mine\">Aprobada</h1>&lt;b";
            browser.post(&path, &[("version", "0"), ("text", typed), ("go", "next")]).await.expect(303);
            let page = browser.get(&path).await.expect(200);
            assert!(page.raw.contains("&lt;/textarea>&lt;h1 id=\"mine\">Aprobada&lt;/h1>&amp;lt;b"), "{}", page.raw);
            assert!(!page.raw.contains("<h1 id=\"mine\""));
        }
    }
    assert!(found, "the paper has a case");
}
