//! Properties of short answers, numbers, matching and ordering: bounds, monotonicity, order.

use domain::assessment::question::fold::fold;
use domain::assessment::question::{Accepted, AcceptedNumber, Number, Pair, Target, Tolerance, Weight};
use domain::assessment::{Answer, AuthoredOption, AuthoredQuestion, Mark, QuestionKind, Score, mark};
use domain::curriculum::Localised;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn question(kind: QuestionKind, points: u32) -> AuthoredQuestion {
    AuthoredQuestion { points, prompt: Localised::es("Pregunta"), ..AuthoredQuestion::new("q".into(), kind, "o1".into()) }
}

fn options(count: usize) -> Vec<AuthoredOption> {
    let option = |n: usize| AuthoredOption {
        id: format!("o{n}"),
        correct: false,
        critical: false,
        text: Localised::es(&format!("Texto {n}")),
        feedback: Localised::default(),
    };
    (0..count).map(option).collect()
}

fn score(question: &AuthoredQuestion, answer: &Answer) -> Option<Score> {
    mark(question, answer).ok().and_then(Mark::score)
}

fn weight() -> impl Strategy<Value = Weight> {
    (0_u32..=10_000_000).prop_filter_map("a weight", Weight::new)
}

fn short(accepted: &[(String, Weight)], points: u32) -> AuthoredQuestion {
    let of = |(text, weight): &(String, Weight)| Accepted { text: Localised::es(text), weight: *weight, feedback: Localised::default() };
    AuthoredQuestion { accepted: accepted.iter().map(of).collect(), ..question(QuestionKind::ShortAnswer, points) }
}

fn numeric(accepted: &[(i64, i64, Weight)], points: u32) -> AuthoredQuestion {
    let number = |n: i64| format!("{}.{:02}", n / 100, n % 100);
    let of = |(value, tolerance, weight): &(i64, i64, Weight)| {
        Some(AcceptedNumber {
            value: Target::try_from(number(*value)).ok()?,
            tolerance: Some(Tolerance::try_from(number(*tolerance)).ok()?),
            weight: *weight,
            feedback: Localised::default(),
        })
    };
    AuthoredQuestion { numbers: accepted.iter().filter_map(of).collect(), ..question(QuestionKind::Numeric, points) }
}

/// The key of a matching question (the option of each pair), what was chosen, and how many options there are.
fn matched() -> impl Strategy<Value = (Vec<usize>, Vec<Option<usize>>, usize)> {
    (2_usize..6, 2_usize..7).prop_flat_map(|(pairs, options)| {
        let key = prop::collection::vec(0..options, pairs);
        (key, prop::collection::vec(prop::option::of(0..options), pairs), Just(options))
    })
}

fn matching(key: &[usize], many: usize, points: u32) -> AuthoredQuestion {
    let pair = |(n, option): (usize, &usize)| Pair {
        id: format!("p{n}"),
        text: Localised::es(&format!("Izquierda {n}")),
        option: format!("o{option}"),
        feedback: Localised::default(),
    };
    AuthoredQuestion {
        options: options(many),
        pairs: key.iter().enumerate().map(pair).collect(),
        ..question(QuestionKind::Matching, points)
    }
}

fn pairs(chosen: &[Option<usize>]) -> Answer {
    let pair = |(n, option): (usize, &Option<usize>)| option.map(|o| (format!("p{n}"), format!("o{o}")));
    Answer::Pairs(chosen.iter().enumerate().filter_map(pair).collect())
}

fn places(chosen: &[u32]) -> Answer {
    Answer::Places(chosen.iter().enumerate().filter(|(_, place)| **place > 0).map(|(n, place)| (format!("o{n}"), *place)).collect())
}

