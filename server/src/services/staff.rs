//! The staff desk: cohorts, trainees, attestations, releases.

pub mod cohorts;
pub mod log;
pub mod releases;
pub mod totals;

use super::Acting;
use super::certification::eligibility::facts;
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{cohort, requirement_fact};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use crate::services::hours::posting::{lock, name};
use crate::services::people::{full_name, kind_label};
use crate::services::record::Record;
use app::features::people::{AddPerson, BoardCell, BoardRow, CohortBoard, CohortRow, FactRow, StaffHome, TraineeDesk};
use app::texts::Texts;
use chrono::NaiveDate;
use domain::access::{Action, Resource, Role, Scope};
use domain::certification::{Requirement, RequirementState, RequirementSubject, eligibility, is_eligible};
use domain::curriculum::RequirementKind;
use domain::hours::total::Progress;
use domain::identity::fold::fold;
use domain::ids::{CohortId, DistrictId, EnrolmentId, PersonId};
use domain::time::Seconds;
use sea_orm::sea_query::Value;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use std::collections::BTreeMap;

/// An attestation.
#[derive(Debug, Clone)]
pub struct Attest {
    /// Of what.
    pub kind: RequirementKind,
    /// Met or not.
    pub met: bool,
    /// Where it comes from.
    pub source: String,
    /// On which day.
    pub on: NaiveDate,
}

/// A trainee with everything that her row says.
struct Seen {
    enrolment: Enrolment,
    record: Record,
    progress: Progress,
    requirements: Vec<Requirement>,
}

impl Seen {
    fn is_ready(&self) -> bool {
        self.record.certificate.is_none() && is_eligible(&self.requirements)
    }

    fn missing(&self) -> Vec<RequirementKind> {
        let missing = self.requirements.iter().filter(|r| matches!(r.state, RequirementState::Missing { .. }));
        missing.filter_map(|r| if let RequirementSubject::Asked(kind) = r.kind { Some(kind) } else { None }).collect()
    }
}

