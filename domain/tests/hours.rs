//! Properties of the hours rules: never more than the clock, the same whatever the order, nothing lost between the steps.
#![expect(clippy::expect_used, reason = "helpers outside a test function; a failure there must fail the test")]

#[path = "support/hours_rules.rs"]
mod hours_rules;

use domain::hours::attribution::{Evidence, Rank, Target, attribute, attribute_study, union, union_millis};
use domain::hours::credit::{CheckpointState, credit, session_credit};
use domain::ids::EnrolmentId;
use domain::time::{Instant, Interval, Seconds};
use hours_rules::rules;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The slow, obvious way: one flag for each millisecond.
fn counted_millis(intervals: &[Interval]) -> i64 {
    let mut flags = [false; 20_000];
    for i in intervals {
        for ms in i.start().0..i.end().0 {
            flags[usize::try_from(ms).expect("small times")] = true;
        }
    }
    i64::try_from(flags.iter().filter(|f| **f).count()).expect("few flags")
}

fn span() -> impl Strategy<Value = Interval> {
    (0..12_000_i64, 1..4000_i64).prop_map(|(start, length)| Interval::new(Instant(start), Instant(start + length)).expect("not empty"))
}

fn target(lesson: u8, rank: Rank) -> Target {
    let stretch = (rank == Rank::Study).then_some(u16::from(lesson % 2));
    Target { enrolment: EnrolmentId(Uuid::from_u128(u128::from(lesson / 4))), lesson: format!("l{lesson}").as_str().into(), stretch }
}

fn rank() -> impl Strategy<Value = Rank> {
    prop_oneof![1 => Just(Rank::Attendance), 1 => Just(Rank::Attempt), 4 => Just(Rank::Study)]
}

fn history() -> impl Strategy<Value = Vec<Evidence>> {
    vec((rank(), 0..6_u8, span()), 0..24).prop_map(|pieces| {
        let numbered = pieces.into_iter().zip(1..);
        numbered
            .map(|((rank, lesson, interval), received_no)| Evidence { received_no, rank, target: target(lesson, rank), interval })
            .collect()
    })
}

fn capacity() -> impl Strategy<Value = BTreeMap<Target, Seconds>> {
    vec(0..6_i64, 6).prop_map(|limits| (0..).zip(limits).map(|(lesson, limit)| (target(lesson, Rank::Study), Seconds(limit))).collect())
}

fn shuffled() -> impl Strategy<Value = (Vec<Evidence>, Vec<Evidence>)> {
    history().prop_flat_map(|h| (Just(h.clone()), Just(h).prop_shuffle()))
}

fn intervals(evidence: &[Evidence]) -> Vec<Interval> {
    evidence.iter().map(|e| e.interval).collect()
}

/// The full recomputation, second by second as the text of hours.md says it.
fn attribute_slowly(evidence: &[Evidence], capacity: &BTreeMap<Target, Seconds>) -> BTreeMap<Target, i64> {
    let mut order: Vec<&Evidence> = evidence.iter().collect();
    order.sort_by_key(|e| (e.rank, e.received_no));
    let mut taken = [false; 20_000];
    let mut millis = BTreeMap::new();
    for e in order {
        let got = millis.entry(e.target.clone()).or_insert(0);
        for ms in e.interval.start().0..e.interval.end().0 {
            let flag = &mut taken[usize::try_from(ms).expect("small times")];
            if !*flag && capacity.get(&e.target).is_none_or(|c| *got < c.0 * 1000) {
                *flag = true;
                *got += 1;
            }
        }
    }
    millis
}

