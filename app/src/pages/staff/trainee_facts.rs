//! What staff attested of a trainee, and attesting something.

use crate::features::form::FormState;
use crate::features::people::{FactRow, TraineeDesk};
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{icon, message};
use domain::curriculum::RequirementKind;
use leptos::prelude::*;

/// What staff can attest, with the value that the form sends.
const ATTESTED: [(RequirementKind, &str); 3] =
    [(RequirementKind::Identity, "identity"), (RequirementKind::Record, "record"), (RequirementKind::Backing, "backing")];

fn name(t: Texts, kind: RequirementKind) -> &'static str {
    match kind {
        RequirementKind::Identity => t.person_fact_identity(),
        RequirementKind::Adult => t.person_fact_adult(),
        RequirementKind::Record => t.person_fact_record(),
        RequirementKind::Backing => t.person_fact_backing(),
        RequirementKind::Minutes => t.person_fact_minutes(),
        RequirementKind::Modules => t.person_fact_modules(),
        RequirementKind::Sessions => t.person_fact_sessions(),
        RequirementKind::Evaluations => t.person_fact_evaluations(),
    }
}

/// What is on record.
pub(super) fn facts(t: Texts, model: &TraineeDesk) -> AnyView {
    let list = if model.facts.is_empty() {
        view! { <p class="soft">{t.person_facts_none()}</p> }.into_any()
    } else {
        view! { <ul class="items">{model.facts.iter().map(|row| fact(t, row)).collect_view()}</ul> }.into_any()
    };
    view! { <section class="stack" aria-labelledby="facts"><h2 id="facts">{t.person_facts()}</h2>{list}</section> }.into_any()
}

fn fact(t: Texts, row: &FactRow) -> AnyView {
    let (symbol, badge) = if row.met {
        ("check", message::badge("ok", "", t.person_fact_met()))
    } else {
        ("x", message::badge("halt", "", t.person_fact_unmet()))
    };
    let expires = row.expires.map(|day| view! { " "{t.person_fact_expires(format::date(t, day))} });
    view! {
        <li>
            {icon(symbol)}<span><b>{name(t, row.kind)}</b>" "{badge}</span>
            <span class="soft small">{t.person_fact_source(format::date(t, row.on), &row.source, &row.verifier)}{expires}</span>
        </li>
    }
    .into_any()
}

/// The form that records a verification.
pub(super) fn verify(t: Texts, form: &FormState) -> AnyView {
    let kinds: Vec<_> = ATTESTED.into_iter().map(|(kind, code)| (code.to_owned(), name(t, kind).to_owned())).collect();
    let met = vec![
        field::pick("radio", "met", "yes", t.person_fact_met(), "", form),
        field::pick("radio", "met", "no", t.person_fact_unmet(), "", form),
    ];
    view! {
        <section class="card" aria-labelledby="verify">
            <h2 id="verify">{t.person_verify()}</h2>
            <p>{t.person_verify_text()}</p>
            <form class="stack" method="post">
                {field::hidden("action", "verify")}
                {field::select("kind", t.person_verify_kind(), "", &kinds, form)}
                {field::group("met", t.person_verify_met(), met, form)}
                {field::text("source", t.person_verify_source(), t.person_verify_source_hint(), Kind::PLAIN, form)}
                {field::text("on", t.person_verify_on(), "", Kind::DATE, form)}
                <button class="btn">{t.person_verify_save()}</button>
            </form>
        </section>
    }
    .into_any()
}
