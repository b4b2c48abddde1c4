//! The expected table: a line a request, a column a role.

mod content;

use crate::support::World;
use crate::support::cast::{Person, Trainee};
use crate::support::walk::{EVALUATION, batch};
use domain::ids::{AttemptId, TaskId};
use serde_json::{Value, json};

/// One request and what each role gets.
pub struct Case {
    pub route: &'static str,
    pub path: String,
    pub form: Option<Vec<(String, String)>>,
    pub json: Option<Value>,
    pub expected: [u16; 9],
    /// Whose the thing is that is asked for: the second column.
    pub owner: Person,
}

impl Case {
    pub fn is_post(&self) -> bool {
        self.form.is_some() || self.json.is_some()
    }

    pub fn method(&self) -> &'static str {
        if self.is_post() { "POST" } else { "GET" }
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.method(), self.path)
    }

    /// It needs no session.
    pub fn is_public(&self) -> bool {
        self.expected.iter().all(|s| *s == self.expected[0])
    }

    /// It may end the session of who asks.
    pub fn ends_sessions(&self) -> bool {
        ["/logout", "/account", "/pin"].contains(&self.route)
    }

    /// Who stands in the columns beside the visitor.
    pub fn people<'w>(&'w self, world: &'w World) -> [(&'static str, &'w Person); 8] {
        [
            ("owner", &self.owner),
            ("other trainee", &world.bea.person),
            ("judge", &world.judge),
            ("judge elsewhere", &world.far_judge),
            ("staff", &world.staff),
            ("staff elsewhere", &world.far_staff),
            ("auditor", &world.auditor),
            ("admin", &world.admin),
        ]
    }
}

