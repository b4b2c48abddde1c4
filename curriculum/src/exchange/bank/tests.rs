use super::*;
use crate::exchange::report::Remark;
use crate::exchange::{Format, read};
use std::collections::BTreeSet;

fn target() -> Target {
    Target { objective: "m4-o1".into(), prefix: "m4-".to_owned(), taken: BTreeSet::from(["m4-q01".to_owned()]) }
}

fn taken(gift: &str) -> (Vec<AuthoredQuestion>, Vec<Remark>) {
    let (items, _) = read(Format::Gift, gift);
    let (questions, report) = take(&items, &target());
    (questions, report.notes.into_iter().map(|n| n.what).collect())
}

#[test]
fn a_choice_question_becomes_ours() {
    let (questions, remarks) = taken("// [id:q02] [tag:denuncia]\n[html]<p>¿Qu&eacute; haces?</p>{=Escuchar#Bien. ~Irse#No.}");
    let yaml = yaml(&questions).unwrap();
    let expected = "- id: 'm4-q02'\n  type: 'single-choice'\n  objective: 'm4-o1'\n  tags:\n  - 'denuncia'\n  points: 1\n  prompt:\n    es: '¿Qué haces?'\n  \
         options:\n  - id: 'a'\n    correct: true\n    text:\n      es: 'Escuchar'\n    feedback:\n      es: 'Bien.'\n  - id: 'b'\n    text:\n      es: 'Irse'\n    \
         feedback:\n      es: 'No.'\n";
    assert_eq!(yaml, expected);
    assert_eq!(remarks, [Remark::IdChanged { from: "q02".to_owned(), to: "m4-q02".to_owned() }]);
}

#[test]
fn ids_are_made_and_unique() {
    let (questions, _) =
        taken("// [id:m4-q01]\nA{T#x#y}\n\n::¿Qué es la Violencia?::B{T#x#y}\n\n::Qué es la violencia::C{T#x#y}\n\n¡!{F#x#y}");
    let ids: Vec<_> = questions.iter().map(|q| q.id.to_string()).collect();
    assert_eq!(ids, ["m4-q01-2", "m4-que-es-la-violencia", "m4-que-es-la-violencia-2", "m4-pregunta"]);
}

#[test]
fn what_our_bank_cannot_hold_is_named() {
    let (questions, remarks) = taken("$CATEGORY: a\n\nD\n\nQ{}\n\nQ{=a -> b}\n\nQ{#1e3}\n\nQ{=¡!}");
    assert_eq!(questions, []);
    assert_eq!(remarks.iter().filter(|r| matches!(r, Remark::NoSuchType { .. })).count(), 3, "{remarks:?}");
    assert!(remarks.contains(&Remark::NotCarried { construct: "1e3".to_owned() }));
    assert_eq!(remarks.iter().filter(|r| matches!(r, Remark::Problem { left_out: true, .. })).count(), 4, "{remarks:?}");
}

