use super::*;
use crate::curriculum::{Checkpoint, EvaluationRules, FeedbackPolicy, HourUnit, Localised, MakeUp, Part, ProgrammeStatus};
use crate::hours::sample_rules;
use proptest::prelude::*;

fn part(id: &str, design: i64, checkpoint: Option<&str>) -> Part {
    let checkpoint = checkpoint.map(|c| Checkpoint { id: c.into(), objective: "o1".into(), questions: Vec::new() });
    Part { id: id.to_owned(), title: Localised::default(), design: Seconds(design), checkpoint }
}

fn lesson(id: &str, minutes: i64, mode: LessonMode, parts: Vec<Part>) -> Lesson {
    Lesson {
        id: id.into(),
        title: Localised::default(),
        minutes,
        mode,
        objectives: Vec::new(),
        content_notice: false,
        parts,
        counts: Vec::new(),
        revision: "r".into(),
    }
}

/// One module: a lesson of 20 minutes with two stretches of 10, a session of 30 minutes.
fn programme() -> Programme {
    let parts = vec![part("p1", 300, None), part("p2", 300, Some("c1")), part("p3", 600, Some("c2"))];
    let lessons = vec![lesson("l1", 20, LessonMode::SelfPaced, parts), lesson("s1", 30, LessonMode::InPerson, Vec::new())];
    let module =
        Module { id: "m1".into(), title: Localised::default(), minimum_minutes: 40, objectives: Vec::new(), lessons, evaluation: None };
    Programme {
        id: "p".into(),
        title: Localised::default(),
        edition: String::new(),
        status: ProgrammeStatus::Open,
        time_zone: "America/Lima".to_owned(),
        required_minutes: 50,
        hour: HourUnit { minutes: 60, wording: Localised::default() },
        issuer: Localised::default(),
        signatories: Vec::new(),
        rules: sample_rules(),
        evaluations: EvaluationRules {
            attempts: 2,
            wait: Seconds::ZERO,
            pass: 1300,
            grace: Seconds::ZERO,
            feedback: FeedbackPolicy::Never,
        },
        requirements: Vec::new(),
        waivable: Vec::new(),
        make_up: MakeUp::every(),
        record_validity_days: 90,
        public_fields: Vec::new(),
        modules: vec![module],
        services: Vec::new(),
    }
}

type Given<'a> = (&'a str, Option<u16>, Standing);

