//! What other rules would give: the same evidence under two versions of a programme, place by place. Changes nothing.

use crate::failure::Outcome;
use crate::persistence::query;
use crate::services::Services;
use domain::curriculum::Programme;
use domain::hours::Place;
use domain::hours::attribution::attribute;
use domain::hours::credit::Credit;
use domain::hours::reckoning::{capacities, credits, passed};
use domain::ids::{EnrolmentId, PersonId};
use sea_orm::FromQueryResult;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// A place whose credit would be another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// Where.
    pub place: Place,
    /// Under the rules that she is held to; nothing where these do not know the place.
    pub now: Option<Credit>,
    /// Under the other ones, likewise.
    pub then: Option<Credit>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
}

impl Services {
    /// Recomputes attribution and credit of every enrolment in `other`'s programme under `other`. What of a claim is believed
    /// was decided when it came and stays.
    ///
    /// # Errors
    /// `Database`; `Inconsistent`.
    pub async fn difference(&self, other: &Arc<Programme>) -> Outcome<Vec<Difference>> {
        let read = self.database.read();
        let sql = "SELECT id, person_id FROM enrolment WHERE programme_id = $1 ORDER BY created_at, id";
        let rows: Vec<Row> = query::all(read, sql, vec![other.id.0.clone().into()]).await?;
        let mut found = Vec::new();
        for row in rows {
            let enrolment = EnrolmentId(row.id);
            let reckoning = self.reckon(read, PersonId(row.person_id)).await?;
            let passed = passed(&reckoning.basis.links, enrolment);
            let Some(held) = reckoning.programmes.get(&enrolment).cloned() else { continue };
            let mut programmes = reckoning.programmes.clone();
            programmes.insert(enrolment, other.clone());
            let then = attribute(&reckoning.basis.evidence(&programmes)?, &capacities(&programmes));
            let now = credits(&reckoning.attribution, enrolment, &held, &passed);
            let then = credits(&then, enrolment, other, &passed);
            found.extend(differing(enrolment, &now, &then));
        }
        Ok(found)
    }
}

fn differing(enrolment: EnrolmentId, now: &BTreeMap<Place, Credit>, then: &BTreeMap<Place, Credit>) -> Vec<Difference> {
    let mut places: Vec<&Place> = now.keys().chain(then.keys()).collect();
    places.sort();
    places.dedup();
    let compared = places.into_iter().map(|place| Difference {
        enrolment,
        place: place.clone(),
        now: now.get(place).copied(),
        then: then.get(place).copied(),
    });
    compared.filter(|d| d.now.unwrap_or_default() != d.then.unwrap_or_default()).collect()
}
