//! Ids: well formed, and each used once in a programme.

use super::ProgrammeText;
use crate::mistake::{Mistake, MistakeKind};
use crate::yaml::Node;
use std::collections::BTreeMap;

struct Seen<'m> {
    mistakes: &'m mut Vec<Mistake>,
    places: BTreeMap<(&'static str, String), (String, u32)>,
}

impl Seen<'_> {
    fn add(&mut self, kind: &'static str, id: &str, file: &str, line: u32) {
        let first = id.chars().next().is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        if !first || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            self.mistakes.push(Mistake::new(file, line, MistakeKind::BadId { id: id.to_owned() }));
        }
        let key = (kind, id.to_owned());
        if let Some((first_file, first_line)) = self.places.get(&key) {
            let first = format!("{first_file}:{first_line}");
            self.mistakes.push(Mistake::new(file, line, MistakeKind::DuplicateId { id: id.to_owned(), first }));
        } else {
            self.places.insert(key, (file.to_owned(), line));
        }
    }
}

/// Tells ids that are malformed or used twice.
pub(super) fn check(text: &ProgrammeText, mistakes: &mut Vec<Mistake>) {
    let mut seen = Seen { mistakes, places: BTreeMap::new() };
    seen.add("programme", text.file.id.as_str(), &text.path, text.node.line_of("id"));
    for term in &text.glossary {
        seen.add("term", &term.value.id, &term.file, term.line);
    }
    for service in &text.services {
        seen.add("service", &service.value.id, &service.file, service.line);
    }
    for module in &text.modules {
        seen.add("module", module.file.id.as_str(), &module.path, module.node.line_of("id"));
        let objectives = module.node.get("objectives").map(Node::items).unwrap_or_default();
        for (objective, node) in module.file.objectives.iter().zip(objectives) {
            seen.add("objective", objective.id.as_str(), &module.path, node.line);
        }
        if let Some(evaluation) = &module.file.evaluation {
            seen.add("evaluation", evaluation.id.as_str(), &module.path, module.node.line_of("evaluation"));
        }
        for question in &module.questions {
            seen.add("question", question.value.id.as_str(), &question.file, question.line);
        }
        for scenario in &module.scenarios {
            seen.add("scenario", &scenario.value.id, &scenario.file, scenario.line);
        }
        for lesson in &module.lessons {
            lesson_ids(&lesson.source, &mut seen);
        }
    }
}

fn lesson_ids(lesson: &super::LessonVersion, seen: &mut Seen<'_>) {
    seen.add("lesson", lesson.front.id.as_str(), &lesson.path, lesson.node.line_of("id"));
    let mut inside = Seen { mistakes: &mut *seen.mistakes, places: BTreeMap::new() };
    for part in lesson.parts.iter().filter(|p| !p.id.is_empty()) {
        inside.add("part", &part.id, &lesson.path, part.outline.line);
    }
    for part in &lesson.parts {
        let Some(checkpoint) = &part.checkpoint else { continue };
        seen.add("checkpoint", checkpoint.head.id.as_str(), &lesson.path, checkpoint.line);
        for (line, question) in &checkpoint.questions {
            seen.add("question", question.id.as_str(), &lesson.path, *line);
        }
    }
}
