//! Everything on record about an enrolment that pages and the gate read: one statement.

use super::Services;
use super::enrolment::{Enrolment, date};
use super::hours::posting::named;
use crate::failure::{Failure, Outcome};
use crate::persistence::database::Engine;
use crate::persistence::query;
use chrono::NaiveDate;
use domain::curriculum::{Lesson, LessonMode, Programme};
use domain::hours::Place;
use domain::hours::attribution::union_millis;
use domain::hours::bounds::Outcome as Bounded;
use domain::hours::credit::{CheckpointState, Credit, attempt_credit, credit};
use domain::hours::ledger::{EntryStatus, Posted, Sums};
use domain::hours::total::{Progress, Standing, total};
use domain::ids::{LessonId, MeetingId, PersonId};
use domain::time::{Instant, Interval, Seconds};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The record in one value: a JSON array of [`Fact`]s, because every row costs a hand-over between threads.
#[derive(FromQueryResult)]
struct Facts {
    facts: Option<String>,
}

impl Services {
    /// Everything on record about an enrolment.
    ///
    /// # Errors
    /// `Database`.
    pub async fn record<C: ConnectionTrait>(&self, connection: &C, enrolment: &Enrolment) -> Outcome<Record> {
        let sql = format!("SELECT {} AS facts", facts_sql(self.database.engine(), "$1", "$2", "$3"));
        let values = vec![enrolment.id.0.into(), enrolment.cohort.0.into(), enrolment.person.0.into()];
        let found = query::one::<Facts, C>(connection, &sql, values).await?.and_then(|f| f.facts);
        Record::read(found.as_deref(), self.now())
    }
}

/// A fact of the record: what it is, and up to three texts and six numbers.
#[derive(serde::Deserialize)]
struct Fact {
    what: String,
    a: String,
    b: String,
    c: String,
    n1: i64,
    n2: i64,
    n3: i64,
    n4: i64,
    n5: i64,
    n6: i64,
}

/// Which claims wait for staff, or waited: those whose outcome is queued (the condition of the index `claim_queued`).
pub const QUEUED: &str = r#"substr(outcome, 1, 16) = '{"kind":"queued"'"#;

/// An expression that gathers the record of one enrolment as JSON, from expressions for its ids.
pub(super) fn facts_sql(engine: Engine, enrolment: &str, cohort: &str, person: &str) -> String {
    let gather = match engine {
        Engine::Sqlite => "json_group_array(json_array(what, a, b, c, n1, n2, n3, n4, n5, n6))",
        Engine::Postgres => "json_agg(json_build_array(what, a, b, c, n1, n2, n3, n4, n5, n6))::text",
    };
    format!("(SELECT {gather} FROM ({}) AS record)", rows_sql(engine, enrolment, cohort, person))
}

