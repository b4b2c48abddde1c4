//! Failed sign-ins by address: only a flood is refused, so that a village behind one address passes (people.md, Sign-in).

use domain::time::{Instant, Seconds};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Failures an hour that one address may have.
pub const MOST_FAILURES: u32 = 300;
const HOUR: Seconds = Seconds(3600);

/// Counts failures by address.
#[derive(Debug, Default)]
pub struct Addresses(Mutex<HashMap<IpAddr, (Instant, u32)>>);

impl Addresses {
    /// Whether this address must wait.
    #[must_use]
    pub fn is_full(&self, address: IpAddr, now: Instant) -> bool {
        let map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        map.get(&address).is_some_and(|(since, count)| now.since(*since) < HOUR && *count >= MOST_FAILURES)
    }

    /// Counts a failure and tells how many this hour has; forgets hours that are over.
    pub fn count(&self, address: IpAddr, now: Instant) -> u32 {
        let mut map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if map.len() > 10_000 {
            map.retain(|_, (since, _)| now.since(*since) < HOUR);
        }
        let entry = map.entry(address).or_insert((now, 0));
        if now.since(entry.0) >= HOUR {
            *entry = (now, 0);
        }
        entry.1 += 1;
        entry.1
    }
}
