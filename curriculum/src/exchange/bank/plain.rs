//! Texts of other systems as plain words.

use crate::exchange::model::{Markup, Text};
use crate::exchange::text::trim;

/// A text without its markup.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    /// The words.
    pub(super) text: String,
    /// Whether more than paragraphs was lost.
    pub(super) lost_markup: bool,
    /// Pictures and the like, which cannot be words.
    pub(super) media: Vec<String>,
}

/// Letters that HTML names, beyond those that XML does; what Spanish texts use.
const NAMED: [(&str, char); 33] = [
    ("nbsp", '\u{a0}'),
    ("aacute", 'á'),
    ("eacute", 'é'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("ntilde", 'ñ'),
    ("uuml", 'ü'),
    ("Aacute", 'Á'),
    ("Eacute", 'É'),
    ("Iacute", 'Í'),
    ("Oacute", 'Ó'),
    ("Uacute", 'Ú'),
    ("Ntilde", 'Ñ'),
    ("Uuml", 'Ü'),
    ("iquest", '¿'),
    ("iexcl", '¡'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("ordm", 'º'),
    ("ordf", 'ª'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
];

/// The most letters of an entity's name.
const ENTITY_LENGTH: usize = 12;

/// The words of a text.
pub(super) fn plain(text: &Text) -> Plain {
    // No tag begins after the last `>`; looking for its end there, again and again, would take long.
    let until = text.text.rfind('>').map_or(0, |at| at + 1);
    let has_tags = || text.text.match_indices('<').any(|(at, _)| tag(text.text.get(at..until).unwrap_or_default()).is_some());
    match text.format {
        Markup::Html => from_html(&text.text),
        Markup::Moodle if has_tags() => from_html(&text.text),
        Markup::Moodle | Markup::Plain => Plain { text: text.text.clone(), ..Plain::default() },
        Markup::Markdown => {
            let lost_markup = text.text.contains(['*', '_', '`', '[', '#', '|']);
            Plain { text: text.text.clone(), lost_markup, media: Vec::new() }
        }
    }
}

/// The tag at the beginning of `text`: its name in lower case and its length.
fn tag(text: &str) -> Option<(String, usize)> {
    if text.starts_with("<!--") {
        let length = text.find("-->").map_or(text.len(), |at| at + 3);
        return Some(("!--".to_owned(), length));
    }
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    Some((name.to_ascii_lowercase(), text.find('>')? + 1))
}

/// The letter that an entity at the beginning of `text` stands for, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let name = text.strip_prefix('&')?;
    let name = name.get(..name.bytes().take(ENTITY_LENGTH).position(|b| b == b';')?)?;
    let length = name.len() + 2;
    let letter = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']).map(|n| u32::from_str_radix(n, 16));
            char::from_u32(hexadecimal.unwrap_or_else(|| number.parse()).ok()?)?
        }
        None => NAMED.iter().find(|(n, _)| *n == name)?.1,
    };
    Some((letter, length))
}

fn from_html(html: &str) -> Plain {
    let mut plain = Plain::default();
    let mut rest = html;
    let last = html.rfind('>').map_or(0, |at| at + 1);
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        let at = html.len() - rest.len();
        let in_tags = html.get(at..last).filter(|_| c == '<').unwrap_or(if rest.starts_with("<!--") { rest } else { "" });
        if let Some((name, length)) = tag(in_tags) {
            let whole = rest.get(..length).unwrap_or_default();
            match name.as_str() {
                "p" | "div" | "br" | "li" | "tr" => plain.text.push('\n'),
                "span" | "!--" => {}
                "img" | "audio" | "video" | "iframe" | "object" | "source" => {
                    if !whole.starts_with("</") {
                        plain.media.push(whole.to_owned());
                    }
                }
                _ => plain.lost_markup = true,
            }
            taken = length;
        } else if let Some((letter, length)) = entity(rest) {
            plain.text.push(letter);
            taken = length;
        } else {
            plain.text.push(if c.is_ascii_whitespace() { ' ' } else { c });
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    let lines = plain.text.split('\n').map(|l| l.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "));
    plain.text = trim(&lines.filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")).to_owned();
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(html: &str) -> String {
        from_html(html).text
    }

    #[test]
    fn html_becomes_lines_of_words() {
        assert_eq!(
            words("<p>Qu&eacute;  \n hacer</p>\n<p>2 &lt; 3 < 4&#241;&#xF1;&bogus;</p>a<br/>b"),
            "Qué hacer\n2 < 3 < 4ññ&bogus;\na\nb"
        );
        assert_eq!(words("a<!-- b -->c<!-- d"), "ac");
        assert_eq!(words("a < b"), "a < b");
        assert_eq!(words("a <b"), "a <b");
    }

    #[test]
    fn what_is_more_than_paragraphs_is_told() {
        assert!(!from_html("<p>a <span>b</span></p>").lost_markup);
        assert!(from_html("<p>a <strong>b</strong></p>").lost_markup);
        assert_eq!(from_html("<img src=\"a.png\" alt='x'>").media, ["<img src=\"a.png\" alt='x'>"]);
    }

    #[test]
    fn only_moodle_text_with_tags_is_html() {
        let moodle = |text| plain(&Text::new(Markup::Moodle, text)).text;
        assert_eq!(moodle("a &amp; b\nc"), "a &amp; b\nc");
        assert_eq!(moodle("a &amp; <i>b</i>"), "a & b");
    }
}
