//! People: sign-in, account, the desks of staff, admin and auditor.

use chrono::{NaiveDate, NaiveDateTime};
use domain::access::Role;
use domain::certification::Requirement;
use domain::curriculum::RequirementKind;
use domain::ids::{CohortId, DeviceId, EnrolmentId, PersonId};
use domain::time::Seconds;

/// Which of the ways in the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInWay {
    /// Document number and PIN or password. Fields: `kind`, `number`, `secret`, `shared`.
    Document,
    /// Short code of a printed card and PIN. Fields: `code`, `secret`, `shared`. `scanned`: the card's QR was read, only the PIN is missing.
    Card {
        /// The secret of the card came by its QR.
        scanned: bool,
    },
    /// Document number and a one-time code from staff. Fields: `kind`, `number`, `code`, `shared`.
    Code,
}

/// The sign-in page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The way shown.
    pub way: SignInWay,
    /// This browser is known: the PIN is enough.
    pub known_device: bool,
    /// Where to go afterwards (a path of this site), hidden field `next`.
    pub next: String,
}

/// Choosing a PIN, after the first sign-in with a code or at will. Fields: `pin`, `again`; with a hidden `proposed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoosePin {
    /// A PIN the server proposes.
    pub proposed: String,
    /// She has none yet.
    pub first: bool,
    /// The PIN or password in use has to be typed too.
    pub asks_current: bool,
}

/// A browser that knows her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// Which.
    pub id: DeviceId,
    /// "Chrome en Android".
    pub label: String,
    /// Last use.
    pub last_seen: NaiveDateTime,
    /// It is the one in her hand.
    pub current: bool,
}

/// Her account: who she is, her devices. Forms: `action=revoke&device=…`, `action=everywhere`, sign-out posts to `/logout`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Full name.
    pub name: String,
    /// Kind and masked number of her document.
    pub document: String,
    /// Her devices.
    pub devices: Vec<DeviceRow>,
    /// Her roles and their districts' names (empty: all).
    pub roles: Vec<(Role, Vec<String>)>,
}

/// A cohort in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortRow {
    /// Which.
    pub id: CohortId,
    /// "Lamas 2026-II".
    pub title: String,
    /// Its district's name.
    pub district: String,
    /// Its programme's title.
    pub programme: String,
    /// Dates.
    pub dates: (NaiveDate, NaiveDate),
    /// Trainees in training.
    pub trainees: u32,
    /// Ready for a certificate.
    pub ready: u32,
    /// Already certified.
    pub certified: u32,
}

/// Home of staff: cohorts in scope and what waits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StaffHome {
    /// Cohorts in scope.
    pub cohorts: Vec<CohortRow>,
    /// Graded attempts that wait for release.
    pub to_release: u32,
    /// Trainees whose requirements nobody has verified.
    pub to_verify: u32,
    /// Trainees ready for a certificate.
    pub ready: u32,
    /// Doubtful claims, checkpoints with many tries and adjustments that wait for the reader.
    pub doubtful: u32,
    /// Disputes without an answer.
    pub disputes: u32,
}

/// State of one module for one trainee, on the cohort board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BoardCell {
    /// Nothing yet.
    Empty,
    /// Percent of its minutes confirmed, no result.
    Part(u8),
    /// Complete without a grade.
    Done,
    /// Released grade in hundredths, passed.
    Passed(u16),
    /// Released grade in hundredths, failed.
    Failed(u16),
}

/// Row of the cohort board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardRow {
    /// Which.
    pub enrolment: EnrolmentId,
    /// Full name.
    pub name: String,
    /// A cell a module.
    pub modules: Vec<BoardCell>,
    /// Confirmed time.
    pub confirmed: Seconds,
    /// Requirements that are missing, in the gate's order; empty: ready or certified.
    pub missing: Vec<RequirementKind>,
    /// Number of her certificate.
    pub certificate: Option<String>,
    /// Days since she last studied, if she did.
    pub idle_days: Option<u32>,
}

