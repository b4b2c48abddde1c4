//! Questions with typed answers, pairs and orders: each mistake with its line and what to write instead.

use crate::support::*;
use curriculum::check_from;

/// Spoils `from`, and expects one mistake, on the line of `at`, whose sentence has `says` in it.
fn expect(from: &str, to: &str, at: &str, says: &str) {
    let texts = spoiled(QUESTIONS, from, to);
    let report = check_from(&texts);
    let told: Vec<_> = report.mistakes.iter().map(|m| (m.file.as_str(), m.line, m.what.to_string())).collect();
    let [(file, at_line, sentence)] = told.as_slice() else { panic!("{from:?} → {to:?}\n{report}") };
    assert_eq!((*file, *at_line), (QUESTIONS, line(&texts, QUESTIONS, at)), "{report}");
    assert!(sentence.contains(says), "{sentence}");
}

#[test]
fn values_are_told_on_their_own_line() {
    expect("value: \"12,5\"", "value: doce", "value: doce", "write one such as 15");
    expect("value: \"12,5\"", "value: 12.5", "value: 12.5", "quote a text");
    expect("tolerance: 5%", "tolerance: -5%", "tolerance: -5%", "write a number not below zero");
    expect("weight: 50", "weight: 101", "weight: 101", "write percent from 0 to 100");
    expect("feedback: {es: Es dos., en: It is two.}", "nota: {es: Es dos., en: It is two.}", "nota:", "allowed here");
}

#[test]
fn questions_that_cannot_be_answered_are_told() {
    expect("text: {es: juez*, en: judge*}", "text: {es: JUEZ-de-paz, en: judge*}", "id: m1-corta", "take one out");
    expect("weight: 50", "weight: 50}\n    - {text: {es: \"¡!\", en: \"¡!\"}", "id: m1-corta", "no letter or digit");
    expect("value: \"12,5\", tolerance: 5%", "value: \"12,5\", weight: 0", "id: m1-numero", "no answer gives 100 percent");
    expect("option: b, feedback", "option: x, feedback", "id: m1-pares", "which is not there");
    expect("text: {es: Después, en: After}", "text: {es: Antes, en: After}", "id: m1-orden", "reads the same");
    expect("  unit: {es: días, en: days}\n", "  unit: {es: días, en: days}\n  minimum_words: 3\n", "id: m1-numero", "rubric");
    expect("  explanation: {es: Así., en: Like this.}\n", "  unit: {es: Así., en: Like this.}\n", "id: m1-orden", "take it out");
}
