//! What the pages of evaluations show.

use super::Sitting;
use super::answers::answer_of;
use super::kinds::{self, Asked};
use super::result::{Stored, stored};
use super::start::may;
use crate::clock::{local, zone};
use crate::failure::{Failure, Outcome};
use crate::persistence::entities::release;
use crate::persistence::query;
use crate::services::enrolment::{Enrolment, lesson_number};
use crate::services::record::Record;
use crate::services::study::pages::part_address;
use crate::services::{Acting, Services};
use app::features::assessment::{
    AttemptItem, AttemptReview, Barrier, EvaluationRow, Evaluations, ItemState, ObjectiveRow, Outcome as Shown, ResultPage,
};
use app::texts::Texts;
use chrono_tz::Tz;
use domain::assessment::answer::{Answer, CriticalFailure, Mark, mark};
use domain::assessment::attempt::AttemptStatus;
use domain::assessment::attempt::start::{StartRefused, opening_time};
use domain::assessment::question::AuthoredQuestion;
use domain::assessment::score::Score;
use domain::curriculum::{Evaluation, FeedbackPolicy, Module, Programme};
use domain::ids::AttemptId;
use domain::time::Instant;
use sea_orm::EntityTrait as _;

/// Items that got an answer after the deadline and its grace.
const LATE: &str = "SELECT count(DISTINCT item) AS n FROM answer WHERE attempt_id = $1 AND late = TRUE";

impl Services {
    /// Why the form should show a saved answer again: it cannot be read as what is asked.
    ///
    /// # Errors
    /// `NotFound`; `Database`.
    pub async fn doubt(&self, sitting: &Sitting, position: usize, t: Texts) -> Outcome<Option<String>> {
        let question = self.item(sitting, position).await?;
        let saved = sitting.answers.get(&i64::try_from(position).unwrap_or_default());
        let answer = saved.map(answer_of).transpose()?.unwrap_or(Answer::Unanswered);
        Ok((kinds::of(question.kind).doubt)(&question, &answer, t))
    }
}

