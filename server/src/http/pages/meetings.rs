//! The pages of sessions in person: planning, the roll, the code for the room, a trainee's own check-in.

use super::sign_in::typed_document;
use super::{Answer, head, id, pdf, refused, status, with_errors};
use crate::clock::{LIMA, local};
use crate::failure::Outcome;
use crate::http::context::Context;
use crate::http::fields::{Fields, parse};
use crate::http::render::{page, see_other};
use crate::services::meetings::check_in::{CheckedIn, NotCheckedIn};
use crate::services::meetings::guests::GuestRefused;
use crate::services::meetings::{NewMeeting, Presence};
use app::features::attendance::{CheckInPage, CodeShown};
use app::features::form::FormState;
use app::format;
use app::pages::{judge, trainee};
use app::texts::Texts;
use app::ui::frame::{Head, Menu};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use chrono::{NaiveDate, NaiveTime};
use domain::hours::attendance::CheckInCode;
use domain::ids::{EnrolmentId, MeetingId};
use std::collections::BTreeMap;

/// Seconds after which the page with the code asks for itself again: twice in the life of a code.
const REFRESH: u16 = 30;

/// `GET /meetings`.
pub async fn meetings(context: Context) -> Answer {
    show_meetings(&context, &FormState::default()).await
}

async fn show_meetings(context: &Context, form: &FormState) -> Answer {
    let model = context.acting()?.meetings(context.texts).await?;
    Ok(page(context, status(form), &head(context.texts.frame_sessions(), Menu::Judge), |t| judge::meetings(t, &model, form)))
}

/// `POST /meetings`: plans a session.
pub async fn plan(context: Context, fields: Fields) -> Answer {
    let t = context.texts;
    let mut form = fields.typed(&[]);
    let date = fields.one("date")?.parse::<NaiveDate>();
    let time = NaiveTime::parse_from_str(fields.one("time")?, "%H:%M");
    let cohort = fields.one("cohort")?.parse();
    let place = fields.one("place")?.trim().to_owned();
    if date.is_err() {
        form.refuse("date", t.meetings_date_wrong());
    }
    if time.is_err() {
        form.refuse("time", t.meetings_time_wrong());
    }
    if cohort.is_err() {
        form.refuse("cohort", t.meetings_cohort_missing());
    }
    if place.is_empty() {
        form.refuse("place", t.meetings_place_missing());
    }
    let (Ok(date), Ok(time), Ok(cohort), true) = (date, time, cohort, form.errors.is_empty()) else {
        return show_meetings(&context, &form).await;
    };
    let lessons = fields.all("lesson").map(Into::into).collect();
    let new = NewMeeting { cohort, place, starts: date.and_time(time), lessons };
    let planned = context.acting()?.plan_meeting(new, t.meetings_default_title().to_owned(), t.meetings_lesson_missing().to_owned()).await;
    match refused(planned)? {
        Ok(meeting) => Ok(see_other(&format!("/meetings/{meeting}"))),
        Err(errors) => show_meetings(&context, &with_errors(form, errors)).await,
    }
}

async fn show_roll(context: &Context, meeting: MeetingId, form: &FormState) -> Answer {
    let t = context.texts;
    let model = context.acting()?.roll(meeting, t).await?;
    let head = Head { back: Some(("/meetings".to_owned(), t.frame_sessions().to_owned())), ..head(t.roll_tab(), Menu::Judge) };
    Ok(page(context, status(form), &head, |t| judge::roll(t, &model, form)))
}

/// `GET /meetings/{id}`.
pub async fn roll(context: Context, Path(meeting): Path<String>) -> Answer {
    show_roll(&context, id(&meeting)?, &FormState::default()).await
}

/// `POST /meetings/{id}`: saves or confirms the roll, or adds a guest to it.
pub async fn save_roll(context: Context, Path(meeting): Path<String>, fields: Fields) -> Answer {
    let meeting: MeetingId = id(&meeting)?;
    let acting = context.acting()?;
    if fields.one("action")? == "guest" {
        return add_guest(&context, meeting, &fields).await;
    }
    let model = acting.roll(meeting, context.texts).await?;
    let mut form = fields.typed(&[]);
    let mut presences: BTreeMap<EnrolmentId, Presence> = BTreeMap::new();
    for row in &model.rows {
        let name = row.enrolment;
        let present = !fields.one(&format!("present-{name}"))?.is_empty();
        let time = |side: &str| -> Outcome<Option<NaiveTime>> {
            Ok(NaiveTime::parse_from_str(fields.one(&format!("{side}-{name}"))?, "%H:%M").ok())
        };
        let times = time("from")?.zip(time("to")?).filter(|(from, to)| from < to);
        if present && times.is_none() {
            form.refuse(&format!("from-{name}"), context.texts.roll_times_wrong());
        }
        presences.insert(row.enrolment, times.filter(|_| present));
    }
    if !form.errors.is_empty() {
        return show_roll(&context, meeting, &form).await;
    }
    let confirm = fields.one("action")? == "confirm";
    if let Err(early) = refused(acting.save_roll(meeting, presences, confirm, context.texts.roll_early()).await)? {
        return show_roll(&context, meeting, &with_errors(form, early)).await;
    }
    Ok(see_other(&format!("/meetings/{meeting}")))
}

