//! The editor of a lesson. What is typed is stored by every button, and while typing.

use super::super::{Answer, id};
use super::content::{back, pages};
use super::forms;
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::Fields;
use crate::http::render::{page, see_other};
use crate::services::authoring::drafts::Saved;
use crate::services::authoring::{Draft, Kind, State};
use app::features::form::FormState;
use app::texts::Texts;
use app::ui::frame::Head;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use curriculum::authoring::front::{self, Fields as Front};
use curriculum::authoring::place::{Piece, insert, piece};
use curriculum::lesson::cut;
use domain::assessment::question::{Reference, ReferenceStatus};
use domain::ids::DraftId;
use leptos::prelude::RenderHtml as _;

/// `GET /author/drafts/{id}`: the editor for its author while it is a draft, else its review.
pub async fn draft(context: Context, Path(draft): Path<String>) -> Answer {
    let draft = context.acting()?.any_draft(id(&draft)?).await?;
    let own = draft.author == context.signed.as_ref().map(|s| s.actor.person);
    if !own || draft.state != State::Draft {
        return Ok(see_other(&format!("/author/drafts/{}/review", draft.id)));
    }
    show(&context, &draft, None, FormState::default()).await
}

async fn show(context: &Context, draft: &Draft, conflict: Option<String>, mut form: FormState) -> Answer {
    let t = context.texts;
    match draft.kind {
        Kind::Question => return forms::question(context, draft, None, conflict, false).await,
        Kind::Scenario => return forms::scenario(context, draft, None, conflict, false).await,
        Kind::Words => return Ok(see_other(&format!("/author/drafts/{}/review", draft.id))),
        Kind::Lesson => {}
    }
    let model = context.acting()?.lesson_editor(draft, conflict, t).await?;
    if form.values.is_empty() {
        fill(&mut form, &draft.body);
    }
    let code = match (&model.around.conflict, form.errors.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, true) => StatusCode::OK,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let home = format!("/author/modules/{}", model.module_id);
    let head = Head { island: true, ..back(context, t.author_tab(), &home, &model.module) };
    Ok(page(context, code, &head, |t| pages::lesson_editor(t, &model, &form)))
}

/// The fields of the front matter as a form shows them.
fn fill(form: &mut FormState, body: &str) {
    let fields = front::read(body).unwrap_or_default();
    let notice = if fields.content_notice { "yes" } else { "" };
    let values = [
        ("title", fields.title),
        ("title_en", fields.title_en),
        ("minutes", fields.minutes),
        ("mode", fields.mode),
        ("summary", fields.summary),
        ("notice", notice.to_owned()),
    ];
    form.values.extend(values.map(|(name, value)| (name.to_owned(), value)));
}

/// The front matter as typed. Rows of references without a norm are left out.
fn typed(fields: &Fields, before: &Front) -> Outcome<Front> {
    let one_line = |name: &str| -> Outcome<String> { Ok(fields.one(name)?.split_whitespace().collect::<Vec<_>>().join(" ")) };
    let (norms, states): (Vec<&str>, Vec<&str>) = (fields.all("norm").collect(), fields.all("status").collect());
    let (days, people): (Vec<&str>, Vec<&str>) = (fields.all("verified").collect(), fields.all("reviewer").collect());
    let reference = |(index, norm): (usize, &&str)| {
        let norm = norm.split_whitespace().collect::<Vec<_>>().join(" ");
        let confirmed = states.get(index) == Some(&"confirmed");
        let reviewer = people.get(index).map(|p| p.trim().to_owned()).filter(|p| !p.is_empty());
        let verified = days.get(index).and_then(|d| d.parse().ok());
        let status = if confirmed { ReferenceStatus::Confirmed } else { ReferenceStatus::ToConfirm };
        (!norm.is_empty()).then_some(Reference { norm, status, verified, reviewer })
    };
    let source = fields.pairs().any(|(name, _)| name == "mode");
    if !source {
        return Ok(Front { title: one_line("title")?, summary: one_line("summary")?, ..before.clone() });
    }
    Ok(Front {
        title: one_line("title")?,
        title_en: one_line("title_en")?,
        minutes: one_line("minutes")?,
        mode: one_line("mode")?,
        objectives: fields.all("objective").map(str::to_owned).collect(),
        references: norms.iter().enumerate().filter_map(reference).collect(),
        content_notice: fields.one("notice")? == "yes",
        summary: one_line("summary")?,
    })
}

/// What is wrong with the fields themselves; the check tells the rest.
fn faults(front: &Front, source: bool, form: &mut FormState, t: Texts) {
    if front.title.is_empty() {
        form.refuse("title", t.author_field_title_missing());
    }
    if source && !front.minutes.parse::<i64>().is_ok_and(|m| (1..=600).contains(&m)) {
        form.refuse("minutes", t.author_field_minutes_wrong());
    }
}

/// The whole text of a lesson as the form has it.
fn composed(draft: &Draft, fields: &Fields) -> Outcome<(String, Front)> {
    let before = front::read(&draft.body).unwrap_or_default();
    let front = typed(fields, &before)?;
    let body = fields.one("body")?.replace("\r\n", "\n");
    // What stood between front matter and text stays as it was.
    let gap = cut(&draft.body)
        .map(|c| c.body)
        .filter(|b| b.starts_with('\n'))
        .map_or("\n", |b| b.get(..b.len() - b.trim_start_matches('\n').len()).unwrap_or("\n"));
    Ok((front::write(&draft.body, &front, &format!("{gap}{}", body.trim_start_matches('\n'))), front))
}

