//! The text of a reason, taken away: what it explained stays, and every chain still verifies.

use super::{findings, generous, page_of};
use crate::support::ES;
use domain::access::Role;
use server::services::hours::dossier;

const TEXT: &str = "Su vecina Rosa Tapullima la reemplazó en el taller.";
const WHY: &str = "Nombraba a otra persona.";

#[tokio::test]
async fn the_text_goes_and_the_minutes_stay() {
    let world = generous().await;
    let app = &world.app;
    let page = format!("/staff/reasons/{}", world.adjust(&world.ana, TEXT).await);
    let (staff, ana) = (app.browser(&world.staff).await, app.browser(&world.ana.person).await);
    let entries = app.count("hours_entry").await;
    let record = page_of(world.ana.enrolment);
    staff.get(&record).await.expect(200).says(TEXT).says(&page);
    staff.get(&page).await.expect(200).says(TEXT).says(ES.reason_of_adjustment()).says("Anastasia Tuanama");
    let before = app.state().await;
    staff.post(&page, &[("reason", "por eso")]).await.expect(422).says(ES.adjust_reason_wrong()).says("por eso").says(TEXT);
    assert_eq!(app.state().await, before);
    staff.post(&page, &[("reason", WHY)]).await.expect(303);
    for shown in [staff.get(&page).await, staff.get(&record).await, ana.get("/hours").await] {
        shown.expect(200).says(ES.reason_erased()).does_not_say("Tapullima");
    }
    staff.get(&page).await.expect(200).says(WHY).says("Sara Villacorta").does_not_say("<form class=\"stack\"");
    staff.get(&record).await.expect(200).does_not_say(&page);
    assert_eq!(app.count("hours_entry").await, entries);
    assert_eq!(findings(app).await, []);
    let packed = app.services.dossier(world.ana.enrolment, ES).await.expect("packed");
    dossier::check(&packed).expect("sound");
    // Nowhere is it left, and who did it is.
    for table in ["reason_text WHERE body", "audit_event WHERE detail", "hours_entry WHERE reason"] {
        assert_eq!(app.number(&format!("SELECT count(*) AS n FROM {table} LIKE '%Tapullima%'")).await, 0, "{table}");
    }
    assert_eq!(app.number("SELECT count(*) AS n FROM audit_event WHERE action = 'reason.erase'").await, 1);
    // A second time changes nothing, also another person's.
    let before = app.state().await;
    app.browser(&world.admin).await.post(&page, &[("reason", "Otra razón para lo mismo.")]).await.expect(303);
    assert_eq!((app.state().await, findings(app).await), (before, vec![]));
}

#[tokio::test]
async fn only_who_may_and_only_what_is_a_reason() {
    let world = generous().await;
    let app = &world.app;
    let page = format!("/staff/reasons/{}", world.adjust(&world.ana, TEXT).await);
    let fields = [("reason", WHY)];
    let before = app.state().await;
    for person in [&world.ana.person, &world.bea.person, &world.judge, &world.far_staff, &world.auditor] {
        let browser = app.browser(person).await;
        browser.get(&page).await.expect(403).does_not_say("Tapullima");
        browser.post(&page, &fields).await.expect(403);
    }
    app.visitor().post(&page, &fields).await.expect(401);
    let staff = app.browser(&world.staff).await;
    for other in [world.ana.enrolment.to_string(), world.ana.person.id.to_string(), "x".to_owned()] {
        staff.post(&format!("/staff/reasons/{other}"), &fields).await.expect(404);
    }
    assert_eq!((app.count("reason_erasure").await, app.state().await), (0, before));
    // Somebody of the staff who is a trainee too does not erase what was written about her.
    let id = app
        .services
        .add_person(crate::support::cast::new_person("Doris", "Amasifuén", "70222099", &[(Role::Staff, None)]), None)
        .await
        .expect("added");
    let enrolment = app.services.enrol(id, world.cohort, None).await.expect("enrolled");
    app.give_pin(id).await;
    let person = crate::support::Person { id, number: "70222099".to_owned(), name: String::new() };
    let doris = crate::support::cast::Trainee { person, enrolment };
    let hers = format!("/staff/reasons/{}", world.adjust(&doris, TEXT).await);
    app.browser(&doris.person).await.post(&hers, &fields).await.expect(403);
    staff.post(&hers, &fields).await.expect(303);
}
