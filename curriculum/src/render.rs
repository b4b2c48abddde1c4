//! Lessons as HTML that may stand in a page as it is: everything written is escaped, raw HTML is shown as text, and the
//! result passes an allow-list ([`clean`]). Knows the design's classes, and nothing of pages or people.

mod clean;
pub(crate) mod links;
mod writer;

use crate::files::{CheckpointHead, CheckpointQuestionFile, FrontMatter};
use crate::lesson::{cut, events, outline, slug};
use crate::package::Term;
use crate::yaml::{self, Node};
use domain::assessment::question::Reference;
use domain::curriculum::Language;
use serde::{Deserialize, Serialize};

pub use clean::clean;

/// A lesson ready to be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedLesson {
    /// Its title; empty where the front matter cannot be read (a draft).
    pub title: String,
    /// What she will know at the end.
    pub summary: String,
    /// The subject that a notice before the text names.
    pub content_notice: Option<String>,
    /// Its parts.
    pub parts: Vec<RenderedPart>,
    /// What it cites.
    pub references: Vec<Reference>,
}

/// A part ready to be shown: one page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedPart {
    /// Its id inside the lesson.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its text, safe to insert.
    pub html: String,
    /// How many words it has.
    pub words: i64,
    /// The glossary terms that it marks, in order, each once.
    pub terms: Vec<RenderedTerm>,
    /// The checkpoint that ends it, without its key.
    pub checkpoint: Option<CheckpointTexts>,
    /// Ids of the practice cases that it embeds.
    pub scenarios: Vec<String>,
}

/// A term under a part's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedTerm {
    /// The anchor that the text links to (`g-denuncia`).
    pub anchor: String,
    /// The word.
    pub word: String,
    /// What it means.
    pub definition: String,
}

/// A checkpoint's texts in one language. Has no field for the key or the feedback: both tell the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointTexts {
    /// Its text id.
    pub id: String,
    /// Its questions.
    pub questions: Vec<CheckpointQuestionTexts>,
}

/// A question of a checkpoint as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointQuestionTexts {
    /// Its text id.
    pub id: String,
    /// The question.
    pub prompt: String,
    /// The options, in file order.
    pub options: Vec<String>,
}

/// Renders a lesson's source. A draft with mistakes is rendered as far as it goes.
#[must_use]
pub fn lesson(source: &str, language: Language, glossary: &[Term]) -> RenderedLesson {
    let (front, body) = match cut(source) {
        Some(cut) => (front_matter(cut.front), cut.body),
        None => (None, source),
    };
    let read = events::read(body);
    let outlines = outline::of(&read, body, 1);
    let mut parts = Vec::with_capacity(read.parts.len());
    for (position, (part, outline)) in read.parts.iter().zip(outlines).enumerate() {
        let id = part.attributes.id.as_deref().map(slug).filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| format!("part-{}", position + 1));
        let mut writer = writer::Writer::new(&id, language, glossary, &read.footnotes);
        writer.part(&part.items);
        let (html, terms) = writer.finish();
        parts.push(RenderedPart {
            html: clean(&html),
            title: outline.title,
            words: outline.words + outline.work_words,
            terms,
            checkpoint: outline.checkpoints.first().and_then(|block| checkpoint(&block.text)),
            scenarios: outline.scenarios.iter().map(|b| b.text.trim().to_owned()).collect(),
            id,
        });
    }
    let Some(front) = front else { return RenderedLesson { parts, ..RenderedLesson::default() } };
    RenderedLesson {
        title: front.title,
        summary: front.summary.unwrap_or_default(),
        content_notice: front.content_notice,
        references: front.references,
        parts,
    }
}

fn front_matter(text: &str) -> Option<FrontMatter> {
    let node = yaml::tree("", 2, text).ok()?;
    yaml::typed("", &node, &mut Vec::new())
}

fn checkpoint(text: &str) -> Option<CheckpointTexts> {
    let node = yaml::tree("", 1, text).ok()?;
    let mut mistakes = Vec::new();
    let head: CheckpointHead = yaml::typed("", &node, &mut mistakes)?;
    let items = node.get("questions").map(Node::items).unwrap_or_default();
    let questions = items.iter().filter_map(|item| yaml::typed::<CheckpointQuestionFile>("", item, &mut mistakes));
    let questions = questions.map(|q| CheckpointQuestionTexts {
        id: q.id.to_string(),
        prompt: q.prompt,
        options: q.options.into_iter().map(|o| o.text).collect(),
    });
    Some(CheckpointTexts { id: head.id.to_string(), questions: questions.collect() })
}
