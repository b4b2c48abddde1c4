//! The chain of credited time: one for each enrolment, ordered by sequence, never by time. The byte form and what the
//! chain can and cannot prove are written in `docs/ledger.md`; a change of the form is a new [`FORM`].

pub(super) mod form;
mod posting;

pub use form::FORM;
pub use posting::{Posted, Sums, kind_of, post, sums};

use crate::hours::Place;
use crate::hours::attribution::Rank;
use crate::ids::{EnrolmentId, LessonId, PersonId};
use crate::time::{Instant, Seconds};
use form::{Form, kind_byte, rank_byte, status_byte};
use serde::{Deserialize, Serialize};

/// A SHA-256 digest.
pub type Digest = [u8; 32];

/// What an entry rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// Attributed study of a stretch.
    Study,
    /// Confirmed presence at an agenda item.
    Attendance,
    /// Time inside an attempt or a case.
    Attempt,
    /// Given or taken by staff, with a reason. Corrected by another adjustment.
    Adjustment,
    /// Takes back what evidence no longer supports. Never of an adjustment.
    Reversal,
}

/// Whether an entry counts towards certification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryStatus {
    /// Shown only.
    Provisional,
    /// Counts.
    Confirmed,
}

/// An entry before it is chained. Names people by opaque id and free text by its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Whose chain.
    pub enrolment: EnrolmentId,
    /// The lesson or agenda item.
    pub lesson: LessonId,
    /// Position of the stretch, from 0; `None` for the lesson as a whole.
    pub stretch: Option<u16>,
    /// What it rests on.
    pub kind: EntryKind,
    /// Whether it counts.
    pub status: EntryStatus,
    /// Signed length.
    pub seconds: Seconds,
    /// Strength of the evidence; `None` for an adjustment.
    pub rank: Option<Rank>,
    /// Version of the hours rules applied.
    pub rule_version: u32,
    /// Digest of the evidence, as stored.
    pub evidence: Digest,
    /// When it was written, server's clock.
    pub recorded_at: Instant,
    /// By whom; `None` for the server itself.
    pub recorded_by: Option<PersonId>,
    /// Digest of the reason's text, which can be erased.
    pub reason: Option<Digest>,
}

/// A chained entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What it says.
    #[serde(flatten)]
    pub draft: Draft,
    /// Position in the enrolment's chain, from 1.
    pub sequence: i64,
    /// Hash of the entry before, or [`genesis`].
    pub previous_hash: Digest,
    /// SHA-256 of [`Entry::bytes`].
    pub hash: Digest,
}

/// The end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Whose chain.
    pub enrolment: EnrolmentId,
    /// How many entries it has.
    pub count: i64,
    /// Hash of the last one, or [`genesis`] of an empty chain.
    pub hash: Digest,
}

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fault {
    /// The entry belongs to another enrolment.
    Enrolment {
        /// The one that it names.
        found: EnrolmentId,
    },
    /// Another sequence stands here: an entry was removed, inserted or moved.
    Sequence {
        /// The one found.
        found: i64,
    },
    /// It does not follow from the entry before.
    PreviousHash,
    /// Its content does not give its hash.
    Hash,
    /// The head counts an entry here, and there is none.
    Removed,
    /// There is an entry here that the head does not count.
    Uncounted,
    /// The chain is sound in itself, but the head names another last entry.
    Head,
}

/// The first place of a chain that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("ledger broken at entry {sequence}: {what:?}")]
pub struct Broken {
    /// The sequence expected there, from 1.
    pub sequence: i64,
    /// What is wrong.
    pub what: Fault,
}

impl Draft {
    /// Where it is credited.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { lesson: self.lesson.clone(), stretch: self.stretch }
    }
}

