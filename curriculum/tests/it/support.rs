//! A small programme that is right; tests spoil one place of it at a time.

use curriculum::{MistakeKind, Report, Texts};

pub const PROGRAMME: &str = "curso/programme.yaml";
pub const MODULE: &str = "curso/modules/m1/module.yaml";
pub const LESSON: &str = "curso/modules/m1/lessons/01-uno.es.md";
pub const ENGLISH: &str = "curso/modules/m1/lessons/01-uno.en.md";
pub const QUESTIONS: &str = "curso/modules/m1/questions/uno.yaml";
pub const SCENARIO: &str = "curso/modules/m1/scenarios/caso.yaml";
pub const SERVICES: &str = "curso/services.yaml";
pub const GLOSSARY: &str = "curso/glossary.yaml";

const FILES: [(&str, &str); 8] = [
    (PROGRAMME, include_str!("../sample/programme.yaml")),
    (MODULE, include_str!("../sample/modules/m1/module.yaml")),
    (LESSON, include_str!("../sample/modules/m1/lessons/01-uno.es.md")),
    (ENGLISH, include_str!("../sample/modules/m1/lessons/01-uno.en.md")),
    (QUESTIONS, include_str!("../sample/modules/m1/questions/uno.yaml")),
    (SCENARIO, include_str!("../sample/modules/m1/scenarios/caso.yaml")),
    (GLOSSARY, include_str!("../sample/glossary.yaml")),
    (SERVICES, include_str!("../sample/services.yaml")),
];

/// The sample as it lies under `tests/sample`.
pub fn sample() -> Texts {
    Texts(FILES.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect())
}

/// The sample with the first `from` of `file` replaced by `to`.
pub fn spoiled(file: &str, from: &str, to: &str) -> Texts {
    let mut texts = sample();
    spoil(&mut texts, file, from, to);
    texts
}

/// Replaces the first `from` of `file` by `to`.
pub fn spoil(texts: &mut Texts, file: &str, from: &str, to: &str) {
    let text = texts.0.get_mut(file).expect("a file of the sample");
    assert!(text.contains(from), "{file} has no {from:?}");
    *text = text.replacen(from, to, 1);
}

/// The line of the first `text` in `file`.
pub fn line(texts: &Texts, file: &str, text: &str) -> u32 {
    let position = texts.0[file].find(text).expect("a text of the sample");
    u32::try_from(texts.0[file][..position].matches('\n').count()).unwrap() + 1
}

/// File, line and kind of every mistake.
pub fn found(report: &Report) -> Vec<(String, u32, MistakeKind)> {
    report.mistakes.iter().map(|m| (m.file.clone(), m.line, m.what.clone())).collect()
}

/// Writes the files under `folder`.
pub fn write(texts: &Texts, folder: &std::path::Path) {
    for (path, text) in &texts.0 {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
}
