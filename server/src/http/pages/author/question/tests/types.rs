//! Short answers, numbers, matching and ordering: their fields, rows, mistakes and trials.

use super::round_trip::{every_sample, form_of, sample};
use super::*;
use domain::assessment::question::Content;

fn fields_told(form: &QuestionForm) -> Vec<(String, String)> {
    let refused = saved(form).expect_err("mistakes");
    refused.mistakes.errors.into_iter().map(|e| (e.field, e.message)).collect()
}

fn told(form: &QuestionForm, wanted: &[(&str, &str)]) {
    let wanted: Vec<_> = wanted.iter().map(|(field, words)| ((*field).to_owned(), (*words).to_owned())).collect();
    assert_eq!(fields_told(form), wanted);
}

#[test]
fn the_page_shows_every_text_and_what_belongs_to_the_type() {
    for question in every_sample() {
        let html = page(&shown(&block::write(&question)));
        let accepted = question.accepted.iter().flat_map(|a| [&a.text, &a.feedback]);
        let pairs = question.pairs.iter().flat_map(|p| [&p.text, &p.feedback]);
        let said = question.numbers.iter().map(|n| &n.feedback).chain(&question.explanation).chain(&question.unit);
        for text in accepted.chain(pairs).chain(said).chain(question.options.iter().map(|o| &o.text)) {
            assert!(html.contains(&text.es) && html.contains(text.en.as_deref().unwrap_or_default()), "{text:?}");
        }
        let is_field = |name: &str| html.contains(&format!(" id=\"{name}\" name=\"{name}\""));
        let belongs = |content| question.kind.rules().content.contains(&content);
        assert_eq!(is_field("accepted-1-weight"), belongs(Content::Accepted));
        assert_eq!(is_field("number-1-value"), belongs(Content::Numbers));
        assert_eq!((is_field("unit-es"), is_field("units")), (belongs(Content::Unit), belongs(Content::Unit)));
        assert_eq!(is_field("pair-1-option"), belongs(Content::Pairs));
        assert_eq!(is_field("explanation-es"), belongs(Content::Explanation));
        assert_eq!(html.contains("value=\"up-option-2\""), question.kind == QuestionKind::Ordering);
        let has_key = !matches!(question.kind, QuestionKind::Matching | QuestionKind::Ordering) && belongs(Content::Options);
        assert_eq!(html.contains("type=\"checkbox\" name=\"option-1-critical\""), has_key);
        assert!(html.contains(&format!("<option value=\"{}\" selected", question.kind.name())));
    }
}

#[test]
fn steps_move_without_losing_their_ids() {
    let form = form_of(&sample(QuestionKind::Ordering));
    let ids = |form: &QuestionForm| form.options.iter().map(|o| o.id.clone()).collect::<String>();
    let up = after(&form, "up-option-2").form;
    assert_eq!((ids(&form).as_str(), ids(&up).as_str()), ("abcd", "bacd"));
    assert_eq!(up.options[0].text, form.options[1].text);
    assert_eq!(ids(&after(&form, "down-option-3").form), "abdc");
    for doing in ["up-option-1", "down-option-4", "up-option-9"] {
        assert_eq!(after(&form, doing).form, form, "{doing}");
    }
    let html = page(&after(&form, "preview"));
    assert!(!html.contains("value=\"up-option-1\"") && !html.contains("value=\"down-option-4\""));
    assert!(html.contains("/author/drafts/7#option-1-text-es"), "a moved step leads to its place");
}

#[test]
fn a_pair_does_not_pass_to_an_option_that_came_later() {
    let form = form_of(&sample(QuestionKind::Matching));
    let less = after(&form, "remove-option-2").form;
    assert_eq!(less.pairs.iter().map(|p| p.option.as_str()).collect::<Vec<_>>(), ["", "a", ""]);
    let model = after(&less, "add-option");
    let more = &model.form;
    assert_eq!((more.options[2].id.as_str(), more.pairs[0].option.as_str()), ("b", ""));
    told(&less, &[("pair-1-option", T.question_no_pair_option()), ("pair-3-option", T.question_no_pair_option())]);
    let html = page(&model);
    assert!(html.contains(&T.question_option_named(3, T.question_no_text_yet())));
}

