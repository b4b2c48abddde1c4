//! What a server function answers when it cannot do what was asked.

use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

/// Refusals that reach the browser; data, never prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// The session ended: sign in again; nothing is lost.
    Unauthenticated,
    /// Not hers.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// A newer version is stored; its number.
    Conflict(i64),
    /// Too late: the server's deadline has passed.
    Late,
    /// What was sent is malformed.
    Invalid(String),
    /// The server's fault, with the number of the incident.
    Internal(String),
    /// No connection, or an answer that cannot be read: try again.
    Transport(String),
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(text) | ServerFnErrorErr::Deserialization(text) | ServerFnErrorErr::MissingArg(text) => {
                Self::Invalid(text)
            }
            ServerFnErrorErr::ServerError(text) => Self::Internal(text),
            other => Self::Transport(other.to_string()),
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}
