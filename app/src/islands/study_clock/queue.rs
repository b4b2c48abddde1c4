//! Intervals that the server has not acknowledged, by reading; they stay on the device until it does.

use super::meter::Use;
use crate::features::study::api::{SentInterval, StudyBatch};
use crate::islands::{net, shelf};

const PREFIX: &str = "orienta.study.";
const COUNTER: &str = "orienta.sequence";

/// The key of a reading: a digest (FNV-1a) of its token, which says nothing about the person.
fn key(token: &str) -> String {
    let digest = token.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{PREFIX}{digest:016x}")
}

/// A number above every earlier one of this device; the clock and chance keep two tabs apart.
fn next_sequence() -> i64 {
    let chance = (js_sys::Math::random() * 1000.0) as i64;
    let last: i64 = shelf::get(COUNTER).unwrap_or(0);
    let next = (net::wall() * 1000 + chance).max(last + 1);
    shelf::set(COUNTER, &next);
    next
}

/// Keeps an interval of the reading `token`.
pub fn add(token: &str, used: Use) {
    let key = key(token);
    let mut batch = shelf::get(&key).unwrap_or_else(|| StudyBatch { token: token.to_owned(), device_now: 0, intervals: Vec::new() });
    let Use { started_at, ended_at, last_input_at } = used;
    batch.intervals.push(SentInterval { sequence: next_sequence(), started_at, ended_at, last_input_at });
    shelf::set(&key, &batch);
}

/// Everything that waits, of this page and of earlier ones.
pub fn batches() -> Vec<StudyBatch> {
    shelf::keys(PREFIX).iter().filter_map(|key| shelf::get(key)).collect()
}

/// What waits of the reading `token`.
pub fn batch(token: &str) -> Option<StudyBatch> {
    shelf::get(&key(token))
}

/// Forgets what the server stored.
pub fn acknowledge(token: &str, stored: &[i64]) {
    let key = key(token);
    let Some(mut batch) = shelf::get::<StudyBatch>(&key) else { return };
    batch.intervals.retain(|interval| !stored.contains(&interval.sequence));
    if batch.intervals.is_empty() {
        shelf::remove(&key);
    } else {
        shelf::set(&key, &batch);
    }
}

/// Whole minutes that wait.
pub fn minutes() -> i64 {
    let waiting: i64 = batches().iter().flat_map(|batch| &batch.intervals).map(|i| i.ended_at - i.started_at).sum();
    waiting / 60_000
}
