//! Writing lessons, questions and cases: the desk of content, a module, the editors, the review. What is typed in the forms of
//! questions and cases is kept row by row in [`question`] and [`scenario`].

pub mod question;
pub mod scenario;

use chrono::NaiveDateTime;
use domain::curriculum::Language;
use domain::ids::DraftId;
use serde::{Deserialize, Serialize};

/// A text in both languages, as typed; English may stay empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Whether nothing is typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.es.trim().is_empty() && self.en.trim().is_empty()
    }

    /// Its two fields under `name`.
    fn fields(&self, name: &str, fields: &mut Vec<(String, String)>) {
        fields.push((format!("{name}-es"), self.es.clone()));
        fields.push((format!("{name}-en"), self.en.clone()));
    }
}

/// Adds a field that is sent only when it is ticked.
fn ticked(name: String, is_ticked: bool, fields: &mut Vec<(String, String)>) {
    if is_ticked {
        fields.push((name, TICKED.to_owned()));
    }
}

/// The value of a ticked checkbox.
pub const TICKED: &str = "yes";

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentKind {
    /// A lesson.
    Lesson,
    /// A question.
    Question,
    /// A case.
    Scenario,
    /// Another file.
    Words,
}

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftState {
    /// Being written.
    Draft,
    /// Waits for another judge.
    InReview,
    /// It is, or was, current.
    Published,
    /// Given up.
    Dropped,
}

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Which.
    pub id: DraftId,
    /// What it is.
    pub kind: ContentKind,
    /// Title, or first words.
    pub title: String,
    /// Its module.
    pub module: String,
    /// Its language.
    pub language: Language,
    /// Who wrote it; empty: it came with the program.
    pub author: String,
    /// Where it stands.
    pub state: DraftState,
    /// Its last save.
    pub at: NaiveDateTime,
}

/// A text that somebody marked because a norm changed. Form posts `do=settle`, `mark`, `note` to `/author`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRow {
    /// Which mark.
    pub id: String,
    /// Title, or first words.
    pub title: String,
    /// The norm.
    pub norm: String,
    /// What changed.
    pub note: String,
    /// Module to open it from.
    pub href: String,
}

/// The page `/author`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContentDesk {
    /// Own drafts.
    pub mine: Vec<DraftRow>,
    /// In review, written by others.
    pub waiting: Vec<DraftRow>,
    /// Marks that nobody settled.
    pub marks: Vec<MarkRow>,
    /// Translations older than their source: address and title.
    pub stale: Vec<(String, String)>,
    /// Modules: address, title, lessons, questions, cases.
    pub modules: Vec<(String, String, usize, usize, usize)>,
    /// The reader may write.
    pub writes: bool,
}

/// One language of a lesson in the list of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Its language.
    pub language: Language,
    /// Its file; empty while nobody wrote it.
    pub path: String,
    /// Older than its source.
    pub stale: bool,
}

/// A lesson in the list of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentLesson {
    /// Its title.
    pub title: String,
    /// The source's file.
    pub source: String,
    /// Its languages.
    pub versions: Vec<VersionRow>,
}

/// A question in the list of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentQuestion {
    /// Text id.
    pub id: String,
    /// Its file.
    pub path: String,
    /// Its first words.
    pub prompt: String,
    /// Failing it fails the evaluation.
    pub critical: bool,
}

/// The page `/author/modules/{id}`. Forms post `do` = `edit` (`path`, `item`), `translate` (`path`), `follows` (`path`),
/// `withdraw` (`path`, `reason`), `new-lesson` (`title`), `new-question`, `new-scenario` (`title`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentModule {
    /// Text id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Lessons.
    pub lessons: Vec<ContentLesson>,
    /// Questions.
    pub questions: Vec<ContentQuestion>,
    /// Cases: file and title.
    pub scenarios: Vec<(String, String)>,
    /// Open drafts in it.
    pub drafts: Vec<DraftRow>,
    /// The reader may write.
    pub writes: bool,
}

/// How much something matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It keeps the text from being published.
    Mistake,
    /// It should be looked at.
    Warning,
}

/// What the check says of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintRow {
    /// How much it matters.
    pub weight: Weight,
    /// Its line in the text of the editor; `None` for the lesson's data or another file.
    pub line: Option<u32>,
    /// Two to five words.
    pub title: String,
    /// What to do.
    pub text: String,
}

/// A question of a checkpoint: prompt and options.
pub type CheckpointAsked = (String, Vec<String>);

/// What follows from a text while it is written: minutes, preview, lint. Shown beside the editor and asked for again while
/// typing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftResult {
    /// Words.
    pub words: i64,
    /// Minutes that words, work and checkpoints justify, and design minutes; none in a translation.
    pub minutes: Option<(i64, i64)>,
    /// Title and HTML of each part.
    pub parts: Vec<(String, String)>,
    /// Questions of checkpoints by part.
    pub checkpoints: Vec<(usize, Vec<CheckpointAsked>)>,
    /// What the check says.
    pub lint: Vec<LintRow>,
}

