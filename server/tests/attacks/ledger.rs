//! Changing what was recorded: refused by the database, and found when it was done behind its triggers.

use crate::support::probe::APPEND_ONLY;
use crate::support::{TestApp, World};
use domain::hours::ledger::Broken;
use domain::ids::AdjustmentId;
use domain::time::Seconds;
use server::jobs;
use server::services::audit;
use server::services::hours::adjust::NewAdjustment;
use server::services::hours::verify::Finding;

/// Everything that can be recorded, recorded.
async fn full() -> World {
    let world = World::new().await;
    world.make_ready(&world.ana).await;
    world.certify(&world.ana).await;
    jobs::turn(&world.app.services).await.expect("jobs");
    let (proposed, approved) = (world.staff.id.0, world.issuer.id.0);
    let id = |id: uuid::Uuid| format!("'{id}'");
    let bytes = |id: uuid::Uuid| format!("x'{}'", id.simple());
    let spell: &dyn Fn(uuid::Uuid) -> String = if world.app.is_sqlite() { &bytes } else { &id };
    let waiver = format!(
        "INSERT INTO requirement_waiver (id, enrolment_id, kind, reason, proposed_by, approved_by, at) VALUES ({}, {}, 'backing', 'Sin organización en la zona.', {}, {}, 0)",
        spell(uuid::Uuid::new_v4()),
        spell(world.bea.enrolment.0),
        spell(proposed),
        spell(approved)
    );
    world.app.behind().await.run(&waiver).await.expect("a waiver");
    world
}

/// What staff decide about hours: a doubt of Bea's, her many tries, an adjustment, a dispute.
async fn review(world: &World) {
    let claim = world.doubt(&world.bea).await.parse().expect("an id");
    let checkpoint = world.fail_checkpoint(&world.bea, 6).await;
    world.dispute(&world.bea, true).await;
    let signed = world.app.signed(&world.staff).await;
    let acting = world.app.services.of(&signed);
    let reason = "Lo confirmó el promotor de su comunidad.".to_owned();
    acting.decide_claim(claim, true, reason.clone()).await.expect("decided");
    acting.mark_seen(world.bea.enrolment, checkpoint.as_str().into(), 6).await.expect("seen");
    let new = NewAdjustment { id: AdjustmentId(uuid::Uuid::new_v4()), lesson: "a-l2".into(), seconds: Seconds(60), reason };
    acting.propose_adjustment(world.bea.enrolment, new).await.expect("answered").expect("posted");
}

async fn findings(app: &TestApp) -> Vec<Finding> {
    app.services.verify_ledger().await.expect("read").findings
}

