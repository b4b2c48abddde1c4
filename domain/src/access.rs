//! Who may do what: one policy function for every route, command and export (people.md, Roles and permissions).

use crate::ids::{CohortId, DistrictId, EnrolmentId, PersonId, SessionId};
use serde::{Deserialize, Serialize};

/// A role that a person can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Takes the course (*participante*).
    Trainee,
    /// Writes lessons, takes attendance, grades (*juez formador*).
    Judge,
    /// Coordinates districts (*equipo del programa*).
    Staff,
    /// Reads everything, changes nothing.
    Auditor,
    /// Runs the installation.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Trainee, Self::Judge, Self::Staff, Self::Auditor, Self::Admin];

    /// The word used in the database, on the command line and in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trainee => "trainee",
            Self::Judge => "judge",
            Self::Staff => "staff",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// The role of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }

    /// Where a person with this role begins.
    #[must_use]
    pub const fn landing(self) -> &'static str {
        match self {
            Self::Trainee => "/home",
            Self::Judge => "/grading",
            Self::Staff => "/staff",
            Self::Auditor => "/audit",
            Self::Admin => "/admin",
        }
    }
}

/// How sure the server is of who signed in (people.md, Sign-in).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// One thing known: a PIN on a known device, a password, a one-time code.
    Single,
    /// Two things: a card and its PIN, or a password and a second factor.
    Double,
}

impl Assurance {
    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Double => "double",
        }
    }
}

/// A role as it is held: everywhere, or in one judicial district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// Where; `None` is everywhere.
    pub district: Option<DistrictId>,
}

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// In which session.
    pub session: SessionId,
    /// How sure the server is.
    pub assurance: Assurance,
    /// With which roles.
    pub grants: Vec<Grant>,
    /// Cohorts that she or he teaches as a judge.
    pub cohorts: Vec<CohortId>,
}

impl Actor {
    /// Whether the role is held anywhere.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|g| g.role == role)
    }

    /// Whether the role is held in `district`.
    #[must_use]
    pub fn has_in(&self, role: Role, district: &DistrictId) -> bool {
        self.grants.iter().any(|g| g.role == role && g.district.as_ref().is_none_or(|d| d == district))
    }

    /// The districts in which the role is held.
    #[must_use]
    pub fn scope(&self, role: Role) -> Scope {
        let mut districts = Vec::new();
        for grant in self.grants.iter().filter(|g| g.role == role) {
            match &grant.district {
                None => return Scope::Everywhere,
                Some(district) => districts.push(district.clone()),
            }
        }
        if districts.is_empty() { Scope::Nowhere } else { Scope::Districts(districts) }
    }
}

/// Which rows a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Nothing.
    Nowhere,
    /// These judicial districts.
    Districts(Vec<DistrictId>),
    /// Everything.
    Everywhere,
}

impl Scope {
    /// Whether a record of `district` is inside.
    #[must_use]
    pub fn holds(&self, district: &DistrictId) -> bool {
        match self {
            Self::Nowhere => false,
            Self::Districts(districts) => districts.contains(district),
            Self::Everywhere => true,
        }
    }
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Use one's own account: devices, PIN, sign-out.
    UseAccount,
    /// See one's own course, hours, certificate.
    SeeOwnStudy,
    /// Study: claims, checkpoints.
    Study,
    /// Say what one does not recognise, or misses, in one's own hours.
    DisputeHours,
    /// Sit evaluations.
    SitEvaluation,
    /// Note one's own arrival and departure at a session.
    CheckIn,
    /// Grade blind.
    Grade,
    /// See and plan sessions, take the roll, set substitute tasks.
    TakeRoll,
    /// See what is published, drafts and marks of review.
    SeeContent,
    /// Write drafts of lessons, questions and cases.
    WriteContent,
    /// Publish, return or withdraw what somebody else wrote.
    ReviewContent,
    /// Accept a reference that is still to be confirmed.
    AcceptReference,
    /// See the staff desk and its lists.
    SeeDesk,
    /// See one trainee's record.
    SeeTrainee,
    /// Attest a requirement.
    AttestRequirement,
    /// Give a one-time code or a card.
    GiveCredential,
    /// Add a person or enrol one.
    AddPerson,
    /// Propose, approve or decline an adjustment of hours.
    AdjustHours,
    /// Decide doubtful evidence.
    DecideEvidence,
    /// Take away the text of a reason that was written about hours.
    EraseReason,
    /// Answer a dispute about hours.
    AnswerDispute,
    /// Release results.
    ReleaseResult,
    /// Issue a certificate.
    IssueCertificate,
    /// Suspend, reinstate or revoke a certificate.
    ChangeCertificate,
    /// Read the audit log and ledgers.
    Audit,
    /// Accounts, roles, settings.
    Administer,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 26] = [
        Self::UseAccount,
        Self::SeeOwnStudy,
        Self::Study,
        Self::DisputeHours,
        Self::SitEvaluation,
        Self::CheckIn,
        Self::Grade,
        Self::TakeRoll,
        Self::SeeContent,
        Self::WriteContent,
        Self::ReviewContent,
        Self::AcceptReference,
        Self::SeeDesk,
        Self::SeeTrainee,
        Self::AttestRequirement,
        Self::GiveCredential,
        Self::AddPerson,
        Self::AdjustHours,
        Self::DecideEvidence,
        Self::EraseReason,
        Self::AnswerDispute,
        Self::ReleaseResult,
        Self::IssueCertificate,
        Self::ChangeCertificate,
        Self::Audit,
        Self::Administer,
    ];
}

