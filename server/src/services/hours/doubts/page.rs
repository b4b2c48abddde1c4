//! The queue of what waits for staff about hours, and the page of one doubtful claim.

use super::super::claims::doubts;
use super::super::page::lesson_name;
use super::super::reasons;
use super::outcome;
use crate::clock::{local, zone};
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{claim, claim_decision};
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::Event;
use crate::services::people::full_name;
use app::features::hours::review::{DoubtPage, DoubtRow, EvidenceQueue, TriesRow, WaitingAdjustment};
use app::texts::Texts;
use domain::access::{Action, Resource};
use domain::curriculum::Programme;
use domain::hours::attribution::union_millis;
use domain::hours::bounds::Outcome as Bounded;
use domain::ids::{CheckpointId, ClaimId, EnrolmentId, PersonId, ReasonId};
use domain::time::{Instant, Seconds};
use sea_orm::{EntityTrait as _, FromQueryResult};
use serde_json::json;
use uuid::Uuid;

/// How many claims one page lists: the oldest.
const PAGE: usize = 100;

/// Whose a row is, and under which programme.
const WHOSE: &str = "e.programme_revision, p.given_names, p.paternal_surname, p.maternal_surname";

/// From an enrolment `e` to its district and its person.
const PLACE: &str = "JOIN cohort k ON k.id = e.cohort_id JOIN person p ON p.id = e.person_id";

/// A claim `c` with a doubtful part that nobody decided.
const UNDECIDED: &str =
    r#"substr(c.outcome, 1, 16) = '{"kind":"queued"' AND NOT EXISTS (SELECT 1 FROM claim_decision d WHERE d.claim_id = c.id)"#;

#[derive(FromQueryResult)]
struct QueuedRow {
    id: Uuid,
    enrolment_id: Uuid,
    lesson_id: String,
    outcome: String,
    received_at: i64,
    programme_revision: String,
    given_names: String,
    paternal_surname: Option<String>,
    maternal_surname: Option<String>,
}

#[derive(FromQueryResult)]
struct ManyTries {
    enrolment_id: Uuid,
    checkpoint_id: String,
    tries: i64,
    at: i64,
    passed: i64,
    programme_revision: String,
    given_names: String,
    paternal_surname: Option<String>,
    maternal_surname: Option<String>,
}

#[derive(FromQueryResult)]
struct Proposed {
    enrolment_id: Uuid,
    seconds: i64,
    proposed_at: i64,
    programme_revision: String,
    given_names: String,
    paternal_surname: Option<String>,
    maternal_surname: Option<String>,
}

