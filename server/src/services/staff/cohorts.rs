//! Making cohorts and enrolling people in them.

use crate::clock::{LIMA, local_date};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{cohort, enrolment, role_grant};
use crate::persistence::query;
use crate::services::Services;
use crate::services::audit::{self, Event};
use chrono::NaiveDate;
use domain::access::{Actor, Role};
use domain::ids::{CohortId, DistrictId, EnrolmentId, PersonId};
use domain::time::Instant;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use serde_json::json;

/// A cohort to be made.
#[derive(Debug, Clone)]
pub struct NewCohort {
    /// Revision of the programme.
    pub revision: String,
    /// Title.
    pub title: String,
    /// Judicial district.
    pub district: DistrictId,
    /// Place.
    pub place: String,
    /// First and last day.
    pub dates: (NaiveDate, NaiveDate),
    /// Its judges.
    pub judges: Vec<PersonId>,
}

impl Services {
    /// Makes a cohort; on the command line and in the demo (the desk's page comes with the staff issue).
    ///
    /// # Errors
    /// `NotFound` for an unknown revision; `Database`.
    pub async fn add_cohort(&self, new: NewCohort, by: Option<Actor>) -> Outcome<CohortId> {
        let now = self.now();
        let programme = self.catalogue.programme(&new.revision)?;
        let id = CohortId(keys::ordered_id(now));
        let row = cohort::Model {
            id: id.0,
            programme_id: programme.id.0.clone(),
            programme_revision: new.revision,
            title: new.title,
            district_id: new.district.0,
            place: new.place,
            starts_on: new.dates.0.to_string(),
            ends_on: new.dates.1.to_string(),
            quota: None,
            created_at: now.0,
        };
        self.database
            .write(move |t| {
                Box::pin(async move {
                    query::insert(t, row).await?;
                    for judge in new.judges {
                        let sql = "INSERT INTO cohort_judge (cohort_id, person_id) VALUES ($1, $2)";
                        query::execute(t, sql, vec![id.0.into(), judge.0.into()]).await?;
                    }
                    audit::append(t, now, by.as_ref(), Event::new("cohort.add", format!("cohort/{id}"), json!({}))).await
                })
            })
            .await?;
        Ok(id)
    }

    /// Enrols a person in a cohort's programme and gives her the trainee's role.
    ///
    /// # Errors
    /// `Conflict` when she is enrolled in that programme already; `NotFound`; `Database`.
    pub async fn enrol(&self, person: PersonId, cohort: CohortId, by: Option<Actor>) -> Outcome<EnrolmentId> {
        let now = self.now();
        let row = self.new_enrolment(person, cohort).await?;
        let id = EnrolmentId(row.id);
        match self.database.write(move |t| Box::pin(async move { enrol(t, row, by.as_ref(), now).await })).await {
            Ok(()) => Ok(id),
            Err(failure) if failure.is_duplicate() => Err(Failure::Conflict),
            Err(failure) => Err(failure),
        }
    }

    /// The row of an enrolment that begins today.
    ///
    /// # Errors
    /// `NotFound` for an unknown cohort; `Database`.
    pub async fn new_enrolment(&self, person: PersonId, cohort: CohortId) -> Outcome<enrolment::Model> {
        let now = self.now();
        let row = cohort::Entity::find_by_id(cohort.0).one(self.database.read()).await?.ok_or(Failure::NotFound)?;
        Ok(enrolment::Model {
            id: keys::ordered_id(now),
            person_id: person.0,
            programme_id: row.programme_id,
            programme_revision: row.programme_revision,
            cycle: 1,
            cohort_id: cohort.0,
            state: "in-training".to_owned(),
            enrolled_on: local_date(now, LIMA).to_string(),
            created_at: now.0,
        })
    }
}

/// Stores an enrolment, and the trainee's role where she does not have it.
///
/// # Errors
/// `Database`.
pub async fn enrol(t: &DatabaseTransaction, row: enrolment::Model, by: Option<&Actor>, now: Instant) -> Outcome<()> {
    let (id, person) = (EnrolmentId(row.id), row.person_id);
    query::insert(t, row).await?;
    let has = role_grant::Entity::find()
        .filter(role_grant::Column::PersonId.eq(person))
        .filter(role_grant::Column::Role.eq(Role::Trainee.code()));
    if has.one(t).await?.is_none() {
        let grant = role_grant::Model {
            id: keys::random_id(),
            person_id: person,
            role: Role::Trainee.code().to_owned(),
            district_id: None,
            from_at: now.0,
            to_at: None,
            granted_by: by.map(|a| a.person.0),
        };
        query::insert(t, grant).await?;
    }
    audit::append(t, now, by, Event::new("enrolment.add", format!("enrolment/{id}"), json!({}))).await
}
