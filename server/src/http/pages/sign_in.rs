//! Signing in and out.

use super::{Answer, head, status, with_errors};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::cookies::{self, MOST_DEVICES};
use crate::http::fields::{self, Fields};
use crate::http::render::{local_path, page, see_other};
use crate::keys;
use crate::services::audit::{self, Event};
use crate::services::sign_in::session::{DEVICE_LIFE, Started};
use crate::services::sign_in::{Browser, CardProof, Proof, document_kind};
use app::features::form::FormState;
use app::features::people::{SignIn, SignInWay};
use app::pages::public;
use app::texts::Texts;
use app::ui::frame::Menu;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, header};
use domain::identity::card::{CardCode, OneTimeCode};
use domain::identity::document::{Document, DocumentError};
use serde_json::json;

/// How long the cookie of a scanned card lives, in seconds.
const CARD_LIFE: i64 = 600;
/// Failures of one address in an hour that alarm.
const ALARM_AT: u32 = 50;

async fn shown(context: &Context, way: SignInWay, next: &str, form: &FormState) -> Answer {
    let known_device = context.services().asks_for_pin(&cookies::devices(&context.headers, context.shared.cookies)).await?;
    let model = SignIn { way, known_device, next: local_path(next).to_owned() };
    Ok(page(context, status(form), &head(context.texts.frame_sign_in(), Menu::Public), |t| public::sign_in(t, &model, form)))
}

fn next_of(query: Option<&str>) -> Outcome<String> {
    Ok(fields::parse(query.unwrap_or_default())?.one("next")?.to_owned())
}

/// `GET /login`.
pub async fn document(context: Context, RawQuery(query): RawQuery) -> Answer {
    shown(&context, SignInWay::Document, &next_of(query.as_deref())?, &FormState::default()).await
}

/// `GET /login/card`.
pub async fn card(context: Context, RawQuery(query): RawQuery) -> Answer {
    let scanned = cookies::get(&context.headers, context.shared.cookies.card).is_some();
    shown(&context, SignInWay::Card { scanned }, &next_of(query.as_deref())?, &FormState::default()).await
}

/// `GET /login/code`.
pub async fn code(context: Context, RawQuery(query): RawQuery) -> Answer {
    shown(&context, SignInWay::Code, &next_of(query.as_deref())?, &FormState::default()).await
}

/// `GET /card/{secret}`, the address in a card's QR: keeps the secret in a short-lived cookie and leads to an address without it.
pub async fn scanned(context: Context, Path(secret): Path<String>) -> Answer {
    keys::secret_digest(&secret).ok_or(Failure::NotFound)?;
    let mut response = see_other("/login/card");
    let names = context.shared.cookies;
    response.headers_mut().extend(names.set(names.card, &secret, Some(CARD_LIFE)).map(|c| (header::SET_COOKIE, c)));
    Ok(response)
}

/// `POST /login`.
pub async fn with_document(context: Context, fields: Fields) -> Answer {
    let t = context.texts;
    let secret = fields.one("secret")?.to_owned();
    let mut form = fields.typed(&["secret"]);
    let document = typed_document(&fields, &mut form, t)?;
    if secret.is_empty() {
        form.refuse("secret", t.login_secret_missing());
    }
    let proof = document.map(|document| Proof::Document { document, secret });
    attempt(context, &fields, SignInWay::Document, proof, form).await
}

/// `POST /login/card`.
pub async fn with_card(context: Context, fields: Fields) -> Answer {
    let scanned = cookies::get(&context.headers, context.shared.cookies.card).and_then(keys::secret_digest);
    let mut form = fields.typed(&["secret", "code"]);
    let pin = fields.one("secret")?.to_owned();
    let way = SignInWay::Card { scanned: scanned.is_some() };
    let card = match scanned {
        Some(digest) => Some(CardProof::Secret(digest)),
        None => match CardCode::parse(fields.one("code")?) {
            Ok(code) => Some(CardProof::Code(code)),
            Err(_) => {
                form.refuse("code", context.texts.login_card_code_wrong());
                None
            }
        },
    };
    attempt(context, &fields, way, card.map(|card| Proof::Card { card, pin }), form).await
}

/// `POST /login/code`.
pub async fn with_code(context: Context, fields: Fields) -> Answer {
    let t = context.texts;
    let mut form = fields.typed(&["code"]);
    let document = typed_document(&fields, &mut form, t)?;
    let code = OneTimeCode::parse(fields.one("code")?);
    if code.is_err() {
        form.refuse("code", t.login_code_wrong());
    }
    let proof = document.zip(code.ok()).map(|(document, code)| Proof::Code { document, code });
    attempt(context, &fields, SignInWay::Code, proof, form).await
}

