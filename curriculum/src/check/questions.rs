//! Banks and blueprints: what is asked exists, what is drawn is there, what is cited is confirmed.

use super::{Context, lessons};
use crate::mistake::MistakeKind;
use crate::read::{ModuleText, Placed};
use crate::yaml::Node;
use domain::assessment::question::{AuthoredQuestion, Reference, ReferenceStatus};
use domain::curriculum::{Draw, ProgrammeStatus};

pub(super) fn check(context: &mut Context<'_>, module: &ModuleText) {
    for Placed { file, line, value } in &module.questions {
        lessons::objective(context, module, file, *line, value.objective.as_str());
        reread(context, file, *line, value);
        references(context, file, value.references.iter().map(|r| (r, *line)));
    }
    let Some(evaluation) = &module.file.evaluation else { return };
    let node = module.node.get("evaluation");
    let lines: Vec<u32> = node.and_then(|n| n.get("draw")).map(Node::items).unwrap_or_default().iter().map(|n| n.line).collect();
    for (draw, line) in evaluation.draw.iter().zip(lines) {
        blueprint(context, &module.path, line, draw);
    }
    let line = node.map_or(1, |n| n.line_of("cases"));
    for case in &evaluation.cases {
        let found = bank(context).any(|q| &q.id == case && q.kind.is_judged());
        if !found {
            context.mistake(&module.path, line, MistakeKind::UnknownCase { id: case.to_string() });
        }
    }
}

/// Every question of the programme: an evaluation may draw from the banks of other modules.
fn bank<'c>(context: &Context<'c>) -> impl Iterator<Item = &'c AuthoredQuestion> + use<'c> {
    let programme = context.programme;
    programme.modules.iter().flat_map(|m| m.questions.iter().map(|q| &q.value))
}

fn blueprint(context: &mut Context<'_>, file: &str, line: u32, draw: &Draw) {
    let tag = draw.tag.clone();
    if draw.count == 0 || draw.critical > draw.count {
        context.mistake(file, line, MistakeKind::BlueprintCount { tag });
        return;
    }
    let fitting = bank(context).filter(|q| !q.kind.is_judged() && q.tags.contains(&draw.tag));
    let (critical, other): (Vec<_>, Vec<_>) = fitting.partition(|q| q.is_critical_item());
    let as_many = |found: usize, wanted: u32| u32::try_from(found).unwrap_or(u32::MAX) >= wanted;
    if !as_many(critical.len(), draw.critical) {
        let what = MistakeKind::BlueprintCritical { tag: tag.clone(), wanted: draw.critical, held: critical.len() };
        context.mistake(file, line, what);
    }
    let wanted = draw.count.saturating_sub(draw.critical);
    if !as_many(other.len(), wanted) {
        context.mistake(file, line, MistakeKind::Blueprint { tag, wanted, held: other.len() });
    }
}

fn reread(context: &mut Context<'_>, file: &str, line: u32, question: &AuthoredQuestion) {
    let Some(reread) = &question.reread else { return };
    let mut lessons = context.programme.modules.iter().flat_map(|m| &m.lessons);
    let lesson = lessons.find(|l| l.source.front.id == reread.lesson);
    if !lesson.is_some_and(|l| l.source.parts.iter().any(|p| p.id == reread.part)) {
        let what = MistakeKind::UnknownReread { lesson: reread.lesson.to_string(), part: reread.part.clone() };
        context.mistake(file, line, what);
    }
}

/// References: confirmed by somebody, or accepted, where the programme can certify.
pub(super) fn references<'r>(context: &mut Context<'_>, file: &str, references: impl Iterator<Item = (&'r Reference, u32)>) {
    let accepted = &context.programme.file.accepted_to_confirm;
    let open = context.programme.file.status == ProgrammeStatus::Open;
    for (reference, line) in references {
        let norm = reference.norm.clone();
        let is_accepted = accepted.iter().any(|a| a == "*" || *a == norm);
        match reference.status {
            ReferenceStatus::ToConfirm if open && !is_accepted => context.mistake(file, line, MistakeKind::ToConfirm { norm }),
            ReferenceStatus::Confirmed if reference.verified.is_none() || reference.reviewer.is_none() => {
                context.mistake(file, line, MistakeKind::ConfirmedByNobody { norm });
            }
            ReferenceStatus::ToConfirm | ReferenceStatus::Confirmed => {}
        }
    }
}
