//! Changing what was recorded: refused by the database, and found when it was done behind its triggers.

use super::check_in::{types, wrong};
use super::make_up::{done, invite, set};
use crate::support::probe::APPEND_ONLY;
use crate::support::walk::EVALUATION;
use crate::support::{ES, TestApp, World};
use domain::hours::ledger::{Broken, Draft, EntryKind, EntryStatus, Head, seal};
use domain::ids::AdjustmentId;
use domain::time::Seconds;
use server::jobs;
use server::services::audit;
use server::services::hours::adjust::NewAdjustment;
use server::services::hours::dossier::sample::{Among, Sample};
use server::services::hours::dossier::{self, Dossier, DossierFault};
use server::services::hours::root::DailyRoot;
use server::services::hours::verify::Finding;

/// Everything that can be recorded, recorded.
async fn full() -> World {
    let world = World::with(|package| package.programme.modules[0].lessons[1].counts = vec![EVALUATION.to_owned()]).await;
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

/// Everything around a session, too: a wrong code, a guest, a task set and done.
async fn attended(world: &World) {
    let app = &world.app;
    let (judge, bea) = (app.browser(&world.judge).await, app.browser(&world.bea.person).await);
    let meeting = world.plan("10:20").await;
    types(&bea, &meeting, &wrong(world, &meeting)).await.expect(422);
    invite(&judge, &meeting, &world.far.person.number).await.expect(303);
    let task = set(&judge, &world.bea).await.expect(303).location().to_owned();
    app.clock.advance(3600);
    done(&judge, &task, "10:30", "10:31").await.expect(303);
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
    let text = world.app.texts(&format!("SELECT {} AS text FROM adjustment", world.app.id_text())).await.remove(0);
    acting.erase_reason(text.parse().expect("an id"), "Nombra a otra persona.".to_owned()).await.expect("erased");
}

async fn findings(app: &TestApp) -> Vec<Finding> {
    app.services.verify_ledger().await.expect("read").findings
}

#[tokio::test]
async fn update_and_delete_by_sql_are_refused() {
    let world = full().await;
    attended(&world).await;
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
            "meeting_guest" => "added_at",
            "substitute_done" => "note",
            "reason_erasure" => "erased_at",
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

/// Every column of a claim, also where no credit moves; a row that is gone, put in or moved, the last ones included.
#[tokio::test]
async fn every_change_of_evidence_is_found() {
    let world = full().await;
    let app = &world.app;
    let behind = app.behind().await;
    for table in ["claim", "checkpoint_try", "attendance"] {
        behind.disarm(table).await;
    }
    let person = world.ana.person.id;
    let named = |found: &[Finding]| found.iter().any(|f| matches!(f, Finding::Evidence { person: whose, .. } if *whose == person));
    let mine = format!("enrolment_id = (SELECT enrolment_id FROM claim WHERE person_id = {} LIMIT 1)", app.spelt(person.0));
    let changes = [
        ("claim", "sent_start", "sent_start - 1"),
        ("claim", "sent_end", "sent_end + 1"),
        ("claim", "last_input", "last_input + 1"),
        ("claim", "device_now", "device_now + 1"),
        ("claim", "clock_offset", "clock_offset + 1"),
        ("claim", "received_at", "received_at + 1"),
        ("claim", "part", "part + 1"),
        ("claim", "lesson_id", "'a-l9'"),
        ("claim", "sequence", "sequence + 1000"),
        ("claim", "reuse", "reuse + 1000"),
        ("claim", "outcome", "outcome || ' '"),
        ("checkpoint_try", "question_id", "'other'"),
        ("checkpoint_try", "answer", "answer + 1"),
        ("checkpoint_try", "at", "at + 1"),
        ("attendance", "check_in_at", "check_in_at - 1"),
        ("attendance", "source", "'code'"),
        ("attendance", "recorded_at", "recorded_at + 1"),
    ];
    for (table, column, value) in changes {
        behind.run(&format!("CREATE TABLE kept AS SELECT * FROM {table}")).await.expect("a copy");
        let changed = behind.run(&format!("UPDATE {table} SET {column} = {value} WHERE {mine}")).await.expect(column);
        assert!(changed > 0, "nothing to change in {table}");
        let found = findings(app).await;
        assert!(named(&found), "{table}.{column}: {found:?}");
        behind.run(&format!("DELETE FROM {table}")).await.expect("emptied");
        behind.run(&format!("INSERT INTO {table} SELECT * FROM kept")).await.expect("restored");
        behind.run("DROP TABLE kept").await.expect("dropped");
        assert_eq!(findings(app).await, [], "restored after {table}.{column}");
    }
    let last = format!("DELETE FROM claim WHERE {mine} AND received_no = (SELECT max(c.received_no) FROM claim c WHERE c.{mine})");
    assert_eq!(behind.run(&last).await.expect("deleted"), 1);
    assert!(named(&findings(app).await));
}

/// What was published yesterday must still stand, even where somebody rewrote chains and heads alike.
#[tokio::test]
async fn a_published_root_shows_a_rewritten_chain() {
    let world = full().await;
    let app = &world.app;
    let folder = app.place.folder().join("roots");
    let file = std::fs::read_dir(&folder).expect("a folder").next().expect("a root").expect("a file").path();
    let published = DailyRoot::read(&std::fs::read_to_string(&file).expect("text")).expect("signed");
    assert_eq!(app.services.compare_root(&published).await.expect("read"), []);
    // Everything of one enrolment gone, heads too: nothing in the database tells.
    let behind = app.behind().await;
    behind.disarm("hours_entry").await;
    behind.run("DELETE FROM hours_head").await.expect("deleted");
    behind.run("DELETE FROM hours_entry").await.expect("deleted");
    let found = app.services.compare_root(&published).await.expect("read");
    assert!(found.iter().any(|f| matches!(f, Finding::Root { what, .. } if what.contains(&world.ana.enrolment.to_string()))), "{found:?}");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_orienta"));
    command.args(["ledger", "verify"]).arg("--data-dir").arg(app.place.folder()).arg("--root").arg(&file);
    if let Some(url) = app.place.url() {
        command.args(["--database-url", url]);
    }
    let red = command.output().expect("ran");
    assert_eq!(red.status.code(), Some(1), "{red:?}");
    assert!(String::from_utf8_lossy(&red.stdout).contains(&format!("the hours of enrolment {}", world.ana.enrolment)));
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

fn drawing(seed: &str, count: usize) -> Sample {
    Sample { seed: seed.to_owned(), count, from: Among::All }
}

/// A dossier in which somebody who writes the whole file rewrote the hours: every hash fits again.
fn rewritten(sound: &Dossier, change: impl FnOnce(&mut Vec<Draft>)) -> Dossier {
    let mut drafts: Vec<Draft> = sound.entries.iter().map(|entry| entry.draft.clone()).collect();
    change(&mut drafts);
    let mut dossier = sound.clone();
    dossier.entries.clear();
    dossier.head = Head::empty(dossier.enrolment);
    for draft in drafts {
        let entry = seal(draft, &dossier.head.hash, dossier.head.count + 1);
        dossier.head = Head { enrolment: dossier.enrolment, count: entry.sequence, hash: entry.hash };
        dossier.entries.push(entry);
    }
    dossier
}

/// Credit that was inflated, its chain made whole again, does not follow from the evidence that lies beside it.
#[tokio::test]
async fn credit_that_the_evidence_does_not_give_is_found_in_a_dossier() {
    let world = full().await;
    attended(&world).await;
    review(&world).await;
    for trainee in [&world.ana, &world.bea] {
        let packed = world.app.services.dossier(trainee.enrolment, ES).await.expect("packed");
        let (sound, _) = dossier::check(&packed).expect("sound");
        assert_eq!(rewritten(&sound, |_| {}).check(), Ok(()), "rewriting alone changes nothing");
        let told = |change: &dyn Fn(&mut Vec<Draft>)| rewritten(&sound, change).check().expect_err("inflated").to_string();
        let last = sound.entries.last().expect("entries").draft.clone();
        for (at, entry) in sound.entries.iter().enumerate() {
            // Provisional time that another entry takes away again in the same breath may stand at any height in between.
            let words = told(&|drafts| drafts[at].seconds += Seconds(600));
            let place = entry.draft.place();
            assert!(words.contains(&format!("lesson {}", place.lesson)), "{words}");
            assert!(place.stretch.is_none_or(|s| words.contains(&format!("stretch {s}"))), "{words}");
        }
        // An entry more: of another kind, in a stretch that there is not, of staff who proposed nothing.
        let more = |kind, stretch, lesson: &str| {
            let draft =
                Draft { kind, stretch, lesson: lesson.into(), seconds: Seconds(60), status: EntryStatus::Confirmed, ..last.clone() };
            told(&move |drafts| drafts.push(draft.clone()))
        };
        assert!(more(EntryKind::Study, Some(7), "a-l1").contains("lesson a-l1, stretch 7: 60 s"));
        assert!(more(EntryKind::Attempt, None, "a-l2").contains("lesson a-l2"));
        assert!(more(EntryKind::Adjustment, None, "a-l1").contains("lesson a-l1: 60 s"));
    }
    // Evidence beside it that says less: the agenda, the rules.
    let packed = world.app.services.dossier(world.ana.enrolment, ES).await.expect("packed");
    let (mut sound, _) = dossier::check(&packed).expect("sound");
    sound.agenda.clear();
    assert!(matches!(sound.check(), Err(DossierFault::Credit(differs)) if differs.place.lesson.0 == "a-l3"));
}

/// Whoever audits draws a sample that anybody can draw again, and takes away dossiers that can be checked one by one.
#[tokio::test]
async fn a_sample_is_drawn_again() {
    let world = full().await;
    let app = &world.app;
    let auditor = app.browser(&world.auditor).await;
    auditor.get("/audit").await.expect(200).says("/audit/sample");
    auditor.get("/audit/sample").await.expect(200).says("Lamas 2026").says(ES.sample_everybody()).does_not_say("Anastasia");
    for (query, words) in [
        ("seed=&number=2&from=", ES.sample_seed_missing().to_owned()),
        ("seed=uno&number=0&from=", ES.sample_number_wrong(20)),
        ("seed=uno&number=21&from=", ES.sample_number_wrong(20)),
        ("seed=uno&number=x&from=", ES.sample_number_wrong(20)),
        ("seed=uno&number=2&from=district:pasco", ES.sample_from_wrong().to_owned()),
    ] {
        auditor.get(&format!("/audit/sample?{query}")).await.expect(422).says(&words);
        auditor.get(&format!("/audit/sample.zip?{query}")).await.expect(400);
    }
    let cohort = format!("seed=uno+dos&number=20&from=cohort:{}", world.cohort);
    let drawn = auditor.get(&format!("/audit/sample?{cohort}")).await.expect(200);
    drawn.says("Anastasia Tuanama").says("Beatriz Cachique").does_not_say("Faustina").says("/audit/sample.zip?seed=uno+dos");
    let one = "seed=uno+dos&number=1&from=programme:muestra";
    let first = auditor.get(&format!("/audit/sample?{one}")).await.expect(200).text();
    assert_eq!(first, auditor.get(&format!("/audit/sample?{one}")).await.expect(200).text());
    let chosen = app.services.sample(&drawing("uno dos", 1)).await.expect("drawn");
    assert!(first.contains(&format!("/audit/enrolments/{}", chosen[0])), "as the command draws");
    let taken = auditor.get(&format!("/audit/sample.zip?{cohort}")).await.expect(200);
    assert_eq!(taken.headers["content-type"], "application/zip");
    let signed = app.signed(&world.auditor).await;
    let asked = Sample { from: Among::Cohort(world.cohort), ..drawing("uno dos", 20) };
    let packed = app.services.of(&signed).take_sample(&asked, ES).await.expect("packed");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(packed)).expect("a ZIP file");
    assert_eq!(archive.len(), 2);
    for at in 0..2 {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut archive.by_index(at).expect("a file"), &mut bytes).expect("read");
        dossier::check(&bytes).expect("sound");
    }
    for (action, times) in [("sample.take", 2), ("dossier.take", 4), ("sample.draw", 3)] {
        assert_eq!(app.number(&format!("SELECT count(*) AS n FROM audit_event WHERE action = '{action}'")).await, times, "{action}");
    }
    assert_eq!(app.services.sample(&drawing("otra", 99)).await.expect("drawn").len(), 3);
}

/// The dossier is checked without the database: whatever was changed in it is named.
#[tokio::test]
async fn a_changed_dossier_is_found() {
    let world = full().await;
    let app = &world.app;
    let packed = app.services.dossier(world.ana.enrolment, ES).await.expect("packed");
    let (sound, _) = dossier::check(&packed).expect("sound");
    assert!(sound.entries.len() > 3 && sound.evidence.len() > 3);

    let mut changed = sound.clone();
    changed.entries[1].draft.seconds = Seconds(6000);
    assert!(matches!(changed.check(), Err(DossierFault::Hours(Broken { sequence: 2, .. }))));
    let mut changed = sound.clone();
    changed.entries.pop();
    assert!(matches!(changed.check(), Err(DossierFault::Hours(_))));
    let mut changed = sound.clone();
    changed.evidence.remove(0);
    assert!(matches!(changed.check(), Err(DossierFault::Evidence(_))));
    let mut changed = sound.clone();
    (changed.evidence, changed.counter) = (Vec::new(), (0, domain::hours::evidence::genesis(sound.person)));
    assert!(matches!(changed.check(), Err(DossierFault::Rests(1))));

    // The file itself: a byte of any part of it.
    let file = app.place.folder().join("dossier.zip");
    for at in (0..packed.len()).step_by(packed.len() / 97) {
        let mut bytes = packed.clone();
        bytes[at] ^= 1;
        if let Ok((read, _)) = dossier::check(&bytes) {
            assert_eq!(serde_json::to_value(&read).expect("JSON"), serde_json::to_value(&sound).expect("JSON"), "byte {at}");
        }
    }
    let verify = |bytes: &[u8]| {
        std::fs::write(&file, bytes).expect("written");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_orienta"));
        command.args(["ledger", "verify", "--dossier"]).arg(&file).output().expect("ran")
    };
    let green = verify(&packed);
    assert_eq!(green.status.code(), Some(0), "{green:?}");
    let red = verify(&packed[..packed.len() / 2]);
    assert_eq!(red.status.code(), Some(1), "{red:?}");

    let auditor = app.browser(&world.auditor).await;
    let taken = auditor.get(&format!("/audit/enrolments/{}/dossier.zip", world.ana.enrolment)).await.expect(200);
    assert_eq!(taken.headers["content-type"], "application/zip");
    assert_eq!(app.number("SELECT count(*) AS n FROM audit_event WHERE action = 'dossier.take'").await, 1);
    // The same words draw the same people.
    let drawn = app.services.sample(&drawing("2026", 2)).await.expect("drawn");
    assert_eq!((drawn.len(), &drawn), (2, &app.services.sample(&drawing("2026", 2)).await.expect("drawn")));
}
