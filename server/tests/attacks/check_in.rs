//! Self check-in: what the code notes, what it never does, and everything that is no right code.

use crate::support::walk::{IN_PERSON, LESSONS};
use crate::support::{Answer, Browser, ES, World};
use app::format;
use curriculum::Package;
use domain::hours::attribution::Target;
use domain::time::{Instant, Seconds};
use server::clock::{LIMA, local};

/// The session takes two hours.
pub(super) fn two_hours(package: &mut Package) {
    for lesson in package.programme.modules.iter_mut().flat_map(|m| &mut m.lessons).filter(|l| l.id.0 == IN_PERSON) {
        lesson.minutes = 120;
    }
}

async fn world() -> World {
    World::with(two_hours).await
}

fn address(meeting: &str) -> String {
    meeting.replace("/meetings/", "/check-in/")
}

fn clock(at: Instant) -> String {
    format::clock(ES, local(at, LIMA))
}

pub(super) async fn types(browser: &Browser<'_>, meeting: &str, code: &str) -> Answer {
    browser.post(&address(meeting), &[("code", code)]).await
}

/// A code that is not one of those of now.
pub(super) fn wrong(world: &World, meeting: &str) -> String {
    let right = [0, 1].map(|ago| world.code(meeting, ago));
    (0..3).map(|n| format!("{n:06}")).find(|code| !right.contains(code)).expect("one of three")
}

async fn said(world: &World) -> i64 {
    world.app.number("SELECT count(*) AS n FROM attendance WHERE source = 'code'").await
}

async fn credited(world: &World) -> i64 {
    world.app.number("SELECT CAST(coalesce(sum(seconds), 0) AS BIGINT) AS n FROM hours_entry WHERE kind = 'attendance'").await
}

/// Names and values of the roll's fields for one trainee.
fn noted(world: &World, times: Option<(&'static str, &'static str)>) -> Vec<(String, &'static str)> {
    let id = world.ana.enrolment;
    let mut fields = vec![("action".to_owned(), "confirm")];
    if let Some((from, to)) = times {
        fields.extend([(format!("present-{id}"), "yes"), (format!("from-{id}"), from), (format!("to-{id}"), to)]);
    }
    fields
}

async fn confirm(world: &World, meeting: &str, times: Option<(&'static str, &'static str)>) {
    let fields = noted(world, times);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    world.app.browser(&world.judge).await.post(meeting, &fields).await.expect(303);
}

#[tokio::test]
async fn arrival_and_departure_are_shown_and_credit_nothing() {
    let world = world().await;
    let app = &world.app;
    let meeting = world.plan("10:20").await;
    let (judge, ana) = (app.browser(&world.judge).await, app.browser(&world.ana.person).await);
    // A phone that reads no QR finds the way from home.
    ana.get("/home").await.expect(200).says(&format!("href=\"{}\"", address(&meeting)));
    app.browser(&world.far.person).await.get("/home").await.expect(200).does_not_say(&address(&meeting));
    let shown = world.code(&meeting, 0);
    let page = judge.get(&format!("{meeting}/code")).await.expect(200);
    page.says("http-equiv=\"refresh\" content=\"30\"")
        .says(&format!("{} {}", &shown[..3], &shown[3..]))
        .says("class=\"qr\"")
        .says(&ES.code_came(0, 2_usize));
    let filled = ana.get(&format!("{}?code={shown}", address(&meeting))).await.expect(200);
    assert_eq!(filled.value("code").as_deref(), Some(shown.as_str()));
    filled.says(ES.checkin_go());

    let arrived = app.now();
    assert_eq!(types(&ana, &meeting, &shown).await.expect(303).location(), address(&meeting));
    ana.get(&address(&meeting)).await.expect(200).says(&ES.checkin_arrived(clock(arrived))).says(ES.checkin_counts());
    judge.get(&format!("{meeting}/code")).await.expect(200).says(&ES.code_came(1, 2_usize));
    judge
        .get(&meeting)
        .await
        .expect(200)
        .says(&ES.roll_said_arrived(clock(arrived)))
        .says(ES.roll_says_nothing())
        .says(ES.roll_said_nothing());
    // Two taps are one arrival, and an hour later it is no departure yet: the last quarter begins at 11:50.
    let leaves = clock(Instant(arrived.0 + 110 * 60_000));
    for seconds in [0, 3600] {
        app.clock.advance(seconds);
        types(&ana, &meeting, &world.code(&meeting, 0)).await.expect(422).says(&ES.checkin_too_early(&leaves));
    }
    app.clock.advance(50 * 60);
    let left = app.now();
    types(&ana, &meeting, &world.code(&meeting, 1)).await.expect(303);
    ana.get(&address(&meeting)).await.expect(200).says(&ES.checkin_left(clock(arrived), clock(left))).does_not_say("name=\"code\"");
    types(&ana, &meeting, &world.code(&meeting, 0)).await.expect(422).says(ES.checkin_done());
    assert_eq!((said(&world).await, credited(&world).await), (2, 0));

    // The times are proposed; the tap is the judge's.
    app.clock.advance(3600);
    let roll = judge.get(&meeting).await.expect(200);
    assert_eq!(roll.value(&format!("from-{}", world.ana.enrolment)).as_deref(), Some("10:20"));
    assert_eq!(roll.value(&format!("to-{}", world.ana.enrolment)).as_deref(), Some("11:50"));
    roll.does_not_say("value=\"yes\" checked");
    confirm(&world, &meeting, Some(("10:20", "12:20"))).await;
    assert_eq!(credited(&world).await, 7200, "what the roll says");
    judge.get(&meeting).await.expect(200).says(&ES.roll_said_both(clock(arrived), clock(left))).says(ES.roll_differs_times());
    assert_eq!(app.services.verify_ledger().await.expect("read").findings, []);
}

