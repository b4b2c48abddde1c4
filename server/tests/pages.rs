//! Every page of every role: it renders, it is closed, it keeps nothing, it tells no key; also two hundred at once.

use crate::support::cast::Trainee;
use crate::support::{Answer, Browser, EN, ES, World};
use axum::body::Body;
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::curriculum::Localised;
use server::http::assets;
use sha2::{Digest as _, Sha256};

/// A page: who opens it, where, and whether an island lives there.
struct Page<'a> {
    browser: Browser<'a>,
    path: String,
    island: bool,
    public: bool,
}

/// Every page that is shown with 200, with something on it.
async fn all<'w>(world: &'w World) -> Vec<Page<'w>> {
    let app = &world.app;
    let cleo = app.add_trainee("Cleofé", "Sangama", "70222011", world.cohort).await;
    let dora = app.add_trainee("Dorotea", "Fasabi", "70222012", world.cohort).await;
    let elsa = app.add_trainee("Elsa", "Cenepo", "70222013", world.cohort).await;
    world.make_ready(&cleo).await;
    let number = world.certify(&cleo).await;
    let code = app.texts("SELECT code AS text FROM certificate").await.remove(0);
    let graded = world.sit(&elsa).await;
    world.grade().await;
    world.release(graded).await;
    let waiting = world.sit(&dora).await;
    let task = world.take_task().await;
    let missing = format!("{} a-l3", world.ana.enrolment);
    let fields = [("missing", missing.as_str()), ("task", "Visita la comisaría."), ("due", "2026-11-30")];
    let substitute = app.browser(&world.judge).await.post("/substitutes", &fields).await.expect(303).location().to_owned();
    app.browser(&world.ana.person).await.study("a-l1", 40).await;
    let attempt = world.start(&world.ana).await;
    let meeting =
        app.texts(&format!("SELECT {} AS text FROM meeting", if app.is_sqlite() { "lower(hex(id))" } else { "id::text" })).await.remove(0);
    let mut pages = Vec::new();
    let visitor = app.visitor();
    for path in ["/", "/help", "/privacy", "/accessibility", "/verify", "/login", "/login/card", "/login/code"]
        .map(str::to_owned)
        .into_iter()
        .chain([format!("/verify/{code}"), format!("/verify?q={number}")])
    {
        pages.push(Page { browser: visitor.clone(), path, island: false, public: true });
    }
    let mut add = |browser: Browser<'w>, paths: &[String]| {
        for path in paths {
            let island = path.starts_with("/course/") || (path.starts_with("/attempts/") && path.ends_with(|c: char| c.is_ascii_digit()));
            pages.push(Page { browser: browser.clone(), path: path.clone(), island, public: false });
        }
    };
    let of_trainee = [
        "/home",
        "/course",
        "/hours",
        "/evaluations",
        "/certificate",
        "/account",
        "/pin",
        "/course/a-l1/1",
        "/course/a-l2/1",
        "/course/a-l3/1",
    ]
    .map(str::to_owned);
    for trainee in [&world.ana, &cleo, &dora, &elsa] {
        add(app.browser(&trainee.person).await, &of_trainee);
    }
    let open: Vec<String> = (1..=4)
        .map(|n| format!("/attempts/{attempt}/{n}"))
        .chain(["review", "result"].map(|p| format!("/attempts/{attempt}/{p}")))
        .collect();
    add(app.browser(&world.ana.person).await, &open);
    add(app.browser(&dora.person).await, &[format!("/attempts/{waiting}/result")]);
    add(app.browser(&elsa.person).await, &[format!("/attempts/{graded}/result")]);
    add(
        app.browser(&world.judge).await,
        &[
            "/grading".to_owned(),
            format!("/grading/{task}"),
            "/meetings".to_owned(),
            format!("/meetings/{meeting}"),
            format!("/meetings/{meeting}/code"),
            "/substitutes".to_owned(),
            substitute,
            "/account".to_owned(),
        ],
    );
    let desk = ["/staff", "/staff/people", "/staff/releases", "/staff/certificates", "/staff/hours"].map(str::to_owned);
    let records = [
        format!("/staff/cohorts/{}", world.cohort),
        format!("/staff/cohorts/{}?q=ana", world.cohort),
        format!("/staff/enrolments/{}", world.ana.enrolment),
        format!("/staff/enrolments/{}", cleo.enrolment),
        format!("/staff/certificates/{number}"),
    ];
    let staff = app.browser(&world.staff).await;
    add(staff.clone(), &desk);
    add(staff, &records);
    add(app.browser(&world.auditor).await, &["/audit".to_owned(), format!("/audit/enrolments/{}", cleo.enrolment), records[2].clone()]);
    add(app.browser(&world.admin).await, &["/admin".to_owned(), "/admin?q=sangama".to_owned()]);
    pages
}