#[rustfmt::skip]
mod expected {
    //                                    visitor owner other judge far-j staff far-s audit admin
    pub const EVERYBODY: [u16; 9] =      [200,    200,  200,  200,  200,  200,  200,  200,  200];
    pub const LED_ON: [u16; 9] =             [303,    303,  303,  303,  303,  303,  303,  303,  303];
    pub const INCOMPLETE: [u16; 9] =         [422,    422,  422,  422,  422,  422,  422,  422,  422];
    pub const NOT_FOUND: [u16; 9] =          [404,    404,  404,  404,  404,  404,  404,  404,  404];
    pub const SIGNED_POSTS: [u16; 9] =       [401,    303,  303,  303,  303,  303,  303,  303,  303];
    pub const OWN_DEVICE: [u16; 9] =         [401,    303,  404,  404,  404,  404,  404,  404,  404];
    /// Signed for Ana on another phone than the one that asks: refused to everybody.
    pub const OTHERS_READING: [u16; 9] =     [401,    403,  403,  403,  403,  403,  403,  403,  403];
    pub const NONE_OF_THEM: [u16; 9] =       [303,    403,  403,  403,  403,  403,  403,  403,  403];
    pub const NONE_POSTS: [u16; 9] =         [401,    403,  403,  403,  403,  403,  403,  403,  403];
    pub const SIGNED_IN: [u16; 9] =          [303,    200,  200,  200,  200,  200,  200,  200,  200];
    pub const TRAINEES: [u16; 9] =           [303,    200,  200,  403,  403,  403,  403,  403,  403];
    pub const OWNER: [u16; 9] =              [303,    200,  403,  403,  403,  403,  403,  403,  403];
    pub const OWNER_POSTS: [u16; 9] =        [401,    303,  403,  403,  403,  403,  403,  403,  403];
    pub const OWNER_CALLS: [u16; 9] =        [401,    200,  403,  403,  403,  403,  403,  403,  403];
    pub const TRAINEES_POST: [u16; 9] =      [401,    303,  303,  403,  403,  403,  403,  403,  403];
    pub const TRAINEES_ERR: [u16; 9] =       [401,    422,  422,  403,  403,  403,  403,  403,  403];
    pub const JUDGES: [u16; 9] =             [303,    403,  403,  200,  200,  403,  403,  403,  403];
    pub const JUDGES_POST: [u16; 9] =        [401,    403,  403,  303,  303,  403,  403,  403,  403];
    pub const HOLDER: [u16; 9] =             [303,    403,  403,  200,  404,  403,  403,  403,  403];
    pub const HOLDER_POSTS: [u16; 9] =       [401,    403,  403,  303,  404,  403,  403,  403,  403];
    pub const COHORT_JUDGE: [u16; 9] =       [303,    403,  403,  200,  403,  403,  403,  403,  403];
    pub const COHORT_JUDGE_POSTS: [u16; 9] = [401,    403,  403,  303,  403,  403,  403,  403,  403];
    pub const STAFF: [u16; 9] =              [303,    403,  403,  403,  403,  200,  200,  403,  403];
    pub const STAFF_HERE: [u16; 9] =         [303,    403,  403,  403,  403,  200,  403,  403,  403];
    pub const STAFF_AUDIT: [u16; 9] =        [303,    403,  403,  403,  403,  200,  403,  200,  403];
    pub const STAFF_POSTS: [u16; 9] =        [401,    403,  403,  403,  403,  303,  403,  403,  403];
    pub const STAFF_SHOWN: [u16; 9] =        [401,    403,  403,  403,  403,  200,  403,  403,  403];
    pub const STAFF_TOLD: [u16; 9] =         [401,    403,  403,  403,  403,  422,  403,  403,  403];
    pub const AUDITOR: [u16; 9] =            [303,    403,  403,  403,  403,  403,  403,  200,  403];
    pub const ERASERS: [u16; 9] =            [303,    403,  403,  403,  403,  200,  403,  403,  200];
    pub const ERASERS_POST: [u16; 9] =       [401,    403,  403,  403,  403,  303,  403,  403,  303];
    pub const CONTENT: [u16; 9] =            [303,    403,  403,  200,  200,  200,  200,  403,  403];
    pub const CONTENT_POSTS: [u16; 9] =      [401,    403,  403,  303,  303,  303,  303,  403,  403];
    /// Its author writes; whoever else sees content is led to its review.
    pub const AUTHOR: [u16; 9] =             [303,    403,  403,  200,  303,  303,  303,  403,  403];
    pub const AUTHOR_TYPES: [u16; 9] =       [401,    403,  403,  200,  403,  403,  403,  403,  403];
    pub const REVIEWER_POSTS: [u16; 9] =     [401,    403,  403,  403,  303,  403,  403,  403,  403];
    pub const JUDGES_NONE: [u16; 9] =        [401,    403,  403,  404,  404,  403,  403,  403,  403];
    pub const JUDGES_NO_FORM: [u16; 9] =     [401,    403,  403,  415,  415,  403,  403,  403,  403];
    pub const SIGNED_NONE: [u16; 9] =        [303,    404,  404,  404,  404,  404,  404,  404,  404];
    pub const ADMIN: [u16; 9] =              [303,    403,  403,  403,  403,  403,  403,  403,  200];
    pub const ADMIN_POSTS: [u16; 9] =        [401,    403,  403,  403,  403,  403,  403,  403,  303];
    pub const FILE: [u16; 9] =               [303,    200,  403,  403,  403,  200,  403,  200,  403];
    /// Of a trainee elsewhere: nobody here may see or change it but staff of there and the auditor.
    pub const FAR_STAFF: [u16; 9] =          [303,    403,  403,  403,  403,  403,  200,  403,  403];
    pub const FAR_AUDIT: [u16; 9] =          [303,    403,  403,  403,  403,  403,  200,  200,  403];
    pub const FAR_TOLD: [u16; 9] =           [401,    403,  403,  403,  403,  403,  422,  403,  403];
}
use expected::*;

/// What the requests are about: Ana's open attempt, Cleo's certificate, Dora's work with the judge, Elsa's graded attempt.
struct Things {
    cleo: Trainee,
    attempt: AttemptId,
    far_attempt: AttemptId,
    graded: AttemptId,
    task: TaskId,
    number: String,
    meeting: String,
    /// A task for Ana.
    substitute: String,
    /// A session that is running, and its code.
    running: (String, String),
    token: String,
    device: String,
    doubt: String,
    checkpoint: String,
    elsa: Trainee,
    disputes: [String; 2],
    /// The text of an adjustment of Bea's.
    reason: String,
    /// Drafts of the judge: one being written, one in review.
    drafts: [String; 2],
}

