//! Printed documents of Orienta, set with Typst.
//!
//! [`certificate`] turns a [`Certificate`] (the frozen snapshot of an issue) into a PDF of two pages; [`sheet`] makes the list
//! that a room signs.
//! There is no clock, network, package or file behind it: the template is embedded, the only fonts are
//! the ones Typst ships, and the date of the document comes from the input. The same input, standard,
//! [`ENGINE_VERSION`] and [`template_digest`] therefore make the same bytes.

mod dossier;
mod marks;
mod numbers;
mod qr;
mod sheet;
mod world;

pub use dossier::{DOSSIER_TEMPLATE, Dossier, DossierEntry, dossier};
pub use numbers::{Gender, in_words};
pub use sheet::{SHEET_TEMPLATE, Sheet, SheetItem, SheetLine, sheet};

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What makes the bytes, besides the input and the template: to be stored with every issued file.
pub const ENGINE_VERSION: &str = concat!("documents ", env!("CARGO_PKG_VERSION"), ", typst 0.15.1");

/// The template used by [`certificate`]; a starting point for one's own (see [`certificate_from`]).
pub const TEMPLATE: &str = include_str!("../templates/certificate.typ");

/// Language the fixed words of a document are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Spanish of Peru.
    Es,
    /// English.
    En,
}

/// Who signs, with the office held on the day of issue.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signatory {
    /// Name as printed.
    pub name: String,
    /// Office as printed.
    pub office: String,
}

/// One line of the syllabus on the back page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SyllabusLine {
    /// Title of the module.
    pub title: String,
    /// Its minutes.
    pub minutes: u32,
    /// Its grade as printed, if it is graded.
    pub grade: Option<String>,
}

/// Everything a certificate says, frozen when it is issued. All text is set literally, never as markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Certificate {
    /// Full name as printed.
    pub holder: String,
    /// Identity document as printed (`DNI 00000318`), full or masked.
    pub document: String,
    /// Title of the programme.
    pub programme: String,
    /// Edition of the programme (`2026-II`).
    pub edition: String,
    /// Capacity of the holder (`participante aprobada`).
    pub capacity: String,
    /// Hours with their kind, the number in digits (`30 horas cronológicas`); the words are added here.
    pub hours_line: String,
    /// Confirmed minutes of in-person sessions.
    pub in_person_minutes: u32,
    /// Confirmed minutes at one's own pace.
    pub self_paced_minutes: u32,
    /// Final grade over twenty, in hundredths (1650 is 16.5).
    pub grade_hundredths: Option<u16>,
    /// First day, in words of the language (`14 de setiembre de 2026`).
    pub starts: String,
    /// Last day, likewise.
    pub ends: String,
    /// Day of issue, likewise.
    pub issued: String,
    /// Day of issue as `2026-11-23`: the date in the properties of the file.
    pub issued_on: String,
    /// Place of issue.
    pub place: String,
    /// Body that issues.
    pub issuer: String,
    /// Registration number (`ORI-2026-000123-K`).
    pub number: String,
    /// Address the QR opens.
    pub verify_url: String,
    /// Verification code, as printed.
    pub code: String,
    /// Who signs: one to three look best, six fit.
    pub signatories: Vec<Signatory>,
    /// Modules in order.
    pub syllabus: Vec<SyllabusLine>,
    /// Language of the fixed words.
    pub language: Language,
}

