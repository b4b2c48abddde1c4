//! What of a study claim is believed: only what lies inside a window that the server witnessed (hours.md, Bounds).

mod limits;

use crate::curriculum::HoursRules;
use crate::time::{Instant, Interval, Seconds};
use serde::{Deserialize, Serialize};

/// How far a claim may reach beyond the moment of receipt: clocks and networks are not exact.
pub const RECEIPT_ALLOWANCE: Seconds = Seconds(120);

/// How far two measurements of a device's clock may lie apart and still be one clock, in milliseconds. A measurement is off by the
/// time its request was under way, which differs by seconds on a bad connection; a clock that stands right does not
/// (docs/decisions/0010-one-offset-while-the-clock-is-steady.md).
pub const STEADY_CLOCK: i64 = 5_000;

/// A closed interval of study as the browser sent it. All instants are the device's clock, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Counter of the device, unique with it.
    pub sequence: i64,
    /// Position of the part in the lesson, from 0.
    pub part: u16,
    /// First instant claimed.
    pub started_at: Instant,
    /// First instant after; its distance from the start was measured with the monotonic clock.
    pub ended_at: Instant,
    /// The last sign of use: input, scrolling, playing audio.
    pub last_input_at: Instant,
    /// The device's clock when the request was sent.
    pub device_now: Instant,
}

impl Claim {
    /// Milliseconds to add to the device's clock to get the server's, as measured in the request that carried the claim.
    #[must_use]
    pub const fn measured_offset(&self, received_at: Instant) -> i64 {
        received_at.0.saturating_sub(self.device_now.0)
    }

    /// Milliseconds to add to the device's clock to get the server's: what is `known` of the device as long as the request agrees
    /// within [`STEADY_CLOCK`], so that intervals that follow each other on the device do so here; else what the request measured.
    #[must_use]
    pub fn offset(&self, received_at: Instant, known: Option<i64>) -> i64 {
        let measured = self.measured_offset(received_at);
        known.filter(|known| known.abs_diff(measured) <= STEADY_CLOCK.unsigned_abs()).unwrap_or(measured)
    }
}

/// What the server saw itself, on its own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// When it opened the reading.
    pub opened_at: Instant,
    /// When the claim arrived.
    pub received_at: Instant,
}

/// Whether the reading still belongs to who sends the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingState {
    /// It is hers.
    Hers,
    /// Cancelled, or another person's.
    NotHers,
}

/// Whether (device, sequence) was received before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Not yet.
    New,
    /// With the same content as sent.
    Same,
    /// With other content.
    Other,
}

/// Whether the lesson was open to her when the time was spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LessonState {
    /// It was.
    Open,
    /// It was not.
    NotOpen,
}

/// What is stored about the person, her device and the reading.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Whose reading it is.
    pub reading: ReadingState,
    /// Whether it came before.
    pub seen: Seen,
    /// Whether the lesson was open.
    pub lesson: LessonState,
    /// [`Claim::offset`] of the device's last claim; `None` on its first.
    pub last_offset: Option<i64>,
    /// Her self-paced time already attributed, in order of start: of `days` and of the time around them within
    /// `without_pause + pause`. More does no harm.
    pub studied: &'a [Interval],
    /// The local days that [`place`] touches, in order: one, or two around midnight. Time in none of them is queued.
    pub days: &'a [Interval],
}

/// Why a claim was cut. Kept beside what was sent and shown to her.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clip {
    /// It ended before it began, or was empty.
    Reversed,
    /// It began before the reading was opened.
    BeforeOpening,
    /// It ended after it was received, beyond [`RECEIPT_ALLOWANCE`].
    AfterReceipt,
    /// It went on longer than `idle_after` after the last sign of use.
    Idle,
}

/// Why time waits for staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Doubt {
    /// The device's clock moved against the last measurement by more than `clock_tolerance`.
    ClockMoved {
        /// By how many milliseconds; signed.
        millis: i64,
    },
    /// The same device and sequence with other content: the first stands.
    SequenceReused,
    /// The lesson was not open to her.
    LessonNotOpen,
    /// Claimed later than `claim_delay` after it happened.
    TooLate,
    /// More than `self_paced_per_day` on one local day.
    TooMuchInADay,
    /// More than `without_pause` without a gap of `pause`.
    WithoutPause,
}

/// Time that waits for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubtful {
    /// When, inside the window.
    pub interval: Interval,
    /// Why; never empty.
    pub reasons: Vec<Doubt>,
}

/// The answer to a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Outcome {
    /// The reading is not hers: 403, nothing is stored.
    Refused,
    /// The same claim again: it is accepted already.
    Repeated,
    /// Believed.
    Accepted {
        /// When, on the server's clock.
        interval: Interval,
        /// What was cut from what was sent; empty when nothing was.
        clipped: Vec<Clip>,
    },
    /// Nothing of it lies inside the bounds.
    Nothing {
        /// Why; never empty.
        clipped: Vec<Clip>,
    },
    /// At least a part waits for staff.
    Queued {
        /// What waits, in order of time; never empty.
        parts: Vec<Doubtful>,
        /// The rest, which is believed: in order of time, perhaps empty.
        accepted: Vec<Interval>,
        /// What was cut from what was sent.
        clipped: Vec<Clip>,
    },
}

impl Outcome {
    /// The time that counts as evidence, in no order: what was believed at once, and the doubtful part if staff accepted it.
    #[must_use]
    pub fn believed(&self, accepted_by_staff: bool) -> Vec<Interval> {
        match self {
            Self::Refused | Self::Repeated | Self::Nothing { .. } => Vec::new(),
            Self::Accepted { interval, .. } => vec![*interval],
            Self::Queued { parts, accepted, .. } => {
                let doubtful = parts.iter().map(|part| part.interval).filter(|_| accepted_by_staff);
                accepted.iter().copied().chain(doubtful).collect()
            }
        }
    }

