//! Properties of the ledger: nothing can be changed unnoticed, and posting reaches the credit.

#[path = "support/hours_rules.rs"]
mod hours_rules;

use domain::hours::attribution::Rank;
use domain::hours::credit::Credit;
use domain::hours::ledger::{Draft, Entry, EntryKind, EntryStatus, Posted, genesis, kind_of, post, seal, sums, verify};
use domain::ids::{EnrolmentId, PersonId};
use domain::time::{Instant, Seconds};
use hours_rules::rules;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::BTreeSet;
use uuid::Uuid;

const ENROLMENT: EnrolmentId = EnrolmentId(Uuid::from_u128(42));

const KINDS: [EntryKind; 5] = [EntryKind::Study, EntryKind::Attendance, EntryKind::Attempt, EntryKind::Adjustment, EntryKind::Reversal];
const STATUSES: [EntryStatus; 2] = [EntryStatus::Provisional, EntryStatus::Confirmed];
const RANKS: [Option<Rank>; 4] = [None, Some(Rank::Attendance), Some(Rank::Attempt), Some(Rank::Study)];

fn draft() -> impl Strategy<Value = Draft> {
    let what = ("[a-z0-9-]{0,6}", option::of(0..3_u16), select(&KINDS[..]), select(&STATUSES[..]), -7200..7200_i64);
    let how = (select(&RANKS[..]), 0..3_u32, any::<[u8; 32]>(), any::<i64>());
    let who = (option::of(any::<u128>()), option::of(any::<[u8; 32]>()));
    (what, how, who).prop_map(|((lesson, stretch, kind, status, seconds), (rank, rule_version, evidence, at), (by, reason))| Draft {
        enrolment: ENROLMENT,
        lesson: lesson.as_str().into(),
        stretch,
        kind,
        status,
        seconds: Seconds(seconds),
        rank,
        rule_version,
        evidence,
        recorded_at: Instant(at),
        recorded_by: by.map(|n| PersonId(Uuid::from_u128(n))),
        reason,
    })
}

fn chain() -> impl Strategy<Value = Vec<Entry>> {
    vec(draft(), 1..10).prop_map(seal_all)
}

fn seal_all(drafts: Vec<Draft>) -> Vec<Entry> {
    let mut previous = genesis(ENROLMENT);
    let sealed = drafts.into_iter().zip(1..).map(|(draft, sequence)| {
        let entry = seal(draft, &previous, sequence);
        previous = entry.hash;
        entry
    });
    sealed.collect()
}

/// Every way to change one field of an entry, each to a value that it does not have.
fn changed(entry: &Entry, byte: usize, bit: u8) -> Vec<Entry> {
    let flip = |digest: [u8; 32]| {
        let mut digest = digest;
        digest[byte] ^= 1 << bit;
        digest
    };
    let d = &entry.draft;
    let mut drafts = vec![
        Draft { enrolment: EnrolmentId(Uuid::from_u128(42 ^ (1 << (byte * 4)))), ..d.clone() },
        Draft { lesson: format!("{}x", d.lesson).as_str().into(), ..d.clone() },
        Draft { stretch: d.stretch.map_or(Some(0), |s| if s == 0 { None } else { Some(s - 1) }), ..d.clone() },
        Draft { seconds: Seconds(d.seconds.0 ^ (1 << bit)), ..d.clone() },
        Draft { rule_version: d.rule_version ^ (1 << bit), ..d.clone() },
        Draft { evidence: flip(d.evidence), ..d.clone() },
        Draft { recorded_at: Instant(d.recorded_at.0 ^ (1 << byte)), ..d.clone() },
        Draft {
            recorded_by: Some(d.recorded_by.map_or(PersonId(Uuid::nil()), |p| PersonId(Uuid::from_u128(p.0.as_u128() ^ 1)))),
            ..d.clone()
        },
        Draft { reason: Some(d.reason.map_or([0; 32], flip)), ..d.clone() },
    ];
    drafts.extend(d.recorded_by.map(|_| Draft { recorded_by: None, ..d.clone() }));
    drafts.extend(d.reason.map(|_| Draft { reason: None, ..d.clone() }));
    drafts.extend(KINDS.into_iter().filter(|k| *k != d.kind).map(|kind| Draft { kind, ..d.clone() }));
    drafts.extend(STATUSES.into_iter().filter(|s| *s != d.status).map(|status| Draft { status, ..d.clone() }));
    drafts.extend(RANKS.into_iter().filter(|r| *r != d.rank).map(|rank| Draft { rank, ..d.clone() }));
    let mut entries: Vec<Entry> = drafts.into_iter().map(|draft| Entry { draft, ..entry.clone() }).collect();
    entries.push(Entry { sequence: entry.sequence ^ (1 << bit), ..entry.clone() });
    entries.push(Entry { previous_hash: flip(entry.previous_hash), ..entry.clone() });
    entries.push(Entry { hash: flip(entry.hash), ..entry.clone() });
    entries
}

