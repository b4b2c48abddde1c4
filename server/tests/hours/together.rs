//! Claims of many trainees in one unit give what each gives alone: every table, and the chains.

use crate::support::World;
use crate::support::cast::Trainee;
use crate::support::walk::LESSONS;
use app::features::study::api::SentInterval;
use domain::access::Refusal;
use domain::curriculum::Language;
use domain::hours::evidence::{genesis, hash};
use domain::ids::{LessonId, PersonId};
use domain::time::{Instant, Seconds};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use server::failure::{Failure, Outcome};
use server::persistence::entities::{attributed, claim, device, hours_entry, hours_head, person_counter, reading, stretch_state};
use server::services::study::desk::intake::receive_all;
use server::services::study::desk::{Brought, Received, Sent};
use server::services::study::token::Reading;
use uuid::Uuid;

/// Trainees of a history; each has a twin, whose claims come one by one.
const TRAINEES: usize = 3;

/// What one of them sends.
#[derive(Debug, Clone)]
struct Step {
    trainee: usize,
    /// Which of her readings: two a lesson.
    reading: usize,
    /// Number, start against now, length, last input against the end: milliseconds. None is the button.
    intervals: Option<Vec<(i64, i64, i64, i64)>>,
    /// What her device's clock is off by, in milliseconds.
    skew: i64,
    /// Seconds that pass before it.
    pause: i64,
    /// Whether what waits is handled after it.
    last: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let interval = (0..8_i64, -90_000..5_000_i64, -500..40_000_i64, prop_oneof![Just(0), Just(-400_000_i64)]);
    let intervals = prop_oneof![1 => Just(None), 6 => vec(interval, 1..4).prop_map(Some)];
    let skew = prop_oneof![8 => Just(0_i64), 2 => Just(3_000), 1 => Just(5_500), 1 => Just(900_000)];
    let step = (0..TRAINEES, 0..4_usize, intervals, skew, 0..50_i64, proptest::bool::weighted(0.3));
    vec(step.prop_map(|(trainee, reading, intervals, skew, pause, last)| Step { trainee, reading, intervals, skew, pause, last }), 20..50)
}

/// A trainee with her four readings.
struct Student {
    trainee: Trainee,
    readings: Vec<Reading>,
}

async fn student(world: &World, number: usize) -> Student {
    let app = &world.app;
    let trainee = app.add_trainee("Rosa", "Tello", &format!("7066{number:04}"), world.cohort).await;
    let signed = app.signed(&trainee.person).await;
    let mut readings = Vec::new();
    for n in 0..4 {
        readings.push(Reading {
            id: Reading::new_id(),
            person: trainee.person.id,
            enrolment: trainee.enrolment,
            device: signed.device,
            session: signed.actor.session,
            lesson: LessonId::from(LESSONS[n / 2]),
            part: 0,
            language: Language::Es,
            revision: "r".into(),
            opened_at: app.now(),
        });
    }
    Student { trainee, readings }
}

fn brought(student: &Student, step: &Step, now: Instant) -> Brought {
    let device_now = Instant(now.0 - step.skew);
    let sent = match &step.intervals {
        None => Sent::Button,
        Some(intervals) => {
            let sent = intervals.iter().map(|(sequence, from, length, input)| {
                let started_at = device_now.0 + from;
                let ended_at = started_at + length;
                SentInterval { sequence: *sequence, started_at, ended_at, last_input_at: ended_at + input }
            });
            Sent::Intervals(sent.collect(), device_now)
        }
    };
    Brought { reading: student.readings[step.reading].clone(), sent, now }
}

async fn receive(world: &World, brought: Vec<Brought>) -> Vec<Outcome<Received>> {
    let services = &world.app.services;
    receive_all(&services.database, &services.catalogue, brought).await
}

