//! Her hours, and what she disputes in them.

use super::super::{Answer, head, id, refused, status, with_errors};
use crate::failure::Failure;
use crate::http::context::Context;
use crate::http::fields::Fields;
use crate::http::render::{page, see_other};
use app::features::form::FormState;
use app::pages::trainee;
use app::ui::frame::{Head, Menu};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::hours::dispute::text;
use domain::ids::DisputeId;

/// `GET /hours`.
pub async fn hours(context: Context) -> Answer {
    let model = context.acting()?.hours_page(context.texts).await?;
    Ok(page(&context, StatusCode::OK, &head(context.texts.hours_title(), Menu::Trainee), |t| trainee::hours::hours(t, &model)))
}

/// The number of an entry in an address; 0 is none, when something is missing.
fn entry(text: &str) -> Result<Option<i64>, Failure> {
    let number: i64 = text.parse().map_err(|_| Failure::NotFound)?;
    Ok((number != 0).then_some(number))
}

fn below(context: &Context, title: &str) -> Head {
    Head { back: Some(("/hours".to_owned(), context.texts.hours_title().to_owned())), ..head(title, Menu::Trainee) }
}

async fn show_new(context: &Context, entry: Option<i64>, form: &FormState) -> Answer {
    let model = context.acting()?.dispute_form(entry, context.texts).await?;
    let head = below(context, context.texts.dispute_title());
    Ok(page(context, status(form), &head, |t| trainee::new_dispute(t, &model, form)))
}

/// `GET /hours/dispute/{id}`.
pub async fn new_dispute(context: Context, Path(number): Path<String>) -> Answer {
    context.acting()?;
    show_new(&context, entry(&number)?, &FormState::default()).await
}

/// `POST /hours/dispute/{id}`: "No reconozco esto", or "Falta algo".
pub async fn open(context: Context, Path(number): Path<String>, fields: Fields) -> Answer {
    context.acting()?;
    let (entry, t) = (entry(&number)?, context.texts);
    let mut form = fields.typed(&[]);
    let Some(body) = text(fields.one("text")?) else {
        form.refuse("text", t.dispute_text_wrong());
        return show_new(&context, entry, &form).await;
    };
    match refused(context.acting()?.open_dispute(entry, body, t.dispute_too_many()).await)? {
        Ok(_) => Ok(see_other("/hours#reclamos")),
        Err(why) => show_new(&context, entry, &with_errors(form, why)).await,
    }
}

async fn show_dispute(context: &Context, dispute: DisputeId, form: &FormState) -> Answer {
    let model = context.acting()?.my_dispute(dispute, context.texts).await?;
    let head = below(context, context.texts.dispute_title());
    Ok(page(context, status(form), &head, |t| trainee::my_dispute(t, &model, form)))
}

/// `GET /hours/disputes/{id}`.
pub async fn dispute(context: Context, Path(dispute): Path<String>) -> Answer {
    show_dispute(&context, id(&dispute)?, &FormState::default()).await
}

/// `POST /hours/disputes/{id}`: opens it once more.
pub async fn reopen(context: Context, Path(dispute): Path<String>, fields: Fields) -> Answer {
    let dispute: DisputeId = id(&dispute)?;
    let mut form = fields.typed(&[]);
    let Some(body) = text(fields.one("text")?) else {
        form.refuse("text", context.texts.dispute_text_wrong());
        return show_dispute(&context, dispute, &form).await;
    };
    context.acting()?.reopen_dispute(dispute, body).await?;
    Ok(see_other("/hours#reclamos"))
}
