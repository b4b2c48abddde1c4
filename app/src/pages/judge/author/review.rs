//! The review of a draft by another judge.

use super::{author, compare, language, result, state};
use crate::features::authoring::{DraftNote, DraftState, ReviewPage, Weight};
use crate::features::form::FormState;
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{form as forms, icon, message};
use leptos::prelude::*;

/// The page `/author/drafts/{id}/review`.
#[must_use]
pub fn review(t: Texts, model: &ReviewPage, form: &FormState) -> AnyView {
    let diff = model.diff.as_ref().map(|found| {
        view! { <section class="stack" aria-labelledby="changes"><h2 id="changes">{t.author_changes()}</h2>{compare::diff(t, found)}</section> }
    });
    let shown = (!model.shown.is_empty()).then(|| {
        let lines = |lines: &[String]| lines.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view();
        let rows = model.shown.iter().map(|(name, text)| view! { <div><dt>{name.clone()}</dt><dd>{lines(text)}</dd></div> });
        view! { <dl class="dl">{rows.collect_view()}</dl> }
    });
    let source = model.source.as_ref().map(|text| view! { <pre class="box" tabindex="0">{text.clone()}</pre> });
    view! {
        <div class="wrap stack">
            <div class="row end">
                <div><p class="soft small">{model.row.module.clone()}" · "{language(t, model.row.language)}</p><h1>{model.row.title.clone()}</h1></div>
                <p class="row">{state(t, model.row.state)}<span class="soft">{author(t, &model.row)}</span>{to_decide(t, model)}</p>
            </div>
            {forms::summary(t, form)}
            {model.overtaken.then(|| message::alert("halt", "warn", t.author_overtaken(), t.author_overtaken_review()))}
            {accept(t, model, form)}
            <div class="grid split">
                <div class="stack">
                    {diff}
                    <section class="stack" aria-labelledby="text"><h2 id="text">{t.author_review_text()}</h2>{result(t, &model.result)}{shown}{source}</section>
                </div>
                <div class="stack stick">{decide(t, model, form)}{history(t, &model.notes)}</div>
            </div>
        </div>
    }
    .into_any()
}

fn accept(t: Texts, model: &ReviewPage, form: &FormState) -> Option<AnyView> {
    if model.unaccepted.is_empty() {
        return None;
    }
    let list = model.unaccepted.iter().map(|norm| view! { <li>{norm.clone()}</li> }).collect_view();
    let options: Vec<(String, String)> = model.unaccepted.iter().map(|norm| (norm.clone(), norm.clone())).collect();
    let fields = model.accepts.then(|| {
        view! {
            <form class="stack" method="post">
                {field::select("norm", t.author_accept_norm(), "", &options, form)}
                {field::text("reason", t.author_accept_reason(), t.author_accept_hint(), Kind { longest: 300, ..Kind::AREA }, form)}
                <button class="btn alt" name="do" value="accept">{t.author_accept_go()}</button>
            </form>
        }
    });
    Some(
        view! {
            <section class="stack" aria-labelledby="accept">
                {message::alert("warn", "info", t.author_unaccepted(), t.author_unaccepted_text())}
                <ul id="accept">{list}</ul>{fields}
            </section>
        }
        .into_any(),
    )
}

/// Whether the reader decides on it, and not its author.
const fn decides(model: &ReviewPage) -> bool {
    matches!(model.row.state, DraftState::InReview) && !model.own && model.reviews
}

/// The way past a long text, where the decision stands below it.
fn to_decide(t: Texts, model: &ReviewPage) -> Option<AnyView> {
    decides(model).then(|| view! { <a class="go" href="#decide">{t.author_to_decide()}</a> }.into_any())
}

fn decide(t: Texts, model: &ReviewPage, form: &FormState) -> AnyView {
    if model.row.state != DraftState::InReview {
        return ().into_any();
    }
    if model.own {
        return view! {
            <section class="card stack"><p>{t.author_own_review()}</p>
                <form method="post"><button class="btn alt" name="do" value="drop">{t.author_take_back()}</button></form></section>
        }
        .into_any();
    }
    if !model.reviews {
        return view! { <p class="soft">{t.author_only_judges()}</p> }.into_any();
    }
    let blocked = model.result.lint.iter().any(|row| row.weight == Weight::Mistake) || !model.unaccepted.is_empty() || model.overtaken;
    view! {
        <section class="card stack" aria-labelledby="decide">
            <h2 id="decide">{t.author_decide()}</h2>
            <p class="small">{t.author_decide_text()}</p>
            <form method="post"><button class="btn full" name="do" value="publish" disabled=blocked>{icon("check")}{t.author_publish()}</button></form>
            {blocked.then(|| view! { <p class="small soft">{t.author_blocked()}</p> })}
            <form class="stack" method="post">
                {field::text("why", t.author_why(), t.author_why_hint(), Kind { longest: 1000, ..Kind::AREA }, form)}
                <button class="btn alt full" name="do" value="return">{t.author_return()}</button>
            </form>
        </section>
    }
    .into_any()
}

fn history(t: Texts, notes: &[DraftNote]) -> AnyView {
    let words = |kind: &str| match kind {
        "begun" => t.author_note_begun(),
        "sent" => t.author_note_sent(),
        "returned" => t.author_note_returned(),
        "rebased" => t.author_note_rebased(),
        "published" => t.author_note_published(),
        _ => t.author_note_dropped(),
    };
    let row = |note: &DraftNote| {
        let by = if note.by.is_empty() { t.author_came().to_owned() } else { note.by.clone() };
        let said = (!note.note.is_empty()).then(|| view! { <span>{note.note.clone()}</span> });
        view! { <li>{icon("clock")}<b>{words(&note.kind)}</b>{said}<span class="soft small">{by}". "{format::moment(t, note.at)}</span></li> }
    };
    view! {
        <section class="stack" aria-labelledby="history"><h2 id="history">{t.author_history()}</h2><ul class="items">{notes.iter().map(row).collect_view()}</ul></section>
    }
    .into_any()
}
