//! The staff desk.

pub mod hours;

use super::{Answer, head, id, status};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::{self, Fields};
use crate::http::pages::sign_in::document_words;
use crate::http::render::{page, see_other};
use crate::services::certification::desk::Change;
use crate::services::certification::issue::NotIssued;
use crate::services::certification::public::REASONS;
use crate::services::hours::posting::named;
use crate::services::people::NewPerson;
use crate::services::sign_in::document_kind;
use crate::services::staff::Attest;
use app::features::form::FormState;
use app::features::people::TraineeDesk;
use app::pages::staff;
use app::texts::Texts;
use app::ui::frame::{Head, Menu};
use app::ui::requirements::{self, Mark, Voice};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Datelike as _, NaiveDate};
use domain::access::{Refusal, Role};
use domain::certification::{Requirement, is_eligible};
use domain::curriculum::RequirementKind;
use domain::identity::document::Document;
use domain::identity::name::{NameError, NamePart, PersonName};
use domain::identity::phone::MobilePhone;
use domain::ids::{CohortId, EnrolmentId};

/// `GET /staff`.
pub async fn home(context: Context) -> Answer {
    let model = context.acting()?.staff_home(context.texts).await?;
    Ok(page(&context, StatusCode::OK, &head(context.texts.frame_cohorts(), Menu::Staff), |t| staff::home(t, &model)))
}

async fn show_cohort(
    context: &Context,
    cohort: CohortId,
    search: &str,
    issued: Vec<(String, Result<String, String>)>,
    form: &FormState,
) -> Answer {
    let mut model = context.acting()?.cohort_board(cohort, search, context.texts).await?;
    model.issued = issued;
    let head =
        Head { back: Some(("/staff".to_owned(), context.texts.frame_cohorts().to_owned())), ..head(&model.cohort.title, Menu::Staff) };
    Ok(page(context, status(form), &head, |t| staff::cohort(t, &model, form)))
}

/// `GET /staff/cohorts/{id}?q=…`.
pub async fn cohort(context: Context, Path(cohort): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let fields = fields::parse(query.as_deref().unwrap_or_default())?;
    show_cohort(&context, id(&cohort)?, fields.one("q")?, Vec::new(), &FormState::default()).await
}

/// `POST /staff/cohorts/{id}`: issues to the chosen ones, one by one, with a result a person.
pub async fn issue_chosen(context: Context, Path(cohort): Path<String>, fields: Fields) -> Answer {
    let cohort: CohortId = id(&cohort)?;
    let chosen: Vec<EnrolmentId> = fields.all("enrolment").map(id).collect::<Outcome<_>>()?;
    let mut form = FormState::default();
    if chosen.is_empty() {
        form.refuse("enrolment", context.texts.cohort_choose_someone());
    }
    let acting = context.acting()?;
    let mut issued = Vec::new();
    for enrolment in chosen {
        let name = context.services().enrolment(context.services().database.read(), enrolment).await?.name;
        let result =
            acting.issue(enrolment).await.map_err(|why| not_issued(why, context.texts)).map_or_else(|why| why.map(Err), |n| Ok(Ok(n)))?;
        issued.push((name, result));
    }
    show_cohort(&context, cohort, "", issued, &form).await
}

/// Why there is no certificate, in words; a fault or a refusal of the policy stays a failure.
fn not_issued(why: NotIssued, t: Texts) -> Outcome<String> {
    Ok(match why {
        NotIssued::NotEligible(list) => missing_words(&list, t),
        NotIssued::Already(number) => t.issue_already(number),
        NotIssued::NoPublicUrl => t.issue_no_public_url().to_owned(),
        NotIssued::TookPart => t.issue_took_part().to_owned(),
        NotIssued::Failure(failure) => return Err(failure),
    })
}

/// What is missing, one requirement after another.
fn missing_words(list: &[Requirement], t: Texts) -> String {
    let words = list.iter().map(|r| requirements::words(t, r, Voice::Desk)).filter(|w| w.mark == Mark::Missing);
    words.map(|w| format!("{}: {}", w.name, w.text.join(" · "))).collect::<Vec<_>>().join(" ")
}

