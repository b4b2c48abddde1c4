//! Fields: label, hint, what was typed before, and what is wrong with it. The id of a field is its name.

use crate::features::form::FormState;
use crate::ui::icon;
use leptos::prelude::*;

/// How a text field is filled in. `Default` is one line of free text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kind {
    /// `type` of the input; empty: text.
    pub input: &'static str,
    /// `inputmode`; empty: none.
    pub mode: &'static str,
    /// `autocomplete`; empty: none.
    pub complete: &'static str,
    /// Extra class (`num`).
    pub class: &'static str,
    /// Greatest length; 0: none.
    pub longest: u16,
    /// Rows of a text area; 0: one line.
    pub rows: u8,
    /// It may not be left empty.
    pub required: bool,
}

impl Kind {
    /// Digits only: document numbers, PINs, codes.
    pub const DIGITS: Self = Self { mode: "numeric", class: "num", ..Self::PLAIN };
    /// A secret that is never shown again.
    pub const SECRET: Self = Self { input: "password", complete: "current-password", class: "num", ..Self::PLAIN };
    /// A day, with the browser's own calendar.
    pub const DATE: Self = Self { input: "date", ..Self::PLAIN };
    /// An hour and minute.
    pub const TIME: Self = Self { input: "time", ..Self::PLAIN };
    /// Several lines.
    pub const AREA: Self = Self { rows: 4, ..Self::PLAIN };
    /// One line of free text.
    pub const PLAIN: Self = Self { input: "", mode: "", complete: "", class: "", longest: 0, rows: 0, required: false };
}

struct Around {
    class: &'static str,
    hint: Option<AnyView>,
    error: Option<AnyView>,
    described: Option<String>,
    invalid: Option<&'static str>,
}

fn around(name: &str, hint: &str, form: &FormState) -> Around {
    let (hint_id, error_id) = (format!("{name}-h"), format!("{name}-e"));
    let error = form.error(name);
    let ids: Vec<String> =
        [(!hint.is_empty()).then(|| hint_id.clone()), error.as_ref().map(|_| error_id.clone())].into_iter().flatten().collect();
    Around {
        class: if error.is_some() { "field bad" } else { "field" },
        hint: (!hint.is_empty()).then(|| view! { <span class="hint" id=hint_id>{hint.to_owned()}</span> }.into_any()),
        invalid: error.as_ref().map(|_| "true"),
        error: error.map(|message| view! { <span class="error" id=error_id>{icon("warn")}{message}</span> }.into_any()),
        described: (!ids.is_empty()).then(|| ids.join(" ")),
    }
}

fn some(text: &'static str) -> Option<&'static str> {
    (!text.is_empty()).then_some(text)
}

/// A text as the content of a `textarea`. Leptos writes there what it is given as it stands, so `</textarea>` would end the field
/// and begin whatever follows it; and a browser drops a line feed at its beginning.
#[must_use]
pub fn in_textarea(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    if escaped.starts_with('\n') { format!("\n{escaped}") } else { escaped }
}

/// A text field; passwords and PINs are never filled in again. An empty `hint` shows none.
#[must_use]
pub fn text(name: impl Into<String>, label: impl Into<String>, hint: impl Into<String>, kind: Kind, form: &FormState) -> AnyView {
    let name = name.into();
    let a = around(&name, &hint.into(), form);
    let class = if kind.class.is_empty() { "input".to_owned() } else { format!("input {}", kind.class) };
    let typed = if kind.input == "password" { None } else { Some(form.value(&name)).filter(|v| !v.is_empty()) };
    let (id, label_for) = (name.clone(), name.clone());
    let longest = (kind.longest > 0).then(|| kind.longest.to_string());
    let input = if kind.rows > 0 {
        view! { <textarea class=class id=id name=name rows=kind.rows.to_string() maxlength=longest required=kind.required aria-invalid=a.invalid aria-describedby=a.described>{in_textarea(&typed.unwrap_or_default())}</textarea> }.into_any()
    } else {
        view! { <input class=class id=id name=name type=some(kind.input) inputmode=some(kind.mode) autocomplete=some(kind.complete) maxlength=longest value=typed required=kind.required aria-invalid=a.invalid aria-describedby=a.described/> }.into_any()
    };
    view! { <div class=a.class><label for=label_for>{label.into()}</label>{a.hint}{a.error}{input}</div> }.into_any()
}

/// A choice from a list: value and words of each option; what was chosen before stays chosen.
#[must_use]
pub fn select(
    name: impl Into<String>,
    label: impl Into<String>,
    hint: impl Into<String>,
    options: &[(String, String)],
    form: &FormState,
) -> AnyView {
    let name = name.into();
    let a = around(&name, &hint.into(), form);
    let chosen = form.value(&name);
    let (id, label_for) = (name.clone(), name.clone());
    let options = options
        .iter()
        .map(|(value, words)| view! { <option value=value.clone() selected=*value == chosen>{words.clone()}</option> })
        .collect_view();
    view! {
        <div class=a.class><label for=label_for>{label.into()}</label>{a.hint}{a.error}
            <select class="input" id=id name=name aria-invalid=a.invalid aria-describedby=a.described>{options}</select>
        </div>
    }
    .into_any()
}

/// One radio (`kind` "radio") or checkbox ("checkbox") with its words; chosen when the form remembers its value.
#[must_use]
pub fn pick(
    kind: &'static str,
    name: impl Into<String>,
    value: impl Into<String>,
    label: impl Into<String>,
    hint: impl Into<String>,
    form: &FormState,
) -> AnyView {
    let (name, value, hint) = (name.into(), value.into(), hint.into());
    let checked = form.value(&name) == value;
    let hint = (!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> });
    view! { <label class="pick"><input type=kind name=name value=value checked=checked/><span><b>{label.into()}</b>{hint}</span></label> }
        .into_any()
}

/// A group of radios or checkboxes under one question; the first thing in it takes the id of the field, for the summary.
#[must_use]
pub fn group(name: &'static str, legend: impl Into<String>, picks: Vec<AnyView>, form: &FormState) -> AnyView {
    let a = around(name, "", form);
    view! {
        <fieldset class=a.class id=name tabindex="-1" aria-describedby=a.described><legend>{legend.into()}</legend>{a.error}<div>{picks}</div></fieldset>
    }
    .into_any()
}

/// A hidden field.
#[must_use]
pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> AnyView {
    view! { <input type="hidden" name=name.into() value=value.into()/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_area_cannot_be_closed_by_what_is_typed() {
        let mut form = FormState::default();
        form.values.insert("note".to_owned(), "a & b </textarea><script>x</script>".to_owned());
        let html = text("note", "Nota", "", Kind::AREA, &form).to_html();
        assert!(html.contains("a &amp; b &lt;/textarea>&lt;script>x"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1);
    }

    #[test]
    fn a_line_feed_at_the_beginning_stays() {
        assert_eq!(in_textarea("\na"), "\n\na");
    }
}
