//! What every form shows above its fields.

use crate::features::form::FormState;
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// The error summary: nothing while there is nothing to mend, else a link to each field.
#[must_use]
pub fn summary(t: Texts, form: &FormState) -> AnyView {
    if form.errors.is_empty() {
        return ().into_any();
    }
    let count = i64::try_from(form.errors.len()).unwrap_or(i64::MAX);
    let lines: Vec<_> = form.errors.iter().map(|error| line(&error.field, &error.message)).collect();
    let list = if lines.len() == 1 {
        view! { <span>{lines}</span> }.into_any()
    } else {
        view! { <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }.into_any()
    };
    view! { <div class="alert halt" role="alert" tabindex="-1">{icon("warn")}<b>{t.frame_errors(count)}</b>{list}</div> }.into_any()
}

fn line(field: &str, message: &str) -> AnyView {
    if field.is_empty() {
        return message.to_owned().into_any();
    }
    view! { <a href=format!("#{field}")>{message.to_owned()}</a> }.into_any()
}
