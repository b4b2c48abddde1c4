//! A random sample of trainees that anybody can draw again, and their dossiers.

use crate::features::form::FormState;
use crate::features::hours::audit::{Drawn, SamplePage};
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{desk, form as forms, icon, message};
use leptos::prelude::*;

/// The page `/audit/sample`.
#[must_use]
pub fn sample(t: Texts, model: &SamplePage, form: &FormState) -> AnyView {
    let everybody = std::iter::once((String::new(), t.sample_everybody().to_owned()));
    let from: Vec<_> = everybody.chain(model.from.iter().cloned()).collect();
    let hint = t.sample_number_hint(model.most);
    view! {
        <div class="wrap read stack">
            <h1>{t.sample_title()}</h1>
            {forms::summary(t, form)}
            <p class="lead">{t.sample_lead()}</p>
            <form class="stack" method="get" action="/audit/sample">
                {field::text("seed", t.sample_seed(), t.sample_seed_hint(), Kind { longest: 100, ..Kind::PLAIN }, form)}
                {field::text("number", t.sample_number(), hint, Kind { longest: 2, ..Kind::DIGITS }, form)}
                {field::select("from", t.sample_from(), "", &from, form)}
                <button class="btn">{t.sample_draw()}</button>
            </form>
            {model.drawn.as_ref().map(|drawn| list(t, drawn, &model.file))}
        </div>
    }
    .into_any()
}

fn list(t: Texts, drawn: &[Drawn], file: &str) -> AnyView {
    if drawn.is_empty() {
        return message::empty(t.sample_none(), t.sample_none_text(), None);
    }
    let rows = drawn
        .iter()
        .map(|row| {
            let href = format!("/audit/enrolments/{}", row.enrolment);
            view! { <tr><th scope="row"><a href=href>{row.name.clone()}</a></th><td>{row.cohort.clone()}</td></tr> }
        })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="drawn">
            <h2 id="drawn">{t.sample_drawn()}</h2>
            <p><a class="btn" href=file.to_owned() download>{icon("cloud")}{t.sample_file()}</a></p>
            <p class="soft small">{t.sample_file_text()}</p>
            <table>
                <caption>{t.sample_caption(desk::count(drawn.len()))}</caption>
                <thead><tr><th scope="col">{t.sample_name()}</th><th scope="col">{t.sample_cohort()}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}
