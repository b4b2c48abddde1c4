//! One installation: services on a fresh database with a clock that stands still, and the full router.

use super::browser::Browser;
use super::place::Place;
use axum::Router;
use curriculum::Package;
use domain::time::Instant;
use server::catalogue::Catalogue;
use server::clock::{Clock as _, LIMA, MovedClock, instant};
use server::http::context::{Shared, State};
use server::http::cookies::Names;
use server::http::limits::Addresses;
use server::http::router::router;
use server::keys::SigningKey;
use server::persistence::database::Database;
use server::services::Services;
use server::services::assessment::answers::intake::AnswerIntake;
use server::services::hours::root::load_key;
use server::services::sign_in::session::Sessions;
use server::services::study::desk::intake::Intake;
use std::path::PathBuf;
use std::sync::Arc;

/// See the module.
pub struct TestApp {
    pub services: Services,
    pub clock: MovedClock,
    pub place: Arc<Place>,
    router: Router,
}

/// The public address in QR codes.
pub const PUBLIC_URL: &str = "https://orienta.test";

/// Monday, ten in the morning in Lima.
pub fn monday_at_ten() -> Instant {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
    instant(day.and_hms_opt(10, 0, 0).expect("a time"), LIMA)
}

/// The tiny programme of the browser journeys.
pub fn fixture() -> Package {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../end2end/fixtures/programme");
    curriculum::load(&folder).expect("the fixture has no mistakes").remove(0)
}

impl TestApp {
    /// With the fixture loaded.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// With the fixture loaded, changed before.
    pub async fn with(change: impl FnOnce(&mut Package)) -> Self {
        Self::at(monday_at_ten(), change).await
    }

    /// The same at another time: where real processes come after.
    pub async fn at(now: Instant, change: impl FnOnce(&mut Package)) -> Self {
        let app = Self::open(Arc::new(Place::fresh().await), MovedClock::at(now)).await;
        let mut package = fixture();
        change(&mut package);
        app.services.load_curriculum(vec![package]).await.expect("loaded");
        app
    }

    /// Another process on the same database, with the same clock.
    pub async fn second(&self) -> Self {
        let second = Self::open(self.place.clone(), self.clock.clone()).await;
        second.services.catalogue.refresh(&second.services.database).await.expect("the curriculum");
        second
    }

    async fn open(place: Arc<Place>, clock: MovedClock) -> Self {
        let database = Database::open(&place.location()).await.expect("a database");
        let catalogue = Arc::new(Catalogue::default());
        let services = Services {
            sessions: Sessions::start(database.clone()),
            intake: Intake::start(database.clone(), catalogue.clone()),
            answers: AnswerIntake::start(database.clone()),
            key: SigningKey::load(&database).await.expect("a key"),
            ledger_key: load_key(place.folder()).expect("a key"),
            folder: place.folder().to_owned(),
            clock: Arc::new(clock.clone()),
            catalogue,
            hashing: Arc::new(tokio::sync::Semaphore::new(2)),
            public_url: Some(PUBLIC_URL.to_owned()),
            database,
        };
        let shared = Shared {
            insecure: false,
            behind_proxy: false,
            cookies: Names::new(false),
            addresses: Addresses::default(),
            services: services.clone(),
        };
        Self { services, clock, place, router: router(State(Arc::new(shared))) }
    }

    /// Now.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// A clone of the router for one request.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Somebody who is not signed in, reading Spanish.
    pub fn visitor(&self) -> Browser<'_> {
        Browser::new(self)
    }
}
