//! The chain of evidence: every claim, checkpoint answer and presence of one person, in the order received. Ledger entries name
//! the hash that it had when they were written, so evidence cannot be changed behind an entry (`docs/ledger.md`).

use super::ledger::Digest;
use super::ledger::form::Form;
use crate::ids::PersonId;
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A piece of evidence as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fact {
    /// A claim of study, as sent, beside what was made of it.
    Claim {
        /// Key of the row.
        id: Uuid,
        /// Of which reading.
        reading: Uuid,
        /// For which enrolment.
        enrolment: Uuid,
        /// From which device.
        device: Uuid,
        /// The device's number for it, and whether the number was used before.
        sequence: (i64, i64),
        /// `script` or `form`.
        way: String,
        /// Lesson, part and stretch.
        place: (String, i64, i64),
        /// Start, end and last input as sent.
        sent: (Instant, Instant, Instant),
        /// The device's clock, and how far it was off, in milliseconds.
        clock: (Instant, i64),
        /// The bounds' outcome, as stored.
        outcome: String,
        /// When it was received.
        received_at: Instant,
    },
    /// An answer to a checkpoint.
    Try {
        /// Key of the row.
        id: Uuid,
        /// For which enrolment.
        enrolment: Uuid,
        /// Checkpoint and question.
        asked: (String, String),
        /// Revision of the text that asked.
        revision: String,
        /// Position of the option in the source, and whether it is right.
        answer: (i64, bool),
        /// When.
        at: Instant,
        /// Which try of that checkpoint, from 1.
        number: i64,
    },
    /// A note of presence at a session; what counts is the newest confirmed one.
    Presence {
        /// Key of the row.
        id: Uuid,
        /// Which session.
        meeting: Uuid,
        /// For which enrolment.
        enrolment: Uuid,
        /// Arrival and departure: neither for absence, the first alone for somebody who checked in and has not left.
        present: (Option<Instant>, Option<Instant>),
        /// How it came.
        source: String,
        /// Whether it is part of a confirmed roll.
        confirmed: bool,
        /// When it was noted.
        at: Instant,
        /// By whom.
        by: Uuid,
        /// Which note of that person at that session, from 1.
        version: i64,
    },
}

/// A piece of evidence in its chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The person's counter.
    pub received_no: i64,
    /// What.
    pub fact: Fact,
    /// See [`hash`].
    pub hash: Digest,
}

/// The first link that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("evidence broken at number {received_no}: {what:?}")]
pub struct BrokenEvidence {
    /// The number expected there.
    pub received_no: i64,
    /// What is wrong.
    pub what: EvidenceFault,
}

/// How a chain of evidence can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceFault {
    /// Another number stands here: a piece was removed, inserted or moved.
    Number,
    /// Its content does not give its hash.
    Content,
    /// The counter has another number or hash: the last ones were removed or added.
    Head,
}

/// The hash before a person's first piece of evidence.
#[must_use]
pub fn genesis(person: PersonId) -> Digest {
    let mut form = Form::new("orienta evidence genesis");
    form.put(person.0.as_bytes());
    form.digest()
}

/// The hash of a piece of evidence behind `previous`.
#[must_use]
pub fn hash(previous: &Digest, received_no: i64, fact: &Fact) -> Digest {
    let mut form = Form::new("orienta evidence");
    form.put(previous);
    form.int(received_no);
    fact.write(&mut form);
    form.digest()
}

/// Recomputes the chain of one person against her counter. Answers every hash, the genesis first.
///
/// # Errors
/// The first link that does not fit.
pub fn verify(person: PersonId, links: &[Link], counter: (i64, Digest)) -> Result<Vec<Digest>, BrokenEvidence> {
    let mut hashes = vec![genesis(person)];
    let mut previous = genesis(person);
    for (link, expected) in links.iter().zip(1..) {
        let broken = |what| BrokenEvidence { received_no: expected, what };
        if link.received_no != expected {
            return Err(broken(EvidenceFault::Number));
        }
        previous = hash(&previous, link.received_no, &link.fact);
        if previous != link.hash {
            return Err(broken(EvidenceFault::Content));
        }
        hashes.push(previous);
    }
    let last = links.last().map_or(0, |link| link.received_no);
    if (last, previous) == counter {
        Ok(hashes)
    } else {
        Err(BrokenEvidence { received_no: last.min(counter.0) + 1, what: EvidenceFault::Head })
    }
}

impl Fact {
    fn write(&self, form: &mut Form) {
        match self {
            Self::Claim { id, reading, enrolment, device, sequence, way, place, sent, clock, outcome, received_at } => {
                form.put(&[1]);
                form.ids(&[*id, *reading, *enrolment, *device]);
                form.ints(&[sequence.0, sequence.1]);
                form.text(way);
                form.text(&place.0);
                form.ints(&[place.1, place.2, sent.0.0, sent.1.0, sent.2.0, clock.0.0, clock.1]);
                form.text(outcome);
                form.int(received_at.0);
            }
            Self::Try { id, enrolment, asked, revision, answer, at, number } => {
                form.put(&[2]);
                form.ids(&[*id, *enrolment]);
                form.text(&asked.0);
                form.text(&asked.1);
                form.text(revision);
                form.ints(&[answer.0, i64::from(answer.1), at.0, *number]);
            }
            Self::Presence { id, meeting, enrolment, present, source, confirmed, at, by, version } => {
                form.put(&[3]);
                form.ids(&[*id, *meeting, *enrolment, *by]);
                form.put(&[match present {
                    (None, None) => 0,
                    (Some(_), Some(_)) => 1,
                    (Some(_), None) => 2,
                    (None, Some(_)) => 3,
                }]);
                let (from, to) = (present.0.unwrap_or(Instant(0)), present.1.unwrap_or(Instant(0)));
                form.ints(&[from.0, to.0, i64::from(*confirmed), at.0, *version]);
                form.text(source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
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
}
