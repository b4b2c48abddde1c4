//! Claims of study time: bounded by what the server witnessed, stored as sent beside what was accepted, attributed, posted.

use super::token::Reading;
use crate::clock::{instant, local_date, zone};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{attributed, claim, device, reading};
use crate::persistence::query;
use crate::services::enrolment::Enrolment;
use crate::services::hours::posting::{Posting, evidence, lock, save, state};
use crate::services::hours::recompute::{accepted, row};
use crate::services::{Acting, SignedIn};
use app::features::study::api::{SentInterval, StudyBatch, StudyReceipt};
use domain::access::{Action, Resource};
use domain::curriculum::{Lesson, Stretch};
use domain::hours::attribution::{Rank, Target, attribute_study};
use domain::hours::bounds::{
    Claim, Facts, LessonState, Outcome as Bounded, ReadingState, Seen, Window, bound, bound_form, form_interval, place,
};
use domain::hours::credit::checkpoint_is_open;
use domain::time::{Instant, Interval, Seconds};
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Most intervals in one batch.
const LARGEST_BATCH: usize = 200;

/// A claim's way: by the page's clock, or by the button without script.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Script,
    Form,
}

/// Everything that one reading's claims need inside the transaction.
struct Desk {
    reading: Reading,
    enrolment: Enrolment,
    lesson: Lesson,
    stretch: Stretch,
    now: Instant,
}

impl Acting<'_> {
    /// Checks that a signed reading is of whoever is signed in, on this device.
    fn own_reading(&self, token: &str) -> Outcome<Reading> {
        let reading = Reading::open(&self.services.key, token).ok_or(Failure::BadRequest("token"))?;
        let resource = Resource::Person(reading.person);
        self.may(Action::Study, &resource)?;
        let SignedIn { device, .. } = self.signed;
        if reading.device == *device { Ok(reading) } else { Err(domain::access::Refusal::NotOwn.into()) }
    }

    /// The lesson of a signed reading of one's own.
    ///
    /// # Errors
    /// `BadRequest` for a forged token; `Forbidden` for another's.
    pub fn lesson_of(&self, token: &str) -> Outcome<domain::ids::LessonId> {
        Ok(self.own_reading(token)?.lesson)
    }

    async fn desk(&self, reading: Reading) -> Outcome<Desk> {
        let enrolment = self.my_enrolment().await?;
        if enrolment.id != reading.enrolment {
            return Err(domain::access::Refusal::NotOwn.into());
        }
        let (_, lesson) = enrolment.programme.lesson(&reading.lesson).ok_or(Failure::NotFound)?;
        let lesson = lesson.clone();
        let stretch = lesson.stretch_of_part(usize::from(reading.part)).ok_or(Failure::NotFound)?;
        Ok(Desk { reading, enrolment, lesson, stretch, now: self.services.now() })
    }

    /// Stores a batch of the study clock. The same batch any number of times gives the same result.
    ///
    /// # Errors
    /// `BadRequest` for a forged token or too large a batch; `Forbidden` for another's reading; `Database`.
    pub async fn report_study(&self, batch: StudyBatch, line: impl Fn(Seconds) -> String) -> Outcome<StudyReceipt> {
        if batch.intervals.len() > LARGEST_BATCH {
            return Err(Failure::BadRequest("too many intervals"));
        }
        // Below zero lie the numbers that the server gives to claims of the form.
        if batch.intervals.iter().any(|i| i.sequence < 0) {
            return Err(Failure::BadRequest("sequence"));
        }
        let desk = self.desk(self.own_reading(&batch.token)?).await?;
        let stored: Vec<i64> = batch.intervals.iter().map(|i| i.sequence).collect();
        let (studied, checkpoint_open) = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    desk.begin(t, Way::Script).await?;
                    for sent in &batch.intervals {
                        desk.receive(t, sent, batch.device_now).await?;
                    }
                    desk.finish(t).await
                })
            })
            .await?;
        Ok(StudyReceipt { stored, studied: studied.0, line: line(studied), checkpoint_open })
    }

    /// "Continuar" without script: the time since the part was served, at most the part's design time, once a token.
    /// A token that is used, too old or already reported by the page's clock counts nothing, and that is no error.
    ///
    /// # Errors
    /// `BadRequest` for a forged token; `Forbidden` for another's reading; `Database`.
    pub async fn continue_reading(&self, token: &str) -> Outcome<()> {
        let desk = self.desk(self.own_reading(token)?).await?;
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    if desk.begin(t, Way::Form).await? {
                        desk.receive_form(t).await?;
                        desk.finish(t).await?;
                    }
                    Ok::<_, Failure>(())
                })
            })
            .await
    }
}

