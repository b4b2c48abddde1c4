//! The card with the one next step.

use super::gap;
use crate::features::hours::{Gap, TraineeHome};
use crate::format;
use crate::texts::Texts;
use leptos::prelude::*;

struct Step {
    title: String,
    text: String,
    go: Option<(String, &'static str)>,
    bytes: Option<usize>,
}

/// The card "go on here".
pub(super) fn next(t: Texts, model: &TraineeHome) -> AnyView {
    let Step { title, text, go, bytes } = match (&model.certificate, model.gaps.first()) {
        (Some((number, href)), _) => {
            step(t.home_next_certificate(), t.home_next_certificate_text(number), href, t.home_next_certificate_go())
        }
        (None, Some(gap)) => of_gap(t, gap),
        (None, None) => step(t.home_next_done(), t.home_next_done_text().to_owned(), "/certificate", t.home_next_done_go()),
    };
    let size = bytes.map(|bytes| view! { <span class="soft small">{t.home_download(format::kilobytes(bytes))}</span> });
    let go = go.map(|(href, words)| view! { <div class="row"><a class="btn" href=href>{words}</a>{size}</div> });
    view! {
        <section class="card mark" aria-labelledby="sigue"><h2 id="sigue">{t.home_next()}</h2><p><b>{title}</b>" "{text}</p>{go}</section>
    }
    .into_any()
}

fn step(title: impl Into<String>, text: String, href: &str, words: &'static str) -> Step {
    Step { title: title.into(), text, go: Some((href.to_owned(), words)), bytes: None }
}

fn of_gap(t: Texts, gap: &Gap) -> Step {
    match gap {
        Gap::Checkpoint { lesson, number, studied, href, bytes } => {
            let title = t.home_next_check(lesson, number);
            Step { bytes: Some(*bytes), ..step(title, t.home_next_check_text(format::duration(*studied)), href, t.home_next_check_go()) }
        }
        Gap::Study { lesson, title, left, href, bytes } => {
            let title = t.home_next_study(lesson, title);
            Step { bytes: Some(*bytes), ..step(title, t.home_next_study_text(format::duration(*left)), href, t.home_next_study_go()) }
        }
        Gap::Session { lesson, title, .. } => {
            Step { title: t.home_next_session(lesson, title), text: gap::session(t, gap), go: None, bytes: None }
        }
        Gap::Evaluation { title, href, open: true } => {
            step(t.home_next_open(title), t.home_next_open_text().to_owned(), href, t.home_next_open_go())
        }
        Gap::Evaluation { title, href, open: false } => {
            step(t.home_next_evaluation(title), t.home_next_evaluation_text().to_owned(), href, t.home_next_evaluation_go())
        }
    }
}
