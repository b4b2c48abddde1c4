//! From a page's model to its answer.

use super::context::Context;
use super::{assets, headers};
use crate::keys;
use app::texts::Texts;
use app::ui::frame::{EXIT_SCRIPT, HYDRATION, Head, document};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hydration_context::SsrSharedContext;
use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use std::sync::{Arc, LazyLock};

/// SHA-256 of the quick-exit script, as the policy wants it.
static EXIT_HASH: LazyLock<String> = LazyLock::new(|| STANDARD.encode(keys::digest(EXIT_SCRIPT.as_bytes())));

/// Renders a page. Signed-in pages are never kept by the browser; public ones are asked for again with their tag.
pub fn page(context: &Context, status: StatusCode, head: &Head, body: impl FnOnce(Texts) -> AnyView) -> Response {
    let texts = context.texts;
    let island = head.island && assets::has_islands();
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let (html, loader) = owner.with(|| (body(texts).to_html(), island.then(loader)));
    drop(owner);
    let mut html = document(texts, &context.frame(), head, &html);
    let nonce = loader.map(|(loader, nonce)| {
        html = html.replacen(HYDRATION, &loader, 1);
        nonce
    });
    answer(context, status, html, nonce.as_deref())
}

/// The loader of the islands, with a nonce of its own. Without Leptos's preload links: the text comes before the program,
/// and a browser that runs no script fetches none.
fn loader() -> (String, String) {
    leptos::nonce::provide_nonce();
    let nonce = leptos::nonce::use_nonce().map(|n| n.to_string()).unwrap_or_default();
    let options = LeptosOptions::builder().output_name("orienta").site_pkg_dir("pkg").build();
    let scripts = view! { <HydrationScripts options islands=true root=assets::base()/> };
    let scripts = scripts.to_html();
    (scripts.find("<script").and_then(|at| scripts.get(at..)).unwrap_or_default().to_owned(), nonce)
}

fn answer(context: &Context, status: StatusCode, html: String, nonce: Option<&str>) -> Response {
    let signed = context.signed.is_some();
    let public = !signed && status == StatusCode::OK;
    let tag = public.then(|| format!("\"{}\"", URL_SAFE_NO_PAD.encode(keys::digest(html.as_bytes()).get(..12).unwrap_or_default())));
    let fresh = tag.is_some() && context.headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()) == tag.as_deref();
    let mut response = if fresh { StatusCode::NOT_MODIFIED.into_response() } else { (status, Body::from(html)).into_response() };
    let map = response.headers_mut();
    map.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    map.insert(header::CACHE_CONTROL, HeaderValue::from_static(if public { "no-cache" } else { "no-store" }));
    map.insert(header::VARY, HeaderValue::from_static("cookie, accept-language, accept-encoding"));
    if let Some(policy) = headers::policy(&EXIT_HASH, nonce) {
        map.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if let Some(tag) = tag.and_then(|t| HeaderValue::from_str(&t).ok()) {
        map.insert(header::ETAG, tag);
    }
    response
}

/// 303 to where the result shows.
#[must_use]
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A path of this site, never of another: begins with one slash and holds nothing that a browser reads as a host.
#[must_use]
pub fn local_path(path: &str) -> &str {
    let safe = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t']);
    if safe { path } else { "/" }
}
