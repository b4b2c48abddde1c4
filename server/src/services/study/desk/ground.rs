//! What is on record of one reading, and what becomes of it: decided in memory, nothing written.

use super::changes::Changes;
use super::record::{Earlier, Row};
use super::{Desk, Received, Sent};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{attributed, claim, stretch_state};
use crate::services::hours::evidence::{Counter, of_claim};
use crate::services::hours::posting::head;
use crate::services::hours::recompute::row;
use app::features::study::api::SentInterval;
use domain::curriculum::Lesson;
use domain::hours::attribution::{Rank, Target, attribute_study};
use domain::hours::bounds::{Claim, Facts, LessonState, Outcome as Bounded, ReadingState, Seen, bound, bound_form, place};
use domain::hours::credit::checkpoint_is_open;
use domain::hours::ledger::{Digest, Head};
use domain::ids::EnrolmentId;
use domain::time::{Instant, Interval, Seconds};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What is on record, and what becomes of it.
pub(super) struct Ground<'d> {
    pub(super) desk: &'d Desk,
    pub(super) lesson: &'d Lesson,
    pub(super) counter: Counter,
    pub(super) last_offset: Option<i64>,
    pub(super) reading: Option<(bool, bool)>,
    pub(super) head: Head,
    pub(super) stretch: stretch_state::Model,
    pub(super) lesson_ms: i64,
    /// Attributed time of the days in question, by start.
    pub(super) around: Vec<attributed::Model>,
    pub(super) earlier: Vec<Earlier>,
    pub(super) claims: Vec<claim::Model>,
    /// Starts of rows of `around` that are new or grew.
    pub(super) changed: BTreeSet<i64>,
    /// What the device's clock is off by, once a claim told it.
    pub(super) offset: Option<i64>,
}

impl Desk {
    /// What becomes of what came, given what is on record.
    pub(super) fn decide(&self, row: &Row) -> Outcome<Changes> {
        let mut ground = self.ground(row)?;
        match &self.sent {
            Sent::Intervals(intervals, device_now) => {
                for interval in intervals {
                    ground.interval(interval, *device_now)?;
                }
            }
            Sent::Button if ground.reading.is_some_and(|(reported, continued)| reported || continued) => return Ok(ground.unchanged()),
            Sent::Button => ground.button()?,
        }
        ground.changes()
    }

    fn ground(&self, row: &Row) -> Outcome<Ground<'_>> {
        let mut around = Vec::new();
        for (starts_at, ends_at, enrolment, lesson_id, stretch, kind) in row.around()? {
            let enrolment_id =
                Uuid::parse_str(&enrolment).map_err(|_| Failure::Inconsistent { table: "attributed", column: "enrolment_id" })?;
            around.push(attributed::Model { person_id: self.reading.person.0, starts_at, ends_at, enrolment_id, lesson_id, stretch, kind });
        }
        around.sort_by_key(|r| r.starts_at);
        let last_entry = row.head()?;
        Ok(Ground {
            desk: self,
            lesson: self.lesson()?,
            counter: Counter::of(self.reading.person, row.received_no, row.evidence()?.as_ref().map(Digest::as_slice))?,
            last_offset: row.clock_offset,
            reading: row.reading(),
            head: head(self.reading.enrolment, last_entry.as_ref().map(|(count, hash)| (*count, hash.as_slice())))?,
            stretch: stretch_state::Model {
                enrolment_id: self.reading.enrolment.0,
                lesson_id: self.reading.lesson.0.clone(),
                stretch: i64::from(self.stretch.index),
                attributed_ms: row.attributed_ms.unwrap_or(0),
                passed_at: row.passed_at,
                provisional: row.provisional.unwrap_or(0),
                confirmed: row.confirmed.unwrap_or(0),
                posted_at: row.posted_at,
            },
            lesson_ms: row.lesson_ms,
            around,
            earlier: row.earlier()?,
            claims: Vec::new(),
            changed: BTreeSet::new(),
            offset: None,
        })
    }
}

