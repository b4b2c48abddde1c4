use super::*;
use crate::hours::sample_rules;

/// 14:00 in Lima on some day, so that the local day is `[T0 - 14 h, T0 + 10 h)`.
const T0: i64 = 1_700_074_800_000;
const HOUR: i64 = 3600;

fn at(seconds: i64) -> Instant {
    Instant(T0 + seconds * 1000)
}

fn span(start: i64, end: i64) -> Interval {
    Interval::new(at(start), at(end)).expect("a real interval")
}

/// A claim of `[start, end)`, used to the end and sent then, by a device whose clock is an hour slow.
fn claim(start: i64, end: i64) -> Claim {
    let slow = |s| at(s - HOUR);
    Claim { sequence: 1, part: 0, started_at: slow(start), ended_at: slow(end), last_input_at: slow(end), device_now: slow(end) }
}

fn days() -> [Interval; 2] {
    [span(-14 * HOUR, 10 * HOUR), span(10 * HOUR, 34 * HOUR)]
}

fn facts<'a>(studied: &'a [Interval], days: &'a [Interval]) -> Facts<'a> {
    Facts { reading: ReadingState::Hers, seen: Seen::New, lesson: LessonState::Open, last_offset: Some(HOUR * 1000), studied, days }
}

fn decide(claim: &Claim, opened: i64, received: i64, facts: Facts<'_>) -> Outcome {
    bound(claim, Window { opened_at: at(opened), received_at: at(received) }, facts, &sample_rules())
}

fn decide_with(studied: &[Interval], start: i64, end: i64) -> Outcome {
    decide(&claim(start, end), -9 * HOUR, end, facts(studied, &days()))
}

fn queued(parts: &[(i64, i64, &[Doubt])], accepted: &[Interval]) -> Outcome {
    let parts = parts.iter().map(|(s, e, why)| Doubtful { interval: span(*s, *e), reasons: why.to_vec() }).collect();
    Outcome::Queued { parts, accepted: accepted.to_vec(), clipped: Vec::new() }
}

#[test]
fn a_plain_claim_lands_on_the_servers_clock() {
    assert_eq!(decide_with(&[], 0, 30), Outcome::Accepted { interval: span(0, 30), clipped: Vec::new() });
}

#[test]
fn clipping_names_every_bound_overstepped() {
    let (days, rules) = (days(), sample_rules());
    let early = decide(&claim(0, 30), 10, 30, facts(&[], &days));
    assert_eq!(early, Outcome::Accepted { interval: span(10, 30), clipped: vec![Clip::BeforeOpening] });

    let mut late = claim(0, 200);
    late.device_now = at(30 - HOUR);
    let late = decide(&late, 0, 30, facts(&[], &days));
    assert_eq!(late, Outcome::Accepted { interval: span(0, 150), clipped: vec![Clip::AfterReceipt] });

    let mut idle = claim(0, 600);
    idle.last_input_at = idle.started_at.plus(Seconds(20));
    let idle = decide(&idle, 0, 600, facts(&[], &days));
    assert_eq!(idle, Outcome::Accepted { interval: span(0, 20 + rules.idle_after.0), clipped: vec![Clip::Idle] });
}

#[test]
fn nothing_left_says_why() {
    let days = days();
    let empty = decide(&claim(30, 30), 0, 30, facts(&[], &days));
    assert_eq!(empty, Outcome::Nothing { clipped: vec![Clip::Reversed] });
    let before = decide(&claim(0, 30), 30, 30, facts(&[], &days));
    assert_eq!(before, Outcome::Nothing { clipped: vec![Clip::BeforeOpening] });
    let mut unused = claim(1000, 1030);
    unused.last_input_at = at(700 - HOUR);
    let unused = decide(&unused, 0, 1030, facts(&[], &days));
    assert_eq!(unused, Outcome::Nothing { clipped: vec![Clip::Idle] });
}

#[test]
fn extreme_device_times_do_not_overflow() {
    let days = days();
    let (low, high) = (Instant(i64::MIN), Instant(i64::MAX));
    for now in [low, Instant(0), high] {
        let wild = Claim { sequence: 1, part: 0, started_at: low, ended_at: high, last_input_at: high, device_now: now };
        let outcome = decide(&wild, 0, 30, Facts { last_offset: None, ..facts(&[], &days) });
        assert!(!matches!(outcome, Outcome::Refused | Outcome::Repeated), "{outcome:?}");
        let moved = decide(&wild, 0, 30, Facts { last_offset: Some(i64::MIN), ..facts(&[], &days) });
        assert!(!matches!(moved, Outcome::Accepted { .. }), "{moved:?}");
    }
}