impl Desk {
    /// Locks, and notes the reading. Answers whether this way may still claim.
    async fn begin(&self, t: &DatabaseTransaction, way: Way) -> Outcome<bool> {
        lock(t, self.enrolment.id).await?;
        let found = reading::Entity::find_by_id(self.reading.id.0).one(t).await?;
        let may = found.as_ref().is_none_or(|r| way == Way::Script || !(r.reported || r.continued));
        let (reported, continued) = match &found {
            Some(r) => (r.reported || way == Way::Script, r.continued || way == Way::Form),
            None => (way == Way::Script, way == Way::Form),
        };
        if found.is_none() {
            query::insert(t, self.reading_row(reported, continued)).await?;
        } else if may {
            let sql = "UPDATE reading SET reported = $1, continued = $2 WHERE id = $3";
            query::execute(t, sql, vec![reported.into(), continued.into(), self.reading.id.0.into()]).await?;
        }
        Ok(may)
    }

    fn reading_row(&self, reported: bool, continued: bool) -> reading::Model {
        reading::Model {
            id: self.reading.id.0,
            person_id: self.reading.person.0,
            enrolment_id: self.enrolment.id.0,
            device_id: self.reading.device.0,
            session_id: self.reading.session.0,
            lesson_id: self.lesson.id.0.clone(),
            part: i64::from(self.reading.part),
            language: self.reading.language.code().to_owned(),
            revision: self.reading.revision.0.clone(),
            opened_at: self.reading.opened_at.0,
            reported,
            continued,
        }
    }

    async fn receive(&self, t: &DatabaseTransaction, sent: &SentInterval, device_now: i64) -> Outcome<()> {
        let claim = Claim {
            sequence: sent.sequence,
            part: self.reading.part,
            started_at: Instant(sent.started_at),
            ended_at: Instant(sent.ended_at),
            last_input_at: Instant(sent.last_input_at),
            device_now: Instant(device_now),
        };
        let window = Window { opened_at: self.reading.opened_at, received_at: self.now };
        let seen = self.seen(t, &claim).await?;
        if seen == Seen::Same {
            return Ok(());
        }
        let rules = &self.enrolment.programme.rules;
        let last_offset = device::Entity::find_by_id(self.reading.device.0).one(t).await?.and_then(|d| d.clock_offset);
        let around = place(&claim, window, rules).interval;
        let (studied, days) = self.around(t, around).await?;
        let facts = Facts { reading: ReadingState::Hers, seen, lesson: LessonState::Open, last_offset, studied: &studied, days: &days };
        let outcome = bound(&claim, window, facts, rules);
        self.keep(t, &claim, &outcome, seen).await?;
        let sql = "UPDATE device SET clock_offset = $1 WHERE id = $2";
        query::execute(t, sql, vec![claim.offset(self.now).into(), self.reading.device.0.into()]).await?;
        Ok(())
    }

