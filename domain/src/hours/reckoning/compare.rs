//! The ledger beside what the evidence gives.

use crate::curriculum::Programme;
use crate::hours::Place;
use crate::hours::credit::Credit;
use crate::hours::ledger::{Entry, EntryKind, sums};
use crate::ids::LessonId;
use crate::time::Seconds;
use std::collections::{BTreeMap, BTreeSet};

/// A place of which more, or other, is posted than the evidence gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// Which.
    pub place: Place,
    /// Sequence of its last entry of that sort; 0 without one.
    pub sequence: i64,
    /// Seconds posted.
    pub posted: i64,
    /// Seconds that the evidence gives.
    pub evidence: i64,
}

/// Compares a chain of hours with what the evidence gives, place by place, and its adjustments with those granted. Provisional
/// time may wait to be posted, never exceed; confirmed time and adjustments are equal. Lessons that this revision of the
/// programme does not have count nowhere and are left out.
#[must_use]
pub fn compare(
    entries: &[Entry],
    credits: &BTreeMap<Place, Credit>,
    granted: &BTreeMap<LessonId, Seconds>,
    programme: &Programme,
) -> Vec<Differs> {
    let posted = sums(entries);
    let last = |place: &Place, adjusted: bool| {
        let own = |e: &&Entry| e.draft.place() == *place && (e.draft.kind == EntryKind::Adjustment) == adjusted;
        entries.iter().rev().find(own).map_or(0, |e| e.sequence)
    };
    let adjusted = granted.keys().map(|lesson| Place { lesson: lesson.clone(), stretch: None });
    let places: BTreeSet<Place> = credits.keys().chain(posted.keys()).cloned().chain(adjusted).collect();
    let mut found = Vec::new();
    for place in places {
        let sums = posted.get(&place).copied().unwrap_or_default();
        let due = credits.get(&place).copied().unwrap_or_default();
        let is_known = programme.lesson(&place.lesson).is_some();
        if is_known && (sums.earned.confirmed != due.confirmed || sums.earned.provisional > due.provisional) {
            let (posted, evidence) = ((sums.earned.confirmed + sums.earned.provisional).0, due.sum().0);
            found.push(Differs { sequence: last(&place, false), place: place.clone(), posted, evidence });
        }
        let whole = place.stretch.is_none();
        let due = granted.get(&place.lesson).copied().filter(|_| whole).unwrap_or_default();
        if sums.adjusted.confirmed != due || sums.adjusted.provisional != Seconds::ZERO {
            let posted = (sums.adjusted.confirmed + sums.adjusted.provisional).0;
            found.push(Differs { sequence: last(&place, true), place, posted, evidence: due.0 });
        }
    }
    found
}
