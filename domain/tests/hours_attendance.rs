//! Properties of presence: a code is of its session and minute only, the roll alone decides, a substitute never exceeds the clock.

use domain::hours::attendance::{
    CheckInCode, CodeFault, Difference, Minute, Noted, OPENS_BEFORE, Said, Step, check_code, decide, leaves_from, proposed, shows_code,
    step, substitute,
};
use domain::hours::attribution::union_millis;
use domain::time::{Instant, Interval, Seconds};
use proptest::collection::vec;
use proptest::prelude::*;

fn span() -> impl Strategy<Value = Interval> {
    (0..40_000_000_i64, 1..20_000_000_i64)
        .prop_filter_map("not empty", |(start, length)| Interval::new(Instant(start), Instant(start + length)))
}

fn at() -> impl Strategy<Value = Instant> {
    (-5_000_000..70_000_000_i64).prop_map(Instant)
}

/// A stand-in for the keyed digest: other sessions and other minutes have other codes.
fn code(session: u8, minute: Minute) -> CheckInCode {
    let number = minute.0.rem_euclid(10_000) * 100 + i64::from(session % 100);
    CheckInCode::parse(&format!("{number:06}")).unwrap_or(CheckInCode::of(&[0; 32]))
}

fn said() -> impl Strategy<Value = Option<Said>> {
    proptest::option::of(
        (at(), proptest::option::of(1..10_000_000_i64))
            .prop_map(|(arrived, stay)| Said { arrived, left: stay.map(|ms| Instant(arrived.0 + ms)) }),
    )
}

fn noted() -> impl Strategy<Value = Noted> {
    prop_oneof![Just(Noted::Nothing), Just(Noted::Absent), span().prop_map(Noted::Present)]
}

proptest! {
    #[test]
    fn a_code_is_taken_for_its_session_its_minute_and_the_next(session in span(), now in at(), given in -3..4_i64, other in 1..9_u8) {
        let minute = Minute(Minute::of(now).0 + given);
        let answer = check_code(session, now, code(0, minute), |m| code(0, m));
        if answer.is_ok() {
            prop_assert!(given == 0 || given == -1);
            prop_assert!(now >= session.start().minus(OPENS_BEFORE));
            prop_assert!(now.0 < session.end().0 + 60_000);
        }
        if shows_code(session, now) {
            prop_assert_eq!(check_code(session, now, code(0, Minute::of(now)), |m| code(0, m)), Ok(()));
            prop_assert_eq!(check_code(session, now, code(other, Minute::of(now)), |m| code(0, m)), Err(CodeFault::Wrong));
        }
        // What was shown a moment ago is taken at least until this minute ends.
        let shown_before = Instant(now.0 - 30_000);
        if shows_code(session, shown_before) {
            prop_assert_eq!(check_code(session, now, code(0, Minute::of(shown_before)), |m| code(0, m)), Ok(()));
        }
    }

    #[test]
    fn what_is_typed_is_what_is_shown(tag: [u8; 32]) {
        let code = CheckInCode::of(&tag);
        let shown = code.to_string();
        prop_assert_eq!(shown.len(), 6);
        prop_assert_eq!(CheckInCode::parse(&format!("{} {}", &shown[..3], &shown[3..])), Some(code));
    }

    #[test]
    fn a_departure_comes_after_the_arrival_and_once(session in span(), arrived in at(), now in at()) {
        let said = Said { arrived, left: None };
        match step(session, Some(said), now) {
            Step::Departure => prop_assert!(now > arrived && now >= leaves_from(session)),
            Step::NotYet(from) => {
                prop_assert!(now < from);
                prop_assert_eq!(step(session, Some(said), from), Step::Departure);
            }
            Step::Arrival | Step::Done => prop_assert!(false, "she came and has not left"),
        }
        prop_assert_eq!(step(session, Some(Said { left: Some(now), ..said }), now), Step::Done);
        prop_assert_eq!(step(session, None, now), Step::Arrival);
    }

    #[test]
    fn the_roll_alone_decides(roll in noted(), said in said(), other in said(), session in span()) {
        let decision = decide(roll, said, session);
        prop_assert_eq!(decision.present, decide(roll, other, session).present);
        prop_assert_eq!(decision.present, match roll { Noted::Present(i) => Some(i), Noted::Nothing | Noted::Absent => None });
        if said.is_none() || roll == Noted::Nothing {
            prop_assert_eq!(decision.difference, None);
        }
        if roll == Noted::Absent && said.is_some() {
            prop_assert_eq!(decision.difference, Some(Difference::Absence));
        }
    }

    #[test]
    fn what_is_proposed_lies_in_the_session_and_does_not_differ(said in said(), session in span()) {
        if let Some(interval) = said.and_then(|s| proposed(s, session)) {
            prop_assert_eq!(interval.intersect(session), Some(interval));
            prop_assert_eq!(decide(Noted::Present(interval), said, session).difference, None);
        }
    }

    #[test]
    fn a_substitute_stays_within_the_clock_and_what_is_missing(stated in span(), set in at(), now in at(), missing in -5..30_000_i64, present in vec(span(), 0..6)) {
        if let Ok(counted) = substitute(stated, set, now, Seconds(missing), &present) {
            prop_assert_eq!(counted.intersect(stated), Some(counted));
            prop_assert!(counted.millis() <= missing * 1000);
            prop_assert!(counted.start() >= set && counted.end() <= now);
            let mut all = present.clone();
            all.push(counted);
            prop_assert_eq!(union_millis(&all), union_millis(&present) + counted.millis());
        }
    }
}
