//! Heartbeats under SIGKILL: every acknowledged interval is there once, every chain verifies, totals equal their sums.
//!
//! `ORIENTA_KILL=200 cargo test -p server --test suite kill::heartbeats` runs 200 rounds with 200 trainees.

use super::{STAND_IN, early, torment};
use crate::support::TestApp;
use crate::support::cast::World;
use crate::support::process::{Process, ask};
use app::features::study::api::StudyBatch;
use axum::Router;
use axum::extract::{Json, State};
use axum::http::HeaderMap;
use axum::routing::post;
use domain::curriculum::Language;
use domain::ids::LessonId;
use domain::time::{Instant, Seconds};
use serde_json::{Value, json};
use server::cli::Place;
use server::clock::{Clock as _, SystemClock};
use server::persistence::query;
use server::services::study::token::Reading;
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc;
use uuid::Uuid;

/// Length of an interval, in milliseconds: short, so that a lesson of a minute takes many.
const LENGTH: i64 = 200;
/// The self-paced lesson of the fixture.
const LESSON: &str = "a-l1";

/// How many rounds and trainees: few in the suite, 200 on demand.
fn size() -> (u32, u32) {
    std::env::var("ORIENTA_KILL").ok().and_then(|n| n.parse().ok()).map_or((6, 8), |n| (n, n))
}

/// One who studies.
#[derive(Clone)]
struct Client {
    cookies: String,
    token: String,
    device: Uuid,
    opened_at: i64,
    sequence: i64,
}

/// What the server said is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Acknowledged {
    device: Uuid,
    sequence: i64,
    started_at: i64,
}

async fn prepare() -> (TestApp, Vec<Client>) {
    let now = SystemClock.now();
    let world = World::on(TestApp::at(now, |_| {}).await).await;
    let opened_at = now.minus(Seconds(3 * 3600));
    let mut clients = Vec::new();
    for n in 0..size().1 {
        let trainee = world.app.add_trainee("Rosa", "Tello", &format!("7055{n:04}"), world.cohort).await;
        let browser = world.app.browser(&trainee.person).await;
        let signed = world.app.signed_as(&browser).await;
        let services = &world.app.services;
        let enrolment = services.of(&signed).my_enrolment().await.expect("enrolled");
        let (_, lesson) = enrolment.programme.lesson(&LessonId::from(LESSON)).expect("the lesson");
        let text = services.catalogue.text(&services.database, &enrolment.programme.id, lesson, Language::Es).await.expect("the text");
        let reading = Reading {
            id: Reading::new_id(),
            person: enrolment.person,
            enrolment: enrolment.id,
            device: signed.device,
            session: signed.actor.session,
            lesson: lesson.id.clone(),
            part: 0,
            language: Language::Es,
            revision: text.revision,
            opened_at,
        };
        let token = reading.sign(&services.key);
        clients.push(Client { cookies: browser.cookie_line(), token, device: signed.device.0, opened_at: opened_at.0, sequence: 0 });
    }
    (world.app, clients)
}

/// Sends one interval after the other until the server is gone. What was not acknowledged is sent again after the restart, as
/// the page's clock does.
fn study_on(mut client: Client, address: SocketAddr, _round: u32, told: &mpsc::Sender<Acknowledged>) -> Client {
    loop {
        let started_at = client.opened_at + client.sequence * LENGTH;
        let Instant(device_now) = SystemClock.now();
        let ended_at = started_at + LENGTH;
        let interval = json!({ "sequence": client.sequence, "started_at": started_at, "ended_at": ended_at, "last_input_at": ended_at });
        let body = json!({ "batch": { "token": client.token, "device_now": device_now, "intervals": [interval] } }).to_string();
        let sent = ask(address, "POST", "/api/study/report", &client.cookies, "application/json", &body);
        let Ok((status, _, answer)) = sent else { return client };
        let Ok(answer) = serde_json::from_str::<Value>(&answer) else { return client };
        assert_eq!(status, 200, "{answer}");
        assert_eq!(answer["stored"], json!([client.sequence]));
        if told.send(Acknowledged { device: client.device, sequence: client.sequence, started_at }).is_err() {
            return client;
        }
        client.sequence += 1;
    }
}

#[derive(sea_orm::FromQueryResult)]
struct Stored {
    device_id: Uuid,
    sequence: i64,
    sent_start: i64,
}

