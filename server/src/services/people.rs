//! People: adding them, roles, the account page.

use super::{Acting, Services};
use crate::clock::{LIMA, local, local_date};
use crate::failure::{Failure, Outcome};
use crate::keys;
use crate::persistence::entities::{account, device, district, document, person, role_grant};
use crate::persistence::query;
use crate::services::audit::{self, Event};
use crate::services::sign_in::guard;
use crate::services::staff::cohorts;
use app::features::form::FormState;
use app::features::people::{Account, DeviceRow, PersonRow};
use chrono::NaiveDate;
use domain::access::{Action, Actor, Resource, Role};
use domain::curriculum::Language;
use domain::identity::document::{Document, DocumentKind};
use domain::identity::fold::fold;
use domain::identity::name::PersonName;
use domain::identity::secret::{PinError, check_password, check_pin};
use domain::ids::{CohortId, DistrictId, EnrolmentId, PersonId};
use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use uuid::Uuid;

/// A person to be added.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Name.
    pub name: PersonName,
    /// Document.
    pub document: Document,
    /// Birth date.
    pub birth: Option<NaiveDate>,
    /// Phone, nine digits.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Judicial district of residence.
    pub district: Option<DistrictId>,
    /// Roles, each everywhere or in a district.
    pub roles: Vec<(Role, Option<DistrictId>)>,
    /// PIN to begin with.
    pub pin: Option<String>,
    /// Password to begin with.
    pub password: Option<String>,
}

/// What was typed to set a PIN.
#[derive(Debug, Clone, Copy)]
pub struct TypedPin<'a> {
    /// The PIN or password in use; empty where there is none.
    pub current: &'a str,
    /// The new one.
    pub pin: &'a str,
    /// The new one again.
    pub again: &'a str,
}

/// Why a PIN is not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinRefused {
    /// The PIN or password in use is another.
    Current,
    /// The new one does not fit the rules.
    Pin(PinError),
    /// The second time was another.
    Differs,
}

/// "483 920" as people write a PIN.
#[must_use]
pub fn without_spaces(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Six digits.
#[must_use]
pub fn is_pin(secret: &str) -> bool {
    secret.len() == 6 && secret.bytes().all(|b| b.is_ascii_digit())
}

/// Masks all but the last three characters.
#[must_use]
pub fn masked(kind: &str, number: &str) -> String {
    let count = number.chars().count();
    let shown: String = number.chars().skip(count.saturating_sub(3)).collect();
    format!("{} {}{shown}", kind_label(kind), "•".repeat(count.saturating_sub(3)))
}

/// A kind of document as it is written for readers.
#[must_use]
pub fn kind_label(kind: &str) -> &'static str {
    match DocumentKind::from_name(kind) {
        Some(DocumentKind::Dni) => "DNI",
        Some(DocumentKind::Ce) => "CE",
        Some(DocumentKind::Ptp) => "PTP",
        Some(DocumentKind::Passport) | None => "Pasaporte",
    }
}

impl Services {
    /// Adds a person with an account; `by` is `None` on the command line.
    ///
    /// # Errors
    /// `Conflict` when the document is taken; `Database`.
    pub async fn add_person(&self, new: NewPerson, by: Option<Actor>) -> Outcome<PersonId> {
        Ok(self.add(new, None, by).await?.0)
    }

    /// Adds a trainee and enrols her, both or neither.
    ///
    /// # Errors
    /// `Conflict` when the document is taken; `NotFound` for an unknown cohort; `Database`.
    pub async fn add_trainee(&self, new: NewPerson, cohort: CohortId, by: Option<Actor>) -> Outcome<EnrolmentId> {
        let (_, enrolment) = self.add(new, Some(cohort), by).await?;
        enrolment.ok_or(Failure::NotFound)
    }