fn rows_sql(engine: Engine, enrolment: &str, cohort: &str, person: &str) -> String {
    let text = |column: &str| match engine {
        Engine::Sqlite => format!("lower(hex({column}))"),
        Engine::Postgres => format!("{column}::text"),
    };
    let (id, meeting, verifier, proposed, approved) =
        (text("t.id"), text("m.id"), text("verifier_id"), text("proposed_by"), text("approved_by"));
    format!(
        "SELECT 'stretch' AS what, lesson_id AS a, '' AS b, '' AS c, stretch AS n1, attributed_ms AS n2, provisional AS n3, confirmed AS n4, coalesce(passed_at, 0) AS n5, coalesce(posted_at, 0) AS n6 FROM stretch_state WHERE enrolment_id = {enrolment} \
         UNION ALL SELECT 'try', checkpoint_id, question_id, '', number, at, CASE WHEN correct = TRUE THEN 1 ELSE 0 END, answer, 0, 0 FROM checkpoint_try WHERE enrolment_id = {enrolment} \
         UNION ALL SELECT 'fact', kind, {verifier} || ' ' || source, verified_on || ' ' || coalesce(expires_on, ''), CASE WHEN met = TRUE THEN 1 ELSE 0 END, recorded_at, 0, 0, 0, 0 FROM requirement_fact WHERE enrolment_id = {enrolment} \
         UNION ALL SELECT 'waiver', kind, {proposed} || ' ' || {approved}, reason, at, 0, 0, 0, 0, 0 FROM requirement_waiver WHERE enrolment_id = {enrolment} \
         UNION ALL SELECT 'attempt', t.evaluation_id, t.state || ' ' || {id}, coalesce(r.result, ''), t.number, t.started_at, coalesce(t.submitted_at, 0), coalesce(r.grade, -1), CASE WHEN r.passed = TRUE THEN 1 ELSE 0 END, coalesce(r.at, 0) FROM attempt t LEFT JOIN release r ON r.attempt_id = t.id WHERE t.enrolment_id = {enrolment} \
         UNION ALL SELECT 'meeting', i.lesson_id, m.place, {meeting}, i.starts_at, i.ends_at, 0, 0, 0, 0 FROM meeting m JOIN meeting_item i ON i.meeting_id = m.id WHERE m.cohort_id = {cohort} AND m.confirmed_at IS NULL \
         UNION ALL SELECT 'meeting', i.lesson_id, m.place, {meeting}, i.starts_at, i.ends_at, 0, 0, 0, 0 FROM meeting_guest g JOIN meeting m ON m.id = g.meeting_id JOIN meeting_item i ON i.meeting_id = m.id WHERE g.enrolment_id = {enrolment} AND m.confirmed_at IS NULL \
         UNION ALL SELECT 'substitute', s.lesson_id, s.task, s.due_on, s.set_at, 0, 0, 0, 0, 0 FROM substitute_task s WHERE s.enrolment_id = {enrolment} AND NOT EXISTS (SELECT 1 FROM substitute_done o WHERE o.task_id = s.id) \
         UNION ALL SELECT 'certificate', number, code, '', issued_at, 0, 0, 0, 0, 0 FROM certificate WHERE enrolment_id = {enrolment} \
         UNION ALL SELECT 'adjusted', lesson_id, status, '', CAST(sum(seconds) AS BIGINT), 0, 0, 0, 0, 0 FROM hours_entry WHERE enrolment_id = {enrolment} AND kind = 'adjustment' GROUP BY lesson_id, status \
         UNION ALL SELECT 'queued', outcome, '', '', 0, 0, 0, 0, 0, 0 FROM claim WHERE enrolment_id = {enrolment} AND {QUEUED} AND NOT EXISTS (SELECT 1 FROM claim_decision d WHERE d.claim_id = claim.id) \
         UNION ALL SELECT 'attributed', '', '', '', CAST(coalesce(sum(ends_at - starts_at), 0) AS BIGINT), coalesce(max(ends_at), 0), 0, 0, 0, 0 FROM attributed WHERE person_id = {person} AND enrolment_id = {enrolment}"
    )
}

/// State of one stretch (or of a lesson in person, `stretch` `None`).
#[derive(Debug, Clone, Copy, Default)]
pub struct StretchState {
    /// Milliseconds attributed.
    pub attributed: i64,
    /// When its checkpoint was passed.
    pub passed: Option<Instant>,
    /// Posted in the ledger.
    pub posted: Posted,
    /// When the last entry was written.
    pub posted_at: Option<Instant>,
}

/// A try of a checkpoint.
#[derive(Debug, Clone)]
pub struct Try {
    /// Which checkpoint.
    pub checkpoint: String,
    /// Which question.
    pub question: String,
    /// From 1.
    pub number: i64,
    /// When.
    pub at: Instant,
    /// Right.
    pub correct: bool,
    /// Index of the option in the source.
    pub answer: i64,
}

/// What staff attested last about one requirement.
#[derive(Debug, Clone)]
pub struct Attested {
    /// Kind, as stored.
    pub kind: String,
    /// Met.
    pub met: bool,
    /// Source.
    pub source: String,
    /// Who verified.
    pub verifier: PersonId,
    /// On which day.
    pub on: NaiveDate,
    /// Valid until.
    pub expires: Option<NaiveDate>,
    /// When it was recorded.
    pub recorded: Instant,
}

/// A waived requirement.
#[derive(Debug, Clone)]
pub struct Waived {
    /// Kind, as stored.
    pub kind: String,
    /// Who proposed and who approved.
    pub by: (PersonId, PersonId),
    /// Why.
    pub reason: String,
    /// When.
    pub at: Instant,
}

