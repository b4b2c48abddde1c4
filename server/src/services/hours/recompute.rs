//! Attribution of a person from all her evidence: when evidence of higher rank arrives, and to verify.

use super::evidence::Counter;
use super::posting::{Posting, lock, state};
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{attributed, claim, stretch_state};
use crate::persistence::query;
use crate::services::Services;
use domain::curriculum::{LessonMode, Programme};
use domain::hours::attribution::{Attribution, Evidence, Rank, Target, attribute};
use domain::hours::bounds::Outcome as Bounded;
use domain::hours::credit::session_credit;
use domain::ids::{EnrolmentId, LessonId, PersonId};
use domain::time::{Instant, Interval, Seconds};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// A person's evidence and what it gives.
pub struct Reckoning {
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
struct Accepted {
    claim_id: Uuid,
}

#[derive(FromQueryResult)]
struct Presence {
    enrolment_id: Uuid,
    lesson_id: String,
    check_in_at: i64,
    check_out_at: i64,
    starts_at: i64,
    ends_at: i64,
}

/// The last word of the judge on each presence of a confirmed roll, item by item. What she said herself (`code`) never counts.
const PRESENCES: &str = "SELECT a.enrolment_id, i.lesson_id, a.check_in_at, a.check_out_at, i.starts_at, i.ends_at FROM attendance a \
    JOIN enrolment e ON e.id = a.enrolment_id JOIN meeting_item i ON i.meeting_id = a.meeting_id \
    WHERE e.person_id = $1 AND a.confirmed = TRUE AND a.source <> 'code' AND a.check_in_at IS NOT NULL \
    AND a.version = (SELECT max(b.version) FROM attendance b WHERE b.meeting_id = a.meeting_id AND b.enrolment_id = a.enrolment_id AND b.source <> 'code') \
    ORDER BY i.starts_at, i.lesson_id";

/// The intervals of a claim that count as evidence; of a doubtful part, if staff accepted it.
///
/// # Errors
/// `Inconsistent`.
pub fn believed(outcome: &str, accepted_by_staff: bool) -> Outcome<Vec<Interval>> {
    let bounded: Bounded = serde_json::from_str(outcome).map_err(|_| Failure::Inconsistent { table: "claim", column: "outcome" })?;
    Ok(bounded.believed(accepted_by_staff))
}

/// The claims of a person whose doubtful part staff accepted.
async fn accepted<C: ConnectionTrait>(connection: &C, person: PersonId) -> Outcome<BTreeSet<Uuid>> {
    let sql =
        "SELECT d.claim_id FROM claim_decision d JOIN enrolment e ON e.id = d.enrolment_id WHERE e.person_id = $1 AND d.accepted = TRUE";
    let rows: Vec<Accepted> = query::all(connection, sql, vec![person.0.into()]).await?;
    Ok(rows.into_iter().map(|row| row.claim_id).collect())
}

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
        let mut evidence = presences(connection, person).await?;
        let claims = claim::Entity::find()
            .filter(claim::Column::PersonId.eq(person.0))
            .order_by_asc(claim::Column::ReceivedNo)
            .all(connection)
            .await?;
        let accepted = accepted(connection, person).await?;
        for row in claims {
            let target = Target {
                enrolment: EnrolmentId(row.enrolment_id),
                lesson: LessonId(row.lesson_id),
                stretch: u16::try_from(row.stretch).ok(),
            };
            for interval in believed(&row.outcome, accepted.contains(&row.id))? {
                evidence.push(Evidence { received_no: row.received_no, rank: Rank::Study, target: target.clone(), interval });
            }
        }
        let attribution = attribute(&evidence, &capacities(&programmes));
        Ok(Reckoning { evidence, attribution, programmes })
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

/// How much each stretch can take.
#[must_use]
pub fn capacities(programmes: &BTreeMap<EnrolmentId, Arc<Programme>>) -> BTreeMap<Target, Seconds> {
    let mut found = BTreeMap::new();
    for (enrolment, programme) in programmes {
        for (_, lesson) in programme.lessons() {
            for stretch in lesson.stretches() {
                found.insert(Target { enrolment: *enrolment, lesson: lesson.id.clone(), stretch: Some(stretch.index) }, stretch.design);
            }
        }
    }
    found
}

async fn presences<C: ConnectionTrait>(connection: &C, person: PersonId) -> Outcome<Vec<Evidence>> {
    let rows: Vec<Presence> = query::all(connection, PRESENCES, vec![person.0.into()]).await?;
    let pieces = rows.into_iter().enumerate().filter_map(|(position, row)| {
        let present = Interval::new(Instant(row.check_in_at), Instant(row.check_out_at))?;
        let item = Interval::new(Instant(row.starts_at), Instant(row.ends_at))?;
        Some(Evidence {
            received_no: i64::try_from(position).unwrap_or(i64::MAX),
            rank: Rank::Attendance,
            target: Target { enrolment: EnrolmentId(row.enrolment_id), lesson: LessonId(row.lesson_id), stretch: None },
            interval: present.intersect(item)?,
        })
    });
    Ok(pieces.collect())
}
