//! Properties of marking, drawing and grading.

use domain::assessment::{
    Answer, AuthoredOption, AuthoredQuestion, BankQuestion, DrawRefused, Grade, Mark, Paper, QuestionKind, Score, check_blueprint,
    deadline, draw, mark,
};
use domain::curriculum::{Draw, Evaluation, FeedbackPolicy, Localised};
use domain::time::{Instant, Seconds};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn question(id: &str, kind: QuestionKind, tags: &[&str], critical: bool, key: &[bool], points: u32) -> AuthoredQuestion {
    let options = key.iter().zip('a'..).map(|(&correct, id)| AuthoredOption {
        id: id.to_string(),
        correct,
        critical: false,
        text: Localised::es("Texto"),
        feedback: Localised::es("Respuesta"),
    });
    AuthoredQuestion {
        tags: tags.iter().map(|&t| t.to_owned()).collect(),
        critical,
        points,
        prompt: Localised::es("Pregunta"),
        options: options.collect(),
        ..AuthoredQuestion::new(id.into(), kind, "o1".into())
    }
}

fn chosen(flags: &[bool]) -> Answer {
    Answer::Choices(flags.iter().zip('a'..).filter(|(on, _)| **on).map(|(_, id)| id.to_string()).collect())
}

fn score(question: &AuthoredQuestion, answer: &Answer) -> Option<Score> {
    mark(question, answer).ok().and_then(Mark::score)
}

/// A multiple choice's key with at least one right option, and a choice of as many options.
fn key_and_choice() -> impl Strategy<Value = (Vec<bool>, Vec<bool>)> {
    (2_usize..10)
        .prop_flat_map(|n| (prop::collection::vec(any::<bool>(), n), prop::collection::vec(any::<bool>(), n)))
        .prop_filter("one right", |(key, _)| key.contains(&true))
}

/// A small generator, so that a failing draw can be repeated from its seed.
fn source(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |bound| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    }
}

fn evaluation(draw: Vec<Draw>, cases: &[&str]) -> Evaluation {
    Evaluation {
        id: "e".into(),
        title: Localised::es("Evaluación"),
        limit: Seconds(2700),
        graded: true,
        offered_when: 100,
        offered_after: domain::curriculum::OfferedAfter::Module,
        draw,
        cases: cases.iter().map(|&c| c.into()).collect(),
        attempts: 2,
        wait: Seconds(0),
        pass: 1300,
        grace: Seconds(60),
        feedback: FeedbackPolicy::Never,
    }
}

fn line(tag: &str, count: u32, critical: u32) -> Draw {
    Draw { tag: tag.to_owned(), count, critical }
}

const KINDS: [QuestionKind; 4] = [QuestionKind::SingleChoice, QuestionKind::MultipleChoice, QuestionKind::TrueFalse, QuestionKind::Case];
const TAGS: [&[&str]; 4] = [&[], &["a"], &["b"], &["a", "b"]];

/// A bank of questions of every kind with the tags `a`, `b`, both or none.
fn bank() -> impl Strategy<Value = Vec<BankQuestion>> {
    prop::collection::vec((0_usize..4, 0_usize..4, any::<bool>(), 1_u32..6), 0..14).prop_map(|list| {
        let make = |(n, (kind, tags, critical, points)): (usize, (usize, usize, bool, u32))| {
            let key: &[bool] = if KINDS[kind] == QuestionKind::Case { &[] } else { &[true, false] };
            let id = format!("q{n}");
            BankQuestion {
                revision: format!("r{n}").as_str().into(),
                question: question(&id, KINDS[kind], TAGS[tags], critical, key, points),
            }
        };
        list.into_iter().enumerate().map(make).collect()
    })
}

fn find<'a>(bank: &'a [BankQuestion], paper: &Paper, at: usize) -> Option<&'a BankQuestion> {
    bank.iter().find(|b| b.question.id == paper.items[at].question && b.revision == paper.items[at].revision)
}

/// Whether the drawn questions can be dealt out to the two lines, by trying every way.
fn obeys(drawn: &[&BankQuestion], lines: &[Draw; 2]) -> bool {
    (0_u32..1 << drawn.len()).any(|mask| {
        lines.iter().zip([0, 1]).all(|(line, side)| {
            let dealt = || drawn.iter().enumerate().filter(|(at, _)| mask >> at & 1 == side).map(|(_, q)| q);
            dealt().count() == line.count as usize
                && dealt().all(|q| q.question.tags.contains(&line.tag))
                && dealt().filter(|q| q.question.critical).count() == line.critical as usize
        })
    })
}

