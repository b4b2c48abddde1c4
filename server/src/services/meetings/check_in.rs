//! Self check-in: the judge's page shows a code that changes every minute, a trainee types it. It is her own word, kept as
//! evidence beside the roll; it credits nothing.

use super::roll::{CODE, Notes};
use super::{interval, is_confirmed, meeting_row, next_version, session};
use crate::clock::{LIMA, local};
use crate::failure::Outcome;
use crate::keys;
use crate::persistence::entities::{attendance, check_in_try, meeting};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::hours::evidence::store_presence;
use crate::services::hours::posting::lock;
use crate::services::{Acting, Services};
use app::features::attendance::{CheckInPage, CheckInStanding, CodePage, CodeShown};
use domain::access::{Action, Actor, Resource};
use domain::hours::attendance::{CheckInCode, CodeFault, Minute, Said, Step, TRIES, check_code, leaves_from, shown, shows_code, step};
use domain::ids::{EnrolmentId, MeetingId};
use domain::time::{Instant, Interval};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::json;

/// What became of a code that a trainee typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckedIn {
    /// Her arrival is noted.
    Arrived,
    /// Her departure is noted.
    Left,
    /// Nothing is noted.
    Refused(NotCheckedIn),
}

/// Why nothing is noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCheckedIn {
    /// She is not on the roll of this session.
    NotOnRoll,
    /// The roll is confirmed.
    Confirmed,
    /// The session has no code yet; from when.
    NotYet(Instant),
    /// It has none any more.
    Over,
    /// Not the code of this session and minute; how many tries are left.
    Wrong(i64),
    /// She has no tries left.
    NoTries,
    /// Her arrival is noted, and the code is right; from when it notes the departure.
    TooEarlyToLeave(Instant),
    /// Both are noted.
    Done,
}

impl Services {
    /// The code of a session in a minute: only this installation can make it.
    #[must_use]
    pub fn check_in_code(&self, meeting: MeetingId, minute: Minute) -> CheckInCode {
        let mut payload = meeting.0.as_bytes().to_vec();
        payload.extend(minute.0.to_be_bytes());
        CheckInCode::of(&self.key.for_purpose("orienta check-in").tag(&payload))
    }
}

impl Acting<'_> {
    /// The code that the judge shows to the room.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn code_page(&self, id: MeetingId) -> Outcome<CodePage> {
        let (row, cohort) = self.meeting(id).await?;
        let (now, session) = (self.services.now(), interval(&row)?);
        let notes = Notes::of(self.services.database.read(), id).await?;
        let people = self.on_roll(&row).await?;
        let came = people.iter().filter(|p| notes.said(p.enrolment.id).is_some()).count();
        let code = if row.confirmed_at.is_some() {
            CodeShown::Confirmed
        } else if shows_code(session, now) {
            CodeShown::Code(self.services.check_in_code(id, Minute::of(now)).to_string())
        } else if now < session.start() {
            CodeShown::From(local(shown(session).0, LIMA))
        } else {
            CodeShown::Over
        };
        Ok(CodePage { meeting: meeting_row(&row, cohort.title), code, qr: None, came: (came, people.len()) })
    }

    /// Her page of a session: what is noted, and whether a code is taken now. Reading it writes nothing.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn check_in_page(&self, id: MeetingId) -> Outcome<CheckInPage> {
        self.may(Action::CheckIn, &Resource::Person(self.signed.actor.person))?;
        let read = self.services.database.read();
        let row = session(read, id).await?;
        let Some(enrolment) = self.services.enrolment_at(read, self.signed.actor.person, &row).await? else {
            return Ok(CheckInPage::NotOnRoll);
        };
        let (now, session) = (self.services.now(), interval(&row)?);
        let said = Notes::of(read, id).await?.said(enrolment.id);
        let tries = wrong_tries(read, id, enrolment.id).await?;
        let standing = match refused_before(&row, session, said, tries, now) {
            None => CheckInStanding::Open,
            Some(NotCheckedIn::Confirmed) => CheckInStanding::Confirmed,
            Some(NotCheckedIn::NotYet(from)) => CheckInStanding::From(local(from, LIMA)),
            Some(NotCheckedIn::NoTries) => CheckInStanding::NoTries,
            Some(NotCheckedIn::Done) => CheckInStanding::Done,
            Some(_) => CheckInStanding::Over,
        };
        Ok(CheckInPage::OnRoll {
            meeting: meeting_row(&row, enrolment.cohort_title),
            standing,
            said: said.map(|s| (local(s.arrived, LIMA), s.left.map(|at| local(at, LIMA)))),
            leaves_from: local(leaves_from(session), LIMA),
        })
    }

    /// Takes a code that she typed: her arrival first, later her departure. A wrong one is counted.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn check_in(&self, id: MeetingId, given: CheckInCode) -> Outcome<CheckedIn> {
        let person = self.signed.actor.person;
        self.may(Action::CheckIn, &Resource::Person(person))?;
        let read = self.services.database.read();
        let row = session(read, id).await?;
        let Some(enrolment) = self.services.enrolment_at(read, person, &row).await? else {
            return Ok(CheckedIn::Refused(NotCheckedIn::NotOnRoll));
        };
        self.may(Action::CheckIn, &enrolment.resource())?;
        let taking = Taking {
            services: self.services.clone(),
            actor: self.signed.actor.clone(),
            now: self.services.now(),
            session: interval(&row)?,
            meeting: id,
            enrolment: enrolment.id,
        };
        self.services.database.write(move |t| Box::pin(async move { taking.take(t, row, given).await })).await
    }
}

