//! The rules of content, applied to what was read. Each file below owns one kind of rule; none stops at the first.

mod counts;
mod lessons;
mod links;
mod minutes;
mod questions;
mod scenarios;
mod texts;

pub use scenarios::{Fault as ScenarioFault, faults as scenario_faults};

use crate::composition::{Composition, composition};
use crate::mistake::{Mistake, MistakeKind};
use crate::read::{self, LessonFile, ModuleText, ProgrammeText};
use crate::source::Source;
use domain::curriculum::Language;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// What one run of the check found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What has to be corrected, by file and line.
    pub mistakes: Vec<Mistake>,
    /// What should be looked at, by file and line; nothing fails because of it.
    pub warnings: Vec<Mistake>,
    /// How each lesson's minutes are made up.
    pub compositions: Vec<Composition>,
    /// Texts without a version in an offered language, by language code.
    pub untranslated: BTreeMap<String, u64>,
}

impl Report {
    /// Whether nothing has to be corrected.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.mistakes.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in &self.mistakes {
            writeln!(f, "{mistake}")?;
        }
        for warning in &self.warnings {
            writeln!(f, "{}:{}: warning: {}", warning.file, warning.line, warning.what)?;
        }
        for (language, count) in &self.untranslated {
            writeln!(f, "{count} texts are not in `{language}` yet")?;
        }
        let (mistakes, warnings, lessons) = (self.mistakes.len(), self.warnings.len(), self.compositions.len());
        write!(f, "{lessons} lessons, {mistakes} mistakes, {warnings} warnings")
    }
}

/// What a rule sees.
struct Context<'c> {
    programme: &'c ProgrammeText,
    mistakes: &'c mut Vec<Mistake>,
    warnings: &'c mut Vec<Mistake>,
    untranslated: BTreeMap<Language, u64>,
}

impl Context<'_> {
    fn mistake(&mut self, file: &str, line: u32, what: MistakeKind) {
        self.mistakes.push(Mistake::new(file, line, what));
    }

    fn warning(&mut self, file: &str, line: u32, what: MistakeKind) {
        self.warnings.push(Mistake::new(file, line, what));
    }
}

/// Checks the programmes in `folders`.
pub(crate) fn report(source: &dyn Source, folders: &[String]) -> Report {
    let mut mistakes = Vec::new();
    let mut warnings = Vec::new();
    let mut compositions: BTreeMap<String, Composition> = BTreeMap::new();
    let mut untranslated: BTreeMap<String, u64> = BTreeMap::new();
    if folders.is_empty() {
        mistakes.push(Mistake::new("", 1, MistakeKind::NoProgramme));
    }
    for folder in folders {
        let Some(programme) = read::programme(source, folder, &mut mistakes) else { continue };
        let mut context =
            Context { programme: &programme, mistakes: &mut mistakes, warnings: &mut warnings, untranslated: BTreeMap::new() };
        for composition in programme_rules(&mut context) {
            compositions.insert(composition.file.clone(), composition);
        }
        for (language, count) in context.untranslated {
            // A module that two programmes share is counted once.
            let total = untranslated.entry(language.code().to_owned()).or_default();
            *total = count.max(*total);
        }
    }
    let prefix = source.prefix();
    let compositions = compositions.into_values().map(|mut c| {
        c.file = format!("{prefix}{}", c.file);
        c
    });
    Report { compositions: compositions.collect(), mistakes: settled(source, mistakes), warnings: settled(source, warnings), untranslated }
}

fn programme_rules(context: &mut Context<'_>) -> Vec<Composition> {
    let programme = context.programme;
    minutes::programme(context);
    texts::check(context);
    counts::check(context);
    let mut compositions = Vec::new();
    for module in &programme.modules {
        minutes::module(context, module);
        questions::check(context, module);
        scenarios::check(context, module);
        for lesson in &module.lessons {
            compositions.push(lesson_rules(context, module, lesson));
        }
    }
    compositions
}

fn lesson_rules(context: &mut Context<'_>, module: &ModuleText, lesson: &LessonFile) -> Composition {
    let composition = composition(lesson, context.programme.file.words_per_minute);
    minutes::lesson(context, lesson, &composition);
    lessons::check(context, module, lesson);
    for version in std::iter::once(&lesson.source).chain(&lesson.translations) {
        links::check(context, module, version);
    }
    composition
}

/// Sorted by file and line, each once, with the files named as the caller knows them.
pub(crate) fn settled(source: &dyn Source, mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    let prefix = source.prefix();
    for mistake in &mut mistakes {
        mistake.file = format!("{prefix}{}", mistake.file);
        if let MistakeKind::DuplicateId { first, .. } = &mut mistake.what {
            *first = format!("{prefix}{first}");
        }
    }
    mistakes.sort();
    mistakes.dedup();
    mistakes
}
