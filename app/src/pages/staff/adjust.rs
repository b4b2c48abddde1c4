//! Adjustments of one trainee's hours: what there is, what waits for a second person, and a new one.

use super::reason::link;
use crate::features::form::FormState;
use crate::features::hours::review::{AdjustLesson, AdjustPage, AdjustmentRow, AdjustmentState};
use crate::format;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::{form as forms, icon, message};
use domain::ids::AdjustmentId;
use domain::time::Seconds;
use leptos::prelude::*;

/// The page `/staff/enrolments/{id}/hours`.
#[must_use]
pub fn adjust(t: Texts, model: &AdjustPage, form: &FormState) -> AnyView {
    let list = if model.rows.is_empty() {
        message::empty(t.adjust_none(), t.adjust_none_text(), None)
    } else {
        view! { <ul class="items">{model.rows.iter().map(|row| line(t, row)).collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="wrap read stack">
            <div><p class="soft small">{model.name.clone()}</p><h1>{t.adjust_title()}</h1></div>
            {forms::summary(t, form)}
            <p class="lead">{t.adjust_lead()}</p>
            {decide(t, model, form)}
            {model.may_adjust.then(|| propose(t, model, form))}
            <section class="stack" aria-labelledby="list"><h2 id="list">{t.adjust_list()}</h2>{list}</section>
        </div>
    }
    .into_any()
}

fn line(t: Texts, row: &AdjustmentRow) -> AnyView {
    let (kind, symbol, words) = match &row.state {
        AdjustmentState::Alone => ("ok", "check", t.adjust_posted().to_owned()),
        AdjustmentState::Waiting => ("warn", "clock", t.adjust_waiting().to_owned()),
        AdjustmentState::Approved((name, at)) => ("ok", "check", t.adjust_approved(name, format::moment(t, *at))),
        AdjustmentState::Declined((name, at), _) => ("halt", "x", t.adjust_declined(name, format::moment(t, *at))),
    };
    let why = match &row.state {
        AdjustmentState::Declined(_, why) => Some(why.clone().unwrap_or_else(|| t.reason_erased().to_owned())),
        AdjustmentState::Alone | AdjustmentState::Waiting | AdjustmentState::Approved(_) => None,
    };
    let reason = row.reason.clone().unwrap_or_else(|| t.reason_erased().to_owned());
    let erase = row.erasable.iter().map(|id| link(t, *id, &row.lesson)).collect_view();
    view! {
        <li>
            {icon(symbol)}
            <b>{t.adjust_line(&row.lesson, format::signed(t, row.seconds))}</b>
            <span>{reason}</span>
            <span class="soft small">{t.adjust_by(format::moment(t, row.at), &row.by)}</span>
            <span class="row"><span class=format!("badge {kind}")>{words}</span></span>
            {why.map(|why| view! { <span>{why}</span> })}
            <span class="row">{erase}</span>
        </li>
    }
    .into_any()
}

/// The second person's form: one of those that wait, approved or declined.
fn decide(t: Texts, model: &AdjustPage, form: &FormState) -> Option<AnyView> {
    let waiting: Vec<&AdjustmentRow> = model.rows.iter().filter(|row| row.may_decide).collect();
    let mut chosen = form.clone();
    if let [only] = waiting.as_slice() {
        chosen.values.entry("adjustment".to_owned()).or_insert_with(|| only.id.to_string());
    }
    let picks: Vec<AnyView> = waiting.iter().map(|row| choice(t, row, &chosen)).collect();
    (!picks.is_empty()).then(|| {
        view! {
            <section class="card mark" aria-labelledby="second">
                <h2 id="second">{t.adjust_second()}</h2>
                <p>{t.adjust_second_text()}</p>
                <form class="stack" method="post">
                    {field::group("adjustment", t.adjust_which(), picks, form)}
                    {field::text("why", t.adjust_why(), t.adjust_why_hint(), Kind { rows: 2, longest: 1000, ..Kind::PLAIN }, form)}
                    <div class="row">
                        <button class="btn" name="action" value="approve">{t.adjust_approve()}</button>
                        <button class="btn alt" name="action" value="decline">{t.adjust_decline()}</button>
                    </div>
                </form>
            </section>
        }
        .into_any()
    })
}

fn choice(t: Texts, row: &AdjustmentRow, form: &FormState) -> AnyView {
    let hint = row.reason.clone().unwrap_or_else(|| t.reason_erased().to_owned());
    field::pick("radio", "adjustment", row.id.to_string(), t.adjust_line(&row.lesson, format::signed(t, row.seconds)), hint, form)
}

fn propose(t: Texts, model: &AdjustPage, form: &FormState) -> AnyView {
    if model.left == Seconds::ZERO {
        return message::alert("info", "info", t.adjust_full(), t.adjust_full_text());
    }
    let reason = Kind { longest: 1000, ..Kind::AREA };
    view! {
        <section class="card" aria-labelledby="propose">
            <h2 id="propose">{t.adjust_new()}</h2>
            <p>{t.adjust_limit(format::duration(model.alone), format::duration(model.left))}</p>
            <form class="stack" method="post">
                {field::hidden("action", "propose")}
                {amount(t, &model.lessons, None, model.key, form)}
                {field::text("reason", t.adjust_reason(), t.adjust_reason_hint(), reason, form)}
                <button class="btn">{t.adjust_save()}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The fields that say how much in which lesson; `lesson` is chosen beforehand.
#[must_use]
pub fn amount(t: Texts, lessons: &[AdjustLesson], lesson: Option<&str>, key: AdjustmentId, form: &FormState) -> AnyView {
    let words = |l: &AdjustLesson| t.adjust_lesson_option(format::duration(l.confirmed), format::duration(l.design), &l.name);
    let options = lessons.iter().map(|l| (l.id.clone(), words(l)));
    let options: Vec<_> = std::iter::once((String::new(), t.add_unchosen().to_owned())).chain(options).collect();
    let mut chosen = form.clone();
    if let Some(lesson) = lesson {
        chosen.values.entry("lesson".to_owned()).or_insert_with(|| lesson.to_owned());
    }
    let typed = Some(form.value("key")).filter(|k| !k.is_empty());
    let signs = vec![
        field::pick("radio", "sign", "more", t.adjust_more(), "", form),
        field::pick("radio", "sign", "less", t.adjust_less(), "", form),
    ];
    view! {
        {field::hidden("key", typed.unwrap_or_else(|| key.to_string()))}
        {field::select("lesson", t.adjust_lesson(), "", &options, &chosen)}
        {field::group("sign", t.adjust_sign(), signs, form)}
        {field::text("minutes", t.adjust_minutes(), "", Kind { longest: 4, ..Kind::DIGITS }, form)}
    }
    .into_any()
}
