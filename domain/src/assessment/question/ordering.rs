//! Steps to put in order: right places ÷ places of the points. The options are listed in the right order.

use super::AuthoredQuestion;
use super::check::{check_entries, count};
use super::problem::Problem;
use crate::assessment::answer::{Answer, AnswerRefused, Mark};
use crate::assessment::score::Score;
use std::collections::BTreeMap;

/// Tells what is wrong with an ordering question.
pub(super) fn problems(question: &AuthoredQuestion, found: &mut Vec<Problem>) {
    check_entries(question, found);
}

/// Right places ÷ places of the points; nothing placed is no answer. A place in which two options stand is not right.
///
/// # Errors
/// [`AnswerRefused`] when the answer is of another shape, or names an option or a place that is not there.
pub fn mark(question: &AuthoredQuestion, answer: &Answer) -> Result<Mark, AnswerRefused> {
    match answer {
        Answer::Unanswered => Ok(Mark::Unanswered),
        Answer::Places(places) if places.is_empty() => Ok(Mark::Unanswered),
        Answer::Places(places) => mark_placed(question, places),
        Answer::Choice(_) | Answer::Choices(_) | Answer::Text(_) | Answer::Pairs(_) => {
            Err(AnswerRefused::WrongShape { kind: question.kind })
        }
    }
}

fn mark_placed(question: &AuthoredQuestion, places: &BTreeMap<String, u32>) -> Result<Mark, AnswerRefused> {
    let of = count(question.options.len());
    for (id, place) in places {
        question.option(id).ok_or_else(|| AnswerRefused::UnknownOption { option: id.clone() })?;
        if *place == 0 || *place > of {
            return Err(AnswerRefused::WrongShape { kind: question.kind });
        }
    }
    let is_right = |(option, place): (&super::AuthoredOption, u32)| {
        let mut here = places.iter().filter(|(_, chosen)| **chosen == place);
        here.next().is_some_and(|(id, _)| *id == option.id) && here.next().is_none()
    };
    let right = count(question.options.iter().zip(1..).filter(|pair| is_right(*pair)).count());
    Ok(Mark::Scored(Score::new(i64::from(question.points) * i64::from(right), i64::from(of))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::question::problem::Place;
    use crate::assessment::question::samples;
    use crate::curriculum::Localised;

    fn marked(places: &[(&str, u32)]) -> Result<Mark, AnswerRefused> {
        mark(&samples::ordering(3, 3), &Answer::Places(places.iter().map(|(id, place)| ((*id).to_owned(), *place)).collect()))
    }

    #[test]
    fn right_places_over_places() {
        assert_eq!(samples::ordering(3, 3).validate(), []);
        let scored = |n| Ok(Mark::Scored(Score::whole(n)));
        assert_eq!(marked(&[("a", 1), ("b", 2), ("c", 3)]), scored(3));
        assert_eq!(marked(&[("a", 1), ("b", 3), ("c", 2)]), scored(1));
        assert_eq!(marked(&[("a", 2), ("b", 3), ("c", 1)]), scored(0));
        assert_eq!(marked(&[("b", 2)]), scored(1));
        assert_eq!(marked(&[("a", 1), ("b", 1), ("c", 1)]), scored(0), "two in one place are not right");
        assert_eq!(marked(&[]), Ok(Mark::Unanswered));
        assert!(marked(&[("a", 0)]).is_err() && marked(&[("a", 4)]).is_err() && marked(&[("z", 1)]).is_err());
    }

    #[test]
    fn every_mistake_is_told() {
        assert_eq!(samples::ordering(1, 1).validate(), [Problem::TooFewOptions { found: 1 }]);
        let mut question = samples::ordering(1, 3);
        question.options[0].critical = true;
        question.options[1].text = Localised::es(" ");
        question.options[2].id = "a".into();
        assert_eq!(
            question.validate(),
            [
                Problem::RepeatedId { id: "a".into() },
                Problem::KeyOnOption { option: "a".into() },
                Problem::EmptyText { place: Place::Option("b".into()) },
            ]
        );
    }
}
