//! Reasons that come as English sentences from a library or from `domain`, put for whoever never saw YAML. What is not
//! known gets a general sentence with the reason itself in brackets.

use super::words::{between_quotes, named};
use app::texts::Texts;

/// A text by language.
const LOCALISED: &str = "{es: …, en: …}";

/// Why YAML cannot be read: sentences of `serde-saphyr` 2.1 and of its parser. The first row that fits decides.
pub(super) fn yaml(t: Texts, reason: &str) -> String {
    if let Some(key) = reason.strip_prefix("duplicate mapping key: ") {
        return t.lint_yaml_twice(key.rsplit_once(", set ").map_or(key, |(key, _)| key));
    }
    let known: [(&[&str], &'static str); 12] = [
        (&["trailing content after"], t.lint_yaml_after_quote()),
        (&["escape character", "escape sequence", "surrogate"], t.lint_yaml_escape()),
        (&["unclosed quote"], t.lint_yaml_quote()),
        (&["tab cannot", "tabs disallowed", "found a tab", "with a tab"], t.lint_yaml_tab()),
        (&["comment"], t.lint_yaml_comment()),
        (&["multiple YAML documents", "multiple documents", "document end", "document start"], t.lint_yaml_documents()),
        (&["expected ',' or"], t.lint_yaml_comma()),
        (&["bracket", "EOF while parsing a flow", "EOF while parsing an implicit"], t.lint_yaml_bracket()),
        (&["simple key"], t.lint_yaml_name()),
        (&["mapping values", "':'"], t.lint_yaml_colon()),
        (
            &["unexpected character", "unknown anchor", "a tag,", "a node,", "directive", "cannot start with", "sequence entries"],
            t.lint_yaml_sign(),
        ),
        (&["indent", "block collection", "block mapping", "block sequence"], t.lint_yaml_indent()),
    ];
    match known.iter().find(|(signs, _)| signs.iter().any(|sign| reason.contains(sign))) {
        Some((_, said)) => (*said).to_owned(),
        None => t.lint_yaml(reason),
    }
}

/// Why a value does not do: sentences of `serde`, of `curriculum::yaml` and of dates.
pub(super) fn value(t: Texts, reason: &str) -> String {
    if let Some((key, _)) = reason.strip_prefix('`').and_then(|r| r.split_once("` has to be above zero")) {
        return t.lint_value_positive(named(t, key));
    }
    if reason.starts_with("a number with a fraction") {
        return t.lint_value_number().to_owned();
    }
    if reason.starts_with("one of the allowed words") {
        return t.lint_value_word().to_owned();
    }
    if reason.starts_with("a key without a value") {
        return t.lint_value_empty().to_owned();
    }
    if ["input contains invalid", "premature end of input", "input is out of range", "trailing input"].iter().any(|r| reason.starts_with(r))
    {
        return t.lint_value_date().to_owned();
    }
    let written = [
        ("is no weight;", t.lint_value_weight()),
        ("is no number of at most", t.lint_value_exact()),
        ("is no tolerance;", t.lint_value_tolerance()),
    ];
    let written = written.iter().find(|(sign, _)| reason.contains(sign)).map(|(_, said)| (*said).to_owned());
    written.or_else(|| wanted(t, reason)).unwrap_or_else(|| t.lint_value(reason))
}

/// `invalid type: …, expected …`
fn wanted(t: Texts, reason: &str) -> Option<String> {
    let (found, expected) = reason.strip_prefix("invalid ")?.rsplit_once(", expected ")?;
    if found == "type: unit value" || found == "type: Option value" {
        return Some(t.lint_value_empty().to_owned());
    }
    Some(match expected {
        "a string" | "string" | "identifier" => t.lint_value_text().to_owned(),
        "a boolean" => t.lint_value_yes_no().to_owned(),
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => t.lint_value_number().to_owned(),
        "a sequence" => t.lint_value_list().to_owned(),
        "struct Localised" => t.lint_value_localised(LOCALISED),
        "a map" => t.lint_value_fields().to_owned(),
        _ if expected.starts_with("struct ") => t.lint_value_fields().to_owned(),
        _ if expected.contains("date") => t.lint_value_date().to_owned(),
        _ => return None,
    })
}

/// Why a question cannot be used: sentences of `domain::assessment::question::problem::Problem`.
pub(super) fn question(t: Texts, reason: &str) -> String {
    let said = whole(t, reason).map(str::to_owned).or_else(|| about_a_key(t, reason)).or_else(|| about_an_id(t, reason));
    said.or_else(|| numbers(t, reason)).unwrap_or_else(|| t.lint_question_other(reason))
}

fn whole(t: Texts, reason: &str) -> Option<&'static str> {
    Some(match reason {
        "no points" => t.lint_question_no_points(),
        "reference without norm" => t.lint_question_no_norm(),
        "no right option" => t.lint_question_no_right(),
        "no wrong option" => t.lint_question_no_wrong(),
        "options on a case" => t.lint_question_options_on_case(),
        "rubric on a question that is no case" => t.lint_question_rubric_on_choice(),
        "no answer gives 100 percent; leave out `weight` of the right one" => t.lint_question_no_full_weight(),
        "`*` accepts any number; take out its `tolerance`" => t.lint_question_tolerance_of_any(),
        "no rubric" => t.lint_question_no_rubric(),
        _ if reason.starts_with("true-false options ") => t.lint_question_true_false(),
        _ => return None,
    })
}