fn progress(given: &[Given<'_>]) -> Progress {
    let standings =
        given.iter().map(|(lesson, stretch, standing)| (Place { lesson: (*lesson).into(), stretch: *stretch }, *standing)).collect();
    total(&programme(), &standings)
}

fn posted(provisional: i64, confirmed: i64) -> Posted {
    Posted { provisional: Seconds(provisional), confirmed: Seconds(confirmed) }
}

fn current(provisional: i64, confirmed: i64) -> Standing {
    let credit = Credit { provisional: Seconds(provisional), confirmed: Seconds(confirmed) };
    Standing { sums: Sums::default(), current: Some(credit) }
}

fn adjusted(seconds: i64) -> Standing {
    Standing { sums: Sums { earned: Posted::default(), adjusted: posted(0, seconds) }, current: None }
}

fn study(left: i64) -> Missing {
    Missing { lesson: "l1".into(), what: MissingWhat::Study { left: Seconds(left) } }
}

fn checkpoint(id: &str) -> Missing {
    Missing { lesson: "l1".into(), what: MissingWhat::Checkpoint { id: id.into() } }
}

fn session(left: i64) -> Missing {
    Missing { lesson: "s1".into(), what: MissingWhat::Session { left: Seconds(left) } }
}

#[test]
fn nothing_done_lacks_everything() {
    let found = progress(&[]);
    assert_eq!((found.confirmed, found.provisional, found.required), (Seconds(0), Seconds(0), Seconds(3000)));
    assert_eq!(found.missing, [study(1200), session(1800)]);
    assert!(!found.is_enough());
    assert_eq!(found.modules[0].design, Seconds(3000));
    assert_eq!(found.modules[0].lessons[0].stretches.len(), 2);
}

#[test]
fn everything_done_lacks_nothing() {
    let found = progress(&[("l1", Some(0), current(0, 600)), ("l1", Some(1), current(0, 600)), ("s1", None, current(0, 1800))]);
    assert_eq!((found.confirmed, found.provisional), (Seconds(3000), Seconds(0)));
    assert_eq!(found.missing, []);
    assert!(found.is_enough());
}

#[test]
fn study_and_checkpoints_are_told_apart() {
    let session = session(1800);
    let table: [(i64, i64, &[Missing]); 6] = [
        (100, 0, &[study(1100)]),
        (300, 0, &[study(900), checkpoint("c1")]),
        (480, 0, &[study(600), checkpoint("c1")]),
        (600, 0, &[study(600), checkpoint("c1")]),
        (0, 400, &[study(800)]),
        (0, 600, &[study(600)]),
    ];
    for (provisional, confirmed, expected) in table {
        let found = progress(&[("l1", Some(0), current(provisional, confirmed))]);
        let expected: Vec<Missing> = expected.iter().cloned().chain([session.clone()]).collect();
        assert_eq!(found.missing, expected, "{provisional} {confirmed}");
    }
    let only = progress(&[("l1", Some(0), current(0, 600)), ("l1", Some(1), current(500, 0))]);
    assert_eq!(only.missing, [checkpoint("c2"), session]);
}

#[test]
fn provisional_time_that_nothing_can_confirm_asks_for_study() {
    let found = progress(&[("l1", None, current(0, 1000)), ("l1", Some(0), current(200, 0))]);
    assert_eq!(found.missing, [study(200), session(1800)]);
}

#[test]
fn the_current_credit_replaces_what_is_posted_but_not_adjustments() {
    let sums = Sums { earned: posted(120, 0), adjusted: posted(0, 60) };
    let stale = progress(&[("l1", Some(0), Standing { sums, current: None })]);
    assert_eq!((stale.confirmed, stale.provisional), (Seconds(60), Seconds(120)));
    let credit = Credit { provisional: Seconds(150), confirmed: Seconds::ZERO };
    let fresh = progress(&[("l1", Some(0), Standing { sums, current: Some(credit) })]);
    assert_eq!((fresh.confirmed, fresh.provisional), (Seconds(60), Seconds(150)));
}

#[test]
fn a_lesson_never_exceeds_its_minutes_nor_falls_below_nothing() {
    let over = progress(&[
        ("l1", Some(0), current(600, 0)),
        ("l1", Some(1), current(0, 9000)),
        ("l1", None, adjusted(300)),
        ("s1", None, current(0, 9000)),
    ]);
    let first = &over.modules[0].lessons[0];
    assert_eq!((first.confirmed, first.provisional), (Seconds(900), Seconds(300)));
    assert_eq!(over.modules[0].lessons[1].confirmed, Seconds(1800));
    let under = progress(&[("l1", None, adjusted(-300))]);
    assert_eq!(under.confirmed, Seconds(0));
}

#[test]
fn unknown_places_are_not_lost_from_sight() {
    let found = progress(&[("gone", Some(0), current(10, 20)), ("gone", None, adjusted(5)), ("l1", Some(9), current(0, 30))]);
    assert_eq!(found.elsewhere, posted(10, 25));
    assert_eq!(found.confirmed, Seconds(30));
}

fn any_posted() -> impl Strategy<Value = Posted> {
    (-900..2500_i64, -900..2500_i64).prop_map(|(provisional, confirmed)| posted(provisional, confirmed))
}

fn any_standing() -> impl Strategy<Value = Standing> {
    let credit = proptest::option::of((0..2500_i64, 0..2500_i64));
    (any_posted(), any_posted(), credit).prop_map(|(earned, adjusted, credit)| Standing {
        sums: Sums { earned, adjusted },
        current: credit.and_then(|(provisional, confirmed)| current(provisional, confirmed).current),
    })
}

fn any_given() -> impl Strategy<Value = Vec<(&'static str, Option<u16>, Standing)>> {
    let place = prop_oneof![
        Just(("l1", Some(0))),
        Just(("l1", Some(1))),
        Just(("l1", Some(2))),
        Just(("l1", None)),
        Just(("s1", None)),
        Just(("gone", None)),
    ];
    proptest::collection::vec((place, any_standing()).prop_map(|((l, s), standing)| (l, s, standing)), 0..8)
}

proptest! {
    #[test]
    fn sums_agree_at_every_level_and_stay_within_design(given in any_given()) {
        let found = progress(&given);
        let lessons: Vec<&LessonProgress> = found.modules.iter().flat_map(|m| &m.lessons).collect();
        prop_assert_eq!(found.confirmed, lessons.iter().map(|l| l.confirmed).sum());
        prop_assert_eq!(found.provisional, lessons.iter().map(|l| l.provisional).sum());
        for lesson in &lessons {
            prop_assert!(lesson.confirmed >= Seconds::ZERO && lesson.provisional >= Seconds::ZERO);
            prop_assert!(lesson.confirmed + lesson.provisional <= lesson.design);
            for stretch in &lesson.stretches {
                prop_assert!(stretch.confirmed + stretch.provisional <= stretch.design);
            }
        }
    }

    #[test]
    fn a_lesson_lacks_something_exactly_while_it_is_not_confirmed(given in any_given()) {
        let found = progress(&given);
        for lesson in found.modules.iter().flat_map(|m| &m.lessons) {
            let lacks: Vec<&Missing> = found.missing.iter().filter(|m| m.lesson == lesson.id).collect();
            prop_assert_eq!(lacks.is_empty(), lesson.confirmed == lesson.design);
            for lack in lacks {
                match &lack.what {
                    MissingWhat::Study { left } | MissingWhat::Session { left } => {
                        prop_assert!(*left > Seconds::ZERO && *left <= lesson.design - lesson.confirmed);
                    }
                    MissingWhat::Checkpoint { id } => {
                        let stretch = lesson.stretches.iter().find(|s| &s.checkpoint == id).expect("of this lesson");
                        prop_assert!(stretch.confirmed < stretch.design);
                    }
                }
            }
        }
    }

    #[test]
    fn posting_the_credit_changes_nothing_on_the_page(given in any_given()) {
        let settled: Vec<_> = given
            .iter()
            .map(|(lesson, stretch, standing)| {
                let sums = Sums { earned: standing.earned(), adjusted: standing.sums.adjusted };
                (*lesson, *stretch, Standing { sums, current: None })
            })
            .collect();
        prop_assert_eq!(progress(&given), progress(&settled));
    }
}
