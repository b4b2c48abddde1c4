//! Form fields as they came: type, size and encoding checked, repetition seen.

use crate::failure::Failure;
use crate::http::context::State;
use app::features::form::FormState;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use percent_encoding::percent_decode_str;

/// Largest form, in bytes.
pub const LARGEST: usize = 64 * 1024;

/// Largest form of a lesson's editor, in bytes: a text of the greatest length, each byte written as three.
pub const LARGEST_TEXT: usize = 3 * crate::services::authoring::drafts::LONGEST + LARGEST;

/// The fields of a form, in order.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl FromRequest<State> for Fields {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &State) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Failure::ContentType);
        }
        let body = Bytes::from_request(request, state).await.map_err(|_| Failure::TooLarge)?;
        let text = std::str::from_utf8(&body).map_err(|_| Failure::BadRequest("encoding"))?;
        parse(text)
    }
}

/// Reads `a=1&b=2`.
///
/// # Errors
/// `BadRequest` when a field is not UTF-8.
pub fn parse(text: &str) -> Result<Fields, Failure> {
    let decode = |part: &str| -> Result<String, Failure> {
        let spaced = part.replace('+', " ");
        let text = percent_decode_str(&spaced).decode_utf8().map_err(|_| Failure::BadRequest("encoding"))?;
        // PostgreSQL keeps no NUL in a text, and nobody types one.
        if text.contains('\0') { Err(Failure::BadRequest("encoding")) } else { Ok(text.into_owned()) }
    };
    let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Ok((decode(name)?, decode(value)?))
    });
    Ok(Fields(pairs.collect::<Result<_, Failure>>()?))
}

impl Fields {
    /// The value of a field that stands once; empty when it is missing.
    ///
    /// # Errors
    /// `BadRequest` when it is repeated.
    pub fn one(&self, name: &str) -> Result<&str, Failure> {
        let mut found = self.0.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let first = found.next().unwrap_or_default();
        if found.next().is_some() { Err(Failure::BadRequest("repeated field")) } else { Ok(first) }
    }

    /// The values of a field that may be repeated.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Every field with its value.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// What was typed, to be shown again: without the fields named in `secret`.
    #[must_use]
    ///
    /// A repeated field becomes one value, separated by commas.
    pub fn typed(&self, secret: &[&str]) -> FormState {
        let mut form = FormState::default();
        for (name, value) in self.0.iter().filter(|(n, _)| !secret.contains(&n.as_str())) {
            form.values.entry(name.clone()).and_modify(|v| *v = format!("{v},{value}")).or_insert_with(|| value.clone());
        }
        form
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_once_and_in_utf8() {
        let fields = parse("a=1+2&b=%C3%B1&c=x&c=y&d").expect("fields");
        assert_eq!(fields.one("a").expect("once"), "1 2");
        assert_eq!(fields.one("b").expect("once"), "ñ");
        assert!(fields.one("c").is_err());
        assert_eq!(fields.all("c").collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(fields.one("missing").expect("empty"), "");
        assert!(parse("a=%FF").is_err());
    }
}
