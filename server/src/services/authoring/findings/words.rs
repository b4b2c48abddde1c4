//! The data of a mistake in words: names of entries, lists, languages, the shape of a lesson.
//!
//! `curriculum` names what it means in English for its command line. What is not known here stays as it came.

use app::texts::Texts;
use domain::curriculum::Language;

/// The name of an entry as it is written and, where that says more, what it means.
pub(super) fn named(t: Texts, key: &str) -> String {
    match meaning(t, key).filter(|name| *name != key) {
        Some(name) => t.lint_key_named(key, name),
        None => t.lint_key(key),
    }
}

fn meaning(t: Texts, key: &str) -> Option<&'static str> {
    Some(match key {
        "id" => t.lint_key_id(),
        "title" => t.lint_key_title(),
        "titles" => t.lint_key_titles(),
        "minutes" => t.lint_key_minutes(),
        "mode" => t.lint_key_mode(),
        "objective" => t.lint_key_objective(),
        "objectives" => t.lint_key_objectives(),
        "summary" => t.lint_key_summary(),
        "references" => t.lint_key_references(),
        "norm" => t.lint_key_norm(),
        "status" => t.lint_key_status(),
        "lesson" => t.lint_key_lesson(),
        "part" => t.lint_key_part(),
        "word" => t.lint_key_word(),
        "definition" => t.lint_key_definition(),
        "es" => t.lint_key_es(),
        "text" => t.lint_key_text(),
        _ => return of_questions(t, key).or_else(|| of_programmes(t, key)),
    })
}

fn of_questions(t: Texts, key: &str) -> Option<&'static str> {
    Some(match key {
        "questions" => t.lint_key_questions(),
        "passage" => t.lint_key_passage(),
        "prompt" => t.lint_key_prompt(),
        "options" => t.lint_key_options(),
        "accepted" => t.lint_key_accepted(),
        "numbers" => t.lint_key_numbers(),
        "unit" => t.lint_key_unit(),
        "units" => t.lint_key_units(),
        "pairs" => t.lint_key_pairs(),
        "option" => t.lint_key_option(),
        "value" => t.lint_key_value(),
        "tolerance" => t.lint_key_tolerance(),
        "weight" => t.lint_key_weight(),
        "explanation" => t.lint_key_explanation(),
        "correct" => t.lint_key_correct(),
        "feedback" => t.lint_key_feedback(),
        "type" => t.lint_key_type(),
        "points" => t.lint_key_points(),
        "levels" => t.lint_key_levels(),
        "start" => t.lint_key_start(),
        "nodes" => t.lint_key_nodes(),
        "choices" => t.lint_key_choices(),
        "to" => t.lint_key_to(),
        _ => return None,
    })
}

fn of_programmes(t: Texts, key: &str) -> Option<&'static str> {
    Some(match key {
        "tag" => t.lint_key_tag(),
        "count" => t.lint_key_count(),
        "words_per_minute" => t.lint_key_words_per_minute(),
        "required_minutes" => t.lint_key_required_minutes(),
        "minimum_minutes" => t.lint_key_minimum_minutes(),
        "hour" => t.lint_key_hour(),
        _ => return None,
    })
}

/// What is possible, to choose from; a dash where nothing is.
pub(super) fn listed(items: &[String]) -> String {
    if items.is_empty() { "—".to_owned() } else { items.join(", ") }
}

/// A count as plurals take it.
pub(super) fn counted(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Hundredths as a decimal number: 560 is 5.60, -5 is -0.05.
pub(super) fn hundredths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let size = value.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

/// An id, or words that say that there is none.
pub(super) fn or_unnamed(t: Texts, id: &str) -> &str {
    if id.is_empty() { t.lint_unnamed() } else { id }
}

/// `file:line` in words.
pub(super) fn place(t: Texts, first: &str) -> String {
    match first.rsplit_once(':') {
        Some((file, line)) if line.parse::<u32>().is_ok() => t.lint_place(file, line),
        _ => first.to_owned(),
    }
}

/// The language of a code.
pub(super) fn language(t: Texts, code: &str) -> String {
    match Language::ALL.into_iter().find(|l| l.code() == code) {
        Some(Language::Es) => t.lint_spanish().to_owned(),
        Some(Language::En) => t.lint_english().to_owned(),
        None => code.to_owned(),
    }
}

/// What is empty or lacks a language (`curriculum::check::{lessons, texts}`, `curriculum::read::lessons`).
pub(super) fn meant(t: Texts, what: &str) -> String {
    let quoted = |before: &str| what.strip_prefix(before)?.strip_prefix('`')?.strip_suffix('`');
    if let Some(key) = quoted("") {
        return named(t, key);
    }
    if let Some(id) = quoted("lesson ") {
        return t.lint_what_lesson(id);
    }
    if let Some(id) = quoted("the prompt of question ") {
        return t.lint_what_prompt_of(id);
    }
    if let Some(id) = quoted("an option of question ") {
        return t.lint_what_option_of(id);
    }
    if what == "the part's title" { t.lint_what_part_title().to_owned() } else { what.to_owned() }
}

/// What a lesson and its translation are compared by (`curriculum::read::translations`).
pub(super) fn shape(t: Texts, shape: &str) -> String {
    if shape == "no checkpoint" {
        return t.lint_shape_no_checkpoint().to_owned();
    }
    match shape.split_once(' ') {
        Some(("id", id)) => t.lint_shape_id(id),
        Some(("parts", list)) => t.lint_shape_parts(if list.is_empty() { "—" } else { list }),
        Some(("mode", mode)) => t.lint_shape_mode(match mode {
            "Some(SelfPaced)" => t.lint_shape_self_paced(),
            "Some(InPerson)" => t.lint_shape_in_person(),
            "None" => t.lint_shape_none(),
            _ => mode,
        }),
        Some(("objectives", list)) => t.lint_shape_objectives(listed(&between_quotes(list))),
        Some(("checkpoint", checkpoint)) => of_checkpoint(t, checkpoint),
        _ => shape.to_owned(),
    }
}

/// `m1-l1-c1 (q1 with 3 options, q2 with 2 options)`.
fn of_checkpoint(t: Texts, checkpoint: &str) -> String {
    let Some((id, questions)) = checkpoint.split_once(" (") else { return checkpoint.to_owned() };
    let questions = questions.strip_suffix(')').unwrap_or(questions).split(", ").filter(|q| !q.is_empty());
    let said = questions.map(|question| {
        let options = question.strip_suffix(" options").and_then(|q| q.rsplit_once(" with "));
        match options.and_then(|(id, count)| Some((id, count.parse().ok()?))) {
            Some((id, count)) => t.lint_shape_question(count, id),
            None => question.to_owned(),
        }
    });
    t.lint_shape_checkpoint(id, listed(&said.collect::<Vec<_>>()))
}

/// What stands between double quotes: `Some([ObjectiveId("m1-o1")])` has `m1-o1`.
pub(super) fn between_quotes(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
