//! The database: its schema from nothing and again, a newer one, and two processes on one.

use crate::support::browser::{FORM, value_in};
use crate::support::place::Place;
use crate::support::probe::APPEND_ONLY;
use crate::support::process::{Process, ask};
use crate::support::walk::{LESSONS, batch, interval};
use crate::support::{Browser, TestApp, World};
use domain::access::Role;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use server::clock::{Clock as _, LIMA, SystemClock, instant, local_date};
use server::jobs;
use server::persistence::database::{Database, Location, OpenError};

#[tokio::test]
async fn migrations_run_once_and_again_change_nothing() {
    let app = TestApp::new().await;
    let before = app.state().await;
    let tables = app.tables().await;
    for table in APPEND_ONLY.iter().chain(&["person", "reading", "hours_head", "job"]) {
        assert!(tables.contains(&(*table).to_owned()), "{table}");
    }
    assert_eq!(app.count("seaql_migrations").await, i64::try_from(migrations::known().len()).expect("few"));
    drop(Database::open(&app.place.location()).await.expect("opened again"));
    assert_eq!(app.state().await, before);
    assert_eq!(app.count("district").await, 5);
}

/// Processes that start together migrate once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_processes_start_together() {
    let place = Place::fresh().await;
    let location = place.location();
    // SQLite is one process's: the others find it made.
    let first = match location {
        Location::Folder(_) => Some(Database::open(&location).await.expect("opened")),
        Location::Url(_) => None,
    };
    let opened = futures::future::join_all((0..4).map(|_| Database::open(&location))).await;
    for database in opened {
        database.expect("opened");
    }
    drop(first);
}

#[tokio::test]
async fn a_newer_database_is_refused_with_a_sentence() {
    let app = TestApp::new().await;
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_000001_from_the_future', 0)";
    app.behind().await.run(newer).await.expect("noted");
    let refused = Database::open(&app.place.location()).await.expect_err("refused");
    assert!(matches!(refused, OpenError::Newer { .. }));
    let sentence = "the database was written by a newer version of orienta (migration m20991231_000001_from_the_future); use that version or restore a backup";
    assert_eq!(refused.to_string(), sentence);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_orienta"));
    command.args(["serve", "--addr", "127.0.0.1:0", "--data-dir"]).arg(app.place.folder());
    if let Some(url) = app.place.url() {
        command.args(["--database-url", url]);
    }
    says_one_sentence(command, sentence);
}

/// Non-zero, one line, no backtrace.
fn says_one_sentence(mut command: std::process::Command, sentence: &str) {
    let ended = command.env("RUST_BACKTRACE", "1").output().expect("ran");
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(said.contains(sentence), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!said.contains("panicked") && !said.contains("backtrace"), "{said}");
}

#[test]
fn what_cannot_be_opened_is_said_in_one_sentence() {
    let orienta = |args: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_orienta"));
        command.args(args).env_remove("ORIENTA_DATABASE_URL").env_remove("ORIENTA_DATA_DIR");
        command
    };
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_str().expect("a path");
    says_one_sentence(
        orienta(&["serve", "--addr", "127.0.0.1:0", "--data-dir", data, "--database-url", "postgres://nobody:geheim@127.0.0.1:1/x"]),
        "cannot reach the database 127.0.0.1:1/x",
    );
    says_one_sentence(
        orienta(&["serve", "--addr", "127.0.0.1:0", "--data-dir", data, "--database-url", "mysql://x/y"]),
        "the address must begin with postgres://",
    );
    says_one_sentence(
        orienta(&["serve", "--addr", "127.0.0.1:0", "--data-dir", "/dev/null/data"]),
        "cannot write in the data folder /dev/null/data",
    );
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    says_one_sentence(
        orienta(&["serve", "--data-dir", data, "--addr", &address]),
        &format!("cannot listen on {address}: is the port in use?"),
    );
    says_one_sentence(orienta(&["serve", "--data-dir", data, "--addr", "0.0.0.0:0"]), "sign-in needs TLS");
    says_one_sentence(orienta(&["ledger", "verify", "--data-dir", data]), "there is no database");
    let wrong_use = orienta(&["serve", "--no-such-option"]).output().expect("ran");
    assert_eq!(wrong_use.status.code(), Some(2));
}

