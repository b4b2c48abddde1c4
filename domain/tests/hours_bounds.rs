//! Properties of the bounds: whatever a browser sends, only what the server witnessed is believed, and nothing is dropped.
#![expect(clippy::expect_used, reason = "helpers outside a test function; a failure there must fail the test")]

#[path = "support/hours_rules.rs"]
mod hours_rules;

use domain::curriculum::HoursRules;
use domain::hours::attribution::{union, union_millis};
use domain::hours::bounds::{
    Claim, Facts, LessonState, Outcome, RECEIPT_ALLOWANCE, ReadingState, STEADY_CLOCK, Seen, Window, bound, form_interval, place, reach,
};
use domain::time::{Instant, Interval, Seconds};
use hours_rules::rules;
use proptest::collection::vec;
use proptest::prelude::*;

/// Seconds around a window of some hours, with everything that a hostile browser can send.
fn claim() -> impl Strategy<Value = Claim> {
    let time = -90_000..90_000_i64;
    (time.clone(), time.clone(), time.clone(), time).prop_map(|(a, b, c, now)| Claim {
        sequence: 1,
        part: 0,
        started_at: Instant(a * 1000),
        ended_at: Instant(b * 1000),
        last_input_at: Instant(c * 1000),
        device_now: Instant(now * 1000),
    })
}

fn studied() -> impl Strategy<Value = Vec<Interval>> {
    vec((-80_000..80_000_i64, 60..8000_i64), 0..12).prop_map(|spans| {
        let made: Vec<Interval> = spans
            .into_iter()
            .filter_map(|(start, length)| Interval::new(Instant(start * 1000), Instant((start + length) * 1000)))
            .collect();
        union(&made)
    })
}

fn day(start: i64, end: i64) -> Interval {
    Interval::new(Instant(start * 1000), Instant(end * 1000)).expect("a day")
}

/// The longest run that a claim's accepted time takes part in.
fn longest_run_with(accepted: &[Interval], all: &[Interval], pause: i64) -> i64 {
    let (mut longest, mut run, mut is_touched, mut end) = (0, 0, false, i64::MIN);
    for i in all {
        if end == i64::MIN || i.start().0 - end >= pause {
            (run, is_touched) = (0, false);
        }
        run += i.millis();
        is_touched |= accepted.iter().any(|a| a.intersect(*i).is_some());
        end = i.end().0;
        if is_touched {
            longest = longest.max(run);
        }
    }
    longest
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_claim_is_believed_only_inside_what_the_server_saw(
        claim in claim(), opened in -80_000..0_i64, length in 0..90_000_i64, studied in studied(), late in 0..2_i64,
    ) {
        let rules = HoursRules { claim_delay: Seconds(60_000 + late * 1_000_000), ..rules() };
        let window = Window { opened_at: Instant(opened * 1000), received_at: Instant((opened + length) * 1000) };
        let days = [day(-100_000, -20_000), day(-20_000, 66_400), day(66_400, 152_800)];
        let facts = Facts {
            reading: ReadingState::Hers, seen: Seen::New, lesson: LessonState::Open, last_offset: None, studied: &studied, days: &days,
        };
        let (accepted, queued) = match bound(&claim, window, facts, &rules) {
            Outcome::Refused | Outcome::Repeated => return Err(TestCaseError::fail("neither stranger nor repeat")),
            Outcome::Accepted { interval, .. } => (vec![interval], Vec::new()),
            Outcome::Nothing { clipped } => {
                prop_assert!(!clipped.is_empty());
                return Ok(());
            }
            Outcome::Queued { parts, accepted, .. } => {
                prop_assert!(!parts.is_empty() && parts.iter().all(|p| !p.reasons.is_empty()));
                (accepted, parts.into_iter().map(|p| p.interval).collect())
            }
        };
        let kept: Vec<Interval> = accepted.iter().chain(&queued).copied().collect();
        let sum: i64 = kept.iter().map(|i| i.millis()).sum();
        prop_assert_eq!(sum, union_millis(&kept), "accepted and queued are disjoint");
        prop_assert_eq!(union(&kept).len(), 1, "and leave no hole: nothing is dropped in silence");
        prop_assert!(sum <= claim.ended_at.0 - claim.started_at.0);
        prop_assert!(kept.iter().all(|i| i.start() >= window.opened_at && i.end() <= window.received_at.plus(RECEIPT_ALLOWANCE)));
        prop_assert!(accepted.iter().all(|i| i.start() >= window.received_at.minus(rules.claim_delay)));
        let both: Vec<Interval> = studied.iter().chain(&accepted).copied().collect();
        let all = union(&both);
        let in_day = |set: &[Interval], d: Interval| set.iter().filter_map(|i| i.intersect(d)).map(Interval::millis).sum::<i64>();
        for d in days {
            let (before, after) = (in_day(&studied, d), in_day(&all, d));
            prop_assert!(after <= before.max(rules.self_paced_per_day.0 * 1000));
        }
        if union_millis(&both) > union_millis(&studied) {
            let limit = rules.without_pause.0 * 1000;
            let pause = rules.pause.0 * 1000;
            let before = longest_run_with(&studied, &studied, pause);
            prop_assert!(longest_run_with(&accepted, &all, pause) <= limit.max(before));
        }
    }

    #[test]
    fn nothing_is_placed_out_of_reach(
        claim in claim(), opened in -80_000..0_i64, length in 0..90_000_i64, known in prop::option::of(-9_000..9_000_i64),
    ) {
        let window = Window { opened_at: Instant(opened * 1000), received_at: Instant((opened + length) * 1000) };
        let known = known.map(|off| claim.measured_offset(window.received_at) + off);
        let used = claim.offset(window.received_at, known);
        prop_assert!(used == claim.measured_offset(window.received_at) || Some(used) == known);
        prop_assert!((used - claim.measured_offset(window.received_at)).abs() <= STEADY_CLOCK);
        if let Some(placed) = place(&claim, window, known, &rules()).interval {
            let reach = reach(&claim, window);
            prop_assert!(reach.is_some_and(|reach| reach.start() <= placed.start() && placed.end() <= reach.end()), "{reach:?} {placed:?}");
        }
    }

    #[test]
    fn the_form_never_counts_more_than_the_part(opened in 0..100_000_i64, after in -1000..60_000_i64, design in 1..600_i64) {
        let now = Instant((opened + after) * 1000);
        if let Some(i) = form_interval(Instant(opened * 1000), now, Seconds(design), &rules()) {
            prop_assert!(i.millis() <= design * 1000 && i.end() <= now && after <= rules().token_life.0);
        }
    }
}
