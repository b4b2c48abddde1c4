//! Every second to one target: attendance before attempts before study; within study the lower `received_no` first, and
//! a full stretch takes no more (hours.md, Attribution and credit).

use crate::ids::{EnrolmentId, LessonId};
use crate::time::{Instant, Interval, Seconds};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What kind of evidence a second rests on, strongest first: the order of the variants is the order of attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// Presence at a session whose roll a judge confirmed.
    Attendance,
    /// Time inside an attempt or a case.
    Attempt,
    /// An accepted claim of study.
    Study,
}

/// What a second can be attributed to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The enrolment that it counts for.
    pub enrolment: EnrolmentId,
    /// The lesson.
    pub lesson: LessonId,
    /// Position of the stretch in the lesson, from 0; `None` for attendance and attempts, which have no stretch.
    pub stretch: Option<u16>,
}

/// One piece of accepted evidence of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The person's counter, given under her lock in the transaction that stored it; pieces of one claim share it.
    pub received_no: i64,
    /// Its strength.
    pub rank: Rank,
    /// What it counts for.
    pub target: Target,
    /// When, after the bounds.
    pub interval: Interval,
}

/// What every piece of evidence and every target got.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attribution {
    /// For each piece of evidence, in the order given: its intervals, in order of time, disjoint from all others.
    pub granted: Vec<Vec<Interval>>,
    /// Milliseconds of each target that has evidence, also when it got none.
    pub millis: BTreeMap<Target, i64>,
}

impl Attribution {
    /// Whole seconds attributed to `target`, rounded down.
    #[must_use]
    pub fn seconds(&self, target: &Target) -> Seconds {
        Seconds(self.millis.get(target).copied().unwrap_or(0) / 1000)
    }
}

/// Attributes all evidence of **one person**, over every enrolment. The result depends on the set of evidence and its
/// `received_no`, never on the order of the slice. A target without an entry in `capacity` has no limit (attendance and
/// attempts; for a stretch pass its design time). Evidence of a higher rank that comes later can move time between
/// targets but never lowers the person's sum.
///
/// One sort, then linear: each step fills a free segment for good or ends its piece of evidence.
#[must_use]
pub fn attribute(evidence: &[Evidence], capacity: &BTreeMap<Target, Seconds>) -> Attribution {
    let mut order: Vec<usize> = (0..evidence.len()).collect();
    order.sort_by_key(|&at| {
        let e = &evidence[at];
        (e.rank, e.received_no, e.interval, &e.target, at)
    });
    let mut timeline = Timeline::of(evidence);
    let mut result = Attribution { granted: vec![Vec::new(); evidence.len()], millis: BTreeMap::new() };
    for at in order {
        let Evidence { target, interval, .. } = &evidence[at];
        let used = result.millis.entry(target.clone()).or_insert(0);
        let room = capacity.get(target).map_or(i64::MAX, |c| c.0.saturating_mul(1000) - *used);
        let granted = timeline.take(*interval, room);
        *used += granted.iter().map(|i| i.millis()).sum::<i64>();
        result.granted[at] = granted;
    }
    result
}

/// The step for a study claim whose `received_no` is higher than all others: what it gets of `interval` when `taken` is
/// already attributed (any order; what does not overlap does no harm) and its stretch has room for `room_left_millis`.
/// Equals what [`attribute`] would give it.
#[must_use]
pub fn attribute_study(taken: &[Interval], interval: Interval, room_left_millis: i64) -> Vec<Interval> {
    let overlapping: Vec<Interval> = taken.iter().filter_map(|t| t.intersect(interval)).collect();
    let mut granted = Vec::new();
    let mut left = room_left_millis;
    let mut from = interval.start();
    for busy in union(&overlapping) {
        take_free(&mut granted, from, busy.start(), &mut left);
        from = busy.end();
    }
    take_free(&mut granted, from, interval.end(), &mut left);
    granted
}

/// The same time as disjoint intervals in order; touching ones are joined.
#[must_use]
pub fn union(intervals: &[Interval]) -> Vec<Interval> {
    let mut sorted = intervals.to_vec();
    sorted.sort_unstable();
    let mut joined = Vec::with_capacity(sorted.len());
    for interval in sorted {
        append(&mut joined, interval);
    }
    joined
}

/// Milliseconds that the clock showed during any of `intervals`: what two of them share counts once.
#[must_use]
pub fn union_millis(intervals: &[Interval]) -> i64 {
    union(intervals).iter().map(|i| i.millis()).sum()
}

/// Adds an interval that starts no earlier than the last one, joining both where they meet.
fn append(joined: &mut Vec<Interval>, interval: Interval) {
    match joined.last_mut() {
        Some(last) if interval.start() <= last.end() => {
            if let Some(longer) = Interval::new(last.start(), last.end().max(interval.end())) {
                *last = longer;
            }
        }
        Some(_) | None => joined.push(interval),
    }
}

