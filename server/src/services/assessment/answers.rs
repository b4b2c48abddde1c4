//! Answers: saved as they are given, each with a version; acknowledged only when durable.

use super::Sitting;
use crate::clock::{local, zone};
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{answer, attempt};
use crate::persistence::query;
use crate::services::{Acting, Services};
use domain::assessment::answer::Answer;
use domain::assessment::attempt::{
    AttemptStatus,
    deadline::{Received, received},
};
use domain::assessment::question::{AuthoredQuestion, QuestionKind};
use domain::ids::AttemptId;
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use std::collections::BTreeMap;

/// An answer as it was given.
#[derive(Debug, Clone)]
pub struct Given {
    /// Which attempt.
    pub attempt: AttemptId,
    /// Position of the item, from 0.
    pub item: usize,
    /// Version that it builds on.
    pub version: i64,
    /// Options chosen.
    pub options: Vec<String>,
    /// Text typed.
    pub text: Option<String>,
    /// To look at again.
    pub flagged: bool,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Durable, with this version, at this local time.
    Stored {
        /// Version.
        version: i64,
        /// When.
        at: chrono::NaiveDateTime,
    },
    /// A newer version is stored.
    Newer {
        /// Its number.
        version: i64,
    },
    /// After the deadline and its grace; kept as late.
    Late,
    /// The attempt was handed in.
    Closed,
}

/// Longest text of an answer, in characters.
const LONGEST_TEXT: usize = 20_000;

/// The answers that stand: the newest of each item that was in time.
///
/// # Errors
/// `Database`; `Inconsistent`.
pub async fn standing<C: ConnectionTrait>(connection: &C, attempt: AttemptId) -> Outcome<BTreeMap<i64, answer::Model>> {
    let rows = answer::Entity::find()
        .filter(answer::Column::AttemptId.eq(attempt.0))
        .filter(answer::Column::Late.eq(false))
        .order_by_asc(answer::Column::Version)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.item, row)).collect())
}

/// The answer of a row.
///
/// # Errors
/// `Inconsistent`.
pub fn answer_of(row: &answer::Model) -> Outcome<Answer> {
    serde_json::from_str(&row.body).map_err(|_| Failure::Inconsistent { table: "answer", column: "body" })
}

/// What was given, in the shape that the question asks for; options that are not on the paper are refused.
fn shape(question: &AuthoredQuestion, given: &Given) -> Outcome<Answer> {
    if given.options.iter().any(|o| question.option(o).is_none()) {
        return Err(Failure::BadRequest("option"));
    }
    match question.kind {
        QuestionKind::SingleChoice | QuestionKind::TrueFalse => match given.options.as_slice() {
            [] => Ok(Answer::Unanswered),
            [one] => Ok(Answer::Choice(one.clone())),
            _ => Err(Failure::BadRequest("option")),
        },
        QuestionKind::MultipleChoice => {
            Ok(if given.options.is_empty() { Answer::Unanswered } else { Answer::Choices(given.options.clone()) })
        }
        QuestionKind::Case => {
            let text: String = given.text.as_deref().unwrap_or_default().chars().take(LONGEST_TEXT).collect();
            Ok(if text.trim().is_empty() { Answer::Unanswered } else { Answer::Text(text) })
        }
    }
}

impl Services {
    /// The question at a position of a paper, as it was drawn.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn item(&self, sitting: &Sitting, position: usize) -> Outcome<std::sync::Arc<AuthoredQuestion>> {
        let item = sitting.paper.items.get(position).ok_or(Failure::NotFound)?;
        self.catalogue.question(&self.database, &item.revision).await
    }
}

impl Acting<'_> {
    /// Saves one answer. A score or a key sent with it is not read: nothing here takes one.
    ///
    /// # Errors
    /// `Forbidden` for another's attempt; `BadRequest` for an option that is not on the paper; `Database`.
    pub async fn save_answer(&self, given: Given) -> Outcome<Saved> {
        let sitting = self.own_sitting(given.attempt).await?;
        let question = self.services.item(&sitting, given.item).await?;
        let answer = shape(&question, &given)?;
        let body = serde_json::to_string(&answer).map_err(|e| Failure::Internal(e.to_string()))?;
        let now = self.services.now();
        let zone = zone(&sitting.enrolment.programme.time_zone);
        let saved = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    let attempt = attempt::Entity::find_by_id(given.attempt.0).one(t).await?.ok_or(Failure::NotFound)?;
                    let late = received(now, Instant(attempt.deadline), Seconds(attempt.grace)) == Received::Late;
                    if attempt.state != AttemptStatus::InProgress.name() && !late {
                        return Ok(Saved::Closed);
                    }
                    let item = i64::try_from(given.item).map_err(|_| Failure::NotFound)?;
                    let sql = "SELECT coalesce(max(version), 0) AS n FROM answer WHERE attempt_id = $1 AND item = $2";
                    let newest = query::number(t, sql, vec![given.attempt.0.into(), item.into()]).await?;
                    if newest > given.version {
                        return same_or_newer(t, &given, item, newest, &body, zone).await;
                    }
                    let version = newest + 1;
                    let row = answer::Model {
                        attempt_id: given.attempt.0,
                        item,
                        version,
                        body,
                        flagged: given.flagged,
                        received_at: now.0,
                        late,
                    };
                    query::insert(t, row).await?;
                    Ok(if late { Saved::Late } else { Saved::Stored { version, at: local(now, zone) } })
                })
            })
            .await;
        match saved {
            Err(failure) if failure.is_duplicate() => Err(Failure::Conflict),
            other => other,
        }
    }
}

/// The same answer sent again after a lost acknowledgement is no conflict.
async fn same_or_newer<C: ConnectionTrait>(
    connection: &C,
    given: &Given,
    item: i64,
    newest: i64,
    body: &str,
    zone: chrono_tz::Tz,
) -> Outcome<Saved> {
    let stored = answer::Entity::find_by_id((given.attempt.0, item, newest)).one(connection).await?;
    Ok(match stored {
        Some(row) if row.body == body && row.flagged == given.flagged => {
            Saved::Stored { version: newest, at: local(Instant(row.received_at), zone) }
        }
        Some(_) | None => Saved::Newer { version: newest },
    })
}
