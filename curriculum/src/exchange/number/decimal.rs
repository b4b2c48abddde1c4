//! Decimals with the digits they were written with.

use super::literal;
use serde::{Serialize, Serializer};
use std::fmt;

/// A decimal number with the digits it was written with, so that nothing is rounded on the way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// Reads `3`, `-0.5`, `+.5`, `5.`, `1e3`; `None` where it is anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = crate::exchange::text::trim(text);
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, exponent) = match rest.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, Some(exponent)),
            None => (rest, None),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let point = if fraction.is_empty() { "" } else { "." };
        let exponent = match exponent {
            Some(exponent) => {
                let (minus, digits) = match exponent.strip_prefix('-') {
                    Some(digits) => ("-", digits),
                    None => ("", exponent.strip_prefix('+').unwrap_or(exponent)),
                };
                if digits.is_empty() || !is_digits(digits) {
                    return None;
                }
                format!("e{minus}{digits}")
            }
            None => String::new(),
        };
        Some(Self(format!("{sign}{whole}{point}{fraction}{exponent}")))
    }

    /// The number, as JSON writes numbers.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is zero, however written.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        let digits = self.0.split('e').next().unwrap_or_default();
        digits.bytes().all(|b| matches!(b, b'0' | b'.' | b'-'))
    }

    /// The number as an integer and the digits after its point, where that fits.
    pub(super) fn fixed_point(&self) -> Option<(i128, u32)> {
        let (whole, fraction) = self.0.split_once('.').unwrap_or((&self.0, ""));
        let units = format!("{whole}{fraction}").parse().ok()?;
        Some((units, u32::try_from(fraction.len()).ok()?))
    }

    fn from_fixed_point(units: i128, places: u32) -> Option<Self> {
        let places = usize::try_from(places).ok()?;
        let digits = format!("{:0>width$}", units.unsigned_abs(), width = places.checked_add(1)?);
        let (whole, fraction) = digits.split_at_checked(digits.len().checked_sub(places)?)?;
        let sign = if units < 0 { "-" } else { "" };
        Self::parse(format!("{sign}{whole}.{fraction}").trim_end_matches('0'))
    }

    /// The larger of two; the first where the digits do not fit.
    #[must_use]
    pub fn larger<'a>(&'a self, other: &'a Self) -> &'a Self {
        let Some(((a, a_places), (b, b_places))) = self.fixed_point().zip(other.fixed_point()) else { return self };
        let scale = |units: i128, places: u32| 10_i128.checked_pow(places).and_then(|s| units.checked_mul(s));
        match scale(a, b_places).zip(scale(b, a_places)) {
            Some((a, b)) if b > a => other,
            _ => self,
        }
    }

    /// The sum of two, exactly; `None` where the digits do not fit.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        let ((a, a_places), (b, b_places)) = (self.fixed_point()?, other.fixed_point()?);
        let places = a_places.max(b_places);
        let scale = |units: i128, has: u32| units.checked_mul(10_i128.checked_pow(places.checked_sub(has)?)?);
        Self::from_fixed_point(scale(a, a_places)?.checked_add(scale(b, b_places)?)?, places)
    }

    /// Whether it is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.0.starts_with('-')
    }

    /// The middle of two numbers and its distance to either, exactly; `None` where the digits do not fit.
    #[must_use]
    pub fn middle(low: &Self, high: &Self) -> Option<(Self, Self)> {
        let (low, low_places) = low.fixed_point()?;
        let (high, high_places) = high.fixed_point()?;
        // One digit more than either, so that the half is exact.
        let places = low_places.max(high_places).checked_add(1)?;
        let scale = |units: i128, has: u32| units.checked_mul(10_i128.checked_pow(places.checked_sub(has)?)?);
        let (low, high) = (scale(low, low_places)?, scale(high, high_places)?);
        let (middle, half) = (low.checked_add(high)? / 2, high.checked_sub(low)?.checked_abs()? / 2);
        Some((Self::from_fixed_point(middle, places)?, Self::from_fixed_point(half, places)?))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Decimal {
    /// A JSON number with the digits as written.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        literal(self.0.clone(), serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_become_json_numbers() {
        let read = |text| Decimal::parse(text).map(|d| d.to_string());
        let good = [("3", "3"), ("+.5", "0.5"), ("5.", "5"), ("-007.10", "-7.10"), ("1e3", "1e3"), ("2E-05", "2e-05"), (" 0 ", "0")];
        for (text, number) in good {
            assert_eq!(read(text).as_deref(), Some(number));
        }
        for bad in ["", ".", "-", "1,5", "1.2.3", "0x10", "NaN", "inf", "1e", "٣"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(serde_json::to_string(&Decimal::parse("3.141592653589793238462643")).unwrap(), "3.141592653589793238462643");
    }

    #[test]
    fn the_middle_of_two_numbers_is_exact() {
        let middle = |low: &str, high: &str| {
            let (middle, half) = Decimal::middle(&Decimal::parse(low).unwrap(), &Decimal::parse(high).unwrap())?;
            Some(format!("{middle}:{half}"))
        };
        assert_eq!(middle("1", "5").as_deref(), Some("3:2"));
        assert_eq!(middle("-1.25", "0").as_deref(), Some("-0.625:0.625"));
        assert_eq!(middle("3.142", "3.141").as_deref(), Some("3.1415:0.0005"));
        assert_eq!(middle("1e3", "5"), None);
        assert_eq!(middle(&"9".repeat(38), "0"), None);
    }

    proptest! {
        #[test]
        fn a_decimal_is_a_json_number(text in "[+-]?[0-9]{0,4}\\.?[0-9]{0,4}(e[+-]?[0-9]{1,2})?") {
            if let Some(number) = Decimal::parse(&text) {
                prop_assert_eq!(Decimal::parse(number.as_str()), Some(number.clone()));
                prop_assert!(serde_json::from_str::<f64>(number.as_str()).is_ok());
            }
        }
    }
}
