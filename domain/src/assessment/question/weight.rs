//! What an accepted answer gives, exactly: hundred-thousandths of a percent, as Moodle keeps them (`33.33333`).

use super::number::Number;
use crate::assessment::score::{Score, ScoreError};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A weight from 0 % to 100 %, in hundred-thousandths of a percent. Written as percent (`50`, `33.33333`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Weight(u32);

impl Default for Weight {
    fn default() -> Self {
        Self::FULL
    }
}

impl Weight {
    /// 100 %.
    pub const FULL: Self = Self(10_000_000);
    /// 0 %.
    pub const ZERO: Self = Self(0);

    /// A weight of `units` hundred-thousandths of a percent; `None` above 100 %.
    #[must_use]
    pub const fn new(units: u32) -> Option<Self> {
        if units <= Self::FULL.0 { Some(Self(units)) } else { None }
    }

    /// Hundred-thousandths of a percent.
    #[must_use]
    pub const fn units(self) -> u32 {
        self.0
    }

    /// Whether it is 100 %.
    #[must_use]
    pub fn is_full(&self) -> bool {
        *self == Self::FULL
    }

    /// This part of `points`, exactly.
    ///
    /// # Errors
    /// [`ScoreError::Overflow`] never for a `u32` of points.
    pub fn of(self, points: u32) -> Result<Score, ScoreError> {
        let earned = i64::from(points).checked_mul(i64::from(self.0)).ok_or(ScoreError::Overflow)?;
        Score::new(earned, i64::from(Self::FULL.0))
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100_000, self.0 % 100_000);
        if rest == 0 { write!(f, "{whole}") } else { f.write_str(format!("{whole}.{rest:05}").trim_end_matches('0')) }
    }
}

impl TryFrom<String> for Weight {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let units = Number::parse(&text).and_then(|number| number.times_exactly(100_000));
        let weight = units.and_then(|units| u32::try_from(units).ok()).and_then(Self::new);
        weight.ok_or_else(|| format!("`{text}` is no weight; write percent from 0 to 100 with at most five decimals, such as 50"))
    }
}

impl From<Weight> for String {
    fn from(weight: Weight) -> Self {
        weight.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<u32> {
        Weight::try_from(text.to_owned()).ok().map(Weight::units)
    }

    #[test]
    fn percent_with_five_decimals() {
        for (text, units, shown) in
            [("50", 5_000_000, "50"), ("33,33333", 3_333_333, "33.33333"), ("0", 0, "0"), ("100.0", 10_000_000, "100")]
        {
            assert_eq!(read(text), Some(units), "{text}");
            assert_eq!(Weight::new(units).unwrap().to_string(), shown);
        }
        for bad in ["-1", "100.00001", "0.000001", "1/3", "", "x", "50%"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(Weight::new(5_000_000).unwrap().of(3), Score::new(3, 2));
    }
}
