use super::*;

fn person() -> PersonId {
    PersonId(Uuid::from_u128(5))
}

fn answered(number: i64) -> Fact {
    Fact::Try {
        id: Uuid::from_u128(u128::from(number.unsigned_abs())),
        enrolment: Uuid::from_u128(7),
        asked: ("m4-l1-c1".to_owned(), "m4-l1-c1-a".to_owned()),
        revision: "abc".to_owned(),
        answer: (1, true),
        at: Instant(1_700_000_000_000 + number),
        number,
    }
}

fn links(count: i64) -> Vec<Link> {
    let mut previous = genesis(person());
    (1..=count)
        .map(|received_no| {
            let fact = answered(received_no);
            previous = hash(&previous, received_no, &fact);
            Link { received_no, fact, hash: previous }
        })
        .collect()
}

fn counter(links: &[Link]) -> (i64, Digest) {
    links.last().map_or((0, genesis(person())), |last| (last.received_no, last.hash))
}

#[test]
fn a_sound_chain_gives_every_hash() {
    let links = links(4);
    let hashes = verify(person(), &links, counter(&links)).expect("sound");
    assert_eq!(hashes.len(), 5);
    assert_eq!(hashes.last(), Some(&links[3].hash));
    assert!(verify(person(), &[], (0, genesis(person()))).is_ok());
}

#[test]
fn every_kind_of_tampering_is_named() {
    let sound = links(4);
    let head = counter(&sound);
    let fault = |links: &[Link]| verify(person(), links, head).expect_err("broken");

    let mut changed = sound.clone();
    changed[1].fact = answered(9);
    assert_eq!(fault(&changed), BrokenEvidence { received_no: 2, what: EvidenceFault::Content });
    assert_eq!(fault(&sound[..3]), BrokenEvidence { received_no: 4, what: EvidenceFault::Head });
    let removed = [&sound[..1], &sound[2..]].concat();
    assert_eq!(fault(&removed), BrokenEvidence { received_no: 2, what: EvidenceFault::Number });
    let mut swapped = sound.clone();
    swapped.swap(1, 2);
    assert_eq!(fault(&swapped), BrokenEvidence { received_no: 2, what: EvidenceFault::Number });
    let more = links(5);
    assert_eq!(fault(&more), BrokenEvidence { received_no: 5, what: EvidenceFault::Head });
    assert!(verify(PersonId(Uuid::nil()), &sound, head).is_err());
}

fn decided(accepted: bool) -> Fact {
    let [id, claim, enrolment, by] = [1, 2, 3, 4].map(Uuid::from_u128);
    Fact::Decision { id, claim, enrolment, accepted, reason: [7; 32], at: Instant(9), by }
}

fn adjusted(seconds: i64) -> Fact {
    let [id, enrolment, by] = [1, 3, 4].map(Uuid::from_u128);
    Fact::Adjustment { id, enrolment, lesson: "m4-l1".to_owned(), seconds, reason: [7; 32], at: Instant(9), by }
}

fn judged(granted: bool, alone: bool, reason: Option<Digest>) -> Fact {
    let [id, adjustment, enrolment, by] = [1, 2, 3, 4].map(Uuid::from_u128);
    Fact::Verdict { id, adjustment, enrolment, granted, alone, reason, at: Instant(9), by }
}

#[test]
fn every_field_of_what_staff_decide_is_in_the_hash() {
    let facts = [
        decided(true),
        decided(false),
        adjusted(60),
        adjusted(-60),
        judged(true, true, None),
        judged(true, false, None),
        judged(false, false, None),
        judged(false, false, Some([7; 32])),
        judged(false, false, Some([8; 32])),
    ];
    let hashes: std::collections::BTreeSet<Digest> = facts.iter().map(|fact| hash(&genesis(person()), 1, fact)).collect();
    assert_eq!(hashes.len(), facts.len());
}

#[test]
fn no_two_presences_have_one_hash() {
    let at = Instant(1_700_000_000_000);
    let half = |present| Fact::Presence {
        id: Uuid::from_u128(1),
        meeting: Uuid::from_u128(2),
        enrolment: Uuid::from_u128(3),
        present,
        source: "code".to_owned(),
        confirmed: false,
        at,
        by: Uuid::from_u128(5),
        version: 1,
    };
    let zero = Instant(0);
    let all = [(None, None), (Some(zero), Some(zero)), (Some(zero), None), (None, Some(zero)), (Some(at), None), (Some(at), Some(at))];
    let hashes: std::collections::BTreeSet<Digest> = all.into_iter().map(|p| hash(&genesis(person()), 1, &half(p))).collect();
    assert_eq!(hashes.len(), all.len());
}

/// The fields of an attempt, in the order of its variant.
type Fields = (Uuid, Uuid, Uuid, (String, String), (Instant, Instant), Vec<Instant>, Instant);

/// Every field of an attempt is covered: changing any of them changes the hash.
#[test]
fn an_attempt_is_covered_field_by_field() {
    let id = Uuid::from_u128;
    let attempt = |change: &dyn Fn(&mut Fields)| {
        let mut f = (
            id(1),
            id(2),
            id(3),
            ("m1-e".to_owned(), "m1-l1".to_owned()),
            (Instant(1000), Instant(2000)),
            vec![Instant(1500), Instant(2000)],
            Instant(2500),
        );
        change(&mut f);
        let (id, attempt, enrolment, counts, window, witnessed, at) = f;
        hash(&[9; 32], 4, &Fact::Attempt { id, attempt, enrolment, counts, window, witnessed, at })
    };
    let sound = attempt(&|_| {});
    let changed = [
        attempt(&|f| f.0 = id(9)),
        attempt(&|f| f.1 = id(9)),
        attempt(&|f| f.2 = id(9)),
        attempt(&|f| f.3 = ("m1-em1".to_owned(), "-l1".to_owned())),
        attempt(&|f| f.3.1.push('x')),
        attempt(&|f| f.4.0 = Instant(1001)),
        attempt(&|f| f.4.1 = Instant(2001)),
        attempt(&|f| f.5.push(Instant(2500))),
        attempt(&|f| f.5[0] = Instant(1501)),
        attempt(&|f| f.6 = Instant(2501)),
    ];
    let mut all: Vec<Digest> = changed.to_vec();
    all.push(sound);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 11);
}
