//! Every help line, with the day its number was checked.

use crate::format;
use crate::texts::Texts;
use crate::ui::{frame, message};
use domain::curriculum::Service;
use leptos::prelude::*;

/// The page at `/help`.
#[must_use]
pub fn help(t: Texts, services: &[Service]) -> AnyView {
    let oldest = services.iter().map(|s| s.checked).min();
    view! {
        <div class="wrap read stack">
            <h1>{t.help_title()}</h1>
            <p class="lead">{t.help_lead()}</p>
            {frame::lines(t, services)}
            {oldest.map(|day| view! { <p class="small soft">{t.frame_checked(format::date(t, day))}</p> })}
            <h2>{t.help_say()}</h2>
            <ol class="steps"><li>{t.help_say_where()}</li><li>{t.help_say_what()}</li><li>{t.help_say_stay()}</li></ol>
            <p><a class="go" href="/help/card">{t.help_card()}</a></p>
            {message::alert("info", "info", t.help_exit(), t.help_exit_text())}
        </div>
    }
    .into_any()
}
