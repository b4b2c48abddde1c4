//! True (`a`) or false (`b`): a single choice whose options are never shuffled.

use super::AuthoredQuestion;
use super::check::check_options;
use super::problem::Problem;
use super::single_choice;
use crate::assessment::answer::{Answer, AnswerRefused, Mark};

/// Tells what is wrong with a true-false question.
pub(super) fn problems(question: &AuthoredQuestion, found: &mut Vec<Problem>) {
    let right = check_options(question, found);
    if right != 1 {
        found.push(Problem::NotOneRight { found: right });
    }
    let ids: Vec<String> = question.options.iter().map(|o| o.id.clone()).collect();
    if ids != ["a", "b"] {
        found.push(Problem::NotTrueFalse { found: ids });
    }
}

/// Full points for the right one, none for the other.
///
/// # Errors
/// [`AnswerRefused`] when the answer is of another shape or names no option.
pub fn mark(question: &AuthoredQuestion, answer: &Answer) -> Result<Mark, AnswerRefused> {
    single_choice::mark(question, answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::question::{QuestionKind, samples};

    #[test]
    fn has_the_options_a_and_b() {
        assert_eq!(samples::choice(QuestionKind::TrueFalse, 1, &[false, true]).validate(), []);
        let three = samples::choice(QuestionKind::TrueFalse, 1, &[true, false, false]);
        assert_eq!(three.validate(), [Problem::NotTrueFalse { found: vec!["a".into(), "b".into(), "c".into()] }]);
        let mut swapped = samples::choice(QuestionKind::TrueFalse, 1, &[true, false]);
        swapped.options.reverse();
        assert_eq!(swapped.validate(), [Problem::NotTrueFalse { found: vec!["b".into(), "a".into()] }]);
    }
}