/// The contents of the scripts of a page.
fn scripts(answer: &Answer) -> Vec<&str> {
    answer
        .raw
        .split("<script")
        .skip(1)
        .filter_map(|rest| rest.split_once('>')?.1.split_once("</script>").map(|(inside, _)| inside))
        .collect()
}

fn closed(page: &Page<'_>, answer: &Answer) {
    let path = &page.path;
    let policy = answer.header("content-security-policy");
    let found = scripts(answer);
    let hash = |script: &str| STANDARD.encode(Sha256::digest(script.as_bytes()));
    let exit = found.last().expect("the quick exit");
    assert!(exit.len() <= 1024, "{path}: {} bytes of script", exit.len());
    assert!(policy.contains(&format!("'sha256-{}'", hash(exit))), "{path}: {policy}");
    if !page.island || !assets::has_islands() {
        assert_eq!(found.len(), 1, "{path}");
        assert_eq!(answer.raw.matches("<script").count(), 1, "{path}");
        assert!(!policy.contains("nonce") && !policy.contains("wasm"), "{path}: {policy}");
    }
    for open in ["unsafe-inline", "unsafe-eval'", "http:", "https:", "*", "data:"] {
        assert!(!policy.replace("'wasm-unsafe-eval'", "").contains(open), "{path}: {policy}");
    }
    for needed in ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(needed), "{path}: {policy}");
    }
    for (name, value) in [("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"), ("x-frame-options", "DENY")] {
        assert_eq!(answer.header(name), value, "{path}");
    }
    assert!(answer.header("strict-transport-security").starts_with("max-age="), "{path}");
    assert!(
        !answer.raw.contains(" style=\"") && !answer.raw.contains(" onclick") && !answer.raw.contains("javascript:"),
        "{path}: the policy would break it"
    );
}

#[tokio::test]
async fn every_page_of_every_role_in_both_languages() {
    let world = World::new().await;
    for page in all(&world).await {
        for (browser, t) in [(page.browser.clone(), ES), (page.browser.in_english(), EN)] {
            let answer = browser.get(&page.path).await.expect(200);
            answer.says(&format!("<html lang=\"{}\"", t.tag())).says(t.frame_exit()).says("tel:105");
            assert_eq!(answer.raw.matches("<h1").count(), 1, "{}: one heading of the first level", page.path);
            let kept = if !page.public || page.path.contains("verify") { "no-store" } else { "no-cache" };
            assert_eq!(answer.header("cache-control"), kept, "{}", page.path);
            assert!(answer.header("vary").contains("cookie") && answer.header("vary").contains("accept-language"), "{}", page.path);
            closed(&page, &answer);
        }
    }
}

#[tokio::test]
async fn a_public_page_that_did_not_change_is_not_sent_again() {
    let world = World::new().await;
    for path in ["/", "/help", "/privacy", "/accessibility"] {
        let visitor = world.app.visitor();
        let first = visitor.get(path).await.expect(200);
        let tag = first.header("etag").to_owned();
        assert_eq!(visitor.get(path).await.header("etag"), tag);
        let again = visitor.send(Method::GET, path, &[("if-none-match", &tag)], Body::empty()).await.expect(304);
        assert!(again.raw.is_empty());
        visitor.in_english().send(Method::GET, path, &[("if-none-match", &tag)], Body::empty()).await.expect(200);
        let signed =
            world.app.browser(&world.ana.person).await.send(Method::GET, path, &[("if-none-match", &tag)], Body::empty()).await.expect(200);
        assert_eq!((signed.header("etag"), signed.header("cache-control")), ("", "no-store"));
    }
    let file = format!("{}/orienta.css", assets::base());
    let style = world.app.visitor().get(&file).await.expect(200);
    assert!(style.header("cache-control").contains("immutable"));
    world.app.visitor().get("/v/0/orienta.css").await.expect(404);
}

