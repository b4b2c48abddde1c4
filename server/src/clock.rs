//! The only source of the time.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use domain::time::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time, in whole milliseconds.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Instant;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant(Utc::now().timestamp_millis())
    }
}

/// A clock that stands still until it is moved: for tests and for the demo, which lives months in a second.
#[derive(Debug, Clone, Default)]
pub struct MovedClock(Arc<AtomicI64>);

impl MovedClock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn at(at: Instant) -> Self {
        Self(Arc::new(AtomicI64::new(at.0)))
    }

    /// Moves it to `at`.
    pub fn set(&self, at: Instant) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    /// Moves it forward by whole seconds.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
}

/// The time zone of a programme; Lima when the name is unknown.
#[must_use]
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(chrono_tz::America::Lima)
}

/// The installation's own zone, where no programme is concerned.
pub const LIMA: Tz = chrono_tz::America::Lima;

/// Local date and time of an instant.
#[must_use]
pub fn local(at: Instant, zone: Tz) -> NaiveDateTime {
    DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default().with_timezone(&zone).naive_local()
}

/// Local date of an instant.
#[must_use]
pub fn local_date(at: Instant, zone: Tz) -> NaiveDate {
    local(at, zone).date()
}

/// The instant of a local date and time; the earlier one where a clock change makes two.
#[must_use]
pub fn instant(at: NaiveDateTime, zone: Tz) -> Instant {
    Instant(zone.from_local_datetime(&at).earliest().map_or_else(|| at.and_utc().timestamp_millis(), |t| t.timestamp_millis()))
}
