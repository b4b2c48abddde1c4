//! Answers: saved as they are given, each with a version; acknowledged only when durable.

pub mod intake;
mod open;

use super::{Sitting, kinds};
use crate::clock::{local, zone};
use crate::failure::{Failure, Outcome};
use crate::persistence::database::Engine;
use crate::persistence::entities::answer;
use crate::services::{Acting, Services};
use domain::access::Action;
use domain::assessment::answer::Answer;
use domain::assessment::attempt::deadline::{Received, received};
use domain::assessment::question::AuthoredQuestion;
use domain::ids::AttemptId;
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
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
    /// Options chosen; where each row of the question has a field of its own, the value of each, empty for none.
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

/// The answers that stand: the newest of each item that was in time.
pub type Standing = BTreeMap<i64, answer::Model>;

/// An expression that gathers the answers of the attempt `t` as JSON, for [`read_standing`].
pub(in crate::services) const fn standing_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "(SELECT json_group_array(json_array(w.item, w.version, w.body, w.flagged, w.received_at)) FROM answer w WHERE w.attempt_id = t.id AND w.late = FALSE)"
        }
        Engine::Postgres => {
            "(SELECT json_agg(json_build_array(w.item, w.version, w.body, w.flagged::int, w.received_at))::text FROM answer w WHERE w.attempt_id = t.id AND w.late = FALSE)"
        }
    }
}

/// What [`standing_sql`] gathered.
///
/// # Errors
/// `Inconsistent`.
pub(in crate::services) fn read_standing(attempt: AttemptId, json: Option<&str>) -> Outcome<Standing> {
    let mut rows: Vec<(i64, i64, String, i64, i64)> =
        serde_json::from_str(json.unwrap_or("[]")).map_err(|_| Failure::Inconsistent { table: "answer", column: "body" })?;
    rows.sort_unstable();
    let of = |(item, version, body, flagged, received_at)| {
        (item, answer::Model { attempt_id: attempt.0, item, version, body, flagged: flagged == 1, received_at, late: false })
    };
    Ok(rows.into_iter().map(of).collect())
}

/// The answer of a row.
///
/// # Errors
/// `Inconsistent`.
pub fn answer_of(row: &answer::Model) -> Outcome<Answer> {
    serde_json::from_str(&row.body).map_err(|_| Failure::Inconsistent { table: "answer", column: "body" })
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
    /// `Forbidden` for another's attempt; `BadRequest` for what the question does not ask for (`kinds`); `Database`.
    pub async fn save_answer(&self, given: Given) -> Outcome<Saved> {
        let services = self.services;
        let position = i32::try_from(given.item).map(i64::from).map_err(|_| Failure::NotFound)?;
        let open = services.answers.open(given.attempt, position).await?.ok_or(Failure::NotFound)?;
        self.may(Action::SitEvaluation, &open.resource())?;
        let item = open.item()?;
        let question = services.catalogue.question(&services.database, &item.revision).await?;
        let shape = kinds::of(question.kind).shape;
        let body = serde_json::to_string(&shape(&question, &item.option_order, &given)?).map_err(|e| Failure::Internal(e.to_string()))?;
        let zone = zone(&services.catalogue.programme(&open.programme_revision)?.time_zone);
        let now = services.now();
        let late = received(now, Instant(open.deadline), Seconds(open.grace)) == Received::Late;
        let new = NewAnswer { attempt: given.attempt, item: position, version: given.version, body, flagged: given.flagged, now, late };
        if let Some(version) = services.answers.append(new.clone()).await? {
            return Ok(if late { Saved::Late } else { Saved::Stored { version, at: local(now, zone) } });
        }
        new.why_not(services, zone).await
    }
}

/// An answer on its way into the database.
#[derive(Debug, Clone)]
struct NewAnswer {
    attempt: AttemptId,
    item: i64,
    version: i64,
    body: String,
    flagged: bool,
    now: Instant,
    late: bool,
}

impl NewAnswer {
    /// Why it was not added: it stands already (also after a lost acknowledgement), something newer stands, or the attempt was
    /// handed in.
    async fn why_not(&self, services: &Services, zone: chrono_tz::Tz) -> Outcome<Saved> {
        let newest = answer::Entity::find()
            .filter(answer::Column::AttemptId.eq(self.attempt.0))
            .filter(answer::Column::Item.eq(self.item))
            .order_by_desc(answer::Column::Version)
            .one(services.database.read())
            .await?;
        Ok(match newest {
            Some(row) if row.body == self.body && row.flagged == self.flagged => {
                Saved::Stored { version: row.version, at: local(Instant(row.received_at), zone) }
            }
            Some(row) if row.version > self.version => Saved::Newer { version: row.version },
            _ => Saved::Closed,
        })
    }
}
