//! Making up a missed session: as a guest of another cohort, or by a substitute task. No minute twice, nobody in another's place.

use super::check_in::{two_hours, types};
use crate::support::cast::Trainee;
use crate::support::walk::IN_PERSON;
use crate::support::{Answer, Browser, ES, World};
use app::format;
use chrono::NaiveDate;
use server::services::staff::cohorts::NewCohort;

const MINUTE: i64 = 60;

async fn world() -> World {
    World::with(two_hours).await
}

/// Attendance in the ledger of one trainee, in seconds.
async fn credited(world: &World, trainee: &Trainee) -> i64 {
    let id = trainee.enrolment.0;
    let id = if world.app.is_sqlite() { format!("x'{}'", id.simple()) } else { format!("'{id}'") };
    let sql = format!(
        "SELECT CAST(coalesce(sum(seconds), 0) AS BIGINT) AS n FROM hours_entry WHERE kind IN ('attendance', 'reversal') AND enrolment_id = {id}"
    );
    world.app.number(&sql).await
}

async fn sound(world: &World) {
    assert_eq!(world.app.services.verify_ledger().await.expect("read").findings, []);
    // Never more than the clock: no two attributed intervals of one person overlap.
    let twice = "SELECT count(*) AS n FROM attributed a JOIN attributed b ON a.person_id = b.person_id AND a.starts_at < b.starts_at AND a.ends_at > b.starts_at";
    assert_eq!(world.app.number(twice).await, 0);
}

async fn confirm_roll(judge: &Browser<'_>, meeting: &str, trainee: &Trainee, from: &str, to: &str) {
    let id = trainee.enrolment;
    let names = [format!("present-{id}"), format!("from-{id}"), format!("to-{id}")];
    let fields = [("action", "confirm"), (names[0].as_str(), "yes"), (names[1].as_str(), from), (names[2].as_str(), to)];
    judge.post(meeting, &fields).await.expect(303);
}

/// Sets a task for a trainee; its address.
pub(super) async fn set(judge: &Browser<'_>, trainee: &Trainee) -> Answer {
    let missing = format!("{} {IN_PERSON}", trainee.enrolment);
    judge.post("/substitutes", &[("missing", &missing), ("task", "Visita la comisaría y cuenta qué viste."), ("due", "2026-11-30")]).await
}

pub(super) async fn done(judge: &Browser<'_>, task: &str, from: &str, to: &str) -> Answer {
    judge.post(task, &[("date", "2026-11-23"), ("from", from), ("to", to), ("note", "Trajo su informe.")]).await
}

#[tokio::test]
async fn a_task_done_is_credited_up_to_what_is_missing() {
    let world = world().await;
    let app = &world.app;
    let (judge, ana) = (app.browser(&world.judge).await, app.browser(&world.ana.person).await);
    // She was there for 50 of 120 minutes.
    let meeting = world.plan("07:30").await;
    confirm_roll(&judge, &meeting, &world.ana, "07:30", "08:20").await;
    assert_eq!(credited(&world, &world.ana).await, 50 * MINUTE);
    let page = judge.get("/substitutes").await.expect(200);
    page.says(&ES.substitutes_option("1 h 10 min", format!("1.3 {}", lesson_title(&world)), "Anastasia Tuanama Ríos"));
    let task = set(&judge, &world.ana).await.expect(303).location().to_owned();
    let due = format::weekday(ES, NaiveDate::from_ymd_opt(2026, 11, 30).expect("a day"));
    ana.get("/home").await.expect(200).says(&ES.home_gap_task(&due, "Visita la comisaría y cuenta qué viste."));
    judge.get(&task).await.expect(200).says("1 h 10 min");

    app.clock.advance(3 * 3600);
    assert_eq!(credited(&world, &world.ana).await, 50 * MINUTE, "setting it credits nothing");
    done(&judge, &task, "10:10", "12:30").await.expect(303);
    assert_eq!(credited(&world, &world.ana).await, 120 * MINUTE, "two hours and twenty stated, seventy minutes missing");
    judge.get(&task).await.expect(200).says("Trajo su informe.").says(ES.substitutes_done());
    judge.get("/substitutes").await.expect(200).does_not_say("Anastasia Tuanama Ríos: ").says(ES.substitutes_done());
    app.browser(&world.ana.person).await.get("/home").await.expect(200).does_not_say("Visita la comisaría");
    // Once; and its little session is none of the list, nor has it a roll.
    done(&judge, &task, "12:40", "12:50").await.expect(409);
    set(&judge, &world.ana).await.expect(422).says(ES.substitutes_nothing());
    assert_eq!(judge.get("/meetings").await.expect(200).raw.matches("href=\"/meetings/").count(), 1);
    assert_eq!(app.count("substitute_done").await, 1);
    sound(&world).await;
}

