//! The auditor's pages.

use super::{Answer, head, id, status};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::{self, Fields};
use crate::http::render::page;
use crate::http::sheets;
use crate::services::hours::dossier::sample::{Among, Sample};
use app::features::form::FormState;
use app::pages::auditor;
use app::texts::Texts;
use app::ui::frame::{Head, Menu};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use domain::ids::EnrolmentId;

/// `GET /audit?before=…`.
pub async fn home(context: Context, RawQuery(query): RawQuery) -> Answer {
    let fields = fields::parse(query.as_deref().unwrap_or_default())?;
    let model = context.acting()?.audit_home(fields.one("before")?.parse().ok(), context.texts).await?;
    Ok(page(&context, StatusCode::OK, &head(context.texts.frame_audit(), Menu::Auditor), |t| auditor::home(t, &model)))
}

/// `GET /audit/enrolments/{id}`.
pub async fn ledger(context: Context, Path(enrolment): Path<String>) -> Answer {
    let model = context.acting()?.ledger_page(id(&enrolment)?, context.texts).await?;
    let back = Some(("/audit".to_owned(), context.texts.frame_audit().to_owned()));
    let head = Head { back, ..head(context.texts.ledger_tab(), Menu::Auditor) };
    Ok(page(&context, StatusCode::OK, &head, |t| auditor::ledger(t, &model)))
}

/// `GET /audit/enrolments/{id}/dossier.zip`.
pub async fn dossier(context: Context, Path(enrolment): Path<String>) -> Answer {
    let enrolment: EnrolmentId = id(&enrolment)?;
    let packed = context.acting()?.take_dossier(enrolment, context.texts).await?;
    Ok(sheets::file(&format!("dossier-{enrolment}.zip"), "application/zip", packed))
}

/// What is asked for; with messages for what does not fit.
fn asked(fields: &Fields, form: &mut FormState, t: Texts) -> Outcome<Option<Sample>> {
    let seed = fields.one("seed")?.trim();
    if seed.is_empty() || seed.chars().count() > Sample::LONGEST {
        form.refuse("seed", t.sample_seed_missing());
    }
    let count = fields.one("number")?.trim().parse::<usize>().ok().filter(|count| (1..=Sample::MOST).contains(count));
    if count.is_none() {
        form.refuse("number", t.sample_number_wrong(Sample::MOST));
    }
    let from = Among::parse(fields.one("from")?);
    if from.is_none() {
        form.refuse("from", t.sample_from_wrong());
    }
    let sample = |(count, from)| Sample { seed: seed.to_owned(), count, from };
    Ok(count.zip(from).filter(|_| form.errors.is_empty()).map(sample))
}

/// `GET /audit/sample?seed=…&number=…&from=…`: who is drawn; without a question the empty form.
pub async fn sample(context: Context, RawQuery(query): RawQuery) -> Answer {
    let t = context.texts;
    let acting = context.acting()?;
    let query = query.unwrap_or_default();
    let fields = fields::parse(&query)?;
    let mut form = fields.typed(&[]);
    let sample = if query.is_empty() { None } else { asked(&fields, &mut form, t)? };
    let mut model = acting.sample_page(sample.as_ref(), t).await?;
    model.file = format!("/audit/sample.zip?{query}");
    let back = Some(("/audit".to_owned(), t.frame_audit().to_owned()));
    let head = Head { back, ..head(t.sample_title(), Menu::Auditor) };
    Ok(page(&context, status(&form), &head, |t| auditor::sample(t, &model, &form)))
}

/// `GET /audit/sample.zip?seed=…&number=…&from=…`.
pub async fn sample_file(context: Context, RawQuery(query): RawQuery) -> Answer {
    let t = context.texts;
    let acting = context.acting()?;
    let fields = fields::parse(query.as_deref().unwrap_or_default())?;
    let sample = asked(&fields, &mut FormState::default(), t)?;
    let Some(sample) = sample else {
        // Whoever may not is told so before what is wrong with the question.
        acting.sample_page(None, t).await?;
        return Err(Failure::BadRequest("sample"));
    };
    Ok(sheets::file("sample.zip", "application/zip", acting.take_sample(&sample, t).await?))
}
