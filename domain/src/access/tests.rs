use super::*;
use crate::ids::{CohortId, EnrolmentId, PersonId, SessionId};
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
