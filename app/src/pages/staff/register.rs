//! The register of certificates.

use crate::features::certification::{Register, RegisterRow};
use crate::format;
use crate::texts::Texts;
use crate::ui::{desk, message};
use leptos::prelude::*;

/// The page `/staff/certificates`.
#[must_use]
pub fn register(t: Texts, model: &Register) -> AnyView {
    let inside = if model.rows.is_empty() {
        message::empty(t.register_none(), t.register_none_text(), Some(("/staff".to_owned(), t.register_none_go().to_owned())))
    } else {
        table(t, &model.rows)
    };
    view! { <div class="wrap stack"><h1>{t.register_title()}</h1>{inside}</div> }.into_any()
}

fn table(t: Texts, rows: &[RegisterRow]) -> AnyView {
    let lines = rows.iter().map(|row| line(t, row)).collect_view();
    view! {
        <div class="box" tabindex="0" role="region" aria-label=t.register_region()>
            <table class="board">
                <caption>{t.register_caption(desk::count(rows.len()))}</caption>
                <thead><tr>
                    <th scope="col">{t.register_holder()}</th><th scope="col">{t.register_number()}</th><th scope="col">{t.register_programme()}</th>
                    <th scope="col">{t.register_issued()}</th><th scope="col">{t.register_standing()}</th>
                </tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(t: Texts, row: &RegisterRow) -> AnyView {
    view! {
        <tr>
            <th scope="row">{row.holder.clone()}</th>
            <td class="nowrap"><a href=row.href.clone()>{row.number.clone()}</a></td>
            <td>{row.programme.clone()}</td>
            <td data-l=t.register_issued()>{format::date(t, row.issued)}</td>
            <td>{desk::standing(t, &row.standing)}</td>
        </tr>
    }
    .into_any()
}
