//! Why a use-case did not happen. Becomes a page or a JSON answer in `http`; internals are logged once and never shown.

use app::features::form::FormState;
use domain::access::Refusal;
use sea_orm::DbErr;

/// A refusal or a fault.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Sign in first.
    #[error("not signed in")]
    Unauthenticated,
    /// Signed in with a card or code alone: a PIN comes first.
    #[error("no PIN yet")]
    NoSecretYet,
    /// The policy says no.
    #[error("refused by the policy")]
    Forbidden(#[from] Refusal),
    /// There is no such thing, or not for this reader.
    #[error("not found")]
    NotFound,
    /// The request itself is malformed.
    #[error("malformed request: {0}")]
    BadRequest(&'static str),
    /// The body is of another type than a form.
    #[error("unsupported content type")]
    ContentType,
    /// The body is too large.
    #[error("body too large")]
    TooLarge,
    /// Too many requests from one address.
    #[error("too many requests")]
    TooMany,
    /// Something stands in the way that the reader can see and mend.
    #[error("conflict")]
    Conflict,
    /// What was typed does not fit: shown in the form again.
    #[error("{} fields do not fit", .0.errors.len())]
    Invalid(Box<FormState>),
    /// The database refused or did not answer.
    #[error("database")]
    Database(#[from] DbErr),
    /// A stored row does not make sense.
    #[error("inconsistent row in {table}: {column}")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
    },
    /// A fault of the program or the machine.
    #[error("internal: {0}")]
    Internal(String),
}

impl Failure {
    /// A refusal about one field.
    #[must_use]
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        let mut form = FormState::default();
        form.refuse(field, message);
        Self::Invalid(Box::new(form))
    }

    /// Whether a unique constraint refused the write.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        match self {
            Self::Database(error) => duplicate(error),
            _ => false,
        }
    }
}

/// Whether a unique constraint refused the write.
#[must_use]
pub fn duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}

/// What a use-case answers.
pub type Outcome<T> = Result<T, Failure>;
