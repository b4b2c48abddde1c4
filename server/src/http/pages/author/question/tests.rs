//! From the block to the form, to what a browser sends, and back; and the page that shows it.

use super::*;
use crate::http::fields::parse;
use crate::http::pages::author::tests::{course, encoded, hostile, html, in_module, place, programme};
use app::features::assessment::ItemInput;
use app::features::authoring::Words;
use app::features::authoring::question::{AcceptedRow, LineRow, NumberRow, TrialOutcome};
use app::pages::judge::question_editor;
use domain::assessment::question::{AuthoredQuestion, QuestionKind};
use domain::curriculum::Language;
use leptos::prelude::*;

mod round_trip;
mod types;

const T: Texts = Texts(Language::Es);

fn question(id: &str) -> AuthoredQuestion {
    let found = course().iter().flat_map(|p| &p.questions).find(|(_, q, _)| q.id.as_str() == id);
    found.expect("a question").1.clone()
}

fn shown(body: &str) -> QuestionEditor {
    model_from_body(body, &place(programme()), vec![("version".to_owned(), "3".to_owned())], T).expect("a form")
}

fn sent(form: &QuestionForm, more: &[(&str, &str)]) -> Fields {
    let mut fields = form.fields();
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    parse(&encoded(&fields)).expect("fields")
}

fn after(form: &QuestionForm, doing: &str) -> QuestionEditor {
    assert!(handles(doing), "{doing}");
    model_from_fields(&sent(form, &[("do", doing)]), &place(programme()), T)
}

fn saved(form: &QuestionForm) -> Result<String, Box<QuestionEditor>> {
    body_from_fields(&sent(form, &[("do", "save")]), &place(programme()), T)
}

fn page(model: &QuestionEditor) -> String {
    html(|| question_editor(T, model, ().into_any()))
}

#[test]
fn every_real_question_comes_back_as_it_was() {
    for (module, question, _) in course().iter().filter(|p| p.programme.id.0 == "orientadoras").flat_map(|p| &p.questions) {
        let place = in_module(programme(), module.as_str());
        let body = block::write(question);
        let model = model_from_body(&body, &place, Vec::new(), T).expect("a form");
        let fields = sent(&model.form, &[("do", "save")]);
        assert_eq!(body_from_fields(&fields, &place, T).map_err(|m| m.mistakes), Ok(body.clone()), "{}", question.id);
        assert_eq!(draft_from_fields(&fields, &place, T), body);
        assert!(encoded(&model.form.fields()).len() < crate::http::fields::LARGEST / 2);
    }
}

#[test]
fn the_page_shows_every_text_of_the_question_and_no_id_to_type() {
    for id in ["m4-q01", "m4-q02", "m4-q13", "m4-caso-1"] {
        let question = question(id);
        let html = page(&shown(&block::write(&question)));
        let texts = question.options.iter().flat_map(|o| [&o.text.es, &o.feedback.es]);
        let rubric = question.rubric.iter().flat_map(|c| c.levels.iter().map(|l| &l.text.es).chain([&c.title.es]));
        for text in texts.chain(rubric).chain(question.critical_lines.iter().map(|l| &l.text.es)) {
            let plain = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            assert!(html.contains(&plain), "{id}: {text}");
        }
        assert!(html.contains("name=\"version\" value=\"3\"") && html.contains(&format!("type=\"hidden\" name=\"id\" value=\"{id}\"")));
        assert!(!html.contains("<input class=\"input\" id=\"id\""));
        assert!(html.find("value=\"preview\"") < html.find("value=\"kind\""), "Enter changes nothing");
        assert_eq!(html.matches("id=\"prompt-es\"").count(), 1);
    }
}

