//! A word or a phrase: what of it counts is its letters and digits ([`fold`]).

use super::check::{check_said, check_text};
use super::fold::fold;
use super::problem::{Place, Problem};
use super::weight::Weight;
use super::{AuthoredQuestion, Content};
use crate::assessment::answer::{Answer, AnswerRefused, Mark};
use crate::assessment::score::Score;
use crate::curriculum::Localised;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The longest answer of one line, in characters.
pub const LONGEST: usize = 200;

/// An accepted answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The answer; in whichever language it is given it counts. `*` stands for anything, `\*` for a star.
    pub text: Localised,
    /// What it gives.
    #[serde(default, skip_serializing_if = "Weight::is_full")]
    pub weight: Weight,
    /// What is said to who gave it; may be empty.
    #[serde(default, skip_serializing_if = "Localised::is_blank")]
    pub feedback: Localised,
}

/// Tells what is wrong with a short answer question.
pub(super) fn problems(question: &AuthoredQuestion, found: &mut Vec<Problem>) {
    if question.accepted.is_empty() {
        found.push(Problem::NoAnswers { content: Content::Accepted });
    } else if !question.accepted.iter().any(|a| a.weight.is_full()) {
        found.push(Problem::NoFullWeight);
    }
    let mut seen = BTreeSet::new();
    for (accepted, place) in question.accepted.iter().zip(0..) {
        check_text(&accepted.text, Place::Accepted(place), found);
        check_said(&accepted.feedback, Place::AcceptedFeedback(place), found);
        let patterns: BTreeSet<Pattern> = patterns(accepted).collect();
        for text in texts(&accepted.text).filter(|t| !t.trim().is_empty() && Pattern::of(t).says_nothing()) {
            found.push(Problem::NothingToCompare { text: text.to_owned() });
        }
        if patterns.into_iter().filter(|p| !p.says_nothing()).any(|p| !seen.insert(p)) {
            found.push(Problem::RepeatedAnswer { text: accepted.text.es.clone() });
        }
    }
}

/// A text in every language that it has.
fn texts(text: &Localised) -> impl Iterator<Item = &str> {
    std::iter::once(text.es.as_str()).chain(text.en.as_deref())
}

/// Pieces that have to follow each other, with anything between them.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern(Vec<String>);

impl Pattern {
    fn of(text: &str) -> Self {
        Self(text.replace("\\*", " ").split('*').map(fold).collect())
    }

    /// Without a star, and nothing left to compare.
    fn says_nothing(&self) -> bool {
        matches!(self.0.as_slice(), [only] if only.is_empty())
    }

    fn fits(&self, folded: &str) -> bool {
        match self.0.as_slice() {
            [] => false,
            [only] => !only.is_empty() && only == folded,
            [first, middle @ .., last] => {
                let Some(mut rest) = folded.strip_prefix(first.as_str()) else { return false };
                for piece in middle {
                    let Some((_, after)) = rest.split_once(piece.as_str()) else { return false };
                    rest = after;
                }
                rest.ends_with(last.as_str())
            }
        }
    }

    /// How closely it says what is asked: without a star first, then by its letters.
    fn closeness(&self) -> (bool, usize) {
        (self.0.len() == 1, self.0.iter().map(|piece| piece.chars().count()).sum())
    }
}

fn patterns(accepted: &Accepted) -> impl Iterator<Item = Pattern> {
    texts(&accepted.text).map(Pattern::of)
}

/// The accepted answer that `text` is: one without a star before one with, among these the closest, then the one that
/// gives most; so the order in which they are listed does not matter.
#[must_use]
pub fn matched<'q>(question: &'q AuthoredQuestion, text: &str) -> Option<&'q Accepted> {
    let folded = fold(text);
    let closest = |accepted: &'q Accepted| patterns(accepted).filter(|p| p.fits(&folded)).map(|p| p.closeness()).max();
    let fitting = question.accepted.iter().filter_map(|accepted| Some((closest(accepted)?, accepted)));
    fitting.max_by_key(|(closeness, accepted)| (*closeness, accepted.weight)).map(|(_, accepted)| accepted)
}

/// What the accepted answer gives, nothing for any other; a blank one is no answer.
///
/// # Errors
/// [`AnswerRefused::WrongShape`] when the answer is no text.
pub fn mark(question: &AuthoredQuestion, answer: &Answer) -> Result<Mark, AnswerRefused> {
    match answer {
        Answer::Unanswered => Ok(Mark::Unanswered),
        Answer::Text(text) if text.trim().is_empty() => Ok(Mark::Unanswered),
        Answer::Text(text) => {
            let score = matched(question, text).map_or(Ok(Score::ZERO), |accepted| accepted.weight.of(question.points))?;
            Ok(Mark::Scored(score))
        }
        Answer::Choice(_) | Answer::Choices(_) | Answer::Pairs(_) | Answer::Places(_) => {
            Err(AnswerRefused::WrongShape { kind: question.kind })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::question::samples;

    fn points(question: &AuthoredQuestion, text: &str) -> Mark {
        mark(question, &Answer::Text(text.to_owned())).unwrap()
    }

    #[test]
    fn several_answers_with_their_weights() {
        let question = samples::short(4, &[("Juez de paz", 100), ("juzgado*", 50), ("* conciliar *", 0), ("El teniente gobernador", 25)]);
        assert_eq!(question.validate(), []);
        let scored = |n| Mark::Scored(Score::whole(n));
        for (text, n) in [
            ("juez de paz", 4),
            (" JUEZ  DE PAZ. ", 4),
            ("Juzgado de Familia", 2),
            ("juzgado", 2),
            ("el juzgado", 0),
            ("El teniente-gobernador", 1),
            ("puede conciliar con él", 0),
            ("¿?", 0),
        ] {
            assert_eq!(points(&question, text), scored(n), "{text}");
        }
        assert_eq!(points(&question, " \n"), Mark::Unanswered);
        assert!(mark(&question, &Answer::Choice("a".into())).is_err());
    }

    #[test]
    fn what_says_more_comes_first_and_other_languages_count() {
        let mut question = samples::short(2, &[("*", 0), ("no*", 50), ("no mediar", 100)]);
        question.accepted[2].text.en = Some("do not mediate".to_owned());
        assert_eq!(points(&question, "No mediar"), Mark::Scored(Score::whole(2)));
        assert_eq!(points(&question, "Do not mediate!"), Mark::Scored(Score::whole(2)));
        assert_eq!(points(&question, "no sé"), Mark::Scored(Score::whole(1)));
        assert_eq!(matched(&question, "otra cosa").map(|a| a.text.es.as_str()), Some("*"));
    }

    #[test]
    fn every_mistake_is_told() {
        assert_eq!(samples::short(1, &[]).validate(), [Problem::NoAnswers { content: Content::Accepted }]);
        assert_eq!(samples::short(1, &[("a", 50)]).validate(), [Problem::NoFullWeight]);
        assert_eq!(samples::short(1, &[("Él", 100), ("el.", 0)]).validate(), [Problem::RepeatedAnswer { text: "el.".into() }]);
        assert_eq!(samples::short(1, &[("a", 100), ("¡!", 0)]).validate(), [Problem::NothingToCompare { text: "¡!".into() }]);
        assert_eq!(samples::short(1, &[("a", 100), (" ", 0)]).validate(), [Problem::EmptyText { place: Place::Accepted(1) }]);
    }
}