async fn things(world: &World) -> Things {
    let app = &world.app;
    let judge = app.browser(&world.judge).await;
    let substitute = judge.post("/substitutes", &task(&missing(world))).await.expect(303).location().to_owned();
    let cleo = app.add_trainee("Cleofé", "Sangama", "70222011", world.cohort).await;
    let dora = app.add_trainee("Dorotea", "Fasabi", "70222012", world.cohort).await;
    let elsa = app.add_trainee("Elsa", "Cenepo", "70222013", world.cohort).await;
    world.make_ready(&cleo).await;
    let number = world.certify(&cleo).await;
    let graded = world.sit(&elsa).await;
    world.grade().await;
    world.sit(&dora).await;
    let task = world.take_task().await;
    let doubt = world.doubt(&elsa).await;
    let checkpoint = world.fail_checkpoint(&elsa, 6).await;
    let disputes = [world.dispute(&world.ana, true).await, world.dispute(&world.ana, false).await];
    let reason = world.adjust(&world.bea, "La señal se cayó durante el taller.").await;
    let planned = app.browser(&world.judge).await.post("/meetings", &plan(&world.cohort.to_string())).await.expect(303);
    let running = world.plan("10:20").await;
    let device = app.signed(&world.ana.person).await.device.to_string();
    let token = app.browser_on(&world.ana.person, Vec::new()).await.token("a-l1").await;
    Things {
        drafts: content::drafts(world).await,
        reason,
        attempt: world.start(&world.ana).await,
        far_attempt: world.start(&world.far).await,
        meeting: planned.location().to_owned(),
        substitute,
        running: (running.clone(), world.code(&running, 0)),
        cleo,
        graded,
        task,
        number,
        token,
        device,
        doubt,
        checkpoint,
        elsa,
        disputes,
    }
}

fn plan(cohort: &str) -> [(&str, &str); 5] {
    [("cohort", cohort), ("lesson", "a-l3"), ("date", "2026-11-23"), ("time", "09:00"), ("place", "Local comunal")]
}

fn missing(world: &World) -> String {
    format!("{} a-l3", world.ana.enrolment)
}

fn task(missing: &str) -> [(&str, &str); 3] {
    [("missing", missing), ("task", "Visita la comisaría."), ("due", "2026-11-30")]
}

fn person<'a>(number: &'a str, cohort: &'a str) -> [(&'a str, &'a str); 7] {
    [
        ("kind", "dni"),
        ("number", number),
        ("given_names", "Rosa"),
        ("paternal_surname", "Tello"),
        ("birth_date", "1990-05-01"),
        ("role", "trainee"),
        ("cohort", cohort),
    ]
}

/// Collects lines of the table.
struct Table {
    owner: Person,
    cases: Vec<Case>,
}

impl Table {
    fn get(&mut self, route: &'static str, path: impl Into<String>, expected: [u16; 9]) {
        self.cases.push(Case { route, path: path.into(), form: None, json: None, expected, owner: self.owner.clone() });
    }

    fn post(&mut self, route: &'static str, path: impl Into<String>, fields: &[(&str, &str)], expected: [u16; 9]) {
        let form = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        self.cases.push(Case { route, path: path.into(), form: Some(form), json: None, expected, owner: self.owner.clone() });
    }

    fn call(&mut self, route: &'static str, body: Value, expected: [u16; 9]) {
        self.cases.push(Case { route, path: route.to_owned(), form: None, json: Some(body), expected, owner: self.owner.clone() });
    }
}

