//! Releasing results, and sending returned work to another judge.

use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{attempt, grading_task};
use crate::persistence::query;
use crate::services::Acting;
use crate::services::assessment::result::Stored;
use crate::services::assessment::result::stored;
use crate::services::assessment::submit::release_now;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use crate::services::hours::posting::lock;
use app::features::assessment::Releases;
use app::texts::Texts;
use domain::access::{Action, Resource};
use domain::ids::{AttemptId, EnrolmentId, TaskId};
use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _};
use serde_json::json;
use uuid::Uuid;

#[derive(FromQueryResult)]
pub(super) struct ReleaseRow {
    id: Uuid,
    enrolment_id: Uuid,
    result: Option<String>,
    evaluation_id: String,
}

impl Acting<'_> {
    pub(super) async fn releasable(&self) -> Outcome<Vec<(ReleaseRow, Enrolment)>> {
        let read = self.services.database.read();
        let rows: Vec<ReleaseRow> = query::all(
            read,
            "SELECT id, enrolment_id, result, evaluation_id FROM attempt WHERE state = 'graded' ORDER BY submitted_at",
            vec![],
        )
        .await?;
        let mut found = Vec::new();
        for row in rows {
            let enrolment = self.services.enrolment(read, EnrolmentId(row.enrolment_id)).await?;
            if self.may(Action::ReleaseResult, &enrolment.resource()).is_ok() {
                found.push((row, enrolment));
            }
        }
        Ok(found)
    }

    /// Results that wait for release.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn releases(&self, t: Texts) -> Outcome<Releases> {
        self.may(Action::SeeDesk, &Resource::List)?;
        let mut releases = Releases::default();
        for (row, enrolment) in self.releasable().await? {
            let result: Stored = stored(row.result.as_deref().unwrap_or_default())?;
            let evaluation = enrolment.programme.evaluation(&row.evaluation_id.as_str().into());
            let title = evaluation.map(|(_, e)| e.title.get(t.language()).to_owned()).unwrap_or_default();
            releases.rows.push((AttemptId(row.id), enrolment.name, title, result.result.grade.hundredths(), result.result.passed));
        }
        for task in
            grading_task::Entity::find().filter(grading_task::Column::State.eq("identifies")).all(self.services.database.read()).await?
        {
            let sitting = self.services.sitting(self.services.database.read(), AttemptId(task.attempt_id)).await?;
            if self.may(Action::ReleaseResult, &sitting.enrolment.resource()).is_ok() {
                let title = sitting.evaluation.title.get(t.language()).to_owned();
                releases.returned.push((TaskId(task.id), crate::services::grading::code(TaskId(task.id)), title));
            }
        }
        let sql = "SELECT count(*) AS n FROM attempt WHERE state = 'awaiting_grading'";
        releases.with_judges = u32::try_from(query::number(self.services.database.read(), sql, vec![]).await?).unwrap_or_default();
        Ok(releases)
    }

    /// Sends work that a judge returned to another judge; the one who returned it no longer gets it.
    ///
    /// # Errors
    /// `Forbidden` out of scope; `NotFound` when it was not returned; `Database`.
    pub async fn requeue(&self, id: TaskId) -> Outcome<()> {
        self.may(Action::SeeDesk, &Resource::List)?;
        let task = grading_task::Entity::find_by_id(id.0).one(self.services.database.read()).await?.ok_or(Failure::NotFound)?;
        let sitting = self.services.sitting(self.services.database.read(), AttemptId(task.attempt_id)).await?;
        self.may(Action::ReleaseResult, &sitting.enrolment.resource())?;
        let (actor, now) = (self.signed.actor.clone(), self.services.now());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    let sql = "UPDATE grading_task SET state = 'waiting' WHERE id = $1 AND state = 'identifies'";
                    if query::execute(t, sql, vec![id.0.into()]).await? == 0 {
                        return Err(Failure::NotFound);
                    }
                    audit::append(t, now, Some(&actor), Event::new("mark.requeue", format!("task/{id}"), json!({}))).await
                })
            })
            .await
    }

    /// Releases results: final from now on.
    ///
    /// # Errors
    /// `Forbidden` for one out of scope; `Conflict` when one is not graded; `Database`.
    pub async fn release(&self, attempts: Vec<AttemptId>) -> Outcome<usize> {
        self.may(Action::SeeDesk, &Resource::List)?;
        let mut ready = Vec::new();
        for id in attempts {
            let sitting = self.services.sitting(self.services.database.read(), id).await?;
            self.may(Action::ReleaseResult, &sitting.enrolment.resource())?;
            ready.push((id, sitting.enrolment.id));
        }
        let (actor, now, count) = (self.signed.actor.clone(), self.services.now(), ready.len());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    for (id, enrolment) in ready {
                        lock(t, enrolment).await?;
                        let row = attempt::Entity::find_by_id(id.0).one(t).await?.ok_or(Failure::NotFound)?;
                        let result = stored(row.result.as_deref().ok_or(Failure::Conflict)?)?;
                        release_now(t, id, &result, Some(&actor), now, actor.person.0).await?;
                    }
                    Ok::<_, Failure>(())
                })
            })
            .await?;
        Ok(count)
    }
}
