//! Hours: from evidence of study to the minutes that count (hours.md).
//!
//! The way of a second: [`bounds`] decides what of a claim is believed, [`attribution`] gives every second to one target,
//! [`credit`] turns attributed time into credit, [`ledger`] chains what was credited, [`total`] is the only sum that
//! pages, exports, reports and the gate read. Nothing here knows pages, rows or requests. A new kind of evidence is a new
//! [`attribution::Rank`] and a new [`ledger::EntryKind`]; the compiler then names every place that must decide.
#![deny(clippy::wildcard_enum_match_arm)]

pub mod adjustment;
pub mod attempt;
pub mod attendance;
pub mod attribution;
pub mod bounds;
pub mod credit;
pub mod dispute;
pub mod evidence;
pub mod ledger;
pub mod reckoning;
pub mod total;

use crate::ids::LessonId;
use serde::{Deserialize, Serialize};

/// Where time is credited: a stretch of a self-paced lesson, or a lesson as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The lesson, or the in-person lesson that is an agenda item.
    pub lesson: LessonId,
    /// Position of the stretch in the lesson, from 0; `None` for attendance, attempts and adjustments of the whole lesson.
    pub stretch: Option<u16>,
}

/// The numbers of the first programme, for table tests.
#[cfg(test)]
pub(crate) const fn sample_rules() -> crate::curriculum::HoursRules {
    use crate::time::Seconds;
    crate::curriculum::HoursRules {
        version: 1,
        full_credit_at: 80,
        session_full_credit_at: 90,
        heartbeat: Seconds(30),
        idle_after: Seconds(180),
        clock_tolerance: Seconds(600),
        claim_delay: Seconds(14 * 86_400),
        self_paced_per_day: Seconds(28_800),
        without_pause: Seconds(10_800),
        pause: Seconds(300),
        token_life: Seconds(43_200),
        post_after: Seconds(300),
        checkpoint_opens_at: 50,
        checkpoint_wait: Seconds(60),
        checkpoint_tries: 5,
        max_adjusted: 5,
        adjustment_alone: Seconds(900),
    }
}