impl Acting<'_> {
    /// What waits for staff in the reader's districts, the oldest first; never what is the reader's own.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn evidence_queue(&self, t: Texts) -> Outcome<EvidenceQueue> {
        self.may(Action::DecideEvidence, &Resource::List)?;
        Ok(EvidenceQueue {
            claims: self.queued(t).await?,
            total: self.queued_count().await?,
            tries: self.many_tries(t).await?,
            adjustments: self.approvable().await?,
            disputes: self.waiting_disputes().await?,
        })
    }

    async fn queued_count(&self) -> Outcome<u32> {
        let (here, values) = self.in_scope("k.district_id", "e.person_id");
        let sql =
            format!("SELECT count(*) AS n FROM claim c JOIN enrolment e ON e.id = c.enrolment_id {PLACE} WHERE {here} AND {UNDECIDED}");
        Ok(u32::try_from(query::number(self.services.database.read(), &sql, values).await?).unwrap_or(u32::MAX))
    }

    /// How many claims, checkpoints and adjustments wait for the reader.
    ///
    /// # Errors
    /// `Database`.
    pub async fn hours_waiting(&self, t: Texts) -> Outcome<u32> {
        let listed = self.many_tries(t).await?.len() + self.approvable().await?.len();
        Ok(self.queued_count().await?.saturating_add(u32::try_from(listed).unwrap_or(u32::MAX)))
    }

    /// Doubtful claims that nobody decided, the oldest first.
    async fn queued(&self, t: Texts) -> Outcome<Vec<DoubtRow>> {
        let (here, values) = self.in_scope("k.district_id", "e.person_id");
        let sql = format!(
            "SELECT c.id, c.enrolment_id, c.lesson_id, c.outcome, c.received_at, {WHOSE} FROM claim c JOIN enrolment e ON e.id = c.enrolment_id {PLACE} \
             WHERE {here} AND {UNDECIDED} ORDER BY c.received_at, c.received_no LIMIT {PAGE}"
        );
        let rows: Vec<QueuedRow> = query::all(self.services.database.read(), &sql, values).await?;
        rows.into_iter()
            .map(|row| {
                let programme = self.services.catalogue.programme(&row.programme_revision)?;
                let damaged = |_| Failure::Inconsistent { table: "claim", column: "outcome" };
                let bounded: Bounded = serde_json::from_str(&row.outcome).map_err(damaged)?;
                let name = full_name(&row.given_names, row.paternal_surname.as_deref(), row.maternal_surname.as_deref());
                let whose = (ClaimId(row.id), EnrolmentId(row.enrolment_id), name);
                Ok(doubt_row(&programme, whose, (&row.lesson_id, row.received_at), &bounded, t))
            })
            .collect()
    }

    /// Checkpoints with more tries than the rules expect, not looked at since the last wrong one.
    async fn many_tries(&self, t: Texts) -> Outcome<Vec<TriesRow>> {
        let mut least = None;
        for cohort in self.cohorts_in_scope().await? {
            let tries = self.services.catalogue.programme(&cohort.programme_revision)?.rules.checkpoint_tries;
            least = Some(least.map_or(tries, |least: u32| least.min(tries)));
        }
        let Some(least) = least else { return Ok(Vec::new()) };
        let (here, values) = self.in_scope("k.district_id", "e.person_id");
        let sql = format!(
            "SELECT t.enrolment_id, t.checkpoint_id, max(t.number) AS tries, max(t.at) AS at, {WHOSE}, \
             (SELECT count(*) FROM checkpoint_try o WHERE o.enrolment_id = t.enrolment_id AND o.checkpoint_id = t.checkpoint_id AND o.correct = TRUE) AS passed \
             FROM checkpoint_try t JOIN enrolment e ON e.id = t.enrolment_id {PLACE} WHERE t.correct = FALSE AND t.number > {least} AND {here} \
             GROUP BY t.enrolment_id, t.checkpoint_id, {WHOSE} HAVING max(t.number) > (SELECT coalesce(max(s.tries), 0) FROM checkpoint_seen s \
             WHERE s.enrolment_id = t.enrolment_id AND s.checkpoint_id = t.checkpoint_id) ORDER BY max(t.at)"
        );
        let rows: Vec<ManyTries> = query::all(self.services.database.read(), &sql, values).await?;
        let mut found = Vec::new();
        for row in rows {
            let programme = self.services.catalogue.programme(&row.programme_revision)?;
            if row.tries <= i64::from(programme.rules.checkpoint_tries) {
                continue;
            }
            let checkpoint = CheckpointId(row.checkpoint_id);
            let asks = |l: &domain::curriculum::Lesson| l.parts.iter().any(|p| p.checkpoint.as_ref().is_some_and(|c| c.id == checkpoint));
            let lesson = programme.lessons().find(|(_, l)| asks(l)).map(|(_, l)| lesson_name(&programme, &l.id.0, t)).unwrap_or_default();
            found.push(TriesRow {
                enrolment: EnrolmentId(row.enrolment_id),
                name: full_name(&row.given_names, row.paternal_surname.as_deref(), row.maternal_surname.as_deref()),
                lesson,
                checkpoint,
                tries: row.tries,
                at: local(Instant(row.at), zone(&programme.time_zone)),
                passed: row.passed > 0,
            });
        }
        Ok(found)
    }

    /// Adjustments that the reader may approve or decline.
    async fn approvable(&self) -> Outcome<Vec<WaitingAdjustment>> {
        let (here, values) = self.in_scope("k.district_id", "e.person_id");
        let sql = format!(
            "SELECT a.enrolment_id, a.seconds, a.proposed_at, {WHOSE} FROM adjustment a JOIN enrolment e ON e.id = a.enrolment_id {PLACE} \
             WHERE {here} AND a.proposed_by <> $1 AND NOT EXISTS (SELECT 1 FROM adjustment_decision d WHERE d.adjustment_id = a.id) ORDER BY a.proposed_at, a.id"
        );
        let rows: Vec<Proposed> = query::all(self.services.database.read(), &sql, values).await?;
        rows.into_iter()
            .map(|row| {
                let programme = self.services.catalogue.programme(&row.programme_revision)?;
                Ok(WaitingAdjustment {
                    enrolment: EnrolmentId(row.enrolment_id),
                    name: full_name(&row.given_names, row.paternal_surname.as_deref(), row.maternal_surname.as_deref()),
                    seconds: Seconds(row.seconds),
                    at: local(Instant(row.proposed_at), zone(&programme.time_zone)),
                })
            })
            .collect()
    }

    /// The page of one doubtful claim.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn doubt_page(&self, id: ClaimId, t: Texts) -> Outcome<DoubtPage> {
        let (row, enrolment) = self.doubtful(id).await?;
        let read = self.services.database.read();
        let decided = claim_decision::Entity::find_by_id(id.0).one(read).await?;
        let zone = zone(&enrolment.programme.time_zone);
        let mut erasable = None;
        let told = match decided {
            None => None,
            Some(d) => {
                let names = self.names(vec![PersonId(d.decided_by)]).await?;
                let name = names.into_values().next().unwrap_or_default();
                let why = reasons::read(read, vec![d.id]).await?.remove(&d.id);
                erasable = why.is_some().then_some(ReasonId(d.id));
                Some((d.accepted, (name, local(Instant(d.decided_at), zone)), why))
            }
        };
        self.note(Event::new("trainee.read", format!("enrolment/{}", enrolment.id), json!({}))).await?;
        Ok(DoubtPage { sent: sent(&row), may_decide: told.is_none(), decided: told, erasable, row: page_row(&row, &enrolment, t)? })
    }
}

