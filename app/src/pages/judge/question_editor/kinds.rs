//! The types of question in the form: each its name, its hint and its fields. What was typed for another type is carried
//! along unseen, so that trying a type out loses nothing.

use super::super::editor::{Desk, LINE};
use super::{both, rubric};
use crate::features::authoring::question::{OptionRow, QuestionForm};
use crate::texts::Texts;
use crate::ui::field;
use domain::assessment::question::QuestionKind;
use leptos::prelude::*;

/// How a type is called.
pub(super) fn name(t: Texts, kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::SingleChoice => t.question_single(),
        QuestionKind::MultipleChoice => t.question_multiple(),
        QuestionKind::TrueFalse => t.question_truth(),
        QuestionKind::ShortAnswer => t.question_short(),
        QuestionKind::Numeric => t.question_numeric(),
        QuestionKind::Matching => t.question_matching(),
        QuestionKind::Ordering => t.question_ordering(),
        QuestionKind::Case => t.question_case(),
    }
}

/// How a type is answered and scored.
pub(super) fn hint(t: Texts, kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::SingleChoice => t.question_single_hint(),
        QuestionKind::MultipleChoice => t.question_multiple_hint(),
        QuestionKind::TrueFalse => t.question_truth_hint(),
        QuestionKind::ShortAnswer => t.question_short_hint(),
        QuestionKind::Numeric => t.question_numeric_hint(),
        QuestionKind::Matching => t.question_matching_hint(),
        QuestionKind::Ordering => t.question_ordering_hint(),
        QuestionKind::Case => t.question_case_hint(),
    }
}

/// Where its points come from.
pub(super) fn points_hint(t: Texts, kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Case => t.question_points_case_hint(),
        _ => t.question_points_hint(),
    }
}

/// The fields of the type that is chosen.
pub(super) fn fields(desk: Desk<'_>, form: &QuestionForm) -> AnyView {
    let (shown, unseen) = match form.kind {
        QuestionKind::SingleChoice => (options(desk, form, "radio", true), rubric_fields(form)),
        QuestionKind::MultipleChoice => (options(desk, form, "checkbox", true), rubric_fields(form)),
        QuestionKind::TrueFalse => {
            let further =
                option_fields(form).into_iter().filter(|(name, _)| !name.starts_with("option-1-") && !name.starts_with("option-2-"));
            (options(desk, form, "radio", false), rubric_fields(form).into_iter().chain(further).collect())
        }
        QuestionKind::ShortAnswer | QuestionKind::Numeric | QuestionKind::Matching | QuestionKind::Ordering => {
            (().into_any(), option_fields(form))
        }
        QuestionKind::Case => (rubric::rubric(desk, form), option_fields(form)),
    };
    let unseen: Vec<AnyView> = unseen.into_iter().map(|(name, value)| field::hidden(name, value)).collect();
    view! { {shown}{unseen} }.into_any()
}

/// The fields of the rubric, for a type that shows none.
fn rubric_fields(form: &QuestionForm) -> Vec<(String, String)> {
    let is_rubric = |name: &str| name.starts_with("criterion-") || name.starts_with("line-") || name == "minimum-words";
    form.fields().into_iter().filter(|(name, _)| is_rubric(name)).collect()
}

/// The fields of the options, for a type that shows none.
fn option_fields(form: &QuestionForm) -> Vec<(String, String)> {
    form.fields().into_iter().filter(|(name, _)| name.starts_with("option-")).collect()
}

/// The options of a choice; `free` where rows come and go.
fn options(desk: Desk<'_>, form: &QuestionForm, kind: &'static str, free: bool) -> AnyView {
    let t = desk.t;
    let shown = if free { form.options.len() } else { 2 };
    let rows = form.options.iter().zip(1..).take(shown).map(|(row, n)| option(desk, row, n, kind, free)).collect_view();
    let next = format!("option-{}-text-es", form.options.len() + 1);
    let error = desk.form.error("right").map(|words| view! { <p class="error">{words}</p> });
    view! {
        <section class="stack" aria-labelledby="right">
            <h2 id="right" tabindex="-1">{t.question_options()}</h2>
            <p class="hint">{t.question_options_hint()}</p>
            {error}{rows}
            {free.then(|| desk.add("option", &next, t.question_option_add()))}
        </section>
    }
    .into_any()
}

fn option(desk: Desk<'_>, row: &OptionRow, n: usize, kind: &'static str, free: bool) -> AnyView {
    let t = desk.t;
    let name = |part: &str| format!("option-{n}-{part}");
    let remove = free.then(|| desk.remove(&format!("option-{n}"), "right", t.question_option_remove(n)));
    view! {
        <fieldset class="card stack"><legend>{t.question_option(n)}</legend>
            {field::hidden(name("id"), row.id.clone())}
            {both(desk, &[
                (&name("text"), t.question_option_text(), "", LINE),
                (&name("feedback"), t.question_feedback(), t.question_feedback_hint(), LINE),
            ])}
            {desk.tick(kind, ("right", &n.to_string()), t.question_right(), "", row.right)}
            {desk.tick("checkbox", (&name("critical"), "yes"), t.question_option_critical(), t.question_option_critical_hint(), row.critical)}
            {remove}
        </fieldset>
    }
    .into_any()
}
