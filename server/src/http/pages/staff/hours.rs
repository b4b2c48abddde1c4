//! The staff desk: adjustments of hours, doubtful evidence, disputes.

use super::super::{Answer, head, id, status};
use crate::failure::{Failure, Outcome};
use crate::http::context::Context;
use crate::http::fields::Fields;
use crate::http::render::{page, see_other};
use crate::services::hours::adjust::NewAdjustment;
use app::features::form::FormState;
use app::format::duration;
use app::pages::staff;
use app::texts::Texts;
use app::ui::frame::{Head, Menu};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::hours::adjustment::Refused;
use domain::hours::dispute;
use domain::ids::{AdjustmentId, CheckpointId, ClaimId, DisputeId, EnrolmentId, LessonId, ReasonId};
use domain::time::Seconds;

async fn show_adjust(context: &Context, enrolment: EnrolmentId, form: &FormState) -> Answer {
    let model = context.acting()?.adjust_page(enrolment, context.texts).await?;
    let back = Some((format!("/staff/enrolments/{enrolment}"), model.name.clone()));
    let head = Head { back, ..head(context.texts.adjust_title(), Menu::Staff) };
    Ok(page(context, status(form), &head, |t| staff::adjust(t, &model, form)))
}

/// `GET /staff/enrolments/{id}/hours`.
pub async fn adjustments(context: Context, Path(enrolment): Path<String>) -> Answer {
    show_adjust(&context, id(&enrolment)?, &FormState::default()).await
}

/// `POST /staff/enrolments/{id}/hours`: proposes, approves or declines.
pub async fn adjust(context: Context, Path(enrolment): Path<String>, fields: Fields) -> Answer {
    let enrolment: EnrolmentId = id(&enrolment)?;
    context.acting()?;
    let mut form = fields.typed(&[]);
    let is_done = match fields.one("action")? {
        "propose" => propose(&context, enrolment, &fields, &mut form).await?,
        "approve" => decide(&context, enrolment, true, &fields, &mut form).await?,
        "decline" => decide(&context, enrolment, false, &fields, &mut form).await?,
        _ => return Err(Failure::BadRequest("action")),
    };
    if is_done { Ok(see_other(&format!("/staff/enrolments/{enrolment}/hours"))) } else { show_adjust(&context, enrolment, &form).await }
}

async fn propose(context: &Context, enrolment: EnrolmentId, fields: &Fields, form: &mut FormState) -> Outcome<bool> {
    let t = context.texts;
    let new = amount(fields, form, t)?;
    let reason = dispute::text(fields.one("reason")?);
    if reason.is_none() {
        form.refuse("reason", t.adjust_reason_wrong());
    }
    let (Some(new), Some(reason), true) = (new, reason, form.errors.is_empty()) else { return Ok(false) };
    match context.acting()?.propose_adjustment(enrolment, NewAdjustment { reason, ..new }).await? {
        Ok(_) => Ok(true),
        Err(why) => {
            refuse(form, why, t);
            Ok(false)
        }
    }
}

async fn decide(context: &Context, enrolment: EnrolmentId, granted: bool, fields: &Fields, form: &mut FormState) -> Outcome<bool> {
    let t = context.texts;
    let adjustment = fields.one("adjustment")?.parse::<AdjustmentId>().ok();
    if adjustment.is_none() {
        form.refuse("adjustment", t.adjust_choose());
    }
    let typed = fields.one("why")?;
    let why = dispute::text(typed);
    if why.is_none() && !(granted && typed.trim().is_empty()) {
        form.refuse("why", t.adjust_why_wrong());
    }
    let Some(adjustment) = adjustment.filter(|_| form.errors.is_empty()) else { return Ok(false) };
    match context.acting()?.decide_adjustment(enrolment, adjustment, granted, why).await? {
        Ok(()) => Ok(true),
        Err(why) => {
            // These fields are of the other form on the page.
            let mut about = FormState::default();
            refuse(&mut about, why, t);
            about.errors.into_iter().for_each(|error| form.refuse("adjustment", error.message));
            Ok(false)
        }
    }
}

