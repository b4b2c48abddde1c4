//! The result of an attempt.

use super::answer::{Answer, AnswerRefused, CriticalFailure, Mark, critical_failures, mark};
use super::paper::{Paper, PaperItem};
use super::question::AuthoredQuestion;
use super::rubric::{RubricMark, RubricProblem};
use super::score::{Grade, GradeError, Score, ScoreError};
use crate::ids::{ObjectiveId, QuestionId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// The mark of one item of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemMark {
    /// The question.
    pub question: QuestionId,
    /// The objective it serves.
    pub objective: ObjectiveId,
    /// What it is worth.
    pub mark: Mark,
    /// What critical it fails.
    pub critical: Vec<CriticalFailure>,
}

impl ItemMark {
    /// The mark of an answer that needs no judge, or [`Mark::NeedsReview`].
    ///
    /// # Errors
    /// [`AnswerRefused`] when the answer does not fit the question.
    pub fn of_answer(question: &AuthoredQuestion, answer: &Answer) -> Result<Self, AnswerRefused> {
        let mark = mark(question, answer)?;
        Ok(Self::new(question, mark, critical_failures(question, answer, mark)))
    }

    /// The mark of a case that a judge has marked.
    ///
    /// # Errors
    /// Every [`RubricProblem`] of the marking.
    pub fn of_rubric(question: &AuthoredQuestion, given: &RubricMark) -> Result<Self, Vec<RubricProblem>> {
        let checked = given.check(question)?;
        let mark = Mark::Scored(checked.score);
        let mut critical = critical_failures(question, &Answer::Unanswered, mark);
        critical.extend(checked.critical);
        Ok(Self::new(question, mark, critical))
    }

    fn new(question: &AuthoredQuestion, mark: Mark, critical: Vec<CriticalFailure>) -> Self {
        Self { question: question.id.clone(), objective: question.objective.clone(), mark, critical }
    }
}

/// How an objective went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveResult {
    /// The objective.
    pub objective: ObjectiveId,
    /// Items with full points.
    pub right: u32,
    /// Items.
    pub total: u32,
    /// Points got.
    pub score: Score,
    /// Points there were.
    pub points: u32,
}

