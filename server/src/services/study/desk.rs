//! Where the claims of one reading are received: what is on record is read in one statement, the claims are bounded and
//! attributed in memory, and what changed is written back.

use super::token::Reading;
use crate::clock::{instant, local_date, zone};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{attributed, claim, reading, stretch_state};
use crate::persistence::query;
use crate::services::enrolment::Enrolment;
use crate::services::hours::evidence::{Counter, of_claim};
use crate::services::hours::posting::{Posting, lock};
use crate::services::hours::recompute::row;
use app::features::study::api::SentInterval;
use domain::curriculum::{Lesson, Stretch};
use domain::hours::attribution::{Rank, Target, attribute_study};
use domain::hours::bounds::{
    Claim, Facts, LessonState, Outcome as Bounded, ReadingState, Seen, Window, bound, bound_form, form_interval, place,
};
use domain::hours::credit::checkpoint_is_open;
use domain::ids::EnrolmentId;
use domain::time::{Instant, Interval, Seconds};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait as _, DatabaseBackend, DatabaseTransaction, EntityTrait as _, FromQueryResult, IntoActiveModel as _};
use std::collections::BTreeSet;
use uuid::Uuid;

/// How far a device's clock may drift before it is noted anew, in milliseconds.
const DRIFT: i64 = 1_000;

/// A claim's way: by the page's clock, or by the button without script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By the page's clock.
    Script,
    /// By the button.
    Form,
}

/// What came: intervals of the page's clock, or the button.
#[derive(Debug, Clone)]
pub enum Sent {
    /// Intervals, and the device's clock when they were sent.
    Intervals(Vec<SentInterval>, Instant),
    /// "Continuar".
    Button,
}

/// One reading, and where its time would go.
#[derive(Debug)]
pub struct Desk {
    /// The signed reading.
    pub reading: Reading,
    /// Whose.
    pub enrolment: Enrolment,
    /// Which lesson.
    pub lesson: Lesson,
    /// Which stretch.
    pub stretch: Stretch,
    /// When the claims came.
    pub now: Instant,
}

/// What a person sees of what came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// Attributed to the lesson so far.
    pub studied: Seconds,
    /// Whether the checkpoint can be answered.
    pub checkpoint_open: bool,
}

#[derive(FromQueryResult)]
struct Row {
    received_no: Option<i64>,
    hash: Option<Vec<u8>>,
    clock_offset: Option<i64>,
    reported: Option<bool>,
    continued: Option<bool>,
    attributed_ms: Option<i64>,
    passed_at: Option<i64>,
    provisional: Option<i64>,
    confirmed: Option<i64>,
    posted_at: Option<i64>,
    lesson_ms: i64,
    around: Option<String>,
    earlier: Option<String>,
}

/// What the chain of the device knows of a number: which reading, and start, end and last input as sent.
type Earlier = (i64, String, i64, i64, i64);

/// What is on record, and what becomes of it.
struct Ground<'d> {
    desk: &'d Desk,
    counter: Counter,
    last_offset: Option<i64>,
    reading: Option<(bool, bool)>,
    stretch: stretch_state::Model,
    lesson_ms: i64,
    /// Attributed time of the days in question, by start.
    around: Vec<attributed::Model>,
    earlier: Vec<Earlier>,
    claims: Vec<claim::Model>,
    /// Starts of rows of `around` that are new or grew.
    changed: BTreeSet<i64>,
    offset: Option<i64>,
}

