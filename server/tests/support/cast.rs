//! The people: two judicial districts, each with a cohort, its judge, its staff; an auditor, an admin, an issuer for everywhere.

use super::app::TestApp;
use super::browser::Browser;
use chrono::NaiveDate;
use curriculum::Package;
use domain::access::Role;
use domain::identity::document::{Document, DocumentKind};
use domain::identity::name::{NamePart, PersonName};
use domain::ids::{CohortId, EnrolmentId, PersonId};
use server::failure::Failure;
use server::persistence::query;
use server::services::SignedIn;
use server::services::people::NewPerson;
use server::services::sign_in::{Browser as From, Proof};
use server::services::staff::cohorts::NewCohort;
use tokio::sync::OnceCell;

/// Everybody's PIN; good on a known device only.
pub const PIN: &str = "492751";

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: PersonId,
    pub number: String,
    pub name: String,
}

/// A trainee with her enrolment.
#[derive(Debug, Clone)]
pub struct Trainee {
    pub person: Person,
    pub enrolment: EnrolmentId,
}

/// Everybody.
pub struct World {
    pub app: TestApp,
    /// In San Martín.
    pub cohort: CohortId,
    pub ana: Trainee,
    pub bea: Trainee,
    pub judge: Person,
    pub staff: Person,
    /// In Pasco.
    pub far_cohort: CohortId,
    pub far: Trainee,
    pub far_judge: Person,
    pub far_staff: Person,
    /// Everywhere.
    pub issuer: Person,
    pub auditor: Person,
    pub admin: Person,
}

/// The district of the cohort.
pub const NEAR: &str = "san-martin";
/// The other district.
pub const FAR: &str = "pasco";

impl World {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// On a programme that was changed before it was loaded.
    pub async fn with(change: impl FnOnce(&mut Package)) -> Self {
        Self::on(TestApp::with(change).await).await
    }

    pub async fn on(app: TestApp) -> Self {
        let judge = app.add("Julia", "Paredes", "40111001", &[(Role::Judge, None)]).await;
        let far_judge = app.add("Jorge", "Salinas", "40111002", &[(Role::Judge, None)]).await;
        let cohort = app.add_cohort("Lamas 2026", NEAR, &judge).await;
        let far_cohort = app.add_cohort("Yanahuanca 2026", FAR, &far_judge).await;
        Self {
            ana: app.add_trainee("Anastasia", "Tuanama", "70222001", cohort).await,
            bea: app.add_trainee("Beatriz", "Cachique", "70222002", cohort).await,
            far: app.add_trainee("Faustina", "Carhuaricra", "70222003", far_cohort).await,
            staff: app.add("Sara", "Villacorta", "40111003", &[(Role::Staff, Some(NEAR))]).await,
            far_staff: app.add("Simón", "Huamán", "40111004", &[(Role::Staff, Some(FAR))]).await,
            issuer: app.add("Inés", "Cárdenas", "40111005", &[(Role::Staff, None)]).await,
            auditor: app.add("Óscar", "Mendoza", "40111006", &[(Role::Auditor, None)]).await,
            admin: app.add("Patricia", "Salas", "40111007", &[(Role::Admin, None)]).await,
            app,
            cohort,
            judge,
            far_cohort,
            far_judge,
        }
    }
}

impl TestApp {
    pub async fn add(&self, given: &str, surname: &str, number: &str, roles: &[(Role, Option<&str>)]) -> Person {
        let new = new_person(given, surname, number, roles);
        let id = self.services.add_person(new, None).await.expect("a person");
        self.give_pin(id).await;
        Person { id, number: number.to_owned(), name: format!("{given} {surname}") }
    }

    /// Gives somebody [`PIN`]: hashed once for all tests, because hashing is slow on purpose.
    pub async fn give_pin(&self, person: PersonId) {
        static HASH: OnceCell<String> = OnceCell::const_new();
        let hash = HASH.get_or_init(|| async { self.services.hash(PIN).await.expect("a hash") }).await.clone();
        let write = self.services.database.write::<_, Failure, _>(move |t| {
            Box::pin(async move {
                let sql = "UPDATE account SET pin_hash = $1 WHERE person_id = $2";
                Ok(query::execute(t, sql, vec![hash.into(), person.0.into()]).await?)
            })
        });
        write.await.expect("a PIN");
    }

    pub async fn add_cohort(&self, title: &str, district: &str, judge: &Person) -> CohortId {
        let (revision, _) = self.services.catalogue.current(&"muestra".into()).expect("the fixture");
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
        let new = NewCohort {
            revision,
            title: title.to_owned(),
            district: district.into(),
            place: "Local comunal".to_owned(),
            dates: (day(11, 1), day(12, 20)),
            judges: vec![judge.id],
        };
        self.services.add_cohort(new, None).await.expect("a cohort")
    }

    pub async fn add_trainee(&self, given: &str, surname: &str, number: &str, cohort: CohortId) -> Trainee {
        let person = self.add(given, surname, number, &[]).await;
        let enrolment = self.services.enrol(person.id, cohort, None).await.expect("an enrolment");
        Trainee { person, enrolment }
    }

    /// A new session on a new device, by a one-time code, which needs no hash.
    pub async fn browser(&self, person: &Person) -> Browser<'_> {
        self.browser_on(person, Vec::new()).await
    }

    /// A new session on a device that is known.
    pub async fn browser_on(&self, person: &Person, devices: Vec<String>) -> Browser<'_> {
        let code = self.services.make_code(person.id, None).await.expect("a code");
        let document = Document::parse(DocumentKind::Dni, &person.number).expect("a DNI");
        let from = From { devices: devices.clone(), label: "Test".to_owned(), shared: false };
        let started = self.services.sign_in(Proof::Code { document, code }, from, String::new()).await.expect("signed in");
        let known = started.device_secret.into_iter().chain(devices).collect::<Vec<_>>().join(".");
        self.visitor().cookie("__Host-session", &started.token).cookie("__Host-devices", &known)
    }

    /// The same as the services see it.
    pub async fn signed(&self, person: &Person) -> SignedIn {
        let browser = self.browser(person).await;
        self.signed_as(&browser).await
    }

    pub async fn signed_as(&self, browser: &Browser<'_>) -> SignedIn {
        let token = &browser.cookies["__Host-session"];
        self.services.signed_in(token).await.expect("asked").expect("a session")
    }
}

/// A person as the services take one: born in 1985, second surname Ríos.
pub fn new_person(given: &str, surname: &str, number: &str, roles: &[(Role, Option<&str>)]) -> NewPerson {
    let part = |text: &str| NamePart::parse(text).expect("a name");
    NewPerson {
        name: PersonName::new(part(given), Some(part(surname)), Some(part("Ríos"))).expect("a name"),
        document: Document::parse(DocumentKind::Dni, number).expect("a DNI"),
        birth: NaiveDate::from_ymd_opt(1985, 3, 14),
        phone: None,
        email: None,
        district: None,
        roles: roles.iter().map(|(role, district)| (*role, district.map(Into::into))).collect(),
        pin: None,
        password: None,
    }
}
