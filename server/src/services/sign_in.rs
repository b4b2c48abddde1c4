//! Signing in: card, PIN on a known device, password, one-time code; sessions and devices (people.md, Sign-in).

pub mod guard;
pub mod hashing;
pub mod session;

use super::Services;
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{account, card, device, document, one_time_code};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::people::{is_pin, without_spaces};
use domain::access::{Actor, Assurance};
use domain::identity::card::{CardCode, OneTimeCode};
use domain::identity::document::{Document, DocumentKind};
use domain::ids::{DeviceId, PersonId};
use domain::time::{Instant, Seconds};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use session::{NewSession, Started};

/// How somebody wants to sign in.
#[derive(Debug, Clone)]
pub enum Proof {
    /// Document number, and a PIN (known device) or a password.
    Document {
        /// The document as typed.
        document: Document,
        /// PIN or password.
        secret: String,
    },
    /// Secret of a card's QR, or its short code, and the PIN; the first time without a PIN.
    Card {
        /// What identifies the card.
        card: CardProof,
        /// The PIN; empty while none was chosen.
        pin: String,
    },
    /// Document number and a one-time code.
    Code {
        /// The document as typed.
        document: Document,
        /// The code.
        code: OneTimeCode,
    },
}

/// What identifies a card.
#[derive(Debug, Clone)]
pub enum CardProof {
    /// Digest of the QR's secret.
    Secret(Vec<u8>),
    /// The short code.
    Code(CardCode),
}

/// The browser that asks.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    /// Device secrets that its cookie holds, newest first.
    pub devices: Vec<String>,
    /// Label made from its user agent.
    pub label: String,
    /// Other people use it.
    pub shared: bool,
}

/// How a proof was judged.
struct Verdict {
    person: PersonId,
    assurance: Assurance,
    /// By a one-time code: the PIN may be forgotten.
    recovering: bool,
    device: Option<device::Model>,
}

impl Services {
    /// Signs in. Unknown account, wrong secret and waiting account give the same answer after the same work.
    ///
    /// # Errors
    /// `Invalid` with one message for every reason; `Database`.
    pub async fn sign_in(&self, proof: Proof, browser: Browser, refusal: String) -> Outcome<Started> {
        let now = self.now();
        let person = self.named(&proof).await?;
        let key = guard::account_key(person, &proof);
        let known = self.device_of(person, &browser, now).await?;
        let device_key = known.as_ref().map_or_else(Vec::new, |d| d.id.as_bytes().to_vec());
        let waiting = guard::is_waiting(self, &key, &device_key, now).await?;
        // A code is used up by being judged: while the account waits it is kept for later.
        let kept = waiting && matches!(proof, Proof::Code { .. });
        let verdict = if kept { None } else { self.judge(&proof, known, now).await? };
        match verdict.filter(|_| !waiting) {
            Some(verdict) => {
                guard::clear(self, key, device_key).await?;
                self.start_session(verdict, browser, now).await
            }
            None => {
                guard::count(self, key, device_key, now).await?;
                Err(Failure::field("secret", refusal))
            }
        }
    }

    /// Whom a proof names.
    async fn named(&self, proof: &Proof) -> Outcome<Option<PersonId>> {
        match proof {
            Proof::Document { document, .. } | Proof::Code { document, .. } => self.person_of(document).await,
            Proof::Card { card, .. } => Ok(self.card_of(card).await?.map(|c| PersonId(c.person_id))),
        }
    }

    async fn device_of(&self, person: Option<PersonId>, browser: &Browser, now: Instant) -> Outcome<Option<device::Model>> {
        let digests: Vec<Vec<u8>> = browser.devices.iter().filter_map(|d| keys::secret_digest(d)).collect();
        let Some(person) = person.filter(|_| !digests.is_empty()) else { return Ok(None) };
        Ok(device::Entity::find()
            .filter(device::Column::PersonId.eq(person.0))
            .filter(device::Column::SecretHash.is_in(digests))
            .filter(device::Column::RevokedAt.is_null())
            .filter(device::Column::ExpiresAt.gt(now.0))
            .one(self.database.read())
            .await?)
    }

