//! What she does not recognise, or misses; and what staff answer.

use super::{findings, generous, waiting};
use crate::support::cast::NEAR;
use crate::support::walk::LESSONS;
use crate::support::{Browser, ES, World};
use domain::access::Role;
use domain::hours::dispute::MOST_WAITING;

const HERS: &str = "Ese día no estudié, presté el celular a mi hermana.";
const ANSWER: &str = "Revisamos el registro y quitamos ese minuto.";

/// Ana studied and confirmed a lesson; her browser.
async fn studied(world: &World) -> Browser<'_> {
    world.study_all(&world.ana).await;
    world.app.browser(&world.ana.person).await
}

/// Addresses of the disputes that wait, as the list shows them.
async fn list(browser: &Browser<'_>) -> Vec<String> {
    let page = browser.get("/staff/disputes").await.expect(200).text();
    let links = page.split("href=\"/staff/disputes/").skip(1);
    links.filter_map(|rest| rest.split_once('"')).map(|(id, _)| format!("/staff/disputes/{id}")).collect()
}

/// The same dispute on her side.
fn hers(page: &str) -> String {
    page.replace("/staff/disputes", "/hours/disputes")
}

#[tokio::test]
async fn she_asks_is_answered_and_asks_once_more() {
    let world = generous().await;
    let app = &world.app;
    let ana = studied(&world).await;
    let staff = app.browser(&world.staff).await;
    ana.get("/hours").await.expect(200).says(ES.hours_dispute()).says(ES.hours_missing_go()).says("href=\"/hours/dispute/1\"");
    ana.get("/hours/dispute/1").await.expect(200).says(ES.dispute_new_entry()).says("Quién puede denunciar");
    let sent = ana.post("/hours/dispute/1", &[("text", HERS)]).await.expect(303);
    assert_eq!(sent.location(), "/hours#reclamos");
    ana.get("/hours").await.expect(200).says(ES.hours_disputes()).says(ES.dispute_waiting()).says(ES.hours_disputed());
    // The same entry once.
    ana.post("/hours/dispute/1", &[("text", HERS)]).await.expect(409);
    staff.get("/staff").await.expect(200).says(&ES.staff_answer_go(1));
    staff.get("/staff/evidence").await.expect(200).says(&ES.evidence_disputes(1));
    let page = list(&staff).await.remove(0);
    staff.get("/staff/disputes").await.expect(200).says("Anastasia Tuanama").says(ES.disputes_entry());
    staff.get(&page).await.expect(200).says(HERS).says(ES.dispute_answer());
    // She cannot go on before it is her turn, nor can staff afterwards.
    ana.post(&hers(&page), &[("text", HERS)]).await.expect(409);
    staff.post(&page, &[("text", ANSWER), ("sign", ""), ("minutes", ""), ("lesson", "a-l1")]).await.expect(303);
    staff.post(&page, &[("text", "Otra respuesta distinta.")]).await.expect(409);
    assert_eq!(list(&staff).await, [""; 0]);
    ana.get("/hours").await.expect(200).says(ES.dispute_answered()).says(&ES.hours_answer(ANSWER));
    ana.get(&hers(&page)).await.expect(200).says(HERS).says(ANSWER).says(ES.dispute_again()).does_not_say("Sara");
    let again = "No es verdad, yo estaba en el taller.";
    ana.post(&hers(&page), &[("text", again)]).await.expect(303);
    ana.post(&hers(&page), &[("text", again)]).await.expect(409);
    staff.get("/staff/disputes").await.expect(200).says(ES.disputes_again());
    staff.post(&page, &[("text", "Hablamos con el promotor y lo confirmó.")]).await.expect(303);
    ana.get(&hers(&page))
        .await
        .expect(200)
        .says("Hablamos con el promotor")
        .says(ES.dispute_closed_text())
        .does_not_say(ES.dispute_again());
    ana.post(&hers(&page), &[("text", again)]).await.expect(409);
    staff.post(&page, &[("text", ANSWER)]).await.expect(409);
    assert_eq!(app.count("dispute_note").await, 4);
    let told = app.texts("SELECT action AS text FROM audit_event WHERE action LIKE 'dispute.%' ORDER BY sequence").await;
    assert_eq!(told, ["dispute.open", "dispute.answer", "dispute.reopen", "dispute.answer"]);
    for detail in app.texts("SELECT detail AS text FROM audit_event").await {
        assert!(!["hermana", "Revisamos", "taller", "promotor"].iter().any(|word| detail.contains(word)), "{detail}");
    }
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn an_answer_adjusts_at_once_or_waits() {
    let world = generous().await;
    let app = &world.app;
    let ana = app.browser(&world.ana.person).await;
    let (staff, issuer) = (app.browser(&world.staff).await, app.browser(&world.issuer).await);
    for _ in 0..2 {
        ana.post("/hours/dispute/0", &[("text", "Falta el taller del sábado pasado.")]).await.expect(303);
    }
    let pages = list(&staff).await;
    assert_eq!(pages.len(), 2);
    let answer = async |page: &str, lesson: &str, minutes: &str| {
        let key = staff.get(page).await.expect(200).value("key").expect("a form");
        let fields = [("text", ANSWER), ("key", key.as_str()), ("lesson", lesson), ("sign", "more"), ("minutes", minutes)];
        staff.post(page, &fields).await
    };
    // What the rules refuse answers nothing either.
    let before = app.state().await;
    answer(&pages[0], LESSONS[0], "9").await.expect(422).says(&ES.adjust_too_much("3 min")).says(ANSWER);
    answer(&pages[0], LESSONS[0], "x").await.expect(422).says(ES.adjust_minutes_wrong());
    answer(&pages[0], "", "1").await.expect(422).says(ES.adjust_lesson_missing());
    answer(&pages[0], "a-l9", "1").await.expect(404);
    assert_eq!(app.state().await, before);
    answer(&pages[0], LESSONS[0], "1").await.expect(303);
    ana.get(&hers(&pages[0])).await.expect(200).says(&ES.dispute_adjusted(ES.hours_plus("1 min")));
    ana.get("/hours").await.expect(200).says(&ES.hours_reason(ANSWER)).says(ES.hours_adjustment());
    answer(&pages[1], LESSONS[1], "1").await.expect(303);
    ana.get(&hers(&pages[1])).await.expect(200).says(&ES.dispute_adjust_waits(ES.hours_plus("1 min")));
    let adjustment = waiting(&issuer, world.ana.enrolment).await;
    let decline = [("action", "decline"), ("adjustment", adjustment.as_str()), ("why", "No consta en la lista.")];
    issuer.post(&super::page_of(world.ana.enrolment), &decline).await.expect(303);
    ana.get(&hers(&pages[1])).await.expect(200).says(&ES.dispute_adjust_declined(ES.hours_plus("1 min")));
    assert_eq!(app.number("SELECT count(*) AS n FROM hours_entry WHERE kind = 'adjustment'").await, 1);
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn of_somebody_else_and_from_elsewhere() {
    let world = generous().await;
    let app = &world.app;
    let ana = studied(&world).await;
    ana.post("/hours/dispute/1", &[("text", HERS)]).await.expect(303);
    let (bea, far) = (app.browser(&world.bea.person).await, app.browser(&world.far_staff).await);
    let page = list(&app.browser(&world.staff).await).await.remove(0);
    let before = app.state().await;
    bea.get(&hers(&page)).await.expect(403);
    bea.post(&hers(&page), &[("text", HERS)]).await.expect(403);
    // An entry that only another trainee has.
    bea.get("/hours/dispute/1").await.expect(404);
    bea.post("/hours/dispute/1", &[("text", HERS)]).await.expect(404);
    ana.post("/hours/dispute/999", &[("text", HERS)]).await.expect(404);
    ana.post("/hours/dispute/-1", &[("text", HERS)]).await.expect(404);
    assert_eq!(list(&far).await, [""; 0]);
    far.get(&page).await.expect(403);
    far.post(&page, &[("text", ANSWER)]).await.expect(403);
    ana.get(&page).await.expect(403);
    ana.post(&page, &[("text", ANSWER)]).await.expect(403);
    app.browser(&world.auditor).await.post(&page, &[("text", ANSWER)]).await.expect(403);
    for text in ["", "corto", &"a".repeat(1001)] {
        ana.post("/hours/dispute/2", &[("text", text)]).await.expect(422).says(ES.dispute_text_wrong());
        app.browser(&world.staff).await.post(&page, &[("text", text)]).await.expect(422).says(ES.dispute_answer_wrong());
    }
    assert_eq!(app.state().await, before);
}

#[tokio::test]
async fn not_without_end() {
    let world = generous().await;
    let app = &world.app;
    let ana = app.browser(&world.ana.person).await;
    let text = [("text", "Falta el taller del sábado pasado.")];
    for _ in 0..MOST_WAITING {
        ana.post("/hours/dispute/0", &text).await.expect(303);
    }
    ana.post("/hours/dispute/0", &text).await.expect(422).says(ES.dispute_too_many()).says(text[0].1);
    let staff = app.browser(&world.staff).await;
    let page = list(&staff).await.remove(0);
    staff.post(&page, &[("text", ANSWER)]).await.expect(303);
    ana.post("/hours/dispute/0", &text).await.expect(303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_answer_at_once() {
    let world = generous().await;
    let app = &world.app;
    let second = app.second().await;
    let ana = app.browser(&world.ana.person).await;
    ana.post("/hours/dispute/0", &[("text", "Falta el taller del sábado pasado.")]).await.expect(303);
    let other = app.add("Marta", "Quispe", "40111020", &[(Role::Staff, Some(NEAR))]).await;
    let here = app.browser(&world.staff).await;
    let mut there = second.visitor();
    there.cookies = app.browser(&other).await.cookies;
    let page = list(&here).await.remove(0);
    let keys =
        [here.get(&page).await.expect(200).value("key"), there.get(&page).await.expect(200).value("key")].map(|k| k.expect("a form"));
    let fields = |key: &'static str| [("text", ANSWER), ("key", key), ("lesson", LESSONS[0]), ("sign", "more"), ("minutes", "1")];
    let keys: [&'static str; 2] = keys.map(|key| &*Box::leak(key.into_boxed_str()));
    let (one, two) = (fields(keys[0]), fields(keys[1]));
    let (a, b, c) = tokio::join!(here.post(&page, &one), there.post(&page, &two), here.post(&page, &one));
    let mut statuses = [a.status, b.status, c.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409, 409]);
    assert_eq!((app.count("dispute_note").await, app.count("adjustment").await), (2, 1));
    assert_eq!(findings(app).await, []);
}

#[tokio::test]
async fn what_was_written_stays() {
    let world = generous().await;
    let app = &world.app;
    let ana = app.browser(&world.ana.person).await;
    ana.post("/hours/dispute/0", &[("text", "Falta el <b>taller</b>\ndel sábado & domingo.")]).await.expect(303);
    let page = list(&app.browser(&world.staff).await).await.remove(0);
    let shown = ana.get(&hers(&page)).await.expect(200);
    assert!(!shown.raw.contains("<b>taller"), "it came back as markup");
    shown.says("<b>taller</b>").says("sábado & domingo");
    let behind = app.behind().await;
    for table in ["dispute", "dispute_note", "claim_decision", "checkpoint_seen", "adjustment", "adjustment_decision"] {
        let is_armed = ["update", "delete"].map(|operation| format!("{table}_refuses_{operation}"));
        let count = if app.is_sqlite() { "sqlite_master WHERE type = 'trigger' AND name" } else { "pg_trigger WHERE tgname" };
        for trigger in is_armed {
            let sql = format!("SELECT count(*) AS n FROM {count} = '{trigger}'");
            assert!(app.number(&sql).await > 0, "{trigger}");
        }
    }
    for sql in ["UPDATE dispute_note SET body = 'x'", "DELETE FROM dispute_note", "DELETE FROM dispute"] {
        assert!(behind.run(sql).await.is_err(), "{sql}");
    }
}