/// The table. What changes a thing comes last among the requests about it.
pub async fn cases(world: &World) -> Vec<Case> {
    let things = things(world).await;
    let mut table = Table { owner: world.ana.person.clone(), cases: Vec::new() };
    public(&mut table);
    account(&mut table, &things);
    trainee(&mut table, &things);
    table.owner = things.cleo.person.clone();
    certificates(&mut table, &things);
    judges(&mut table, world, &things);
    table.owner = world.ana.person.clone();
    desk(&mut table, world, &things);
    content::content(&mut table, &things);
    table.cases
}

fn public(table: &mut Table) {
    for path in
        ["/", "/help", "/help/card", "/privacy", "/accessibility", "/verify", "/healthz", "/readyz", "/login", "/login/card", "/login/code"]
    {
        table.get(path, path, EVERYBODY);
    }
    table.get("/verify/{code}", "/verify/00000000000000000000000000", NOT_FOUND);
    table.get("/card/{secret}", "/card/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", LED_ON);
    table.get("/card/{secret}", "/card/short", NOT_FOUND);
    for path in ["/login", "/login/card", "/login/code"] {
        table.post(path, path, &[], INCOMPLETE);
    }
    table.post("/language", "/language", &[("language", "en"), ("next", "/help")], LED_ON);
    table.post("/logout", "/logout", &[], LED_ON);
}

fn account(table: &mut Table, things: &Things) {
    table.get("/account", "/account", SIGNED_IN);
    table.get("/pin", "/pin", SIGNED_IN);
    table.post("/pin", "/pin", &[("pin", "739184"), ("again", "739184")], SIGNED_POSTS);
    table.post("/account", "/account", &[("action", "revoke"), ("device", &things.device)], OWN_DEVICE);
    table.post("/account", "/account", &[("action", "everywhere")], SIGNED_POSTS);
}

fn trainee(table: &mut Table, things: &Things) {
    for path in ["/home", "/course", "/hours", "/evaluations", "/certificate"] {
        table.get(path, path, TRAINEES);
    }
    let check_in = things.meeting.replace("/meetings/", "/check-in/");
    table.get("/check-in/{id}", &check_in, TRAINEES);
    table.post("/check-in/{id}", &check_in, &[("code", "12345")], TRAINEES_ERR);
    let (running, code) = &things.running;
    table.post("/check-in/{id}", running.replace("/meetings/", "/check-in/"), &[("code", code)], TRAINEES_POST);
    table.get("/hours/dispute/{id}", "/hours/dispute/0", TRAINEES);
    table.post("/hours/dispute/{id}", "/hours/dispute/0", &[("text", "Falta el taller del domingo.")], TRAINEES_POST);
    let answered = format!("/hours/disputes/{}", things.disputes[0]);
    table.get("/hours/disputes/{id}", &answered, OWNER);
    table.post("/hours/disputes/{id}", &answered, &[("text", "El taller sigue sin estar.")], OWNER_POSTS);
    let lesson = "/course/{lesson}/{part}";
    table.get(lesson, "/course/a-l1/1", TRAINEES);
    table.get(lesson, "/course/a-l3/1", TRAINEES);
    table.post(lesson, "/course/a-l1/1", &[("action", "check")], TRAINEES_ERR);
    table.post(lesson, "/course/a-l1/1", &[("action", "continue"), ("token", &things.token)], OTHERS_READING);
    table.call("/api/study/report", batch(&things.token, 0, &[]), OTHERS_READING);
    let (item, review, result) = ("/attempts/{id}/{n}", "/attempts/{id}/review", "/attempts/{id}/result");
    let (mine, far) = (things.attempt, things.far_attempt);
    table.get(item, format!("/attempts/{mine}/1"), OWNER);
    table.get(item, format!("/attempts/{far}/1"), NONE_OF_THEM);
    table.get(review, format!("/attempts/{mine}/review"), OWNER);
    table.get(review, format!("/attempts/{far}/review"), NONE_OF_THEM);
    table.get(result, format!("/attempts/{mine}/result"), OWNER);
    table.get(result, format!("/attempts/{far}/result"), NONE_OF_THEM);
    let answer = json!({ "answer": { "attempt": mine, "item": 0, "version": 0, "options": [], "text": null, "flagged": true } });
    table.call("/api/assessment/answer", answer, OWNER_CALLS);
    table.post(item, format!("/attempts/{mine}/1"), &[("version", "1"), ("go", "next")], OWNER_POSTS);
    table.post(item, format!("/attempts/{far}/1"), &[("version", "0")], NONE_POSTS);
    table.post("/evaluations/{id}", format!("/evaluations/{EVALUATION}"), &[], TRAINEES_POST);
    table.post(review, format!("/attempts/{far}/review"), &[], NONE_POSTS);
    table.post(review, format!("/attempts/{mine}/review"), &[], OWNER_POSTS);
}