/// One code on its way into the record.
struct Taking {
    services: Services,
    actor: Actor,
    now: Instant,
    session: Interval,
    meeting: MeetingId,
    enrolment: EnrolmentId,
}

impl Taking {
    async fn take(&self, t: &DatabaseTransaction, mut row: meeting::Model, given: CheckInCode) -> Outcome<CheckedIn> {
        // The session before the enrolment, as confirming does.
        row.confirmed_at = is_confirmed(t, self.meeting).await?.then_some(self.now.0);
        lock(t, self.enrolment).await?;
        let said = Notes::of(t, self.meeting).await?.said(self.enrolment);
        let tries = wrong_tries(t, self.meeting, self.enrolment).await?;
        if let Some(why) = refused_before(&row, self.session, said, tries, self.now) {
            return Ok(CheckedIn::Refused(why));
        }
        match check_code(self.session, self.now, given, |minute| self.services.check_in_code(self.meeting, minute)) {
            Err(CodeFault::NotYet) => return Ok(CheckedIn::Refused(NotCheckedIn::NotYet(shown(self.session).0))),
            Err(CodeFault::Over) => return Ok(CheckedIn::Refused(NotCheckedIn::Over)),
            Err(CodeFault::Wrong) => return self.wrong(t, tries + 1).await,
            Ok(()) => {}
        }
        match step(self.session, said, self.now) {
            Step::Arrival => self.note(t, Said { arrived: self.now, left: None }).await,
            Step::Departure => self.note(t, Said { arrived: said.map_or(self.now, |s| s.arrived), left: Some(self.now) }).await,
            Step::NotYet(from) => Ok(CheckedIn::Refused(NotCheckedIn::TooEarlyToLeave(from))),
            Step::Done => Ok(CheckedIn::Refused(NotCheckedIn::Done)),
        }
    }

    async fn wrong(&self, t: &DatabaseTransaction, number: i64) -> Outcome<CheckedIn> {
        let row = check_in_try::Model {
            id: keys::ordered_id(self.now),
            meeting_id: self.meeting.0,
            enrolment_id: self.enrolment.0,
            number,
            at: self.now.0,
        };
        query::insert(t, row).await?;
        self.event(t, "check-in.refuse").await?;
        let left = TRIES - number;
        Ok(CheckedIn::Refused(if left > 0 { NotCheckedIn::Wrong(left) } else { NotCheckedIn::NoTries }))
    }

    async fn note(&self, t: &DatabaseTransaction, said: Said) -> Outcome<CheckedIn> {
        let row = attendance::Model {
            id: keys::ordered_id(self.now),
            meeting_id: self.meeting.0,
            enrolment_id: self.enrolment.0,
            check_in_at: Some(said.arrived.0),
            check_out_at: said.left.map(|at| at.0),
            source: CODE.to_owned(),
            confirmed: false,
            recorded_at: self.now.0,
            recorded_by: self.actor.person.0,
            version: next_version(t, self.meeting, self.enrolment).await?,
            received_no: None,
            hash: None,
        };
        store_presence(t, self.actor.person, row).await?;
        let (action, done) =
            if said.left.is_some() { ("check-in.leave", CheckedIn::Left) } else { ("check-in.arrive", CheckedIn::Arrived) };
        self.event(t, action).await?;
        Ok(done)
    }

    async fn event(&self, t: &DatabaseTransaction, action: &'static str) -> Outcome<()> {
        let event = Event::new(action, format!("meeting/{}", self.meeting), json!({ "enrolment": self.enrolment }));
        audit::append(t, self.now, Some(&self.actor), event).await
    }
}

/// What stands against any code now, whatever its digits.
fn refused_before(row: &meeting::Model, session: Interval, said: Option<Said>, tries: i64, now: Instant) -> Option<NotCheckedIn> {
    let (from, to) = shown(session);
    if row.confirmed_at.is_some() {
        Some(NotCheckedIn::Confirmed)
    } else if now < from {
        Some(NotCheckedIn::NotYet(from))
    } else if Minute::of(now).before() >= Minute::of(to) {
        Some(NotCheckedIn::Over)
    } else if said.is_some_and(|s| s.left.is_some()) {
        Some(NotCheckedIn::Done)
    } else {
        (tries >= TRIES).then_some(NotCheckedIn::NoTries)
    }
}

async fn wrong_tries<C: ConnectionTrait>(connection: &C, meeting: MeetingId, enrolment: EnrolmentId) -> Outcome<i64> {
    let sql = "SELECT count(*) AS n FROM check_in_try WHERE meeting_id = $1 AND enrolment_id = $2";
    Ok(query::number(connection, sql, vec![meeting.0.into(), enrolment.0.into()]).await?)
}
