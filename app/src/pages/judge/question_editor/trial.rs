//! The question as a trainee sees it, by the pieces of her own pages: the author answers it and reads what she would.

use super::super::editor::Desk;
use super::super::grading_task;
use crate::features::authoring::question::{QuestionEditor, Trial, TrialOutcome};
use crate::features::form::FormState;
use crate::pages::trainee::attempt;
use crate::pages::trainee::result::released;
use crate::texts::Texts;
use crate::ui::{desk, icon, message};
use leptos::prelude::*;

/// The preview, with its button to answer.
pub(super) fn trial(desk: Desk<'_>, model: &QuestionEditor) -> AnyView {
    let (t, trial) = (desk.t, &model.trial);
    let empty = FormState::default();
    view! {
        <section class="stack stick" aria-labelledby="prueba">
            <h2 id="prueba" tabindex="-1">{t.question_trial()}</h2>
            <p class="hint">{t.question_trial_hint()}</p>
            {trial.outcome.as_ref().map(|outcome| self::outcome(t, outcome))}
            <div class="card stack">{attempt::question(t, &trial.prompt, &trial.input, &empty)}</div>
            {marking(t, trial)}
            <p>{desk.again("btn alt full", "", ("try".to_owned(), "prueba"), t.question_try())}</p>
        </section>
    }
    .into_any()
}

/// The rubric as its graders see it.
fn marking(t: Texts, trial: &Trial) -> Option<AnyView> {
    (!trial.rubric.is_empty()).then(|| {
        let lines: Vec<_> = trial.lines.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let open = trial.outcome.is_some();
        view! {
            <details class="fold" open=open><summary>{t.question_trial_rubric()}</summary>
                <div class="stack">{grading_task::criteria(t, &trial.rubric, &lines, &trial.marked)}</div>
            </details>
        }
        .into_any()
    })
}

fn outcome(t: Texts, outcome: &TrialOutcome) -> AnyView {
    match outcome {
        TrialOutcome::Scored { row, points, critical, reread, .. } => view! {
            {message::alert("info", "info", score(t, *points), t.question_trial_scored())}
            {released::critical_line(t, &critical.1, critical.0)}
            <ul class="items">{released::answer(t, row)}
                {reread.clone().map(|(href, title)| view! { <li>{icon("book")}<b>{t.result_reread()}</b><span><a href=href>{title}</a></span></li> })}
            </ul>
        }
        .into_any(),
        TrialOutcome::ForAJudge { words, points, critical } => {
            let title = points.map_or_else(|| t.grading_words(desk::count(*words)), |points| score(t, points));
            let failed = u32::try_from(critical.len()).unwrap_or(u32::MAX);
            view! { {message::alert("info", "info", title, t.question_trial_judge())}{released::critical_line(t, critical, failed)} }.into_any()
        }
        TrialOutcome::Unfinished => message::alert("warn", "warn", t.question_trial_unfinished(), t.question_trial_unfinished_text()),
    }
}

fn score(t: Texts, (got, possible): (i64, i64)) -> String {
    t.result_points(released::points(got), released::points(possible))
}
