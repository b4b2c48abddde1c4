//! Every refusal becomes a page in the reader's language (or JSON for the islands), with the right status.

use super::context::{Context, State, language};
use super::headers::is_page;
use super::render;
use crate::failure::Failure;
use app::pages::public;
use app::texts::Texts;
use app::ui::frame::{Head, Menu};
use axum::extract::{Request, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, Ipv4Addr};

/// She must choose a PIN first.
#[derive(Clone)]
struct ChoosePin;

/// Number of an incident, for the reader to name and the log to find.
#[derive(Clone)]
struct Incident(String);

impl Failure {
    /// The HTTP status that says it.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) | Self::NoSecretYet => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Database(_) | Self::Inconsistent { .. } | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Logs a fault once, with its chain of causes, and answers the number of the incident.
    #[must_use]
    pub fn incident(&self) -> Option<String> {
        let is_fault = self.status() == StatusCode::INTERNAL_SERVER_ERROR;
        is_fault.then(|| {
            let incident = crate::keys::random_id().simple().to_string().get(..8).unwrap_or_default().to_owned();
            let mut causes = Vec::new();
            let mut cause = std::error::Error::source(self);
            while let Some(source) = cause {
                causes.push(source.to_string());
                cause = source.source();
            }
            tracing::error!(incident, error = %self, ?causes, "a request failed");
            incident
        })
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let incident = self.incident();
        let no_secret = matches!(self, Self::NoSecretYet);
        let mut response = self.status().into_response();
        if no_secret {
            response.extensions_mut().insert(ChoosePin);
        }
        if let Some(incident) = incident {
            response.extensions_mut().insert(Incident(incident));
        }
        response
    }
}

/// Gives every error answer that is not yet a page one. A visitor who must sign in first is led there, with the way back.
pub async fn pages(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let (headers, path) = (request.headers().clone(), request.uri().path().to_owned());
    let full = request.uri().path_and_query().map_or_else(|| path.clone(), ToString::to_string);
    let is_get = request.method().is_safe();
    let response = next.run(request).await;
    let status = response.status();
    let plain = path.starts_with("/api/") || path.starts_with("/v/") || path == "/healthz" || path == "/readyz";
    if plain || is_page(response.headers()) || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    if status == StatusCode::UNAUTHORIZED && is_get {
        return render::see_other(&format!("/login?next={}", encode(&full)));
    }
    if response.extensions().get::<ChoosePin>().is_some() && is_get {
        return render::see_other("/pin");
    }
    error_page(&state, headers, full, &response)
}

/// A path inside a query.
#[must_use]
pub fn encode(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn error_page(state: &State, headers: HeaderMap, path: String, response: &Response) -> Response {
    let texts = Texts(language(&headers, None));
    let incident = response.extensions().get::<Incident>().map(|i| i.0.clone());
    let status = response.status();
    let context = Context { shared: state.0.clone(), signed: None, texts, path, headers, address: IpAddr::V4(Ipv4Addr::LOCALHOST) };
    let head =
        Head { title: public::error_title(texts, status.as_u16()).to_string(), menu: Menu::Public, noindex: true, ..Head::default() };
    render::page(&context, status, &head, |t| public::error(t, status.as_u16(), incident.as_deref()))
}
