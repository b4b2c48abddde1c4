//! Who cites a norm, and marking all of it for review.

use super::desk::nothing;
use crate::features::authoring::NormsPage;
use crate::features::form::FormState;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{desk, form as forms, icon, message};
use leptos::prelude::*;

/// The page `/author/norms`.
#[must_use]
pub fn norms(t: Texts, model: &NormsPage, form: &FormState) -> AnyView {
    let found = (!model.query.is_empty()).then(|| found(t, model, form));
    view! {
        <div class="wrap read stack">
            <h1>{t.author_norms_title()}</h1>
            <p class="lead">{t.author_norms_lead()}</p>
            {forms::summary(t, form)}
            {model.marked.map(|count| message::alert("ok", "check", t.author_marked(desk::count(count)), t.author_marked_text()))}
            {search(t, model)}
            {found}
        </div>
    }
    .into_any()
}

fn search(t: Texts, model: &NormsPage) -> AnyView {
    let options =
        model.norms.iter().map(|(norm, count)| view! { <option value=norm.clone()>{t.author_cited(desk::count(*count))}</option> });
    view! {
        <form class="filters" role="search" method="get" action="/author/norms">
            <div class="field"><label for="q">{t.author_norm_search()}</label><span class="hint" id="q-h">{t.author_norm_search_hint()}</span>
                <input class="input" id="q" name="q" type="search" list="normas" value=model.query.clone() aria-describedby="q-h"/>
                <datalist id="normas">{options.collect_view()}</datalist></div>
            <div class="row"><button class="btn alt">{icon("search")}{t.author_norm_find()}</button></div>
        </form>
    }
    .into_any()
}

fn found(t: Texts, model: &NormsPage, form: &FormState) -> AnyView {
    if model.found.is_empty() {
        return nothing(t.author_norms_none());
    }
    let row = |(href, title, norms, mentions): &(String, String, Vec<String>, usize)| {
        let mentions = (*mentions > 0).then(|| t.author_mentions(desk::count(*mentions)));
        view! { <li>{icon("book")}<b><a href=href.clone()>{title.clone()}</a></b><span class="soft">{norms.join("; ")}" "{mentions}</span></li> }
    };
    view! {
        <section class="stack" aria-labelledby="found">
            <h2 id="found">{t.author_found(desk::count(model.found.len()))}</h2>
            <form class="card stack" method="post">
                {field::hidden("norm", model.query.clone())}
                {field::text("note", t.author_mark_note(), t.author_mark_note_hint(), Kind { longest: 300, ..Kind::AREA }, form)}
                <button class="btn">{icon("flag")}{t.author_mark_go(desk::count(model.found.len()))}</button>
            </form>
            <ul class="items">{model.found.iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}
