//! What loading gives: the domain's programme, and beside it the texts that pages show.

use domain::assessment::question::{AuthoredQuestion, Reference};
use domain::curriculum::{Language, Localised, Programme};
use domain::ids::{LessonId, ModuleId, ObjectiveId, RevisionId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A programme with everything that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// Structure, minutes, numbers and keys.
    pub programme: Programme,
    /// The languages of its texts.
    pub languages: Languages,
    /// Study reading speed.
    pub words_per_minute: i64,
    /// References that a reviewer accepted although they are to confirm; `*` stands for all.
    pub accepted_to_confirm: Vec<String>,
    /// The lessons' texts, one for each lesson and language.
    pub texts: Vec<LessonText>,
    /// The question banks: module, question, revision of its canonical JSON.
    pub questions: Vec<(ModuleId, AuthoredQuestion, RevisionId)>,
    /// Branching practice cases.
    pub scenarios: Vec<Scenario>,
    /// The terms of the programme.
    pub glossary: Vec<Term>,
    /// The one-page help card to print, by language: `help-card.es.md`.
    pub help_card: BTreeMap<Language, String>,
    /// What stands in the lessons' front matter beside their structure.
    pub notes: Vec<LessonNotes>,
    /// Every file it was read from, by path: composed, with plain line ends.
    pub files: BTreeMap<String, String>,
    /// Pictures and recordings, by path.
    pub media: BTreeMap<String, Vec<u8>>,
    /// SHA-256 over every file it was read from, in order of path.
    pub source_digest: String,
}

/// The languages of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    /// The language that structure lives in.
    pub source: Language,
    /// Languages in which no text may be missing.
    pub complete: Vec<Language>,
    /// Further languages, in which some may.
    #[serde(default)]
    pub offered: Vec<Language>,
}

/// The text of a lesson in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonText {
    /// The lesson.
    pub lesson: LessonId,
    /// The language.
    pub language: Language,
    /// The source, verbatim: NFC, LF.
    pub source: String,
    /// SHA-256 of the source.
    pub revision: RevisionId,
}

/// Front matter of a lesson beside its structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonNotes {
    /// The lesson.
    pub lesson: LessonId,
    /// The language.
    pub language: Language,
    /// What she will know at the end, in one sentence.
    pub summary: String,
    /// What the text cites.
    pub references: Vec<Reference>,
    /// The subject that a notice before the text names.
    pub content_notice: Option<String>,
}

/// A glossary entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Text id.
    pub id: String,
    /// The word as shown.
    pub word: Localised,
    /// Other forms that a lesson may mark.
    #[serde(default)]
    pub aliases: Aliases,
    /// What it means.
    pub definition: Localised,
}

/// Other forms of a term by language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aliases {
    /// In Spanish.
    #[serde(default)]
    pub es: Vec<String>,
    /// In English.
    #[serde(default)]
    pub en: Vec<String>,
}

impl Term {
    /// Whether `text` is this term's word or an alias of it in `language`; capitals and spacing do not matter.
    #[must_use]
    pub fn is_called(&self, text: &str, language: Language) -> bool {
        let aliases = match language {
            Language::Es => &self.aliases.es,
            Language::En => &self.aliases.en,
        };
        std::iter::once(self.word.get(language)).chain(aliases.iter().map(String::as_str)).any(|own| folded(own).eq(folded(text)))
    }
}

/// The term that `text` names in `language`.
#[must_use]
pub fn find_term<'a>(glossary: &'a [Term], text: &str, language: Language) -> Option<&'a Term> {
    glossary.iter().find(|t| t.is_called(text, language))
}

/// The letters of `text` for a comparison that capitals and spacing do not matter to.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let words = text.split_whitespace().enumerate();
    words.flat_map(|(position, word)| (position > 0).then_some(' ').into_iter().chain(word.chars().flat_map(char::to_lowercase)))
}

/// A branching practice case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Text id.
    pub id: String,
    /// The objective it practises, where it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<ObjectiveId>,
    /// Its title.
    pub title: Localised,
    /// The first node.
    pub start: String,
    /// The nodes.
    pub nodes: Vec<ScenarioNode>,
}

/// A node of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioNode {
    /// Its id inside the scenario.
    pub id: String,
    /// What happens.
    pub text: Localised,
    /// What she can do; none at an end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<ScenarioChoice>,
    /// How it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// A choice in a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioChoice {
    /// The node it leads to.
    pub to: String,
    /// What she does.
    pub text: Localised,
    /// What she is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feedback: Option<Localised>,
}

/// How a scenario ends, against the advisor's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nobody was put at risk.
    Safe,
    /// Somebody was.
    Unsafe,
}

/// SHA-256 of `bytes` in lower-case hexadecimal.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The revision of a source text.
#[must_use]
pub fn revision(source: &str) -> RevisionId {
    RevisionId(digest(source.as_bytes()))
}
