//! Sessions: an opaque token whose digest is kept; idle and absolute expiry.

use crate::failure::{Failure, Outcome};
use crate::keys::{self, hex};
use crate::persistence::database::Database;
use crate::persistence::entities::session;
use crate::persistence::gather::Gather;
use crate::persistence::many::{Words, bit, bytes_at, gathered, number_at, rows_of, words};
use crate::persistence::query;
use crate::services::{Services, SignedIn};
use domain::access::{Actor, Assurance, Grant, Role};
use domain::curriculum::Language;
use domain::ids::{CohortId, DeviceId, PersonId, SessionId};
use domain::time::{Instant, Seconds};
use sea_orm::{DatabaseBackend, DbErr};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How long a browser is known.
pub const DEVICE_LIFE: Seconds = Seconds(90 * 86_400);
/// How long a browser that other people use is known: as long as the session.
#[must_use]
pub const fn device_life(shared: bool) -> Seconds {
    if shared { LIFE_SHARED } else { DEVICE_LIFE }
}

/// Idle time on one's own phone.
const IDLE_OWN: Seconds = Seconds(12 * 3600);
/// Idle time where other people use the phone.
const IDLE_SHARED: Seconds = Seconds(600);
/// Longest session on one's own phone.
const LIFE_OWN: Seconds = Seconds(30 * 86_400);
/// Longest session on a shared phone.
const LIFE_SHARED: Seconds = Seconds(12 * 3600);
/// How stale `last_seen_at` may be.
const TOUCH_AFTER: Seconds = Seconds(60);

/// A session to be stored.
pub struct NewSession {
    /// What the cookie holds.
    pub token: String,
    /// What the database holds.
    pub row: session::Model,
}

/// A session that began: what goes into cookies.
#[derive(Debug)]
pub struct Started {
    /// The session's token.
    pub token: String,
    /// The secret of a device that was not known before.
    pub device_secret: Option<String>,
    /// Who.
    pub person: PersonId,
    /// Longest life.
    pub lifetime: Seconds,
}

impl NewSession {
    /// A session for a person on a device.
    #[must_use]
    pub fn new(person: PersonId, device: DeviceId, assurance: Assurance, shared: bool, now: Instant) -> Self {
        let (token, digest) = keys::secret();
        let (idle, life) = if shared { (IDLE_SHARED, LIFE_SHARED) } else { (IDLE_OWN, LIFE_OWN) };
        let row = session::Model {
            id: keys::random_id(),
            token_hash: digest,
            person_id: person.0,
            device_id: device.0,
            assurance: assurance.code().to_owned(),
            recovering: false,
            idle_seconds: idle.0,
            created_at: now.0,
            last_seen_at: now.0,
            expires_at: now.plus(life).0,
            ended_at: None,
        };
        Self { token, row }
    }

    /// Longest life.
    #[must_use]
    pub const fn lifetime(&self) -> Seconds {
        Seconds((self.row.expires_at - self.row.created_at) / 1000)
    }
}

/// A session that lives, in the order of [`sql`].
#[derive(Debug, Deserialize)]
struct Row {
    /// Its place among those asked for.
    n: usize,
    id: Uuid,
    person_id: Uuid,
    device_id: Uuid,
    assurance: String,
    recovering: i64,
    last_seen_at: i64,
    given_names: String,
    paternal_surname: Option<String>,
    maternal_surname: Option<String>,
    language: Option<String>,
    has_secret: i64,
    grants: Option<String>,
    cohorts: Option<String>,
}

/// Sessions, people, rights and cohorts of all tokens that are asked for at the same time.
fn sql(backend: DatabaseBackend) -> String {
    let Words { group, array, cast, place, id, .. } = words(backend);
    let (token, now, asked) = (bytes_at(backend, 0), number_at(backend, 1), rows_of(backend));
    let (session, person, device, cohort) = (id("s.id"), id("s.person_id"), id("s.device_id"), id("j.cohort_id"));
    let recovering = bit("s.recovering");
    format!(
        "SELECT {group}({array}(k.n, {session}, {person}, {device}, s.assurance, {recovering}, s.last_seen_at, \
         p.given_names, p.paternal_surname, p.maternal_surname, p.language, \
         (SELECT count(*) FROM account a WHERE a.person_id = p.id AND (a.pin_hash IS NOT NULL OR a.password_hash IS NOT NULL)), \
         (SELECT string_agg(g.role || ':' || coalesce(g.district_id, ''), ',') FROM role_grant g \
         WHERE g.person_id = p.id AND g.from_at <= k.now AND (g.to_at IS NULL OR g.to_at > k.now)), \
         (SELECT string_agg({cohort}, ',') FROM cohort_judge j WHERE j.person_id = p.id))){cast} AS rows \
         FROM (SELECT {place} AS n, {token} AS token, {now} AS now FROM {asked}) AS k CROSS JOIN session s \
         JOIN person p ON p.id = s.person_id JOIN device d ON d.id = s.device_id \
         WHERE s.token_hash = k.token AND s.ended_at IS NULL AND s.expires_at > k.now \
         AND s.last_seen_at + s.idle_seconds * 1000 > k.now AND d.revoked_at IS NULL"
    )
}

