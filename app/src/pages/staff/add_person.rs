//! Adding a person.

use crate::features::form::FormState;
use crate::features::people::AddPerson;
use crate::texts::Texts;
use crate::ui::{desk, form as forms};
use leptos::prelude::*;

/// The page `/staff/people`.
#[must_use]
pub fn add_person(t: Texts, model: &AddPerson, form: &FormState) -> AnyView {
    view! {
        <div class="wrap read stack">
            <h1>{t.add_title()}</h1>
            {forms::summary(t, form)}
            <p class="lead">{t.add_lead()}</p>
            <form class="grid" method="post">{desk::person_fields(t, model, form)}<button class="btn full">{t.add_save()}</button></form>
        </div>
    }
    .into_any()
}
