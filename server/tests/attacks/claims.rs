//! Claims of study time that are not hers, not now, not once, or not believable.

use crate::support::walk::{batch, interval};
use crate::support::{Browser, ES, World};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::time::Seconds;
use serde_json::{Value, json};

pub(super) const REPORT: &str = "/api/study/report";
pub(super) const MINUTE: i64 = 60_000;

/// Milliseconds attributed to anybody.
pub(super) async fn attributed(world: &World) -> i64 {
    world.app.number("SELECT CAST(coalesce(sum(ends_at - starts_at), 0) AS BIGINT) AS n FROM attributed").await
}

/// What became of the claims, in the order of arrival.
pub(super) async fn outcomes(world: &World) -> Vec<Value> {
    let texts = world.app.texts("SELECT outcome AS text FROM claim ORDER BY received_no").await;
    texts.iter().map(|text| serde_json::from_str(text).expect("JSON")).collect()
}

pub(super) fn reasons(outcome: &Value) -> Vec<&str> {
    outcome["parts"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|p| p["reasons"].as_array().into_iter().flatten())
        .filter_map(|r| r["kind"].as_str())
        .collect()
}

/// The line above the lesson, as the page says it.
pub(super) async fn says_studied(browser: &Browser<'_>, lesson: &str, seconds: i64) {
    let line = app::pages::trainee::lesson::studied_line(ES, Seconds(seconds), Seconds(60));
    browser.get(&format!("/course/{lesson}/1")).await.expect(200).says(&line);
}

/// A device is known by what the server gave it; nothing that the client says of devices is read.
#[tokio::test]
async fn from_a_device_of_her_own_making() {
    let world = World::new().await;
    let app = &world.app;
    let phone = app.browser(&world.ana.person).await;
    let token = phone.token("a-l1").await;
    let from = app.now().0;
    app.clock.advance(60);
    let now = app.now().0;
    // The reading was signed for the phone: in a session on another device it is nobody's.
    let laptop = app.browser(&world.ana.person).await;
    let claim = batch(&token, now, &[interval(1, from, now)]);
    assert_eq!(laptop.call(REPORT, &claim).await.expect(403).json(), json!("Forbidden"));
    let form = [("action", "continue"), ("token", token.as_str())];
    laptop.post("/course/a-l1/1", &form).await.expect(403).says(ES.error_403()).says(ES.error_403_text());
    // Another device written into the token breaks its signature.
    let mut payload = URL_SAFE_NO_PAD.decode(&token).expect("base 64");
    let mac = payload.split_off(payload.len() - 32);
    let mut reading: Value = serde_json::from_slice(&payload).expect("a reading");
    reading["d"] = json!(app.signed_as(&laptop).await.device);
    let mut forged = serde_json::to_vec(&reading).expect("JSON");
    forged.extend(mac);
    let forged = URL_SAFE_NO_PAD.encode(forged);
    assert_eq!(
        laptop.call(REPORT, &batch(&forged, now, &[interval(1, from, now)])).await.expect(422).json(),
        json!({ "Invalid": "token" })
    );
    laptop
        .post("/course/a-l1/1", &[("action", "continue"), ("token", &forged)])
        .await
        .expect(400)
        .says(ES.error_400())
        .says(ES.error_400_text());
    // A device cookie of her own making is no device, and fields that name one are not read.
    let made = phone.clone().cookie("__Host-devices", &URL_SAFE_NO_PAD.encode([7; 32]));
    let mut named = claim.clone();
    named["batch"]["device"] = json!("01890000-0000-7000-8000-000000000000");
    named["device_id"] = json!("01890000-0000-7000-8000-000000000000");
    made.call(REPORT, &named).await.expect(200);
    assert_eq!(app.count("claim").await, 1);
    let own = app.signed_as(&phone).await.device.0;
    let hex = if app.is_sqlite() { format!("x'{}'", own.simple()) } else { format!("'{own}'") };
    assert_eq!(app.number(&format!("SELECT count(*) AS n FROM claim WHERE device_id = {hex}")).await, 1, "the claim is of the phone");
    assert_eq!(attributed(&world).await, MINUTE);
}

#[tokio::test]
async fn of_last_week() {
    let world = World::new().await;
    let app = &world.app;
    let browser = app.browser(&world.ana.person).await;
    let token = browser.token("a-l1").await;
    app.clock.advance(1);
    let now = app.now().0;
    let week = 7 * 86_400_000;
    let receipt = browser.call(REPORT, &batch(&token, now, &[interval(1, now - week, now - week + 30 * MINUTE)])).await.expect(200).json();
    assert_eq!(receipt["studied"], 0);
    assert_eq!(outcomes(&world).await[0], json!({ "kind": "nothing", "clipped": ["before-opening"] }));
    assert_eq!(attributed(&world).await, 0);
    browser.get("/hours").await.expect(200).says(ES.hours_claims()).says(ES.claim_before_opening());
}

