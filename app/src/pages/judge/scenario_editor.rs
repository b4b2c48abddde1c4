//! Writing a branching practice case in a form, scene by scene, and playing it.

use super::editor::{Desk, LINE, PROSE, filled, warnings};
use crate::features::authoring::scenario::{ChoiceRow, NodeRow, ScenarioEditor, ScenarioForm};
use crate::pages::judge::author::FORM;
use crate::pages::trainee::lesson::case;
use crate::texts::Texts;
use crate::ui::field;
use crate::ui::form as forms;
use leptos::prelude::*;

/// Characters of a scene's text in its short name.
const SHORT: usize = 40;

/// The page; `above` stands over the form: the state of the draft, who reviews it.
#[must_use]
pub fn scenario_editor(t: Texts, model: &ScenarioEditor, above: AnyView) -> AnyView {
    let state = filled(model.form.fields(), &model.mistakes);
    let desk = Desk { t, action: &model.action, form: &state };
    let scenes = scenes(t, &model.form);
    let nodes = model.form.nodes.iter().zip(1..).map(|(row, n)| node(desk, row, n, &scenes)).collect_view();
    let next = format!("node-{}-text-es", model.form.nodes.len() + 1);
    view! {
        <form method="post" id=FORM action=model.action.clone()>
            {desk.carried(&model.passed, &model.form.id)}
            <div class="wrap stack">
                <p class="meta"><b>{model.module.clone()}</b><span>{t.scenario_number(&model.form.id)}</span></p>
                <h1>{t.scenario_title()}<span class="lead">{t.scenario_lead()}</span></h1>
                {above}
                {forms::summary(t, &state)}
                {warnings(t, &model.warnings)}
                <div class="grid half">
                    <div class="stack">
                        {about(desk, model, &scenes)}
                        <section class="stack" aria-labelledby="escenas">
                            <h2 id="escenas" tabindex="-1">{t.scenario_scenes()}</h2>
                            <p class="hint">{t.scenario_scenes_hint()}</p>
                            {nodes}
                            {desk.add("node", &next, t.scenario_node_add())}
                        </section>
                    </div>
                    {play(desk, model)}
                </div>
            </div>
            {desk.bar()}
        </form>
    }
    .into_any()
}

/// Each scene by its id, with its number and how it begins.
fn scenes(t: Texts, form: &ScenarioForm) -> Vec<(String, String)> {
    let short = |text: &str| {
        let start: String = text.trim().chars().take(SHORT).collect();
        if text.trim().chars().count() > SHORT { format!("{start}…") } else { start }
    };
    form.nodes.iter().zip(1..).map(|(node, n): (_, usize)| (node.id.clone(), t.scenario_scene_name(n, short(&node.text.es)))).collect()
}

fn about(desk: Desk<'_>, model: &ScenarioEditor, scenes: &[(String, String)]) -> AnyView {
    let t = desk.t;
    view! {
        <section class="stack" aria-labelledby="caso">
            <h2 id="caso">{t.scenario_about()}</h2>
            {desk.spanish("title", t.scenario_name(), t.scenario_name_hint(), LINE)}
            {desk.english(&[("title", t.scenario_name(), LINE)])}
            {desk.select("start", t.scenario_start(), "", t.editor_choose(), scenes)}
            {desk.select("objective", t.scenario_objective(), "", t.scenario_objective_none(), &model.objectives)}
        </section>
    }
    .into_any()
}

fn node(desk: Desk<'_>, row: &NodeRow, n: usize, scenes: &[(String, String)]) -> AnyView {
    let t = desk.t;
    let (id, text) = (format!("node-{n}-id"), format!("node-{n}-text"));
    let ends = [("", t.scenario_goes_on()), ("safe", t.scenario_safe()), ("unsafe", t.scenario_unsafe())];
    let ends = ends.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let choices = row.choices.iter().zip(1..).map(|(choice, m)| self::choice(desk, choice, n, m, scenes)).collect_view();
    let next = format!("node-{n}-choice-{}-text-es", row.choices.len() + 1);
    let add = row.safe.is_none().then(|| desk.add(&format!("choice-{n}"), &next, t.scenario_choice_add()));
    view! {
        <fieldset class="card stack" id=format!("node-{n}") tabindex="-1"><legend>{t.scenario_scene(n)}</legend>
            {field::hidden(id, row.id.clone())}
            {desk.spanish(&text, t.scenario_text(), "", PROSE)}
            {desk.english(&[(&text, t.scenario_text(), PROSE)])}
            {field::select(format!("node-{n}-outcome"), t.scenario_outcome(), t.scenario_outcome_hint(), &ends, desk.form)}
            {choices}{add}
            {desk.remove(&format!("node-{n}"), "escenas", t.scenario_node_remove(n))}
        </fieldset>
    }
    .into_any()
}

fn choice(desk: Desk<'_>, _row: &ChoiceRow, n: usize, m: usize, scenes: &[(String, String)]) -> AnyView {
    let t = desk.t;
    let name = |part: &str| format!("node-{n}-choice-{m}-{part}");
    let (text, feedback) = (name("text"), name("feedback"));
    view! {
        <fieldset class="stack"><legend>{t.scenario_choice(m)}</legend>
            {desk.spanish(&text, t.scenario_choice_text(), "", LINE)}
            {desk.select(&name("to"), t.scenario_to(), "", t.editor_choose(), scenes)}
            {desk.spanish(&feedback, t.scenario_feedback(), t.scenario_feedback_hint(), LINE)}
            {desk.english(&[(&text, t.scenario_choice_text(), LINE), (&feedback, t.scenario_feedback(), LINE)])}
            {desk.remove(&format!("choice-{n}-{m}"), &format!("node-{n}"), t.scenario_choice_remove(m))}
        </fieldset>
    }
    .into_any()
}

/// The case as it is played in a lesson; its steps are buttons, so that what is not saved can be played.
fn play(desk: Desk<'_>, model: &ScenarioEditor) -> AnyView {
    let t = desk.t;
    let anchor = format!("case-{}", model.form.id);
    let step = |value: &str, class: &'static str, words: &str| {
        let class = if class == "go" { "btn bare" } else { class };
        desk.again(class, "", (value.to_owned(), &anchor), words)
    };
    let played = match &model.played {
        Some(node) => case::case(t, node, false, &step),
        None => view! { <p>{t.scenario_play_none()}</p> }.into_any(),
    };
    view! {
        <section class="stack stick" aria-labelledby="prueba">
            <h2 id="prueba" tabindex="-1">{t.scenario_play()}</h2>
            <p class="hint">{t.scenario_play_hint()}</p>
            {played}
        </section>
    }
    .into_any()
}
