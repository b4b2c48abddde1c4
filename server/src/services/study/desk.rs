//! One reading with what came for it, and where its time would go. [`intake`] handles all that wait at the same time; what is on
//! record of each ([`record`]) is the [`ground`] on which its claims are bounded and attributed.

mod changes;
mod ground;
pub mod intake;
mod record;

use super::token::Reading;
use crate::clock::{instant, local_date, zone};
use crate::failure::{Failure, Outcome};
use app::features::study::api::SentInterval;
use domain::curriculum::{Lesson, Programme, Stretch};
use domain::hours::bounds::{Claim, Window, form_interval, reach};
use domain::time::{Instant, Interval, Seconds};
use std::sync::Arc;

/// What came: intervals of the page's clock, or the button.
#[derive(Debug, Clone)]
pub enum Sent {
    /// Intervals, and the device's clock when they were sent.
    Intervals(Vec<SentInterval>, Instant),
    /// "Continuar".
    Button,
}

/// What came for a reading, before anything is read.
#[derive(Debug, Clone)]
pub struct Brought {
    /// The signed reading.
    pub reading: Reading,
    /// What came.
    pub sent: Sent,
    /// When.
    pub now: Instant,
}

/// See the module.
#[derive(Debug)]
struct Desk {
    reading: Reading,
    sent: Sent,
    /// When the claims came.
    now: Instant,
    /// The revision that she is held to.
    programme: Arc<Programme>,
    stretch: Stretch,
}

/// What a person sees of what came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// Attributed to the lesson so far.
    pub studied: Seconds,
    /// Whether the checkpoint can be answered.
    pub checkpoint_open: bool,
}

impl Desk {
    /// `NotFound` when her programme has no such lesson or part.
    fn new(brought: &Brought, programme: Arc<Programme>) -> Outcome<Self> {
        let Brought { reading, sent, now } = brought.clone();
        let (_, lesson) = programme.lesson(&reading.lesson).ok_or(Failure::NotFound)?;
        let stretch = lesson.stretch_of_part(usize::from(reading.part)).ok_or(Failure::NotFound)?;
        Ok(Self { reading, sent, now, programme, stretch })
    }

    /// Which lesson.
    fn lesson(&self) -> Outcome<&Lesson> {
        self.programme.lesson(&self.reading.lesson).map(|(_, lesson)| lesson).ok_or(Failure::NotFound)
    }

    fn window(&self) -> Window {
        Window { opened_at: self.reading.opened_at, received_at: self.now }
    }

    fn claim(&self, sent: &SentInterval, device_now: Instant) -> Claim {
        Claim {
            sequence: sent.sequence,
            part: self.reading.part,
            started_at: Instant(sent.started_at),
            ended_at: Instant(sent.ended_at),
            last_input_at: Instant(sent.last_input_at),
            device_now,
        }
    }

    /// What the button claims.
    fn form_interval(&self) -> Outcome<Option<Interval>> {
        let part = self.lesson()?.parts.get(usize::from(self.reading.part));
        Ok(part.and_then(|part| form_interval(self.reading.opened_at, self.now, part.design, &self.programme.rules)))
    }

    /// From the first to the last instant that anything of it could touch.
    fn span(&self) -> Outcome<Option<Interval>> {
        let pieces: Vec<Interval> = match &self.sent {
            Sent::Intervals(intervals, device_now) => {
                intervals.iter().filter_map(|i| reach(&self.claim(i, *device_now), self.window())).collect()
            }
            Sent::Button => self.form_interval()?.into_iter().collect(),
        };
        let ends = pieces.iter().map(|i| i.start()).min().zip(pieces.iter().map(|i| i.end()).max());
        Ok(ends.and_then(|(from, to)| Interval::new(from, to)))
    }

    /// The local days that an interval touches.
    fn days(&self, interval: Option<Interval>) -> Outcome<Vec<Interval>> {
        let Some(interval) = interval else { return Ok(Vec::new()) };
        let zone = zone(&self.programme.time_zone);
        let midnight = |day: chrono::NaiveDate| instant(day.and_time(chrono::NaiveTime::MIN), zone);
        let mut days = Vec::new();
        let mut day = local_date(interval.start(), zone);
        while midnight(day) < interval.end() {
            let next = day.succ_opt().ok_or_else(|| Failure::Internal("end of the calendar".to_owned()))?;
            days.extend(Interval::new(midnight(day), midnight(next)));
            day = next;
        }
        Ok(days)
    }
}
