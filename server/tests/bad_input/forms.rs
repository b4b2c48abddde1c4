//! Every form of the router, with what it must refuse and what it must then say.

mod content;
mod desk;
mod hours;

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

pub(super) fn own(fields: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    fields.iter().map(|(n, v)| (*n, (*v).to_owned())).collect()
}

pub(super) fn invalid(sent: &[(&'static str, &str)], messages: Words, anchors: &[&'static str]) -> Refusal {
    Refusal { sent: own(sent), status: 422, messages, anchors: anchors.to_vec(), kept: Vec::new(), gone: Vec::new() }
}

pub(super) fn malformed(sent: &[(&'static str, &str)]) -> Refusal {
    Refusal { status: 400, ..invalid(sent, |t| vec![t.error_400().to_owned(), t.error_400_text().to_owned()], &[]) }
}

impl Refusal {
    pub(super) fn keeps(self, kept: &[&'static str]) -> Self {
        Self { kept: kept.to_vec(), ..self }
    }

    pub(super) fn forgets(self, gone: &[&'static str]) -> Self {
        Self { gone: gone.to_vec(), ..self }
    }
}

pub(super) fn form(route: &'static str, who: Option<&Person>, fields: &[(&'static str, &str)], refusals: Vec<Refusal>) -> Form {
    let single = fields.iter().map(|(name, _)| *name).collect();
    Form { route, path: route.to_owned(), who: who.cloned(), fields: own(fields), single, refusals }
}

pub(super) fn at(path: String, form: Form) -> Form {
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
    all.extend(desk::judge(world, &task.to_string()).await);
    all.extend(desk::desk(world, &number));
    all.extend(hours::hours(world).await);
    all.extend(content::content(world).await);
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
