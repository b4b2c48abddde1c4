//! What waits, a module, comparison, review, norms.

use super::super::{Answer, head, id, status};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::Fields;
use crate::http::render::{page, see_other};
use crate::services::authoring::findings::sentence;
use crate::services::authoring::review::Published;
use app::features::form::FormState;
pub(super) use app::pages::judge::author as pages;
use app::texts::Texts;
use app::ui::frame::{Head, Menu};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use curriculum::Mistake;
use domain::access::Role;
use domain::ids::DraftId;
use serde::Deserialize;

/// A reason or note is at least so long, in characters.
const LEAST: usize = 10;
/// And at most so long.
const MOST: usize = 1000;

/// Judges come from their own menu, staff from theirs.
fn menu(context: &Context) -> Menu {
    let judge = context.signed.as_ref().is_some_and(|signed| signed.actor.has(Role::Judge));
    if judge { Menu::Judge } else { Menu::Staff }
}

pub(super) fn back(context: &Context, title: &str, to: &str, words: &str) -> Head {
    Head { back: Some((to.to_owned(), words.to_owned())), ..head(title, menu(context)) }
}

/// A typed reason: trimmed, long enough.
fn said(fields: &Fields, name: &str, form: &mut FormState, words: &str) -> Outcome<String> {
    let typed = fields.one(name)?.trim().to_owned();
    let length = typed.chars().count();
    if !(LEAST..=MOST).contains(&length) {
        form.refuse(name, words);
    }
    Ok(typed)
}

/// Mistakes as one sentence of a message.
fn told(t: Texts, mistakes: &[Mistake]) -> String {
    let one = |mistake: &Mistake| {
        let (title, text) = sentence(t, &mistake.what);
        format!("{title}. {text}")
    };
    mistakes.iter().take(3).map(one).collect::<Vec<_>>().join(" ")
}

/// `GET /author`.
pub async fn desk(context: Context) -> Answer {
    show_desk(&context, &FormState::default()).await
}

async fn show_desk(context: &Context, form: &FormState) -> Answer {
    let model = context.acting()?.content_desk(context.texts).await?;
    Ok(page(context, status(form), &head(context.texts.author_tab(), menu(context)), |t| pages::content_desk(t, &model, form)))
}

/// `POST /author`: settles a mark of review.
pub async fn settle(context: Context, fields: Fields) -> Answer {
    let acting = context.acting()?;
    let mut form = fields.typed(&[]);
    if fields.one("do")? != "settle" {
        return Err(Failure::BadRequest("do"));
    }
    let note = said(&fields, "note", &mut form, context.texts.author_settle_missing())?;
    if !form.errors.is_empty() {
        return show_desk(&context, &form).await;
    }
    acting.settle_mark(id(fields.one("mark")?)?, note).await?;
    Ok(see_other("/author"))
}

/// `GET /author/modules/{module}`.
pub async fn module(context: Context, Path(module): Path<String>) -> Answer {
    show_module(&context, &module, &FormState::default()).await
}

async fn show_module(context: &Context, module: &str, form: &FormState) -> Answer {
    let t = context.texts;
    let model = context.acting()?.content_module(module, t).await?;
    Ok(page(context, status(form), &back(context, t.author_tab(), "/author", t.author_title()), |t| pages::content_module(t, &model, form)))
}

/// `POST /author/modules/{module}`: begins a draft, withdraws, or says that a translation is still right.
pub async fn begin(context: Context, Path(module): Path<String>, fields: Fields) -> Answer {
    let t = context.texts;
    let acting = context.acting()?;
    let mut form = fields.typed(&[]);
    let path = fields.one("path")?;
    acting.in_module(&module, path).await?;
    let begun = match fields.one("do")? {
        "edit" => acting.edit(path, fields.one("item")?).await,
        "translate" => acting.translate(path).await,
        "follows" => return acting.still_follows(path).await.map(|()| see_other(&format!("/author/modules/{module}"))),
        "new-question" => acting.new_question(&module).await,
        what @ ("new-lesson" | "new-scenario") => {
            let title = fields.one("title")?.trim().to_owned();
            if title.is_empty() || title.chars().count() > 120 {
                form.refuse("title", t.author_new_title_missing());
                return show_module(&context, &module, &form).await;
            }
            if what == "new-lesson" { acting.new_lesson(&module, &title).await } else { acting.new_scenario(&module, &title).await }
        }
        "withdraw" => return withdraw(&context, &module, path, &fields, form).await,
        _ => return Err(Failure::BadRequest("do")),
    };
    match begun {
        Ok(draft) => Ok(see_other(&format!("/author/drafts/{draft}"))),
        Err(Failure::Conflict) => {
            form.refuse("title", t.author_there());
            show_module(&context, &module, &form).await
        }
        Err(other) => Err(other),
    }
}