/// Which PDF standard the file conforms to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standard {
    /// PDF/A-2b, for the archive.
    Archive,
    /// PDF/UA-1, for screen readers.
    Accessible,
}

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A field that must be printed is empty.
    #[error("the field `{0}` is empty")]
    Empty(&'static str),
    /// The date of issue is not a day written as `2026-11-23`.
    #[error("`{0}` is not a date such as 2026-11-23")]
    Date(String),
    /// The verification address does not fit in a QR code.
    #[error("the verification address does not fit in a QR code")]
    Qr,
    /// The data could not be handed to the template.
    #[error("the data could not be written: {0}")]
    Data(#[from] serde_json::Error),
    /// The template does not compile.
    #[error("the template failed: {0}")]
    Template(String),
    /// The result cannot conform to the standard (a character that no font has, for example).
    #[error("the file could not conform to its standard: {0}")]
    Export(String),
}

/// The certificate as a PDF that conforms to `standard`. The same input gives the same bytes.
///
/// # Errors
/// When a field is empty or malformed, or the result cannot conform to the standard: see [`DocumentError`].
pub fn certificate(certificate: &Certificate, standard: Standard) -> Result<Vec<u8>, DocumentError> {
    certificate_from(TEMPLATE, certificate, standard)
}

/// As [`certificate`], with another template than [`TEMPLATE`]. A template may read `data.json` and `qr.svg`, nothing else.
///
/// # Errors
/// As [`certificate`]; [`DocumentError::Template`] tells what is wrong with the template, with its line.
pub fn certificate_from(template: &str, certificate: &Certificate, standard: Standard) -> Result<Vec<u8>, DocumentError> {
    let date = check(certificate)?;
    let qr = qr::Qr::new(&certificate.verify_url).ok_or(DocumentError::Qr)?;
    let data = Data { certificate, derived: derive(certificate, date, qr.modules) };
    let ident = format!("{} {standard:?}", certificate.number);
    world::compile(template, serde_json::to_vec(&data)?, qr.svg, ident, standard)
}

/// SHA-256 of [`TEMPLATE`], in lower-case hexadecimal.
#[must_use]
pub fn template_digest() -> String {
    digest_of(TEMPLATE)
}

/// SHA-256 of any template, in lower-case hexadecimal.
#[must_use]
pub fn digest_of(template: &str) -> String {
    Sha256::digest(template).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// What the template reads.
#[derive(Serialize)]
struct Data<'a> {
    certificate: &'a Certificate,
    derived: Derived,
}

/// What the template would otherwise have to work out.
#[derive(Serialize)]
struct Derived {
    hours: String,
    in_person: Option<String>,
    self_paced: Option<String>,
    grade: Option<String>,
    grade_words: Option<String>,
    date: Day,
    qr_modules: usize,
    durations: Vec<String>,
    total: String,
}

#[derive(Serialize, Clone, Copy)]
struct Day {
    year: u16,
    month: u8,
    day: u8,
}

fn check(c: &Certificate) -> Result<Day, DocumentError> {
    let printed = [
        ("holder", &c.holder),
        ("document", &c.document),
        ("programme", &c.programme),
        ("edition", &c.edition),
        ("capacity", &c.capacity),
        ("hours_line", &c.hours_line),
        ("starts", &c.starts),
        ("ends", &c.ends),
        ("issued", &c.issued),
        ("place", &c.place),
        ("issuer", &c.issuer),
        ("number", &c.number),
        ("verify_url", &c.verify_url),
        ("code", &c.code),
    ];
    for (name, value) in printed {
        if value.trim().is_empty() {
            return Err(DocumentError::Empty(name));
        }
    }
    day(&c.issued_on).ok_or_else(|| DocumentError::Date(c.issued_on.clone()))
}

fn day(text: &str) -> Option<Day> {
    let digits = |range: std::ops::Range<usize>| text.get(range).filter(|t| t.bytes().all(|b| b.is_ascii_digit()));
    if text.len() != 10 || text.get(4..5) != Some("-") || text.get(7..8) != Some("-") {
        return None;
    }
    let (year, month, day) = (digits(0..4)?.parse().ok()?, digits(5..7)?.parse().ok()?, digits(8..10)?.parse().ok()?);
    // The calendar is Typst's: it refuses the 30th of February.
    typst::foundations::Datetime::from_ymd(i32::from(year), month, day)?;
    Some(Day { year, month, day })
}

fn derive(c: &Certificate, date: Day, qr_modules: usize) -> Derived {
    let total = c.in_person_minutes.saturating_add(c.self_paced_minutes);
    // "11 h" may stand beside "30 horas" only if both are of sixty minutes; else minutes are said.
    let clock = leading_number(&c.hours_line).is_none_or(|(n, _)| n == total / 60);
    let part = |minutes: u32| (minutes > 0).then(|| duration(minutes, clock));
    Derived {
        hours: hours_in_words(&c.hours_line, c.language),
        in_person: part(c.in_person_minutes),
        self_paced: part(c.self_paced_minutes),
        grade: c.grade_hundredths.map(|g| grade(g, c.language)),
        grade_words: c.grade_hundredths.and_then(|g| grade_in_words(g, c.language)),
        date,
        qr_modules,
        durations: c.syllabus.iter().map(|line| duration(line.minutes, clock)).collect(),
        total: duration(c.syllabus.iter().fold(0, |sum: u32, line| sum.saturating_add(line.minutes)), clock),
    }
}

/// `30 horas cronológicas` becomes `treinta (30) horas cronológicas`; a line that begins otherwise stays.
#[must_use]
pub fn hours_in_words(line: &str, language: Language) -> String {
    let Some((number, kind)) = leading_number(line) else { return line.to_owned() };
    let gender = if kind.starts_with("minuto") { Gender::Masculine } else { Gender::Feminine };
    match in_words(number, gender, language) {
        Some(words) => format!("{words} ({number}) {kind}"),
        None => line.to_owned(),
    }
}

/// The whole number a line begins with, and what follows its space.
fn leading_number(line: &str) -> Option<(u32, &str)> {
    let (number, rest) = line.trim().split_once(' ')?;
    number.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
    Some((number.parse().ok()?, rest.trim_start()))
}

/// `1 h 30 min`, or the bare minutes.
fn duration(minutes: u32, clock: bool) -> String {
    match (minutes / 60, minutes % 60) {
        _ if !clock => format!("{minutes} min"),
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m} min"),
    }
}