/// A reading that was really opened then: what comes more than 14 days later waits for staff.
#[tokio::test]
async fn of_three_weeks_ago() {
    let world = World::new().await;
    let app = &world.app;
    let then = app.browser(&world.ana.person).await;
    let (token, from) = (then.token("a-l1").await, app.now().0);
    app.clock.advance(15 * 86_400);
    let known = then.cookies["__Host-devices"].clone();
    let browser = app.browser_on(&world.ana.person, vec![known]).await;
    browser.call(REPORT, &batch(&token, app.now().0, &[interval(1, from, from + MINUTE)])).await.expect(200);
    assert_eq!(reasons(&outcomes(&world).await[0]), ["too-late"]);
    assert_eq!(attributed(&world).await, 0);
    browser.get("/hours").await.expect(200).says(ES.claim_too_late());
}

#[tokio::test]
async fn with_a_shifted_clock() {
    let world = World::new().await;
    let app = &world.app;
    let browser = app.browser(&world.ana.person).await;
    let token = browser.token("a-l1").await;
    let mut from = app.now().0;
    app.clock.advance(10);
    let mut now = app.now().0;
    browser.call(REPORT, &batch(&token, now, &[interval(1, from, now)])).await.expect(200);
    let ahead = 2 * 3_600_000;
    (from, now) = (now, now + 10_000);
    app.clock.advance(10);
    let shifted = batch(&token, now + ahead, &[interval(2, from + ahead, now + ahead)]);
    let receipt = browser.call(REPORT, &shifted).await.expect(200).json();
    assert_eq!(receipt["studied"], 10, "only what came before counts");
    assert_eq!(reasons(&outcomes(&world).await[1]), ["clock-moved"]);
    browser.get("/hours").await.expect(200).says(ES.claim_clock_moved());
    // A clock that is merely wrong, and stays so, is corrected.
    (from, now) = (now, now + 10_000);
    app.clock.advance(10);
    browser.call(REPORT, &batch(&token, now + ahead, &[interval(3, from + ahead, now + ahead)])).await.expect(200);
    assert_eq!(attributed(&world).await, 20_000);
}

#[tokio::test]
async fn replayed() {
    let world = World::new().await;
    let app = &world.app;
    let browser = app.browser(&world.ana.person).await;
    let token = browser.token("a-l1").await;
    let from = app.now().0;
    app.clock.advance(20);
    let now = app.now().0;
    let claim = batch(&token, now, &[interval(1, from, now), interval(1, from, now)]);
    let first = browser.call(REPORT, &claim).await.expect(200).json();
    for _ in 0..5 {
        app.clock.advance(1);
        assert_eq!(browser.call(REPORT, &claim).await.expect(200).json(), first, "the same batch gives the same receipt");
    }
    assert_eq!(app.count("claim").await, 1);
    // The same number with other content: the first stands, the other waits for staff.
    let now = app.now().0;
    browser.call(REPORT, &batch(&token, now, &[interval(1, from, now)])).await.expect(200);
    assert_eq!(reasons(&outcomes(&world).await[1]), ["sequence-reused"]);
    // The same interval under new numbers is the same time.
    let again: Vec<_> = (2..40).map(|n| interval(n, from, from + 20_000)).collect();
    assert_eq!(browser.call(REPORT, &batch(&token, now, &again)).await.expect(200).json()["studied"], 20);
    assert_eq!(attributed(&world).await, 20_000);
    browser.get("/hours").await.expect(200).says(ES.claim_sequence_reused());
    says_studied(&browser, "a-l1", 20).await;
}

/// Many lessons at once, many tabs, many devices: never more than the clock showed.
#[tokio::test]
async fn the_same_minute_twice() {
    let world = World::new().await;
    let app = &world.app;
    let (phone, laptop) = (app.browser(&world.ana.person).await, app.browser(&world.ana.person).await);
    let from = app.now().0;
    let tokens = [phone.token("a-l1").await, phone.token("a-l2").await];
    let others = [laptop.token("a-l1").await, laptop.token("a-l2").await];
    app.clock.advance(40);
    let now = app.now().0;
    for (n, token) in tokens.iter().enumerate() {
        phone.call(REPORT, &batch(token, now, &[interval(n as i64, from, now)])).await.expect(200);
    }
    for (n, token) in others.iter().enumerate() {
        laptop.call(REPORT, &batch(token, now, &[interval(n as i64, from, now)])).await.expect(200);
    }
    assert_eq!(attributed(&world).await, 40_000);
    assert!(app.services.verify_ledger().await.expect("read").findings.is_empty());
}

#[tokio::test]
async fn for_anothers_reading() {
    let world = World::new().await;
    let app = &world.app;
    let (ana, bea) = (app.browser(&world.ana.person).await, app.browser(&world.bea.person).await);
    let token = ana.token("a-l1").await;
    let from = app.now().0;
    app.clock.advance(60);
    let now = app.now().0;
    let claim = batch(&token, now, &[interval(1, from, now)]);
    let before = app.state().await;
    assert_eq!(bea.call(REPORT, &claim).await.expect(403).json(), json!("Forbidden"));
    bea.post("/course/a-l1/1", &[("action", "continue"), ("token", &token)]).await.expect(403).says(ES.error_403());
    assert_eq!(app.visitor().call(REPORT, &claim).await.expect(401).json(), json!("Unauthenticated"));
    assert_eq!(app.state().await, before, "nothing was stored");
}
