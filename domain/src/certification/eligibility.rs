//! The certification gate: one function, used by every page, report, command and by issuing itself.

use super::requirement::{
    AdultGap, Attestation, AttestationGap, EvaluationFact, EvaluationGap, Evidence, Facts, Gap, ModuleGap, Outcome, PassedEvaluation,
    Requirement, RequirementState, RequirementSubject, Waiver,
};
use crate::curriculum::{LessonMode, Programme, ProgrammeStatus, RequirementKind};
use crate::ids::EvaluationId;
use crate::time::Seconds;
use chrono::{Datelike, Days, NaiveDate};

/// Age from which one is an adult (Código Civil, art. 42).
const ADULT_YEARS: i32 = 18;

/// Every requirement of `programme` with where she stands: first that the programme is open, then what it asks, in its
/// order. Every part of a requirement is looked at, so that she sees all she lacks at once.
#[must_use]
pub fn eligibility(programme: &Programme, facts: &Facts) -> Vec<Requirement> {
    let open = match programme.status {
        ProgrammeStatus::Open => Ok(Evidence::ProgrammeOpen { edition: programme.edition.clone() }),
        ProgrammeStatus::InPreparation => Err(Gap::ProgrammeNotOpen),
    };
    let first = Requirement { kind: RequirementSubject::Programme, state: state(open, None) };
    let asked = programme.requirements.iter().map(|&kind| Requirement {
        kind: RequirementSubject::Asked(kind),
        state: state(decide(kind, programme, facts), waiver(kind, programme, facts)),
    });
    std::iter::once(first).chain(asked).collect()
}

/// Whether every requirement is met or waived; a list without any is not.
#[must_use]
pub fn is_eligible(requirements: &[Requirement]) -> bool {
    let holds = |requirement: &Requirement| match requirement.state {
        RequirementState::Met { .. } | RequirementState::Waived { .. } => true,
        RequirementState::Missing { .. } => false,
    };
    !requirements.is_empty() && requirements.iter().all(holds)
}

fn state(found: Result<Evidence, Gap>, waiver: Option<&Waiver>) -> RequirementState {
    match (found, waiver) {
        (Ok(evidence), _) => RequirementState::Met { evidence },
        (Err(gap), Some(waiver)) => RequirementState::Waived { waiver: waiver.clone(), gap },
        (Err(gap), None) => RequirementState::Missing { gap },
    }
}

/// A waiver that holds: of a kind that may be waived, approved by somebody else, with a reason.
fn waiver<'a>(kind: RequirementKind, programme: &Programme, facts: &'a Facts) -> Option<&'a Waiver> {
    let holds = |w: &&Waiver| w.by != w.approved_by && !w.reason.trim().is_empty() && w.on <= facts.today;
    facts.waivers.get(&kind).filter(|_| programme.waivable.contains(&kind)).filter(holds)
}

fn decide(kind: RequirementKind, programme: &Programme, facts: &Facts) -> Result<Evidence, Gap> {
    match kind {
        RequirementKind::Identity => attested(kind, None, facts).map_err(Gap::Identity),
        RequirementKind::Adult => adult(facts).map_err(Gap::Adult),
        RequirementKind::Record => {
            let days = Days::new(u64::from(programme.record_validity_days));
            attested(kind, Some(days), facts).map_err(Gap::Record)
        }
        RequirementKind::Backing => attested(kind, None, facts).map_err(Gap::Backing),
        RequirementKind::Minutes => minutes(programme, facts),
        RequirementKind::Modules => modules(programme, facts),
        RequirementKind::Sessions => sessions(programme, facts),
        RequirementKind::Evaluations => evaluations(programme, facts),
    }
}

/// An attestation that holds today. It holds through its last day: the earlier of its own and the programme's term.
fn attested(kind: RequirementKind, term: Option<Days>, facts: &Facts) -> Result<Evidence, AttestationGap> {
    let attestation = facts.attestations.get(&kind).filter(|a| a.on <= facts.today).ok_or(AttestationGap::None)?;
    match attestation.outcome {
        Outcome::Met => {}
        Outcome::NotMet => return Err(AttestationGap::NotMet),
    }
    let until = last_day(attestation, term);
    match until.filter(|&last| last < facts.today) {
        Some(on) => Err(AttestationGap::Expired { on }),
        None => Ok(Evidence::Attested { attestation: attestation.clone(), until }),
    }
}

