//! Whether an attempt may start.

use super::AttemptStatus;
use crate::assessment::score::Grade;
use crate::curriculum::{Evaluation, OfferedAfter};
use crate::hours::total::Progress;
use crate::ids::AttemptId;
use crate::time::{Instant, Seconds};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What one person was granted beyond the rules, with a reason and a second approval that are stored with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Extra time in percent of the limit.
    pub extra_percent: u32,
    /// Further attempts.
    pub further_attempts: u32,
}

/// An attempt in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptSummary {
    /// The attempt.
    pub attempt: AttemptId,
    /// Its state.
    pub status: AttemptStatus,
    /// When it started.
    pub started: Instant,
    /// When it was handed in.
    pub submitted: Option<Instant>,
    /// Its latest grade, once it has one.
    pub grade: Option<Grade>,
    /// Whether that passes; false without grade.
    pub passed: bool,
}

/// What the decision rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartFacts<'a> {
    /// Her attempts at this evaluation so far, in any order.
    pub attempts: &'a [AttemptSummary],
    /// What she was granted.
    pub allowance: Allowance,
    /// The server's time.
    pub now: Instant,
    /// Design time of what opens the evaluation ([`opening_time`]).
    pub module_design: Seconds,
    /// Her confirmed time in it.
    pub module_confirmed: Seconds,
    /// The cohort's opening date, where it has one.
    pub opens: Option<Instant>,
    /// The cohort's closing date, where it has one.
    pub closes: Option<Instant>,
}

/// Design and confirmed time of the modules that open an evaluation of the module at `position`.
#[must_use]
pub fn opening_time(evaluation: &Evaluation, progress: &Progress, position: usize) -> (Seconds, Seconds) {
    let modules = match evaluation.offered_after {
        OfferedAfter::Module => progress.modules.get(position..=position),
        OfferedAfter::EarlierModules => progress.modules.get(..position),
    };
    let modules = modules.unwrap_or_default();
    (modules.iter().map(|m| m.design).sum(), modules.iter().map(|m| m.confirmed).sum())
}

/// Why no attempt may start now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StartRefused {
    /// One is being answered: it is continued instead.
    #[error("in progress: {attempt}")]
    InProgress {
        /// The attempt.
        attempt: AttemptId,
    },
    /// She has passed.
    #[error("already passed: {attempt}")]
    AlreadyPassed {
        /// The attempt.
        attempt: AttemptId,
    },
    /// An attempt waits for its grade or its release: another now could be for nothing.
    #[error("awaiting result: {attempt}")]
    AwaitingResult {
        /// The attempt.
        attempt: AttemptId,
    },
    /// Every attempt is used.
    #[error("{used} of {allowed} attempts used")]
    NoAttemptsLeft {
        /// Attempts that count.
        used: u32,
        /// Attempts allowed, with hers.
        allowed: u32,
    },
    /// Confirmed time in the module is missing.
    #[error("{missing} missing")]
    NotYetOpen {
        /// How much.
        missing: Seconds,
    },
    /// Before the opening date.
    #[error("opens at {}", opens.0)]
    NotBefore {
        /// The opening date.
        opens: Instant,
    },
    /// At or after the closing date.
    #[error("closed at {}", closed.0)]
    Closed {
        /// The closing date.
        closed: Instant,
    },
    /// The wait between attempts is not over.
    #[error("wait until {}", until.0)]
    Wait {
        /// When it is.
        until: Instant,
    },
}

/// Whether an attempt may start. Void attempts do not count; the wait runs from handing in.
///
/// # Errors
/// The first [`StartRefused`] that applies, in the order of its variants.
pub fn may_start(rules: &Evaluation, facts: &StartFacts<'_>) -> Result<(), StartRefused> {
    let counted = || facts.attempts.iter().filter(|a| a.status != AttemptStatus::Void);
    attempts_allow(counted())?;
    let used = u32::try_from(counted().count()).unwrap_or(u32::MAX);
    let allowed = rules.attempts.saturating_add(facts.allowance.further_attempts);
    if used >= allowed {
        return Err(StartRefused::NoAttemptsLeft { used, allowed });
    }
    let missing = facts.module_design.share(rules.offered_when) - facts.module_confirmed;
    if missing > Seconds::ZERO {
        return Err(StartRefused::NotYetOpen { missing });
    }
    if let Some(opens) = facts.opens.filter(|&opens| facts.now < opens) {
        return Err(StartRefused::NotBefore { opens });
    }
    if let Some(closed) = facts.closes.filter(|&closes| facts.now >= closes) {
        return Err(StartRefused::Closed { closed });
    }
    let last = counted().map(|a| a.submitted.unwrap_or(a.started)).max();
    match last.map(|at| at.plus(rules.wait)) {
        Some(until) if facts.now < until => Err(StartRefused::Wait { until }),
        Some(_) | None => Ok(()),
    }
}

