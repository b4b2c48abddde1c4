//! Claims of study time: bounded by what the server witnessed, stored as sent beside what was accepted, attributed, posted.

use super::desk::{Brought, Received, Sent};
use super::token::Reading;
use crate::failure::{Failure, Outcome};
use crate::services::{Acting, SignedIn};
use app::features::study::api::{StudyBatch, StudyReceipt};
use domain::access::{Action, Resource};
use domain::time::{Instant, Seconds};

/// Most intervals in one batch.
const LARGEST_BATCH: usize = 200;

impl Acting<'_> {
    /// Checks that a signed reading is of whoever is signed in, on this device.
    fn own_reading(&self, token: &str) -> Outcome<Reading> {
        let reading = Reading::open(&self.services.key, token).ok_or(Failure::BadRequest("token"))?;
        let resource = Resource::Person(reading.person);
        self.may(Action::Study, &resource)?;
        let SignedIn { device, .. } = self.signed;
        if reading.device == *device { Ok(reading) } else { Err(domain::access::Refusal::NotOwn.into()) }
    }

    /// The lesson of a signed reading of one's own.
    ///
    /// # Errors
    /// `BadRequest` for a forged token; `Forbidden` for another's.
    pub fn lesson_of(&self, token: &str) -> Outcome<domain::ids::LessonId> {
        Ok(self.own_reading(token)?.lesson)
    }

    async fn receive(&self, reading: Reading, sent: Sent) -> Outcome<Received> {
        self.services.intake.receive(Brought { reading, sent, now: self.services.now() }).await
    }

    /// Stores a batch of the study clock. The same batch any number of times gives the same result.
    ///
    /// # Errors
    /// `BadRequest` for a forged token or too large a batch; `Forbidden` for another's reading; `Database`.
    pub async fn report_study(&self, batch: StudyBatch, line: impl Fn(Seconds) -> String) -> Outcome<StudyReceipt> {
        if batch.intervals.len() > LARGEST_BATCH {
            return Err(Failure::BadRequest("too many intervals"));
        }
        // Below zero lie the numbers that the server gives to claims of the form.
        if batch.intervals.iter().any(|i| i.sequence < 0) {
            return Err(Failure::BadRequest("sequence"));
        }
        let reading = self.own_reading(&batch.token)?;
        let stored: Vec<i64> = batch.intervals.iter().map(|i| i.sequence).collect();
        let Received { studied, checkpoint_open } =
            self.receive(reading, Sent::Intervals(batch.intervals, Instant(batch.device_now))).await?;
        Ok(StudyReceipt { stored, studied: studied.0, line: line(studied), checkpoint_open })
    }

    /// "Continuar" without script: the time since the part was served, at most the part's design time, once a token.
    /// A token that is used, too old or already reported by the page's clock counts nothing, and that is no error.
    ///
    /// # Errors
    /// `BadRequest` for a forged token; `Forbidden` for another's reading; `Database`.
    pub async fn continue_reading(&self, token: &str) -> Outcome<()> {
        self.receive(self.own_reading(token)?, Sent::Button).await.map(drop)
    }
}
