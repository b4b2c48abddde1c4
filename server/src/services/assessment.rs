//! Evaluations: starting an attempt, saving answers, handing in, results.

pub mod answers;
pub mod kinds;
pub mod pages;
pub mod result;
pub mod start;
pub mod submit;

use super::Acting;
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::attempt;
use crate::services::enrolment::Enrolment;
use answers::Standing;
use domain::access::Action;
use domain::assessment::Paper;
use domain::curriculum::Evaluation;
use domain::ids::{AttemptId, EvaluationId};
use sea_orm::ConnectionTrait;

/// An attempt with what it belongs to.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// The row.
    pub row: attempt::Model,
    /// Whose.
    pub enrolment: Enrolment,
    /// Which evaluation, as it was when it was started.
    pub evaluation: Evaluation,
    /// What was drawn.
    pub paper: Paper,
    /// The answers that stand.
    pub answers: Standing,
}

/// A paper as it is stored.
///
/// # Errors
/// `Inconsistent`.
pub fn paper_of(json: &str) -> Outcome<Paper> {
    serde_json::from_str(json).map_err(|_| Failure::Inconsistent { table: "attempt", column: "paper" })
}

impl super::Services {
    /// An attempt by id, without asking whose.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn sitting<C: ConnectionTrait>(&self, connection: &C, id: AttemptId) -> Outcome<Sitting> {
        let (enrolment, row, answers) = self.attempt_with_answers(connection, id).await?;
        let programme = self.catalogue.programme(&row.programme_revision)?;
        let (_, evaluation) = programme.evaluation(&EvaluationId(row.evaluation_id.clone())).ok_or(Failure::NotFound)?;
        Ok(Sitting { paper: paper_of(&row.paper)?, evaluation: evaluation.clone(), enrolment, row, answers })
    }
}

impl Acting<'_> {
    /// An attempt of one's own.
    ///
    /// # Errors
    /// `Forbidden` for another's; `NotFound`; `Database`.
    pub async fn own_sitting(&self, id: AttemptId) -> Outcome<Sitting> {
        let sitting = self.services.sitting(self.services.database.read(), id).await?;
        self.may(Action::SitEvaluation, &sitting.enrolment.resource())?;
        Ok(sitting)
    }
}
