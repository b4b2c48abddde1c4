//! Links, terms, scenarios, images and raw HTML of a lesson's file.

use super::Context;
use crate::lesson::outline::Outline;
use crate::mistake::MistakeKind;
use crate::package::Term;
use crate::read::{LessonVersion, ModuleText};
use crate::render::links::{Target, target};
use std::collections::BTreeSet;

/// Most bytes of pictures in a lesson (curriculum.md, Files).
const MEDIA_BUDGET: u64 = 300 * 1024;

pub(super) fn check(context: &mut Context<'_>, module: &ModuleText, version: &LessonVersion) {
    let file = &version.path;
    let anchors: BTreeSet<&str> = version
        .parts
        .iter()
        .flat_map(|p| p.outline.anchors.iter().map(String::as_str).chain([p.id.as_str()]))
        .filter(|a| !a.is_empty())
        .collect();
    let glossary: &[crate::read::Placed<Term>] = &context.programme.glossary;
    let mut weight = 0;
    let mut weighed = BTreeSet::new();
    for outline in version.parts.iter().map(|p| &p.outline) {
        for (line, link) in &outline.links {
            let what = match target(link) {
                Some(Target::Anchor(name)) if !anchors.contains(name) => MistakeKind::DeadLink { target: link.clone() },
                Some(Target::Media(name)) if !module.media.contains_key(&format!("{}/{name}", module.folder)) => {
                    MistakeKind::DeadLink { target: link.clone() }
                }
                None => MistakeKind::BadLink { target: link.clone() },
                Some(_) => continue,
            };
            context.mistake(file, *line, what);
        }
        for (line, term) in &outline.terms {
            if !glossary.iter().any(|t| t.value.is_called(term, version.language)) {
                context.mistake(file, *line, MistakeKind::UnknownTerm { term: term.clone() });
            }
        }
        for block in &outline.scenarios {
            let id = block.text.trim();
            if !module.scenarios.iter().any(|s| s.value.id == id) {
                context.mistake(file, block.line, MistakeKind::UnknownScenario { id: id.to_owned() });
            }
        }
        weight += images(context, module, file, outline, &mut weighed);
        for line in &outline.html {
            context.warning(file, *line, MistakeKind::RawHtml);
        }
    }
    if weight > MEDIA_BUDGET {
        context.mistake(file, 1, MistakeKind::MediaBudget { bytes: weight });
    }
}

fn images(context: &mut Context<'_>, module: &ModuleText, file: &str, outline: &Outline, weighed: &mut BTreeSet<String>) -> u64 {
    let mut weight: u64 = 0;
    for (line, image, described) in &outline.images {
        let path = format!("{}/{image}", module.folder);
        match (target(image), module.media.get(&path)) {
            (Some(Target::Media(_)), Some(size)) => {
                if weighed.insert(path) {
                    weight = weight.saturating_add(*size);
                }
            }
            (Some(Target::Media(_)), None) => context.mistake(file, *line, MistakeKind::DeadLink { target: image.clone() }),
            _ => context.mistake(file, *line, MistakeKind::BadLink { target: image.clone() }),
        }
        if !described {
            context.mistake(file, *line, MistakeKind::ImageWithoutText { target: image.clone() });
        }
    }
    weight
}
