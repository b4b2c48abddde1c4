//! What is to be written of one reading.

use super::ground::Ground;
use super::{Received, Sent};
use crate::failure::Outcome;
use crate::persistence::entities::{attributed, claim, hours_entry, hours_head, person_counter, reading, stretch_state};
use crate::services::hours::posting::{Posting, row_of, sealed};
use uuid::Uuid;

/// What is to be written of one reading, and the answer once it is.
#[derive(Debug)]
pub struct Changes {
    /// What a person sees.
    pub answer: Received,
    /// The reading, where it is new or used in a new way.
    pub reading: Option<reading::Model>,
    /// What the device's clock is off by, where it moved.
    pub offset: Option<(Uuid, i64)>,
    /// Claims as sent, and what was accepted.
    pub claims: Vec<claim::Model>,
    /// Where her evidence has got to.
    pub counter: Option<person_counter::Model>,
    /// Attributed time that is new or grew.
    pub attributed: Vec<attributed::Model>,
    /// The end of her ledger, where there are entries.
    pub head: Option<hours_head::Model>,
    /// Ledger entries that are due.
    pub entries: Vec<hours_entry::Model>,
    /// The stretch.
    pub stretch: Option<stretch_state::Model>,
}

impl Ground<'_> {
    /// Nothing to write.
    pub(super) fn unchanged(&self) -> Changes {
        Changes {
            answer: self.answer(),
            reading: None,
            offset: None,
            claims: Vec::new(),
            counter: None,
            attributed: Vec::new(),
            head: None,
            entries: Vec::new(),
            stretch: None,
        }
    }

    /// What changed, with what is due to be posted.
    pub(super) fn changes(mut self) -> Outcome<Changes> {
        let seen = Changes { reading: self.noted_reading(), ..self.unchanged() };
        if self.claims.is_empty() {
            return Ok(seen);
        }
        let desk = self.desk;
        let posting =
            Posting { enrolment: desk.reading.enrolment, programme: &desk.programme, now: desk.now, by: None, evidence: self.counter.hash };
        let entries = sealed(posting.study(self.lesson, &mut self.stretch, false), &mut self.head)?;
        let moved = self.offset.filter(|new| self.last_offset != Some(*new));
        Ok(Changes {
            offset: moved.map(|offset| (desk.reading.device.0, offset)),
            claims: self.claims,
            counter: Some(self.counter.row()),
            attributed: self.around.into_iter().filter(|r| self.changed.contains(&r.starts_at)).collect(),
            head: (!entries.is_empty()).then(|| row_of(&self.head)),
            entries,
            stretch: Some(self.stretch),
            ..seen
        })
    }

    /// The reading, where it is not yet noted that it was reported by the page's clock, or continued by the button.
    fn noted_reading(&self) -> Option<reading::Model> {
        let by_button = matches!(self.desk.sent, Sent::Button);
        let (reported, continued) = self.reading.unwrap_or_default();
        let now = (reported || !by_button, continued || by_button);
        let reading = &self.desk.reading;
        (self.reading != Some(now)).then(|| reading::Model {
            id: reading.id.0,
            person_id: reading.person.0,
            enrolment_id: reading.enrolment.0,
            device_id: reading.device.0,
            session_id: reading.session.0,
            lesson_id: reading.lesson.0.clone(),
            part: i64::from(reading.part),
            language: reading.language.code().to_owned(),
            revision: reading.revision.0.clone(),
            opened_at: reading.opened_at.0,
            reported: now.0,
            continued: now.1,
        })
    }
}
