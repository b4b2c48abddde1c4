//! What a handler knows of the request: who asks, in which language, from where.

use super::cookies::{self, Names};
use super::limits::Addresses;
use crate::failure::{Failure, Outcome};
use crate::services::{Acting, Services, SignedIn};
use app::features::frame::{Frame, Reader};
use app::texts::Texts;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::{HeaderMap, header, request::Parts};
use domain::access::Role;
use domain::curriculum::{Language, Service};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// What the whole server shares.
#[derive(Clone)]
pub struct State(pub Arc<Shared>);

/// See [`State`].
pub struct Shared {
    /// Use-cases.
    pub services: Services,
    /// Plain http at an address that is not loopback.
    pub insecure: bool,
    /// Names of the cookies.
    pub cookies: Names,
    /// Failed sign-ins by address.
    pub addresses: Addresses,
}

/// One request.
pub struct Context {
    /// What the server shares.
    pub shared: Arc<Shared>,
    /// Who asks, if signed in.
    pub signed: Option<SignedIn>,
    /// Texts in the reader's language.
    pub texts: Texts,
    /// Path and query.
    pub path: String,
    /// Headers.
    pub headers: HeaderMap,
    /// Address of the client.
    pub address: IpAddr,
}

impl FromRequestParts<State> for Context {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Failure> {
        let shared = state.0.clone();
        let signed = match cookies::get(&parts.headers, shared.cookies.session) {
            Some(token) => shared.services.signed_in(token).await?,
            None => None,
        };
        let language = signed.as_ref().and_then(|s| s.language).unwrap_or_else(|| language(&parts.headers));
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip());
        let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Self { shared, signed, texts: Texts(language), path, headers: parts.headers.clone(), address })
    }
}

/// The reader's language: cookie, else `Accept-Language`, else Spanish.
#[must_use]
pub fn language(headers: &HeaderMap) -> Language {
    let chosen = cookies::get(headers, cookies::LANGUAGE).and_then(Language::from_code);
    let asked = || {
        let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        list.split(',').filter_map(|tag| tag.split(';').next()).find_map(|tag| Language::from_code(tag.trim()))
    };
    chosen.or_else(asked).unwrap_or_default()
}

impl Context {
    /// The services.
    #[must_use]
    pub fn services(&self) -> &Services {
        &self.shared.services
    }

    /// The services for whoever is signed in.
    ///
    /// # Errors
    /// `Unauthenticated`.
    pub fn acting(&self) -> Outcome<Acting<'_>> {
        self.signed.as_ref().map(|signed| self.shared.services.of(signed)).ok_or(Failure::Unauthenticated)
    }

    /// The frame of a page.
    #[must_use]
    pub fn frame(&self) -> Frame {
        Frame {
            reader: self.signed.as_ref().map(|signed| Reader { name: signed.short_name.clone(), roles: roles(signed) }),
            path: self.path.clone(),
            services: self.help_lines(),
            assets: super::assets::base(),
            nonce: None,
            insecure: self.shared.insecure,
        }
    }

    /// Help lines shown in the frame.
    #[must_use]
    pub fn help_lines(&self) -> Vec<Service> {
        self.shared.services.catalogue.services().into_iter().filter(|s| s.frame).collect()
    }
}

fn roles(signed: &SignedIn) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| signed.actor.has(*role)).collect()
}
