//! Each way to be wrong is told with its file, its line and its data, and nothing else is told.

use crate::support::*;
use curriculum::MistakeKind as K;
use curriculum::{Report, Texts, check_from};

#[test]
fn the_sample_is_right() {
    let report = check_from(&sample());
    assert!(report.is_clean() && report.warnings.is_empty(), "{report}");
    assert_eq!(report.compositions.len(), 1);
    assert_eq!(report.compositions[0].checkpoints, 200);
    assert!(report.untranslated.is_empty());
}

/// Spoils `from` in `file`, and expects one mistake on the line of `at`.
fn expect(file: &str, from: &str, to: &str, at: &str, what: K) {
    let texts = spoiled(file, from, to);
    let report = check_from(&texts);
    assert_eq!(found(&report), [(file.to_owned(), line(&texts, file, at), what)], "{from:?} → {to:?}\n{report}");
}

fn keys(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

#[test]
fn unknown_and_missing_keys() {
    let allowed = keys(&["id", "title", "minimum_minutes", "objectives", "evaluation"]);
    expect(MODULE, "minimum_minutes: 9\n", "minimum_minutes: 9\nnota: x\n", "nota", K::UnknownKey { key: "nota".into(), allowed });
    expect(SERVICES, "{id: pnp, ", "{", "number", K::MissingKey { key: "id".into() });
    expect(LESSON, "summary: Sabrás una cosa.\n", "", "id:", K::MissingKey { key: "summary".into() });
    let allowed = keys(&["in-preparation", "open"]);
    expect(PROGRAMME, "status: open", "status: closed", "status", K::UnknownValue { value: "closed".into(), allowed });
}

#[test]
fn ids() {
    let first = format!("{QUESTIONS}:1");
    expect(QUESTIONS, "id: m1-q2", "id: m1-q1", "- id: m1-q1\n  type: true-false", K::DuplicateId { id: "m1-q1".into(), first });
    let mut texts = spoiled(MODULE, "id: m1-e", "id: M1");
    spoil(&mut texts, LESSON, "counts: [m1-e]\n", "");
    assert_eq!(found(&check_from(&texts)), [(MODULE.to_owned(), line(&texts, MODULE, "evaluation"), K::BadId { id: "M1".into() })]);
    let texts = spoiled(LESSON, "{#p1 minutes=4}", "{minutes=4}");
    assert!(found(&check_from(&texts)).contains(&(LESSON.to_owned(), line(&texts, LESSON, "# Primera"), K::PartWithoutId)));
}

#[test]
fn minutes() {
    expect(PROGRAMME, "required_minutes: 9", "required_minutes: 10", "required", K::ProgrammeMinutes { sum: 9, required: 10 });
    expect(MODULE, "minimum_minutes: 9", "minimum_minutes: 12", "minimum", K::ModuleMinutes { sum: 9, minimum: 12 });
    expect(LESSON, "{#p1 minutes=4}", "{#p1 minutes=5}", "minutes: 9", K::LessonMinutes { sum: 10, minutes: 9 });
    // A way to make up is asked for only where something is in person.
    let mut texts = spoiled(PROGRAMME, "waivable: []\n", "waivable: []\nmake_up: []\n");
    assert_eq!(kinds(&check_from(&texts)), []);
    spoil(&mut texts, LESSON, "mode: self-paced", "mode: in-person");
    assert!(found(&check_from(&texts)).contains(&(PROGRAMME.to_owned(), line(&texts, PROGRAMME, "make_up"), K::NoMakeUp)));
    spoil(&mut texts, PROGRAMME, "make_up: []", "make_up: [substitute]");
    assert!(!kinds(&check_from(&texts)).contains(&K::NoMakeUp));
    let texts = spoiled(LESSON, "#p1 minutes=4", "#p1");
    assert_eq!(kinds(&check_from(&texts)), [K::LessonMinutes { sum: 5, minutes: 9 }, K::PartWithoutMinutes]);
    expect(LESSON, "{.exercise minutes=1}", "{.exercise}", "## Piénsalo", K::WorkHeading);
    expect(LESSON, "{.exercise minutes=1}", "{.exercise .red minutes=1}", "## Piénsalo", K::HeadingAttribute { name: ".red".into() });
}

fn kinds(report: &Report) -> Vec<K> {
    report.mistakes.iter().map(|m| m.what.clone()).collect()
}

#[test]
fn what_a_lesson_counts() {
    let (from, first) = ("[m1-e]", "m1-l1".to_owned());
    let allowed = keys(&["m1-e", "m1-s1"]);
    expect(LESSON, from, "[m1-e, m9-e]", "counts", K::UnknownCounted { id: "m9-e".into(), allowed });
    expect(LESSON, from, "[m1-e, m1-e]", "counts", K::CountedTwice { id: "m1-e".into(), first: first.clone() });
    expect(ENGLISH, "id: m1-l1\n", "id: m1-l1\ncounts: [m1-e]\n", "counts", K::TranslationKey { key: "counts".into() });
    // A case of another lesson, and a second lesson that names the same evaluation.
    let second = "curso/modules/m1/lessons/02-dos.es.md";
    let mut texts = spoiled(LESSON, from, "[m1-e, m1-s1]");
    let other = texts.0[LESSON].replace("m1-l1", "m1-l2").replace("```scenario\nm1-s1\n```\n", "");
    texts.0.insert(second.to_owned(), other);
    let told = found(&check_from(&texts));
    let at = line(&texts, second, "counts");
    for id in ["m1-e", "m1-s1"] {
        assert!(told.contains(&(second.to_owned(), at, K::CountedTwice { id: id.into(), first: first.clone() })), "{told:?}");
    }
    spoil(&mut texts, LESSON, "[m1-e, m1-s1]", "[]");
    let told = found(&check_from(&texts));
    assert!(told.contains(&(second.to_owned(), at, K::CountedElsewhere { id: "m1-s1".into() })), "{told:?}");
    assert!(!told.iter().any(|(_, _, what)| matches!(what, K::UnknownCounted { .. } | K::CountedTwice { .. })), "{told:?}");
    // In a session presence counts.
    let texts = spoiled(LESSON, "mode: self-paced", "mode: in-person");
    let at = line(&texts, LESSON, "counts");
    assert!(found(&check_from(&texts)).contains(&(LESSON.to_owned(), at, K::CountsInPerson)));
}

#[test]
fn long_parts_and_stretches() {
    let mut texts = spoiled(LESSON, "#p1 minutes=4", "#p1 minutes=60");
    spoil(&mut texts, LESSON, "minutes: 9", "minutes: 65");
    let found = kinds(&check_from(&texts));
    assert!(found.contains(&K::PartTooLong { minutes: 60 }));
    assert!(found.contains(&K::StretchTooLong { minutes: 65 }));
    assert!(found.iter().any(|k| matches!(k, K::NotJustified { minutes: 60, justified } if *justified < 500)));
    assert!(found.iter().any(|k| matches!(k, K::FewWords { minutes: 65, wanted: 2925, .. })));
}

#[test]
fn in_preparation_missing_minutes_are_unfinished() {
    let mut texts = spoiled(PROGRAMME, "required_minutes: 9", "required_minutes: 1800");
    spoil(&mut texts, PROGRAMME, "status: open", "status: in-preparation");
    let report = check_from(&texts);
    assert!(report.is_clean(), "{report}");
    assert_eq!(report.warnings[0].what, K::Unfinished { sum: 9, required: 1800 });
}

#[test]
fn checkpoints() {
    let question = "- id: m1-l1-c1-a";
    let a: String = "m1-l1-c1-a".into();
    expect(LESSON, "Otra, feedback", "Otra, correct: true, feedback", question, K::RightOptions { question: a.clone(), count: 2 });
    expect(LESSON, "correct: true, ", "", question, K::RightOptions { question: a.clone(), count: 0 });
    expect(LESSON, ", feedback: No es así.", "", question, K::NoFeedback { question: a });
    let allowed = keys(&["p1", "p2"]);
    expect(LESSON, "passage: p1", "passage: p9", question, K::PassageOutside { passage: "p9".into(), allowed });
    expect(LESSON, "objective: m1-o1", "objective: m1-o2", "id: m1-l1-c1", K::ObjectiveOfAnotherLesson { id: "m1-o2".into() });
    let allowed = keys(&["m1-o1", "m1-o2"]);
    expect(LESSON, "objective: m1-o1", "objective: m9", "id: m1-l1-c1", K::UnknownObjective { id: "m9".into(), allowed });
    let mut texts = sample();
    texts.0.remove(ENGLISH);
    spoil(&mut texts, PROGRAMME, "complete: [es, en]", "complete: [es]");
    let text = texts.0.get_mut(LESSON).unwrap();
    text.truncate(text.find("  - id: m1-l1-c1-b").unwrap());
    text.push_str("```\n\nY después.\n");
    let found = kinds(&check_from(&texts));
    assert_eq!(found, [K::FewQuestions { count: 1 }, K::CheckpointNotLast]);
}

#[test]
fn a_lesson_without_checkpoint() {
    let mut texts = sample();
    texts.0.remove(ENGLISH);
    spoil(&mut texts, PROGRAMME, "complete: [es, en]", "complete: [es]");
    let text = texts.0.get_mut(LESSON).unwrap();
    text.truncate(text.find("```checkpoint").unwrap());
    text.push_str(&"Una palabra más. ".repeat(40));
    assert_eq!(kinds(&check_from(&texts)), [K::NoCheckpointAtEnd]);
    spoil(&mut texts, LESSON, "self-paced", "in-person");
    spoil(&mut texts, LESSON, "counts: [m1-e]\n", "");
    assert!(check_from(&texts).is_clean());
    let mut in_person = spoiled(LESSON, "mode: self-paced", "mode: in-person");
    spoil(&mut in_person, LESSON, "counts: [m1-e]\n", "");
    assert_eq!(kinds(&check_from(&in_person)), [K::CheckpointInPerson]);
}

#[test]
fn links_terms_and_scenarios() {
    expect(LESSON, "(#p2)", "(#p7)", "Una [[denuncia]]", K::DeadLink { target: "#p7".into() });
    expect(LESSON, "https://www.gob.pe/", "javascript:alert(1)", "Una [[denuncia]]", K::BadLink { target: "javascript:alert(1)".into() });
    expect(LESSON, "[[denuncia]]", "[[querella]]", "Una [[", K::UnknownTerm { term: "querella".into() });
    expect(ENGLISH, "[[complaint]]", "[[denunciar]]", "A [[", K::UnknownTerm { term: "denunciar".into() });
    expect(LESSON, "m1-s1", "m1-s9", "m1-s9", K::UnknownScenario { id: "m1-s9".into() });
    let image = "![](media/mapa.webp) y el [portal]";
    let texts = spoiled(LESSON, "el [portal]", image);
    let target = "media/mapa.webp".to_owned();
    assert_eq!(kinds(&check_from(&texts)), [K::DeadLink { target: target.clone() }, K::ImageWithoutText { target }]);
    let texts = spoiled(SCENARIO, "to: n3", "to: n4");
    let (target, left) = (K::ScenarioTarget { id: "n4".into() }, K::ScenarioUnreachable { id: "n3".into() });
    assert_eq!(found(&check_from(&texts)), [(SCENARIO.to_owned(), 9, target), (SCENARIO.to_owned(), 11, left)]);
}

#[test]
fn banks_and_references() {
    let tag = || "m1-t".to_owned();
    expect(MODULE, "count: 2", "count: 3", "tag", K::Blueprint { tag: tag(), wanted: 2, held: 1 });
    expect(MODULE, "critical: 1", "critical: 2", "tag", K::BlueprintCritical { tag: tag(), wanted: 2, held: 1 });
    expect(MODULE, "cases: [m1-caso]", "cases: [m1-q1]", "cases", K::UnknownCase { id: "m1-q1".into() });
    expect(QUESTIONS, "part: p1", "part: p8", "- id: m1-q1", K::UnknownReread { lesson: "m1-l1".into(), part: "p8".into() });
    let to_confirm = spoiled(PROGRAMME, "[\"Ley 2\"]", "[]");
    let report = check_from(&to_confirm);
    let at = line(&to_confirm, LESSON, "Ley 2");
    assert_eq!(found(&report), [(LESSON.to_owned(), at, K::ToConfirm { norm: "Ley 2".into() })]);
    assert!(check_from(&spoiled(PROGRAMME, "Ley 2", "*")).is_clean());
    let reason = "confirmed without reviewer or date: \"Ley 1\"".to_owned();
    let question = K::Question { id: "m1-q1".into(), reason };
    let texts = spoiled(QUESTIONS, ", reviewer: R. Paz", "");
    assert_eq!(kinds(&check_from(&texts)), [question, K::ConfirmedByNobody { norm: "Ley 1".into() }]);
}

#[test]
fn languages() {
    let what = || K::MissingText { language: "en".into(), what: "`title`".into() };
    expect(MODULE, "{es: Uno, en: One}", "{es: Uno}", "title", what());
    expect(MODULE, "{es: Uno, en: One}", "{es: Uno, en: \"\"}", "title", what());
    expect(ENGLISH, "{#p1}", "{#p1 minutes=4}", "# First", K::TranslationKey { key: "minutes".into() });
    let (expected, found) = ("parts p1, p2".into(), "parts p3, p2".into());
    expect(ENGLISH, "{#p1}", "{#p3}", "# First", K::TranslationDiffers { expected, found });
    let mut texts = sample();
    texts.0.remove(ENGLISH);
    let missing = K::MissingText { language: "en".into(), what: "lesson `m1-l1`".into() };
    assert_eq!(kinds(&check_from(&texts)), [missing]);
    spoil(&mut texts, PROGRAMME, "complete: [es, en], offered: []", "complete: [es], offered: [en]");
    let report = check_from(&texts);
    assert!(report.is_clean());
    assert_eq!(report.untranslated.get("en"), Some(&1));
}

#[test]
fn lines_inside_a_checkpoint_are_those_of_the_file() {
    let texts = spoiled(LESSON, "passage: p2", "pasage: p2");
    let report = check_from(&texts);
    let at = line(&texts, LESSON, "pasage");
    assert!(found(&report).iter().any(|(_, l, k)| *l == at && matches!(k, K::UnknownKey { key, .. } if key == "pasage")), "{report}");
    let texts = spoiled(LESSON, "prompt: \"¿Cuál?\"", "prompt: a: b");
    let at = line(&texts, LESSON, "a: b");
    assert!(
        matches!(&found(&check_from(&texts))[..], [(_, l, K::Yaml { reason })] if *l == at && !reason.contains("line")),
        "{}",
        check_from(&texts)
    );
}

#[test]
fn files() {
    let mut texts = spoiled(LESSON, "Escribe", "Escri\u{301}be");
    let at = line(&texts, LESSON, "Escri\u{301}");
    assert_eq!(found(&check_from(&texts)), [(LESSON.to_owned(), at, K::NotComposed)]);
    texts = spoiled(LESSON, "Escribe una frase.", "Escribe una frase.\r");
    assert_eq!(kinds(&check_from(&texts)), [K::NotPlainLines]);
    for (hidden, code) in [('\0', "U+0000"), ('\u{1b}', "U+001B"), ('\u{85}', "U+0085"), ('\u{202e}', "U+202E"), ('\u{2069}', "U+2069")] {
        texts = spoiled(LESSON, "Escribe", &format!("Escri{hidden}be"));
        let at = line(&texts, LESSON, &format!("Escri{hidden}"));
        assert_eq!(found(&check_from(&texts)), [(LESSON.to_owned(), at, K::HiddenCharacter { code: code.to_owned() })]);
    }
    expect(PROGRAMME, "modules/m1", "../../m1", "modules: [", K::OutsideSource { path: "../../m1".into() });
}

#[test]
fn broken_utf_8_is_refused() {
    for bytes in [&b"\xc0\xbcscript\xc0\xbe"[..], b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xe2\x82", b"\xff\xfe<\0s\0"] {
        let folder = tempfile::tempdir().unwrap();
        let mut texts = sample();
        texts.0.retain(|path, _| path != ENGLISH);
        write(&texts, folder.path());
        let lesson = folder.path().join(LESSON);
        let whole = [texts.0[LESSON].as_bytes(), b"Hola ", bytes, b"\n"].concat();
        std::fs::write(lesson, whole).unwrap();
        let report = curriculum::check(folder.path());
        let at = u32::try_from(texts.0[LESSON].lines().count()).unwrap() + 1;
        assert!(report.mistakes.iter().any(|m| m.what == K::NotUtf8 && m.line == at), "{bytes:?}: {report}");
        assert!(curriculum::load(folder.path()).is_err());
    }
}

#[test]
fn many_mistakes_are_told_in_one_run_sorted() {
    let mut texts = spoiled(GLOSSARY, "definition", "definicion");
    spoil(&mut texts, LESSON, "#p1 minutes=4", "#p1 minutes=5");
    spoil(&mut texts, LESSON, "[[denuncia]]", "[[querella]]");
    spoil(&mut texts, MODULE, "count: 2", "count: 9");
    spoil(&mut texts, SCENARIO, "to: n3", "to: n9");
    spoil(&mut texts, QUESTIONS, "critical: true\n", "critical: true\n  nota: x\n  nota2: y\n");
    let report = check_from(&texts);
    assert!(report.mistakes.len() >= 8, "{report}");
    let mut sorted = report.mistakes.clone();
    sorted.sort();
    assert_eq!(sorted, report.mistakes);
    assert!(curriculum::load_from(&texts).is_err());
}

#[test]
fn every_sentence_says_what_to_do() {
    let texts = spoiled(LESSON, "{#p1 minutes=4}", "{#p1 minutes=3}");
    let shown = check_from(&texts).to_string();
    assert!(shown.contains(&format!("{LESSON}:4: the parts have 8 minutes and the lesson says 9; make them equal")), "{shown}");
}

#[test]
fn a_folder_is_checked_as_the_caller_named_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut texts = spoiled(MODULE, "id: m1\n", "id: m1\nx: 1\n");
    spoil(&mut texts, PROGRAMME, "[modules/m1]", "[../curso/modules/m1]");
    write(&texts, folder.path());
    for path in [folder.path().to_owned(), folder.path().join("curso")] {
        let report = curriculum::check(&path);
        assert_eq!(report.mistakes.len(), 1, "{report}");
        assert_eq!(report.mistakes[0].file, folder.path().join(MODULE).to_string_lossy());
    }
    assert!(matches!(&kinds(&curriculum::check(&folder.path().join("nada")))[..], [K::NoProgramme]));
    let no_texts: Report = check_from(&Texts::default());
    assert_eq!(kinds(&no_texts), [K::NoProgramme]);
}