/// Whether any subset of the bank obeys the two lines.
fn can_be_drawn(bank: &[BankQuestion], lines: &[Draw; 2]) -> bool {
    let total = lines[0].count + lines[1].count;
    (0_u32..1 << bank.len()).filter(|mask| mask.count_ones() == total).any(|mask| {
        let drawn: Vec<_> = bank.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, q)| q).collect();
        drawn.iter().all(|q| q.question.kind != QuestionKind::Case) && obeys(&drawn, lines)
    })
}

proptest! {
    #[test]
    fn a_score_is_within_its_bounds((key, choice) in key_and_choice(), points in 1_u32..1000) {
        let question = question("q", QuestionKind::MultipleChoice, &[], false, &key, points);
        let got = score(&question, &chosen(&choice)).unwrap();
        prop_assert!(got >= Score::ZERO && got <= Score::whole(points));
        prop_assert_eq!(got == Score::whole(points), choice == key);
    }

    #[test]
    fn one_more_right_option_raises_and_one_more_wrong_never_does(
        (key, choice) in key_and_choice(), at in any::<prop::sample::Index>(), points in 1_u32..1000,
    ) {
        let question = question("q", QuestionKind::MultipleChoice, &[], false, &key, points);
        let at = at.index(key.len());
        let (mut with, mut without) = (choice.clone(), choice);
        with[at] = true;
        without[at] = false;
        let (with, without) = (score(&question, &chosen(&with)).unwrap(), score(&question, &chosen(&without)).unwrap());
        if key[at] { prop_assert!(with >= without) } else { prop_assert!(with <= without) }
    }

    #[test]
    fn the_order_of_options_and_choices_does_not_matter(
        (key, choice) in key_and_choice(), seed in any::<u64>(), kind in 0_usize..2,
    ) {
        let mut question = question("q", KINDS[kind], &[], false, &key, 7);
        let first = chosen(&choice);
        let ids: Vec<String> = match &first { Answer::Choices(ids) => ids.clone(), _ => Vec::new() };
        let answer = if kind == 0 { ids.first().cloned().map_or(Answer::Unanswered, Answer::Choice) } else { first };
        let before = mark(&question, &answer);
        let mut random = source(seed);
        for last in (1..question.options.len()).rev() {
            question.options.swap(last, random(last as u64 + 1) as usize);
        }
        let answer = match answer {
            Answer::Choices(mut ids) => { ids.reverse(); Answer::Choices(ids) }
            other => other,
        };
        prop_assert_eq!(mark(&question, &answer), before);
    }

    #[test]
    fn sums_do_not_depend_on_order_and_stay_reduced(parts in prop::collection::vec((-50_i64..50, 1_i64..13), 0..12)) {
        let scores: Vec<Score> = parts.iter().map(|&(n, d)| Score::new(n, d).unwrap()).collect();
        let forth = Score::checked_sum(scores.iter().copied()).unwrap();
        prop_assert_eq!(forth, Score::checked_sum(scores.iter().rev().copied()).unwrap());
        let common = 27_720; // lowest common multiple of 1 to 12
        let numerator: i64 = parts.iter().map(|(n, d)| n * (common / d)).sum();
        prop_assert_eq!(forth, Score::new(numerator, common).unwrap());
        prop_assert!((2..=common).all(|d| forth.numerator() % d != 0 || forth.denominator() % d != 0));
    }

    #[test]
    fn a_grade_is_the_nearest_hundredth_half_up((n, d, points) in (1_i64..500, 1_u32..200).prop_flat_map(|(d, p)| (0..=d * i64::from(p), Just(d), Just(p)))) {
        let grade = i128::from(Grade::of(Score::new(n, d).unwrap(), points).unwrap().hundredths());
        // exact value = n·2000 / (d·points); grade − ½ ≤ exact < grade + ½
        let (exact, unit) = (i128::from(n) * 2000, i128::from(d) * i128::from(points));
        prop_assert!((2 * grade - 1) * unit <= 2 * exact && 2 * exact < (2 * grade + 1) * unit);
    }

    #[test]
    fn a_higher_score_never_has_a_lower_grade(a in 0_i64..=600, b in 0_i64..=600) {
        let grade = |n| Grade::of(Score::new(n, 30).unwrap(), 20).unwrap();
        prop_assert!(a > b || grade(a) <= grade(b));
    }

    #[test]
    fn a_paper_obeys_its_blueprint_or_none_can(
        bank in bank(), counts in [(0_u32..4, 0_u32..3), (0_u32..4, 0_u32..3)], seed in any::<u64>(),
    ) {
        let lines = [("a", counts[0]), ("b", counts[1])].map(|(tag, (n, c))| line(tag, n.max(c), c));
        let evaluation = evaluation(lines.to_vec(), &[]);
        let drawn = draw(&evaluation, &bank, &mut source(seed));
        prop_assert_eq!(drawn.is_ok(), can_be_drawn(&bank, &lines));
        prop_assert_eq!(drawn.is_ok(), check_blueprint(&evaluation, &bank).is_ok());
        let Ok(paper) = drawn else { return Ok(()) };
        let questions: Option<Vec<_>> = (0..paper.items.len()).map(|at| find(&bank, &paper, at)).collect();
        let questions = questions.unwrap();
        let distinct: BTreeSet<_> = questions.iter().map(|q| &q.question.id).collect();
        prop_assert_eq!(distinct.len(), questions.len());
        prop_assert!(obeys(&questions, &lines));
        for (item, drawn) in paper.items.iter().zip(questions) {
            let order: BTreeSet<_> = item.option_order.iter().collect();
            prop_assert_eq!(order, drawn.question.options.iter().map(|o| &o.id).collect::<BTreeSet<_>>());
            prop_assert_eq!(item.option_order.len(), drawn.question.options.len());
            prop_assert_eq!(item.points, drawn.question.points);
            if drawn.question.kind == QuestionKind::TrueFalse {
                prop_assert_eq!(&item.option_order, &["a", "b"]);
            }
        }
    }

    #[test]
    fn a_deadline_is_never_before_its_parts_allow(
        started in 0_i64..1_000_000, limit in 1_i64..100_000, closes in prop::option::of(0_i64..200_000_000), extra in 0_u32..300,
    ) {
        let plain = deadline(Instant(started), Seconds(limit), closes.map(Instant), 0);
        let longer = deadline(Instant(started), Seconds(limit), closes.map(Instant), extra);
        prop_assert!(plain <= Instant(started).plus(Seconds(limit)));
        prop_assert!(closes.is_none_or(|c| plain <= Instant(c)));
        let given = (longer.0 - plain.0) * 100;
        let due = limit * i64::from(extra) * 1000;
        prop_assert!(given >= due && given < due + 100_000);
    }
}

