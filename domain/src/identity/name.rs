//! Names as printed on certificates.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Most characters of one part of a name.
const MOST: usize = 80;

/// One part of a name: 1 to 80 characters, at least one letter, single spaces inside, as written with any diacritics.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NamePart(String);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameError {
    /// Nothing given.
    #[error("empty")]
    Empty,
    /// More than 80 characters.
    #[error("{characters} characters, more than {most}")]
    TooLong {
        /// How many there are.
        characters: u32,
        /// How many there may be.
        most: u32,
    },
    /// A character that no name has: a digit, a sign, something invisible.
    #[error("character {found:?}")]
    Character {
        /// The first such character.
        found: char,
    },
    /// No letter at all.
    #[error("no letter")]
    NoLetter,
    /// Neither surname.
    #[error("no surname")]
    NoSurname,
}

impl NamePart {
    /// Reads a part of a name: trimmed, inner spaces made single. Case and diacritics stay as typed.
    ///
    /// # Errors
    /// [`NameError`].
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let characters = name.chars().count();
        if characters == 0 {
            return Err(NameError::Empty);
        }
        if characters > MOST {
            let wire = |n| u32::try_from(n).unwrap_or(u32::MAX);
            return Err(NameError::TooLong { characters: wire(characters), most: wire(MOST) });
        }
        if let Some(found) = name.chars().find(|&c| !is_name_character(c)) {
            return Err(NameError::Character { found });
        }
        if name.chars().any(char::is_alphabetic) { Ok(Self(name)) } else { Err(NameError::NoLetter) }
    }

    /// The part as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters of any script, combining marks (some native languages write letters that have no precomposed form), and the
/// signs that names are written with.
fn is_name_character(c: char) -> bool {
    let is_mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}');
    c.is_alphabetic() || is_mark || matches!(c, ' ' | '-' | '\'' | '.' | '\u{2019}' | '\u{2bc}' | '·' | '\u{2010}')
}

impl fmt::Display for NamePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for NamePart {
    type Error = NameError;
    fn try_from(text: String) -> Result<Self, NameError> {
        Self::parse(&text)
    }
}

impl From<NamePart> for String {
    fn from(part: NamePart) -> Self {
        part.0
    }
}

/// A person's name: `prenombres` and one or two surnames.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawName", into = "RawName")]
pub struct PersonName {
    given: NamePart,
    paternal: Option<NamePart>,
    maternal: Option<NamePart>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawName {
    given: NamePart,
    paternal: Option<NamePart>,
    maternal: Option<NamePart>,
}

impl PersonName {
    /// A name; one surname may be missing.
    ///
    /// # Errors
    /// [`NameError::NoSurname`] when both are.
    pub fn new(given: NamePart, paternal: Option<NamePart>, maternal: Option<NamePart>) -> Result<Self, NameError> {
        if paternal.is_none() && maternal.is_none() {
            return Err(NameError::NoSurname);
        }
        Ok(Self { given, paternal, maternal })
    }

    /// `prenombres`.
    #[must_use]
    pub const fn given(&self) -> &NamePart {
        &self.given
    }

    /// `apellido_paterno`.
    #[must_use]
    pub const fn paternal(&self) -> Option<&NamePart> {
        self.paternal.as_ref()
    }

    /// `apellido_materno`.
    #[must_use]
    pub const fn maternal(&self) -> Option<&NamePart> {
        self.maternal.as_ref()
    }

    /// The first surname there is: what verification by number asks for.
    #[must_use]
    pub fn first_surname(&self) -> Option<&NamePart> {
        self.paternal.as_ref().or(self.maternal.as_ref())
    }

    /// `Rosa Elena Quispe Mamani`: as printed.
    #[must_use]
    pub fn full(&self) -> String {
        format!("{} {}", self.given, self.surnames())
    }

    /// `Quispe Mamani, Rosa Elena`: as listed and sorted.
    #[must_use]
    pub fn listed(&self) -> String {
        format!("{}, {}", self.surnames(), self.given)
    }

    fn surnames(&self) -> String {
        let both = self.paternal.iter().chain(&self.maternal);
        both.map(NamePart::as_str).collect::<Vec<_>>().join(" ")
    }
}

impl TryFrom<RawName> for PersonName {
    type Error = NameError;
    fn try_from(raw: RawName) -> Result<Self, NameError> {
        Self::new(raw.given, raw.paternal, raw.maternal)
    }
}

impl From<PersonName> for RawName {
    fn from(name: PersonName) -> Self {
        Self { given: name.given, paternal: name.paternal, maternal: name.maternal }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_as_written_but_for_spaces() {
        let table = [
            ("  Rosa \t Elena ", "Rosa Elena"),
            ("Ñaupari", "Ñaupari"),
            ("D'Ángelo", "D'Ángelo"),
            ("de la Cruz-Soto", "de la Cruz-Soto"),
            ("Ma. Luz", "Ma. Luz"),
            ("Sha\u{308}o\u{303}", "Sha\u{308}o\u{303}"),
            ("O", "O"),
        ];
        for (typed, name) in table {
            assert_eq!(NamePart::parse(typed).unwrap().as_str(), name);
        }
        assert_eq!(NamePart::parse(&"ñ".repeat(80)).unwrap().as_str().chars().count(), 80);
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let table = [
            (" \u{a0} ".to_owned(), NameError::Empty),
            ("a".repeat(81), NameError::TooLong { characters: 81, most: 80 }),
            ("R0sa".to_owned(), NameError::Character { found: '0' }),
            ("Rosa٣".to_owned(), NameError::Character { found: '٣' }),
            ("Ro\u{202e}sa".to_owned(), NameError::Character { found: '\u{202e}' }),
            ("=1+1".to_owned(), NameError::Character { found: '=' }),
            ("- '".to_owned(), NameError::NoLetter),
        ];
        for (typed, expected) in table {
            assert_eq!(NamePart::parse(&typed), Err(expected), "{typed}");
        }
    }

    #[test]
    fn one_surname_may_be_missing() {
        let part = |text| NamePart::parse(text).unwrap();
        let name = PersonName::new(part("Rosa Elena"), Some(part("Quispe")), Some(part("Mamani"))).unwrap();
        assert_eq!(name.full(), "Rosa Elena Quispe Mamani");
        assert_eq!(name.listed(), "Quispe Mamani, Rosa Elena");
        let name = PersonName::new(part("Rosa"), None, Some(part("Mamani"))).unwrap();
        assert_eq!((name.full().as_str(), name.listed().as_str()), ("Rosa Mamani", "Mamani, Rosa"));
        assert_eq!(name.first_surname().map(NamePart::as_str), Some("Mamani"));
        assert_eq!(PersonName::new(part("Rosa"), None, None), Err(NameError::NoSurname));
        assert!(serde_json::from_str::<PersonName>(r#"{"given":"R","paternal":null,"maternal":null}"#).is_err());
    }
}