/// A broken curriculum file names file, line and remedy, and leaves what is loaded in place.
#[tokio::test]
async fn a_broken_curriculum_leaves_the_loaded_one() {
    let app = TestApp::new().await;
    let before = app.state().await;
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("programme");
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/fixtures/programme");
    copy(&source, &broken);
    let lesson = broken.join("modules/a/lessons/01-denunciar.es.md");
    let text = std::fs::read_to_string(&lesson).expect("a lesson");
    std::fs::write(&lesson, text.replace("minutes: 1\nmode", "minutes: a lot\nmode")).expect("broken");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_orienta"));
    command.args(["curriculum", "load"]).arg(&broken).arg("--data-dir").arg(app.place.folder());
    if let Some(url) = app.place.url() {
        command.args(["--database-url", url]);
    }
    let ended = command.output().expect("ran");
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(said.contains("01-denunciar.es.md:4") && said.contains("nothing was loaded"), "{said}");
    assert_eq!(app.state().await, before);
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { std::fs::copy(entry.path(), target).map(drop).expect("copied") }
    }
}

/// A job is leased by one process and runs once; the same key again is no second job.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_job_runs_once() {
    let world = World::new().await;
    world.study_all(&world.ana).await;
    let (first, second) = (&world.app, world.app.second().await);
    for services in [&first.services, &second.services, &first.services] {
        jobs::enqueue(services, "hours.root", "hours.root/2026-11-22", "2026-11-22".to_owned()).await.expect("enqueued");
    }
    assert_eq!(first.count("job").await, 1);
    let (a, b, c, d) = tokio::join!(
        jobs::run_due(&first.services),
        jobs::run_due(&second.services),
        jobs::run_due(&first.services),
        jobs::run_due(&second.services)
    );
    let done = [a, b, c, d].into_iter().map(|ran| ran.expect("ran")).sum::<u32>();
    assert_eq!(done, 1);
    assert_eq!(first.number("SELECT attempts AS n FROM job").await, 1);
    assert_eq!(first.count("hours_root").await, 1);
    assert_eq!(jobs::run_due(&second.services).await.expect("ran"), 0);
    // Every look enqueues the root of the day before, and it is there once a day.
    for _ in 0..3 {
        jobs::turn(&first.services).await.expect("turned");
        jobs::turn(&second.services).await.expect("turned");
    }
    assert_eq!(first.count("hours_root").await, 1);
    first.clock.advance(86_400);
    let (a, b) = tokio::join!(jobs::turn(&first.services), jobs::turn(&second.services));
    assert_eq!(a.expect("turned") + b.expect("turned"), 1);
    assert_eq!(first.count("hours_root").await, 2);
}

/// A job that fails is tried again later, and rests after eight times.
#[tokio::test]
async fn a_failing_job_is_retried_and_rests() {
    let app = TestApp::new().await;
    jobs::enqueue(&app.services, "unknown", "unknown/1", String::new()).await.expect("enqueued");
    for tried in 1..=8 {
        assert_eq!(jobs::run_due(&app.services).await.expect("ran"), 0);
        assert_eq!(app.number("SELECT attempts AS n FROM job").await, tried);
        assert_eq!(jobs::run_due(&app.services).await.expect("ran"), 0);
        assert_eq!(app.number("SELECT attempts AS n FROM job").await, tried, "not before its time");
        app.clock.advance(61);
    }
    assert_eq!(jobs::run_due(&app.services).await.expect("ran"), 0);
    assert_eq!(app.number("SELECT attempts AS n FROM job").await, 8);
    assert_eq!(app.texts("SELECT last_error AS text FROM job").await, ["internal: unknown job unknown"]);
}

/// The same person on both processes: one session, one timeline, credited once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_person_on_both() {
    let world = World::new().await;
    let (first, second) = (&world.app, world.app.second().await);
    let here = first.browser(&world.ana.person).await;
    let mut there = second.visitor();
    there.cookies = here.cookies.clone();
    let from = first.now().0;
    let mut tokens = Vec::new();
    for lesson in LESSONS {
        tokens.push((here.token(lesson).await, there.token(lesson).await));
    }
    first.clock.advance(50);
    let now = first.now().0;
    let mut calls = Vec::new();
    for (n, (mine, theirs)) in tokens.iter().enumerate() {
        let n = i64::try_from(n).expect("few") * 100;
        for beat in 0..10 {
            let (a, b) = (from + beat * 5_000, from + (beat + 1) * 5_000);
            calls.push((&here, batch(mine, now, &[interval(n + beat, a, b)])));
            calls.push((&there, batch(theirs, now, &[interval(1000 + n + beat, a, b)])));
        }
    }
    let answers = futures::future::join_all(calls.iter().map(|(browser, body)| browser.call("/api/study/report", body))).await;
    for answer in answers {
        answer.expect(200);
    }
    assert_eq!(first.count("claim").await, 40);
    assert_eq!(first.number("SELECT CAST(sum(ends_at - starts_at) AS BIGINT) AS n FROM attributed").await, 50_000);
    assert_eq!(first.number("SELECT max(received_no) AS n FROM claim").await, 40, "each has its number");
    for app in [first, &second] {
        assert_eq!(app.services.verify_ledger().await.expect("read").findings, []);
    }
    // Signed out on one is signed out on the other.
    there.post("/logout", &[]).await.expect(303);
    here.get("/home").await.expect(303);
}

