//! Properties of the way from a chain of evidence to credit: whatever comes later, and in whatever order.
#![expect(clippy::expect_used, reason = "helpers outside a test function; a failure there must fail the test")]

#[path = "support/hours_rules.rs"]
mod hours_rules;

use domain::curriculum::{
    Checkpoint, EvaluationRules, FeedbackPolicy, HourUnit, Lesson, LessonMode, Localised, Module, Part, Programme, ProgrammeStatus,
};
use domain::hours::attribution::{Attribution, Evidence, attribute, union_millis};
use domain::hours::bounds::{Doubt, Doubtful, Outcome};
use domain::hours::evidence::{Fact, Link};
use domain::hours::reckoning::{AgendaItem, capacities, credits, evidence, granted, passed};
use domain::ids::EnrolmentId;
use domain::time::{Instant, Interval, Seconds};
use hours_rules::rules;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

const LESSONS: usize = 3;

fn enrolment() -> EnrolmentId {
    EnrolmentId(Uuid::from_u128(7))
}

/// Three lessons of a minute in one's own time, the first of which counts an evaluation, and one in person.
fn programme() -> Programme {
    let lesson = |number: usize, mode| Lesson {
        id: format!("l{number}").as_str().into(),
        title: Localised::default(),
        minutes: 1,
        mode,
        objectives: Vec::new(),
        content_notice: false,
        parts: vec![Part {
            id: "p1".to_owned(),
            title: Localised::default(),
            design: Seconds(60),
            checkpoint: Some(Checkpoint { id: format!("c{number}").as_str().into(), objective: "o".into(), questions: Vec::new() }),
        }],
        counts: if number == 0 { vec!["e".to_owned()] } else { Vec::new() },
        revision: "r".into(),
    };
    let mut lessons: Vec<Lesson> = (0..LESSONS).map(|number| lesson(number, LessonMode::SelfPaced)).collect();
    lessons.push(Lesson { parts: Vec::new(), ..lesson(LESSONS, LessonMode::InPerson) });
    let module =
        Module { id: "m".into(), title: Localised::default(), minimum_minutes: 1, objectives: Vec::new(), lessons, evaluation: None };
    Programme {
        id: "p".into(),
        title: Localised::default(),
        edition: String::new(),
        status: ProgrammeStatus::Open,
        time_zone: "America/Lima".to_owned(),
        required_minutes: 4,
        hour: HourUnit { minutes: 60, wording: Localised::default() },
        issuer: Localised::default(),
        signatories: Vec::new(),
        rules: rules(),
        evaluations: EvaluationRules {
            attempts: 1,
            wait: Seconds::ZERO,
            pass: 1300,
            grace: Seconds::ZERO,
            feedback: FeedbackPolicy::Never,
        },
        requirements: Vec::new(),
        waivable: Vec::new(),
        make_up: Vec::new(),
        record_validity_days: 90,
        public_fields: Vec::new(),
        modules: vec![module],
        services: Vec::new(),
    }
}

/// One event of a history. Times are milliseconds of two minutes.
#[derive(Debug, Clone)]
enum Event {
    Claim { lesson: usize, interval: Interval, doubtful: bool },
    Accept { claim: usize },
    Attempt { started: i64, length: i64, saves: Vec<i64> },
    Presence { interval: Interval },
    Right { lesson: usize },
}

fn span() -> impl Strategy<Value = Interval> {
    (0..120_000_i64, 1..60_000_i64).prop_map(|(start, length)| Interval::new(Instant(start), Instant(start + length)).expect("not empty"))
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (0..LESSONS, span(), any::<bool>()).prop_map(|(lesson, interval, doubtful)| Event::Claim { lesson, interval, doubtful }),
        3 => (0..24_usize).prop_map(|claim| Event::Accept { claim }),
        2 => (0..120_000_i64, 1..90_000_i64, vec(0..200_000_i64, 0..4)).prop_map(|(started, length, saves)| Event::Attempt { started, length, saves }),
        1 => span().prop_map(|interval| Event::Presence { interval }),
        2 => (0..LESSONS).prop_map(|lesson| Event::Right { lesson }),
    ]
}