/// On what it is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resource {
    /// Nothing in particular: a list that is filtered by scope.
    List,
    /// Something of one person.
    Person(PersonId),
    /// Something of one enrolment.
    Enrolment {
        /// Which.
        enrolment: EnrolmentId,
        /// Whose.
        subject: PersonId,
        /// In which judicial district.
        district: DistrictId,
        /// In which cohort.
        cohort: CohortId,
    },
    /// Something of one cohort.
    Cohort {
        /// Which.
        cohort: CohortId,
        /// In which judicial district.
        district: DistrictId,
    },
    /// Work to grade: nobody's name, but whose and from where for the rule.
    Task {
        /// Whose work.
        subject: PersonId,
        /// From which judicial district.
        district: DistrictId,
    },
    /// A draft, and who wrote it; nobody where it came with the program.
    Draft(Option<PersonId>),
}

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
mod tests {
    use super::*;
    use uuid::Uuid;

    fn actor(grants: Vec<Grant>) -> Actor {
        Actor {
            person: PersonId(Uuid::from_u128(1)),
            session: SessionId(Uuid::from_u128(2)),
            assurance: Assurance::Single,
            grants,
            cohorts: vec![CohortId(Uuid::from_u128(7))],
        }
    }

    fn enrolment(subject: u128, district: &str) -> Resource {
        Resource::Enrolment {
            enrolment: EnrolmentId(Uuid::from_u128(3)),
            subject: PersonId(Uuid::from_u128(subject)),
            district: district.into(),
            cohort: CohortId(Uuid::from_u128(7)),
        }
    }

    fn grant(role: Role, district: Option<&str>) -> Grant {
        Grant { role, district: district.map(Into::into) }
    }

    #[test]
    fn nobody_decides_about_herself() {
        let everything = actor(Role::ALL.into_iter().map(|r| grant(r, None)).collect());
        let decisions = [
            Action::AttestRequirement,
            Action::AdjustHours,
            Action::DecideEvidence,
            Action::EraseReason,
            Action::AnswerDispute,
            Action::IssueCertificate,
            Action::ReleaseResult,
            Action::ChangeCertificate,
        ];
        for action in decisions {
            assert_eq!(allow(&everything, action, &enrolment(1, "pasco")), Err(Refusal::OwnRecord), "{action:?}");
        }
    }

    #[test]
    fn staff_stay_in_their_districts() {
        let staff = actor(vec![grant(Role::Staff, Some("san-martin"))]);
        for action in [Action::IssueCertificate, Action::AdjustHours, Action::DecideEvidence, Action::AnswerDispute] {
            assert_eq!(allow(&staff, action, &enrolment(9, "san-martin")), Ok(()), "{action:?}");
            assert_eq!(allow(&staff, action, &enrolment(9, "pasco")), Err(Refusal::OutOfScope), "{action:?}");
        }
    }

