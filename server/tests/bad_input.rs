//! Every form and endpoint answers what does not fit with the field, what is wrong and how to mend it, in the reader's
//! language, with a status 4xx, keeping what was typed.

mod forms;

use crate::support::browser::FORM;
use crate::support::walk::{batch, interval};
use crate::support::{Browser, EN, ES, World};
use app::texts::Texts;
use axum::http::Method;
use domain::curriculum::Language;
use forms::{Form, forms};
use serde_json::json;
use server::http::router::routes;
use std::collections::BTreeSet;

async fn who<'a>(world: &'a World, form: &Form) -> Browser<'a> {
    match &form.who {
        Some(person) => world.app.browser(person).await,
        None => world.app.visitor(),
    }
}

#[tokio::test]
async fn the_list_holds_every_form_of_the_router() {
    let world = World::new().await;
    let real: BTreeSet<&str> =
        routes().iter().filter(|r| r.post && !r.path.starts_with("/api/") && !r.path.ends_with("/pictures")).map(|r| r.path).collect();
    let listed: BTreeSet<&str> = forms(&world).await.iter().map(|f| f.route).collect();
    assert_eq!(real, listed);
}

#[tokio::test]
async fn what_is_no_form_is_refused_in_her_language() {
    let world = World::new().await;
    for form in forms(&world).await {
        let spanish = who(&world, &form).await;
        for (browser, t) in [(spanish.in_english(), EN), (spanish, ES)] {
            let before = world.app.state().await;
            let path = &form.path;
            for kind in ["application/json", "multipart/form-data; boundary=x", "text/plain", ""] {
                browser.post_body(path, kind, "a=1").await.expect(415).says(t.error_415()).says(t.error_415_text());
            }
            browser.post_body(path, FORM, vec![b'a'; 1 << 20]).await.expect(413).says(t.error_413()).says(t.error_413_text());
            for bytes in [b"a=\xff\xfe".to_vec(), b"a=%FF%FE".to_vec(), b"%C3=1".to_vec(), b"a=%00".to_vec()] {
                browser.post_body(path, FORM, bytes).await.expect(400).says(t.error_400()).says(t.error_400_text());
            }
            for repeated in &form.single {
                let body = format!("{0}&{repeated}=a&{repeated}=b", form.body());
                let body = body
                    .split('&')
                    .filter(|pair| !pair.starts_with(&format!("{repeated}=")) || pair.ends_with("=a") || pair.ends_with("=b"));
                let body = body.collect::<Vec<_>>().join("&");
                browser.post_body(path, FORM, body).await.expect(400).says(t.error_400());
            }
            assert_eq!(world.app.state().await, before, "{path} changed something");
        }
    }
}

#[tokio::test]
async fn missing_fields_are_named_and_what_was_typed_stays() {
    let world = World::new().await;
    for form in forms(&world).await {
        let spanish = who(&world, &form).await;
        for (browser, t) in [(spanish.in_english(), EN), (spanish, ES)] {
            let before = world.app.state().await;
            for refusal in &form.refusals {
                let fields: Vec<(&str, &str)> = refusal.sent.iter().map(|(n, v)| (*n, v.as_str())).collect();
                let answer = browser.post(&form.path, &fields).await.expect(refusal.status);
                for message in (refusal.messages)(t) {
                    answer.says(&message);
                }
                answer.says(&format!("lang=\"{}\"", t.tag()));
                if refusal.status == 422 && !refusal.anchors.is_empty() {
                    answer.says("role=\"alert\"");
                }
                for field in &refusal.anchors {
                    answer.says(&format!("href=\"#{field}\"")).says(&format!("id=\"{field}\""));
                }
                for kept in &refusal.kept {
                    answer.says(kept);
                }
                for secret in &refusal.gone {
                    answer.does_not_say(secret);
                }
            }
            assert_eq!(world.app.state().await, before, "{} changed something", form.path);
        }
    }
}

