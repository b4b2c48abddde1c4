//! Who may do what, over the router's real routes: every route as every role, with one's own ids, another's and those out of
//! scope. What is refused changes nothing. A route that is not in the table fails.

mod cases;

use crate::support::cast::new_person;
use crate::support::{Browser, ES, World};
use cases::{Case, cases};
use domain::access::Role;
use server::http::router::routes;
use std::collections::{BTreeMap, BTreeSet};

/// The columns of the table, each with a session of its own.
async fn columns<'a>(world: &'a World, case: &Case) -> Vec<(&'static str, Browser<'a>)> {
    let mut browsers = vec![("visitor", world.app.visitor())];
    for (name, person) in case.people(world) {
        browsers.push((name, world.app.browser(person).await));
    }
    browsers
}

async fn ask(browser: &Browser<'_>, case: &Case, path: &str) -> crate::support::Answer {
    match (&case.form, &case.json) {
        (Some(fields), _) => {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            browser.post(path, &fields).await
        }
        (None, Some(body)) => browser.call(path, body).await,
        (None, None) => browser.get(path).await,
    }
}

#[tokio::test]
async fn every_route_as_every_role() {
    let world = World::new().await;
    let table = cases(&world).await;
    covered(&table);
    let mut wrong = Vec::new();
    let mut owner = String::new();
    let mut people = Vec::new();
    for case in &table {
        if case.ends_sessions() || case.owner.number != owner {
            people = columns(&world, case).await;
            owner = if case.ends_sessions() { String::new() } else { case.owner.number.clone() };
        }
        let before = world.app.state().await;
        let mut allowed = Vec::new();
        for ((name, browser), expected) in people.iter().zip(case.expected) {
            if case.is_post() && expected < 400 {
                allowed.push((name, browser, expected));
                continue;
            }
            let answer = ask(browser, case, &case.path).await;
            if answer.status != expected {
                wrong.push(format!("{} as {name}: {} instead of {expected}", case.name(), answer.status));
            }
            if expected == 303 && *name == "visitor" && !case.is_public() {
                assert!(answer.location().starts_with("/login?next=%2F"), "{}: a visitor is led to sign in with the way back", case.name());
            }
        }
        let changed: Vec<_> = world.app.state().await.into_iter().filter(|(k, v)| before.get(k) != Some(v)).collect();
        if !changed.is_empty() {
            wrong.push(format!("{}: reading or a refusal changed {changed:?}", case.name()));
        }
        for (name, browser, expected) in allowed {
            let answer = ask(browser, case, &case.path).await;
            if answer.status != expected {
                wrong.push(format!(
                    "{} as {name}: {} instead of {expected} {}",
                    case.name(),
                    answer.status,
                    answer.text().split("<main").nth(1).unwrap_or_default()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every route and method of the router stands in the table, and nothing else.
fn covered(table: &[Case]) {
    let real: BTreeSet<String> = routes()
        .iter()
        .flat_map(|r| [r.get.then(|| format!("GET {}", r.path)), r.post.then(|| format!("POST {}", r.path))])
        .flatten()
        .collect();
    let listed: BTreeSet<String> = table.iter().map(|c| format!("{} {}", c.method(), c.route)).collect();
    let missing: Vec<_> = real.difference(&listed).collect();
    let unknown: Vec<_> = listed.difference(&real).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
    assert!(unknown.is_empty(), "no longer in the router: {unknown:?}");
}

/// A visitor's GET of what needs a session leads to sign in, POST is refused; what needs none never asks for one.
#[tokio::test]
async fn the_routes_that_need_a_session_say_so() {
    let world = World::new().await;
    let visitor = world.app.visitor();
    for route in routes() {
        let path = route.path.replace("{lesson}", "a-l1").replace("{part}", "1").replace("{n}", "1").replace("{file}", "archive.pdf");
        let path = path
            .split('/')
            .map(|s| if s.starts_with('{') { "00000000-0000-4000-8000-000000000001" } else { s })
            .collect::<Vec<_>>()
            .join("/");
        let needs_session = route.action.is_some();
        if route.get {
            let answer = visitor.get(&path).await;
            assert_eq!(answer.location().starts_with("/login?next="), needs_session, "GET {path}: {} {}", answer.status, answer.location());
        }
        if route.post {
            let fields = [("action", "revoke"), ("version", "0"), ("token", "x"), ("enrolment", "00000000-0000-4000-8000-000000000001")];
            let answer = if path.starts_with("/api/") {
                visitor.call(&path, &serde_json::json!({})).await
            } else {
                visitor.post(&path, &fields).await
            };
            assert!(answer.status < 500, "POST {path}: {}", answer.status);
            if !path.starts_with("/api/") {
                assert_eq!(answer.status == 401, needs_session, "POST {path}: {}", answer.status);
            }
        }
    }
}

/// Ids that do not exist and ids that cannot exist: 404 where the role may ask at all, never a fault, never a success.
#[tokio::test]
async fn unknown_and_impossible_ids() {
    let world = World::new().await;
    let table = cases(&world).await;
    let people = columns(&world, &table[0]).await;
    for case in table.iter().filter(|c| c.route.contains('{') && !c.route.starts_with("/course") && !c.route.starts_with("/card")) {
        for id in ["01890000-0000-7000-8000-000000000000", "zzz", "%00", "1%20OR%201%3D1", "..%2F..%2Fetc%2Fpasswd", "%F0%9F%98%80"] {
            let path: Vec<&str> = case
                .route
                .split('/')
                .zip(case.path.split('/'))
                .map(|(slot, real)| {
                    if slot.starts_with("{id}")
                        || slot.starts_with("{task}")
                        || slot.starts_with("{number}")
                        || slot.starts_with("{code}")
                        || slot.starts_with("{module}")
                    {
                        id
                    } else {
                        real
                    }
                })
                .collect();
            let path = path.join("/");
            for (name, browser) in &people {
                let answer = ask(browser, case, &path).await;
                let leads_to_sign_in = *name == "visitor" && answer.status == 303;
                assert!((400..500).contains(&answer.status) || leads_to_sign_in, "{} {path} as {name}: {}", case.method(), answer.status);
            }
        }
    }
}

/// Somebody who is staff and trainee at once does not act on her own record.
#[tokio::test]
async fn nobody_acts_on_her_own_record() {
    let world = World::new().await;
    let app = &world.app;
    let both = new_person("Doris", "Amasifuén", "70222099", &[(Role::Staff, None), (Role::Judge, None)]);
    let id = app.services.add_person(both, None).await.expect("added");
    let enrolment = app.services.enrol(id, world.cohort, None).await.expect("enrolled");
    app.give_pin(id).await;
    let doris = crate::support::Person { id, number: "70222099".to_owned(), name: "Doris Amasifuén".to_owned() };
    let browser = app.browser(&doris).await;
    let page = format!("/staff/enrolments/{enrolment}");
    browser.get(&page).await.expect(403).says(ES.error_403());
    let before = app.state().await;
    for action in ["issue", "code", "card"] {
        browser.post(&page, &[("action", action)]).await.expect(403).says(ES.error_403());
    }
    let attest = [("action", "verify"), ("kind", "identity"), ("met", "yes"), ("source", "DNI"), ("on", "2026-11-20")];
    browser.post(&page, &attest).await.expect(403);
    let here = format!("/staff/cohorts/{}", world.cohort);
    browser.post(&here, &[("enrolment", &enrolment.to_string())]).await.expect(403);
    assert_eq!(app.state().await, before);
}

/// Rights that were withdrawn, and sessions that ended, end at once.
#[tokio::test]
async fn a_session_ends_with_its_device_its_time_and_its_account() {
    let world = World::new().await;
    let app = &world.app;
    let (phone, other) = (app.browser(&world.ana.person).await, app.browser(&world.ana.person).await);
    let device = app.signed_as(&phone).await.device;
    other.post("/account", &[("action", "revoke"), ("device", &device.to_string())]).await.expect(303);
    phone.get("/home").await.expect(303);
    other.get("/home").await.expect(200);
    app.clock.advance(12 * 3600 + 1);
    other.get("/home").await.expect(303);
    let third = app.browser(&world.ana.person).await;
    third.post("/logout", &[("action", "everywhere")]).await.expect(303);
    third.get("/home").await.expect(303);
    let judge = app.browser(&world.judge).await;
    judge.get("/grading").await.expect(200);
    let ended = format!("UPDATE role_grant SET to_at = {} WHERE role = 'judge'", app.now().0);
    app.behind().await.run(&ended).await.expect("ended");
    judge.get("/grading").await.expect(403);
}

/// The table itself: no role is allowed everything, and no page is refused to everybody.
#[tokio::test]
async fn the_table_distinguishes() {
    let world = World::new().await;
    let table = cases(&world).await;
    let (mut allowed, mut open_somewhere): (BTreeMap<usize, usize>, BTreeMap<_, bool>) = Default::default();
    for case in &table {
        let open = case.expected.iter().filter(|s| **s < 400).count();
        open_somewhere
            .insert((case.method(), case.route), open > 0 || open_somewhere.get(&(case.method(), case.route)).copied().unwrap_or_default());
        for (column, status) in case.expected.iter().enumerate() {
            *allowed.entry(column).or_default() += usize::from(*status < 400);
        }
    }
    assert!(allowed.values().all(|count| *count < table.len()), "{allowed:?} of {}", table.len());
    let closed: Vec<_> =
        open_somewhere.iter().filter(|(_, open)| !**open).map(|((method, route), _)| format!("{method} {route}")).collect();
    // A code that nobody has, a reading of another phone, sign-in without anything filled in.
    let meant = [
        "GET /verify/{code}",
        "POST /api/study/report",
        "POST /author",
        "POST /author/modules/{module}/pictures",
        "POST /course/{lesson}/{part}",
        "POST /login",
        "POST /login/card",
        "POST /login/code",
    ];
    assert_eq!(closed, meant);
}
