//! One person in one programme, and everything on record about it that pages and the gate read: two queries.

use super::{Acting, Services};
use crate::clock::{local_date, zone};
use crate::failure::{Failure, Outcome};
use crate::persistence::database::Engine;
use crate::persistence::entities::attempt;
use crate::persistence::query;
use crate::services::people::full_name;
use chrono::NaiveDate;
use domain::access::{Action, Resource};
use domain::curriculum::{Lesson, LessonMode, Programme};
use domain::hours::Place;
use domain::hours::credit::{CheckpointState, Credit, credit};
use domain::hours::ledger::{Posted, Sums};
use domain::hours::total::{Progress, Standing, total};
use domain::ids::{AttemptId, CohortId, DistrictId, EnrolmentId, LessonId, PersonId};
use domain::time::{Instant, Seconds};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use uuid::Uuid;

/// An enrolment with what pages say of it.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// Which.
    pub id: EnrolmentId,
    /// Whose.
    pub person: PersonId,
    /// Full name.
    pub name: String,
    /// First surname.
    pub surname: String,
    /// Birth date.
    pub birth: Option<NaiveDate>,
    /// The revision she is held to.
    pub programme: Arc<Programme>,
    /// Its id.
    pub revision: String,
    /// Her cohort.
    pub cohort: CohortId,
    /// Its title.
    pub cohort_title: String,
    /// Its judicial district.
    pub district: DistrictId,
    /// Its place.
    pub place: String,
    /// Its dates.
    pub dates: (NaiveDate, NaiveDate),
    /// Local date of enrolment.
    pub enrolled_on: NaiveDate,
    /// Kind and number of the document.
    pub document: (String, String),
    /// Phone.
    pub phone: Option<String>,
}

/// Columns of [`COLUMNS`].
#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    given_names: String,
    paternal_surname: Option<String>,
    maternal_surname: Option<String>,
    birth_date: Option<String>,
    phone: Option<String>,
    programme_revision: String,
    cohort_id: Uuid,
    title: String,
    district_id: String,
    place: String,
    starts_on: String,
    ends_on: String,
    enrolled_on: String,
    kind: String,
    number: String,
}

const COLUMNS: &str = "SELECT e.id, e.person_id, p.given_names, p.paternal_surname, p.maternal_surname, p.birth_date, p.phone, e.programme_revision, e.cohort_id, \
    c.title, c.district_id, c.place, c.starts_on, c.ends_on, e.enrolled_on, d.kind, d.number \
    FROM enrolment e JOIN person p ON p.id = e.person_id JOIN cohort c ON c.id = e.cohort_id \
    JOIN document d ON d.person_id = p.id AND d.number = (SELECT min(o.number) FROM document o WHERE o.person_id = p.id)";

fn date(text: &str) -> Outcome<NaiveDate> {
    text.parse().map_err(|_| Failure::Inconsistent { table: "enrolment", column: "date" })
}

impl Services {
    fn enrolment_of(&self, row: Row) -> Outcome<Enrolment> {
        Ok(Enrolment {
            id: EnrolmentId(row.id),
            person: PersonId(row.person_id),
            name: full_name(&row.given_names, row.paternal_surname.as_deref(), row.maternal_surname.as_deref()),
            surname: row.paternal_surname.or(row.maternal_surname).unwrap_or_default(),
            birth: row.birth_date.as_deref().map(date).transpose()?,
            programme: self.catalogue.programme(&row.programme_revision)?,
            revision: row.programme_revision,
            cohort: CohortId(row.cohort_id),
            cohort_title: row.title,
            district: DistrictId(row.district_id),
            place: row.place,
            dates: (date(&row.starts_on)?, date(&row.ends_on)?),
            enrolled_on: date(&row.enrolled_on)?,
            document: (row.kind, row.number),
            phone: row.phone,
        })
    }

