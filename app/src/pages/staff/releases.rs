//! Releasing grades: an attempt counts, and is seen, from then on.

use crate::features::assessment::Releases;
use crate::features::form::FormState;
use crate::format;
use crate::texts::Texts;
use crate::ui::{desk, field, form as forms, icon, message};
use domain::ids::{AttemptId, TaskId};
use leptos::prelude::*;

type Row = (AttemptId, String, String, u16, bool);

/// The page `/staff/releases`.
#[must_use]
pub fn releases(t: Texts, model: &Releases, form: &FormState) -> AnyView {
    let judges = i64::from(model.with_judges);
    view! {
        <div class="wrap read stack">
            <h1>{t.releases_title()}</h1>
            {forms::summary(t, form)}
            <p class="lead">{t.releases_lead()}</p>
            {(judges > 0).then(|| message::alert("info", "clock", t.releases_with_judges_title(), t.releases_with_judges(judges)))}
            {list(t, &model.rows)}
            {(!model.returned.is_empty()).then(|| returned(t, &model.returned))}
        </div>
    }
    .into_any()
}

fn list(t: Texts, rows: &[Row]) -> AnyView {
    if rows.is_empty() {
        return message::empty(t.releases_none(), t.releases_none_text(), None);
    }
    view! {
        <form class="stack" method="post">
            {field::hidden("action", "release")}
            <fieldset class="stack" id="attempt" tabindex="-1">
                <legend>{t.releases_ready(desk::count(rows.len()))}</legend><div>{rows.iter().map(|row| line(t, row)).collect_view()}</div>
            </fieldset>
            <button class="btn">{t.releases_go()}</button>
        </form>
    }
    .into_any()
}

/// Work that a judge returned: staff read it, and send it to another judge.
fn returned(t: Texts, tasks: &[(TaskId, String, String)]) -> AnyView {
    let item = |(task, code, evaluation): &(TaskId, String, String)| {
        view! {
            <li>
                {icon("warn")}<b>{code.clone()}</b><span class="soft">{evaluation.clone()}</span>
                <form method="post">
                    {field::hidden("action", "requeue")}{field::hidden("task", task.to_string())}
                    <button class="btn alt">{t.releases_requeue(code)}</button>
                </form>
            </li>
        }
    };
    view! {
        <section class="stack">
            <h2>{t.releases_returned()}</h2><p>{t.releases_returned_lead()}</p>
            <ul class="items">{tasks.iter().map(item).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn line(t: Texts, (attempt, name, evaluation, grade, passed): &Row) -> AnyView {
    let state = if *passed { message::badge("ok", "check", t.releases_passed()) } else { message::badge("halt", "x", t.releases_failed()) };
    view! {
        <label class="pick">
            <input type="checkbox" name="attempt" value=attempt.to_string() checked/>
            <span>
                <b>{name.clone()}</b><span class="hint">{evaluation.clone()}</span>
                <span class="row"><span>{t.releases_grade(format::grade(*grade))}</span>{state}</span>
            </span>
        </label>
    }
    .into_any()
}
