//! Blind grading: the grader sees neither name, district, time nor other marks; a task has a random id.

use super::assessment::answers::answer_of;
use super::assessment::result::compute;
use super::assessment::submit::store_result;
use super::{Acting, Services};
use crate::clock::{LIMA, local};
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{grading_task, mark};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::hours::posting::lock;
use app::features::assessment::{CriterionRow, GradingHome, GradingTask};
use app::texts::Texts;
use domain::access::{Action, Resource};
use domain::assessment::answer::Answer;
use domain::assessment::question::case::words;
use domain::assessment::rubric::{RubricMark, RubricProblem};
use domain::ids::{AttemptId, EnrolmentId, TaskId};
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use uuid::Uuid;

/// How long a task is held.
const LEASE: Seconds = Seconds(20 * 60);

/// Work that this judge may grade: not her or his own, not returned by her or him; the policy adds the districts.
const OPEN: &str = "SELECT g.id, e.person_id, c.district_id FROM grading_task g JOIN attempt a ON a.id = g.attempt_id JOIN enrolment e ON e.id = a.enrolment_id \
    JOIN cohort c ON c.id = e.cohort_id WHERE ((g.state = 'waiting' AND (g.judge_id IS NULL OR g.judge_id <> $2)) OR (g.state = 'held' AND g.lease_until < $1)) AND e.person_id <> $2 ORDER BY g.shuffle";

#[derive(FromQueryResult)]
struct Candidate {
    id: Uuid,
    person_id: Uuid,
    district_id: String,
}

/// What saving led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Graded {
    /// Saved as a draft.
    Draft,
    /// Finished.
    Finished,
    /// Returned to staff.
    Returned,
    /// Not finished: what is missing.
    Incomplete(Vec<RubricProblem>),
    /// Another window saved meanwhile: its comment.
    Newer(String),
}

