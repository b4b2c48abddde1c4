//! Who is on the roll of a session: the trainees of its cohort, and guests of other cohorts who make up an agenda item.

use super::is_confirmed;
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::{meeting, meeting_guest};
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::{self, Event};
use crate::services::enrolment::Enrolment;
use domain::access::{Action, Resource};
use domain::curriculum::MakeUp;
use domain::identity::document::Document;
use domain::ids::{CohortId, DistrictId, MeetingId};
use serde_json::json;

/// Somebody on a roll.
pub(super) struct OnRoll {
    /// Who.
    pub enrolment: Enrolment,
    /// Of another cohort.
    pub guest: bool,
    /// What the policy is asked about: a guest's presence here belongs to the cohort of the session.
    pub resource: Resource,
}

/// Why somebody is not added to a roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuestRefused {
    /// Nobody with that document is in training in the programme of the session.
    Unknown,
    /// She is on it already.
    There,
    /// Her programme makes up missed items in another way.
    NotMadeUp,
}

fn guest_resource(guest: &Enrolment, host: CohortId, district: DistrictId) -> Resource {
    Resource::Enrolment { enrolment: guest.id, subject: guest.person, district, cohort: host }
}

impl Acting<'_> {
    /// Everybody on the roll of a session but the judge, guests last.
    pub(super) async fn on_roll(&self, row: &meeting::Model) -> Outcome<Vec<OnRoll>> {
        let host = CohortId(row.cohort_id);
        let own = self.services.enrolments_of(host).await?.into_iter().map(|enrolment| OnRoll {
            guest: false,
            resource: enrolment.resource(),
            enrolment,
        });
        let guests = self.services.guests_of(MeetingId(row.id)).await?.into_iter().map(|enrolment| OnRoll {
            guest: true,
            resource: guest_resource(&enrolment, host, enrolment.district.clone()),
            enrolment,
        });
        Ok(own.chain(guests).filter(|p| p.enrolment.person != self.signed.actor.person).collect())
    }

    /// Adds a trainee of another cohort of the same programme to the roll, by her document.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Conflict` when the roll is confirmed; `Database`.
    pub async fn add_guest(&self, id: MeetingId, document: &Document) -> Outcome<Result<(), GuestRefused>> {
        let (row, cohort) = self.meeting(id).await?;
        if row.confirmed_at.is_some() {
            return Err(Failure::Conflict);
        }
        let Some(guest) = self.services.in_training(document, &cohort.programme_id).await? else { return Ok(Err(GuestRefused::Unknown)) };
        if !guest.programme.make_up.contains(&MakeUp::Session) {
            return Ok(Err(GuestRefused::NotMadeUp));
        }
        let host = CohortId(row.cohort_id);
        if guest.cohort == host {
            return Ok(Err(GuestRefused::There));
        }
        self.may(Action::TakeRoll, &guest_resource(&guest, host, DistrictId(cohort.district_id)))?;
        let (actor, now, enrolment) = (self.signed.actor.clone(), self.services.now(), guest.id);
        let added = self
            .services
            .database
            .write(move |t| {
                Box::pin(async move {
                    if is_confirmed(t, id).await? {
                        return Err(Failure::Conflict);
                    }
                    let row =
                        meeting_guest::Model { meeting_id: id.0, enrolment_id: enrolment.0, added_at: now.0, added_by: actor.person.0 };
                    query::insert(t, row).await?;
                    let detail = json!({ "enrolment": enrolment });
                    audit::append(t, now, Some(&actor), Event::new("meeting.guest", format!("meeting/{id}"), detail)).await
                })
            })
            .await;
        match added {
            Ok(()) => Ok(Ok(())),
            Err(failure) if failure.is_duplicate() => Ok(Err(GuestRefused::There)),
            Err(failure) => Err(failure),
        }
    }
}
