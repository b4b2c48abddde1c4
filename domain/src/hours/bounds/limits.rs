//! Limits that queue only the excess: lateness, the local day, study without a pause.

use super::{Doubt, Doubtful, Facts};
use crate::curriculum::HoursRules;
use crate::hours::attribution::union;
use crate::time::{Instant, Interval};

/// A claim divided into what is believed and what waits for staff; both in order of time.
#[derive(Default)]
pub(super) struct Split {
    pub(super) accepted: Vec<Interval>,
    pub(super) queued: Vec<Doubtful>,
}

/// Divides `interval`: what happened before `oldest` waits, and on each local day what goes beyond a limit.
pub(super) fn split(interval: Interval, oldest: Instant, facts: Facts<'_>, rules: &HoursRules) -> Split {
    let mut split = Split::default();
    let cut = oldest.max(interval.start()).min(interval.end());
    split.queue(Interval::new(interval.start(), cut), vec![Doubt::TooLate]);
    let mut studied = union(facts.studied);
    let mut from = cut;
    for day in facts.days {
        let Some(piece) = Interval::new(from, interval.end()).and_then(|rest| rest.intersect(*day)) else {
            continue;
        };
        split.queue(Interval::new(from, piece.start()), vec![Doubt::TooMuchInADay]);
        split.divide(piece, *day, &mut studied, rules);
        from = piece.end();
    }
    split.queue(Interval::new(from, interval.end()), vec![Doubt::TooMuchInADay]);
    split.accepted = union(&split.accepted);
    split
}

impl Split {
    fn queue(&mut self, interval: Option<Interval>, reasons: Vec<Doubt>) {
        if let Some(interval) = interval {
            self.queued.push(Doubtful { interval, reasons });
        }
    }

    /// Accepts the longest beginning of `piece` that keeps every limit, and queues the rest with the limits it breaks.
    fn divide(&mut self, piece: Interval, day: Interval, studied: &mut Vec<Interval>, rules: &HoursRules) {
        let cut = fitting_end(piece, |beginning| exceeded(studied, day, beginning, rules).is_empty());
        if let Some(accepted) = Interval::new(piece.start(), cut) {
            self.accepted.push(accepted);
            studied.push(accepted);
            *studied = union(studied);
        }
        if let Some(excess) = Interval::new(cut, piece.end()) {
            self.queue(Some(excess), exceeded(studied, day, excess, rules));
        }
    }
}

/// The last end at which a beginning of `piece` fits. `fits` must never become true again as the beginning grows.
fn fitting_end(piece: Interval, fits: impl Fn(Interval) -> bool) -> Instant {
    if fits(piece) {
        return piece.end();
    }
    let (mut good, mut bad) = (piece.start().0, piece.end().0);
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        match Interval::new(piece.start(), Instant(middle)) {
            Some(beginning) if !fits(beginning) => bad = middle,
            Some(_) | None => good = middle,
        }
    }
    Instant(good)
}

/// The limits that `piece`, which lies inside `day`, would break beside `studied` (disjoint, in order). Time that is
/// studied already breaks none.
fn exceeded(studied: &[Interval], day: Interval, piece: Interval, rules: &HoursRules) -> Vec<Doubt> {
    let added = piece.millis() - shared_millis(studied, piece);
    if added == 0 {
        return Vec::new();
    }
    let mut found = Vec::new();
    if shared_millis(studied, day) + added > rules.self_paced_per_day.0 * 1000 {
        found.push(Doubt::TooMuchInADay);
    }
    if run_millis(studied, piece, rules.pause.0 * 1000) > rules.without_pause.0 * 1000 {
        found.push(Doubt::WithoutPause);
    }
    found
}

fn shared_millis(studied: &[Interval], piece: Interval) -> i64 {
    studied.iter().filter_map(|s| s.intersect(piece)).map(Interval::millis).sum()
}

/// Time studied, `piece` included, in the run around it that no gap of `pause` milliseconds breaks.
fn run_millis(studied: &[Interval], piece: Interval, pause: i64) -> i64 {
    let mut all = studied.to_vec();
    all.push(piece);
    let mut run = 0;
    let mut last_end = None;
    let mut holds_piece = false;
    for interval in union(&all) {
        if last_end.is_some_and(|end: Instant| interval.start().0 - end.0 >= pause) {
            if holds_piece {
                break;
            }
            run = 0;
        }
        run += interval.millis();
        last_end = Some(interval.end());
        holds_piece |= interval.intersect(piece).is_some();
    }
    run
}
