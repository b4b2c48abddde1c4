//! One thing that is missing, in the list.

use crate::features::hours::Gap;
use crate::format;
use crate::pages::trainee::{module_of, number};
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// One line of the list.
pub(super) fn item(t: Texts, gap: &Gap) -> AnyView {
    let (mark, title, href, text) = match gap {
        Gap::Checkpoint { lesson, number: which, studied, href, .. } => (
            number(&module_of(lesson), false),
            t.home_gap_check(lesson, which),
            Some(href.clone()),
            t.home_gap_check_text(format::duration(*studied)),
        ),
        Gap::Study { lesson, title, left, href, bytes } => (
            number(&module_of(lesson), false),
            t.home_gap_study(lesson, title),
            Some(href.clone()),
            t.home_gap_study_text(format::duration(*left), format::kilobytes(*bytes)),
        ),
        Gap::Session { lesson, title, .. } => (number(&module_of(lesson), false), t.home_gap_study(lesson, title), None, session(t, gap)),
        Gap::Evaluation { title, href, open } => {
            let text = if *open { t.home_gap_evaluation_open() } else { t.home_gap_evaluation() };
            (view! { <span class="no">{icon("pen")}</span> }.into_any(), title.clone(), Some(href.clone()), text.to_owned())
        }
    };
    let title = match href {
        Some(href) => view! { <b><a href=href>{title}</a></b> }.into_any(),
        None => view! { <b>{title}</b> }.into_any(),
    };
    view! { <li>{mark}{title}<span class="soft">{text}</span></li> }.into_any()
}

/// When and where a session is, and the task that stands in for it; nothing for other gaps.
pub(super) fn session(t: Texts, gap: &Gap) -> String {
    let Gap::Session { task: Some((task, due)), .. } = gap else { return planned(t, gap) };
    format!("{} {}", planned(t, gap), t.home_gap_task(format::weekday(t, *due), task))
}

fn planned(t: Texts, gap: &Gap) -> String {
    match gap {
        Gap::Session { time, planned: Some((at, place)), .. } => {
            t.home_gap_session(format::weekday(t, at.date()), format::clock(t, *at), place, format::duration(*time))
        }
        Gap::Session { time, planned: None, .. } => t.home_gap_session_open(format::duration(*time)),
        Gap::Checkpoint { .. } | Gap::Study { .. } | Gap::Evaluation { .. } => String::new(),
    }
}
