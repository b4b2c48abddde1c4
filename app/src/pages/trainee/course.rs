//! The course: its modules and lessons, the one she is in open.

use super::{is_complete, number};
use crate::features::study::{Course, LessonRow, ModuleRow};
use crate::format;
use crate::texts::Texts;
use crate::ui::{icon, message, progress};
use domain::time::Seconds;
use leptos::prelude::*;

/// The page at `/course`.
#[must_use]
pub fn course(t: Texts, model: &Course) -> AnyView {
    let current = model.modules.iter().position(|m| !is_complete(m.confirmed, m.design));
    let modules = model.modules.iter().enumerate().map(|(index, m)| module(t, m, current == Some(index))).collect_view();
    let none = model.modules.is_empty().then(|| message::empty(t.course_empty(), t.course_empty_text(), None));
    view! {
        <div class="wrap read stack">
            <h1>{t.course_title()}<span class="lead">{model.title.clone()}</span></h1>
            <div>{modules}</div>{none}
        </div>
    }
    .into_any()
}

fn module(t: Texts, module: &ModuleRow, open: bool) -> AnyView {
    let id = format!("m{}", module.number);
    let done = is_complete(module.confirmed, module.design);
    let design = format::duration(module.design);
    let text = if done { t.course_module_done(design) } else { t.course_module_text(format::duration(module.confirmed), design) };
    let bar = (!done).then(|| progress::bar(module.confirmed.0, module.design.0, id.clone()));
    view! {
        <details class="fold module" open=open>
            <summary>{number(&module.number, done)}<span><span id=id>{module.title.clone()}</span><small class="soft">{text}</small></span></summary>
            {bar}
            <ul class="items">{module.lessons.iter().map(|l| lesson(t, l)).collect_view()}{evaluation(t, module)}</ul>
        </details>
    }
    .into_any()
}

fn lesson(t: Texts, row: &LessonRow) -> AnyView {
    let done = is_complete(row.confirmed, row.design);
    let symbol = match (done, row.in_person) {
        (true, _) => "check",
        (false, true) => "people",
        (false, false) => "book",
    };
    let waiting =
        (row.provisional > Seconds::ZERO).then(|| message::badge("info", "clock", t.course_waiting(format::duration(row.provisional))));
    let complete = done.then(|| message::badge("ok", "check", t.course_done()));
    view! {
        <li>{icon(symbol)}<b><a href=row.href.clone()>{t.course_lesson(&row.number, &row.title)}</a></b>
            <span class="row small"><span class="soft">{lesson_state(t, row)}</span>{complete}{waiting}</span></li>
    }
    .into_any()
}

fn lesson_state(t: Texts, row: &LessonRow) -> String {
    let (design, size) = (format::duration(row.design), format::kilobytes(row.bytes));
    if row.in_person {
        t.course_lesson_in_person(design)
    } else if row.confirmed > Seconds::ZERO {
        t.course_lesson_part(format::duration(row.confirmed), design, size)
    } else {
        t.course_lesson_new(design, size)
    }
}

fn evaluation(t: Texts, module: &ModuleRow) -> Option<AnyView> {
    module.evaluation.as_ref().map(|(href, title, grade)| {
        let state = match grade {
            Some((grade, true)) => message::badge("ok", "check", t.course_evaluation_passed(format::grade(*grade))),
            Some((grade, false)) => message::badge("warn", "warn", t.course_evaluation_failed(format::grade(*grade))),
            None => view! { <span class="soft">{t.course_evaluation()}</span> }.into_any(),
        };
        view! { <li>{icon("pen")}<b><a href=href.clone()>{title.clone()}</a></b><span class="row small">{state}</span></li> }.into_any()
    })
}
