//! Time as the product counts it: instants in whole milliseconds, lengths in whole seconds, intervals half-open.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// This instant moved by `seconds`, saturating at the ends of the range.
    #[must_use]
    pub const fn plus(self, seconds: Seconds) -> Self {
        Self(self.0.saturating_add(seconds.0.saturating_mul(1000)))
    }

    /// This instant moved back by `seconds`, saturating.
    #[must_use]
    pub const fn minus(self, seconds: Seconds) -> Self {
        Self(self.0.saturating_sub(seconds.0.saturating_mul(1000)))
    }

    /// Whole seconds from `earlier` to this instant, rounded down; negative when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Seconds {
        Seconds((self.0.saturating_sub(earlier.0)).div_euclid(1000))
    }
}

/// A length of time in whole seconds; signed, because the ledger has reversing entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seconds(pub i64);

impl Seconds {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// A length of `minutes` whole minutes.
    #[must_use]
    pub const fn from_minutes(minutes: i64) -> Self {
        Self(minutes * 60)
    }

    /// Whole minutes, rounded towards zero.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        self.0 / 60
    }

    /// `percent` hundredths of this length, rounded up: the least whole number of seconds that reaches the share.
    #[must_use]
    pub const fn share(self, percent: i64) -> Self {
        let product = self.0 * percent;
        Self(product.div_euclid(100) + (product.rem_euclid(100) != 0) as i64)
    }

    /// The smaller of two lengths.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Ord::min(self, other)
    }

    /// The larger of two lengths.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Ord::max(self, other)
    }
}

impl Add for Seconds {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Seconds {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Seconds {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Seconds {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl std::iter::Sum for Seconds {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        Self(iter.map(|s| s.0).sum())
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.0)
    }
}

/// A half-open stretch of time `[start, end)`. Never empty or reversed: [`Interval::new`] refuses those.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    start: Instant,
    end: Instant,
}

impl Interval {
    /// The interval from `start` up to `end`, or `None` when it would be empty or reversed.
    #[must_use]
    pub const fn new(start: Instant, end: Instant) -> Option<Self> {
        if start.0 < end.0 { Some(Self { start, end }) } else { None }
    }

    /// First instant inside.
    #[must_use]
    pub const fn start(self) -> Instant {
        self.start
    }

    /// First instant after.
    #[must_use]
    pub const fn end(self) -> Instant {
        self.end
    }

    /// Length in milliseconds, at least 1.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.end.0 - self.start.0
    }

    /// The part that both intervals share.
    #[must_use]
    pub fn intersect(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }
}
