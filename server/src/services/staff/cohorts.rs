//! Making cohorts and enrolling people in them.

use crate::clock::{LIMA, local_date};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{cohort, enrolment, role_grant};
use crate::persistence::query;
use crate::services::Services;
use crate::services::audit::{self, Event};
use chrono::NaiveDate;
use domain::access::Role;
use domain::ids::{CohortId, DistrictId, EnrolmentId, PersonId};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
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
    pub async fn add_cohort(&self, new: NewCohort) -> Outcome<CohortId> {
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
                    audit::append(t, now, None, Event::new("cohort.add", format!("cohort/{id}"), json!({}))).await
                })
            })
            .await?;
        Ok(id)
    }

    /// Enrols a person in a cohort's programme and gives her the trainee's role.
    ///
    /// # Errors
    /// `Conflict` when she is enrolled in that programme already; `NotFound`; `Database`.
    pub async fn enrol(&self, person: PersonId, cohort_id: CohortId) -> Outcome<EnrolmentId> {
        let now = self.now();
        let row = cohort::Entity::find_by_id(cohort_id.0).one(self.database.read()).await?.ok_or(Failure::NotFound)?;
        let id = EnrolmentId(keys::ordered_id(now));
        let enrolment = enrolment::Model {
            id: id.0,
            person_id: person.0,
            programme_id: row.programme_id,
            programme_revision: row.programme_revision,
            cycle: 1,
            cohort_id: cohort_id.0,
            state: "in-training".to_owned(),
            enrolled_on: local_date(now, LIMA).to_string(),
            created_at: now.0,
        };
        let enrolled = self
            .database
            .write(move |t| {
                Box::pin(async move {
                    query::insert(t, enrolment).await?;
                    let has = role_grant::Entity::find()
                        .filter(role_grant::Column::PersonId.eq(person.0))
                        .filter(role_grant::Column::Role.eq("trainee"));
                    if has.one(t).await?.is_none() {
                        let role = Role::Trainee.code().to_owned();
                        let grant = role_grant::Model {
                            id: keys::random_id(),
                            person_id: person.0,
                            role,
                            district_id: None,
                            from_at: now.0,
                            to_at: None,
                            granted_by: None,
                        };
                        query::insert(t, grant).await?;
                    }
                    audit::append(t, now, None, Event::new("enrolment.add", format!("enrolment/{id}"), json!({}))).await
                })
            })
            .await;
        match enrolled {
            Ok(()) => Ok(id),
            Err(failure) if failure.is_duplicate() => Err(Failure::Conflict),
            Err(failure) => Err(failure),
        }
    }
}
