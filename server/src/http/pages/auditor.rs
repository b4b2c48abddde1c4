//! The auditor's pages.

use super::{Answer, head, id};
use crate::http::context::Context;
use crate::http::fields;
use crate::http::render::page;
use crate::http::sheets;
use app::pages::auditor;
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
