//! One certificate on the desk: as a stranger sees it, its history, a change of its state.

use super::certificate_change::change;
use crate::features::certification::{CertificateDesk, PublicCertificate, Standing};
use crate::features::form::FormState;
use crate::format;
use crate::texts::Texts;
use crate::ui::{desk, form as forms, icon};
use leptos::prelude::*;

/// The page `/staff/certificates/{number}`.
#[must_use]
pub fn certificate(t: Texts, model: &CertificateDesk, form: &FormState) -> AnyView {
    let public = &model.public;
    view! {
        <div class="wrap stack">
            <div class="row end"><h1>{t.certificate_title()}" "<span class="nowrap">{public.number.clone()}</span></h1>{desk::standing(t, &public.standing)}</div>
            {forms::summary(t, form)}
            <div class="grid split">
                <div class="stack">
                    {facts(t, public)}
                    <p><a class="btn alt" href=model.verify.clone()>{t.certificate_public()}</a></p>
                    {history(t, model)}
                </div>
                {change(t, model, form)}
            </div>
        </div>
    }
    .into_any()
}

fn pair(term: &'static str, said: impl Into<String>) -> AnyView {
    view! { <div><dt>{term}</dt><dd>{said.into()}</dd></div> }.into_any()
}

fn facts(t: Texts, public: &PublicCertificate) -> AnyView {
    let (from, to) = public.dates;
    let (on, place) = &public.issued;
    let revoked = match &public.standing {
        Standing::Revoked { reason, authority, .. } => {
            Some(vec![pair(t.certificate_reason(), reason), pair(t.certificate_authority(), authority)])
        }
        Standing::Valid | Standing::Suspended { .. } | Standing::Expired { .. } | Standing::Superseded { .. } => None,
    };
    view! {
        <dl class="dl">
            {revoked}
            {pair(t.certificate_holder(), &public.holder)}
            {pair(t.certificate_document(), &public.document)}
            {pair(t.certificate_programme(), &public.programme)}
            {pair(t.certificate_hours(), &public.hours)}
            {public.grade.map(|grade| pair(t.certificate_grade(), t.releases_grade(format::grade(grade))))}
            {pair(t.certificate_dates(), t.staff_dates(format::date(t, from), format::date(t, to)))}
            {pair(t.certificate_issued(), t.certificate_issued_at(format::date(t, *on), place))}
            {pair(t.certificate_issuer(), &public.issuer)}
        </dl>
    }
    .into_any()
}

fn history(t: Texts, model: &CertificateDesk) -> AnyView {
    let events = model
        .events
        .iter()
        .map(|(at, what, who, reason)| {
            let reason = (!reason.is_empty()).then(|| view! { <span>{reason.clone()}</span> });
            let line = t.certificate_event(format::moment(t, *at), who);
            view! { <li>{icon("clock")}<b>{what.clone()}</b>{reason}<span class="soft small">{line}</span></li> }
        })
        .collect_view();
    let list = if model.events.is_empty() {
        view! { <p class="soft">{t.certificate_history_none()}</p> }.into_any()
    } else {
        view! { <ul class="items">{events}</ul> }.into_any()
    };
    view! { <section class="stack" aria-labelledby="history"><h2 id="history">{t.certificate_history()}</h2>{list}</section> }.into_any()
}
