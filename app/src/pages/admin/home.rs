//! People with their roles, search, adding a person, the installation.

use crate::features::form::FormState;
use crate::features::people::{AdminHome, PersonRow};
use crate::texts::Texts;
use crate::ui::{desk, field, form as forms, icon, message};
use leptos::prelude::*;

/// The page `/admin`.
#[must_use]
pub fn home(t: Texts, model: &AdminHome, form: &FormState) -> AnyView {
    view! {
        <div class="wrap stack">
            <div><h1>{t.admin_title()}</h1><p class="soft">{t.admin_lead(i64::from(model.total))}</p></div>
            {forms::summary(t, form)}
            {add(t, model, form)}
            <h2>{t.admin_results()}</h2>
            {desk::search(t, "/admin".to_owned(), &model.query)}
            {people(t, model)}
            {installation(t, model)}
        </div>
    }
    .into_any()
}

fn add(t: Texts, model: &AdminHome, form: &FormState) -> AnyView {
    view! {
        <details class="fold" open=!form.errors.is_empty()>
            <summary>{t.admin_add()}</summary>
            <form class="grid read" method="post">
                {field::hidden("action", "add")}
                <p class="soft">{t.add_lead()}</p>
                {desk::person_fields(t, &model.add, form)}
                <button class="btn full">{t.add_save()}</button>
            </form>
        </details>
    }
    .into_any()
}

fn people(t: Texts, model: &AdminHome) -> AnyView {
    if model.people.is_empty() {
        return message::empty(t.admin_none(&model.query), t.admin_none_text(), None);
    }
    let shown = desk::count(model.people.len());
    let words = if model.query.is_empty() { t.admin_shown(shown) } else { t.admin_found(shown, &model.query) };
    let some = !model.query.is_empty() || shown < i64::from(model.total);
    view! {
        {some.then(|| view! { <p role="status">{words}</p> })}
        <ul class="items">{model.people.iter().map(|row| person(t, row)).collect_view()}</ul>
    }
    .into_any()
}

fn person(t: Texts, row: &PersonRow) -> AnyView {
    let roles = row
        .roles
        .iter()
        .map(|(role, districts)| {
            let place = if districts.is_empty() { t.desk_everywhere().to_owned() } else { districts.join(", ") };
            view! { <span><b>{desk::role(t, *role)}</b>": "{place}</span> }
        })
        .collect_view();
    let none = row.roles.is_empty().then(|| view! { <span>{message::badge("", "", t.admin_no_role())}</span> });
    view! {
        <li>{icon("person")}<b>{row.name.clone()}</b><span class="soft small">{row.document.clone()}</span>{roles}{none}</li>
    }
    .into_any()
}

fn installation(t: Texts, model: &AdminHome) -> Option<AnyView> {
    let rows =
        model.installation.iter().map(|(term, said)| view! { <div><dt>{term.clone()}</dt><dd>{said.clone()}</dd></div> }).collect_view();
    (!model.installation.is_empty()).then(|| {
        view! { <section class="stack" aria-labelledby="installation"><h2 id="installation">{t.admin_installation()}</h2><dl class="dl">{rows}</dl></section> }.into_any()
    })
}