fn may_not_words(failure: &Failure, t: Texts) -> String {
    match failure {
        Failure::Forbidden(Refusal::TookPart) => t.issue_took_part(),
        Failure::Forbidden(Refusal::OwnRecord) => t.issue_own_record(),
        _ => t.issue_not_allowed(),
    }
    .to_owned()
}

async fn desk(context: &Context, enrolment: EnrolmentId) -> Outcome<TraineeDesk> {
    let t = context.texts;
    let mut model = context.acting()?.trainee_desk(enrolment, t, |failure| may_not_words(failure, t)).await?;
    if model.may_issue.is_ok() && !is_eligible(&model.requirements) {
        model.may_issue = Err(t.issue_not_ready().to_owned());
    }
    if model.may_issue.is_ok() && context.services().public_url.is_none() {
        model.may_issue = Err(t.issue_no_public_url().to_owned());
    }
    Ok(model)
}

fn show_trainee(context: &Context, model: &TraineeDesk, form: &FormState) -> Response {
    let back = Some((format!("/staff/cohorts/{}", model.cohort.0), model.cohort.1.clone()));
    let head = Head { back, ..head(context.texts.trainee_tab(), Menu::Staff) };
    page(context, status(form), &head, |t| staff::trainee(t, model, form))
}

/// `GET /staff/enrolments/{id}`.
pub async fn trainee(context: Context, Path(enrolment): Path<String>) -> Answer {
    let model = desk(&context, id(&enrolment)?).await?;
    Ok(show_trainee(&context, &model, &FormState::default()))
}

/// `POST /staff/enrolments/{id}`: attest, issue, give a code or a card.
pub async fn act(context: Context, Path(enrolment): Path<String>, fields: Fields) -> Answer {
    let enrolment: EnrolmentId = id(&enrolment)?;
    let acting = context.acting()?;
    let here = format!("/staff/enrolments/{enrolment}");
    match fields.one("action")? {
        "verify" => attest(&context, enrolment, &fields).await,
        "issue" => match acting.issue(enrolment).await {
            Ok(_) => Ok(see_other(&here)),
            Err(why) => {
                let mut form = FormState::default();
                form.refuse("", not_issued(why, context.texts)?);
                Ok(show_trainee(&context, &desk(&context, enrolment).await?, &form))
            }
        },
        "code" => {
            let person = acting.credential_subject(enrolment).await?;
            let code = context.services().make_code(person, Some(acting.signed.actor.clone())).await?;
            let mut model = desk(&context, enrolment).await?;
            model.fresh_code = Some(code.printed());
            Ok(show_trainee(&context, &model, &FormState::default()))
        }
        "card" => {
            let person = acting.credential_subject(enrolment).await?;
            let (secret, code) = context.services().make_card(person, Some(acting.signed.actor.clone())).await?;
            let mut model = desk(&context, enrolment).await?;
            model.fresh_card = Some((code.printed(), context.qr(&format!("/card/{secret}"))?));
            Ok(show_trainee(&context, &model, &FormState::default()))
        }
        _ => Err(Failure::BadRequest("action")),
    }
}

async fn attest(context: &Context, enrolment: EnrolmentId, fields: &Fields) -> Answer {
    let t = context.texts;
    let mut form = fields.typed(&[]);
    let kind = named::<RequirementKind>(fields.one("kind")?, "requirement", "kind").ok();
    let kind = kind.filter(|k| matches!(k, RequirementKind::Identity | RequirementKind::Record | RequirementKind::Backing));
    if kind.is_none() {
        form.refuse("kind", t.verify_kind_missing());
    }
    let met = match fields.one("met")? {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            form.refuse("met", t.verify_met_missing());
            None
        }
    };
    let source = fields.one("source")?.trim().to_owned();
    if source.is_empty() || source.chars().count() > 200 {
        form.refuse("source", t.verify_source_missing());
    }
    let today = crate::services::people::today(context.services());
    let on = fields.one("on")?.parse::<NaiveDate>().ok().filter(|day| *day <= today);
    if on.is_none() {
        form.refuse("on", t.verify_on_wrong());
    }
    match (kind, met, on, form.errors.is_empty()) {
        (Some(kind), Some(met), Some(on), true) => {
            context.acting()?.attest(enrolment, Attest { kind, met, source, on }).await?;
            Ok(see_other(&format!("/staff/enrolments/{enrolment}")))
        }
        _ => Ok(show_trainee(context, &desk(context, enrolment).await?, &form)),
    }
}

