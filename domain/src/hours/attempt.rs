//! Time inside an attempt: only as far as the server saw her at it (hours.md, Evidence 4).

use super::attribution::union;
use crate::time::{Instant, Interval, Seconds};

/// When she was at an attempt that lasted over `window`. The server saw her when it began and at every instant of
/// `witnessed` (an answer acknowledged, handing in); after each of them time counts for at most `idle_after`. So an attempt
/// left open earns no more than that, and none earns more than it lasted. In order of time, disjoint; instants outside the
/// window do no harm.
#[must_use]
pub fn active((started, ended): (Instant, Instant), witnessed: &[Instant], idle_after: Seconds) -> Vec<Interval> {
    let seen = witnessed.iter().copied().filter(|at| (started..=ended).contains(at));
    let pieces = std::iter::once(started).chain(seen).filter_map(|at| Interval::new(at, at.plus(idle_after).min(ended)));
    union(&pieces.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(window: (i64, i64), witnessed: &[i64]) -> i64 {
        let instants: Vec<Instant> = witnessed.iter().map(|s| Instant(s * 1000)).collect();
        let found = active((Instant(window.0 * 1000), Instant(window.1 * 1000)), &instants, Seconds(180));
        found.iter().map(|i| i.millis()).sum::<i64>() / 1000
    }

    #[test]
    fn time_counts_from_one_sign_of_her_to_the_next() {
        assert_eq!(seconds((0, 600), &[100, 200, 300, 450, 600]), 600);
        assert_eq!(seconds((0, 600), &[600]), 180, "an attempt without an answer");
        assert_eq!(seconds((0, 3600), &[]), 180, "left open for an hour");
        assert_eq!(seconds((0, 3600), &[1000, 1100]), 180 + 280);
        assert_eq!(seconds((0, 90), &[30]), 90);
        assert_eq!(seconds((0, 0), &[0]), 0);
        assert_eq!(seconds((50, 20), &[30]), 0);
        assert_eq!(seconds((100, 200), &[0, 99, 201, 5000]), 100, "what lies outside the window witnesses nothing");
        assert_eq!(seconds((0, 1000), &[500, 400, 400]), 180 + 280, "in any order, twice or once");
    }
}
