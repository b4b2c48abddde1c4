//! Every form of the router, with what it must refuse and what it must then say.

use super::Words;
use crate::support::browser::encoded;
use crate::support::walk::EVALUATION;
use crate::support::{Person, World};

/// A form.
pub struct Form {
    pub route: &'static str,
    pub path: String,
    /// Who sends it; `None` a visitor.
    pub who: Option<Person>,
    /// A body of which every field is read.
    pub fields: Vec<(&'static str, String)>,
    /// Fields that may stand once.
    pub single: Vec<&'static str>,
    pub refusals: Vec<Refusal>,
}

impl Form {
    pub fn body(&self) -> String {
        let fields: Vec<(&str, &str)> = self.fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        encoded(&fields)
    }
}

/// What is sent, and what comes back.
pub struct Refusal {
    pub sent: Vec<(&'static str, String)>,
    pub status: u16,
    pub messages: Words,
    /// Fields that the summary leads to.
    pub anchors: Vec<&'static str>,
    /// What was typed and stands there again.
    pub kept: Vec<&'static str>,
    /// What was typed and never comes back.
    pub gone: Vec<&'static str>,
}

fn own(fields: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    fields.iter().map(|(n, v)| (*n, (*v).to_owned())).collect()
}

fn invalid(sent: &[(&'static str, &str)], messages: Words, anchors: &[&'static str]) -> Refusal {
    Refusal { sent: own(sent), status: 422, messages, anchors: anchors.to_vec(), kept: Vec::new(), gone: Vec::new() }
}

fn malformed(sent: &[(&'static str, &str)]) -> Refusal {
    Refusal { status: 400, ..invalid(sent, |t| vec![t.error_400().to_owned(), t.error_400_text().to_owned()], &[]) }
}

impl Refusal {
    fn keeps(self, kept: &[&'static str]) -> Self {
        Self { kept: kept.to_vec(), ..self }
    }

    fn forgets(self, gone: &[&'static str]) -> Self {
        Self { gone: gone.to_vec(), ..self }
    }
}

fn form(route: &'static str, who: Option<&Person>, fields: &[(&'static str, &str)], refusals: Vec<Refusal>) -> Form {
    let single = fields.iter().map(|(name, _)| *name).collect();
    Form { route, path: route.to_owned(), who: who.cloned(), fields: own(fields), single, refusals }
}

fn at(path: String, form: Form) -> Form {
    Form { path, ..form }
}

/// The forms, and what they are about: Ana at an open checkpoint and in an attempt, work with the judge, a certificate.
pub async fn forms(world: &World) -> Vec<Form> {
    let app = &world.app;
    let cleo = app.add_trainee("Cleofé", "Sangama", "70222011", world.cohort).await;
    let dora = app.add_trainee("Dorotea", "Fasabi", "70222012", world.cohort).await;
    let elsa = app.add_trainee("Elsa", "Cenepo", "70222013", world.cohort).await;
    world.make_ready(&cleo).await;
    let number = world.certify(&cleo).await;
    world.sit(&elsa).await;
    world.grade().await;
    world.sit(&dora).await;
    let task = world.take_task().await;
    app.browser(&world.ana.person).await.study("a-l1", 40).await;
    let attempt = world.start(&world.ana).await;
    let mut all = sign_in();
    all.extend(account(world));
    all.extend(trainee(world, &attempt.to_string()));
    all.extend(judge(world, &task.to_string()).await);
    all.extend(desk(world, &number));
    all
}

fn sign_in() -> Vec<Form> {
    let document = [("kind", "dni"), ("number", "40111003"), ("secret", "clave-secreta"), ("next", "/home")];
    let code = [("kind", "dni"), ("number", "40111003"), ("code", "12"), ("next", "")];
    vec![
        form(
            "/login",
            None,
            &document,
            vec![
                invalid(&[], |t| vec![t.login_kind_missing().to_owned(), t.login_secret_missing().to_owned()], &["kind", "secret"]),
                invalid(&[("kind", "dni"), ("number", ""), ("secret", "x")], |t| vec![t.document_missing().to_owned()], &["number"]),
                invalid(
                    &[("kind", "dni"), ("number", "4011"), ("secret", "clave-secreta")],
                    |t| vec![t.document_dni_length(4_u32)],
                    &["number"],
                )
                .keeps(&["value=\"4011\""])
                .forgets(&["clave-secreta"]),
                invalid(&[("kind", "ce"), ("number", "AB*123456"), ("secret", "739184")], |t| vec![t.document_character('*')], &["number"])
                    .keeps(&["value=\"AB*123456\"", "value=\"ce\" selected"])
                    .forgets(&["739184"]),
                invalid(&document, |t| vec![t.login_refused().to_owned()], &["secret"])
                    .keeps(&["value=\"40111003\"", "value=\"/home\""])
                    .forgets(&["clave-secreta"]),
            ],
        ),
        form(
            "/login/card",
            None,
            &[("code", "QQQ7"), ("secret", "739184"), ("next", "")],
            vec![
                invalid(&[], |t| vec![t.login_card_code_wrong().to_owned()], &["code"]),
                invalid(&[("code", "QQQ7"), ("secret", "739184")], |t| vec![t.login_card_code_wrong().to_owned()], &["code"])
                    .forgets(&["QQQ7", "739184"]),
            ],
        ),
        form(
            "/login/code",
            None,
            &code,
            vec![
                invalid(&[], |t| vec![t.login_kind_missing().to_owned(), t.login_code_wrong().to_owned()], &["kind", "code"]),
                invalid(&code, |t| vec![t.login_code_wrong().to_owned()], &["code"]).keeps(&["value=\"40111003\""]),
                invalid(&[("kind", "dni"), ("number", "40111003"), ("code", "73918465")], |t| vec![t.login_refused().to_owned()], &[])
                    .keeps(&["value=\"40111003\""])
                    .forgets(&["73918465"]),
            ],
        ),
        form("/language", None, &[("language", "en"), ("next", "/")], vec![malformed(&[]), malformed(&[("language", "qu")])]),
    ]
}

fn account(world: &World) -> Vec<Form> {
    let ana = Some(&world.ana.person);
    let nothing = |sent: &[(&'static str, &str)]| Refusal {
        status: 404,
        ..invalid(sent, |t| vec![t.error_404().to_owned(), t.error_404_text().to_owned()], &[])
    };
    vec![
        form("/logout", ana, &[("action", "here")], Vec::new()),
        form(
            "/account",
            ana,
            &[("action", "revoke"), ("device", "x")],
            vec![
                malformed(&[]),
                malformed(&[("action", "delete")]),
                nothing(&[("action", "revoke")]),
                nothing(&[("action", "revoke"), ("device", "01890000-0000-7000-8000-000000000000")]),
            ],
        ),
        form(
            "/pin",
            ana,
            &[("pin", "739184"), ("again", "7")],
            vec![
                invalid(&[], |t| vec![t.pin_six_digits().to_owned()], &["pin"]),
                invalid(&[("pin", "12345"), ("again", "12345")], |t| vec![t.pin_six_digits().to_owned()], &["pin"]),
                invalid(
                    &[("pin", "123456"), ("again", "739184")],
                    |t| vec![t.pin_run().to_owned(), t.pin_differs().to_owned()],
                    &["pin", "again"],
                )
                .forgets(&["123456", "739184"]),
                invalid(&[("pin", "777777"), ("again", "777777")], |t| vec![t.pin_repeat().to_owned()], &["pin"]).forgets(&["777777"]),
                invalid(&[("pin", "140385"), ("again", "140385")], |t| vec![t.pin_birth_date().to_owned()], &["pin"]).forgets(&["140385"]),
                invalid(&[("pin", "222001"), ("again", "222001")], |t| vec![t.pin_document().to_owned()], &["pin"]).forgets(&["222001"]),
            ],
        ),
    ]
}

fn trainee(world: &World, attempt: &str) -> Vec<Form> {
    let ana = Some(&world.ana.person);
    let lesson = "/course/{lesson}/{part}";
    let check = [("action", "check"), ("question", "a-l1-c1-a"), ("option", "")];
    let item = [("version", "x"), ("text", "a"), ("go", "next"), ("flag", "")];
    let mut sitting = at(
        format!("/attempts/{attempt}/1"),
        form(
            "/attempts/{id}/{n}",
            ana,
            &item,
            vec![malformed(&[]), malformed(&[("version", "x")]), malformed(&[("version", "0"), ("option", "no-such-option")])],
        ),
    );
    sitting.single = vec!["version"];
    let mut answered = at(
        "/course/a-l1/1".to_owned(),
        form(
            lesson,
            ana,
            &check,
            vec![
                malformed(&[]),
                malformed(&[("action", "finish")]),
                malformed(&[("action", "continue")]),
                malformed(&[("action", "continue"), ("token", "forged")]),
                invalid(&[("action", "check"), ("question", "a-l1-c1-a")], |t| vec![t.lesson_check_choose().to_owned()], &["option"]),
                invalid(
                    &[("action", "check"), ("question", "a-l1-c1-a"), ("option", "x")],
                    |t| vec![t.lesson_check_choose().to_owned()],
                    &["option"],
                ),
                invalid(&[("action", "check"), ("question", "zzz"), ("option", "0")], |t| vec![t.lesson_check_not_now().to_owned()], &[]),
            ],
        ),
    );
    answered.single = vec!["action", "option"];
    vec![
        answered,
        at(format!("/evaluations/{EVALUATION}"), form("/evaluations/{id}", ana, &[], Vec::new())),
        sitting,
        at(format!("/attempts/{attempt}/review"), form("/attempts/{id}/review", ana, &[], Vec::new())),
    ]
}

async fn judge(world: &World, task: &str) -> Vec<Form> {
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
    vec![
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
    ]
}

fn desk(world: &World, number: &str) -> Vec<Form> {
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
