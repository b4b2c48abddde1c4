//! Cuts use into closed intervals. Lengths come from the steady clock, the place from the device's; knows no browser.

/// One moment on two clocks, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Never goes back.
    pub steady: f64,
    /// The device's clock.
    pub wall: i64,
}

/// A closed interval of use, in milliseconds of the device's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// When it began.
    pub started_at: i64,
    /// When it ended.
    pub ended_at: i64,
    /// The last sign of use.
    pub last_input_at: i64,
}

/// Shorter stretches are not worth a claim.
const LEAST: f64 = 1000.0;

/// As long as the device's clock stays within this of the steady one, intervals follow each other to the millisecond.
const SLEW: i64 = 1000;

/// Measures use: from the first sign of it until `idle` beyond the last.
pub struct Meter {
    idle: f64,
    began: Option<Moment>,
    last: f64,
}

impl Meter {
    /// A meter at rest; `idle` in milliseconds.
    pub const fn new(idle: f64) -> Self {
        Self { idle, began: None, last: 0.0 }
    }

    /// A sign of use; closes the interval before it when she had been away.
    pub fn sign(&mut self, now: Moment) -> Option<Use> {
        let before = if self.is_idle(now) { self.stop(now) } else { None };
        self.began.get_or_insert(now);
        self.last = now.steady;
        before
    }

    /// Closes the interval and goes on with the next one, unless she is away. The next begins where this one ended, and not
    /// where the device's clock stands, unless that was set meanwhile.
    pub fn cut(&mut self, now: Moment) -> Option<Use> {
        let goes_on = self.began.filter(|_| !self.is_idle(now));
        let closed = self.stop(now);
        self.began = goes_on.map(|began| match closed {
            Some(Use { started_at, ended_at, .. }) if (ended_at - now.wall).abs() <= SLEW => {
                Moment { steady: began.steady + (ended_at - started_at) as f64, wall: ended_at }
            }
            _ => now,
        });
        closed
    }

    /// Closes the interval.
    pub fn stop(&mut self, now: Moment) -> Option<Use> {
        let began = self.began.take()?;
        let length = now.steady.min(self.last + self.idle) - began.steady;
        (length >= LEAST).then(|| Use {
            started_at: began.wall,
            ended_at: began.wall + whole(length),
            last_input_at: began.wall + whole(self.last - began.steady),
        })
    }

    fn is_idle(&self, now: Moment) -> bool {
        self.began.is_some() && now.steady - self.last >= self.idle
    }
}

fn whole(millis: f64) -> i64 {
    millis as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i32) -> Moment {
        Moment { steady: f64::from(seconds) * 1000.0, wall: 1_000_000 + i64::from(seconds) * 1000 }
    }

    fn used(from: i64, to: i64, last: i64) -> Option<Use> {
        let wall = |seconds| 1_000_000 + seconds * 1000;
        Some(Use { started_at: wall(from), ended_at: wall(to), last_input_at: wall(last) })
    }

    #[test]
    fn reports_follow_each_other_without_a_gap() {
        let mut meter = Meter::new(180_000.0);
        assert_eq!(meter.sign(at(0)), None);
        assert_eq!(meter.cut(at(30)), used(0, 30, 0));
        assert_eq!(meter.sign(at(40)), None);
        assert_eq!(meter.cut(at(60)), used(30, 60, 40));
        assert_eq!(meter.stop(at(65)), used(60, 65, 40));
        assert_eq!(meter.stop(at(70)), None);
    }

    #[test]
    fn a_clock_that_is_nudged_leaves_no_gap_and_one_that_is_set_begins_anew() {
        let mut meter = Meter::new(180_000.0);
        meter.sign(Moment { steady: 0.0, wall: 1_000_000 });
        let first = meter.cut(Moment { steady: 30_000.7, wall: 1_030_012 });
        assert_eq!(first, Some(Use { started_at: 1_000_000, ended_at: 1_030_000, last_input_at: 1_000_000 }));
        let second = meter.cut(Moment { steady: 60_000.4, wall: 9_060_000 });
        assert_eq!(second, Some(Use { started_at: 1_030_000, ended_at: 1_060_000, last_input_at: 1_000_000 }));
        let third = meter.cut(Moment { steady: 90_000.9, wall: 9_090_000 });
        assert_eq!(third, Some(Use { started_at: 9_060_000, ended_at: 9_090_000, last_input_at: 9_000_000 }));
    }

    #[test]
    fn being_away_counts_up_to_the_idle_time() {
        let mut meter = Meter::new(180_000.0);
        meter.sign(at(0));
        assert_eq!(meter.cut(at(200)), used(0, 180, 0));
        assert_eq!(meter.cut(at(230)), None);
        meter.sign(at(300));
        assert_eq!(meter.stop(at(310)), used(300, 310, 300));
    }

    #[test]
    fn a_sleeping_timer_does_not_stretch_an_interval() {
        let mut meter = Meter::new(180_000.0);
        meter.sign(at(0));
        assert_eq!(meter.sign(at(4000)), used(0, 180, 0));
        assert_eq!(meter.stop(at(4010)), used(4000, 4010, 4000));
    }

    #[test]
    fn a_clock_set_while_reading_moves_the_place_not_the_length() {
        let mut meter = Meter::new(180_000.0);
        meter.sign(Moment { steady: 0.0, wall: 5_000 });
        let closed = meter.stop(Moment { steady: 30_000.0, wall: 9_000_000 });
        assert_eq!(closed, Some(Use { started_at: 5_000, ended_at: 35_000, last_input_at: 5_000 }));
    }
}
