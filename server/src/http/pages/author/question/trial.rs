//! The question as a trainee meets it: drawn, answered, marked and told by the functions of the real attempt.

use super::super::Place;
use super::kinds;
use crate::http::fields::Fields;
use crate::http::pages::{judge, trainee};
use crate::services::assessment::kinds::{self as types, Asked};
use crate::services::assessment::pages::{critical_words, hundredths, reread_link};
use app::features::assessment::CriterionRow;
use app::features::authoring::question::{QuestionForm, Trial, TrialOutcome};
use app::features::form::FormState;
use app::texts::Texts;
use domain::assessment::answer::{Answer, Mark};
use domain::assessment::question::{AuthoredQuestion, QuestionKind, case};
use domain::assessment::result::ItemMark;
use domain::assessment::score::Score;
use domain::ids::AttemptId;
use uuid::Uuid;

/// The question as typed, with what was answered; its outcome after `do=try`.
pub(super) fn trial(form: &QuestionForm, fields: Option<&Fields>, place: &Place<'_>, t: Texts) -> Trial {
    let question = kinds::question(form, place, &mut FormState::default(), t);
    let answer = fields.and_then(|fields| answered(&question, fields)).unwrap_or_default();
    let tries = fields.filter(|fields| fields.all("do").any(|doing| doing == "try"));
    let language = t.language();
    let marks = fields.into_iter().flat_map(Fields::pairs).filter(|(name, _)| name.starts_with("r-") || name.starts_with("k-"));
    let level = |l: &domain::assessment::question::Level| (l.points, l.text.get(language).to_owned());
    let criterion = |c: &domain::assessment::question::Criterion| CriterionRow {
        id: c.id.clone(),
        title: c.title.get(language).to_owned(),
        levels: c.levels.iter().map(level).collect(),
        chosen: None,
    };
    let order = shown_order(&question);
    let asked = Asked { shown: &question.question(&order), authored: &question, order: &order, answer: &answer, t };
    Trial {
        prompt: question.prompt.get(language).to_owned(),
        input: (types::of(question.kind).input)(&asked),
        outcome: tries.map(|fields| outcome(&question, &answer, fields, place, t)),
        rubric: question.rubric.iter().map(criterion).collect(),
        lines: question.critical_lines.iter().map(|l| (l.id.clone(), l.text.get(language).to_owned())).collect(),
        marked: FormState { values: marks.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(), errors: Vec::new() },
    }
}

/// The answer in the shape of the real one; none where an option was taken out meanwhile.
fn answered(question: &AuthoredQuestion, fields: &Fields) -> Option<Answer> {
    let given = trainee::given(fields, AttemptId(Uuid::nil()), 0, 0).ok()?;
    (types::of(question.kind).shape)(question, &shown_order(question), &given).ok()
}

/// The options as the author sees them: as written, but the steps of an order turned round, which would else be the answer.
fn shown_order(question: &AuthoredQuestion) -> Vec<String> {
    let ids = question.options.iter().map(|o| o.id.clone());
    if question.kind == QuestionKind::Ordering { ids.rev().collect() } else { ids.collect() }
}

fn outcome(question: &AuthoredQuestion, answer: &Answer, fields: &Fields, place: &Place<'_>, t: Texts) -> TrialOutcome {
    // Whatever else is missing does not matter: what cannot be scored says so itself.
    let Ok(marked) = ItemMark::of_answer(question, answer) else { return TrialOutcome::Unfinished };
    let told = |mark: &ItemMark| mark.critical.iter().map(|failure| critical_words(question, failure, t)).collect::<Vec<_>>();
    if marked.mark == Mark::NeedsReview {
        let graded = judge::given(fields).ok().and_then(|given| ItemMark::of_rubric(question, &given).ok());
        let score = graded.as_ref().and_then(|mark| mark.mark.score());
        return TrialOutcome::ForAJudge {
            words: if let Answer::Text(text) = answer { case::words(text) } else { 0 },
            points: score.map(|score| hundredths(score, question.points)),
            critical: graded.as_ref().map(told).unwrap_or_default(),
        };
    }
    let score = marked.mark.score().unwrap_or(Score::ZERO);
    let right = score == Score::whole(question.points);
    let order = shown_order(question);
    TrialOutcome::Scored {
        row: types::feedback_row(&Asked { shown: &question.question(&order), authored: question, order: &order, answer, t }, right),
        points: hundredths(score, question.points),
        critical: (u32::from(question.is_critical_item()), told(&marked)),
        reread: if right { None } else { reread_link(place.programme, question, t) },
    }
}
