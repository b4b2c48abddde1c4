//! Texts in the languages of the curriculum.

use serde::{Deserialize, Serialize};

/// A text in the source language and perhaps others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Localised {
    /// Spanish of Peru: always there.
    pub es: String,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// A language that the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Spanish of Peru, the source language.
    #[default]
    Es,
    /// English.
    En,
}

impl Language {
    /// Every language, source first.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// The short code used in file names, cookies and content (`es`, `en`).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language of a short code, or of a BCP-47 tag that begins with one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|l| primary.eq_ignore_ascii_case(l.code()))
    }
}

impl Localised {
    /// Whether no language has a text.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.es.is_empty() && self.en.is_none()
    }

    /// A text in the source language only.
    #[must_use]
    pub fn es(text: &str) -> Self {
        Self { es: text.to_owned(), en: None }
    }

    /// The text in `language`, else in Spanish.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Es => &self.es,
            Language::En => self.en.as_deref().unwrap_or(&self.es),
        }
    }

    /// The text with the name of a judicial district where it says [`DISTRICT`]: an issuer's, a signatory's office.
    #[must_use]
    pub fn in_district(&self, name: &str) -> Self {
        Self { es: self.es.replace(DISTRICT, name), en: self.en.as_ref().map(|text| text.replace(DISTRICT, name)) }
    }
}

/// Stands in a programme's issuer and offices for the judicial district of who is certified.
pub const DISTRICT: &str = "{district}";