/// What belongs to another type, or is missing altogether: sentences that name the key of the bank.
fn about_a_key(t: Texts, reason: &str) -> Option<String> {
    let (before, rest) = reason.split_once('`')?;
    let (key, after) = rest.split_once('`')?;
    match (before, after) {
        ("", after) if after.starts_with(" does not belong to a question of this type") => Some(t.lint_question_misplaced(named(t, key))),
        ("no answer; list at least one under ", "") => Some(t.lint_question_no_answers(named(t, key))),
        _ => None,
    }
}

/// A text that was written with `{:?}`.
fn plain(text: &str) -> String {
    text.replace("\\\"", "\"")
}

fn about_an_id(t: Texts, reason: &str) -> Option<String> {
    if let Some(place) = reason.strip_prefix("empty text at ") {
        return Some(t.lint_empty(empty(t, place)?));
    }
    let (before, rest) = reason.split_once('"')?;
    if before == "pair " {
        let [pair, option] = between_quotes(reason).try_into().ok()?;
        return Some(t.lint_question_unknown_pair_option(option, pair));
    }
    let (id, after) = rest.rsplit_once('"')?;
    Some(match (before, after) {
        ("bad id ", "") => t.lint_question_bad_id(id),
        ("repeated id ", "") => t.lint_question_repeated_id(id),
        ("confirmed without reviewer or date: ", "") => t.lint_confirmed_by_nobody(id),
        ("option ", after) if after.starts_with(" of this type takes no ") => t.lint_question_key_on_option(id),
        ("option ", after) if after.starts_with(" reads the same as one before it") => t.lint_question_same_text(id),
        ("accepted answer ", after) if after.starts_with(" has no letter or digit") => t.lint_question_nothing_to_compare(plain(id)),
        ("accepted answer ", after) if after.starts_with(" is the same as one before it") => t.lint_question_repeated_answer(plain(id)),
        ("option ", " is right and critical") => t.lint_question_right_and_critical(id),
        ("levels of ", " do not rise") => t.lint_question_levels_not_rising(id),
        ("best level of ", " is critical") => t.lint_question_best_critical(id),
        ("criterion ", levels) if levels.ends_with(" levels") => t.lint_question_few_levels(id),
        _ => return None,
    })
}

/// Which text of a question is empty, from the name of its `Place`.
fn empty(t: Texts, place: &str) -> Option<String> {
    match place {
        "Prompt" => return Some(t.lint_what_prompt().to_owned()),
        "Unit" => return Some(t.lint_what_unit().to_owned()),
        "Explanation" => return Some(t.lint_what_explanation().to_owned()),
        _ => {}
    }
    if let Some((what, position)) = place.strip_suffix(')').and_then(|place| place.split_once('(')) {
        let position = position.parse::<u32>().map(|position| position.saturating_add(1));
        match (what, position) {
            ("Accepted", Ok(n)) => return Some(t.lint_what_accepted(n)),
            ("AcceptedFeedback", Ok(n)) => return Some(t.lint_what_accepted_feedback(n)),
            _ => {}
        }
    }
    let id = between_quotes(place).into_iter().next()?;
    Some(match place.split_once(['(', ' '])? {
        ("Option", _) => t.lint_what_option(id),
        ("Feedback", _) => t.lint_what_feedback(id),
        ("Criterion", _) => t.lint_what_criterion(id),
        ("Pair", _) => t.lint_what_pair(id),
        ("Line", _) => t.lint_what_line(id),
        ("Level", rest) => {
            let position: u32 = rest.rsplit_once("level: ")?.1.trim_end_matches(" }").parse().ok()?;
            t.lint_what_level(id, position.saturating_add(1))
        }
        _ => return None,
    })
}

fn numbers(t: Texts, reason: &str) -> Option<String> {
    if let Some(count) = reason.strip_suffix(" right options instead of 1") {
        return Some(t.lint_question_not_one_right(count.parse().ok()?));
    }
    if let Some(count) = reason.strip_suffix(" pairs; write at least two") {
        return Some(t.lint_question_few_pairs(count.parse().ok()?));
    }
    if let Some(count) = reason.strip_suffix(" options") {
        return Some(t.lint_question_few_options(count.parse().ok()?));
    }
    let (rubric, points) = reason.strip_prefix("rubric gives ")?.strip_suffix(" points")?.split_once(" of ")?;
    Some(t.lint_question_rubric_points(points, rubric))
}
