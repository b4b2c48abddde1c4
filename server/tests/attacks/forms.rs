//! Forms that another site sends in her name.

use crate::support::{EN, ES, World};
use axum::body::Body;
use axum::http::Method;
use server::http::router::routes;

#[tokio::test]
async fn from_another_site() {
    let world = World::new().await;
    let app = &world.app;
    let id = "01890000-0000-7000-8000-000000000000";
    let staff = app.browser(&world.staff).await;
    let before = app.state().await;
    for route in routes().iter().filter(|r| r.post) {
        let path = route.path.replace("{lesson}", "a-l1").replace("{part}", "1").replace("{n}", "1");
        let path: Vec<&str> = path.split('/').map(|s| if s.starts_with('{') { id } else { s }).collect();
        let path = path.join("/");
        let fields = [("action", "everywhere"), ("language", "en")];
        for site in ["cross-site", "same-site"] {
            let answer = staff.led_by(site).post(&path, &fields).await.expect(403);
            if !path.starts_with("/api/") {
                answer.says(ES.error_403()).says(ES.error_403_text());
                staff.in_english().led_by(site).post(&path, &fields).await.expect(403).says(EN.error_403());
            }
        }
        let foreign = [("origin", "https://evil.example"), ("content-type", "application/x-www-form-urlencoded")];
        staff.send(Method::POST, &path, &foreign, Body::from("action=everywhere")).await.expect(403);
    }
    assert_eq!(app.state().await, before);
    // The session lives on, and the same forms from our own pages are taken.
    staff.led_by("same-origin").get("/staff").await.expect(200);
    staff.led_by("same-origin").post("/language", &[("language", "es"), ("next", "/staff")]).await.expect(303);
    // A link from elsewhere opens a page, which writes nothing.
    staff.led_by("cross-site").get("/staff").await.expect(200);
}

/// Where a form leads after it never lies on another site.
#[tokio::test]
async fn led_to_another_site_afterwards() {
    let world = World::new().await;
    let visitor = world.app.visitor();
    for next in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\tevil",
        "javascript:alert(1)",
        "/\r\nset-cookie: a=b",
    ] {
        let answer = visitor.post("/language", &[("language", "es"), ("next", next)]).await.expect(303);
        assert_eq!(answer.location(), "/", "{next:?}");
    }
    assert_eq!(visitor.post("/language", &[("language", "es"), ("next", "/help?a=1")]).await.expect(303).location(), "/help?a=1");
}
