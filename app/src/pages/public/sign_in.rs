//! Signing in: one way at a time, the others one tap away.

use crate::features::form::FormState;
use crate::features::people::{SignIn, SignInWay};
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{document, form};
use leptos::prelude::*;

const PIN: Kind = Kind { mode: "numeric", longest: 6, ..Kind::SECRET };
const PASSWORD: Kind = Kind { class: "", ..Kind::SECRET };
const CODE: Kind = Kind { complete: "one-time-code", longest: 9, ..Kind::DIGITS };
const CARD: Kind = Kind { class: "num", complete: "off", longest: 14, ..Kind::PLAIN };

/// The sign-in page, at the address of its way.
#[must_use]
pub fn sign_in(t: Texts, model: &SignIn, form: &FormState) -> AnyView {
    let new_phone = model.way == SignInWay::Document && !model.known_device;
    let (address, title, lead) = match model.way {
        SignInWay::Document => ("/login", t.login_title(), new_phone.then(|| t.login_new_phone())),
        SignInWay::Card { scanned: true } => ("/login/card", t.login_card_title(), Some(t.login_card_scanned())),
        SignInWay::Card { scanned: false } => ("/login/card", t.login_card_title(), Some(t.login_card_lead())),
        SignInWay::Code => ("/login/code", t.login_code_title(), Some(t.login_code_lead())),
    };
    view! {
        <div class="wrap slim stack">
            <h1>{title}</h1>
            {form::summary(t, form)}
            {lead.map(|words| view! { <p>{words}</p> })}
            {new_phone.then(|| view! { {ways(t, model)}<h2>{t.login_with_password()}</h2> })}
            <form class="stack" method="post" action=address>
                {field::hidden("next", model.next.clone())}
                {fields(t, model, form)}
                {field::pick("checkbox", "shared", "yes", t.login_shared(), t.login_shared_hint(), form)}
                <button class="btn full">{t.login_submit()}</button>
            </form>
            {(!new_phone).then(|| view! { <h2>{t.login_other()}</h2>{ways(t, model)} })}
            {folds(t)}
        </div>
    }
    .into_any()
}

fn fields(t: Texts, model: &SignIn, form: &FormState) -> Vec<AnyView> {
    let pin = || field::text("secret", t.login_pin(), t.login_pin_hint(), PIN, form);
    match model.way {
        SignInWay::Document if model.known_device => vec![document::fields(t, "username", form), pin()],
        SignInWay::Document => vec![document::fields(t, "username", form), field::text("secret", t.login_password(), "", PASSWORD, form)],
        SignInWay::Card { scanned: true } => vec![pin()],
        SignInWay::Card { scanned: false } => vec![field::text("code", t.login_card_code(), t.login_card_code_hint(), CARD, form), pin()],
        SignInWay::Code => {
            vec![document::fields(t, "username", form), field::text("code", t.login_code(), t.login_code_hint(), CODE, form)]
        }
    }
}

fn ways(t: Texts, model: &SignIn) -> AnyView {
    let address = |path: &str| if model.next.is_empty() { path.to_owned() } else { format!("{path}?next={}", encode(&model.next)) };
    let ways = [
        (model.way == SignInWay::Document, "/login", t.login_way_document()),
        (matches!(model.way, SignInWay::Card { scanned: false }), "/login/card", t.login_way_card()),
        (model.way == SignInWay::Code, "/login/code", t.login_way_code()),
    ];
    ways.into_iter()
        .filter(|(here, ..)| !here)
        .map(|(_, path, words)| view! { <a class="btn alt full" href=address(path)>{words}</a> })
        .collect_view()
        .into_any()
}

fn folds(t: Texts) -> AnyView {
    view! {
        <div>
            <details class="fold"><summary>{t.login_forgot()}</summary><p>{t.login_forgot_text()}</p></details>
            <details class="fold"><summary>{t.login_desk()}</summary><p>{t.login_desk_text()}</p></details>
        </div>
    }
    .into_any()
}

/// A path as the value of a query parameter.
fn encode(path: &str) -> String {
    path.bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
