//! Cookies: the session, the devices this browser is known as, the language, and a card that was just scanned.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::curriculum::Language;

/// Names of the cookies: with `__Host-` wherever the browser keeps secure cookies (https, loopback).
#[derive(Debug, Clone, Copy)]
pub struct Names {
    /// The session's token.
    pub session: &'static str,
    /// Device secrets, newest first, separated by dots.
    pub devices: &'static str,
    /// Secret of a card whose QR was scanned a moment ago.
    pub card: &'static str,
    /// Attributes of all of them.
    attributes: &'static str,
}

impl Names {
    /// The names; `insecure` on plain http at an address that is not loopback.
    #[must_use]
    pub const fn new(insecure: bool) -> Self {
        if insecure {
            Self { session: "session", devices: "devices", card: "card", attributes: "Path=/; HttpOnly; SameSite=Lax" }
        } else {
            Self {
                session: "__Host-session",
                devices: "__Host-devices",
                card: "__Host-card",
                attributes: "Path=/; Secure; HttpOnly; SameSite=Lax",
            }
        }
    }

    /// A `Set-Cookie` value; no life for a cookie of this browser session, 0 to remove it.
    #[must_use]
    pub fn set(&self, name: &str, value: &str, life: Option<i64>) -> Option<HeaderValue> {
        let life = life.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
        HeaderValue::from_str(&format!("{name}={value}; {}{life}", self.attributes)).ok()
    }
}

/// Cookie of the language; not a secret.
pub const LANGUAGE: &str = "lang";

/// The `Set-Cookie` value of the language, for a year.
#[must_use]
pub fn language(chosen: Language) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{LANGUAGE}={}; Path=/; SameSite=Lax; Max-Age=31536000", chosen.code())).ok()
}

/// The value of a cookie.
#[must_use]
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Most devices that one browser is known as: a phone that a few people share.
pub const MOST_DEVICES: usize = 6;

/// The device secrets in the cookie.
#[must_use]
pub fn devices(headers: &HeaderMap, names: Names) -> Vec<String> {
    get(headers, names.devices).map(|v| v.split('.').take(MOST_DEVICES).map(str::to_owned).collect()).unwrap_or_default()
}
