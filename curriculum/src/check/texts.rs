//! Every text of a complete language is there; those of an offered language are counted.

use super::Context;
use crate::mistake::MistakeKind;
use crate::yaml::{Node, Value};
use domain::curriculum::Language;

pub(super) fn check(context: &mut Context<'_>) {
    let programme = context.programme;
    for (file, node) in &programme.trees {
        walk(context, file, node, "");
    }
    let languages = &programme.file.languages;
    for lesson in programme.modules.iter().flat_map(|m| &m.lessons) {
        for language in Language::ALL.into_iter().filter(|l| *l != lesson.source.language) {
            if lesson.translations.iter().any(|t| t.language == language) {
                continue;
            }
            if languages.complete.contains(&language) {
                let what = format!("lesson `{}`", lesson.source.front.id);
                let what = MistakeKind::MissingText { language: language.code().to_owned(), what };
                context.mistake(&lesson.source.path, 1, what);
            } else if languages.offered.contains(&language) {
                *context.untranslated.entry(language).or_default() += 1;
            }
        }
    }
}

/// A map with a text under `es` is a text by language; anything else is searched for such maps.
fn walk(context: &mut Context<'_>, file: &str, node: &Node, key: &str) {
    match &node.value {
        Value::Map(entries) => {
            if node.get("es").is_some_and(|es| !matches!(es.value, Value::List(_) | Value::Map(_))) {
                localised(context, file, node, key);
                return;
            }
            for (_, key, value) in entries {
                walk(context, file, value, key);
            }
        }
        Value::List(items) => {
            for item in items {
                walk(context, file, item, key);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Other | Value::Text(_) => {}
    }
}

fn localised(context: &mut Context<'_>, file: &str, node: &Node, key: &str) {
    let languages = &context.programme.file.languages;
    for language in Language::ALL {
        let given = node.get(language.code()).is_some_and(|n| match &n.value {
            Value::Text(text) => !text.trim().is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::Other => true,
            Value::Null | Value::List(_) | Value::Map(_) => false,
        });
        if given {
            continue;
        }
        if languages.complete.contains(&language) {
            let what = MistakeKind::MissingText { language: language.code().to_owned(), what: format!("`{key}`") };
            context.mistake(file, node.line, what);
        } else if languages.offered.contains(&language) {
            *context.untranslated.entry(language).or_default() += 1;
        }
    }
}
