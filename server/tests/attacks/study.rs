//! Study that is too much, too fast, or of no reading at all.

use super::claims::{MINUTE, REPORT, attributed, outcomes, reasons, says_studied};
use crate::support::walk::{IN_PERSON, LESSONS, batch, interval};
use crate::support::{ES, World};
use domain::time::Seconds;

#[tokio::test]
async fn twenty_five_hours_in_a_day() {
    let world = World::new().await;
    let app = &world.app;
    let first = app.browser(&world.ana.person).await;
    let (token, from) = (first.token("a-l1").await, app.now().0);
    app.clock.advance(25 * 3600);
    let browser = app.browser_on(&world.ana.person, vec![first.cookies["__Host-devices"].clone()]).await;
    let now = app.now().0;
    let receipt = browser.call(REPORT, &batch(&token, now, &[interval(1, from, now)])).await.expect(200).json();
    assert_eq!(receipt["studied"], 60, "a stretch holds no more than its design time");
    let outcome = outcomes(&world).await.remove(0);
    assert!(reasons(&outcome).contains(&"without-pause") && reasons(&outcome).contains(&"too-much-in-a-day"), "{outcome}");
    let accepted: i64 = outcome["accepted"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|i| i["end"].as_i64().unwrap_or(0) - i["start"].as_i64().unwrap_or(0))
        .sum();
    assert!(accepted <= 2 * 3 * 3_600_000, "three hours a day without a pause: {outcome}");
    browser.get("/hours").await.expect(200).says(ES.claim_without_pause()).says(ES.claim_day_full());
}

/// The day's limit to the second: what goes beyond it waits, whatever the lesson.
#[tokio::test]
async fn more_than_a_day_holds() {
    let world = World::with(|package| package.programme.rules.self_paced_per_day = Seconds(90)).await;
    let app = &world.app;
    let browser = app.browser(&world.ana.person).await;
    for lesson in LESSONS {
        browser.study(lesson, 60).await;
    }
    assert_eq!(attributed(&world).await, 90_000);
    assert_eq!(reasons(&outcomes(&world).await[1]), ["too-much-in-a-day"]);
    browser.get("/hours").await.expect(200).says(ES.claim_day_full());
    says_studied(&browser, "a-l2", 30).await;
    assert!(app.services.verify_ledger().await.expect("read").findings.is_empty());
}

#[tokio::test]
async fn a_loop_of_continuar_without_script() {
    let world = World::new().await;
    let app = &world.app;
    let browser = app.browser(&world.ana.person).await;
    let post = async |token: &str| browser.post("/course/a-l1/1", &[("action", "continue"), ("token", token)]).await.expect(303);
    // As fast as it goes: not a second.
    for _ in 0..20 {
        post(&browser.token("a-l1").await).await;
    }
    assert_eq!(attributed(&world).await, 0);
    // Many readings opened at once and sent after ten seconds: ten seconds.
    let mut tokens = Vec::new();
    for _ in 0..10 {
        tokens.push(browser.token("a-l1").await);
    }
    app.clock.advance(10);
    for token in &tokens {
        post(token).await;
        post(token).await;
    }
    assert_eq!(attributed(&world).await, 10_000);
    assert_eq!(app.count("claim").await, 10, "each token counts once");
    says_studied(&browser, "a-l1", 10).await;
    // For hours: no more than the part's design time.
    for _ in 0..30 {
        let token = browser.token("a-l1").await;
        app.clock.advance(300);
        post(&token).await;
    }
    assert_eq!(attributed(&world).await, MINUTE);
    says_studied(&browser, "a-l1", 60).await;
    // An old token is dead.
    let token = browser.token("a-l2").await;
    app.clock.advance(601);
    post(&token).await;
    assert_eq!(attributed(&world).await, MINUTE);
    // A reading that the study clock reported earns nothing by the button.
    let token = browser.token("a-l2").await;
    app.clock.advance(5);
    let now = app.now().0;
    browser.call(REPORT, &batch(&token, now, &[interval(1, now - 1000, now)])).await.expect(200);
    app.clock.advance(30);
    browser.post("/course/a-l2/1", &[("action", "continue"), ("token", &token)]).await.expect(303);
    assert_eq!(attributed(&world).await, MINUTE + 1000);
}

#[tokio::test]
async fn a_checkpoint_in_the_first_minute() {
    let world = World::new().await;
    let app = &world.app;
    let browser = app.browser(&world.ana.person).await;
    let (question, right) = world.check(&world.ana, "a-l1", true).await;
    let fields = [("action", "check"), ("question", question.as_str()), ("option", right.as_str())];
    let told = ES.lesson_check_not_now();
    browser.post("/course/a-l1/1", &fields).await.expect(422).says(told).says(&ES.check_closed(1));
    browser.study("a-l1", 29).await;
    browser.post("/course/a-l1/1", &fields).await.expect(422).says(told);
    assert_eq!(app.count("checkpoint_try").await, 0);
    // A second later it is open; the waiting time after a wrong answer, and a question that was not asked, close it again.
    browser.study("a-l1", 1).await;
    let (_, wrong) = world.check(&world.ana, "a-l1", false).await;
    browser.post("/course/a-l1/1", &[fields[0], fields[1], ("option", &wrong)]).await.expect(303);
    let (next, right_next) = world.check(&world.ana, "a-l1", true).await;
    assert_ne!(next, question);
    let fields_next = [("action", "check"), ("question", next.as_str()), ("option", right_next.as_str())];
    browser.post("/course/a-l1/1", &fields_next).await.expect(422).says(told);
    app.clock.advance(2);
    browser.post("/course/a-l1/1", &fields).await.expect(422).says(told);
    assert_eq!(app.count("checkpoint_try").await, 1);
    browser.post("/course/a-l1/1", &fields_next).await.expect(303);
    assert_eq!(app.number("SELECT count(*) AS n FROM stretch_state WHERE passed_at IS NOT NULL").await, 1);
    // There is none in a lesson in person.
    browser.post(&format!("/course/{IN_PERSON}/1"), &fields).await.expect(404).says(ES.error_404());
}

/// Opening pages writes nothing: no claim, no reading, no entry, no answer.
#[tokio::test]
async fn a_get_that_writes_evidence() {
    let world = World::new().await;
    let app = &world.app;
    world.make_ready(&world.bea).await;
    let attempt = world.start(&world.ana).await;
    let browser = app.browser(&world.ana.person).await;
    browser.study("a-l1", 35).await;
    let before = app.state().await;
    let item = format!("/attempts/{attempt}/1");
    let (review, result) = (format!("/attempts/{attempt}/review"), format!("/attempts/{attempt}/result"));
    let token = browser.token("a-l2").await;
    let queries = [
        format!("/course/a-l1/1?action=continue&token={token}"),
        "/course/a-l1/1?confirmed".to_owned(),
        "/evaluations?start=a-e".to_owned(),
    ];
    for path in [
        "/home",
        "/course",
        "/hours",
        "/course/a-l1/1",
        "/course/a-l2/1",
        "/course/a-l3/1",
        "/evaluations",
        &item,
        &review,
        &result,
        "/certificate",
        "/account",
    ]
    .into_iter()
    .chain(queries.iter().map(String::as_str))
    {
        app.clock.advance(1);
        for _ in 0..3 {
            browser.get(path).await.expect(200);
        }
    }
    assert_eq!(app.state().await, before);
}
