//! What the study clock tells the server.

use crate::features::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

/// One closed interval of use, in milliseconds of the device's clock (its length comes from the monotonic clock).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentInterval {
    /// Number of the interval on this device, rising.
    pub sequence: i64,
    /// When it began.
    pub started_at: i64,
    /// When it ended.
    pub ended_at: i64,
    /// The last sign of use in it.
    pub last_input_at: i64,
}

/// A batch of intervals of one reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyBatch {
    /// The signed reading that the page carries.
    pub token: String,
    /// The device's clock when the batch is sent.
    pub device_now: i64,
    /// At most 200 intervals.
    pub intervals: Vec<SentInterval>,
}

/// What became of a batch: every interval named is stored for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyReceipt {
    /// Sequence numbers stored.
    pub stored: Vec<i64>,
    /// Seconds attributed to this lesson so far.
    pub studied: i64,
    /// Text of the line that tells it, in her language.
    pub line: String,
    /// The checkpoint of this part is open now although it was closed when the page was made.
    pub checkpoint_open: bool,
}

/// Stores claims of study time.
/// **Who**: the trainee whose reading it is.
///
/// # Errors
/// `Forbidden` for another's reading; `Invalid` for a forged token or a malformed batch.
#[server(prefix = "/api", endpoint = "study/report", input = Json, output = Json)]
pub async fn report_study(batch: StudyBatch) -> Result<StudyReceipt, AppError> {
    crate::ports::serve(|port| port.report_study(batch)).await
}
