//! Who may do what: one policy function for every route, command and export (people.md, Roles and permissions).

mod action;
mod actor;

pub use action::{Action, Resource};
pub use actor::{Actor, Assurance, Grant, Role, Scope};

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Refusal {
    /// The role is not held.
    #[error("the role is missing")]
    RoleMissing,
    /// The record lies in another judicial district or cohort.
    #[error("out of scope")]
    OutOfScope,
    /// The record is of another person.
    #[error("not one's own")]
    NotOwn,
    /// The actor is the subject of the record.
    #[error("own record")]
    OwnRecord,
    /// The actor graded or attested and cannot also decide.
    #[error("took part before")]
    TookPart,
}

/// The policy. Nobody acts on a record of which she or he is the subject, except on what is hers to do: study, sit, see.
///
/// # Errors
/// The reason of the refusal.
pub fn allow(actor: &Actor, action: Action, resource: &Resource) -> Result<(), Refusal> {
    match action {
        Action::UseAccount => own(actor, resource),
        Action::SeeOwnStudy | Action::Study | Action::DisputeHours | Action::SitEvaluation | Action::CheckIn => {
            require(actor.has(Role::Trainee))?;
            own(actor, resource)
        }
        Action::Grade => grade(actor, resource),
        Action::TakeRoll => roll(actor, resource),
        Action::SeeContent => require(actor.has(Role::Judge) || actor.has(Role::Staff)),
        Action::WriteContent => write_content(actor, resource),
        Action::ReviewContent => review_content(actor, resource),
        Action::SeeTrainee => see_trainee(actor, resource),
        Action::AcceptReference
        | Action::SeeDesk
        | Action::AttestRequirement
        | Action::GiveCredential
        | Action::AddPerson
        | Action::AdjustHours
        | Action::DecideEvidence
        | Action::AnswerDispute
        | Action::ReleaseResult
        | Action::IssueCertificate
        | Action::ChangeCertificate => staff(actor, resource),
        Action::EraseReason => erase(actor, resource),
        Action::Audit => require(actor.has(Role::Auditor)),
        Action::Administer => require(actor.has(Role::Admin)),
    }
}

const fn require(held: bool) -> Result<(), Refusal> {
    if held { Ok(()) } else { Err(Refusal::RoleMissing) }
}

fn own(actor: &Actor, resource: &Resource) -> Result<(), Refusal> {
    let subject = match resource {
        Resource::List => return Ok(()),
        Resource::Person(person) => person,
        Resource::Enrolment { subject, .. } | Resource::Task { subject, .. } => subject,
        Resource::Cohort { .. } | Resource::Draft(_) => return Err(Refusal::NotOwn),
    };
    if *subject == actor.person { Ok(()) } else { Err(Refusal::NotOwn) }
}

/// Judges write; each her or his own draft.
fn write_content(actor: &Actor, resource: &Resource) -> Result<(), Refusal> {
    require(actor.has(Role::Judge))?;
    match resource {
        Resource::List => Ok(()),
        Resource::Draft(author) if *author == Some(actor.person) => Ok(()),
        _ => Err(Refusal::NotOwn),
    }
}

/// A judge reviews what another wrote: the reviewer is never the author (curriculum.md, Authoring in the browser).
fn review_content(actor: &Actor, resource: &Resource) -> Result<(), Refusal> {
    require(actor.has(Role::Judge))?;
    match resource {
        Resource::List => Ok(()),
        Resource::Draft(author) if *author != Some(actor.person) => Ok(()),
        Resource::Draft(_) => Err(Refusal::OwnRecord),
        _ => Err(Refusal::OutOfScope),
    }
}

fn grade(actor: &Actor, resource: &Resource) -> Result<(), Refusal> {
    require(actor.has(Role::Judge))?;
    match resource {
        Resource::List => Ok(()),
        Resource::Task { subject, district } => {
            if *subject == actor.person {
                Err(Refusal::OwnRecord)
            } else if actor.has_in(Role::Staff, district) || actor.scope(Role::Judge) == Scope::Districts(vec![district.clone()]) {
                Err(Refusal::OutOfScope)
            } else {
                Ok(())
            }
        }
        Resource::Person(_) | Resource::Enrolment { .. } | Resource::Cohort { .. } | Resource::Draft(_) => Err(Refusal::OutOfScope),
    }
}

fn roll(actor: &Actor, resource: &Resource) -> Result<(), Refusal> {
    require(actor.has(Role::Judge))?;
    let cohort = match resource {
        Resource::List => return Ok(()),
        Resource::Enrolment { subject, .. } if *subject == actor.person => return Err(Refusal::OwnRecord),
        Resource::Cohort { cohort, .. } | Resource::Enrolment { cohort, .. } => cohort,
        Resource::Person(_) | Resource::Task { .. } | Resource::Draft(_) => return Err(Refusal::OutOfScope),
    };
    if actor.cohorts.contains(cohort) { Ok(()) } else { Err(Refusal::OutOfScope) }
}

/// Staff of the district, or whoever runs the installation: somebody asked for a text about her to be taken away.
fn erase(actor: &Actor, resource: &Resource) -> Result<(), Refusal> {
    match resource {
        Resource::Enrolment { subject, .. } if *subject == actor.person => Err(Refusal::OwnRecord),
        Resource::Enrolment { .. } | Resource::List if actor.has(Role::Admin) => Ok(()),
        Resource::Enrolment { .. }
        | Resource::List
        | Resource::Person(_)
        | Resource::Cohort { .. }
        | Resource::Task { .. }
        | Resource::Draft(_) => staff(actor, resource),
    }
}

fn see_trainee(actor: &Actor, resource: &Resource) -> Result<(), Refusal> {
    if actor.has(Role::Auditor) { Ok(()) } else { staff(actor, resource) }
}

fn staff(actor: &Actor, resource: &Resource) -> Result<(), Refusal> {
    require(actor.has(Role::Staff))?;
    match resource {
        Resource::List => Ok(()),
        Resource::Person(person) if *person == actor.person => Err(Refusal::OwnRecord),
        Resource::Enrolment { subject, .. } if *subject == actor.person => Err(Refusal::OwnRecord),
        Resource::Person(_) => Ok(()),
        Resource::Enrolment { district, .. } | Resource::Cohort { district, .. } => {
            if actor.has_in(Role::Staff, district) {
                Ok(())
            } else {
                Err(Refusal::OutOfScope)
            }
        }
        Resource::Task { .. } | Resource::Draft(_) => Err(Refusal::OutOfScope),
    }
}

#[cfg(test)]
mod tests;