    async fn add(&self, new: NewPerson, cohort: Option<CohortId>, by: Option<Actor>) -> Outcome<(PersonId, Option<EnrolmentId>)> {
        let now = self.now();
        let id = PersonId(keys::ordered_id(now));
        let pin_hash = match &new.pin {
            Some(pin) => Some(self.hash(pin).await?),
            None => None,
        };
        let password_hash = match &new.password {
            Some(password) => Some(self.hash(password).await?),
            None => None,
        };
        let enrolment = match cohort {
            Some(cohort) => Some(self.new_enrolment(id, cohort).await?),
            None => None,
        };
        let enrolled = enrolment.as_ref().map(|e| EnrolmentId(e.id));
        let added = self
            .database
            .write(move |t| {
                Box::pin(async move {
                    let text = |part: Option<&domain::identity::name::NamePart>| part.map(|p| p.as_str().to_owned());
                    let row = person::Model {
                        id: id.0,
                        given_names: new.name.given().as_str().to_owned(),
                        paternal_surname: text(new.name.paternal()),
                        maternal_surname: text(new.name.maternal()),
                        birth_date: new.birth.map(|d| d.to_string()),
                        phone: new.phone,
                        email: new.email,
                        language: None,
                        district_id: new.district.map(|d| d.0),
                        ubigeo_system: None,
                        ubigeo: None,
                        folded: fold(&format!("{} {}", new.name.full(), new.document.number())),
                        created_at: now.0,
                    };
                    query::insert(t, row).await?;
                    let document = document::Model {
                        kind: new.document.kind().name().to_owned(),
                        number: new.document.number().to_owned(),
                        person_id: id.0,
                    };
                    query::insert(t, document).await?;
                    query::insert(t, account::Model { person_id: id.0, pin_hash, password_hash, state: "active".to_owned(), created_at: now.0 }).await?;
                    let granted_by = by.as_ref().map(|a| a.person.0);
                    let detail = json!({ "roles": new.roles.iter().map(|(r, d)| (r.code(), d.as_ref().map(DistrictId::as_str))).collect::<Vec<_>>() });
                    for (role, district) in new.roles {
                        let grant = role_grant::Model {
                            id: keys::random_id(),
                            person_id: id.0,
                            role: role.code().to_owned(),
                            district_id: district.map(|d| d.0),
                            from_at: now.0,
                            to_at: None,
                            granted_by,
                        };
                        query::insert(t, grant).await?;
                    }
                    audit::append(t, now, by.as_ref(), Event::new("person.add", format!("person/{id}"), detail)).await?;
                    match enrolment {
                        Some(enrolment) => cohorts::enrol(t, enrolment, by.as_ref(), now).await,
                        None => Ok(()),
                    }
                })
            })
            .await;
        match added {
            Ok(()) => Ok((id, enrolled)),
            Err(failure) if failure.is_duplicate() => Err(Failure::Conflict),
            Err(failure) => Err(failure),
        }
    }

    /// The judicial districts: id and name.
    ///
    /// # Errors
    /// `Database`.
    pub async fn districts(&self) -> Outcome<Vec<(String, String)>> {
        let rows = district::Entity::find().order_by_asc(district::Column::Name).all(self.database.read()).await?;
        Ok(rows.into_iter().map(|d| (d.id, d.name)).collect())
    }
}

#[derive(FromQueryResult)]
struct Identity {
    given_names: String,
    paternal_surname: Option<String>,
    maternal_surname: Option<String>,
    birth_date: Option<String>,
    kind: String,
    number: String,
}

