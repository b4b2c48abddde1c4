//! The way on from a part: "Continuar" where reading earns hours, plain links elsewhere.

use super::here;
use crate::features::study::{LessonPart, PartLink};
use crate::format;
use crate::texts::Texts;
use crate::ui::field;
use leptos::prelude::*;

/// The end of a part.
pub(super) fn turn(t: Texts, model: &LessonPart) -> AnyView {
    match &model.clock {
        Some(clock) if !model.in_person => form(t, model, &clock.token),
        _ => links(t, model),
    }
}

/// "11 KB" that no line breaks.
fn size(link: &PartLink) -> String {
    format::kilobytes(link.bytes).replace(' ', "\u{a0}")
}

fn previous(t: Texts, model: &LessonPart) -> Option<AnyView> {
    let link = model.previous.as_ref()?;
    Some(view! { <a class="btn alt" href=link.href.clone()><small>{t.lesson_previous()}</small>{link.title.clone()}</a> }.into_any())
}

fn form(t: Texts, model: &LessonPart, token: &str) -> AnyView {
    let (small, large) = match &model.next {
        Some(next) => (t.lesson_continue(size(next)), next.title.clone()),
        None => (t.lesson_last().to_owned(), t.lesson_done().to_owned()),
    };
    view! {
        <form id="sigue" method="post" action=here(model) class="stack" aria-label=t.lesson_end()>
            <p class="hint" id="sigue-h">{t.lesson_continue_hint()}</p>
            <div class="turn">{previous(t, model)}<button class="btn" aria-describedby="sigue-h"><small>{small}</small>{large}</button></div>
            {field::hidden("action", "continue")}{field::hidden("token", token)}
        </form>
    }
    .into_any()
}

fn links(t: Texts, model: &LessonPart) -> AnyView {
    let (href, small, large) = match &model.next {
        Some(next) => (next.href.clone(), t.lesson_next(size(next)), next.title.clone()),
        None => ("/course".to_owned(), t.lesson_last().to_owned(), t.lesson_course().to_owned()),
    };
    view! {
        <nav class="turn" id="sigue" aria-label=t.lesson_end()>{previous(t, model)}<a class="btn" href=href><small>{small}</small>{large}</a></nav>
    }
    .into_any()
}
