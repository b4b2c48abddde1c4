//! Every kind has its words in both languages, and what `curriculum` really says is put into words.

use super::{K, LANGUAGES, PART, WORK, reason, sentence};
use app::texts::Texts;
use domain::assessment::question::problem::{Place, Problem};
use domain::assessment::question::{Content, Target, Tolerance, Weight};
use domain::curriculum::Language;
use std::collections::BTreeMap;
use std::path::Path;

const ES: Texts = Texts(Language::Es);

/// A sample of each kind; a kind without a row does not compile.
macro_rules! samples {
    ($($name:ident $({ $($field:ident: $value:expr),* })?,)*) => {
        fn has_a_row(kind: &K) -> bool {
            match kind { $(K::$name { .. } => true,)* }
        }

        fn samples() -> Vec<K> {
            vec![$(K::$name $({ $($field: $value.into()),* })?,)*]
        }
    };
}

samples! {
    NoProgramme,
    MissingFile { path: "x" },
    OutsideSource { path: "x" },
    NotUtf8,
    NotComposed,
    HiddenCharacter { code: "U+202E" },
    UnknownCounted { id: "x", allowed: ["m1-e".to_owned()] },
    CountedElsewhere { id: "x" },
    CountedTwice { id: "x", first: "m1-l1" },
    CountsInPerson,
    NotPlainLines,
    Yaml { reason: "x" },
    Value { reason: "x" },
    MissingKey { key: "summary" },
    UnknownKey { key: "x", allowed: ["y".to_owned()] },
    UnknownValue { value: "x", allowed: ["y".to_owned()] },
    NotAList,
    BadId { id: "x" },
    DuplicateId { id: "x", first: "m1/module.yaml:7" },
    Languages,
    FileName,
    NoFrontMatter,
    TextBeforePart,
    NoParts,
    PartWithoutId,
    PartWithoutMinutes,
    BadMinutes { value: "x" },
    HeadingAttribute { name: "x" },
    WorkHeading,
    CheckpointNotLast,
    TwoCheckpoints,
    RightOptions { question: "x", count: 0_u8 },
    TranslationWithoutSource { path: "x" },
    TranslationDiffers { expected: "parts p1, p2", found: "parts p1" },
    TranslationKey { key: "minutes" },
    Question { id: "x", reason: "no points" },
    OpenWithoutModules,
    ProgrammeMinutes { sum: 60, required: 1800 },
    NoMakeUp,
    ModuleMinutes { sum: 1, minimum: 2 },
    LessonMinutes { sum: 1, minutes: 2 },
    PartTooLong { minutes: 13 },
    StretchTooLong { minutes: 51 },
    NoCheckpointAtEnd,
    CheckpointInPerson,
    FewQuestions { count: 1_u8 },
    FewOptions { question: "", count: 0_u8 },
    NoFeedback { question: "x" },
    Empty { what: "`summary`" },
    PassageOutside { passage: "p9", allowed: ["p1".to_owned()] },
    UnknownObjective { id: "x", allowed: [] },
    ObjectiveOfAnotherLesson { id: "x" },
    DeadLink { target: "#x" },
    BadLink { target: "x" },
    UnknownTerm { term: "x" },
    UnknownScenario { id: "x" },
    ImageWithoutText { target: "media/x.webp" },
    MediaBudget { bytes: 400_000_u64 },
    NotJustified { minutes: 8, justified: 505 },
    FewWords { words: 1, minutes: 2, wanted: 90 },
    ToConfirm { norm: "x" },
    ConfirmedByNobody { norm: "x" },
    Blueprint { tag: "x", wanted: 4_u32, held: 3_u8 },
    BlueprintCritical { tag: "x", wanted: 4_u32, held: 3_u8 },
    BlueprintCount { tag: "x" },
    UnknownCase { id: "x" },
    UnknownReread { lesson: "x", part: "p1" },
    MissingText { language: "en", what: "`title`" },
    ScenarioTarget { id: "x" },
    ScenarioNode { id: "x" },
    ScenarioUnreachable { id: "x" },
    HardToRead { score: -5 },
    RawHtml,
    Unfinished { sum: 1, required: 2 },
}