/// What is typed: words, numbers with and without units, and nonsense.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-zA-ZñÁé ,.*]{0,12}", "-?[0-9]{1,20}([.,/ ][0-9]{1,6}){0,3} ?[a-z]{0,4}"]
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing_more(text in any::<String>(), other in "[a-zñáüA-ZÑÁ0-9 ,.¿?-]{0,20}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
        prop_assert_eq!(fold(&other.to_uppercase()), fold(&other));
        prop_assert_eq!(fold(&format!(" «{other}»… ")), fold(&other));
    }

    #[test]
    fn whatever_is_typed_is_within_its_bounds(
        text in typed(), accepted in prop::collection::vec((typed(), weight()), 0..5),
        numbers in prop::collection::vec((0_i64..1000, 0_i64..300, weight()), 0..4), points in 1_u32..1000,
    ) {
        for question in [short(&accepted, points), numeric(&numbers, points)] {
            prop_assert!(score(&question, &Answer::Text(text.clone())).is_some_and(|s| s.is_within(points)));
            let _ = question.validate();
        }
    }

    #[test]
    fn an_accepted_answer_gives_its_weight_however_it_is_written_and_listed(
        words in prop::collection::btree_map("[a-zñáéíóúü]{1,8}( [a-z0-9]{1,8})?", weight(), 1..6), points in 1_u32..100, turn in 0_usize..6,
    ) {
        let listed: Vec<(String, Weight)> = words.into_iter().collect();
        let folded: BTreeMap<String, Weight> = listed.iter().map(|(text, weight)| (fold(text), *weight)).collect();
        prop_assume!(folded.len() == listed.len());
        let mut turned = listed.clone();
        turned.rotate_left(turn % listed.len());
        for (text, weight) in &listed {
            let expected = weight.of(points).ok();
            for written in [text.clone(), text.to_uppercase(), format!(" {} .", text.replace(' ', "  "))] {
                prop_assert_eq!(score(&short(&listed, points), &Answer::Text(written.clone())), expected);
                prop_assert_eq!(score(&short(&turned, points), &Answer::Text(written)), expected);
            }
        }
    }

    #[test]
    fn a_number_is_read_as_it_is_shown(numerator in -999_999_999_999_i64..=999_999_999_999, places in 0_usize..7, below in 1_i64..1_000_000_000) {
        let digits = format!("{:0>width$}", numerator.unsigned_abs(), width = places + 1);
        let (before, after) = digits.split_at(digits.len() - places);
        let sign = if numerator < 0 { "-" } else { "" };
        let (point, comma) = (format!("{sign}{before}.{after}"), format!("{sign}{before},{after}"));
        let number = Number::parse(&point).unwrap();
        prop_assert_eq!(Number::parse(&comma), Some(number));
        prop_assert_eq!(Number::parse(&number.to_string()), Some(number));
        let fraction = Number::parse(&format!("{}/{below}", numerator % 1_000_000)).unwrap();
        prop_assert_eq!(Number::parse(&fraction.to_string()), Some(fraction));
        let halved = Number::parse(&format!("{}/{}", numerator % 1_000_000_000, 1_u64 << (below % 30))).unwrap();
        prop_assert_eq!(Number::parse(&halved.to_string()), Some(halved));
        prop_assert_eq!(fraction.is_within(fraction, Tolerance::NONE), Some(true));
    }

    #[test]
    fn a_tolerance_is_exact_and_a_wider_one_never_accepts_less(
        x in 0_i64..2000, value in 0_i64..2000, tolerance in 0_i64..500, more in 0_i64..500, points in 1_u32..50,
    ) {
        let marked = |tolerance| score(&numeric(&[(value, tolerance, Weight::FULL)], points), &Answer::Text(format!("{},{:02}", x / 100, x % 100)));
        prop_assert_eq!(marked(tolerance) == Some(Score::whole(points)), (x - value).abs() <= tolerance);
        prop_assert!(marked(tolerance + more) >= marked(tolerance));
    }

    #[test]
    fn percent_of_a_number_is_exact(x in 0_i64..2000, value in 1_i64..2000, percent in 0_i64..100) {
        let read = |n: i64| Number::parse(&n.to_string()).unwrap();
        let within = read(x).is_within(read(value), Tolerance::try_from(format!("{percent}%")).unwrap());
        prop_assert_eq!(within, Some((x - value).abs() * 100 <= value * percent));
    }

    #[test]
    fn the_order_of_accepted_numbers_does_not_matter(
        numbers in prop::collection::vec((0_i64..300, 0_i64..100, weight()), 1..5), x in 0_i64..300, turn in 0_usize..5,
    ) {
        let mut turned = numbers.clone();
        turned.rotate_left(turn % numbers.len());
        let text = Answer::Text(format!("{}.{:02}", x / 100, x % 100));
        prop_assert_eq!(score(&numeric(&numbers, 9), &text), score(&numeric(&turned, 9), &text));
    }

    #[test]
    fn pairs_are_scored_one_by_one((key, chosen, many) in matched(), at in any::<prop::sample::Index>(), points in 1_u32..100) {
        let mut question = matching(&key, many, points);
        let got = score(&question, &pairs(&chosen));
        let right = key.iter().zip(&chosen).filter(|(key, chosen)| **chosen == Some(**key)).count();
        prop_assert_eq!(got, Score::new(i64::from(points) * right as i64, key.len() as i64).ok());
        prop_assert!(got.is_some_and(|s| s.is_within(points)));
        let at = at.index(key.len());
        let mut better = chosen.clone();
        better[at] = Some(key[at]);
        prop_assert!(score(&question, &pairs(&better)) >= got);
        question.options.reverse();
        question.pairs.reverse();
        prop_assert_eq!(score(&question, &pairs(&chosen)), got);
    }

    #[test]
    fn places_are_scored_one_by_one(
        chosen in prop::collection::vec(0_u32..=6, 6), perfect in Just((1_u32..=6).collect::<Vec<_>>()).prop_shuffle(), points in 1_u32..100,
    ) {
        let question = AuthoredQuestion { options: options(6), ..question(QuestionKind::Ordering, points) };
        prop_assert!(score(&question, &places(&chosen)).is_some_and(|s| s.is_within(points)));
        let right = perfect.iter().zip(1..).filter(|(chosen, place)| **chosen == *place).count();
        prop_assert_eq!(score(&question, &places(&perfect)), Score::new(i64::from(points) * right as i64, 6).ok());
        prop_assert_eq!(score(&question, &places(&perfect)) == Some(Score::whole(points)), perfect.is_sorted());
        let same = vec![chosen[0]; 6];
        prop_assert_eq!(score(&question, &places(&same)), Some(Score::ZERO), "one place for all tells nothing");
    }
}

