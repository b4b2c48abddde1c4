//! What saving an answer needs to know of its attempt: read for all that ask at the same time in one statement.

use crate::failure::{Failure, Outcome};
use crate::persistence::database::Database;
use crate::persistence::many::{Words, gathered, id_at, number_at, rows_of, words};
use domain::access::Resource;
use domain::assessment::PaperItem;
use domain::ids::{AttemptId, CohortId, DistrictId, EnrolmentId, PersonId};
use sea_orm::{DatabaseBackend, DbErr};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// An attempt and the position of an item in its paper, from 0.
pub type Asked = (AttemptId, i64);

/// An attempt, as an answer needs it, in the order of [`sql`].
#[derive(Debug, Deserialize)]
pub struct Open {
    /// Its place among those asked for.
    n: usize,
    enrolment: Uuid,
    person: Uuid,
    cohort: Uuid,
    district: String,
    /// What she is held to.
    pub programme_revision: String,
    /// Until when answers are in time, in milliseconds.
    pub deadline: i64,
    /// How many seconds longer they are taken.
    pub grace: i64,
    item: Option<String>,
}

impl Open {
    /// Whose it is.
    pub fn resource(&self) -> Resource {
        Resource::Enrolment {
            enrolment: EnrolmentId(self.enrolment),
            subject: PersonId(self.person),
            district: DistrictId(self.district.clone()),
            cohort: CohortId(self.cohort),
        }
    }

    /// The item that was asked for.
    ///
    /// # Errors
    /// `NotFound` beyond the end of the paper; `Inconsistent`.
    pub fn item(&self) -> Outcome<PaperItem> {
        let item = self.item.as_deref().ok_or(Failure::NotFound)?;
        serde_json::from_str(item).map_err(|_| Failure::Inconsistent { table: "attempt", column: "paper" })
    }
}

/// What is known of each, in the order of what is asked.
pub async fn look_up(database: &Database, asked: &[Asked]) -> Vec<Outcome<Option<Open>>> {
    let read = database.read();
    let rows: Vec<_> = asked.iter().map(|(attempt, item)| json!([attempt.0.simple().to_string(), item])).collect();
    match gathered::<Open, _>(read, &sql(read.get_database_backend()), serde_json::Value::from(rows).to_string()).await {
        Ok(found) => {
            let mut found: BTreeMap<usize, Open> = found.into_iter().map(|row| (row.n, row)).collect();
            (0..asked.len()).map(|at| Ok(found.remove(&at))).collect()
        }
        Err(error) => asked.iter().map(|_| Err(Failure::Database(DbErr::Custom(error.to_string())))).collect(),
    }
}

fn sql(backend: DatabaseBackend) -> String {
    let Words { group, array, cast, place, id, .. } = words(backend);
    let (attempt, item, rows) = (id_at(backend, 0), number_at(backend, 1), rows_of(backend));
    let (enrolment, person, cohort) = (id("t.enrolment_id"), id("e.person_id"), id("e.cohort_id"));
    let of_paper = match backend {
        DatabaseBackend::Sqlite => "json_extract(t.paper, '$.items[' || k.item || ']') || ''",
        _ => "(CAST(t.paper AS json)->'items'->CAST(k.item AS int))::text",
    };
    format!(
        "SELECT {group}({array}(k.n, {enrolment}, {person}, {cohort}, c.district_id, e.programme_revision, t.deadline, t.grace, {of_paper})){cast} \
         AS rows FROM (SELECT {place} AS n, {attempt} AS attempt, {item} AS item FROM {rows}) AS k CROSS JOIN attempt t \
         JOIN enrolment e ON e.id = t.enrolment_id JOIN cohort c ON c.id = e.cohort_id WHERE t.id = k.attempt"
    )
}