    async fn receive_form(&self, t: &DatabaseTransaction) -> Outcome<()> {
        let rules = &self.enrolment.programme.rules;
        let part = self.lesson.parts.get(usize::from(self.reading.part)).ok_or(Failure::NotFound)?;
        let Some(interval) = form_interval(self.reading.opened_at, self.now, part.design, rules) else { return Ok(()) };
        let (studied, days) = self.around(t, Some(interval)).await?;
        let facts = Facts {
            reading: ReadingState::Hers,
            seen: Seen::New,
            lesson: LessonState::Open,
            last_offset: None,
            studied: &studied,
            days: &days,
        };
        let outcome = bound_form(interval, self.now, facts, rules);
        let claim = Claim {
            sequence: -self.now.0,
            part: self.reading.part,
            started_at: interval.start(),
            ended_at: interval.end(),
            last_input_at: interval.end(),
            device_now: self.now,
        };
        self.keep(t, &claim, &outcome, Seen::New).await
    }

    /// Whether this device used this number before, and for the same.
    async fn seen(&self, t: &DatabaseTransaction, sent: &Claim) -> Outcome<Seen> {
        let earlier = claim::Entity::find()
            .filter(claim::Column::DeviceId.eq(self.reading.device.0))
            .filter(claim::Column::Sequence.eq(sent.sequence))
            .all(t)
            .await?;
        let same = |row: &claim::Model| {
            row.reading_id == self.reading.id.0
                && row.sent_start == sent.started_at.0
                && row.sent_end == sent.ended_at.0
                && row.last_input == sent.last_input_at.0
        };
        Ok(if earlier.is_empty() {
            Seen::New
        } else if earlier.iter().any(same) {
            Seen::Same
        } else {
            Seen::Other
        })
    }

    /// Self-paced time already attributed in the local days that the interval touches, and these days.
    async fn around(&self, t: &DatabaseTransaction, interval: Option<Interval>) -> Outcome<(Vec<Interval>, Vec<Interval>)> {
        let Some(interval) = interval else { return Ok((Vec::new(), Vec::new())) };
        let zone = zone(&self.enrolment.programme.time_zone);
        let mut days = Vec::new();
        let mut day = local_date(interval.start(), zone);
        while instant(day.and_time(chrono::NaiveTime::MIN), zone) < interval.end() {
            let next = day.succ_opt().ok_or_else(|| Failure::Internal("end of the calendar".to_owned()))?;
            days.extend(Interval::new(
                instant(day.and_time(chrono::NaiveTime::MIN), zone),
                instant(next.and_time(chrono::NaiveTime::MIN), zone),
            ));
            day = next;
        }
        let (from, to) = (days.first().map_or(0, |d| d.start().0), days.last().map_or(0, |d| d.end().0));
        let rows = attributed::Entity::find()
            .filter(attributed::Column::PersonId.eq(self.reading.person.0))
            .filter(attributed::Column::Kind.eq("study"))
            .filter(attributed::Column::EndsAt.gt(from))
            .filter(attributed::Column::StartsAt.lt(to))
            .order_by_asc(attributed::Column::StartsAt)
            .all(t)
            .await?;
        Ok((rows.into_iter().filter_map(|r| Interval::new(Instant(r.starts_at), Instant(r.ends_at))).collect(), days))
    }

    /// Stores the claim as sent beside what was accepted, and attributes it.
    async fn keep(&self, t: &DatabaseTransaction, sent: &Claim, outcome: &Bounded, seen: Seen) -> Outcome<()> {
        let counter = "INSERT INTO person_counter (person_id, received_no) VALUES ($1, 1) \
                       ON CONFLICT (person_id) DO UPDATE SET received_no = person_counter.received_no + 1 RETURNING received_no AS n";
        let received_no = query::number(t, counter, vec![self.reading.person.0.into()]).await?;
        let text = serde_json::to_string(outcome).map_err(|e| Failure::Internal(e.to_string()))?;
        let claims = claim::Model {
            id: keys::ordered_id(self.now),
            reading_id: self.reading.id.0,
            enrolment_id: self.enrolment.id.0,
            person_id: self.reading.person.0,
            device_id: self.reading.device.0,
            sequence: if sent.sequence < 0 { -received_no } else { sent.sequence },
            reuse: if seen == Seen::Other { received_no } else { 0 },
            kind: if sent.sequence < 0 { "form" } else { "script" }.to_owned(),
            lesson_id: self.lesson.id.0.clone(),
            part: i64::from(sent.part),
            stretch: i64::from(self.stretch.index),
            sent_start: sent.started_at.0,
            sent_end: sent.ended_at.0,
            last_input: sent.last_input_at.0,
            device_now: sent.device_now.0,
            clock_offset: sent.offset(self.now),
            outcome: text.clone(),
            received_at: self.now.0,
            received_no,
        };
        query::insert(t, claims).await?;
        for interval in accepted(&text)? {
            self.attribute(t, interval).await?;
        }
        Ok(())
    }

