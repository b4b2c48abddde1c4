//! Reads and fills the form around the saver, by the names of its fields.

use crate::features::assessment::api::SentAnswer;
use domain::ids::AttemptId;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// The form of one item.
pub struct Fields {
    /// The form itself.
    pub form: HtmlFormElement,
    attempt: AttemptId,
    item: u32,
}

impl Fields {
    /// The form with this id.
    pub fn of(attempt: AttemptId, item: u32, id: &str) -> Option<Self> {
        let form = document().get_element_by_id(id)?.dyn_into().ok()?;
        Some(Self { form, attempt, item })
    }

    fn all<T: JsCast>(&self, selector: &str) -> Vec<T> {
        let Ok(found) = self.form.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
    }

    fn one(&self, selector: &str) -> Option<HtmlInputElement> {
        self.form.query_selector(selector).ok().flatten()?.dyn_into().ok()
    }

    fn inputs(&self, selector: &str) -> Vec<HtmlInputElement> {
        self.all(selector)
    }

    /// Rows with a choice of their own, in their order.
    fn rows(&self) -> Vec<HtmlSelectElement> {
        self.all("select[name=option]")
    }

    fn area(&self) -> Option<HtmlTextAreaElement> {
        self.form.query_selector("[name=text]").ok().flatten()?.dyn_into().ok()
    }

    fn line(&self) -> Option<HtmlInputElement> {
        self.one("input[name=text]")
    }

    /// The answer as it stands.
    pub fn read(&self) -> SentAnswer {
        SentAnswer {
            attempt: self.attempt,
            item: self.item,
            version: self.one("[name=version]").and_then(|input| input.value().parse().ok()).unwrap_or(0),
            options: self.options(),
            text: self.area().map(|area| area.value()).or_else(|| self.line().map(|line| line.value())),
            flagged: self.one("[name=flag]").is_some_and(|input| input.checked()),
        }
    }

    fn options(&self) -> Vec<String> {
        let rows = self.rows();
        if rows.is_empty() {
            self.inputs("[name=option]:checked").iter().map(HtmlInputElement::value).collect()
        } else {
            rows.iter().map(HtmlSelectElement::value).collect()
        }
    }

    /// Whether she changed something before the saver listened: the fields differ from what the server sent.
    pub fn is_touched(&self) -> bool {
        let chosen = self.inputs("[name=option], [name=flag]").iter().any(|input| input.checked() != input.default_checked());
        let placed = self.rows().iter().any(|row| row.get_attribute("data-saved").is_some_and(|sent| sent != row.value()));
        let typed = self.line().is_some_and(|line| line.default_value() != line.value());
        chosen || placed || typed || self.area().is_some_and(|area| area.default_value().is_ok_and(|sent| sent != area.value()))
    }

    /// Writes the version that is stored now.
    pub fn set_version(&self, version: i64) {
        if let Some(input) = self.one("[name=version]") {
            input.set_value(&version.to_string());
        }
    }

    /// Puts an answer of this device into the form.
    pub fn fill(&self, answer: &SentAnswer) {
        for input in self.inputs("[name=option]") {
            input.set_checked(answer.options.contains(&input.value()));
        }
        for (row, value) in self.rows().iter().zip(&answer.options) {
            row.set_value(value);
        }
        if let Some(text) = &answer.text {
            if let Some(area) = self.area() {
                area.set_value(text);
            }
            if let Some(line) = self.line() {
                line.set_value(text);
            }
        }
        if let Some(input) = self.one("[name=flag]") {
            input.set_checked(answer.flagged);
        }
    }
}

/// Whether two answers say the same, whatever their versions.
pub fn is_same(one: &SentAnswer, other: &SentAnswer) -> bool {
    one.options == other.options && one.text == other.text && one.flagged == other.flagged
}
