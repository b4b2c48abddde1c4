//! Files as other systems and their users write them: what is understood, what is named, and that no cut or damage
//! makes a reader panic. Beside each file stands what is expected of it: the report, then the dump.

use curriculum::exchange::{Format, Item, dump, read, write};
use domain::curriculum::Language;
use std::path::Path;

const FILES: [(Format, &str); 16] = [
    (Format::Gift, "moodle.gift"),
    (Format::Gift, "odd.gift"),
    (Format::Gift, "windows.gift"),
    (Format::Gift, "old-mac.gift"),
    (Format::Gift, "embedded.gift"),
    (Format::Gift, "no-blank-lines.gift"),
    (Format::MoodleXml, "moodle.xml"),
    (Format::MoodleXml, "bomb.xml"),
    (Format::MoodleXml, "cut.xml"),
    (Format::MoodleXml, "h5p.xml"),
    (Format::Aiken, "windows.aiken"),
    (Format::Aiken, "odd.aiken"),
    (Format::Qti, "choice.qti.xml"),
    (Format::Qti, "mixed.qti.xml"),
    (Format::Qti, "canvas.qti.xml"),
    (Format::Qti, "bomb.xml"),
];

fn file(name: &str) -> std::io::Result<String> {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange").join(name))
}

#[test]
fn exchange_files_are_read_as_expected() {
    for (format, name) in FILES {
        let (items, report) = read(format, &file(name).unwrap());
        let found = format!("{}\n\n{}\n", report.lines(Language::En).join("\n"), dump(&items));
        let expected = file(&format!("{name}.{}.expected", format.name())).unwrap();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn exchange_files_written_in_any_format_come_back_the_same() {
    for (format, name) in FILES {
        let (items, _) = read(format, &file(name).unwrap());
        for other in Format::ALL {
            let (first, _) = write(other, &items);
            let (second, _) = write(other, &read(other, &first).0);
            assert_eq!(second, first, "{name} as {}", other.name());
        }
    }
}

#[test]
fn exchange_files_come_back_in_their_own_format() {
    let files = [
        (Format::Gift, "moodle.gift"),
        (Format::Gift, "windows.gift"),
        (Format::Gift, "embedded.gift"),
        (Format::MoodleXml, "moodle.xml"),
        (Format::Aiken, "odd.aiken"),
    ];
    let outline = |i: Item| (i.body.kind(), i.title, i.id, i.tags, i.stem, i.general_feedback);
    for (format, name) in files {
        let (items, _) = read(format, &file(name).unwrap());
        let (written, lost) = write(format, &items);
        assert_eq!(lost.notes, [], "{name}");
        let (back, unread) = read(format, &written);
        assert_eq!(unread.notes, [], "{name}");
        let outlines = |items: Vec<Item>| items.into_iter().map(outline).collect::<Vec<_>>();
        assert_eq!(outlines(back), outlines(items), "{name}");
    }
}

#[test]
fn exchange_files_cut_anywhere_are_read() {
    for (format, name) in FILES {
        let whole = file(name).unwrap();
        let mut most = 0;
        for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            let (items, report) = read(format, &whole[..end]);
            most = most.max(items.len() + report.notes.len());
            let is_blank = whole[..end].trim_start_matches('\u{feff}').trim().is_empty();
            assert!(is_blank || !items.is_empty() || !report.is_empty(), "{name}: nothing said of the first {end} bytes");
        }
        assert!(most > 0, "{name}");
    }
}