impl Desk {
    /// Takes what came. The same any number of times gives the same result. Nothing for a button that is used already, or
    /// whose reading is reported by the page's clock.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn receive(&self, t: &DatabaseTransaction, sent: &Sent) -> Outcome<Received> {
        let mut ground = self.ground(t, sent).await?;
        match sent {
            Sent::Intervals(intervals, device_now) => {
                for interval in intervals {
                    ground.interval(interval, *device_now)?;
                }
            }
            Sent::Button if ground.reading.is_some_and(|(reported, continued)| reported || continued) => return Ok(ground.answer()),
            Sent::Button => ground.button()?,
        }
        ground.store(t, if matches!(sent, Sent::Button) { Way::Form } else { Way::Script }).await
    }

    async fn ground(&self, t: &DatabaseTransaction, sent: &Sent) -> Outcome<Ground<'_>> {
        if t.get_database_backend() == DatabaseBackend::Postgres {
            lock(t, self.enrolment.id).await?;
        }
        let days = self.days(self.span(sent))?;
        let (from, to) = (days.first().map_or(0, |d| d.start().0), days.last().map_or(0, |d| d.end().0));
        let sequences: Vec<String> = match sent {
            Sent::Intervals(intervals, _) => intervals.iter().map(|i| i.sequence.to_string()).collect(),
            Sent::Button => Vec::new(),
        };
        let sequences = if sequences.is_empty() { "NULL".to_owned() } else { sequences.join(",") };
        let sql = sql(t.get_database_backend(), &sequences);
        let values = vec![
            self.enrolment.id.0.into(),
            self.reading.device.0.into(),
            self.reading.id.0.into(),
            self.lesson.id.0.clone().into(),
            i64::from(self.stretch.index).into(),
            from.into(),
            to.into(),
        ];
        let row: Row = query::one(t, &sql, values).await?.ok_or(Failure::NotFound)?;
        self.on_record(row)
    }

    fn on_record(&self, row: Row) -> Outcome<Ground<'_>> {
        let damaged = |_| Failure::Inconsistent { table: "attributed", column: "json" };
        let around: Vec<(i64, i64, String, String, i64, String)> =
            serde_json::from_str(row.around.as_deref().unwrap_or("[]")).map_err(damaged)?;
        let earlier = serde_json::from_str(row.earlier.as_deref().unwrap_or("[]")).map_err(damaged)?;
        let mut rows = Vec::with_capacity(around.len());
        for (starts_at, ends_at, enrolment, lesson_id, stretch, kind) in around {
            let enrolment_id =
                Uuid::parse_str(&enrolment).map_err(|_| Failure::Inconsistent { table: "attributed", column: "enrolment_id" })?;
            rows.push(attributed::Model { person_id: self.reading.person.0, starts_at, ends_at, enrolment_id, lesson_id, stretch, kind });
        }
        rows.sort_by_key(|r| r.starts_at);
        Ok(Ground {
            desk: self,
            counter: Counter::of(self.reading.person, row.received_no, row.hash.as_deref())?,
            last_offset: row.clock_offset,
            reading: row.reported.zip(row.continued),
            stretch: stretch_state::Model {
                enrolment_id: self.enrolment.id.0,
                lesson_id: self.lesson.id.0.clone(),
                stretch: i64::from(self.stretch.index),
                attributed_ms: row.attributed_ms.unwrap_or(0),
                passed_at: row.passed_at,
                provisional: row.provisional.unwrap_or(0),
                confirmed: row.confirmed.unwrap_or(0),
                posted_at: row.posted_at,
            },
            lesson_ms: row.lesson_ms,
            around: rows,
            earlier,
            claims: Vec::new(),
            changed: BTreeSet::new(),
            offset: None,
        })
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
    fn form_interval(&self) -> Option<Interval> {
        let part = self.lesson.parts.get(usize::from(self.reading.part))?;
        form_interval(self.reading.opened_at, self.now, part.design, &self.enrolment.programme.rules)
    }

    /// From the first to the last instant that anything of it could touch.
    fn span(&self, sent: &Sent) -> Option<Interval> {
        let rules = &self.enrolment.programme.rules;
        let pieces: Vec<Interval> = match sent {
            Sent::Intervals(intervals, device_now) => {
                intervals.iter().filter_map(|i| place(&self.claim(i, *device_now), self.window(), rules).interval).collect()
            }
            Sent::Button => self.form_interval().into_iter().collect(),
        };
        let from = pieces.iter().map(|i| i.start()).min()?;
        Interval::new(from, pieces.iter().map(|i| i.end()).max()?)
    }

    /// The local days that an interval touches.
    fn days(&self, interval: Option<Interval>) -> Outcome<Vec<Interval>> {
        let Some(interval) = interval else { return Ok(Vec::new()) };
        let zone = zone(&self.enrolment.programme.time_zone);
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

fn sql(backend: DatabaseBackend, sequences: &str) -> String {
    let (group, array, text) = match backend {
        DatabaseBackend::Sqlite => ("json_group_array", "json_array", ("lower(hex(", "))", "")),
        _ => ("json_agg", "json_build_array", ("", "::text", "::text")),
    };
    let (open, close, cast) = text;
    let (enrolment, reading) = (format!("{open}a.enrolment_id{close}"), format!("{open}w.reading_id{close}"));
    format!(
        "SELECT c.received_no, c.hash, d.clock_offset, r.reported, r.continued, s.attributed_ms, s.passed_at, s.provisional, s.confirmed, s.posted_at, \
         (SELECT CAST(coalesce(sum(o.attributed_ms), 0) AS BIGINT) FROM stretch_state o WHERE o.enrolment_id = $1 AND o.lesson_id = $4) AS lesson_ms, \
         (SELECT {group}({array}(a.starts_at, a.ends_at, {enrolment}, a.lesson_id, a.stretch, a.kind)){cast} FROM attributed a \
         WHERE a.person_id = e.person_id AND a.starts_at < $7 AND a.ends_at >= $6) AS around, \
         (SELECT {group}({array}(w.sequence, {reading}, w.sent_start, w.sent_end, w.last_input)){cast} FROM claim w \
         WHERE w.device_id = $2 AND w.sequence IN ({sequences})) AS earlier \
         FROM enrolment e LEFT JOIN person_counter c ON c.person_id = e.person_id LEFT JOIN device d ON d.id = $2 LEFT JOIN reading r ON r.id = $3 \
         LEFT JOIN stretch_state s ON s.enrolment_id = e.id AND s.lesson_id = $4 AND s.stretch = $5 WHERE e.id = $1"
    )
}

impl Ground<'_> {
    fn interval(&mut self, sent: &SentInterval, device_now: Instant) -> Outcome<()> {
        let claim = self.desk.claim(sent, device_now);
        let seen = self.seen(&claim);
        if seen == Seen::Same {
            return Ok(());
        }
        let rules = &self.desk.enrolment.programme.rules;
        let placed = place(&claim, self.desk.window(), rules).interval;
        let (studied, days) = (self.studied(), self.desk.days(placed)?);
        let last_offset = self.offset.or(self.last_offset);
        let facts = Facts { reading: ReadingState::Hers, seen, lesson: LessonState::Open, last_offset, studied: &studied, days: &days };
        let outcome = bound(&claim, self.desk.window(), facts, rules);
        self.offset = Some(claim.offset(self.desk.now));
        self.keep(&claim, &outcome, seen)
    }

    fn button(&mut self) -> Outcome<()> {
        let Some(interval) = self.desk.form_interval() else { return Ok(()) };
        let (studied, days) = (self.studied(), self.desk.days(Some(interval))?);
        let facts = Facts {
            reading: ReadingState::Hers,
            seen: Seen::New,
            lesson: LessonState::Open,
            last_offset: None,
            studied: &studied,
            days: &days,
        };
        let outcome = bound_form(interval, self.desk.now, facts, &self.desk.enrolment.programme.rules);
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
            enrolment_id: desk.enrolment.id.0,
            person_id: desk.reading.person.0,
            device_id: desk.reading.device.0,
            sequence: sent.sequence,
            reuse: if seen == Seen::Other { received_no } else { 0 },
            kind: if sent.sequence < 0 { "form" } else { "script" }.to_owned(),
            lesson_id: desk.lesson.id.0.clone(),
            part: i64::from(sent.part),
            stretch: i64::from(desk.stretch.index),
            sent_start: sent.started_at.0,
            sent_end: sent.ended_at.0,
            last_input: sent.last_input_at.0,
            device_now: sent.device_now.0,
            clock_offset: sent.offset(desk.now),
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
        let target =
            Target { enrolment: EnrolmentId(desk.enrolment.id.0), lesson: desk.lesson.id.clone(), stretch: Some(desk.stretch.index) };
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

    fn answer(&self) -> Received {
        let rules = &self.desk.enrolment.programme.rules;
        let studied = Seconds(self.stretch.attributed_ms / 1000);
        let checkpoint_open = self.stretch.passed_at.is_none() && checkpoint_is_open(studied, self.desk.stretch.design, rules);
        Received { studied: Seconds(self.lesson_ms / 1000), checkpoint_open }
    }

    /// Writes what changed, and posts what is due.
    async fn store(self, t: &DatabaseTransaction, way: Way) -> Outcome<Received> {
        let answer = self.answer();
        self.note_reading(t, way).await?;
        if self.claims.is_empty() {
            return Ok(answer);
        }
        let moved = self.offset.filter(|new| self.last_offset.is_none_or(|old| (new - old).abs() >= DRIFT));
        if let Some(offset) = moved {
            let sql = "UPDATE device SET clock_offset = $1 WHERE id = $2";
            query::execute(t, sql, vec![offset.into(), self.desk.reading.device.0.into()]).await?;
        }
        let claims = self.claims.into_iter().map(|row| row.into_active_model());
        claim::Entity::insert_many(claims).exec_without_returning(t).await?;
        self.counter.save(t).await?;
        let grown: Vec<_> =
            self.around.into_iter().filter(|r| self.changed.contains(&r.starts_at)).map(|row| row.into_active_model()).collect();
        if !grown.is_empty() {
            let grows = OnConflict::columns([attributed::Column::PersonId, attributed::Column::StartsAt])
                .update_column(attributed::Column::EndsAt)
                .to_owned();
            attributed::Entity::insert_many(grown).on_conflict(grows).exec_without_returning(t).await?;
        }
        let desk = self.desk;
        let posting = Posting {
            enrolment: desk.enrolment.id,
            programme: &desk.enrolment.programme,
            now: desk.now,
            by: None,
            evidence: self.counter.hash,
        };
        posting.stretch(t, &desk.lesson, self.stretch, false).await?;
        Ok(answer)
    }

    /// Notes that the reading was reported by the page's clock, or continued by the button.
    async fn note_reading(&self, t: &DatabaseTransaction, way: Way) -> Outcome<()> {
        let (reported, continued) = self.reading.unwrap_or_default();
        let now = (reported || way == Way::Script, continued || way == Way::Form);
        if self.reading == Some(now) {
            return Ok(());
        }
        if self.reading.is_some() {
            let sql = "UPDATE reading SET reported = $1, continued = $2 WHERE id = $3";
            query::execute(t, sql, vec![now.0.into(), now.1.into(), self.desk.reading.id.0.into()]).await?;
            return Ok(());
        }
        let reading = &self.desk.reading;
        let row = reading::Model {
            id: reading.id.0,
            person_id: reading.person.0,
            enrolment_id: self.desk.enrolment.id.0,
            device_id: reading.device.0,
            session_id: reading.session.0,
            lesson_id: self.desk.lesson.id.0.clone(),
            part: i64::from(reading.part),
            language: reading.language.code().to_owned(),
            revision: reading.revision.0.clone(),
            opened_at: reading.opened_at.0,
            reported: now.0,
            continued: now.1,
        };
        Ok(query::insert(t, row).await?)
    }
}

fn span_of(row: &attributed::Model) -> Option<Interval> {
    Interval::new(Instant(row.starts_at), Instant(row.ends_at))
}
