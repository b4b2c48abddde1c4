//! Files of the site, embedded in the program and served for ever under their common digest.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A file of the site.
pub struct File {
    /// Path below the digest.
    name: &'static str,
    /// As it is.
    plain: &'static [u8],
    /// Compressed at build time.
    brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// Folder of the site's addresses: `/v/<digest>`.
#[must_use]
pub fn base() -> String {
    format!("/v/{DIGEST}")
}

/// Whether the WebAssembly was embedded.
#[must_use]
pub fn has_islands() -> bool {
    FILES.iter().any(|file| file.name == "pkg/orienta.js")
}

/// `GET /v/{digest}/{*file}`.
pub async fn serve(Path((digest, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let found = FILES.iter().find(|file| file.name == name).filter(|_| digest == DIGEST);
    let Some(file) = found else { return StatusCode::NOT_FOUND.into_response() };
    let accepts = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.split(',').any(|e| e.trim().starts_with("br")));
    let (bytes, packed) = match file.brotli.filter(|_| accepts) {
        Some(bytes) => (bytes, true),
        None => (file.plain, false),
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(&name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