    /// An enrolment by id.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn enrolment<C: ConnectionTrait>(&self, connection: &C, id: EnrolmentId) -> Outcome<Enrolment> {
        let row = query::one::<Row, C>(connection, &format!("{COLUMNS} WHERE e.id = $1"), vec![id.0.into()]).await?;
        self.enrolment_of(row.ok_or(Failure::NotFound)?)
    }

    /// The enrolment that an attempt belongs to, read together with the attempt.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn enrolment_with_attempt<C: ConnectionTrait>(
        &self,
        connection: &C,
        attempt: AttemptId,
    ) -> Outcome<(Enrolment, attempt::Model)> {
        let sql = COLUMNS.replacen("SELECT ", "SELECT t.id AS attempt_id, t.evaluation_id, t.number AS attempt_number, t.state, t.language, t.paper, \
            t.programme_revision AS attempt_revision, t.started_at, t.deadline, t.grace, t.submitted_at, t.ran_out, t.result, t.void_reason, ", 1);
        let sql = sql.replacen("FROM enrolment e", "FROM attempt t JOIN enrolment e ON e.id = t.enrolment_id", 1);
        let statement =
            Statement::from_sql_and_values(connection.get_database_backend(), format!("{sql} WHERE t.id = $1"), vec![attempt.0.into()]);
        let found = connection.query_one_raw(statement).await?.ok_or(Failure::NotFound)?;
        let row = attempt::Model {
            id: found.try_get("", "attempt_id")?,
            enrolment_id: found.try_get("", "id")?,
            evaluation_id: found.try_get("", "evaluation_id")?,
            number: found.try_get("", "attempt_number")?,
            state: found.try_get("", "state")?,
            language: found.try_get("", "language")?,
            paper: found.try_get("", "paper")?,
            programme_revision: found.try_get("", "attempt_revision")?,
            started_at: found.try_get("", "started_at")?,
            deadline: found.try_get("", "deadline")?,
            grace: found.try_get("", "grace")?,
            submitted_at: found.try_get("", "submitted_at")?,
            ran_out: found.try_get("", "ran_out")?,
            result: found.try_get("", "result")?,
            void_reason: found.try_get("", "void_reason")?,
        };
        Ok((self.enrolment_of(Row::from_query_result(&found, "")?)?, row))
    }

    /// The enrolments of a cohort, by surname.
    ///
    /// # Errors
    /// `Database`.
    pub async fn enrolments_of(&self, cohort: CohortId) -> Outcome<Vec<Enrolment>> {
        let sql = format!("{COLUMNS} WHERE e.cohort_id = $1 ORDER BY p.folded");
        let rows = query::all::<Row, _>(self.database.read(), &sql, vec![cohort.0.into()]).await?;
        rows.into_iter().map(|row| self.enrolment_of(row)).collect()
    }

    /// Everything on record about an enrolment.
    ///
    /// # Errors
    /// `Database`.
    pub async fn record<C: ConnectionTrait>(&self, connection: &C, enrolment: &Enrolment) -> Outcome<Record> {
        let sql = match self.database.engine() {
            Engine::Sqlite => &*SQLITE_RECORD,
            Engine::Postgres => &*POSTGRES_RECORD,
        };
        let values = vec![enrolment.id.0.into(), enrolment.cohort.0.into(), enrolment.person.0.into()];
        let found = query::one::<Facts, C>(connection, sql, values).await?.and_then(|f| f.facts).unwrap_or_else(|| "[]".to_owned());
        let rows = serde_json::from_str(&found).map_err(|_| Failure::Inconsistent { table: "record", column: "facts" })?;
        Record::new(rows, self.now())
    }
}

impl Acting<'_> {
    /// The enrolment of the trainee who is signed in: the newest.
    ///
    /// # Errors
    /// `NotFound` when she has none; `Forbidden`.
    pub async fn my_enrolment(&self) -> Outcome<Enrolment> {
        self.may(Action::SeeOwnStudy, &Resource::Person(self.signed.actor.person))?;
        let sql = format!("{COLUMNS} WHERE e.person_id = $1 ORDER BY e.created_at DESC LIMIT 1");
        let row = query::one::<Row, _>(self.services.database.read(), &sql, vec![self.signed.actor.person.0.into()]).await?;
        self.services.enrolment_of(row.ok_or(Failure::NotFound)?)
    }
}

impl Enrolment {
    /// The resource that the policy is asked about.
    #[must_use]
    pub fn resource(&self) -> Resource {
        Resource::Enrolment { enrolment: self.id, subject: self.person, district: self.district.clone(), cohort: self.cohort }
    }

    /// Today where the programme lives.
    #[must_use]
    pub fn today(&self, now: Instant) -> NaiveDate {
        local_date(now, zone(&self.programme.time_zone))
    }

    /// "4.3" and the lesson's module position.
    #[must_use]
    pub fn number_of(&self, lesson: &LessonId) -> String {
        lesson_number(&self.programme, lesson)
    }
}

/// "4" of `m4`, else its position from 1.
#[must_use]
pub fn module_number(programme: &Programme, position: usize) -> String {
    let digits: String = programme.modules.get(position).map(|m| m.id.0.chars().filter(char::is_ascii_digit).collect()).unwrap_or_default();
    if digits.is_empty() { (position + 1).to_string() } else { digits }
}

/// "4.3": module and lesson.
#[must_use]
pub fn lesson_number(programme: &Programme, lesson: &LessonId) -> String {
    for (position, module) in programme.modules.iter().enumerate() {
        if let Some(at) = module.lessons.iter().position(|l| &l.id == lesson) {
            return format!("{}.{}", module_number(programme, position), at + 1);
        }
    }
    lesson.0.clone()
}

/// The record in one row: a JSON array of [`Fact`]s, because every row costs a hand-over between threads.
#[derive(FromQueryResult)]
struct Facts {
    facts: Option<String>,
}

static SQLITE_RECORD: LazyLock<String> = LazyLock::new(|| {
    let fields = "what, a, b, c, n1, n2, n3, n4, n5, n6";
    format!("SELECT json_group_array(json_array({fields})) AS facts FROM ({}) AS record", record_sql(Engine::Sqlite))
});

