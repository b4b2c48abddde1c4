//! Exact scores, and the grade they are rounded to once.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use thiserror::Error;

/// A score in points as an exact fraction, always in lowest terms with a positive denominator, so that equal scores
/// are equal values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawScore", into = "RawScore")]
pub struct Score {
    numerator: i64,
    denominator: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScore {
    numerator: i64,
    denominator: i64,
}

/// Why a fraction is no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreError {
    /// Division by nothing: a question without a right answer, for example.
    #[error("zero denominator")]
    ZeroDenominator,
    /// The reduced fraction does not fit in two `i64`.
    #[error("score overflow")]
    Overflow,
}

impl Score {
    /// No points.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// The fraction `numerator / denominator`, reduced.
    ///
    /// # Errors
    /// [`ScoreError`] when the denominator is zero or the reduced fraction does not fit.
    pub fn new(numerator: i64, denominator: i64) -> Result<Self, ScoreError> {
        Self::reduced(i128::from(numerator), i128::from(denominator))
    }

    /// Whole points.
    #[must_use]
    pub const fn whole(points: u32) -> Self {
        Self { numerator: points as i64, denominator: 1 }
    }

    fn reduced(numerator: i128, denominator: i128) -> Result<Self, ScoreError> {
        if denominator == 0 {
            return Err(ScoreError::ZeroDenominator);
        }
        let divisor = greatest_common_divisor(numerator, denominator) * denominator.signum();
        let fit = |value: i128| i64::try_from(value).map_err(|_| ScoreError::Overflow);
        Ok(Self { numerator: fit(numerator / divisor)?, denominator: fit(denominator / divisor)? })
    }

    /// Numerator of the reduced fraction; negative only for a difference.
    #[must_use]
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// Denominator of the reduced fraction, at least 1.
    #[must_use]
    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// The exact sum.
    ///
    /// # Errors
    /// [`ScoreError::Overflow`] when the reduced sum does not fit.
    pub fn checked_add(self, other: Self) -> Result<Self, ScoreError> {
        // Each product is below 2^126, so neither the sum nor the denominator leaves an i128.
        let (n1, d1) = (i128::from(self.numerator), i128::from(self.denominator));
        let (n2, d2) = (i128::from(other.numerator), i128::from(other.denominator));
        Self::reduced(n1 * d2 + n2 * d1, d1 * d2)
    }

    /// The exact sum of many scores.
    ///
    /// # Errors
    /// [`ScoreError::Overflow`] when a reduced partial sum does not fit.
    pub fn checked_sum(scores: impl IntoIterator<Item = Self>) -> Result<Self, ScoreError> {
        scores.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Whether this is a possible score of an item worth `points`: from 0 to `points`.
    #[must_use]
    pub fn is_within(self, points: u32) -> bool {
        self >= Self::ZERO && self <= Self::whole(points)
    }
}

/// At least 1 when `b` is not zero.
fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl TryFrom<RawScore> for Score {
    type Error = ScoreError;
    fn try_from(raw: RawScore) -> Result<Self, ScoreError> {
        Self::new(raw.numerator, raw.denominator)
    }
}

impl From<Score> for RawScore {
    fn from(score: Score) -> Self {
        Self { numerator: score.numerator, denominator: score.denominator }
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Score {
    /// `3` for whole points, `10/3` for a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            denominator => write!(f, "{}/{denominator}", self.numerator),
        }
    }
}

/// A grade on Peru's 0–20 scale in hundredths: 0 to 2000. What is compared is what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Grade(u16);

/// Why there is no grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GradeError {
    /// The paper is worth nothing.
    #[error("no points")]
    NoPoints,
    /// The score is negative or more than the paper is worth.
    #[error("score {score} outside 0..={points}")]
    ScoreOutOfRange {
        /// The score.
        score: Score,
        /// What the paper is worth.
        points: u32,
    },
    /// More than 20.00.
    #[error("{hundredths} hundredths outside 0..=2000")]
    HundredthsOutOfRange {
        /// The hundredths given.
        hundredths: u16,
    },
}

impl Grade {
    /// 0.
    pub const MIN: Self = Self(0);
    /// 20.
    pub const MAX: Self = Self(2000);