#[test]
fn the_case_comes_last_and_every_listed_case_must_be_there() {
    let entry = |id: &str, kind, key: &[bool]| BankQuestion { revision: "r".into(), question: question(id, kind, &["a"], false, key, 1) };
    let bank = [
        entry("c1", QuestionKind::Case, &[]),
        entry("q1", QuestionKind::SingleChoice, &[true, false]),
        entry("c2", QuestionKind::Case, &[]),
        entry("q2", QuestionKind::SingleChoice, &[true, false]),
    ];
    let mut seen = BTreeSet::new();
    for seed in 0..50 {
        let paper = draw(&evaluation(vec![line("a", 2, 0)], &["c1", "c2"]), &bank, &mut source(seed)).unwrap();
        let ids: Vec<&str> = paper.items.iter().map(|i| i.question.as_str()).collect();
        assert!(ids.len() == 3 && ids[2].starts_with('c') && ids[..2].iter().all(|id| id.starts_with('q')), "{ids:?}");
        seen.insert(ids.join(" "));
    }
    assert_eq!(seen.len(), 4, "both orders and both cases turn up: {seen:?}");
    let refused = draw(&evaluation(vec![], &["c1", "q1"]), &bank, &mut source(1));
    assert_eq!(refused, Err(DrawRefused::CaseMissing { case: "q1".into() }));
}

#[test]
fn a_bank_too_small_is_told_with_its_numbers() {
    let bank =
        [BankQuestion { revision: "r".into(), question: question("q1", QuestionKind::SingleChoice, &["a"], true, &[true, false], 1) }];
    let refused = |line| draw(&evaluation(vec![line], &[]), &bank, &mut source(1)).unwrap_err();
    let too_small = |critical, wanted, available| DrawRefused::BankTooSmall { tag: "a".to_owned(), critical, wanted, available };
    assert_eq!(refused(line("a", 2, 2)), too_small(true, 2, 1));
    assert_eq!(refused(line("a", 3, 1)), too_small(false, 2, 0));
    let more = DrawRefused::MoreCriticalThanCount { tag: "a".to_owned(), count: 1, critical: 2 };
    assert_eq!(refused(line("a", 1, 2)), more);
}

