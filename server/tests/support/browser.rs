//! A browser: cookies, language and address of somebody, and what the server answers.

use super::app::TestApp;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use tower::ServiceExt as _;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// The body as sent.
    pub raw: String,
}

impl Answer {
    /// Asserts the status, and shows what came instead.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "answered {} {:?}: {}", self.status, self.headers.get(header::LOCATION), self.gist());
        self
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The body as people read it: entities resolved.
    pub fn text(&self) -> String {
        let entities =
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/"), ("<!>", ""), ("&amp;", "&")];
        entities.iter().fold(self.raw.clone(), |text, (from, to)| text.replace(from, to))
    }

    /// Asserts that the page says this.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(self.text().contains(words), "does not say {words:?}: {}", self.gist());
        self
    }

    /// Asserts that the page does not say this.
    #[track_caller]
    pub fn does_not_say(&self, words: &str) -> &Self {
        assert!(!self.text().contains(words), "says {words:?}: {}", self.gist());
        self
    }

    /// The value of the first field called `name`.
    pub fn value(&self, name: &str) -> Option<String> {
        value_in(&self.text(), name)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.raw).expect("JSON")
    }

    /// What stands inside `<main>`, shortened, for messages.
    fn gist(&self) -> String {
        let text = self.text();
        let main = text.split_once("<main").map_or(text.as_str(), |(_, main)| main);
        let mut inside = true;
        let words: String = main
            .chars()
            .filter(|c| {
                if *c == '<' {
                    inside = false
                } else if *c == '>' {
                    inside = true
                };
                inside && *c != '>'
            })
            .collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(900).collect()
    }
}

/// The value of the first field called `name` in a page.
pub fn value_in(page: &str, name: &str) -> Option<String> {
    let tag = page.split('<').find(|tag| tag.starts_with("input") && tag.contains(&format!("name=\"{name}\"")))?;
    Some(tag.split_once("value=\"")?.1.split_once('"')?.0.to_owned())
}

/// A form's body.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

/// The content type of forms.
pub const FORM: &str = "application/x-www-form-urlencoded";

/// See the module.
#[derive(Clone)]
pub struct Browser<'a> {
    pub app: &'a TestApp,
    pub cookies: BTreeMap<String, String>,
    language: &'static str,
    address: Ipv4Addr,
    site: Option<&'static str>,
}

impl<'a> Browser<'a> {
    pub fn new(app: &'a TestApp) -> Self {
        Self { app, cookies: BTreeMap::new(), language: "es-PE,es;q=0.9", address: Ipv4Addr::new(10, 0, 0, 1), site: None }
    }

    /// The same browser in English.
    pub fn in_english(&self) -> Self {
        Self { language: "en", ..self.clone() }
    }

    /// The same browser at another address.
    pub fn at(&self, last: u8) -> Self {
        Self { address: Ipv4Addr::new(10, 0, 0, last), ..self.clone() }
    }

    /// The same browser, where another site's page sends the requests.
    pub fn led_by(&self, site: &'static str) -> Self {
        Self { site: Some(site), ..self.clone() }
    }

    pub fn cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Keeps the cookies of an answer, as browsers do.
    pub fn keep(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().expect("text").split_once(';').expect("attributes");
            let (name, value) = pair.split_once('=').expect("a pair");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name)
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned())
            };
        }
    }

    /// The header that carries the cookies.
    pub fn cookie_line(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, &[("content-type", FORM)], Body::from(encoded(fields))).await
    }

    /// A body of any kind.
    pub async fn post_body(&self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        self.send(Method::POST, path, &[("content-type", kind)], body.into()).await
    }

    /// A call of an island.
    pub async fn call(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, &[("content-type", "application/json"), ("accept", "application/json")], Body::from(body.to_string()))
            .await
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request =
            Request::builder().method(method).uri(path).header("host", "orienta.test").header("accept-language", self.language);
        if !self.cookies.is_empty() {
            request = request.header("cookie", self.cookie_line());
        }
        if let Some(site) = self.site {
            request = request.header("sec-fetch-site", site);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(body).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.address, 40_000))));
        let response = self.app.router().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        assert!(parts.status != StatusCode::INTERNAL_SERVER_ERROR, "{path} failed: {}", String::from_utf8_lossy(&bytes));
        Answer { status: parts.status.as_u16(), headers: parts.headers, raw: String::from_utf8_lossy(&bytes).into_owned() }
    }
}
