//! The facts that the gate reads, gathered from the record.

use crate::services::assessment::result::stored;
use crate::services::enrolment::Enrolment;
use crate::services::hours::posting::named;
use crate::services::record::{AttemptFact, Record};
use domain::assessment::answer::CriticalFailure;
use domain::assessment::attempt::AttemptStatus;
use domain::assessment::attempt::best::best_released_attempt;
use domain::assessment::score::Grade;
use domain::certification::{Attestation, EvaluationFact, Facts, Outcome, Waiver};
use domain::curriculum::{LessonMode, RequirementKind};
use domain::hours::total::Progress;
use domain::ids::{AttemptId, EvaluationId};
use std::collections::BTreeMap;

/// What `domain::certification::eligibility` decides on; the same for her page, the staff desk and issuing.
#[must_use]
pub fn facts(enrolment: &Enrolment, record: &Record, progress: &Progress) -> Facts {
    let kind = |name: &str| named::<RequirementKind>(name, "requirement", "kind").ok();
    let attestations = record.attested.iter().filter_map(|a| {
        let outcome = if a.met { Outcome::Met } else { Outcome::NotMet };
        Some((kind(&a.kind)?, Attestation { outcome, on: a.on, expires: a.expires, source: a.source.clone(), verifier: a.verifier }))
    });
    let waivers = record.waived.iter().filter_map(|w| {
        let waiver = Waiver { by: w.by.0, approved_by: w.by.1, reason: w.reason.clone(), on: enrolment.today(w.at) };
        Some((kind(&w.kind)?, waiver))
    });
    let lessons = progress.modules.iter().flat_map(|m| &m.lessons);
    Facts {
        today: enrolment.today(record.read_at),
        birth_date: enrolment.birth,
        enrolled_on: enrolment.enrolled_on,
        attestations: attestations.collect(),
        waivers: waivers.collect(),
        confirmed: progress.confirmed,
        module_confirmed: progress.modules.iter().map(|m| (m.id.clone(), m.confirmed)).collect(),
        sessions_credited: lessons.filter(|l| l.mode == LessonMode::InPerson && l.confirmed >= l.design).map(|l| l.id.clone()).collect(),
        evaluations: evaluations(record),
    }
}

fn evaluations(record: &Record) -> BTreeMap<EvaluationId, EvaluationFact> {
    let mut by_id: BTreeMap<EvaluationId, Vec<&AttemptFact>> = BTreeMap::new();
    for attempt in &record.attempts {
        by_id.entry(EvaluationId(attempt.evaluation.clone())).or_default().push(attempt);
    }
    by_id.into_iter().filter_map(|(id, attempts)| Some((id.clone(), fact(record, &id, &attempts)?))).collect()
}

/// The best released attempt counts; without one, how far the newest has come.
fn fact(record: &Record, id: &EvaluationId, attempts: &[&AttemptFact]) -> Option<EvaluationFact> {
    let summaries = crate::services::assessment::start::summaries(record, id);
    let best = best_released_attempt(&summaries).and_then(|best| attempts.iter().find(|a| AttemptId(a.id) == best.attempt));
    if let Some((grade, passed, result, _)) = best.and_then(|a| a.released.as_ref()) {
        let critical: Vec<CriticalFailure> = stored(result).map(|s| s.result.critical_failed).unwrap_or_default();
        let attempt = best.map(|a| AttemptId(a.id))?;
        return Some(EvaluationFact::Released { attempt, grade: Grade::from_hundredths(*grade).ok()?, passed: *passed, critical });
    }
    match attempts.iter().rev().find_map(|a| AttemptStatus::from_name(&a.state))? {
        AttemptStatus::Submitted | AttemptStatus::AwaitingGrading => Some(EvaluationFact::AwaitingGrade),
        AttemptStatus::Graded => Some(EvaluationFact::NotReleased),
        AttemptStatus::InProgress | AttemptStatus::Released | AttemptStatus::Void => None,
    }
}
