//! Reading the fields of an author's form: texts, rows, and the buttons that add and take out rows.

use crate::http::fields::Fields;
use app::features::authoring::{TICKED, Words};
use domain::curriculum::Localised;
use unicode_normalization::UnicodeNormalization as _;

/// Fields of the page around the form, passed through untouched.
const PASSED: [&str; 2] = ["version", "base"];

/// Most rows of one kind: more is a mistake of the hand.
const MOST: usize = 60;

/// The value of a field as the files of the course are written: composed, with plain line ends, without blank ends.
/// The form is never refused for a field that came twice: its first value counts.
pub(super) fn one(fields: &Fields, name: &str) -> String {
    let value = fields.all(name).next().unwrap_or_default();
    let plain: String = value.replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
    plain.trim().to_owned()
}

/// A text in both languages.
pub(super) fn words(fields: &Fields, name: &str) -> Words {
    Words { es: one(fields, &format!("{name}-es")), en: one(fields, &format!("{name}-en")) }
}

/// Whether a checkbox is ticked.
pub(super) fn ticked(fields: &Fields, name: &str) -> bool {
    fields.all(name).any(|value| value == TICKED)
}

/// The rows `what-1`, `what-2`, … that were sent: those with the field `mark`.
pub(super) fn rows<T>(fields: &Fields, what: &str, mark: &str, read: impl Fn(&str, usize) -> T) -> Vec<T> {
    let is_there = |n: &usize| fields.all(&format!("{what}-{n}-{mark}")).next().is_some();
    (1..=MOST).take_while(is_there).map(|n| read(&format!("{what}-{n}"), n)).collect()
}

/// What is passed through.
pub(super) fn passed(fields: &Fields) -> Vec<(String, String)> {
    let named = PASSED.into_iter().flat_map(|name| fields.all(name).take(1).map(move |value| (name.to_owned(), value.to_owned())));
    named.collect()
}

/// What a button does with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// Adds one at the end.
    Add,
    /// Takes it out.
    Remove,
    /// Puts it before the one above.
    Up,
    /// Puts it after the one below.
    Down,
}

/// A button that changes the rows: `add-level-2`, `remove-level-2-1`, `up-option-2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change<'d> {
    /// What is done.
    pub(super) verb: Verb,
    /// Of what.
    pub(super) what: &'d str,
    /// Which, from 1: the row around it first.
    pub(super) at: Vec<usize>,
}

impl<'d> Change<'d> {
    /// Reads the value of `do`.
    pub(super) fn parse(doing: &'d str) -> Option<Self> {
        let (verb, rest) = doing.split_once('-')?;
        let verb = match verb {
            "add" => Verb::Add,
            "remove" => Verb::Remove,
            "up" => Verb::Up,
            "down" => Verb::Down,
            _ => return None,
        };
        let mut pieces = rest.split('-');
        let what = pieces.next()?;
        Some(Self { verb, what, at: pieces.map(str::parse).collect::<Result<_, _>>().ok()? })
    }

    /// The row around the one that is changed.
    pub(super) fn around<'r, T>(&self, rows: &'r mut [T]) -> Option<&'r mut T> {
        rows.get_mut(self.at.first()?.checked_sub(1)?)
    }

    /// Makes the change; a row that is not there, or that is the first or the last already, changes nothing.
    pub(super) fn make<T>(&self, rows: &mut Vec<T>, fresh: impl FnOnce() -> T) {
        if self.verb == Verb::Add {
            if rows.len() < MOST {
                rows.push(fresh());
            }
            return;
        }
        let Some(at) = self.at.last().and_then(|n| n.checked_sub(1)).filter(|at| *at < rows.len()) else { return };
        match self.verb {
            Verb::Add => {}
            Verb::Remove => {
                rows.remove(at);
            }
            Verb::Up if at > 0 => rows.swap(at - 1, at),
            Verb::Down if at + 1 < rows.len() => rows.swap(at, at + 1),
            Verb::Up | Verb::Down => {}
        }
    }
}

/// The typed texts as the course holds them; English only where there is some.
pub(super) fn localised(words: &Words) -> Localised {
    Localised { es: words.es.clone(), en: Some(words.en.clone()).filter(|text| !text.is_empty()) }
}

/// The texts of the course as the form shows them.
pub(super) fn typed(text: &Localised) -> Words {
    Words { es: text.es.clone(), en: text.en.clone().unwrap_or_default() }
}

/// Gives an id to every row without one, or with one that an earlier row has: the first of `names` that is free.
pub(super) fn name_rows<T>(rows: &mut [T], id: impl Fn(&mut T) -> &mut String, names: impl Fn(usize) -> String) {
    let mut taken: Vec<String> = Vec::new();
    let kept: Vec<String> = rows.iter_mut().map(|row| id(row).clone()).collect();
    for row in rows {
        let own = id(row);
        if own.is_empty() || taken.contains(own) {
            *own = (0..).map(&names).find(|name| !taken.contains(name) && !kept.contains(name)).unwrap_or_default();
        }
        taken.push(own.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::fields::parse;

    #[test]
    fn a_field_is_composed_with_plain_line_ends() {
        let fields = parse("a=+e%CC%81%0D%0Ab%0D+&a=otra").expect("fields");
        assert_eq!(one(&fields, "a"), "é\nb");
    }

    #[test]
    fn buttons_say_which_row() {
        let change = |doing| Change::parse(doing).map(|c| (c.verb, c.what.to_owned(), c.at));
        assert_eq!(change("add-option"), Some((Verb::Add, "option".to_owned(), vec![])));
        assert_eq!(change("remove-level-2-1"), Some((Verb::Remove, "level".to_owned(), vec![2, 1])));
        assert_eq!(change("up-option-2"), Some((Verb::Up, "option".to_owned(), vec![2])));
        for other in ["save", "remove-level-x", "play.n1.0", "", "drop-option-1"] {
            assert_eq!(change(other), None, "{other}");
        }
        let mut rows = vec!['a', 'b'];
        for doing in ["remove-option-0", "remove-option-3", "remove-option", "remove-option-2", "add-option"] {
            Change::parse(doing).expect("a change").make(&mut rows, || 'c');
        }
        assert_eq!(rows, ['a', 'c']);
        for doing in ["up-option-1", "down-option-2", "up-option-3", "down-option-0", "up-option"] {
            Change::parse(doing).expect("a change").make(&mut rows, || 'x');
            assert_eq!(rows, ['a', 'c'], "{doing}");
        }
        for (doing, after) in [("up-option-2", ['c', 'a']), ("down-option-1", ['a', 'c'])] {
            Change::parse(doing).expect("a change").make(&mut rows, || 'x');
            assert_eq!(rows, after, "{doing}");
        }
    }

    #[test]
    fn a_row_keeps_its_id_and_a_new_one_takes_the_next_free() {
        let mut rows = ["", "a", "a", "x"].map(str::to_owned);
        name_rows(&mut rows, |row| row, |n| char::from(b'a'.saturating_add(u8::try_from(n).unwrap_or(0))).to_string());
        assert_eq!(rows, ["b", "a", "c", "x"]);
    }
}
