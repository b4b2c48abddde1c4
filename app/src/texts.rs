//! Every visible text, in every language; made from `locales/` at build time, so that a missing text does not compile.

use domain::curriculum::Language;

/// The texts in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts(pub Language);

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

impl Texts {
    /// The language of these texts.
    #[must_use]
    pub const fn language(self) -> Language {
        self.0
    }

    /// The value of `<html lang>`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self.0 {
            Language::Es => "es-PE",
            Language::En => "en",
        }
    }
}
