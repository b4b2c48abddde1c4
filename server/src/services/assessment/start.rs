//! Starting an attempt: its paper is drawn and stored, once.

use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::attempt;
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use crate::services::hours::posting::lock;
use crate::services::record::Record;
use app::texts::Texts;
use domain::access::Action;
use domain::assessment::attempt::start::{Allowance, AttemptSummary, StartFacts, StartRefused, may_start, opening_time};
use domain::assessment::attempt::{AttemptStatus, deadline::deadline};
use domain::assessment::paper::draw;
use domain::assessment::score::Grade;
use domain::curriculum::{Evaluation, Module};
use domain::ids::{AttemptId, EvaluationId};
use domain::time::Instant;
use serde_json::json;

/// Attempts of one evaluation as the rule reads them.
#[must_use]
pub fn summaries(record: &Record, evaluation: &EvaluationId) -> Vec<AttemptSummary> {
    let of_it = record.attempts.iter().filter(|a| a.evaluation == evaluation.0);
    of_it
        .filter_map(|a| {
            Some(AttemptSummary {
                attempt: AttemptId(a.id),
                status: AttemptStatus::from_name(&a.state)?,
                started: a.started,
                submitted: a.submitted,
                grade: a.released.as_ref().and_then(|r| Grade::from_hundredths(r.0).ok()),
                passed: a.released.as_ref().is_some_and(|r| r.1),
            })
        })
        .collect()
}

/// Whether an attempt may be started, by the domain's rule.
///
/// # Errors
/// Why not.
pub fn may(enrolment: &Enrolment, record: &Record, module: &Module, evaluation: &Evaluation, now: Instant) -> Result<(), StartRefused> {
    let progress = record.progress(&enrolment.programme);
    let position = enrolment.programme.modules.iter().position(|m| m.id == module.id).unwrap_or(usize::MAX - 1);
    let (module_design, module_confirmed) = opening_time(evaluation, &progress, position);
    let facts = StartFacts {
        attempts: &summaries(record, &evaluation.id),
        allowance: Allowance::default(),
        now,
        module_design,
        module_confirmed,
        opens: None,
        closes: None,
    };
    may_start(evaluation, &facts)
}

/// What starting led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Started {
    /// A new attempt, or the one that is open.
    Attempt(AttemptId),
    /// Refused by the rule.
    Refused(StartRefused),
}

impl Acting<'_> {
    /// Starts an attempt, or leads back to the open one. Two starts at once give one attempt.
    ///
    /// # Errors
    /// `NotFound` for an evaluation that is not in her programme; `Forbidden`; `Database`.
    pub async fn start_attempt(&self, id: &str, t: Texts) -> Outcome<Started> {
        let enrolment = self.my_enrolment().await?;
        self.may(Action::SitEvaluation, &enrolment.resource())?;
        let id = EvaluationId::from(id);
        let programme = enrolment.programme.clone();
        let (module, evaluation) = programme.evaluation(&id).ok_or(Failure::NotFound)?;
        let (module, evaluation) = (module.clone(), evaluation.clone());
        let bank = self.services.catalogue.bank(&module.id);
        let paper =
            draw(&evaluation, &bank, &mut |bound| rand::random_range(0..bound.max(1))).map_err(|e| Failure::Internal(e.to_string()))?;
        let paper = serde_json::to_string(&paper).map_err(|e| Failure::Internal(e.to_string()))?;
        let (services, actor, now) = (self.services.clone(), self.signed.actor.clone(), self.services.now());
        let language = t.language().code();
        let started: Outcome<Started> = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    lock(t, enrolment.id).await?;
                    let record = services.record(t, &enrolment).await?;
                    match may(&enrolment, &record, &module, &evaluation, now) {
                        Err(StartRefused::InProgress { attempt }) => return Ok(Started::Attempt(attempt)),
                        Err(refused) => return Ok(Started::Refused(refused)),
                        Ok(()) => {}
                    }
                    let number =
                        record.attempts.iter().filter(|a| a.evaluation == evaluation.id.0).map(|a| a.number).max().unwrap_or(0) + 1;
                    let row = attempt::Model {
                        id: keys::random_id(),
                        enrolment_id: enrolment.id.0,
                        evaluation_id: evaluation.id.0.clone(),
                        number,
                        state: AttemptStatus::InProgress.name().to_owned(),
                        language: language.to_owned(),
                        paper,
                        programme_revision: enrolment.revision.clone(),
                        started_at: now.0,
                        deadline: deadline(now, evaluation.limit, None, 0).0,
                        grace: evaluation.grace.0,
                        submitted_at: None,
                        ran_out: false,
                        result: None,
                        void_reason: None,
                    };
                    let attempt = AttemptId(row.id);
                    query::insert(t, row).await?;
                    audit::append(
                        t,
                        now,
                        Some(&actor),
                        Event::new("attempt.start", format!("attempt/{attempt}"), json!({ "number": number })),
                    )
                    .await?;
                    Ok(Started::Attempt(attempt))
                })
            })
            .await;
        match started {
            Err(failure) if failure.is_duplicate() => self.open_attempt(&id).await,
            other => other,
        }
    }

    /// The attempt that another start of the same moment made.
    async fn open_attempt(&self, id: &EvaluationId) -> Outcome<Started> {
        let (_, record) = self.my_study().await?;
        let open = record.attempts.iter().find(|a| a.evaluation == id.0 && a.state == AttemptStatus::InProgress.name());
        open.map(|a| Started::Attempt(AttemptId(a.id))).ok_or(Failure::Conflict)
    }
}
