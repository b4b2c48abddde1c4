//! The editors of questions and cases: what is typed is stored however unfinished; only what is whole goes to review.

use super::super::Answer;
use super::content::{back, pages};
use super::{Place, question, scenario};
use crate::clock::{LIMA, local};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::Fields;
use crate::http::render::{page, see_other};
use crate::services::authoring::drafts::{Saved, plain};
use crate::services::authoring::{Draft, Kind};
use app::features::authoring::DraftAround;
use app::features::authoring::question::QuestionEditor;
use app::features::authoring::scenario::ScenarioEditor;
use app::pages::judge;
use app::ui::frame::Head;
use axum::http::StatusCode;
use domain::assessment::paper::BankQuestion;
use domain::curriculum::Programme;
use std::sync::Arc;

/// Where a draft belongs: its module in the first programme that has it, and that module's bank.
struct Home {
    programme: Arc<Programme>,
    bank: Arc<Vec<BankQuestion>>,
    module: domain::ids::ModuleId,
    address: String,
}

impl Home {
    async fn of(context: &Context, draft: &Draft) -> Outcome<Self> {
        let module = context.acting()?.module_of(draft).await?;
        let catalogue = &context.services().catalogue;
        let programmes = catalogue.programmes();
        let found = programmes.into_iter().find(|(_, p)| p.modules.iter().any(|m| m.id == module));
        let (_, programme) = found.ok_or(Failure::NotFound)?;
        Ok(Self { programme, bank: catalogue.bank(&module), module, address: format!("/author/drafts/{}", draft.id) })
    }

    fn place(&self) -> Outcome<Place<'_>> {
        let bank = self.bank.iter().map(|one| &one.question);
        Place::new(&self.programme, &self.module, bank, self.address.clone()).ok_or(Failure::NotFound)
    }
}

fn head(context: &Context, home: &Home) -> Head {
    let t = context.texts;
    Head { island: true, ..back(context, t.author_tab(), &format!("/author/modules/{}", home.module), t.author_title()) }
}

fn passed(version: i64) -> Vec<(String, String)> {
    vec![("version".to_owned(), version.to_string())]
}

fn code(around: &DraftAround, refused: bool) -> StatusCode {
    match (around.conflict.is_some(), refused) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    }
}

/// The editor of a question: of the draft, or as typed where `typed` is.
pub(super) async fn question(
    context: &Context,
    draft: &Draft,
    typed: Option<QuestionEditor>,
    conflict: Option<String>,
    refused: bool,
) -> Answer {
    let home = Home::of(context, draft).await?;
    let model = match typed {
        Some(model) => model,
        None => match question::model_from_body(&draft.body, &home.place()?, passed(draft.version), context.texts) {
            Ok(model) => model,
            Err(_) => return Ok(see_other(&format!("{}/review", home.address))),
        },
    };
    let around = context.acting()?.around(draft, conflict, context.texts).await?;
    let status = code(&around, refused);
    Ok(page(context, status, &head(context, &home), |t| judge::question_editor(t, &model, pages::around(t, &around))))
}

/// The editor of a case: of the draft, or as typed where `typed` is.
pub(super) async fn scenario(
    context: &Context,
    draft: &Draft,
    typed: Option<ScenarioEditor>,
    conflict: Option<String>,
    refused: bool,
) -> Answer {
    let home = Home::of(context, draft).await?;
    let model = match typed {
        Some(model) => model,
        None => match scenario::model_from_body(&draft.body, "", &home.place()?, passed(draft.version), context.texts) {
            Ok(model) => model,
            Err(_) => return Ok(see_other(&format!("{}/review", home.address))),
        },
    };
    let around = context.acting()?.around(draft, conflict, context.texts).await?;
    let status = code(&around, refused);
    Ok(page(context, status, &head(context, &home), |t| judge::scenario_editor(t, &model, pages::around(t, &around))))
}

/// The text of a question or case as typed, however unfinished.
pub(super) async fn typed(context: &Context, draft: &Draft, fields: &Fields) -> Outcome<String> {
    let home = Home::of(context, draft).await?;
    let text = match draft.kind {
        Kind::Question => question::draft_from_fields(fields, &home.place()?, context.texts),
        _ => scenario::draft_from_fields(fields),
    };
    Ok(plain(&text))
}

/// A button of the form.
pub(super) async fn write(context: &Context, stored: Draft, fields: &Fields, what: &str) -> Answer {
    let version: i64 = fields.one("version")?.parse().map_err(|_| Failure::BadRequest("version"))?;
    let acting = context.acting()?;
    let text = typed(context, &stored, fields).await?;
    let saved = match acting.save_draft(stored.id, version, &text).await? {
        Saved::Stored { version, at } => Draft { body: text, version, saved_at: at, ..stored },
        Saved::Newer(other) => {
            let here = Draft { body: text, version: other.version, ..stored };
            return again(context, &here, fields, Some(other.body), false).await;
        }
    };
    let here = format!("/author/drafts/{}", saved.id);
    match what {
        "send" => send(context, saved, fields, &here).await,
        "rebase" => {
            acting.rebase_draft(saved.id, saved.version).await?;
            Ok(see_other(&here))
        }
        "save" => match unread(context, &saved, fields).await? {
            None => Ok(see_other(&here)),
            Some(model) => question(context, &saved, Some(model), None, true).await,
        },
        _ => again(context, &saved, fields, None, false).await,
    }
}

/// The form again where something was typed that the draft cannot hold.
async fn unread(context: &Context, draft: &Draft, fields: &Fields) -> Outcome<Option<QuestionEditor>> {
    if draft.kind != Kind::Question {
        return Ok(None);
    }
    let home = Home::of(context, draft).await?;
    let model = question::unread(fields, &home.place()?, context.texts);
    Ok(model.map(|model| QuestionEditor { passed: passed(draft.version), ..model }))
}

/// The form again as typed, with the number of the save.
async fn again(context: &Context, draft: &Draft, fields: &Fields, conflict: Option<String>, refused: bool) -> Answer {
    let home = Home::of(context, draft).await?;
    if draft.kind == Kind::Question {
        let model = QuestionEditor { passed: passed(draft.version), ..question::model_from_fields(fields, &home.place()?, context.texts) };
        return question(context, draft, Some(model), conflict, refused).await;
    }
    let model = ScenarioEditor { passed: passed(draft.version), ..scenario::model_from_fields(fields, &home.place()?, context.texts) };
    scenario(context, draft, Some(model), conflict, refused).await
}

async fn send(context: &Context, draft: Draft, fields: &Fields, here: &str) -> Answer {
    let home = Home::of(context, &draft).await?;
    if draft.kind == Kind::Question {
        if let Err(model) = question::body_from_fields(fields, &home.place()?, context.texts) {
            let model = QuestionEditor { passed: passed(draft.version), ..*model };
            return question(context, &draft, Some(model), None, true).await;
        }
    } else if let Err(model) = scenario::body_from_fields(fields, &home.place()?, context.texts) {
        let model = ScenarioEditor { passed: passed(draft.version), ..*model };
        return scenario(context, &draft, Some(model), None, true).await;
    }
    if context.acting()?.send_draft(draft.id).await? {
        return Ok(see_other(&format!("{here}/review")));
    }
    again(context, &draft, fields, None, true).await
}

/// When a draft was saved, as the line beside the buttons says it.
pub(super) fn line(context: &Context, at: domain::time::Instant) -> String {
    let t = context.texts;
    t.author_saved(app::format::clock(t, local(at, LIMA)))
}
