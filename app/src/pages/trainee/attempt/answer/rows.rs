//! A choice for each row: what belongs to it, or its place.

use super::{described, error};
use crate::features::assessment::PlaceRow;
use crate::features::form::FormState;
use crate::texts::Texts;
use leptos::prelude::*;

/// A list of the options for each left side.
pub(super) fn matching(t: Texts, asked: String, rows: &[PlaceRow], options: &[String], form: &FormState) -> AnyView {
    group(asked, t.attempt_match(), rows, t.attempt_choose(), options, form)
}

/// A number for each step.
pub(super) fn ordering(t: Texts, asked: String, rows: &[PlaceRow], form: &FormState) -> AnyView {
    let places: Vec<String> = (1..=rows.len()).map(|place| t.attempt_place(place)).collect();
    group(asked, t.attempt_order(), rows, t.attempt_choose_place(), &places, form)
}

fn group(asked: String, hint: &'static str, rows: &[PlaceRow], none: &'static str, values: &[String], form: &FormState) -> AnyView {
    let rows = rows.iter().enumerate().map(|(index, row)| one(index, row, none, values)).collect_view();
    view! {
        <fieldset class="stack" aria-describedby=described("option", form)>
            <legend>{asked}</legend>
            <p class="hint" id="option-h">{hint}</p>{error("option", form)}
            {rows}
        </fieldset>
    }
    .into_any()
}

/// The saver reads `data-saved` to see what she changed before it listened.
fn one(index: usize, row: &PlaceRow, none: &'static str, values: &[String]) -> AnyView {
    let id = if index == 0 { "option".to_owned() } else { format!("option-{}", index + 1) };
    let saved = row.chosen.map(|place| place.to_string()).unwrap_or_default();
    let options = (1..)
        .zip(values)
        .map(|(place, text)| view! { <option value=place.to_string() selected=row.chosen == Some(place)>{text.clone()}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{row.text.clone()}</label>
            <select class="input" id=id name="option" data-saved=saved autocomplete="off"><option value="">{none}</option>{options}</select>
        </div>
    }
    .into_any()
}
