//! What is frozen when a certificate is issued, and what a stranger sees of a document number.

use crate::assessment::Grade;
use crate::certification::number::CertificateNumber;
use crate::curriculum::Localised;
use crate::identity::DocumentKind;
use crate::ids::{ModuleId, ProgrammeId, RevisionId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The hours as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintedHours {
    /// Minutes certified: what the programme requires.
    pub minutes: i64,
    /// Minutes in a printed hour.
    pub unit_minutes: i64,
    /// What they are called ("horas cronológicas").
    pub wording: Localised,
}

impl PrintedHours {
    /// Whole printed hours and the minutes left over; `None` when the unit is not a positive number of minutes.
    #[must_use]
    pub const fn hours(&self) -> Option<(i64, i64)> {
        if self.unit_minutes > 0 {
            Some((self.minutes.div_euclid(self.unit_minutes), self.minutes.rem_euclid(self.unit_minutes)))
        } else {
            None
        }
    }
}

/// A signatory as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotSignatory {
    /// Name.
    pub name: String,
    /// Office on the day of issue.
    pub office: Localised,
}

/// A line of the syllabus on the back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SyllabusLine {
    /// The module.
    pub module: ModuleId,
    /// Its title.
    pub title: Localised,
    /// Its minutes.
    pub minutes: i64,
    /// Her grade, where the module has a graded evaluation.
    pub grade: Option<Grade>,
}

/// What is frozen at issue and printed: nothing of a certificate is ever read from anywhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Registration number.
    pub number: CertificateNumber,
    /// Unguessable verification code.
    pub code: String,
    /// The holder's name as printed.
    pub holder: String,
    /// Kind of her document.
    pub document_kind: DocumentKind,
    /// Its number in full: printed on the document, outside only through [`mask_document`].
    pub document_number: String,
    /// The programme.
    pub programme: ProgrammeId,
    /// Its revision.
    pub programme_revision: RevisionId,
    /// Its title.
    pub title: Localised,
    /// Its edition.
    pub edition: String,
    /// The hours.
    pub hours: PrintedHours,
    /// Minutes of them in person.
    pub in_person_minutes: i64,
    /// Minutes of them in her own time.
    pub self_paced_minutes: i64,
    /// The final grade, where there is one.
    pub grade: Option<Grade>,
    /// First local day of her course.
    pub started_on: NaiveDate,
    /// Last local day of her course.
    pub finished_on: NaiveDate,
    /// Local date of issue.
    pub issued_on: NaiveDate,
    /// Last day of its term, where it has one.
    pub expires_on: Option<NaiveDate>,
    /// Place of issue.
    pub place: String,
    /// Who issues it.
    pub issuer: Localised,
    /// Who signs it.
    pub signatories: Vec<SnapshotSignatory>,
    /// What she studied.
    pub syllabus: Vec<SyllabusLine>,
    /// SHA-256 of the evidence record, in lower-case hexadecimal.
    pub evidence_digest: String,
}

impl Snapshot {
    /// The document number as a stranger sees it.
    #[must_use]
    pub fn masked_document(&self) -> String {
        mask_document(&self.document_number)
    }
}

/// Characters of a document number that a stranger sees.
const SHOWN: usize = 3;

/// A document number of which only the last three characters show: always five dots before them, so that the length
/// tells nothing, and dots alone where three characters would be half of it or more.
#[must_use]
pub fn mask_document(number: &str) -> String {
    let length = number.chars().count();
    let hidden = if length > 2 * SHOWN { length - SHOWN } else { length };
    format!("•••••{}", number.chars().skip(hidden).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_sees_three_characters() {
        for (number, masked) in [("10117410", "•••••410"), ("ab12ñé7", "•••••ñé7"), ("123456", "•••••"), ("", "•••••")]
        {
            assert_eq!(mask_document(number), masked);
        }
    }

    #[test]
    fn the_same_minutes_in_each_hour_unit() {
        let hours = |unit_minutes| PrintedHours { minutes: 1800, unit_minutes, wording: Localised::es("horas") }.hours();
        assert_eq!(hours(60), Some((30, 0)));
        assert_eq!(hours(45), Some((40, 0)));
        assert_eq!(hours(50), Some((36, 0)));
        assert_eq!(hours(70), Some((25, 50)));
        assert_eq!(hours(0), None);
    }
}
