//! Doubtful evidence: listed, accepted, declined; and the attacks on it.

use super::findings;
use crate::support::cast::{NEAR, Trainee, new_person};
use crate::support::walk::{LESSONS, batch, interval};
use crate::support::{Browser, ES, Person, World};
use domain::access::Role;
use domain::time::Seconds;
use server::services::hours::verify::Finding;

const REPORT: &str = "/api/study/report";
const REASON: &str = "Estuvo sin señal en su comunidad; lo confirmó el promotor.";

/// A minute of study that came three weeks later; the browser of that day.
async fn late<'a>(world: &'a World, trainee: &Trainee, lesson: &str) -> Browser<'a> {
    let app = &world.app;
    let then = app.browser(&trainee.person).await;
    let (token, from) = (then.token(lesson).await, app.now().0);
    app.clock.advance(15 * 86_400);
    let browser = app.browser_on(&trainee.person, vec![then.cookies["__Host-devices"].clone()]).await;
    browser.call(REPORT, &batch(&token, app.now().0, &[interval(1, from, from + 60_000)])).await.expect(200);
    browser
}

/// Addresses of the doubtful claims, as the queue lists them.
async fn queue(browser: &Browser<'_>) -> Vec<String> {
    let page = browser.get("/staff/evidence").await.expect(200).text();
    let links = page.split("href=\"/staff/evidence/").skip(1);
    links.filter_map(|rest| rest.split_once('"')).map(|(id, _)| format!("/staff/evidence/{id}")).collect()
}

async fn attributed(world: &World) -> i64 {
    world.app.number("SELECT CAST(coalesce(sum(ends_at - starts_at), 0) AS BIGINT) AS n FROM attributed").await
}

fn decision(decision: &'static str) -> [(&'static str, &'static str); 2] {
    [("decision", decision), ("reason", REASON)]
}

#[tokio::test]
async fn accepted_it_counts_as_if_it_had_come_in_time() {
    let world = World::new().await;
    let app = &world.app;
    let ana = late(&world, &world.ana, LESSONS[0]).await;
    let staff = app.browser(&world.staff).await;
    ana.get("/hours").await.expect(200).says(&ES.hours_claim_waiting("1 min")).says(ES.claim_too_late());
    ana.get("/home").await.expect(200).says(&ES.home_queued("1 min"));
    staff.get("/staff").await.expect(200).says(&ES.staff_review_go(1));
    staff
        .get("/staff/evidence")
        .await
        .expect(200)
        .says("Anastasia Tuanama")
        .says("Quién puede denunciar")
        .says(ES.claim_too_late())
        .says("1 min");
    let page = queue(&staff).await.remove(0);
    staff.get(&page).await.expect(200).says(ES.claim_too_late()).says(ES.evidence_decide());
    assert_eq!(attributed(&world).await, 0);
    let led = staff.post(&page, &decision("accept")).await.expect(303);
    assert_eq!(led.location(), "/staff/evidence");
    assert_eq!(queue(&staff).await, [""; 0]);
    staff.get(&page).await.expect(200).says(ES.evidence_accepted()).says(REASON).says("Sara Villacorta").does_not_say(ES.evidence_decide());
    assert_eq!(attributed(&world).await, 60_000);
    assert_eq!(findings(app).await, []);
    ana.get("/hours").await.expect(200).says(&ES.hours_claim_accepted("1 min")).says(&ES.hours_reason(REASON)).says(ES.hours_provisional());
    ana.get("/home").await.expect(200).does_not_say(ES.home_queued_see());
    // The rest of the chain stands on it: the checkpoint opens, and confirms the lesson.
    let (question, option) = world.check(&world.ana, LESSONS[0], true).await;
    let check = [("action", "check"), ("question", question.as_str()), ("option", option.as_str())];
    ana.post(&format!("/course/{}/1", LESSONS[0]), &check).await.expect(303);
    assert_eq!(app.number("SELECT CAST(sum(seconds) AS BIGINT) AS n FROM hours_entry WHERE status = 'confirmed'").await, 60);
    assert_eq!(findings(app).await, []);
    assert!(app.texts("SELECT detail AS text FROM audit_event").await.iter().all(|detail| !detail.contains("promotor")));
    assert_eq!(app.number("SELECT count(*) AS n FROM audit_event WHERE action = 'claim.accept'").await, 1);
}