/// How much in which lesson; with messages for what does not fit. The reason stays empty.
pub(super) fn amount(fields: &Fields, form: &mut FormState, t: Texts) -> Outcome<Option<NewAdjustment>> {
    let key = fields.one("key")?.parse::<AdjustmentId>().map_err(|_| Failure::BadRequest("key"))?;
    let lesson = fields.one("lesson")?;
    if lesson.is_empty() {
        form.refuse("lesson", t.adjust_lesson_missing());
    }
    let sign = match fields.one("sign")? {
        "more" => Some(1),
        "less" => Some(-1),
        _ => {
            form.refuse("sign", t.adjust_sign_missing());
            None
        }
    };
    let minutes = fields.one("minutes")?.trim().parse::<i64>().ok().filter(|m| (1..=9999).contains(m));
    if minutes.is_none() {
        form.refuse("minutes", t.adjust_minutes_wrong());
    }
    let seconds = sign.zip(minutes).map(|(sign, minutes)| Seconds::from_minutes(sign * minutes));
    let new = |seconds| NewAdjustment { id: key, lesson: LessonId::from(lesson), seconds, reason: String::new() };
    Ok(seconds.filter(|_| !lesson.is_empty()).map(new))
}

/// Why the rules do not allow an adjustment, at the field that can be mended.
pub(super) fn refuse(form: &mut FormState, why: Refused, t: Texts) {
    let (field, words) = match why {
        Refused::NotMinutes => ("minutes", t.adjust_minutes_wrong().to_owned()),
        Refused::TooMuch { left } => ("minutes", t.adjust_too_much(duration(left))),
        Refused::BelowZero { most } => ("minutes", t.adjust_below_zero(duration(most))),
        Refused::BeyondLesson { most } => ("minutes", t.adjust_beyond(duration(most))),
        Refused::Own => ("", t.adjust_own().to_owned()),
        Refused::SamePerson => ("", t.adjust_same().to_owned()),
    };
    form.refuse(field, words);
}

/// `GET /staff/evidence`.
pub async fn evidence(context: Context) -> Answer {
    let model = context.acting()?.evidence_queue(context.texts).await?;
    Ok(page(&context, StatusCode::OK, &head(context.texts.evidence_title(), Menu::Staff), |t| staff::evidence(t, &model)))
}

/// `POST /staff/evidence`: a checkpoint was looked at.
pub async fn seen(context: Context, fields: Fields) -> Answer {
    let acting = context.acting()?;
    if fields.one("action")? != "seen" {
        return Err(Failure::BadRequest("action"));
    }
    let tries = fields.one("tries")?.parse().map_err(|_| Failure::BadRequest("tries"))?;
    let checkpoint = CheckpointId::from(fields.one("checkpoint")?);
    acting.mark_seen(id(fields.one("enrolment")?)?, checkpoint, tries).await?;
    Ok(see_other("/staff/evidence"))
}

async fn show_doubt(context: &Context, claim: ClaimId, form: &FormState) -> Answer {
    let model = context.acting()?.doubt_page(claim, context.texts).await?;
    let back = Some(("/staff/evidence".to_owned(), context.texts.evidence_title().to_owned()));
    let head = Head { back, ..head(context.texts.evidence_claims(), Menu::Staff) };
    Ok(page(context, status(form), &head, |t| staff::doubt(t, &model, form)))
}

/// `GET /staff/evidence/{id}`.
pub async fn doubt(context: Context, Path(claim): Path<String>) -> Answer {
    show_doubt(&context, id(&claim)?, &FormState::default()).await
}