/// The result of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptResult {
    /// Points got, exactly.
    pub score: Score,
    /// Points there were.
    pub points: u32,
    /// The grade, rounded once.
    pub grade: Grade,
    /// What critical was failed, in paper order; fails the evaluation whatever the grade.
    pub critical_failed: Vec<CriticalFailure>,
    /// Whether it passes: the grade reaches the pass mark and nothing critical was failed.
    pub passed: bool,
    /// Objectives in order of id.
    pub objectives: Vec<ObjectiveResult>,
}

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultError {
    /// An item without mark.
    #[error("{question} is not marked")]
    NotMarked {
        /// The question.
        question: QuestionId,
    },
    /// An item that a judge has to read.
    #[error("{question} needs review")]
    NeedsReview {
        /// The question.
        question: QuestionId,
    },
    /// Two marks for one item.
    #[error("{question} is marked twice")]
    MarkedTwice {
        /// The question.
        question: QuestionId,
    },
    /// A mark for a question that is not on the paper.
    #[error("{question} is not on the paper")]
    NotOnPaper {
        /// The question.
        question: QuestionId,
    },
    /// A score below 0 or above what the item is worth.
    #[error("{question} has {score} of {points}")]
    ScoreOutOfRange {
        /// The question.
        question: QuestionId,
        /// The score.
        score: Score,
        /// What the item is worth.
        points: u32,
    },
    /// The paper's points do not fit.
    #[error("points overflow")]
    PointsOverflow,
    /// The scores do not add up.
    #[error(transparent)]
    Score(#[from] ScoreError),
    /// The paper gives no grade.
    #[error(transparent)]
    Grade(#[from] GradeError),
}

/// The result of a paper whose every item is marked; `pass` in hundredths of the 0–20 scale.
///
/// # Errors
/// [`ResultError`] when marks and paper do not fit, or a judge has to read something.
pub fn result(paper: &Paper, marks: &[ItemMark], pass: u16) -> Result<AttemptResult, ResultError> {
    let marked = pair(paper, marks)?;
    let points = paper.points().ok_or(ResultError::PointsOverflow)?;
    let score = Score::checked_sum(marked.iter().map(|m| m.score))?;
    let grade = Grade::of(score, points)?;
    let critical_failed: Vec<_> = marked.iter().flat_map(|m| m.given.critical.iter().cloned()).collect();
    Ok(AttemptResult {
        score,
        points,
        grade,
        passed: grade.hundredths() >= pass && critical_failed.is_empty(),
        critical_failed,
        objectives: objectives(&marked)?,
    })
}

struct Marked<'a> {
    item: &'a PaperItem,
    given: &'a ItemMark,
    score: Score,
}

/// Each item of the paper with its one mark.
fn pair<'a>(paper: &'a Paper, marks: &'a [ItemMark]) -> Result<Vec<Marked<'a>>, ResultError> {
    let mut seen = BTreeSet::new();
    for given in marks {
        let question = || given.question.clone();
        if paper.item(&given.question).is_none() {
            return Err(ResultError::NotOnPaper { question: question() });
        }
        if !seen.insert(&given.question) {
            return Err(ResultError::MarkedTwice { question: question() });
        }
    }
    paper.items.iter().map(|item| marked(item, marks)).collect()
}

fn marked<'a>(item: &'a PaperItem, marks: &'a [ItemMark]) -> Result<Marked<'a>, ResultError> {
    let question = || item.question.clone();
    let given = marks.iter().find(|m| m.question == item.question);
    let given = given.ok_or_else(|| ResultError::NotMarked { question: question() })?;
    let score = given.mark.score().ok_or_else(|| ResultError::NeedsReview { question: question() })?;
    if score.is_within(item.points) {
        Ok(Marked { item, given, score })
    } else {
        Err(ResultError::ScoreOutOfRange { question: question(), score, points: item.points })
    }
}

fn objectives(marked: &[Marked<'_>]) -> Result<Vec<ObjectiveResult>, ResultError> {
    let mut found: BTreeMap<&ObjectiveId, ObjectiveResult> = BTreeMap::new();
    for Marked { item, given, score } in marked {
        let objective = found.entry(&given.objective).or_insert_with(|| ObjectiveResult {
            objective: given.objective.clone(),
            right: 0,
            total: 0,
            score: Score::ZERO,
            points: 0,
        });
        objective.total += 1;
        objective.right += u32::from(*score == Score::whole(item.points));
        objective.score = objective.score.checked_add(*score)?;
        objective.points = objective.points.checked_add(item.points).ok_or(ResultError::PointsOverflow)?;
    }
    Ok(found.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::super::question::{QuestionKind, samples};
    use super::*;

    fn item(question: &str, points: u32) -> PaperItem {
        PaperItem { question: question.into(), revision: "r".into(), option_order: Vec::new(), points }
    }

    fn scored(question: &str, objective: &str, points: u32) -> ItemMark {
        let mark = Mark::Scored(Score::whole(points));
        ItemMark { question: question.into(), objective: objective.into(), mark, critical: Vec::new() }
    }

    #[test]
    fn passes_by_grade_and_without_critical_failure() {
        let paper = Paper { items: vec![item("q1", 13), item("q2", 7)] };
        let mut marks = vec![scored("q2", "o1", 0), scored("q1", "o2", 13)];
        let got = result(&paper, &marks, 1300).unwrap();
        assert_eq!((got.grade.hundredths(), got.passed, got.points), (1300, true, 20));
        assert!(!result(&paper, &marks, 1301).unwrap().passed);
        let objectives: Vec<_> = got.objectives.iter().map(|o| (o.objective.as_str(), o.right, o.total)).collect();
        assert_eq!(objectives, [("o1", 0, 1), ("o2", 1, 1)]);
        marks[1].critical.push(CriticalFailure::Question { question: "q1".into() });
        let got = result(&paper, &marks, 1300).unwrap();
        assert!(!got.passed && got.grade.hundredths() == 1300 && got.critical_failed.len() == 1);
    }

    #[test]
    fn marks_that_do_not_fit_the_paper_are_refused() {
        let paper = Paper { items: vec![item("q1", 1), item("q2", 1)] };
        let q1 = || scored("q1", "o", 1);
        let question = |id: &str| QuestionId::from(id);
        let review = ItemMark { mark: Mark::NeedsReview, ..scored("q2", "o", 0) };
        let table = [
            (vec![q1()], ResultError::NotMarked { question: question("q2") }),
            (vec![q1(), review], ResultError::NeedsReview { question: question("q2") }),
            (vec![q1(), q1()], ResultError::MarkedTwice { question: question("q1") }),
            (vec![scored("q9", "o", 1)], ResultError::NotOnPaper { question: question("q9") }),
            (
                vec![q1(), scored("q2", "o", 2)],
                ResultError::ScoreOutOfRange { question: question("q2"), score: Score::whole(2), points: 1 },
            ),
        ];
        for (marks, expected) in table {
            assert_eq!(result(&paper, &marks, 1300), Err(expected));
        }
        assert_eq!(result(&Paper { items: vec![] }, &[], 0), Err(ResultError::Grade(GradeError::NoPoints)));
    }

    #[test]
    fn a_critical_case_is_held_to_its_rubric() {
        let mut case = samples::case();
        case.critical = true;
        let mut given = RubricMark::default();
        given.critical.insert("k1".into(), false);
        given.levels = [("r1".to_owned(), 2), ("r2".to_owned(), 2)].into();
        assert_eq!(ItemMark::of_rubric(&case, &given).unwrap().critical, []);
        given.levels.insert("r2".to_owned(), 1);
        let own = CriticalFailure::Question { question: "caso".into() };
        assert_eq!(ItemMark::of_rubric(&case, &given).unwrap().critical, [own]);
        let choice = samples::choice(QuestionKind::SingleChoice, 1, &[true, false]);
        assert_eq!(ItemMark::of_answer(&choice, &Answer::Choice("a".into())).unwrap(), scored("q", "o1", 1));
    }
}