    /// The incremental step of attribution; equals the full recomputation (property-tested in `domain::hours`).
    async fn attribute(&self, t: &DatabaseTransaction, interval: Interval) -> Outcome<()> {
        let overlapping = attributed::Entity::find()
            .filter(attributed::Column::PersonId.eq(self.reading.person.0))
            .filter(attributed::Column::EndsAt.gte(interval.start().0))
            .filter(attributed::Column::StartsAt.lt(interval.end().0))
            .order_by_asc(attributed::Column::StartsAt)
            .all(t)
            .await?;
        let taken: Vec<_> = overlapping.iter().filter_map(|r| Interval::new(Instant(r.starts_at), Instant(r.ends_at))).collect();
        let mut stretch = state(t, self.enrolment.id, &self.lesson.id, Some(self.stretch.index)).await?;
        let room = self.stretch.design.0 * 1000 - stretch.attributed_ms;
        for granted in attribute_study(&taken, interval, room) {
            stretch.attributed_ms += granted.millis();
            self.insert_attributed(t, &overlapping, granted).await?;
        }
        save(t, &stretch).await
    }

    /// A growing row where the interval continues one of the same stretch, else a new one.
    async fn insert_attributed(&self, t: &DatabaseTransaction, near: &[attributed::Model], granted: Interval) -> Outcome<()> {
        let target = Target { enrolment: self.enrolment.id, lesson: self.lesson.id.clone(), stretch: Some(self.stretch.index) };
        let fresh = row(self.reading.person, &target, Rank::Study, granted);
        let continued = near.iter().find(|r| {
            r.ends_at == fresh.starts_at
                && r.kind == fresh.kind
                && r.enrolment_id == fresh.enrolment_id
                && r.lesson_id == fresh.lesson_id
                && r.stretch == fresh.stretch
        });
        match continued {
            Some(earlier) => {
                let sql = "UPDATE attributed SET ends_at = $1 WHERE person_id = $2 AND starts_at = $3";
                query::execute(t, sql, vec![fresh.ends_at.into(), earlier.person_id.into(), earlier.starts_at.into()]).await?;
            }
            None => query::insert(t, fresh).await?,
        }
        Ok(())
    }

    /// Posts what is due; answers the lesson's studied time and whether its checkpoint is open.
    async fn finish(&self, t: &DatabaseTransaction) -> Outcome<(Seconds, bool)> {
        let stretch = state(t, self.enrolment.id, &self.lesson.id, Some(self.stretch.index)).await?;
        let rules = &self.enrolment.programme.rules;
        let open = stretch.passed_at.is_none() && checkpoint_is_open(Seconds(stretch.attributed_ms / 1000), self.stretch.design, rules);
        let posting = Posting {
            enrolment: self.enrolment.id,
            programme: &self.enrolment.programme,
            now: self.now,
            by: None,
            evidence: evidence("reading", &self.reading.id.to_string()),
        };
        posting.stretch(t, &self.lesson, stretch, false).await?;
        let sql =
            "SELECT CAST(coalesce(sum(attributed_ms), 0) AS BIGINT) AS n FROM stretch_state WHERE enrolment_id = $1 AND lesson_id = $2";
        let studied = query::number(t, sql, vec![self.enrolment.id.0.into(), self.lesson.id.0.clone().into()]).await?;
        Ok((Seconds(studied / 1000), open))
    }
}
