//! No type loses anything on its way from the bank through the form and back.

use super::*;
use domain::assessment::question::*;
use domain::curriculum::Localised;
use proptest::prelude::*;
use std::path::Path;

#[path = "../../../../../../../domain/src/assessment/question/samples.rs"]
mod samples;

/// Every sample of the domain, as a question of module 4.
pub(super) fn every_sample() -> Vec<AuthoredQuestion> {
    let short = samples::short(4, &[("Juez de paz", 100), ("juzgado*", 50), ("\\* no", 0)]);
    let numeric = samples::numeric(2, &[("15", "", 100), ("1/3", "0", 50), ("-12,5", "5%", 33), ("*", "", 0)]);
    let said = |es: &str, en: &str| Localised { es: es.to_owned(), en: Some(en.to_owned()).filter(|text| !text.is_empty()) };
    let mut every = vec![
        samples::choice(QuestionKind::SingleChoice, 1, &[true, false, false]),
        samples::choice(QuestionKind::MultipleChoice, 2, &[true, true, false]),
        samples::choice(QuestionKind::TrueFalse, 1, &[false, true]),
        AuthoredQuestion { explanation: Some(said("Para todas", "For all")), ..short.clone() },
        AuthoredQuestion { unit: Some(said("días", "days")), units: vec!["d".to_owned(), "S/.".to_owned()], ..numeric.clone() },
        samples::matching(3, &["b", "a", "b"], 3),
        AuthoredQuestion { explanation: Some(said("Uno\n\nDos", "")), ..samples::ordering(3, 4) },
        samples::case(),
        short,
        numeric,
    ];
    every[3].accepted[1].feedback = said("Casi", "Almost");
    every[4].numbers[1].feedback = said("Casi", "");
    every[5].pairs[2].feedback = said("Mira otra vez", "Look again");
    every.into_iter().map(|q| AuthoredQuestion { id: "m4-q99".into(), objective: "m4-o1".into(), ..q }).collect()
}

pub(super) fn sample(kind: QuestionKind) -> AuthoredQuestion {
    every_sample().into_iter().find(|q| q.kind == kind).expect("a sample")
}

pub(super) fn form_of(question: &AuthoredQuestion) -> QuestionForm {
    shown(&block::write(question)).form
}

/// The question after its block was read into the form and the form was sent back.
fn there_and_back(question: &AuthoredQuestion) -> AuthoredQuestion {
    block::read(&saved(&form_of(question)).map_err(|m| m.mistakes).expect("a body")).expect("read")
}

#[test]
fn every_sample_comes_back_as_it_was() {
    let every = every_sample();
    assert!(QuestionKind::ALL.iter().all(|kind| every.iter().any(|q| q.kind == *kind)));
    for question in every {
        assert_eq!(question.validate(), []);
        assert_eq!(there_and_back(&question), question);
        let drafted = draft_from_fields(&sent(&form_of(&question), &[("do", "save")]), &place(programme()), T);
        assert_eq!(drafted, block::write(&question));
    }
}

#[test]
fn every_question_of_the_fixtures_comes_back_as_it_was() {
    let mut kinds = std::collections::BTreeSet::new();
    for folder in ["curriculum/tests/sample", "end2end/fixtures/programme"] {
        let packages = curriculum::load(&Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(folder)).expect("programmes");
        for package in &packages {
            for (module, question, _) in &package.questions {
                let bank = package.questions.iter().filter(|(of, ..)| of == module).map(|(_, question, _)| question);
                let place = Place::new(&package.programme, module, bank, "/author/drafts/7").expect("a place");
                let body = block::write(question);
                let form = model_from_body(&body, &place, Vec::new(), T).expect("a form").form;
                let back = body_from_fields(&sent(&form, &[("do", "save")]), &place, T).map_err(|m| m.mistakes);
                assert_eq!(back.as_ref(), Ok(&body), "{}", question.id);
                assert_eq!(block::read(&body).as_ref(), Ok(question));
                kinds.insert(question.kind);
            }
        }
    }
    assert_eq!(kinds.len(), QuestionKind::ALL.len(), "{kinds:?}");
}

