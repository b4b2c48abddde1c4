//! Time that staff give or take, with a reason (hours.md, Evidence 5): who may do it, how much, and who must approve it.
//! An adjustment is credit of a lesson as a whole; it passes no checkpoint. How it counts is in [`super::total`].

use crate::curriculum::HoursRules;
use crate::ids::PersonId;
use crate::time::Seconds;
use serde::{Deserialize, Serialize};

/// What somebody proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Signed length.
    pub seconds: Seconds,
    /// Who.
    pub by: PersonId,
}

/// What is on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Whose hours.
    pub subject: PersonId,
    /// Σ of the absolute lengths of the enrolment's other adjustments: those posted; when something is proposed, also those
    /// that wait for a second person.
    pub used: Seconds,
    /// Confirmed time of the lesson, adjustments included, as her page shows it.
    pub confirmed: Seconds,
    /// Time of the lesson.
    pub design: Seconds,
    /// Required time of the programme.
    pub required: Seconds,
}

/// What becomes of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It is posted at once.
    Post,
    /// A second person approves or declines it.
    Wait,
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Refused {
    /// No time at all, or no whole minutes.
    #[error("not a number of whole minutes")]
    NotMinutes,
    /// The hours are the person's own.
    #[error("own hours")]
    Own,
    /// Who proposed it does not also approve it.
    #[error("approved by who proposed it")]
    SamePerson,
    /// The sum of the enrolment's adjustments would pass `max_adjusted`.
    #[error("more than the sum allows: {left} left")]
    TooMuch {
        /// What the sum still allows.
        left: Seconds,
    },
    /// It takes more than the lesson has.
    #[error("takes more than the lesson has: {most}")]
    BelowZero {
        /// What can be taken.
        most: Seconds,
    },
    /// It gives more than the lesson lacks.
    #[error("gives more than the lesson lacks: {most}")]
    BeyondLesson {
        /// What can be given.
        most: Seconds,
    },
}

/// The most that all adjustments of an enrolment may sum up to, by absolute value.
#[must_use]
pub fn most(required: Seconds, rules: &HoursRules) -> Seconds {
    Seconds(required.0.saturating_mul(rules.max_adjusted.max(0)) / 100)
}

/// Decides a proposal. `adjustment_alone` is compared with the sum too: what needs a second person cannot be cut into
/// pieces that need none.
///
/// # Errors
/// Why it cannot be.
pub fn decide(proposal: Proposal, facts: Facts, rules: &HoursRules) -> Result<Decision, Refused> {
    let sum = check(proposal, facts, rules)?;
    Ok(if sum <= rules.adjustment_alone { Decision::Post } else { Decision::Wait })
}

/// Whether `second` may approve a proposal that waited, as the facts stand now.
///
/// # Errors
/// Why not.
pub fn approve(proposal: Proposal, second: PersonId, facts: Facts, rules: &HoursRules) -> Result<(), Refused> {
    may_judge(proposal.by, second, facts.subject)?;
    check(proposal, facts, rules).map(drop)
}

/// Whether `second` may approve or decline what `first` proposed for `subject`.
///
/// # Errors
/// `SamePerson`, `Own`.
pub fn may_judge(first: PersonId, second: PersonId, subject: PersonId) -> Result<(), Refused> {
    if second == subject {
        Err(Refused::Own)
    } else if second == first {
        Err(Refused::SamePerson)
    } else {
        Ok(())
    }
}

/// The sum that there would be.
fn check(proposal: Proposal, facts: Facts, rules: &HoursRules) -> Result<Seconds, Refused> {
    let Proposal { seconds, by } = proposal;
    if by == facts.subject {
        return Err(Refused::Own);
    }
    if seconds.0 == 0 || seconds.0 % 60 != 0 {
        return Err(Refused::NotMinutes);
    }
    let most = most(facts.required, rules);
    let sum = Seconds(facts.used.0.saturating_add(seconds.0.saturating_abs()));
    if sum > most {
        return Err(Refused::TooMuch { left: (most - facts.used).max(Seconds::ZERO) });
    }
    if seconds < Seconds::ZERO && facts.confirmed + seconds < Seconds::ZERO {
        return Err(Refused::BelowZero { most: facts.confirmed.max(Seconds::ZERO) });
    }
    if seconds > Seconds::ZERO && facts.confirmed + seconds > facts.design {
        return Err(Refused::BeyondLesson { most: (facts.design - facts.confirmed).max(Seconds::ZERO) });
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::sample_rules;
    use uuid::Uuid;

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn facts(used: i64, confirmed: i64) -> Facts {
        let minutes = Seconds::from_minutes;
        Facts { subject: person(1), used: minutes(used), confirmed: minutes(confirmed), design: minutes(60), required: minutes(1800) }
    }

    fn propose(minutes: i64) -> Proposal {
        Proposal { seconds: Seconds::from_minutes(minutes), by: person(2) }
    }

    #[test]
    fn who_and_how_much() {
        let rules = sample_rules();
        let left = |minutes| Err(Refused::TooMuch { left: Seconds::from_minutes(minutes) });
        let cases = [
            (15, 0, 0, Ok(Decision::Post)),
            (-15, 0, 15, Ok(Decision::Post)),
            (16, 0, 0, Ok(Decision::Wait)),
            (5, 10, 0, Ok(Decision::Post)),
            (5, 11, 0, Ok(Decision::Wait)),
            (-5, 15, 60, Ok(Decision::Wait)),
            (30, 60, 0, Ok(Decision::Wait)),
            (31, 60, 0, left(30)),
            (-31, 60, 60, left(30)),
            (1, 90, 0, left(0)),
            (0, 0, 0, Err(Refused::NotMinutes)),
            (-11, 0, 10, Err(Refused::BelowZero { most: Seconds::from_minutes(10) })),
            (11, 0, 50, Err(Refused::BeyondLesson { most: Seconds::from_minutes(10) })),
        ];
        for (minutes, used, confirmed, expected) in cases {
            assert_eq!(decide(propose(minutes), facts(used, confirmed), &rules), expected, "{minutes} min, {used} used, {confirmed} there");
        }
        let odd = Proposal { seconds: Seconds(90), by: person(2) };
        assert_eq!(decide(odd, facts(0, 0), &rules), Err(Refused::NotMinutes));
        let own = Proposal { by: person(1), ..propose(5) };
        assert_eq!(decide(own, facts(0, 0), &rules), Err(Refused::Own));
    }

    #[test]
    fn the_second_person_is_another_and_the_rules_hold_then_too() {
        let rules = sample_rules();
        assert_eq!(approve(propose(30), person(3), facts(60, 0), &rules), Ok(()));
        assert_eq!(approve(propose(30), person(2), facts(0, 0), &rules), Err(Refused::SamePerson));
        assert_eq!(approve(propose(30), person(1), facts(0, 0), &rules), Err(Refused::Own));
        assert_eq!(approve(propose(31), person(3), facts(60, 0), &rules), Err(Refused::TooMuch { left: Seconds::from_minutes(30) }));
        assert_eq!(approve(propose(-31), person(3), facts(0, 30), &rules), Err(Refused::BelowZero { most: Seconds::from_minutes(30) }));
    }
}
