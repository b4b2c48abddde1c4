//! One right option: all the points or none.

use super::AuthoredQuestion;
use super::check::check_options;
use super::problem::Problem;
use crate::assessment::answer::{Answer, AnswerRefused, Mark};
use crate::assessment::score::Score;

/// Tells what is wrong with a single choice.
pub(super) fn problems(question: &AuthoredQuestion, found: &mut Vec<Problem>) {
    let right = check_options(question, found);
    if right != 1 {
        found.push(Problem::NotOneRight { found: right });
    }
}

/// Full points for the right option, none for another.
///
/// # Errors
/// [`AnswerRefused`] when the answer is of another shape or names no option.
pub fn mark(question: &AuthoredQuestion, answer: &Answer) -> Result<Mark, AnswerRefused> {
    match answer {
        Answer::Unanswered => Ok(Mark::Unanswered),
        Answer::Choice(id) => {
            let option = question.option(id).ok_or_else(|| AnswerRefused::UnknownOption { option: id.clone() })?;
            Ok(Mark::Scored(if option.correct { Score::whole(question.points) } else { Score::ZERO }))
        }
        Answer::Choices(_) | Answer::Text(_) | Answer::Pairs(_) | Answer::Places(_) => {
            Err(AnswerRefused::WrongShape { kind: question.kind })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::question::{QuestionKind, samples};

    #[test]
    fn all_or_nothing() {
        let question = samples::choice(QuestionKind::SingleChoice, 3, &[false, true, false]);
        assert_eq!(question.validate(), []);
        let table = [
            (Answer::Unanswered, Ok(Mark::Unanswered)),
            (Answer::Choice("a".into()), Ok(Mark::Scored(Score::ZERO))),
            (Answer::Choice("b".into()), Ok(Mark::Scored(Score::whole(3)))),
            (Answer::Choice("z".into()), Err(AnswerRefused::UnknownOption { option: "z".into() })),
            (Answer::Choices(vec!["b".into()]), Err(AnswerRefused::WrongShape { kind: QuestionKind::SingleChoice })),
        ];
        for (answer, expected) in table {
            assert_eq!(mark(&question, &answer), expected, "{answer:?}");
        }
    }

    #[test]
    fn needs_exactly_one_right_option() {
        for (key, found) in [(&[false, false][..], 0), (&[true, true, false][..], 2)] {
            let question = samples::choice(QuestionKind::SingleChoice, 1, key);
            assert_eq!(question.validate(), [Problem::NotOneRight { found }]);
        }
    }
}