/// A claim can be accepted once; what accepts nothing is left out.
fn links(events: &[Event]) -> Vec<Link> {
    let mut decided = vec![false; events.len()];
    let mut found: Vec<Link> = Vec::new();
    for (position, event) in events.iter().enumerate() {
        let id = |n: usize| Uuid::from_u128(u128::try_from(n).expect("small"));
        let fact = match event {
            Event::Claim { lesson, interval, doubtful } => claim(id(position), *lesson, *interval, *doubtful),
            Event::Accept { claim } => {
                let is_open = matches!(events.get(*claim), Some(Event::Claim { doubtful: true, .. })) && *claim < position;
                if !is_open || std::mem::replace(&mut decided[*claim], true) {
                    continue;
                }
                let (claim, at) = (id(*claim), Instant(0));
                Fact::Decision { id: id(position), claim, enrolment: enrolment().0, accepted: true, reason: [0; 32], at, by: id(1) }
            }
            Event::Attempt { started, length, saves } => Fact::Attempt {
                id: id(position),
                attempt: id(position),
                enrolment: enrolment().0,
                counts: ("e".to_owned(), "l0".to_owned()),
                window: (Instant(*started), Instant(started + length)),
                witnessed: saves.iter().map(|at| Instant(*at)).collect(),
                at: Instant(0),
            },
            Event::Presence { interval } => Fact::Presence {
                id: id(position),
                meeting: id(position),
                enrolment: enrolment().0,
                present: (Some(interval.start()), Some(interval.end())),
                source: "roll".to_owned(),
                confirmed: true,
                at: Instant(0),
                by: id(1),
                version: 1,
            },
            Event::Right { lesson } => Fact::Try {
                id: id(position),
                enrolment: enrolment().0,
                asked: (format!("c{lesson}"), "q".to_owned()),
                revision: "r".to_owned(),
                answer: (0, true),
                at: Instant(0),
                number: 1,
            },
        };
        found.push(Link { received_no: i64::try_from(found.len()).expect("few") + 1, fact, hash: [0; 32] });
    }
    found
}

fn claim(id: Uuid, lesson: usize, interval: Interval, doubtful: bool) -> Fact {
    let outcome = if doubtful {
        let parts = vec![Doubtful { interval, reasons: vec![Doubt::TooLate] }];
        Outcome::Queued { parts, accepted: Vec::new(), clipped: Vec::new() }
    } else {
        Outcome::Accepted { interval, clipped: Vec::new() }
    };
    Fact::Claim {
        id,
        reading: id,
        enrolment: enrolment().0,
        device: id,
        sequence: (1, 0),
        way: "script".to_owned(),
        place: (format!("l{lesson}"), 0, 0),
        sent: (interval.start(), interval.end(), interval.end()),
        clock: (interval.end(), 0),
        outcome: serde_json::to_string(&outcome).expect("text"),
        received_at: interval.end(),
    }
}

/// Every session has the lesson in person on its agenda, all the time.
fn agenda(links: &[Link]) -> Vec<AgendaItem> {
    let always = Interval::new(Instant(0), Instant(1_000_000)).expect("a time");
    let lesson = format!("l{LESSONS}");
    links.iter().map(|l| AgendaItem { meeting: meeting(l), lesson: lesson.as_str().into(), interval: always }).collect()
}

fn meeting(link: &Link) -> Uuid {
    if let Fact::Presence { meeting, .. } = &link.fact { *meeting } else { Uuid::from_u128(u128::MAX) }
}

fn reckoned(links: &[Link], programme: &Programme) -> (Vec<Evidence>, Attribution) {
    let held = BTreeMap::from([(enrolment(), programme)]);
    let evidence = evidence(links, &agenda(links), &held, |text| serde_json::from_str(text).ok()).expect("readable");
    let attribution = attribute(&evidence, &capacities(&held));
    (evidence, attribution)
}

fn sum(attribution: &Attribution) -> i64 {
    attribution.millis.values().sum()
}

