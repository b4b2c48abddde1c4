//! Attribution of a person from all her evidence: when evidence of higher rank arrives, and to verify.

use super::evidence::{Counter, links};
use super::posting::{Posting, lock, state};
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{attributed, stretch_state};
use crate::persistence::query;
use crate::services::Services;
use domain::curriculum::{LessonMode, Programme};
use domain::hours::attribution::{Attribution, Evidence, Rank, Target, attribute};
use domain::hours::credit::session_credit;
use domain::hours::evidence::Link;
use domain::hours::reckoning::{AgendaItem, capacities, evidence};
use domain::ids::{EnrolmentId, LessonId, PersonId};
use domain::time::{Instant, Interval, Seconds};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, FromQueryResult, QueryFilter as _};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// What a person's hours rest on.
pub struct Basis {
    /// Her chain of evidence.
    pub links: Vec<Link>,
    /// The agendas of her sessions.
    pub agenda: Vec<AgendaItem>,
}

/// A person's evidence and what it gives.
pub struct Reckoning {
    /// What it was read from.
    pub basis: Basis,
    /// The evidence, in the order in which it was read.
    pub evidence: Vec<Evidence>,
    /// What each piece and each target gets.
    pub attribution: Attribution,
    /// Programmes of her enrolments.
    pub programmes: BTreeMap<EnrolmentId, Arc<Programme>>,
}

#[derive(FromQueryResult)]
struct EnrolmentRow {
    id: Uuid,
    programme_revision: String,
}

#[derive(FromQueryResult)]
struct Item {
    meeting_id: Uuid,
    lesson_id: String,
    starts_at: i64,
    ends_at: i64,
}

/// The agendas of the sessions at which a person was noted.
const AGENDA: &str = "SELECT i.meeting_id, i.lesson_id, i.starts_at, i.ends_at FROM meeting_item i WHERE i.meeting_id IN \
    (SELECT a.meeting_id FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id WHERE e.person_id = $1) \
    ORDER BY i.starts_at, i.meeting_id, i.lesson_id";

impl Services {
    /// Reads all evidence of a person and attributes it anew.
    ///
    /// # Errors
    /// `Database`; `Inconsistent`.
    pub async fn reckon<C: ConnectionTrait>(&self, connection: &C, person: PersonId) -> Outcome<Reckoning> {
        let rows: Vec<EnrolmentRow> =
            query::all(connection, "SELECT id, programme_revision FROM enrolment WHERE person_id = $1", vec![person.0.into()]).await?;
        let mut programmes = BTreeMap::new();
        for row in rows {
            programmes.insert(EnrolmentId(row.id), self.catalogue.programme(&row.programme_revision)?);
        }
        let basis = Basis { links: links(connection, person).await?, agenda: agenda(connection, person).await? };
        let evidence = basis.evidence(&programmes)?;
        let attribution = attribute(&evidence, &capacities(&programmes));
        Ok(Reckoning { basis, evidence, attribution, programmes })
    }

    /// Rewrites what is derived from a person's evidence and posts the differences.
    ///
    /// # Errors
    /// `Database`.
    pub async fn recompute(&self, transaction: &DatabaseTransaction, person: PersonId, by: Option<PersonId>, now: Instant) -> Outcome<()> {
        let reckoning = self.reckon(transaction, person).await?;
        for enrolment in reckoning.programmes.keys() {
            lock(transaction, *enrolment).await?;
        }
        attributed::Entity::delete_many().filter(attributed::Column::PersonId.eq(person.0)).exec(transaction).await?;
        for row in reckoning.rows(person) {
            query::insert(transaction, row).await?;
        }
        let evidence = Counter::read(transaction, person).await?.hash;
        for (enrolment, programme) in &reckoning.programmes {
            let posting = Posting { enrolment: *enrolment, programme, now, by, evidence };
            for (lesson, stretch) in reckoning.places(transaction, *enrolment).await? {
                let Some((_, known)) = programme.lesson(&lesson) else { continue };
                let mut row = state(transaction, *enrolment, &lesson, stretch).await?;
                let target = Target { enrolment: *enrolment, lesson, stretch };
                row.attributed_ms = reckoning.attribution.millis.get(&target).copied().unwrap_or_default();
                match known.mode {
                    LessonMode::SelfPaced if stretch.is_none() => posting.attempt(transaction, known, row).await?,
                    LessonMode::SelfPaced => posting.stretch(transaction, known, row, false).await?,
                    LessonMode::InPerson => {
                        let credit = session_credit(Seconds(row.attributed_ms / 1000), known.design(), &programme.rules);
                        posting.attendance(transaction, known, row, credit).await?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Reckoning {
    /// Rows of the derived table.
    fn rows(&self, person: PersonId) -> Vec<attributed::Model> {
        let pairs = self.evidence.iter().zip(&self.attribution.granted);
        let rows = pairs.flat_map(|(piece, granted)| granted.iter().map(move |interval| row(person, &piece.target, piece.rank, *interval)));
        rows.collect()
    }

    /// Every place of an enrolment that has or had attributed time.
    async fn places(&self, transaction: &DatabaseTransaction, enrolment: EnrolmentId) -> Outcome<BTreeSet<(LessonId, Option<u16>)>> {
        let known = stretch_state::Entity::find().filter(stretch_state::Column::EnrolmentId.eq(enrolment.0)).all(transaction).await?;
        let mut places: BTreeSet<_> = known.into_iter().map(|r| (LessonId(r.lesson_id), u16::try_from(r.stretch).ok())).collect();
        places.extend(self.attribution.millis.keys().filter(|t| t.enrolment == enrolment).map(|t| (t.lesson.clone(), t.stretch)));
        Ok(places)
    }
}

/// A row of the derived table.
#[must_use]
pub fn row(person: PersonId, target: &Target, rank: Rank, interval: Interval) -> attributed::Model {
    attributed::Model {
        person_id: person.0,
        starts_at: interval.start().0,
        ends_at: interval.end().0,
        enrolment_id: target.enrolment.0,
        lesson_id: target.lesson.0.clone(),
        stretch: target.stretch.map_or(super::posting::NO_STRETCH, i64::from),
        kind: match rank {
            Rank::Attendance => "attendance",
            Rank::Attempt => "attempt",
            Rank::Study => "study",
        }
        .to_owned(),
    }
}

/// The agendas of a person's sessions.
///
/// # Errors
/// `Database`; `Inconsistent`.
pub async fn agenda<C: ConnectionTrait>(connection: &C, person: PersonId) -> Outcome<Vec<AgendaItem>> {
    let rows: Vec<Item> = query::all(connection, AGENDA, vec![person.0.into()]).await?;
    let item = |row: Item| {
        let interval = Interval::new(Instant(row.starts_at), Instant(row.ends_at));
        let interval = interval.ok_or(Failure::Inconsistent { table: "meeting_item", column: "ends_at" })?;
        Ok(AgendaItem { meeting: row.meeting_id, lesson: LessonId(row.lesson_id), interval })
    };
    rows.into_iter().map(item).collect()
}

impl Basis {
    /// What of it counts, under these programmes.
    ///
    /// # Errors
    /// `Inconsistent`.
    pub fn evidence<P: Borrow<Programme>>(&self, held: &BTreeMap<EnrolmentId, P>) -> Outcome<Vec<Evidence>> {
        let read = |outcome: &str| serde_json::from_str(outcome).ok();
        evidence(&self.links, &self.agenda, held, read).map_err(|_| Failure::Inconsistent { table: "claim", column: "outcome" })
    }
}