    /// Whether everybody that this browser is known as has a PIN, so that the page can ask for it.
    ///
    /// # Errors
    /// `Database`.
    pub async fn asks_for_pin(&self, devices: &[String]) -> Outcome<bool> {
        let digests: Vec<Vec<u8>> = devices.iter().filter_map(|d| keys::secret_digest(d)).collect();
        if digests.is_empty() {
            return Ok(false);
        }
        let read = self.database.read();
        let now = self.now();
        let known = device::Entity::find()
            .filter(device::Column::SecretHash.is_in(digests))
            .filter(device::Column::RevokedAt.is_null())
            .filter(device::Column::ExpiresAt.gt(now.0))
            .all(read)
            .await?;
        let people: Vec<_> = known.iter().map(|d| d.person_id).collect();
        let accounts = account::Entity::find().filter(account::Column::PersonId.is_in(people)).all(read).await?;
        Ok(!accounts.is_empty() && accounts.iter().all(|a| a.pin_hash.is_some()))
    }

    async fn person_of(&self, document: &Document) -> Outcome<Option<PersonId>> {
        let key = (document.kind().name().to_owned(), document.number().to_owned());
        Ok(document::Entity::find_by_id(key).one(self.database.read()).await?.map(|d| PersonId(d.person_id)))
    }

    async fn card_of(&self, proof: &CardProof) -> Outcome<Option<card::Model>> {
        let find = card::Entity::find().filter(card::Column::CancelledAt.is_null());
        let find = match proof {
            CardProof::Secret(digest) => find.filter(card::Column::SecretHash.eq(digest.clone())),
            CardProof::Code(code) => find.filter(card::Column::CodeHash.eq(keys::digest(code.expose().as_bytes()).to_vec())),
        };
        Ok(find.one(self.database.read()).await?)
    }

    /// Judges the proof; always hashes once, so that the time says nothing.
    async fn judge(&self, proof: &Proof, device: Option<device::Model>, now: Instant) -> Outcome<Option<Verdict>> {
        match proof {
            Proof::Document { document, secret } => {
                let account = self.account(self.person_of(document).await?).await?;
                let digits = without_spaces(secret);
                let is_pin = is_pin(&digits);
                let hash = account.as_ref().and_then(|a| if is_pin { a.pin_hash.clone() } else { a.password_hash.clone() });
                let fits = self.verify(hash, if is_pin { &digits } else { secret }).await?;
                let allowed = fits && (!is_pin || device.is_some());
                Ok(account.filter(|_| allowed).map(|a| Verdict {
                    person: PersonId(a.person_id),
                    assurance: Assurance::Single,
                    recovering: false,
                    device,
                }))
            }
            Proof::Card { card, pin } => {
                let card = self.card_of(card).await?;
                let account = self.account(card.map(|c| PersonId(c.person_id))).await?;
                let first = account.as_ref().is_some_and(|a| a.pin_hash.is_none()) && pin.is_empty();
                let fits = self.verify(account.as_ref().and_then(|a| a.pin_hash.clone()), &without_spaces(pin)).await? || first;
                let assurance = if first { Assurance::Single } else { Assurance::Double };
                Ok(account.filter(|_| fits).map(|a| Verdict { person: PersonId(a.person_id), assurance, recovering: false, device }))
            }
            Proof::Code { document, code } => {
                let account = self.account(self.person_of(document).await?).await?;
                let fits = match &account {
                    Some(account) => self.use_code(PersonId(account.person_id), code, now).await?,
                    None => false,
                };
                Ok(account.filter(|_| fits).map(|a| Verdict {
                    person: PersonId(a.person_id),
                    assurance: Assurance::Single,
                    recovering: true,
                    device,
                }))
            }
        }
    }

    async fn account(&self, person: Option<PersonId>) -> Outcome<Option<account::Model>> {
        let Some(person) = person else { return Ok(None) };
        Ok(account::Entity::find_by_id(person.0).one(self.database.read()).await?.filter(|a| a.state == "active"))
    }

    /// Uses up a one-time code, once, in one statement.
    async fn use_code(&self, person: PersonId, code: &OneTimeCode, now: Instant) -> Outcome<bool> {
        let digest = keys::digest(code.expose().as_bytes()).to_vec();
        self.database
            .write(move |t| {
                Box::pin(async move {
                    let used = query::execute(
                        t,
                        "UPDATE one_time_code SET used_at = $1 WHERE person_id = $2 AND code_hash = $3 AND used_at IS NULL AND expires_at > $1",
                        vec![now.0.into(), person.0.into(), digest.into()],
                    )
                    .await?;
                    Ok::<_, Failure>(used == 1)
                })
            })
            .await
    }