/// `GET /staff/people`.
pub async fn add_form(context: Context) -> Answer {
    show_add(&context, &FormState::default()).await
}

async fn show_add(context: &Context, form: &FormState) -> Answer {
    let model = context.acting()?.add_person_form().await?;
    Ok(page(context, status(form), &head(context.texts.add_person_title(), Menu::Staff), |t| staff::add_person(t, &model, form)))
}

/// `POST /staff/people`: adds a trainee and enrols her.
pub async fn add(context: Context, fields: Fields) -> Answer {
    let t = context.texts;
    let acting = context.acting()?;
    known_district(&context, &fields).await?;
    let mut form = fields.typed(&[]);
    let person = typed_person(&fields, &mut form, vec![(Role::Trainee, None)], t)?;
    let cohort = fields.one("cohort")?.parse::<CohortId>().ok();
    if cohort.is_none() {
        form.refuse("cohort", t.add_person_cohort_missing());
    }
    let (Some(person), Some(cohort), true) = (person, cohort, form.errors.is_empty()) else { return show_add(&context, &form).await };
    acting.may_enrol(cohort).await?;
    match context.services().add_trainee(person, cohort, Some(acting.signed.actor.clone())).await {
        Ok(enrolment) => Ok(see_other(&format!("/staff/enrolments/{enrolment}"))),
        Err(Failure::Conflict) => {
            form.refuse("number", t.add_person_taken());
            show_add(&context, &form).await
        }
        Err(other) => Err(other),
    }
}

/// A judicial district comes from a list: another one was not chosen there.
///
/// # Errors
/// `BadRequest` for an unknown or repeated one; `Database`.
pub async fn known_district(context: &Context, fields: &Fields) -> Outcome<()> {
    let typed = fields.one("district")?;
    let is_known = typed.is_empty() || context.services().districts().await?.iter().any(|(id, _)| id == typed);
    if is_known { Ok(()) } else { Err(Failure::BadRequest("district")) }
}

/// A person from a form, with messages for what does not fit.
///
/// # Errors
/// `BadRequest` for repeated fields.
pub fn typed_person(
    fields: &Fields,
    form: &mut FormState,
    roles: Vec<(Role, Option<domain::ids::DistrictId>)>,
    t: Texts,
) -> Outcome<Option<NewPerson>> {
    let part = |field: &str, required: bool, form: &mut FormState| -> Outcome<Option<NamePart>> {
        match NamePart::parse(fields.one(field)?) {
            Ok(part) => Ok(Some(part)),
            Err(NameError::Empty) if !required => Ok(None),
            Err(_) => {
                form.refuse(field, t.add_person_name_wrong());
                Ok(None)
            }
        }
    };
    let given = part("given_names", true, form)?;
    let paternal = part("paternal_surname", false, form)?;
    let maternal = part("maternal_surname", false, form)?;
    let name = given.and_then(|given| match PersonName::new(given, paternal, maternal) {
        Ok(name) => Some(name),
        Err(_) => {
            form.refuse("paternal_surname", t.add_person_surname_missing());
            None
        }
    });
    let document = match document_kind(fields.one("kind")?).map(|kind| (kind, fields.one("number"))) {
        None => {
            form.refuse("kind", t.login_kind_missing());
            None
        }
        Some((kind, number)) => match Document::parse(kind, number?) {
            Ok(document) => Some(document),
            Err(error) => {
                form.refuse("number", document_words(&error, t));
                None
            }
        },
    };
    let birth = optional(fields, "birth_date", form, t.add_person_birth_wrong(), |text| {
        // The calendar reaches further than people's lives and the database's ten characters.
        text.parse::<NaiveDate>().ok().filter(|day| (1900..=2100).contains(&day.year()))
    })?;
    let phone =
        optional(fields, "phone", form, t.add_person_phone_wrong(), |text| MobilePhone::parse(text).ok().map(|p| p.digits().to_owned()))?;
    let email = optional(fields, "email", form, t.add_person_email_wrong(), |text| {
        let plausible = text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
        plausible.then(|| text.to_owned())
    })?;
    let district = Some(fields.one("district")?).filter(|d| !d.is_empty()).map(Into::into);
    Ok(name.zip(document).map(|(name, document)| NewPerson {
        name,
        document,
        birth,
        phone,
        email,
        district,
        roles,
        pin: None,
        password: None,
    }))
}

