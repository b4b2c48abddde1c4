//! What is done at the same moment from two sides.

use crate::support::cast::Trainee;
use crate::support::walk::EVALUATION;
use crate::support::{ES, World};
use domain::curriculum::RequirementKind;
use server::clock::{LIMA, local_date};
use server::services::certification::issue::NotIssued;
use server::services::staff::Attest;

/// Issuing beside the withdrawal of what it rests on: either the certificate came first, or there is none.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn issuing_beside_withdrawing_an_attestation() {
    let world = World::new().await;
    let app = &world.app;
    let second = app.second().await;
    let mut refused = 0;
    for round in 0..6_u64 {
        let trainee = app.add_trainee("Rosa", "Tello", &format!("7044400{round}"), world.cohort).await;
        world.make_ready(&trainee).await;
        let (issuer, staff) = (app.signed(&world.issuer).await, app.signed(&world.staff).await);
        let withdraw = async {
            for _ in 0..round * 40 {
                tokio::task::yield_now().await;
            }
            let attest =
                Attest { kind: RequirementKind::Record, met: false, source: "Consulta".to_owned(), on: local_date(app.now(), LIMA) };
            second.services.of(&staff).attest(trainee.enrolment, attest).await.expect("recorded");
        };
        let (issued, ()) = tokio::join!(async { app.services.of(&issuer).issue(trainee.enrolment).await }, withdraw);
        let withdrawn_at = app.number("SELECT max(sequence) AS n FROM audit_event WHERE action = 'requirement.attest'").await;
        let subject = format!(
            "SELECT coalesce(max(sequence), 0) AS n FROM audit_event WHERE action = 'certificate.issue' AND subject = 'enrolment/{}'",
            trainee.enrolment
        );
        let issued_at = app.number(&subject).await;
        match issued {
            Ok(_) => assert!(0 < issued_at && issued_at < withdrawn_at, "issued on what was withdrawn before"),
            Err(NotIssued::NotEligible(_)) => {
                refused += 1;
                assert_eq!(issued_at, 0);
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(refused > 0, "the withdrawal never came between");
    assert_eq!(app.count("certificate").await, 6 - refused);
}

/// Two members of staff, two processes: one certificate, and numbers without gaps.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_issues_at_once() {
    let world = World::new().await;
    let app = &world.app;
    let second = app.second().await;
    let other = app.add("Marta", "Quispe", "40111020", &[(domain::access::Role::Staff, None)]).await;
    world.make_ready(&world.ana).await;
    let page = format!("/staff/enrolments/{}", world.ana.enrolment);
    let here = app.browser(&world.issuer).await;
    let mut there = second.visitor();
    there.cookies = app.browser(&other).await.cookies;
    let fields = [("action", "issue")];
    let (a, b, c) = tokio::join!(here.post(&page, &fields), there.post(&page, &fields), here.post(&page, &fields));
    let mut statuses = [a.status, b.status, c.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422, 422]);
    let number = app.texts("SELECT number AS text FROM certificate").await;
    assert_eq!(number.len(), 1);
    for refused in [a, b, c].iter().filter(|answer| answer.status == 422) {
        refused.says(&ES.issue_already(&number[0]));
    }
    assert_eq!(app.count("certificate_event").await, 1);
    let (bea, far) = (&world.bea, app.add_trainee("Luz", "Tapullima", "70222031", world.cohort).await);
    world.make_ready(bea).await;
    world.make_ready(&far).await;
    let (one, two) = (
        app.signed(&world.issuer).await,
        second.services.signed_in(&there.cookies["__Host-session"]).await.expect("asked").expect("a session"),
    );
    let issue = async |trainee: &Trainee, first: bool| {
        if first { app.services.of(&one).issue(trainee.enrolment).await } else { second.services.of(&two).issue(trainee.enrolment).await }
    };
    let (a, b) = tokio::join!(issue(bea, true), issue(&far, false));
    let mut numbers = vec![a.expect("issued"), b.expect("issued")];
    numbers.extend(number);
    numbers.sort();
    let serials: Vec<_> = numbers.iter().map(|n| n.split('-').nth(2).expect("a serial").to_owned()).collect();
    assert_eq!(serials, ["000001", "000002", "000003"]);
    assert_eq!(app.services.verify_ledger().await.expect("read").findings, []);
}

/// Two judges reach for the same work: one gets it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_judges_take_one_task() {
    let world = World::new().await;
    let app = &world.app;
    let second = app.second().await;
    world.sit(&world.ana).await;
    let here = app.browser(&world.judge).await;
    let mut there = second.visitor();
    there.cookies = app.browser(&world.far_judge).await.cookies;
    let (a, b) = tokio::join!(here.post("/grading", &[]), there.post("/grading", &[]));
    let mut led = [a.expect(303).location().to_owned(), b.expect(303).location().to_owned()];
    led.sort();
    assert_eq!(led[0], "/grading");
    assert!(led[1].starts_with("/grading/"));
}

/// Handing in twice, from two processes, and by the job at the same moment: one result.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn handed_in_from_three_sides() {
    let world = World::new().await;
    let app = &world.app;
    let second = app.second().await;
    let here = app.browser(&world.ana.person).await;
    let first = here.post(&format!("/evaluations/{EVALUATION}"), &[]).await.expect(303).location().to_owned();
    let review = format!("/attempts/{}/review", first.split('/').nth(2).expect("an id"));
    let mut there = second.visitor();
    there.cookies = here.cookies.clone();
    app.clock.advance(64);
    let (a, b, jobs, more) =
        tokio::join!(here.post(&review, &[]), there.post(&review, &[]), server::jobs::turn(&second.services), here.get(&review));
    a.expect(303);
    b.expect(303);
    jobs.expect("jobs");
    more.expect(303);
    assert_eq!(app.texts("SELECT state AS text FROM attempt").await, ["graded"]);
    assert_eq!(app.number("SELECT count(*) AS n FROM audit_event WHERE action = 'attempt.submit'").await, 1);
}
