//! One person in one programme.

use super::assessment::answers::{Standing, read_standing, standing_sql};
use super::people::full_name;
use super::record::{Record, facts_sql};
use super::{Acting, Services};
use crate::clock::{local_date, zone};
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{attempt, meeting};
use crate::persistence::query;
use chrono::NaiveDate;
use domain::access::{Action, Resource};
use domain::curriculum::Programme;
use domain::identity::document::Document;
use domain::ids::{AttemptId, CohortId, DistrictId, EnrolmentId, LessonId, MeetingId, PersonId};
use domain::time::Instant;
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult};
use std::sync::Arc;
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

const COLUMNS: &str = "e.id, e.person_id, p.given_names, p.paternal_surname, p.maternal_surname, p.birth_date, p.phone, e.programme_revision, e.cohort_id, \
    c.title, c.district_id, c.place, c.starts_on, c.ends_on, e.enrolled_on, d.kind, d.number";

const TABLES: &str = "enrolment e JOIN person p ON p.id = e.person_id JOIN cohort c ON c.id = e.cohort_id \
    JOIN document d ON d.person_id = p.id AND d.number = (SELECT min(o.number) FROM document o WHERE o.person_id = p.id)";

pub(super) fn date(text: &str) -> Outcome<NaiveDate> {
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
        let row = query::one::<Row, C>(connection, &format!("SELECT {COLUMNS} FROM {TABLES} WHERE e.id = $1"), vec![id.0.into()]).await?;
        self.enrolment_of(row.ok_or(Failure::NotFound)?)
    }

    /// Enrolments with their records, in one statement; `condition` names them by `$1`.
    async fn with_records<C: ConnectionTrait>(&self, connection: &C, condition: &str, id: Uuid) -> Outcome<Vec<(Enrolment, Record)>> {
        let facts = facts_sql(self.database.engine(), "e.id", "e.cohort_id", "e.person_id");
        let sql = format!("SELECT {COLUMNS}, {facts} AS facts FROM {TABLES} WHERE {condition}");
        let now = self.now();
        let study = |found: &QueryResult| {
            let facts: Option<String> = found.try_get("", "facts")?;
            Ok((self.enrolment_of(Row::from_query_result(found, "")?)?, Record::read(facts.as_deref(), now)?))
        };
        query::rows(connection, &sql, vec![id.into()]).await?.iter().map(study).collect()
    }

    /// An attempt with its enrolment and the answers that stand, in one statement.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn attempt_with_answers<C: ConnectionTrait>(
        &self,
        connection: &C,
        id: AttemptId,
    ) -> Outcome<(Enrolment, attempt::Model, Standing)> {
        let answers = standing_sql(self.database.engine());
        let sql = format!(
            "SELECT {COLUMNS}, t.id AS attempt_id, t.evaluation_id, t.number AS attempt_number, t.state, t.language, t.paper, \
             t.programme_revision AS attempt_revision, t.started_at, t.deadline, t.grace, t.submitted_at, t.ran_out, t.result, t.void_reason, \
             {answers} AS answers FROM {TABLES} JOIN attempt t ON t.enrolment_id = e.id WHERE t.id = $1"
        );
        let found = query::rows(connection, &sql, vec![id.0.into()]).await?.pop().ok_or(Failure::NotFound)?;
        let answers: Option<String> = found.try_get("", "answers")?;
        Ok((self.enrolment_of(Row::from_query_result(&found, "")?)?, attempt_of(&found)?, read_standing(id, answers.as_deref())?))
    }

    /// The enrolments of a cohort with their records, by surname.
    ///
    /// # Errors
    /// `Database`.
    pub async fn studies_of(&self, cohort: CohortId) -> Outcome<Vec<(Enrolment, Record)>> {
        self.with_records(self.database.read(), "e.cohort_id = $1 ORDER BY p.folded", cohort.0).await
    }

    /// The enrolments of a cohort, by surname.
    ///
    /// # Errors
    /// `Database`.
    pub async fn enrolments_of(&self, cohort: CohortId) -> Outcome<Vec<Enrolment>> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE e.cohort_id = $1 ORDER BY p.folded");
        let rows = query::all::<Row, _>(self.database.read(), &sql, vec![cohort.0.into()]).await?;
        rows.into_iter().map(|row| self.enrolment_of(row)).collect()
    }

    /// Guests of a session, by surname.
    ///
    /// # Errors
    /// `Database`.
    pub async fn guests_of(&self, meeting: MeetingId) -> Outcome<Vec<Enrolment>> {
        let guests = "JOIN meeting_guest g ON g.enrolment_id = e.id WHERE g.meeting_id = $1 ORDER BY p.folded";
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} {guests}");
        let rows = query::all::<Row, _>(self.database.read(), &sql, vec![meeting.0.into()]).await?;
        rows.into_iter().map(|row| self.enrolment_of(row)).collect()
    }

    /// A person's enrolment that is on the roll of a session: of its cohort, or a guest.
    ///
    /// # Errors
    /// `Database`.
    pub async fn enrolment_at<C: ConnectionTrait>(
        &self,
        connection: &C,
        person: PersonId,
        meeting: &meeting::Model,
    ) -> Outcome<Option<Enrolment>> {
        let condition = "e.person_id = $1 AND (e.cohort_id = $2 OR EXISTS \
            (SELECT 1 FROM meeting_guest g WHERE g.meeting_id = $3 AND g.enrolment_id = e.id)) ORDER BY e.created_at DESC LIMIT 1";
        let values = vec![person.0.into(), meeting.cohort_id.into(), meeting.id.into()];
        let row = query::one::<Row, C>(connection, &format!("SELECT {COLUMNS} FROM {TABLES} WHERE {condition}"), values).await?;
        row.map(|row| self.enrolment_of(row)).transpose()
    }

    /// Who is in training in a programme, by her document.
    ///
    /// # Errors
    /// `Database`.
    pub async fn in_training(&self, document: &Document, programme: &str) -> Outcome<Option<Enrolment>> {
        let condition = "e.state = 'in-training' AND e.programme_id = $1 AND EXISTS \
            (SELECT 1 FROM document o WHERE o.person_id = p.id AND o.kind = $2 AND o.number = $3) ORDER BY e.created_at DESC LIMIT 1";
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {condition}");
        let row = query::one::<Row, _>(
            self.database.read(),
            &sql,
            vec![programme.into(), document.kind().name().into(), document.number().into()],
        )
        .await?;
        row.map(|row| self.enrolment_of(row)).transpose()
    }
}

