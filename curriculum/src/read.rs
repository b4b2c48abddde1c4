//! From files to what is written in them, with the place of everything: the common ground of loading and checking.

mod ids;
mod lessons;
mod translations;

use crate::files::{CheckpointHead, CheckpointQuestionFile, FrontMatter, ModuleFile, ProgrammeFile};
use crate::lesson::outline::Outline;
use crate::mistake::{Mistake, MistakeKind};
use crate::package::{Scenario, Term};
use crate::source::{Source, join, resolve};
use crate::yaml::{self, Node, Value};
use domain::assessment::question::AuthoredQuestion;
use domain::curriculum::{Language, Service};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// A record and where it begins.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T> {
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) value: T,
}

/// A programme as written.
#[derive(Debug)]
pub(crate) struct ProgrammeText {
    pub(crate) path: String,
    pub(crate) node: Node,
    pub(crate) file: ProgrammeFile,
    pub(crate) modules: Vec<ModuleText>,
    pub(crate) glossary: Vec<Placed<Term>>,
    pub(crate) services: Vec<Placed<Service>>,
    pub(crate) cards: BTreeMap<Language, String>,
    /// Every YAML tree read, for the texts that must exist in a language.
    pub(crate) trees: Vec<(String, Node)>,
    /// SHA-256 of each file read.
    /// Every file that was read, by path: composed, with plain line ends.
    pub(crate) files: BTreeMap<String, String>,
}

/// A module as written.
#[derive(Debug)]
pub(crate) struct ModuleText {
    pub(crate) folder: String,
    pub(crate) path: String,
    pub(crate) node: Node,
    pub(crate) file: ModuleFile,
    pub(crate) lessons: Vec<LessonFile>,
    pub(crate) questions: Vec<Placed<AuthoredQuestion>>,
    pub(crate) scenarios: Vec<Placed<Scenario>>,
    /// Files of `media/` and their size.
    pub(crate) media: BTreeMap<String, u64>,
}

/// A lesson: its source and its translations.
#[derive(Debug)]
pub(crate) struct LessonFile {
    pub(crate) source: LessonVersion,
    pub(crate) translations: Vec<LessonVersion>,
}

/// One file of a lesson.
#[derive(Debug)]
pub(crate) struct LessonVersion {
    pub(crate) path: String,
    pub(crate) language: Language,
    pub(crate) text: String,
    pub(crate) node: Node,
    pub(crate) front: FrontMatter,
    pub(crate) parts: Vec<PartText>,
}

/// A part of a lesson's file.
#[derive(Debug)]
pub(crate) struct PartText {
    pub(crate) outline: Outline,
    pub(crate) id: String,
    pub(crate) minutes: i64,
    pub(crate) checkpoint: Option<CheckpointText>,
}

/// A checkpoint as written.
#[derive(Debug)]
pub(crate) struct CheckpointText {
    pub(crate) line: u32,
    pub(crate) head: CheckpointHead,
    pub(crate) questions: Vec<(u32, CheckpointQuestionFile)>,
}

/// Reads one programme; what is wrong goes into the list.
pub(crate) fn programme(source: &dyn Source, folder: &str, mistakes: &mut Vec<Mistake>) -> Option<ProgrammeText> {
    let mut reader = Reader { source, mistakes, trees: Vec::new(), files: BTreeMap::new() };
    let path = join(folder, "programme.yaml");
    let node = reader.tree(&path)?;
    let file = reader.typed::<ProgrammeFile>(&path, &node);
    if let Some(file) = &file {
        reader.numbers(&path, &node, file);
    }
    let glossary = reader.optional_list(&join(folder, "glossary.yaml"));
    let services = reader.optional_list(&join(folder, "services.yaml"));
    let card = |language: Language| Some((language, format!("help-card.{}.md", language.code())));
    let cards = Language::ALL.into_iter().filter_map(card).filter(|(_, name)| source.bytes(&join(folder, name)).is_some());
    let cards = cards.filter_map(|(language, name)| Some((language, reader.text(&join(folder, &name))?))).collect();
    let mut modules = Vec::new();
    let items = node.get("modules").map(Node::items).unwrap_or_default();
    for item in items {
        if let Some(module) = item.text().and_then(|p| reader.module(&path, item.line, folder, p)) {
            modules.push(module);
        }
    }
    let Reader { trees, files, .. } = reader;
    let text = ProgrammeText { path, node, file: file?, modules, glossary, services, cards, trees, files };
    ids::check(&text, mistakes);
    translations::check(&text, mistakes);
    Some(text)
}

/// What a reviewer does not see, and what makes a text look otherwise than it is: controls and changes of direction.
fn is_hidden(letter: char) -> bool {
    let is_control = letter.is_control() && !matches!(letter, '\t' | '\r' | '\n');
    is_control || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

struct Reader<'s> {
    source: &'s dyn Source,
    mistakes: &'s mut Vec<Mistake>,
    trees: Vec<(String, Node)>,
    files: BTreeMap<String, String>,
}