    /// The time that waits for staff, in order of time.
    #[must_use]
    pub fn doubtful(&self) -> &[Doubtful] {
        match self {
            Self::Queued { parts, .. } => parts,
            Self::Refused | Self::Repeated | Self::Nothing { .. } | Self::Accepted { .. } => &[],
        }
    }
}

/// A claim put on the server's clock and clipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// What is left of it.
    pub interval: Option<Interval>,
    /// Every bound that it overstepped; never empty when nothing is left.
    pub clipped: Vec<Clip>,
}

/// Corrects the device's clock ([`Claim::offset`]) and clips to `[opened, received + 2 min]` and to `idle_after` beyond the last input.
/// Whoever gathers the [`Facts`] asks it which local days the claim touches.
#[must_use]
pub fn place(claim: &Claim, window: Window, known_offset: Option<i64>, rules: &HoursRules) -> Placed {
    let offset = claim.offset(window.received_at, known_offset);
    let corrected = |device: Instant| Instant(device.0.saturating_add(offset));
    let (start, end) = (corrected(claim.started_at), corrected(claim.ended_at));
    if claim.ended_at <= claim.started_at {
        return Placed { interval: None, clipped: vec![Clip::Reversed] };
    }
    let latest = window.received_at.plus(RECEIPT_ALLOWANCE);
    let used_until = corrected(claim.last_input_at).plus(rules.idle_after);
    let overstepped = [(start < window.opened_at, Clip::BeforeOpening), (end > latest, Clip::AfterReceipt), (end > used_until, Clip::Idle)];
    Placed {
        interval: Interval::new(start.max(window.opened_at), end.min(latest).min(used_until)),
        clipped: overstepped.into_iter().filter_map(|(is_over, clip)| is_over.then_some(clip)).collect(),
    }
}

/// All that [`place`] can answer, whatever is known of the device: where to look before anything is read.
#[must_use]
pub fn reach(claim: &Claim, window: Window) -> Option<Interval> {
    let measured = claim.measured_offset(window.received_at);
    let start = claim.started_at.0.saturating_add(measured).saturating_sub(STEADY_CLOCK);
    let end = claim.ended_at.0.saturating_add(measured).saturating_add(STEADY_CLOCK);
    let latest = window.received_at.plus(RECEIPT_ALLOWANCE);
    Interval::new(Instant(start).max(window.opened_at), Instant(end).min(latest))
}

/// Decides a claim: every row of the table in hours.md, Bounds.
#[must_use]
pub fn bound(claim: &Claim, window: Window, facts: Facts<'_>, rules: &HoursRules) -> Outcome {
    let moved = facts.last_offset.map_or(0, |last| claim.measured_offset(window.received_at).saturating_sub(last));
    let has_moved = moved.unsigned_abs() > rules.clock_tolerance.0.saturating_mul(1000).unsigned_abs();
    let clock = has_moved.then_some(Doubt::ClockMoved { millis: moved });
    decide(place(claim, window, facts.last_offset, rules), clock, window.received_at, facts, rules)
}

/// Decides the interval of a form ([`form_interval`]): the same table without the device's clock, which it does not use.
/// `facts.seen` says whether its token counted before.
#[must_use]
pub fn bound_form(interval: Interval, received_at: Instant, facts: Facts<'_>, rules: &HoursRules) -> Outcome {
    decide(Placed { interval: Some(interval), clipped: Vec::new() }, None, received_at, facts, rules)
}

fn decide(placed: Placed, clock: Option<Doubt>, received_at: Instant, facts: Facts<'_>, rules: &HoursRules) -> Outcome {
    match (facts.reading, facts.seen) {
        (ReadingState::NotHers, Seen::New | Seen::Same | Seen::Other) => return Outcome::Refused,
        (ReadingState::Hers, Seen::Same) => return Outcome::Repeated,
        (ReadingState::Hers, Seen::New | Seen::Other) => {}
    }
    let Placed { interval, clipped } = placed;
    let Some(interval) = interval else {
        return Outcome::Nothing { clipped };
    };
    let reasons: Vec<Doubt> = [clock, reuse(facts.seen), closed(facts.lesson)].into_iter().flatten().collect();
    if !reasons.is_empty() {
        return Outcome::Queued { parts: vec![Doubtful { interval, reasons }], accepted: Vec::new(), clipped };
    }
    let split = limits::split(interval, received_at.minus(rules.claim_delay), facts, rules);
    if split.queued.is_empty() {
        Outcome::Accepted { interval, clipped }
    } else {
        Outcome::Queued { parts: split.queued, accepted: split.accepted, clipped }
    }
}

/// The interval of the form "Continuar" (script off): from the opening to now, at most the part's design time. `None`
/// when the token is older than `token_life` or not older than this moment.
#[must_use]
pub fn form_interval(opened_at: Instant, now: Instant, design: Seconds, rules: &HoursRules) -> Option<Interval> {
    if now > opened_at.plus(rules.token_life) {
        return None;
    }
    Interval::new(opened_at, now.min(opened_at.plus(design)))
}

const fn reuse(seen: Seen) -> Option<Doubt> {
    match seen {
        Seen::Other => Some(Doubt::SequenceReused),
        Seen::New | Seen::Same => None,
    }
}

const fn closed(lesson: LessonState) -> Option<Doubt> {
    match lesson {
        LessonState::NotOpen => Some(Doubt::LessonNotOpen),
        LessonState::Open => None,
    }
}

#[cfg(test)]
mod tests;
