//! Her certificate, or what is missing for it.

use super::count;
use crate::features::certification::{CertificatePage, IssuedLinks, Standing};
use crate::format;
use crate::texts::Texts;
use crate::ui::icon;
use crate::ui::requirements::{self, Voice};
use domain::certification::{Requirement, RequirementState};
use leptos::prelude::*;

/// The page at `/certificate`.
#[must_use]
pub fn certificate(t: Texts, model: &CertificatePage) -> AnyView {
    let body = match &model.issued {
        Some(issued) => self::issued(t, issued),
        None => missing(t, &model.requirements),
    };
    view! { <div class="wrap read stack">{body}</div> }.into_any()
}

struct Look {
    class: &'static str,
    symbol: &'static str,
    title: &'static str,
    text: Option<String>,
}

fn look(t: Texts, standing: &Standing) -> Look {
    let with = |class, symbol, title, text| Look { class, symbol, title, text: Some(text) };
    match standing {
        Standing::Valid => Look { class: "cert ok", symbol: "check", title: t.diploma_valid(), text: None },
        Standing::Suspended { on } => with("cert warn", "clock", t.diploma_suspended(), t.diploma_suspended_text(format::date(t, *on))),
        Standing::Revoked { on, .. } => with("cert halt", "x", t.diploma_revoked(), t.diploma_revoked_text(format::date(t, *on))),
        Standing::Expired { on } => with("cert warn", "clock", t.diploma_expired(), t.diploma_expired_text(format::date(t, *on))),
        Standing::Superseded { by } => with("cert warn", "info", t.diploma_superseded(), t.diploma_superseded_text(by)),
    }
}

fn issued(t: Texts, links: &IssuedLinks) -> AnyView {
    let Look { class, symbol, title, text } = look(t, &links.standing);
    let (woven, button) = if links.standing == Standing::Valid { ("url(#w-full)", "btn") } else { ("url(#w-none)", "btn alt") };
    let (file, size) = &links.archive;
    view! {
        <h1>{t.diploma_title()}</h1>
        <article class=class aria-labelledby="estado">
            <svg class="selvage" viewBox="0 0 2400 40" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><path d="M0 0h2400v40H0z" fill=woven/></svg>
            <h2 class="state" id="estado">{icon(symbol)}{title}</h2>
            {text.map(|text| view! { <p>{text}</p> })}
            {facts(t, links)}
            <div class="row"><a class=button href=file.clone()>{t.diploma_download()}</a><span class="soft small">{t.diploma_size(format::kilobytes(*size))}</span></div>
            <p><a class="go" href=links.accessible.0.clone()>{t.diploma_accessible()}</a>" "<span class="soft small">{t.diploma_size(format::kilobytes(links.accessible.1))}</span></p>
            <p class="soft small">{t.diploma_note()}</p>
        </article>
    }
    .into_any()
}

fn facts(t: Texts, links: &IssuedLinks) -> AnyView {
    let why = match &links.standing {
        Standing::Revoked { reason, authority, .. } => Some(view! {
            <div><dt>{t.diploma_reason()}</dt><dd>{reason.clone()}</dd></div><div><dt>{t.diploma_authority()}</dt><dd>{authority.clone()}</dd></div>
        }),
        Standing::Valid | Standing::Suspended { .. } | Standing::Expired { .. } | Standing::Superseded { .. } => None,
    };
    view! {
        <dl class="dl">{why}
            <div><dt>{t.diploma_number()}</dt><dd>{links.number.clone()}</dd></div>
            <div><dt>{t.diploma_public()}</dt><dd><a href=links.verify.clone()>{t.diploma_public_link()}</a></dd></div>
        </dl>
    }
    .into_any()
}

fn missing(t: Texts, all: &[Requirement]) -> AnyView {
    let (lacking, held): (Vec<Requirement>, Vec<Requirement>) =
        all.iter().cloned().partition(|requirement| matches!(requirement.state, RequirementState::Missing { .. }));
    let lead = if lacking.is_empty() { t.diploma_ready_lead().to_owned() } else { t.diploma_none_lead(count(lacking.len())) };
    let section = |id: &'static str, title: &'static str, list: &[Requirement]| {
        (!list.is_empty()).then(|| {
            view! { <section class="stack" aria-labelledby=id><h2 id=id>{title}</h2>{requirements::list(t, list, Voice::Her)}</section> }
        })
    };
    view! {
        <h1>{t.diploma_title()}<span class="lead">{lead}</span></h1>
        {section("faltan", t.diploma_missing(), &lacking)}
        {section("listos", t.diploma_met(), &held)}
    }
    .into_any()
}
