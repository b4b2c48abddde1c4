//! The anatomy of a lesson: front matter, parts, work with minutes of its own, checkpoints, links and terms, each with
//! its line. Knows nothing of programmes or of HTML.

pub mod events;
pub mod outline;

/// A lesson's source, cut into front matter and Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// The YAML between the `---` lines; it begins on line 2.
    pub front: &'a str,
    /// The Markdown after it.
    pub body: &'a str,
    /// The line that the Markdown begins on.
    pub body_line: u32,
}

/// Cuts a lesson's source; `None` where it has no front matter.
#[must_use]
pub fn cut(source: &str) -> Option<Source<'_>> {
    let rest = source.strip_prefix("---\n")?;
    let (front, body) = match rest.strip_prefix("---\n") {
        Some(body) => ("", body),
        None => match rest.split_once("\n---\n") {
            Some(pair) => pair,
            None => (rest.strip_suffix("\n---")?, ""),
        },
    };
    let body_line = lines_before(source, source.len() - body.len());
    Some(Source { front, body, body_line })
}

/// The line, from 1, that the byte at `offset` stands on.
#[must_use]
pub fn lines_before(text: &str, offset: usize) -> u32 {
    let breaks = text.as_bytes().iter().take(offset).filter(|b| **b == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1)
}

/// How many words `text` has: runs without white space that hold a letter or a digit.
#[must_use]
pub fn words(text: &str) -> i64 {
    let count = text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// An anchor name made of a heading's text.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.to_lowercase().chars() {
        match plain_letter(letter) {
            Some(plain) => slug.push(plain),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

const fn plain_letter(letter: char) -> Option<char> {
    Some(match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        'a'..='z' | '0'..='9' => letter,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_at_the_second_rule() {
        let source = "---\nid: a\ntitle: b\n---\n# Uno\n";
        assert_eq!(cut(source), Some(Source { front: "id: a\ntitle: b", body: "# Uno\n", body_line: 5 }));
        assert_eq!(cut("# Uno\n"), None);
        assert_eq!(cut("---\nid: a\n"), None);
        assert_eq!(cut("---\nid: a\n---").map(|s| s.front), Some("id: a"));
    }

    #[test]
    fn words_need_a_letter_or_digit() {
        assert_eq!(words("Llama al 105 — ¡ya!  …"), 4);
    }

    #[test]
    fn slugs_have_no_accents() {
        assert_eq!(slug("¿Quién está ñoño?"), "quien-esta-nono");
        assert_eq!(slug("…"), "");
    }
}
