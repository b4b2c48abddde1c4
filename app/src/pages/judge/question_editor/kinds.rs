//! The types of question in the form: each its name, its hint and its fields. What was typed for another type is carried
//! along unseen, so that trying a type out loses nothing.

use super::super::editor::{Desk, LINE};
use super::{answers, both, entries, rubric};
use crate::features::authoring::question::{OptionRow, QuestionForm};
use crate::texts::Texts;
use crate::ui::field;
use domain::assessment::question::{Content, QuestionKind};
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
    let shown = match form.kind {
        QuestionKind::SingleChoice => options(desk, form, "radio", true),
        QuestionKind::MultipleChoice => options(desk, form, "checkbox", true),
        QuestionKind::TrueFalse => options(desk, form, "radio", false),
        QuestionKind::ShortAnswer => answers::accepted(desk, form),
        QuestionKind::Numeric => answers::numbers(desk, form),
        QuestionKind::Matching => entries::matching(desk, form),
        QuestionKind::Ordering => entries::ordering(desk, form),
        QuestionKind::Case => rubric::rubric(desk, form),
    };
    let explanation = is_explained(form).then(|| answers::explanation(desk));
    let unseen = form.fields().into_iter().filter(|(name, _)| is_of_a_type(name) && !is_shown(form, name));
    let unseen: Vec<AnyView> = unseen.map(|(name, value)| field::hidden(name, value)).collect();
    view! { {shown}{explanation}{unseen} }.into_any()
}

/// Whether the explanation is shown: where it belongs, and wherever an answer is scored and there is one.
fn is_explained(form: &QuestionForm) -> bool {
    let rules = form.kind.rules();
    rules.content.contains(&Content::Explanation) || (!rules.is_judged && !form.explanation.is_blank())
}

/// Beginnings of the names of fields that some types have and others do not.
const OF_A_TYPE: [&str; 9] = ["right", "option-", "accepted-", "number-", "unit", "pair-", "explanation-", "criterion-", "line-"];

fn is_of_a_type(name: &str) -> bool {
    name == "minimum-words" || OF_A_TYPE.iter().any(|start| name.starts_with(start))
}

/// Whether the form shows the field `name`, which belongs to some types.
fn is_shown(form: &QuestionForm, name: &str) -> bool {
    let begins = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
    let is_text = || name.starts_with("option-") && (name.ends_with("-id") || name.contains("-text-"));
    let shown = match form.kind {
        QuestionKind::SingleChoice | QuestionKind::MultipleChoice => begins(&["right", "option-"]),
        QuestionKind::TrueFalse => begins(&["right", "option-1-", "option-2-"]),
        QuestionKind::ShortAnswer => begins(&["accepted-"]),
        QuestionKind::Numeric => begins(&["number-", "unit"]),
        QuestionKind::Matching => is_text() || begins(&["pair-"]),
        QuestionKind::Ordering => is_text(),
        QuestionKind::Case => name == "minimum-words" || begins(&["criterion-", "line-"]),
    };
    shown || (is_explained(form) && begins(&["explanation-"]))
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
