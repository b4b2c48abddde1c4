use super::*;
use crate::exchange::model::{Body, Choice, Markup, NumericKind, Pair, Text};
use crate::exchange::report::{Field, Flaw, Remark};
use crate::exchange::{Weight, dump};

fn only(source: &str) -> Item {
    let (mut items, report) = read(source);
    assert_eq!(report.notes, [], "{source}");
    assert_eq!(items.len(), 1, "{source}");
    items.remove(0)
}

fn remarks(source: &str) -> Vec<(u32, Remark)> {
    read(source).1.notes.into_iter().map(|n| (n.line, n.what)).collect()
}

fn choice(text: &str, correct: bool, percent: Option<&str>) -> Choice {
    let weight = percent.map(|p| Weight::from_percent(p).unwrap().weight);
    Choice { text: Text::new(Markup::Plain, text), correct, weight, feedback: None }
}

fn written(body: Body) -> (String, Vec<Remark>) {
    let (text, report) = write(&[Item::new(1, Text::new(Markup::Moodle, "Q"), body)]);
    (text, report.notes.into_iter().map(|n| n.what).collect())
}

#[test]
fn feedback_of_true_false_goes_to_the_right_side() {
    let sides = |source: &str| match only(source).body {
        Body::TrueFalse { is_true, if_true, if_false } => (is_true, if_true.map(|t| t.text), if_false.map(|t| t.text)),
        other => panic!("{other:?}"),
    };
    let text = |t: &str| Some(t.to_owned());
    assert_eq!(sides("Q{T#wrong#right}"), (true, text("right"), text("wrong")));
    assert_eq!(sides("Q{FALSE#wrong#right}"), (false, text("wrong"), text("right")));
    assert_eq!(sides("Q{F##right####all}"), (false, None, text("right")));
}

#[test]
fn a_short_answer_may_be_called_true() {
    assert_eq!(only("Q{=T}").body.kind(), crate::exchange::model::Kind::ShortAnswer);
    let (text, _) = written(only("Q{=T}").body);
    assert_eq!(text, "Q{\n\t=T\n}\n");
}

#[test]
fn numbers_keep_their_digits() {
    let Body::Numeric(answers) = only("Q{#=3.10:+.50#a =%50%-1e3 =-2..-1 ~%-5%7}").body else { panic!() };
    let [a, b, c, d] = answers.as_slice() else { panic!("{answers:?}") };
    let value = |n: &crate::exchange::Numeric| match &n.kind {
        NumericKind::Value { value, tolerance } => (value.to_string(), tolerance.as_ref().map(ToString::to_string)),
        NumericKind::Range { low, high } => (low.to_string(), Some(high.to_string())),
        NumericKind::Any => panic!(),
    };
    assert_eq!(value(a), ("3.10".to_owned(), Some("0.50".to_owned())));
    assert_eq!(value(b), ("-1e3".to_owned(), None));
    assert_eq!(value(c), ("-2".to_owned(), Some("-1".to_owned())));
    assert_eq!((value(d).0.as_str(), d.weight.map(|w| w.to_string()).as_deref()), ("7", Some("-5")));
}

#[test]
fn the_text_of_an_item_is_never_taken_for_syntax() {
    for text in ["[html] a", "%50% a", "// a", "$CATEGORY: a", "::a:: b", "a{=b}", "[id:x]", "T", "a\\", "\\n", "a\n\n// b\n\n$CATEGORY: c"]
    {
        let item =
            Item::new(1, Text::new(Markup::Moodle, text), Body::SingleChoice(vec![choice(text, true, None), choice("b", false, None)]));
        let (written, report) = write(std::slice::from_ref(&item));
        assert!(report.is_empty());
        let back = only(&written);
        let Body::SingleChoice(choices) = &back.body else { panic!("{written}") };
        assert_eq!((&back.stem.text, &choices[0].text.text), (&item.stem.text, &item.stem.text), "{written}");
    }
}

#[test]
fn without_weights_a_multiple_choice_gets_those_of_our_rule() {
    let choices = vec![choice("a", true, None), choice("b", true, None), choice("c", true, None), choice("d", false, None)];
    let (text, remarks) = written(Body::MultipleChoice(choices));
    let third = "%33.33333%";
    assert_eq!(text, format!("Q{{\n\t~{third}[plain]a\n\t~{third}[plain]b\n\t~{third}[plain]c\n\t~%-33.33333%[plain]d\n}}\n"));
    assert_eq!(remarks, []);
}

#[test]
fn what_gift_cannot_hold_is_named() {
    let pair = |left: &str, right: &str| Pair { left: Text::new(Markup::Moodle, left), right: right.to_owned() };
    assert_eq!(written(Body::Matching(vec![pair("a->b", "c")])).1, [Remark::Unwritable(Flaw::Arrow)]);
    assert_eq!(written(Body::Matching(vec![pair("a", "b->c")])).0, "Q{\n\t=a -> b->c\n}\n");
    assert_eq!(written(Body::SingleChoice(Vec::new())).1, [Remark::Unwritable(Flaw::NoAnswers)]);
    assert_eq!(written(Body::Category).1, [Remark::Nothing]);
    let half = written(Body::SingleChoice(vec![choice("a", true, Some("50")), choice("b", false, None)])).1;
    assert_eq!(half, [Remark::Lost { field: Field::Weights }]);
}

#[test]
fn flaws_are_named_with_their_line() {
    assert_eq!(remarks("\n\nQ {=a\n~b"), [(3, Remark::Unreadable(Flaw::NoClosingBrace))]);
    assert_eq!(remarks("Q =a}"), [(1, Remark::Unreadable(Flaw::NoOpeningBrace))]);
    assert_eq!(remarks("Q {#\n=1\n=dos\n}"), [(3, Remark::Unreadable(Flaw::BadNumber { value: "dos".to_owned() }))]);
    assert_eq!(
        remarks("// a\nQ{\n~a\n// b\n~%101%b\n}"),
        [(1, Remark::Comments { count: 2 }), (5, Remark::WeightAsText { value: "%101%".to_owned() })]
    );
}

#[test]
fn ids_and_tags_wait_for_their_question() {
    let item = only("// [id:q\\]1] [tag:a] [tag:b]\n\n// [tag:a]\nQ{}");
    assert_eq!((item.id.as_deref(), item.tags.as_slice(), item.line), (Some("q]1"), ["a".to_owned(), "b".to_owned()].as_slice(), 4));
    assert_eq!(write(&[item]).0, "// [id:q\\]1] [tag:a] [tag:b]\nQ{}\n");
}

#[test]
fn a_dump_is_in_the_words_of_the_specification() {
    let (items, _) = read("::t::[html]S{=%50%a#f ~[plain]b####g}");
    let expected = serde_json::json!([{
        "type": "single-choice", "title": "t", "id": null, "tags": [], "stem": {"format": "html", "text": "S"},
        "choices": [
            {"text": "a", "correct": true, "weight": 50, "feedback": "f"},
            {"text": "b", "format": "plain", "correct": false, "weight": null, "feedback": null},
        ],
        "general_feedback": "g",
    }]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&dump(&items)).unwrap(), expected);
}