impl Entry {
    /// The fixed byte form that the hash covers: everything but the hash itself (`docs/ledger.md`).
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.form().into_bytes()
    }

    fn form(&self) -> Form {
        let draft = &self.draft;
        let mut form = Form::new("orienta hours entry");
        form.put(&self.sequence.to_be_bytes());
        form.put(&self.previous_hash);
        form.put(draft.enrolment.0.as_bytes());
        form.text(draft.lesson.as_str());
        form.optional(draft.stretch.map(u16::to_be_bytes).as_ref());
        form.put(&[kind_byte(draft.kind), status_byte(draft.status)]);
        form.put(&draft.seconds.0.to_be_bytes());
        form.put(&[rank_byte(draft.rank)]);
        form.put(&draft.rule_version.to_be_bytes());
        form.put(&draft.evidence);
        form.put(&draft.recorded_at.0.to_be_bytes());
        form.optional(draft.recorded_by.as_ref().map(|p| p.0.as_bytes()));
        form.optional(draft.reason.as_ref());
        form
    }

    /// This entry as the end of its chain.
    #[must_use]
    pub const fn head(&self) -> Head {
        Head { enrolment: self.draft.enrolment, count: self.sequence, hash: self.hash }
    }
}

impl Head {
    /// The head of a chain without entries.
    #[must_use]
    pub fn empty(enrolment: EnrolmentId) -> Self {
        Self { enrolment, count: 0, hash: genesis(enrolment) }
    }

    /// Compares the head that [`verify`] computed with the one stored in the second table.
    ///
    /// # Errors
    /// The first entry that only one of them knows, or the last one when only its hash differs.
    pub fn check_stored(self, stored: Self) -> Result<(), Broken> {
        let broken = |sequence, what| Err(Broken { sequence, what });
        match self.count.cmp(&stored.count) {
            std::cmp::Ordering::Less => broken(self.count + 1, Fault::Removed),
            std::cmp::Ordering::Greater => broken(stored.count + 1, Fault::Uncounted),
            std::cmp::Ordering::Equal if self == stored => Ok(()),
            std::cmp::Ordering::Equal => broken(self.count, Fault::Head),
        }
    }
}

/// The `previous_hash` of an enrolment's first entry.
#[must_use]
pub fn genesis(enrolment: EnrolmentId) -> Digest {
    let mut form = Form::new("orienta hours genesis");
    form.put(enrolment.0.as_bytes());
    form.digest()
}

/// Chains a draft behind the entry with the hash `previous` ([`genesis`] for the first), at `sequence` from 1.
#[must_use]
pub fn seal(draft: Draft, previous: &Digest, sequence: i64) -> Entry {
    let mut entry = Entry { draft, sequence, previous_hash: *previous, hash: [0; 32] };
    entry.hash = entry.form().digest();
    entry
}

/// Recomputes the chain of one enrolment, given in order of sequence. Entries removed from the end are found only by
/// [`Head::check_stored`] with the stored head.
///
/// # Errors
/// The first entry that does not fit.
pub fn verify(enrolment: EnrolmentId, entries: &[Entry]) -> Result<Head, Broken> {
    let mut head = Head::empty(enrolment);
    for entry in entries {
        let sequence = head.count + 1;
        fault_of(entry, head).map_or(Ok(()), |what| Err(Broken { sequence, what }))?;
        head = entry.head();
    }
    Ok(head)
}

fn fault_of(entry: &Entry, head: Head) -> Option<Fault> {
    if entry.draft.enrolment != head.enrolment {
        Some(Fault::Enrolment { found: entry.draft.enrolment })
    } else if entry.sequence != head.count + 1 {
        Some(Fault::Sequence { found: entry.sequence })
    } else if entry.previous_hash != head.hash {
        Some(Fault::PreviousHash)
    } else if entry.hash != entry.form().digest() {
        Some(Fault::Hash)
    } else {
        None
    }
}

/// The daily root: one digest over (enrolment, count, hash) of all heads and (person, number, hash) of all chains of evidence, each in
/// order of its id whatever the order given.
#[must_use]
pub fn root(heads: &[(EnrolmentId, i64, Digest)], evidence: &[(PersonId, i64, Digest)]) -> Digest {
    let mut form = Form::new("orienta hours root");
    form.heads(heads.iter().map(|(id, count, hash)| (id.0, *count, *hash)));
    form.heads(evidence.iter().map(|(id, count, hash)| (id.0, *count, *hash)));
    form.digest()
}

#[cfg(test)]
mod tests;
