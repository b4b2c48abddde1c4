//! Identity documents of Peru (../domain/brief.md §8).

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A kind of identity document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// Documento nacional de identidad: eight digits.
    Dni,
    /// Carné de extranjería: nine to twelve letters and digits.
    Ce,
    /// Permiso temporal de permanencia: nine to twelve letters and digits.
    Ptp,
    /// Passport: six to twelve letters and digits.
    Passport,
}

impl DocumentKind {
    /// Every kind, the usual first.
    pub const ALL: [Self; 4] = [Self::Dni, Self::Ce, Self::Ptp, Self::Passport];

    /// The stored name (`dni`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dni => "dni",
            Self::Ce => "ce",
            Self::Ptp => "ptp",
            Self::Passport => "passport",
        }
    }

    /// The kind with this stored name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }
}

/// A document: kind and number as stored, capital letters, no spaces or hyphens, leading zeros kept, without the check
/// character of a DNI.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawDocument", into = "RawDocument")]
pub struct Document {
    kind: DocumentKind,
    number: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDocument {
    kind: DocumentKind,
    number: String,
}

/// Why a text is no document number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentError {
    /// Nothing given.
    #[error("empty")]
    Empty,
    /// A DNI has eight digits.
    #[error("{digits} digits instead of 8")]
    DniLength {
        /// How many were given.
        digits: u32,
    },
    /// A character that the kind of document does not have.
    #[error("character {found:?}")]
    Character {
        /// The first such character.
        found: char,
    },
    /// The check character of a DNI does not belong to its digits.
    #[error("check character {given:?}")]
    DniCheck {
        /// What was given.
        given: char,
    },
    /// Too short or too long.
    #[error("{found} characters instead of {least} to {most}")]
    Length {
        /// Fewest characters.
        least: u32,
        /// Most characters.
        most: u32,
        /// How many were given.
        found: u32,
    },
}

impl Document {
    /// Reads a number as people type it: any case, spaces, hyphens and full stops ignored, the check character of a DNI
    /// with or without.
    ///
    /// # Errors
    /// [`DocumentError`].
    pub fn parse(kind: DocumentKind, text: &str) -> Result<Self, DocumentError> {
        let is_filler = |c: &char| c.is_whitespace() || matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}');
        let typed: String = text.chars().filter(|c| !is_filler(c)).map(|c| c.to_ascii_uppercase()).collect();
        if typed.is_empty() {
            return Err(DocumentError::Empty);
        }
        let number = match kind {
            DocumentKind::Dni => dni(&typed)?,
            DocumentKind::Ce | DocumentKind::Ptp => alphanumeric(typed, 9, 12)?,
            DocumentKind::Passport => alphanumeric(typed, 6, 12)?,
        };
        Ok(Self { kind, number })
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// Its number as stored.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }
}

fn alphanumeric(typed: String, least: u32, most: u32) -> Result<String, DocumentError> {
    if let Some(found) = typed.chars().find(|c| !c.is_ascii_alphanumeric()) {
        return Err(DocumentError::Character { found });
    }
    let found = u32::try_from(typed.len()).unwrap_or(u32::MAX);
    if (least..=most).contains(&found) { Ok(typed) } else { Err(DocumentError::Length { least, most, found }) }
}

/// Eight digits, and perhaps the check digit or letter after them.
fn dni(typed: &str) -> Result<String, DocumentError> {
    let (number, check) = match typed.char_indices().nth(8) {
        Some((at, check)) if typed.chars().count() == 9 => (&typed[..at], Some(check)),
        Some(_) | None => (typed, None),
    };
    if let Some(found) = number.chars().find(|c| !c.is_ascii_digit()) {
        return Err(DocumentError::Character { found });
    }
    if number.len() != 8 {
        return Err(DocumentError::DniLength { digits: u32::try_from(number.len()).unwrap_or(u32::MAX) });
    }
    match check {
        Some(given) if !given.is_ascii_alphanumeric() => Err(DocumentError::Character { found: given }),
        Some(given) if !dni_check(number).is_some_and(|right| right.contains(&given)) => Err(DocumentError::DniCheck { given }),
        Some(_) | None => Ok(number.to_owned()),
    }
}

