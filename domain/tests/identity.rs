//! Properties of what people type about themselves.

use chrono::NaiveDate;
use domain::certification::mask_document;
use domain::identity::document::dni_check;
use domain::identity::{CardCode, Document, DocumentKind, MobilePhone, NamePart, OneTimeCode, check_pin, fold};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_dni_with_its_check_character_finds_every_single_wrong_digit(number in "[0-9]{8}", at in 0_usize..8, other in 0_u8..10) {
        let [digit, letter] = dni_check(&number).unwrap();
        for check in [digit, letter] {
            let document = Document::parse(DocumentKind::Dni, &format!("{number}-{check}")).unwrap();
            prop_assert_eq!(document.number(), number.as_str());
        }
        let mut typed = number.clone().into_bytes();
        prop_assume!(typed[at] != b'0' + other);
        typed[at] = b'0' + other;
        let typed = format!("{}{letter}", String::from_utf8(typed).unwrap());
        prop_assert!(Document::parse(DocumentKind::Dni, &typed).is_err());
    }

    #[test]
    fn what_is_parsed_parses_to_itself(text in "\\PC{0,20}") {
        for kind in DocumentKind::ALL {
            if let Ok(document) = Document::parse(kind, &text) {
                prop_assert_eq!(Document::parse(kind, document.number()), Ok(document));
            }
        }
        if let Ok(name) = NamePart::parse(&text) {
            prop_assert_eq!(NamePart::parse(name.as_str()), Ok(name));
        }
        if let Ok(phone) = MobilePhone::parse(&text) {
            prop_assert_eq!(MobilePhone::parse(&phone.to_string()), Ok(phone));
        }
        if let Ok(code) = CardCode::parse(&text) {
            prop_assert!(CardCode::parse(&code.printed()) == Ok(code));
        }
    }

    #[test]
    fn a_card_code_is_read_back_in_any_dress(random in 0_u64..1 << 50, lower in any::<bool>()) {
        let code = CardCode::from_random(random);
        let printed = code.printed();
        let typed = printed.replace('0', "O").replace('1', if lower { "l" } else { "I" });
        prop_assert_eq!(CardCode::parse(&typed), Ok(code.clone()));
        prop_assert_eq!(CardCode::parse(&typed.to_lowercase().replace('-', " ")), Ok(code.clone()));
        prop_assert_ne!(&CardCode::from_random(random ^ 1), &code);
        prop_assert_ne!(&CardCode::from_random(random ^ (1 << 49)), &code);
    }

    #[test]
    fn a_one_time_code_is_read_back(random in 0..OneTimeCode::BOUND) {
        let code = OneTimeCode::from_random(random);
        prop_assert_eq!(OneTimeCode::parse(&code.printed()), Ok(code.clone()));
        prop_assert_eq!(code.expose().parse::<u64>().unwrap(), random);
    }

    #[test]
    fn folding_twice_changes_nothing_and_case_never_counts(text in "[a-zA-ZáéíóúüñÁÉÍÓÚÜÑẽãõ \u{300}-\u{344}\u{346}-\u{36f}]{0,30}") {
        // U+0345 left out: its capital is a Greek letter.
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded.as_str());
        prop_assert_eq!(fold(&text.to_uppercase()), folded.as_str());
        prop_assert!(folded.bytes().all(|b| b.is_ascii_lowercase() || b == b' '), "{}", folded);
        prop_assert!(!folded.contains("  ") && folded.trim() == folded);
    }

    #[test]
    fn folding_any_text_is_stable(text in "\\PC{0,40}") {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
    }

    #[test]
    fn no_six_digits_of_the_birth_date_or_document_are_a_pin(
        days in 0_i32..30_000, document in "[0-9]{8}", at in 0_usize..3,
    ) {
        let birth = NaiveDate::from_num_days_from_ce_opt(710_000 + days).unwrap();
        for format in ["%d%m%y", "%y%m%d", "%m%d%y"] {
            prop_assert!(check_pin(&birth.format(format).to_string(), Some(birth), None).is_err());
        }
        for format in ["%d%m%Y", "%Y%m%d"] {
            prop_assert!(check_pin(&birth.format(format).to_string()[at..at + 6], Some(birth), None).is_err());
        }
        prop_assert!(check_pin(&document[at..at + 6], None, Some(&document)).is_err());
    }

    #[test]
    fn a_masked_document_shows_three_characters_at_most(number in "[0-9A-Z]{0,12}") {
        let masked = mask_document(&number);
        let shown = masked.trim_start_matches('•');
        prop_assert!(shown.len() <= 3 && number.ends_with(shown));
        prop_assert_eq!(masked.chars().filter(|c| *c == '•').count(), 5);
    }
}
