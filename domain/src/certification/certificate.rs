//! The life cycle of certificates.

pub mod snapshot;

use super::number::CertificateNumber;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Why a certificate was suspended or revoked, as the public is told: never more than this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    /// Issued by mistake.
    IssuedInError,
    /// Rests on a false document or on somebody else's work.
    Fraud,
    /// Conduct against the rules of the office.
    Misconduct,
    /// By order of a court.
    CourtOrder,
    /// At the holder's own request.
    HolderRequest,
    /// While something is looked into (suspension).
    UnderInquiry,
}

/// A suspension or revocation, as shown at verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Local date.
    pub on: NaiveDate,
    /// Why.
    pub reason: ReasonCode,
    /// Who decided, as printed.
    pub authority: String,
}

/// The name of a certificate's state, as stored and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateStatus {
    /// In force.
    Valid,
    /// Out of force for a time.
    Suspended,
    /// Out of force for good.
    Revoked,
    /// Replaced by another.
    Superseded,
}

impl CertificateStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Valid, Self::Suspended, Self::Revoked, Self::Superseded];

    /// The stored name (`valid`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
        }
    }

    /// The status with this stored name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

impl fmt::Display for CertificateStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The state of a certificate: `valid ⇄ suspended → revoked`, `valid → revoked`, `valid → superseded`. A suspended one
/// is not superseded: a new name would undo the suspension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CertificateState {
    /// In force, unless its term is over.
    Valid,
    /// Out of force for a time.
    Suspended {
        /// Since when, why and by whom.
        act: Act,
    },
    /// Out of force for good.
    Revoked {
        /// Since when, why and by whom.
        act: Act,
    },
    /// Replaced.
    Superseded {
        /// By which.
        by: CertificateNumber,
        /// Local date.
        on: NaiveDate,
    },
}

/// A change that the life cycle does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{from} cannot become {to}")]
pub struct IllegalChange {
    /// The state it is in.
    pub from: CertificateStatus,
    /// The state asked for.
    pub to: CertificateStatus,
}

/// What verification says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// In force.
    Valid,
    /// Its term is over.
    Expired {
        /// Its last day.
        on: NaiveDate,
    },
    /// Out of force for a time.
    Suspended {
        /// Since when, why and by whom.
        act: Act,
    },
    /// Out of force for good.
    Revoked {
        /// Since when, why and by whom.
        act: Act,
    },
    /// Replaced.
    Superseded {
        /// By which.
        by: CertificateNumber,
        /// Local date.
        on: NaiveDate,
    },
}

impl CertificateState {
    /// The state's name.
    #[must_use]
    pub const fn status(&self) -> CertificateStatus {
        match self {
            Self::Valid => CertificateStatus::Valid,
            Self::Suspended { .. } => CertificateStatus::Suspended,
            Self::Revoked { .. } => CertificateStatus::Revoked,
            Self::Superseded { .. } => CertificateStatus::Superseded,
        }
    }

    const fn refuse(&self, to: CertificateStatus) -> IllegalChange {
        IllegalChange { from: self.status(), to }
    }

    /// Suspended.
    ///
    /// # Errors
    /// [`IllegalChange`] unless valid.
    pub fn suspend(self, act: Act) -> Result<Self, IllegalChange> {
        match self {
            Self::Valid => Ok(Self::Suspended { act }),
            Self::Suspended { .. } | Self::Revoked { .. } | Self::Superseded { .. } => Err(self.refuse(CertificateStatus::Suspended)),
        }
    }

    /// Valid again.
    ///
    /// # Errors
    /// [`IllegalChange`] unless suspended.
    pub fn reinstate(self) -> Result<Self, IllegalChange> {
        match self {
            Self::Suspended { .. } => Ok(Self::Valid),
            Self::Valid | Self::Revoked { .. } | Self::Superseded { .. } => Err(self.refuse(CertificateStatus::Valid)),
        }
    }