    #[test]
    fn a_reason_is_erased_by_staff_of_the_district_or_an_admin_never_ones_own() {
        let ask = |role, district, subject| allow(&actor(vec![grant(role, district)]), Action::EraseReason, &enrolment(subject, "pasco"));
        assert_eq!(ask(Role::Staff, Some("pasco"), 9), Ok(()));
        assert_eq!(ask(Role::Staff, Some("junin"), 9), Err(Refusal::OutOfScope));
        assert_eq!(ask(Role::Admin, None, 9), Ok(()));
        for role in Role::ALL {
            assert!(ask(role, None, 1).is_err(), "{role:?}");
        }
        for role in [Role::Trainee, Role::Judge, Role::Auditor] {
            assert_eq!(ask(role, None, 9), Err(Refusal::RoleMissing), "{role:?}");
        }
    }

    #[test]
    fn only_she_disputes_her_hours() {
        let trainee = actor(vec![grant(Role::Trainee, None)]);
        assert_eq!(allow(&trainee, Action::DisputeHours, &enrolment(1, "pasco")), Ok(()));
        assert_eq!(allow(&trainee, Action::DisputeHours, &enrolment(9, "pasco")), Err(Refusal::NotOwn));
        let staff = actor(vec![grant(Role::Staff, None)]);
        assert_eq!(allow(&staff, Action::DisputeHours, &enrolment(1, "pasco")), Err(Refusal::RoleMissing));
    }

    #[test]
    fn she_checks_in_herself_and_nobody_else() {
        let trainee = actor(vec![grant(Role::Trainee, None)]);
        assert_eq!(allow(&trainee, Action::CheckIn, &enrolment(1, "pasco")), Ok(()));
        assert_eq!(allow(&trainee, Action::CheckIn, &enrolment(9, "pasco")), Err(Refusal::NotOwn));
        let judge = actor(vec![grant(Role::Judge, None)]);
        assert_eq!(allow(&judge, Action::CheckIn, &enrolment(9, "pasco")), Err(Refusal::RoleMissing));
        assert_eq!(allow(&judge, Action::TakeRoll, &enrolment(9, "pasco")), Ok(()));
        assert_eq!(allow(&judge, Action::TakeRoll, &enrolment(1, "pasco")), Err(Refusal::OwnRecord));
    }

    #[test]
    fn nobody_reviews_her_own_text_and_nobody_writes_in_anothers() {
        let judge = actor(vec![grant(Role::Judge, None)]);
        let (own, other) = (Resource::Draft(Some(judge.person)), Resource::Draft(Some(PersonId(Uuid::from_u128(9)))));
        assert_eq!(allow(&judge, Action::WriteContent, &own), Ok(()));
        assert_eq!(allow(&judge, Action::ReviewContent, &own), Err(Refusal::OwnRecord));
        assert_eq!(allow(&judge, Action::WriteContent, &other), Err(Refusal::NotOwn));
        assert_eq!(allow(&judge, Action::ReviewContent, &other), Ok(()));
        assert_eq!(allow(&judge, Action::ReviewContent, &Resource::Draft(None)), Ok(()));
        let staff = actor(vec![grant(Role::Staff, None)]);
        assert_eq!(allow(&staff, Action::ReviewContent, &other), Err(Refusal::RoleMissing));
        assert_eq!(allow(&staff, Action::AcceptReference, &Resource::List), Ok(()));
        assert_eq!(allow(&judge, Action::AcceptReference, &Resource::List), Err(Refusal::RoleMissing));
    }

    #[test]
    fn without_a_role_only_the_account() {
        let nobody = actor(Vec::new());
        for action in Action::ALL {
            let allowed = allow(&nobody, action, &Resource::Person(nobody.person)).is_ok();
            assert_eq!(allowed, action == Action::UseAccount, "{action:?}");
        }
    }

    #[test]
    fn a_grader_who_is_staff_of_the_district_is_excluded() {
        let both = actor(vec![grant(Role::Judge, None), grant(Role::Staff, Some("pasco"))]);
        let task = |district: &str| Resource::Task { subject: PersonId(Uuid::from_u128(9)), district: district.into() };
        assert_eq!(allow(&both, Action::Grade, &task("pasco")), Err(Refusal::OutOfScope));
        assert_eq!(allow(&both, Action::Grade, &task("junin")), Ok(()));
    }
}
