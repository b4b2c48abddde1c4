//! What a lesson counts beside its reading: evaluations of the programme, and the practice cases of its own text.

use super::Context;
use crate::mistake::MistakeKind;
use crate::read::{LessonVersion, ProgrammeText};
use domain::curriculum::LessonMode;
use std::collections::BTreeMap;

pub(super) fn check(context: &mut Context<'_>) {
    let programme = context.programme;
    let mut named: BTreeMap<&str, String> = BTreeMap::new();
    for version in programme.modules.iter().flat_map(|m| &m.lessons).map(|l| &l.source) {
        let (file, line) = (&version.path, version.node.line_of("counts"));
        if version.front.mode == Some(LessonMode::InPerson) && !version.front.counts.is_empty() {
            context.mistake(file, line, MistakeKind::CountsInPerson);
        }
        for id in &version.front.counts {
            if let Some(first) = named.get(id.as_str()) {
                context.mistake(file, line, MistakeKind::CountedTwice { id: id.clone(), first: first.clone() });
                continue;
            }
            named.insert(id, version.front.id.to_string());
            if let Some(what) = wrong(programme, version, id) {
                context.mistake(file, line, what);
            }
        }
    }
}

/// What is wrong with one id.
fn wrong(programme: &ProgrammeText, version: &LessonVersion, id: &str) -> Option<MistakeKind> {
    let evaluations = || programme.modules.iter().filter_map(|m| m.file.evaluation.as_ref()).map(|e| e.id.as_str());
    let cases = || version.parts.iter().flat_map(|p| &p.outline.scenarios).map(|block| block.text.trim());
    if evaluations().any(|e| e == id) || cases().any(|c| c == id) {
        return None;
    }
    if programme.modules.iter().flat_map(|m| &m.scenarios).any(|s| s.value.id == id) {
        return Some(MistakeKind::CountedElsewhere { id: id.to_owned() });
    }
    Some(MistakeKind::UnknownCounted { id: id.to_owned(), allowed: evaluations().chain(cases()).map(str::to_owned).collect() })
}
