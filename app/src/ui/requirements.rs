//! The gate's requirements in plain words, for the trainee and for the desks: what is met, what is missing, what comes next.

mod gap;

use crate::format;
use crate::texts::Texts;
use crate::ui::icon;
use domain::certification::{Evidence, Requirement, RequirementState, RequirementSubject};
use domain::curriculum::RequirementKind;
use leptos::prelude::*;

/// Who reads the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The trainee herself: «tú».
    Her,
    /// Judges, staff, auditors: impersonal.
    Desk,
}

/// Where a requirement stands, apart from its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Fulfilled.
    Met,
    /// Not fulfilled.
    Missing,
    /// Let off.
    Waived,
}

/// One requirement in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Where it stands.
    pub mark: Mark,
    /// Its name; empty where `text` says it all.
    pub name: &'static str,
    /// What is met or missing, one line each.
    pub text: Vec<String>,
    /// The next step, where something is missing.
    pub step: Option<&'static str>,
}

/// Says one requirement.
#[must_use]
pub fn words(t: Texts, requirement: &Requirement, voice: Voice) -> Words {
    match &requirement.state {
        RequirementState::Met { evidence } => {
            Words { mark: Mark::Met, name: "", text: vec![met(t, requirement.kind, evidence)], step: None }
        }
        RequirementState::Missing { gap } => {
            Words { mark: Mark::Missing, name: name(t, requirement.kind), text: gap::missing(t, gap), step: Some(gap::step(t, gap, voice)) }
        }
        RequirementState::Waived { waiver, .. } => {
            let text = t.need_waived(format::date(t, waiver.on), &waiver.reason);
            Words { mark: Mark::Waived, name: name(t, requirement.kind), text: vec![text], step: None }
        }
    }
}

/// The name of a requirement.
#[must_use]
pub fn name(t: Texts, subject: RequirementSubject) -> &'static str {
    match subject {
        RequirementSubject::Programme => t.need_programme(),
        RequirementSubject::Asked(RequirementKind::Identity) => t.need_identity(),
        RequirementSubject::Asked(RequirementKind::Adult) => t.need_adult(),
        RequirementSubject::Asked(RequirementKind::Record) => t.need_record(),
        RequirementSubject::Asked(RequirementKind::Backing) => t.need_backing(),
        RequirementSubject::Asked(RequirementKind::Minutes) => t.need_minutes(),
        RequirementSubject::Asked(RequirementKind::Modules) => t.need_modules(),
        RequirementSubject::Asked(RequirementKind::Sessions) => t.need_sessions(),
        RequirementSubject::Asked(RequirementKind::Evaluations) => t.need_evaluations(),
    }
}

fn met(t: Texts, subject: RequirementSubject, evidence: &Evidence) -> String {
    match evidence {
        Evidence::ProgrammeOpen { edition } => t.need_met_programme(edition),
        Evidence::Adult { .. } => t.need_met_adult().to_owned(),
        Evidence::Minutes { confirmed, required } => t.need_met_minutes(format::duration(*confirmed), format::duration(*required)),
        Evidence::Modules(_) => t.need_met_modules().to_owned(),
        Evidence::Sessions(lessons) => t.need_met_sessions(count(lessons.len())),
        Evidence::Evaluations(passed) => t.need_met_evaluations(count(passed.len())),
        Evidence::Attested { attestation, until } => match (subject, until) {
            (RequirementSubject::Asked(RequirementKind::Identity), _) => t.need_met_identity().to_owned(),
            (RequirementSubject::Asked(RequirementKind::Record), Some(until)) => t.need_met_record_until(format::date(t, *until)),
            (RequirementSubject::Asked(RequirementKind::Record), None) => t.need_met_record().to_owned(),
            (RequirementSubject::Asked(RequirementKind::Backing), _) => t.need_met_backing(&attestation.source),
            _ => t.need_met_attested(&attestation.source),
        },
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The list without next steps: for a card beside other things.
#[must_use]
pub fn brief(t: Texts, requirements: &[Requirement], voice: Voice) -> AnyView {
    let items = requirements.iter().map(|requirement| item(t, Words { step: None, ..words(t, requirement, voice) })).collect_view();
    view! { <ul class="items">{items}</ul> }.into_any()
}

/// The list with the next step of whatever is missing.
#[must_use]
pub fn list(t: Texts, requirements: &[Requirement], voice: Voice) -> AnyView {
    let items = requirements.iter().map(|requirement| item(t, words(t, requirement, voice))).collect_view();
    view! { <ul class="items">{items}</ul> }.into_any()
}

/// One requirement of a list: icon, the state for screen readers, its words.
fn item(t: Texts, words: Words) -> AnyView {
    let (symbol, state) = match words.mark {
        Mark::Met => ("check", t.need_state_met()),
        Mark::Missing => ("clock", t.need_state_missing()),
        Mark::Waived => ("check", t.need_state_waived()),
    };
    let line = match (words.name, words.text.as_slice()) {
        ("", [one]) => view! { <span>{one.clone()}</span> }.into_any(),
        (name, [one]) => view! { <span><b>{format!("{name}:")}</b>" "{one.clone()}</span> }.into_any(),
        (name, several) => {
            let lines = several.iter().map(|line| view! { <br/>{line.clone()} }).collect_view();
            view! { <span><b>{name}</b>{lines}</span> }.into_any()
        }
    };
    let step = words.step.map(|step| view! { <span class="soft">{step}</span> });
    view! { <li><span>{icon(symbol)}<span class="vh">{format!("{state}. ")}</span></span>{line}{step}</li> }.into_any()
}
