//! What belongs to what: right pairs ÷ pairs of the points. The options are the right sides; one may belong to several
//! left sides, or to none.

use super::check::{check_entries, check_ids, check_said, check_text, count};
use super::problem::{Place, Problem};
use super::{AuthoredQuestion, Content};
use crate::assessment::answer::{Answer, AnswerRefused, Mark};
use crate::assessment::score::Score;
use crate::curriculum::Localised;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A left side and the option that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Its id inside the question (`p1`).
    pub id: String,
    /// The left side.
    pub text: Localised,
    /// The id of the option that belongs to it.
    pub option: String,
    /// What is said to who chose another; may be empty.
    #[serde(default, skip_serializing_if = "Localised::is_blank")]
    pub feedback: Localised,
}

/// Tells what is wrong with a matching question.
pub(super) fn problems(question: &AuthoredQuestion, found: &mut Vec<Problem>) {
    check_entries(question, found);
    check_ids(question.pairs.iter().map(|p| p.id.as_str()), found);
    match question.pairs.len() {
        0 => found.push(Problem::NoAnswers { content: Content::Pairs }),
        1 => found.push(Problem::TooFewPairs { found: 1 }),
        _ => {}
    }
    for pair in &question.pairs {
        check_text(&pair.text, Place::Pair(pair.id.clone()), found);
        check_said(&pair.feedback, Place::Feedback(pair.id.clone()), found);
        if question.option(&pair.option).is_none() {
            found.push(Problem::UnknownPairOption { pair: pair.id.clone(), option: pair.option.clone() });
        }
    }
}

/// Right pairs ÷ pairs of the points; nothing matched is no answer.
///
/// # Errors
/// [`AnswerRefused`] when the answer is of another shape or names a pair or option that is not there.
pub fn mark(question: &AuthoredQuestion, answer: &Answer) -> Result<Mark, AnswerRefused> {
    match answer {
        Answer::Unanswered => Ok(Mark::Unanswered),
        Answer::Pairs(chosen) if chosen.is_empty() => Ok(Mark::Unanswered),
        Answer::Pairs(chosen) => mark_chosen(question, chosen),
        Answer::Choice(_) | Answer::Choices(_) | Answer::Text(_) | Answer::Places(_) => {
            Err(AnswerRefused::WrongShape { kind: question.kind })
        }
    }
}

fn mark_chosen(question: &AuthoredQuestion, chosen: &BTreeMap<String, String>) -> Result<Mark, AnswerRefused> {
    let mut right = 0;
    for (id, option) in chosen {
        let unknown = |id: &String| AnswerRefused::UnknownOption { option: id.clone() };
        let pair = question.pairs.iter().find(|p| &p.id == id).ok_or_else(|| unknown(id))?;
        question.option(option).ok_or_else(|| unknown(option))?;
        right += i64::from(&pair.option == option);
    }
    Ok(Mark::Scored(Score::new(i64::from(question.points) * right, i64::from(count(question.pairs.len())))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::question::samples;

    fn marked(chosen: &[(&str, &str)]) -> Result<Mark, AnswerRefused> {
        let chosen = chosen.iter().map(|(pair, option)| ((*pair).to_owned(), (*option).to_owned()));
        mark(&samples::matching(2, &["a", "b", "a"], 3), &Answer::Pairs(chosen.collect()))
    }

    #[test]
    fn right_pairs_over_pairs() {
        assert_eq!(samples::matching(2, &["a", "b", "a"], 3).validate(), []);
        let scored = |n, d| Ok(Mark::Scored(Score::new(n, d).unwrap()));
        assert_eq!(marked(&[("p1", "a"), ("p2", "b"), ("p3", "a")]), scored(2, 1));
        assert_eq!(marked(&[("p1", "a"), ("p2", "c")]), scored(2, 3));
        assert_eq!(marked(&[("p2", "a")]), scored(0, 1));
        assert_eq!(marked(&[]), Ok(Mark::Unanswered));
        assert_eq!(marked(&[("p9", "a")]), Err(AnswerRefused::UnknownOption { option: "p9".into() }));
        assert_eq!(marked(&[("p1", "z")]), Err(AnswerRefused::UnknownOption { option: "z".into() }));
    }

    #[test]
    fn every_mistake_is_told() {
        assert_eq!(samples::matching(1, &["a"], 2).validate(), [Problem::TooFewPairs { found: 1 }]);
        assert_eq!(samples::matching(1, &[], 2).validate(), [Problem::NoAnswers { content: Content::Pairs }]);
        let mut question = samples::matching(1, &["a", "x"], 2);
        question.options[1].correct = true;
        question.options[1].text = question.options[0].text.clone();
        question.pairs[0].text = Localised::es("");
        assert_eq!(
            question.validate(),
            [
                Problem::KeyOnOption { option: "b".into() },
                Problem::SameText { option: "b".into() },
                Problem::EmptyText { place: Place::Pair("p1".into()) },
                Problem::UnknownPairOption { pair: "p2".into(), option: "x".into() },
            ]
        );
    }
}