/// What the browser shows while it saves, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaverTexts {
    /// Being sent.
    pub saving: String,
    /// No connection: the text is in this window only.
    pub waiting: String,
    /// Another window saved since.
    pub conflict: String,
    /// The session ended.
    pub signed_out: String,
    /// It is too long, or in review.
    pub failed: String,
}

/// The editor of a lesson at `/author/drafts/{id}`. The form posts `version`, the fields of the front matter, `body`, and
/// `do` = `save`, `preview`, `send`, `drop`, `rebase`, or `insert-…` with `part`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonEditor {
    /// The module's title.
    pub module: String,
    /// The module's id.
    pub module_id: String,
    /// The lesson's title.
    pub title: String,
    /// The language it is written in.
    pub language: Language,
    /// A translation has fewer fields.
    pub translation: bool,
    /// The Markdown.
    pub body: String,
    /// Objectives of the module: id and words.
    pub objectives: Vec<(String, String)>,
    /// Objectives of the lesson.
    pub chosen: Vec<String>,
    /// References: norm, confirmed, day, reviewer.
    pub references: Vec<(String, bool, String, String)>,
    /// Titles of the parts, for the place of a piece.
    pub parts: Vec<String>,
    /// Pictures of the module: what stands in the text (`![…](media/…)`), and its words.
    pub pictures: Vec<(String, String)>,
    /// What stands around the text.
    pub around: DraftAround,
}

/// What stands around the text of a draft in every editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftAround {
    /// Which draft.
    pub id: DraftId,
    /// Number of its last save.
    pub version: i64,
    /// When it was last saved.
    pub saved_at: NaiveDateTime,
    /// Somebody published another text since this draft began.
    pub overtaken: bool,
    /// Why a reviewer returned it.
    pub returned: Option<String>,
    /// What another window saved meanwhile; what was typed here stands in the form.
    pub conflict: Option<String>,
    /// Another judge has a draft of it too.
    pub also: Option<String>,
    /// Preview, minutes, lint.
    pub result: DraftResult,
}

/// A line of a comparison: unchanged, or what stands on each side; changed words apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffRow {
    /// So many lines are alike.
    Same(usize),
    /// A line that is alike on both sides.
    Equal(String),
    /// What was, and what is: pieces, and whether each is changed. Empty: the line is not on that side.
    Changed(Vec<(bool, String)>, Vec<(bool, String)>),
}

/// Two texts side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff {
    /// The lines.
    pub rows: Vec<DiffRow>,
    /// Lines that were taken out, and lines that were put in.
    pub counts: (usize, usize),
}

/// The page `/author/drafts/{id}/compare`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparePage {
    /// The draft.
    pub row: DraftRow,
    /// With the published text; `None` where there is none.
    pub published: Option<Diff>,
    /// For a translation: the source's parts beside its own, as Markdown.
    pub source: Vec<(String, String)>,
}

/// What happened to a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftNote {
    /// `begun`, `sent`, `returned`, `rebased`, `published`, `dropped`.
    pub kind: String,
    /// What was said.
    pub note: String,
    /// By whom; empty for the system.
    pub by: String,
    /// When.
    pub at: NaiveDateTime,
}

/// The page `/author/drafts/{id}/review`. Forms post `do` = `publish`, `return` (`why`), `accept` (`norm`, `reason`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewPage {
    /// The draft.
    pub row: DraftRow,
    /// Rendered, with lint.
    pub result: DraftResult,
    /// A question or a case in plain words: name and lines.
    pub shown: Vec<(String, Vec<String>)>,
    /// The text as it is written, where nothing is rendered.
    pub source: Option<String>,
    /// Against the published text.
    pub diff: Option<Diff>,
    /// References to confirm that staff have to accept: norm.
    pub unaccepted: Vec<String>,
    /// What happened.
    pub notes: Vec<DraftNote>,
    /// Somebody published another text since this draft began.
    pub overtaken: bool,
    /// The reader may publish or return it.
    pub reviews: bool,
    /// The reader may accept references.
    pub accepts: bool,
    /// The reader wrote it.
    pub own: bool,
}

/// The page `/author/norms`: asks itself again with `q`. The form posts `norm`, `note`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NormsPage {
    /// What was searched.
    pub query: String,
    /// Found: address, title, the norms of its list, how often the text names it.
    pub found: Vec<(String, String, Vec<String>, usize)>,
    /// Every norm of the course, for the field's suggestions, with how many texts cite it.
    pub norms: Vec<(String, usize)>,
    /// How many marks were set just now.
    pub marked: Option<usize>,
}