proptest! {
    #[test]
    fn union_counts_like_flags(spans in vec(span(), 0..20)) {
        prop_assert_eq!(union_millis(&spans), counted_millis(&spans));
        let joined = union(&spans);
        prop_assert!(joined.windows(2).all(|w| w[0].end() < w[1].start()));
    }

    #[test]
    fn splitting_or_merging_changes_nothing_in_the_union(spans in vec((span(), 1..4000_i64), 0..20)) {
        let whole: Vec<Interval> = spans.iter().map(|(s, _)| *s).collect();
        let split: Vec<Interval> = spans.iter().flat_map(|(s, at)| {
            let cut = Instant((s.start().0 + at).min(s.end().0));
            [Interval::new(cut, s.end()), Interval::new(s.start(), cut)].into_iter().flatten()
        }).collect();
        prop_assert_eq!(union(&whole), union(&split));
        prop_assert_eq!(union(&union(&whole)), union(&whole));
    }

    #[test]
    fn attribution_is_what_the_text_says((given, mixed) in shuffled(), capacity in capacity()) {
        let got = attribute(&given, &capacity);
        prop_assert_eq!(&got.millis, &attribute_slowly(&given, &capacity));
        prop_assert_eq!(got.millis, attribute(&mixed, &capacity).millis);
    }

    #[test]
    fn never_more_than_the_clock_and_no_second_twice(given in history(), capacity in capacity()) {
        let got = attribute(&given, &capacity);
        let all: Vec<Interval> = got.granted.concat();
        let sum: i64 = got.millis.values().sum();
        prop_assert_eq!(sum, union_millis(&all));
        prop_assert!(sum <= union_millis(&intervals(&given)));
        for (evidence, granted) in given.iter().zip(&got.granted) {
            prop_assert!(granted.iter().all(|g| g.intersect(evidence.interval) == Some(*g)));
        }
        for (target, limit) in &capacity {
            prop_assert!(got.millis.get(target).is_none_or(|m| *m <= limit.0 * 1000));
        }
    }

    #[test]
    fn the_order_of_arrival_does_not_change_the_sum(given in history(), numbers in Just((0..24_i64).collect::<Vec<_>>()).prop_shuffle()) {
        let mut other = given.clone();
        for (evidence, number) in other.iter_mut().zip(numbers) {
            evidence.received_no = number;
        }
        let none = BTreeMap::new();
        let sum = |e: &[Evidence]| attribute(e, &none).millis.values().sum::<i64>();
        prop_assert_eq!(sum(&given), sum(&other));
        prop_assert_eq!(sum(&given), union_millis(&intervals(&given)));
    }

    #[test]
    fn the_step_equals_the_full_recomputation(given in history(), claims in vec((0..6_u8, span()), 1..12), capacity in capacity()) {
        let mut all = given;
        for (lesson, interval) in claims {
            let before = attribute(&all, &capacity);
            let taken: Vec<Interval> = before.granted.concat();
            let target = target(lesson, Rank::Study);
            let room = capacity[&target].0 * 1000 - before.millis.get(&target).copied().unwrap_or(0);
            let step = attribute_study(&taken, interval, room);
            let received_no = i64::try_from(all.len()).expect("few") + 1;
            all.push(Evidence { received_no, rank: Rank::Study, target, interval });
            let full = attribute(&all, &capacity);
            prop_assert_eq!(&full.granted[..all.len() - 1], &before.granted[..]);
            prop_assert_eq!(&full.granted[all.len() - 1], &step);
        }
    }

    #[test]
    fn later_evidence_of_higher_rank_never_lowers_the_sum(given in history(), late in span(), is_attempt: bool, capacity in capacity()) {
        let sum = |e: &[Evidence]| attribute(e, &capacity).millis.values().sum::<i64>();
        let before = sum(&given);
        let rank = if is_attempt { Rank::Attempt } else { Rank::Attendance };
        let mut more = given;
        more.push(Evidence { received_no: 99, rank, target: target(9, rank), interval: late });
        prop_assert!(sum(&more) >= before);
    }

    #[test]
    fn credit_stays_within_design_and_is_confirmed_only_when_passed(attributed in -10..5000_i64, more in 0..500_i64, design in 1..3000_i64) {
        let (rules, design) = (rules(), Seconds(design));
        let open = credit(Seconds(attributed), design, CheckpointState::Open, &rules);
        let passed = credit(Seconds(attributed), design, CheckpointState::Passed, &rules);
        prop_assert_eq!(open.confirmed, Seconds::ZERO);
        prop_assert_eq!(passed.provisional, Seconds::ZERO);
        prop_assert!(open.sum() <= design && passed.sum() <= design && open.sum() <= passed.sum());
        // credited <= attributed / full_credit_at
        prop_assert!(passed.sum().0 * rules.full_credit_at <= attributed.max(0) * 100);
        for state in [CheckpointState::Open, CheckpointState::Passed] {
            let later = credit(Seconds(attributed + more), design, state, &rules).sum();
            prop_assert!(later >= credit(Seconds(attributed), design, state, &rules).sum());
        }
        prop_assert!(session_credit(Seconds(attributed), design, &rules).sum() <= design);
    }
}