#[test]
fn short_answers_numbers_pairs_and_orders_become_ours() {
    let (questions, remarks) = taken(
        "::s::Q{=Juez de paz#Bien. =juez de Paz =%50%juzgado* =%-50%fiscal ####Fin.}\n\n\
         ::n::Q{#=15:0.5#Bien. =%50%10..20 =%0%*#No.}\n\n::m::Q{=A -> 1 =B -> 2 =C -> 1 = -> 3}\n\n::o::Q{=1 -> Uno =2 -> Dos}",
    );
    let yaml = yaml(&questions).unwrap();
    let kinds: Vec<_> = questions.iter().map(|q| q.kind).collect();
    use QuestionKind as K;
    assert_eq!(kinds, [K::ShortAnswer, K::Numeric, K::Matching, K::Ordering], "{remarks:?}");
    let [s, n, m, o] = questions.as_slice() else { panic!("{yaml}") };
    let accepted: Vec<_> = s.accepted.iter().map(|a| (a.text.es.as_str(), a.weight.to_string())).collect();
    assert_eq!(accepted, [("Juez de paz", "100".into()), ("juzgado*", "50".into()), ("fiscal", "0".into())]);
    assert_eq!(s.explanation.as_ref().map(|e| e.es.as_str()), Some("Fin."));
    let numbers: Vec<_> = n.numbers.iter().map(|a| (a.value.to_string(), a.tolerance.map(|t| t.to_string()))).collect();
    assert_eq!(numbers, [("15".into(), Some("0.5".into())), ("15".into(), Some("5".into())), ("*".into(), None)]);
    assert_eq!(m.options.iter().map(|o| o.text.es.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
    assert_eq!(m.pairs.iter().map(|p| p.option.as_str()).collect::<Vec<_>>(), ["a", "b", "a"]);
    assert_eq!(o.options.iter().map(|o| o.text.es.as_str()).collect::<Vec<_>>(), ["Uno", "Dos"]);
    for lost in [Field::RepeatedAnswer, Field::Weights] {
        assert!(remarks.contains(&Remark::Lost { field: lost }), "{remarks:?}");
    }
    assert!(remarks.contains(&Remark::PairsAsOrder));
    for format in [Format::Gift, Format::MoodleXml, Format::Qti] {
        let (items, _) = give(&questions, Language::Es);
        let (back, report) = read(format, &crate::exchange::write(format, &items).0);
        let (again, _) = take(&back, &Target { taken: BTreeSet::new(), prefix: String::new(), ..target() });
        assert_eq!(again, questions, "{} {report:?}", format.name());
    }
}

#[test]
fn what_other_systems_cannot_hold_of_a_number_is_named() {
    let yaml = "- {id: n, type: numeric, objective: o, points: 1, prompt: {es: P}, unit: {es: soles}, \
        numbers: [{value: 200, tolerance: 5%}, {value: 1/3, weight: 50}]}";
    let mut mistakes = Vec::new();
    let tree = crate::yaml::tree("q.yaml", 1, yaml).unwrap();
    let questions: Vec<AuthoredQuestion> = tree.items().iter().filter_map(|n| crate::yaml::typed("q.yaml", n, &mut mistakes)).collect();
    assert_eq!((questions.len(), mistakes.len()), (1, 0), "{mistakes:?}");
    assert_eq!(questions[0].validate(), []);
    let (items, report) = give(&questions, Language::Es);
    let told: Vec<_> = report.notes.into_iter().map(|n| n.what).collect();
    assert!(told.contains(&Remark::Lost { field: Field::Unit }));
    assert!(told.contains(&Remark::NotCarried { construct: "1/3".to_owned() }));
    let gift = crate::exchange::write(Format::Gift, &items).0;
    assert!(gift.contains("200:10"), "{gift}");
}

#[test]
fn weights_are_named_unless_they_are_our_rule() {
    let lost = |gift| taken(gift).1.contains(&Remark::Lost { field: Field::Weights });
    assert!(!lost("Q{~%50%a#x ~%50%b#x ~%-50%c#x}"));
    assert!(!lost("Q{~%33.33333%a#x ~%33.33333%b#x ~%33.33334%d#x ~%-33.33333%c#x}"));
    assert!(!lost("Q{=%100%a#x ~%0%b#x}"));
    assert!(lost("Q{~%50%a#x ~%50%b#x ~c#x ~%-100%d#x}"));
    assert!(lost("Q{=a#x ~%20%b#x}"));
}

#[test]
fn only_an_empty_text_is_left_to_the_author() {
    let (questions, remarks) = taken("::uno::Q{=a ~b#x}\n\n::dos::Q{~a#x ~b#x}");
    assert_eq!(questions.iter().map(|q| q.id.to_string()).collect::<Vec<_>>(), ["m4-uno"]);
    let problems = remarks.iter().filter_map(|r| match r {
        Remark::Problem { id, left_out, .. } => Some((id.as_str(), *left_out)),
        _ => None,
    });
    let problems = problems.collect::<Vec<_>>();
    assert_eq!(problems, [("m4-uno", false), ("m4-dos", true)]);
}

#[test]
fn every_question_of_the_programme_is_given_and_comes_back() {
    let packages = crate::embedded().unwrap();
    let questions: Vec<AuthoredQuestion> = packages.iter().take(1).flat_map(|p| &p.questions).map(|(_, q, _)| q.clone()).collect();
    assert!(questions.len() > 20);
    for language in Language::ALL {
        let (items, report) = give(&questions, language);
        assert_eq!(items.len(), questions.len());
        let named: BTreeSet<u32> = report.notes.iter().map(|n| n.line).collect();
        assert_eq!(named.len(), questions.len());
        for format in [Format::Gift, Format::MoodleXml, Format::Qti] {
            let (back, _) = read(format, &crate::exchange::write(format, &items).0);
            let (again, _) = take(&back, &Target { taken: BTreeSet::new(), prefix: String::new(), ..target() });
            let outline = |q: &AuthoredQuestion| {
                let options = q.options.iter().map(|o| (o.text.get(language).to_owned(), o.correct, o.feedback.get(language).to_owned()));
                (q.id.clone(), q.kind, q.prompt.get(language).to_owned(), options.collect::<Vec<_>>())
            };
            let spanish = |q: &AuthoredQuestion| {
                let options = q.options.iter().map(|o| (o.text.es.clone(), o.correct, o.feedback.es.clone()));
                (q.id.clone(), q.kind, q.prompt.es.clone(), options.collect::<Vec<_>>())
            };
            let is_choice = |q: &&AuthoredQuestion| matches!(q.kind, QuestionKind::SingleChoice | QuestionKind::MultipleChoice);
            let expected: Vec<_> = questions.iter().filter(is_choice).map(outline).collect();
            let found: Vec<_> = again.iter().filter(is_choice).map(spanish).collect();
            assert_eq!(found, expected, "{}", format.name());
        }
    }
}
