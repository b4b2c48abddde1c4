//! Hours by district and cohort, and the files of them.

use super::{Answer, head};
use crate::http::context::Context;
use crate::http::render::page;
use crate::http::sheets;
use app::pages::staff;
use app::ui::frame::{Head, Menu};
use axum::http::StatusCode;

/// `GET /staff/hours`.
pub async fn show(context: Context) -> Answer {
    let model = context.acting()?.hours_totals().await?;
    let t = context.texts;
    let head = Head { back: Some(("/staff".to_owned(), t.frame_cohorts().to_owned())), ..head(t.totals_title(), Menu::Staff) };
    Ok(page(&context, StatusCode::OK, &head, |t| staff::totals(t, &model)))
}

/// `GET /staff/hours.csv`: one row a trainee.
pub async fn csv(context: Context) -> Answer {
    let sheet = context.acting()?.hours_sheet(context.texts).await?;
    Ok(sheets::file("hours.csv", "text/csv; charset=utf-8", sheets::csv(&sheet)?))
}

/// `GET /staff/hours.xlsx`: the same as a workbook.
pub async fn xlsx(context: Context) -> Answer {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let sheet = context.acting()?.hours_sheet(context.texts).await?;
    Ok(sheets::file("hours.xlsx", KIND, sheets::xlsx(&sheet)?))
}
