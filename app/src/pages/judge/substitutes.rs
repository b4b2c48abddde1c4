//! Substitute tasks: setting one, and confirming that it is done.

use crate::features::attendance::{SubstitutePage, SubstituteRow, Substitutes};
use crate::features::form::FormState;
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{form as forms, icon, message};
use leptos::prelude::*;

const TEXT: Kind = Kind { longest: 1000, ..Kind::AREA };

/// The page `/substitutes`.
#[must_use]
pub fn substitutes(t: Texts, model: &Substitutes, form: &FormState) -> AnyView {
    let list = if model.tasks.is_empty() {
        message::empty(t.substitutes_none(), t.substitutes_none_text(), None)
    } else {
        view! { <ul class="items">{model.tasks.iter().map(|row| task(t, row)).collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="wrap stack">
            <h1>{t.substitutes_title()}</h1>
            <p>{t.substitutes_lead()}</p>
            {forms::summary(t, form)}
            <div class="grid split">
                <section class="stack" aria-labelledby="list"><h2 id="list">{t.substitutes_list()}</h2>{list}</section>
                <section class="card" aria-labelledby="set"><h2 id="set">{t.substitutes_set()}</h2>{set(t, model, form)}</section>
            </div>
        </div>
    }
    .into_any()
}

fn state(t: Texts, row: &SubstituteRow) -> AnyView {
    if row.done { message::badge("ok", "check", t.substitutes_done()) } else { message::badge("info", "clock", t.substitutes_open()) }
}

fn task(t: Texts, row: &SubstituteRow) -> AnyView {
    view! {
        <li>
            {icon("pen")}
            <b><a href=format!("/substitutes/{}", row.id)>{row.name.clone()}</a></b>
            <span>{row.lesson.clone()}</span>
            <span class="soft">{t.substitutes_due_on(format::weekday(t, row.due))}</span>
            <span>{state(t, row)}</span>
        </li>
    }
    .into_any()
}

fn set(t: Texts, model: &Substitutes, form: &FormState) -> AnyView {
    if model.missing.is_empty() {
        return message::alert("info", "info", t.substitutes_nobody(), t.substitutes_nobody_text());
    }
    view! {
        <form class="stack" method="post">
            {field::select("missing", t.substitutes_missing(), t.substitutes_missing_hint(), &model.missing, form)}
            {field::text("task", t.substitutes_task(), t.substitutes_task_hint(), TEXT, form)}
            {field::text("due", t.substitutes_due(), "", Kind::DATE, form)}
            <button class="btn full">{t.substitutes_save()}</button>
        </form>
    }
    .into_any()
}

/// The page `/substitutes/{id}`.
#[must_use]
pub fn substitute(t: Texts, model: &SubstitutePage, form: &FormState) -> AnyView {
    let row = &model.row;
    let rest = match &model.done {
        Some((from, to, note, at)) => {
            let title = t.substitute_confirmed(format::moment(t, *at));
            let worked = t.substitute_worked(format::weekday(t, from.date()), format::clock(t, *from), format::clock(t, *to));
            message::alert("ok", "check", title, view! { {worked}<br/>{note.clone()} })
        }
        None => confirm(t, model, form),
    };
    view! {
        <div class="wrap slim stack">
            <div class="row end"><h1>{row.name.clone()}</h1>{state(t, row)}</div>
            <p>{row.lesson.clone()}<br/><span class="soft">{t.substitutes_due_on(format::weekday(t, row.due))}</span></p>
            {forms::summary(t, form)}
            <section class="stack" aria-labelledby="task">
                <h2 id="task">{t.substitutes_task()}</h2>
                <p>{model.task.clone()}</p>
                <p class="soft">{t.substitute_set_at(format::moment(t, model.set_at))}</p>
            </section>
            {rest}
        </div>
    }
    .into_any()
}

fn confirm(t: Texts, model: &SubstitutePage, form: &FormState) -> AnyView {
    view! {
        <section class="card" aria-labelledby="done">
            <h2 id="done">{t.substitute_done()}</h2>
            <p>{t.substitute_done_text(format::duration(model.missing))}</p>
            <form class="stack" method="post">
                {field::text("date", t.substitute_date(), "", Kind::DATE, form)}
                {field::text("from", t.substitute_from(), "", Kind::TIME, form)}
                {field::text("to", t.substitute_to(), "", Kind::TIME, form)}
                {field::text("note", t.substitute_note(), t.substitute_note_hint(), TEXT, form)}
                <button class="btn full">{t.substitute_confirm()}</button>
            </form>
        </section>
    }
    .into_any()
}
