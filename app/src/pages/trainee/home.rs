//! Home of the trainee: how far she is, the next step, what is missing.

mod gap;
mod next;

use super::{count, is_complete, number};
use crate::features::hours::{Gap, HomeModule, TraineeHome};
use crate::format;
use crate::texts::Texts;
use crate::ui::requirements::{self, Voice};
use crate::ui::{message, progress};
use domain::time::Seconds;
use leptos::prelude::*;

/// Gaps shown before the rest is folded away.
const SHOWN: usize = 4;

/// The page at `/home`.
#[must_use]
pub fn home(t: Texts, model: &TraineeHome) -> AnyView {
    view! {
        <div class="wrap"><div class="grid split">
            <div class="stack">
                {cloth(t, model)}
                {check_in(t, model)}
                {next::next(t, model)}
                {queued(t, model.queued)}
                {missing(t, model)}
                <section class="stack" aria-labelledby="modulos">
                    <h2 id="modulos">{t.home_modules()}</h2>
                    <ul class="items">{model.modules.iter().map(|m| module(t, m)).collect_view()}</ul>
                </section>
            </div>
            <aside class="stack" aria-label=t.home_aside()>
                <section class="card">
                    <h2>{t.home_requirements()}</h2>
                    {requirements::brief(t, &model.requirements, Voice::Her)}
                    <p><a class="go" href="/certificate">{t.home_requirements_see()}</a></p>
                </section>
                <p><a class="go" href="/hours">{t.home_hours()}</a></p>
            </aside>
        </div></div>
    }
    .into_any()
}

fn cloth(t: Texts, model: &TraineeHome) -> AnyView {
    let (confirmed, provisional, required) = model.hours;
    view! {
        <section aria-labelledby="horas" class="stack">
            <p class="soft desk">{t.home_person(&model.cohort, &model.name)}</p>
            <h1 id="horas"><span class="big">{format::duration(confirmed)}</span>" "<span class="lead">{t.home_of(format::duration(required))}</span></h1>
            {progress::cloth(t, confirmed, provisional, required)}
            {progress::cloth_key(t, provisional)}
        </section>
    }
    .into_any()
}

/// The way to the check-in while a session runs, for a phone that reads no QR.
fn check_in(t: Texts, model: &TraineeHome) -> Option<AnyView> {
    model.check_in.map(|meeting| {
        let go = view! { <a class="go" href=format!("/check-in/{meeting}")>{t.home_checkin_go()}</a> };
        message::alert("info", "people", t.home_checkin(), go)
    })
}

fn queued(t: Texts, queued: Seconds) -> Option<AnyView> {
    (queued > Seconds::ZERO).then(|| {
        let text = view! { {t.home_queued_text()}<br/><a class="go" href="/hours">{t.home_queued_see()}</a> };
        message::alert("info", "clock", t.home_queued(format::duration(queued)), text)
    })
}

fn missing(t: Texts, model: &TraineeHome) -> Option<AnyView> {
    let (confirmed, _, required) = model.hours;
    let title =
        if confirmed < required { t.home_missing_time(format::duration(required - confirmed)) } else { t.home_missing().to_owned() };
    (!model.gaps.is_empty()).then(|| {
        let items = |gaps: &[Gap]| view! { <ul class="items">{gaps.iter().map(|g| gap::item(t, g)).collect_view()}</ul> };
        let (first, rest) = model.gaps.split_at(SHOWN.min(model.gaps.len()));
        let rest = (!rest.is_empty())
            .then(|| view! { <details class="fold"><summary>{t.home_missing_more(count(rest.len()))}</summary>{items(rest)}</details> });
        view! { <section class="stack" aria-labelledby="falta"><h2 id="falta">{title}</h2>{items(first)}{rest}</section> }.into_any()
    })
}

fn module(t: Texts, module: &HomeModule) -> AnyView {
    let id = format!("m{}", module.number);
    let done = is_complete(module.confirmed, module.design);
    let bar = (!done).then(|| progress::bar(module.confirmed.0, module.design.0, id.clone()));
    view! {
        <li>{number(&module.number, done)}<b><a href=module.href.clone() id=id>{module.title.clone()}</a></b>{bar}<span class="soft small">{state(t, module, done)}</span></li>
    }
    .into_any()
}

fn state(t: Texts, module: &HomeModule, done: bool) -> String {
    let design = format::duration(module.design);
    let time = match (done, module.confirmed > Seconds::ZERO) {
        (true, _) => t.home_module_done(design),
        (false, true) => t.home_module_part(format::duration(module.confirmed), design),
        (false, false) => t.home_module_none(design),
    };
    match module.grade {
        Some((grade, true)) => t.home_module_grade(format::grade(grade), time),
        Some((grade, false)) => t.home_module_failed(format::grade(grade), time),
        None => time,
    }
}