proptest! {
    #[test]
    fn a_sound_chain_verifies_also_after_storage(entries in chain()) {
        let head = entries[entries.len() - 1].head();
        prop_assert_eq!(verify(ENROLMENT, &entries), Ok(head));
        let stored = serde_json::to_string(&entries).expect("entries serialise");
        let read: Vec<Entry> = serde_json::from_str(&stored).expect("and come back");
        prop_assert_eq!(&read, &entries);
        prop_assert_eq!(verify(ENROLMENT, &read), Ok(head));
    }

    #[test]
    fn any_changed_field_breaks_that_entry(entries in chain(), at: Index, byte in 0..32_usize, bit in 0..8_u8) {
        let at = at.index(entries.len());
        let ways = changed(&entries[at], byte, bit);
        let forms: BTreeSet<Vec<u8>> = ways.iter().map(Entry::bytes).collect();
        // All but the change of the hash itself have a byte form of their own.
        prop_assert_eq!(forms.len(), ways.len());
        for way in ways {
            let mut forged = entries.clone();
            forged[at] = way;
            let broken = verify(ENROLMENT, &forged).expect_err("a change must be found");
            prop_assert_eq!(broken.sequence, entries[at].sequence);
        }
    }

    #[test]
    fn a_rewritten_and_resealed_entry_is_found(entries in chain(), at: Index, other in draft()) {
        let at = at.index(entries.len());
        prop_assume!(entries[at].draft != other);
        let stored = entries[entries.len() - 1].head();
        let mut forged = entries.clone();
        forged[at] = seal(other, &entries[at].previous_hash, entries[at].sequence);
        let found = verify(ENROLMENT, &forged).and_then(|head| head.check_stored(stored));
        let expected = (at + 2).min(entries.len());
        prop_assert_eq!(found.expect_err("a change must be found").sequence, i64::try_from(expected).expect("few"));
    }

    #[test]
    fn removed_swapped_and_inserted_entries_are_found(entries in chain(), at: Index, to: Index, other in draft()) {
        let stored = entries[entries.len() - 1].head();
        let check = |forged: &[Entry]| verify(ENROLMENT, forged).and_then(|head| head.check_stored(stored));
        let (at, to) = (at.index(entries.len()), to.index(entries.len()));
        let number = |n: usize| i64::try_from(n).expect("few") + 1;

        let mut removed = entries.clone();
        removed.remove(at);
        prop_assert_eq!(check(&removed).expect_err("removed").sequence, number(at));

        if at != to {
            let mut swapped = entries.clone();
            swapped.swap(at, to);
            prop_assert_eq!(check(&swapped).expect_err("swapped").sequence, number(at.min(to)));
        }

        let mut inserted = entries.clone();
        inserted.insert(at, seal(other.clone(), &entries[at].previous_hash, number(at)));
        prop_assert_eq!(check(&inserted).expect_err("inserted").sequence, number(at + 1));

        let mut appended = entries.clone();
        appended.push(seal(other, &stored.hash, stored.count + 1));
        prop_assert_eq!(check(&appended).expect_err("appended").sequence, stored.count + 1);
    }
}

/// Credit as it can move: provisional, or confirmed, up or down.
fn target() -> impl Strategy<Value = Credit> {
    let amount = (0..600_i64).prop_map(Seconds);
    prop_oneof![
        4 => amount.clone().prop_map(|provisional| Credit { provisional, confirmed: Seconds::ZERO }),
        1 => amount.prop_map(|confirmed| Credit { provisional: Seconds::ZERO, confirmed }),
    ]
}

proptest! {
    #[test]
    fn posting_reaches_the_target_and_never_leaves_more_than_it(steps in vec((target(), option::of(0..600_i64)), 1..20)) {
        let rules = rules();
        let mut posted = Posted::default();
        let mut drafts = Vec::new();
        let last = steps.len() - 1;
        for (at, (credit, since)) in steps.into_iter().enumerate() {
            let kind = kind_of(posted, credit, EntryKind::Study);
            let due = post(posted, credit, since.map(Seconds), at == last, &rules);
            for (status, seconds) in &due {
                prop_assert_ne!(*seconds, Seconds::ZERO);
                posted.add(*status, *seconds);
                drafts.push(Draft {
                    enrolment: ENROLMENT, lesson: "l".into(), stretch: Some(0), kind, status: *status, seconds: *seconds,
                    rank: Some(Rank::Study), rule_version: 1, evidence: [0; 32], recorded_at: Instant(0),
                    recorded_by: None, reason: None,
                });
            }
            prop_assert_eq!(posted.confirmed, credit.confirmed, "the confirmed side is never behind");
            prop_assert!(posted.provisional <= credit.provisional, "nor the ledger ahead");
            prop_assert!(at != last || posted.provisional == credit.provisional);
            let again = post(posted, credit, Some(Seconds::ZERO), true, &rules);
            prop_assert!(due.is_empty() || again.is_empty(), "posting twice posts nothing");
        }
        let read = sums(&seal_all(drafts));
        let earned = read.values().map(|s| s.earned).next().unwrap_or_default();
        prop_assert_eq!(earned, posted);
    }
}