/// `POST /staff/evidence/{id}`: accepts or declines the doubtful part.
pub async fn decide_doubt(context: Context, Path(claim): Path<String>, fields: Fields) -> Answer {
    let (claim, t): (ClaimId, Texts) = (id(&claim)?, context.texts);
    let mut form = fields.typed(&[]);
    let accepted = match fields.one("decision")? {
        "accept" => Some(true),
        "decline" => Some(false),
        _ => {
            form.refuse("decision", t.evidence_decision_missing());
            None
        }
    };
    let reason = dispute::text(fields.one("reason")?);
    if reason.is_none() {
        form.refuse("reason", t.adjust_reason_wrong());
    }
    let Some((accepted, reason)) = accepted.zip(reason) else { return show_doubt(&context, claim, &form).await };
    context.acting()?.decide_claim(claim, accepted, reason).await?;
    Ok(see_other("/staff/evidence"))
}

async fn show_reason(context: &Context, reason: ReasonId, form: &FormState) -> Answer {
    let model = context.acting()?.reason_page(reason).await?;
    let back = Some((format!("/staff/enrolments/{}/hours", model.enrolment), context.texts.adjust_title().to_owned()));
    let head = Head { back, ..head(context.texts.reason_title(), Menu::Staff) };
    Ok(page(context, status(form), &head, |t| staff::reason(t, &model, form)))
}

/// `GET /staff/reasons/{id}`.
pub async fn reason(context: Context, Path(reason): Path<String>) -> Answer {
    show_reason(&context, id(&reason)?, &FormState::default()).await
}

/// `POST /staff/reasons/{id}`: takes the text away.
pub async fn erase_reason(context: Context, Path(reason): Path<String>, fields: Fields) -> Answer {
    let reason: ReasonId = id(&reason)?;
    context.acting()?;
    let mut form = fields.typed(&[]);
    let Some(why) = dispute::text(fields.one("reason")?) else {
        form.refuse("reason", context.texts.adjust_reason_wrong());
        return show_reason(&context, reason, &form).await;
    };
    context.acting()?.erase_reason(reason, why).await?;
    Ok(see_other(&format!("/staff/reasons/{reason}")))
}

/// `GET /staff/disputes`.
pub async fn disputes(context: Context) -> Answer {
    let model = context.acting()?.dispute_queue().await?;
    let back = Some(("/staff/evidence".to_owned(), context.texts.evidence_title().to_owned()));
    let head = Head { back, ..head(context.texts.disputes_title(), Menu::Staff) };
    Ok(page(&context, StatusCode::OK, &head, |t| staff::disputes(t, &model)))
}

async fn show_dispute(context: &Context, dispute: DisputeId, form: &FormState) -> Answer {
    let model = context.acting()?.dispute_desk(dispute, context.texts).await?;
    let back = Some(("/staff/disputes".to_owned(), context.texts.disputes_title().to_owned()));
    let head = Head { back, ..head(context.texts.dispute_desk_title(), Menu::Staff) };
    Ok(page(context, status(form), &head, |t| staff::dispute_desk(t, &model, form)))
}

/// `GET /staff/disputes/{id}`.
pub async fn dispute(context: Context, Path(dispute): Path<String>) -> Answer {
    show_dispute(&context, id(&dispute)?, &FormState::default()).await
}

/// `POST /staff/disputes/{id}`: answers, and adjusts when minutes are given.
pub async fn answer(context: Context, Path(dispute): Path<String>, fields: Fields) -> Answer {
    let (dispute, t): (DisputeId, Texts) = (id(&dispute)?, context.texts);
    let mut form = fields.typed(&[]);
    let text = dispute::text(fields.one("text")?);
    if text.is_none() {
        form.refuse("text", t.dispute_answer_wrong());
    }
    // The lesson of the entry is chosen beforehand: alone it adjusts nothing.
    let adjusts = !(fields.one("sign")?.is_empty() && fields.one("minutes")?.trim().is_empty());
    let adjustment = if adjusts { amount(&fields, &mut form, t)? } else { None };
    let Some(text) = text.filter(|_| form.errors.is_empty()) else { return show_dispute(&context, dispute, &form).await };
    match context.acting()?.answer_dispute(dispute, text, adjustment).await? {
        Ok(()) => Ok(see_other("/staff/disputes")),
        Err(why) => {
            refuse(&mut form, why, t);
            show_dispute(&context, dispute, &form).await
        }
    }
}
