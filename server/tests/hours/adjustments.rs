//! Adjustments: posted alone, by two, declined; and the attacks on them.

use super::{findings, generous, page_of, propose, waiting};
use crate::support::cast::{NEAR, new_person};
use crate::support::walk::LESSONS;
use crate::support::{ES, World};
use domain::access::Role;
use domain::time::Seconds;
use server::services::certification::issue::NotIssued;
use server::services::hours::adjust::NewAdjustment;
use server::services::hours::verify::Finding;

const REASON: &str = "La señal se cayó durante el taller y ella sí leyó.";

/// Confirmed seconds that her page, the gate and the board are made of.
async fn confirmed(world: &World) -> i64 {
    let services = &world.app.services;
    let read = services.database.read();
    let enrolment = services.enrolment(read, world.ana.enrolment).await.expect("an enrolment");
    let (_, facts) = services.gate(read, &enrolment).await.expect("a gate");
    facts.confirmed.0
}

#[tokio::test]
async fn one_person_posts_a_small_one_and_she_reads_why() {
    let world = generous().await;
    let app = &world.app;
    let (staff, ana) = (app.browser(&world.staff).await, app.browser(&world.ana.person).await);
    let desk = format!("/staff/enrolments/{}", world.ana.enrolment);
    staff.get(&desk).await.expect(200).says(&page_of(world.ana.enrolment));
    propose(&staff, world.ana.enrolment, LESSONS[0], 1, REASON).await.expect(303);
    staff.get(&page_of(world.ana.enrolment)).await.expect(200).says(REASON).says(ES.adjust_posted()).says(&ES.hours_plus("1 min"));
    ana.get("/hours").await.expect(200).says(ES.hours_adjustment()).says(&ES.hours_reason(REASON)).says(&ES.hours_plus("1 min"));
    ana.in_english().get("/hours").await.expect(200).says(REASON);
    assert_eq!(confirmed(&world).await, 60);
    // It answers no checkpoint.
    assert_eq!(app.number("SELECT count(*) AS n FROM checkpoint_try").await, 0);
    assert_eq!(app.number("SELECT count(*) AS n FROM stretch_state WHERE passed_at IS NOT NULL").await, 0);
    assert_eq!(app.texts("SELECT kind AS text FROM hours_entry").await, ["adjustment"]);
    // Free text is neither in the ledger nor in the audit log.
    assert_eq!(app.number("SELECT count(*) AS n FROM hours_entry WHERE reason IS NOT NULL").await, 0);
    assert!(app.texts("SELECT detail AS text FROM audit_event").await.iter().all(|detail| !detail.contains("taller")));
    let told = app.texts("SELECT action AS text FROM audit_event WHERE action LIKE 'adjustment.%' ORDER BY sequence").await;
    assert_eq!(told, ["adjustment.propose", "adjustment.post"]);
    assert_eq!(findings(app).await, []);
    // Study that comes later is credited beside it, within the lesson's minute.
    world.study_all(&world.ana).await;
    assert_eq!(confirmed(&world).await, 120);
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn more_waits_for_another_person() {
    let world = generous().await;
    let app = &world.app;
    let (staff, second, ana) = (app.browser(&world.staff).await, app.browser(&world.issuer).await, app.browser(&world.ana.person).await);
    let page = page_of(world.ana.enrolment);
    propose(&staff, world.ana.enrolment, LESSONS[0], 1, REASON).await.expect(303);
    // One minute more is small itself, but the sum is not.
    propose(&staff, world.ana.enrolment, LESSONS[1], 1, "Otro minuto de lectura sin señal.").await.expect(303);
    assert_eq!(confirmed(&world).await, 60);
    ana.get("/hours").await.expect(200).does_not_say("Otro minuto");
    // Who proposed it is offered nothing, and refused when she asks all the same.
    let own = staff.get(&page).await.expect(200);
    own.says(ES.adjust_waiting()).does_not_say(ES.adjust_second());
    let adjustment = waiting(&second, world.ana.enrolment).await;
    let before = app.state().await;
    for action in ["approve", "decline"] {
        let fields = [("action", action), ("adjustment", &adjustment), ("why", "Lo apruebo yo misma, es correcto.")];
        staff.post(&page, &fields).await.expect(403).says(ES.error_403());
    }
    assert_eq!(app.state().await, before);
    second.post(&page, &[("action", "approve"), ("adjustment", &adjustment), ("why", "")]).await.expect(303);
    assert_eq!(confirmed(&world).await, 120);
    second.get(&page).await.expect(200).says("Inés Cárdenas").does_not_say(ES.adjust_waiting());
    ana.get("/hours").await.expect(200).says("Otro minuto");
    // Decided once.
    let third = app.add("Marta", "Quispe", "40111020", &[(Role::Staff, Some(NEAR))]).await;
    for browser in [&second, &app.browser(&third).await] {
        for action in ["approve", "decline"] {
            let fields = [("action", action), ("adjustment", adjustment.as_str()), ("why", "Otra decisión distinta.")];
            browser.post(&page, &fields).await.expect(409).says(ES.error_409());
        }
    }
    assert_eq!(app.number("SELECT count(*) AS n FROM hours_entry WHERE kind = 'adjustment'").await, 2);
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn a_declined_one_counts_nothing_and_frees_its_minutes() {
    let world = generous().await;
    let app = &world.app;
    let (staff, second) = (app.browser(&world.staff).await, app.browser(&world.issuer).await);
    let page = page_of(world.ana.enrolment);
    propose(&staff, world.ana.enrolment, LESSONS[0], 1, REASON).await.expect(303);
    propose(&staff, world.ana.enrolment, LESSONS[1], 1, REASON).await.expect(303);
    propose(&staff, world.ana.enrolment, LESSONS[0], -1, REASON).await.expect(303);
    // All three minutes are spoken for.
    let full = app.browser(&world.issuer).await.get(&page).await.expect(200);
    full.says(ES.adjust_full());
    let adjustment = waiting(&second, world.ana.enrolment).await;
    let decline = |why: &'static str| vec![("action", "decline"), ("adjustment", adjustment.as_str()), ("why", why)];
    second.post(&page, &decline("")).await.expect(422).says(ES.adjust_why_wrong());
    second.post(&page, &decline("No consta en la lista del taller.")).await.expect(303);
    second.get(&page).await.expect(200).says("No consta en la lista del taller.").does_not_say(ES.adjust_full());
    assert_eq!(confirmed(&world).await, 60);
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn beyond_the_rules_nothing_is_written() {
    let world = World::with(|package| package.programme.rules.max_adjusted = 67).await;
    let app = &world.app;
    let staff = app.browser(&world.staff).await;
    let id = world.ana.enrolment;
    let before = app.state().await;
    // Below what the lesson has, above what it lacks.
    propose(&staff, id, LESSONS[0], -1, REASON).await.expect(422).says(&ES.adjust_below_zero("0 min")).says(REASON);
    propose(&staff, id, LESSONS[0], 2, REASON).await.expect(422).says(&ES.adjust_beyond("1 min"));
    // Over the sum: 67 % of three minutes.
    propose(&staff, id, LESSONS[0], 3, REASON).await.expect(422).says(&ES.adjust_too_much("2 min"));
    for (minutes, words) in [("0", true), ("-1", true), ("1.5", true), ("x", true), ("99999999999999999999", true), ("", true)] {
        let key = staff.get(&page_of(id)).await.expect(200).value("key").expect("a form");
        let fields =
            [("action", "propose"), ("key", &key), ("lesson", LESSONS[0]), ("sign", "more"), ("minutes", minutes), ("reason", REASON)];
        let answer = staff.post(&page_of(id), &fields).await.expect(422);
        assert!(words && answer.text().contains(ES.adjust_minutes_wrong()), "{minutes}");
    }
    propose(&staff, id, "a-l9", 1, REASON).await.expect(404);
    propose(&staff, id, LESSONS[0], 1, "corto").await.expect(422).says(ES.adjust_reason_wrong());
    propose(&staff, id, LESSONS[0], 1, &"a".repeat(1001)).await.expect(422).says(ES.adjust_reason_wrong());
    assert_eq!(app.state().await, before);
    // One, and one back: the sum is of absolute lengths, and two is all there is.
    propose(&staff, id, LESSONS[0], 1, REASON).await.expect(303);
    propose(&staff, id, LESSONS[0], -1, REASON).await.expect(303);
    let adjustment = waiting(&app.browser(&world.issuer).await, id).await;
    let approve = [("action", "approve"), ("adjustment", adjustment.as_str()), ("why", "")];
    app.browser(&world.issuer).await.post(&page_of(id), &approve).await.expect(303);
    assert_eq!(confirmed(&world).await, 0);
    staff.get(&page_of(id)).await.expect(200).says(ES.adjust_full());
    let new = NewAdjustment {
        id: domain::ids::AdjustmentId(uuid::Uuid::new_v4()),
        lesson: LESSONS[1].into(),
        seconds: Seconds(60),
        reason: REASON.to_owned(),
    };
    let signed = app.signed(&world.issuer).await;
    let refused = app.services.of(&signed).propose_adjustment(id, new).await.expect("answered");
    assert_eq!(refused.map_err(|why| why.to_string()), Err("more than the sum allows: 0 s left".to_owned()));
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn sent_twice_it_is_made_once() {
    let world = generous().await;
    let app = &world.app;
    let staff = app.browser(&world.staff).await;
    let page = page_of(world.ana.enrolment);
    let key = staff.get(&page).await.expect(200).value("key").expect("a form");
    let fields =
        [("action", "propose"), ("key", key.as_str()), ("lesson", LESSONS[0]), ("sign", "more"), ("minutes", "1"), ("reason", REASON)];
    let (a, b, c) = tokio::join!(staff.post(&page, &fields), staff.post(&page, &fields), staff.post(&page, &fields));
    for answer in [a, b, c] {
        answer.expect(303);
    }
    assert_eq!((app.count("adjustment").await, confirmed(&world).await), (1, 60));
    // The key of one enrolment opens nothing in another.
    let issuer = app.browser(&world.issuer).await;
    issuer.post(&page_of(world.bea.enrolment), &fields).await.expect(409);
    issuer.post(&page_of(world.far.enrolment), &fields).await.expect(409);
    assert_eq!(app.count("adjustment").await, 1);
}

#[tokio::test]
async fn not_of_another_district_and_not_of_oneself() {
    let world = generous().await;
    let app = &world.app;
    let (near, far) = (app.browser(&world.staff).await, app.browser(&world.far_staff).await);
    propose(&near, world.ana.enrolment, LESSONS[0], 1, REASON).await.expect(303);
    propose(&near, world.ana.enrolment, LESSONS[1], 1, REASON).await.expect(303);
    let adjustment = waiting(&app.browser(&world.issuer).await, world.ana.enrolment).await;
    let before = app.state().await;
    let approve = [("action", "approve"), ("adjustment", adjustment.as_str()), ("why", "")];
    far.get(&page_of(world.ana.enrolment)).await.expect(403);
    far.post(&page_of(world.ana.enrolment), &approve).await.expect(403);
    // Through the page of somebody in the own district.
    far.post(&page_of(world.far.enrolment), &approve).await.expect(404);
    // An auditor reads and cannot act.
    let auditor = app.browser(&world.auditor).await;
    auditor.get(&page_of(world.ana.enrolment)).await.expect(200).does_not_say(ES.adjust_new()).does_not_say(ES.adjust_approve());
    auditor.post(&page_of(world.ana.enrolment), &approve).await.expect(403);
    assert_eq!(app.state().await, before);
    // Staff who is a trainee herself.
    let both = new_person("Doris", "Amasifuén", "70222099", &[(Role::Staff, None)]);
    let id = app.services.add_person(both, None).await.expect("added");
    let hers = app.services.enrol(id, world.cohort, None).await.expect("enrolled");
    app.give_pin(id).await;
    let doris = app.browser(&crate::support::Person { id, number: "70222099".to_owned(), name: String::new() }).await;
    propose(&near, hers, LESSONS[0], 1, REASON).await.expect(303);
    propose(&near, hers, LESSONS[1], 1, REASON).await.expect(303);
    let waits = waiting(&app.browser(&world.issuer).await, hers).await;
    let before = app.state().await;
    doris.get(&page_of(hers)).await.expect(403);
    doris.post(&page_of(hers), &[("action", "approve"), ("adjustment", &waits), ("why", "")]).await.expect(403);
    let key = uuid::Uuid::new_v4().to_string();
    let fields =
        [("action", "propose"), ("key", key.as_str()), ("lesson", LESSONS[0]), ("sign", "more"), ("minutes", "1"), ("reason", REASON)];
    doris.post(&page_of(hers), &fields).await.expect(403);
    assert_eq!(app.state().await, before);
}

/// Two people decide the same one at the same moment, one approving and one declining, in two processes.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_decide_at_once() {
    let world = generous().await;
    let app = &world.app;
    let second = app.second().await;
    let staff = app.browser(&world.staff).await;
    let other = app.add("Marta", "Quispe", "40111020", &[(Role::Staff, Some(NEAR))]).await;
    propose(&staff, world.ana.enrolment, LESSONS[0], 1, REASON).await.expect(303);
    propose(&staff, world.ana.enrolment, LESSONS[1], 1, REASON).await.expect(303);
    let here = app.browser(&world.issuer).await;
    let mut there = second.visitor();
    there.cookies = app.browser(&other).await.cookies;
    let page = page_of(world.ana.enrolment);
    let adjustment = waiting(&here, world.ana.enrolment).await;
    let approve = [("action", "approve"), ("adjustment", adjustment.as_str()), ("why", "")];
    let decline = [("action", "decline"), ("adjustment", adjustment.as_str()), ("why", "No consta en la lista.")];
    let (a, b, c) = tokio::join!(here.post(&page, &approve), there.post(&page, &decline), there.post(&page, &approve));
    let mut statuses = [a.status, b.status, c.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409, 409]);
    assert_eq!(app.count("adjustment_decision").await, 2);
    let granted = app.number("SELECT count(*) AS n FROM adjustment_decision WHERE granted = TRUE").await;
    assert_eq!(app.number("SELECT count(*) AS n FROM hours_entry WHERE kind = 'adjustment'").await, granted);
    assert_eq!(findings(app).await, []);
}

/// Many proposals at once do not pass the sum together.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_stay_within_the_sum() {
    let world = World::with(|package| {
        package.programme.rules.max_adjusted = 67;
        package.programme.rules.adjustment_alone = Seconds(600);
    })
    .await;
    let app = &world.app;
    let second = app.second().await;
    let (staff, issuer) = (app.signed(&world.staff).await, app.signed(&world.issuer).await);
    let new = |lesson: &str| NewAdjustment {
        id: domain::ids::AdjustmentId(uuid::Uuid::new_v4()),
        lesson: lesson.into(),
        seconds: Seconds(60),
        reason: REASON.to_owned(),
    };
    let id = world.ana.enrolment;
    let (a, b, c) = tokio::join!(
        async { app.services.of(&staff).propose_adjustment(id, new(LESSONS[0])).await },
        async { second.services.of(&issuer).propose_adjustment(id, new(LESSONS[1])).await },
        async { second.services.of(&issuer).propose_adjustment(id, new("a-l3")).await },
    );
    let posted = [a, b, c].into_iter().filter(|answer| answer.as_ref().expect("answered").is_ok()).count();
    assert_eq!((posted, confirmed(&world).await), (2, 120));
    assert_eq!(findings(app).await, []);
}

/// Issuing beside an adjustment that takes a minute: the certificate came first, or there is none.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn issuing_beside_an_adjustment() {
    let world = generous().await;
    let app = &world.app;
    let second = app.second().await;
    let mut refused = 0;
    for round in 0..6_u64 {
        let trainee = app.add_trainee("Rosa", "Tello", &format!("7044400{round}"), world.cohort).await;
        world.make_ready(&trainee).await;
        let (issuer, staff) = (app.signed(&world.issuer).await, app.signed(&world.staff).await);
        let take = async {
            for _ in 0..round * 40 {
                tokio::task::yield_now().await;
            }
            let id = domain::ids::AdjustmentId(uuid::Uuid::new_v4());
            let new = NewAdjustment { id, lesson: LESSONS[0].into(), seconds: Seconds(-60), reason: REASON.to_owned() };
            second.services.of(&staff).propose_adjustment(trainee.enrolment, new).await.expect("answered").expect("posted");
        };
        let (issued, ()) = tokio::join!(async { app.services.of(&issuer).issue(trainee.enrolment).await }, take);
        match issued {
            Ok(_) => {
                let last = |action: &str| format!("SELECT coalesce(max(sequence), 0) AS n FROM audit_event WHERE action = '{action}'");
                assert!(
                    app.number(&last("certificate.issue")).await < app.number(&last("adjustment.post")).await,
                    "issued on what was taken"
                );
            }
            Err(NotIssued::NotEligible(_)) => refused += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(app.count("certificate").await, 6 - refused);
    assert_eq!(findings(app).await, []);
}

/// Who adjusted hours does not issue the certificate.
#[tokio::test]
async fn who_adjusts_does_not_issue() {
    let world = generous().await;
    let app = &world.app;
    world.make_ready(&world.ana).await;
    let issuer = app.browser(&world.issuer).await;
    propose(&issuer, world.ana.enrolment, LESSONS[0], -1, REASON).await.expect(303);
    let signed = app.signed(&world.issuer).await;
    let other = app.add("Marta", "Quispe", "40111020", &[(Role::Staff, None)]).await;
    let back = app.browser(&other).await;
    propose(&back, world.ana.enrolment, LESSONS[0], 1, REASON).await.expect(303);
    let waits = waiting(&issuer, world.ana.enrolment).await;
    issuer.post(&page_of(world.ana.enrolment), &[("action", "approve"), ("adjustment", &waits), ("why", "")]).await.expect(303);
    assert_eq!(confirmed(&world).await, 180);
    assert!(matches!(app.services.of(&signed).issue(world.ana.enrolment).await, Err(NotIssued::TookPart)));
    assert!(matches!(app.services.of(&app.signed(&other).await).issue(world.ana.enrolment).await, Err(NotIssued::TookPart)));
    let third = app.add("Nora", "Saavedra", "40111021", &[(Role::Staff, None)]).await;
    app.services.of(&app.signed(&third).await).issue(world.ana.enrolment).await.expect("issued");
}

#[tokio::test]
async fn whatever_is_changed_afterwards_is_found() {
    let world = generous().await;
    let app = &world.app;
    let (staff, second) = (app.browser(&world.staff).await, app.browser(&world.issuer).await);
    propose(&staff, world.ana.enrolment, LESSONS[0], 1, REASON).await.expect(303);
    propose(&staff, world.ana.enrolment, LESSONS[1], 1, REASON).await.expect(303);
    let adjustment = waiting(&second, world.ana.enrolment).await;
    let decline = [("action", "decline"), ("adjustment", adjustment.as_str()), ("why", "No consta en la lista del taller.")];
    second.post(&page_of(world.ana.enrolment), &decline).await.expect(303);
    assert_eq!(findings(app).await, []);
    let behind = app.behind().await;
    for table in ["adjustment", "adjustment_decision"] {
        assert!(behind.run(&format!("DELETE FROM {table}")).await.is_err(), "{table} can be emptied");
        behind.disarm(table).await;
    }
    for (change, back) in [
        ("UPDATE adjustment SET seconds = seconds * 2", "UPDATE adjustment SET seconds = seconds / 2"),
        (
            "UPDATE adjustment_decision SET granted = TRUE WHERE alone = FALSE",
            "UPDATE adjustment_decision SET granted = FALSE WHERE alone = FALSE",
        ),
        ("UPDATE adjustment_decision SET decided_at = decided_at + 1", "UPDATE adjustment_decision SET decided_at = decided_at - 1"),
        (
            "UPDATE adjustment SET lesson_id = 'a-l3' WHERE lesson_id = 'a-l1'",
            "UPDATE adjustment SET lesson_id = 'a-l1' WHERE lesson_id = 'a-l3'",
        ),
    ] {
        behind.run(change).await.expect(change);
        let found = findings(app).await;
        assert!(
            found.iter().any(|f| matches!(f, Finding::Evidence { person, .. } if *person == world.ana.person.id)),
            "{change}: {found:?}"
        );
        behind.run(back).await.expect(back);
        assert_eq!(findings(app).await, [], "restored after {change}");
    }
    // Another text in the reason's place is found, and one that is gone without a word of who erased it.
    let changed = "UPDATE reason_text SET body = body || ' '";
    behind.run(changed).await.expect(changed);
    assert!(findings(app).await.iter().any(|f| matches!(f, Finding::Reason { .. })));
    behind.run("UPDATE reason_text SET body = NULL, erased_at = 1").await.expect("erased");
    assert!(findings(app).await.iter().any(|f| matches!(f, Finding::Reason { .. })), "erased by nobody");
    second.get(&page_of(world.ana.enrolment)).await.expect(200).says(ES.reason_erased()).does_not_say(REASON);
    app.browser(&world.ana.person).await.get("/hours").await.expect(200).says(ES.reason_erased()).does_not_say(REASON);
    behind.run("DELETE FROM reason_text").await.expect("gone");
    assert!(findings(app).await.iter().any(|f| matches!(f, Finding::Reason { .. })));
}