#[test]
fn every_kind_has_a_title_and_says_what_to_do() {
    for kind in samples() {
        assert!(has_a_row(&kind));
        for language in Language::ALL {
            let (title, text) = sentence(Texts(language), &kind);
            assert!((2..=5).contains(&title.split_whitespace().count()), "{title}");
            assert_ne!(text, kind.to_string(), "the sentence of the command line");
            let said = [PART, WORK, LANGUAGES].iter().fold(text.clone(), |text, sign| text.replace(sign, ""));
            assert!(!title.contains(['{', '}']) && !said.contains(['{', '}']), "{text}");
            assert!(said.trim().len() > title.len(), "{text}");
        }
    }
}

fn problems() -> Vec<Problem> {
    let id = || "r1".to_owned();
    let level = Place::Level { criterion: id(), level: 0 };
    let named = [Place::Option, Place::Feedback, Place::Criterion, Place::Line, Place::Pair].map(|place| place(id()));
    let counted = [Place::Accepted, Place::AcceptedFeedback].map(|place| place(0));
    let single = [Place::Prompt, level, Place::Unit, Place::Explanation];
    let mut problems: Vec<Problem> = named.into_iter().chain(counted).chain(single).map(|place| Problem::EmptyText { place }).collect();
    problems.extend([
        Problem::BadId { id: id() },
        Problem::RepeatedId { id: id() },
        Problem::NoPoints,
        Problem::ReferenceWithoutNorm,
        Problem::ConfirmedWithoutReviewer { norm: "Ley 30364, art. 7".to_owned() },
        Problem::TooFewOptions { found: 1 },
        Problem::NotOneRight { found: 0 },
        Problem::NoRight,
        Problem::NoWrong,
        Problem::RightAndCritical { option: id() },
        Problem::NotTrueFalse { found: vec![id()] },
        Problem::OptionsOnCase,
        Problem::RubricOnChoice,
        Problem::NoRubric,
        Problem::TooFewLevels { criterion: id(), found: 1 },
        Problem::LevelsNotRising { criterion: id() },
        Problem::BestLevelCritical { criterion: id() },
        Problem::RubricPoints { rubric: 5, points: 10 },
        Problem::NoFullWeight,
        Problem::NothingToCompare { text: "¡\"!".to_owned() },
        Problem::RepeatedAnswer { text: "juez \"de paz\"".to_owned() },
        Problem::ToleranceOfAny,
        Problem::TooFewPairs { found: 1 },
        Problem::UnknownPairOption { pair: "p1".to_owned(), option: "z".to_owned() },
        Problem::KeyOnOption { option: id() },
        Problem::SameText { option: id() },
    ]);
    for content in Content::ALL {
        problems.extend([Problem::Misplaced { content }, Problem::NoAnswers { content }]);
    }
    problems
}

#[test]
fn the_problems_of_a_question_are_put_into_words() {
    for problem in problems().iter().map(ToString::to_string) {
        for t in Language::ALL.map(Texts) {
            assert_ne!(reason::question(t, &problem), t.lint_question_other(&problem));
        }
    }
    assert_eq!(reason::question(ES, "empty text at Level { criterion: \"r1\", level: 0 }"), "Falta escribir el nivel 1 del criterio «r1».");
    assert_eq!(
        reason::question(ES, "rubric gives 5 of 10 points"),
        "Los mejores niveles suman 5 y la pregunta vale 10. Cambiar los puntos hasta que coincidan."
    );
    let told = |problem: Problem| reason::question(ES, &problem.to_string());
    let unknown = Problem::UnknownPairOption { pair: "p1".to_owned(), option: "z".to_owned() };
    assert_eq!(told(unknown), "La pareja «p1» nombra la opción «z», que no existe. Corregir «option».");
    let misplaced = Problem::Misplaced { content: Content::Pairs };
    assert_eq!(told(misplaced), "«pairs» (parejas) no va en este tipo de pregunta. Quitarlo o cambiar el tipo («type»).");
    let repeated = Problem::RepeatedAnswer { text: "juez \"de paz\"".to_owned() };
    assert_eq!(told(repeated), "La respuesta «juez \"de paz\"» es igual a una anterior. Quitar una de las dos.");
    assert_eq!(told(Problem::EmptyText { place: Place::Accepted(1) }), "Falta escribir la respuesta aceptada 2.");
    assert_eq!(reason::question(ES, "something new"), "Hay algo que corregir. (something new)");
}