fn certificates(table: &mut Table, things: &Things) {
    let number = &things.number;
    for kind in ["archive", "accessible"] {
        table.get("/certificate/{number}/{file}", format!("/certificate/{number}/{kind}.pdf"), FILE);
    }
    table.get("/staff/certificates", "/staff/certificates", STAFF);
    table.get("/staff/hours", "/staff/hours", STAFF);
    table.get("/staff/hours.csv", "/staff/hours.csv", STAFF);
    table.get("/staff/hours.xlsx", "/staff/hours.xlsx", STAFF);
    let (route, page) = ("/staff/certificates/{number}", format!("/staff/certificates/{number}"));
    table.get(route, page.clone(), STAFF_AUDIT);
    let fields = [("action", "suspend"), ("code", "R-06"), ("reason", "Se investiga."), ("authority", "Comisión")];
    table.post(route, page, &fields, STAFF_POSTS);
}

fn judges(table: &mut Table, world: &World, things: &Things) {
    table.get("/grading", "/grading", JUDGES);
    table.get("/grading/{task}", format!("/grading/{}", things.task), HOLDER);
    let fields = [("action", "save"), ("version", "0"), ("comment", "Bien.")];
    table.post("/grading/{task}", format!("/grading/{}", things.task), &fields, HOLDER_POSTS);
    table.post("/grading", "/grading", &[], JUDGES_POST);
    table.get("/meetings", "/meetings", JUDGES);
    table.get("/meetings/{id}", &things.meeting, COHORT_JUDGE);
    table.post("/meetings/{id}", &things.meeting, &[("action", "save")], COHORT_JUDGE_POSTS);
    table.get("/substitutes", "/substitutes", JUDGES);
    table.post("/substitutes", "/substitutes", &task(&missing(world)), COHORT_JUDGE_POSTS);
    table.get("/substitutes/{id}", &things.substitute, COHORT_JUDGE);
    let done = [("date", "2026-11-23"), ("from", "10:00"), ("to", "10:01"), ("note", "Trajo su informe.")];
    table.post("/substitutes/{id}", &things.substitute, &done, COHORT_JUDGE_POSTS);
    let guest = [("action", "guest"), ("kind", "dni"), ("number", "70222003")];
    table.post("/meetings/{id}", &things.meeting, &guest, COHORT_JUDGE_POSTS);
    table.get("/meetings/{id}/sheet.pdf", format!("{}/sheet.pdf", things.meeting), COHORT_JUDGE);
    table.get("/meetings/{id}/code", format!("{}/code", things.meeting), COHORT_JUDGE);
    table.post("/meetings", "/meetings", &plan(&world.cohort.to_string()), COHORT_JUDGE_POSTS);
}

