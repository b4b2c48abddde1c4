//! How a lesson's minutes are made up: reading, work, checkpoints.

use crate::read::{LessonFile, PartText};
use crate::readability::{Readability, measure};
use domain::curriculum::{Language, LessonMode};
use domain::ids::LessonId;
use serde::Serialize;

/// The make-up of a lesson; lengths in hundredths of a minute unless named otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Composition {
    /// The lesson.
    pub lesson: LessonId,
    /// Its file.
    pub file: String,
    /// How it is taken.
    pub mode: LessonMode,
    /// Design time in minutes.
    pub minutes: i64,
    /// All its words.
    pub words: i64,
    /// Words ÷ reading speed, without the words of work.
    pub reading: i64,
    /// Exercises, cases, practice and re-reading.
    pub exercises: i64,
    /// Checkpoints.
    pub checkpoints: i64,
    /// The sum of the three.
    pub justified: i64,
    /// Each part.
    pub parts: Vec<PartComposition>,
    /// How hard it is to read.
    pub readability: Option<Readability>,
}

/// The make-up of a part; lengths in hundredths of a minute unless named otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartComposition {
    /// Its id.
    pub part: String,
    /// Its line.
    pub line: u32,
    /// Design time in minutes.
    pub minutes: i64,
    /// All its words.
    pub words: i64,
    /// Words ÷ reading speed, without the words of work.
    pub reading: i64,
    /// Work with minutes of its own.
    pub exercises: i64,
    /// Its checkpoint.
    pub checkpoint: i64,
    /// The sum of the three.
    pub justified: i64,
}

impl PartComposition {
    /// Whether what is written differs from the design minutes by a quarter at most.
    #[must_use]
    pub const fn is_justified(&self) -> bool {
        let design = self.minutes * 100;
        (self.justified - design).abs() * 4 <= design
    }
}

/// The make-up of a lesson at a reading speed.
pub(crate) fn composition(lesson: &LessonFile, words_per_minute: i64) -> Composition {
    let version = &lesson.source;
    let parts: Vec<PartComposition> = version.parts.iter().map(|p| part(p, words_per_minute)).collect();
    let sum = |of: fn(&PartComposition) -> i64| parts.iter().map(of).sum();
    let prose: String = version.parts.iter().map(|p| p.outline.prose.as_str()).collect();
    Composition {
        lesson: version.front.id.clone(),
        file: version.path.clone(),
        mode: version.front.mode.unwrap_or(LessonMode::SelfPaced),
        minutes: version.front.minutes.unwrap_or_default(),
        words: sum(|p| p.words),
        reading: sum(|p| p.reading),
        exercises: sum(|p| p.exercises),
        checkpoints: sum(|p| p.checkpoint),
        justified: sum(|p| p.justified),
        readability: if version.language == Language::Es { measure(&prose) } else { None },
        parts,
    }
}

fn part(text: &PartText, words_per_minute: i64) -> PartComposition {
    let outline = &text.outline;
    let reading = outline.words * 100 / words_per_minute.max(1);
    let exercises = outline.work.iter().filter_map(|w| w.minutes.parse::<i64>().ok()).sum::<i64>() * 100;
    let checkpoint = text.checkpoint.as_ref().and_then(|c| c.head.minutes).unwrap_or_default() * 100;
    PartComposition {
        part: text.id.clone(),
        line: outline.line,
        minutes: text.minutes,
        words: outline.words + outline.work_words,
        reading,
        exercises,
        checkpoint,
        justified: reading + exercises + checkpoint,
    }
}
