//! What holds of every format: writing is a fixed point, nothing vanishes unsaid, and nothing makes a reader panic.

use super::bank::{Target, give, take, yaml};
use super::model::{Answer, Body, Choice, Item, Markup, Numeric, NumericKind, Pair, Text};
use super::number::{Decimal, Weight};
use super::report::{Remark, Report};
use super::{Format, dump, read, write};
use domain::assessment::question::AuthoredQuestion;
use domain::curriculum::Language;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::BTreeSet;

/// Pieces that mean something in one format or another.
const PIECES: [&str; 72] = [
    "a",
    "ñ",
    "¿Qué?",
    " ",
    "  ",
    "\n",
    "\t",
    "\r",
    "\\",
    "\\n",
    "#",
    "####",
    "=",
    "~",
    "{",
    "}",
    ":",
    "::",
    "[html]",
    "[plain]",
    "[",
    "]",
    "%50%",
    "%",
    "->",
    "-",
    ">",
    "//",
    "$CATEGORY:",
    "_____",
    "<b>x</b>",
    "<p>",
    "</p>",
    "<br/>",
    "&amp;",
    "&nbsp;",
    "&",
    "<",
    "]]>",
    "<![CDATA[",
    "<!-- c -->",
    "<?p?>",
    "\u{0}",
    "\u{1}",
    "\u{b}",
    "\u{7f}",
    "\u{a0}",
    "\u{85}",
    "\u{feff}",
    "\u{fffe}",
    "T",
    "FALSE",
    "A. ",
    "B)",
    "ANSWER: A",
    "1",
    "1..5",
    "3:0.5",
    "*",
    "<prompt>x</prompt>",
    "<div class=\"stem\">",
    "</div>",
    "<p class=\"format-plain\">y</p>",
    "<textEntryInteraction/>",
    "<span class=\"format-html\">",
    "</span>",
    "\"",
    "'",
    "<img alt=\"_____\"/>",
    "[id:",
    "[tag:x]",
    "é\u{301}",
];

fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![6 => select(&PIECES[..]).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn text() -> impl Strategy<Value = Text> {
    (select(&Markup::ALL[..]), words()).prop_map(|(format, text)| Text { format, text })
}

fn feedback() -> impl Strategy<Value = Option<Text>> {
    proptest::option::of(text())
}

fn weight() -> impl Strategy<Value = Option<Weight>> {
    let odd = (-10_000_000_i64..=10_000_000).prop_filter_map("within bounds", Weight::new);
    let third = Weight::new(3_333_333).unwrap();
    proptest::option::of(prop_oneof![Just(Weight::FULL), Just(Weight::ZERO), Just(third), Just(third.opposite()), odd])
}

fn decimal() -> impl Strategy<Value = Decimal> {
    "-?[0-9]{1,5}(\\.[0-9]{1,4})?".prop_filter_map("a number", |text| Decimal::parse(&text))
}

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    let choice = (text(), any::<bool>(), weight(), feedback());
    let weighed =
        proptest::collection::vec(choice.prop_map(|(text, correct, weight, feedback)| Choice { text, correct, weight, feedback }), 0..4);
    (weighed, any::<bool>()).prop_map(|(mut choices, keep)| {
        choices.iter_mut().filter(|_| !keep).for_each(|c| c.weight = None);
        choices
    })
}

fn numeric() -> impl Strategy<Value = Numeric> {
    let kind = prop_oneof![
        (decimal(), proptest::option::of(decimal())).prop_map(|(value, tolerance)| NumericKind::Value { value, tolerance }),
        (decimal(), decimal()).prop_map(|(low, high)| NumericKind::Range { low, high }),
        Just(NumericKind::Any),
    ];
    (kind, weight(), feedback()).prop_map(|(kind, weight, feedback)| Numeric { kind, weight, feedback })
}

fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    let free = proptest::collection::vec((text(), words()).prop_map(|(left, right)| Pair { left, right }), 0..4);
    let ordered = proptest::collection::vec(words(), 0..4).prop_map(|rights| {
        let pair = |(place, right): (usize, String)| Pair { left: Text::new(Markup::Plain, &place.to_string()), right };
        (1..).zip(rights).map(pair).collect()
    });
    prop_oneof![2 => free, 1 => ordered]
}