#[test]
fn repeats_reuse_strangers_and_closed_lessons() {
    let days = days();
    let plain = facts(&[], &days);
    let answer = |facts| decide(&claim(0, 30), 0, 30, facts);
    assert_eq!(answer(Facts { seen: Seen::Same, ..plain }), Outcome::Repeated);
    assert_eq!(answer(Facts { reading: ReadingState::NotHers, ..plain }), Outcome::Refused);
    assert_eq!(answer(Facts { reading: ReadingState::NotHers, seen: Seen::Same, ..plain }), Outcome::Refused);
    let reused = answer(Facts { seen: Seen::Other, ..plain });
    assert_eq!(reused, queued(&[(0, 30, &[Doubt::SequenceReused])], &[]));
    let closed = answer(Facts { lesson: LessonState::NotOpen, seen: Seen::Other, ..plain });
    assert_eq!(closed, queued(&[(0, 30, &[Doubt::SequenceReused, Doubt::LessonNotOpen])], &[]));
}

#[test]
fn a_clock_may_move_ten_minutes() {
    let days = days();
    for (last, is_accepted) in [(HOUR * 1000 - 600_000, true), (HOUR * 1000 + 600_001, false), (HOUR * 1000 - 600_001, false)] {
        let outcome = decide(&claim(0, 30), 0, 30, Facts { last_offset: Some(last), ..facts(&[], &days) });
        let millis = HOUR * 1000 - last;
        if is_accepted {
            assert_eq!(outcome, Outcome::Accepted { interval: span(0, 30), clipped: Vec::new() });
        } else {
            assert_eq!(outcome, queued(&[(0, 30, &[Doubt::ClockMoved { millis }])], &[]));
        }
    }
    let first = decide(&claim(0, 30), 0, 30, Facts { last_offset: None, ..facts(&[], &days) });
    assert!(matches!(first, Outcome::Accepted { .. }));
}

#[test]
fn slow_requests_leave_no_gap_and_take_no_second() {
    let (days, rules) = (days(), sample_rules());
    // The second request was four seconds longer under way, the third six: as if the device's clock were behind.
    for (under_way, kept) in [(0, true), (4, true), (5, true), (6, false)] {
        let received = Instant(at(60 + under_way).0);
        let second = Claim { device_now: at(60 - HOUR), ..claim(30, 60) };
        let offset = second.offset(received, Some(HOUR * 1000));
        assert_eq!(offset, (HOUR + if kept { 0 } else { under_way }) * 1000);
        let window = Window { opened_at: at(0), received_at: received };
        let outcome = bound(&second, window, facts(&[span(0, 30)], &days), &rules);
        let later = if kept { 0 } else { under_way };
        assert_eq!(outcome, Outcome::Accepted { interval: span(30 + later, 60 + later), clipped: Vec::new() });
    }
    assert_eq!(claim(0, 30).offset(at(30), None), HOUR * 1000);
    assert_eq!(claim(0, 30).offset(at(30), Some(i64::MIN)), HOUR * 1000);
}

#[test]
fn what_happened_more_than_fourteen_days_ago_waits() {
    let days = days();
    let mut old = claim(0, 60);
    let received = 14 * 24 * HOUR + 20;
    old.device_now = at(received - HOUR);
    assert_eq!(decide(&old, 0, received, facts(&[], &days)), queued(&[(0, 20, &[Doubt::TooLate])], &[span(20, 60)]));
    old.device_now = at(received + 3600 - HOUR);
    assert_eq!(decide(&old, 0, received + 3600, facts(&[], &days)), queued(&[(0, 60, &[Doubt::TooLate])], &[]));
}

#[test]
fn three_hours_without_a_pause() {
    let before = [span(-3 * HOUR, -1200), span(-1000, -10)];
    // 180 min - 20 min + 990 s so far: 210 s are left.
    assert_eq!(decide_with(&before, 0, 300), queued(&[(210, 300, &[Doubt::WithoutPause])], &[span(0, 210)]));
    assert!(matches!(decide_with(&before, 290, 500), Outcome::Accepted { .. }));
    // After a gap of five minutes a new run begins.
    assert!(matches!(decide_with(&before, 300, 600), Outcome::Accepted { .. }));
    assert_eq!(decide_with(&[], 0, 4 * HOUR), queued(&[(3 * HOUR, 4 * HOUR, &[Doubt::WithoutPause])], &[span(0, 3 * HOUR)]));
}