/// What stands in the way among the attempts themselves, the most telling first.
fn attempts_allow<'a>(attempts: impl Iterator<Item = &'a AttemptSummary> + Clone) -> Result<(), StartRefused> {
    let find = |is: fn(&AttemptSummary) -> bool| attempts.clone().find(|a| is(a)).map(|a| a.attempt);
    if let Some(attempt) = find(|a| a.status == AttemptStatus::InProgress) {
        return Err(StartRefused::InProgress { attempt });
    }
    if let Some(attempt) = find(|a| a.status == AttemptStatus::Released && a.passed) {
        return Err(StartRefused::AlreadyPassed { attempt });
    }
    let is_pending = |a: &AttemptSummary| match a.status {
        AttemptStatus::Submitted | AttemptStatus::AwaitingGrading | AttemptStatus::Graded => true,
        AttemptStatus::InProgress | AttemptStatus::Released | AttemptStatus::Void => false,
    };
    find(is_pending).map_or(Ok(()), |attempt| Err(StartRefused::AwaitingResult { attempt }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::{FeedbackPolicy, Localised};
    use uuid::Uuid;

    const DAY: i64 = 86_400_000;

    fn rules() -> Evaluation {
        Evaluation {
            id: "m4-e".into(),
            title: Localised::es("Evaluación"),
            limit: Seconds(2700),
            graded: true,
            offered_when: 100,
            offered_after: OfferedAfter::Module,
            draw: Vec::new(),
            cases: Vec::new(),
            attempts: 2,
            wait: Seconds(86_400),
            pass: 1300,
            grace: Seconds(60),
            feedback: FeedbackPolicy::AfterSubmit,
        }
    }

    fn id(n: u128) -> AttemptId {
        AttemptId(Uuid::from_u128(n))
    }

    fn attempt(n: u128, status: AttemptStatus, passed: bool) -> AttemptSummary {
        let submitted = (status != AttemptStatus::InProgress).then_some(Instant(1000));
        AttemptSummary { attempt: id(n), status, started: Instant(0), submitted, grade: None, passed }
    }

    fn facts(attempts: &[AttemptSummary]) -> StartFacts<'_> {
        StartFacts {
            attempts,
            allowance: Allowance::default(),
            now: Instant(2 * DAY),
            module_design: Seconds(18_000),
            module_confirmed: Seconds(18_000),
            opens: None,
            closes: None,
        }
    }

    #[test]
    fn earlier_attempts_decide() {
        use AttemptStatus::{AwaitingGrading, Graded, InProgress, Released, Submitted, Void};
        let failed = |n| attempt(n, Released, false);
        let table = [
            (vec![], Ok(())),
            (vec![failed(1)], Ok(())),
            (vec![failed(1), attempt(2, Void, true)], Ok(())),
            (vec![attempt(1, Void, false), attempt(2, Void, false)], Ok(())),
            (vec![failed(1), failed(2)], Err(StartRefused::NoAttemptsLeft { used: 2, allowed: 2 })),
            (vec![failed(1), attempt(2, InProgress, false)], Err(StartRefused::InProgress { attempt: id(2) })),
            (vec![attempt(1, Released, true)], Err(StartRefused::AlreadyPassed { attempt: id(1) })),
            (vec![attempt(1, Submitted, false)], Err(StartRefused::AwaitingResult { attempt: id(1) })),
            (vec![attempt(1, AwaitingGrading, false)], Err(StartRefused::AwaitingResult { attempt: id(1) })),
            (vec![attempt(1, Graded, true)], Err(StartRefused::AwaitingResult { attempt: id(1) })),
        ];
        for (attempts, expected) in table {
            assert_eq!(may_start(&rules(), &facts(&attempts)), expected, "{attempts:?}");
        }
    }

    #[test]
    fn a_further_attempt_can_be_granted() {
        let attempts = [attempt(1, AttemptStatus::Released, false), attempt(2, AttemptStatus::Released, false)];
        let mut facts = facts(&attempts);
        facts.allowance.further_attempts = 1;
        assert_eq!(may_start(&rules(), &facts), Ok(()));
    }

    #[test]
    fn hours_dates_and_wait_decide_to_the_unit() {
        let mut short = facts(&[]);
        short.module_confirmed = Seconds(17_999);
        assert_eq!(may_start(&rules(), &short), Err(StartRefused::NotYetOpen { missing: Seconds(1) }));
        short.module_confirmed = Seconds::ZERO;
        assert_eq!(may_start(&Evaluation { offered_when: 0, ..rules() }, &short), Ok(()));

        let failed = [attempt(1, AttemptStatus::Released, false)];
        let until = Instant(1000 + DAY);
        let at = |now, opens, closes| {
            let facts = StartFacts { now: Instant(now), opens, closes, ..facts(&failed) };
            may_start(&rules(), &facts)
        };
        assert_eq!(at(until.0 - 1, None, None), Err(StartRefused::Wait { until }));
        assert_eq!(at(until.0, None, None), Ok(()));
        let limit = Instant(5 * DAY);
        assert_eq!(at(limit.0 - 1, Some(limit), None), Err(StartRefused::NotBefore { opens: limit }));
        assert_eq!(at(limit.0, Some(limit), None), Ok(()));
        assert_eq!(at(limit.0 - 1, None, Some(limit)), Ok(()));
        assert_eq!(at(limit.0, None, Some(limit)), Err(StartRefused::Closed { closed: limit }));
    }
}
