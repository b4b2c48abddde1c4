use super::*;
use uuid::Uuid;

fn draft(seconds: i64) -> Draft {
    Draft {
        enrolment: EnrolmentId(Uuid::from_u128(7)),
        lesson: "m4-l3".into(),
        stretch: Some(2),
        kind: EntryKind::Study,
        status: EntryStatus::Provisional,
        seconds: Seconds(seconds),
        rank: Some(Rank::Study),
        rule_version: 1,
        evidence: [9; 32],
        recorded_at: Instant(1_700_000_000_000),
        recorded_by: Some(PersonId(Uuid::from_u128(8))),
        reason: Some([3; 32]),
    }
}

fn chain(length: i64) -> Vec<Entry> {
    let mut previous = genesis(draft(0).enrolment);
    (1..=length)
        .map(|sequence| {
            let entry = seal(draft(sequence * 60), &previous, sequence);
            previous = entry.hash;
            entry
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The example of `docs/ledger.md`. If this test fails, old chains no longer verify: raise [`FORM`] instead.
#[test]
fn the_byte_form_is_fixed() {
    let entry = &chain(1)[0];
    let expected = [
        "01",
        "00000013",
        &hex(b"orienta hours entry"),
        "0000000000000001",
        "GENESIS",
        "00000000000000000000000000000007",
        "00000005",
        "6d342d6c33",
        "010002",
        "01",
        "01",
        "000000000000003c",
        "03",
        "00000001",
        &"09".repeat(32),
        "0000018bcfe56800",
        "0100000000000000000000000000000008",
        "01",
        &"03".repeat(32),
    ]
    .concat()
    .replace("GENESIS", &hex(&genesis(entry.draft.enrolment)));
    assert_eq!(hex(&entry.bytes()), expected);
    assert_eq!(hex(&genesis(entry.draft.enrolment)), "8d0a2990ab4f8e9088832409675b0893266082e67e5d5fd56ceb23a45bd91d01");
    assert_eq!(hex(&entry.hash), "1aa040c07713e35ac8658e1b0e27599ed520c1c090fa7a892d83dcfa6fb85015");
    assert_eq!(
        hex(&root(&[(entry.draft.enrolment, 1, entry.hash)], &[])),
        "1abfcc447a40e409c2f73ae0fc20a1a33c02022923cd28023fa793e87a6fcc82"
    );
}

#[test]
fn absent_fields_are_one_zero_byte() {
    let full = seal(draft(1), &[0; 32], 1).bytes().len();
    let bare = Draft { stretch: None, recorded_by: None, reason: None, ..draft(1) };
    assert_eq!(full - seal(bare, &[0; 32], 1).bytes().len(), 2 + 16 + 32);
}

#[test]
fn a_sound_chain_gives_its_head() {
    let entries = chain(3);
    let enrolment = draft(0).enrolment;
    assert_eq!(verify(enrolment, &entries), Ok(entries[2].head()));
    assert_eq!(verify(enrolment, &[]), Ok(Head::empty(enrolment)));
    assert_eq!(entries[2].head().count, 3);
}

#[test]
fn another_enrolments_chain_does_not_fit() {
    let other = EnrolmentId(Uuid::from_u128(6));
    let what = Fault::Enrolment { found: draft(0).enrolment };
    assert_eq!(verify(other, &chain(2)), Err(Broken { sequence: 1, what }));
}

#[test]
fn a_rewritten_entry_breaks_the_next_one() {
    let mut entries = chain(3);
    entries[1] = seal(Draft { seconds: Seconds(9999), ..draft(0) }, &entries[0].hash, 2);
    let broken = Broken { sequence: 3, what: Fault::PreviousHash };
    assert_eq!(verify(draft(0).enrolment, &entries), Err(broken));
}

#[test]
fn the_head_finds_what_the_chain_cannot() {
    let entries = chain(3);
    let stored = entries[2].head();
    let shorter = verify(draft(0).enrolment, &entries[..2]).expect("sound in itself");
    assert_eq!(shorter.check_stored(stored), Err(Broken { sequence: 3, what: Fault::Removed }));
    assert_eq!(stored.check_stored(shorter), Err(Broken { sequence: 3, what: Fault::Uncounted }));
    let other = Head { hash: [1; 32], ..stored };
    assert_eq!(stored.check_stored(other), Err(Broken { sequence: 3, what: Fault::Head }));
    assert_eq!(stored.check_stored(stored), Ok(()));
}

#[test]
fn the_root_covers_every_head_in_any_order() {
    let head = |n: u128| (EnrolmentId(Uuid::from_u128(n)), 1, [0; 32]);
    assert_eq!(root(&[head(1), head(2)], &[]), root(&[head(2), head(1)], &[]));
    assert_ne!(root(&[head(1), head(2)], &[]), root(&[head(1)], &[]));
    assert_ne!(root(&[head(1)], &[]), root(&[(head(1).0, 2, [0; 32])], &[]));
    assert_ne!(root(&[head(1)], &[]), root(&[(head(1).0, 1, [1; 32])], &[]));
    assert_ne!(root(&[head(1)], &[]), root(&[], &[]));
    let evidence = (PersonId(head(1).0.0), head(1).1, head(1).2);
    assert_ne!(root(&[head(1)], &[]), root(&[], &[evidence]));
    assert_ne!(root(&[head(1)], &[evidence]), root(&[head(1)], &[]));
}

#[test]
fn a_gap_in_the_sequence_is_found_though_every_hash_fits() {
    let first = seal(draft(60), &genesis(draft(0).enrolment), 1);
    let third = seal(draft(60), &first.hash, 3);
    let broken = Broken { sequence: 2, what: Fault::Sequence { found: 3 } };
    assert_eq!(verify(draft(0).enrolment, &[first, third]), Err(broken));
}

#[test]
fn sums_keep_adjustments_apart_and_places_too() {
    let with = |kind, status, seconds, stretch| Draft { kind, status, stretch, ..draft(seconds) };
    let entries = [
        with(EntryKind::Study, EntryStatus::Provisional, 480, Some(0)),
        with(EntryKind::Study, EntryStatus::Provisional, -480, Some(0)),
        with(EntryKind::Study, EntryStatus::Confirmed, 600, Some(0)),
        with(EntryKind::Reversal, EntryStatus::Confirmed, -100, Some(0)),
        with(EntryKind::Adjustment, EntryStatus::Confirmed, 30, Some(0)),
        with(EntryKind::Attempt, EntryStatus::Confirmed, 7, None),
    ]
    .map(|d| seal(d, &[0; 32], 1));
    let found = sums(&entries);
    let confirmed = |seconds| Posted { provisional: Seconds::ZERO, confirmed: Seconds(seconds) };
    let place = |stretch| Place { lesson: "m4-l3".into(), stretch };
    assert_eq!(found[&place(Some(0))], Sums { earned: confirmed(500), adjusted: confirmed(30) });
    assert_eq!(found[&place(None)], Sums { earned: confirmed(7), adjusted: Posted::default() });
    assert_eq!(found.len(), 2);
}