#[test]
fn each_question_of_a_line_is_drawn_about_as_often() {
    let entry = |n: usize| BankQuestion {
        revision: "r".into(),
        question: question(&format!("q{n}"), QuestionKind::SingleChoice, &["a"], false, &[true, false], 1),
    };
    let bank: Vec<_> = (0..10).map(entry).collect();
    let mut random = source(7);
    let mut times = [0_u32; 10];
    for _ in 0..2000 {
        let paper = draw(&evaluation(vec![line("a", 3, 0)], &[]), &bank, &mut random).unwrap();
        for item in &paper.items {
            times[item.question.as_str()[1..].parse::<usize>().unwrap()] += 1;
        }
    }
    assert!(times.iter().all(|n| (500..700).contains(n)), "{times:?}");
}

#[test]
fn the_place_of_a_question_on_the_paper_tells_nothing() {
    let entry = |n: usize| BankQuestion {
        revision: "r".into(),
        question: question(&format!("q{n}"), QuestionKind::SingleChoice, TAGS[1 + usize::from(n == 0)], false, &[true, false], 1),
    };
    let bank: Vec<_> = (0..20).map(entry).collect();
    let mut random = source(11);
    let lines = evaluation(vec![line("a", 1, 0), line("b", 1, 0)], &[]);
    let is_first = |_: &usize| draw(&lines, &bank, &mut random).unwrap().items[0].question.as_str() == "q0";
    let first = (0..2000).filter(is_first).count();
    assert!((900..1100).contains(&first), "the only one of its tag comes first {first} times of 2000");
}

#[test]
fn a_question_that_is_twice_in_the_bank_is_one() {
    let entry = |revision: &str| BankQuestion {
        revision: revision.into(),
        question: question("q1", QuestionKind::SingleChoice, &["a"], false, &[true, false], 1),
    };
    let refused = draw(&evaluation(vec![line("a", 2, 0)], &[]), &[entry("r1"), entry("r2")], &mut source(1));
    let expected = DrawRefused::BankTooSmall { tag: "a".to_owned(), critical: false, wanted: 2, available: 1 };
    assert_eq!(refused, Err(expected));
}

/// The two samples of `curriculum/README.md`, "questions", as JSON: the same keys and values as the YAML.
const SAMPLES: &str = r#"[
  {"id": "m4-q01", "type": "single-choice", "objective": "m4-o1", "tags": ["m4-denuncia"], "critical": false, "points": 1,
   "references": [{"norm": "Ley 30364, art. 15", "status": "to-confirm"}], "reread": {"lesson": "m4-l1", "part": "p2"},
   "prompt": {"es": "P"}, "options": [
     {"id": "a", "correct": true, "text": {"es": "KEYA"}, "feedback": {"es": "TELL"}},
     {"id": "b", "text": {"es": "T"}, "feedback": {"es": "TELL"}}]},
  {"id": "m4-caso-1", "type": "case", "objective": "m4-o5", "tags": ["m4-caso"], "points": 5, "minimum_words": 40,
   "prompt": {"es": "P"}, "rubric": [{"id": "r1", "title": {"es": "TELL"},
     "levels": [{"points": 0, "text": {"es": "TELL"}}, {"points": 5, "text": {"es": "TELL"}}]}],
   "critical_lines": [{"id": "k1", "text": {"es": "TELL"}}]}]"#;

#[test]
fn questions_are_read_as_the_authors_guide_writes_them() {
    let questions: Vec<AuthoredQuestion> = serde_json::from_str(SAMPLES).unwrap();
    assert!(questions.iter().all(|q| q.validate().is_empty()));
    let again: Vec<AuthoredQuestion> = serde_json::from_str(&serde_json::to_string(&questions).unwrap()).unwrap();
    assert_eq!(again, questions);
    for (from, to) in [("\"tags\"", "\"tag\""), ("\"correct\"", "\"right\""), ("\"levels\"", "\"steps\"")] {
        assert!(serde_json::from_str::<Vec<AuthoredQuestion>>(&SAMPLES.replacen(from, to, 1)).is_err(), "{to}");
    }
}

#[test]
fn the_trainee_is_never_sent_the_key() {
    let questions: Vec<AuthoredQuestion> = serde_json::from_str(SAMPLES).unwrap();
    let order = ["b".to_owned(), "gone".to_owned()];
    let first = questions[0].question(&order);
    assert_eq!(first.options.iter().map(|o| o.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    for question in &questions {
        let sent = serde_json::to_string(&question.question(&order)).unwrap();
        for key in ["correct", "feedback", "critical", "TELL", "Ley", "rubric", "reread", "tags"] {
            assert!(!sent.contains(key), "{key} in {sent}");
        }
    }
}