#[tokio::test]
async fn update_and_delete_by_sql_are_refused() {
    let world = full().await;
    review(&world).await;
    let app = &world.app;
    let behind = app.behind().await;
    for table in APPEND_ONLY {
        assert!(app.count(table).await > 0, "nothing in {table} to attack");
        let column = match table {
            "hours_root" => "root",
            "audit_event" => "subject",
            "lesson_text" | "question_revision" | "publication" => "revision",
            "claim" => "outcome",
            "answer" | "mark" => "body",
            "release" => "result",
            "adjustment_decision" => "granted",
            "claim_decision" => "accepted",
            "checkpoint_seen" => "tries",
            "dispute_note" => "body",
            "certificate" => "snapshot",
            _ => "id",
        };
        for statement in [format!("UPDATE {table} SET {column} = {column}"), format!("DELETE FROM {table}")] {
            let refused = behind.run(&statement).await.expect_err(&statement).to_string();
            let operation = statement.split(' ').next().expect("a word");
            assert!(refused.contains(&format!("append-only: {operation} of {table} is refused")), "{refused}");
        }
    }
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn a_changed_row_is_named() {
    let world = full().await;
    let behind = world.app.behind().await;
    behind.disarm("hours_entry").await;
    let change = "UPDATE hours_entry SET seconds = seconds + 60 WHERE sequence = 2";
    assert_eq!(behind.run(change).await.expect("changed"), 1);
    let found = findings(&world.app).await;
    let named = found
        .iter()
        .any(|f| matches!(f, Finding::Chain { enrolment, broken: Broken { sequence: 2, .. } } if *enrolment == world.ana.enrolment));
    assert!(named, "{found:?}");
}

#[tokio::test]
async fn every_column_of_an_entry_is_under_the_hash() {
    let world = full().await;
    let behind = world.app.behind().await;
    behind.disarm("hours_entry").await;
    let zeros = if world.app.is_sqlite() { "zeroblob(32)" } else { "decode(repeat('00', 32), 'hex')" };
    let changes = [
        ("lesson_id", "'a-l9'".to_owned()),
        ("stretch", "7".to_owned()),
        ("kind", "'attendance'".to_owned()),
        ("status", "'provisional'".to_owned()),
        ("seconds", "61".to_owned()),
        ("rank", "'attempt'".to_owned()),
        ("rule_version", "2".to_owned()),
        ("evidence", zeros.to_owned()),
        ("recorded_at", "1".to_owned()),
        ("recorded_by", "id".to_owned()),
        ("reason_digest", zeros.to_owned()),
        ("previous_hash", zeros.to_owned()),
        ("hash", zeros.to_owned()),
    ];
    for (column, value) in changes {
        behind.run("CREATE TABLE kept AS SELECT * FROM hours_entry").await.expect("a copy");
        let last = "sequence = (SELECT max(k.sequence) FROM kept k WHERE k.lesson_id = 'a-l2')";
        assert_eq!(behind.run(&format!("UPDATE hours_entry SET {column} = {value} WHERE {last}")).await.expect(column), 1);
        let found = findings(&world.app).await;
        assert!(found.iter().any(|f| matches!(f, Finding::Chain { .. })), "{column}: {found:?}");
        behind.run("DELETE FROM hours_entry").await.expect("emptied");
        behind.run("INSERT INTO hours_entry SELECT * FROM kept").await.expect("restored");
        behind.run("DROP TABLE kept").await.expect("dropped");
        assert_eq!(findings(&world.app).await, [], "restored after {column}");
    }
}

#[tokio::test]
async fn removed_rows_are_missed_the_last_ones_too() {
    let world = full().await;
    let app = &world.app;
    let behind = app.behind().await;
    behind.disarm("hours_entry").await;
    let last = app.number("SELECT max(sequence) AS n FROM hours_entry").await;
    behind.run(&format!("DELETE FROM hours_entry WHERE sequence = {last}")).await.expect("deleted");
    let found = findings(app).await;
    let named = found.iter().any(|f| matches!(f, Finding::Chain { enrolment, .. } if *enrolment == world.ana.enrolment));
    assert!(named, "{found:?}");
    // With its head turned back as well, the credit no longer fits the evidence.
    let back = "UPDATE hours_head SET sequence = (SELECT max(sequence) FROM hours_entry), hash = (SELECT e.hash FROM hours_entry e ORDER BY e.sequence DESC LIMIT 1)";
    behind.run(back).await.expect("turned back");
    let found = findings(app).await;
    assert!(found.iter().any(|f| matches!(f, Finding::Credit { enrolment, .. } if *enrolment == world.ana.enrolment)), "{found:?}");
    // A whole chain that is gone.
    behind.run("DELETE FROM hours_entry").await.expect("deleted");
    behind.run("DELETE FROM hours_head").await.expect("deleted");
    assert!(!findings(app).await.is_empty());
}

#[tokio::test]
async fn a_changed_claim_is_found() {
    let world = full().await;
    let app = &world.app;
    let behind = app.behind().await;
    behind.disarm("claim").await;
    let outcome = app.texts("SELECT outcome AS text FROM claim WHERE lesson_id = 'a-l1'").await.remove(0);
    let none = r#"{"kind":"nothing","clipped":["idle"]}"#;
    behind.run(&format!("UPDATE claim SET outcome = '{none}' WHERE lesson_id = 'a-l1'")).await.expect("changed");
    let found = findings(app).await;
    let named = found.iter().any(|f| matches!(f, Finding::Credit { place, enrolment, sequence, .. } if place.lesson.0 == "a-l1" && *enrolment == world.ana.enrolment && *sequence > 0));
    assert!(named, "{found:?}");
    behind.run(&format!("UPDATE claim SET outcome = '{outcome}' WHERE lesson_id = 'a-l1'")).await.expect("restored");
    assert_eq!(findings(app).await, []);
    // The same for what else credit rests on.
    for (table, sql) in [
        ("checkpoint_try", "UPDATE checkpoint_try SET correct = FALSE WHERE checkpoint_id = 'a-l1-c1'"),
        ("attendance", "UPDATE attendance SET confirmed = FALSE"),
    ] {
        behind.disarm(table).await;
        behind.run(sql).await.expect(sql);
        assert!(findings(app).await.iter().any(|f| matches!(f, Finding::Credit { .. })), "{sql}");
        behind.run(&sql.replace("FALSE", "TRUE")).await.expect("restored");
        assert_eq!(findings(app).await, []);
    }
}

/// The command says which row and exits 1.
#[tokio::test]
async fn the_command_names_the_row() {
    let world = full().await;
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_orienta"));
    command.args(["ledger", "verify"]).arg("--data-dir").arg(world.app.place.folder());
    if let Some(url) = world.app.place.url() {
        command.args(["--database-url", url]);
    }
    let green = command.output().expect("ran");
    assert_eq!(green.status.code(), Some(0), "{green:?}");
    let behind = world.app.behind().await;
    behind.disarm("hours_entry").await;
    behind.run("UPDATE hours_entry SET seconds = 6000 WHERE sequence = 3").await.expect("changed");
    let red = command.output().expect("ran");
    assert_eq!(red.status.code(), Some(1), "{red:?}");
    let said = String::from_utf8_lossy(&red.stdout).into_owned();
    assert!(said.contains(&format!("enrolment {}, entry 3:", world.ana.enrolment)), "{said}");
}

/// The audit log is a chain too.
#[tokio::test]
async fn a_changed_event_is_found() {
    let world = full().await;
    let app = &world.app;
    let behind = app.behind().await;
    assert!(audit::verify(app.services.database.read()).await.expect("read").is_ok());
    behind.disarm("audit_event").await;
    behind.run("UPDATE audit_event SET subject = 'person/nobody' WHERE sequence = 5").await.expect("changed");
    assert_eq!(audit::verify(app.services.database.read()).await.expect("read"), Err(5));
}