#[tokio::test]
async fn declined_it_counts_nothing_and_she_reads_why() {
    let world = World::new().await;
    let app = &world.app;
    let ana = late(&world, &world.ana, LESSONS[0]).await;
    let staff = app.browser(&world.staff).await;
    let page = queue(&staff).await.remove(0);
    let before = app.state().await;
    for (fields, words) in [
        (vec![("decision", ""), ("reason", REASON)], ES.evidence_decision_missing()),
        (vec![("decision", "perhaps"), ("reason", REASON)], ES.evidence_decision_missing()),
        (vec![("decision", "accept"), ("reason", "porque sí")], ES.adjust_reason_wrong()),
    ] {
        staff.post(&page, &fields).await.expect(422).says(words);
    }
    assert_eq!(app.state().await, before);
    staff.post(&page, &decision("decline")).await.expect(303);
    assert_eq!((attributed(&world).await, app.count("hours_entry").await), (0, 0));
    ana.get("/hours").await.expect(200).says(&ES.hours_claim_declined("1 min")).says(&ES.hours_reason(REASON));
    ana.get("/home").await.expect(200).does_not_say(ES.home_queued_see());
    assert_eq!(findings(app).await, []);
    // Decided once, whatever is tried.
    for again in ["accept", "decline"] {
        staff.post(&page, &decision(again)).await.expect(409);
        app.browser(&world.issuer).await.post(&page, &decision(again)).await.expect(409);
    }
    assert_eq!(attributed(&world).await, 0);
}

/// The excess of a day's limit beside other time: accepting all of it gives no more than the clock showed.
#[tokio::test]
async fn accepting_everything_stays_within_the_clock() {
    let world = World::with(|package| package.programme.rules.self_paced_per_day = Seconds(30)).await;
    let app = &world.app;
    let (phone, laptop) = (app.browser(&world.ana.person).await, app.browser(&world.ana.person).await);
    let from = app.now().0;
    let tokens = [phone.token(LESSONS[0]).await, laptop.token(LESSONS[1]).await, laptop.token(LESSONS[0]).await];
    app.clock.advance(50);
    let now = app.now().0;
    phone.call(REPORT, &batch(&tokens[0], now, &[interval(1, from, now)])).await.expect(200);
    laptop.call(REPORT, &batch(&tokens[1], now, &[interval(1, from, now)])).await.expect(200);
    laptop.call(REPORT, &batch(&tokens[2], now, &[interval(2, from, now)])).await.expect(200);
    assert_eq!(attributed(&world).await, 30_000);
    let staff = app.browser(&world.staff).await;
    let pages = queue(&staff).await;
    assert_eq!(pages.len(), 3);
    // From the last to the first: each takes what is free when staff decide, and no more.
    for page in pages.iter().rev() {
        staff.post(page, &decision("accept")).await.expect(303);
        assert!(attributed(&world).await <= 50_000);
        assert_eq!(findings(app).await, []);
    }
    assert_eq!(attributed(&world).await, 50_000);
    let first = "SELECT CAST(coalesce(sum(attributed_ms), 0) AS BIGINT) AS n FROM stretch_state WHERE lesson_id = 'a-l1'";
    assert_eq!(app.number(first).await, 50_000, "the doubt that was accepted first");
}

