//! Lessons: objectives, references, checkpoints.

use super::Context;
use super::questions::references;
use crate::mistake::MistakeKind;
use crate::read::{CheckpointText, LessonFile, LessonVersion, ModuleText};
use crate::yaml::Node;
use domain::curriculum::LessonMode;

const LEAST_QUESTIONS: usize = 3;

pub(super) fn check(context: &mut Context<'_>, module: &ModuleText, lesson: &LessonFile) {
    let version = &lesson.source;
    let listed = version.front.objectives.as_deref().unwrap_or_default();
    let line = version.node.line_of("objectives");
    if listed.is_empty() && version.front.objectives.is_some() {
        context.mistake(&version.path, line, MistakeKind::Empty { what: "`objectives`".to_owned() });
    }
    for id in listed {
        objective(context, module, &version.path, line, id.as_str());
    }
    let lines = version.node.get("references").map(Node::items).unwrap_or_default().iter().map(|n| n.line);
    references(context, &version.path, version.front.references.iter().zip(lines));
    let mut stretch: Vec<String> = Vec::new();
    for part in &version.parts {
        stretch.push(part.id.clone());
        if let Some(checkpoint) = &part.checkpoint {
            if version.front.mode == Some(LessonMode::InPerson) {
                context.mistake(&version.path, checkpoint.line.saturating_sub(1), MistakeKind::CheckpointInPerson);
            }
            of_source(context, module, version, checkpoint, &stretch);
        }
        if !part.outline.checkpoints.is_empty() {
            stretch.clear();
        }
    }
    for version in std::iter::once(version).chain(&lesson.translations) {
        texts(context, version);
    }
}

/// Tells an objective that the module does not have.
pub(super) fn objective(context: &mut Context<'_>, module: &ModuleText, file: &str, line: u32, id: &str) -> bool {
    let known = module.file.objectives.iter().any(|o| o.id.as_str() == id);
    if !known {
        let allowed = module.file.objectives.iter().map(|o| o.id.to_string()).collect();
        context.mistake(file, line, MistakeKind::UnknownObjective { id: id.to_owned(), allowed });
    }
    known
}

fn of_source(context: &mut Context<'_>, module: &ModuleText, version: &LessonVersion, checkpoint: &CheckpointText, stretch: &[String]) {
    let file = &version.path;
    if let Some(id) = &checkpoint.head.objective {
        let known = objective(context, module, file, checkpoint.line, id.as_str());
        if known && !version.front.objectives.iter().flatten().any(|o| o == id) {
            context.mistake(file, checkpoint.line, MistakeKind::ObjectiveOfAnotherLesson { id: id.to_string() });
        }
    }
    if checkpoint.questions.len() < LEAST_QUESTIONS {
        context.mistake(file, checkpoint.line, MistakeKind::FewQuestions { count: checkpoint.questions.len() });
    }
    for (line, question) in &checkpoint.questions {
        if question.options.len() < 2 {
            let (question, count) = (question.id.to_string(), question.options.len());
            context.mistake(file, *line, MistakeKind::FewOptions { question, count });
        }
        if let Some(passage) = question.passage.as_ref().filter(|p| !stretch.contains(p)) {
            let what = MistakeKind::PassageOutside { passage: passage.clone(), allowed: stretch.to_vec() };
            context.mistake(file, *line, what);
        }
    }
}

/// Texts that may not be empty, in the source and in a translation.
fn texts(context: &mut Context<'_>, version: &LessonVersion) {
    let file = &version.path;
    let front = &version.front;
    for (key, text) in [("title", Some(&front.title)), ("summary", front.summary.as_ref())] {
        if text.is_some_and(|t| t.trim().is_empty()) {
            context.mistake(file, version.node.line_of(key), MistakeKind::Empty { what: format!("`{key}`") });
        }
    }
    for (line, question) in version.parts.iter().filter_map(|p| p.checkpoint.as_ref()).flat_map(|c| &c.questions) {
        let id = question.id.to_string();
        if question.prompt.trim().is_empty() {
            context.mistake(file, *line, MistakeKind::Empty { what: format!("the prompt of question `{id}`") });
        }
        if question.options.iter().any(|o| o.text.trim().is_empty()) {
            context.mistake(file, *line, MistakeKind::Empty { what: format!("an option of question `{id}`") });
        }
        if question.options.iter().any(|o| o.feedback.trim().is_empty()) {
            context.mistake(file, *line, MistakeKind::NoFeedback { question: id });
        }
    }
}