#[tokio::test]
async fn calls_of_the_islands_that_do_not_fit() {
    let world = World::new().await;
    let browser = world.app.browser(&world.ana.person).await;
    let token = browser.token("a-l1").await;
    let attempt = world.start(&world.ana).await;
    let now = world.app.now().0;
    let before = world.app.state().await;
    for path in ["/api/study/report", "/api/assessment/answer"] {
        for (kind, body) in [
            ("application/json", "{"),
            ("application/json", "[]"),
            ("application/json", "{\"batch\":1,\"answer\":1}"),
            (FORM, "a=1"),
            ("application/json", "\u{feff}"),
        ] {
            let answer = browser.post_body(path, kind, body).await;
            assert!((400..500).contains(&answer.status), "{path} {kind} {body}: {} {}", answer.status, answer.raw);
        }
        let answer = browser.post_body(path, "application/json", b"{\"batch\": \"\xff\"}".to_vec()).await;
        assert!((400..500).contains(&answer.status), "{path}: {} {}", answer.status, answer.raw);
        let answer = browser.post_body(path, "application/json", vec![b' '; 1 << 20]).await;
        assert!((400..500).contains(&answer.status), "{path}: {} {}", answer.status, answer.raw);
    }
    let many: Vec<_> = (1..=201).map(|n| interval(n, now, now + 1)).collect();
    browser.call("/api/study/report", &batch(&token, now, &many)).await.expect(422);
    browser.call("/api/study/report", &batch("forged", now, &[])).await.expect(422);
    browser.call("/api/study/report", &batch(&token, now, &[interval(-7, now, now + 1)])).await.expect(422);
    let answer = |item: u32, options: &[&str]| json!({ "answer": { "attempt": attempt, "item": item, "version": 0, "options": options, "text": null, "flagged": false } });
    browser.call("/api/assessment/answer", &answer(99, &[])).await.expect(404);
    browser.call("/api/assessment/answer", &answer(0, &["no-such-option"])).await.expect(422);
    assert_eq!(world.app.state().await, before);
    // Numbers at the ends of their range are claims like others: clipped to the window, and her page still opens.
    let ends = [interval(i64::MAX, i64::MIN, i64::MAX), interval(3, i64::MAX, i64::MIN), interval(4, i64::MIN, i64::MIN + 1)];
    for device_now in [i64::MIN, 0, i64::MAX] {
        browser.call("/api/study/report", &batch(&token, device_now, &ends)).await.expect(200);
    }
    browser.get("/hours").await.expect(200).says(ES.hours_claims());
    let outside = format!("SELECT count(*) AS n FROM attributed WHERE starts_at < {now} OR ends_at > {}", now + 120_000);
    assert_eq!(world.app.number(&outside).await, 0);
}

#[tokio::test]
async fn bad_ids_and_queries_in_the_address() {
    let world = World::new().await;
    let app = &world.app;
    let (ana, staff, auditor, admin) = (
        app.browser(&world.ana.person).await,
        app.browser(&world.staff).await,
        app.browser(&world.auditor).await,
        app.browser(&world.admin).await,
    );
    for path in [
        "/course/a-l9/1",
        "/course/a-l1/0",
        "/course/a-l1/2",
        "/course/a-l1/-1",
        "/course/a-l1/99999999999999999999",
        "/course/%00/1",
        "/attempts/x/1",
        "/attempts/1/result",
        "/certificate/x/archive.pdf",
        "/certificate/x/y.pdf",
        "/nowhere",
    ] {
        ana.get(path).await.expect(404).says(ES.error_404()).says(ES.error_404_text());
        ana.in_english().get(path).await.expect(404).says(EN.error_404()).says(EN.error_404_text());
    }
    for path in ["/staff/enrolments/x", "/staff/cohorts/x", "/staff/certificates/x"] {
        staff.get(path).await.expect(404).says(ES.error_404());
    }
    auditor.get("/audit/enrolments/x").await.expect(404);
    auditor.get("/audit?before=x").await.expect(200);
    auditor.get("/audit?before=-9223372036854775808").await.expect(200);
    for query in ["q=%25%25", "q='%3B--", "q=_", "q=%C3%91ahui"] {
        admin.get(&format!("/admin?{query}")).await.expect(200);
        staff.get(&format!("/staff/cohorts/{}?{query}", world.cohort)).await.expect(200);
    }
    for query in ["q=%FF", "q=%00", "q=1&q=2"] {
        admin.get(&format!("/admin?{query}")).await.expect(400).says(ES.error_400());
        app.visitor().get(&format!("/verify?{query}")).await.expect(400).says(ES.error_400());
    }
    app.visitor().get("/login?next=//evil.example").await.expect(200).does_not_say("value=\"//evil.example\"");
}

#[tokio::test]
async fn other_methods_are_refused_with_a_page() {
    let world = World::new().await;
    let browser = world.app.browser(&world.ana.person).await;
    for (method, path) in [
        (Method::PUT, "/home"),
        (Method::DELETE, "/account"),
        (Method::POST, "/home"),
        (Method::GET, "/logout"),
        (Method::PATCH, "/certificate"),
    ] {
        let answer = browser.send(method.clone(), path, &[("content-type", FORM)], axum::body::Body::empty()).await;
        assert_eq!(answer.status, 405, "{method} {path}");
        answer.says(ES.error_405()).says(ES.error_405_text());
    }
}

/// What people type is shown as text.
#[tokio::test]
async fn what_was_typed_is_escaped() {
    let world = World::new().await;
    let staff = world.app.browser(&world.staff).await;
    let nasty = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
    let answer =
        staff.post("/staff/people", &[("given_names", nasty), ("number", nasty), ("phone", nasty), ("email", nasty)]).await.expect(422);
    assert!(!answer.raw.contains("<script>alert") && !answer.raw.contains("<img src=x"), "it came back as markup");
    answer.says(nasty);
    let search = staff.get(&format!("/staff/cohorts/{}?q=%3Cscript%3Ealert(1)%3C/script%3E", world.cohort)).await.expect(200);
    assert!(!search.raw.contains("<script>alert"));
    let visitor = world.app.visitor().get("/verify?q=%3Cscript%3Ealert(1)%3C/script%3E").await.expect(404);
    assert!(!visitor.raw.contains("<script>alert"));
}

/// Words of a message in one language.
pub type Words = fn(Texts) -> Vec<String>;

const _: fn(Language) -> Texts = Texts;
