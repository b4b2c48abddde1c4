//! What of two texts has to be the same for them to be the same answer (evaluations.md, Question types).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of a text: compatibly decomposed (NFKD), without accents and case, without spaces and
/// punctuation. Between two digits one space stays, so that `1,5` is not `15`.
#[must_use]
pub fn fold(text: &str) -> String {
    let bare = text.nfkd().filter(|c| !is_combining_mark(*c));
    // Upper case first: `ß` is `SS`, and `ς` and `σ` are one letter.
    let cased = bare.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkd().filter(|c| !is_combining_mark(*c));
    let mut folded = String::new();
    let mut gap = false;
    for c in cased {
        if !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && c.is_numeric() && folded.ends_with(char::is_numeric) {
            folded.push(' ');
        }
        gap = false;
        folded.push(c);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_and_digits_count() {
        for same in ["Línea 100", "línea-100", "  LINEA   100. ", "Li\u{301}nea100", "«línea»\n100"] {
            assert_eq!(fold(same), "linea100", "{same}");
        }
        assert_eq!(fold("S.O.S."), "sos");
        assert_eq!(fold("Straße ÑANDÚ"), "strassenandu");
        assert_ne!(fold("1,5"), fold("15"));
        assert_eq!(fold("1,5"), fold("1 5"));
        assert_eq!(fold(" ¿? … "), "");
    }
}
