//! Properties of the gate and of certificate numbers.

use chrono::{Days, NaiveDate};
use domain::assessment::{CriticalFailure, Grade};
use domain::certification::{
    AdultGap, Attestation, AttestationGap, CertificateNumber, EvaluationFact, EvaluationGap, Facts, Gap, ModuleGap, Outcome, Requirement,
    RequirementState, RequirementSubject, Waiver, eligibility, is_eligible,
};
use domain::curriculum::{
    Evaluation, EvaluationRules, FeedbackPolicy, HourUnit, HoursRules, Lesson, LessonMode, Localised, MakeUp, Module, Programme,
    ProgrammeStatus, RequirementKind,
};
use domain::ids::{AttemptId, PersonId};
use domain::time::Seconds;
use proptest::prelude::*;
use uuid::Uuid;

const KINDS: [RequirementKind; 8] = [
    RequirementKind::Identity,
    RequirementKind::Adult,
    RequirementKind::Record,
    RequirementKind::Backing,
    RequirementKind::Minutes,
    RequirementKind::Modules,
    RequirementKind::Sessions,
    RequirementKind::Evaluations,
];
const ATTESTED: [RequirementKind; 3] = [RequirementKind::Identity, RequirementKind::Record, RequirementKind::Backing];

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn rules() -> HoursRules {
    HoursRules {
        version: 1,
        full_credit_at: 80,
        session_full_credit_at: 90,
        heartbeat: Seconds(30),
        idle_after: Seconds(180),
        clock_tolerance: Seconds(600),
        claim_delay: Seconds(1_209_600),
        self_paced_per_day: Seconds(28_800),
        without_pause: Seconds(10_800),
        pause: Seconds(300),
        token_life: Seconds(43_200),
        post_after: Seconds(300),
        checkpoint_opens_at: 50,
        checkpoint_wait: Seconds(60),
        checkpoint_tries: 5,
        max_adjusted: 5,
        adjustment_alone: Seconds(900),
    }
}

/// Module `n` has one lesson in her own time, one in person, and an evaluation; the one of module 0 is not graded.
fn module(n: usize) -> Module {
    let lesson = |name: &str, mode| Lesson {
        id: format!("m{n}-{name}").as_str().into(),
        title: Localised::es("Lección"),
        minutes: 30,
        mode,
        objectives: Vec::new(),
        content_notice: false,
        parts: Vec::new(),
        counts: Vec::new(),
        revision: "r".into(),
    };
    Module {
        id: format!("m{n}").as_str().into(),
        title: Localised::es("Módulo"),
        minimum_minutes: 60,
        objectives: Vec::new(),
        lessons: vec![lesson("self", LessonMode::SelfPaced), lesson("here", LessonMode::InPerson)],
        evaluation: Some(Evaluation {
            id: format!("m{n}-e").as_str().into(),
            title: Localised::es("Evaluación"),
            limit: Seconds(2700),
            graded: n > 0,
            offered_when: 100,
            offered_after: domain::curriculum::OfferedAfter::Module,
            draw: Vec::new(),
            cases: Vec::new(),
            attempts: 2,
            wait: Seconds(0),
            pass: 1300,
            grace: Seconds(60),
            feedback: FeedbackPolicy::Never,
        }),
    }
}

fn programme(modules: usize) -> Programme {
    Programme {
        id: "orientadoras".into(),
        title: Localised::es("Programa"),
        edition: "2026-II".to_owned(),
        status: ProgrammeStatus::Open,
        time_zone: "America/Lima".to_owned(),
        required_minutes: 60 * modules as i64,
        hour: HourUnit { minutes: 60, wording: Localised::es("horas cronológicas") },
        issuer: Localised::es("Corte"),
        signatories: Vec::new(),
        rules: rules(),
        evaluations: EvaluationRules { attempts: 2, wait: Seconds(0), pass: 1300, grace: Seconds(60), feedback: FeedbackPolicy::Never },
        requirements: KINDS.to_vec(),
        waivable: vec![RequirementKind::Backing],
        make_up: MakeUp::every(),
        record_validity_days: 90,
        public_fields: Vec::new(),
        modules: (0..modules).map(module).collect(),
        services: Vec::new(),
    }
}

fn attestation(outcome: Outcome) -> Attestation {
    Attestation { outcome, on: date(2026, 8, 1), expires: None, source: "Corte".to_owned(), verifier: person(1) }
}

fn released(passed: bool, critical: Vec<CriticalFailure>) -> EvaluationFact {
    let grade = Grade::from_hundredths(1500).unwrap_or(Grade::MIN);
    EvaluationFact::Released { attempt: AttemptId(Uuid::from_u128(9)), grade, passed, critical }
}

