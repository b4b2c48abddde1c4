//! From the file to the form, to what a browser sends, and back.

use super::*;
use crate::http::fields::parse;
use crate::http::pages::author::tests::{course, encoded, hostile, html, place, programme};
use app::pages::judge::scenario_editor;
use app::texts::Texts;
use domain::curriculum::Language;
use leptos::prelude::*;

const T: Texts = Texts(Language::Es);

fn sent(model: &ScenarioEditor, doing: &str) -> Fields {
    let mut fields = model.form.fields();
    fields.push(("do".to_owned(), doing.to_owned()));
    parse(&encoded(&fields)).expect("fields")
}

fn shown(body: &str) -> ScenarioEditor {
    model_from_body(body, "m4-s9", &place(programme()), Vec::new(), T).expect("a form")
}

#[test]
fn every_real_case_comes_back_as_it_was_and_fits_into_a_form() {
    for case in course().iter().flat_map(|p| &p.scenarios) {
        let body = file::write(case);
        let model = shown(&body);
        assert_eq!(model.warnings, [], "{}", case.id);
        let fields = sent(&model, "save");
        assert_eq!(body_from_fields(&fields, &place(programme()), T), Ok(body), "{}", case.id);
        assert!(encoded(&model.form.fields()).len() < crate::http::fields::LARGEST * 3 / 4, "{}", case.id);
    }
}

#[test]
fn the_case_is_played_as_in_a_lesson_before_it_is_saved() {
    let case = course().iter().flat_map(|p| &p.scenarios).next().expect("a case");
    let model = shown(&file::write(case));
    let first = &case.nodes[0];
    let start = model.played.clone().expect("played");
    assert_eq!((start.text.as_str(), start.done.is_none()), (first.text.es.as_str(), true));
    let button = start.choices[0].0.clone();
    assert!(handles(&button), "{button}");
    let next = model_from_fields(&sent(&model, &button), &place(programme()), T);
    let (did, told) = next.played.clone().expect("played").done.expect("chose");
    assert_eq!(did, first.choices[0].text.es);
    assert_eq!(Some(told), first.choices[0].feedback.as_ref().map(|f| f.es.clone()));
    assert_eq!(next.form, model.form);
    let page = html(|| scenario_editor(T, &next, ().into_any()));
    assert!(page.contains("name=\"do\" value=\"play\""), "the way back to the start is a button");
    assert!(!page.contains("href=\"play"));
    let lost = model_from_fields(&sent(&model, "play.n99.7"), &place(programme()), T);
    assert_eq!(lost.played, model.played);
}

#[test]
fn a_new_case_grows_scene_by_scene_and_says_what_is_missing() {
    let mut model = shown("");
    assert_eq!((model.form.id.as_str(), model.form.start.as_str(), model.form.nodes.len()), ("m4-s9", "n1", 1));
    for doing in ["add-node", "add-node", "add-choice-1", "add-choice-1", "remove-node-2", "remove-choice-1-2"] {
        assert!(handles(doing));
        model = model_from_fields(&sent(&model, doing), &place(programme()), T);
    }
    let ids: Vec<_> = model.form.nodes.iter().map(|n| n.id.as_str()).collect();
    assert_eq!((ids, model.form.nodes[0].choices.len()), (vec!["n1", "n3"], 1));
    let refused = body_from_fields(&sent(&model, "save"), &place(programme()), T).expect_err("unfinished");
    for field in ["title-es", "node-1-text-es", "node-1-choice-1-text-es", "node-1-choice-1-to", "node-2-text-es", "node-2-outcome"] {
        assert!(refused.mistakes.error(field).is_some(), "{field}");
    }
    let page = html(|| scenario_editor(T, &refused, ().into_any()));
    assert!(page.contains(T.scenario_no_title()) && page.contains("href=\"#node-1-choice-1-to\""));
    model.form.title.es = "La puerta".to_owned();
    model.form.nodes[0].text.es = "Tocan.".to_owned();
    model.form.nodes[0].choices[0] =
        ChoiceRow { to: "n1".to_owned(), text: Words { es: "Esperar".to_owned(), en: String::new() }, ..ChoiceRow::default() };
    model.form.nodes[1].text.es = "Fin.".to_owned();
    model.form.nodes[1].safe = Some(true);
    let body = body_from_fields(&sent(&model, "save"), &place(programme()), T).expect("a body");
    let warned = shown(&body).warnings;
    assert_eq!(warned, [("node-2".to_owned(), T.scenario_unreachable(2)), ("node-1".to_owned(), T.scenario_endless(1))]);
}

#[test]
fn hostile_text_is_escaped_and_kept() {
    let mut model = shown("");
    for text in hostile() {
        model.form.title.es = text.to_owned();
        model.form.nodes[0].text = Words { es: text.to_owned(), en: text.to_owned() };
        model.form.nodes[0].safe = Some(false);
        let fields = sent(&model, "save");
        let again = model_from_fields(&fields, &place(programme()), T);
        let page = html(|| scenario_editor(T, &again, ().into_any()));
        assert!(!page.contains("<script") && !page.contains("<img"), "{text}");
        let body = body_from_fields(&fields, &place(programme()), T).expect("a body");
        assert_eq!(file::read(&body).expect("read").title.es, again.form.title.es);
    }
}
