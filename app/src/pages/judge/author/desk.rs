//! The desk of content: what waits, and the modules.

use super::draft_item;
use crate::features::authoring::{ContentDesk, DraftState, MarkRow};
use crate::features::form::FormState;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{desk, form as forms, icon, message};
use leptos::prelude::*;

/// The page `/author`.
#[must_use]
pub fn content_desk(t: Texts, model: &ContentDesk, form: &FormState) -> AnyView {
    view! {
        <div class="wrap stack">
            <div class="row end"><h1>{t.author_title()}</h1><p><a class="btn alt" href="/author/norms">{icon("search")}{t.author_norms_go()}</a></p></div>
            <p class="lead">{t.author_lead()}</p>
            {forms::summary(t, form)}
            <div class="grid split">
                <div class="stack">{waiting(t, model)}{modules(t, model)}</div>
                <div class="stack">{mine(t, model)}{stale(t, model)}{marks(t, model, form)}</div>
            </div>
        </div>
    }
    .into_any()
}

fn waiting(t: Texts, model: &ContentDesk) -> AnyView {
    let list = if model.waiting.is_empty() {
        view! { <p class="soft">{t.author_waiting_none()}</p> }.into_any()
    } else {
        let rows = model.waiting.iter().map(|row| draft_item(t, row, format!("/author/drafts/{}/review", row.id), true)).collect_view();
        view! { <ul class="items">{rows}</ul> }.into_any()
    };
    view! { <section class="stack" aria-labelledby="waiting"><h2 id="waiting">{t.author_waiting()}</h2>{list}</section> }.into_any()
}

fn mine(t: Texts, model: &ContentDesk) -> Option<AnyView> {
    let href = |row: &crate::features::authoring::DraftRow| match row.state {
        DraftState::Draft => format!("/author/drafts/{}", row.id),
        _ => format!("/author/drafts/{}/review", row.id),
    };
    let rows = model.mine.iter().map(|row| draft_item(t, row, href(row), false)).collect_view();
    let list = if model.mine.is_empty() {
        view! { <p class="soft">{t.author_mine_none()}</p> }.into_any()
    } else {
        view! { <ul class="items">{rows}</ul> }.into_any()
    };
    model
        .writes
        .then(|| view! { <section class="stack" aria-labelledby="mine"><h2 id="mine">{t.author_mine()}</h2>{list}</section> }.into_any())
}

fn modules(t: Texts, model: &ContentDesk) -> AnyView {
    let row = |(href, title, lessons, questions, scenarios): &(String, String, usize, usize, usize)| {
        let counts = [
            t.author_count_lessons(desk::count(*lessons)),
            t.author_count_questions(desk::count(*questions)),
            t.author_count_scenarios(desk::count(*scenarios)),
        ];
        view! { <li>{icon("book")}<b><a href=href.clone()>{title.clone()}</a></b><span class="soft">{counts.join(", ")}</span></li> }
    };
    view! {
        <section class="stack" aria-labelledby="modules">
            <h2 id="modules">{t.author_modules()}</h2><ul class="items">{model.modules.iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn stale(t: Texts, model: &ContentDesk) -> Option<AnyView> {
    let row = |(href, title): &(String, String)| view! { <li>{icon("clock")}<b><a href=href.clone()>{title.clone()}</a></b></li> };
    (!model.stale.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="stale">
                <h2 id="stale">{t.author_stale()}</h2><p class="soft">{t.author_stale_text()}</p>
                <ul class="items">{model.stale.iter().map(row).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn marks(t: Texts, model: &ContentDesk, form: &FormState) -> Option<AnyView> {
    let row = |mark: &MarkRow| {
        let settle = model.writes.then(|| settle(t, mark, form));
        view! {
            <li>
                {icon("flag")}<b><a href=mark.href.clone()>{mark.title.clone()}</a></b>
                <span>{t.author_mark(&mark.norm)}</span><span class="soft">{mark.note.clone()}</span>{settle}
            </li>
        }
    };
    (!model.marks.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="marks">
                <h2 id="marks">{t.author_marks()}</h2><ul class="items">{model.marks.iter().map(row).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn settle(t: Texts, mark: &MarkRow, form: &FormState) -> AnyView {
    let mine = form.value("mark") == mark.id;
    let form = if mine { form.clone() } else { FormState::default() };
    view! {
        <details class="fold" open=mine>
            <summary>{t.author_settle()}</summary>
            <form class="stack" method="post">
                {field::hidden("do", "settle")}{field::hidden("mark", mark.id.clone())}
                {field::text("note", t.author_settle_note(), "", Kind { longest: 300, ..Kind::PLAIN }, &form)}
                <button class="btn alt">{t.author_settle_go()}</button>
            </form>
        </details>
    }
    .into_any()
}

/// An empty list that says what will come.
pub(super) fn nothing(words: &'static str) -> AnyView {
    message::empty(words, "", None)
}