/// Everything stored of a trainee, with places in order for ids, and her chain of evidence as it would be with them.
async fn stored(world: &World, student: &Student) -> Vec<String> {
    let (read, person, enrolment) = (world.app.services.database.read(), student.trainee.person.id.0, student.trainee.enrolment.0);
    let place = |id: Uuid| Uuid::from_u128(student.readings.iter().position(|r| r.id.0 == id).expect("hers") as u128);
    let claims = claim::Entity::find().filter(claim::Column::PersonId.eq(person)).order_by_asc(claim::Column::ReceivedNo).all(read);
    let claims = claims.await.expect("claims");
    let (nobody, mut chain, mut all) = (Uuid::nil(), genesis(PersonId(Uuid::nil())), Vec::new());
    let number_of = |evidence: &[u8]| claims.iter().find(|c| c.hash.as_deref() == Some(evidence)).map(|c| c.received_no);
    for row in claims.clone() {
        let id = Uuid::from_u128(u128::try_from(row.received_no).expect("a number"));
        let reading_id = place(row.reading_id);
        let row = claim::Model { id, reading_id, enrolment_id: nobody, person_id: nobody, device_id: nobody, hash: None, ..row };
        chain = hash(&chain, row.received_no, &server::services::hours::evidence::of_claim(&row));
        all.push(format!("{row:?}"));
    }
    all.push(format!("{chain:?}"));
    let counter = person_counter::Entity::find_by_id(person).one(read).await.expect("a counter");
    all.push(format!("{:?}", counter.map(|row| (row.received_no, row.hash.and_then(|hash| number_of(&hash))))));
    let rows = attributed::Entity::find().filter(attributed::Column::PersonId.eq(person)).order_by_asc(attributed::Column::StartsAt);
    for row in rows.all(read).await.expect("attributed") {
        all.push(format!("{:?}", attributed::Model { person_id: nobody, enrolment_id: nobody, ..row }));
    }
    let rows = stretch_state::Entity::find().filter(stretch_state::Column::EnrolmentId.eq(enrolment));
    for row in rows.order_by_asc(stretch_state::Column::LessonId).all(read).await.expect("stretches") {
        all.push(format!("{:?}", stretch_state::Model { enrolment_id: nobody, ..row }));
    }
    let rows = hours_entry::Entity::find().filter(hours_entry::Column::EnrolmentId.eq(enrolment));
    for row in rows.order_by_asc(hours_entry::Column::Sequence).all(read).await.expect("entries") {
        let rests_on = number_of(&row.evidence).expect("a claim of hers");
        let hashes = (Vec::new(), Vec::new(), Vec::new());
        let (evidence, previous_hash, hash) = hashes;
        all.push(format!("{rests_on} {:?}", hours_entry::Model { id: nobody, enrolment_id: nobody, evidence, previous_hash, hash, ..row }));
    }
    let head = hours_head::Entity::find_by_id(enrolment).one(read).await.expect("a head");
    all.push(format!("{:?}", head.map(|row| row.sequence)));
    for reading in &student.readings {
        let row = reading::Entity::find_by_id(reading.id.0).one(read).await.expect("a reading");
        all.push(format!("{:?}", row.map(|row| (row.lesson_id, row.part, row.opened_at, row.reported, row.continued))));
    }
    let device = device::Entity::find_by_id(student.readings[0].device.0).one(read).await.expect("a device");
    all.push(format!("{:?}", device.map(|row| row.clock_offset)));
    all
}