impl Reader<'_> {
    fn mistake(&mut self, file: &str, line: u32, what: MistakeKind) {
        self.mistakes.push(Mistake::new(file, line, what));
    }

    /// The text of a file, composed and with plain line ends whatever it was.
    fn text(&mut self, path: &str) -> Option<String> {
        let Some(bytes) = self.source.bytes(path) else {
            self.mistake(path, 1, MistakeKind::MissingFile { path: path.to_owned() });
            return None;
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let line = u32::try_from(error.as_bytes().iter().take(valid).filter(|b| **b == b'\n').count()).unwrap_or(0);
                self.mistake(path, line.saturating_add(1), MistakeKind::NotUtf8);
                return None;
            }
        };
        if let Some(line) = text.split('\n').position(|l| l.contains('\r') || l.starts_with('\u{feff}')) {
            self.mistake(path, u32::try_from(line).unwrap_or(0).saturating_add(1), MistakeKind::NotPlainLines);
        }
        if let Some(line) = text.split('\n').position(|l| !unicode_normalization::is_nfc(l)) {
            self.mistake(path, u32::try_from(line).unwrap_or(0).saturating_add(1), MistakeKind::NotComposed);
        }
        for (line, text) in (1..).zip(text.split('\n')) {
            if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
                self.mistake(path, line, MistakeKind::HiddenCharacter { code: format!("U+{:04X}", u32::from(hidden)) });
            }
        }
        let plain: String = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
        self.files.insert(path.to_owned(), plain.clone());
        Some(plain)
    }

    fn tree(&mut self, path: &str) -> Option<Node> {
        let text = self.text(path)?;
        let tree = yaml::tree(path, 1, &text);
        let node = self.keep(tree)?;
        self.trees.push((path.to_owned(), node.clone()));
        Some(node)
    }

    fn keep<T>(&mut self, result: Result<T, Mistake>) -> Option<T> {
        result.map_err(|mistake| self.mistakes.push(mistake)).ok()
    }

    fn typed<T: DeserializeOwned>(&mut self, path: &str, node: &Node) -> Option<T> {
        yaml::typed(path, node, self.mistakes)
    }

    /// A file that is a list of records; those that cannot be read are left out and told.
    fn list<T: DeserializeOwned>(&mut self, path: &str) -> Vec<Placed<T>> {
        let Some(node) = self.tree(path) else { return Vec::new() };
        if !matches!(node.value, Value::List(_) | Value::Null) {
            self.mistake(path, node.line, MistakeKind::NotAList);
        }
        let records = node.items().iter().map(|item| (item.line, self.typed(path, item)));
        records.filter_map(|(line, value)| Some(Placed { file: path.to_owned(), line, value: value? })).collect()
    }

    fn optional_list<T: DeserializeOwned>(&mut self, path: &str) -> Vec<Placed<T>> {
        if self.source.bytes(path).is_some() { self.list(path) } else { Vec::new() }
    }

    /// Values that have the right form and still make no sense.
    fn numbers(&mut self, path: &str, node: &Node, file: &ProgrammeFile) {
        if file.languages.source != Language::Es || !file.languages.complete.contains(&Language::Es) {
            self.mistake(path, node.line_of("languages"), MistakeKind::Languages);
        }
        for (key, value) in
            [("words_per_minute", file.words_per_minute), ("required_minutes", file.required_minutes), ("hour", file.hour.minutes)]
        {
            if value <= 0 {
                self.mistake(path, node.line_of(key), MistakeKind::Value { reason: format!("`{key}` has to be above zero") });
            }
        }
    }

    fn module(&mut self, programme: &str, line: u32, folder: &str, path: &str) -> Option<ModuleText> {
        let Some(folder) = resolve(folder, path) else {
            self.mistake(programme, line, MistakeKind::OutsideSource { path: path.to_owned() });
            return None;
        };
        let yaml = join(&folder, "module.yaml");
        let files = self.source.files(&folder);
        if !files.contains(&yaml) {
            self.mistake(programme, line, MistakeKind::MissingFile { path: yaml });
            return None;
        }
        let node = self.tree(&yaml)?;
        let file = self.typed::<ModuleFile>(&yaml, &node);
        let in_folder = |name: &str, end: &str| -> Vec<String> {
            let start = format!("{folder}/{name}/");
            files.iter().filter(|f| f.starts_with(&start) && f.ends_with(end)).cloned().collect()
        };
        let questions: Vec<Placed<AuthoredQuestion>> = in_folder("questions", ".yaml").iter().flat_map(|f| self.list(f)).collect();
        for question in &questions {
            for problem in question.value.validate() {
                let (id, reason) = (question.value.id.to_string(), problem.to_string());
                self.mistake(&question.file, question.line, MistakeKind::Question { id, reason });
            }
        }
        let scenarios = in_folder("scenarios", ".yaml").iter().filter_map(|f| self.scenario(f)).collect();
        let lessons = lessons::read(self, &in_folder("lessons", ".md"));
        let media = in_folder("media", "").into_iter().map(|f| (f.clone(), self.source.size(&f))).collect();
        if file.as_ref().and_then(|f| f.evaluation.as_ref()).is_some_and(|e| e.limit().is_none()) {
            self.mistake(&yaml, node.line_of("evaluation"), MistakeKind::MissingKey { key: "minutes".to_owned() });
        }
        Some(ModuleText { folder, path: yaml, node, file: file?, lessons, questions, scenarios, media })
    }

    fn scenario(&mut self, path: &str) -> Option<Placed<Scenario>> {
        let node = self.tree(path)?;
        let value = self.typed(path, &node)?;
        Some(Placed { file: path.to_owned(), line: node.line, value })
    }
}
