//! What the types look at in common: ids, texts, options.

use super::AuthoredQuestion;
use super::problem::{Place, Problem};
use crate::curriculum::Localised;
use std::collections::BTreeSet;

/// Tells each id that is malformed or used twice.
pub(super) fn check_ids<'a>(ids: impl IntoIterator<Item = &'a str>, found: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            found.push(Problem::BadId { id: id.to_owned() });
        }
        if !seen.insert(id) {
            found.push(Problem::RepeatedId { id: id.to_owned() });
        }
    }
}

/// Tells a text that is empty in Spanish, or in a translation that is there.
pub(super) fn check_text(text: &Localised, place: Place, found: &mut Vec<Problem>) {
    let is_blank = |t: &str| t.trim().is_empty();
    if is_blank(&text.es) || text.en.as_deref().is_some_and(is_blank) {
        found.push(Problem::EmptyText { place });
    }
}

/// Tells a text that may be left out and is there without a word in one of its languages.
pub(super) fn check_said(text: &Localised, place: Place, found: &mut Vec<Problem>) {
    if !text.is_blank() {
        check_text(text, place, found);
    }
}

/// What options to match or to put in order are held to: they are told apart by their texts, and carry no key.
pub(super) fn check_entries(question: &AuthoredQuestion, found: &mut Vec<Problem>) {
    check_ids(question.options.iter().map(|o| o.id.as_str()), found);
    if question.options.len() < 2 {
        found.push(Problem::TooFewOptions { found: count(question.options.len()) });
    }
    let mut seen = BTreeSet::new();
    for option in &question.options {
        if option.correct || option.critical || !option.feedback.is_blank() {
            found.push(Problem::KeyOnOption { option: option.id.clone() });
        }
        check_text(&option.text, Place::Option(option.id.clone()), found);
        if !option.text.es.trim().is_empty() && !seen.insert(option.text.es.trim()) {
            found.push(Problem::SameText { option: option.id.clone() });
        }
    }
}

/// What every choice question is held to; returns how many of them are right.
pub(super) fn check_options(question: &AuthoredQuestion, found: &mut Vec<Problem>) -> u32 {
    check_ids(question.options.iter().map(|o| o.id.as_str()), found);
    if question.options.len() < 2 {
        found.push(Problem::TooFewOptions { found: count(question.options.len()) });
    }
    for option in &question.options {
        check_text(&option.text, Place::Option(option.id.clone()), found);
        check_text(&option.feedback, Place::Feedback(option.id.clone()), found);
        if option.correct && option.critical {
            found.push(Problem::RightAndCritical { option: option.id.clone() });
        }
    }
    count(question.options.iter().filter(|o| o.correct).count())
}

/// A length as it goes on the wire.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
