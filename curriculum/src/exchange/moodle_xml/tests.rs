use super::*;
use crate::exchange::model::{Body, Item, Numeric, NumericKind, Text};
use crate::exchange::report::{Flaw, Remark};
use crate::exchange::{Decimal, Weight};

fn question(kind: &str, inner: &str) -> (Vec<Item>, Vec<Remark>) {
    let (items, report) = read(&format!("<quiz><question type=\"{kind}\">{inner}</question></quiz>"));
    (items, report.notes.into_iter().map(|n| n.what).collect())
}

#[test]
fn one_answer_is_the_default_and_the_full_one_is_right() {
    let inner = "<answer fraction=\"100\"><text>a</text></answer><answer fraction=\"90\"><text>b</text></answer>";
    let correct = |inner: &str| match question("multichoice", inner).0.remove(0).body {
        Body::SingleChoice(choices) => (true, choices.iter().map(|c| c.correct).collect::<Vec<_>>()),
        Body::MultipleChoice(choices) => (false, choices.iter().map(|c| c.correct).collect()),
        other => panic!("{other:?}"),
    };
    assert_eq!(correct(inner), (true, vec![true, false]));
    assert_eq!(correct(&format!("<single>false</single>{inner}")), (false, vec![true, true]));
}

#[test]
fn what_cannot_be_understood_is_left_out_and_named() {
    let flaw = |kind, inner| match question(kind, inner) {
        (items, remarks) if items.is_empty() => remarks,
        (items, _) => panic!("{items:?}"),
    };
    assert_eq!(flaw("category", ""), [Remark::Unreadable(Flaw::NoText)]);
    assert_eq!(flaw("matching", ""), [Remark::Unreadable(Flaw::NoAnswers)]);
    assert_eq!(flaw("calculated", ""), [Remark::UnknownType { name: "calculated".to_owned() }]);
    let bad = Flaw::BadWeight { value: "101".to_owned() };
    assert_eq!(flaw("shortanswer", "<answer fraction=\"101\"><text>a</text></answer>"), [Remark::Unreadable(bad)]);
    let bad = Flaw::UnknownAnswer { value: "Verdadero".to_owned() };
    assert_eq!(flaw("truefalse", "<answer fraction=\"100\"><text>Verdadero</text></answer>"), [Remark::Unreadable(bad)]);
}

#[test]
fn what_is_not_carried_over_is_named() {
    let hint = "<hint><text>h</text></hint><hint><text/></hint><penalty>1</penalty>";
    let (items, remarks) = question("essay", hint);
    assert_eq!(items.len(), 1);
    let setting = Remark::Setting { name: "penalty".to_owned(), count: 1 };
    assert_eq!(remarks, [Remark::NotCarried { construct: "<hint>".to_owned() }, setting]);
    let answer = "<answer fraction=\"100\"><text>1</text><tolerance>0</tolerance><tolerancetype>2</tolerancetype></answer>";
    assert_eq!(question("numerical", answer).1, [Remark::NotCarried { construct: "<tolerancetype>".to_owned() }]);
}

#[test]
fn a_range_becomes_a_number_and_its_tolerance() {
    let number = |text: &str| Decimal::parse(text).unwrap();
    let range = NumericKind::Range { low: number("1"), high: number("2.5") };
    let body = Body::Numeric(vec![Numeric { kind: range, weight: None, feedback: None }]);
    let (text, report) = write(&[Item::new(1, Text::default(), body)]);
    assert!(report.is_empty());
    let Body::Numeric(answers) = read(&text).0.remove(0).body else { panic!() };
    let kind = NumericKind::Value { value: number("1.75"), tolerance: Some(number("0.75")) };
    assert_eq!(answers, [Numeric { kind, weight: Some(Weight::FULL), feedback: None }]);
}

#[test]
fn texts_may_hold_markup_and_ends_of_cdata() {
    let text = Text::new(Markup::Html, "<p>a ]]> b &amp; \"c\"</p>");
    let item = Item { id: Some("a<b&c".to_owned()), ..Item::new(1, text, Body::Description) };
    let (items, _) = read(&write(std::slice::from_ref(&item)).0);
    assert_eq!(items.first().map(|i| (&i.stem, &i.id)), Some((&item.stem, &item.id)));
}

#[test]
fn a_file_that_is_no_quiz_gives_nothing() {
    let (items, report) = read("<a type=\"b\"><question type=\"essay\"/></a>");
    assert_eq!(items, []);
    assert_eq!(report.notes.len(), 1);
}
