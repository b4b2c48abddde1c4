//! The roll of a session: what the judge notes beside what each one said herself. Only what is confirmed here is credited.

use super::guests::OnRoll;
use super::{interval, is_confirmed, items, lesson_title, meeting_row, next_version};
use crate::clock::{LIMA, instant, local};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{attendance, meeting};
use crate::persistence::query;
use crate::services::Acting;
use crate::services::audit::{self, Event};
use crate::services::hours::evidence::store_presence;
use crate::services::hours::posting::lock;
use app::features::hours::{Roll, RollRow};
use app::texts::Texts;
use chrono::NaiveTime;
use domain::access::Action;
use domain::hours::attendance::{Noted, Said, decide, proposed};
use domain::ids::{EnrolmentId, MeetingId};
use domain::time::{Instant, Interval};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use std::collections::BTreeMap;

/// Presence of one trainee: local times of day, or absent.
pub type Presence = Option<(NaiveTime, NaiveTime)>;

/// Source of what a judge notes.
pub(super) const ROLL: &str = "roll";
/// Source of what a trainee says with the code.
pub(super) const CODE: &str = "code";

impl Acting<'_> {
    /// The roll of a session.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn roll(&self, id: MeetingId, t: Texts) -> Outcome<Roll> {
        let (row, cohort) = self.meeting(id).await?;
        let programme = self.services.catalogue.programme(&cohort.programme_revision)?;
        let items = items(self.services, id).await?;
        let notes = Notes::of(self.services.database.read(), id).await?;
        let session = interval(&row)?;
        let rows = self.on_roll(&row).await?.iter().map(|person| roll_row(person, &notes, session)).collect();
        Ok(Roll {
            meeting: meeting_row(&row, cohort.title),
            agenda: items
                .iter()
                .map(|i| (lesson_title(&programme, &i.lesson_id, t), local(Instant(i.starts_at), LIMA), local(Instant(i.ends_at), LIMA)))
                .collect(),
            rows,
            over: self.is_over(&row),
        })
    }

    fn is_over(&self, row: &meeting::Model) -> bool {
        self.services.now().0 >= row.ends_at
    }

    /// Saves the roll; confirming, possible from the end of the session on, also credits it. `early` says so.
    ///
    /// # Errors
    /// `Forbidden`; `Conflict` when it is confirmed already; `Invalid` before its end; `NotFound` for a stranger on it; `Database`.
    pub async fn save_roll(&self, id: MeetingId, presences: BTreeMap<EnrolmentId, Presence>, confirm: bool, early: &str) -> Outcome<()> {
        let (row, _) = self.meeting(id).await?;
        if row.confirmed_at.is_some() {
            return Err(Failure::Conflict);
        }
        if confirm && !self.is_over(&row) {
            return Err(Failure::field("", early.to_owned()));
        }
        let people = self.on_roll(&row).await?;
        let mut noted = Vec::new();
        for (enrolment, presence) in presences {
            let known = people.iter().find(|p| p.enrolment.id == enrolment).ok_or(Failure::NotFound)?;
            self.may(Action::TakeRoll, &known.resource)?;
            noted.push((enrolment, known.enrolment.person, times(&row, presence)));
        }
        let (services, actor, now) = (self.services.clone(), self.signed.actor.clone(), self.services.now());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    if confirm {
                        let sql = "UPDATE meeting SET confirmed_at = $1, confirmed_by = $2 WHERE id = $3 AND confirmed_at IS NULL";
                        if query::execute(t, sql, vec![now.0.into(), actor.person.0.into(), id.0.into()]).await? == 0 {
                            return Err(Failure::Conflict);
                        }
                    } else if is_confirmed(t, id).await? {
                        return Err(Failure::Conflict);
                    }
                    for (enrolment, person, times) in noted {
                        lock(t, enrolment).await?;
                        let row = attendance::Model {
                            id: keys::ordered_id(now),
                            meeting_id: id.0,
                            enrolment_id: enrolment.0,
                            check_in_at: times.map(|t| t.0.0),
                            check_out_at: times.map(|t| t.1.0),
                            source: ROLL.to_owned(),
                            confirmed: confirm,
                            recorded_at: now.0,
                            recorded_by: actor.person.0,
                            version: next_version(t, id, enrolment).await?,
                            received_no: None,
                            hash: None,
                        };
                        store_presence(t, person, row).await?;
                        if confirm {
                            services.recompute(t, person, Some(actor.person), now).await?;
                        }
                    }
                    let action = if confirm { "meeting.confirm" } else { "meeting.save" };
                    audit::append(t, now, Some(&actor), Event::new(action, format!("meeting/{id}"), json!({}))).await
                })
            })
            .await
    }
}

/// Local times of day on the day of the session; none for absence or a departure before the arrival.
fn times(meeting: &meeting::Model, presence: Presence) -> Option<(Instant, Instant)> {
    let (from, to) = presence?;
    let day = local(Instant(meeting.starts_at), LIMA).date();
    let (from, to) = (instant(day.and_time(from), LIMA), instant(day.and_time(to), LIMA));
    (from < to).then_some((from, to))
}

/// What is noted of everybody at a session, by source.
pub(super) struct Notes {
    roll: BTreeMap<EnrolmentId, Noted>,
    said: BTreeMap<EnrolmentId, Said>,
}

impl Notes {
    /// The last word of each source on each person.
    ///
    /// # Errors
    /// `Database`.
    pub(super) async fn of<C: ConnectionTrait>(connection: &C, meeting: MeetingId) -> Outcome<Self> {
        let find = attendance::Entity::find().filter(attendance::Column::MeetingId.eq(meeting.0)).order_by_asc(attendance::Column::Version);
        let mut notes = Self { roll: BTreeMap::new(), said: BTreeMap::new() };
        for row in find.all(connection).await? {
            let enrolment = EnrolmentId(row.enrolment_id);
            let times = (row.check_in_at.map(Instant), row.check_out_at.map(Instant));
            if row.source == CODE {
                notes.said.extend(times.0.map(|arrived| (enrolment, Said { arrived, left: times.1 })));
            } else {
                let present = times.0.zip(times.1).and_then(|(from, to)| Interval::new(from, to));
                notes.roll.insert(enrolment, present.map_or(Noted::Absent, Noted::Present));
            }
        }
        Ok(notes)
    }

    /// What the roll says of somebody.
    pub(super) fn roll(&self, enrolment: EnrolmentId) -> Noted {
        self.roll.get(&enrolment).copied().unwrap_or(Noted::Nothing)
    }

    /// What she said herself.
    pub(super) fn said(&self, enrolment: EnrolmentId) -> Option<Said> {
        self.said.get(&enrolment).copied()
    }
}

/// "HH:MM" in Lima, as a time field takes it.
fn time(at: Instant) -> String {
    local(at, LIMA).format("%H:%M").to_string()
}

fn roll_row(person: &OnRoll, notes: &Notes, session: Interval) -> RollRow {
    let id = person.enrolment.id;
    let (roll, said) = (notes.roll(id), notes.said(id));
    let decision = decide(roll, said, session);
    let both = |interval: Interval| (time(interval.start()), time(interval.end()));
    RollRow {
        enrolment: id,
        name: person.enrolment.name.clone(),
        present: decision.present.map(both),
        noted: roll != Noted::Nothing,
        said: said.map(|s| (time(s.arrived), s.left.map(time))),
        proposed: said.and_then(|s| proposed(s, session)).map(both),
        difference: decision.difference,
        guest_from: person.guest.then(|| person.enrolment.cohort_title.clone()),
    }
}
