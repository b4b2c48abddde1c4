//! What to write when credit and ledger differ, and what a chain's entries add up to.

use super::{Entry, EntryKind, EntryStatus};
use crate::curriculum::HoursRules;
use crate::hours::Place;
use crate::hours::credit::Credit;
use crate::time::Seconds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the entries of one place add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Posted {
    /// Provisional entries.
    pub provisional: Seconds,
    /// Confirmed entries.
    pub confirmed: Seconds,
}

impl Posted {
    /// Adds a signed amount to one side.
    pub fn add(&mut self, status: EntryStatus, seconds: Seconds) {
        match status {
            EntryStatus::Provisional => self.provisional += seconds,
            EntryStatus::Confirmed => self.confirmed += seconds,
        }
    }
}

/// The sums of one place, kept apart because only earned time is compared with credit: [`post`] must never take an
/// adjustment back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// Study, attendance, attempts and their reversals.
    pub earned: Posted,
    /// Adjustments by staff.
    pub adjusted: Posted,
}

/// The sums of every place that `entries` name.
#[must_use]
pub fn sums(entries: &[Entry]) -> BTreeMap<Place, Sums> {
    let mut found: BTreeMap<Place, Sums> = BTreeMap::new();
    for Entry { draft, .. } in entries {
        let sums = found.entry(draft.place()).or_default();
        let side = match draft.kind {
            EntryKind::Study | EntryKind::Attendance | EntryKind::Attempt | EntryKind::Reversal => &mut sums.earned,
            EntryKind::Adjustment => &mut sums.adjusted,
        };
        side.add(draft.status, draft.seconds);
    }
    found
}

/// The signed differences to write so that the ledger reaches `target`, in order; empty when nothing is due. `posted` is
/// [`Sums::earned`] of the place, `since_last` the time since its last entry (`None` when it has none), `closing` whether
/// the stretch closes now.
///
/// Due at once: a change of the confirmed side (with the provisional side: a pair), and a fall. A gain of provisional
/// time: from a whole minute on and `post_after` after the last entry, or on closing.
#[must_use]
pub fn post(posted: Posted, target: Credit, since_last: Option<Seconds>, closing: bool, rules: &HoursRules) -> Vec<(EntryStatus, Seconds)> {
    let provisional = target.provisional - posted.provisional;
    let confirmed = target.confirmed - posted.confirmed;
    let has_waited = since_last.is_none_or(|since| since >= rules.post_after);
    let is_due =
        closing || confirmed != Seconds::ZERO || provisional < Seconds::ZERO || (provisional >= Seconds::from_minutes(1) && has_waited);
    [(EntryStatus::Provisional, provisional), (EntryStatus::Confirmed, confirmed)]
        .into_iter()
        .filter(|(_, seconds)| is_due && *seconds != Seconds::ZERO)
        .collect()
}

/// The kind of the entries that [`post`] asks for: a reversal when the place's sum falls, else the evidence's `own` kind.
#[must_use]
pub fn kind_of(posted: Posted, target: Credit, own: EntryKind) -> EntryKind {
    if target.sum() < posted.provisional + posted.confirmed { EntryKind::Reversal } else { own }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::sample_rules;
    use EntryStatus::{Confirmed, Provisional};

    fn due(posted: (i64, i64), target: (i64, i64), since: Option<i64>, closing: bool) -> Vec<(EntryStatus, i64)> {
        let posted = Posted { provisional: Seconds(posted.0), confirmed: Seconds(posted.1) };
        let target = Credit { provisional: Seconds(target.0), confirmed: Seconds(target.1) };
        let found = post(posted, target, since.map(Seconds), closing, &sample_rules());
        found.into_iter().map(|(status, seconds)| (status, seconds.0)).collect()
    }

    #[test]
    fn a_gain_waits_for_a_minute_and_for_five() {
        assert_eq!(due((0, 0), (59, 0), None, false), []);
        assert_eq!(due((0, 0), (60, 0), None, false), [(Provisional, 60)]);
        assert_eq!(due((60, 0), (200, 0), Some(299), false), []);
        assert_eq!(due((60, 0), (200, 0), Some(300), false), [(Provisional, 140)]);
        assert_eq!(due((60, 0), (119, 0), Some(9000), false), []);
        assert_eq!(due((60, 0), (61, 0), Some(1), true), [(Provisional, 1)]);
        assert_eq!(due((60, 0), (60, 0), Some(1), true), []);
    }

    #[test]
    fn confirmation_is_a_pair_at_once() {
        assert_eq!(due((480, 0), (0, 600), Some(0), false), [(Provisional, -480), (Confirmed, 600)]);
        assert_eq!(due((0, 300), (0, 301), Some(0), false), [(Confirmed, 1)]);
    }

    #[test]
    fn a_fall_is_reversed_at_once() {
        assert_eq!(due((480, 0), (479, 0), Some(0), false), [(Provisional, -1)]);
        assert_eq!(due((0, 600), (0, 200), Some(0), false), [(Confirmed, -400)]);
        let posted = Posted { provisional: Seconds(5), confirmed: Seconds(5) };
        let lower = Credit { provisional: Seconds(0), confirmed: Seconds(9) };
        let same = Credit { provisional: Seconds(0), confirmed: Seconds(10) };
        assert_eq!(kind_of(posted, lower, EntryKind::Study), EntryKind::Reversal);
        assert_eq!(kind_of(posted, same, EntryKind::Study), EntryKind::Study);
    }
}