async fn add_guest(context: &Context, meeting: MeetingId, fields: &Fields) -> Answer {
    let t = context.texts;
    let mut form = fields.typed(&[]);
    if let Some(document) = typed_document(fields, &mut form, t)? {
        match context.acting()?.add_guest(meeting, &document).await? {
            Ok(()) => return Ok(see_other(&format!("/meetings/{meeting}"))),
            Err(GuestRefused::Unknown) => form.refuse("number", t.roll_guest_unknown()),
            Err(GuestRefused::There) => form.refuse("number", t.roll_guest_there()),
            Err(GuestRefused::NotMadeUp) => form.refuse("number", t.roll_guest_not_made_up()),
        }
    }
    show_roll(context, meeting, &form).await
}

/// `GET /meetings/{id}/code`: the code of this minute; the page asks for itself again.
pub async fn code(context: Context, Path(meeting): Path<String>) -> Answer {
    let meeting: MeetingId = id(&meeting)?;
    let t = context.texts;
    let mut model = context.acting()?.code_page(meeting).await?;
    if let CodeShown::Code(code) = &model.code {
        model.qr = Some(context.qr(&format!("/check-in/{meeting}?code={code}"))?);
    }
    let head = Head {
        back: Some((format!("/meetings/{meeting}"), t.roll_tab().to_owned())),
        // Only while there is a code: a page left open elsewhere must not keep its session alive.
        refresh: matches!(model.code, CodeShown::Code(_)).then_some(REFRESH),
        ..head(t.code_tab(), Menu::Judge)
    };
    Ok(page(&context, StatusCode::OK, &head, |t| judge::code(t, &model)))
}

/// `GET /meetings/{id}/sheet.pdf`: the list to print and sign.
pub async fn sheet(context: Context, Path(meeting): Path<String>) -> Answer {
    let meeting: MeetingId = id(&meeting)?;
    let bytes = context.acting()?.sheet(meeting, context.texts).await?;
    Ok(pdf(&format!("{}-{meeting}", context.texts.sheet_file()), bytes))
}

async fn show_check_in(context: &Context, meeting: MeetingId, form: &FormState) -> Answer {
    let t = context.texts;
    let model = context.acting()?.check_in_page(meeting).await?;
    let code = if model == CheckInPage::NotOnRoll { StatusCode::FORBIDDEN } else { status(form) };
    Ok(page(context, code, &head(t.checkin_tab(), Menu::Trainee), |t| trainee::check_in(t, &model, form)))
}

/// `GET /check-in/{id}`: the form, with the code of the QR filled in. Writes nothing.
pub async fn check_in(context: Context, Path(meeting): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let query = parse(query.as_deref().unwrap_or_default())?;
    let mut form = FormState::default();
    if let Some(code) = CheckInCode::parse(query.one("code")?) {
        form.values.insert("code".to_owned(), code.to_string());
    }
    show_check_in(&context, id(&meeting)?, &form).await
}

/// `POST /check-in/{id}`: takes the code that she typed.
pub async fn take_check_in(context: Context, Path(meeting): Path<String>, fields: Fields) -> Answer {
    let meeting: MeetingId = id(&meeting)?;
    let acting = context.acting()?;
    // What was typed is not kept: it is wrong, or not for long right.
    let mut form = FormState::default();
    match CheckInCode::parse(fields.one("code")?) {
        None => form.refuse("code", context.texts.checkin_code_missing()),
        Some(code) => match acting.check_in(meeting, code).await? {
            CheckedIn::Arrived | CheckedIn::Left => return Ok(see_other(&format!("/check-in/{meeting}"))),
            CheckedIn::Refused(why) => {
                let (field, words) = refused_words(why, context.texts);
                form.refuse(field, words);
            }
        },
    }
    show_check_in(&context, meeting, &form).await
}

/// Why her code is not taken; it points to the field only where the field is shown.
fn refused_words(why: NotCheckedIn, t: Texts) -> (&'static str, String) {
    match why {
        NotCheckedIn::NotOnRoll => ("", t.checkin_not_on_roll().to_owned()),
        NotCheckedIn::Confirmed => ("", t.checkin_confirmed().to_owned()),
        NotCheckedIn::NotYet(from) => ("", t.checkin_not_yet(format::moment(t, local(from, LIMA)))),
        NotCheckedIn::Over => ("", t.checkin_over().to_owned()),
        NotCheckedIn::Wrong(left) => ("code", t.checkin_wrong(left)),
        NotCheckedIn::NoTries => ("", t.checkin_no_tries().to_owned()),
        NotCheckedIn::TooEarlyToLeave(from) => ("code", t.checkin_too_early(format::clock(t, local(from, LIMA)))),
        NotCheckedIn::Done => ("", t.checkin_done().to_owned()),
    }
}
