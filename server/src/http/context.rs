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
use domain::curriculum::Language;
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
    /// A proxy stands in front and adds the client's address to `X-Forwarded-For`.
    pub behind_proxy: bool,
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
        // PostgreSQL keeps no NUL in a text, so nothing has one in its address.
        if parts.uri.path().contains("%00") {
            return Err(Failure::NotFound);
        }
        let shared = state.0.clone();
        let signed = match cookies::get(&parts.headers, shared.cookies.session) {
            Some(token) => shared.services.signed_in(token).await?,
            None => None,
        };
        let language = language(&parts.headers, signed.as_ref().and_then(|s| s.language));
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip());
        let address = forwarded(&parts.headers).filter(|_| shared.behind_proxy).unwrap_or(peer);
        let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Self { shared, signed, texts: Texts(language), path, headers: parts.headers.clone(), address })
    }
}

/// The address that our own proxy added: the last one; those before it come from the client and prove nothing.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// The reader's language: cookie, else what the person chose elsewhere, else `Accept-Language`, else Spanish.
#[must_use]
pub fn language(headers: &HeaderMap, person: Option<Language>) -> Language {
    let chosen = cookies::get(headers, cookies::LANGUAGE).and_then(Language::from_code);
    let asked = || {
        let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        list.split(',').filter_map(|tag| tag.split(';').next()).find_map(|tag| Language::from_code(tag.trim()))
    };
    chosen.or(person).or_else(asked).unwrap_or_default()
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
    /// `Unauthenticated`; `NoSecretYet` until she has chosen a PIN.
    pub fn acting(&self) -> Outcome<Acting<'_>> {
        let signed = self.signed.as_ref().ok_or(Failure::Unauthenticated)?;
        let choosing = self.path.starts_with("/pin");
        if signed.has_secret || choosing { Ok(self.shared.services.of(signed)) } else { Err(Failure::NoSecretYet) }
    }

    /// An address of this site as a QR in SVG: at the public address, else where this request was sent to.
    ///
    /// # Errors
    /// `Internal` when it does not fit in a QR.
    pub fn qr(&self, path: &str) -> Outcome<String> {
        let host = self.headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("localhost");
        let base = self.services().public_url.clone().unwrap_or_else(|| format!("http://{host}"));
        let address = format!("{}{path}", base.trim_end_matches('/'));
        let code = fast_qr::QRBuilder::new(address).ecl(fast_qr::ECL::M).build().map_err(|e| Failure::Internal(e.to_string()))?;
        Ok(fast_qr::convert::svg::SvgBuilder::default().to_str(&code))
    }

    /// The frame of a page.
    #[must_use]
    pub fn frame(&self) -> Frame {
        Frame {
            reader: self.signed.as_ref().map(|signed| Reader { name: signed.short_name.clone(), roles: roles(signed) }),
            path: self.path.clone(),
            services: self.shared.services.catalogue.help_lines(),
            assets: super::assets::base(),
            insecure: self.shared.insecure,
        }
    }
}

fn roles(signed: &SignedIn) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| signed.actor.has(*role)).collect()
}