#[test]
fn rows_come_and_go_with_what_was_typed() {
    let form = shown(&block::write(&question("m4-q01"))).form;
    let more = after(&form, "add-option").form;
    assert_eq!(more.options.iter().map(|o| o.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    let less = after(&more, "remove-option-2").form;
    assert_eq!(less.options.iter().map(|o| o.id.as_str()).collect::<Vec<_>>(), ["a", "c", "d"]);
    assert_eq!(less.options[1].text, form.options[2].text);
    assert!(less.options.iter().all(|o| !o.right), "the right one was taken out");
    let refused = saved(&less).expect_err("no right option");
    assert_eq!(refused.mistakes.errors.len(), 1, "the blank row is left out: {:?}", refused.mistakes);
    assert!(page(&refused).contains(T.question_one_right()));
    let case = after(&QuestionForm { kind: QuestionKind::Case, ..form.clone() }, "kind").form;
    assert_eq!((case.options.len(), case.criteria.len()), (3, 1), "trying a type out loses nothing");
    let case = after(&after(&case, "add-level-1").form, "remove-level-1-1").form;
    assert_eq!(case.criteria[0].levels.iter().map(|l| l.points.as_str()).collect::<Vec<_>>(), ["2", "4", ""]);
    let truth = after(&QuestionForm { kind: QuestionKind::TrueFalse, ..form }, "kind").form;
    assert_eq!(truth.options.iter().map(|o| o.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(block::read(&saved(&truth).expect("two options")).expect("read").options.len(), 2);
}

#[test]
fn a_new_question_needs_no_id_and_says_what_is_missing() {
    let model = shown("");
    let taken = place(programme()).taken;
    assert!(model.form.id.starts_with("m4-q") && !taken.contains(&model.form.id), "{}", model.form.id);
    let refused = saved(&model.form).expect_err("empty");
    for field in ["prompt-es", "right", "objective", "tag"] {
        assert!(refused.mistakes.error(field).is_some(), "{field}: {:?}", refused.mistakes);
    }
    let mut form = model.form;
    form.prompt.es = "¿Qué haces?\r\n\r\n¿Y después?  ".to_owned();
    form.objective = "m4-o1".to_owned();
    form.new_tag = " Denuncia Rápida ".to_owned();
    form.points = "dos".to_owned();
    for (row, right) in form.options.iter_mut().zip([true, false]) {
        row.text.es = "Texto".to_owned();
        row.feedback.es = "Porque sí".to_owned();
        row.right = right;
    }
    let refused = saved(&form).expect_err("points");
    assert_eq!(refused.mistakes.errors.iter().map(|e| e.field.as_str()).collect::<Vec<_>>(), ["points"]);
    form.points = "2".to_owned();
    let written = block::read(&saved(&form).expect("a body")).expect("read");
    assert_eq!(written.prompt.es, "¿Qué haces?\n\n¿Y después?");
    assert_eq!((written.tags, written.options.len(), written.references.len()), (vec!["denuncia-rapida".to_owned()], 2, 0));
}

#[test]
fn a_norm_confirmed_by_nobody_is_told_at_its_row() {
    let mut form = shown(&block::write(&question("m4-q01"))).form;
    form.references[1].confirmed = true;
    let refused = saved(&form).expect_err("by nobody");
    assert_eq!(refused.mistakes.errors[0].field, "reference-2-verified");
    form.references[1].verified = "15 de enero".to_owned();
    form.references[1].reviewer = "R. Paz".to_owned();
    assert_eq!(saved(&form).expect_err("a date").mistakes.errors[0].message, T.question_bad_date());
    form.references[1].verified = "2026-01-15".to_owned();
    assert!(saved(&form).expect("a body").contains("status: confirmed, verified: 2026-01-15, reviewer: \"R. Paz\""));
}

#[test]
fn the_preview_is_answered_and_told_as_the_real_one() {
    let question = question("m4-q49");
    let form = shown(&block::write(&question)).form;
    let tried = |option: &str| {
        let fields = sent(&form, &[("do", "try"), ("option", option)]);
        model_from_fields(&fields, &place(programme()), T)
    };
    let right = tried("b");
    let Some(TrialOutcome::Scored { row, points, critical, reread }) = right.trial.outcome.clone() else { panic!("scored") };
    assert_eq!((row.right, points, critical.0, critical.1.len(), reread), (true, (100, 100), 1, 0, None));
    assert_eq!(row.feedback, question.options[1].feedback.es);
    let wrong = tried("a");
    let Some(TrialOutcome::Scored { row, points, critical, reread }) = wrong.trial.outcome.clone() else { panic!("scored") };
    assert_eq!((row.right, points, critical.1.len()), (false, (0, 100), 1));
    assert_eq!(reread.expect("a part").0, "/course/m4-l5/5");
    assert!(matches!(&wrong.trial.input, ItemInput::One(options) if options[0].2 && !options[1].2));
    let html = page(&wrong);
    assert!(html.contains(T.result_wrong()) && html.contains(T.attempt_one()) && html.contains("name=\"option\""));
    assert!(matches!(tried("zz").trial.outcome, Some(TrialOutcome::Scored { .. })), "an option that is gone is no answer");
}

#[test]
fn a_case_is_tried_with_its_rubric() {
    let question = question("m4-caso-1");
    let form = shown(&block::write(&question)).form;
    let mut given: Vec<(String, String)> =
        question.rubric.iter().map(|c| (format!("r-{}", c.id), (c.levels.len() - 1).to_string())).collect();
    given.extend(question.critical_lines.iter().map(|l| (format!("k-{}", l.id), if l.id == "k1" { "yes" } else { "no" }.to_owned())));
    let mut fields = vec![("do", "try"), ("text", "Primero la escucho.")];
    let waiting = model_from_fields(&sent(&form, &fields), &place(programme()), T);
    assert_eq!(waiting.trial.outcome, Some(TrialOutcome::ForAJudge { words: 3, points: None, critical: Vec::new() }));
    fields.extend(given.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let marked = model_from_fields(&sent(&form, &fields), &place(programme()), T);
    let full = i64::from(question.points) * 100;
    let told = vec![question.critical_lines[0].text.es.clone()];
    assert_eq!(marked.trial.outcome, Some(TrialOutcome::ForAJudge { words: 3, points: Some((full, full)), critical: told }));
    let html = page(&marked);
    assert!(html.contains("name=\"r-r1\"") && html.contains("Primero la escucho."));
}

#[test]
fn hostile_text_is_escaped_and_kept() {
    let mut form = shown(&block::write(&question("m4-q01"))).form;
    for text in hostile() {
        form.prompt = Words { es: text.to_owned(), en: text.to_owned() };
        form.options[0].text.es = text.to_owned();
        form.references[0].norm = text.to_owned();
        form.lines.push(LineRow { id: text.to_owned(), text: form.prompt.clone() });
        let again = after(&form, "preview");
        let html = page(&again);
        assert!(!html.contains("<script") && !html.contains("<img"), "{text}");
        let written = block::read(&saved(&form).expect("a body")).expect("read");
        assert_eq!((written.prompt.es, written.options[0].text.es.as_str()), (again.form.prompt.es, text.trim()));
    }
}

#[test]
fn a_broken_body_gives_no_form() {
    assert!(model_from_body("- id: [", &place(programme()), Vec::new(), T).is_err());
}
