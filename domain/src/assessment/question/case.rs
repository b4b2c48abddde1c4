//! A case study: a text that judges grade with a rubric.

use super::AuthoredQuestion;
use super::check::{check_ids, check_text, count};
use super::problem::{Place, Problem};
use crate::assessment::answer::{Answer, AnswerRefused, Mark};

/// Tells what is wrong with a case and its rubric.
pub(super) fn problems(question: &AuthoredQuestion, found: &mut Vec<Problem>) {
    check_ids(question.rubric.iter().map(|c| c.id.as_str()), found);
    check_ids(question.critical_lines.iter().map(|l| l.id.as_str()), found);
    for line in &question.critical_lines {
        check_text(&line.text, Place::Line(line.id.clone()), found);
    }
    rubric_problems(question, found);
}

fn rubric_problems(question: &AuthoredQuestion, found: &mut Vec<Problem>) {
    if question.rubric.is_empty() {
        return found.push(Problem::NoRubric);
    }
    for criterion in &question.rubric {
        let id = || criterion.id.clone();
        check_text(&criterion.title, Place::Criterion(id()), found);
        for (level, position) in criterion.levels.iter().zip(0..) {
            check_text(&level.text, Place::Level { criterion: id(), level: position }, found);
        }
        if criterion.levels.len() < 2 {
            found.push(Problem::TooFewLevels { criterion: id(), found: count(criterion.levels.len()) });
        }
        if !criterion.levels.is_sorted_by(|a, b| a.points < b.points) {
            found.push(Problem::LevelsNotRising { criterion: id() });
        }
        if criterion.levels.last().is_some_and(|best| best.critical) {
            found.push(Problem::BestLevelCritical { criterion: id() });
        }
    }
    let best = |levels: &[super::Level]| levels.iter().map(|l| u64::from(l.points)).max().unwrap_or(0);
    let rubric = question.rubric.iter().map(|c| best(&c.levels)).sum();
    if rubric != u64::from(question.points) {
        found.push(Problem::RubricPoints { rubric, points: question.points });
    }
}

/// A text waits for a judge; a blank one is no answer.
///
/// # Errors
/// [`AnswerRefused::WrongShape`] when the answer is no text.
pub fn mark(question: &AuthoredQuestion, answer: &Answer) -> Result<Mark, AnswerRefused> {
    match answer {
        Answer::Unanswered => Ok(Mark::Unanswered),
        Answer::Text(text) if text.trim().is_empty() => Ok(Mark::Unanswered),
        Answer::Text(_) => Ok(Mark::NeedsReview),
        Answer::Choice(_) | Answer::Choices(_) | Answer::Pairs(_) | Answer::Places(_) => {
            Err(AnswerRefused::WrongShape { kind: question.kind })
        }
    }
}

/// Words of an answer, to hold against [`AuthoredQuestion::minimum_words`]: a hint to her, never a reason to refuse.
#[must_use]
pub fn words(text: &str) -> u32 {
    count(text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::question::samples;
    use crate::curriculum::Localised;

    #[test]
    fn a_text_waits_for_a_judge() {
        let case = samples::case();
        assert_eq!(case.validate(), []);
        assert_eq!(mark(&case, &Answer::Text("Le creo.".into())), Ok(Mark::NeedsReview));
        assert_eq!(mark(&case, &Answer::Text(" \n".into())), Ok(Mark::Unanswered));
        assert!(mark(&case, &Answer::Choice("a".into())).is_err());
        assert_eq!(words("Primero: — la escucho, sin juzgar."), 5);
    }

    #[test]
    fn every_mistake_of_a_rubric_is_told() {
        let mut case = samples::case();
        case.rubric[0].levels.swap(0, 1);
        case.rubric[1].id = "r1".into();
        case.rubric[1].levels.truncate(1);
        case.rubric[1].levels[0].critical = true;
        case.critical_lines[0].text = Localised::es(" ");
        let r1 = || "r1".to_owned();
        assert_eq!(
            case.validate(),
            [
                Problem::RepeatedId { id: r1() },
                Problem::EmptyText { place: Place::Line("k1".into()) },
                Problem::LevelsNotRising { criterion: r1() },
                Problem::TooFewLevels { criterion: r1(), found: 1 },
                Problem::BestLevelCritical { criterion: r1() },
                Problem::RubricPoints { rubric: 5, points: 10 },
            ]
        );
        case.rubric.clear();
        assert!(case.validate().contains(&Problem::NoRubric));
    }
}