fn grade(hundredths: u16, language: Language) -> String {
    let decimals = match hundredths % 100 {
        0 => String::new(),
        d if d % 10 == 0 => format!(".{}", d / 10),
        d => format!(".{d:02}"),
    };
    let of = match language {
        Language::Es => "de",
        Language::En => "out of",
    };
    format!("{}{decimals} {of} 20", hundredths / 100)
}

fn grade_in_words(hundredths: u16, language: Language) -> Option<String> {
    let whole = in_words(u32::from(hundredths / 100), Gender::Alone, language)?;
    let with = match language {
        Language::Es => "con",
        Language::En => "and",
    };
    Some(match hundredths % 100 {
        0 => whole,
        d => format!("{whole} {with} {d:02}/100"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_said_in_words_and_digits() {
        assert_eq!(hours_in_words("30 horas cronológicas", Language::Es), "treinta (30) horas cronológicas");
        assert_eq!(hours_in_words("1 hora cronológica", Language::Es), "una (1) hora cronológica");
        assert_eq!(hours_in_words("21 horas académicas", Language::Es), "veintiuna (21) horas académicas");
        assert_eq!(hours_in_words("21 minutos", Language::Es), "veintiún (21) minutos");
        assert_eq!(hours_in_words("6 clock hours", Language::En), "six (6) clock hours");
        for as_is in ["seis (6) horas", "7.5 horas", "6", ""] {
            assert_eq!(hours_in_words(as_is, Language::Es), as_is);
        }
    }

    #[test]
    fn grades_and_durations_are_short() {
        assert_eq!(grade(1700, Language::Es), "17 de 20");
        assert_eq!(grade(1650, Language::Es), "16.5 de 20");
        assert_eq!(grade(1605, Language::En), "16.05 out of 20");
        assert_eq!(grade_in_words(1700, Language::Es).as_deref(), Some("diecisiete"));
        assert_eq!(grade_in_words(1605, Language::Es).as_deref(), Some("dieciséis con 05/100"));
        assert_eq!(duration(90, true), "1 h 30 min");
        assert_eq!(duration(660, true), "11 h");
        assert_eq!(duration(660, false), "660 min");
        assert_eq!(duration(0, true), "0 min");
    }

    #[test]
    fn only_real_days_are_dates() {
        assert!(day("2028-02-29").is_some());
        for wrong in ["2026-02-29", "2026-13-01", "26-1-1", "2026/11/23", "+026-11-23", "2026-11-2ñ", ""] {
            assert!(day(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn the_version_named_is_the_one_linked() {
        assert!(ENGINE_VERSION.ends_with(&format!("typst {}", typst::utils::version().raw())));
    }
}