proptest! {
    /// An attempt, a case in a text, a session, two devices: together never more than the clock showed, nor than a lesson has.
    #[test]
    fn never_more_than_the_clock(events in vec(event(), 0..24)) {
        let (programme, links) = (programme(), links(&events));
        let (evidence, attribution) = reckoned(&links, &programme);
        let all: Vec<Interval> = evidence.iter().map(|e| e.interval).collect();
        prop_assert!(sum(&attribution) <= union_millis(&all));
        let passed = passed(&links, enrolment());
        for (place, credit) in credits(&attribution, enrolment(), &programme, &passed) {
            prop_assert!(credit.sum() <= Seconds(60), "{:?}", place);
        }
    }

    /// Whatever is added at the end of a chain, by whatever way: what she was told she has, she has.
    #[test]
    fn adding_later_evidence_never_lowers_the_total(events in vec(event(), 1..24)) {
        let (programme, links) = (programme(), links(&events));
        let mut before = 0;
        for end in 0..=links.len() {
            let now = sum(&reckoned(&links[..end], &programme).1);
            prop_assert!(now >= before, "{} then {} at {}", before, now, end);
            before = now;
        }
    }

    /// Study, and staff accepting doubts late: no place of any lesson ever loses a second of time or of credit by it.
    #[test]
    fn accepting_a_doubt_lowers_no_credit(events in vec(event(), 1..24)) {
        let (programme, links) = (programme(), links(&events));
        for end in 1..=links.len() {
            if !matches!(links[end - 1].fact, Fact::Decision { .. } | Fact::Claim { .. } | Fact::Try { .. }) {
                continue;
            }
            let given = |links: &[Link]| {
                let attribution = reckoned(links, &programme).1;
                (credits(&attribution, enrolment(), &programme, &passed(links, enrolment())), attribution)
            };
            let ((credit_before, before), (credit_now, now)) = (given(&links[..end - 1]), given(&links[..end]));
            for (target, millis) in &before.millis {
                prop_assert!(now.millis.get(target).is_some_and(|m| m >= millis), "{:?}", target);
            }
            for (place, credit) in &credit_before {
                let now = credit_now[place];
                prop_assert!(now.sum() >= credit.sum() && now.confirmed >= credit.confirmed, "{:?}", place);
            }
        }
    }

    /// What counts an attempt is what the server saw, not when it was told.
    #[test]
    fn an_attempt_gives_the_same_whenever_it_arrives(events in vec(event(), 0..12), started in 0..120_000_i64, at in 0..12_usize) {
        let programme = programme();
        let alone = Event::Attempt { started, length: 50_000, saves: vec![started + 10_000] };
        let only_study: Vec<Event> = events.into_iter().filter(|e| matches!(e, Event::Claim { .. })).collect();
        let place = |position: usize| {
            let mut events = only_study.clone();
            events.insert(position.min(events.len()), alone.clone());
            sum(&reckoned(&links(&events), &programme).1)
        };
        prop_assert_eq!(place(at), place(usize::MAX));
    }
}

#[test]
fn only_a_granted_adjustment_counts_once() {
    let id = Uuid::from_u128;
    let adjustment = |n, seconds| Fact::Adjustment {
        id: id(n),
        enrolment: enrolment().0,
        lesson: "l1".to_owned(),
        seconds,
        reason: [0; 32],
        at: Instant(0),
        by: id(1),
    };
    let verdict = |n, granted| Fact::Verdict {
        id: id(n + 100),
        adjustment: id(n),
        enrolment: enrolment().0,
        granted,
        alone: false,
        reason: None,
        at: Instant(0),
        by: id(2),
    };
    let facts = [
        adjustment(1, 60),
        adjustment(2, 120),
        adjustment(3, 240),
        verdict(2, false),
        verdict(3, true),
        verdict(3, true),
        verdict(9, true),
    ];
    let links: Vec<Link> = (1..).zip(facts).map(|(received_no, fact)| Link { received_no, fact, hash: [0; 32] }).collect();
    assert_eq!(granted(&links, enrolment()), BTreeMap::from([("l1".into(), Seconds(240))]));
    assert_eq!(granted(&links, EnrolmentId(id(8))), BTreeMap::new());
}
