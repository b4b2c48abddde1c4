//! The summary of one trainee's hours for an auditor.

use crate::{DocumentError, Language, Standard, world};
use serde::{Deserialize, Serialize};

/// The template of [`dossier`].
pub const DOSSIER_TEMPLATE: &str = include_str!("../templates/dossier.typ");

/// An entry of the ledger, in words of the language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DossierEntry {
    /// Its sequence.
    pub number: i64,
    /// Number and title of the lesson.
    pub lesson: String,
    /// What it rests on, and whether it counts.
    pub kind: String,
    /// Signed time.
    pub time: String,
    /// When it was recorded.
    pub day: String,
    /// First digits of its hash.
    pub hash: String,
}

/// Everything the summary says. All text is set literally, never as markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dossier {
    /// Full name.
    pub name: String,
    /// Kind and number of the document.
    pub document: String,
    /// Title of the programme.
    pub programme: String,
    /// Title of the cohort.
    pub cohort: String,
    /// When it was made.
    pub made: String,
    /// Time required.
    pub required: String,
    /// Confirmed credit.
    pub confirmed: String,
    /// Provisional credit.
    pub provisional: String,
    /// Measured time.
    pub measured: String,
    /// Hash of the ledger's head, in hexadecimal.
    pub head: String,
    /// Hash of the evidence, in hexadecimal.
    pub evidence: String,
    /// Pieces of evidence.
    pub pieces: i64,
    /// Entries in order.
    pub entries: Vec<DossierEntry>,
    /// Language of the fixed words.
    pub language: Language,
}

/// The summary as an accessible PDF (PDF/UA-1). The same input gives the same bytes.
///
/// # Errors
/// [`DocumentError::Empty`] without a name; as [`crate::certificate`] else.
pub fn dossier(dossier: &Dossier) -> Result<Vec<u8>, DocumentError> {
    if dossier.name.trim().is_empty() {
        return Err(DocumentError::Empty("name"));
    }
    let ident = format!("{} {} dossier", dossier.head, dossier.made);
    world::compile(DOSSIER_TEMPLATE, serde_json::to_vec(dossier)?, String::new(), ident, Standard::Accessible)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_is_a_pdf_that_repeats() {
        let entry = DossierEntry {
            number: 1,
            lesson: "4.1 A quién protege".to_owned(),
            kind: "estudio".to_owned(),
            time: "45 min".to_owned(),
            day: "3/11/2026".to_owned(),
            hash: "1aa040c0".to_owned(),
        };
        let text = |text: &str| text.to_owned();
        let summary = Dossier {
            name: text("Ñahui Yupanqui-p̃ de los Ángeles"),
            document: text("DNI 70222001"),
            programme: text("Formación"),
            cohort: text("Lamas"),
            made: text("24/11/2026"),
            required: text("30 h"),
            confirmed: text("45 min"),
            provisional: text("0 min"),
            measured: text("50 min"),
            head: text("1aa0"),
            evidence: text("09"),
            pieces: 90,
            entries: vec![entry; 60],
            language: Language::Es,
        };
        let made = dossier(&summary).expect("made");
        assert!(made.starts_with(b"%PDF-"));
        assert_eq!(made, dossier(&summary).expect("made again"));
        assert!(matches!(dossier(&Dossier { name: text(" "), ..summary }), Err(DocumentError::Empty("name"))));
    }
}