#[test]
fn a_new_question_of_each_type_says_what_is_missing() {
    for (kind, wanted) in [
        (QuestionKind::ShortAnswer, vec![("accepted-1-text-es", T.question_no_accepted())]),
        (QuestionKind::Numeric, vec![("number-1-value", T.question_no_numbers())]),
        (QuestionKind::Matching, vec![("right", T.question_few_rights()), ("parejas", T.question_few_pairs())]),
        (QuestionKind::Ordering, vec![("right", T.question_few_steps())]),
    ] {
        let blank = after(&QuestionForm { kind, ..shown("").form }, "kind").form;
        let all = [("objective", T.question_no_objective()), ("prompt-es", T.question_no_prompt())];
        let wanted: Vec<_> = all.into_iter().chain(wanted).chain([("tag", T.question_no_tag())]).collect();
        told(&blank, &wanted);
        let html = page(&saved(&blank).expect_err("empty"));
        assert!(wanted.iter().all(|(field, words)| html.contains(&format!("href=\"#{field}\"")) && html.contains(words)), "{kind:?}");
        assert!(wanted.iter().all(|(field, _)| html.contains(&format!("id=\"{field}\""))), "{kind:?}");
    }
}

#[test]
fn mistakes_of_answers_stand_at_their_rows() {
    let mut form = form_of(&sample(QuestionKind::ShortAnswer));
    form.accepted.insert(0, AcceptedRow::default());
    form.accepted[2].text = form.accepted[1].text.clone();
    form.accepted[3].text.es = "¡!".to_owned();
    form.accepted.push(AcceptedRow { weight: "10".to_owned(), ..AcceptedRow::default() });
    form.accepted[1].feedback.en = "Only English".to_owned();
    told(
        &form,
        &[
            ("accepted-2-feedback-es", T.question_no_spanish()),
            ("accepted-3-text-es", T.question_repeated_answer()),
            ("accepted-4-text-es", T.question_nothing_to_compare()),
            ("accepted-5-text-es", T.question_no_text()),
        ],
    );
    for (weight, words) in [("mucho", T.question_bad_weight()), ("101", T.question_bad_weight()), ("50 %", T.question_no_full_weight())] {
        let mut form = form_of(&sample(QuestionKind::ShortAnswer));
        form.accepted[0].weight = weight.to_owned();
        told(&form, &[("accepted-1-weight", words)]);
    }
}

#[test]
fn mistakes_of_numbers_stand_at_their_rows() {
    let mut form = form_of(&sample(QuestionKind::Numeric));
    form.numbers[0].value = "quince".to_owned();
    form.numbers[1].tolerance = "-1".to_owned();
    form.numbers[2].feedback.en = "Only English".to_owned();
    form.numbers[3].tolerance = "1".to_owned();
    form.numbers.push(NumberRow { value: "2/6".to_owned(), ..NumberRow::default() });
    form.unit = Words { es: String::new(), en: "days".to_owned() };
    form.explanation = form.unit.clone();
    told(
        &form,
        &[
            ("number-1-value", T.question_bad_number()),
            ("number-2-tolerance", T.question_bad_tolerance()),
            ("explanation-es", T.question_no_spanish()),
            ("number-3-feedback-es", T.question_no_spanish()),
            ("number-4-tolerance", T.question_tolerance_of_any()),
            ("number-5-value", T.question_repeated_answer()),
            ("unit-es", T.question_no_spanish()),
        ],
    );
}

#[test]
fn what_cannot_be_read_is_told_on_saving_and_becomes_no_other_answer() {
    let mut form = form_of(&sample(QuestionKind::Numeric));
    let unread = |form: &QuestionForm| super::super::unread(&sent(form, &[("do", "save")]), &place(programme()), T);
    assert!(unread(&form).is_none());
    form.numbers[0].value = "quince".to_owned();
    let again = unread(&form).expect("the form again");
    assert_eq!(again.form.numbers[0].value, "quince");
    assert_eq!(again.mistakes.errors.len(), 1);
    let kept = block::read(&draft_from_fields(&sent(&form, &[]), &place(programme()), T)).expect("read");
    assert_eq!(kept.numbers, sample(QuestionKind::Numeric).numbers[1..]);
}