fn last_day(attestation: &Attestation, term: Option<Days>) -> Option<NaiveDate> {
    let by_term = term.map(|days| attestation.on.checked_add_days(days).unwrap_or(NaiveDate::MAX));
    by_term.into_iter().chain(attestation.expires).min()
}

/// Adult on the day of enrolment. Born on 29 February, she comes of age on 1 March (no 18th birthday is in a leap
/// year): the later day, so that nobody is admitted a day early.
fn adult(facts: &Facts) -> Result<Evidence, AdultGap> {
    let birth = facts.birth_date.ok_or(AdultGap::NoBirthDate)?;
    let year = birth.year().saturating_add(ADULT_YEARS);
    let birthday = birth.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1));
    let since = birthday.ok_or(AdultGap::NoBirthDate)?;
    if since <= facts.enrolled_on { Ok(Evidence::Adult { since }) } else { Err(AdultGap::UnderAge { adult_on: since }) }
}

fn minutes(programme: &Programme, facts: &Facts) -> Result<Evidence, Gap> {
    let required = Seconds::from_minutes(programme.required_minutes);
    let confirmed = facts.confirmed;
    if confirmed >= required { Ok(Evidence::Minutes { confirmed, required }) } else { Err(Gap::Minutes { missing: required - confirmed }) }
}

fn modules(programme: &Programme, facts: &Facts) -> Result<Evidence, Gap> {
    let (mut enough, mut short) = (Vec::new(), Vec::new());
    for module in &programme.modules {
        let confirmed = facts.module_confirmed.get(&module.id).copied().unwrap_or(Seconds::ZERO);
        let missing = Seconds::from_minutes(module.minimum_minutes) - confirmed;
        if missing > Seconds::ZERO {
            short.push(ModuleGap { module: module.id.clone(), missing });
        } else {
            enough.push((module.id.clone(), confirmed));
        }
    }
    if short.is_empty() { Ok(Evidence::Modules(enough)) } else { Err(Gap::Modules(short)) }
}

fn sessions(programme: &Programme, facts: &Facts) -> Result<Evidence, Gap> {
    let in_person = programme.lessons().filter(|(_, lesson)| match lesson.mode {
        LessonMode::InPerson => true,
        LessonMode::SelfPaced => false,
    });
    let is_credited = |id: &_| facts.sessions_credited.contains(id);
    let (credited, missing): (Vec<_>, Vec<_>) = in_person.map(|(_, lesson)| lesson.id.clone()).partition(is_credited);
    if missing.is_empty() { Ok(Evidence::Sessions(credited)) } else { Err(Gap::Sessions(missing)) }
}

fn evaluations(programme: &Programme, facts: &Facts) -> Result<Evidence, Gap> {
    let graded = programme.modules.iter().filter_map(|m| m.evaluation.as_ref()).filter(|e| e.graded);
    let (mut passed, mut open) = (Vec::new(), Vec::new());
    for evaluation in graded {
        match standing(&evaluation.id, facts.evaluations.get(&evaluation.id)) {
            Ok(found) => passed.push(found),
            Err(gap) => open.push((evaluation.id.clone(), gap)),
        }
    }
    if open.is_empty() { Ok(Evidence::Evaluations(passed)) } else { Err(Gap::Evaluations(open)) }
}

fn standing(evaluation: &EvaluationId, fact: Option<&EvaluationFact>) -> Result<PassedEvaluation, EvaluationGap> {
    match fact {
        None => Err(EvaluationGap::NotTaken),
        Some(EvaluationFact::AwaitingGrade) => Err(EvaluationGap::AwaitingGrade),
        Some(EvaluationFact::NotReleased) => Err(EvaluationGap::NotReleased),
        Some(EvaluationFact::UnderReview) => Err(EvaluationGap::UnderReview),
        Some(EvaluationFact::Released { attempt, grade, passed, critical }) => {
            if *passed && critical.is_empty() {
                Ok(PassedEvaluation { evaluation: evaluation.clone(), attempt: *attempt, grade: *grade })
            } else {
                Err(EvaluationGap::Failed { grade: *grade, critical: critical.clone() })
            }
        }
    }
}
