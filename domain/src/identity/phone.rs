//! Peruvian mobile phones: nine digits that begin with 9, +51.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// A mobile phone of Peru: nine digits, without the country's code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MobilePhone(String);

/// Why a text is no mobile phone of Peru.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhoneError {
    /// Not nine digits after the country's code.
    #[error("{digits} digits instead of 9")]
    Length {
        /// How many there are.
        digits: u32,
    },
    /// Nine digits that do not begin with 9.
    #[error("first digit {first:?} instead of 9")]
    NotMobile {
        /// What they begin with.
        first: char,
    },
    /// A character that no phone number has.
    #[error("character {found:?}")]
    Character {
        /// The first such character.
        found: char,
    },
}

impl MobilePhone {
    /// Reads a number as people type it: with or without +51 or 0051; spaces, hyphens, full stops and brackets ignored.
    ///
    /// # Errors
    /// [`PhoneError`].
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let is_filler = |c: &char| c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '\u{2010}'..='\u{2015}');
        let typed: String = text.chars().filter(|c| !is_filler(c)).collect();
        let digits = typed.strip_prefix('+').unwrap_or(&typed);
        if let Some(found) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(PhoneError::Character { found });
        }
        let national = match digits.len() {
            11 => digits.strip_prefix("51").unwrap_or(digits),
            13 => digits.strip_prefix("0051").unwrap_or(digits),
            _ => digits,
        };
        if national.len() != 9 {
            return Err(PhoneError::Length { digits: u32::try_from(national.len()).unwrap_or(u32::MAX) });
        }
        match national.chars().next() {
            Some('9') => Ok(Self(national.to_owned())),
            first => Err(PhoneError::NotMobile { first: first.unwrap_or_default() }),
        }
    }

    /// The nine digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MobilePhone {
    /// `+51 987 654 321`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+51 {} {} {}", &self.0[..3], &self.0[3..6], &self.0[6..])
    }
}

impl TryFrom<String> for MobilePhone {
    type Error = PhoneError;
    fn try_from(text: String) -> Result<Self, PhoneError> {
        Self::parse(&text)
    }
}

impl From<MobilePhone> for String {
    fn from(phone: MobilePhone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_digits_that_begin_with_nine() {
        for typed in ["987654321", "+51 987 654 321", "0051-987-654-321", "51987654321", "(987) 654.321"] {
            let phone = MobilePhone::parse(typed).unwrap();
            assert_eq!((phone.digits(), phone.to_string().as_str()), ("987654321", "+51 987 654 321"), "{typed}");
        }
        let table = [
            ("", PhoneError::Length { digits: 0 }),
            ("98765432", PhoneError::Length { digits: 8 }),
            ("+1 987 654 321 0", PhoneError::Length { digits: 11 }),
            ("042 123 456", PhoneError::NotMobile { first: '0' }),
            ("98765432x", PhoneError::Character { found: 'x' }),
            ("98765432٣", PhoneError::Character { found: '٣' }),
        ];
        for (typed, expected) in table {
            assert_eq!(MobilePhone::parse(typed), Err(expected), "{typed}");
        }
    }
}