#[test]
fn an_explanation_that_belongs_to_options_is_shown_and_told() {
    let mut form = form_of(&sample(QuestionKind::SingleChoice));
    assert!(!page(&after(&form, "preview")).contains("id=\"explanation-es\""));
    form.explanation.es = "Para todas".to_owned();
    assert!(page(&after(&form, "preview")).contains("id=\"explanation-es\""));
    told(&form, &[("explanation-es", T.question_explanation_elsewhere())]);
}

#[test]
fn entries_that_read_the_same_are_told_and_carry_no_key() {
    let mut form = form_of(&sample(QuestionKind::Ordering));
    form.options[2].text = form.options[0].text.clone();
    form.options[1].right = true;
    form.options[1].feedback.es = "De otro tipo".to_owned();
    told(&form, &[("option-3-text-es", T.question_same_text())]);
    assert_eq!(after(&form, "preview").form, form, "carried along unseen");
}

#[test]
fn each_type_is_tried_and_told_as_the_real_one() {
    let tried = |question: &AuthoredQuestion, given: &[(&str, &str)]| {
        let more: Vec<_> = [("do", "try")].into_iter().chain(given.iter().copied()).collect();
        let model = model_from_fields(&sent(&form_of(question), &more), &place(programme()), T);
        let Some(TrialOutcome::Scored { row, points, .. }) = model.trial.outcome.clone() else { panic!("scored") };
        assert!(page(&model).contains(T.question_trial_scored()));
        (row, points)
    };
    let short = sample(QuestionKind::ShortAnswer);
    let (row, points) = tried(&short, &[("text", " JUEZ de paz.")]);
    assert_eq!((row.right, points), (true, (400, 400)));
    let (row, points) = tried(&short, &[("text", "Juzgado de familia")]);
    assert_eq!((row.right, points), (false, (200, 400)));
    assert!(row.feedback.contains("Casi") && row.feedback.contains("Para todas"), "{}", row.feedback);
    let numeric = sample(QuestionKind::Numeric);
    assert_eq!(tried(&numeric, &[("text", "15,0 días")]).1, (200, 200));
    assert_eq!(tried(&numeric, &[("text", "1/3")]).1, (100, 200));
    let matching = sample(QuestionKind::Matching);
    let pairs = |places: [&'static str; 3]| places.map(|place| ("option", place));
    assert_eq!(tried(&matching, &pairs(["2", "1", "2"])).1, (300, 300));
    let (row, points) = tried(&matching, &pairs(["2", "1", "3"]));
    assert_eq!((points, row.feedback.contains("Mira otra vez")), ((200, 300), true));
    // The steps are shown turned round.
    let ordering = sample(QuestionKind::Ordering);
    let places = |places: [&'static str; 4]| places.map(|place| ("option", place));
    assert_eq!(tried(&ordering, &places(["4", "3", "2", "1"])).1, (300, 300));
    assert_eq!(tried(&ordering, &places(["1", "2", "3", "4"])).1, (0, 300));
}

#[test]
fn hostile_answers_are_escaped_and_kept() {
    for text in hostile() {
        for mut form in every_sample().iter().map(form_of) {
            form.accepted.iter_mut().for_each(|row| row.text.es = text.to_owned());
            form.numbers.iter_mut().for_each(|row| row.value = text.to_owned());
            form.pairs.iter_mut().for_each(|row| row.text.es = text.to_owned());
            form.options.iter_mut().for_each(|row| row.text.es = text.to_owned());
            (form.unit.es, form.units, form.explanation.en) = (text.to_owned(), text.to_owned(), text.to_owned());
            let again = after(&form, "preview");
            let html = page(&again);
            assert!(!html.contains("<script") && !html.contains("<img"), "{text}");
            assert_eq!(again.form.explanation.en, text.trim());
        }
    }
}
