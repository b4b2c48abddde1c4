//! Time inside an attempt: credited to the lesson that counts it, as far as the server saw her at it; and the attacks on it.

use super::findings;
use crate::support::walk::{EVALUATION, LESSONS, batch, interval};
use crate::support::{Browser, ES, World};
use domain::ids::AttemptId;
use serde_json::json;
use server::jobs;
use server::services::hours::dossier;
use server::services::hours::verify::Finding;

const ANSWER: &str = "/api/assessment/answer";
const REPORT: &str = "/api/study/report";

/// The second lesson counts the evaluation of a minute; time without an answer counts for five seconds.
async fn counting() -> World {
    World::with(|package| package.programme.modules[0].lessons[1].counts = vec![EVALUATION.to_owned()]).await
}

/// Waits so many seconds and answers an item: a version more each time, right and wrong in turn.
async fn answers(world: &World, browser: &Browser<'_>, attempt: AttemptId, after: i64, version: i64) {
    world.app.clock.advance(after);
    let (_, options) = world.options(attempt, 0, version % 2 == 0).await;
    let chosen = &options[..1];
    let answer =
        json!({ "answer": { "attempt": attempt, "item": 0, "version": version, "options": chosen, "text": null, "flagged": false } });
    browser.call(ANSWER, &answer).await.expect(200);
}

async fn hand_in(browser: &Browser<'_>, attempt: AttemptId) {
    browser.post(&format!("/attempts/{attempt}/review"), &[]).await.expect(303);
}

async fn measured(world: &World, lesson: &str) -> i64 {
    let sql = format!("SELECT CAST(coalesce(sum(ends_at - starts_at), 0) AS BIGINT) AS n FROM attributed WHERE lesson_id = '{lesson}'");
    world.app.number(&sql).await
}

async fn posted(world: &World, lesson: &str, kind: &str) -> i64 {
    let sql = format!(
        "SELECT CAST(coalesce(sum(seconds), 0) AS BIGINT) AS n FROM hours_entry WHERE lesson_id = '{lesson}' AND kind = '{kind}' AND status = 'confirmed'"
    );
    world.app.number(&sql).await
}

#[tokio::test]
async fn what_the_server_saw_of_an_attempt_counts_for_its_lesson() {
    let world = counting().await;
    let app = &world.app;
    let ana = app.browser(&world.ana.person).await;
    let attempt = world.start(&world.ana).await;
    for version in 0..4 {
        answers(&world, &ana, attempt, 4, version).await;
    }
    // Twenty seconds of nothing, of which five count; looking at pages tells nothing.
    app.clock.advance(10);
    ana.get(&format!("/attempts/{attempt}/1")).await.expect(200);
    app.clock.advance(10);
    assert_eq!(app.count("attempt_evidence").await, 0, "nothing before it is handed in");
    hand_in(&ana, attempt).await;
    hand_in(&ana, attempt).await;
    assert_eq!(app.count("attempt_evidence").await, 1);
    assert_eq!(measured(&world, LESSONS[1]).await, (16 + 5) * 1000);
    assert_eq!(posted(&world, LESSONS[1], "attempt").await, 21);
    assert_eq!(findings(app).await, []);
    ana.get("/hours").await.expect(200).says(ES.hours_attempt()).says("21 s");
    let packed = app.services.dossier(world.ana.enrolment, ES).await.expect("packed");
    let (dossier, _) = dossier::check(&packed).expect("sound");
    assert_eq!(dossier.evidence.len(), 1);
    // The rest she reads, and the lesson is whole.
    ana.study(LESSONS[1], 60).await;
    let (question, option) = world.check(&world.ana, LESSONS[1], true).await;
    let check = [("action", "check"), ("question", question.as_str()), ("option", option.as_str())];
    ana.post(&format!("/course/{}/1", LESSONS[1]), &check).await.expect(303);
    let enrolment = app.services.enrolment(app.services.database.read(), world.ana.enrolment).await.expect("an enrolment");
    let record = app.services.record(app.services.database.read(), &enrolment).await.expect("a record");
    assert_eq!(record.progress(&enrolment.programme).confirmed.0, 60, "never above the lesson's minutes");
    assert_eq!(findings(app).await, []);
}