/// An attempt in short.
#[derive(Debug, Clone)]
pub struct AttemptFact {
    /// Which.
    pub id: Uuid,
    /// Of which evaluation.
    pub evaluation: String,
    /// State, as stored.
    pub state: String,
    /// From 1.
    pub number: i64,
    /// When it was started.
    pub started: Instant,
    /// When it was handed in.
    pub submitted: Option<Instant>,
    /// Released: grade in hundredths, passed, result as stored, when.
    pub released: Option<(u16, bool, String, Instant)>,
}

/// A planned agenda item of a session that she can attend.
#[derive(Debug, Clone)]
pub struct Planned {
    /// At which session.
    pub meeting: MeetingId,
    /// Which lesson in person.
    pub lesson: LessonId,
    /// Where.
    pub place: String,
    /// When.
    pub item: Interval,
}

/// Everything on record about an enrolment.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// States of stretches, by place.
    pub stretches: BTreeMap<Place, StretchState>,
    /// Tries, oldest first.
    pub tries: Vec<Try>,
    /// Adjustments by staff, by place: posted, not those that wait.
    pub adjusted: BTreeMap<Place, Posted>,
    /// Milliseconds of doubtful evidence that wait for staff.
    pub queued: i64,
    /// Attestations, oldest first.
    pub attested: Vec<Attested>,
    /// Waived requirements.
    pub waived: Vec<Waived>,
    /// Attempts, oldest first.
    pub attempts: Vec<AttemptFact>,
    /// Planned agenda items, those over left out.
    pub planned: Vec<Planned>,
    /// Substitute tasks that wait for her: lesson, what to do, until when.
    pub substitutes: Vec<(LessonId, String, NaiveDate)>,
    /// Number, code and instant of her certificate.
    pub certificate: Option<(String, String, Instant)>,
    /// Measured milliseconds.
    pub attributed: i64,
    /// End of the last measured interval.
    pub last_study: Option<Instant>,
    /// When the record was read.
    pub read_at: Instant,
}

impl Record {
    /// The record that [`facts_sql`] gathered.
    pub(super) fn read(facts: Option<&str>, now: Instant) -> Outcome<Self> {
        let rows: Vec<Fact> =
            serde_json::from_str(facts.unwrap_or("[]")).map_err(|_| Failure::Inconsistent { table: "record", column: "facts" })?;
        let mut record = Self { read_at: now, ..Self::default() };
        for row in rows {
            record.take(row, now)?;
        }
        record.tries.sort_by_key(|t| t.number);
        record.attested.sort_by_key(|a| a.recorded);
        record.attempts.sort_by_key(|a| (a.evaluation.clone(), a.number));
        record.planned.sort_by_key(|p| p.item.start());
        record.substitutes.sort_by_key(|s| s.2);
        Ok(record)
    }