fn body() -> impl Strategy<Value = Body> {
    let answer = (words(), weight(), feedback()).prop_map(|(text, weight, feedback)| Answer { text, weight, feedback });
    let truth = (any::<bool>(), feedback(), feedback());
    prop_oneof![
        Just(Body::Category),
        Just(Body::Description),
        Just(Body::Essay),
        choices().prop_map(Body::SingleChoice),
        choices().prop_map(Body::MultipleChoice),
        truth.prop_map(|(is_true, if_true, if_false)| Body::TrueFalse { is_true, if_true, if_false }),
        proptest::collection::vec(answer, 0..4).prop_map(Body::ShortAnswer),
        proptest::collection::vec(numeric(), 0..4).prop_map(Body::Numeric),
        pairs().prop_map(Body::Matching),
    ]
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let labels = (proptest::option::of(words()), proptest::option::of(words()), proptest::collection::vec(words(), 0..3));
    let item = (labels, text(), body(), feedback());
    let item =
        item.prop_map(|((title, id, tags), stem, body, general_feedback)| Item { line: 1, title, id, tags, stem, body, general_feedback });
    proptest::collection::vec(item, 0..3).prop_map(|mut items| {
        (1..).zip(&mut items).for_each(|(line, item)| item.line = line);
        items
    })
}

fn left_out(report: &Report) -> usize {
    let is_left_out = |r: &Remark| matches!(r, Remark::NoSuchType { .. } | Remark::Unwritable(_) | Remark::Nothing);
    report.notes.iter().filter(|n| is_left_out(&n.what)).count()
}

fn is_fixed_point(format: Format, items: &[Item]) -> Result<(), TestCaseError> {
    let (first, told) = write(format, items);
    let (back, report) = read(format, &first);
    let (second, _) = write(format, &back);
    prop_assert_eq!(&second, &first);
    prop_assert_eq!(back.len() + left_out(&told), items.len(), "{} {:?}", first, told);
    let expected = |r: &Remark| matches!(r, Remark::OrderAsPairs | Remark::PairWithoutArrow);
    let strange: Vec<_> = report.notes.iter().filter(|n| !expected(&n.what)).collect();
    prop_assert!(strange.is_empty(), "{}\n{:?}", first, strange);
    Ok(())
}

/// Reads, prints, writes and takes whatever `source` is.
fn survives(source: &str) {
    for format in Format::ALL {
        let (items, report) = read(format, source);
        assert!(serde_json::from_str::<serde_json::Value>(&dump(&items)).unwrap().as_array().is_some_and(|a| a.len() == items.len()));
        let lines = u32::try_from(source.split(['\n', '\r']).count()).unwrap();
        assert!(report.notes.iter().all(|n| (1..=lines).contains(&n.line)), "{report:?}");
        assert_eq!(report.lines(Language::Es).len(), report.lines(Language::En).len());
        for other in Format::ALL {
            let _ = write(other, &items);
        }
        let _ = take(&items, &target());
    }
}

fn target() -> Target {
    Target { objective: "m4-o1".into(), prefix: "m4-".to_owned(), taken: BTreeSet::from(["m4-a".to_owned()]) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gift_is_a_fixed_point(items in items()) {
        is_fixed_point(Format::Gift, &items)?;
    }

    #[test]
    fn moodle_xml_is_a_fixed_point(items in items()) {
        is_fixed_point(Format::MoodleXml, &items)?;
    }

    #[test]
    fn aiken_is_a_fixed_point(items in items()) {
        is_fixed_point(Format::Aiken, &items)?;
    }

    #[test]
    fn qti_is_a_fixed_point(items in items()) {
        is_fixed_point(Format::Qti, &items)?;
    }

    #[test]
    fn any_text_is_read(source in prop_oneof![any::<String>(), proptest::collection::vec(words(), 0..12).prop_map(|w| w.concat())]) {
        survives(&source);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        survives(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_damaged_file_is_read(items in items(), at in any::<Index>(), piece in words()) {
        for format in Format::ALL {
            let (mut source, _) = write(format, &items);
            let places: Vec<usize> = (0..=source.len()).filter(|p| source.is_char_boundary(*p)).collect();
            source.insert_str(*at.get(&places), &piece);
            survives(&source);
        }
    }

    #[test]
    fn what_the_bank_takes_it_gives_and_takes_again(items in items()) {
        let (questions, report) = take(&items, &target());
        let empty = Target { taken: BTreeSet::new(), ..target() };
        let (again, _) = take(&give(&questions, Language::Es).0, &empty);
        prop_assert_eq!(&again, &questions);
        let mut ids: Vec<_> = questions.iter().map(|q| q.id.to_string()).collect();
        ids.push("m4-a".to_owned());
        prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        let named: BTreeSet<u32> = report.notes.iter().map(|n| n.line).collect();
        prop_assert!(questions.len() == items.len() || !named.is_empty());
        let written = yaml(&questions).unwrap();
        let mut mistakes = Vec::new();
        let tree = crate::yaml::tree("q.yaml", 1, &written).unwrap();
        let read: Vec<AuthoredQuestion> = tree.items().iter().filter_map(|n| crate::yaml::typed("q.yaml", n, &mut mistakes)).collect();
        prop_assert_eq!(read, questions, "{} {:?}", written, mistakes);
    }
}