impl Ground<'_> {
    fn interval(&mut self, sent: &SentInterval, device_now: Instant) -> Outcome<()> {
        let claim = self.desk.claim(sent, device_now);
        let seen = self.seen(&claim);
        if seen == Seen::Same {
            return Ok(());
        }
        let rules = &self.desk.programme.rules;
        let last_offset = self.offset.or(self.last_offset);
        let placed = place(&claim, self.desk.window(), last_offset, rules).interval;
        let (studied, days) = (self.studied(), self.desk.days(placed)?);
        let facts = Facts { reading: ReadingState::Hers, seen, lesson: LessonState::Open, last_offset, studied: &studied, days: &days };
        let outcome = bound(&claim, self.desk.window(), facts, rules);
        self.offset = Some(claim.offset(self.desk.now, last_offset));
        self.keep(&claim, &outcome, seen)
    }

    fn button(&mut self) -> Outcome<()> {
        let Some(interval) = self.desk.form_interval()? else { return Ok(()) };
        let (studied, days) = (self.studied(), self.desk.days(Some(interval))?);
        let facts = Facts {
            reading: ReadingState::Hers,
            seen: Seen::New,
            lesson: LessonState::Open,
            last_offset: None,
            studied: &studied,
            days: &days,
        };
        let outcome = bound_form(interval, self.desk.now, facts, &self.desk.programme.rules);
        let claim = Claim {
            sequence: -self.counter.next(),
            part: self.desk.reading.part,
            started_at: interval.start(),
            ended_at: interval.end(),
            last_input_at: interval.end(),
            device_now: self.desk.now,
        };
        self.keep(&claim, &outcome, Seen::New)
    }

    /// Whether this device used this number before, and for the same.
    fn seen(&self, sent: &Claim) -> Seen {
        let reading = self.desk.reading.id.0;
        let is_same = |e: &Earlier| {
            Uuid::parse_str(&e.1).is_ok_and(|id| id == reading)
                && (e.2, e.3, e.4) == (sent.started_at.0, sent.ended_at.0, sent.last_input_at.0)
        };
        let mut of_number = self.earlier.iter().filter(|e| e.0 == sent.sequence).peekable();
        if of_number.peek().is_none() {
            Seen::New
        } else if of_number.any(is_same) {
            Seen::Same
        } else {
            Seen::Other
        }
    }

    /// Self-paced time already attributed.
    fn studied(&self) -> Vec<Interval> {
        self.around.iter().filter(|r| r.kind == "study").filter_map(span_of).collect()
    }

    /// Keeps the claim as sent beside what was accepted, and attributes it.
    fn keep(&mut self, sent: &Claim, outcome: &Bounded, seen: Seen) -> Outcome<()> {
        let desk = self.desk;
        let received_no = self.counter.next();
        let mut row = claim::Model {
            id: keys::ordered_id(desk.now),
            reading_id: desk.reading.id.0,
            enrolment_id: desk.reading.enrolment.0,
            person_id: desk.reading.person.0,
            device_id: desk.reading.device.0,
            sequence: sent.sequence,
            reuse: if seen == Seen::Other { received_no } else { 0 },
            kind: if sent.sequence < 0 { "form" } else { "script" }.to_owned(),
            lesson_id: desk.reading.lesson.0.clone(),
            part: i64::from(sent.part),
            stretch: i64::from(desk.stretch.index),
            sent_start: sent.started_at.0,
            sent_end: sent.ended_at.0,
            last_input: sent.last_input_at.0,
            device_now: sent.device_now.0,
            clock_offset: self.offset.unwrap_or_default(),
            outcome: serde_json::to_string(outcome).map_err(|e| Failure::Internal(e.to_string()))?,
            received_at: desk.now.0,
            received_no,
            hash: None,
        };
        self.counter.take(&of_claim(&row));
        row.hash = Some(self.counter.hash.to_vec());
        self.earlier.push((row.sequence, row.reading_id.to_string(), row.sent_start, row.sent_end, row.last_input));
        self.claims.push(row);
        match outcome {
            Bounded::Accepted { interval, .. } => self.attribute(*interval),
            Bounded::Queued { accepted, .. } => accepted.iter().for_each(|interval| self.attribute(*interval)),
            Bounded::Refused | Bounded::Repeated | Bounded::Nothing { .. } => {}
        }
        Ok(())
    }

    /// The incremental step of attribution; equals the full recomputation (property-tested in `domain::hours`).
    fn attribute(&mut self, interval: Interval) {
        let taken: Vec<Interval> = self.around.iter().filter_map(span_of).collect();
        let room = self.desk.stretch.design.0 * 1000 - self.stretch.attributed_ms;
        for granted in attribute_study(&taken, interval, room) {
            self.stretch.attributed_ms += granted.millis();
            self.lesson_ms += granted.millis();
            self.grant(granted);
        }
    }

    /// A growing row where the interval continues one of the same stretch, else a new one.
    fn grant(&mut self, granted: Interval) {
        let desk = self.desk;
        let target = Target {
            enrolment: EnrolmentId(desk.reading.enrolment.0),
            lesson: desk.reading.lesson.clone(),
            stretch: Some(desk.stretch.index),
        };
        let fresh = row(desk.reading.person, &target, Rank::Study, granted);
        let continues = |r: &&mut attributed::Model| {
            (r.ends_at, &r.kind, r.enrolment_id, &r.lesson_id, r.stretch)
                == (fresh.starts_at, &fresh.kind, fresh.enrolment_id, &fresh.lesson_id, fresh.stretch)
        };
        match self.around.iter_mut().find(continues) {
            Some(earlier) => {
                earlier.ends_at = fresh.ends_at;
                self.changed.insert(earlier.starts_at);
            }
            None => {
                self.changed.insert(fresh.starts_at);
                let at = self.around.partition_point(|r| r.starts_at < fresh.starts_at);
                self.around.insert(at, fresh);
            }
        }
    }

    pub(super) fn answer(&self) -> Received {
        let rules = &self.desk.programme.rules;
        let studied = Seconds(self.stretch.attributed_ms / 1000);
        let checkpoint_open = self.stretch.passed_at.is_none() && checkpoint_is_open(studied, self.desk.stretch.design, rules);
        Received { studied: Seconds(self.lesson_ms / 1000), checkpoint_open }
    }
}

fn span_of(row: &attributed::Model) -> Option<Interval> {
    Interval::new(Instant(row.starts_at), Instant(row.ends_at))
}
