//! The account: who she is, her roles, her devices, the way out.

use crate::features::people::{Account, DeviceRow};
use crate::format;
use crate::texts::Texts;
use crate::ui::{field, icon, message};
use domain::access::Role;
use leptos::prelude::*;

/// The page at `/account`.
#[must_use]
pub fn account(t: Texts, model: &Account) -> AnyView {
    view! {
        <div class="wrap read stack">
            <h1>{t.account_title()}</h1>
            <dl class="dl">
                <div><dt>{t.account_name()}</dt><dd>{model.name.clone()}</dd></div>
                <div><dt>{t.account_document()}</dt><dd>{model.document.clone()}</dd></div>
            </dl>
            <form method="post" action="/logout"><button class="btn">{icon("exit")}{t.account_logout()}</button></form>
            {roles(t, model)}
            <section class="stack" aria-labelledby="pin"><h2 id="pin">{t.account_pin()}</h2><p>{t.account_pin_text()}</p><p class="row"><a class="btn alt" href="/pin">{t.account_pin_change()}</a></p></section>
            {devices(t, &model.devices)}
        </div>
    }
    .into_any()
}

/// The name of a role.
#[must_use]
pub fn role_name(t: Texts, role: Role) -> &'static str {
    match role {
        Role::Trainee => t.account_role_trainee(),
        Role::Judge => t.account_role_judge(),
        Role::Staff => t.account_role_staff(),
        Role::Auditor => t.account_role_auditor(),
        Role::Admin => t.account_role_admin(),
    }
}

fn roles(t: Texts, model: &Account) -> AnyView {
    let rows = model
        .roles
        .iter()
        .map(|(role, districts)| {
            let scope = if districts.is_empty() { t.account_everywhere_scope().to_owned() } else { districts.join(", ") };
            view! { <li>{icon("person")}<b><a href=role.landing()>{role_name(t, *role)}</a></b><span class="soft">{scope}</span></li> }
        })
        .collect_view();
    view! { <section class="stack" aria-labelledby="roles"><h2 id="roles">{t.account_roles()}</h2><ul class="items">{rows}</ul></section> }
        .into_any()
}

fn device(t: Texts, row: &DeviceRow) -> AnyView {
    let seen = t.account_seen(format::moment(t, row.last_seen));
    let name = row.label.clone();
    let end = if row.current {
        message::badge("ok", "check", t.account_this())
    } else {
        view! {
            <form method="post" action="/account">
                {field::hidden("action", "revoke")}{field::hidden("device", row.id.to_string())}
                <button class="btn alt">{t.account_revoke()}<span class="vh">" "{name.clone()}</span></button>
            </form>
        }
        .into_any()
    };
    view! { <li>{icon("phone")}<b>{row.label.clone()}</b><span class="soft small">{seen}</span><div class="row">{end}</div></li> }
        .into_any()
}

fn devices(t: Texts, rows: &[DeviceRow]) -> AnyView {
    let items = rows.iter().map(|row| device(t, row)).collect_view();
    view! {
        <section class="stack" aria-labelledby="devices">
            <h2 id="devices">{t.account_devices()}</h2>
            <p>{t.account_devices_text()}</p>
            <ul class="items">{items}</ul>
            <form method="post" action="/account">
                {field::hidden("action", "everywhere")}
                <button class="btn stop">{t.account_everywhere()}</button>
            </form>
            <p class="soft small">{t.account_everywhere_text()}</p>
        </section>
    }
    .into_any()
}