/// The document of the fields `kind` and `number`, or what is wrong with them.
///
/// # Errors
/// `BadRequest` for a repeated field.
pub fn typed_document(fields: &Fields, form: &mut FormState, t: Texts) -> Outcome<Option<Document>> {
    let Some(kind) = document_kind(fields.one("kind")?) else {
        form.refuse("kind", t.login_kind_missing());
        return Ok(None);
    };
    match Document::parse(kind, fields.one("number")?) {
        Ok(document) => Ok(Some(document)),
        Err(error) => {
            form.refuse("number", document_words(&error, t));
            Ok(None)
        }
    }
}

/// What is wrong with a document number, and how to mend it.
#[must_use]
pub fn document_words(error: &DocumentError, t: Texts) -> String {
    match error {
        DocumentError::Empty => t.document_missing().to_owned(),
        DocumentError::DniLength { digits } => t.document_dni_length(digits),
        DocumentError::Character { found } => t.document_character(found),
        DocumentError::DniCheck { given } => t.document_dni_check(given),
        DocumentError::Length { least, most, found } => t.document_length(found, least, most),
    }
}

async fn attempt(context: Context, fields: &Fields, way: SignInWay, proof: Option<Proof>, form: FormState) -> Answer {
    let next = fields.one("next")?.to_owned();
    let now = context.services().now();
    if context.shared.addresses.is_full(context.address, now) {
        return Err(Failure::TooMany);
    }
    let Some(proof) = proof.filter(|_| form.errors.is_empty()) else { return shown(&context, way, &next, &form).await };
    let browser = Browser {
        devices: cookies::devices(&context.headers, context.shared.cookies),
        label: label(&context.headers),
        shared: fields.one("shared")? == "yes",
    };
    match super::refused(context.services().sign_in(proof, browser, context.texts.login_refused().to_owned()).await)? {
        Ok(started) => signed_in(&context, started, &next).await,
        Err(refused) => {
            let failures = context.shared.addresses.count(context.address, now);
            if failures == ALARM_AT {
                alarm(&context, failures).await?;
            }
            shown(&context, way, &next, &with_errors(form, refused)).await
        }
    }
}

/// A burst of failures from one address over many accounts is an event that admins see.
async fn alarm(context: &Context, failures: u32) -> Outcome<()> {
    let now = context.services().now();
    tracing::warn!(failures, "many failed sign-ins from one address within an hour");
    let event = Event::new("sign-in.burst", "installation", json!({ "failures": failures }));
    context.services().database.write(move |t| Box::pin(async move { audit::append(t, now, None, event).await })).await
}

async fn signed_in(context: &Context, started: Started, next: &str) -> Answer {
    let names = context.shared.cookies;
    let signed = context.services().signed_in(&started.token).await?.ok_or(Failure::Unauthenticated)?;
    let landing = domain::access::Role::ALL.into_iter().find(|r| signed.actor.has(*r)).map_or("/account", |r| r.landing());
    let wanted = local_path(next);
    let target = if !signed.has_secret {
        "/pin"
    } else if wanted == "/" || wanted.starts_with("/login") {
        landing
    } else {
        wanted
    };
    let mut response = see_other(target);
    // What she chose elsewhere holds here too, unless this browser was told otherwise.
    let chosen = signed.language.filter(|_| cookies::get(&context.headers, cookies::LANGUAGE).is_none());
    let mut cookies = vec![
        chosen.and_then(cookies::language),
        names.set(names.session, &started.token, Some(started.lifetime.0)),
        names.set(names.card, "", Some(0)),
    ];
    if let Some(secret) = started.device_secret {
        let mut devices = vec![secret];
        devices.extend(cookies::devices(&context.headers, names).into_iter().take(MOST_DEVICES - 1));
        cookies.push(names.set(names.devices, &devices.join("."), Some(DEVICE_LIFE.0)));
    }
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `POST /logout`.
pub async fn out(context: Context, fields: Fields) -> Answer {
    if let Some(signed) = &context.signed {
        context.services().sign_out(signed, fields.one("action")? == "everywhere").await?;
    }
    let names = context.shared.cookies;
    let mut response = see_other("/");
    response.headers_mut().extend(names.set(names.session, "", Some(0)).map(|c| (header::SET_COOKIE, c)));
    Ok(response)
}

/// "Chrome · Android" from a user agent, coarse on purpose.
fn label(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let first = |names: &[&'static str]| names.iter().find(|n| agent.contains(**n)).copied();
    let browser = first(&["Firefox", "Edg", "OPR", "SamsungBrowser", "Chrome", "Safari"]).unwrap_or("Web");
    let system = first(&["Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux"]).unwrap_or("");
    if system.is_empty() { browser.to_owned() } else { format!("{browser} · {system}") }
}