async fn withdraw(context: &Context, module: &str, path: &str, fields: &Fields, mut form: FormState) -> Answer {
    let t = context.texts;
    let reason = said(fields, "reason", &mut form, t.author_withdraw_missing())?;
    if form.errors.is_empty() {
        match context.acting()?.withdraw(path, reason).await? {
            Ok(()) => return Ok(see_other(&format!("/author/modules/{module}"))),
            Err(mistakes) => form.refuse("", t.author_withdraw_needed(told(t, &mistakes))),
        }
    }
    show_module(context, module, &form).await
}

/// `GET /author/drafts/{id}/compare`.
pub async fn compare(context: Context, Path(draft): Path<String>) -> Answer {
    let t = context.texts;
    let draft: DraftId = id(&draft)?;
    let model = context.acting()?.compare(draft, t).await?;
    let head = back(&context, t.author_compare_title(), &format!("/author/drafts/{draft}"), t.author_tab());
    Ok(page(&context, StatusCode::OK, &head, |t| pages::compare(t, &model)))
}

/// `GET /author/drafts/{id}/review`.
pub async fn review(context: Context, Path(draft): Path<String>) -> Answer {
    show_review(&context, id(&draft)?, &FormState::default()).await
}

async fn show_review(context: &Context, draft: DraftId, form: &FormState) -> Answer {
    let t = context.texts;
    let model = context.acting()?.review_page(draft, t).await?;
    Ok(page(context, status(form), &back(context, t.author_review_title(), "/author", t.author_title()), |t| {
        pages::review(t, &model, form)
    }))
}

/// `POST /author/drafts/{id}/review`.
pub async fn decide(context: Context, Path(draft): Path<String>, fields: Fields) -> Answer {
    let t = context.texts;
    let draft: DraftId = id(&draft)?;
    let mut form = fields.typed(&[]);
    let here = format!("/author/drafts/{draft}/review");
    let acting = context.acting()?;
    let done = match fields.one("do")? {
        "publish" => match acting.publish_draft(draft).await {
            Ok(Published::Done) => Ok(()),
            Ok(Published::Overtaken) => {
                form.refuse("", t.author_overtaken_review());
                Ok(())
            }
            Ok(Published::Mistakes(mistakes)) => {
                form.refuse("", t.author_mistakes(told(t, &mistakes)));
                Ok(())
            }
            Err(other) => Err(other),
        },
        "return" => {
            let why = said(&fields, "why", &mut form, t.author_why_missing())?;
            if form.errors.is_empty() { acting.return_draft(draft, why).await } else { Ok(()) }
        }
        "accept" => {
            let reason = said(&fields, "reason", &mut form, t.author_accept_missing())?;
            if form.errors.is_empty() { acting.accept_reference(draft, fields.one("norm")?, reason).await } else { Ok(()) }
        }
        "drop" => acting.drop_draft(draft).await,
        _ => return Err(Failure::BadRequest("do")),
    };
    match done {
        Ok(()) if form.errors.is_empty() => Ok(see_other(&here)),
        Ok(()) => show_review(&context, draft, &form).await,
        Err(Failure::Conflict) => {
            form.refuse("", t.author_gone());
            show_review(&context, draft, &form).await
        }
        Err(other) => Err(other),
    }
}

/// What is searched.
#[derive(Debug, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
    marked: Option<usize>,
}

/// `GET /author/norms`.
pub async fn norms(context: Context, Query(search): Query<Search>) -> Answer {
    show_norms(&context, search.q.trim(), search.marked, &FormState::default()).await
}

async fn show_norms(context: &Context, query: &str, marked: Option<usize>, form: &FormState) -> Answer {
    let t = context.texts;
    let query: String = query.chars().filter(|c| *c != '\0').take(200).collect();
    let model = context.acting()?.norms_page(&query, marked, t).await?;
    Ok(page(context, status(form), &back(context, t.author_norms_tab(), "/author", t.author_title()), |t| pages::norms(t, &model, form)))
}

/// `POST /author/norms`: marks what cites a norm.
pub async fn mark(context: Context, fields: Fields) -> Answer {
    let acting = context.acting()?;
    let mut form = fields.typed(&[]);
    let norm = fields.one("norm")?.trim().to_owned();
    let note = said(&fields, "note", &mut form, context.texts.author_mark_missing())?;
    if norm.is_empty() || norm.chars().count() > 200 || !form.errors.is_empty() {
        return show_norms(&context, &norm, None, &form).await;
    }
    let count = acting.mark_norm(&norm, note).await?;
    let query = percent_encoding::utf8_percent_encode(&norm, percent_encoding::NON_ALPHANUMERIC);
    Ok(see_other(&format!("/author/norms?q={query}&marked={count}")))
}
