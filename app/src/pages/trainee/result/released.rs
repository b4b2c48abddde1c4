//! A released result: grade, what may never fail, strengths, what to read again.

use crate::features::assessment::{FeedbackRow, ObjectiveRow, Outcome, ResultPage};
use crate::format;
use crate::texts::Texts;
use crate::ui::{icon, message, progress};
use leptos::prelude::*;

/// The body of the page; nothing before the release.
pub(super) fn released(t: Texts, model: &ResultPage) -> AnyView {
    let Outcome::Released { grade, pass, passed, critical_failed, critical, objectives, reread, feedback, comment, .. } = &model.outcome
    else {
        return ().into_any();
    };
    view! {
        <h1><span class="big">{t.result_of(format::grade(*grade))}</span>" "<span class="lead">{verdict(t, *grade, *pass, *passed)}</span></h1>
        {pass.map(|pass| progress::mark20(t, *grade, pass))}
        {critical_line(t, critical_failed, *critical)}
        {said(t, comment.as_deref())}
        {by_objective(t, objectives)}
        {to_read(t, reread)}
        {answers(t, feedback)}
    }
    .into_any()
}

fn verdict(t: Texts, grade: u16, pass: Option<u16>, passed: bool) -> String {
    match (pass, passed) {
        (None, _) => t.result_diagnostic().to_owned(),
        (Some(_), true) => t.result_passed().to_owned(),
        (Some(pass), false) if grade >= pass => t.result_failed_critical().to_owned(),
        (Some(pass), false) => t.result_failed(format::grade(pass)),
    }
}

/// What may never fail, and what did. Also in the preview of who writes the question.
pub(crate) fn critical_line(t: Texts, failed: &[String], critical: u32) -> Option<AnyView> {
    let total = i64::from(critical);
    let right = total - i64::try_from(failed.len()).unwrap_or(total);
    match (critical, failed) {
        (0, _) => None,
        (_, []) => Some(message::alert("ok", "check", t.result_critical_ok(total, right), t.result_critical_ok_text())),
        (_, [one]) => Some(message::alert("halt", "warn", t.result_critical_failed(total, right.max(0)), one.clone())),
        (_, several) => {
            let list = several.iter().map(|text| view! { <span class="row">{text.clone()}</span> }).collect_view();
            Some(message::alert("halt", "warn", t.result_critical_failed(total, right.max(0)), list))
        }
    }
}

fn said(t: Texts, comment: Option<&str>) -> Option<AnyView> {
    comment.map(|text| {
        let blocks = super::super::paragraphs(text).into_iter().map(|block| view! { <p>{block}</p> }).collect_view();
        view! { <section class="stack"><h2>{t.result_comment()}</h2><div class="quote stack">{blocks}</div></section> }.into_any()
    })
}

/// Hundredths of a point as points.
pub(crate) fn points(hundredths: i64) -> String {
    format::grade(u16::try_from(hundredths.max(0)).unwrap_or(u16::MAX))
}

fn by_objective(t: Texts, objectives: &[ObjectiveRow]) -> Option<AnyView> {
    (!objectives.is_empty()).then(|| {
        let items = objectives.iter().enumerate().map(|(index, row)| objective(t, index, row)).collect_view();
        view! { <section class="stack"><h2>{t.result_objectives()}</h2><ul class="items">{items}</ul></section> }.into_any()
    })
}

fn objective(t: Texts, index: usize, row: &ObjectiveRow) -> AnyView {
    let (got, possible) = row.points;
    let id = format!("tema-{index}");
    let (symbol, badge) = match () {
        () if got * 100 >= possible * 85 => ("check", message::badge("ok", "", t.result_firm())),
        () if got * 100 >= possible * 60 => ("info", message::badge("info", "", t.result_almost())),
        () => ("warn", message::badge("warn", "", t.result_weak())),
    };
    view! {
        <li>{icon(symbol)}<b id=id.clone()>{row.text.clone()}</b>{progress::bar(got, possible, id)}
            <span class="row end small"><span>{t.result_points(points(got), points(possible))}</span>{badge}</span></li>
    }
    .into_any()
}

fn to_read(t: Texts, reread: &[(String, String)]) -> Option<AnyView> {
    (!reread.is_empty()).then(|| {
        let items = reread
            .iter()
            .map(|(href, title)| view! { <li>{icon("book")}<b><a href=href.clone()>{title.clone()}</a></b></li> })
            .collect_view();
        view! { <section class="stack"><h2>{t.result_reread()}</h2><ul class="items">{items}</ul></section> }.into_any()
    })
}

fn answers(t: Texts, rows: &[FeedbackRow]) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        let items = rows.iter().map(|row| answer(t, row)).collect_view();
        view! { <details class="fold"><summary>{t.result_answers()}</summary><ul class="items">{items}</ul></details> }.into_any()
    })
}

/// What she answered and what she is told. Also in the preview of who writes the question.
pub(crate) fn answer(t: Texts, row: &FeedbackRow) -> AnyView {
    let (symbol, badge) = if row.right {
        ("check", message::badge("ok", "", t.result_right()))
    } else {
        ("warn", message::badge("warn", "", t.result_wrong()))
    };
    let critical = row.critical.then(|| message::badge("halt", "", t.result_critical_badge()));
    let given = if row.answer.is_empty() { t.result_no_answer().to_owned() } else { t.result_answer(&row.answer) };
    view! {
        <li>{icon(symbol)}<b>{row.prompt.clone()}</b><span>{given}</span><span class="row">{badge}{critical}</span><span class="soft">{row.feedback.clone()}</span></li>
    }
    .into_any()
}
