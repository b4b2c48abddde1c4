//! Line ends and white space, handled alike by every format.

/// What surrounds a text without being part of it: white space of ASCII and the byte order mark. A no-break space may be
/// meant.
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\0' | '\u{feff}')
}

/// `text` without white space around it.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// A file without byte order mark and with LF line ends.
pub(super) fn plain_lines(source: &str) -> String {
    source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n").replace('\r', "\n")
}

/// `text` trimmed and with LF line ends, as every writer writes it.
pub(super) fn tidy(text: &str) -> String {
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    trim(&plain).to_owned()
}

/// `text` on one line.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|c: char| is_space(c) || c.is_control());
    words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `Some` text, unless nothing is left of it.
pub(super) fn some(text: String) -> Option<String> {
    if text.is_empty() { None } else { Some(text) }
}

/// Where the lines of a file begin.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    /// The lines of `source`.
    pub(super) fn new(source: &str) -> Self {
        Self(source.match_indices('\n').map(|(at, _)| at + 1).collect())
    }

    /// The line, from 1, on which the byte at `offset` stands.
    pub(super) fn line(&self, offset: usize) -> u32 {
        let before = self.0.partition_point(|start| *start <= offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_from_one() {
        let lines = Lines::new("a\nb");
        assert_eq!([0, 1, 2, 9].map(|o| lines.line(o)), [1, 1, 2, 2]);
    }

    #[test]
    fn one_line_keeps_words_and_no_break_spaces() {
        assert_eq!(one_line("  a\n\tb\u{a0}c \u{1}"), "a b\u{a0}c");
    }

    #[test]
    fn a_mark_inside_the_file_stays() {
        assert_eq!(plain_lines("\u{feff}a\r\nb\rc\u{feff}"), "a\nb\nc\u{feff}");
    }
}
