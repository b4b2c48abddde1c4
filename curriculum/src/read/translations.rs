//! A translation has the parts, checkpoints, questions and options of its source.

use super::{LessonVersion, ProgrammeText};
use crate::mistake::{Mistake, MistakeKind};

/// Tells translations that differ in structure from their source.
pub(super) fn check(text: &ProgrammeText, mistakes: &mut Vec<Mistake>) {
    for lesson in text.modules.iter().flat_map(|m| &m.lessons) {
        for translation in &lesson.translations {
            compare(&lesson.source, translation, mistakes);
        }
    }
}

fn compare(source: &LessonVersion, translation: &LessonVersion, mistakes: &mut Vec<Mistake>) {
    let mut differs = |line: u32, expected: String, found: String| {
        if expected != found {
            mistakes.push(Mistake::new(&translation.path, line, MistakeKind::TranslationDiffers { expected, found }));
        }
    };
    let (front, translated) = (&source.front, &translation.front);
    differs(translation.node.line_of("id"), format!("id {}", front.id), format!("id {}", translated.id));
    if translated.mode.is_some() {
        differs(translation.node.line_of("mode"), format!("mode {:?}", front.mode), format!("mode {:?}", translated.mode));
    }
    if translated.objectives.is_some() {
        let line = translation.node.line_of("objectives");
        differs(line, format!("objectives {:?}", front.objectives), format!("objectives {:?}", translated.objectives));
    }
    let ids = |v: &LessonVersion| v.parts.iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ");
    if source.parts.iter().any(|p| p.id.is_empty()) {
        return;
    }
    let body = translation.parts.first().map_or(1, |p| p.outline.line);
    differs(body, format!("parts {}", ids(source)), format!("parts {}", ids(translation)));
    // A block that cannot be read has been told already.
    let unread = |p: &super::PartText| p.checkpoint.is_none() && !p.outline.checkpoints.is_empty();
    let pairs = source.parts.iter().zip(&translation.parts);
    for (part, translated) in pairs.filter(|(part, translated)| !unread(part) && !unread(translated)) {
        let line = translated.checkpoint.as_ref().map_or(translated.outline.line, |c| c.line);
        differs(line, shape(part), shape(translated));
    }
}

fn shape(part: &super::PartText) -> String {
    let Some(checkpoint) = &part.checkpoint else { return "no checkpoint".to_owned() };
    let questions = checkpoint.questions.iter().map(|(_, q)| format!("{} with {} options", q.id, q.options.len()));
    format!("checkpoint {} ({})", checkpoint.head.id, questions.collect::<Vec<_>>().join(", "))
}
