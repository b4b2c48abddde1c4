//! The signed reading: what the server knew when it served a part of a lesson. Opening a page writes nothing.

use crate::keys::{self, SigningKey};
use domain::curriculum::Language;
use domain::ids::{DeviceId, EnrolmentId, LessonId, PersonId, ReadingId, RevisionId, SessionId};
use domain::time::Instant;
use serde::{Deserialize, Serialize};

/// A reading, as signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Random id.
    #[serde(rename = "r")]
    pub id: ReadingId,
    /// Whose.
    #[serde(rename = "p")]
    pub person: PersonId,
    /// For which enrolment.
    #[serde(rename = "e")]
    pub enrolment: EnrolmentId,
    /// On which device.
    #[serde(rename = "d")]
    pub device: DeviceId,
    /// In which session.
    #[serde(rename = "s")]
    pub session: SessionId,
    /// Of which lesson.
    #[serde(rename = "l")]
    pub lesson: LessonId,
    /// Position of the part, from 0.
    #[serde(rename = "i")]
    pub part: u16,
    /// In which language.
    #[serde(rename = "g")]
    pub language: Language,
    /// In which revision.
    #[serde(rename = "v")]
    pub revision: RevisionId,
    /// When it was served.
    #[serde(rename = "o")]
    pub opened_at: Instant,
}

impl Reading {
    /// A fresh random id.
    #[must_use]
    pub fn new_id() -> ReadingId {
        ReadingId(keys::random_id())
    }

    /// The signed text.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> String {
        serde_json::to_vec(self).map(|payload| key.sign(&payload)).unwrap_or_default()
    }

    /// The reading of a signed text, if the signature is ours.
    #[must_use]
    pub fn open(key: &SigningKey, signed: &str) -> Option<Self> {
        serde_json::from_slice(&key.open(signed)?).ok()
    }
}
