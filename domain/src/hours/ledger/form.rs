//! The fixed byte form (`docs/ledger.md`): big-endian integers, length-prefixed texts, one byte for each variant.

use super::{Digest, EntryKind, EntryStatus};
use crate::hours::attribution::Rank;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Version of the byte form: its first byte.
pub const FORM: u8 = 1;

/// Bytes under construction: version, then the length-prefixed name of what follows.
pub(in crate::hours) struct Form(Vec<u8>);

impl Form {
    pub(in crate::hours) fn new(name: &str) -> Self {
        let mut form = Self(vec![FORM]);
        form.text(name);
        form
    }

    pub(in crate::hours) fn put(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(in crate::hours) fn int(&mut self, value: i64) {
        self.put(&value.to_be_bytes());
    }

    pub(in crate::hours) fn ints(&mut self, values: &[i64]) {
        values.iter().for_each(|value| self.int(*value));
    }

    pub(in crate::hours) fn ids(&mut self, ids: &[Uuid]) {
        ids.iter().for_each(|id| self.put(id.as_bytes()));
    }

    pub(in crate::hours) fn text(&mut self, text: &str) {
        // Texts here are ids of a few bytes; the bound only keeps the prefix and what follows in step.
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.put(&length.to_be_bytes());
        self.0.extend(text.bytes().take(length as usize));
    }

    /// How many, then each, in order of its id.
    pub(super) fn heads(&mut self, heads: impl Iterator<Item = (Uuid, i64, Digest)>) {
        let mut sorted: Vec<_> = heads.collect();
        sorted.sort_unstable();
        self.put(&(sorted.len() as u64).to_be_bytes());
        for (id, count, hash) in &sorted {
            self.put(id.as_bytes());
            self.int(*count);
            self.put(hash);
        }
    }

    pub(in crate::hours) fn optional<const N: usize>(&mut self, value: Option<&[u8; N]>) {
        match value {
            None => self.put(&[0]),
            Some(bytes) => {
                self.put(&[1]);
                self.put(bytes);
            }
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(in crate::hours) fn digest(&self) -> Digest {
        Sha256::digest(&self.0).into()
    }
}

pub(super) const fn kind_byte(kind: EntryKind) -> u8 {
    match kind {
        EntryKind::Study => 1,
        EntryKind::Attendance => 2,
        EntryKind::Attempt => 3,
        EntryKind::Adjustment => 4,
        EntryKind::Reversal => 5,
    }
}

pub(super) const fn status_byte(status: EntryStatus) -> u8 {
    match status {
        EntryStatus::Provisional => 1,
        EntryStatus::Confirmed => 2,
    }
}

pub(super) const fn rank_byte(rank: Option<Rank>) -> u8 {
    match rank {
        None => 0,
        Some(Rank::Attendance) => 1,
        Some(Rank::Attempt) => 2,
        Some(Rank::Study) => 3,
    }
}
