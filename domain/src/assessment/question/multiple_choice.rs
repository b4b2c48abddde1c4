//! Several right options: (right chosen − wrong chosen) ÷ number right, not below zero, of the points.

use super::AuthoredQuestion;
use super::check::{check_options, count};
use super::problem::Problem;
use crate::assessment::answer::{Answer, AnswerRefused, Mark};
use crate::assessment::score::{Score, ScoreError};
use std::collections::BTreeSet;

/// Tells what is wrong with a multiple choice.
pub(super) fn problems(question: &AuthoredQuestion, found: &mut Vec<Problem>) {
    let right = check_options(question, found);
    if right == 0 {
        found.push(Problem::NoRight);
    }
    if right == count(question.options.len()) {
        found.push(Problem::NoWrong);
    }
}

/// `points` × (`right` − `wrong`) ÷ `of`, not below zero, where `of` is the number of right options.
///
/// # Errors
/// [`ScoreError`] when there is no right option or the numbers are absurdly large.
pub fn score(points: u32, right: u32, wrong: u32, of: u32) -> Result<Score, ScoreError> {
    let earned = i64::from(points).checked_mul(i64::from(right.saturating_sub(wrong))).ok_or(ScoreError::Overflow)?;
    Score::new(earned, i64::from(of))
}

/// The score of the chosen options; an option named twice counts once; nothing chosen is no answer.
///
/// # Errors
/// [`AnswerRefused`] when the answer is of another shape or names no option.
pub fn mark(question: &AuthoredQuestion, answer: &Answer) -> Result<Mark, AnswerRefused> {
    match answer {
        Answer::Unanswered => Ok(Mark::Unanswered),
        Answer::Choices(chosen) if chosen.is_empty() => Ok(Mark::Unanswered),
        Answer::Choices(chosen) => mark_chosen(question, &chosen.iter().map(String::as_str).collect()),
        Answer::Choice(_) | Answer::Text(_) | Answer::Pairs(_) | Answer::Places(_) => {
            Err(AnswerRefused::WrongShape { kind: question.kind })
        }
    }
}

fn mark_chosen(question: &AuthoredQuestion, chosen: &BTreeSet<&str>) -> Result<Mark, AnswerRefused> {
    let (mut right, mut wrong) = (0, 0);
    for id in chosen {
        let option = question.option(id).ok_or_else(|| AnswerRefused::UnknownOption { option: (*id).to_owned() })?;
        *(if option.correct { &mut right } else { &mut wrong }) += 1;
    }
    let of = count(question.options.iter().filter(|o| o.correct).count());
    Ok(Mark::Scored(score(question.points, right, wrong, of)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::question::{QuestionKind, samples};

    fn marked(chosen: &str) -> Result<Mark, AnswerRefused> {
        let question = samples::choice(QuestionKind::MultipleChoice, 2, &[true, true, true, false, false]);
        mark(&question, &Answer::Choices(chosen.chars().map(String::from).collect()))
    }

    #[test]
    fn right_less_wrong_over_number_right() {
        let scored = |n, d| Ok(Mark::Scored(Score::new(n, d).unwrap()));
        assert_eq!(marked("abc"), scored(2, 1));
        assert_eq!(marked("a"), scored(2, 3));
        assert_eq!(marked("aaa"), scored(2, 3), "an option counts once");
        assert_eq!(marked("abd"), scored(2, 3));
        assert_eq!(marked("ad"), scored(0, 1));
        assert_eq!(marked("ade"), scored(0, 1), "not below zero");
        assert_eq!(marked("abcde"), scored(2, 3));
        assert_eq!(marked(""), Ok(Mark::Unanswered));
        assert_eq!(marked("ax"), Err(AnswerRefused::UnknownOption { option: "x".into() }));
    }

    #[test]
    fn needs_right_and_wrong_options() {
        let problems = |key: &[bool]| samples::choice(QuestionKind::MultipleChoice, 1, key).validate();
        assert_eq!(problems(&[true, true, false]), []);
        assert_eq!(problems(&[false, false]), [Problem::NoRight]);
        assert_eq!(problems(&[true, true]), [Problem::NoWrong]);
    }
}
