//! How hard Spanish text is to read, in whole numbers: Fernández-Huerta and Szigriszt (the scale of INFLESZ), both in
//! hundredths.

use serde::{Deserialize, Serialize};

/// The counts and scores of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readability {
    /// Words with at least one letter.
    pub words: i64,
    /// Their syllables.
    pub syllables: i64,
    /// Sentences; the end of a paragraph or list item ends one.
    pub sentences: i64,
    /// 206.84 − 60 syllables ÷ words − 1.02 words ÷ sentences, in hundredths.
    pub fernandez_huerta: i64,
    /// 206.835 − 62.3 syllables ÷ words − words ÷ sentences, in hundredths.
    pub szigriszt: i64,
}

/// The least Fernández-Huerta score, in hundredths, that a lesson should have.
pub const LEAST: i64 = 6500;

/// Measures `text`; `None` where it has no words.
#[must_use]
pub fn measure(text: &str) -> Option<Readability> {
    let (mut words, mut syllables, mut sentences) = (0, 0, 0);
    for sentence in text.split(['.', '!', '?', '…', '\n']) {
        let counts: Vec<i64> = sentence.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).map(syllables_of).collect();
        if !counts.is_empty() {
            sentences += 1;
            words += i64::try_from(counts.len()).unwrap_or(i64::MAX);
            syllables += counts.iter().sum::<i64>();
        }
    }
    (words > 0).then(|| Readability {
        words,
        syllables,
        sentences,
        fernandez_huerta: 20_684 - 6_000 * syllables / words - 102 * words / sentences,
        szigriszt: (206_835 - 62_300 * syllables / words - 1_000 * words / sentences) / 10,
    })
}

/// The syllables of a Spanish word: its vowels, where two form one syllable unless both are strong or a weak one has
/// the accent. At least 1.
#[must_use]
pub fn syllables_of(word: &str) -> i64 {
    let letters: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let mut count = 0;
    let mut previous: Option<char> = None;
    for (position, letter) in letters.iter().copied().enumerate() {
        let is_last = position + 1 == letters.len();
        let vowel = is_strong(letter) || is_weak(letter) || (letter == 'y' && is_last);
        if vowel {
            if previous.is_none_or(|before| is_hiatus(before, letter)) {
                count += 1;
            }
            previous = Some(letter);
        } else {
            previous = None;
        }
    }
    count.max(1)
}

const fn is_strong(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'o' | 'á' | 'é' | 'ó')
}

const fn is_weak(letter: char) -> bool {
    matches!(letter, 'i' | 'u' | 'ü' | 'í' | 'ú')
}

const fn is_hiatus(before: char, letter: char) -> bool {
    let accented = matches!(letter, 'í' | 'ú') || matches!(before, 'í' | 'ú');
    (is_strong(before) && is_strong(letter)) || (accented && (is_strong(before) || is_strong(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_follow_the_rules_of_spanish() {
        let table = [
            ("casa", 2),
            ("tierra", 2),
            ("aéreo", 4),
            ("país", 2),
            ("guía", 2),
            ("que", 1),
            ("ciudad", 2),
            ("muy", 1),
            ("construir", 2),
            ("oír", 2),
            ("violencia", 3),
            ("CEM", 1),
            ("y", 1),
            ("ley", 1),
        ];
        for (word, expected) in table {
            assert_eq!(syllables_of(word), expected, "{word}");
        }
    }

    #[test]
    fn short_sentences_score_higher() {
        let easy = measure("La ley te cuida. Tú puedes denunciar.").unwrap();
        assert_eq!((easy.words, easy.sentences, easy.syllables), (7, 2, 11));
        let hard = measure("La implementación interinstitucional de mecanismos jurisdiccionales garantiza la operatividad administrativa")
            .unwrap();
        assert!(easy.fernandez_huerta > LEAST && hard.fernandez_huerta < LEAST);
        assert_eq!(measure(" … 105 "), None);
    }
}