    fn take(&mut self, row: Fact, now: Instant) -> Outcome<()> {
        let at = |millis: i64| (millis != 0).then_some(Instant(millis));
        match row.what.as_str() {
            "stretch" => {
                let place = Place { lesson: LessonId(row.a), stretch: u16::try_from(row.n1).ok() };
                let posted = Posted { provisional: Seconds(row.n3), confirmed: Seconds(row.n4) };
                self.stretches.insert(place, StretchState { attributed: row.n2, passed: at(row.n5), posted, posted_at: at(row.n6) });
            }
            "try" => self.tries.push(Try {
                checkpoint: row.a,
                question: row.b,
                number: row.n1,
                at: Instant(row.n2),
                correct: row.n3 == 1,
                answer: row.n4,
            }),
            "adjusted" => {
                let status: EntryStatus = named(&row.b, "hours_entry", "status")?;
                let place = Place { lesson: LessonId(row.a), stretch: None };
                self.adjusted.entry(place).or_default().add(status, Seconds(row.n1));
            }
            "queued" => {
                let outcome: Bounded =
                    serde_json::from_str(&row.a).map_err(|_| Failure::Inconsistent { table: "claim", column: "outcome" })?;
                self.queued += union_millis(&outcome.doubtful().iter().map(|part| part.interval).collect::<Vec<_>>());
            }
            "fact" => {
                let (verifier, source) = split(&row.b, "requirement_fact")?;
                let (on, expires) = split(&row.c, "requirement_fact")?;
                self.attested.push(Attested {
                    kind: row.a,
                    met: row.n1 == 1,
                    source: source.to_owned(),
                    verifier: person(verifier)?,
                    on: date(on)?,
                    expires: expires.parse().ok(),
                    recorded: Instant(row.n2),
                });
            }
            "waiver" => {
                let (proposed, approved) = split(&row.b, "requirement_waiver")?;
                self.waived.push(Waived { kind: row.a, by: (person(proposed)?, person(approved)?), reason: row.c, at: Instant(row.n1) });
            }
            "attempt" => {
                let (state, id) = split(&row.b, "attempt")?;
                let id = Uuid::parse_str(id).map_err(|_| Failure::Inconsistent { table: "attempt", column: "id" })?;
                let released = u16::try_from(row.n4).ok().map(|grade| (grade, row.n5 == 1, row.c, Instant(row.n6)));
                self.attempts.push(AttemptFact {
                    id,
                    evaluation: row.a,
                    state: state.to_owned(),
                    number: row.n1,
                    started: Instant(row.n2),
                    submitted: at(row.n3),
                    released,
                });
            }
            "meeting" if row.n2 > now.0 => {
                let inconsistent = |column| Failure::Inconsistent { table: "meeting_item", column };
                let meeting = Uuid::parse_str(&row.c).map_err(|_| inconsistent("meeting_id"))?;
                let item = Interval::new(Instant(row.n1), Instant(row.n2)).ok_or(inconsistent("ends_at"))?;
                self.planned.push(Planned { meeting: MeetingId(meeting), lesson: LessonId(row.a), place: row.b, item });
            }
            "substitute" => self.substitutes.push((LessonId(row.a), row.b, date(&row.c)?)),
            "certificate" => self.certificate = Some((row.a, row.b, Instant(row.n1))),
            "attributed" => {
                self.attributed = row.n1;
                self.last_study = at(row.n2);
            }
            _ => {}
        }
        Ok(())
    }

    /// The sum that every page, report and the gate read.
    #[must_use]
    pub fn progress(&self, programme: &Programme) -> Progress {
        let mut standings: BTreeMap<Place, Standing> =
            self.stretches.iter().map(|(place, state)| (place.clone(), standing(programme, place, *state))).collect();
        for (place, adjusted) in &self.adjusted {
            standings.entry(place.clone()).or_default().sums.adjusted = *adjusted;
        }
        total(programme, &standings)
    }

    /// Seconds attributed to a lesson.
    #[must_use]
    pub fn studied(&self, lesson: &LessonId) -> Seconds {
        Seconds(self.stretches.iter().filter(|(place, _)| &place.lesson == lesson).map(|(_, s)| s.attributed).sum::<i64>() / 1000)
    }

    /// The state of one stretch.
    #[must_use]
    pub fn stretch(&self, lesson: &LessonId, stretch: u16) -> StretchState {
        self.stretches.get(&Place { lesson: lesson.clone(), stretch: Some(stretch) }).copied().unwrap_or_default()
    }
}

fn split<'t>(text: &'t str, table: &'static str) -> Outcome<(&'t str, &'t str)> {
    text.split_once(' ').ok_or(Failure::Inconsistent { table, column: "record" })
}

fn person(text: &str) -> Outcome<PersonId> {
    Uuid::parse_str(text).map(PersonId).map_err(|_| Failure::Inconsistent { table: "person", column: "id" })
}

fn standing(programme: &Programme, place: &Place, state: StretchState) -> Standing {
    let current = programme.lesson(&place.lesson).and_then(|(_, lesson)| current_credit(programme, lesson, place.stretch, state));
    Standing { sums: Sums { earned: state.posted, adjusted: Posted::default() }, current }
}

/// Credit of a stretch, or of the attempts that a lesson counts, as the facts stand now; none for a lesson in person, whose credit is posted at once.
#[must_use]
pub fn current_credit(programme: &Programme, lesson: &Lesson, stretch: Option<u16>, state: StretchState) -> Option<Credit> {
    if lesson.mode == LessonMode::InPerson {
        return None;
    }
    let Some(stretch) = stretch else { return Some(attempt_credit(Seconds(state.attributed / 1000), lesson.design())) };
    let stretch = lesson.stretches().into_iter().find(|s| s.index == stretch)?;
    let checkpoint = if state.passed.is_some() { CheckpointState::Passed } else { CheckpointState::Open };
    Some(credit(Seconds(state.attributed / 1000), stretch.design, checkpoint, &programme.rules))
}
