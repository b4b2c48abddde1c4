//! What can be wrong with content: data first, and one sentence each that says what to write instead.

mod sentence;

use serde::Serialize;
use thiserror::Error;

/// One mistake, with the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Error)]
#[error("{file}:{line}: {what}")]
pub struct Mistake {
    /// The file, as the caller named its folder.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong.
    pub what: MistakeKind,
}

impl Mistake {
    /// A mistake in `file` on `line`.
    #[must_use]
    pub fn new(file: &str, line: u32, what: MistakeKind) -> Self {
        Self { file: file.to_owned(), line: line.max(1), what }
    }
}

/// What is wrong. The variants down to [`MistakeKind::OpenWithoutModules`] keep a programme from being loaded where they
/// come from reading; the rest are rules of content that only `check` applies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "field names say it; each variant is documented")]
pub enum MistakeKind {
    /// No `programme.yaml` under the path.
    NoProgramme,
    /// A file or folder that is asked for is not there.
    MissingFile { path: String },
    /// A path that leads outside the folder given.
    OutsideSource { path: String },
    /// The file is not UTF-8.
    NotUtf8,
    /// The text is not in Unicode normalisation form C.
    NotComposed,
    /// The text has CR line ends or a byte order mark.
    NotPlainLines,
    /// A character that nobody sees: a control, or one that turns the direction of what is written.
    HiddenCharacter { code: String },
    /// The YAML cannot be read.
    Yaml { reason: String },
    /// A value of the wrong form.
    Value { reason: String },
    /// A key that has to be there is missing.
    MissingKey { key: String },
    /// A key that the format does not know.
    UnknownKey { key: String, allowed: Vec<String> },
    /// A word that is not one of those allowed.
    UnknownValue { value: String, allowed: Vec<String> },
    /// The file should be a list.
    NotAList,
    /// An id with letters that an id cannot have.
    BadId { id: String },
    /// The id is taken.
    DuplicateId { id: String, first: String },
    /// The source language is not Spanish, or is not among the complete ones.
    Languages,
    /// A lesson file whose name does not end in `.es.md` or `.en.md`.
    FileName,
    /// No `---` front matter at the beginning.
    NoFrontMatter,
    /// Text stands before the first level-1 heading.
    TextBeforePart,
    /// A lesson without a level-1 heading.
    NoParts,
    /// A level-1 heading without `{#id …}`.
    PartWithoutId,
    /// A level-1 heading without `minutes=`.
    PartWithoutMinutes,
    /// `minutes` is missing or no whole number above zero.
    BadMinutes { value: String },
    /// An attribute or class in a heading's braces that means nothing.
    HeadingAttribute { name: String },
    /// Minutes on a heading that is no level-2 heading with a work class, or a work class without minutes.
    WorkHeading,
    /// A checkpoint is not the last thing of its part.
    CheckpointNotLast,
    /// A part has two checkpoints.
    TwoCheckpoints,
    /// A checkpoint's question does not have exactly one right option.
    RightOptions { question: String, count: usize },
    /// A translation has no file in the source language.
    TranslationWithoutSource { path: String },
    /// A translation's parts, checkpoints or questions are not those of the source.
    TranslationDiffers { expected: String, found: String },
    /// A translation repeats minutes or keys, which live in the source.
    TranslationKey { key: String },
    /// A question is wrong in itself.
    Question { id: String, reason: String },
    /// An open programme has no modules.
    OpenWithoutModules,

    /// The modules' minutes do not reach the programme's.
    ProgrammeMinutes { sum: i64, required: i64 },
    /// Every minute is required, and a missed session could not be made up.
    NoMakeUp,
    /// The lessons' minutes do not reach the module's minimum.
    ModuleMinutes { sum: i64, minimum: i64 },
    /// The parts' minutes do not add up to the lesson's.
    LessonMinutes { sum: i64, minutes: i64 },
    /// A part is too long.
    PartTooLong { minutes: i64 },
    /// A stretch is too long.
    StretchTooLong { minutes: i64 },
    /// A self-paced lesson does not end with a checkpoint.
    NoCheckpointAtEnd,
    /// A lesson in person has a checkpoint.
    CheckpointInPerson,
    /// Too few questions in a checkpoint.
    FewQuestions { count: usize },
    /// Too few options in a checkpoint's question.
    FewOptions { question: String, count: usize },
    /// An option without feedback.
    NoFeedback { question: String },
    /// An empty text.
    Empty { what: String },
    /// The passage is no part of the checkpoint's stretch.
    PassageOutside { passage: String, allowed: Vec<String> },
    /// An objective that the module does not have.
    UnknownObjective { id: String, allowed: Vec<String> },
    /// A checkpoint of an objective that the lesson does not serve.
    ObjectiveOfAnotherLesson { id: String },
    /// A link that leads nowhere.
    DeadLink { target: String },
    /// A link of a kind that pages do not carry.
    BadLink { target: String },
    /// A term that the glossary does not have.
    UnknownTerm { term: String },
    /// A scenario that the module does not have.
    UnknownScenario { id: String },
    /// `counts` names neither an evaluation of the programme nor a case of the lesson's text.
    UnknownCounted { id: String, allowed: Vec<String> },
    /// `counts` names a case that stands in another lesson.
    CountedElsewhere { id: String },
    /// `counts` names what a lesson, this one or another, names already.
    CountedTwice { id: String, first: String },
    /// A lesson in person with `counts`.
    CountsInPerson,
    /// An image without a text for those who do not see it.
    ImageWithoutText { target: String },
    /// The lesson's pictures weigh too much.
    MediaBudget { bytes: u64 },
    /// The work written down does not justify the part's minutes; hundredths of a minute.
    NotJustified { minutes: i64, justified: i64 },
    /// Too little text for the minutes.
    FewWords { words: i64, minutes: i64, wanted: i64 },
    /// A reference still to confirm in an open programme.
    ToConfirm { norm: String },
    /// A confirmed reference without its date or reviewer.
    ConfirmedByNobody { norm: String },
    /// The blueprint wants more questions than the bank holds.
    Blueprint { tag: String, wanted: u32, held: usize },
    /// The blueprint wants more critical questions than the bank holds.
    BlueprintCritical { tag: String, wanted: u32, held: usize },
    /// The blueprint wants more critical questions than it draws.
    BlueprintCount { tag: String },
    /// A case that the bank does not hold.
    UnknownCase { id: String },
    /// A place to read again that does not exist.
    UnknownReread { lesson: String, part: String },
    /// A text of a complete language is missing.
    MissingText { language: String, what: String },
    /// A scenario's choice or start leads to no node.
    ScenarioTarget { id: String },
    /// A node has neither choices nor an outcome, or both.
    ScenarioNode { id: String },
    /// A node that no choice reaches.
    ScenarioUnreachable { id: String },

    /// Hard to read; the Fernández-Huerta score in hundredths. A warning.
    HardToRead { score: i64 },
    /// Raw HTML, shown as text. A warning.
    RawHtml,
    /// In preparation: minutes still to write. A warning.
    Unfinished { sum: i64, required: i64 },
}
