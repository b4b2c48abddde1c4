//! The sheet of a session as PDF, to print and sign.

use super::{items, lesson_title};
use crate::clock::{LIMA, local};
use crate::failure::{Failure, Outcome};
use crate::services::Acting;
use crate::services::people::masked;
use app::format;
use app::texts::Texts;
use documents::{Sheet, SheetItem, SheetLine};
use domain::curriculum::Language;
use domain::ids::MeetingId;
use domain::time::Instant;

impl Acting<'_> {
    /// The sheet of a session as an accessible PDF.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`; `Internal` when it cannot be set.
    pub async fn sheet(&self, id: MeetingId, t: Texts) -> Outcome<Vec<u8>> {
        let (row, cohort) = self.meeting(id).await?;
        let programme = self.services.catalogue.programme(&cohort.programme_revision)?;
        let hours = |from: i64, to: i64| {
            let clock = |at| format::clock(t, local(Instant(at), LIMA));
            t.roll_slot(clock(from), clock(to))
        };
        let agenda = items(self.services, id).await?;
        let people = self.on_roll(&row).await?;
        let sheet = Sheet {
            day: format::weekday(t, local(Instant(row.starts_at), LIMA).date()),
            hours: hours(row.starts_at, row.ends_at),
            agenda: agenda
                .iter()
                .map(|i| SheetItem { lesson: lesson_title(&programme, &i.lesson_id, t), hours: hours(i.starts_at, i.ends_at) })
                .collect(),
            people: people
                .into_iter()
                .map(|p| SheetLine {
                    note: p.guest.then(|| t.roll_guest_from(&p.enrolment.cohort_title)),
                    document: masked(&p.enrolment.document.0, &p.enrolment.document.1),
                    name: p.enrolment.name,
                })
                .collect(),
            title: row.title,
            place: row.place,
            cohort: cohort.title,
            language: match t.language() {
                Language::Es => documents::Language::Es,
                Language::En => documents::Language::En,
            },
        };
        let made = tokio::task::spawn_blocking(move || documents::sheet(&sheet)).await;
        made.map_err(|e| Failure::Internal(e.to_string()))?.map_err(|e| Failure::Internal(e.to_string()))
    }
}