impl Acting<'_> {
    /// Every evaluation of her programme.
    ///
    /// # Errors
    /// `NotFound` without an enrolment; `Database`.
    pub async fn evaluations(&self, t: Texts) -> Outcome<Evaluations> {
        let (enrolment, record) = self.my_study().await?;
        let now = self.services.now();
        let modules = enrolment.programme.modules.iter().filter_map(|m| Some((m, m.evaluation.as_ref()?)));
        Ok(Evaluations { rows: modules.map(|(m, e)| evaluation_row(&enrolment, &record, m, e, now, t)).collect() })
    }

    /// One question of an attempt; handed in first when its time is over.
    ///
    /// # Errors
    /// `Conflict` when the attempt was handed in; `Forbidden`; `NotFound`; `Database`.
    pub async fn attempt_item(&self, id: AttemptId, position: usize, t: Texts) -> Outcome<AttemptItem> {
        let sitting = self.open_sitting(id).await?;
        let question = self.services.item(&sitting, position).await?;
        let order = sitting.paper.items.get(position).map(|i| i.option_order.clone()).unwrap_or_default();
        let number = i64::try_from(position).unwrap_or_default();
        let saved = sitting.answers.get(&number);
        let answer = saved.map(answer_of).transpose()?.unwrap_or(Answer::Unanswered);
        let zone = zone(&sitting.enrolment.programme.time_zone);
        let shown = question.question(&order);
        let asked = Asked { shown: &shown, authored: &question, order: &order, answer: &answer, t };
        Ok(AttemptItem {
            attempt: id,
            title: sitting.evaluation.title.get(t.language()).to_owned(),
            number: (u32::try_from(sitting.row.number).unwrap_or(1), sitting.evaluation.attempts),
            deadline: local(Instant(sitting.row.deadline), zone),
            minutes_left: Instant(sitting.row.deadline).since(self.services.now()).0.max(0) / 60,
            position: (position, sitting.paper.items.len()),
            prompt: question.prompt.get(t.language()).to_owned(),
            input: (kinds::of(question.kind).input)(&asked),
            version: saved.map_or(0, |row| row.version),
            saved_at: saved.map(|row| local(Instant(row.received_at), zone)),
            flagged: saved.is_some_and(|row| row.flagged),
            items: states(&sitting)?,
        })
    }

    /// The page before handing in.
    ///
    /// # Errors
    /// As [`Acting::attempt_item`].
    pub async fn attempt_review(&self, id: AttemptId, t: Texts) -> Outcome<AttemptReview> {
        let sitting = self.open_sitting(id).await?;
        Ok(AttemptReview {
            attempt: id,
            title: sitting.evaluation.title.get(t.language()).to_owned(),
            deadline: local(Instant(sitting.row.deadline), zone(&sitting.enrolment.programme.time_zone)),
            items: states(&sitting)?,
        })
    }

    async fn open_sitting(&self, id: AttemptId) -> Outcome<Sitting> {
        let sitting = self.own_sitting(id).await?;
        let closed = self.close_if_over(&sitting).await? || sitting.row.state != AttemptStatus::InProgress.name();
        if closed { Err(Failure::Conflict) } else { Ok(sitting) }
    }

    /// The result of an attempt.
    ///
    /// # Errors
    /// `Forbidden`; `NotFound`; `Database`.
    pub async fn result_page(&self, id: AttemptId, t: Texts) -> Outcome<ResultPage> {
        let mut sitting = self.own_sitting(id).await?;
        if self.close_if_over(&sitting).await? {
            sitting = self.own_sitting(id).await?;
        }
        let zone = zone(&sitting.enrolment.programme.time_zone);
        let record = self.services.record(self.services.database.read(), &sitting.enrolment).await?;
        let again = self.again(&sitting, &record);
        let released = release::Entity::find_by_id(id.0).one(self.services.database.read()).await?;
        let outcome = match (released, sitting.row.state.as_str()) {
            (_, "void") => Shown::Void(sitting.row.void_reason.clone().unwrap_or_default()),
            (Some(row), _) => self.released(&sitting, &stored(&row.result)?, again.is_some(), local(Instant(row.at), zone), t).await?,
            (None, _) => Shown::Waiting,
        };
        Ok(ResultPage {
            title: sitting.evaluation.title.get(t.language()).to_owned(),
            submitted: sitting.row.submitted_at.map(|at| local(Instant(at), zone)),
            ran_out: sitting.row.ran_out,
            late: query::number(self.services.database.read(), LATE, vec![id.0.into()]).await?,
            outcome,
            again: again.map(|at| local(at, zone)),
        })
    }

    /// From when another attempt is possible.
    fn again(&self, sitting: &Sitting, record: &Record) -> Option<Instant> {
        let (module, evaluation) = sitting.enrolment.programme.evaluation(&sitting.evaluation.id)?;
        let now = self.services.now();
        match may(&sitting.enrolment, record, module, evaluation, now) {
            Ok(()) => Some(now),
            Err(StartRefused::Wait { until }) => Some(until),
            Err(_) => None,
        }
    }

    async fn released(&self, sitting: &Sitting, stored: &Stored, repeatable: bool, at: chrono::NaiveDateTime, t: Texts) -> Outcome<Shown> {
        let result = &stored.result;
        let shows = sitting.evaluation.feedback == FeedbackPolicy::AfterSubmit && (result.passed || !repeatable);
        let (mut feedback, mut reread, mut critical) = (Vec::new(), Vec::new(), 0);
        for (position, item) in sitting.paper.items.iter().enumerate() {
            let question = self.services.catalogue.question(&self.services.database, &item.revision).await?;
            let number = i64::try_from(position).unwrap_or_default();
            let answer = sitting.answers.get(&number).map(answer_of).transpose()?.unwrap_or(Answer::Unanswered);
            critical += u32::from(question.is_critical_item());
            let right = mark(&question, &answer).ok().and_then(Mark::score) == Some(Score::whole(question.points));
            if question.kind.is_judged() {
                continue;
            }
            if !right {
                reread.extend(reread_link(&sitting.enrolment.programme, &question, t));
            }
            if shows {
                let (order, shown) = (&item.option_order, question.question(&item.option_order));
                feedback.push(kinds::feedback_row(&Asked { shown: &shown, authored: &question, order, answer: &answer, t }, right));
            }
        }
        reread.sort();
        reread.dedup();
        let names = |objective: &domain::ids::ObjectiveId| {
            let all = sitting.enrolment.programme.modules.iter().flat_map(|m| &m.objectives);
            all.into_iter().find(|o| &o.id == objective).map_or_else(|| objective.0.clone(), |o| o.text.get(t.language()).to_owned())
        };
        let mut critical_failed = Vec::new();
        for failure in &result.critical_failed {
            critical_failed.push(self.critical_words(sitting, failure, t).await?);
        }
        Ok(Shown::Released {
            grade: result.grade.hundredths(),
            pass: sitting.evaluation.graded.then_some(sitting.evaluation.pass),
            passed: result.passed,
            critical_failed,
            critical,
            objectives: result
                .objectives
                .iter()
                .map(|o| ObjectiveRow { text: names(&o.objective), points: hundredths(o.score, o.points) })
                .collect(),
            reread,
            feedback,
            comment: stored.comment.clone(),
            at,
        })
    }

    async fn critical_words(&self, sitting: &Sitting, failure: &CriticalFailure, t: Texts) -> Outcome<String> {
        let id = match failure {
            CriticalFailure::Question { question }
            | CriticalFailure::Option { question, .. }
            | CriticalFailure::Level { question, .. }
            | CriticalFailure::Line { question, .. } => question,
        };
        let Some(item) = sitting.paper.items.iter().find(|i| &i.question == id) else { return Ok(String::new()) };
        let question = self.services.catalogue.question(&self.services.database, &item.revision).await?;
        Ok(critical_words(&question, failure, t))
    }
}

