//! Over the real banks and cases, and over random ones with hostile texts.

use super::{bank, question, scenario};
use crate::package::{Outcome, Scenario, ScenarioChoice, ScenarioNode};
use crate::{embedded, scenario_faults};
use chrono::NaiveDate;
use domain::assessment::question::{
    AuthoredOption, AuthoredQuestion, Criterion, CriticalLine, Level, QuestionKind, Reference, ReferenceStatus, Reread,
};
use domain::curriculum::Localised;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The real files, by path: read once.
static FILES: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| embedded().expect("the course").into_iter().flat_map(|package| package.files).collect());

/// Those of a kind.
fn files(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let folder = format!("/{folder}/");
    let all = FILES.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    all.filter(move |(path, _)| path.contains(&folder) && path.ends_with(".yaml"))
}

#[test]
fn every_real_question_is_read_back_and_nearly_all_are_written_as_they_stand() {
    let (mut count, mut verbatim) = (0, 0);
    for (path, text) in files("questions") {
        for id in bank::ids(text) {
            let block = bank::block(text, &id).expect("a block");
            let read = question::read(block).unwrap_or_else(|mistakes| panic!("{path} {id}: {mistakes:?}"));
            assert_eq!(read.id.as_str(), id);
            let written = question::write(&read);
            assert_eq!(bank::replace(text, &id, block), text);
            assert_eq!(question::read(&written), Ok(read), "{path} {id}");
            count += 1;
            verbatim += i32::from(written == block);
        }
    }
    assert!(count > 400 && verbatim * 4 > count * 3, "{verbatim} of {count}");
}

#[test]
fn every_real_case_is_written_as_it_stands() {
    for (path, text) in files("scenarios") {
        let read = scenario::read(text).unwrap_or_else(|mistakes| panic!("{path}: {mistakes:?}"));
        assert_eq!(scenario::write(&read), text, "{path}");
        assert_eq!(scenario_faults(&read), [], "{path}");
        assert_eq!(scenario::endless(&read), [0_usize; 0], "{path}");
    }
}

/// Texts that YAML, HTML and forms stumble over.
fn text() -> impl Strategy<Value = String> {
    let nasty = [
        "- id: x",
        "# no",
        "a: b",
        "{es: x}",
        "]",
        "\"",
        "\\",
        "'",
        "null",
        "~",
        "true",
        "on",
        "1",
        "1e5",
        "0x1f",
        "2026-01-15",
        " a ",
        "\n\n",
        "a\nb\n",
        "\t",
        "\r\n",
        "\u{0}",
        "\u{7}",
        "\u{85}",
        "\u{feff}",
        "\u{2028}",
        "\u{202e}",
        "👩🏽‍⚖️",
        "<b>&amp;",
        "|",
        ">-",
        "%YAML",
        "---",
        "...",
        "&a",
        "*a",
        "!t",
        "@",
        "`",
        "?",
        "«Sí»",
        "e\u{301}",
        "",
    ];
    prop_oneof![
        proptest::sample::select(nasty.to_vec()).prop_map(str::to_owned),
        vec(proptest::sample::select(nasty.to_vec()), 0..4).prop_map(|pieces| pieces.concat()),
        any::<String>(),
        "[a-zñ áéí.,:¿?]{0,40}",
    ]
}

fn localised() -> impl Strategy<Value = Localised> {
    (text(), option::of(text())).prop_map(|(es, en)| Localised { es, en })
}

fn reference() -> impl Strategy<Value = Reference> {
    let day = option::of((0_i32..40_000).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(700_000 + n).expect("a day")));
    (text(), any::<bool>(), day, option::of(text())).prop_map(|(norm, confirmed, verified, reviewer)| Reference {
        norm,
        status: if confirmed { ReferenceStatus::Confirmed } else { ReferenceStatus::ToConfirm },
        verified,
        reviewer,
    })
}

prop_compose! {
    fn option_of()(id in text(), correct in any::<bool>(), critical in any::<bool>(), text in localised(), feedback in localised()) -> AuthoredOption {
        AuthoredOption { id, correct, critical, text, feedback }
    }
}

prop_compose! {
    fn criterion()(id in text(), title in localised(), levels in vec((any::<u32>(), localised(), any::<bool>()), 0..3)) -> Criterion {
        Criterion { id, title, levels: levels.into_iter().map(|(points, text, critical)| Level { points, text, critical }).collect() }
    }
}

prop_compose! {
    fn any_question()(
        (id, objective, tags) in (text(), text(), vec(text(), 0..3)),
        kind in proptest::sample::select(vec![QuestionKind::SingleChoice, QuestionKind::MultipleChoice, QuestionKind::TrueFalse, QuestionKind::Case]),
        (critical, points, minimum_words) in (any::<bool>(), any::<u32>(), any::<u32>()),
        references in vec(reference(), 0..3),
        reread in option::of((text(), text())),
        prompt in localised(),
        options in vec(option_of(), 0..4),
        rubric in vec(criterion(), 0..3),
        lines in vec((text(), localised()), 0..3),
    ) -> AuthoredQuestion {
        AuthoredQuestion {
            tags, critical, points, references,
            reread: reread.map(|(lesson, part)| Reread { lesson: lesson.as_str().into(), part }),
            prompt, options, rubric,
            critical_lines: lines.into_iter().map(|(id, text)| CriticalLine { id, text }).collect(),
            minimum_words,
            ..AuthoredQuestion::new(id.as_str().into(), kind, objective.as_str().into())
        }
    }
}

prop_compose! {
    fn node()(id in text(), text in localised(), choices in vec((self::text(), localised(), option::of(localised())), 0..3), outcome in option::of(any::<bool>())) -> ScenarioNode {
        ScenarioNode {
            id, text,
            choices: choices.into_iter().map(|(to, text, feedback)| ScenarioChoice { to, text, feedback }).collect(),
            outcome: outcome.map(|safe| if safe { Outcome::Safe } else { Outcome::Unsafe }),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_question_is_read_as_it_was_written(question in any_question()) {
        let written = question::write(&question);
        prop_assert_eq!(question::read(&written).map_err(|m| format!("{m:?}\n{written}")), Ok(question));
    }

    #[test]
    fn a_case_is_read_as_it_was_written(id in text(), start in text(), title in localised(), objective in option::of(text()), nodes in vec(node(), 0..5)) {
        let case = Scenario { id, objective: objective.map(|o| o.as_str().into()), title, start, nodes };
        let written = scenario::write(&case);
        prop_assert_eq!(scenario::read(&written).map_err(|m| format!("{m:?}\n{written}")), Ok(case));
    }

    #[test]
    fn replacing_touches_nothing_else(number in 0_usize..60, at in 0_usize..100, mut question in any_question()) {
        let banks: Vec<&str> = files("questions").map(|(_, text)| text).collect();
        let text = banks[number % banks.len()];
        let ids = bank::ids(text);
        let id = &ids[at % ids.len()];
        question.id = id.as_str().into();
        let old = bank::block(text, id).expect("a block");
        let (before, after) = text.split_once(old).expect("stands there");
        let written = question::write(&question);
        let changed = bank::replace(text, id, &written);
        prop_assert_eq!(&changed, &format!("{before}{written}{after}"));
        prop_assert_eq!(bank::ids(&changed), ids.clone());
        prop_assert_eq!(bank::block(&changed, id), Some(written.as_str()));
        let removed = bank::remove(&changed, id);
        prop_assert_eq!(&removed, &format!("{before}{after}"));
        let appended = bank::replace(&removed, id, &written);
        prop_assert_eq!(appended, format!("{removed}{written}"));
    }
}
