//! What loading gives.

use crate::support::*;
use curriculum::package::{digest, revision};
use curriculum::{check_from, load_from};
use domain::curriculum::Language;

#[test]
fn a_package_holds_structure_texts_and_keys() {
    let packages = load_from(&sample()).unwrap();
    let [package] = &packages[..] else { panic!("one programme") };
    let lesson = &package.programme.modules[0].lessons[0];
    assert_eq!((lesson.title.get(Language::Es), lesson.title.get(Language::En)), ("Lección uno", "Lesson one"));
    assert_eq!(lesson.parts[0].title.get(Language::En), "First part");
    let checkpoint = lesson.parts[1].checkpoint.as_ref().unwrap();
    assert_eq!(checkpoint.questions[0].options[1].feedback.get(Language::En), "Not so.");
    assert!(checkpoint.questions.iter().all(|q| q.options[0].correct && !q.options[1].correct));
    assert_eq!(lesson.stretches()[0].design.minutes(), 9);
    assert_eq!(lesson.counts, ["m1-e"]);
    assert_eq!(package.programme.counting(&"m1-e".into()).map(|l| &l.id), Some(&lesson.id));
    assert!(package.programme.counting(&"m9-e".into()).is_none());
    assert_eq!(package.texts.len(), 2);
    assert_eq!(package.texts[0].source, sample().0[LESSON]);
    assert_eq!(lesson.revision, package.texts[0].revision);
    let kinds: Vec<&str> = package.questions.iter().map(|(_, q, _)| q.kind.name()).collect();
    assert_eq!(kinds, ["single-choice", "true-false", "case", "short-answer", "numeric", "matching", "ordering"]);
    assert_eq!(package.programme.services[0].number, "105");
    assert_eq!(package.programme.edition, "2026");
    let evaluation = package.programme.modules[0].evaluation.as_ref().unwrap();
    assert_eq!((evaluation.attempts, evaluation.pass, evaluation.limit.minutes()), (2, 1300, 10));
}

#[test]
fn revisions_follow_the_text() {
    assert_eq!(digest(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(revision("a").as_str().len(), 64);
    let before = load_from(&sample()).unwrap().remove(0);
    let after = load_from(&spoiled(LESSON, "Escribe una frase.", "Escribe dos frases.")).unwrap().remove(0);
    assert_ne!(before.texts[0].revision, after.texts[0].revision);
    assert_eq!(before.texts[1], after.texts[1]);
    assert_eq!(before.questions, after.questions);
    assert_ne!(before.source_digest, after.source_digest);
    assert_eq!(before.source_digest, load_from(&sample()).unwrap()[0].source_digest);
}

#[test]
fn a_module_of_a_sibling_programme_is_told_about_once() {
    let mut texts = spoiled(LESSON, "[[denuncia]]", "[[querella]]");
    let sibling = texts.0[PROGRAMME].replace("id: curso", "id: otro").replace("[modules/m1]", "[../curso/modules/m1]");
    texts.0.insert("otro/programme.yaml".to_owned(), sibling);
    texts.0.insert("otro/glossary.yaml".to_owned(), texts.0[GLOSSARY].clone());
    assert_eq!(check_from(&texts).mistakes.len(), 1);
    let packages = load_from(&texts).unwrap();
    assert_eq!(packages.len(), 2);
    assert_eq!(packages[0].programme.modules, packages[1].programme.modules);
}

/// A programme that says nothing of what its lessons count is stored as it was before there was such a key.
#[test]
fn without_counts_the_structure_is_as_before() {
    let silent = load_from(&spoiled(LESSON, "counts: [m1-e]\n", "")).unwrap().remove(0);
    let stored = serde_json::to_string(&silent.programme).unwrap();
    assert!(!stored.contains("counts"), "{stored}");
    assert_eq!(serde_json::from_str::<domain::curriculum::Programme>(&stored).unwrap(), silent.programme);
    let spoken = load_from(&sample()).unwrap().remove(0);
    assert!(serde_json::to_string(&spoken.programme).unwrap().contains(r#""counts":["m1-e"]"#));
}
