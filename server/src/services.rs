//! Use-cases: one method, one transaction; permission is asked before anything is read.

pub mod assessment;
pub mod audit;
pub mod authoring;
pub mod certification;
pub mod curriculum;
pub mod enrolment;
pub mod grading;
pub mod hours;
pub mod meetings;
pub mod people;
pub mod record;
pub mod sign_in;
pub mod staff;
pub mod study;
mod unit;

use crate::catalogue::Catalogue;
use crate::clock::Clock;
use crate::keys::SigningKey;
use crate::persistence::database::Database;
use assessment::answers::intake::AnswerIntake;
use domain::access::{Action, Actor, Refusal, Resource, allow};
use domain::ids::DeviceId;
use domain::time::Instant;
use sign_in::session::Sessions;
use std::sync::Arc;
use study::desk::intake::Intake;

/// What every use-case needs.
#[derive(Clone)]
pub struct Services {
    /// The database.
    pub database: Database,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The published curriculum.
    pub catalogue: Arc<Catalogue>,
    /// Signs readings.
    pub key: SigningKey,
    /// Signs the daily root of the ledger.
    pub ledger_key: ed25519_dalek::SigningKey,
    /// Looks sessions up.
    pub sessions: Sessions,
    /// Takes claims of study time.
    pub intake: Intake,
    /// Takes answers.
    pub answers: AnswerIntake,
    /// The data folder.
    pub folder: std::path::PathBuf,
    /// Limits how many passwords are hashed at once.
    pub hashing: Arc<tokio::sync::Semaphore>,
    /// The public address for QR codes, if there is one.
    pub public_url: Option<String>,
}

impl Services {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The services for somebody signed in.
    #[must_use]
    pub fn of<'a>(&'a self, signed: &'a SignedIn) -> Acting<'a> {
        Acting { services: self, signed }
    }
}

/// Somebody signed in, with what the frame shows.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who, with which rights.
    pub actor: Actor,
    /// On which device.
    pub device: DeviceId,
    /// First name and first surname.
    pub short_name: String,
    /// The person's language, if set.
    pub language: Option<domain::curriculum::Language>,
    /// Whether she or he has a PIN or a password.
    pub has_secret: bool,
    /// Signed in with a one-time code: may set a PIN without the old one.
    pub recovering: bool,
}

impl SignedIn {
    /// Whether a new PIN needs the PIN or password in use.
    #[must_use]
    pub const fn asks_current_secret(&self) -> bool {
        self.has_secret && !self.recovering
    }
}

/// The services together with the person who acts: the only way to a use-case that needs a right.
#[derive(Clone, Copy)]
pub struct Acting<'a> {
    /// The services.
    pub services: &'a Services,
    /// Who acts.
    pub signed: &'a SignedIn,
}

impl Acting<'_> {
    /// Asks the policy.
    ///
    /// # Errors
    /// Its refusal.
    pub fn may(&self, action: Action, resource: &Resource) -> Result<(), Refusal> {
        allow(&self.signed.actor, action, resource)
    }
}