/// Random histories of several trainees: what waits together is one unit; their twins' claims come one by one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_gives_what_each_gives_alone() {
    let world = World::new().await;
    let (app, mut runner, mut largest) = (&world.app, TestRunner::deterministic(), 0);
    for case in 0..16 {
        let history = steps().new_tree(&mut runner).expect("a history").current();
        let (mut together, mut twins) = (Vec::new(), Vec::new());
        for n in 0..TRAINEES {
            together.push(student(&world, case * 10 + n).await);
            twins.push(student(&world, case * 10 + 5 + n).await);
        }
        app.clock.advance(200);
        let (mut waiting, mut alone) = (Vec::new(), Vec::new());
        for (at, step) in history.iter().enumerate() {
            app.clock.advance(step.pause);
            let now = app.now();
            waiting.push(brought(&together[step.trainee], step, now));
            let one = receive(&world, vec![brought(&twins[step.trainee], step, now)]).await.remove(0);
            alone.push(one.expect("received"));
            if step.last || at + 1 == history.len() {
                largest = largest.max(waiting.len());
                let answers = receive(&world, std::mem::take(&mut waiting)).await;
                let answers: Vec<_> = answers.into_iter().map(|answer| answer.expect("received")).collect();
                assert_eq!(answers, std::mem::take(&mut alone), "{history:?}");
            }
        }
        for (hers, twin) in together.iter().zip(&twins) {
            assert_eq!(stored(&world, hers).await, stored(&world, twin).await, "{history:?}");
        }
    }
    assert!(largest > TRAINEES, "some came twice into one unit");
    assert!(app.count("hours_entry").await > 0);
    assert!(app.number("SELECT count(*) AS n FROM claim WHERE outcome LIKE '{\"kind\":\"queued\"%'").await > 0);
    assert!(app.number("SELECT count(*) AS n FROM claim WHERE kind = 'form'").await > 0);
    assert_eq!(app.services.verify_ledger().await.expect("read").findings, []);
}

/// Somebody whose rows are damaged, whose claim the database refuses, or who is not there, takes nobody along.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_one_touches_nobody_else() {
    let world = World::new().await;
    let (app, mut students) = (&world.app, Vec::new());
    for n in 0..4 {
        students.push(student(&world, n).await);
    }
    let step =
        |sequence| Step { trainee: 0, reading: 0, intervals: Some(vec![(sequence, -10_000, 10_000, 0)]), skew: 0, pause: 0, last: true };
    let send = async |sequence, spoil: Option<usize>| {
        app.clock.advance(10);
        let mut all: Vec<_> = students.iter().map(|hers| brought(hers, &step(sequence), app.now())).collect();
        if let Some(spoilt) = spoil {
            all[spoilt].reading.enrolment.0 = Uuid::nil();
        }
        receive(&world, all).await
    };
    for answer in send(1, None).await {
        assert_eq!(answer.expect("received").studied, Seconds(10));
    }
    // Nobody has this enrolment.
    let answers = send(2, Some(2)).await;
    assert!(matches!(answers[2], Err(Failure::Forbidden(Refusal::NotOwn))), "{answers:?}");
    assert_eq!((app.count("claim").await, answers.iter().filter(|a| a.is_ok()).count()), (7, 3));
    // A hash that is none: found in memory, before anything is written.
    let (behind, hers) = (app.behind().await, app.spelt(students[1].trainee.person.id.0));
    let byte = if app.is_sqlite() { "x'00'" } else { "'\\x00'" };
    behind.run(&format!("UPDATE person_counter SET hash = {byte} WHERE person_id = {hers}")).await.expect("damaged");
    let answers = send(3, None).await;
    assert!(matches!(answers[1], Err(Failure::Inconsistent { table: "person_counter", .. })), "{answers:?}");
    assert_eq!((app.count("claim").await, answers.iter().filter(|a| a.is_ok()).count()), (10, 3));
    // A number that is given already: the database refuses the whole unit, and then her alone.
    behind.run(&format!("UPDATE person_counter SET received_no = 0, hash = NULL WHERE person_id = {hers}")).await.expect("damaged");
    let answers = send(4, None).await;
    assert!(answers[1].as_ref().is_err_and(Failure::is_duplicate), "{answers:?}");
    assert_eq!((app.count("claim").await, answers.iter().filter(|a| a.is_ok()).count()), (13, 3));
    let others: Vec<_> = students.iter().enumerate().filter(|(n, _)| *n != 1).map(|(_, s)| s.trainee.enrolment).collect();
    for finding in app.services.verify_ledger().await.expect("read").findings {
        assert!(others.iter().all(|id| !format!("{finding:?}").contains(&id.to_string())), "{finding:?}");
    }
}
