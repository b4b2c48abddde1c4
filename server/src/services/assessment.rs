//! Evaluations: starting an attempt, saving answers, handing in, results.

pub mod answers;
pub mod pages;
pub mod result;
pub mod start;
pub mod submit;

use super::Acting;
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::attempt;
use crate::services::enrolment::Enrolment;
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
}

/// The paper of an attempt.
///
/// # Errors
/// `Inconsistent`.
pub fn paper(row: &attempt::Model) -> Outcome<Paper> {
    serde_json::from_str(&row.paper).map_err(|_| Failure::Inconsistent { table: "attempt", column: "paper" })
}

impl super::Services {
    /// An attempt by id, without asking whose.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn sitting<C: ConnectionTrait>(&self, connection: &C, id: AttemptId) -> Outcome<Sitting> {
        let (enrolment, row) = self.enrolment_with_attempt(connection, id).await?;
        let programme = self.catalogue.programme(&row.programme_revision)?;
        let (_, evaluation) = programme.evaluation(&EvaluationId(row.evaluation_id.clone())).ok_or(Failure::NotFound)?;
        Ok(Sitting { paper: paper(&row)?, evaluation: evaluation.clone(), enrolment, row })
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
