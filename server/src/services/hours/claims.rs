//! Claims that did not count whole, as she is told of them: what was cut, what waits for staff, what they decided and why.

use super::reasons;
use crate::clock::{local, zone};
use crate::failure::Outcome;
use crate::persistence::entities::{claim, claim_decision};
use crate::services::Acting;
use crate::services::enrolment::Enrolment;
use crate::services::record::QUEUED;
use app::features::hours::{ClaimRow, ClaimState};
use app::texts::Texts;
use domain::hours::attribution::union_millis;
use domain::hours::bounds::{Clip, Doubt, Outcome as Bounded};
use domain::ids::LessonId;
use domain::time::{Instant, Seconds};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many of the newest claims are looked through; every doubtful one is shown, however old.
const NEWEST: u64 = 200;

impl Acting<'_> {
    /// The claims of an enrolment that did not count whole, newest first.
    pub(super) async fn claims(&self, enrolment: &Enrolment, t: Texts) -> Outcome<Vec<ClaimRow>> {
        let read = self.services.database.read();
        let own = || claim::Entity::find().filter(claim::Column::EnrolmentId.eq(enrolment.id.0)).order_by_desc(claim::Column::ReceivedNo);
        let mut rows: BTreeMap<i64, claim::Model> = BTreeMap::new();
        for row in own().limit(NEWEST).all(read).await?.into_iter().chain(own().filter(Expr::cust(QUEUED)).all(read).await?) {
            rows.insert(row.received_no, row);
        }
        let decided = claim_decision::Entity::find().filter(claim_decision::Column::EnrolmentId.eq(enrolment.id.0)).all(read).await?;
        let why = reasons::read(read, decided.iter().map(|d| d.id).collect()).await?;
        let decided: BTreeMap<Uuid, _> = decided.into_iter().map(|d| (d.claim_id, (d.accepted, why.get(&d.id).cloned()))).collect();
        Ok(rows.values().rev().filter_map(|row| claim_row(enrolment, row, decided.get(&row.id), t)).collect())
    }
}

/// A claim as she is told of it; none when it counted whole.
fn claim_row(enrolment: &Enrolment, row: &claim::Model, decided: Option<&(bool, Option<String>)>, t: Texts) -> Option<ClaimRow> {
    let outcome: Bounded = serde_json::from_str(&row.outcome).ok()?;
    let reasons = match &outcome {
        Bounded::Accepted { clipped, .. } | Bounded::Nothing { clipped } => clips(clipped, t),
        Bounded::Queued { clipped, .. } => clips(clipped, t).into_iter().chain(doubts(&outcome, t)).collect(),
        Bounded::Refused | Bounded::Repeated => return None,
    };
    let seconds = |intervals: &[_]| Seconds(union_millis(intervals) / 1000);
    let doubtful = seconds(&outcome.doubtful().iter().map(|part| part.interval).collect::<Vec<_>>());
    let state = match decided {
        None if outcome.doubtful().is_empty() => ClaimState::Cut,
        None => ClaimState::Waiting(doubtful),
        Some((true, why)) => ClaimState::Accepted(doubtful, why.clone()),
        Some((false, why)) => ClaimState::Declined(doubtful, why.clone()),
    };
    let accepted = seconds(&outcome.believed(decided.is_some_and(|(accepted, _)| *accepted)));
    let sent = Seconds(row.sent_end.saturating_sub(row.sent_start) / 1000);
    let is_whole = reasons.is_empty() || (state == ClaimState::Cut && accepted >= sent);
    (!is_whole).then(|| ClaimRow {
        at: local(Instant(row.received_at), zone(&enrolment.programme.time_zone)),
        lesson: enrolment.number_of(&LessonId::from(row.lesson_id.as_str())),
        sent,
        accepted,
        reasons,
        state,
    })
}

fn clips(clipped: &[Clip], t: Texts) -> Vec<String> {
    let said = |clip: &Clip| match clip {
        Clip::Reversed => t.claim_reversed(),
        Clip::BeforeOpening => t.claim_before_opening(),
        Clip::AfterReceipt => t.claim_after_receipt(),
        Clip::Idle => t.claim_idle(),
    };
    clipped.iter().map(said).map(str::to_owned).collect()
}

/// Why a claim waits, in words, each reason once.
pub(super) fn doubts(outcome: &Bounded, t: Texts) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for doubt in outcome.doubtful().iter().flat_map(|part| &part.reasons) {
        let words = match doubt {
            Doubt::ClockMoved { .. } => t.claim_clock_moved(),
            Doubt::SequenceReused => t.claim_sequence_reused(),
            Doubt::LessonNotOpen => t.claim_not_open(),
            Doubt::TooLate => t.claim_too_late(),
            Doubt::TooMuchInADay => t.claim_day_full(),
            Doubt::WithoutPause => t.claim_without_pause(),
        };
        if !said.iter().any(|earlier| earlier == words) {
            said.push(words.to_owned());
        }
    }
    said
}
