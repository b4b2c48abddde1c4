//! What the files hold, for lists and searches: programmes, modules, lessons, questions, cases and what each cites.

use crate::package::Term;
use crate::read::{self, LessonVersion, ModuleText, ProgrammeText};
use crate::source::{self, Source};
use domain::assessment::question::{QuestionKind, Reference};
use domain::curriculum::{Language, Localised, Objective, ProgrammeStatus};
use std::collections::BTreeMap;

/// Everything in a folder of programmes.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// The programmes.
    pub programmes: Vec<ProgrammeEntry>,
    /// Their modules, each once.
    pub modules: Vec<ModuleEntry>,
    /// Terms of all programmes, each once.
    pub glossary: Vec<Term>,
}

/// A programme.
#[derive(Debug, Clone)]
pub struct ProgrammeEntry {
    /// Text id.
    pub id: String,
    /// Its `programme.yaml`.
    pub path: String,
    /// Its title.
    pub title: Localised,
    /// Whether it can certify.
    pub status: ProgrammeStatus,
    /// References accepted although they are to confirm.
    pub accepted: Vec<String>,
    /// Folders of its modules, in order.
    pub modules: Vec<String>,
    /// Study reading speed.
    pub words_per_minute: i64,
}

/// A module.
#[derive(Debug, Clone)]
pub struct ModuleEntry {
    /// Text id.
    pub id: String,
    /// Its folder.
    pub folder: String,
    /// Its title.
    pub title: Localised,
    /// Its objectives.
    pub objectives: Vec<Objective>,
    /// Its lessons, in order; translations after their source.
    pub lessons: Vec<LessonEntry>,
    /// Its questions.
    pub questions: Vec<QuestionEntry>,
    /// Its cases: id, path, title.
    pub scenarios: Vec<(String, String, Localised)>,
    /// Its pictures and recordings: path and size in bytes.
    pub media: BTreeMap<String, u64>,
}

/// One file of a lesson.
#[derive(Debug, Clone)]
pub struct LessonEntry {
    /// Text id.
    pub id: String,
    /// The file.
    pub path: String,
    /// The source's file; the same for the source itself.
    pub source: String,
    /// Its language.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// Parts: id and title.
    pub parts: Vec<(String, String)>,
    /// What it cites.
    pub references: Vec<Reference>,
}

/// A question of a bank.
#[derive(Debug, Clone)]
pub struct QuestionEntry {
    /// Text id.
    pub id: String,
    /// Its file.
    pub path: String,
    /// Its line there.
    pub line: u32,
    /// Its type.
    pub kind: QuestionKind,
    /// Its first words.
    pub prompt: Localised,
    /// Whether failing it fails the evaluation.
    pub critical: bool,
    /// What it cites.
    pub references: Vec<Reference>,
    /// Whether it has a text in the language.
    pub languages: Vec<Language>,
}

/// Reads everything that can be read; mistakes are the check's to tell.
#[must_use]
pub fn index(source: &dyn Source) -> Index {
    let mut index = Index::default();
    for folder in source::programmes(&source.files("")) {
        let Some(text) = read::programme(source, &folder, &mut Vec::new()) else { continue };
        index.programmes.push(programme(&text));
        for term in text.glossary.iter().map(|placed| &placed.value) {
            if !index.glossary.iter().any(|t| t.id == term.id) {
                index.glossary.push(term.clone());
            }
        }
        for module in &text.modules {
            if !index.modules.iter().any(|m| m.folder == module.folder) {
                index.modules.push(entry(module));
            }
        }
    }
    index
}

fn programme(text: &ProgrammeText) -> ProgrammeEntry {
    ProgrammeEntry {
        id: text.file.id.0.clone(),
        path: text.path.clone(),
        title: text.file.title.clone(),
        status: text.file.status,
        accepted: text.file.accepted_to_confirm.clone(),
        modules: text.modules.iter().map(|m| m.folder.clone()).collect(),
        words_per_minute: text.file.words_per_minute,
    }
}

fn entry(module: &ModuleText) -> ModuleEntry {
    let lessons = module.lessons.iter().flat_map(|lesson| {
        let source = &lesson.source.path;
        std::iter::once(&lesson.source).chain(&lesson.translations).map(move |version| lesson_entry(version, source))
    });
    let questions = module.questions.iter().map(|placed| QuestionEntry {
        id: placed.value.id.0.clone(),
        path: placed.file.clone(),
        line: placed.line,
        kind: placed.value.kind,
        prompt: placed.value.prompt.clone(),
        critical: placed.value.critical,
        references: placed.value.references.clone(),
        languages: {
            let english = placed.value.prompt.en.as_ref().map(|_| Language::En);
            std::iter::once(Language::Es).chain(english).collect()
        },
    });
    ModuleEntry {
        id: module.file.id.0.clone(),
        folder: module.folder.clone(),
        title: module.file.title.clone(),
        objectives: module.file.objectives.clone(),
        lessons: lessons.collect(),
        questions: questions.collect(),
        scenarios: module.scenarios.iter().map(|s| (s.value.id.clone(), s.file.clone(), s.value.title.clone())).collect(),
        media: module.media.clone(),
    }
}

fn lesson_entry(version: &LessonVersion, source: &str) -> LessonEntry {
    LessonEntry {
        id: version.front.id.0.clone(),
        path: version.path.clone(),
        source: source.to_owned(),
        language: version.language,
        title: version.front.title.clone(),
        parts: version.parts.iter().map(|p| (p.id.clone(), p.outline.title.clone())).collect(),
        references: version.front.references.clone(),
    }
}

impl Index {
    /// The module whose folder holds `path`.
    #[must_use]
    pub fn module_of(&self, path: &str) -> Option<&ModuleEntry> {
        self.modules.iter().find(|m| path.strip_prefix(&m.folder).is_some_and(|rest| rest.starts_with('/')))
    }

    /// The module with this id.
    #[must_use]
    pub fn module(&self, id: &str) -> Option<&ModuleEntry> {
        self.modules.iter().find(|m| m.id == id)
    }

    /// The lesson in this file.
    #[must_use]
    pub fn lesson_at(&self, path: &str) -> Option<&LessonEntry> {
        self.module_of(path)?.lessons.iter().find(|l| l.path == path)
    }

    /// Programmes that use the module in `folder`.
    pub fn users<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a ProgrammeEntry> {
        self.programmes.iter().filter(move |p| p.modules.iter().any(|m| m == folder))
    }
}