/// Given names and surnames in one line.
#[must_use]
pub fn full_name(given: &str, paternal: Option<&str>, maternal: Option<&str>) -> String {
    [Some(given), paternal, maternal].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

impl Acting<'_> {
    async fn identity(&self) -> Outcome<Identity> {
        let sql = "SELECT p.given_names, p.paternal_surname, p.maternal_surname, p.birth_date, d.kind, d.number \
                   FROM person p JOIN document d ON d.person_id = p.id WHERE p.id = $1";
        query::one(self.services.database.read(), sql, vec![self.signed.actor.person.0.into()]).await?.ok_or(Failure::NotFound)
    }

    /// The account page.
    ///
    /// # Errors
    /// `Database`.
    pub async fn account(&self) -> Outcome<Account> {
        self.may(Action::UseAccount, &Resource::Person(self.signed.actor.person))?;
        let identity = self.identity().await?;
        let now = self.services.now();
        let devices = device::Entity::find()
            .filter(device::Column::PersonId.eq(self.signed.actor.person.0))
            .filter(device::Column::RevokedAt.is_null())
            .filter(device::Column::ExpiresAt.gt(now.0))
            .order_by_desc(device::Column::LastSeenAt)
            .all(self.services.database.read())
            .await?;
        let districts = self.services.districts().await?;
        Ok(Account {
            name: full_name(&identity.given_names, identity.paternal_surname.as_deref(), identity.maternal_surname.as_deref()),
            document: masked(&identity.kind, &identity.number),
            devices: devices
                .into_iter()
                .map(|d| DeviceRow {
                    id: domain::ids::DeviceId(d.id),
                    label: d.label,
                    last_seen: local(domain::time::Instant(d.last_seen_at), LIMA),
                    current: d.id == self.signed.device.0,
                })
                .collect(),
            roles: roles_by_district(&self.signed.actor, &districts),
        })
    }

    /// Forgets a device of one's own and ends its sessions.
    ///
    /// # Errors
    /// `NotFound` for another's device; `Database`.
    pub async fn revoke_device(&self, device: Uuid) -> Outcome<()> {
        self.may(Action::UseAccount, &Resource::Person(self.signed.actor.person))?;
        let (now, actor) = (self.services.now(), self.signed.actor.clone());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    let sql = "UPDATE device SET revoked_at = $1 WHERE id = $2 AND person_id = $3 AND revoked_at IS NULL";
                    if query::execute(t, sql, vec![now.0.into(), device.into(), actor.person.0.into()]).await? == 0 {
                        return Err(Failure::NotFound);
                    }
                    query::execute(
                        t,
                        "UPDATE session SET ended_at = $1 WHERE device_id = $2 AND ended_at IS NULL",
                        vec![now.0.into(), device.into()],
                    )
                    .await?;
                    audit::append(t, now, Some(&actor), Event::new("device.revoke", format!("device/{device}"), json!({}))).await
                })
            })
            .await
    }

    /// Sets one's own PIN. Whoever has a PIN or a password says it first; wrong ones count as failed sign-ins.
    /// `words` says what is wrong.
    ///
    /// # Errors
    /// `Invalid` with what is wrong with it.
    pub async fn set_pin(&self, typed: TypedPin<'_>, words: impl Fn(PinRefused) -> String) -> Outcome<()> {
        let person = self.signed.actor.person;
        self.may(Action::UseAccount, &Resource::Person(person))?;
        let identity = self.identity().await?;
        let birth = identity.birth_date.as_deref().and_then(|d| d.parse().ok());
        let mut form = FormState::default();
        let pin = without_spaces(typed.pin);
        if self.signed.asks_current_secret() && !self.knows_secret(typed.current).await? {
            form.refuse("current", words(PinRefused::Current));
        }
        if let Err(error) = check_pin(&pin, birth, Some(&identity.number)) {
            form.refuse("pin", words(PinRefused::Pin(error)));
        }
        if pin != without_spaces(typed.again) {
            form.refuse("again", words(PinRefused::Differs));
        }
        if !form.errors.is_empty() {
            return Err(Failure::Invalid(Box::new(form)));
        }
        let hash = self.services.hash(&pin).await?;
        let (now, actor) = (self.services.now(), self.signed.actor.clone());
        self.services
            .database
            .write(move |t| {
                Box::pin(async move {
                    query::execute(t, "UPDATE account SET pin_hash = $1 WHERE person_id = $2", vec![hash.into(), person.0.into()]).await?;
                    let others = "UPDATE session SET ended_at = $1 WHERE person_id = $2 AND id <> $3 AND ended_at IS NULL";
                    query::execute(t, others, vec![now.0.into(), person.0.into(), actor.session.0.into()]).await?;
                    audit::append(t, now, Some(&actor), Event::new("pin.set", format!("person/{person}"), json!({}))).await
                })
            })
            .await
    }

    /// Keeps the language that a person reads in.
    ///
    /// # Errors
    /// `Database`.
    pub async fn set_language(&self, language: Language) -> Outcome<()> {
        let person = self.signed.actor.person;
        self.may(Action::UseAccount, &Resource::Person(person))?;
        let sql = "UPDATE person SET language = $1 WHERE id = $2";
        let values = vec![language.code().into(), person.0.into()];
        self.services.database.write(move |t| Box::pin(async move { query::execute(t, sql, values).await.map_err(Failure::from) })).await?;
        Ok(())
    }

    /// Whether `secret` is one's own PIN or password.
    async fn knows_secret(&self, secret: &str) -> Outcome<bool> {
        let (person, now) = (self.signed.actor.person, self.services.now());
        let key = keys::digest(format!("person:{person}").as_bytes()).to_vec();
        let device = self.signed.device.0.as_bytes().to_vec();
        if guard::is_waiting(self.services, &key, &device, now).await? {
            return Ok(false);
        }
        let account = account::Entity::find_by_id(person.0).one(self.services.database.read()).await?.ok_or(Failure::NotFound)?;
        let digits = without_spaces(secret);
        let fits = match (&account.pin_hash, &account.password_hash) {
            (Some(pin), _) if is_pin(&digits) => self.services.verify(Some(pin.clone()), &digits).await?,
            (_, password) => self.services.verify(password.clone(), secret).await?,
        };
        if fits {
            guard::clear(self.services, key, device).await?;
        } else {
            guard::count(self.services, key, device, now).await?;
        }
        Ok(fits)
    }

    /// People for the admin's list: at most fifty that fit `search`, and how many there are in all.
    ///
    /// # Errors
    /// `Forbidden`; `Database`.
    pub async fn list_people(&self, search: &str) -> Outcome<(Vec<PersonRow>, u32)> {
        self.may(Action::Administer, &Resource::List)?;
        let read = self.services.database.read();
        let pattern = format!("%{}%", fold(search).replace(['%', '_'], " "));
        let people =
            person::Entity::find().filter(person::Column::Folded.like(pattern)).order_by_desc(person::Column::CreatedAt).all(read).await?;
        let total = u32::try_from(people.len()).unwrap_or(u32::MAX);
        let shown: Vec<_> = people.into_iter().take(50).collect();
        let ids: Vec<Uuid> = shown.iter().map(|p| p.id).collect();
        let documents = document::Entity::find().filter(document::Column::PersonId.is_in(ids.clone())).all(read).await?;
        let grants = role_grant::Entity::find()
            .filter(role_grant::Column::PersonId.is_in(ids))
            .filter(role_grant::Column::ToAt.is_null())
            .all(read)
            .await?;
        let districts = self.services.districts().await?;
        let rows = shown.into_iter().map(|p| {
            let held: Vec<_> = grants
                .iter()
                .filter(|g| g.person_id == p.id)
                .filter_map(|g| Some((Role::from_code(&g.role)?, g.district_id.clone())))
                .collect();
            PersonRow {
                id: PersonId(p.id),
                name: full_name(&p.given_names, p.paternal_surname.as_deref(), p.maternal_surname.as_deref()),
                document: documents.iter().find(|d| d.person_id == p.id).map(|d| masked(&d.kind, &d.number)).unwrap_or_default(),
                roles: named_roles(&held, &districts),
            }
        });
        Ok((rows.collect(), total))
    }
}