fn take_free(granted: &mut Vec<Interval>, from: Instant, to: Instant, left: &mut i64) {
    let to = to.min(Instant(from.0.saturating_add((*left).max(0))));
    if let Some(free) = Interval::new(from, to) {
        *left -= free.millis();
        granted.push(free);
    }
}

/// The clock cut at every start and end. A segment is filled from its beginning; full ones are skipped for good.
struct Timeline {
    points: Vec<i64>,
    free_from: Vec<i64>,
    next: Vec<usize>,
}

impl Timeline {
    fn of(evidence: &[Evidence]) -> Self {
        let mut points: Vec<i64> = evidence.iter().flat_map(|e| [e.interval.start().0, e.interval.end().0]).collect();
        points.sort_unstable();
        points.dedup();
        Self { free_from: points.clone(), next: (0..points.len()).collect(), points }
    }

    /// The first segment from `at` on that is not full; the last point is a sentinel that never is.
    fn first_free(&mut self, mut at: usize) -> usize {
        while self.next[at] != at {
            self.next[at] = self.next[self.next[at]];
            at = self.next[at];
        }
        at
    }

    /// Takes up to `room` free milliseconds of `interval`, earliest first. Its ends must be points.
    fn take(&mut self, interval: Interval, mut room: i64) -> Vec<Interval> {
        let mut granted = Vec::new();
        let mut at = self.first_free(self.points.partition_point(|&p| p < interval.start().0));
        while room > 0 && self.points[at] < interval.end().0 {
            let (from, end) = (self.free_from[at], self.points[at + 1]);
            let to = end.min(from.saturating_add(room));
            if let Some(free) = Interval::new(Instant(from), Instant(to)) {
                append(&mut granted, free);
            }
            room -= to - from;
            self.free_from[at] = to;
            if to == end {
                self.next[at] = at + 1;
            }
            at = self.first_free(at + 1);
        }
        granted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn span(start: i64, end: i64) -> Interval {
        Interval::new(Instant(start), Instant(end)).expect("a real interval")
    }

    fn piece(received_no: i64, rank: Rank, lesson: &str, start: i64, end: i64) -> Evidence {
        let stretch = (rank == Rank::Study).then_some(0);
        let target = Target { enrolment: EnrolmentId(Uuid::nil()), lesson: lesson.into(), stretch };
        Evidence { received_no, rank, target, interval: span(start, end) }
    }

    #[test]
    fn the_stronger_rank_wins_whenever_it_came() {
        let evidence =
            [piece(1, Rank::Study, "a", 0, 1000), piece(2, Rank::Attempt, "b", 500, 1500), piece(3, Rank::Attendance, "c", 700, 900)];
        let got = attribute(&evidence, &BTreeMap::new());
        assert_eq!(got.granted[0], [span(0, 500)]);
        assert_eq!(got.granted[1], [span(500, 700), span(900, 1500)]);
        assert_eq!(got.granted[2], [span(700, 900)]);
    }

    #[test]
    fn a_full_stretch_leaves_the_second_to_the_next_claim() {
        let evidence = [piece(1, Rank::Study, "a", 0, 3000), piece(2, Rank::Study, "a", 3000, 5000), piece(3, Rank::Study, "b", 0, 4000)];
        let capacity = BTreeMap::from([(evidence[0].target.clone(), Seconds(2))]);
        let got = attribute(&evidence, &capacity);
        assert_eq!(got.granted, [vec![span(0, 2000)], vec![], vec![span(2000, 4000)]]);
        assert_eq!(got.seconds(&evidence[0].target), Seconds(2));
        assert_eq!(got.millis[&evidence[2].target], 2000);
    }

    #[test]
    fn lower_received_no_comes_first_whatever_the_slice_says() {
        let evidence = [piece(2, Rank::Study, "a", 0, 1000), piece(1, Rank::Study, "b", 0, 1000)];
        let got = attribute(&evidence, &BTreeMap::new());
        assert_eq!(got.granted, [vec![], vec![span(0, 1000)]]);
        assert_eq!(got.millis[&evidence[0].target], 0);
    }

    #[test]
    fn the_step_leaves_out_what_is_taken_and_stops_when_full() {
        let taken = [span(40, 60), span(10, 20), span(15, 30)];
        assert_eq!(attribute_study(&taken, span(0, 100), 1000), [span(0, 10), span(30, 40), span(60, 100)]);
        assert_eq!(attribute_study(&taken, span(0, 100), 15), [span(0, 10), span(30, 35)]);
        assert_eq!(attribute_study(&taken, span(0, 100), 0), []);
        assert_eq!(attribute_study(&taken, span(0, 100), -5), []);
        assert_eq!(attribute_study(&taken, span(12, 28), 1000), []);
    }

    #[test]
    fn a_shared_second_counts_once() {
        assert_eq!(union_millis(&[]), 0);
        assert_eq!(union_millis(&[span(5, 10), span(0, 6), span(10, 12), span(20, 21)]), 13);
        assert_eq!(union(&[span(5, 10), span(0, 6), span(10, 12), span(20, 21)]), [span(0, 12), span(20, 21)]);
    }
}
