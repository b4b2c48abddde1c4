//! Saved answers under SIGKILL: what was acknowledged is there after the restart. The same check catches a server that
//! acknowledges before the commit.

mod heartbeats;

use crate::support::cast::World;
use crate::support::place::Place;
use crate::support::process::{Process, ask};
use crate::support::walk::EVALUATION;
use crate::support::{ES, TestApp};
use axum::Router;
use axum::extract::{Json, State};
use axum::routing::post;
use domain::ids::AttemptId;
use domain::time::Seconds;
use sea_orm::DbErr;
use serde_json::{Value, json};
use server::clock::{Clock as _, SystemClock};
use server::persistence::database::{Database, Location};
use server::persistence::entities::answer;
use server::persistence::query;
use server::services::assessment::start::Started;
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc;

/// Rounds of killing and starting again.
const ROUNDS: u32 = 5;
/// Trainees who answer at the same time.
const CLIENTS: usize = 6;

/// One who answers, as her browser knows her attempt.
#[derive(Clone)]
struct Client {
    cookies: String,
    attempt: AttemptId,
    item: usize,
    version: i64,
}

/// What the server said is durable.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Acknowledged {
    attempt: AttemptId,
    version: i64,
    text: String,
}

/// An installation with attempts that are open for hours.
async fn prepare() -> (TestApp, Vec<Client>) {
    let app = TestApp::at(SystemClock.now(), |package| {
        package.programme.modules[0].evaluation.as_mut().expect("an evaluation").limit = Seconds(36_000);
    })
    .await;
    let world = World::on(app).await;
    let mut clients = Vec::new();
    for n in 0..CLIENTS {
        let trainee = world.app.add_trainee("Rosa", "Tello", &format!("7055500{n}"), world.cohort).await;
        let browser = world.app.browser(&trainee.person).await;
        let signed = world.app.signed_as(&browser).await;
        let Started::Attempt(attempt) = world.app.services.of(&signed).start_attempt(EVALUATION, ES).await.expect("started") else {
            panic!("refused")
        };
        let cookies = browser.cookie_line();
        // The case comes last: any text is an answer to it.
        clients.push(Client { cookies, attempt, item: 3, version: 0 });
    }
    (world.app, clients)
}

/// Answers until the server is gone; tells each acknowledgement at once.
fn answer_on(mut client: Client, address: SocketAddr, round: u32, told: &mpsc::Sender<Acknowledged>) -> Client {
    for n in 0.. {
        let text = format!("respuesta {round}-{n} de {}", client.attempt);
        let body = json!({ "answer": { "attempt": client.attempt, "item": client.item, "version": client.version, "options": [], "text": text, "flagged": false } });
        let Ok((status, _, answer)) =
            ask(address, "POST", "/api/assessment/answer", &client.cookies, "application/json", &body.to_string())
        else {
            return client;
        };
        let Ok(answer) = serde_json::from_str::<Value>(&answer) else { return client };
        match (status, answer["version"].as_i64(), answer["Conflict"].as_i64()) {
            (200, Some(version), _) => {
                client.version = version;
                if told.send(Acknowledged { attempt: client.attempt, version, text }).is_err() {
                    return client;
                }
            }
            // Committed before the kill, and never acknowledged.
            (409, _, Some(version)) => client.version = version,
            other => panic!("answered {other:?}: {answer}"),
        }
    }
    client
}

/// Lets every client send, kills at a random moment, starts again; everything that was acknowledged.
fn torment<C: Send + 'static, A: Ord + Send + 'static>(
    rounds: u32,
    start: impl Fn() -> Process,
    mut clients: Vec<C>,
    send: fn(C, SocketAddr, u32, &mpsc::Sender<A>) -> C,
) -> BTreeSet<A> {
    let mut acknowledged = BTreeSet::new();
    for round in 0..rounds {
        let mut server = start();
        let (told, hears) = mpsc::channel();
        let answering: Vec<_> = clients
            .drain(..)
            .map(|client| {
                let (told, address) = (told.clone(), server.address);
                std::thread::spawn(move || send(client, address, round, &told))
            })
            .collect();
        drop(told);
        let enough = rand::random_range(20..150);
        acknowledged.extend(hears.iter().take(enough));
        server.kill();
        clients.extend(answering.into_iter().map(|thread| thread.join().expect("a client")));
        acknowledged.extend(hears.try_iter());
    }
    acknowledged
}

