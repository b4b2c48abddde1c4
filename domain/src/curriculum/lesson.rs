//! Lessons: their parts, checkpoints and stretches.

use super::Localised;
use crate::ids::{CheckpointId, LessonId, ObjectiveId, QuestionId, RevisionId};
use crate::time::Seconds;
use serde::{Deserialize, Serialize};

/// How a lesson is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LessonMode {
    /// On the phone, in her own time.
    SelfPaced,
    /// In a session.
    InPerson,
}

/// The structure of a lesson: what counts, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// Its text id.
    pub id: LessonId,
    /// Its title.
    pub title: Localised,
    /// Design time in minutes.
    pub minutes: i64,
    /// How it is taken.
    pub mode: LessonMode,
    /// Objectives served.
    pub objectives: Vec<ObjectiveId>,
    /// Whether a notice stands before the text.
    pub content_notice: bool,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// Evaluations and practice cases whose time is this lesson's (hours.md, Evidence 4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<String>,
    /// The source text it was read from.
    pub revision: RevisionId,
}

/// A part of a lesson: one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its id inside the lesson (`p1`).
    pub id: String,
    /// Its title.
    pub title: Localised,
    /// Design time.
    pub design: Seconds,
    /// The checkpoint that ends it, and with it a stretch.
    pub checkpoint: Option<Checkpoint>,
}

/// A checkpoint without its texts: id, objective, questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Its text id.
    pub id: CheckpointId,
    /// The objective that all its questions serve.
    pub objective: ObjectiveId,
    /// The pool, at least three.
    pub questions: Vec<CheckpointQuestion>,
}

/// A question of a checkpoint. Holds its key: never sent to a trainee's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointQuestion {
    /// Its text id.
    pub id: QuestionId,
    /// The part to read again after a wrong answer.
    pub passage: String,
    /// The question.
    pub prompt: Localised,
    /// The options, in file order.
    pub options: Vec<CheckpointOption>,
}

/// An option of a checkpoint's question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointOption {
    /// Its text.
    pub text: Localised,
    /// Whether it is the right one.
    pub correct: bool,
    /// What she is told after choosing it.
    pub feedback: Localised,
}

/// The run of parts up to and including a checkpoint (hours.md, Attribution and credit).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Position in the lesson, from 0.
    pub index: u16,
    /// Positions of its parts in the lesson.
    pub parts: Vec<usize>,
    /// Sum of its parts' design time.
    pub design: Seconds,
    /// The checkpoint that confirms it.
    pub checkpoint: CheckpointId,
}

impl Lesson {
    /// The stretches of a self-paced lesson, in order; empty for a lesson in person. Parts after the last checkpoint
    /// (an authoring mistake that `curriculum check` refuses) belong to no stretch.
    #[must_use]
    pub fn stretches(&self) -> Vec<Stretch> {
        if self.mode == LessonMode::InPerson {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut parts = Vec::new();
        let mut design = Seconds::ZERO;
        for (position, part) in self.parts.iter().enumerate() {
            parts.push(position);
            design += part.design;
            if let Some(checkpoint) = &part.checkpoint {
                found.push(Stretch {
                    index: u16::try_from(found.len()).unwrap_or(u16::MAX),
                    parts: std::mem::take(&mut parts),
                    design: std::mem::take(&mut design),
                    checkpoint: checkpoint.id.clone(),
                });
            }
        }
        found
    }

    /// The stretch that holds the part at `position`.
    #[must_use]
    pub fn stretch_of_part(&self, position: usize) -> Option<Stretch> {
        self.stretches().into_iter().find(|s| s.parts.contains(&position))
    }

    /// Design time of the whole lesson.
    #[must_use]
    pub const fn design(&self) -> Seconds {
        Seconds::from_minutes(self.minutes)
    }
}
