//! The small pieces of GIFT: escapes, titles, markers, weights and labels.

use crate::exchange::model::{Markup, Text};
use crate::exchange::text::trim;
use winnow::combinator::{alt, delimited, not, opt, preceded, repeat, terminated};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::token::{any, none_of, one_of, rest, take_till};

type Parsed<T> = winnow::Result<T, EmptyError>;

/// Letters that mean something unless a backslash stands before them; `n` is a line break then.
const ESCAPED: [char; 8] = ['\\', ':', '#', '=', '{', '}', '~', 'n'];

fn escape(input: &mut &str) -> Parsed<char> {
    preceded('\\', one_of(ESCAPED)).parse_next(input)
}

/// The text before the first of `stops` that is not escaped; all of it where there is none.
pub(super) fn raw_until<'i>(stops: &'static [char]) -> impl FnMut(&mut &'i str) -> Parsed<&'i str> {
    move |input| {
        let piece = alt((escape.void(), none_of(stops).void()));
        repeat::<_, _, (), _, _>(0.., piece).take().parse_next(input)
    }
}

fn title(input: &mut &str) -> Parsed<String> {
    let piece = preceded(not("::"), alt((escape.void(), any.void())));
    delimited("::", repeat::<_, _, (), _, _>(0.., piece).take(), "::").map(unescape).parse_next(input)
}

/// The title at the beginning of a question, and what comes after it.
pub(super) fn split_title(text: &str) -> (Option<String>, &str) {
    let mut rest = text;
    match opt(title).parse_next(&mut rest) {
        Ok(Some(title)) => (Some(trim(&title).to_owned()).filter(|t| !t.is_empty()), rest),
        _ => (None, text),
    }
}

/// `text` with its escapes undone.
pub(super) fn unescape(text: &str) -> String {
    let piece = alt((escape.map(|c| if c == 'n' { '\n' } else { c }), any));
    let all: Parsed<String> = repeat(0.., piece).parse_next(&mut { text });
    all.unwrap_or_default()
}

fn marker(input: &mut &str) -> Parsed<Markup> {
    delimited('[', alt(("moodle", "html", "plain", "markdown")).verify_map(Markup::from_name), ']').parse_next(input)
}

/// The marker at the beginning of a text, and the text after it.
pub(super) fn split_marker(raw: &str) -> (Option<Markup>, &str) {
    let mut text = trim(raw);
    let found = opt(marker).parse_next(&mut text).ok().flatten();
    (found, text)
}

/// A text with its marker, if it has one.
pub(super) fn rich(raw: &str, default: Markup) -> Text {
    let (format, text) = split_marker(raw);
    Text { format: format.unwrap_or(default), text: trim(&unescape(text)).to_owned() }
}

/// What stands between percent signs at the beginning, and what comes after them.
pub(super) fn split_weight(raw: &str) -> Option<(&str, &str)> {
    let weight = delimited('%', take_till(1.., ['%', '\n']), '%');
    let pair: Parsed<(&str, &str)> = (weight, rest).parse_next(&mut trim(raw));
    pair.ok()
}

/// The place of every character that is not escaped.
pub(super) fn plain(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut escaped = false;
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, c) = characters.next()?;
            if std::mem::take(&mut escaped) {
                continue;
            }
            escaped = c == '\\' && characters.peek().is_some_and(|(_, next)| ESCAPED.contains(next));
            if !escaped {
                return Some((at, c));
            }
        }
    })
}

/// `text` before and after the first `mark` that is not escaped.
pub(super) fn split_once(text: &str, mark: char) -> (&str, Option<&str>) {
    let found = plain(text).find(|(_, c)| *c == mark).and_then(|(at, c)| Some((text.get(..at)?, text.get(at + c.len_utf8()..)?)));
    found.map_or((text, None), |(before, after)| (before, Some(after)))
}

