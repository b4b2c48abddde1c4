//! The forms of judges, staff and admins.

use super::{Form, Refusal, at, form, invalid, malformed, own};
use crate::bad_input::Words;
use crate::support::World;

pub(super) async fn judge(world: &World, task: &str) -> Vec<Form> {
    let judge = Some(&world.judge);
    let cohort = world.cohort.to_string();
    let plan = [("cohort", cohort.as_str()), ("date", "2026-11-23"), ("time", "09:00"), ("place", "Local comunal"), ("lesson", "a-l3")];
    let planned = world.app.browser(&world.judge).await.post("/meetings", &plan).await.expect(303).location().to_owned();
    let names = ["present", "from", "to"].map(|side| format!("{side}-{}", world.ana.enrolment));
    let [present, from, to]: [&'static str; 3] = names.map(|name| &*Box::leak(name.into_boxed_str()));
    let mut planning = form(
        "/meetings",
        judge,
        &plan,
        vec![
            invalid(
                &[],
                |t| {
                    [t.meetings_date_wrong(), t.meetings_time_wrong(), t.meetings_cohort_missing(), t.meetings_place_missing()]
                        .map(str::to_owned)
                        .to_vec()
                },
                &["date", "time", "cohort", "place"],
            ),
            invalid(
                &[("cohort", &cohort), ("date", "2026-02-30"), ("time", "25:00"), ("place", "Salón de la comunidad"), ("lesson", "a-l3")],
                |t| vec![t.meetings_date_wrong().to_owned(), t.meetings_time_wrong().to_owned()],
                &["date", "time"],
            )
            .keeps(&["Salón de la comunidad", "value=\"2026-02-30\"", "value=\"25:00\"", "value=\"a-l3\" checked"]),
            invalid(&plan[..4], |t| vec![t.meetings_lesson_missing().to_owned()], &["lesson"]).keeps(&["Local comunal"]),
            invalid(
                &[plan[0], plan[1], plan[2], plan[3], ("lesson", "a-l1")],
                |t| vec![t.meetings_lesson_missing().to_owned()],
                &["lesson"],
            ),
        ],
    );
    planning.single = vec!["cohort", "date", "time", "place"];
    let mut grading = at(
        format!("/grading/{task}"),
        form(
            "/grading/{task}",
            judge,
            &[("action", "save"), ("version", "0"), ("comment", "a")],
            vec![malformed(&[("action", "save")]), malformed(&[("action", "save"), ("version", "0"), ("r-r1", "x")])],
        ),
    );
    grading.single = vec!["action", "version", "comment"];
    let roll = [(present, "yes"), (from, "9"), (to, "10")];
    let dni = [("action", "guest"), ("kind", "dni"), ("number", "7022")];
    let check_in = planned.replace("/meetings/", "/check-in/");
    let mut all = substitutes(world).await;
    all.extend(vec![
        at(
            check_in,
            form(
                "/check-in/{id}",
                Some(&world.ana.person),
                &[("code", "12")],
                vec![
                    invalid(&[], |t| vec![t.checkin_code_missing().to_owned()], &[]),
                    invalid(&[("code", "12345x")], |t| vec![t.checkin_code_missing().to_owned()], &[]).forgets(&["12345x"]),
                ],
            ),
        ),
        at(
            planned.clone(),
            form(
                "/meetings/{id}",
                judge,
                &dni,
                vec![
                    invalid(&dni[..1], |t| vec![t.login_kind_missing().to_owned()], &["kind"]),
                    invalid(&dni, |t| vec![t.document_dni_length(4_u32)], &["number"]).keeps(&["value=\"7022\"", "value=\"dni\" selected"]),
                    invalid(&[dni[0], dni[1], ("number", "40111003")], |t| vec![t.roll_guest_unknown().to_owned()], &["number"]),
                    invalid(&[dni[0], dni[1], ("number", "70222001")], |t| vec![t.roll_guest_there().to_owned()], &["number"]),
                ],
            ),
        ),
        form("/grading", judge, &[], Vec::new()),
        grading,
        planning,
        at(
            planned,
            form(
                "/meetings/{id}",
                judge,
                &roll,
                vec![
                    invalid(&[(present, "yes")], |t| vec![t.roll_times_wrong().to_owned()], &[from]),
                    invalid(
                        &[(present, "yes"), (from, "09:30"), (to, "09:15"), ("action", "confirm")],
                        |t| vec![t.roll_times_wrong().to_owned()],
                        &[from],
                    )
                    .keeps(&["value=\"09:30\"", "value=\"09:15\""]),
                ],
            ),
        ),
    ]);
    all
}

/// Setting a substitute task for Ana, and confirming it.
async fn substitutes(world: &World) -> Vec<Form> {
    let judge = Some(&world.judge);
    let missing = format!("{} a-l3", world.ana.enrolment);
    let good = [("missing", missing.as_str()), ("task", "Visita la comisaría."), ("due", "2026-11-30")];
    let task = world.app.browser(&world.judge).await.post("/substitutes", &good).await.expect(303).location().to_owned();
    let nothing = format!("{} a-l1", world.ana.enrolment);
    let work = [("date", "2026-11-23"), ("from", "08:00"), ("to", "08:30"), ("note", "Trajo su informe.")];
    vec![
        form(
            "/substitutes",
            judge,
            &[("missing", "x"), ("task", "a"), ("due", "b")],
            vec![
                invalid(
                    &[],
                    |t| {
                        [t.substitutes_missing_missing(), t.substitutes_task_missing(), t.substitutes_due_wrong()]
                            .map(str::to_owned)
                            .to_vec()
                    },
                    &["missing", "task", "due"],
                ),
                invalid(&[good[0], good[1], ("due", "2026-11-22")], |t| vec![t.substitutes_due_wrong().to_owned()], &["due"]).keeps(&[
                    "Visita la comisaría.",
                    "value=\"2026-11-22\"",
                    " selected",
                ]),
                invalid(&[("missing", &nothing), good[1], good[2]], |t| vec![t.substitutes_nothing().to_owned()], &["missing"]),
            ],
        ),
        at(
            task,
            form(
                "/substitutes/{id}",
                judge,
                &[("date", "x"), ("from", "1"), ("to", "2"), ("note", "")],
                vec![
                    invalid(
                        &[],
                        |t| [t.meetings_date_wrong(), t.roll_times_wrong(), t.substitute_note_missing()].map(str::to_owned).to_vec(),
                        &["date", "from", "note"],
                    ),
                    invalid(&work, |t| vec![t.substitute_before().to_owned()], &["from"]).keeps(&[
                        "value=\"08:00\"",
                        "value=\"08:30\"",
                        "Trajo su informe.",
                    ]),
                    invalid(&[("date", "2026-11-24"), work[1], work[2], work[3]], |t| vec![t.substitute_future().to_owned()], &["from"]),
                ],
            ),
        ),
    ]
}

pub(super) fn desk(world: &World, number: &str) -> Vec<Form> {
    let staff = Some(&world.staff);
    let cohort = world.cohort.to_string();
    let fact = [("action", "verify"), ("kind", "identity"), ("met", "yes"), ("source", "DNI a la vista"), ("on", "x")];
    let change = [("action", "suspend"), ("code", "R-06"), ("reason", "Se investiga un reclamo."), ("authority", "")];
    let mut adding = person_fields(&cohort);
    adding.push(("role", "trainee".to_owned()));
    let fields: Vec<(&'static str, &str)> = adding.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let mut by_admin = form("/admin", Some(&world.admin), &fields, person_refusals(true));
    by_admin.single.retain(|name| *name != "cohort");
    let mut by_staff = form("/staff/people", staff, &fields, person_refusals(false));
    by_staff.single.retain(|name| *name != "role");
    vec![
        at(
            format!("/staff/cohorts/{cohort}"),
            Form {
                single: Vec::new(),
                ..form(
                    "/staff/cohorts/{id}",
                    staff,
                    &[],
                    vec![invalid(&[], |t| vec![t.cohort_choose_someone().to_owned()], &["enrolment"])],
                )
            },
        ),
        at(
            format!("/staff/enrolments/{}", world.ana.enrolment),
            form(
                "/staff/enrolments/{id}",
                staff,
                &fact,
                vec![
                    malformed(&[]),
                    malformed(&[("action", "erase")]),
                    invalid(
                        &[("action", "verify")],
                        |t| {
                            [t.verify_kind_missing(), t.verify_met_missing(), t.verify_source_missing(), t.verify_on_wrong()]
                                .map(str::to_owned)
                                .to_vec()
                        },
                        &["kind", "met", "source", "on"],
                    ),
                    invalid(
                        &[fact[0], ("kind", "minutes"), fact[2], fact[3], ("on", "2026-11-20")],
                        |t| vec![t.verify_kind_missing().to_owned()],
                        &["kind"],
                    )
                    .keeps(&["DNI a la vista", "value=\"2026-11-20\""]),
                    invalid(&[fact[0], fact[1], fact[2], fact[3], ("on", "2026-11-24")], |t| vec![t.verify_on_wrong().to_owned()], &["on"])
                        .keeps(&["DNI a la vista", "value=\"2026-11-24\"", "value=\"yes\" checked"]),
                ],
            ),
        ),
        by_staff,
        Form {
            single: Vec::new(),
            ..form("/staff/releases", staff, &[], vec![invalid(&[], |t| vec![t.releases_choose_someone().to_owned()], &["attempt"])])
        },
        at(
            format!("/staff/certificates/{number}"),
            form(
                "/staff/certificates/{number}",
                staff,
                &change,
                vec![
                    malformed(&[]),
                    malformed(&[("action", "erase")]),
                    invalid(
                        &[("action", "revoke")],
                        |t| {
                            [t.certificate_code_missing(), t.certificate_reason_missing(), t.certificate_authority_missing()]
                                .map(str::to_owned)
                                .to_vec()
                        },
                        &["code", "reason", "authority"],
                    ),
                    invalid(&change, |t| vec![t.certificate_authority_missing().to_owned()], &["authority"])
                        .keeps(&["Se investiga un reclamo.", "value=\"R-06\" selected"]),
                    invalid(
                        &[("action", "reinstate"), change[1], change[2], ("authority", "Comisión")],
                        |t| vec![t.certificate_state_conflict().to_owned()],
                        &[],
                    )
                    .keeps(&["Se investiga un reclamo."]),
                ],
            ),
        ),
        by_admin,
    ]
}

fn person_fields(cohort: &str) -> Vec<(&'static str, String)> {
    let mut fields = own(&[
        ("kind", "dni"),
        ("number", "7"),
        ("given_names", "Rosa"),
        ("paternal_surname", "Tello"),
        ("maternal_surname", ""),
        ("birth_date", ""),
        ("phone", ""),
        ("email", ""),
        ("district", ""),
    ]);
    fields.push(("cohort", cohort.to_owned()));
    fields
}

fn person_refusals(with_role: bool) -> Vec<Refusal> {
    let bad = [
        ("kind", "dni"),
        ("number", "7033"),
        ("given_names", "Rosa 2"),
        ("paternal_surname", "Téllo"),
        ("birth_date", "2026-02-30"),
        ("phone", "12345"),
        ("email", "rosa"),
        ("role", "trainee"),
    ];
    let missing: (Words, &[&'static str]) = if with_role {
        (
            |t| [t.admin_role_missing(), t.add_person_name_wrong(), t.login_kind_missing()].map(str::to_owned).to_vec(),
            &["role", "given_names", "kind"],
        )
    } else {
        (
            |t| [t.add_person_cohort_missing(), t.add_person_name_wrong(), t.login_kind_missing()].map(str::to_owned).to_vec(),
            &["cohort", "given_names", "kind"],
        )
    };
    let wrong: Words = |t| {
        let mut words = [t.add_person_name_wrong(), t.add_person_birth_wrong(), t.add_person_phone_wrong(), t.add_person_email_wrong()]
            .map(str::to_owned)
            .to_vec();
        words.push(t.document_dni_length(4_u32));
        words
    };
    let far_birth = [bad[0], ("number", "70333010"), ("given_names", "Rosa"), bad[3], ("birth_date", "+12345-01-01"), ("role", "trainee")];
    let mut refusals = vec![
        invalid(&[], missing.0, missing.1),
        invalid(&bad, wrong, &["number", "given_names", "birth_date", "phone", "email"]).keeps(&[
            "value=\"7033\"",
            "value=\"Rosa 2\"",
            "value=\"Téllo\"",
            "value=\"2026-02-30\"",
            "value=\"12345\"",
            "value=\"rosa\"",
        ]),
        invalid(
            &[bad[0], ("number", "70333010"), ("given_names", "Rosa"), ("role", "trainee")],
            |t| vec![t.add_person_surname_missing().to_owned()],
            &["paternal_surname"],
        )
        .keeps(&["value=\"Rosa\""]),
        invalid(&far_birth, |t| vec![t.add_person_birth_wrong().to_owned()], &["birth_date"]),
        malformed(&[bad[0], ("number", "70333010"), ("given_names", "Rosa"), bad[3], ("role", "trainee"), ("district", "atlantis")]),
    ];
    if with_role {
        let taken = [bad[0], ("number", "70222001"), ("given_names", "Rosa"), bad[3], ("role", "judge")];
        refusals.push(
            invalid(&taken, |t| vec![t.add_person_taken().to_owned()], &["number"])
                .keeps(&["value=\"70222001\"", "value=\"judge\" selected"]),
        );
    }
    refusals
}