/// Acknowledged intervals that are not stored exactly once.
async fn astray(app: &TestApp, acknowledged: &BTreeSet<Acknowledged>) -> usize {
    let sql = "SELECT device_id, sequence, sent_start FROM claim";
    let rows: Vec<Stored> = query::all(app.services.database.read(), sql, vec![]).await.expect("read");
    let mut times: BTreeMap<Acknowledged, u32> = BTreeMap::new();
    for row in rows {
        let found = Acknowledged { device: row.device_id, sequence: row.sequence, started_at: row.sent_start };
        *times.entry(found).or_default() += 1;
    }
    acknowledged.iter().filter(|a| times.get(a) != Some(&1)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_interval_is_lost() {
    let (app, clients) = prepare().await;
    let place = app.place.clone();
    let torn = tokio::task::spawn_blocking(move || torment(size().0, || Process::orienta(&place), clients, study_on));
    let acknowledged = torn.await.expect("tormented");
    assert!(acknowledged.len() >= 100, "{} intervals", acknowledged.len());
    assert_eq!(astray(&app, &acknowledged).await, 0, "of {}", acknowledged.len());
    assert_eq!(app.services.verify_ledger().await.expect("read").findings, []);
    // Totals equal their sums: attributed rows, stretches, and entries with what is not yet posted.
    let attributed = app.number("SELECT CAST(coalesce(sum(ends_at - starts_at), 0) AS BIGINT) AS n FROM attributed").await;
    let stretches = app.number("SELECT CAST(coalesce(sum(attributed_ms), 0) AS BIGINT) AS n FROM stretch_state").await;
    let posted = app.number("SELECT CAST(coalesce(sum(seconds), 0) AS BIGINT) AS n FROM hours_entry").await;
    let noted = app.number("SELECT CAST(coalesce(sum(provisional + confirmed), 0) AS BIGINT) AS n FROM stretch_state").await;
    assert_eq!((attributed, posted), (stretches, noted));
    assert!(attributed > 0);
}

/// The negative control: a server that acknowledges before the commit does not pass.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_check_catches_an_early_acknowledgement() {
    let (app, clients) = prepare().await;
    let place = app.place.clone();
    let stand_in = "kill::heartbeats::stand_in";
    let torn = tokio::task::spawn_blocking(move || torment(6, || early(&place, stand_in), clients, study_on));
    let acknowledged = torn.await.expect("tormented");
    let missing = astray(&app, &acknowledged).await;
    assert!(missing > 0, "none of {} was missed", acknowledged.len());
}

/// Not a test: the server of the negative control. It answers when the work is queued, and does sixteen pieces together.
#[test]
#[ignore = "runs as the server of the negative control"]
fn stand_in() {
    let Ok(data) = std::env::var(STAND_IN) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(serve_early(data));
}

type Queue = tokio::sync::mpsc::Sender<(String, StudyBatch)>;

async fn serve_early(data: String) {
    let folder = std::env::var("ORIENTA_TEST_FOLDER").expect("the folder");
    let database_url = data.contains("://").then_some(data);
    let services = Place { data_dir: PathBuf::from(folder), database_url }.open(None).await.expect("opened");
    let (queue, mut waiting) = tokio::sync::mpsc::channel::<(String, StudyBatch)>(4096);
    tokio::spawn(async move {
        let mut together = Vec::new();
        while let Some(work) = waiting.recv().await {
            together.push(work);
            if together.len() == 16 {
                for (session, batch) in together.drain(..) {
                    let signed = services.signed_in(&session).await.expect("asked").expect("a session");
                    drop(services.of(&signed).report_study(batch, |_| String::new()).await);
                }
            }
        }
    });
    let app = Router::new().route("/api/study/report", post(acknowledge)).with_state(queue);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("listening on http://{}", listener.local_addr().expect("an address"));
    axum::serve(listener, app).await.expect("served");
}

async fn acknowledge(State(queue): State<Queue>, headers: HeaderMap, Json(sent): Json<Value>) -> Json<Value> {
    let batch: StudyBatch = serde_json::from_value(sent["batch"].clone()).expect("a batch");
    let cookies = headers["cookie"].to_str().expect("cookies");
    let session = cookies.split("; ").find_map(|c| c.strip_prefix("__Host-session=")).expect("a session").to_owned();
    let stored: Vec<i64> = batch.intervals.iter().map(|i| i.sequence).collect();
    queue.send((session, batch)).await.expect("queued");
    Json(json!({ "stored": stored, "studied": 0, "line": "", "checkpoint_open": false }))
}