fn sent(row: &claim::Model) -> Seconds {
    Seconds(row.sent_end.saturating_sub(row.sent_start) / 1000)
}

fn page_row(row: &claim::Model, enrolment: &crate::services::enrolment::Enrolment, t: Texts) -> Outcome<DoubtRow> {
    let whose = (ClaimId(row.id), enrolment.id, enrolment.name.clone());
    Ok(doubt_row(&enrolment.programme, whose, (&row.lesson_id, row.received_at), &outcome(row)?, t))
}

fn doubt_row(
    programme: &Programme,
    (claim, enrolment, name): (ClaimId, EnrolmentId, String),
    (lesson, received_at): (&str, i64),
    outcome: &Bounded,
    t: Texts,
) -> DoubtRow {
    let zone = zone(&programme.time_zone);
    let parts: Vec<_> = outcome.doubtful().iter().map(|part| part.interval).collect();
    let from = parts.iter().map(|i| i.start()).min().unwrap_or_default();
    let to = parts.iter().map(|i| i.end()).max().unwrap_or_default();
    DoubtRow {
        claim,
        enrolment,
        name,
        lesson: lesson_name(programme, lesson, t),
        time: (local(from, zone), local(to, zone)),
        doubtful: Seconds(union_millis(&parts) / 1000),
        counted: Seconds(union_millis(&outcome.believed(false)) / 1000),
        received: local(Instant(received_at), zone),
        reasons: doubts(outcome, t),
    }
}