fn optional<T>(fields: &Fields, field: &str, form: &mut FormState, message: &str, read: impl Fn(&str) -> Option<T>) -> Outcome<Option<T>> {
    let text = fields.one(field)?.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value = read(text);
    if value.is_none() {
        form.refuse(field, message);
    }
    Ok(value)
}

async fn show_releases(context: &Context, form: &FormState) -> Answer {
    let model = context.acting()?.releases(context.texts).await?;
    Ok(page(context, status(form), &head(context.texts.frame_releases(), Menu::Staff), |t| staff::releases(t, &model, form)))
}

/// `GET /staff/releases`.
pub async fn releases(context: Context) -> Answer {
    show_releases(&context, &FormState::default()).await
}

/// `POST /staff/releases`.
pub async fn release(context: Context, fields: Fields) -> Answer {
    if fields.one("action")? == "requeue" {
        context.acting()?.requeue(id(fields.one("task")?)?).await?;
        return Ok(see_other("/staff/releases"));
    }
    let attempts: Vec<_> = fields.all("attempt").map(id).collect::<Outcome<_>>()?;
    if attempts.is_empty() {
        let mut form = FormState::default();
        form.refuse("attempt", context.texts.releases_choose_someone());
        return show_releases(&context, &form).await;
    }
    context.acting()?.release(attempts).await?;
    Ok(see_other("/staff/releases"))
}

/// `GET /staff/certificates`.
pub async fn register(context: Context) -> Answer {
    let model = context.acting()?.register(context.texts).await?;
    Ok(page(&context, StatusCode::OK, &head(context.texts.frame_certificates(), Menu::Staff), |t| staff::register(t, &model)))
}

async fn show_certificate(context: &Context, number: &str, form: &FormState) -> Answer {
    let model = context.acting()?.certificate_desk(number, context.texts).await?;
    let back = Some(("/staff/certificates".to_owned(), context.texts.frame_certificates().to_owned()));
    let head = Head { back, ..head(number, Menu::Staff) };
    Ok(page(context, status(form), &head, |t| staff::certificate(t, &model, form)))
}

/// `GET /staff/certificates/{number}`.
pub async fn certificate(context: Context, Path(number): Path<String>) -> Answer {
    show_certificate(&context, &number, &FormState::default()).await
}

/// `POST /staff/certificates/{number}`: suspends, reinstates or revokes.
pub async fn change(context: Context, Path(number): Path<String>, fields: Fields) -> Answer {
    let t = context.texts;
    context.acting()?;
    let mut form = fields.typed(&[]);
    let change = match fields.one("action")? {
        "suspend" => Change::Suspend,
        "reinstate" => Change::Reinstate,
        "revoke" => Change::Revoke,
        _ => return Err(Failure::BadRequest("action")),
    };
    let code = fields.one("code")?;
    let reason = REASONS.iter().find(|(_, c)| *c == code).map(|(reason, _)| *reason);
    if reason.is_none() {
        form.refuse("code", t.certificate_code_missing());
    }
    let words = fields.one("reason")?.trim().to_owned();
    if words.is_empty() {
        form.refuse("reason", t.certificate_reason_missing());
    }
    let authority = fields.one("authority")?.trim().to_owned();
    if authority.is_empty() {
        form.refuse("authority", t.certificate_authority_missing());
    }
    let Some(reason) = reason.filter(|_| form.errors.is_empty()) else { return show_certificate(&context, &number, &form).await };
    match context.acting()?.change_certificate(&number, change, reason, words, authority).await {
        Ok(()) => Ok(see_other(&format!("/staff/certificates/{number}"))),
        Err(Failure::Conflict) => {
            form.refuse("", t.certificate_state_conflict());
            show_certificate(&context, &number, &form).await
        }
        Err(other) => Err(other),
    }
}