#[derive(sea_orm::FromQueryResult)]
struct Stored {
    attempt_id: uuid::Uuid,
    version: i64,
    body: String,
}

/// Acknowledged answers that are not in the database, after one more start has recovered it.
async fn lost(app: &TestApp, acknowledged: &BTreeSet<Acknowledged>) -> usize {
    let mut again = Process::orienta(&app.place);
    let (status, _, _) = ask(again.address, "GET", "/readyz", "", "", "").expect("it answers");
    assert_eq!(status, 200);
    again.kill();
    let database = Database::open(&app.place.location()).await.expect("opened");
    let rows: Vec<Stored> = query::all(database.read(), "SELECT attempt_id, version, body FROM answer", vec![]).await.expect("read");
    let stored: BTreeMap<(AttemptId, i64), String> =
        rows.into_iter().map(|row| ((AttemptId(row.attempt_id), row.version), row.body)).collect();
    acknowledged.iter().filter(|a| !stored.get(&(a.attempt, a.version)).is_some_and(|body| body.contains(&a.text))).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_answer_is_lost() {
    let (app, clients) = prepare().await;
    let place = app.place.clone();
    let acknowledged =
        tokio::task::spawn_blocking(move || torment(ROUNDS, || Process::orienta(&place), clients, answer_on)).await.expect("tormented");
    assert!(acknowledged.len() >= 100, "{} answers", acknowledged.len());
    assert_eq!(lost(&app, &acknowledged).await, 0, "of {}", acknowledged.len());
}

/// The negative control: a server that acknowledges before the commit does not pass.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_check_catches_an_early_acknowledgement() {
    let (app, clients) = prepare().await;
    let place = app.place.clone();
    let acknowledged = tokio::task::spawn_blocking(move || torment(ROUNDS, || early(&place, "kill::stand_in"), clients, answer_on))
        .await
        .expect("tormented");
    let missing = lost(&app, &acknowledged).await;
    assert!(missing > 0, "none of {} was missed", acknowledged.len());
}

/// Tells the stand-in where the data is.
const STAND_IN: &str = "ORIENTA_TEST_STAND_IN";

/// This very program as a server that acknowledges early.
fn early(place: &Place, stand_in: &str) -> Process {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    let data = place.url().map_or_else(|| place.folder().display().to_string(), str::to_owned);
    command.args(["--exact", stand_in, "--ignored", "--nocapture"]).env(STAND_IN, data).env("ORIENTA_TEST_FOLDER", place.folder());
    Process::start(command)
}

/// Not a test: the server of the negative control. It answers when the work is queued, and commits sixteen answers together.
#[test]
#[ignore = "runs as the server of the negative control"]
fn stand_in() {
    let Ok(data) = std::env::var(STAND_IN) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(serve_early(data));
}

async fn serve_early(data: String) {
    let location = if data.contains("://") { Location::Url(data) } else { Location::Folder(PathBuf::from(data)) };
    let database = Database::open(&location).await.expect("opened");
    let (queue, mut waiting) = tokio::sync::mpsc::channel::<answer::Model>(4096);
    tokio::spawn(async move {
        let mut together = Vec::new();
        while let Some(row) = waiting.recv().await {
            together.push(row);
            if together.len() == 16 {
                let writes = together.drain(..).map(|row| database.write::<(), DbErr, _>(move |t| Box::pin(query::insert(t, row))));
                drop(futures::future::join_all(writes).await);
            }
        }
    });
    let app = Router::new().route("/api/assessment/answer", post(acknowledge)).with_state(queue);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("listening on http://{}", listener.local_addr().expect("an address"));
    axum::serve(listener, app).await.expect("served");
}

async fn acknowledge(State(queue): State<tokio::sync::mpsc::Sender<answer::Model>>, Json(sent): Json<Value>) -> Json<Value> {
    let sent = &sent["answer"];
    let number = |name: &str| sent[name].as_i64().expect(name);
    let version = number("version") + 1;
    let row = answer::Model {
        attempt_id: sent["attempt"].as_str().and_then(|id| id.parse().ok()).expect("an attempt"),
        item: number("item"),
        version,
        body: sent["text"].to_string(),
        flagged: false,
        received_at: 0,
        late: false,
    };
    queue.send(row).await.expect("queued");
    Json(json!({ "version": version, "line": "" }))
}