fn lesson_title(world: &World) -> String {
    let (_, programme) = world.app.services.catalogue.current(&"muestra".into()).expect("the fixture");
    let (_, lesson) = programme.lesson(&IN_PERSON.into()).expect("the lesson");
    lesson.title.get(ES.language()).to_owned()
}

#[tokio::test]
async fn a_task_counts_no_minute_that_counts_elsewhere_or_never_was() {
    let world = world().await;
    let app = &world.app;
    let judge = app.browser(&world.judge).await;
    let task = set(&judge, &world.ana).await.expect(303).location().to_owned();
    let meeting = world.plan("10:30").await;
    app.clock.advance(4 * 3600);
    confirm_roll(&judge, &meeting, &world.ana, "10:30", "11:00").await;
    let before = app.state().await;
    for (from, to, why) in [
        ("09:00", "09:30", ES.substitute_before()),
        ("13:50", "14:01", ES.substitute_future()),
        ("10:45", "11:15", ES.substitute_overlaps()),
        ("10:10", "12:10", ES.substitute_overlaps()),
        ("11:00", "11:00", ES.roll_times_wrong()),
        ("11:30", "11:00", ES.roll_times_wrong()),
    ] {
        done(&judge, &task, from, to).await.expect(422).says(why).says("Trajo su informe.").says(&format!("value=\"{from}\""));
    }
    assert_eq!(app.state().await, before);
    // Beside it, it counts; and with it the rest of the item.
    done(&judge, &task, "11:00", "11:20").await.expect(303);
    assert_eq!(credited(&world, &world.ana).await, 50 * MINUTE);
    sound(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn confirmed_many_times_at_once_it_counts_once() {
    let world = world().await;
    let judge = world.app.browser(&world.judge).await;
    let task = set(&judge, &world.ana).await.expect(303).location().to_owned();
    world.app.clock.advance(3600);
    let answers = futures::future::join_all((0..12).map(|_| done(&judge, &task, "10:10", "10:40"))).await;
    assert_eq!(answers.iter().filter(|a| a.status == 303).count(), 1);
    assert!(answers.iter().all(|a| [303, 409].contains(&a.status)));
    assert_eq!(credited(&world, &world.ana).await, 30 * MINUTE);
    sound(&world).await;
}

#[tokio::test]
async fn only_her_judge_sets_and_confirms() {
    let world = world().await;
    let app = &world.app;
    let task = set(&app.browser(&world.judge).await, &world.ana).await.expect(303).location().to_owned();
    app.clock.advance(3600);
    let before = app.state().await;
    for person in [&world.far_judge, &world.ana.person, &world.staff, &world.admin] {
        let browser = app.browser(person).await;
        browser.get(&task).await.expect(403);
        done(&browser, &task, "10:10", "10:40").await.expect(403);
        set(&browser, &world.ana).await.expect(403);
    }
    set(&app.browser(&world.judge).await, &world.far).await.expect(403);
    app.browser(&world.far_judge).await.get("/substitutes").await.expect(200).does_not_say("Anastasia");
    assert_eq!(app.state().await, before);
}

pub(super) async fn invite(judge: &Browser<'_>, meeting: &str, number: &str) -> Answer {
    judge.post(meeting, &[("action", "guest"), ("kind", "dni"), ("number", number)]).await
}

#[tokio::test]
async fn a_guest_makes_up_the_item_and_is_shown_apart() {
    let world = world().await;
    let app = &world.app;
    let judge = app.browser(&world.judge).await;
    let meeting = world.plan("10:00").await;
    let far = app.browser(&world.far.person).await;
    types(&far, &meeting, &world.code(&meeting, 0)).await.expect(403);
    invite(&judge, &meeting, "70222003").await.expect(303);
    judge.get(&meeting).await.expect(200).says(ES.roll_guests()).says(&ES.roll_guest_from("Yanahuanca 2026"));
    invite(&judge, &meeting, "70222003").await.expect(422).says(ES.roll_guest_there()).says("Faustina");
    far.get("/home").await.expect(200).says("Local comunal");
    types(&far, &meeting, &world.code(&meeting, 0)).await.expect(303);
    assert_eq!(credited(&world, &world.far).await, 0, "a guest's own word credits nothing either");
    app.clock.advance(2 * 3600);
    confirm_roll(&judge, &meeting, &world.far, "10:00", "12:00").await;
    assert_eq!((credited(&world, &world.far).await, credited(&world, &world.ana).await), (120 * MINUTE, 0));
    judge.get(&meeting).await.expect(200).says(&ES.roll_guest_from("Yanahuanca 2026"));
    invite(&judge, &meeting, "70222003").await.expect(409);
    // Her own judge has no say over the roll of this session, and her record is still that of her cohort.
    app.browser(&world.far_judge).await.get(&meeting).await.expect(403);
    assert_eq!(app.texts("SELECT rank AS text FROM hours_entry WHERE kind = 'attendance'").await, ["attendance"]);
    sound(&world).await;
}

#[tokio::test]
async fn a_guest_of_another_programme_is_nobody_here() {
    let world = world().await;
    let app = &world.app;
    let mut other = crate::support::app::fixture();
    other.programme.id = "otro".into();
    app.services.load_curriculum(vec![other]).await.expect("loaded");
    let (revision, _) = app.services.catalogue.current(&"otro".into()).expect("the other");
    let day = |day| NaiveDate::from_ymd_opt(2026, 12, day).expect("a day");
    let new = NewCohort {
        revision,
        title: "Otra cohorte".to_owned(),
        district: "pasco".into(),
        place: "Local".to_owned(),
        dates: (day(1), day(20)),
        judges: vec![world.far_judge.id],
    };
    let cohort = app.services.add_cohort(new, None).await.expect("a cohort");
    app.add_trainee("Gladys", "Tello", "70222077", cohort).await;
    let judge = app.browser(&world.judge).await;
    let meeting = world.plan("10:00").await;
    let before = app.state().await;
    // Of another programme, of none, nobody at all: one answer, which tells nothing of anybody.
    for number in ["70222077", "40111003", "70999999"] {
        invite(&judge, &meeting, number).await.expect(422).says(ES.roll_guest_unknown()).does_not_say("Gladys");
    }
    invite(&judge, &meeting, "70222001").await.expect(422).says(ES.roll_guest_there());
    assert_eq!(app.state().await, before);
    app.browser(&world.far_judge).await.post(&meeting, &[("action", "guest"), ("kind", "dni"), ("number", "70222003")]).await.expect(403);
    // A stranger's name in the fields of the roll is not on it.
    let id = world.far.enrolment;
    let names = [format!("present-{id}"), format!("from-{id}"), format!("to-{id}")];
    app.clock.advance(2 * 3600);
    let fields = [("action", "confirm"), (names[0].as_str(), "yes"), (names[1].as_str(), "10:00"), (names[2].as_str(), "12:00")];
    judge.post(&meeting, &fields).await.expect(303);
    assert_eq!(credited(&world, &world.far).await, 0);
}

/// A programme that says so offers neither.
#[tokio::test]
async fn a_programme_decides_how_items_are_made_up() {
    let world = World::with(|package| {
        two_hours(package);
        package.programme.make_up.clear();
    })
    .await;
    let judge = world.app.browser(&world.judge).await;
    let meeting = world.plan("10:00").await;
    invite(&judge, &meeting, "70222003").await.expect(422).says(ES.roll_guest_not_made_up());
    judge.get("/substitutes").await.expect(200).says(ES.substitutes_nobody());
    set(&judge, &world.ana).await.expect(422).says(ES.substitutes_nothing());
}