    /// Revoked for good.
    ///
    /// # Errors
    /// [`IllegalChange`] unless valid or suspended.
    pub fn revoke(self, act: Act) -> Result<Self, IllegalChange> {
        match self {
            Self::Valid | Self::Suspended { .. } => Ok(Self::Revoked { act }),
            Self::Revoked { .. } | Self::Superseded { .. } => Err(self.refuse(CertificateStatus::Revoked)),
        }
    }

    /// Replaced by `by`.
    ///
    /// # Errors
    /// [`IllegalChange`] unless valid.
    pub fn supersede(self, by: CertificateNumber, on: NaiveDate) -> Result<Self, IllegalChange> {
        match self {
            Self::Valid => Ok(Self::Superseded { by, on }),
            Self::Suspended { .. } | Self::Revoked { .. } | Self::Superseded { .. } => Err(self.refuse(CertificateStatus::Superseded)),
        }
    }

    /// What verification says on `today`; `expires` is the last day of the term. Only a valid certificate is said to be
    /// expired: a suspension or revocation is never hidden behind the end of the term.
    #[must_use]
    pub fn standing(&self, expires: Option<NaiveDate>, today: NaiveDate) -> Standing {
        match self.clone() {
            Self::Valid => match expires.filter(|&last| last < today) {
                Some(on) => Standing::Expired { on },
                None => Standing::Valid,
            },
            Self::Suspended { act } => Standing::Suspended { act },
            Self::Revoked { act } => Standing::Revoked { act },
            Self::Superseded { by, on } => Standing::Superseded { by, on },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, n).unwrap()
    }

    fn act() -> Act {
        Act { on: day(1), reason: ReasonCode::UnderInquiry, authority: "Corte".to_owned() }
    }

    fn number() -> CertificateNumber {
        CertificateNumber::new(2026, 1).unwrap()
    }

    #[test]
    fn every_change_that_is_not_in_the_life_cycle_is_refused() {
        use CertificateStatus::{Revoked, Superseded, Suspended, Valid};
        let states = [
            CertificateState::Valid,
            CertificateState::Valid.suspend(act()).unwrap(),
            CertificateState::Valid.revoke(act()).unwrap(),
            CertificateState::Valid.supersede(number(), day(2)).unwrap(),
        ];
        let legal = [(Valid, Suspended), (Suspended, Valid), (Valid, Revoked), (Suspended, Revoked), (Valid, Superseded)];
        for (state, from) in states.into_iter().zip(CertificateStatus::ALL) {
            assert_eq!((state.status(), CertificateStatus::from_name(from.name())), (from, Some(from)));
            let changes = [
                (Valid, state.clone().reinstate()),
                (Suspended, state.clone().suspend(act())),
                (Revoked, state.clone().revoke(act())),
                (Superseded, state.supersede(number(), day(2))),
            ];
            for (to, outcome) in changes {
                match outcome {
                    Ok(next) => assert!(legal.contains(&(from, to)) && next.status() == to, "{from} {to}"),
                    Err(refused) => {
                        assert!(!legal.contains(&(from, to)), "{from} {to}");
                        assert_eq!(refused, IllegalChange { from, to });
                    }
                }
            }
        }
    }

    #[test]
    fn expired_is_computed_and_hides_nothing() {
        let valid = CertificateState::Valid;
        assert_eq!(valid.standing(None, day(30)), Standing::Valid);
        assert_eq!(valid.standing(Some(day(10)), day(10)), Standing::Valid, "its last day counts");
        assert_eq!(valid.standing(Some(day(10)), day(11)), Standing::Expired { on: day(10) });
        let suspended = CertificateState::Suspended { act: act() };
        assert_eq!(suspended.standing(Some(day(10)), day(11)), Standing::Suspended { act: act() });
        let revoked = CertificateState::Revoked { act: act() };
        assert_eq!(revoked.standing(Some(day(10)), day(11)), Standing::Revoked { act: act() });
    }
}
