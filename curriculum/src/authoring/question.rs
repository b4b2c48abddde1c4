//! A question of a bank as a piece of YAML: one list item, `- id: …` and its lines.

use super::{PIECE, misshapen, style, typed};
use crate::mistake::Mistake;
use crate::yaml::{self, Value};
use domain::assessment::question::{AuthoredQuestion, QuestionKind};

/// The question in `block`. Whether it can be used is another matter: [`AuthoredQuestion::validate`].
///
/// # Errors
/// Every mistake that keeps it from being understood, with its line in the block and no file.
pub fn read(block: &str) -> Result<AuthoredQuestion, Vec<Mistake>> {
    let node = yaml::tree(PIECE, 1, block).map_err(|mistake| vec![mistake])?;
    match (&node.value, node.items()) {
        (Value::Map(_), _) => typed(&node),
        (_, [item]) => typed(item),
        _ => Err(misshapen(node.line)),
    }
}

/// The block of a question, in the style of the banks of the course. Comments that stood in an older block are lost:
/// what has to be kept belongs into the reason of the change.
#[must_use]
pub fn write(question: &AuthoredQuestion) -> String {
    let mut value = serde_json::to_value(question).unwrap_or_default();
    if let Some(map) = value.as_object_mut().filter(|_| question.kind != QuestionKind::Case) {
        map.insert("critical".to_owned(), question.critical.into());
    }
    style::item(&value)
}

/// The id of a new question of `module` beside those `taken`: `m4-q07`. Numbers are not used again: the id of a question
/// that was taken out still stands on old papers.
#[must_use]
pub fn next_id<'t>(module: &str, taken: impl IntoIterator<Item = &'t str>) -> String {
    let start = format!("{module}-q");
    let numbers = taken.into_iter().filter_map(|id| id.strip_prefix(&start)?.parse::<u32>().ok());
    format!("{start}{:02}", numbers.max().unwrap_or(0).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mistake::MistakeKind;

    #[test]
    fn a_new_question_takes_the_number_after_the_last() {
        assert_eq!(next_id("m4", ["m4-q01", "m4-q08", "m4-caso-1", "m3-q40", "m4-qx"]), "m4-q09");
        assert_eq!(next_id("m9", []), "m9-q01");
        assert_eq!(next_id("m4", ["m4-q99"]), "m4-q100");
    }

    #[test]
    fn what_is_no_question_is_told_with_its_line() {
        let told = read("- id: q1\n  type: riddle\n  objective: o\n  points: 1\n  prompt: {es: ¿?}\n").unwrap_err();
        assert_eq!(told[0].line, 2);
        assert!(matches!(told[0].what, MistakeKind::UnknownValue { .. }));
        assert!(read("- id: a\n- id: b\n").is_err());
        assert!(read("").is_err());
        assert!(read("- id: \"").is_err());
    }
}