/// What is said about a programme of which the file alone is there.
fn said(programme: &str) -> Vec<String> {
    let texts = curriculum::Texts(BTreeMap::from([("c/programme.yaml".to_owned(), programme.to_owned())]));
    curriculum::check_from(&texts).mistakes.iter().map(|m| sentence(ES, &m.what).1).collect()
}

#[test]
fn what_yaml_refuses_is_put_into_words() {
    for (text, wanted) in [
        ("title: Ella: hola", ES.lint_yaml_colon()),
        ("title: {es: Ella dice: no}", ES.lint_yaml_comma()),
        ("title: \"hola", ES.lint_yaml_quote()),
        ("title: \"hola\" y más", ES.lint_yaml_after_quote()),
        ("title: 'hola' y más", ES.lint_yaml_after_quote()),
        ("title: {es: hola", ES.lint_yaml_bracket()),
        ("title: [hola]]", ES.lint_yaml_bracket()),
        ("title:\n\tes: hola", ES.lint_yaml_tab()),
        ("title:\n  es: a\n en: b", ES.lint_yaml_indent()),
        ("- id: a\n b: c", ES.lint_yaml_indent()),
        ("title: @hola", ES.lint_yaml_sign()),
        ("title: *hola", ES.lint_yaml_sign()),
        ("title: - hola", ES.lint_yaml_sign()),
        ("title: \"\\d\"", ES.lint_yaml_escape()),
        ("title: hola # no\n  y más", ES.lint_yaml_comment()),
        ("title: |\nhola", ES.lint_yaml_name()),
        ("id: a\n---\nid: b", ES.lint_yaml_documents()),
    ] {
        assert_eq!(said(text), [wanted], "{text}");
    }
    assert_eq!(said("id: a\nid: b"), ["El dato «id» está dos veces. Dejar uno solo."]);
    assert!(reason::yaml(ES, "something new").ends_with("(something new)"));
}

#[test]
fn a_value_of_another_kind_is_put_into_words() {
    for (text, wanted) in [
        ("id: [a]", ES.lint_value_text()),
        ("id:", ES.lint_value_empty()),
        ("required_minutes: mucho", ES.lint_value_number()),
        ("required_minutes: 1.5", ES.lint_value_number()),
        ("modules: m1", ES.lint_value_list()),
        ("rules: a", ES.lint_value_fields()),
        ("status: [open]", ES.lint_value_word()),
        ("signatories:\n  - {name: a, from: 2026-13-01}", ES.lint_value_date()),
        ("signatories:\n  - {name: a, from: ayer}", ES.lint_value_date()),
    ] {
        assert_eq!(said(text), [wanted], "{text}");
    }
    assert_eq!(said("title: Curso"), ["Aquí va el texto por idioma, así: {es: …, en: …}"]);
    assert_eq!(reason::value(ES, "invalid type: string \"x\", expected a boolean"), ES.lint_value_yes_no());
    assert_eq!(reason::value(ES, "`hour` has to be above zero"), "«hour» (duración de la hora) tiene que ser mayor que cero.");
    for (error, wanted) in [
        (Weight::try_from("mucho".to_owned()).map(|_| ()), ES.lint_value_weight()),
        (Target::try_from("quince".to_owned()).map(|_| ()), ES.lint_value_exact()),
        (Tolerance::try_from("-1".to_owned()).map(|_| ()), ES.lint_value_tolerance()),
    ] {
        assert_eq!(reason::value(ES, &error.unwrap_err()), wanted);
    }
    assert!(reason::value(ES, "something new").ends_with("(something new)"));
}

const LESSON: &str = "c/modules/m1/lessons/01-uno.es.md";
const ENGLISH: &str = "c/modules/m1/lessons/01-uno.en.md";

