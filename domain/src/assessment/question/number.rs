//! Exact numbers, as people write them: whole, with a decimal comma or point, or a fraction. No floats.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The most digits of a number that is read, and of those after its decimal mark; zeros before the first other digit do not
/// count. With them no comparison of decimals leaves an `i128`.
const DIGITS: usize = 18;
/// The most digits above and below the line of a fraction.
const FRACTION_DIGITS: usize = 9;

/// An exact rational number in lowest terms with a positive denominator, so that equal numbers are equal values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Number {
    numerator: i128,
    denominator: i128,
}

impl Number {
    /// Reads `15`, `-12,5`, `12.5`, `1 234,50`, `1,234.50`, `1.234.567` and `3/4`. One comma or one point alone is the
    /// decimal mark; groups of thousands have three digits. `None` for anything else, or beyond 18 digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        match digits.split_once('/') {
            Some((above, below)) => Self::reduced(sign * whole(above.trim(), FRACTION_DIGITS)?, whole(below.trim(), FRACTION_DIGITS)?),
            None => decimal(digits).and_then(|(units, scale)| Self::reduced(sign * units, scale)),
        }
    }

    /// The other reading of a lone comma or point before three digits: `1,234` as one thousand and more. `None` where
    /// there is no other.
    #[must_use]
    pub fn parse_thousands(text: &str) -> Option<Self> {
        let text = text.trim();
        let (before, after) = text.split_once([',', '.'])?;
        let leading = before.trim_start_matches(['+', '-', '\u{2212}']);
        let is_group = (1..=3).contains(&leading.len()) && !leading.starts_with('0') && whole(after, 3).is_some() && after.len() == 3;
        if is_group { Self::parse(&format!("{before}{after}")) } else { None }
    }

    fn reduced(numerator: i128, denominator: i128) -> Option<Self> {
        let divisor = greatest_common_divisor(numerator, denominator);
        if denominator <= 0 {
            return None;
        }
        Some(Self { numerator: numerator.checked_div(divisor)?, denominator: denominator.checked_div(divisor)? })
    }

    /// `self × factor` where that is a whole number.
    #[must_use]
    pub fn times_exactly(self, factor: i128) -> Option<i128> {
        let product = self.numerator.checked_mul(factor)?;
        (product % self.denominator == 0).then(|| product / self.denominator)
    }

    const fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// The distance of two numbers; `None` where the digits do not fit.
    fn distance(self, other: Self) -> Option<Self> {
        let common = greatest_common_divisor(self.denominator, other.denominator);
        let (here, there) = (other.denominator / common, self.denominator / common);
        let numerator = self.numerator.checked_mul(here)?.checked_sub(other.numerator.checked_mul(there)?)?;
        Self::reduced(numerator.checked_abs()?, self.denominator.checked_mul(here)?)
    }

    /// Whether it is at most `other`; `None` where the digits do not fit.
    fn is_at_most(self, other: Self) -> Option<bool> {
        let common = greatest_common_divisor(self.denominator, other.denominator);
        let left = self.numerator.checked_mul(other.denominator / common)?;
        Some(left <= other.numerator.checked_mul(self.denominator / common)?)
    }

    /// Whether it lies within `tolerance` of `value`, ends included; `None` where the digits do not fit.
    #[must_use]
    pub fn is_within(self, value: Self, tolerance: Tolerance) -> Option<bool> {
        self.distance(value)?.is_at_most(tolerance.around(value)?)
    }
}

/// `digits` and nothing else, at most `most` of them.
fn whole(digits: &str, most: usize) -> Option<i128> {
    if digits.is_empty() || digits.len() > most || !digits.bytes().all(|b| b.is_ascii_digit()) { None } else { digits.parse().ok() }
}

/// A decimal without sign as a whole number and the power of ten that divides it.
fn decimal(text: &str) -> Option<(i128, i128)> {
    let count = |mark: char| text.matches(mark).count();
    let mark = match (count('.'), count(',')) {
        (0, 1) => Some(','),
        (1, 0) => Some('.'),
        (0, _) | (_, 0) => None,
        _ => text.chars().rev().find(|c| ['.', ','].contains(c)).filter(|last| count(*last) == 1),
    };
    let (before, after) = mark.and_then(|mark| text.split_once(mark)).unwrap_or((text, ""));
    let units = ungrouped(before, mark)?;
    if (units.is_empty() && after.is_empty()) || !after.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = format!("{units}{after}");
    let counted = Some(digits.trim_start_matches('0')).filter(|counted| !counted.is_empty()).unwrap_or("0");
    let scale = 10_i128.checked_pow(u32::try_from(after.len()).ok().filter(|_| after.len() <= DIGITS)?)?;
    Some((whole(counted, DIGITS)?, scale))
}

/// The digits of a whole part without the marks between its thousands.
fn ungrouped(text: &str, mark: Option<char>) -> Option<String> {
    let is_mark = |c: char| c.is_whitespace() || (['.', ','].contains(&c) && Some(c) != mark);
    let groups: Vec<&str> = text.split(is_mark).collect();
    let is_right = |(place, group): (usize, &&str)| {
        let length = if place == 0 { groups.len() == 1 || (1..=3).contains(&group.len()) } else { group.len() == 3 };
        length && group.bytes().all(|b| b.is_ascii_digit())
    };
    groups.iter().enumerate().all(is_right).then(|| groups.concat())
}

/// At least 1 when `b` is not zero.
fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1)
}

