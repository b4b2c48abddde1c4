use super::*;

const HOUR: i64 = 3_600_000;

fn session() -> Interval {
    Interval::new(Instant(100 * HOUR), Instant(104 * HOUR)).expect("four hours")
}

fn minutes(n: i64) -> Instant {
    Instant(100 * HOUR + n * 60_000)
}

fn code(minute: Minute) -> CheckInCode {
    CheckInCode::parse(&format!("{:06}", minute.0 % 1_000_000)).expect("six digits")
}

#[test]
fn only_six_digits_are_a_code() {
    assert_eq!(CheckInCode::parse(" 048 392 ").map(|c| c.to_string()).as_deref(), Some("048392"));
    for wrong in ["", "48392", "0483921", "04839a", "٠٤٨٣٩٢", "-48392", "+48392"] {
        assert_eq!(CheckInCode::parse(wrong), None, "{wrong}");
    }
    assert_eq!(CheckInCode::of(&[255; 32]).to_string().len(), 6);
}

#[test]
fn a_code_is_good_this_minute_and_the_next() {
    let given = code(Minute::of(minutes(10)));
    let at = |ms: i64| check_code(session(), Instant(minutes(10).0 + ms), given, code);
    assert_eq!(at(-1), Err(CodeFault::Wrong));
    assert_eq!((at(0), at(59_999), at(60_000), at(119_999)), (Ok(()), Ok(()), Ok(()), Ok(())));
    assert_eq!(at(120_000), Err(CodeFault::Wrong));
    assert_eq!(at(86_400_000), Err(CodeFault::Over));
}

#[test]
fn codes_begin_half_an_hour_before_and_end_with_the_session() {
    let right_at = |now: Instant| check_code(session(), now, code(Minute::of(now)), code);
    assert_eq!(right_at(Instant(minutes(-30).0 - 1)), Err(CodeFault::NotYet));
    assert_eq!(right_at(minutes(-30)), Ok(()));
    assert_eq!(right_at(Instant(minutes(240).0 - 1)), Ok(()));
    // In the minute after the end the last code shown still works; a code of that minute was never shown.
    assert_eq!(check_code(session(), minutes(240), code(Minute::of(minutes(239))), code), Ok(()));
    assert_eq!(right_at(minutes(240)), Err(CodeFault::Wrong));
    assert_eq!(right_at(minutes(241)), Err(CodeFault::Over));
}

#[test]
fn the_second_success_is_a_departure_only_in_the_last_quarter() {
    let said = |arrived, left| Some(Said { arrived: minutes(arrived), left });
    assert_eq!(step(session(), None, minutes(239)), Step::Arrival);
    assert_eq!(step(session(), said(5, None), minutes(100)), Step::NotYet(minutes(180)));
    assert_eq!(step(session(), said(5, None), minutes(180)), Step::Departure);
    assert_eq!(step(session(), said(5, Some(minutes(190))), minutes(200)), Step::Done);
    // Late, in the last quarter: the same code twice is one arrival.
    assert_eq!(step(session(), said(200, None), minutes(201)), Step::NotYet(minutes(202)));
    assert_eq!(step(session(), said(200, None), minutes(202)), Step::Departure);
}

#[test]
fn the_roll_decides_and_the_difference_shows() {
    let present = |from, to| Noted::Present(Interval::new(minutes(from), minutes(to)).expect("not empty"));
    let said = |from, left: Option<i64>| Some(Said { arrived: minutes(from), left: left.map(minutes) });
    let cases = [
        (Noted::Nothing, said(0, None), None),
        (Noted::Absent, None, None),
        (Noted::Absent, said(0, None), Some(Difference::Absence)),
        (present(0, 240), None, None),
        (present(0, 240), said(-20, None), None),
        (present(0, 240), said(5, Some(236)), None),
        (present(0, 240), said(6, None), Some(Difference::Times)),
        (present(0, 240), said(0, Some(200)), Some(Difference::Times)),
    ];
    for (roll, said, difference) in cases {
        let decision = decide(roll, said, session());
        assert_eq!(decision.difference, difference, "{roll:?} {said:?}");
        assert_eq!(decision.present, if let Noted::Present(i) = roll { Some(i) } else { None });
    }
}

#[test]
fn a_substitute_counts_what_is_missing_and_takes_nothing_from_elsewhere() {
    let span = |from, to| Interval::new(minutes(from), minutes(to)).expect("not empty");
    let (set, now, missing) = (minutes(0), minutes(300), Seconds(45 * 60));
    assert_eq!(substitute(span(10, 100), set, now, missing, &[]), Ok(span(10, 55)));
    assert_eq!(substitute(span(10, 30), set, now, missing, &[span(30, 90)]), Ok(span(10, 30)));
    assert_eq!(substitute(span(10, 100), set, now, missing, &[span(54, 90)]), Err(SubstituteFault::Overlaps));
    assert_eq!(substitute(span(-1, 30), set, now, missing, &[]), Err(SubstituteFault::BeforeSet));
    assert_eq!(substitute(span(10, 301), set, now, missing, &[]), Err(SubstituteFault::InFuture));
    assert_eq!(substitute(span(10, 30), set, now, Seconds::ZERO, &[]), Err(SubstituteFault::NothingMissing));
}
