//! Writing a question in a form, with the question as a trainee sees it beside it.

mod answers;
mod entries;
mod kinds;
mod rubric;
mod trial;

use super::editor::{Desk, LINE, PROSE, filled};
use crate::features::authoring::question::{QuestionEditor, QuestionForm, kind_value};
use crate::pages::judge::author::FORM;
use crate::texts::Texts;
use crate::ui::field::{self, Kind};
use crate::ui::form as forms;
use domain::assessment::question::QuestionKind;
use leptos::prelude::*;

/// The page; `above` stands over the form: the state of the draft, who reviews it.
#[must_use]
pub fn question_editor(t: Texts, model: &QuestionEditor, above: AnyView) -> AnyView {
    let state = filled(model.form.fields(), &model.mistakes);
    let desk = Desk { t, action: &model.action, form: &state };
    view! {
        <form method="post" id=FORM action=model.action.clone()>
            {desk.carried(&model.passed, &model.form.id)}
            <div class="wrap stack">
                <p class="meta"><b>{model.module.clone()}</b><span>{t.question_number(&model.form.id)}</span></p>
                <h1>{t.question_title()}<span class="lead">{t.question_lead()}</span></h1>
                {above}
                {forms::summary(t, &state)}
                <div class="grid half">
                    <div class="stack">
                        {asked(desk, &model.form)}
                        {kinds::fields(desk, &model.form)}
                        {worth(desk, model)}
                        {belongs(desk, model)}
                        {references(desk, &model.form)}
                    </div>
                    {trial::trial(desk, model)}
                </div>
            </div>
            {desk.bar()}
        </form>
    }
    .into_any()
}

fn asked(desk: Desk<'_>, form: &QuestionForm) -> AnyView {
    let t = desk.t;
    let types = QuestionKind::ALL.map(|kind| (kind_value(kind).to_owned(), kinds::name(t, kind).to_owned()));
    view! {
        <section class="stack" aria-labelledby="pregunta">
            <h2 id="pregunta">{t.question_asked()}</h2>
            {field::select("kind", t.question_kind(), kinds::hint(t, form.kind), &types, desk.form)}
            <p>{desk.again("btn alt", "", ("kind".to_owned(), "kind"), t.question_kind_change())}</p>
            {desk.spanish("prompt", t.question_prompt(), t.question_prompt_hint(), PROSE)}
            {desk.english(&[("prompt", t.question_prompt(), PROSE)])}
        </section>
    }
    .into_any()
}

fn worth(desk: Desk<'_>, model: &QuestionEditor) -> AnyView {
    let t = desk.t;
    let hint = kinds::points_hint(t, model.form.kind);
    view! {
        <section class="stack" aria-labelledby="vale">
            <h2 id="vale">{t.question_worth()}</h2>
            {field::text("points", t.question_points(), hint, Kind { longest: 4, ..Kind::DIGITS }, desk.form)}
            {desk.tick("checkbox", ("critical", "yes"), t.question_critical(), t.question_critical_hint(), model.form.critical)}
        </section>
    }
    .into_any()
}

fn belongs(desk: Desk<'_>, model: &QuestionEditor) -> AnyView {
    let t = desk.t;
    let ticks = model.tags.iter().map(|tag| {
        let (on, value) = (model.form.tags.contains(tag), tag.clone());
        view! { <label class="pick"><input type="checkbox" name="tag" value=value checked=on/><span>{tag.clone()}</span></label> }
            .into_any()
    });
    view! {
        <section class="stack" aria-labelledby="donde">
            <h2 id="donde">{t.question_belongs()}</h2>
            {desk.select("objective", t.question_objective(), t.question_objective_hint(), t.editor_choose(), &model.objectives)}
            {field::group("tag", t.question_tags(), ticks.collect(), desk.form)}
            {field::text("tag-new", t.question_tag_new(), t.question_tag_hint(), Kind { longest: 60, ..Kind::PLAIN }, desk.form)}
            {reread(desk, model)}
        </section>
    }
    .into_any()
}

/// The part to read again: one list, the parts under the name of their lesson.
fn reread(desk: Desk<'_>, model: &QuestionEditor) -> AnyView {
    let t = desk.t;
    let chosen = &model.form.reread;
    let groups = model.parts.iter().map(|(lesson, parts)| {
        let options =
            parts.iter().map(|(value, title)| view! { <option value=value.clone() selected=value == chosen>{title.clone()}</option> });
        view! { <optgroup label=lesson.clone()>{options.collect_view()}</optgroup> }
    });
    let error = desk.form.error("reread");
    let (class, invalid) = if error.is_some() { ("field bad", Some("true")) } else { ("field", None) };
    let error = error.map(|words| view! { <span class="error" id="reread-e">{words}</span> });
    view! {
        <div class=class><label for="reread">{t.question_reread()}</label><span class="hint" id="reread-h">{t.question_reread_hint()}</span>{error}
            <select class="input" id="reread" name="reread" aria-invalid=invalid aria-describedby="reread-h">
                <option value="" selected=chosen.is_empty()>{t.question_reread_none()}</option>{groups.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn references(desk: Desk<'_>, form: &QuestionForm) -> AnyView {
    let t = desk.t;
    let statuses = [("to-confirm", t.question_to_confirm()), ("confirmed", t.question_confirmed())];
    let statuses = statuses.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let rows = (1..=form.references.len()).map(|n| {
        let name = |part: &str| format!("reference-{n}-{part}");
        view! {
            <fieldset class="card stack"><legend>{t.question_reference(n)}</legend>
                {field::text(name("norm"), t.question_norm(), t.question_norm_hint(), LINE, desk.form)}
                {field::select(name("status"), t.question_status(), "", &statuses, desk.form)}
                {field::text(name("verified"), t.question_verified(), "", Kind::DATE, desk.form)}
                {field::text(name("reviewer"), t.question_reviewer(), "", Kind { longest: 120, ..Kind::PLAIN }, desk.form)}
                {desk.remove(&format!("reference-{n}"), "normas", t.question_reference_remove(n))}
            </fieldset>
        }
    });
    let next = format!("reference-{}-norm", form.references.len() + 1);
    view! {
        <section class="stack" aria-labelledby="normas">
            <h2 id="normas">{t.question_references()}</h2>
            <p class="hint">{t.question_references_hint()}</p>
            {rows.collect_view()}
            {desk.add("reference", &next, t.question_reference_add())}
        </section>
    }
    .into_any()
}

/// A field of a row in both languages: name and label.
fn both(desk: Desk<'_>, texts: &[(&str, &str, &str, Kind)]) -> AnyView {
    let spanish = texts.iter().map(|(name, label, hint, kind)| desk.spanish(name, *label, *hint, *kind)).collect_view();
    let english: Vec<_> = texts.iter().map(|(name, label, _, kind)| (*name, *label, *kind)).collect();
    view! { {spanish}{desk.english(&english)} }.into_any()
}
