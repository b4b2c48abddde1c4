use super::*;
use crate::exchange::model::{Answer, Body, Choice, Item, Markup, Numeric, NumericKind, Pair, Text};
use crate::exchange::report::{Field, Flaw, Remark};
use crate::exchange::{Decimal, Weight};

fn round(item: &Item) -> (Item, Vec<Remark>) {
    let (text, told) = write(std::slice::from_ref(item));
    let (mut items, report) = read(&text);
    assert_eq!(items.len(), 1, "{text} {report:?}");
    (items.remove(0), told.notes.into_iter().chain(report.notes).map(|n| n.what).collect())
}

fn item(stem: Text, body: Body) -> Item {
    Item { id: Some("q1".to_owned()), title: Some("T".to_owned()), ..Item::new(1, stem, body) }
}

fn html(text: &str) -> Text {
    Text::new(Markup::Html, text)
}

fn plain(text: &str) -> Text {
    Text::new(Markup::Plain, text)
}

fn short(stem: Text) -> Item {
    let answer = |text: &str, feedback| Answer { text: text.to_owned(), weight: Some(Weight::FULL), feedback };
    item(stem, Body::ShortAnswer(vec![answer("sí", Some(plain("Bien & bonito"))), answer("claro", None)]))
}

#[test]
fn everything_of_a_choice_question_comes_back() {
    let choice = |text, correct, feedback| Choice { text, correct, weight: None, feedback };
    let choices = vec![
        choice(html("<b>a</b>"), false, Some(html("No <i>es</i>"))),
        choice(plain("b < c"), true, Some(plain("Sí & sí"))),
        choice(Text::new(Markup::Markdown, "*c*"), false, None),
    ];
    let mut whole = item(html("<p>¿Qué?</p>"), Body::SingleChoice(choices));
    whole.general_feedback = Some(plain("Art. 15"));
    assert_eq!(round(&whole), (Item { line: 2, ..whole.clone() }, Vec::new()));
}

#[test]
fn other_types_come_back_too() {
    let number = |text: &str| Decimal::parse(text).unwrap();
    let answer = |kind, feedback| Numeric { kind, weight: Some(Weight::FULL), feedback };
    let numbers = vec![
        answer(NumericKind::Value { value: number("3.10"), tolerance: Some(number("0.5")) }, Some(plain("Casi"))),
        answer(NumericKind::Range { low: number("-1"), high: number("5") }, None),
        Numeric { weight: Some(Weight::ZERO), ..answer(NumericKind::Any, None) },
    ];
    let pair = |left: Text, right: &str| Pair { left, right: right.to_owned() };
    let bodies = [
        Body::Numeric(numbers),
        Body::TrueFalse { is_true: false, if_true: Some(plain("No")), if_false: None },
        Body::Matching(vec![pair(html("<i>Perú</i>"), "Lima"), pair(plain("Cusco"), "Lima"), pair(Text::default(), "Quito")]),
        Body::Essay,
        Body::Description,
    ];
    for body in bodies {
        let whole = item(html("<p>¿Qué?</p>"), body);
        assert_eq!(round(&whole), (Item { line: 2, ..whole.clone() }, Vec::new()));
    }
}

#[test]
fn the_place_to_answer_stands_at_the_blank() {
    for stem in [
        plain("La _____ protege & más."),
        html("<p>La <b>_____</b> protege.</p>"),
        html("<p>_____ y _____</p>"),
        html("<p>_____</p>"),
        plain("_____"),
    ] {
        let whole = short(stem);
        assert_eq!(round(&whole), (Item { line: 2, ..whole.clone() }, Vec::new()));
    }
    let (text, _) = write(&[short(plain("La _____ protege."))]);
    assert!(text.contains("La <textEntryInteraction responseIdentifier=\"RESPONSE\"/> protege."), "{text}");
}

#[test]
fn html_that_is_not_well_formed_is_kept_as_text() {
    let whole = short(html("a<br>b &nbsp;"));
    let (back, told) = round(&whole);
    assert_eq!((back.stem, told), (whole.stem, vec![Remark::HtmlAsText]));
}

#[test]
fn an_order_is_pairs_of_place_and_text() {
    let pair = |left: &str, right: &str| Pair { left: plain(left), right: right.to_owned() };
    let whole = item(plain("Ordena"), Body::Matching(vec![pair("1", "b"), pair("2", "a")]));
    let (text, _) = write(std::slice::from_ref(&whole));
    assert!(text.contains("<orderInteraction"), "{text}");
    let (back, told) = round(&whole);
    assert_eq!((back.body, told), (whole.body, vec![Remark::PairsAsOrder, Remark::OrderAsPairs]));
}

#[test]
fn several_items_stand_together_and_apart() {
    let items = [short(plain("a")), item(plain("b"), Body::Category), Item { id: None, ..short(plain("c")) }];
    let (text, told) = write(&items);
    let told: Vec<_> = told.notes.into_iter().map(|n| n.what).collect();
    assert!(matches!(told.as_slice(), [Remark::NoSuchType { .. }, Remark::Wrapped { count: 2 }]), "{told:?}");
    assert_eq!(read(&text).0.len(), 2);
    let (files, _) = files(&items);
    assert_eq!(files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["q1", "item-3"]);
    assert!(files.iter().all(|(_, file)| read(file).0.len() == 1));
}

#[test]
fn what_qti_cannot_hold_is_named() {
    let mut whole = short(plain("a"));
    whole.tags.push("t".to_owned());
    whole.id = Some("1 ñ".to_owned());
    let changed = Remark::IdChanged { from: "1 ñ".to_owned(), to: "q-1--".to_owned() };
    assert_eq!(round(&whole).1, [changed, Remark::Lost { field: Field::Tags }]);
    let none = item(plain("a"), Body::Numeric(Vec::new()));
    let (_, report) = write(&[none]);
    assert_eq!(report.notes.into_iter().map(|n| n.what).collect::<Vec<_>>(), [Remark::Unwritable(Flaw::NoAnswers)]);
}
