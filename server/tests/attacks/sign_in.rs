//! Guessing PINs, passwords and codes.

use crate::support::cast::PIN;
use crate::support::{Browser, ES, World};
use server::persistence::query;

async fn try_pin(browser: &Browser<'_>, number: &str, pin: &str) -> crate::support::Answer {
    browser.post("/login", &[("kind", "dni"), ("number", number), ("secret", pin), ("next", "")]).await
}

async fn try_code(browser: &Browser<'_>, number: &str, code: &str) -> crate::support::Answer {
    browser.post("/login/code", &[("kind", "dni"), ("number", number), ("code", code), ("next", "")]).await
}

/// Without what belongs to the answer's own number or address.
fn page(answer: &crate::support::Answer, number: &str) -> String {
    answer.text().replace(number, "N")
}

/// 300 failures an hour from one address, then 429; from another address, and after the hour, it goes on.
#[tokio::test]
async fn over_many_accounts_from_one_address() {
    let world = World::new().await;
    let app = &world.app;
    let guesser = app.visitor();
    for n in 0..300 {
        let number = format!("{:08}", 60_000_000 + n);
        // A few with a PIN, which is hashed; the rest with codes, which count alike.
        let answer = if n % 60 == 0 { try_pin(&guesser, &number, "739184").await } else { try_code(&guesser, &number, "73918465").await };
        answer.expect(422).says(ES.login_refused());
    }
    let refused = try_pin(&guesser, "60000999", "739184").await.expect(429);
    refused.says(ES.error_429()).says(ES.error_429_text()).says("105");
    try_code(&guesser, &world.ana.person.number, "73918465").await.expect(429);
    guesser.post("/login/card", &[("code", "0123456789"), ("secret", "739184")]).await.expect(429);
    try_code(&guesser.at(2), "60000999", "73918465").await.expect(422);
    // The right code does not help at that address, and is not used up by trying.
    let code = app.services.make_code(world.ana.person.id, None).await.expect("a code").printed();
    try_code(&guesser, &world.ana.person.number, &code).await.expect(429);
    try_code(&guesser.at(2), &world.ana.person.number, &code).await.expect(303);
    guesser.get("/").await.expect(200);
    assert_eq!(app.number("SELECT count(*) AS n FROM audit_event WHERE action = 'sign-in.burst'").await, 1, "admins are alarmed, once");
    app.clock.advance(3600);
    try_code(&guesser, "60000999", "73918465").await.expect(422);
}

/// From the fifth failure on an account waits, on unknown devices only, and nothing tells waiting from wrong from unknown.
#[tokio::test]
async fn over_one_account() {
    let world = World::new().await;
    let app = &world.app;
    let number = world.ana.person.number.clone();
    let known = app.browser(&world.ana.person).await;
    let stranger = app.visitor();
    let first = try_code(&stranger, &number, "73918465").await.expect(422);
    for _ in 0..4 {
        try_code(&stranger, &number, "73918465").await.expect(422);
    }
    let code = app.services.make_code(world.ana.person.id, None).await.expect("a code").printed();
    let waiting = try_code(&stranger, &number, &code).await.expect(422);
    let unknown = try_code(&stranger, "60000001", "73918465").await.expect(422);
    assert_eq!(page(&first, &number), page(&waiting, &number), "waiting looks like wrong");
    assert_eq!(page(&first, &number), page(&unknown, "60000001"), "unknown looks like wrong");
    // On her own phone she comes in meanwhile, with her PIN.
    let mut phone = app.visitor();
    phone.cookies.insert("__Host-devices".to_owned(), known.cookies["__Host-devices"].clone());
    try_pin(&phone, &number, "739184").await.expect(422).says(ES.login_refused());
    try_pin(&phone, &number, PIN).await.expect(303);
    // The wait of that failure is two minutes: then the code that was kept is good, once.
    app.clock.advance(121);
    try_code(&stranger, &number, &code).await.expect(303);
    try_code(&app.visitor(), &number, &code).await.expect(422);
}

/// The PIN alone is nothing on a phone that is not known; nor is somebody else's known phone.
#[tokio::test]
async fn a_right_pin_on_an_unknown_device() {
    let world = World::new().await;
    let app = &world.app;
    let number = &world.ana.person.number;
    try_pin(&app.visitor(), number, PIN).await.expect(422).says(ES.login_refused());
    let beas = app.browser(&world.bea.person).await;
    let mut phone = app.visitor();
    phone.cookies.insert("__Host-devices".to_owned(), beas.cookies["__Host-devices"].clone());
    try_pin(&phone, number, PIN).await.expect(422);
    assert_eq!(try_pin(&phone, &world.bea.person.number, PIN).await.expect(303).location(), "/home");
}

#[tokio::test]
async fn codes_and_cards_end() {
    let world = World::new().await;
    let app = &world.app;
    let ana = &world.ana.person;
    let code = app.services.make_code(ana.id, None).await.expect("a code").printed();
    app.clock.advance(15 * 60);
    try_code(&app.visitor(), &ana.number, &code).await.expect(422).says(ES.login_refused());
    let (old, _) = app.services.make_card(ana.id, None).await.expect("a card");
    let (secret, short) = app.services.make_card(ana.id, None).await.expect("a card");
    let card = async |secret: &str, pin: &str| {
        let mut phone = app.visitor();
        let scanned = phone.get(&format!("/card/{secret}")).await.expect(303);
        assert_eq!(scanned.location(), "/login/card", "the secret does not stay in the address");
        phone.keep(&scanned);
        phone.post("/login/card", &[("secret", pin)]).await
    };
    card(&old, PIN).await.expect(422).says(ES.login_refused());
    card(&secret, "739184").await.expect(422);
    card(&secret, "").await.expect(422);
    card(&secret, PIN).await.expect(303);
    app.visitor().post("/login/card", &[("code", &short.printed().to_lowercase()), ("secret", PIN)]).await.expect(303);
}

/// With a card alone, and no PIN yet, nothing can be done but choose one.
#[tokio::test]
async fn without_a_pin_nothing_opens() {
    let world = World::new().await;
    let app = &world.app;
    let forget = query::execute::<_>(app.services.database.read(), "UPDATE account SET pin_hash = NULL", vec![]).await;
    forget.expect("forgotten");
    let browser = app.browser(&world.ana.person).await;
    for path in ["/home", "/course", "/account", "/hours"] {
        assert_eq!(browser.get(path).await.expect(303).location(), "/pin");
    }
    browser.post("/account", &[("action", "everywhere")]).await.expect(403);
    browser.get("/pin").await.expect(200);
    browser.post("/pin", &[("pin", "739184"), ("again", "739184")]).await.expect(303);
    browser.get("/home").await.expect(200);
}

/// The cookies of a session cannot be read by scripts, sent over plain http or to other paths, and change at every sign-in.
#[tokio::test]
async fn cookies_are_closed() {
    let world = World::new().await;
    let app = &world.app;
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let code = app.services.make_code(world.ana.person.id, None).await.expect("a code").printed();
        let mut browser = app.visitor().cookie("__Host-session", "fixed-by-somebody-else");
        let answer = try_code(&browser, &world.ana.person.number, &code).await.expect(303);
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("text");
            assert!(cookie.starts_with("__Host-"), "{cookie}");
            for part in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
                assert!(cookie.contains(part), "{cookie}");
            }
        }
        browser.keep(&answer);
        tokens.push(browser.cookies["__Host-session"].clone());
    }
    assert_ne!(tokens[0], tokens[1]);
    assert!(!tokens.iter().any(|t| t.contains("fixed")));
}
