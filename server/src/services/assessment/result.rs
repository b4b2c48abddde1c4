//! Computing a result from stored answers and marks, by the domain's function.

use super::Sitting;
use super::answers::answer_of;
use super::submit::closed_mark;
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{grading_task, mark};
use crate::services::Services;
use domain::assessment::answer::{Answer, Mark};
use domain::assessment::result::{AttemptResult, ItemMark, result};
use domain::assessment::rubric::RubricMark;
use domain::ids::AttemptId;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde::{Deserialize, Serialize};

/// A result as it is stored, with the judge's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The domain's result.
    pub result: AttemptResult,
    /// What the judge wrote to her.
    pub comment: Option<String>,
}

/// The final mark of an item's task, if a judge finished it.
///
/// # Errors
/// `Database`; `Inconsistent`.
pub async fn final_mark<C: ConnectionTrait>(connection: &C, attempt: AttemptId, item: i64) -> Outcome<Option<RubricMark>> {
    let task = grading_task::Entity::find()
        .filter(grading_task::Column::AttemptId.eq(attempt.0))
        .filter(grading_task::Column::Item.eq(item))
        .one(connection)
        .await?;
    let Some(task) = task else { return Ok(None) };
    let row = mark::Entity::find()
        .filter(mark::Column::TaskId.eq(task.id))
        .filter(mark::Column::Settled.eq(true))
        .order_by_desc(mark::Column::At)
        .one(connection)
        .await?;
    row.map(|r| serde_json::from_str(&r.body).map_err(|_| Failure::Inconsistent { table: "mark", column: "body" })).transpose()
}

/// The result of an attempt whose every item is marked. An unanswered case scores nothing and fails what is critical in it.
///
/// # Errors
/// `Internal` when an item still needs a judge; `Database`.
pub async fn compute<C: ConnectionTrait>(services: &Services, connection: &C, sitting: &Sitting) -> Outcome<Stored> {
    let attempt = AttemptId(sitting.row.id);
    let mut marks = Vec::new();
    let mut comment = None;
    for (position, item) in sitting.paper.items.iter().enumerate() {
        let question = services.catalogue.question(&services.database, &item.revision).await?;
        let number = i64::try_from(position).unwrap_or_default();
        let answer = sitting.answers.get(&number).map(answer_of).transpose()?.unwrap_or(Answer::Unanswered);
        let given = if question.kind.is_judged() { final_mark(connection, attempt, number).await? } else { None };
        marks.push(match given {
            Some(rubric) => {
                comment = Some(rubric.comment.clone()).filter(|c| !c.trim().is_empty());
                ItemMark::of_rubric(&question, &rubric).map_err(|e| Failure::Internal(format!("{e:?}")))?
            }
            None => unanswered_case(closed_mark(&question, &answer)?),
        });
    }
    let result = result(&sitting.paper, &marks, sitting.evaluation.pass).map_err(|e| Failure::Internal(e.to_string()))?;
    Ok(Stored { result, comment })
}

fn unanswered_case(mut marked: ItemMark) -> ItemMark {
    if marked.mark == Mark::NeedsReview {
        marked.mark = Mark::Unanswered;
    }
    marked
}

/// A stored result.
///
/// # Errors
/// `Inconsistent`.
pub fn stored(body: &str) -> Outcome<Stored> {
    serde_json::from_str(body).map_err(|_| Failure::Inconsistent { table: "release", column: "result" })
}