/// What is said about the sample programme of `curriculum` with one place of a lesson's file changed.
fn said_of(file: &str, from: &str, to: &str) -> Vec<String> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../curriculum/tests/sample"));
    let names = ["programme.yaml", "glossary.yaml", "services.yaml", "modules/m1/module.yaml", "modules/m1/questions/uno.yaml"];
    let names = names.into_iter().chain(["modules/m1/scenarios/caso.yaml", &LESSON[2..], &ENGLISH[2..]]);
    let read = |name: &str| (format!("c/{name}"), std::fs::read_to_string(folder.join(name)).unwrap());
    let mut texts = curriculum::Texts(names.map(read).collect());
    assert!(curriculum::check_from(&texts).is_clean());
    let text = texts.0.get_mut(file).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    *text = text.replacen(from, to, 1);
    curriculum::check_from(&texts).mistakes.iter().map(|m| sentence(ES, &m.what).1).collect()
}

#[test]
fn what_is_empty_missing_or_different_is_named() {
    let one = |file, from, to, wanted: &str| {
        let said = said_of(file, from, to);
        assert!(said.iter().any(|s| s == wanted), "{said:?}");
    };
    one(LESSON, "prompt: \"¿Cuál?\"", "prompt: \"\"", "Falta escribir el enunciado de la pregunta «m1-l1-c1-a».");
    one(LESSON, "# ", "# {#p1 minutes=4}\n\n", "Falta escribir el título de la parte.");
    one(
        ENGLISH,
        "{#p1}",
        "{#p3}",
        "El original tiene las partes p1, p2. La traducción tiene las partes p3, p2. Poner en la traducción lo mismo que en el original.",
    );
    let said = said_of(ENGLISH, "id: m1-l1-c1-a", "id: m1-l1-c1-x");
    assert!(said.iter().any(|s| s.contains("el control «m1-l1-c1» con las preguntas m1-l1-c1-a (2 opciones), ")), "{said:?}");
    let said = said_of(ENGLISH, "\n---\n", "\nmode: in-person\n---\n");
    assert!(said.iter().any(|s| s.contains("la modalidad a su ritmo. La traducción tiene la modalidad presencial.")), "{said:?}");
    let said = said_of(ENGLISH, "\n---\n", "\nobjectives: [m1-o9]\n---\n");
    assert!(said.iter().any(|s| s.contains("La traducción tiene los objetivos m1-o9.")), "{said:?}");
}

#[test]
fn the_data_of_a_mistake_stand_in_its_sentence() {
    let text = |kind: &K| sentence(ES, kind).1;
    assert_eq!(text(&K::PartTooLong { minutes: 13 }), "Esta parte es larga: 13 minutos. El máximo es 10. Conviene partirla en dos.");
    assert_eq!(text(&K::MissingKey { key: "summary".into() }), "Falta «summary» (resumen). Escribirlo en una línea, así: summary: …");
    assert_eq!(text(&K::DuplicateId { id: "a".into(), first: "m/b.yaml:7".into() }), "«a» ya se usa en m/b.yaml, línea 7. Elegir otro.");
    assert_eq!(
        text(&K::FewWords { words: 30, minutes: 2, wanted: 90 }),
        "Hay 30 palabras para 2 min. Llegar al menos a 90 o bajar los minutos."
    );
    assert_eq!(
        text(&K::Blueprint { tag: "m4".into(), wanted: 4, held: 3 }),
        "Preguntas no críticas con la etiqueta «m4»: se sortean 4 y hay 3. Escribir más o sortear menos."
    );
    assert_eq!(text(&K::NotJustified { minutes: 8, justified: 505 }).matches("5.05 min").count(), 1);
    assert!(text(&K::HardToRead { score: -5 }).starts_with("Facilidad de lectura: -0.05."));
    let english = sentence(Texts(Language::En), &K::MissingText { language: "es".into(), what: "lesson `m1-l1`".into() });
    assert_eq!(english.1, "Missing in Spanish: lesson “m1-l1”. Write it: that language is to be complete.");
}