/// A writer whose work fails keeps the others' work of the same commit.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_failure_in_a_shared_commit_takes_nobody_along() {
    let app = TestApp::new().await;
    let database = &app.services.database;
    let writes = (0..60).map(|n| {
        database.write::<i64, sea_orm::DbErr, _>(move |t| {
            Box::pin(async move {
                t.execute_unprepared(&format!("INSERT INTO certificate_serial (year, last) VALUES ({}, {n})", 3000 + n)).await?;
                if n % 3 == 0 { Err(sea_orm::DbErr::Custom("refused".to_owned())) } else { Ok(n) }
            })
        })
    });
    let outcomes = futures::future::join_all(writes).await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 40);
    assert_eq!(app.number("SELECT count(*) AS n FROM certificate_serial WHERE year >= 3000").await, 40);
    assert_eq!(app.number("SELECT count(*) AS n FROM certificate_serial WHERE year >= 3000 AND last % 3 = 0").await, 0);
}

/// Two real processes on one database: the same person on both, answers in order, one certificate.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_on_one_database() {
    let now = SystemClock.now();
    let yesterday = local_date(now, LIMA).pred_opt().and_then(|day| day.and_hms_opt(10, 0, 0)).expect("a day");
    let world = World::on(TestApp::at(instant(yesterday, LIMA), |_| {}).await).await;
    let app = &world.app;
    world.make_ready(&world.ana).await;
    let other = app.add("Marta", "Quispe", "40111020", &[(Role::Staff, None)]).await;
    app.clock.set(now);
    let attempt = world.start(&world.bea).await;
    let people = [&world.bea.person, &world.issuer, &other].map(|person| app.browser(person));
    let cookies: Vec<String> = futures::future::join_all(people).await.iter().map(Browser::cookie_line).collect();
    let [bea, issuer, other] = cookies.try_into().expect("three");
    let place = app.place.clone();
    let page = format!("/staff/enrolments/{}", world.ana.enrolment);
    let both = tokio::task::spawn_blocking(move || {
        let (one, two) = (Process::orienta(&place), Process::orienta(&place));
        let call = |process: &Process, path: &str, body: &Value| {
            ask(process.address, "POST", path, &bea, "application/json", &body.to_string()).expect("an answer")
        };
        for process in [&one, &two] {
            assert_eq!(ask(process.address, "GET", "/home", &bea, "", "").expect("an answer").0, 200);
        }
        let lesson = ask(one.address, "GET", "/course/a-l1/1", &bea, "", "").expect("an answer").2;
        let token = value_in(&lesson, "token").expect("a reading");
        let device_now = SystemClock.now().0;
        assert_eq!(
            call(&two, "/api/study/report", &batch(&token, device_now, &[interval(1, device_now - 1, device_now)])).0,
            200,
            "a reading of one is good on the other"
        );
        let saved = |flagged: bool| json!({ "answer": { "attempt": attempt, "item": 3, "version": 0, "options": [], "text": "Llamo al 105.", "flagged": flagged } });
        assert_eq!(call(&one, "/api/assessment/answer", &saved(false)).0, 200);
        assert_eq!(call(&two, "/api/assessment/answer", &saved(true)).0, 409);
        let issue =
            |process: &Process, cookies: &str| ask(process.address, "POST", &page, cookies, FORM, "action=issue").expect("an answer").0;
        std::thread::scope(|scope| {
            let (a, b) = (scope.spawn(|| issue(&one, &issuer)), scope.spawn(|| issue(&two, &other)));
            [a.join().expect("joined"), b.join().expect("joined")]
        })
    });
    let mut statuses = both.await.expect("asked");
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    assert_eq!((app.count("certificate").await, app.count("certificate_event").await), (1, 1));
    assert_eq!(app.services.verify_ledger().await.expect("read").findings, []);
}