impl Acting<'_> {
    fn scope(&self) -> Scope {
        self.signed.actor.scope(Role::Staff)
    }

    /// A condition: the district is in the reader's scope, and the person is not the reader. Its values are `$1`, `$2` …
    pub(super) fn in_scope(&self, district: &str, person: &str) -> (String, Vec<Value>) {
        let mut values: Vec<Value> = vec![self.signed.actor.person.0.into()];
        let here = match self.scope() {
            Scope::Nowhere => "1 = 0".to_owned(),
            Scope::Everywhere => "1 = 1".to_owned(),
            Scope::Districts(districts) => {
                let mut places = Vec::new();
                for district in districts {
                    values.push(district.0.into());
                    places.push(format!("${}", values.len()));
                }
                format!("{district} IN ({})", places.join(", "))
            }
        };
        (format!("{here} AND {person} <> $1"), values)
    }

    pub(super) async fn cohorts_in_scope(&self) -> Outcome<Vec<cohort::Model>> {
        let all = cohort::Entity::find()
            .order_by_desc(cohort::Column::StartsOn)
            .order_by_asc(cohort::Column::Title)
            .all(self.services.database.read())
            .await?;
        let scope = self.scope();
        Ok(all.into_iter().filter(|c| scope.holds(&c.district_id.as_str().into())).collect())
    }

    async fn trainees(&self, id: CohortId) -> Outcome<Vec<Seen>> {
        let mut seen = Vec::new();
        for (enrolment, record) in self.services.studies_of(id).await? {
            let progress = record.progress(&enrolment.programme);
            let requirements = eligibility(&enrolment.programme, &facts(&enrolment, &record, &progress));
            seen.push(Seen { enrolment, record, progress, requirements });
        }
        Ok(seen)
    }

    async fn cohort_row(&self, row: &cohort::Model, seen: &[Seen], t: Texts) -> Outcome<CohortRow> {
        let districts = self.services.districts().await?;
        let programme = self.services.catalogue.programme(&row.programme_revision)?;
        let count = |f: &dyn Fn(&Seen) -> bool| u32::try_from(seen.iter().filter(|s| f(s)).count()).unwrap_or(u32::MAX);
        let date = |text: &str| text.parse().map_err(|_| Failure::Inconsistent { table: "cohort", column: "date" });
        Ok(CohortRow {
            id: CohortId(row.id),
            title: row.title.clone(),
            district: districts.iter().find(|(id, _)| *id == row.district_id).map(|(_, n)| n.clone()).unwrap_or_default(),
            programme: programme.title.get(t.language()).to_owned(),
            dates: (date(&row.starts_on)?, date(&row.ends_on)?),
            trainees: count(&|s| s.record.certificate.is_none()),
            ready: count(&Seen::is_ready),
            certified: count(&|s| s.record.certificate.is_some()),
        })
    }

    /// Home of staff.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn staff_home(&self, t: Texts) -> Outcome<StaffHome> {
        self.may(Action::SeeDesk, &Resource::List)?;
        let mut home = StaffHome::default();
        for row in self.cohorts_in_scope().await? {
            let seen = self.trainees(CohortId(row.id)).await?;
            let shown = self.cohort_row(&row, &seen, t).await?;
            home.ready += shown.ready;
            home.to_verify += u32::try_from(seen.iter().filter(|s| s.record.attested.is_empty()).count()).unwrap_or_default();
            home.cohorts.push(shown);
        }
        home.doubtful = self.hours_waiting(t).await?;
        home.disputes = self.waiting_disputes().await?;
        home.to_release = u32::try_from(self.releasable().await?.len()).unwrap_or_default();
        Ok(home)
    }

    /// The board of one cohort, those who are stuck first.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn cohort_board(&self, id: CohortId, search: &str, t: Texts) -> Outcome<CohortBoard> {
        let row = cohort::Entity::find_by_id(id.0).one(self.services.database.read()).await?.ok_or(Failure::NotFound)?;
        self.may(Action::SeeDesk, &Resource::Cohort { cohort: id, district: DistrictId(row.district_id.clone()) })?;
        let seen = self.trainees(id).await?;
        let cohort = self.cohort_row(&row, &seen, t).await?;
        let count = i64::try_from(seen.len()).unwrap_or(1).max(1);
        let average = Seconds(seen.iter().map(|s| s.progress.confirmed.0).sum::<i64>() / count);
        let wanted = fold(search);
        let fits = |s: &&Seen| fold(&s.enrolment.name).contains(&wanted) || s.enrolment.document.1.contains(search.trim());
        let mut rows: Vec<BoardRow> = seen.iter().filter(fits).map(|s| self.board_row(s)).collect();
        rows.sort_by_key(|r| {
            (r.certificate.is_some(), r.missing.is_empty(), std::cmp::Reverse(r.idle_days.unwrap_or(u32::MAX)), r.name.clone())
        });
        let programme = self.services.catalogue.programme(&row.programme_revision)?;
        Ok(CohortBoard {
            cohort,
            modules: programme.modules.iter().map(|m| m.id.0.to_uppercase()).collect(),
            rows,
            average,
            issued: Vec::new(),
            query: search.to_owned(),
        })
    }

    fn board_row(&self, seen: &Seen) -> BoardRow {
        let cells = seen.enrolment.programme.modules.iter().zip(&seen.progress.modules).map(|(module, done)| {
            let grade =
                super::study::pages::best_grade(&seen.record, module).filter(|_| module.evaluation.as_ref().is_some_and(|e| e.graded));
            match grade {
                Some((grade, true)) => BoardCell::Passed(grade),
                Some((grade, false)) => BoardCell::Failed(grade),
                None if done.confirmed >= done.design && module.evaluation.as_ref().is_none_or(|e| !e.graded) => BoardCell::Done,
                None if done.confirmed > Seconds::ZERO => {
                    BoardCell::Part(u8::try_from(done.confirmed.0 * 100 / done.design.0.max(1)).unwrap_or(100))
                }
                None => BoardCell::Empty,
            }
        });
        let idle = seen.record.last_study.map(|at| self.services.now().since(at).0 / 86_400);
        BoardRow {
            enrolment: seen.enrolment.id,
            name: seen.enrolment.name.clone(),
            modules: cells.collect(),
            confirmed: seen.progress.confirmed,
            missing: seen.missing(),
            certificate: seen.record.certificate.as_ref().map(|c| c.0.clone()),
            idle_days: idle.and_then(|d| u32::try_from(d).ok()),
        }
    }

    /// One trainee. Reading a sensitive record is an event too.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn trainee_desk(&self, id: EnrolmentId, t: Texts, why: impl Fn(&Failure) -> String) -> Outcome<TraineeDesk> {
        let read = self.services.database.read();
        let enrolment = self.services.enrolment(read, id).await?;
        self.may(Action::SeeTrainee, &enrolment.resource())?;
        let (record, facts) = self.services.gate(read, &enrolment).await?;
        let progress = record.progress(&enrolment.programme);
        let may_issue = self.may_issue(read, &enrolment).await.map_err(|failure| why(&failure));
        let verifiers = self.names(record.attested.iter().map(|a| a.verifier).collect()).await?;
        self.note(Event::new("trainee.read", format!("enrolment/{id}"), json!({}))).await?;
        Ok(TraineeDesk {
            enrolment: id,
            person: enrolment.person,
            name: enrolment.name.clone(),
            document: format!("{} {}", kind_label(&enrolment.document.0), enrolment.document.1),
            birth: enrolment.birth,
            phone: enrolment.phone.clone(),
            cohort: (enrolment.cohort, enrolment.cohort_title.clone()),
            programme: enrolment.programme.title.get(t.language()).to_owned(),
            requirements: eligibility(&enrolment.programme, &facts),
            facts: record.attested.iter().rev().filter_map(|a| fact_row(a, &verifiers)).collect(),
            hours: (progress.confirmed, progress.provisional, progress.required, Seconds(record.attributed / 1000)),
            certificate: record.certificate.as_ref().map(|(number, _, _)| (number.clone(), format!("/staff/certificates/{number}"))),
            may_issue,
            fresh_code: None,
            fresh_card: None,
        })
    }

    /// Full names of people.
    pub(crate) async fn names(&self, ids: Vec<PersonId>) -> Outcome<BTreeMap<PersonId, String>> {
        use crate::persistence::entities::person;
        let rows =
            person::Entity::find().filter(person::Column::Id.is_in(ids.iter().map(|p| p.0))).all(self.services.database.read()).await?;
        Ok(rows
            .into_iter()
            .map(|p| (PersonId(p.id), full_name(&p.given_names, p.paternal_surname.as_deref(), p.maternal_surname.as_deref())))
            .collect())
    }

    /// Attests a requirement: met or not, from which source, on which day. The document itself is never stored.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn attest(&self, id: EnrolmentId, attest: Attest) -> Outcome<()> {
        let enrolment = self.services.enrolment(self.services.database.read(), id).await?;
        self.may(Action::AttestRequirement, &enrolment.resource())?;
        let (actor, now) = (self.signed.actor.clone(), self.services.now());
        let days = chrono::Days::new(u64::from(enrolment.programme.record_validity_days));
        let expires = (attest.kind == RequirementKind::Record && attest.met).then(|| attest.on + days);
        let kind = name(attest.kind)?;
        let row = requirement_fact::Model {
            id: keys::ordered_id(now),
            enrolment_id: id.0,
            kind: kind.clone(),
            met: attest.met,
            source: attest.source,
            verifier_id: actor.person.0,
            verified_on: attest.on.to_string(),
            expires_on: expires.map(|d| d.to_string()),
            recorded_at: now.0,
        };
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    lock(t, id).await?;
                    query::insert(t, row).await?;
                    let detail = json!({ "kind": kind, "met": attest.met });
                    audit::append(t, now, Some(&actor), Event::new("requirement.attest", format!("enrolment/{id}"), detail)).await
                })
            })
            .await
    }

    /// A one-time code for a trainee, or a card: shown once.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn credential_subject(&self, id: EnrolmentId) -> Outcome<PersonId> {
        let enrolment = self.services.enrolment(self.services.database.read(), id).await?;
        self.may(Action::GiveCredential, &enrolment.resource())?;
        let (actor, now) = (self.signed.actor.clone(), self.services.now());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    audit::append(t, now, Some(&actor), Event::new("credential.give", format!("enrolment/{id}"), json!({}))).await
                })
            })
            .await?;
        Ok(enrolment.person)
    }

    /// What the form for adding a person offers.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn add_person_form(&self) -> Outcome<AddPerson> {
        self.may(Action::AddPerson, &Resource::List)?;
        let scope = self.scope();
        let districts = self.services.districts().await?;
        let cohorts = self.cohorts_in_scope().await?;
        Ok(AddPerson {
            districts: districts.into_iter().filter(|(id, _)| scope.holds(&id.as_str().into())).collect(),
            cohorts: cohorts.into_iter().map(|c| (c.id.to_string(), c.title)).collect(),
            roles: vec![Role::Trainee],
        })
    }

    /// Checks that a cohort lies in scope before somebody is enrolled in it.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn may_enrol(&self, id: CohortId) -> Outcome<()> {
        let row = cohort::Entity::find_by_id(id.0).one(self.services.database.read()).await?.ok_or(Failure::NotFound)?;
        Ok(self.may(Action::AddPerson, &Resource::Cohort { cohort: id, district: DistrictId(row.district_id) })?)
    }
}

fn fact_row(attested: &crate::services::record::Attested, verifiers: &BTreeMap<PersonId, String>) -> Option<FactRow> {
    Some(FactRow {
        kind: super::hours::posting::named(&attested.kind, "requirement_fact", "kind").ok()?,
        met: attested.met,
        source: attested.source.clone(),
        verifier: verifiers.get(&attested.verifier).cloned().unwrap_or_default(),
        on: attested.on,
        expires: attested.expires,
    })
}
