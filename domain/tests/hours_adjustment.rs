//! Properties of adjustments and of decided doubts: no way around the limits, and never more than the clock.

#[path = "support/hours_rules.rs"]
mod hours_rules;

use domain::hours::adjustment::{Decision, Facts, Proposal, Refused, approve, decide, most};
use domain::ids::PersonId;
use domain::time::Seconds;
use hours_rules::rules;
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

const REQUIRED: Seconds = Seconds(1800 * 60);
const DESIGN: Seconds = Seconds(3600);

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

/// Who proposes how much, and who answers it if it waits.
fn history() -> impl Strategy<Value = Vec<(i64, u128, u128)>> {
    vec((-70..70_i64, 0..4_u128, 0..4_u128), 0..40)
}

proptest! {
    /// Whatever is proposed and approved in whatever order: the sum stays within the limit, what one person posted alone
    /// within the smaller one, the lesson between nothing and its time, and nobody acts on her own hours or twice.
    #[test]
    fn no_way_around_the_limits(history in history(), earned in 0..60_i64) {
        let (rules, subject) = (rules(), person(0));
        let (mut posted, mut alone, mut sum) = (Vec::new(), Seconds::ZERO, Seconds::ZERO);
        let mut confirmed = Seconds::from_minutes(earned);
        for (minutes, by, second) in history {
            let proposal = Proposal { seconds: Seconds::from_minutes(minutes), by: person(by) };
            let facts = Facts { subject, used: sum, confirmed, design: DESIGN, required: REQUIRED };
            let is_posted = match decide(proposal, facts, &rules) {
                Ok(Decision::Post) => {
                    alone = Seconds(alone.0 + proposal.seconds.0.abs());
                    true
                }
                Ok(Decision::Wait) => {
                    let answer = approve(proposal, person(second), facts, &rules);
                    prop_assert_eq!(answer == Err(Refused::SamePerson), second != 0 && second == by);
                    prop_assert_eq!(answer == Err(Refused::Own), second == 0);
                    answer.is_ok()
                }
                Err(_) => false,
            };
            if is_posted {
                prop_assert_ne!(by, 0);
                posted.push(proposal.seconds);
                sum = Seconds(sum.0 + proposal.seconds.0.abs());
                confirmed += proposal.seconds;
            }
        }
        prop_assert!(sum <= most(REQUIRED, &rules));
        prop_assert!(alone <= rules.adjustment_alone);
        prop_assert!(Seconds::ZERO <= confirmed && confirmed <= DESIGN);
        prop_assert_eq!(confirmed, Seconds::from_minutes(earned) + posted.into_iter().sum());
    }

    /// What is refused says what would have been possible, and that is possible.
    #[test]
    fn a_refusal_names_what_is_possible(minutes in -200..200_i64, used in 0..120_i64, confirmed in 0..=60_i64) {
        let rules = rules();
        let facts = Facts { subject: person(0), used: Seconds::from_minutes(used), confirmed: Seconds::from_minutes(confirmed), design: DESIGN, required: REQUIRED };
        let propose = |seconds| decide(Proposal { seconds, by: person(1) }, facts, &rules);
        let sign = Seconds(minutes.signum());
        match propose(Seconds::from_minutes(minutes)) {
            Err(Refused::TooMuch { left } | Refused::BelowZero { most: left } | Refused::BeyondLesson { most: left }) => {
                prop_assert!(left < Seconds::from_minutes(minutes.abs()));
                let again = propose(Seconds(left.0 * sign.0));
                prop_assert!(left == Seconds::ZERO || matches!(again, Ok(_) | Err(Refused::BelowZero { .. } | Refused::BeyondLesson { .. })), "{:?}", again);
            }
            Err(other) => prop_assert_eq!((other, minutes), (Refused::NotMinutes, 0)),
            Ok(_) => {}
        }
    }

    #[test]
    fn any_number_is_answered(seconds in any::<i64>(), used in any::<i64>()) {
        let facts = Facts { subject: person(0), used: Seconds(used.saturating_abs()), confirmed: Seconds::ZERO, design: DESIGN, required: REQUIRED };
        let _ = decide(Proposal { seconds: Seconds(seconds), by: person(1) }, facts, &rules());
    }
}

mod doubts {
    use domain::hours::attribution::{Evidence, Rank, Target, attribute, union_millis};
    use domain::hours::bounds::{Doubt, Doubtful, Outcome};
    use domain::ids::EnrolmentId;
    use domain::time::{Instant, Interval, Seconds};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    fn interval() -> impl Strategy<Value = Interval> {
        (0..9_000_i64, 1..4_000_i64).prop_filter_map("empty", |(start, length)| Interval::new(Instant(start), Instant(start + length)))
    }

    /// A claim of which a part waits, of one of three lessons.
    fn claim() -> impl Strategy<Value = (u8, Outcome)> {
        (0..3_u8, vec(interval(), 0..3), vec(interval(), 1..3)).prop_map(|(lesson, accepted, doubtful)| {
            let parts = doubtful.into_iter().map(|interval| Doubtful { interval, reasons: vec![Doubt::TooLate] }).collect();
            (lesson, Outcome::Queued { parts, accepted, clipped: Vec::new() })
        })
    }

    fn target(lesson: u8) -> Target {
        Target { enrolment: EnrolmentId(Uuid::nil()), lesson: format!("l{lesson}").as_str().into(), stretch: Some(0) }
    }

    fn evidence(claims: &[(u8, Outcome)], accepted: impl Fn(usize) -> bool) -> Vec<Evidence> {
        let numbered = claims.iter().zip(1_i64..).enumerate();
        let pieces = numbered.flat_map(|(at, ((lesson, outcome), received_no))| {
            let piece = |interval| Evidence { received_no, rank: Rank::Study, target: target(*lesson), interval };
            outcome.believed(accepted(at)).into_iter().map(piece).collect::<Vec<_>>()
        });
        pieces.collect()
    }

    proptest! {
        /// Accepting doubts gives no more than the clock showed, however much overlaps; declining changes nothing.
        #[test]
        fn accepted_doubts_stay_within_the_clock(claims in vec(claim(), 1..8), decided in vec(any::<bool>(), 8), limits in vec(0..6_i64, 3)) {
            let capacity: BTreeMap<_, _> = (0..).zip(limits).map(|(lesson, limit)| (target(lesson), Seconds(limit))).collect();
            let sum = |evidence: &[Evidence], capacity: &BTreeMap<Target, Seconds>| -> i64 { attribute(evidence, capacity).millis.values().sum() };
            let (before, after) = (evidence(&claims, |_| false), evidence(&claims, |at| decided[at]));
            let clock = union_millis(&after.iter().map(|e| e.interval).collect::<Vec<_>>());
            prop_assert!(sum(&after, &capacity) <= clock);
            prop_assert_eq!(sum(&after, &BTreeMap::new()), clock);
            prop_assert!(sum(&before, &BTreeMap::new()) <= clock);
            let declined: Vec<_> = claims.iter().flat_map(|(_, outcome)| outcome.believed(false)).collect();
            prop_assert_eq!(declined, before.iter().map(|e| e.interval).collect::<Vec<_>>());
        }
    }
}
