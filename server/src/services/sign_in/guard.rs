//! Counting failures by (account, device): unknown devices of one account share a counter, a known device has its own,
//! so that nobody can lock her out from outside.

use super::{CardProof, Proof};
use crate::failure::Outcome;
use crate::keys;
use crate::persistence::entities::sign_in_failure;
use crate::persistence::query;
use crate::services::Services;
use domain::ids::PersonId;
use domain::time::{Instant, Seconds};
use sea_orm::EntityTrait as _;

/// Failures before the first wait.
const FREE: i64 = 5;

/// The key of the account that a proof names, the same for every way to name it; what was typed where there is none.
#[must_use]
pub fn account_key(person: Option<PersonId>, proof: &Proof) -> Vec<u8> {
    let named = match (person, proof) {
        (Some(person), _) => format!("person:{person}"),
        (None, Proof::Document { document, .. } | Proof::Code { document, .. }) => {
            format!("{}:{}", document.kind().name(), document.number())
        }
        (None, Proof::Card { card: CardProof::Code(code), .. }) => format!("card:{}", code.expose()),
        (None, Proof::Card { card: CardProof::Secret(digest), .. }) => format!("secret:{digest:?}"),
    };
    keys::digest(named.as_bytes()).to_vec()
}

/// Whether the account waits on this device.
///
/// # Errors
/// `Database`.
pub async fn is_waiting(services: &Services, account: &[u8], device: &[u8], now: Instant) -> Outcome<bool> {
    let key = (account.to_vec(), device.to_vec());
    Ok(sign_in_failure::Entity::find_by_id(key).one(services.database.read()).await?.is_some_and(|row| row.wait_until > now.0))
}

/// Counts a failure; from the fifth on the wait doubles from one minute to sixty. An hour of quiet forgets.
///
/// # Errors
/// `Database`.
pub async fn count(services: &Services, account: Vec<u8>, device: Vec<u8>, now: Instant) -> Outcome<()> {
    services
        .database
        .write(move |t| {
            Box::pin(async move {
                let row = sign_in_failure::Entity::find_by_id((account.clone(), device.clone())).one(t).await?;
                let quiet = now.minus(Seconds::from_minutes(120)).0;
                let failures = row.filter(|r| r.last_at > quiet).map_or(0, |r| r.failures) + 1;
                let wait_until = now.plus(wait(failures)).0;
                let sql = "INSERT INTO sign_in_failure (account_key, device_key, failures, last_at, wait_until) VALUES ($1, $2, $3, $4, $5) \
                           ON CONFLICT (account_key, device_key) DO UPDATE SET failures = $3, last_at = $4, wait_until = $5";
                query::execute(t, sql, vec![account.into(), device.into(), failures.into(), now.0.into(), wait_until.into()]).await?;
                Ok(())
            })
        })
        .await
}

/// How long an account waits after so many failures.
fn wait(failures: i64) -> Seconds {
    if failures < FREE { Seconds::ZERO } else { Seconds::from_minutes((1_i64 << (failures - FREE).min(6)).min(60)) }
}

/// Forgets the failures after a success.
///
/// # Errors
/// `Database`.
pub async fn clear(services: &Services, account: Vec<u8>, device: Vec<u8>) -> Outcome<()> {
    let key = (account, device);
    if sign_in_failure::Entity::find_by_id(key.clone()).one(services.database.read()).await?.is_none() {
        return Ok(());
    }
    services
        .database
        .write(move |t| {
            Box::pin(async move {
                sign_in_failure::Entity::delete_by_id(key).exec(t).await?;
                Ok(())
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_to_an_hour() {
        let minutes: Vec<i64> = (4..=13).map(|n| wait(n).minutes()).collect();
        assert_eq!(minutes, [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }
}