    async fn start_session(&self, verdict: Verdict, browser: Browser, now: Instant) -> Outcome<Started> {
        let (device_secret, new_device) = match verdict.device {
            Some(device) => (None, DeviceRow::Known(device)),
            None => {
                let (secret, digest) = keys::secret();
                let row = device::Model {
                    id: keys::random_id(),
                    person_id: verdict.person.0,
                    secret_hash: digest,
                    label: browser.label,
                    created_at: now.0,
                    last_seen_at: now.0,
                    expires_at: now.plus(session::device_life(browser.shared)).0,
                    revoked_at: None,
                    clock_offset: None,
                };
                (Some(secret), DeviceRow::New(row))
            }
        };
        let mut session = NewSession::new(verdict.person, new_device.id(), verdict.assurance, browser.shared, now);
        session.row.recovering = verdict.recovering;
        let started = Started { token: session.token.clone(), device_secret, person: verdict.person, lifetime: session.lifetime() };
        self.database
            .write(move |t| {
                Box::pin(async move {
                    new_device.store(t, now, browser.shared).await?;
                    let person = session.row.person_id;
                    let detail = json!({ "device": session.row.device_id, "assurance": session.row.assurance });
                    query::insert(t, session.row).await?;
                    audit::append(t, now, None, Event::new("session.start", format!("person/{person}"), detail)).await
                })
            })
            .await?;
        Ok(started)
    }

    /// Makes a one-time code for somebody; shown once.
    ///
    /// # Errors
    /// `Database`.
    pub async fn make_code(&self, person: PersonId, by: Option<Actor>) -> Outcome<OneTimeCode> {
        let now = self.now();
        let code = OneTimeCode::from_random(rand::random());
        let row = one_time_code::Model {
            id: keys::random_id(),
            person_id: person.0,
            code_hash: keys::digest(code.expose().as_bytes()).to_vec(),
            expires_at: now.plus(Seconds::from_minutes(15)).0,
            used_at: None,
            created_at: now.0,
            created_by: by.as_ref().map(|a| a.person.0),
        };
        self.database
            .write(move |t| {
                Box::pin(async move {
                    query::insert(t, row).await?;
                    audit::append(t, now, by.as_ref(), Event::new("code.make", format!("person/{person}"), json!({}))).await
                })
            })
            .await?;
        Ok(code)
    }

    /// Makes a sign-in card and cancels earlier ones; the secret and the short code are shown once.
    ///
    /// # Errors
    /// `Database`.
    pub async fn make_card(&self, person: PersonId, by: Option<Actor>) -> Outcome<(String, CardCode)> {
        let now = self.now();
        let (secret, digest) = keys::secret();
        let code = CardCode::from_random(rand::random());
        let row = card::Model {
            id: keys::random_id(),
            person_id: person.0,
            secret_hash: digest,
            code_hash: keys::digest(code.expose().as_bytes()).to_vec(),
            created_at: now.0,
            created_by: by.as_ref().map(|a| a.person.0),
            cancelled_at: None,
        };
        self.database
            .write(move |t| {
                Box::pin(async move {
                    let sql = "UPDATE card SET cancelled_at = $1 WHERE person_id = $2 AND cancelled_at IS NULL";
                    query::execute(t, sql, vec![now.0.into(), person.0.into()]).await?;
                    query::insert(t, row).await?;
                    audit::append(t, now, by.as_ref(), Event::new("card.make", format!("person/{person}"), json!({}))).await
                })
            })
            .await?;
        Ok((secret, code))
    }
}

enum DeviceRow {
    Known(device::Model),
    New(device::Model),
}

impl DeviceRow {
    const fn id(&self) -> DeviceId {
        match self {
            Self::Known(row) | Self::New(row) => DeviceId(row.id),
        }
    }

    async fn store(self, transaction: &sea_orm::DatabaseTransaction, now: Instant, shared: bool) -> Outcome<()> {
        match self {
            Self::New(row) => query::insert(transaction, row).await?,
            Self::Known(row) => {
                let expires = now.plus(session::device_life(shared)).0.max(row.expires_at);
                let sql = "UPDATE device SET last_seen_at = $1, expires_at = $2 WHERE id = $3";
                query::execute(transaction, sql, vec![now.0.into(), expires.into(), row.id.into()]).await?;
            }
        }
        Ok(())
    }
}

/// The kinds of document a form offers, with their names in the database.
#[must_use]
pub fn document_kind(name: &str) -> Option<DocumentKind> {
    DocumentKind::from_name(name)
}