/// The check digit and the check letter of a DNI's eight digits; `None` for any other text.
#[must_use]
pub fn dni_check(number: &str) -> Option<[char; 2]> {
    const WEIGHTS: [u32; 8] = [3, 2, 7, 6, 5, 4, 3, 2];
    if number.chars().count() != WEIGHTS.len() {
        return None;
    }
    let digits = number.chars().map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>()?;
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let at = usize::try_from(sum % 11).ok()?;
    Some([char::from(*b"65432110987".get(at)?), char::from(*b"KJIHGFEDCBA".get(at)?)])
}

impl TryFrom<RawDocument> for Document {
    type Error = DocumentError;
    fn try_from(raw: RawDocument) -> Result<Self, DocumentError> {
        Self::parse(raw.kind, &raw.number)
    }
}

impl From<Document> for RawDocument {
    fn from(document: Document) -> Self {
        Self { kind: document.kind, number: document.number }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_characters_of_the_published_algorithm() {
        for (number, check) in [("10117410", ['2', 'G']), ("00000001", ['4', 'I']), ("70123456", ['7', 'A']), ("01234567", ['0', 'D'])] {
            assert_eq!(dni_check(number), Some(check));
        }
        assert_eq!(dni_check("1011741"), None);
        assert_eq!(dni_check("1011741ñ"), None);
    }

    #[test]
    fn a_dni_is_read_as_people_type_it() {
        for typed in ["10117410", " 10.117.410 ", "10117410-2", "10117410 g", "101174102", "10117410–G"] {
            assert_eq!(Document::parse(DocumentKind::Dni, typed).unwrap().number(), "10117410", "{typed}");
        }
        assert_eq!(Document::parse(DocumentKind::Dni, "00000001").unwrap().number(), "00000001");
        let table = [
            (" - ", DocumentError::Empty),
            ("1011741", DocumentError::DniLength { digits: 7 }),
            ("1011741022", DocumentError::DniLength { digits: 10 }),
            ("10117410-3", DocumentError::DniCheck { given: '3' }),
            ("10117410-H", DocumentError::DniCheck { given: 'H' }),
            ("1011741O", DocumentError::Character { found: 'O' }),
            ("1011741022A", DocumentError::Character { found: 'A' }),
            ("10117410ñ", DocumentError::Character { found: 'ñ' }),
            ("ñ01174102", DocumentError::Character { found: 'ñ' }),
            ("١٠١١٧٤١٠", DocumentError::Character { found: '١' }),
        ];
        for (typed, expected) in table {
            assert_eq!(Document::parse(DocumentKind::Dni, typed), Err(expected), "{typed}");
        }
    }

    #[test]
    fn other_documents_are_letters_and_digits() {
        let ce = Document::parse(DocumentKind::Ce, "001 234-567").unwrap();
        assert_eq!((ce.kind(), ce.number()), (DocumentKind::Ce, "001234567"));
        assert_eq!(Document::parse(DocumentKind::Passport, "ab123456").unwrap().number(), "AB123456");
        assert_eq!(Document::parse(DocumentKind::Ce, "12345678"), Err(DocumentError::Length { least: 9, most: 12, found: 8 }));
        assert!(Document::parse(DocumentKind::Ptp, "1234567890123").is_err());
        assert_eq!(Document::parse(DocumentKind::Passport, "AB/3456"), Err(DocumentError::Character { found: '/' }));
    }

    #[test]
    fn what_is_stored_is_checked_when_read() {
        let json = r#"{"kind":"dni","number":"10117410"}"#;
        let document: Document = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&document).unwrap(), json);
        assert!(serde_json::from_str::<Document>(r#"{"kind":"dni","number":"1"}"#).is_err());
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::from_name(kind.name()), Some(kind));
        }
    }
}