#[tokio::test]
async fn whom_the_roll_calls_absent_is_absent() {
    let world = world().await;
    let meeting = world.plan("10:00").await;
    let ana = world.app.browser(&world.ana.person).await;
    types(&ana, &meeting, &world.code(&meeting, 0)).await.expect(303);
    world.app.clock.advance(7200);
    confirm(&world, &meeting, None).await;
    let judge = world.app.browser(&world.judge).await;
    judge.get(&meeting).await.expect(200).says(ES.roll_absent()).says(ES.roll_differs_absence());
    assert_eq!(credited(&world).await, 0);
    types(&ana, &meeting, &world.code(&meeting, 0)).await.expect(422).says(ES.checkin_confirmed());
    ana.get(&address(&meeting)).await.expect(200).says(ES.checkin_confirmed_text());
    judge.get(&format!("{meeting}/code")).await.expect(200).says(ES.code_confirmed());
    assert_eq!(said(&world).await, 1);
    assert_eq!(world.app.services.verify_ledger().await.expect("read").findings, []);
}

#[tokio::test]
async fn yesterdays_another_sessions_and_an_old_code_are_refused() {
    let world = world().await;
    let app = &world.app;
    let (meeting, other) = (world.plan("10:00").await, world.plan("10:05").await);
    let ana = app.browser(&world.ana.person).await;
    let old = [world.code(&other, 0), world.code(&meeting, 2), world.code(&meeting, 1440), world.code(&meeting, -1)];
    for (code, left) in old.iter().zip((1..5).rev()) {
        types(&ana, &meeting, code).await.expect(422).says(&ES.checkin_wrong(left));
    }
    assert_eq!((said(&world).await, app.count("check_in_try").await), (0, 4));
    // The next day the session of before has no code at all.
    let yesterday = world.code(&meeting, 0);
    app.clock.advance(86_400);
    let ana = app.browser(&world.ana.person).await;
    types(&ana, &meeting, &yesterday).await.expect(422).says(ES.checkin_over());
    types(&ana, &meeting, &world.code(&meeting, 0)).await.expect(422).says(ES.checkin_over());
    app.browser(&world.judge).await.get(&format!("{meeting}/code")).await.expect(200).says(ES.code_over());
    assert_eq!((said(&world).await, app.count("check_in_try").await), (0, 4));
}

#[tokio::test]
async fn before_the_session_there_is_no_code() {
    let world = world().await;
    let app = &world.app;
    let meeting = world.plan("10:31").await;
    let from = format::moment(ES, local(Instant(app.now().0 + 60_000), LIMA));
    app.browser(&world.judge)
        .await
        .get(&format!("{meeting}/code"))
        .await
        .expect(200)
        .says(&ES.code_from(&from))
        .does_not_say("class=\"qr\"")
        .does_not_say("http-equiv");
    let ana = app.browser(&world.ana.person).await;
    types(&ana, &meeting, &world.code(&meeting, 0)).await.expect(422).says(&ES.checkin_not_yet(&from));
    ana.get("/home").await.expect(200).does_not_say(ES.home_checkin());
    assert_eq!((said(&world).await, app.count("check_in_try").await), (0, 0));
    app.clock.advance(60);
    types(&ana, &meeting, &world.code(&meeting, 0)).await.expect(303);
}

