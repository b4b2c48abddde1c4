//! The sheet of a session in person, to print and sign.

use crate::{DocumentError, Language, Standard, world};
use serde::{Deserialize, Serialize};

/// The template of [`sheet`].
pub const SHEET_TEMPLATE: &str = include_str!("../templates/sheet.typ");

/// An item of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SheetItem {
    /// Number and title of the lesson.
    pub lesson: String,
    /// From and to, in words of the language.
    pub hours: String,
}

/// A line to sign on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SheetLine {
    /// Full name.
    pub name: String,
    /// Identity document as printed: masked, for the sheet goes round a room.
    pub document: String,
    /// Where a guest comes from; nothing for the session's own.
    pub note: Option<String>,
}

/// Everything a sheet says. All text is set literally, never as markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sheet {
    /// Title of the session.
    pub title: String,
    /// Title of the cohort.
    pub cohort: String,
    /// Where.
    pub place: String,
    /// Day, in words of the language.
    pub day: String,
    /// From and to, likewise.
    pub hours: String,
    /// The agenda in order.
    pub agenda: Vec<SheetItem>,
    /// Who signs, guests last.
    pub people: Vec<SheetLine>,
    /// Language of the fixed words.
    pub language: Language,
}

/// The sheet as an accessible PDF (PDF/UA-1). The same input gives the same bytes.
///
/// # Errors
/// [`DocumentError::Empty`] without title or day; as [`crate::certificate`] else.
pub fn sheet(sheet: &Sheet) -> Result<Vec<u8>, DocumentError> {
    for (name, value) in [("title", &sheet.title), ("day", &sheet.day), ("cohort", &sheet.cohort)] {
        if value.trim().is_empty() {
            return Err(DocumentError::Empty(name));
        }
    }
    let ident = format!("{} {} {} sheet", sheet.cohort, sheet.title, sheet.day);
    world::compile(SHEET_TEMPLATE, serde_json::to_vec(sheet)?, String::new(), ident, Standard::Accessible)
}