/// What staff accept late takes no second from what was credited meanwhile: she never reads less than before.
#[tokio::test]
async fn accepting_lowers_no_other_lesson() {
    let world = World::new().await;
    let app = &world.app;
    let (phone, laptop) = (app.browser(&world.ana.person).await, app.browser(&world.ana.person).await);
    let from = app.now().0;
    let tokens = [phone.token(LESSONS[0]).await, laptop.token(LESSONS[1]).await];
    app.clock.advance(60);
    let now = app.now().0;
    // The phone's number stands for two things: the second waits for staff, and has the lower number in her evidence.
    for end in [from + 1000, now] {
        phone.call(REPORT, &batch(&tokens[0], now, &[interval(1, from, end)])).await.expect(200);
    }
    laptop.call(REPORT, &batch(&tokens[1], now, &[interval(1, from, now)])).await.expect(200);
    let (question, option) = world.check(&world.ana, LESSONS[1], true).await;
    let check = [("action", "check"), ("question", question.as_str()), ("option", option.as_str())];
    laptop.post(&format!("/course/{}/1", LESSONS[1]), &check).await.expect(303);
    let confirmed = "SELECT CAST(coalesce(sum(seconds), 0) AS BIGINT) AS n FROM hours_entry WHERE status = 'confirmed'";
    assert_eq!((app.number(confirmed).await, attributed(&world).await), (60, 60_000));
    let staff = app.browser(&world.staff).await;
    let page = queue(&staff).await.remove(0);
    staff.post(&page, &decision("accept")).await.expect(303);
    assert_eq!((app.number(confirmed).await, attributed(&world).await), (60, 60_000));
    assert_eq!(app.number("SELECT count(*) AS n FROM hours_entry WHERE kind = 'reversal'").await, 0);
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn the_oldest_comes_first_and_only_from_ones_districts() {
    let world = World::new().await;
    let app = &world.app;
    late(&world, &world.far, LESSONS[0]).await;
    late(&world, &world.bea, LESSONS[1]).await;
    late(&world, &world.ana, LESSONS[0]).await;
    let (near, far, everywhere) = (app.browser(&world.staff).await, app.browser(&world.far_staff).await, app.browser(&world.issuer).await);
    assert_eq!((queue(&near).await.len(), queue(&far).await.len(), queue(&everywhere).await.len()), (2, 1, 3));
    let listed = everywhere.get("/staff/evidence").await.expect(200).text();
    let at = |name: &str| listed.find(name).expect(name);
    assert!(at("Faustina") < at("Beatriz") && at("Beatriz") < at("Anastasia"));
    near.get("/staff/evidence").await.expect(200).does_not_say("Faustina");
    let before = app.state().await;
    let of_far = queue(&far).await.remove(0);
    near.get(&of_far).await.expect(403);
    near.post(&of_far, &decision("accept")).await.expect(403).says(ES.error_403());
    app.browser(&world.auditor).await.post(&of_far, &decision("accept")).await.expect(403);
    app.browser(&world.far.person).await.post(&of_far, &decision("accept")).await.expect(403);
    app.visitor().post(&of_far, &decision("accept")).await.expect(401);
    assert_eq!(app.state().await, before);
}

#[tokio::test]
async fn nobody_decides_on_her_own_evidence() {
    let world = World::new().await;
    let app = &world.app;
    let id = app.services.add_person(new_person("Doris", "Amasifuén", "70222099", &[(Role::Staff, None)]), None).await.expect("added");
    let enrolment = app.services.enrol(id, world.cohort, None).await.expect("enrolled");
    app.give_pin(id).await;
    let doris = Trainee { person: Person { id, number: "70222099".to_owned(), name: String::new() }, enrolment };
    let browser = late(&world, &doris, LESSONS[0]).await;
    let page = queue(&app.browser(&world.staff).await).await.remove(0);
    assert_eq!(queue(&browser).await, [""; 0], "her own is not offered");
    browser.get("/staff").await.expect(200).does_not_say(&ES.staff_review_go(1));
    browser.get(&page).await.expect(403);
    browser.post(&page, &decision("accept")).await.expect(403);
    assert_eq!((app.count("claim_decision").await, attributed(&world).await), (0, 0));
}

/// A claim that was believed is not decided on, and a forged id is none.
#[tokio::test]
async fn only_a_doubt_can_be_decided() {
    let world = World::new().await;
    let app = &world.app;
    app.browser(&world.ana.person).await.study(LESSONS[0], 30).await;
    let id = if app.is_sqlite() { "lower(hex(id))" } else { "id::text" };
    let claim = app.texts(&format!("SELECT {id} AS text FROM claim")).await.remove(0);
    let staff = app.browser(&world.staff).await;
    staff.get(&format!("/staff/evidence/{claim}")).await.expect(404);
    staff.post(&format!("/staff/evidence/{claim}"), &decision("accept")).await.expect(404);
    assert_eq!((app.count("claim_decision").await, attributed(&world).await), (0, 30_000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_decide_at_once() {
    let world = World::new().await;
    let app = &world.app;
    let second = app.second().await;
    late(&world, &world.ana, LESSONS[0]).await;
    let other = app.add("Marta", "Quispe", "40111020", &[(Role::Staff, Some(NEAR))]).await;
    let here = app.browser(&world.staff).await;
    let mut there = second.visitor();
    there.cookies = app.browser(&other).await.cookies;
    let page = queue(&here).await.remove(0);
    let (accept, decline) = (decision("accept"), decision("decline"));
    let (a, b, c) = tokio::join!(here.post(&page, &accept), there.post(&page, &decline), there.post(&page, &accept));
    let mut statuses = [a.status, b.status, c.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409, 409]);
    let accepted = app.number("SELECT count(*) AS n FROM claim_decision WHERE accepted = TRUE").await;
    assert_eq!((app.count("claim_decision").await, attributed(&world).await), (1, accepted * 60_000));
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn a_changed_decision_is_found() {
    let world = World::new().await;
    let app = &world.app;
    late(&world, &world.ana, LESSONS[0]).await;
    late(&world, &world.bea, LESSONS[0]).await;
    let staff = app.browser(&world.staff).await;
    let pages = queue(&staff).await;
    staff.post(&pages[0], &decision("accept")).await.expect(303);
    staff.post(&pages[1], &decision("decline")).await.expect(303);
    assert_eq!(findings(app).await, []);
    let behind = app.behind().await;
    assert!(behind.run("UPDATE claim_decision SET accepted = TRUE").await.is_err());
    behind.disarm("claim_decision").await;
    behind.run("CREATE TABLE kept AS SELECT * FROM claim_decision").await.expect("a copy");
    for change in [
        "UPDATE claim_decision SET accepted = TRUE",
        "UPDATE claim_decision SET accepted = FALSE",
        "UPDATE claim_decision SET decided_at = decided_at + 1",
        "DELETE FROM claim_decision WHERE accepted = FALSE",
        "DELETE FROM claim_decision WHERE accepted = TRUE",
    ] {
        assert!(behind.run(change).await.expect(change) > 0, "{change} changed nothing");
        let found = findings(app).await;
        assert!(found.iter().any(|f| matches!(f, Finding::Evidence { .. })), "{change}: {found:?}");
        behind.run("DELETE FROM claim_decision").await.expect("emptied");
        behind.run("INSERT INTO claim_decision SELECT * FROM kept").await.expect("restored");
        assert_eq!(findings(app).await, [], "restored after {change}");
    }
    // The command says so, and exits 1.
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_orienta"));
    command.args(["ledger", "verify"]).arg("--data-dir").arg(app.place.folder());
    if let Some(url) = app.place.url() {
        command.args(["--database-url", url]);
    }
    assert_eq!(command.output().expect("ran").status.code(), Some(0));
    // Credit that a decision no longer supports is found too.
    behind.run("UPDATE claim_decision SET accepted = FALSE").await.expect("changed");
    let red = command.output().expect("ran");
    assert_eq!(red.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&red.stdout).contains(&format!("person {}, evidence ", world.ana.person.id)), "{red:?}");
    assert!(findings(app).await.iter().any(|f| matches!(f, Finding::Credit { place, .. } if place.lesson.0 == LESSONS[0])));
    behind.run("DELETE FROM claim_decision").await.expect("emptied");
    behind.run("INSERT INTO claim_decision SELECT * FROM kept").await.expect("restored");
    behind.run("UPDATE reason_text SET body = 'Otra razón, escrita después.'").await.expect("changed");
    assert!(findings(app).await.iter().any(|f| matches!(f, Finding::Reason { .. })));
}

/// More tries than the rules expect are shown until somebody has looked, and again when there are more.
#[tokio::test]
async fn many_tries_are_looked_at() {
    let world = World::new().await;
    let app = &world.app;
    world.fail_checkpoint(&world.ana, 5).await;
    let (staff, far) = (app.browser(&world.staff).await, app.browser(&world.far_staff).await);
    staff.get("/staff/evidence").await.expect(200).does_not_say(ES.evidence_many());
    world.fail_checkpoint(&world.ana, 1).await;
    staff.get("/staff").await.expect(200).says(&ES.staff_review_go(1));
    let listed = staff.get("/staff/evidence").await.expect(200);
    listed.says(ES.evidence_many()).says("Anastasia Tuanama").says("6 intentos").says(ES.evidence_not_passed());
    far.get("/staff/evidence").await.expect(200).does_not_say("Anastasia");
    let id = world.ana.enrolment.to_string();
    let checkpoint = listed.value("checkpoint").expect("a mark");
    let mark =
        |tries: &'static str| vec![("action", "seen"), ("enrolment", id.as_str()), ("checkpoint", checkpoint.as_str()), ("tries", tries)];
    far.post("/staff/evidence", &mark("6")).await.expect(403);
    staff.post("/staff/evidence", &mark("7")).await.expect(404);
    staff.post("/staff/evidence", &mark("5")).await.expect(404);
    staff.post("/staff/evidence", &mark("x")).await.expect(400);
    assert_eq!(app.count("checkpoint_seen").await, 0);
    for _ in 0..2 {
        staff.post("/staff/evidence", &mark("6")).await.expect(303);
    }
    assert_eq!(app.count("checkpoint_seen").await, 1);
    staff.get("/staff/evidence").await.expect(200).does_not_say(ES.evidence_many());
    world.fail_checkpoint(&world.ana, 1).await;
    staff.get("/staff/evidence").await.expect(200).says("7 intentos");
    assert_eq!(app.number("SELECT count(*) AS n FROM audit_event WHERE action = 'checkpoint.seen'").await, 1);
}
