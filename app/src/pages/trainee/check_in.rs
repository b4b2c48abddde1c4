//! Her own check-in at a session: six digits that the judge shows.

use crate::features::attendance::{CheckInPage, CheckInStanding};
use crate::features::form::FormState;
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{form as forms, message};
use chrono::NaiveDateTime;
use leptos::prelude::*;

const CODE: Kind = Kind { complete: "off", longest: 7, ..Kind::DIGITS };

/// The page `/check-in/{id}`.
#[must_use]
pub fn check_in(t: Texts, model: &CheckInPage, form: &FormState) -> AnyView {
    let CheckInPage::OnRoll { meeting, standing, said, leaves_from } = model else {
        let alert = message::alert("warn", "warn", t.checkin_not_on_roll(), t.checkin_not_on_roll_text());
        return view! { <div class="wrap slim stack"><h1>{t.checkin_title()}</h1>{alert}</div> }.into_any();
    };
    let (from, to) = meeting.time;
    let when = t.checkin_when(format::weekday(t, from.date()), format::clock(t, from), format::clock(t, to));
    view! {
        <div class="wrap slim stack">
            <h1>{t.checkin_title()}</h1>
            <p>{meeting.title.clone()}". "{when}<br/><span class="soft">{meeting.place.clone()}</span></p>
            {forms::summary(t, form)}
            {said.map(|said| noted(t, said, *leaves_from, *standing))}
            {now(t, *standing, said.is_some(), form)}
        </div>
    }
    .into_any()
}

/// What she noted, and that the judge's roll is what counts.
fn noted(
    t: Texts,
    (arrived, left): (NaiveDateTime, Option<NaiveDateTime>),
    leaves_from: NaiveDateTime,
    standing: CheckInStanding,
) -> AnyView {
    let title = match left {
        Some(left) => t.checkin_left(format::clock(t, arrived), format::clock(t, left)),
        None => t.checkin_arrived(format::clock(t, arrived)),
    };
    let leave = (left.is_none() && standing == CheckInStanding::Open).then(|| t.checkin_leave_from(format::clock(t, leaves_from)));
    message::alert("ok", "check", title, view! { {t.checkin_counts()}" "{leave} })
}

fn now(t: Texts, standing: CheckInStanding, came: bool, form: &FormState) -> Option<AnyView> {
    let told = |title: String, text: &'static str| Some(message::alert("info", "info", title, text));
    match standing {
        CheckInStanding::Open => {
            let button = if came { t.checkin_leave_go() } else { t.checkin_go() };
            Some(
                view! {
                    <form class="stack" method="post">
                        {field::text("code", t.checkin_code(), t.checkin_code_hint(), CODE, form)}
                        <button class="btn full">{button}</button>
                    </form>
                }
                .into_any(),
            )
        }
        CheckInStanding::From(from) => told(t.checkin_not_yet(format::moment(t, from)), t.checkin_not_yet_text()),
        CheckInStanding::Over => told(t.checkin_over().to_owned(), t.checkin_over_text()),
        CheckInStanding::Confirmed => told(t.checkin_confirmed().to_owned(), t.checkin_confirmed_text()),
        CheckInStanding::NoTries => told(t.checkin_no_tries().to_owned(), t.checkin_no_tries_text()),
        CheckInStanding::Done => None,
    }
}
