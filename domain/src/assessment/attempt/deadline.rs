//! Until when an answer counts. The device's clock never decides.

use crate::time::{Instant, Seconds};
use serde::{Deserialize, Serialize};

/// min(`started` + `limit`, `closes`) + ceil(`limit` × `extra_percent` ÷ 100) (evaluations.md, Papers and attempts).
#[must_use]
pub fn deadline(started: Instant, limit: Seconds, closes: Option<Instant>, extra_percent: u32) -> Instant {
    let end = started.plus(limit);
    closes.map_or(end, |closes| end.min(closes)).plus(limit.share(i64::from(extra_percent)))
}

/// Whether an answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Received {
    /// It counts.
    OnTime,
    /// Kept as late; counts only if two staff accept it.
    Late,
}

/// Whether an answer that reached the server at `at` counts: until `deadline` + `grace`, that instant included.
#[must_use]
pub fn received(at: Instant, deadline: Instant, grace: Seconds) -> Received {
    if at <= deadline.plus(grace) { Received::OnTime } else { Received::Late }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extra_time_is_added_after_the_earlier_of_limit_and_close() {
        let at = |seconds: i64| Instant(seconds * 1000);
        let table =
            [(None, 0, 2700), (None, 25, 3375), (None, 33, 3591), (Some(1000), 0, 1000), (Some(1000), 50, 2350), (Some(9999), 50, 4050)];
        for (closes, extra, expected) in table {
            assert_eq!(deadline(at(0), Seconds(2700), closes.map(at), extra), at(expected), "{closes:?} {extra}");
        }
        assert_eq!(deadline(at(0), Seconds(10), None, 1), at(11), "rounded up to a whole second");
    }

    #[test]
    fn the_last_millisecond_of_grace_counts() {
        let check = |millis| received(Instant(millis), Instant(0), Seconds(60));
        assert_eq!(check(60_000), Received::OnTime);
        assert_eq!(check(60_001), Received::Late);
    }
}