/// A second counts once: to the attempt before study, whichever came first. What the attempt takes is taken back in the open.
#[tokio::test]
async fn a_second_at_both_counts_once() {
    let world = counting().await;
    let app = &world.app;
    let (phone, laptop) = (app.browser(&world.ana.person).await, app.browser(&world.ana.person).await);
    let from = app.now().0;
    let token = phone.token(LESSONS[0]).await;
    let attempt = world.start(&world.ana).await;
    for version in 0..5 {
        answers(&world, &laptop, attempt, 4, version).await;
    }
    app.clock.advance(40);
    let now = app.now().0;
    phone.call(REPORT, &batch(&token, now, &[interval(1, from, now)])).await.expect(200);
    let (question, option) = world.check(&world.ana, LESSONS[0], true).await;
    let check = [("action", "check"), ("question", question.as_str()), ("option", option.as_str())];
    phone.post(&format!("/course/{}/1", LESSONS[0]), &check).await.expect(303);
    assert_eq!(posted(&world, LESSONS[0], "study").await, 60);
    hand_in(&laptop, attempt).await;
    assert_eq!((measured(&world, LESSONS[0]).await, measured(&world, LESSONS[1]).await), (35_000, 25_000));
    assert_eq!(posted(&world, LESSONS[0], "reversal").await, -25);
    assert_eq!(posted(&world, LESSONS[1], "attempt").await, 25);
    assert_eq!(findings(app).await, []);
    // What the phone tells only now of the same seconds adds nothing.
    let again = [interval(2, from, from + 25_000)];
    phone.call(REPORT, &batch(&token, app.now().0, &again)).await.expect(200);
    assert_eq!((measured(&world, LESSONS[0]).await, measured(&world, LESSONS[1]).await), (35_000, 25_000));
    assert_eq!(findings(app).await, []);
}

/// An attempt left open earns what passes for idling, no more, when its time runs out; answers that came late witness nothing.
#[tokio::test]
async fn an_attempt_left_open_earns_next_to_nothing() {
    let world = counting().await;
    let app = &world.app;
    world.start(&world.ana).await;
    let (bea, attempt) = (app.browser(&world.bea.person).await, world.start(&world.bea).await);
    app.clock.advance(3600);
    let late = json!({ "answer": { "attempt": attempt, "item": 0, "version": 0, "options": [], "text": null, "flagged": true } });
    assert_eq!(bea.call(ANSWER, &late).await.expect(409).json(), json!("Late"));
    jobs::turn(&app.services).await.expect("jobs");
    assert_eq!(app.count("attempt_evidence").await, 2);
    assert_eq!(measured(&world, LESSONS[1]).await, 2 * 5000);
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn where_no_lesson_counts_it_it_earns_nothing() {
    let world = World::new().await;
    let app = &world.app;
    let (ana, attempt) = (app.browser(&world.ana.person).await, world.start(&world.ana).await);
    answers(&world, &ana, attempt, 4, 0).await;
    hand_in(&ana, attempt).await;
    assert_eq!((app.count("attempt_evidence").await, app.count("hours_entry").await, app.count("attributed").await), (0, 0, 0));
}

#[tokio::test]
async fn a_changed_attempt_is_found() {
    let world = counting().await;
    let app = &world.app;
    let (ana, attempt) = (app.browser(&world.ana.person).await, world.start(&world.ana).await);
    answers(&world, &ana, attempt, 4, 0).await;
    hand_in(&ana, attempt).await;
    assert_eq!(findings(app).await, []);
    let behind = app.behind().await;
    assert!(behind.run("UPDATE attempt_evidence SET ended_at = ended_at + 1").await.is_err());
    behind.disarm("attempt_evidence").await;
    behind.run("CREATE TABLE kept AS SELECT * FROM attempt_evidence").await.expect("a copy");
    for change in [
        "UPDATE attempt_evidence SET started_at = started_at - 4000",
        "UPDATE attempt_evidence SET ended_at = ended_at + 4000",
        "UPDATE attempt_evidence SET lesson_id = 'a-l1'",
        "UPDATE attempt_evidence SET witnessed = '[1]'",
        "DELETE FROM attempt_evidence",
    ] {
        behind.run(change).await.expect(change);
        let found = findings(app).await;
        assert!(
            found.iter().any(|f| matches!(f, Finding::Evidence { person, .. } if *person == world.ana.person.id)),
            "{change}: {found:?}"
        );
        behind.run("DELETE FROM attempt_evidence").await.expect("emptied");
        behind.run("INSERT INTO attempt_evidence SELECT * FROM kept").await.expect("restored");
        assert_eq!(findings(app).await, [], "restored after {change}");
    }
}