/// `POST /author/drafts/{id}`.
pub async fn write(context: Context, Path(draft): Path<String>, fields: Fields) -> Answer {
    let acting = context.acting()?;
    let draft: DraftId = id(&draft)?;
    let stored = acting.own_draft(draft).await?;
    let what = fields.one("do")?;
    if what == "drop" {
        acting.drop_draft(draft).await?;
        return Ok(see_other("/author"));
    }
    if stored.state != State::Draft {
        return Err(Failure::Conflict);
    }
    match stored.kind {
        Kind::Lesson => write_lesson(&context, stored, &fields, what).await,
        Kind::Question | Kind::Scenario => forms::write(&context, stored, &fields, what).await,
        Kind::Words => Err(Failure::BadRequest("do")),
    }
}

async fn write_lesson(context: &Context, stored: Draft, fields: &Fields, what: &str) -> Answer {
    let t = context.texts;
    let acting = context.acting()?;
    let mut form = fields.typed(&[]);
    let (mut text, front) = composed(&stored, fields)?;
    let version: i64 = fields.one("version")?.parse().map_err(|_| Failure::BadRequest("version"))?;
    if let Some(found) = what.strip_prefix("insert-") {
        text = inserted(&stored, &text, found, fields)?;
    }
    let kept = |version: i64| Draft { body: crate::services::authoring::drafts::plain(&text), version, ..stored.clone() };
    faults(&front, fields.pairs().any(|(name, _)| name == "mode"), &mut form, t);
    if !form.errors.is_empty() {
        return show(context, &kept(version), None, form).await;
    }
    let version = match acting.save_draft(stored.id, version, &text).await? {
        Saved::Stored { version, .. } => version,
        Saved::Newer(other) => return show(context, &kept(other.version), Some(other.body), FormState::default()).await,
    };
    let here = format!("/author/drafts/{}", stored.id);
    match what {
        "send" => {
            if acting.send_draft(stored.id).await? {
                return Ok(see_other(&format!("{here}/review")));
            }
            let mut form = FormState::default();
            fill(&mut form, &text);
            form.refuse("body", t.author_not_sent());
            show(context, &kept(version), None, form).await
        }
        "rebase" => {
            acting.rebase_draft(stored.id, version).await?;
            Ok(see_other(&here))
        }
        "save" | "preview" | "" => Ok(see_other(&here)),
        _ => Ok(see_other(&format!("{here}#texto"))),
    }
}

/// The text with a piece put in.
fn inserted(stored: &Draft, text: &str, what: &str, fields: &Fields) -> Outcome<String> {
    let cut = cut(text).ok_or(Failure::BadRequest("body"))?;
    let place = fields.one("part")?.parse().unwrap_or(usize::MAX);
    let front = front::read(text).unwrap_or_default();
    let lesson = stored.body.lines().find_map(|line| line.strip_prefix("id:")).map(str::trim).unwrap_or_default();
    let new = match what {
        "picture" => format!("{}\n", fields.one("picture")?),
        code => {
            let code = Piece::from_code(code).ok_or(Failure::BadRequest("do"))?;
            piece(code, lesson, front.objectives.first().map(String::as_str).unwrap_or_default(), cut.body)
        }
    };
    let head = text.get(..text.len() - cut.body.len()).unwrap_or_default();
    let body = if what == "part" { format!("{}\n\n{new}", cut.body.trim_end()) } else { insert(cut.body, place, &new) };
    Ok(format!("{head}\n{}", body.trim_start_matches('\n')))
}

/// `POST /author/drafts/{id}/preview`: stores what is typed and answers what follows from it, as a piece of the page.
pub async fn preview(context: Context, Path(draft): Path<String>, fields: Fields) -> Answer {
    let t = context.texts;
    let acting = context.acting()?;
    let stored = acting.own_draft(id(&draft)?).await?;
    let version: i64 = fields.one("version")?.parse().map_err(|_| Failure::BadRequest("version"))?;
    let text = match stored.kind {
        Kind::Lesson => composed(&stored, &fields)?.0,
        _ => forms::typed(&context, &stored, &fields).await?,
    };
    let (version, at) = match acting.save_draft(stored.id, version, &text).await? {
        Saved::Stored { version, at } => (version, at),
        Saved::Newer(_) => return Err(Failure::Conflict),
    };
    let saved = Draft { body: crate::services::authoring::drafts::plain(&text), version, ..stored };
    let result = acting.draft_result(&saved, t).await?;
    let line = forms::line(&context, at);
    let owner = leptos::prelude::Owner::new();
    let html = owner.with(|| pages::result(t, &result).to_html());
    Ok(fragment(html, version, &line))
}

fn fragment(html: String, version: i64, line: &str) -> Response {
    let mut response = html.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert("orienta-version", HeaderValue::from(version));
    let line = percent_encoding::utf8_percent_encode(line, percent_encoding::NON_ALPHANUMERIC).to_string();
    if let Ok(line) = HeaderValue::from_str(&line) {
        headers.insert("orienta-line", line);
    }
    response
}
