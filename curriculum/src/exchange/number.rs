//! Exact numbers: weights in hundred-thousandths of a percent, and decimals as they were written. No floats.

mod decimal;

pub use decimal::Decimal;

use serde::{Serialize, Serializer, ser::Error};
use serde_json::value::RawValue;
use std::fmt;

/// Digits after the point of a weight in percent, as Moodle keeps them (`33.33333`).
const PLACES: usize = 5;

/// A weight between -100 % and 100 %, in hundred-thousandths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Weight(i64);

/// A weight as read, and whether it was rounded to hundred-thousandths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadWeight {
    /// The weight.
    pub weight: Weight,
    /// Whether digits were lost.
    pub rounded: bool,
}

impl Weight {
    /// 100 %.
    pub const FULL: Self = Self(10_000_000);
    /// 0 %.
    pub const ZERO: Self = Self(0);

    /// A weight of `units` hundred-thousandths of a percent; `None` beyond 100 % either way.
    #[must_use]
    pub const fn new(units: i64) -> Option<Self> {
        if units.unsigned_abs() <= Self::FULL.0.unsigned_abs() { Some(Self(units)) } else { None }
    }

    /// Hundred-thousandths of a percent.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.0
    }

    /// An equal share of 100 % for each of `parts`, rounded half away from zero; 0 % where there are none.
    #[must_use]
    pub fn share(parts: usize) -> Self {
        match i64::try_from(parts) {
            Ok(parts) if parts > 0 => Self((Self::FULL.0 + parts / 2) / parts),
            _ => Self::ZERO,
        }
    }

    /// The same with the other sign.
    #[must_use]
    pub const fn opposite(self) -> Self {
        Self(-self.0)
    }

    /// Reads percent (`50`, `-33.33333`), rounding half away from zero; `None` when it is no number or beyond 100 %.
    #[must_use]
    pub fn from_percent(text: &str) -> Option<ReadWeight> {
        Self::scaled(text, PLACES)
    }

    /// Reads a part of one (`0.5`, `-1`), as QTI writes weights.
    #[must_use]
    pub fn from_part(text: &str) -> Option<ReadWeight> {
        Self::scaled(text, PLACES + 2)
    }

    /// `value` as a part of `whole`, kept within 100 % either way; 0 % of nothing. `None` where the digits do not fit.
    #[must_use]
    pub fn ratio(value: &Decimal, whole: &Decimal) -> Option<ReadWeight> {
        let (value, value_places) = value.fixed_point()?;
        let (whole, whole_places) = whole.fixed_point()?;
        if whole <= 0 {
            return Some(ReadWeight { weight: Self::ZERO, rounded: value != 0 });
        }
        let top = value.checked_mul(i128::from(Self::FULL.0))?.checked_mul(10_i128.checked_pow(whole_places)?)?;
        let bottom = whole.checked_mul(10_i128.checked_pow(value_places)?)?;
        let half = if top < 0 { -(bottom / 2) } else { bottom / 2 };
        let exact = i128::from(Self::FULL.0);
        let units = (top.checked_add(half)? / bottom).clamp(-exact, exact);
        Some(ReadWeight { weight: Self::new(i64::try_from(units).ok()?)?, rounded: units.checked_mul(bottom)? != top })
    }

    fn scaled(text: &str, places: usize) -> Option<ReadWeight> {
        let number = Decimal::parse(text)?;
        let (negative, digits) = number.as_str().strip_prefix('-').map_or((false, number.as_str()), |d| (true, d));
        if digits.contains(['e', 'E']) {
            return None;
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut units: i64 = 0;
        for digit in whole.chars().chain(fraction.chars().chain(std::iter::repeat('0')).take(places)) {
            units = units.checked_mul(10)?.checked_add(i64::from(digit.to_digit(10)?))?;
        }
        let rest = fraction.get(places..).unwrap_or_default();
        if rest.starts_with(['5', '6', '7', '8', '9']) {
            units = units.checked_add(1)?;
        }
        let weight = Self::new(if negative { -units } else { units })?;
        Some(ReadWeight { weight, rounded: rest.contains(|c| c != '0') })
    }

    /// As a part of one (`0.3333333`).
    #[must_use]
    pub fn part(self) -> String {
        fixed(self.0, PLACES + 2)
    }
}

/// Percent, without needless zeros (`-33.33333`, `50`).
impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fixed(self.0, PLACES))
    }
}

/// `units` with the point `places` digits from the right, without needless zeros.
fn fixed(units: i64, places: usize) -> String {
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len().saturating_sub(places)).unwrap_or((&digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let sign = if units < 0 { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

impl Serialize for Weight {
    /// A JSON number in percent with exactly the digits of the weight.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        literal(self.to_string(), serializer)
    }
}

fn literal<S: Serializer>(number: String, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(number).map_err(S::Error::custom)?.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn weights_keep_five_digits() {
        let read = |text| Weight::from_percent(text).map(|r| (r.weight.units(), r.rounded));
        assert_eq!(read("50"), Some((5_000_000, false)));
        assert_eq!(read("-33.33333"), Some((-3_333_333, false)));
        assert_eq!(read("33.333335"), Some((3_333_334, true)));
        assert_eq!(read("16.6666600"), Some((1_666_666, false)));
        assert_eq!(read(".5"), Some((50_000, false)));
        for bad in ["", "abc", "101", "-100.00001", "1e1", "5 0", "--5", "99999999999999999999999"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn shares_are_those_of_moodle() {
        let shares: Vec<String> = (0..=7).map(|n| Weight::share(n).to_string()).collect();
        assert_eq!(shares, ["0", "100", "50", "33.33333", "25", "20", "16.66667", "14.28571"]);
    }

    #[test]
    fn ratios_are_rounded_and_kept_within_bounds() {
        let ratio = |value: &str, whole: &str| {
            let read = Weight::ratio(&Decimal::parse(value).unwrap(), &Decimal::parse(whole).unwrap())?;
            Some((read.weight.to_string(), read.rounded))
        };
        let told = |weight: &str, rounded| Some((weight.to_owned(), rounded));
        assert_eq!(ratio("1", "2"), told("50", false));
        assert_eq!(ratio("0.3333333", "1.0"), told("33.33333", false));
        assert_eq!(ratio("-1", "3"), told("-33.33333", true));
        assert_eq!(ratio("2", "1"), told("100", true));
        assert_eq!(ratio("1", "0"), told("0", true));
        assert_eq!(ratio(&"9".repeat(38), "1"), None);
    }

    proptest! {
        #[test]
        fn a_weight_is_read_as_written(units in -10_000_000_i64..=10_000_000) {
            let weight = Weight::new(units).unwrap();
            let exact = Some(ReadWeight { weight, rounded: false });
            prop_assert_eq!(Weight::from_percent(&weight.to_string()), exact);
            prop_assert_eq!(Weight::from_part(&weight.part()), exact);
            let json: f64 = serde_json::from_str(&serde_json::to_string(&weight).unwrap()).unwrap();
            prop_assert_eq!((json * 100_000.0).round() as i64, units);
        }
    }
}
