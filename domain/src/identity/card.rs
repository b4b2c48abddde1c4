//! Codes that staff hand over: the short code of a sign-in card and the one-time code.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Crockford's base32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CARD_CHARACTERS: usize = 10;
const ONE_TIME_DIGITS: usize = 8;
/// One-time codes are below this.
const ONE_TIME_BOUND: u64 = 100_000_000;

/// Why a text is no such code. Never says what the code was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeError {
    /// Too short or too long.
    #[error("{found} characters instead of {expected}")]
    Length {
        /// How many there are.
        found: u32,
        /// How many there must be.
        expected: u32,
    },
    /// A character that no such code has.
    #[error("character {found:?}")]
    Character {
        /// The first such character.
        found: char,
    },
}

/// The short code of a sign-in card: 10 characters of Crockford's base32, 50 bits. A secret: only its hash is stored,
/// and `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct CardCode(String);

impl CardCode {
    /// The code of the low 50 bits of a random number.
    #[must_use]
    pub fn from_random(random: u64) -> Self {
        let symbol = |at: usize| {
            let value = usize::try_from(random >> (5 * at) & 31).unwrap_or(0);
            char::from(ALPHABET[value])
        };
        Self((0..CARD_CHARACTERS).rev().map(symbol).collect())
    }

    /// Reads a code as people type it: any case, O for 0, I or L for 1, hyphens and spaces ignored.
    ///
    /// # Errors
    /// [`CodeError`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let normal = |c: char| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let is_symbol = |c: char| u8::try_from(c).is_ok_and(|byte| ALPHABET.contains(&byte));
        code(text.chars().map(normal), is_symbol, CARD_CHARACTERS).map(Self)
    }

    /// The ten characters: what is hashed.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// `ABCDE-FGHJK`: as printed.
    #[must_use]
    pub fn printed(&self) -> String {
        let (left, right) = self.0.split_at(CARD_CHARACTERS / 2);
        format!("{left}-{right}")
    }
}

impl fmt::Debug for CardCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardCode(…)")
    }
}

/// A one-time code: 8 digits. A secret: only its hash is stored, and `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeCode(String);

impl OneTimeCode {
    /// How many codes there are: the bound for a uniform random number.
    pub const BOUND: u64 = ONE_TIME_BOUND;

    /// The code of a random number below [`Self::BOUND`].
    #[must_use]
    pub fn from_random(random: u64) -> Self {
        Self(format!("{:08}", random % ONE_TIME_BOUND))
    }

    /// Reads a code as people type it: hyphens and spaces ignored.
    ///
    /// # Errors
    /// [`CodeError`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        code(text.chars(), |c| c.is_ascii_digit(), ONE_TIME_DIGITS).map(Self)
    }

    /// The eight digits: what is hashed.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// `1234 5678`: as shown.
    #[must_use]
    pub fn printed(&self) -> String {
        let (left, right) = self.0.split_at(ONE_TIME_DIGITS / 2);
        format!("{left} {right}")
    }
}

impl fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeCode(…)")
    }
}

fn code(characters: impl Iterator<Item = char>, is_symbol: impl Fn(char) -> bool, expected: usize) -> Result<String, CodeError> {
    let is_filler = |c: &char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}');
    let typed: String = characters.filter(|c| !is_filler(c)).collect();
    if let Some(found) = typed.chars().find(|&c| !is_symbol(c)) {
        return Err(CodeError::Character { found });
    }
    let wire = |n| u32::try_from(n).unwrap_or(u32::MAX);
    if typed.len() == expected { Ok(typed) } else { Err(CodeError::Length { found: wire(typed.len()), expected: wire(expected) }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_code_is_read_as_people_type_it() {
        for typed in ["0123401XYZ", "ol234-oixyz", " 0l23 40I–xyz "] {
            assert_eq!(CardCode::parse(typed).unwrap().expose(), "0123401XYZ", "{typed}");
        }
        let table = [
            ("0123401XY", CodeError::Length { found: 9, expected: 10 }),
            ("0123401XYZ0", CodeError::Length { found: 11, expected: 10 }),
            ("0123401XYU", CodeError::Character { found: 'U' }),
            ("0123401XYÑ", CodeError::Character { found: 'Ñ' }),
        ];
        for (typed, expected) in table {
            assert_eq!(CardCode::parse(typed), Err(expected), "{typed}");
        }
        assert_eq!(CardCode::from_random(0).expose(), "0000000000");
        assert_eq!(CardCode::from_random(u64::MAX).printed(), "ZZZZZ-ZZZZZ");
        assert_eq!(CardCode::from_random(32 + 10).expose(), "000000001A");
        assert_eq!(format!("{:?}", CardCode::from_random(1)), "CardCode(…)");
    }

    #[test]
    fn a_one_time_code_has_eight_digits() {
        assert_eq!(OneTimeCode::parse("0123 4567").unwrap().expose(), "01234567");
        assert_eq!(OneTimeCode::from_random(7).printed(), "0000 0007");
        assert_eq!(OneTimeCode::parse("1234567"), Err(CodeError::Length { found: 7, expected: 8 }));
        assert_eq!(OneTimeCode::parse("1234567O"), Err(CodeError::Character { found: 'O' }));
        assert_eq!(format!("{:?}", OneTimeCode::from_random(1)), "OneTimeCode(…)");
    }
}
