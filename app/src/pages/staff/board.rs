//! The board of a cohort: a row a trainee, a column a module; one card a trainee on a phone.

use crate::features::form::FormState;
use crate::features::people::{BoardCell, BoardRow, CohortBoard};
use crate::format;
use crate::texts::Texts;
use crate::ui::{desk, message};
use domain::curriculum::RequirementKind;
use leptos::prelude::*;

/// Days without study from which somebody counts as stopped.
const STOPPED: u32 = 7;

/// Whether a certificate can be issued to her.
pub(super) fn is_ready(row: &BoardRow) -> bool {
    row.certificate.is_none() && row.missing.is_empty()
}

/// Days without study, of those who still have something to study for.
fn stopped(row: &BoardRow) -> Option<u32> {
    row.idle_days.filter(|days| *days > STOPPED && row.certificate.is_none() && !row.missing.is_empty())
}

/// The board, inside the form that issues.
pub(super) fn board(t: Texts, model: &CohortBoard, form: &FormState) -> AnyView {
    let heads: Vec<String> = model.modules.iter().map(|id| id.to_uppercase()).collect();
    let columns = heads.iter().map(|head| view! { <th scope="col" class="cell">{head.clone()}</th> }).collect_view();
    let rows = model.rows.iter().map(|row| line(t, &heads, row, form)).collect_view();
    view! {
        <div class="box" tabindex="0" role="region" aria-label=t.cohort_region()>
            <table class="board">
                <caption>{caption(t, model)}</caption>
                <thead><tr>
                    <th scope="col"><span class="vh">{t.cohort_choose()}</span></th><th scope="col">{t.cohort_name()}</th>{columns}
                    <th scope="col" class="r">{t.cohort_hours()}</th><th scope="col">{t.cohort_status()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn caption(t: Texts, model: &CohortBoard) -> AnyView {
    let count = desk::count(model.rows.len());
    let stuck = desk::count(model.rows.iter().filter(|row| stopped(row).is_some()).count());
    let first = if model.query.is_empty() { t.cohort_caption(count) } else { t.cohort_found(count, &model.query) };
    let stuck = (stuck > 0).then(|| view! { ", "{t.cohort_stuck(stuck)} });
    view! { {first}{stuck} }.into_any()
}

fn line(t: Texts, heads: &[String], row: &BoardRow, form: &FormState) -> AnyView {
    let cells = heads.iter().zip(&row.modules).map(|(head, cell)| module(t, head, cell)).collect_view();
    let href = format!("/staff/enrolments/{}", row.enrolment);
    view! {
        <tr>
            <td class="sel">{is_ready(row).then(|| tick(t, row, form))}</td>
            <th scope="row"><a href=href>{row.name.clone()}</a></th>
            {cells}
            <td class="r nowrap hrs">{format::duration(row.confirmed)}</td>
            <td>{status(t, row)}</td>
        </tr>
    }
    .into_any()
}

/// A refused form holds those chosen in one value, parted by commas.
fn tick(t: Texts, row: &BoardRow, form: &FormState) -> AnyView {
    let id = row.enrolment.to_string();
    let chosen = form.value("enrolment").split(',').any(|typed| typed.trim() == id);
    view! { <label><input class="tick" type="checkbox" name="enrolment" value=id checked=chosen aria-label=t.cohort_choose_one(&row.name)/></label> }.into_any()
}

fn module(t: Texts, head: &str, cell: &BoardCell) -> AnyView {
    let (class, sign, words) = match cell {
        BoardCell::Empty => (None, "·".to_owned(), t.cohort_cell_empty()),
        BoardCell::Part(percent) => (Some("part"), format!("{percent}%"), t.cohort_cell_part()),
        BoardCell::Done => (Some("ok"), "✓".to_owned(), t.cohort_cell_done()),
        BoardCell::Passed(grade) => (Some("ok"), format::grade(*grade), t.cohort_cell_passed()),
        BoardCell::Failed(grade) => (Some("halt"), format!("✕{}", format::grade(*grade)), t.cohort_cell_failed()),
    };
    view! { <td class="cell" data-m=head.to_owned()><span class=class>{sign}<b class="vh">" "{words}</b></span></td> }.into_any()
}

fn status(t: Texts, row: &BoardRow) -> AnyView {
    if let Some(number) = &row.certificate {
        let href = format!("/staff/certificates/{number}");
        return view! { {message::badge("ok", "award", t.cohort_is_certified())}" "<a class="nowrap" href=href>{number.clone()}</a> }
            .into_any();
    }
    if row.missing.is_empty() {
        return message::badge("ok", "check", t.cohort_is_ready());
    }
    let stopped = stopped(row)
        .map(|days| view! { {message::badge("warn", "clock", t.cohort_stopped())}" "{t.cohort_stopped_days(i64::from(days))}" " });
    let missing: Vec<_> = row.missing.iter().map(|kind| short(t, *kind)).collect();
    view! { {stopped}{t.cohort_missing(missing.join(", "))} }.into_any()
}

/// A requirement in a word or two.
fn short(t: Texts, kind: RequirementKind) -> &'static str {
    match kind {
        RequirementKind::Identity => t.missing_identity(),
        RequirementKind::Adult => t.missing_adult(),
        RequirementKind::Record => t.missing_record(),
        RequirementKind::Backing => t.missing_backing(),
        RequirementKind::Minutes => t.missing_minutes(),
        RequirementKind::Modules => t.missing_modules(),
        RequirementKind::Sessions => t.missing_sessions(),
        RequirementKind::Evaluations => t.missing_evaluations(),
    }
}