impl Acting<'_> {
    async fn candidates<C: sea_orm::ConnectionTrait>(&self, connection: &C) -> Outcome<Vec<Uuid>> {
        let now = self.services.now();
        let values = vec![now.0.into(), self.signed.actor.person.0.into()];
        let rows: Vec<Candidate> = query::all(connection, OPEN, values).await?;
        let may = |c: &Candidate| {
            let resource = Resource::Task { subject: domain::ids::PersonId(c.person_id), district: c.district_id.as_str().into() };
            self.may(Action::Grade, &resource).is_ok()
        };
        Ok(rows.iter().filter(|c| may(c)).map(|c| c.id).collect())
    }

    /// The grader's home.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn grading_home(&self) -> Outcome<GradingHome> {
        self.may(Action::Grade, &Resource::List)?;
        let read = self.services.database.read();
        let (now, judge) = (self.services.now(), self.signed.actor.person.0);
        let held = grading_task::Entity::find()
            .filter(grading_task::Column::State.eq("held"))
            .filter(grading_task::Column::JudgeId.eq(judge))
            .filter(grading_task::Column::LeaseUntil.gte(now.0))
            .all(read)
            .await?;
        let done =
            query::number(read, "SELECT count(DISTINCT task_id) AS n FROM mark WHERE judge_id = $1 AND settled = TRUE", vec![judge.into()])
                .await?;
        Ok(GradingHome {
            waiting: u32::try_from(self.candidates(read).await?.len()).unwrap_or(u32::MAX),
            held: held.into_iter().map(|t| TaskId(t.id)).collect(),
            done: u32::try_from(done).unwrap_or(u32::MAX),
        })
    }

    /// Takes the next task, in one statement that only one judge can win.
    ///
    /// # Errors
    /// `NotFound` when nothing waits; `Forbidden`; `Database`.
    pub async fn next_task(&self) -> Outcome<TaskId> {
        self.may(Action::Grade, &Resource::List)?;
        let (now, judge) = (self.services.now(), self.signed.actor.person.0);
        for id in self.candidates(self.services.database.read()).await? {
            let taken = self
                .services
                .database
                .write(move |t| {
                    Box::pin(async move {
                        let sql = "UPDATE grading_task SET state = 'held', judge_id = $1, lease_until = $2 \
                                   WHERE id = $3 AND (state = 'waiting' OR (state = 'held' AND lease_until < $4))";
                        let values = vec![judge.into(), now.plus(LEASE).0.into(), id.into(), now.0.into()];
                        Ok::<_, Failure>(query::execute(t, sql, values).await? == 1)
                    })
                })
                .await?;
            if taken {
                return Ok(TaskId(id));
            }
        }
        Err(Failure::NotFound)
    }

    /// A task that this judge holds.
    async fn held(&self, id: TaskId) -> Outcome<grading_task::Model> {
        self.may(Action::Grade, &Resource::List)?;
        let row = grading_task::Entity::find_by_id(id.0).one(self.services.database.read()).await?.ok_or(Failure::NotFound)?;
        let mine = row.state == "held" && row.judge_id == Some(self.signed.actor.person.0);
        if mine { Ok(row) } else { Err(Failure::NotFound) }
    }

    /// The page of a task.
    ///
    /// # Errors
    /// `NotFound` when it is not held by this judge; `Database`.
    pub async fn grading_task(&self, id: TaskId, t: Texts) -> Outcome<GradingTask> {
        let row = self.held(id).await?;
        let read = self.services.database.read();
        let sitting = self.services.sitting(read, AttemptId(row.attempt_id)).await?;
        let question = self.services.item(&sitting, usize::try_from(row.item).unwrap_or(usize::MAX)).await?;
        let answer = sitting.answers.get(&row.item).map(answer_of).transpose()?;
        let answer = if let Some(Answer::Text(text)) = answer { text } else { String::new() };
        let (version, draft) = self.draft(id).await?;
        let language = t.language();
        Ok(GradingTask {
            id,
            code: code(id),
            title: sitting.evaluation.title.get(language).to_owned(),
            prompt: question.prompt.get(language).to_owned(),
            words: words(&answer),
            answer,
            criteria: question
                .rubric
                .iter()
                .map(|c| CriterionRow {
                    id: c.id.clone(),
                    title: c.title.get(language).to_owned(),
                    levels: c.levels.iter().map(|l| (l.points, l.text.get(language).to_owned())).collect(),
                    chosen: draft.levels.get(&c.id).and_then(|l| usize::try_from(*l).ok()),
                })
                .collect(),
            critical: question
                .critical_lines
                .iter()
                .map(|l| (l.id.clone(), l.text.get(language).to_owned(), draft.critical.get(&l.id).copied()))
                .collect(),
            comment: draft.comment,
            version,
            until: local(Instant(row.lease_until.unwrap_or_default()), LIMA),
            conflict: None,
        })
    }

    /// What this judge saved so far.
    async fn draft(&self, id: TaskId) -> Outcome<(i64, RubricMark)> {
        let row = mark::Entity::find()
            .filter(mark::Column::TaskId.eq(id.0))
            .filter(mark::Column::JudgeId.eq(self.signed.actor.person.0))
            .order_by_desc(mark::Column::Version)
            .one(self.services.database.read())
            .await?;
        row.map_or_else(|| Ok((0, RubricMark::default())), |row| Ok((row.version, parse(&row.body)?)))
    }

    /// Saves a mark; finishing checks it against the rubric and computes the result.
    ///
    /// # Errors
    /// `NotFound` when the task is not held by this judge; `Database`.
    pub async fn save_mark(&self, id: TaskId, given: RubricMark, version: i64, finish: bool) -> Outcome<Graded> {
        let row = self.held(id).await?;
        let sitting = self.services.sitting(self.services.database.read(), AttemptId(row.attempt_id)).await?;
        let question = self.services.item(&sitting, usize::try_from(row.item).unwrap_or(usize::MAX)).await?;
        let (newest, saved) = self.draft(id).await?;
        if newest > version && saved != given {
            return Ok(Graded::Newer(saved.comment));
        }
        let problems = if finish { given.check(&question).err().unwrap_or_default() } else { Vec::new() };
        let finish = finish && problems.is_empty();
        let body = serde_json::to_string(&given).map_err(|e| Failure::Internal(e.to_string()))?;
        let (services, actor, now) = (self.services.clone(), self.signed.actor.clone(), self.services.now());
        let attempt = AttemptId(row.attempt_id);
        let mark = mark::Model { task_id: id.0, judge_id: actor.person.0, version: newest + 1, body, settled: finish, at: now.0 };
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    query::insert(t, mark).await?;
                    let lease = "UPDATE grading_task SET lease_until = $1 WHERE id = $2 AND state = 'held'";
                    query::execute(t, lease, vec![now.plus(LEASE).0.into(), id.0.into()]).await?;
                    if finish {
                        let sql = "UPDATE grading_task SET state = 'done', lease_until = NULL WHERE id = $1 AND state = 'held'";
                        query::execute(t, sql, vec![id.0.into()]).await?;
                        audit::append(t, now, Some(&actor), Event::new("mark.finish", format!("task/{id}"), json!({}))).await?;
                        grade_when_complete(&services, t, attempt).await?;
                    }
                    Ok::<_, Failure>(())
                })
            })
            .await?;
        Ok(match (finish, problems.is_empty()) {
            (true, _) => Graded::Finished,
            (false, true) => Graded::Draft,
            (false, false) => Graded::Incomplete(problems),
        })
    }

    /// Returns work that identifies its author to staff.
    ///
    /// # Errors
    /// `NotFound` when the task is not held by this judge; `Database`.
    pub async fn return_task(&self, id: TaskId) -> Outcome<()> {
        self.held(id).await?;
        let (actor, now) = (self.signed.actor.clone(), self.services.now());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    let sql = "UPDATE grading_task SET state = 'identifies', lease_until = NULL WHERE id = $1 AND state = 'held'";
                    query::execute(t, sql, vec![id.0.into()]).await?;
                    audit::append(t, now, Some(&actor), Event::new("mark.return", format!("task/{id}"), json!({}))).await
                })
            })
            .await
    }
}

/// Computes the result once no task of the attempt is open.
async fn grade_when_complete(services: &Services, t: &DatabaseTransaction, attempt: AttemptId) -> Outcome<()> {
    let sql = "SELECT count(*) AS n FROM grading_task WHERE attempt_id = $1 AND state <> 'done'";
    if query::number(t, sql, vec![attempt.0.into()]).await? > 0 {
        return Ok(());
    }
    let sitting = services.sitting(t, attempt).await?;
    lock(t, EnrolmentId(sitting.row.enrolment_id)).await?;
    let result = compute(services, t, &sitting).await?;
    store_result(t, attempt, &result, "awaiting_grading").await
}

fn parse(body: &str) -> Outcome<RubricMark> {
    serde_json::from_str(body).map_err(|_| Failure::Inconsistent { table: "mark", column: "body" })
}

/// Short name of a task: the first digits of its random id.
#[must_use]
pub fn code(id: TaskId) -> String {
    let text = id.0.simple().to_string().to_uppercase();
    format!("R-{}", text.get(..4).unwrap_or_default())
}
