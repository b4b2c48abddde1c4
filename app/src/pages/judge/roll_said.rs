//! What a trainee said herself with the code, beside what the roll says.

use super::roll::said as spoken;
use crate::features::hours::{Roll, RollRow};
use crate::texts::Texts;
use crate::ui::message;
use domain::hours::attendance::Difference;
use leptos::prelude::*;

/// Her own word in one line; nothing where nobody used the code.
pub(super) fn words(t: Texts, model: &Roll, row: &RollRow) -> Option<String> {
    let time = |typed: &str| spoken(t, model, typed);
    match &row.said {
        Some((arrived, Some(left))) => Some(t.roll_said_both(time(arrived), time(left))),
        Some((arrived, None)) => Some(t.roll_said_arrived(time(arrived))),
        None => model.rows.iter().any(|r| r.said.is_some()).then(|| t.roll_said_nothing().to_owned()),
    }
}

/// Both sources under a name, and a mark where they differ.
pub(super) fn beside(t: Texts, model: &Roll, row: &RollRow) -> Option<AnyView> {
    let said = words(t, model, row)?;
    let roll = match (&row.present, row.noted) {
        (Some((from, to)), _) => t.roll_says_present(spoken(t, model, from), spoken(t, model, to)),
        (None, true) => t.roll_says_absent().to_owned(),
        (None, false) => t.roll_says_nothing().to_owned(),
    };
    Some(view! { <p class="soft small">{said}<br/>{roll}" "{mark(t, row)}</p> }.into_any())
}

/// A badge where her word and the roll differ.
pub(super) fn mark(t: Texts, row: &RollRow) -> Option<AnyView> {
    row.difference.map(|difference| match difference {
        Difference::Absence => message::badge("warn", "warn", t.roll_differs_absence()),
        Difference::Times => message::badge("warn", "warn", t.roll_differs_times()),
    })
}