impl Acting<'_> {
    /// The enrolment of the trainee who is signed in, the newest, with its record.
    ///
    /// # Errors
    /// `NotFound` when she has none; `Forbidden`.
    pub async fn my_study(&self) -> Outcome<(Enrolment, Record)> {
        let person = self.signed.actor.person;
        self.may(Action::SeeOwnStudy, &Resource::Person(person))?;
        let newest = "e.person_id = $1 ORDER BY e.created_at DESC LIMIT 1";
        self.services.with_records(self.services.database.read(), newest, person.0).await?.pop().ok_or(Failure::NotFound)
    }

    /// The enrolment of the trainee who is signed in: the newest.
    ///
    /// # Errors
    /// `NotFound` when she has none; `Forbidden`.
    pub async fn my_enrolment(&self) -> Outcome<Enrolment> {
        self.may(Action::SeeOwnStudy, &Resource::Person(self.signed.actor.person))?;
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE e.person_id = $1 ORDER BY e.created_at DESC LIMIT 1");
        let row = query::one::<Row, _>(self.services.database.read(), &sql, vec![self.signed.actor.person.0.into()]).await?;
        self.services.enrolment_of(row.ok_or(Failure::NotFound)?)
    }
}

fn attempt_of(found: &QueryResult) -> Outcome<attempt::Model> {
    Ok(attempt::Model {
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
    })
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
