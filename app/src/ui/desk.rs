//! What several desks show alike: roles, the standing of a certificate, searching, the fields of a new person.

use crate::features::certification::Standing;
use crate::features::form::FormState;
use crate::features::people::AddPerson;
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::message;
use domain::access::Role;
use domain::identity::DocumentKind;
use leptos::prelude::*;

/// A number of things as the texts count them.
#[must_use]
pub fn count(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// A role in words.
#[must_use]
pub fn role(t: Texts, role: Role) -> &'static str {
    match role {
        Role::Trainee => t.desk_role_trainee(),
        Role::Judge => t.desk_role_judge(),
        Role::Staff => t.desk_role_staff(),
        Role::Auditor => t.desk_role_auditor(),
        Role::Admin => t.desk_role_admin(),
    }
}

/// Where a certificate stands: a badge, and since when or by what.
#[must_use]
pub fn standing(t: Texts, standing: &Standing) -> AnyView {
    let since = |day| Some(t.desk_since(format::date(t, day)));
    let (kind, symbol, words, detail) = match standing {
        Standing::Valid => ("ok", "check", t.desk_valid(), None),
        Standing::Suspended { on } => ("warn", "clock", t.desk_suspended(), since(*on)),
        Standing::Revoked { on, .. } => ("halt", "x", t.desk_revoked(), since(*on)),
        Standing::Expired { on } => ("warn", "clock", t.desk_expired(), since(*on)),
        Standing::Superseded { by } => ("info", "info", t.desk_superseded(), Some(t.desk_by(by))),
    };
    let detail = detail.map(|detail| view! { " "<span class="small">{detail}</span> });
    view! { <span>{message::badge(kind, symbol, words)}{detail}</span> }.into_any()
}

/// Search by name or document: asks this page again with `q`; `here` is the page without a search.
#[must_use]
pub fn search(t: Texts, here: String, query: &str) -> AnyView {
    let query = query.to_owned();
    let clear = (!query.is_empty()).then(|| view! { <a class="btn bare" href=here.clone()>{t.desk_clear()}</a> });
    view! {
        <form class="filters" role="search" method="get" action=here.clone()>
            <div class="field"><label for="q">{t.desk_search()}</label><input class="input" id="q" name="q" type="search" value=query/></div>
            <div class="row"><button class="btn alt">{t.desk_filter()}</button>{clear}</div>
        </form>
    }
    .into_any()
}

/// The fields of a new person, without the form and its button.
#[must_use]
pub fn person_fields(t: Texts, model: &AddPerson, form: &FormState) -> AnyView {
    view! {
        <fieldset class="stack"><legend><h2>{t.add_who()}</h2></legend>{identity(t, form)}</fieldset>
        <fieldset class="stack"><legend><h2>{t.add_contact()}</h2></legend>{contact(t, form)}</fieldset>
        <fieldset class="stack"><legend><h2>{t.add_place()}</h2></legend>{place(t, model, form)}</fieldset>
    }
    .into_any()
}

fn identity(t: Texts, form: &FormState) -> AnyView {
    let kinds: Vec<_> = DocumentKind::ALL.into_iter().map(|kind| (kind.name().to_owned(), document_kind(t, kind).to_owned())).collect();
    view! {
        {field::select("kind", t.add_kind(), "", &kinds, form)}
        {field::text("number", t.add_number(), "", Kind { class: "num", longest: 20, ..Kind::PLAIN }, form)}
        {field::text("given_names", t.add_given(), "", Kind::PLAIN, form)}
        {field::text("paternal_surname", t.add_paternal(), "", Kind::PLAIN, form)}
        {field::text("maternal_surname", t.add_maternal(), t.add_maternal_hint(), Kind::PLAIN, form)}
        {field::text("birth_date", t.add_birth(), "", Kind::DATE, form)}
    }
    .into_any()
}

fn document_kind(t: Texts, kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Dni => t.add_kind_dni(),
        DocumentKind::Ce => t.add_kind_ce(),
        DocumentKind::Ptp => t.add_kind_ptp(),
        DocumentKind::Passport => t.add_kind_passport(),
    }
}

fn contact(t: Texts, form: &FormState) -> AnyView {
    view! {
        {field::text("phone", t.add_phone(), t.add_phone_hint(), Kind { input: "tel", mode: "tel", class: "num", ..Kind::PLAIN }, form)}
        {field::text("email", t.add_email(), t.add_email_hint(), Kind { input: "email", mode: "email", ..Kind::PLAIN }, form)}
    }
    .into_any()
}

fn place(t: Texts, model: &AddPerson, form: &FormState) -> AnyView {
    let roles: Vec<_> = model.roles.iter().map(|r| (r.code().to_owned(), role(t, *r).to_owned())).collect();
    let with_none = |list: &[(String, String)]| {
        let none = (String::new(), t.add_unchosen().to_owned());
        std::iter::once(none).chain(list.iter().cloned()).collect::<Vec<_>>()
    };
    let cohort =
        (!model.cohorts.is_empty()).then(|| field::select("cohort", t.add_cohort(), t.add_cohort_hint(), &with_none(&model.cohorts), form));
    let district = (!model.districts.is_empty())
        .then(|| field::select("district", t.add_district(), t.add_district_hint(), &with_none(&model.districts), form));
    view! { {field::select("role", t.add_role(), "", &roles, form)}{cohort}{district} }.into_any()
}