/// What a critical failure is told with.
#[must_use]
pub fn critical_words(question: &AuthoredQuestion, failure: &CriticalFailure, t: Texts) -> String {
    let language = t.language();
    match failure {
        CriticalFailure::Line { line, .. } => {
            question.critical_lines.iter().find(|l| &l.id == line).map(|l| l.text.get(language).to_owned()).unwrap_or_default()
        }
        CriticalFailure::Option { option, .. } => question.option(option).map(|o| o.feedback.get(language).to_owned()).unwrap_or_default(),
        CriticalFailure::Level { criterion, .. } => {
            question.rubric.iter().find(|c| &c.id == criterion).map(|c| c.title.get(language).to_owned()).unwrap_or_default()
        }
        CriticalFailure::Question { .. } => question.prompt.get(language).to_owned(),
    }
}

/// Points got and possible, in whole hundredths of a point.
#[must_use]
pub fn hundredths(score: Score, points: u32) -> (i64, i64) {
    (score.numerator() * 100 / score.denominator(), i64::from(points) * 100)
}

/// Address and title of the part that a question says to read again.
#[must_use]
pub fn reread_link(programme: &Programme, question: &AuthoredQuestion, t: Texts) -> Option<(String, String)> {
    let reread = question.reread.as_ref()?;
    let (_, lesson) = programme.lesson(&reread.lesson)?;
    let position = lesson.parts.iter().position(|p| p.id == reread.part).unwrap_or_default();
    let title = lesson.parts.get(position).map_or_else(|| lesson.title.get(t.language()), |p| p.title.get(t.language()));
    Some((part_address(&lesson.id, position), format!("{} {title}", lesson_number(programme, &lesson.id))))
}

fn states(sitting: &Sitting) -> Outcome<Vec<ItemState>> {
    (0..sitting.paper.items.len())
        .map(|position| {
            let row = sitting.answers.get(&i64::try_from(position).unwrap_or_default());
            let answered = row.map(answer_of).transpose()?.is_some_and(|a| a != Answer::Unanswered);
            Ok(ItemState { answered, flagged: row.is_some_and(|r| r.flagged) })
        })
        .collect()
}

fn evaluation_row(
    enrolment: &Enrolment,
    record: &Record,
    module: &Module,
    evaluation: &Evaluation,
    now: Instant,
    t: Texts,
) -> EvaluationRow {
    let zone = zone(&enrolment.programme.time_zone);
    let attempts: Vec<_> = record.attempts.iter().filter(|a| a.evaluation == evaluation.id.0).collect();
    let refused = may(enrolment, record, module, evaluation, now).err();
    let results = attempts.iter().filter_map(|a| a.released.as_ref().map(|r| (format!("/attempts/{}/result", a.id), r.0, r.1)));
    EvaluationRow {
        id: evaluation.id.0.clone(),
        title: evaluation.title.get(t.language()).to_owned(),
        limit: evaluation.limit,
        questions: evaluation.draw.iter().map(|d| d.count).sum::<u32>() + u32::from(!evaluation.cases.is_empty()),
        attempts: (u32::try_from(attempts.iter().filter(|a| a.state != "void").count()).unwrap_or(u32::MAX), evaluation.attempts),
        pass: evaluation.graded.then_some(evaluation.pass),
        open: attempts.iter().find(|a| a.state == AttemptStatus::InProgress.name()).map(|a| AttemptId(a.id)),
        results: results.collect(),
        barrier: refused.and_then(|r| barrier(&r, record, enrolment, module, evaluation, zone)),
    }
}

/// A refusal in the words of the page; none for an open attempt.
#[must_use]
pub fn barrier(
    refused: &StartRefused,
    record: &Record,
    enrolment: &Enrolment,
    module: &Module,
    evaluation: &Evaluation,
    zone: Tz,
) -> Option<Barrier> {
    Some(match refused {
        StartRefused::InProgress { .. } => return None,
        StartRefused::AlreadyPassed { .. } => Barrier::Passed,
        StartRefused::AwaitingResult { .. } => Barrier::Waiting,
        StartRefused::NoAttemptsLeft { .. } | StartRefused::Closed { .. } => Barrier::NoneLeft,
        StartRefused::Wait { until } | StartRefused::NotBefore { opens: until } => Barrier::Wait { until: local(*until, zone) },
        StartRefused::NotYetOpen { .. } => {
            let progress = record.progress(&enrolment.programme);
            let position = enrolment.programme.modules.iter().position(|m| m.id == module.id).unwrap_or(usize::MAX - 1);
            let (design, confirmed) = opening_time(evaluation, &progress, position);
            let have = confirmed.0 * 100 / design.0.max(1);
            Barrier::Hours { have: u32::try_from(have).unwrap_or(0), need: u32::try_from(evaluation.offered_when).unwrap_or(100) }
        }
    })
}