#[tokio::test]
async fn the_sixth_try_is_refused_even_with_the_right_code() {
    let world = world().await;
    let meeting = world.plan("10:00").await;
    let (ana, bea) = (world.app.browser(&world.ana.person).await, world.app.browser(&world.bea.person).await);
    for left in (1..5).rev() {
        types(&ana, &meeting, &wrong(&world, &meeting)).await.expect(422).says(&ES.checkin_wrong(left));
    }
    types(&ana, &meeting, &wrong(&world, &meeting)).await.expect(422).says(ES.checkin_no_tries());
    types(&ana, &meeting, &world.code(&meeting, 0)).await.expect(422).says(ES.checkin_no_tries()).says(ES.checkin_no_tries_text());
    // Another phone and another session in the browser are the same person; another person has her own tries.
    types(&world.app.browser(&world.ana.person).await, &meeting, &world.code(&meeting, 0)).await.expect(422).says(ES.checkin_no_tries());
    types(&bea, &meeting, &world.code(&meeting, 0)).await.expect(303);
    assert_eq!((said(&world).await, world.app.count("check_in_try").await), (1, 5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn all_at_once_are_five_tries_and_one_arrival() {
    let world = world().await;
    let meeting = world.plan("10:00").await;
    let (ana, bea) = (world.app.browser(&world.ana.person).await, world.app.browser(&world.bea.person).await);
    let (bad, good) = (wrong(&world, &meeting), world.code(&meeting, 0));
    let answers = futures::future::join_all((0..20).map(|_| types(&ana, &meeting, &bad))).await;
    assert!(answers.iter().all(|a| a.status == 422));
    assert_eq!(world.app.count("check_in_try").await, 5);
    let answers = futures::future::join_all((0..20).map(|_| types(&bea, &meeting, &good))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 303).count(), 1);
    assert_eq!(said(&world).await, 1);
    assert_eq!(world.app.services.verify_ledger().await.expect("read").findings, []);
}

/// The last code and the confirmation at the same moment: either order, and nothing of hers after the roll is closed.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn confirming_and_checking_in_at_once() {
    let world = world().await;
    let app = &world.app;
    let meeting = world.plan("10:00").await;
    app.clock.advance(2 * 3600 + 30);
    let last = world.code(&meeting, 1);
    let (judge, bea) = (app.browser(&world.judge).await, app.browser(&world.bea.person).await);
    let fields = noted(&world, Some(("10:00", "12:00")));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    let confirmations = futures::future::join_all((0..4).map(|_| judge.post(&meeting, &fields)));
    let (confirmed, typed) =
        futures::future::join(confirmations, futures::future::join_all((0..4).map(|_| types(&bea, &meeting, &last)))).await;
    assert_eq!(confirmed.iter().filter(|a| a.status == 303).count(), 1);
    assert!(typed.iter().filter(|a| a.status == 303).count() <= 1);
    assert_eq!(credited(&world).await, 7200);
    types(&bea, &meeting, &last).await.expect(422).says(ES.checkin_confirmed());
    assert_eq!(app.services.verify_ledger().await.expect("read").findings, []);
}

#[tokio::test]
async fn nobody_checks_in_for_another() {
    let world = world().await;
    let app = &world.app;
    let meeting = world.plan("10:00").await;
    let code = world.code(&meeting, 0);
    let bea = world.bea.enrolment.to_string();
    let fields = [("code", code.as_str()), ("enrolment", bea.as_str()), ("person", bea.as_str()), ("trainee", "70222002")];
    app.browser(&world.ana.person).await.post(&address(&meeting), &fields).await.expect(303);
    app.browser(&world.bea.person).await.get(&address(&meeting)).await.expect(200).does_not_say(ES.checkin_counts());
    app.browser(&world.ana.person).await.get(&address(&meeting)).await.expect(200).says(ES.checkin_counts());
    // Nobody outside the roll: not a trainee elsewhere, who is told nothing of it, nor who is no trainee.
    let before = app.state().await;
    let far = app.browser(&world.far.person).await;
    types(&far, &meeting, &code)
        .await
        .expect(403)
        .says(ES.checkin_not_on_roll())
        .says(ES.checkin_not_on_roll_text())
        .does_not_say("Local comunal");
    far.get(&address(&meeting)).await.expect(403).says(ES.checkin_not_on_roll()).does_not_say("name=\"code\"");
    types(&app.browser(&world.judge).await, &meeting, &code).await.expect(403);
    types(&app.visitor(), &meeting, &code).await.expect(401);
    app.browser(&world.far_judge).await.get(&format!("{meeting}/code")).await.expect(403);
    app.browser(&world.ana.person).await.get(&format!("{meeting}/code")).await.expect(403);
    let led = app.browser(&world.bea.person).await.led_by("cross-site");
    types(&led, &meeting, &code).await.expect(403);
    assert_eq!(app.state().await, before);
}

#[tokio::test]
async fn reading_writes_nothing() {
    let world = world().await;
    let app = &world.app;
    let meeting = world.plan("10:00").await;
    let before = app.state().await;
    let log = app.count("audit_event").await;
    let (judge, ana) = (app.browser(&world.judge).await, app.browser(&world.ana.person).await);
    let log_of_sign_in = app.count("audit_event").await - log;
    for query in
        [String::new(), format!("?code={}", world.code(&meeting, 0)), format!("?code={}", wrong(&world, &meeting)), "?code=x".to_owned()]
    {
        ana.get(&format!("{}{query}", address(&meeting))).await.expect(200);
    }
    ana.get(&format!("{}?code=1&code=2", address(&meeting))).await.expect(400);
    judge.get(&format!("{meeting}/code")).await.expect(200);
    assert_eq!(app.state().await, before);
    assert_eq!(app.count("audit_event").await, log + log_of_sign_in);
    // A visitor is led to sign in, and back with the code.
    let led = app.visitor().get(&format!("{}?code=123456", address(&meeting))).await.expect(303);
    assert!(
        led.location().starts_with("/login?next=%2Fcheck%2Din%2F") && led.location().ends_with("%3Fcode%3D123456"),
        "{}",
        led.location()
    );
}

#[tokio::test]
async fn the_sheet_is_for_the_judge_of_the_session() {
    let world = world().await;
    let meeting = world.plan("10:00").await;
    let judge = world.app.browser(&world.judge).await;
    judge.get(&meeting).await.expect(200).says(&format!("{meeting}/sheet.pdf")).says(&format!("{meeting}/code"));
    for browser in [judge.clone(), judge.in_english()] {
        let file = browser.get(&format!("{meeting}/sheet.pdf")).await.expect(200);
        assert!(file.raw.starts_with("%PDF-") && file.header("content-type") == "application/pdf");
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"a"));
    }
    world.app.browser(&world.far_judge).await.get(&format!("{meeting}/sheet.pdf")).await.expect(403);
}

