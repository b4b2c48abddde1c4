//! A question or a case in plain words, with its key: what a reviewer reads.

use app::texts::Texts;
use curriculum::{Outcome, Scenario};
use domain::assessment::question::{AuthoredQuestion, QuestionKind};
use domain::curriculum::Localised;

/// A name and what belongs to it, one line each.
type Rows = Vec<(String, Vec<String>)>;

/// Spanish, and English below it where there is some.
fn both(text: &Localised) -> Vec<String> {
    std::iter::once(text.es.clone()).chain(text.en.clone()).filter(|text| !text.is_empty()).collect()
}

fn kind(t: Texts, kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::SingleChoice => t.question_single(),
        QuestionKind::MultipleChoice => t.question_multiple(),
        QuestionKind::TrueFalse => t.question_truth(),
        QuestionKind::ShortAnswer => t.question_short(),
        QuestionKind::Numeric => t.question_numeric(),
        QuestionKind::Matching => t.question_matching(),
        QuestionKind::Ordering => t.question_ordering(),
        QuestionKind::Case => t.question_case(),
    }
}

/// A stored value as it is written.
fn written<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// A question with its key.
#[must_use]
pub fn question(question: &AuthoredQuestion, t: Texts) -> Rows {
    let mut rows: Rows = vec![
        (t.question_kind().to_owned(), vec![kind(t, question.kind).to_owned()]),
        (t.question_prompt().to_owned(), both(&question.prompt)),
    ];
    let mut worth = vec![t.author_shown_points(i64::from(question.points))];
    worth.extend(question.critical.then(|| t.question_critical().to_owned()));
    rows.push((t.question_worth().to_owned(), worth));
    for (option, n) in question.options.iter().zip(1..) {
        let marks = [option.correct.then(|| t.question_right()), option.critical.then(|| t.question_option_critical())];
        let marks: Vec<&str> = marks.into_iter().flatten().collect();
        let name = if marks.is_empty() { t.question_option(n) } else { format!("{} · {}", t.question_option(n), marks.join(" · ")) };
        rows.push((name, both(&option.text).into_iter().chain(both(&option.feedback)).collect()));
    }
    for (accepted, n) in question.accepted.iter().zip(1..) {
        let lines = both(&accepted.text).into_iter().chain(both(&accepted.feedback));
        rows.push((format!("{} ({} %)", t.question_accepted_one(n), written(&accepted.weight)), lines.collect()));
    }
    for (number, n) in question.numbers.iter().zip(1..) {
        let tolerance = number.tolerance.as_ref().map(|tolerance| format!(" ± {}", written(tolerance))).unwrap_or_default();
        let lines = std::iter::once(format!("{}{tolerance}", written(&number.value))).chain(both(&number.feedback));
        rows.push((format!("{} ({} %)", t.question_accepted_one(n), written(&number.weight)), lines.collect()));
    }
    for pair in &question.pairs {
        let right = question.option(&pair.option).map(|option| both(&option.text)).unwrap_or_default();
        rows.push((pair.text.es.clone(), right.into_iter().chain(both(&pair.feedback)).collect()));
    }
    for criterion in &question.rubric {
        let levels = criterion.levels.iter().map(|level| format!("{}: {}", level.points, level.text.es)).collect();
        rows.push((criterion.title.es.clone(), levels));
    }
    let lines: Vec<String> = question.critical_lines.iter().flat_map(|line| both(&line.text)).collect();
    if !lines.is_empty() {
        rows.push((t.question_option_critical().to_owned(), lines));
    }
    if let Some(explanation) = &question.explanation {
        rows.push((t.author_shown_explanation().to_owned(), both(explanation)));
    }
    rows
}

/// A case: each scene with its choices, where they lead, and how it ends.
#[must_use]
pub fn scenario(case: &Scenario, t: Texts) -> Rows {
    let number = |id: &str| case.nodes.iter().position(|node| node.id == id).map_or(0, |at| at + 1);
    let scene = |node: &curriculum::ScenarioNode| {
        let mut lines = both(&node.text);
        for choice in &node.choices {
            let feedback = choice.feedback.as_ref().map(|f| format!(" — {}", f.es)).unwrap_or_default();
            lines.push(format!("→ {}: {}{feedback}", t.author_shown_scene(number(&choice.to)), choice.text.es));
        }
        lines.extend(node.outcome.map(|outcome| match outcome {
            Outcome::Safe => t.scenario_safe().to_owned(),
            Outcome::Unsafe => t.scenario_unsafe().to_owned(),
        }));
        (t.author_shown_scene(number(&node.id)), lines)
    };
    case.nodes.iter().map(scene).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::curriculum::Language;

    #[test]
    fn every_text_of_every_real_question_and_case_is_shown() {
        let t = Texts(Language::Es);
        for package in curriculum::embedded().expect("the course") {
            for (_, one, _) in &package.questions {
                let all = format!("{:?}", question(one, t));
                let shows = |text: &Localised| {
                    assert!(all.contains(&format!("{:?}", text.es).trim_matches('"').to_owned()), "{}: {}", one.id, text.es)
                };
                shows(&one.prompt);
                one.options.iter().for_each(|option| shows(&option.text));
                one.rubric.iter().flat_map(|c| &c.levels).for_each(|level| shows(&level.text));
            }
            for case in &package.scenarios {
                let rows = scenario(case, t);
                assert_eq!(rows.len(), case.nodes.len());
                assert!(rows.iter().all(|(_, lines)| !lines.is_empty()), "{}", case.id);
            }
        }
    }
}