/// Someone who did everything the programme asks.
fn complete(programme: &Programme) -> Facts {
    let modules = || programme.modules.iter();
    Facts {
        today: date(2026, 9, 1),
        birth_date: Some(date(1990, 3, 5)),
        enrolled_on: date(2026, 5, 1),
        attestations: ATTESTED.map(|kind| (kind, attestation(Outcome::Met))).into(),
        waivers: [].into(),
        confirmed: Seconds::from_minutes(programme.required_minutes),
        module_confirmed: modules().map(|m| (m.id.clone(), Seconds::from_minutes(m.minimum_minutes))).collect(),
        sessions_credited: modules().map(|m| m.lessons[1].id.clone()).collect(),
        evaluations: modules()
            .filter_map(|m| m.evaluation.as_ref())
            .filter(|e| e.graded)
            .map(|e| (e.id.clone(), released(true, Vec::new())))
            .collect(),
    }
}

/// What is lacking.
fn gaps(requirements: &[Requirement]) -> Vec<Gap> {
    let gap = |requirement: &Requirement| match &requirement.state {
        RequirementState::Missing { gap } => Some(gap.clone()),
        RequirementState::Met { .. } | RequirementState::Waived { .. } => None,
    };
    requirements.iter().filter_map(gap).collect()
}

fn lacks(change: impl FnOnce(&mut Facts)) -> Vec<Gap> {
    let programme = programme(3);
    let mut facts = complete(&programme);
    change(&mut facts);
    let requirements = eligibility(&programme, &facts);
    let gaps = gaps(&requirements);
    assert_eq!(is_eligible(&requirements), gaps.is_empty());
    gaps
}

proptest! {
    #[test]
    fn never_eligible_with_any_one_fact_removed(modules in 2_usize..6, which in 0_usize..9, at in any::<prop::sample::Index>()) {
        let mut programme = programme(modules);
        let mut facts = complete(&programme);
        prop_assert!(is_eligible(&eligibility(&programme, &facts)));
        match which {
            0 => { facts.attestations.remove(&ATTESTED[at.index(3)]); }
            1 => facts.birth_date = None,
            2 => facts.confirmed = facts.confirmed - Seconds(1),
            3 => { facts.module_confirmed.remove(&programme.modules[at.index(modules)].id); }
            4 => { facts.sessions_credited.remove(&programme.modules[at.index(modules)].lessons[1].id); }
            5 => {
                let evaluation = programme.modules[1 + at.index(modules - 1)].evaluation.as_ref().unwrap();
                facts.evaluations.remove(&evaluation.id);
            }
            6 => programme.status = ProgrammeStatus::InPreparation,
            7 => facts.today = facts.today + Days::new(200),
            _ => {
                let (_, seconds) = facts.module_confirmed.iter_mut().nth(at.index(modules)).unwrap();
                *seconds = *seconds - Seconds(1);
            }
        }
        let requirements = eligibility(&programme, &facts);
        prop_assert!(!is_eligible(&requirements));
        prop_assert_eq!(gaps(&requirements).len(), 1);
    }

    #[test]
    fn more_study_never_loses_eligibility(extra in 0_i64..100_000, modules in 1_usize..6) {
        let programme = programme(modules);
        let mut facts = complete(&programme);
        facts.confirmed += Seconds(extra);
        for seconds in facts.module_confirmed.values_mut() {
            *seconds += Seconds(extra);
        }
        prop_assert!(is_eligible(&eligibility(&programme, &facts)));
    }

    #[test]
    fn a_requirement_is_waived_only_where_the_programme_says_so(kind in 0_usize..8) {
        let programme = programme(2);
        let mut facts = complete(&programme);
        facts.birth_date = None;
        facts.attestations.clear();
        facts.confirmed = Seconds::ZERO;
        facts.module_confirmed.clear();
        facts.sessions_credited.clear();
        facts.evaluations.clear();
        facts.waivers.insert(KINDS[kind], waiver());
        let requirements = eligibility(&programme, &facts);
        let waived = |r: &&Requirement| matches!(r.state, RequirementState::Waived { .. });
        let waived: Vec<_> = requirements.iter().filter(waived).map(|r| r.kind).collect();
        let expected = if KINDS[kind] == RequirementKind::Backing { vec![RequirementSubject::Asked(KINDS[kind])] } else { vec![] };
        prop_assert_eq!(waived, expected);
    }

    #[test]
    fn a_number_is_read_back_and_every_single_error_is_found(year in 2000_u16..=9999, serial in 1_u32..=999_999) {
        let number = CertificateNumber::new(year, serial).unwrap();
        let text = number.to_string();
        prop_assert_eq!(text.parse(), Ok(number));
        let plain: Vec<char> = text.chars().filter(|c| *c != '-').collect();
        for at in 0..plain.len() {
            for other in ('0'..='9').chain('A'..='Z').filter(|c| *c != plain[at]) {
                let mut typed = plain.clone();
                typed[at] = other;
                let typed: String = typed.into_iter().collect();
                prop_assert!(typed.parse::<CertificateNumber>().is_err(), "{} read as valid", typed);
            }
        }
    }

    #[test]
    fn a_lost_or_doubled_character_is_found(serial in 1_u32..=999_999, at in 0_usize..14) {
        let plain: Vec<char> = CertificateNumber::new(2026, serial).unwrap().to_string().replace('-', "").chars().collect();
        let mut lost = plain.clone();
        lost.remove(at);
        let mut doubled = plain.clone();
        doubled.insert(at, plain[at]);
        for typed in [lost, doubled] {
            prop_assert!(typed.into_iter().collect::<String>().parse::<CertificateNumber>().is_err());
        }
    }
}