/// A decimal where it is one that can be read (`12.5`), else a fraction (`1/3`).
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let powers = (0..=DIGITS).zip(std::iter::successors(Some(1_i128), |p| p.checked_mul(10)));
        let scaled = powers.into_iter().find_map(|(places, power)| Some((places, self.times_exactly(power)?)));
        let is_read = |(_, units): &(usize, i128)| units.unsigned_abs().to_string().len() <= DIGITS;
        let Some((places, units)) = scaled.filter(is_read) else { return write!(f, "{}/{}", self.numerator, self.denominator) };
        let digits = format!("{:0>width$}", units.unsigned_abs(), width = places + 1);
        let (before, after) = digits.split_at_checked(digits.len().saturating_sub(places)).unwrap_or((&digits, ""));
        let (sign, point) = (if self.is_negative() { "-" } else { "" }, if after.is_empty() { "" } else { "." });
        write!(f, "{sign}{before}{point}{after}")
    }
}

impl TryFrom<String> for Number {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
            .ok_or_else(|| format!("`{text}` is no number of at most 18 digits; write one such as 15, \"12,5\", \"12.5\" or \"3/4\""))
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

/// How far from a number is still right. Written `0.5`, or `5%` of the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Tolerance {
    /// So much.
    Absolute(Number),
    /// So many percent of the number.
    Percent(Number),
}

impl Tolerance {
    /// No distance at all.
    pub const NONE: Self = Self::Absolute(Number { numerator: 0, denominator: 1 });

    /// The distance that it allows from `value`; `None` where the digits do not fit.
    #[must_use]
    pub fn around(self, value: Number) -> Option<Number> {
        match self {
            Self::Absolute(distance) => Some(distance),
            Self::Percent(percent) => Number::reduced(
                value.numerator.checked_abs()?.checked_mul(percent.numerator)?,
                value.denominator.checked_mul(percent.denominator)?.checked_mul(100)?,
            ),
        }
    }
}

impl fmt::Display for Tolerance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absolute(number) => write!(f, "{number}"),
            Self::Percent(number) => write!(f, "{number}%"),
        }
    }
}

impl TryFrom<String> for Tolerance {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let read = match text.trim().strip_suffix('%') {
            Some(percent) => Number::parse(percent).map(Self::Percent),
            None => Number::parse(&text).map(Self::Absolute),
        };
        let is_possible = |tolerance: &Self| match tolerance {
            Self::Absolute(number) | Self::Percent(number) => !number.is_negative(),
        };
        let told = || format!("`{text}` is no tolerance; write a number not below zero such as \"0.5\", or percent such as \"5%\"");
        read.filter(is_possible).ok_or_else(told)
    }
}

impl From<Tolerance> for String {
    fn from(tolerance: Tolerance) -> Self {
        tolerance.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let table = [
            ("15", "15"),
            (" -12,5 ", "-12.5"),
            ("12.50", "12.5"),
            ("\u{2212}3", "-3"),
            ("+.5", "0.5"),
            ("5,", "5"),
            ("1 234,5", "1234.5"),
            ("1\u{a0}234", "1234"),
            ("1.234,56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1.234.567", "1234567"),
            ("1,234", "1.234"),
            ("6/8", "0.75"),
            ("-1/3", "-1/3"),
            ("007", "7"),
            ("-0", "0"),
            ("1/262144", "0.000003814697265625"),
            (".123456789012345678", "0.123456789012345678"),
            ("999999999/262144", "999999999/262144"),
        ];
        for (text, shown) in table {
            assert_eq!(Number::parse(text).map(|n| n.to_string()).as_deref(), Some(shown), "{text}");
            assert_eq!(Number::parse(shown), Number::parse(text), "{text}");
        }
        for bad in [
            "",
            "-",
            ".",
            ",",
            "1 2",
            "12 34",
            "1.23.4",
            "1,2,3",
            "1.234,5,6",
            "1e3",
            "1/0",
            "1/2/3",
            "5²",
            "٣",
            "--1",
            "1234567890123456789",
            "0.0000000000000000001",
        ] {
            assert_eq!(Number::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_lone_mark_may_stand_between_thousands() {
        let read = |text: &str| Number::parse_thousands(text).map(|n| n.to_string());
        assert_eq!(read("1,234").as_deref(), Some("1234"));
        assert_eq!(read("-12.000").as_deref(), Some("-12000"));
        for only in ["0,500", "1234,567", "1,23", "1,2345", "1234", "1,234.5", ",500", "1.234.567"] {
            assert_eq!(read(only), None, "{only}");
        }
    }

    #[test]
    fn tolerances_are_absolute_or_relative_and_include_their_ends() {
        let within = |x: &str, value: &str, tolerance: &str| {
            let tolerance = Tolerance::try_from(tolerance.to_owned()).unwrap();
            Number::parse(x).unwrap().is_within(Number::parse(value).unwrap(), tolerance).unwrap()
        };
        assert!(within("12,5", "12", "0.5") && !within("12.500001", "12", "0.5"));
        assert!(within("95", "100", "5%") && !within("94.99", "100", "5%"));
        assert!(within("-105", "-100", "5%") && !within("105", "-100", "5%"));
        assert!(within("1/3", "1/3", "0") && !within("0.333333333", "1/3", "0"));
        assert!(within("999999999999999999", "999999999999999999", "0"));
        assert!(!within("999999999999999999", "0.00000000000000001", "1%"));
        assert!(Tolerance::try_from("-1".to_owned()).is_err());
    }
}