    /// The grade of `hundredths`, 0 to 2000.
    ///
    /// # Errors
    /// [`GradeError::HundredthsOutOfRange`].
    pub const fn from_hundredths(hundredths: u16) -> Result<Self, GradeError> {
        if hundredths <= Self::MAX.0 { Ok(Self(hundredths)) } else { Err(GradeError::HundredthsOutOfRange { hundredths }) }
    }

    /// Hundredths of the scale, 0 to 2000.
    #[must_use]
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// The grade of a `score` out of `points`, rounded once, half up, to hundredths (evaluations.md, Question types).
    ///
    /// # Errors
    /// [`GradeError`] when the paper is worth nothing or the score is outside it.
    pub fn of(score: Score, points: u32) -> Result<Self, GradeError> {
        let refused = GradeError::ScoreOutOfRange { score, points };
        if points == 0 {
            return Err(GradeError::NoPoints);
        }
        if !score.is_within(points) {
            return Err(refused);
        }
        let whole = i128::from(score.denominator) * i128::from(points);
        let doubled = 2 * i128::from(score.numerator) * i128::from(Self::MAX.0);
        u16::try_from((doubled + whole).div_euclid(2 * whole)).map(Self).map_err(|_| refused)
    }
}

impl TryFrom<u16> for Grade {
    type Error = GradeError;
    fn try_from(hundredths: u16) -> Result<Self, GradeError> {
        Self::from_hundredths(hundredths)
    }
}

impl From<Grade> for u16 {
    fn from(grade: Grade) -> Self {
        grade.0
    }
}

impl fmt::Display for Grade {
    /// `17` for 17.00, `12.50` for 12.50 (es-PE: decimal point).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, rest) => write!(f, "{whole}.{rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_kept_in_lowest_terms() {
        assert_eq!(Score::new(4, -6), Score::new(-2, 3));
        assert_eq!(Score::new(0, 9).unwrap(), Score::ZERO);
        assert_eq!(Score::new(1, 0), Err(ScoreError::ZeroDenominator));
        assert_eq!(Score::new(i64::MIN, -1), Err(ScoreError::Overflow));
        let third = Score::new(1, 3).unwrap();
        assert_eq!(Score::checked_sum([third, third, third]).unwrap(), Score::whole(1));
        assert_eq!(serde_json::to_string(&third).unwrap(), r#"{"numerator":1,"denominator":3}"#);
        assert_eq!(serde_json::from_str::<Score>(r#"{"numerator":2,"denominator":6}"#).unwrap(), third);
        assert!(serde_json::from_str::<Score>(r#"{"numerator":2,"denominator":0}"#).is_err());
        assert_eq!(Score::whole(1).checked_add(Score::new(i64::MAX, 1).unwrap()), Err(ScoreError::Overflow));
    }

    #[test]
    fn a_grade_is_rounded_once_half_up() {
        let grade = |n, d, points| Grade::of(Score::new(n, d).unwrap(), points).map(Grade::hundredths);
        assert_eq!(grade(13, 1, 20), Ok(1300));
        assert_eq!(grade(2, 3, 1), Ok(1333));
        assert_eq!(grade(1, 3, 1), Ok(667));
        assert_eq!(grade(1, 4000, 1), Ok(1), "exactly half a hundredth goes up");
        assert_eq!(grade(1, 4001, 1), Ok(0));
        assert_eq!(grade(0, 1, 7), Ok(0));
        assert_eq!(grade(7, 1, 7), Ok(2000));
        assert_eq!(grade(1, 1, 0), Err(GradeError::NoPoints));
        assert!(grade(8, 1, 7).is_err());
        assert!(grade(-1, 9, 7).is_err());
        assert_eq!(grade(i64::MAX, i64::MAX - 1, u32::MAX).unwrap(), 0);
    }

    #[test]
    fn what_is_shown_is_what_is_compared() {
        for (hundredths, text) in [(1700, "17"), (1250, "12.50"), (1305, "13.05"), (0, "0"), (2000, "20")] {
            assert_eq!(Grade::from_hundredths(hundredths).unwrap().to_string(), text);
        }
        assert!(Grade::from_hundredths(2001).is_err());
        assert!(serde_json::from_str::<Grade>("2001").is_err());
        assert_eq!(serde_json::to_string(&Grade::MAX).unwrap(), "2000");
    }
}
