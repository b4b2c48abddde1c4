//! The life cycle of attempts.

pub mod best;
pub mod deadline;
pub mod start;

use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// The name of an attempt's state, as stored and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptStatus {
    /// Being answered.
    InProgress,
    /// Handed in, by her or because the time ran out.
    Submitted,
    /// A judge has to read something.
    AwaitingGrading,
    /// Has a result that she does not see yet.
    Graded,
    /// The result is hers.
    Released,
    /// Annulled by staff.
    Void,
}

impl AttemptStatus {
    /// Every status, in order of life.
    pub const ALL: [Self; 6] = [Self::InProgress, Self::Submitted, Self::AwaitingGrading, Self::Graded, Self::Released, Self::Void];

    /// The stored name (`in_progress`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::Submitted => "submitted",
            Self::AwaitingGrading => "awaiting_grading",
            Self::Graded => "graded",
            Self::Released => "released",
            Self::Void => "void",
        }
    }

    /// The status with this stored name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

impl fmt::Display for AttemptStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The state of an attempt with the instants that belong to it:
/// `in_progress → submitted → (awaiting_grading →) graded → released`, and `void` from each of them. A later change of
/// a released result is a new result beside the old, not a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AttemptState {
    /// Being answered.
    InProgress,
    /// Handed in.
    Submitted {
        /// When.
        submitted: Instant,
    },
    /// A judge has to read something.
    AwaitingGrading {
        /// When it was handed in.
        submitted: Instant,
    },
    /// Has a result.
    Graded {
        /// When it was handed in.
        submitted: Instant,
        /// When the result was complete.
        graded: Instant,
    },
    /// The result is hers.
    Released {
        /// When it was handed in.
        submitted: Instant,
        /// When the result was complete.
        graded: Instant,
        /// When it was released.
        released: Instant,
    },
    /// Annulled; reason and author are in the event.
    Void {
        /// When.
        voided: Instant,
        /// What it was before.
        before: AttemptStatus,
    },
}

/// A move that the life cycle does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{from} cannot become {to}")]
pub struct IllegalMove {
    /// The state it is in.
    pub from: AttemptStatus,
    /// The state asked for.
    pub to: AttemptStatus,
}

impl AttemptState {
    /// The state's name.
    #[must_use]
    pub const fn status(self) -> AttemptStatus {
        match self {
            Self::InProgress => AttemptStatus::InProgress,
            Self::Submitted { .. } => AttemptStatus::Submitted,
            Self::AwaitingGrading { .. } => AttemptStatus::AwaitingGrading,
            Self::Graded { .. } => AttemptStatus::Graded,
            Self::Released { .. } => AttemptStatus::Released,
            Self::Void { .. } => AttemptStatus::Void,
        }
    }

    const fn refuse(self, to: AttemptStatus) -> IllegalMove {
        IllegalMove { from: self.status(), to }
    }

    /// Handed in at `at`.
    ///
    /// # Errors
    /// [`IllegalMove`] unless in progress.
    pub const fn submit(self, at: Instant) -> Result<Self, IllegalMove> {
        match self {
            Self::InProgress => Ok(Self::Submitted { submitted: at }),
            Self::Submitted { .. } | Self::AwaitingGrading { .. } | Self::Graded { .. } | Self::Released { .. } | Self::Void { .. } => {
                Err(self.refuse(AttemptStatus::Submitted))
            }
        }
    }

    /// Waits for a judge.
    ///
    /// # Errors
    /// [`IllegalMove`] unless submitted.
    pub const fn await_grading(self) -> Result<Self, IllegalMove> {
        match self {
            Self::Submitted { submitted } => Ok(Self::AwaitingGrading { submitted }),
            Self::InProgress | Self::AwaitingGrading { .. } | Self::Graded { .. } | Self::Released { .. } | Self::Void { .. } => {
                Err(self.refuse(AttemptStatus::AwaitingGrading))
            }
        }
    }

    /// Has its result at `at`.
    ///
    /// # Errors
    /// [`IllegalMove`] unless submitted or awaiting grading.
    pub const fn grade(self, at: Instant) -> Result<Self, IllegalMove> {
        match self {
            Self::Submitted { submitted } | Self::AwaitingGrading { submitted } => Ok(Self::Graded { submitted, graded: at }),
            Self::InProgress | Self::Graded { .. } | Self::Released { .. } | Self::Void { .. } => Err(self.refuse(AttemptStatus::Graded)),
        }
    }

    /// The result is hers at `at`.
    ///
    /// # Errors
    /// [`IllegalMove`] unless graded.
    pub const fn release(self, at: Instant) -> Result<Self, IllegalMove> {
        match self {
            Self::Graded { submitted, graded } => Ok(Self::Released { submitted, graded, released: at }),
            Self::InProgress | Self::Submitted { .. } | Self::AwaitingGrading { .. } | Self::Released { .. } | Self::Void { .. } => {
                Err(self.refuse(AttemptStatus::Released))
            }
        }
    }

    /// Annulled at `at`, from any other state.
    ///
    /// # Errors
    /// [`IllegalMove`] when it is void already.
    pub const fn annul(self, at: Instant) -> Result<Self, IllegalMove> {
        match self {
            Self::InProgress | Self::Submitted { .. } | Self::AwaitingGrading { .. } | Self::Graded { .. } | Self::Released { .. } => {
                Ok(Self::Void { voided: at, before: self.status() })
            }
            Self::Void { .. } => Err(self.refuse(AttemptStatus::Void)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_that_is_not_in_the_life_cycle_is_refused() {
        use AttemptStatus::{AwaitingGrading, Graded, InProgress, Released, Submitted, Void};
        let t = Instant(1);
        let submitted = AttemptState::InProgress.submit(t).unwrap();
        let graded = submitted.grade(t).unwrap();
        let released = graded.release(t).unwrap();
        let states =
            [AttemptState::InProgress, submitted, submitted.await_grading().unwrap(), graded, released, released.annul(t).unwrap()];
        let legal = [
            (InProgress, Submitted),
            (Submitted, AwaitingGrading),
            (Submitted, Graded),
            (AwaitingGrading, Graded),
            (Graded, Released),
            (InProgress, Void),
            (Submitted, Void),
            (AwaitingGrading, Void),
            (Graded, Void),
            (Released, Void),
        ];
        for (state, status) in states.into_iter().zip(AttemptStatus::ALL) {
            assert_eq!(state.status(), status);
            assert_eq!(AttemptStatus::from_name(status.name()), Some(status));
            let moves = [
                (Submitted, state.submit(t)),
                (AwaitingGrading, state.await_grading()),
                (Graded, state.grade(t)),
                (Released, state.release(t)),
                (Void, state.annul(t)),
            ];
            for (to, outcome) in moves {
                match outcome {
                    Ok(next) => assert!(legal.contains(&(status, to)) && next.status() == to, "{status} {to}"),
                    Err(refused) => {
                        assert!(!legal.contains(&(status, to)), "{status} {to}");
                        assert_eq!(refused, IllegalMove { from: status, to });
                    }
                }
            }
        }
    }
}