#[test]
fn a_claim_may_not_join_two_long_runs() {
    let around = [span(-2 * HOUR, 0), span(600, 2 * HOUR)];
    // Up to 300 s a pause of 300 s remains before the second run.
    assert_eq!(decide_with(&around, 0, 600), queued(&[(300, 600, &[Doubt::WithoutPause])], &[span(0, 300)]));
}

#[test]
fn eight_hours_a_day_and_studied_time_is_free() {
    let full = [span(-14 * HOUR, -12 * HOUR), span(-11 * HOUR, -9 * HOUR), span(-8 * HOUR, -6 * HOUR), span(-5 * HOUR, -3 * HOUR)];
    assert_eq!(decide_with(&full, 0, 30), queued(&[(0, 30, &[Doubt::TooMuchInADay])], &[]));
    assert!(matches!(decide_with(&full, -5 * HOUR, -3 * HOUR), Outcome::Accepted { .. }));
    assert!(matches!(decide_with(&full[1..], 0, 30), Outcome::Accepted { .. }));
}

#[test]
fn the_day_is_full_at_exactly_eight_hours() {
    let almost = [span(-14 * HOUR, -12 * HOUR), span(-11 * HOUR, -9 * HOUR), span(-8 * HOUR, -5 * HOUR), span(-2 * HOUR, -HOUR - 600)];
    assert_eq!(decide_with(&almost, 0, 600), Outcome::Accepted { interval: span(0, 600), clipped: Vec::new() });
    assert_eq!(decide_with(&almost, 0, 601), queued(&[(600, 601, &[Doubt::TooMuchInADay])], &[span(0, 600)]));
    // Staff may have accepted more: what is studied already stays free.
    let over = [span(-14 * HOUR, -5 * HOUR)];
    assert!(matches!(decide_with(&over, -6 * HOUR, -5 * HOUR), Outcome::Accepted { .. }));
}

#[test]
fn midnight_divides_the_day_but_not_the_run() {
    let full = [span(-14 * HOUR, -12 * HOUR), span(-11 * HOUR, -9 * HOUR), span(-8 * HOUR, -6 * HOUR), span(-5 * HOUR, -3 * HOUR)];
    let midnight = 10 * HOUR;
    assert_eq!(
        decide_with(&full, midnight - 60, midnight + 60),
        queued(&[(midnight - 60, midnight, &[Doubt::TooMuchInADay])], &[span(midnight, midnight + 60)])
    );
    assert_eq!(
        decide_with(&[], midnight - 60, midnight + 60),
        Outcome::Accepted { interval: span(midnight - 60, midnight + 60), clipped: Vec::new() }
    );
    let run = [span(midnight - 3 * HOUR, midnight - 60)];
    assert_eq!(
        decide_with(&run, midnight - 60, midnight + 60),
        queued(&[(midnight, midnight + 60, &[Doubt::WithoutPause])], &[span(midnight - 60, midnight)])
    );
}

#[test]
fn time_on_a_day_without_facts_waits() {
    let today = &days()[..1];
    let outcome = decide(&claim(10 * HOUR - 60, 10 * HOUR + 60), 0, 10 * HOUR + 60, facts(&[], today));
    let expected = queued(&[(10 * HOUR, 10 * HOUR + 60, &[Doubt::TooMuchInADay])], &[span(10 * HOUR - 60, 10 * HOUR)]);
    assert_eq!(outcome, expected);
}

#[test]
fn the_form_counts_at_most_the_part_and_dies() {
    let rules = sample_rules();
    let form = |now| form_interval(at(0), at(now), Seconds(600), &rules);
    for (now, end) in [(-1, None), (0, None), (1, Some(1)), (599, Some(599)), (601, Some(600)), (43_200, Some(600)), (43_201, None)] {
        assert_eq!(form(now), end.map(|e| span(0, e)), "{now}");
    }
}

#[test]
fn the_form_keeps_the_same_limits() {
    let (days, rules) = (days(), sample_rules());
    let run = [span(-3 * HOUR, -10)];
    let form = |facts| bound_form(span(0, 600), at(600), facts, &rules);
    assert_eq!(form(facts(&[], &days)), Outcome::Accepted { interval: span(0, 600), clipped: Vec::new() });
    assert_eq!(form(facts(&run, &days)), queued(&[(10, 600, &[Doubt::WithoutPause])], &[span(0, 10)]));
    assert_eq!(form(Facts { seen: Seen::Same, ..facts(&[], &days) }), Outcome::Repeated);
    let closed = form(Facts { lesson: LessonState::NotOpen, last_offset: Some(i64::MAX), ..facts(&[], &days) });
    assert_eq!(closed, queued(&[(0, 600, &[Doubt::LessonNotOpen])], &[]));
}
