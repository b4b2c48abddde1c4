//! Certificates: hers, the public verification, the staff register.

use chrono::NaiveDate;
use domain::certification::Requirement;

/// Where a certificate stands today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// In force.
    Valid,
    /// Not in force for now.
    Suspended {
        /// Since.
        on: NaiveDate,
    },
    /// No longer in force.
    Revoked {
        /// Since.
        on: NaiveDate,
        /// Code and words of the reason.
        reason: String,
        /// Who decided.
        authority: String,
    },
    /// Past its term.
    Expired {
        /// Since.
        on: NaiveDate,
    },
    /// Replaced by another number.
    Superseded {
        /// By which.
        by: String,
    },
}

/// What a stranger sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCertificate {
    /// Its standing.
    pub standing: Standing,
    /// Name as printed.
    pub holder: String,
    /// "DNI •••••318".
    pub document: String,
    /// Programme and edition.
    pub programme: String,
    /// "30 horas cronológicas: 11 presenciales y 19 virtuales".
    pub hours: String,
    /// Grade in hundredths, where public.
    pub grade: Option<u16>,
    /// Course dates and place.
    pub dates: (NaiveDate, NaiveDate),
    /// Issued on, at.
    pub issued: (NaiveDate, String),
    /// Who issued it.
    pub issuer: String,
    /// Its number.
    pub number: String,
    /// Checked at (local time).
    pub checked: chrono::NaiveDateTime,
}

/// The verification page. Form GET `/verify` with `q` (code or number) and `surname` (asked for when a number is given).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// The empty form.
    Ask,
    /// A number was given: the first surname as printed is needed too.
    AskSurname {
        /// What was typed.
        query: String,
    },
    /// Not found: unknown, malformed and mistyped look alike.
    Unknown {
        /// What was typed.
        query: String,
    },
    /// Found.
    Found(Box<PublicCertificate>),
}

/// Her certificate page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificatePage {
    /// Issued: number, public page, addresses and bytes of the two files, standing.
    pub issued: Option<IssuedLinks>,
    /// The gate while there is none.
    pub requirements: Vec<Requirement>,
}

/// Links of an issued certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedLinks {
    /// Number.
    pub number: String,
    /// Public page.
    pub verify: String,
    /// Printable file: address, bytes.
    pub archive: (String, usize),
    /// File for screen readers: address, bytes.
    pub accessible: (String, usize),
    /// Its standing.
    pub standing: Standing,
}

/// Row of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRow {
    /// Number.
    pub number: String,
    /// Staff page of it.
    pub href: String,
    /// Holder.
    pub holder: String,
    /// Programme.
    pub programme: String,
    /// Issued on.
    pub issued: NaiveDate,
    /// Standing.
    pub standing: Standing,
}

/// The register in scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// Certificates, newest first.
    pub rows: Vec<RegisterRow>,
}

/// One certificate on the staff desk. Form posts to the page's address: `action` = revoke|suspend|reinstate, `code` (R-01…), `reason`, `authority`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateDesk {
    /// The certificate as a stranger sees it.
    pub public: PublicCertificate,
    /// Where it stands on the web.
    pub verify: String,
    /// Its history: when, what, by whom, reason.
    pub events: Vec<(chrono::NaiveDateTime, String, String, String)>,
    /// Reason codes: code and text.
    pub reasons: Vec<(String, String)>,
}
