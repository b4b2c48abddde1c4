//! The roll as a table: to read once confirmed, to sign when printed.

use super::roll::said;
use super::roll_said;
use crate::features::hours::{Roll, RollRow};
use crate::texts::Texts;
use leptos::prelude::*;

/// Names, times and, on paper before the roll is confirmed, room to sign.
pub(super) fn sheet(t: Texts, model: &Roll) -> AnyView {
    let open = !model.meeting.confirmed;
    let rows = model.rows.iter().map(|row| line(t, model, row, open)).collect_view();
    let sign = open.then(|| view! { <th scope="col">{t.roll_sign()}</th> });
    let own = says(model).then(|| view! { <th scope="col">{t.roll_said()}</th> });
    let judge = open.then(|| view! { <p>{t.roll_judge()}</p> });
    view! {
        <table>
            <caption>{t.roll_people()}</caption>
            <thead><tr><th scope="col">{t.roll_name()}</th><th scope="col">{t.roll_from()}</th><th scope="col">{t.roll_to()}</th>{own}{sign}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {judge}
    }
    .into_any()
}

/// Whether her own word stands in a column: on the confirmed roll, where somebody used the code.
fn says(model: &Roll) -> bool {
    model.meeting.confirmed && model.rows.iter().any(|row| row.said.is_some())
}

fn line(t: Texts, model: &Roll, row: &RollRow, open: bool) -> AnyView {
    let times = match (&row.present, open) {
        (Some((from, to)), _) => view! { <td>{said(t, model, from)}</td><td>{said(t, model, to)}</td> }.into_any(),
        (None, true) => view! { <td></td><td></td> }.into_any(),
        (None, false) => view! { <td colspan="2" class="soft">{t.roll_absent()}</td> }.into_any(),
    };
    let sign = open.then(|| view! { <td></td> });
    let own = says(model).then(|| view! { <td>{roll_said::words(t, model, row)}" "{roll_said::mark(t, row)}</td> });
    let from = row.guest_from.clone().map(|from| view! { <br/><span class="soft plain">{t.roll_guest_from(from)}</span> });
    view! { <tr><th scope="row">{row.name.clone()}{from}</th>{times}{own}{sign}</tr> }.into_any()
}