fn roles_by_district(actor: &Actor, districts: &[(String, String)]) -> Vec<(Role, Vec<String>)> {
    let held: Vec<_> = actor.grants.iter().map(|g| (g.role, g.district.as_ref().map(|d| d.0.clone()))).collect();
    named_roles(&held, districts)
}

fn named_roles(held: &[(Role, Option<String>)], districts: &[(String, String)]) -> Vec<(Role, Vec<String>)> {
    Role::ALL
        .into_iter()
        .filter(|role| held.iter().any(|(r, _)| r == role))
        .map(|role| {
            let of_role: Vec<_> = held.iter().filter(|(r, _)| *r == role).collect();
            let everywhere = of_role.iter().any(|(_, d)| d.is_none());
            let names = districts
                .iter()
                .filter(|(id, _)| !everywhere && of_role.iter().any(|(_, d)| d.as_ref() == Some(id)))
                .map(|(_, n)| n.clone());
            (role, names.collect())
        })
        .collect()
}

/// Whether a password may be set.
///
/// # Errors
/// Why not.
pub fn password_fits(password: &str) -> Result<(), domain::identity::secret::PasswordError> {
    check_password(password)
}

/// Today in Lima.
#[must_use]
pub fn today(services: &Services) -> NaiveDate {
    local_date(services.now(), LIMA)
}
