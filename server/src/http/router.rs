//! The routes: each with the action that the policy is asked about, so that a test can call every one as every role.

use super::context::State;
use super::pages::{account, admin, auditor, author, judge, meetings, public, sign_in, staff, substitutes, totals, trainee};
use super::{api, assets, errors, fields, headers};
use crate::persistence::query;
use crate::services::authoring::media;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State as Extract};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use domain::access::Action;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

/// One address.
pub struct Route {
    /// As axum writes it.
    pub path: &'static str,
    /// Answers GET.
    pub get: bool,
    /// Answers POST.
    pub post: bool,
    /// What the policy is asked; `None` for everybody.
    pub action: Option<Action>,
    handler: MethodRouter<State>,
}

fn open(path: &'static str, handler: MethodRouter<State>) -> Route {
    Route { path, get: true, post: false, action: None, handler }
}

fn read(path: &'static str, action: Action, handler: MethodRouter<State>) -> Route {
    Route { path, get: true, post: false, action: Some(action), handler }
}

fn form(path: &'static str, action: Action, handler: MethodRouter<State>) -> Route {
    Route { path, get: true, post: true, action: Some(action), handler }
}

/// Every address of the product, except the static files.
#[must_use]
pub fn routes() -> Vec<Route> {
    use Action::{
        AddPerson, AdjustHours, Administer, AnswerDispute, Audit, CheckIn, DecideEvidence, DisputeHours, EraseReason, Grade, ReleaseResult,
        ReviewContent, SeeContent, SeeDesk, SeeOwnStudy, SeeTrainee, SitEvaluation, Study, TakeRoll, UseAccount, WriteContent,
    };
    let everybody = |path, handler| Route { post: true, ..open(path, handler) };
    let only_post = |path, action, handler| Route { path, get: false, post: true, action, handler };
    vec![
        open("/", get(public::landing)),
        open("/help", get(public::help)),
        open("/help/card", get(public::help_card)),
        open("/privacy", get(public::privacy)),
        open("/accessibility", get(public::accessibility)),
        open("/verify", get(public::verify)),
        open("/verify/{code}", get(public::verify_code)),
        open("/healthz", get(healthz)),
        open("/readyz", get(readyz)),
        open("/card/{secret}", get(sign_in::scanned)),
        everybody("/login", get(sign_in::document).post(sign_in::with_document)),
        everybody("/login/card", get(sign_in::card).post(sign_in::with_card)),
        everybody("/login/code", get(sign_in::code).post(sign_in::with_code)),
        only_post("/language", None, post(public::language)),
        only_post("/logout", None, post(sign_in::out)),
        form("/account", UseAccount, get(account::show).post(account::change)),
        form("/pin", UseAccount, get(account::pin).post(account::set_pin)),
        read("/home", SeeOwnStudy, get(trainee::home)),
        read("/course", SeeOwnStudy, get(trainee::course)),
        read("/hours", SeeOwnStudy, get(trainee::hours::hours)),
        form("/hours/dispute/{id}", DisputeHours, get(trainee::hours::new_dispute).post(trainee::hours::open)),
        form("/hours/disputes/{id}", DisputeHours, get(trainee::hours::dispute).post(trainee::hours::reopen)),
        form("/course/{lesson}/{part}", Study, get(trainee::lesson).post(trainee::study)),
        read("/evaluations", SitEvaluation, get(trainee::evaluations)),
        only_post("/evaluations/{id}", Some(SitEvaluation), post(trainee::start)),
        form("/attempts/{id}/{n}", SitEvaluation, get(trainee::item).post(trainee::answer)),
        form("/attempts/{id}/review", SitEvaluation, get(trainee::review).post(trainee::submit)),
        read("/attempts/{id}/result", SitEvaluation, get(trainee::result)),
        read("/certificate", SeeOwnStudy, get(trainee::certificate)),
        read("/certificate/{number}/{file}", SeeTrainee, get(trainee::file)),
        form("/grading", Grade, get(judge::grading).post(judge::next)),
        form("/grading/{task}", Grade, get(judge::task).post(judge::mark)),
        form("/meetings", TakeRoll, get(meetings::meetings).post(meetings::plan)),
        form("/meetings/{id}", TakeRoll, get(meetings::roll).post(meetings::save_roll)),
        read("/meetings/{id}/code", TakeRoll, get(meetings::code)),
        read("/meetings/{id}/sheet.pdf", TakeRoll, get(meetings::sheet)),
        form("/substitutes", TakeRoll, get(substitutes::list).post(substitutes::set)),
        form("/substitutes/{id}", TakeRoll, get(substitutes::one).post(substitutes::confirm)),
        form("/check-in/{id}", CheckIn, get(meetings::check_in).post(meetings::take_check_in)),
        read("/course/{lesson}/media/{file}", UseAccount, get(author::picture)),
        form("/author", SeeContent, get(author::desk).post(author::settle)),
        form("/author/norms", SeeContent, get(author::norms).post(author::mark)),
        form("/author/modules/{module}", SeeContent, get(author::module).post(author::begin)),
        only_post(
            "/author/modules/{module}/pictures",
            Some(WriteContent),
            post(author::upload).layer(DefaultBodyLimit::max(media::LARGEST)),
        ),
        form("/author/drafts/{id}", SeeContent, get(author::draft).post(author::write).layer(DefaultBodyLimit::max(fields::LARGEST_TEXT))),
        only_post(
            "/author/drafts/{id}/preview",
            Some(WriteContent),
            post(author::preview).layer(DefaultBodyLimit::max(fields::LARGEST_TEXT)),
        ),
        read("/author/drafts/{id}/compare", SeeContent, get(author::compare)),
        form("/author/drafts/{id}/review", ReviewContent, get(author::review).post(author::decide)),
        read("/staff", SeeDesk, get(staff::home)),
        form("/staff/cohorts/{id}", SeeDesk, get(staff::cohort).post(staff::issue_chosen)),
        form("/staff/enrolments/{id}", SeeTrainee, get(staff::trainee).post(staff::act)),
        form("/staff/enrolments/{id}/hours", AdjustHours, get(staff::hours::adjustments).post(staff::hours::adjust)),
        form("/staff/evidence", DecideEvidence, get(staff::hours::evidence).post(staff::hours::seen)),
        form("/staff/evidence/{id}", DecideEvidence, get(staff::hours::doubt).post(staff::hours::decide_doubt)),
        form("/staff/reasons/{id}", EraseReason, get(staff::hours::reason).post(staff::hours::erase_reason)),
        read("/staff/disputes", AnswerDispute, get(staff::hours::disputes)),
        form("/staff/disputes/{id}", AnswerDispute, get(staff::hours::dispute).post(staff::hours::answer)),
        form("/staff/people", AddPerson, get(staff::add_form).post(staff::add)),
        form("/staff/releases", ReleaseResult, get(staff::releases).post(staff::release)),
        read("/staff/hours", SeeDesk, get(totals::show)),
        read("/staff/hours.csv", SeeDesk, get(totals::csv)),
        read("/staff/hours.xlsx", SeeDesk, get(totals::xlsx)),
        read("/staff/certificates", SeeDesk, get(staff::register)),
        form("/staff/certificates/{number}", SeeTrainee, get(staff::certificate).post(staff::change)),
        read("/audit", Audit, get(auditor::home)),
        read("/audit/enrolments/{id}", Audit, get(auditor::ledger)),
        read("/audit/enrolments/{id}/dossier.zip", Audit, get(auditor::dossier)),
        read("/audit/sample", Audit, get(auditor::sample)),
        read("/audit/sample.zip", Audit, get(auditor::sample_file)),
        form("/admin", Administer, get(admin::home).post(admin::add)),
        only_post("/api/study/report", Some(Study), post(api::serve)),
        only_post("/api/assessment/answer", Some(SitEvaluation), post(api::serve)),
    ]
}

/// The whole server.
pub fn router(state: State) -> Router {
    let mut router = Router::new().route("/v/{digest}/{*file}", get(assets::serve));
    for route in routes() {
        router = router.route(route.path, route.handler);
    }
    layered(router.fallback(|| async { StatusCode::NOT_FOUND }), state)
}

/// What stands around every answer: limits, refusals as pages, compression, headers.
pub fn layered(router: Router<State>, state: State) -> Router {
    router
        .layer(DefaultBodyLimit::max(fields::LARGEST))
        .layer(CsrfLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(30)))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(state.clone(), errors::pages))
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Precise(4)))
        .layer(from_fn(headers::add))
        .with_state(state)
}

/// `GET /healthz`: the process answers.
async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers too.
async fn readyz(Extract(state): Extract<State>) -> Response {
    match query::number(state.0.services.database.read(), "SELECT CAST(1 AS BIGINT) AS n", vec![]).await {
        Ok(_) => "ok\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}
