//! Before handing in: what is unanswered, what she marked, and the button.

use super::{count, listed, numbers, questions};
use crate::features::assessment::AttemptReview;
use crate::features::form::FormState;
use crate::format;
use crate::texts::Texts;
use crate::ui::{form as forms, message};
use leptos::prelude::*;

/// The page at `/attempts/{id}/review`.
#[must_use]
pub fn review(t: Texts, model: &AttemptReview, form: &FormState) -> AnyView {
    let (open, flagged) = (numbers(&model.items, |item| !item.answered), numbers(&model.items, |item| item.flagged));
    let back = open.first().or(flagged.first()).copied().unwrap_or(model.items.len().max(1));
    view! {
        <div class="wrap read stack">
            <p class="meta"><b>{model.title.clone()}</b></p>
            <h1>{t.handin_title()}<span class="lead">{deadline(t, model)}</span></h1>
            {forms::summary(t, form)}
            {state(t, &open)}
            {marked(t, &flagged)}
            <nav class="stack" aria-label=t.attempt_all()>
                {questions(t, model.attempt, &model.items, None)}
                <p class="key"><span>{t.attempt_key_answered()}</span><span>{t.attempt_key_flagged()}</span></p>
            </nav>
            <form class="row" method="post" action=format!("/attempts/{}/review", model.attempt)>
                <button class="btn">{t.handin_submit()}</button>
                <a class="btn alt" href=format!("/attempts/{}/{back}", model.attempt)>{t.handin_back(back)}</a>
            </form>
        </div>
    }
    .into_any()
}

fn deadline(t: Texts, model: &AttemptReview) -> String {
    t.handin_deadline(format::weekday(t, model.deadline.date()), format::clock(t, model.deadline))
}

fn state(t: Texts, open: &[usize]) -> AnyView {
    if open.is_empty() {
        message::alert("ok", "check", t.handin_all(), t.handin_all_text())
    } else {
        message::alert("warn", "warn", t.handin_left(count(open.len()), listed(open)), t.handin_left_text())
    }
}

fn marked(t: Texts, flagged: &[usize]) -> Option<AnyView> {
    (!flagged.is_empty()).then(|| view! { <p>{t.handin_flagged(count(flagged.len()), listed(flagged))}</p> }.into_any())
}