/// Pages of refusals are as closed as the others.
#[tokio::test]
async fn refusals_are_closed_too() {
    let world = World::new().await;
    let browser = world.app.browser(&world.ana.person).await;
    for (path, status) in [("/nowhere", 404), ("/staff", 403), ("/attempts/x/1", 404)] {
        let page = Page { browser: browser.clone(), path: path.to_owned(), island: false, public: false };
        let answer = browser.get(path).await.expect(status);
        assert_eq!(answer.header("cache-control"), "no-store");
        closed(&page, &answer);
    }
}

/// Feedback and the mark of the right option, replaced by words that occur nowhere else.
fn marked(package: &mut curriculum::Package) {
    for (_, question, _) in &mut package.questions {
        for option in &mut question.options {
            option.feedback = Localised::es(&format!("zz-key-{}-{}", question.id, if option.correct { "right" } else { "wrong" }));
        }
    }
    for text in &mut package.texts {
        text.source = text.source.replace("Así es.", "zz-key-check-right").replace("No. Vuelve a leer la parte.", "zz-key-check-wrong");
    }
    let lessons = package.programme.modules.iter_mut().flat_map(|m| &mut m.lessons).flat_map(|l| &mut l.parts);
    for option in lessons.filter_map(|p| p.checkpoint.as_mut()).flat_map(|c| &mut c.questions).flat_map(|q| &mut q.options) {
        option.feedback = Localised::es(if option.correct { "zz-key-check-right" } else { "zz-key-check-wrong" });
    }
}

fn keyless(answer: &Answer) {
    for key in ["zz-key", "\"correct\"", "correct:", "correct=", "data-correct", "&quot;correct&quot;"] {
        assert!(!answer.raw.contains(key), "{key} in {}", answer.text());
    }
}

#[tokio::test]
async fn no_answer_to_a_trainee_holds_a_key() {
    let world = World::with(marked).await;
    let app = &world.app;
    for page in all(&world)
        .await
        .into_iter()
        .filter(|p| !p.public && !["/staff", "/grading", "/meetings", "/audit", "/admin"].iter().any(|desk| p.path.starts_with(desk)))
    {
        // Somebody who passed sees the feedback by policy; everybody else sees none of it anywhere.
        if page.path.ends_with("/result") {
            continue;
        }
        for browser in [page.browser.clone(), page.browser.in_english()] {
            keyless(&browser.get(&page.path).await.expect(200));
        }
    }
    let fails = async |trainee: &Trainee| {
        let attempt = world.start(trainee).await;
        app.browser(&trainee.person).await.post(&format!("/attempts/{attempt}/review"), &[]).await.expect(303);
        keyless(&app.browser(&trainee.person).await.get(&format!("/attempts/{attempt}/result")).await.expect(200));
        world.release(attempt).await;
        attempt
    };
    let bea = app.browser(&world.bea.person).await;
    let first = fails(&world.bea).await;
    keyless(&bea.get(&format!("/attempts/{first}/result")).await.expect(200)); // withheld: she may try again
    app.clock.advance(2);
    let last = fails(&world.bea).await;
    // The words are the right ones to look for: where policy shows feedback, they are there.
    bea.get(&format!("/attempts/{last}/result")).await.expect(200).says("zz-key");
    bea.study("a-l1", 40).await;
    let (question, option) = world.check(&world.bea, "a-l1", false).await;
    let page = bea.get("/course/a-l1/1").await.expect(200);
    keyless(&page);
    bea.post("/course/a-l1/1", &[("action", "check"), ("question", &question), ("option", &option)]).await.expect(303);
    bea.get("/course/a-l1/1").await.expect(200).says("zz-key-check-wrong").does_not_say("zz-key-check-right");
}

/// Every page two hundred times at once, in mixed order: all are answered, and alike.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_route_two_hundred_times_at_once() {
    let world = World::new().await;
    for page in all(&world).await {
        let answers = futures::future::join_all((0..200).map(|_| page.browser.get(&page.path))).await;
        for answer in answers {
            assert_eq!(answer.status, 200, "{}", page.path);
        }
    }
}