/// `text` before and after the last `####`.
pub(super) fn split_general_feedback(text: &str) -> (&str, Option<&str>) {
    let starts = plain(text).filter(|(at, c)| *c == '#' && text.get(*at..).is_some_and(|t| t.starts_with("####")));
    let found = starts.last().and_then(|(at, _)| Some((text.get(..at)?, text.get(at + 4..)?)));
    found.map_or((text, None), |(before, after)| (before, Some(after)))
}

/// What a comment says about the question after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// `[id:…]`
    Id(String),
    /// `[tag:…]`
    Tag(String),
}

fn label(input: &mut &str) -> Parsed<Label> {
    let piece = || alt((("\\", "]").void(), none_of((']', '\0'..='\u{1f}', '\u{7f}')).void()));
    let value = || terminated(repeat::<_, _, (), _, _>(1.., piece()).take(), ']').map(|v: &str| trim(&v.replace("\\]", "]")).to_owned());
    alt((preceded("[id:", value()).map(Label::Id), preceded("[tag:", value()).map(Label::Tag))).parse_next(input)
}

/// Every label of a comment line.
pub(super) fn labels(comment: &str) -> Vec<Label> {
    let mut rest = comment;
    let mut found = Vec::new();
    while let Some(at) = rest.find('[') {
        rest = rest.get(at..).unwrap_or_default();
        let before = rest;
        match label.parse_next(&mut rest) {
            Ok(label) => found.push(label),
            // A label without end: none that begins before the next control character has one either.
            Err(_) if before.starts_with("[id:") || before.starts_with("[tag:") => rest = after_control(before),
            Err(_) => rest = before.get(1..).unwrap_or_default(),
        }
    }
    found
}

/// What comes after a label that does not end: after an empty one, its bracket; else after the next control character.
fn after_control(text: &str) -> &str {
    let value = text.split_once(':').map_or("", |(_, value)| value);
    if let Some(rest) = value.strip_prefix(']') {
        return rest;
    }
    value.find(|c: char| c.is_ascii_control()).and_then(|at| value.get(at + 1..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_lone_backslashes_stay() {
        assert_eq!(unescape(r"a\~b\=c\#d\{e\}f\:g\nh\\i\pj\"), "a~b=c#d{e}f:g\nh\\i\\pj\\");
        assert_eq!(unescape(r"\\n"), r"\n");
    }

    #[test]
    fn only_what_is_not_escaped_splits() {
        assert_eq!(split_once(r"a\#b#c#d", '#'), (r"a\#b", Some("c#d")));
        assert_eq!(split_once(r"a\\#b", '#'), (r"a\\", Some("b")));
        assert_eq!(split_general_feedback(r"a\#####b"), (r"a\#", Some("b")));
        assert_eq!(split_general_feedback("a####b####c"), ("a####b", Some("c")));
        assert_eq!(split_general_feedback("a###b"), ("a###b", None));
    }

    #[test]
    fn titles_may_hold_escaped_colons() {
        assert_eq!(split_title(r"::a\::b:: c"), (Some("a::b".to_owned()), " c"));
        assert_eq!(split_title(r"::a\::: c"), (Some("a:".to_owned()), " c"));
        assert_eq!(split_title("::a b"), (None, "::a b"));
        assert_eq!(split_title(":::: a"), (None, " a"));
    }

    #[test]
    fn labels_are_found_anywhere_in_a_comment() {
        let found = labels(r"// x [tag:a b] [id: q\]1 ] [tag:] [tag:ñ] [id:");
        assert_eq!(found, [Label::Tag("a b".into()), Label::Id("q]1".into()), Label::Tag("ñ".into())]);
    }

    #[test]
    fn markers_are_those_of_moodle() {
        assert_eq!(rich(" [html] <b>a</b> ", Markup::Moodle), Text::new(Markup::Html, "<b>a</b>"));
        assert_eq!(rich("[note] a", Markup::Plain), Text::new(Markup::Plain, "[note] a"));
    }
}
