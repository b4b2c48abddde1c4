//! A module: its lessons by language, its bank, its cases, and what can be begun.

use super::{draft_item, language};
use crate::features::authoring::{ContentLesson, ContentModule, ContentQuestion, DraftState, VersionRow};
use crate::features::form::FormState;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{form as forms, icon, message};
use leptos::prelude::*;

/// The page `/author/modules/{id}`.
#[must_use]
pub fn content_module(t: Texts, model: &ContentModule, form: &FormState) -> AnyView {
    view! {
        <div class="wrap stack">
            <h1>{model.title.clone()}</h1>
            {forms::summary(t, form)}
            {drafts(t, model)}
            <div class="grid split">
                <div class="stack">{lessons(t, model)}{questions(t, model)}{scenarios(t, model)}</div>
                {model.writes.then(|| begin(t, form))}
            </div>
        </div>
    }
    .into_any()
}

fn drafts(t: Texts, model: &ContentModule) -> Option<AnyView> {
    let row = |row: &crate::features::authoring::DraftRow| {
        let end = if row.state == DraftState::Draft { "" } else { "/review" };
        draft_item(t, row, format!("/author/drafts/{}{end}", row.id), true)
    };
    (!model.drafts.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="drafts">
                <h2 id="drafts">{t.author_drafts()}</h2><ul class="items">{model.drafts.iter().map(row).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// A button that posts what to do with a text.
fn act(what: &'static str, path: &str, item: &str, class: &'static str, words: AnyView) -> AnyView {
    view! {
        <form method="post">
            {field::hidden("path", path.to_owned())}{field::hidden("item", item.to_owned())}
            <button class=class name="do" value=what>{words}</button>
        </form>
    }
    .into_any()
}

fn lessons(t: Texts, model: &ContentModule) -> AnyView {
    let rows = model.lessons.iter().map(|row| lesson(t, model.writes, row)).collect_view();
    view! { <section class="stack" aria-labelledby="lessons"><h2 id="lessons">{t.author_lessons()}</h2><ul class="items">{rows}</ul></section> }
        .into_any()
}

fn lesson(t: Texts, writes: bool, row: &ContentLesson) -> AnyView {
    let versions = row.versions.iter().map(|one| version(t, writes, row, one)).collect_view();
    let withdraw = writes.then(|| {
        view! {
            <details class="fold">
                <summary>{t.author_withdraw()}</summary>
                <form class="stack" method="post">
                    <p class="small">{t.author_withdraw_text()}</p>
                    {field::hidden("path", row.source.clone())}
                    {field::text("reason", t.author_withdraw_reason(), "", Kind { longest: 300, ..Kind::PLAIN }, &FormState::default())}
                    <button class="btn stop" name="do" value="withdraw">{t.author_withdraw_go()}</button>
                </form>
            </details>
        }
    });
    view! { <li>{icon("book")}<b>{row.title.clone()}</b><div class="row">{versions}</div>{withdraw}</li> }.into_any()
}

fn version(t: Texts, writes: bool, lesson: &ContentLesson, row: &VersionRow) -> AnyView {
    let name = language(t, row.language);
    let stale = row.stale.then(|| message::badge("warn", "clock", t.author_stale_badge()));
    if !writes {
        return view! { <span>{name}" "{stale}</span> }.into_any();
    }
    if row.path.is_empty() {
        let words = view! { {t.author_translate(name)}<span class="vh">{format!(": {}", lesson.title)}</span> }.into_any();
        return act("translate", &lesson.source, "", "btn bare", words);
    }
    let words = view! { {icon("pen")}{t.author_edit(name)}<span class="vh">{format!(": {}", lesson.title)}</span> }.into_any();
    let follows = row.stale.then(|| act("follows", &row.path, "", "btn bare", t.author_follows().into_any()));
    view! { {act("edit", &row.path, "", "btn alt", words)}{stale}{follows} }.into_any()
}

fn questions(t: Texts, model: &ContentModule) -> AnyView {
    let row = |one: &ContentQuestion| {
        let critical = one.critical.then(|| message::badge("halt", "warn", t.author_critical()));
        let edit = model.writes.then(|| {
            let words = view! { {icon("pen")}{t.author_edit_question()}<span class="vh">{format!(": {}", one.prompt)}</span> }.into_any();
            act("edit", &one.path, &one.id, "btn bare", words)
        });
        view! { <li>{icon("check")}<span>{one.prompt.clone()}</span><div class="row">{critical}{edit}</div></li> }
    };
    view! {
        <section class="stack" aria-labelledby="questions">
            <h2 id="questions">{t.author_questions()}</h2>
            <details class="fold" open=model.questions.len() < 12>
                <summary>{t.author_count_questions(crate::ui::desk::count(model.questions.len()))}</summary>
                <ul class="items">{model.questions.iter().map(row).collect_view()}</ul>
            </details>
        </section>
    }
    .into_any()
}

fn scenarios(t: Texts, model: &ContentModule) -> AnyView {
    let row = |(path, title): &(String, String)| {
        let words = view! { {icon("pen")}{t.author_edit_case()}<span class="vh">{format!(": {title}")}</span> }.into_any();
        let edit = model.writes.then(|| act("edit", path, "", "btn bare", words));
        view! { <li>{icon("people")}<b>{title.clone()}</b><div class="row">{edit}</div></li> }
    };
    let list = if model.scenarios.is_empty() {
        view! { <p class="soft">{t.author_scenarios_none()}</p> }.into_any()
    } else {
        view! { <ul class="items">{model.scenarios.iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! { <section class="stack" aria-labelledby="scenarios"><h2 id="scenarios">{t.author_scenarios()}</h2>{list}</section> }.into_any()
}

fn begin(t: Texts, form: &FormState) -> AnyView {
    view! {
        <section class="card stack" aria-labelledby="begin">
            <h2 id="begin">{t.author_begin()}</h2>
            <form method="post"><button class="btn full" name="do" value="new-question">{icon("plus")}{t.author_new_question()}</button></form>
            <form class="stack" method="post">
                {field::text("title", t.author_new_title(), t.author_new_title_hint(), Kind { longest: 120, ..Kind::PLAIN }, form)}
                <div class="row">
                    <button class="btn alt" name="do" value="new-lesson">{icon("plus")}{t.author_new_lesson()}</button>
                    <button class="btn alt" name="do" value="new-scenario">{icon("plus")}{t.author_new_scenario()}</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
