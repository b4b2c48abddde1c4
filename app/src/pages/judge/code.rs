//! The code of a session, for the room: digits to read aloud, a QR to point a phone at.

use super::meetings::{state, when};
use crate::features::attendance::{CodePage, CodeShown};
use crate::format;
use crate::texts::Texts;
use crate::ui::{desk, message};
use leptos::prelude::*;

/// The page `/meetings/{id}/code`.
#[must_use]
pub fn code(t: Texts, model: &CodePage) -> AnyView {
    let meeting = &model.meeting;
    view! {
        <div class="wrap stack">
            <div class="row end"><h1>{t.code_title()}</h1>{state(t, meeting)}</div>
            <p>{meeting.title.clone()}". "{when(t, meeting)}</p>
            {shown(t, model)}
            <p class="soft">{t.code_came(desk::count(model.came.0), model.came.1)}</p>
        </div>
    }
    .into_any()
}

fn shown(t: Texts, model: &CodePage) -> AnyView {
    match &model.code {
        CodeShown::Code(digits) => {
            let (first, last) = digits.split_at_checked(3).unwrap_or((digits.as_str(), ""));
            let qr = model.qr.clone().map(|qr| view! { <div class="qr" role="img" aria-label=t.code_qr() inner_html=qr></div> });
            view! {
                <section class="card mark stack room" aria-labelledby="code">
                    <h2 id="code">{t.code_now()}</h2>
                    <p class="big nowrap">{format!("{first} {last}")}</p>
                    {qr}
                    <p>{t.code_how()}</p>
                </section>
                {message::alert("info", "info", t.code_changes(), t.code_changes_text())}
            }
            .into_any()
        }
        CodeShown::From(from) => message::alert("info", "clock", t.code_from(format::moment(t, *from)), t.code_from_text()),
        CodeShown::Over => message::alert("info", "clock", t.code_over(), t.code_over_text()),
        CodeShown::Confirmed => message::alert("ok", "check", t.code_confirmed(), t.code_confirmed_text()),
    }
}
