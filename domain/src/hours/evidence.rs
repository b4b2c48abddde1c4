//! The chain of evidence: every claim, checkpoint answer, presence and attempt of one person, what staff decided on a doubtful
//! claim and every adjustment, in the order received. Ledger entries name the hash that it had when they were written, so evidence
//! cannot be changed behind an entry (`docs/ledger.md`).

mod form;

use super::ledger::form::Form;
use super::ledger::{Digest, Entry};
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
    /// What staff decided on the doubtful part of a claim.
    Decision {
        /// Key of the row.
        id: Uuid,
        /// Which claim.
        claim: Uuid,
        /// For which enrolment.
        enrolment: Uuid,
        /// Whether the doubtful part counts.
        accepted: bool,
        /// Digest of the reason's text.
        reason: Digest,
        /// When.
        at: Instant,
        /// By whom.
        by: Uuid,
    },
    /// Time that staff propose to give or take.
    Adjustment {
        /// Key of the row.
        id: Uuid,
        /// For which enrolment.
        enrolment: Uuid,
        /// In which lesson.
        lesson: String,
        /// Signed seconds.
        seconds: i64,
        /// Digest of the reason's text.
        reason: Digest,
        /// When.
        at: Instant,
        /// By whom.
        by: Uuid,
    },
    /// What became of an adjustment.
    Verdict {
        /// Key of the row.
        id: Uuid,
        /// Of which adjustment.
        adjustment: Uuid,
        /// For which enrolment.
        enrolment: Uuid,
        /// Whether it is posted.
        granted: bool,
        /// Whether it was within what one person may post alone.
        alone: bool,
        /// Digest of the reason's text, where there is one.
        reason: Option<Digest>,
        /// When.
        at: Instant,
        /// By whom.
        by: Uuid,
    },
    /// An attempt that was handed in or ran out, where a lesson counts its time (`super::attempt`).
    Attempt {
        /// Key of the row.
        id: Uuid,
        /// Which attempt.
        attempt: Uuid,
        /// For which enrolment.
        enrolment: Uuid,
        /// Of which evaluation, and the lesson that counts it.
        counts: (String, String),
        /// Started; handed in, at the latest its deadline.
        window: (Instant, Instant),
        /// When the server saw her at it: answers that it acknowledged, and handing in.
        witnessed: Vec<Instant>,
        /// When it was closed.
        at: Instant,
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

/// Whether every ledger entry names a hash of the chain of evidence, none an older one than the entry before it. `hashes` is what
/// [`verify`] answers.
///
/// # Errors
/// The sequence of the first entry that does not.
pub fn rests(entries: &[Entry], hashes: &[Digest]) -> Result<(), i64> {
    let mut from = 0;
    for entry in entries {
        from += hashes.iter().skip(from).position(|hash| *hash == entry.draft.evidence).ok_or(entry.sequence)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
