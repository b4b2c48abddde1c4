//! What is not carried over: data first, and one sentence each in English and in Spanish.

mod problem;
mod sentence;

use super::model::Kind;
use domain::assessment::question::problem::Problem;
use domain::curriculum::Language;
use std::collections::BTreeMap;
use std::fmt;

/// A part of a question that a format may have no place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Field {
    Title,
    Id,
    Tags,
    Weights,
    Feedback,
    GeneralFeedback,
    Markup,
    CategoryText,
    OptionTexts,
    Distractors,
    AnyNumber,
    Translation,
    Objective,
    Critical,
    Points,
    References,
    Reread,
    Rubric,
    MinimumWords,
    Unit,
    RepeatedAnswer,
}

/// Why a question cannot be understood, or cannot be written in a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// `{` without `}`.
    NoClosingBrace,
    /// `}` without `{`.
    NoOpeningBrace,
    /// No answers where some are needed.
    NoAnswers,
    /// No text where one is needed.
    NoText,
    /// Something that should be a number.
    BadNumber {
        /// What stands there.
        value: String,
    },
    /// A weight that is no number between -100 and 100.
    BadWeight {
        /// What stands there.
        value: String,
    },
    /// The right answer is none of those offered.
    UnknownAnswer {
        /// What stands there.
        value: String,
    },
    /// Not exactly one right option where one is needed.
    NotOneRight,
    /// More options than there are letters.
    TooManyOptions,
    /// `->` where the format would read it as a pair.
    Arrow,
    /// A text that the format would read as something else.
    LooksLikeSyntax,
    /// More than one place to answer.
    SeveralInteractions,
}

/// What happened to something that is not carried over as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "field names say it; each variant is documented")]
pub enum Remark {
    /// Comment lines.
    Comments { count: u32 },
    /// A setting of the other system, all of its places together.
    Setting { name: String, count: u32 },
    /// A construct of the file.
    NotCarried { construct: String },
    /// A question of a type that we do not have.
    UnknownType { name: String },
    /// A question that cannot be understood and is left out.
    Unreadable(Flaw),
    /// A weight that is none, left as text.
    WeightAsText { value: String },
    /// A weight with more digits than are kept.
    WeightRounded { value: String },
    /// Braces after the answers, left as text.
    BracesAsText,
    /// A title right after the answers of another question: read as a new question.
    BlankLineMissing,
    /// A matching question where a pair has no `->`: read as short answer.
    PairWithoutArrow,
    /// An order that becomes pairs of place and text.
    OrderAsPairs,
    /// Pairs of place and text that become an order.
    PairsAsOrder,
    /// The file is no XML.
    Xml { reason: String },
    /// The file declares entities or a document type.
    DocumentType,
    /// A version of a format that is not read.
    Version { found: String },
    /// Text outside of any question.
    StrayText { text: String },

    /// A question whose type the other side does not have, left out.
    NoSuchType { kind: Kind },
    /// A question that cannot be written, left out.
    Unwritable(Flaw),
    /// A part of a question.
    Lost { field: Field },
    /// Line breaks that become spaces.
    LinesJoined,
    /// Letters that XML cannot hold.
    LettersLost,
    /// A question that becomes one of another type.
    TypeChanged { from: Kind, to: Kind },
    /// HTML that is not well formed, written as text.
    HtmlAsText,
    /// An item with nothing in it.
    Nothing,
    /// Several questions in a file that should hold one.
    Wrapped { count: u32 },

    /// An id that was taken or malformed.
    IdChanged { from: String, to: String },
    /// A mistake that our bank does not accept, or that its author has to mend.
    Problem { id: String, problem: Problem, left_out: bool },
}

/// A remark and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line of the file, from 1; where nothing was read from a file, the item's own line.
    pub line: u32,
    /// What is not carried over.
    pub what: Remark,
}

impl Note {
    /// One sentence, without the line.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match language {
            Language::Es => sentence::spanish(&self.what),
            Language::En => sentence::english(&self.what),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.sentence(Language::En))
    }
}

/// Everything that is not carried over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The notes, by line.
    pub notes: Vec<Note>,
    /// Where the counted notes stand, by what they count.
    counted: BTreeMap<String, usize>,
}

impl Report {
    /// Whether all was carried over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// Adds a remark.
    pub fn add(&mut self, line: u32, what: Remark) {
        self.notes.push(Note { line, what });
    }

    /// Adds that a part of the question on `line` is lost; once is enough.
    pub fn lost(&mut self, line: u32, field: Field) {
        self.once(line, Remark::Lost { field });
    }

    /// Adds a remark unless it was the last one of this line.
    pub fn once(&mut self, line: u32, what: Remark) {
        let note = Note { line, what };
        if !self.notes.iter().rev().take_while(|n| n.line == line).any(|n| *n == note) {
            self.notes.push(note);
        }
    }

    /// Counts a setting that is not carried over.
    pub fn setting(&mut self, line: u32, setting: &str) {
        let first = Remark::Setting { name: setting.to_owned(), count: 0 };
        self.count(line, format!("setting {setting}"), first);
    }

    /// Counts a comment.
    pub fn comment(&mut self, line: u32) {
        self.count(line, "comments".to_owned(), Remark::Comments { count: 0 });
    }

    fn count(&mut self, line: u32, what: String, first: Remark) {
        let end = self.notes.len();
        let at = *self.counted.entry(what).or_insert(end);
        if at == end {
            self.add(line, first);
        }
        if let Some(Note { what: Remark::Setting { count, .. } | Remark::Comments { count }, .. }) = self.notes.get_mut(at) {
            *count = count.saturating_add(1);
        }
    }

    /// Puts the notes in the order of their lines; nothing is counted any more.
    pub(super) fn sort(&mut self) {
        self.counted.clear();
        self.notes.sort_by_key(|n| n.line);
    }

    /// One line a note, in `language`.
    #[must_use]
    pub fn lines(&self, language: Language) -> Vec<String> {
        let word = match language {
            Language::Es => "línea",
            Language::En => "line",
        };
        self.notes.iter().map(|n| format!("{word} {}: {}", n.line, n.sentence(language))).collect()
    }
}
