//! Secrets and random values.

use crate::failure::{Failure, Outcome};
use crate::persistence::database::Database;
use crate::persistence::entities::secret;
use crate::persistence::query;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::time::Instant;
use hmac::{Hmac, Mac as _};
use sea_orm::EntityTrait as _;
use sha2::{Digest as _, Sha256};
use uuid::{NoContext, Timestamp, Uuid};

/// A version-7 id whose time part is `now`: good for indexes, never shown to a stranger or a blind grader.
#[must_use]
pub fn ordered_id(now: Instant) -> Uuid {
    let millis = u64::try_from(now.0).unwrap_or(0);
    let nanos = u32::try_from(millis % 1000).unwrap_or(0) * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(NoContext, millis / 1000, nanos))
}

/// A wholly random id: tells nothing, not even the minute.
#[must_use]
pub fn random_id() -> Uuid {
    Uuid::from_bytes(rand::random())
}

/// SHA-256.
#[must_use]
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The bytes of a text of hexadecimal digits, if it is one of that length.
#[must_use]
pub fn unhex<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let digits = hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    digits.collect::<Option<Vec<u8>>>()?.try_into().ok()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// A random secret of 256 bits, as it is handed out, and its digest, as it is kept.
#[must_use]
pub fn secret() -> (String, Vec<u8>) {
    let bytes: [u8; 32] = rand::random();
    (URL_SAFE_NO_PAD.encode(bytes), digest(&bytes).to_vec())
}

/// The digest of a secret that came back, if it has the form of one.
#[must_use]
pub fn secret_digest(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok().filter(|b| b.len() == 32 || b.len() == 16).map(|b| digest(&b).to_vec())
}

/// The key that signs readings; one for all processes of an installation.
#[derive(Clone)]
pub struct SigningKey([u8; 32]);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    /// Reads the installation's key, making it at first start.
    ///
    /// # Errors
    /// The database's refusal.
    pub async fn load(database: &Database) -> Outcome<Self> {
        if let Some(row) = secret::Entity::find_by_id("reading").one(database.read()).await? {
            return Self::from_row(&row);
        }
        let fresh: [u8; 32] = rand::random();
        let row = secret::Model { name: "reading".to_owned(), value: fresh.to_vec() };
        let stored = database.write::<_, Failure, _>(move |t| Box::pin(async move { Ok(query::insert(t, row).await?) })).await;
        match stored {
            Ok(()) => Ok(Self(fresh)),
            Err(failure) if failure.is_duplicate() => {
                let row = secret::Entity::find_by_id("reading").one(database.read()).await?.ok_or(Failure::NotFound)?;
                Self::from_row(&row)
            }
            Err(failure) => Err(failure),
        }
    }

    fn from_row(row: &secret::Model) -> Outcome<Self> {
        row.value.as_slice().try_into().map(Self).map_err(|_| Failure::Inconsistent { table: "secret", column: "value" })
    }

    /// `payload` with its signature, as text for a form or a prop.
    #[must_use]
    pub fn sign(&self, payload: &[u8]) -> String {
        let mut signed = payload.to_vec();
        signed.extend_from_slice(&self.mac(payload));
        URL_SAFE_NO_PAD.encode(signed)
    }

    /// The payload of a signed text, if the signature fits.
    #[must_use]
    pub fn open(&self, signed: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(signed).ok()?;
        let (payload, mac) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
        let fits: bool = subtle::ConstantTimeEq::ct_eq(self.mac(payload).as_slice(), mac).into();
        fits.then(|| payload.to_vec())
    }

    /// A key of its own for another purpose: what one signs says nothing about the other.
    #[must_use]
    pub fn for_purpose(&self, name: &str) -> Self {
        Self(self.mac(name.as_bytes()))
    }

    /// The keyed digest of `payload`, for codes that are compared and never handed out whole.
    #[must_use]
    pub fn tag(&self, payload: &[u8]) -> [u8; 32] {
        self.mac(payload)
    }

    fn mac(&self, payload: &[u8]) -> [u8; 32] {
        let mut block = [0; 64];
        block.iter_mut().zip(self.0).for_each(|(place, byte)| *place = byte);
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&block.into());
        mac.update(payload);
        mac.finalize().into_bytes().into()
    }
}