static POSTGRES_RECORD: LazyLock<String> = LazyLock::new(|| {
    let fields = "what, a, b, c, n1, n2, n3, n4, n5, n6";
    format!("SELECT json_agg(json_build_array({fields}))::text AS facts FROM ({}) AS record", record_sql(Engine::Postgres))
});

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

fn record_sql(engine: Engine) -> String {
    let text = |column: &str| match engine {
        Engine::Sqlite => format!("lower(hex({column}))"),
        Engine::Postgres => format!("{column}::text"),
    };
    let (id, verifier, proposed, approved) = (text("t.id"), text("verifier_id"), text("proposed_by"), text("approved_by"));
    format!(
        "SELECT 'stretch' AS what, lesson_id AS a, '' AS b, '' AS c, stretch AS n1, attributed_ms AS n2, provisional AS n3, confirmed AS n4, coalesce(passed_at, 0) AS n5, coalesce(posted_at, 0) AS n6 FROM stretch_state WHERE enrolment_id = $1 \
         UNION ALL SELECT 'try', checkpoint_id, question_id, '', number, at, CASE WHEN correct = TRUE THEN 1 ELSE 0 END, answer, 0, 0 FROM checkpoint_try WHERE enrolment_id = $1 \
         UNION ALL SELECT 'fact', kind, {verifier} || ' ' || source, verified_on || ' ' || coalesce(expires_on, ''), CASE WHEN met = TRUE THEN 1 ELSE 0 END, recorded_at, 0, 0, 0, 0 FROM requirement_fact WHERE enrolment_id = $1 \
         UNION ALL SELECT 'waiver', kind, {proposed} || ' ' || {approved}, reason, at, 0, 0, 0, 0, 0 FROM requirement_waiver WHERE enrolment_id = $1 \
         UNION ALL SELECT 'attempt', t.evaluation_id, t.state || ' ' || {id}, coalesce(r.result, ''), t.number, t.started_at, coalesce(t.submitted_at, 0), coalesce(r.grade, -1), CASE WHEN r.passed = TRUE THEN 1 ELSE 0 END, coalesce(r.at, 0) FROM attempt t LEFT JOIN release r ON r.attempt_id = t.id WHERE t.enrolment_id = $1 \
         UNION ALL SELECT 'meeting', i.lesson_id, m.place, '', i.starts_at, i.ends_at, 0, 0, 0, 0 FROM meeting m JOIN meeting_item i ON i.meeting_id = m.id WHERE m.cohort_id = $2 AND m.confirmed_at IS NULL \
         UNION ALL SELECT 'certificate', number, code, '', issued_at, 0, 0, 0, 0, 0 FROM certificate WHERE enrolment_id = $1 \
         UNION ALL SELECT 'attributed', '', '', '', CAST(coalesce(sum(ends_at - starts_at), 0) AS BIGINT), coalesce(max(ends_at), 0), 0, 0, 0, 0 FROM attributed WHERE person_id = $3 AND enrolment_id = $1"
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

/// Everything on record about an enrolment.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// States of stretches, by place.
    pub stretches: BTreeMap<Place, StretchState>,
    /// Tries, oldest first.
    pub tries: Vec<Try>,
    /// Attestations, oldest first.
    pub attested: Vec<Attested>,
    /// Waived requirements.
    pub waived: Vec<Waived>,
    /// Attempts, oldest first.
    pub attempts: Vec<AttemptFact>,
    /// Planned agenda items: lesson, place, from, to.
    pub planned: Vec<(LessonId, String, Instant, Instant)>,
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
    fn new(rows: Vec<Fact>, now: Instant) -> Outcome<Self> {
        let mut record = Self { read_at: now, ..Self::default() };
        for row in rows {
            record.take(row, now)?;
        }
        record.tries.sort_by_key(|t| t.number);
        record.attested.sort_by_key(|a| a.recorded);
        record.attempts.sort_by_key(|a| (a.evaluation.clone(), a.number));
        record.planned.sort_by_key(|p| p.2);
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
            "meeting" if row.n2 > now.0 => self.planned.push((LessonId(row.a), row.b, Instant(row.n1), Instant(row.n2))),
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
        let standings = self.stretches.iter().map(|(place, state)| (place.clone(), standing(programme, place, *state))).collect();
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

/// Credit of a stretch as the facts stand now; none for a lesson in person, whose credit is posted at once.
#[must_use]
pub fn current_credit(programme: &Programme, lesson: &Lesson, stretch: Option<u16>, state: StretchState) -> Option<Credit> {
    if lesson.mode == LessonMode::InPerson {
        return None;
    }
    let stretch = lesson.stretches().into_iter().find(|s| Some(s.index) == stretch)?;
    let checkpoint = if state.passed.is_some() { CheckpointState::Passed } else { CheckpointState::Open };
    Some(credit(Seconds(state.attributed / 1000), stretch.design, checkpoint, &programme.rules))
}
