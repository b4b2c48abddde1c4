//! Aiken: a question, options `A.` or `A)`, and `ANSWER: A`.
//!
//! Read a little more widely than Moodle does: the question may take several lines, and `ANSWER: A, C` makes it a
//! multiple choice. Written so that Moodle reads it.

mod write;

pub use write::write;

use super::model::{Body, Choice, Item, Markup, Text};
use super::report::{Flaw, Remark, Report};
use super::text::trim;
use winnow::combinator::{alt, preceded};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::token::{one_of, rest};

/// What a line of a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line<'s> {
    Blank,
    Text(&'s str),
    Option(char, &'s str),
    Answer(&'s str),
}

fn option<'s>(line: &mut &'s str) -> winnow::Result<Line<'s>, EmptyError> {
    let letter = one_of('A'..='Z');
    (letter, one_of(['.', ')']), rest).map(|(letter, _, text)| Line::Option(letter, trim(text))).parse_next(line)
}

fn answer<'s>(line: &mut &'s str) -> winnow::Result<Line<'s>, EmptyError> {
    preceded(winnow::ascii::Caseless("answer:"), rest).map(|letters| Line::Answer(trim(letters))).parse_next(line)
}

fn line(line: &str) -> Line<'_> {
    let text = trim(line);
    if text.is_empty() {
        return Line::Blank;
    }
    let parsed = alt((answer, option)).parse_next(&mut { text });
    parsed.unwrap_or(Line::Text(text))
}

/// What an Aiken file says.
#[must_use]
pub fn read(source: &str) -> (Vec<Item>, Report) {
    let mut reader = Reader::default();
    for (number, text) in (1..).zip(source.split('\n')) {
        reader.line(number, line(text));
    }
    reader.give_up(Flaw::NoAnswers);
    (reader.items, reader.report)
}

/// A question whose `ANSWER:` has not come yet.
#[derive(Debug, Default)]
struct Open {
    line: u32,
    stem: Vec<String>,
    options: Vec<(char, String)>,
}

#[derive(Default)]
struct Reader {
    items: Vec<Item>,
    report: Report,
    open: Option<Open>,
}

impl Reader {
    fn line(&mut self, number: u32, line: Line<'_>) {
        match line {
            Line::Blank => {}
            Line::Text(text) => {
                if self.open.as_ref().is_some_and(|o| !o.options.is_empty()) {
                    self.give_up(Flaw::NoAnswers);
                }
                self.open(number).stem.push(text.to_owned());
            }
            Line::Option(letter, text) => self.open(number).options.push((letter, text.to_owned())),
            Line::Answer(letters) => {
                let open = std::mem::take(self.open(number));
                self.open = None;
                match body(&open, letters) {
                    Ok(body) => {
                        let stem = Text::new(Markup::Plain, &open.stem.join("\n"));
                        self.items.push(Item::new(open.line, stem, body));
                    }
                    Err(flaw) => self.report.add(open.line, Remark::Unreadable(flaw)),
                }
            }
        }
    }

    fn open(&mut self, number: u32) -> &mut Open {
        self.open.get_or_insert_with(|| Open { line: number, ..Open::default() })
    }

    /// Leaves out a question that has no end.
    fn give_up(&mut self, flaw: Flaw) {
        if let Some(open) = self.open.take() {
            self.report.add(open.line, Remark::Unreadable(flaw));
        }
    }
}

fn body(open: &Open, letters: &str) -> Result<Body, Flaw> {
    if open.stem.is_empty() {
        return Err(Flaw::NoText);
    }
    let unknown = || Flaw::UnknownAnswer { value: letters.to_owned() };
    let mut right = Vec::new();
    for word in letters.split([',', ';', ' ', '\t']).filter(|w| !w.is_empty()) {
        let letter = word.trim_end_matches(['.', ')']).parse::<char>().map_err(|_| unknown())?;
        if right.contains(&letter.to_ascii_uppercase()) {
            continue;
        }
        let mut holders = open.options.iter().filter(|(l, _)| *l == letter.to_ascii_uppercase());
        if holders.next().is_none() || holders.next().is_some() {
            return Err(unknown());
        }
        right.push(letter.to_ascii_uppercase());
    }
    let choices = open.options.iter().map(|(letter, text)| Choice {
        text: Text::new(Markup::Plain, text),
        correct: right.contains(letter),
        weight: None,
        feedback: None,
    });
    let choices = choices.collect();
    match right.len() {
        0 => Err(unknown()),
        1 => Ok(Body::SingleChoice(choices)),
        _ => Ok(Body::MultipleChoice(choices)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "¿Quién puede denunciar?\nSegunda línea.\nA. La víctima\nB) Cualquier persona\nC.Nadie\nANSWER: B\n\nX\nA. 1\nanswer:a";

    #[test]
    fn options_have_points_or_brackets() {
        let (items, report) = read(FILE);
        assert!(report.is_empty(), "{report:?}");
        let [first, second] = items.as_slice() else { panic!("{items:?}") };
        assert_eq!((first.line, first.stem.text.as_str()), (1, "¿Quién puede denunciar?\nSegunda línea."));
        let Body::SingleChoice(choices) = &first.body else { panic!() };
        let read: Vec<_> = choices.iter().map(|c| (c.text.text.as_str(), c.correct)).collect();
        assert_eq!(read, [("La víctima", false), ("Cualquier persona", true), ("Nadie", false)]);
        assert_eq!(second.line, 8);
    }

    #[test]
    fn several_letters_make_a_multiple_choice() {
        let (items, _) = read("Q\nA. 1\nB. 2\nC. 3\nANSWER: A, C");
        let Some(Body::MultipleChoice(choices)) = items.first().map(|i| &i.body) else { panic!("{items:?}") };
        assert_eq!(choices.iter().map(|c| c.correct).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn what_makes_no_question_is_named() {
        let flaws = |text: &str| {
            let (items, report) = read(text);
            assert_eq!(items, []);
            report.notes.into_iter().map(|n| (n.line, n.what)).collect::<Vec<_>>()
        };
        let unknown = |value: &str| Remark::Unreadable(Flaw::UnknownAnswer { value: value.to_owned() });
        assert_eq!(flaws("\nQ\nA. 1\nANSWER: B"), [(2, unknown("B"))]);
        assert_eq!(flaws("Q\nA. 1\nA. 2\nANSWER: A"), [(1, unknown("A"))]);
        assert_eq!(flaws("Q\nA. 1\nANSWER:"), [(1, unknown(""))]);
        assert_eq!(flaws("Q\nA. 1\nB. 2"), [(1, Remark::Unreadable(Flaw::NoAnswers))]);
        assert_eq!(flaws("A. 1\nANSWER: A"), [(1, Remark::Unreadable(Flaw::NoText))]);
        assert_eq!(flaws("Q\nA. 1\nQ2"), [(1, Remark::Unreadable(Flaw::NoAnswers)), (3, Remark::Unreadable(Flaw::NoAnswers))]);
    }
}
