//! What a judge gives with a rubric, checked against the rubric as authored.

use super::answer::CriticalFailure;
use super::question::{AuthoredQuestion, Criterion, Level};
use super::score::Score;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// A judge's marking of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RubricMark {
    /// For each criterion's id the position of the level given, from 0.
    pub levels: BTreeMap<String, u32>,
    /// For each critical line's id whether the work does it; yes fails the evaluation.
    #[serde(default)]
    pub critical: BTreeMap<String, bool>,
    /// Comment by criterion's id.
    #[serde(default)]
    pub comments: BTreeMap<String, String>,
    /// Comment on the whole.
    #[serde(default)]
    pub comment: String,
}

/// What a complete marking comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RubricScore {
    /// The points.
    pub score: Score,
    /// The critical levels given and critical lines affirmed.
    pub critical: Vec<CriticalFailure>,
}

/// Why a marking cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RubricProblem {
    /// The question has no rubric.
    #[error("no rubric")]
    NoRubric,
    /// No level given.
    #[error("criterion {criterion:?} without level")]
    MissingLevel {
        /// The criterion's id.
        criterion: String,
    },
    /// A level that the criterion does not have.
    #[error("criterion {criterion:?} has {levels} levels, not {level}")]
    UnknownLevel {
        /// The criterion's id.
        criterion: String,
        /// The position given.
        level: u32,
        /// How many levels there are.
        levels: u32,
    },
    /// A level or comment for a criterion that the rubric does not have.
    #[error("unknown criterion {criterion:?}")]
    UnknownCriterion {
        /// The id given.
        criterion: String,
    },
    /// Neither yes nor no.
    #[error("critical line {line:?} not decided")]
    UndecidedLine {
        /// The line's id.
        line: String,
    },
    /// A critical line that the question does not have.
    #[error("unknown critical line {line:?}")]
    UnknownLine {
        /// The id given.
        line: String,
    },
    /// Points beyond what a score can hold.
    #[error("score overflow")]
    Overflow,
}

impl RubricMark {
    /// The score and critical failures of a complete marking; saving an incomplete one needs no check.
    ///
    /// # Errors
    /// Every [`RubricProblem`] at once.
    pub fn check(&self, question: &AuthoredQuestion) -> Result<RubricScore, Vec<RubricProblem>> {
        let mut problems = self.stray(question);
        let mut given = Vec::new();
        for criterion in &question.rubric {
            match self.level(criterion) {
                Ok(level) => given.push((criterion, level)),
                Err(problem) => problems.push(problem),
            }
        }
        let score = given.iter().try_fold(0_u32, |sum, (_, level)| sum.checked_add(level.points));
        if score.is_none() {
            problems.push(RubricProblem::Overflow);
        }
        match score {
            Some(points) if problems.is_empty() => {
                Ok(RubricScore { score: Score::whole(points), critical: self.failures(question, &given) })
            }
            Some(_) | None => Err(problems),
        }
    }

    fn level<'a>(&self, criterion: &'a Criterion) -> Result<&'a Level, RubricProblem> {
        let id = || criterion.id.clone();
        let &level = self.levels.get(&criterion.id).ok_or_else(|| RubricProblem::MissingLevel { criterion: id() })?;
        usize::try_from(level).ok().and_then(|at| criterion.levels.get(at)).ok_or_else(|| RubricProblem::UnknownLevel {
            criterion: id(),
            level,
            levels: u32::try_from(criterion.levels.len()).unwrap_or(u32::MAX),
        })
    }

    /// What is marked without being asked, and lines that are asked without being marked.
    fn stray(&self, question: &AuthoredQuestion) -> Vec<RubricProblem> {
        let is_criterion = |id: &String| question.rubric.iter().any(|c| &c.id == id);
        let is_line = |id: &String| question.critical_lines.iter().any(|l| &l.id == id);
        let none = question.rubric.is_empty().then_some(RubricProblem::NoRubric);
        let criteria = self.levels.keys().chain(self.comments.keys()).filter(|id| !is_criterion(id));
        let lines = self.critical.keys().filter(|id| !is_line(id));
        let undecided = question.critical_lines.iter().filter(|l| !self.critical.contains_key(&l.id));
        none.into_iter()
            .chain(criteria.map(|id| RubricProblem::UnknownCriterion { criterion: id.clone() }))
            .chain(lines.map(|id| RubricProblem::UnknownLine { line: id.clone() }))
            .chain(undecided.map(|l| RubricProblem::UndecidedLine { line: l.id.clone() }))
            .collect()
    }

    fn failures(&self, question: &AuthoredQuestion, given: &[(&Criterion, &Level)]) -> Vec<CriticalFailure> {
        let id = || question.id.clone();
        let levels = given.iter().filter(|(_, level)| level.critical);
        let lines = question.critical_lines.iter().filter(|l| self.critical.get(&l.id) == Some(&true));
        levels
            .map(|(criterion, _)| CriticalFailure::Level { question: id(), criterion: criterion.id.clone() })
            .chain(lines.map(|l| CriticalFailure::Line { question: id(), line: l.id.clone() }))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::question::{QuestionKind, samples};
    use super::*;

    fn marking(levels: &[(&str, u32)], critical: &[(&str, bool)]) -> RubricMark {
        RubricMark {
            levels: levels.iter().map(|&(id, level)| (id.to_owned(), level)).collect(),
            critical: critical.iter().map(|&(id, yes)| (id.to_owned(), yes)).collect(),
            ..RubricMark::default()
        }
    }

    #[test]
    fn adds_the_levels_and_tells_critical_failures() {
        let mut case = samples::case();
        let checked = marking(&[("r1", 2), ("r2", 1)], &[("k1", false)]).check(&case).unwrap();
        assert_eq!(checked, RubricScore { score: Score::whole(8), critical: Vec::new() });
        case.rubric[0].levels[0].critical = true;
        let checked = marking(&[("r1", 0), ("r2", 2)], &[("k1", true)]).check(&case).unwrap();
        assert_eq!(checked.score, Score::whole(5));
        assert_eq!(
            checked.critical,
            [
                CriticalFailure::Level { question: "caso".into(), criterion: "r1".into() },
                CriticalFailure::Line { question: "caso".into(), line: "k1".into() },
            ]
        );
    }

    #[test]
    fn refuses_what_is_incomplete_or_stray_all_at_once() {
        let mut marked = marking(&[("r1", 3), ("r9", 0)], &[("k9", false)]);
        marked.comments.insert("r8".into(), "Bien".into());
        assert_eq!(
            marked.check(&samples::case()).unwrap_err(),
            [
                RubricProblem::UnknownCriterion { criterion: "r9".into() },
                RubricProblem::UnknownCriterion { criterion: "r8".into() },
                RubricProblem::UnknownLine { line: "k9".into() },
                RubricProblem::UndecidedLine { line: "k1".into() },
                RubricProblem::UnknownLevel { criterion: "r1".into(), level: 3, levels: 3 },
                RubricProblem::MissingLevel { criterion: "r2".into() },
            ]
        );
        let choice = samples::choice(QuestionKind::SingleChoice, 1, &[true, false]);
        assert_eq!(RubricMark::default().check(&choice).unwrap_err(), [RubricProblem::NoRubric]);
    }
}