/// Her own word is under the chain of evidence too, a lone arrival included.
#[tokio::test]
async fn a_changed_check_in_is_found() {
    let world = world().await;
    let app = &world.app;
    let meeting = world.plan("10:00").await;
    types(&app.browser(&world.ana.person).await, &meeting, &world.code(&meeting, 0)).await.expect(303);
    assert_eq!(app.services.verify_ledger().await.expect("read").findings, []);
    let behind = app.behind().await;
    behind.disarm("attendance").await;
    behind.run("UPDATE attendance SET check_in_at = check_in_at - 1").await.expect("changed");
    assert_eq!(app.services.verify_ledger().await.expect("read").findings.len(), 1);
    behind
        .run("UPDATE attendance SET check_in_at = check_in_at + 1, confirmed = TRUE, check_out_at = check_in_at + 7200000")
        .await
        .expect("changed");
    assert!(!app.services.verify_ledger().await.expect("read").findings.is_empty());
}

/// A confirmed note of her own word, had anybody written one, would still credit nothing.
#[tokio::test]
async fn only_the_judges_word_is_credited() {
    let world = world().await;
    let app = &world.app;
    let meeting = world.plan("10:00").await;
    let ana = app.browser(&world.ana.person).await;
    types(&ana, &meeting, &world.code(&meeting, 0)).await.expect(303);
    let behind = app.behind().await;
    behind.disarm("attendance").await;
    behind.run("UPDATE attendance SET confirmed = TRUE, check_out_at = check_in_at + 7200000").await.expect("changed");
    let reckoning = app.services.reckon(app.services.database.read(), world.ana.person.id).await.expect("reckoned");
    let target = Target { enrolment: world.ana.enrolment, lesson: IN_PERSON.into(), stretch: None };
    assert_eq!(reckoning.attribution.seconds(&target), Seconds::ZERO);
    assert_eq!(reckoning.evidence, [], "{LESSONS:?} were not opened");
}