fn desk(table: &mut Table, world: &World, things: &Things) {
    table.get("/staff", "/staff", STAFF);
    let (cohort, far_cohort) = (format!("/staff/cohorts/{}", world.cohort), format!("/staff/cohorts/{}", world.far_cohort));
    let (trainee, far) = (format!("/staff/enrolments/{}", world.ana.enrolment), format!("/staff/enrolments/{}", world.far.enrolment));
    table.get("/staff/cohorts/{id}", &cohort, STAFF_HERE);
    table.get("/staff/cohorts/{id}", &far_cohort, FAR_STAFF);
    table.post("/staff/cohorts/{id}", &cohort, &[("enrolment", &world.ana.enrolment.to_string())], STAFF_SHOWN);
    let route = "/staff/enrolments/{id}";
    table.get(route, &trainee, STAFF_AUDIT);
    table.get(route, &far, FAR_AUDIT);
    table.post(route, &far, &[("action", "issue")], FAR_TOLD);
    table.post(route, &trainee, &[("action", "issue")], STAFF_TOLD);
    table.post(route, &trainee, &[("action", "code")], STAFF_SHOWN);
    table.post(route, &trainee, &[("action", "card")], STAFF_SHOWN);
    let attest = [("action", "verify"), ("kind", "identity"), ("met", "yes"), ("source", "DNI a la vista"), ("on", "2026-11-20")];
    table.post(route, &trainee, &attest, STAFF_POSTS);
    hours(table, world, things);
    table.get("/staff/people", "/staff/people", STAFF);
    table.post("/staff/people", "/staff/people", &person("70333001", &world.cohort.to_string()), STAFF_POSTS);
    table.get("/staff/releases", "/staff/releases", STAFF);
    table.post("/staff/releases", "/staff/releases", &[("action", "release"), ("attempt", &things.graded.to_string())], STAFF_POSTS);
    table.get("/audit", "/audit", AUDITOR);
    table.get("/audit/enrolments/{id}", format!("/audit/enrolments/{}", world.ana.enrolment), AUDITOR);
    let dossier = format!("/audit/enrolments/{}/dossier.zip", world.ana.enrolment);
    table.get("/audit/enrolments/{id}/dossier.zip", dossier, AUDITOR);
    table.get("/audit/sample", "/audit/sample?seed=uno&number=2&from=", AUDITOR);
    table.get("/audit/sample.zip", "/audit/sample.zip?seed=uno&number=1&from=", AUDITOR);
    table.get("/admin", "/admin", ADMIN);
    table.post("/admin", "/admin", &person("70333002", ""), ADMIN_POSTS);
}

/// What staff decide about hours.
fn hours(table: &mut Table, world: &World, things: &Things) {
    let (route, key) = ("/staff/enrolments/{id}/hours", "01890000-0000-7000-8000-00000000000a");
    let (near, far) = (world.ana.enrolment, world.far.enrolment);
    table.get(route, format!("/staff/enrolments/{near}/hours"), STAFF_AUDIT);
    table.get(route, format!("/staff/enrolments/{far}/hours"), FAR_AUDIT);
    let fields = [
        ("action", "propose"),
        ("key", key),
        ("lesson", "a-l1"),
        ("sign", "more"),
        ("minutes", "1"),
        ("reason", "La señal se cayó durante el taller."),
    ];
    table.post(route, format!("/staff/enrolments/{near}/hours"), &fields, STAFF_POSTS);
    table.get("/staff/evidence", "/staff/evidence", STAFF);
    let (elsa, reason) = (things.elsa.enrolment.to_string(), "Lo confirmó el promotor de su comunidad.");
    let seen = [("action", "seen"), ("enrolment", elsa.as_str()), ("checkpoint", &things.checkpoint), ("tries", "6")];
    table.post("/staff/evidence", "/staff/evidence", &seen, STAFF_POSTS);
    let doubt = format!("/staff/evidence/{}", things.doubt);
    table.get("/staff/evidence/{id}", &doubt, STAFF_HERE);
    table.post("/staff/evidence/{id}", &doubt, &[("decision", "accept"), ("reason", reason)], STAFF_POSTS);
    let reason_page = format!("/staff/reasons/{}", things.reason);
    table.get("/staff/reasons/{id}", &reason_page, ERASERS);
    table.post("/staff/reasons/{id}", &reason_page, &[("reason", "Nombra a otra persona.")], ERASERS_POST);
    table.get("/staff/disputes", "/staff/disputes", STAFF);
    let waits = format!("/staff/disputes/{}", things.disputes[1]);
    table.get("/staff/disputes/{id}", &waits, STAFF_HERE);
    table.post("/staff/disputes/{id}", &waits, &[("text", "Ya está anotado el taller.")], STAFF_POSTS);
}
