//! Minutes add up: parts to the lesson, lessons to the module, modules to the programme, text to the minutes.

use super::Context;
use crate::composition::Composition;
use crate::mistake::MistakeKind;
use crate::read::{LessonFile, LessonVersion, ModuleText};
use crate::readability::LEAST;
use domain::curriculum::{LessonMode, ProgrammeStatus};

const LONGEST_PART: i64 = 10;
const LONGEST_STRETCH: i64 = 50;
const LEAST_WORDS: i64 = 45;

fn total(module: &ModuleText) -> i64 {
    module.lessons.iter().filter_map(|l| l.source.front.minutes).sum()
}

pub(super) fn programme(context: &mut Context<'_>) {
    let text = context.programme;
    if text.modules.len() < text.file.modules.len() {
        // A module that cannot be read has been told already, and its minutes are unknown.
        return;
    }
    let sum = text.modules.iter().map(total).sum();
    let required = text.file.required_minutes;
    let line = text.node.line_of("required_minutes");
    let in_person = text.modules.iter().flat_map(|m| &m.lessons).filter(|l| l.source.front.mode == Some(LessonMode::InPerson)).count();
    if sum == required && in_person > 0 && text.file.make_up.is_empty() {
        context.mistake(&text.path, text.node.line_of("make_up"), MistakeKind::NoMakeUp);
    }
    match text.file.status {
        ProgrammeStatus::InPreparation if sum < required => {
            context.warning(&text.path, line, MistakeKind::Unfinished { sum, required });
        }
        ProgrammeStatus::Open if text.file.modules.is_empty() => {
            context.mistake(&text.path, text.node.line_of("modules"), MistakeKind::OpenWithoutModules);
        }
        _ if sum != required => context.mistake(&text.path, line, MistakeKind::ProgrammeMinutes { sum, required }),
        _ => {}
    }
}

pub(super) fn module(context: &mut Context<'_>, module: &ModuleText) {
    let (sum, minimum) = (total(module), module.file.minimum_minutes);
    if sum < minimum {
        let line = module.node.line_of("minimum_minutes");
        context.mistake(&module.path, line, MistakeKind::ModuleMinutes { sum, minimum });
    }
}

pub(super) fn lesson(context: &mut Context<'_>, lesson: &LessonFile, composition: &Composition) {
    let version = &lesson.source;
    let line = version.node.line_of("minutes");
    let minutes = composition.minutes;
    let sum: i64 = version.parts.iter().map(|p| p.minutes).sum();
    if sum != minutes {
        context.mistake(&version.path, line, MistakeKind::LessonMinutes { sum, minutes });
    }
    for part in version.parts.iter().filter(|p| p.minutes > LONGEST_PART) {
        context.mistake(&version.path, part.outline.line, MistakeKind::PartTooLong { minutes: part.minutes });
    }
    for (part, text) in composition.parts.iter().zip(&version.parts) {
        // A checkpoint that cannot be read and half of a work heading have been told already; their minutes are unknown.
        let unread = text.checkpoint.is_none() && !text.outline.checkpoints.is_empty();
        let unknown = unread || !text.outline.half_work.is_empty();
        if part.minutes == 0 || unknown || part.is_justified() {
            continue;
        }
        let what = MistakeKind::NotJustified { minutes: part.minutes, justified: part.justified };
        context.mistake(&version.path, part.line, what);
    }
    if composition.mode == LessonMode::SelfPaced {
        stretches(context, version);
        let (words, wanted) = (composition.words, minutes * LEAST_WORDS);
        if words < wanted {
            context.mistake(&version.path, line, MistakeKind::FewWords { words, minutes, wanted });
        }
    }
    if let Some(readability) = composition.readability.filter(|r| r.fernandez_huerta < LEAST) {
        context.warning(&version.path, 1, MistakeKind::HardToRead { score: readability.fernandez_huerta });
    }
}

fn stretches(context: &mut Context<'_>, version: &LessonVersion) {
    let mut minutes = 0;
    for part in &version.parts {
        minutes += part.minutes;
        // A block whose YAML cannot be read still ends its stretch.
        if let Some(block) = part.outline.checkpoints.first() {
            if minutes > LONGEST_STRETCH {
                context.mistake(&version.path, block.line.saturating_sub(1), MistakeKind::StretchTooLong { minutes });
            }
            minutes = 0;
        }
    }
    if let Some(last) = version.parts.last().filter(|p| p.outline.checkpoints.is_empty()) {
        context.mistake(&version.path, last.outline.line, MistakeKind::NoCheckpointAtEnd);
        if minutes > LONGEST_STRETCH {
            context.mistake(&version.path, last.outline.line, MistakeKind::StretchTooLong { minutes });
        }
    }
}