/// Looks sessions up: every request asks, and those that ask at the same time are answered by one statement.
#[derive(Debug, Clone)]
pub struct Sessions(Gather<(Vec<u8>, Instant), Outcome<Option<Row>>>);

impl Sessions {
    /// Over `database`; must be called inside the async runtime.
    #[must_use]
    pub fn start(database: Database) -> Self {
        Self(Gather::start(move |asked: Vec<(Vec<u8>, Instant)>| {
            let database = database.clone();
            async move { look_up(&database, &asked).await }
        }))
    }

    /// The session with this digest, if it lives at `now`.
    async fn of(&self, digest: Vec<u8>, now: Instant) -> Outcome<Option<Row>> {
        self.0.ask((digest, now)).await.unwrap_or_else(|| Err(Failure::Internal("the session was not looked up".to_owned())))
    }
}

async fn look_up(database: &Database, asked: &[(Vec<u8>, Instant)]) -> Vec<Outcome<Option<Row>>> {
    let read = database.read();
    let rows: Vec<_> = asked.iter().map(|(digest, now)| json!([hex(digest), now.0])).collect();
    match gathered::<Row, _>(read, &sql(read.get_database_backend()), serde_json::Value::from(rows).to_string()).await {
        Ok(found) => {
            let mut found: BTreeMap<usize, Row> = found.into_iter().map(|row| (row.n, row)).collect();
            (0..asked.len()).map(|at| Ok(found.remove(&at))).collect()
        }
        Err(error) => asked.iter().map(|_| Err(Failure::Database(DbErr::Custom(error.to_string())))).collect(),
    }
}

impl Services {
    /// Who holds this token, if its session lives.
    ///
    /// # Errors
    /// `Database`.
    pub async fn signed_in(&self, token: &str) -> Outcome<Option<SignedIn>> {
        let Some(digest) = keys::secret_digest(token) else { return Ok(None) };
        let now = self.now();
        let Some(row) = self.sessions.of(digest, now).await? else { return Ok(None) };
        if now.since(Instant(row.last_seen_at)) > TOUCH_AFTER {
            self.touch(row.id, now).await?;
        }
        Ok(Some(row.into_signed_in()))
    }

    async fn touch(&self, session: Uuid, now: Instant) -> Outcome<()> {
        self.database
            .write(move |t| {
                Box::pin(async move {
                    let sql = "UPDATE session SET last_seen_at = $1 WHERE id = $2 AND last_seen_at < $1";
                    query::execute(t, sql, vec![now.0.into(), session.into()]).await?;
                    Ok::<_, Failure>(())
                })
            })
            .await
    }

    /// Ends one session, or all of a person (`everywhere`).
    ///
    /// # Errors
    /// `Database`.
    pub async fn sign_out(&self, signed: &SignedIn, everywhere: bool) -> Outcome<()> {
        let now = self.now();
        let (column, id) = if everywhere { ("person_id", signed.actor.person.0) } else { ("id", signed.actor.session.0) };
        self.database
            .write(move |t| {
                Box::pin(async move {
                    let sql = format!("UPDATE session SET ended_at = $1 WHERE {column} = $2 AND ended_at IS NULL");
                    query::execute(t, &sql, vec![now.0.into(), id.into()]).await?;
                    Ok::<_, Failure>(())
                })
            })
            .await
    }
}

impl Row {
    fn into_signed_in(self) -> SignedIn {
        let surname = self.paternal_surname.or(self.maternal_surname).unwrap_or_default();
        let first = self.given_names.split(' ').next().unwrap_or_default();
        SignedIn {
            short_name: format!("{first} {surname}"),
            device: DeviceId(self.device_id),
            language: self.language.as_deref().and_then(Language::from_code),
            has_secret: self.has_secret > 0,
            recovering: self.recovering == 1,
            actor: Actor {
                person: PersonId(self.person_id),
                session: SessionId(self.id),
                assurance: if self.assurance == "double" { Assurance::Double } else { Assurance::Single },
                grants: self.grants.as_deref().map(grants).unwrap_or_default(),
                cohorts: self.cohorts.iter().flat_map(|c| c.split(',')).filter_map(|c| Uuid::parse_str(c).ok()).map(CohortId).collect(),
            },
        }
    }
}

fn grants(list: &str) -> Vec<Grant> {
    let mut grants: Vec<Grant> = list
        .split(',')
        .filter_map(|g| g.split_once(':'))
        .filter_map(|(role, district)| {
            Some(Grant { role: Role::from_code(role)?, district: (!district.is_empty()).then(|| district.into()) })
        })
        .collect();
    grants.sort_by(|a, b| (a.role, &a.district).cmp(&(b.role, &b.district)));
    grants
}