fn waiver() -> Waiver {
    Waiver { by: person(1), approved_by: person(2), reason: "Sin organización en su anexo".to_owned(), on: date(2026, 8, 1) }
}

#[test]
fn each_gap_says_what_is_missing() {
    assert_eq!(lacks(|_| {}), []);
    assert_eq!(lacks(|f| f.confirmed = Seconds(100)), [Gap::Minutes { missing: Seconds(10_700) }]);
    assert_eq!(
        lacks(|f| {
            f.module_confirmed.insert("m1".into(), Seconds(3000));
        }),
        [Gap::Modules(vec![ModuleGap { module: "m1".into(), missing: Seconds(600) }])]
    );
    assert_eq!(lacks(|f| f.sessions_credited.clear()), [Gap::Sessions(vec!["m0-here".into(), "m1-here".into(), "m2-here".into()])]);
    let critical = vec![CriticalFailure::Question { question: "q".into() }];
    let failed =
        |critical: &[CriticalFailure]| EvaluationGap::Failed { grade: Grade::from_hundredths(1500).unwrap(), critical: critical.to_vec() };
    let table = [
        (None, EvaluationGap::NotTaken),
        (Some(EvaluationFact::AwaitingGrade), EvaluationGap::AwaitingGrade),
        (Some(EvaluationFact::NotReleased), EvaluationGap::NotReleased),
        (Some(EvaluationFact::UnderReview), EvaluationGap::UnderReview),
        (Some(released(false, vec![])), failed(&[])),
        (Some(released(true, critical.clone())), failed(&critical)),
    ];
    for (fact, gap) in table {
        let change = |f: &mut Facts| {
            f.evaluations.remove(&"m1-e".into());
            f.evaluations.extend(fact.map(|fact| ("m1-e".into(), fact)));
        };
        assert_eq!(lacks(change), [Gap::Evaluations(vec![("m1-e".into(), gap)])]);
    }
}

#[test]
fn attestations_hold_through_their_last_day() {
    let record = |change: fn(&mut Attestation)| lacks(|f| change(f.attestations.get_mut(&RequirementKind::Record).unwrap()));
    assert_eq!(record(|a| a.outcome = Outcome::NotMet), [Gap::Record(AttestationGap::NotMet)]);
    assert_eq!(record(|a| a.on = date(2026, 6, 3)), [], "90 days later is today");
    assert_eq!(record(|a| a.on = date(2026, 6, 2)), [Gap::Record(AttestationGap::Expired { on: date(2026, 8, 31) })]);
    assert_eq!(
        record(|a| a.expires = Some(date(2026, 8, 20))),
        [Gap::Record(AttestationGap::Expired { on: date(2026, 8, 20) })],
        "the earlier of both terms"
    );
    assert_eq!(record(|a| a.expires = Some(date(2027, 8, 20))), []);
    assert_eq!(record(|a| a.on = date(2026, 9, 2)), [Gap::Record(AttestationGap::None)], "dated in the future");
    let old = lacks(|f| f.attestations.get_mut(&RequirementKind::Identity).unwrap().on = date(2020, 1, 1));
    assert_eq!(old, [], "an identity stays verified");
}

#[test]
fn adult_on_the_day_of_enrolment() {
    let born = |year, month, day| lacks(|f| f.birth_date = Some(date(year, month, day)));
    assert_eq!(born(2008, 5, 1), [], "eighteen that very day");
    assert_eq!(born(2008, 5, 2), [Gap::Adult(AdultGap::UnderAge { adult_on: date(2026, 5, 2) })]);
    assert_eq!(lacks(|f| f.birth_date = None), [Gap::Adult(AdultGap::NoBirthDate)]);
    let leap = |enrolled| lacks(|f| (f.birth_date, f.enrolled_on) = (Some(date(2008, 2, 29)), enrolled));
    assert_eq!(leap(date(2026, 3, 1)), []);
    assert_eq!(leap(date(2026, 2, 28)), [Gap::Adult(AdultGap::UnderAge { adult_on: date(2026, 3, 1) })]);
}

#[test]
fn a_waiver_needs_two_people_and_a_reason() {
    let with = |waiver: Waiver| {
        lacks(|f| {
            f.attestations.remove(&RequirementKind::Backing);
            f.waivers.insert(RequirementKind::Backing, waiver);
        })
    };
    assert_eq!(with(waiver()), []);
    let missing = [Gap::Backing(AttestationGap::None)];
    assert_eq!(with(Waiver { approved_by: person(1), ..waiver() }), missing);
    assert_eq!(with(Waiver { reason: " ".to_owned(), ..waiver() }), missing);
    assert_eq!(with(Waiver { on: date(2026, 9, 2), ..waiver() }), missing);
}

#[test]
fn an_empty_list_is_no_certificate() {
    assert!(!is_eligible(&[]));
}
