//! What is lacking, and the next step.

use super::Voice;
use crate::format;
use crate::texts::Texts;
use domain::assessment::CriticalFailure;
use domain::certification::{AdultGap, AttestationGap, EvaluationGap, Gap};
use domain::ids::{EvaluationId, LessonId, ModuleId};

/// What is lacking, one line each; goes after the requirement's name.
pub(super) fn missing(t: Texts, gap: &Gap) -> Vec<String> {
    match gap {
        Gap::ProgrammeNotOpen => vec![t.need_gap_programme().to_owned()],
        Gap::Identity(gap) | Gap::Record(gap) | Gap::Backing(gap) => vec![attestation(t, *gap)],
        Gap::Adult(AdultGap::NoBirthDate) => vec![t.need_gap_no_birth().to_owned()],
        Gap::Adult(AdultGap::UnderAge { adult_on }) => vec![t.need_gap_under_age(format::date(t, *adult_on))],
        Gap::Minutes { missing } => vec![t.need_gap_time(format::duration(*missing))],
        Gap::Modules(modules) => modules.iter().map(|m| t.need_gap_of(module(t, &m.module), format::duration(m.missing))).collect(),
        Gap::Sessions(lessons) => {
            let names: Vec<String> = lessons.iter().map(|id| lesson(t, id)).collect();
            vec![t.need_gap_sessions(names.join(", "))]
        }
        Gap::Evaluations(evaluations) => evaluations.iter().map(|(id, gap)| evaluation(t, id, gap)).collect(),
    }
}

fn attestation(t: Texts, gap: AttestationGap) -> String {
    match gap {
        AttestationGap::None => t.need_gap_none().to_owned(),
        AttestationGap::Expired { on } => t.need_gap_expired(format::date(t, on)),
        AttestationGap::NotMet => t.need_gap_not_met().to_owned(),
    }
}

fn evaluation(t: Texts, id: &EvaluationId, gap: &EvaluationGap) -> String {
    let name = evaluation_name(t, id);
    match gap {
        EvaluationGap::NotTaken => t.need_gap_taken(name),
        EvaluationGap::AwaitingGrade => t.need_gap_awaiting(name),
        EvaluationGap::NotReleased => t.need_gap_unreleased(name),
        EvaluationGap::UnderReview => t.need_gap_review(name),
        EvaluationGap::Failed { grade, critical } => failed(t, name, format::grade(grade.hundredths()), critical),
    }
}

fn failed(t: Texts, name: String, grade: String, critical: &[CriticalFailure]) -> String {
    if critical.is_empty() { t.need_gap_failed(grade, name) } else { t.need_gap_critical(grade, name) }
}

/// The number in `m4`, if the id is written so.
fn module_number(id: &str) -> Option<&str> {
    id.strip_prefix('m').filter(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn module(t: Texts, id: &ModuleId) -> String {
    module_number(id.as_str()).map_or_else(|| id.to_string(), |number| t.need_module(number))
}

fn lesson(t: Texts, id: &LessonId) -> String {
    let number = id.as_str().split_once("-l").and_then(|(of, lesson)| Some(format!("{}.{lesson}", module_number(of)?)));
    number.map_or_else(|| id.to_string(), |number| t.need_lesson(number))
}

fn evaluation_name(t: Texts, id: &EvaluationId) -> String {
    let of = id.as_str().strip_suffix("-e").and_then(module_number);
    of.map_or_else(|| t.need_evaluation(id), |number| t.need_evaluation_of(number))
}

/// What to do about it.
pub(super) fn step(t: Texts, gap: &Gap, voice: Voice) -> &'static str {
    let (hers, desk) = match gap {
        Gap::ProgrammeNotOpen => (t.need_you_programme(), t.need_desk_programme()),
        Gap::Identity(AttestationGap::NotMet) | Gap::Record(AttestationGap::NotMet) | Gap::Backing(AttestationGap::NotMet) => {
            (t.need_you_wrong(), t.need_desk_wrong())
        }
        Gap::Identity(_) => (t.need_you_identity(), t.need_desk_identity()),
        Gap::Adult(AdultGap::NoBirthDate) => (t.need_you_birth(), t.need_desk_birth()),
        Gap::Adult(AdultGap::UnderAge { .. }) => (t.need_you_under_age(), t.need_desk_under_age()),
        Gap::Record(_) => (t.need_you_record(), t.need_desk_record()),
        Gap::Backing(_) => (t.need_you_backing(), t.need_desk_backing()),
        Gap::Minutes { .. } | Gap::Modules(_) => (t.need_you_minutes(), t.need_desk_minutes()),
        Gap::Sessions(_) => (t.need_you_sessions(), t.need_desk_sessions()),
        Gap::Evaluations(_) => (t.need_you_evaluations(), t.need_desk_evaluations()),
    };
    match voice {
        Voice::Her => hers,
        Voice::Desk => desk,
    }
}
