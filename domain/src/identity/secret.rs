//! PINs and passwords. They are checked here and never kept: no type holds one.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

const PIN_DIGITS: usize = 6;
const PASSWORD_LEAST: usize = 8;
/// Bounds the work of hashing; far beyond what anyone types.
const PASSWORD_MOST: usize = 256;

/// Why a PIN is refused. Never says what the PIN was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PinError {
    /// Not six characters.
    #[error("{digits} digits instead of 6")]
    Length {
        /// How many there are.
        digits: u32,
    },
    /// Something that is no digit.
    #[error("not digits")]
    NotDigits,
    /// Digits that go up or down one by one (345678, 987654, 890123).
    #[error("run")]
    Run,
    /// One, two or three digits over and over (777777, 121212, 123123).
    #[error("repeat")]
    Repeat,
    /// Her birth date, however written.
    #[error("birth date")]
    BirthDate,
    /// Part of her document number.
    #[error("part of the document")]
    Document,
}

/// Whether a PIN may be used: six digits, no run, no repeat, not her birth date, not part of her document number.
///
/// # Errors
/// The first [`PinError`] that applies.
pub fn check_pin(pin: &str, birth: Option<NaiveDate>, document: Option<&str>) -> Result<(), PinError> {
    let length = pin.chars().count();
    if length != PIN_DIGITS {
        return Err(PinError::Length { digits: u32::try_from(length).unwrap_or(u32::MAX) });
    }
    if !pin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PinError::NotDigits);
    }
    if is_run(pin.as_bytes(), 1) || is_run(pin.as_bytes(), 9) {
        return Err(PinError::Run);
    }
    if [1, 2, 3].into_iter().any(|period| is_periodic(pin.as_bytes(), period)) {
        return Err(PinError::Repeat);
    }
    if birth.is_some_and(|date| ways_to_write(date).iter().any(|written| written.contains(pin))) {
        return Err(PinError::BirthDate);
    }
    let digits: String = document.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    if digits.contains(pin) { Err(PinError::Document) } else { Ok(()) }
}

/// Whether each digit is the one before plus `step`, from 9 on to 0.
fn is_run(digits: &[u8], step: u8) -> bool {
    digits.windows(2).all(|pair| (pair[0] - b'0' + step) % 10 == pair[1] - b'0')
}

fn is_periodic(digits: &[u8], period: usize) -> bool {
    digits.iter().zip(digits.iter().skip(period)).all(|(a, b)| a == b)
}

/// A date in digits: every order of day, month and year, with four or two digits of the year, with and without zeros.
fn ways_to_write(date: NaiveDate) -> Vec<String> {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let short = year.rem_euclid(100);
    let mut ways = Vec::new();
    for y in [format!("{year:04}"), format!("{short:02}")] {
        for (m, d) in [(format!("{month:02}"), format!("{day:02}")), (month.to_string(), day.to_string())] {
            ways.extend([format!("{d}{m}{y}"), format!("{m}{d}{y}"), format!("{y}{m}{d}"), format!("{y}{d}{m}")]);
        }
    }
    ways
}

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordError {
    /// Too short.
    #[error("{characters} characters, fewer than {least}")]
    TooShort {
        /// How many there are.
        characters: u32,
        /// How many there must be.
        least: u32,
    },
    /// Too long.
    #[error("{characters} characters, more than {most}")]
    TooLong {
        /// How many there are.
        characters: u32,
        /// How many there may be.
        most: u32,
    },
}

/// Whether a password may be used: 8 to 256 characters of any kind.
///
/// # Errors
/// [`PasswordError`].
pub fn check_password(password: &str) -> Result<(), PasswordError> {
    let wire = |n| u32::try_from(n).unwrap_or(u32::MAX);
    let length = password.chars().count();
    if length < PASSWORD_LEAST {
        return Err(PasswordError::TooShort { characters: wire(length), least: wire(PASSWORD_LEAST) });
    }
    if length > PASSWORD_MOST {
        return Err(PasswordError::TooLong { characters: wire(length), most: wire(PASSWORD_MOST) });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_would_guess_is_refused() {
        let birth = NaiveDate::from_ymd_opt(1990, 3, 5);
        let table = [
            ("482916", Ok(())),
            ("48291", Err(PinError::Length { digits: 5 })),
            ("4829161", Err(PinError::Length { digits: 7 })),
            ("48291a", Err(PinError::NotDigits)),
            ("48291٣", Err(PinError::NotDigits)),
            ("123456", Err(PinError::Run)),
            ("987654", Err(PinError::Run)),
            ("890123", Err(PinError::Run)),
            ("777777", Err(PinError::Repeat)),
            ("383838", Err(PinError::Repeat)),
            ("481481", Err(PinError::Repeat)),
            ("050390", Err(PinError::BirthDate)),
            ("900305", Err(PinError::BirthDate)),
            ("030590", Err(PinError::BirthDate)),
            ("531990", Err(PinError::BirthDate)),
            ("051990", Err(PinError::BirthDate)),
            ("031990", Err(PinError::BirthDate)),
            ("199003", Err(PinError::BirthDate)),
            ("101174", Err(PinError::Document)),
            ("117410", Err(PinError::Document)),
        ];
        for (pin, expected) in table {
            assert_eq!(check_pin(pin, birth, Some("10117410")), expected, "{pin}");
        }
        assert_eq!(check_pin("050390", None, None), Ok(()));
        assert_eq!(check_pin("101174", birth, Some("AB-9 01174")), Ok(()));
    }

    #[test]
    fn a_password_has_eight_characters_of_any_kind() {
        assert_eq!(check_password("ñandú ñ."), Ok(()));
        assert_eq!(check_password("ñandúñ."), Err(PasswordError::TooShort { characters: 7, least: 8 }));
        assert_eq!(check_password(&"a".repeat(256)), Ok(()));
        assert_eq!(check_password(&"a".repeat(257)), Err(PasswordError::TooLong { characters: 257, most: 256 }));
    }
}
