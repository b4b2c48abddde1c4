//! Presence at a session: the rotating code of the self check-in, what of it a second success means, who is present when the
//! roll says otherwise, and when a substitute task counts (hours.md, Attribution and credit, What people see).

use crate::time::{Instant, Interval, Seconds};
use serde::{Deserialize, Serialize};

/// The code is shown and taken from this long before a session starts.
pub const OPENS_BEFORE: Seconds = Seconds(30 * 60);
/// Wrong codes that one person may type at one session.
pub const TRIES: i64 = 5;
/// Her own word and the roll may be this far apart without a difference being shown.
pub const TOLERANCE: Seconds = Seconds(5 * 60);
/// The departure is taken in the last part of this many equal ones.
const PARTS: i64 = 4;
const CODES: u64 = 1_000_000;

/// A minute of the clock, counted from 1970 in UTC: the unit in which codes change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minute(pub i64);

impl Minute {
    /// The minute of an instant.
    #[must_use]
    pub const fn of(at: Instant) -> Self {
        Self(at.0.div_euclid(60_000))
    }

    /// The minute before.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    const fn starts(self) -> Instant {
        Instant(self.0.saturating_mul(60_000))
    }

    const fn ends(self) -> Instant {
        Instant(self.0.saturating_add(1).saturating_mul(60_000))
    }
}

/// Six digits, as shown to a room and typed on a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckInCode(u32);

impl CheckInCode {
    /// The digits of a keyed digest over session and minute.
    #[must_use]
    pub fn of(tag: &[u8; 32]) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = *tag;
        Self(u32::try_from(u64::from_be_bytes([a, b, c, d, e, f, g, h]) % CODES).unwrap_or_default())
    }

    /// What was typed, spaces apart; nothing unless it is six digits.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let is_code = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit());
        is_code.then(|| digits.parse().ok().map(Self)).flatten()
    }
}

impl std::fmt::Display for CheckInCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// Why a code is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// The session has no code yet.
    #[error("too early")]
    NotYet,
    /// It has none any more.
    #[error("over")]
    Over,
    /// Another session's, another minute's, or nobody's.
    #[error("wrong code")]
    Wrong,
}

/// From when to when a session's code is shown.
#[must_use]
pub fn shown(session: Interval) -> (Instant, Instant) {
    (session.start().minus(OPENS_BEFORE), session.end())
}

/// Whether the judge's page shows a code at `now`.
#[must_use]
pub fn shows_code(session: Interval, now: Instant) -> bool {
    let (from, to) = shown(session);
    from <= now && now < to
}

/// Whether `given` is the code of this session in this minute or the one before, as far as one was shown then.
///
/// # Errors
/// Why not.
pub fn check_code(session: Interval, now: Instant, given: CheckInCode, code_of: impl Fn(Minute) -> CheckInCode) -> Result<(), CodeFault> {
    let (from, to) = shown(session);
    if now < from {
        return Err(CodeFault::NotYet);
    }
    let this = Minute::of(now);
    let mut valid = [this, this.before()].into_iter().filter(|minute| minute.starts() < to && minute.ends() > from).peekable();
    if valid.peek().is_none() {
        return Err(CodeFault::Over);
    }
    if valid.any(|minute| code_of(minute) == given) { Ok(()) } else { Err(CodeFault::Wrong) }
}

/// What a trainee's own check-ins say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Her first right code.
    pub arrived: Instant,
    /// A later one, in the last part of the session or after.
    pub left: Option<Instant>,
}

/// What a right code means now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// She comes.
    Arrival,
    /// She goes.
    Departure,
    /// She came already; her departure is taken from then on.
    NotYet(Instant),
    /// Both are noted.
    Done,
}

/// From when a departure is taken: the last quarter of the session.
#[must_use]
pub fn leaves_from(session: Interval) -> Instant {
    Instant(session.end().0 - session.millis() / PARTS)
}

/// What a right code means at `now`. The code that noted an arrival notes no departure: two taps are one arrival.
#[must_use]
pub fn step(session: Interval, said: Option<Said>, now: Instant) -> Step {
    let Some(said) = said else { return Step::Arrival };
    if said.left.is_some() {
        return Step::Done;
    }
    let next_code = Minute(Minute::of(said.arrived).0.saturating_add(2)).starts();
    let from = leaves_from(session).max(next_code);
    if now >= from { Step::Departure } else { Step::NotYet(from) }
}

/// What the judge's roll says of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Noted {
    /// Nothing yet.
    Nothing,
    /// Absent.
    Absent,
    /// Present from and to.
    Present(Interval),
}

/// How her own word differs from the roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Difference {
    /// She checked in; the roll says absent.
    Absence,
    /// The times are more than [`TOLERANCE`] apart.
    Times,
}

/// Who is present, and what to show beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What counts once confirmed: what the roll says, and nothing else.
    pub present: Option<Interval>,
    /// What the judge is shown.
    pub difference: Option<Difference>,
}

/// The roll decides; her own word is shown beside it where it differs, and never counts by itself.
#[must_use]
pub fn decide(roll: Noted, said: Option<Said>, session: Interval) -> Decision {
    match (roll, said) {
        (Noted::Nothing, _) => Decision { present: None, difference: None },
        (Noted::Absent, said) => Decision { present: None, difference: said.map(|_| Difference::Absence) },
        (Noted::Present(present), None) => Decision { present: Some(present), difference: None },
        (Noted::Present(present), Some(said)) => {
            let within = |at: Instant| at.max(session.start()).min(session.end());
            let far = |one: Instant, other: Instant| within(one).0.abs_diff(within(other).0) > TOLERANCE.0.unsigned_abs() * 1000;
            let differs = far(present.start(), said.arrived) || said.left.is_some_and(|left| far(present.end(), left));
            Decision { present: Some(present), difference: differs.then_some(Difference::Times) }
        }
    }
}

/// The times to propose to the judge from her own word: within the session, up to its end while she has not left.
#[must_use]
pub fn proposed(said: Said, session: Interval) -> Option<Interval> {
    let end = said.left.unwrap_or(session.end());
    Interval::new(said.arrived, end.max(said.arrived))?.intersect(session)
}

/// Why a substitute task is not credited as stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SubstituteFault {
    /// Work before the task was set.
    #[error("before the task was set")]
    BeforeSet,
    /// Work that is not over yet.
    #[error("in the future")]
    InFuture,
    /// She was at a session or another task then: those seconds are counted.
    #[error("overlaps presence that counts")]
    Overlaps,
    /// Nothing is missing of the item.
    #[error("nothing is missing")]
    NothingMissing,
}

/// The part of the clock that a task done in `stated` counts for: at most what is missing of the item, from its start on.
/// `present` is her confirmed presence elsewhere: no second of the clock is given twice, and none is taken from there.
///
/// # Errors
/// Why it counts nothing as stated.
pub fn substitute(
    stated: Interval,
    set_at: Instant,
    now: Instant,
    missing: Seconds,
    present: &[Interval],
) -> Result<Interval, SubstituteFault> {
    if stated.start() < set_at {
        return Err(SubstituteFault::BeforeSet);
    }
    if stated.end() > now {
        return Err(SubstituteFault::InFuture);
    }
    let counted = Interval::new(stated.start(), stated.end().min(stated.start().plus(missing))).ok_or(SubstituteFault::NothingMissing)?;
    if present.iter().any(|other| other.intersect(counted).is_some()) {
        return Err(SubstituteFault::Overlaps);
    }
    Ok(counted)
}

#[cfg(test)]
mod tests;
