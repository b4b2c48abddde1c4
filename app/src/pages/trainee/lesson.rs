//! One part of a lesson: text, checkpoint, words, and the way on.

pub(crate) mod case;
mod check;
mod turn;

use crate::features::form::FormState;
use crate::features::study::{Clock, LessonPart};
use crate::format;
use crate::islands::{ClockTexts, StudyClock};
use crate::texts::Texts;
use crate::ui::{form as forms, icon, message, progress};
use domain::time::Seconds;
use leptos::prelude::*;

/// The page at `/course/{lesson}/{part}`.
#[must_use]
pub fn lesson(t: Texts, model: &LessonPart, form: &FormState) -> AnyView {
    view! {
        <article class="wrap read stack">
            {header(t, model)}
            {forms::summary(t, form)}
            {notices(t, model)}
            <div class="prose stack" lang=model.untranslated.then_some("es") inner_html=model.html.clone()></div>
            {model.cases.iter().map(|node| case::case(t, node, model.untranslated, &case::link)).collect_view()}
            {norms(t, model)}
            {model.check.as_ref().map(|check| check::check(t, model, check, form))}
            {terms(t, model)}
            {turn::turn(t, model)}
        </article>
    }
    .into_any()
}

/// "Llevas 24 min de 1 h": the line above a lesson, also in the receipt of the study clock.
#[must_use]
pub fn studied_line(t: Texts, studied: Seconds, design: Seconds) -> String {
    t.lesson_studied(format::duration(design), format::duration(studied))
}

/// Address of this part.
fn here(model: &LessonPart) -> String {
    format!("/course/{}/{}", model.lesson, model.position + 1)
}

/// Address of this part's checkpoint. Its query is new at each view: a link to the address where one is only scrolls.
fn at_check(model: &LessonPart) -> String {
    let token = model.clock.as_ref().map_or("control", |clock| &clock.token);
    let fresh = token.get(token.len().saturating_sub(6)..).unwrap_or_default();
    format!("{}?{fresh}#control", here(model))
}

fn header(t: Texts, model: &LessonPart) -> AnyView {
    let place = t.lesson_place(&model.number, model.position + 1, model.parts.len());
    let lead = (model.position == 0 && model.title != model.part_title).then(|| view! { <span class="lead">{model.title.clone()}</span> });
    view! {
        <header class="stack">
            <p class="meta"><span>{place}</span>{clock(t, model)}</p>
            {progress::parts(t, &model.parts)}
            <h1>{model.part_title.clone()}{lead}</h1>
        </header>
    }
    .into_any()
}

fn clock(t: Texts, model: &LessonPart) -> Option<AnyView> {
    let (studied, design) = model.studied;
    let line = studied_line(t, studied, design);
    (!model.in_person).then(|| match &model.clock {
        Some(clock) => view! { <span>{icon("clock")}{island(t, model, clock, line)}</span> }.into_any(),
        None => view! { <span>{icon("clock")}{line}</span> }.into_any(),
    })
}

fn island(t: Texts, model: &LessonPart, clock: &Clock, studied: String) -> AnyView {
    let Clock { token, heartbeat, idle_after } = clock.clone();
    let texts = ClockTexts {
        studied,
        offline: t.lesson_offline("{n}"),
        offline_short: t.lesson_offline_short().to_owned(),
        signed_out: t.lesson_signed_out().to_owned(),
        open: t.lesson_open().to_owned(),
    };
    view! { <StudyClock token heartbeat idle_after here=at_check(model) texts/> }.into_any()
}

fn notices(t: Texts, model: &LessonPart) -> AnyView {
    let untranslated = model.untranslated.then(|| message::alert("info", "info", t.lesson_untranslated(), t.lesson_untranslated_text()));
    let newer = model.newer.then(|| {
        let href = format!("{}?text=new", here(model));
        message::alert(
            "info",
            "info",
            t.lesson_newer(),
            view! { {t.lesson_newer_text()}<br/><a class="go" href=href>{t.lesson_newer_go()}</a> },
        )
    });
    let in_person = model.in_person.then(|| message::alert("info", "people", t.lesson_in_person(), t.lesson_in_person_text()));
    let notice = model.notice.then(|| {
        let (href, words) = match &model.next {
            Some(next) => (next.href.clone(), t.lesson_notice_next()),
            None => ("/course".to_owned(), t.lesson_notice_course()),
        };
        message::alert("warn", "info", t.lesson_notice(), view! { {t.lesson_notice_text()}<br/><a class="go" href=href>{words}</a> })
    });
    view! { {newer}{untranslated}{in_person}{notice} }.into_any()
}

/// The norms of the lesson, folded away: they are for whoever wants to check.
fn norms(t: Texts, model: &LessonPart) -> Option<AnyView> {
    let norms: Vec<&str> = model.references.iter().map(|(norm, _)| norm.as_str()).collect();
    let pending = model.references.iter().any(|(_, confirmed)| !confirmed).then(|| view! { <p>{t.lesson_norms_pending()}</p> });
    (!norms.is_empty()).then(|| {
        view! { <details class="fold small"><summary>{t.lesson_norms_title()}</summary><p>{norms.join("; ")}"."</p>{pending}</details> }
            .into_any()
    })
}

fn terms(t: Texts, model: &LessonPart) -> Option<AnyView> {
    (!model.terms.is_empty()).then(|| {
        let terms = model.terms.iter();
        let terms = terms.map(|(anchor, word, text)| view! { <div id=anchor.clone()><dt>{word.clone()}</dt><dd>{text.clone()}</dd></div> });
        view! { <section aria-labelledby="palabras"><h2 id="palabras">{t.lesson_terms()}</h2><dl class="gloss">{terms.collect_view()}</dl></section> }.into_any()
    })
}