#[test]
fn trying_every_type_out_loses_nothing() {
    for question in every_sample() {
        let mut form = form_of(&question);
        for kind in QuestionKind::ALL.into_iter().filter(|kind| *kind != QuestionKind::TrueFalse).chain([question.kind]) {
            form = after(&QuestionForm { kind, ..form }, "kind").form;
        }
        let back = block::read(&saved(&form).map_err(|m| m.mistakes).expect("a body")).expect("read");
        // The explanation is shown wherever an answer is scored, and kept.
        assert_eq!(back, question);
    }
}

fn text() -> impl Strategy<Value = Localised> {
    let word = "[a-zA-Z0-9ñé¿?:#\"'{}*\\\\-][a-z ñé.:#\"']{0,12}[a-z0-9ñé]";
    (word, proptest::option::of(word)).prop_map(|(es, en)| Localised { es, en })
}

fn weight() -> impl Strategy<Value = Weight> {
    (0_u32..=10_000_000).prop_filter_map("a weight", Weight::new)
}

fn number() -> impl Strategy<Value = Number> {
    (-999_999_999_i32..=999_999_999, prop_oneof![1_u32..2_000, (0_u32..30).prop_map(|power| 1 << power)])
        .prop_filter_map("a number", |(above, below)| Number::parse(&format!("{above}/{below}")))
}

fn accepted() -> impl Strategy<Value = Accepted> {
    let of = |(text, weight, feedback): (Localised, Weight, Option<Localised>)| Accepted {
        text,
        weight,
        feedback: feedback.unwrap_or_default(),
    };
    (text(), weight(), proptest::option::of(text())).prop_map(of)
}

fn accepted_number() -> impl Strategy<Value = AcceptedNumber> {
    let far = proptest::option::of((0_u32..5_000, any::<bool>()));
    (number(), far, weight(), proptest::option::of(text())).prop_map(|(value, far, weight, feedback)| AcceptedNumber {
        value: Target::Exactly(value),
        tolerance: far.and_then(|(n, percent)| Tolerance::try_from(format!("{n}{}", if percent { "%" } else { "" })).ok()),
        weight,
        feedback: feedback.unwrap_or_default(),
    })
}

proptest! {
    /// What the domain's rules say of it does not matter here: the form changes nothing.
    #[test]
    fn what_is_typed_is_what_is_kept(
        accepted in proptest::collection::vec(accepted(), 1..5),
        numbers in proptest::collection::vec(accepted_number(), 1..5),
        texts in proptest::collection::vec((text(), 0_usize..6, proptest::option::of(text())), 3..6),
        said in proptest::option::of(text()),
    ) {
        let options = || texts.iter().zip('a'..).map(|((text, ..), id)| AuthoredOption {
            id: id.to_string(), correct: false, critical: false, text: text.clone(), feedback: Localised::default(),
        });
        let pairs = texts.iter().zip(1..).map(|((text, to, feedback), n)| Pair {
            id: format!("p{n}"),
            text: text.clone(),
            option: ('a'..).nth(to % texts.len()).map(String::from).unwrap_or_default(),
            feedback: feedback.clone().unwrap_or_default(),
        });
        let common = |kind| AuthoredQuestion {
            tags: vec!["m4-denuncia".to_owned()],
            prompt: Localised::es("Pregunta"),
            explanation: said.clone(),
            ..AuthoredQuestion::new("m4-q99".into(), kind, "m4-o1".into())
        };
        for question in [
            AuthoredQuestion { accepted, ..common(QuestionKind::ShortAnswer) },
            AuthoredQuestion { numbers, unit: said.clone(), ..common(QuestionKind::Numeric) },
            AuthoredQuestion { options: options().collect(), pairs: pairs.collect(), ..common(QuestionKind::Matching) },
            AuthoredQuestion { options: options().collect(), ..common(QuestionKind::Ordering) },
        ] {
            let fields = sent(&form_of(&question), &[("do", "save")]);
            prop_assert_eq!(block::read(&draft_from_fields(&fields, &place(programme()), T)), Ok(question));
        }
    }
}