#[test]
fn the_new_types_never_show_their_key() {
    let authored = r#"[
      {"id": "s", "type": "short-answer", "objective": "o", "points": 1, "prompt": {"es": "P"},
       "accepted": [{"text": {"es": "TELL"}}, {"text": {"es": "TELL2"}, "weight": "50", "feedback": {"es": "TELL"}}], "explanation": {"es": "TELL"}},
      {"id": "n", "type": "numeric", "objective": "o", "points": 1, "prompt": {"es": "P"}, "unit": {"es": "soles"}, "units": ["TELL"],
       "numbers": [{"value": "7177", "tolerance": "5%"}, {"value": "*", "weight": "0", "feedback": {"es": "TELL"}}]},
      {"id": "m", "type": "matching", "objective": "o", "points": 1, "prompt": {"es": "P"},
       "options": [{"id": "kx", "text": {"es": "U"}}, {"id": "ky", "text": {"es": "V"}}],
       "pairs": [{"id": "kp", "text": {"es": "L"}, "option": "ky", "feedback": {"es": "TELL"}}, {"id": "kq", "text": {"es": "M"}, "option": "kx"}]},
      {"id": "o", "type": "ordering", "objective": "o", "points": 1, "prompt": {"es": "P"}, "explanation": {"es": "TELL"},
       "options": [{"id": "kx", "text": {"es": "U"}}, {"id": "ky", "text": {"es": "V"}}]}]"#;
    let questions: Vec<AuthoredQuestion> = serde_json::from_str(authored).unwrap();
    for question in &questions {
        assert_eq!(question.validate(), [], "{}", question.id);
        let again: AuthoredQuestion = serde_json::from_str(&serde_json::to_string(question).unwrap()).unwrap();
        assert_eq!(&again, question);
        let seen = question.question(&["ky".to_owned(), "kx".to_owned()]);
        let sent = serde_json::to_string(&seen).unwrap();
        for key in ["TELL", "7177", "kx", "ky", "kp", "kq", "weight", "accepted", "numbers", "tolerance"] {
            assert!(!sent.contains(key), "{key} in {sent}");
        }
    }
    let seen = questions[3].question(&["ky".to_owned(), "kx".to_owned()]);
    let shown: Vec<_> = seen.options.iter().map(|o| (o.id.as_str(), o.text.es.as_str())).collect();
    assert_eq!(shown, [("1", "V"), ("2", "U")]);
}

#[test]
fn what_belongs_to_another_type_is_told() {
    use domain::assessment::Problem;
    use domain::assessment::question::Content;
    let mut question = short(&[("a".to_owned(), Weight::FULL)], 1);
    question.options = options(2);
    question.units = vec!["m".to_owned()];
    question.minimum_words = 3;
    let misplaced = |content| Problem::Misplaced { content };
    assert_eq!(question.validate(), [misplaced(Content::Options), misplaced(Content::Unit), Problem::RubricOnChoice]);
}
