//! Whole numbers in words, Spanish and English.

use crate::Language;

/// How a Spanish number agrees with what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// Before a masculine noun: *un*, *veintiún minutos*.
    Masculine,
    /// Before a feminine noun: *una*, *veintiuna horas*.
    Feminine,
    /// Without a noun: *uno*, *veintiuno*.
    Alone,
}

/// A number below one million in words; `None` above. English ignores the gender.
#[must_use]
pub fn in_words(number: u32, gender: Gender, language: Language) -> Option<String> {
    if number >= 1_000_000 {
        return None;
    }
    Some(match language {
        Language::Es => spanish(number, gender),
        Language::En => english(number),
    })
}

const SMALL: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: [&str; 10] = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const HUNDREDS: [&str; 10] =
    ["", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos", "novecientos"];

fn spanish(number: u32, gender: Gender) -> String {
    let tail = |head: String, rest: u32, link: &str| match rest {
        0 => head,
        _ => format!("{head}{link}{}", spanish(rest, gender)),
    };
    match number {
        1 => match gender {
            Gender::Masculine => "un".to_owned(),
            Gender::Feminine => "una".to_owned(),
            Gender::Alone => "uno".to_owned(),
        },
        21 => match gender {
            Gender::Masculine => "veintiún".to_owned(),
            Gender::Feminine => "veintiuna".to_owned(),
            Gender::Alone => "veintiuno".to_owned(),
        },
        0..30 => word(&SMALL, number).to_owned(),
        30..100 => tail(word(&TENS, number / 10).to_owned(), number % 10, " y "),
        100 => "cien".to_owned(),
        101..1_000 => {
            let hundreds = word(&HUNDREDS, number / 100);
            let hundreds = match (gender, hundreds.strip_suffix("os")) {
                (Gender::Feminine, Some(stem)) => format!("{stem}as"),
                _ => hundreds.to_owned(),
            };
            tail(hundreds, number % 100, " ")
        }
        1_000..2_000 => tail("mil".to_owned(), number % 1_000, " "),
        _ => {
            // Thousands are counted before "mil": veintiún mil; feminine hundreds agree: doscientas mil horas.
            let before = if gender == Gender::Feminine { Gender::Feminine } else { Gender::Masculine };
            tail(format!("{} mil", spanish(number / 1_000, before)), number % 1_000, " ")
        }
    }
}

const ENGLISH_SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn english(number: u32) -> String {
    let tail = |head: String, rest: u32, link: &str| match rest {
        0 => head,
        _ => format!("{head}{link}{}", english(rest)),
    };
    match number {
        0..20 => word(&ENGLISH_SMALL, number).to_owned(),
        20..100 => tail(word(&ENGLISH_TENS, number / 10).to_owned(), number % 10, "-"),
        100..1_000 => tail(format!("{} hundred", english(number / 100)), number % 100, " and "),
        _ => {
            let link = if number % 1_000 < 100 { " and " } else { " " };
            tail(format!("{} thousand", english(number / 1_000)), number % 1_000, link)
        }
    }
}

fn word(words: &[&'static str], index: u32) -> &'static str {
    usize::try_from(index).ok().and_then(|i| words.get(i)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_agrees_with_its_noun() {
        let cases = [
            (0, "cero"),
            (1, "una"),
            (6, "seis"),
            (11, "once"),
            (16, "dieciséis"),
            (19, "diecinueve"),
            (21, "veintiuna"),
            (22, "veintidós"),
            (30, "treinta"),
            (31, "treinta y una"),
            (36, "treinta y seis"),
            (40, "cuarenta"),
            (99, "noventa y nueve"),
            (100, "cien"),
            (101, "ciento una"),
            (120, "ciento veinte"),
            (200, "doscientas"),
            (521, "quinientas veintiuna"),
            (700, "setecientas"),
            (999, "novecientas noventa y nueve"),
            (1000, "mil"),
            (1001, "mil una"),
            (1800, "mil ochocientas"),
            (21_000, "veintiuna mil"),
            (100_000, "cien mil"),
            (200_200, "doscientas mil doscientas"),
        ];
        for (number, words) in cases {
            assert_eq!(in_words(number, Gender::Feminine, Language::Es).as_deref(), Some(words));
        }
        let masculine = [(1, "un"), (31, "treinta y un"), (1800, "mil ochocientos"), (21_021, "veintiún mil veintiún")];
        for (number, words) in masculine {
            assert_eq!(in_words(number, Gender::Masculine, Language::Es).as_deref(), Some(words));
        }
        let alone = [(1, "uno"), (31, "treinta y uno"), (21_021, "veintiún mil veintiuno")];
        for (number, words) in alone {
            assert_eq!(in_words(number, Gender::Alone, Language::Es).as_deref(), Some(words));
        }
        assert_eq!(in_words(1_000_000, Gender::Alone, Language::Es), None);
    }

    #[test]
    fn english_reads_well() {
        let cases = [
            (6, "six"),
            (30, "thirty"),
            (41, "forty-one"),
            (100, "one hundred"),
            (121, "one hundred and twenty-one"),
            (1001, "one thousand and one"),
            (1800, "one thousand eight hundred"),
        ];
        for (number, words) in cases {
            assert_eq!(in_words(number, Gender::Alone, Language::En).as_deref(), Some(words));
        }
    }
}