/// The board of one cohort. Form `issue`: checkboxes `enrolment`, posts to the page's address with `action=issue`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortBoard {
    /// The cohort.
    pub cohort: CohortRow,
    /// Module ids, as heads of the columns.
    pub modules: Vec<String>,
    /// Its trainees.
    pub rows: Vec<BoardRow>,
    /// Average confirmed time.
    pub average: Seconds,
    /// What issuing just did: name, and number or reason.
    pub issued: Vec<(String, Result<String, String>)>,
    /// Search text typed, if any (GET `q`).
    pub query: String,
}

/// A requirement fact on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactRow {
    /// What.
    pub kind: RequirementKind,
    /// Met or not.
    pub met: bool,
    /// Where it comes from.
    pub source: String,
    /// Who verified.
    pub verifier: String,
    /// On which day.
    pub on: NaiveDate,
    /// Until when.
    pub expires: Option<NaiveDate>,
}

/// One trainee on the staff desk.
/// Forms (all post to the page's address, hidden field `action`): `verify` (fields `kind`, `met` yes|no, `source`, `on`), `issue`, `code` (gives a one-time code),
/// `card` (prints a card), `adult` is computed from the birth date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraineeDesk {
    /// Which enrolment.
    pub enrolment: EnrolmentId,
    /// Which person.
    pub person: PersonId,
    /// Full name.
    pub name: String,
    /// Kind and number of the document.
    pub document: String,
    /// Birth date, if recorded.
    pub birth: Option<NaiveDate>,
    /// Phone, if recorded.
    pub phone: Option<String>,
    /// Cohort and programme titles.
    pub cohort: (CohortId, String),
    /// Programme's title.
    pub programme: String,
    /// The gate, as the trainee sees it too.
    pub requirements: Vec<Requirement>,
    /// What staff attested.
    pub facts: Vec<FactRow>,
    /// Confirmed, provisional, required time and attributed (measured) time.
    pub hours: (Seconds, Seconds, Seconds, Seconds),
    /// Number and path of her certificate.
    pub certificate: Option<(String, String)>,
    /// Whether the reader may issue it, else why not (a sentence).
    pub may_issue: Result<(), String>,
    /// A one-time code just made, shown once.
    pub fresh_code: Option<String>,
    /// A card just made: code and address in its QR as SVG, shown once.
    pub fresh_card: Option<(String, String)>,
}

/// Adding a person. Fields: `given_names`, `paternal_surname`, `maternal_surname`, `kind`, `number`, `birth_date`, `phone`, `email`, `role` (trainee|judge|…), `district`, `cohort`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AddPerson {
    /// Districts: id and name.
    pub districts: Vec<(String, String)>,
    /// Cohorts: id and title.
    pub cohorts: Vec<(String, String)>,
    /// Roles that the reader may give.
    pub roles: Vec<Role>,
}

/// Somebody in the admin's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Which.
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Kind and masked number.
    pub document: String,
    /// Roles and their districts' names (empty: all).
    pub roles: Vec<(Role, Vec<String>)>,
}

/// Home of the admin: people, search by name or document (GET `q`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdminHome {
    /// Search text.
    pub query: String,
    /// At most fifty.
    pub people: Vec<PersonRow>,
    /// How many there are in all.
    pub total: u32,
    /// What the form "Agregar una persona" offers (posts `action=add`).
    pub add: AddPerson,
    /// Version of the program, engine of the database, ledger rows.
    pub installation: Vec<(String, String)>,
}

/// One event of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Its number in the chain.
    pub sequence: i64,
    /// When.
    pub at: NaiveDateTime,
    /// Who (full name), or nobody for the system.
    pub actor: Option<String>,
    /// What (`certificate.issue`).
    pub action: String,
    /// On what: a name where it is a person or an enrolment, else the address of the record.
    pub subject: String,
}

/// Home of the auditor: the audit log, newest first, fifty a page (GET `before`), and the ledgers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditHome {
    /// Events.
    pub events: Vec<EventRow>,
    /// Sequence to ask for the next page.
    pub older: Option<i64>,
    /// Trainees: enrolment, name, programme.
    pub enrolments: Vec<(EnrolmentId, String, String)>,
}
