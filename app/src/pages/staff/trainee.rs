//! One trainee on the desk: where she stands, what staff attested, her certificate, her sign-in.

use super::{trainee_access, trainee_facts};
use crate::features::form::FormState;
use crate::features::people::TraineeDesk;
use crate::format;
use crate::texts::Texts;
use crate::ui::{field, form as forms, icon, message, requirements};
use leptos::prelude::*;

/// The page `/staff/enrolments/{id}`.
#[must_use]
pub fn trainee(t: Texts, model: &TraineeDesk, form: &FormState) -> AnyView {
    view! {
        <div class="wrap stack">
            <div><p class="soft small">{model.programme.clone()}</p><h1>{model.name.clone()}</h1></div>
            {forms::summary(t, form)}
            {trainee_access::fresh_code(t, model)}
            {trainee_access::fresh_card(t, model)}
            {stats(t, model)}
            <div class="grid split">
                <div class="stack">
                    <section class="stack" aria-labelledby="gate">
                        <h2 id="gate">{t.person_requirements()}</h2>{requirements::list(t, &model.requirements, requirements::Voice::Desk)}
                    </section>
                    {trainee_facts::facts(t, model)}
                    {trainee_facts::verify(t, form)}
                </div>
                <div class="grid">{certificate(t, model)}{trainee_access::access(t)}{details(t, model)}</div>
            </div>
        </div>
    }
    .into_any()
}

fn stats(t: Texts, model: &TraineeDesk) -> AnyView {
    let (confirmed, provisional, required, attributed) = model.hours;
    view! {
        <dl class="stats">
            <div><dt>{t.person_confirmed(format::duration(required))}</dt><dd>{format::duration(confirmed)}</dd></div>
            <div><dt>{t.person_provisional()}</dt><dd>{format::duration(provisional)}</dd></div>
            <div><dt>{t.person_attributed()}</dt><dd>{format::duration(attributed)}</dd></div>
        </dl>
        <p><a class="btn alt" href=format!("/staff/enrolments/{}/hours", model.enrolment)>{icon("clock")}{t.person_adjust()}</a></p>
    }
    .into_any()
}

fn certificate(t: Texts, model: &TraineeDesk) -> AnyView {
    let inside = match (&model.certificate, &model.may_issue) {
        (Some((number, href)), _) => {
            view! { <p>{t.person_has(number)}</p><a class="btn alt full" href=href.clone()>{t.person_see()}</a> }.into_any()
        }
        (None, Ok(())) => view! {
            <p><b>{t.person_may()}</b></p><p>{t.person_may_text()}</p>
            <form method="post">{field::hidden("action", "issue")}<button class="btn full">{icon("award")}{t.person_issue()}</button></form>
        }
        .into_any(),
        (None, Err(reason)) => message::alert("warn", "warn", t.person_may_not(), reason.clone()),
    };
    view! { <section class="card" aria-labelledby="certificate"><h2 id="certificate">{t.person_certificate()}</h2>{inside}</section> }
        .into_any()
}

fn details(t: Texts, model: &TraineeDesk) -> AnyView {
    let birth = model.birth.map_or_else(|| t.person_unknown().to_owned(), |day| format::date(t, day));
    let phone = model.phone.clone().unwrap_or_else(|| t.person_unknown().to_owned());
    let (cohort, title) = &model.cohort;
    view! {
        <section class="stack" aria-labelledby="details">
            <h2 id="details">{t.person_details()}</h2>
            <dl class="dl">
                <div><dt>{t.person_document()}</dt><dd>{model.document.clone()}</dd></div>
                <div><dt>{t.person_birth()}</dt><dd>{birth}</dd></div>
                <div><dt>{t.person_phone()}</dt><dd>{phone}</dd></div>
                <div><dt>{t.person_cohort()}</dt><dd><a href=format!("/staff/cohorts/{cohort}")>{title.clone()}</a></dd></div>
            </dl>
        </section>
    }
    .into_any()
}
