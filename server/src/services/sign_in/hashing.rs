//! Argon2id off the async threads, behind a semaphore, because each hash takes 19 MiB.

use crate::failure::{Failure, Outcome};
use crate::services::Services;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use std::sync::LazyLock;

/// Hash of nothing that anybody knows: verified where there is no account, so that the time says nothing.
static DECOY: LazyLock<String> = LazyLock::new(|| hash(&crate::keys::secret().0).unwrap_or_default());

fn hash(secret: &str) -> Result<String, String> {
    Argon2::default().hash_password(secret.as_bytes()).map(|h| h.to_string()).map_err(|e| e.to_string())
}

fn fits(hash: &str, secret: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(secret.as_bytes(), &hash).is_ok())
}

impl Services {
    /// Hashes a PIN or password.
    ///
    /// # Errors
    /// `Internal` when hashing fails.
    pub async fn hash(&self, secret: &str) -> Outcome<String> {
        let secret = secret.to_owned();
        self.off_thread(move || hash(&secret)).await?.map_err(Failure::Internal)
    }

    /// Whether `secret` fits `stored`; as long without a stored hash as with one.
    ///
    /// # Errors
    /// `Internal` when the hashing thread is gone.
    pub async fn verify(&self, stored: Option<String>, secret: &str) -> Outcome<bool> {
        let secret = secret.to_owned();
        self.off_thread(move || match stored {
            Some(stored) => fits(&stored, &secret),
            None => {
                fits(&DECOY, &secret);
                false
            }
        })
        .await
    }

    async fn off_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
        let gone = |error: &dyn std::error::Error| Failure::Internal(error.to_string());
        let _permit = self.hashing.acquire().await.map_err(|e| gone(&e))?;
        tokio::task::spawn_blocking(work).await.map_err(|e| gone(&e))
    }
}
