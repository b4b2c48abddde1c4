//! Writes YAML as the files of the course are written: keys in one order, texts in double quotes, short maps on one line.
//!
//! It goes over the serialised form, so that a key which a new type of question brings is written without a word here.

use serde_json::{Map, Value};

/// The order of keys; those not named follow by name.
const ORDER: [&str; 33] = [
    "id",
    "to",
    "type",
    "objective",
    "tags",
    "correct",
    "critical",
    "points",
    "minimum_words",
    "norm",
    "status",
    "verified",
    "reviewer",
    "references",
    "lesson",
    "part",
    "reread",
    "outcome",
    "es",
    "en",
    "title",
    "start",
    "prompt",
    "left",
    "right",
    "text",
    "feedback",
    "options",
    "rubric",
    "levels",
    "critical_lines",
    "choices",
    "nodes",
];

/// Keys whose value is prose: always in quotes.
const PROSE: [&str; 4] = ["es", "en", "norm", "reviewer"];

/// Words that YAML readers take for something else than text.
const RESERVED: [&str; 12] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity"];

/// A record as one item of a list.
pub(super) fn item(value: &Value) -> String {
    let mut text = String::new();
    if let Value::Object(map) = value {
        entries(&mut text, map, "", 2);
    }
    format!("- {}", text.get(2..).unwrap_or_default())
}

/// A record as a whole file.
pub(super) fn document(value: &Value) -> String {
    let mut text = String::new();
    if let Value::Object(map) = value {
        entries(&mut text, map, "", 0);
    }
    text
}

/// The keys of `map`, which lies in the list `list`, each on lines of its own.
fn entries(text: &mut String, map: &Map<String, Value>, list: &str, indent: usize) {
    for (key, value) in sorted(map) {
        let margin = " ".repeat(indent);
        match value {
            Value::Object(inner) if !is_short(key, inner, list) => {
                text.push_str(&format!("{margin}{key}:\n"));
                entries(text, inner, "", indent + 2);
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                text.push_str(&format!("{margin}{key}:\n"));
                items.iter().for_each(|item| list_item(text, item, key, indent + 2));
            }
            _ => text.push_str(&format!("{margin}{key}: {}\n", inline(key, value))),
        }
    }
}

fn list_item(text: &mut String, item: &Value, list: &str, indent: usize) {
    let margin = " ".repeat(indent);
    match item {
        Value::Object(map) if !is_flat(map) => {
            let mut lines = String::new();
            entries(&mut lines, map, list, indent + 2);
            text.push_str(&format!("{margin}- {}", lines.get(indent + 2..).unwrap_or_default()));
        }
        _ => text.push_str(&format!("{margin}- {}\n", inline(list, item))),
    }
}

/// Whether a map stands on one line: the long texts of the course do not.
fn is_short(key: &str, map: &Map<String, Value>, list: &str) -> bool {
    let is_long = match key {
        "prompt" => true,
        "title" => list.is_empty(),
        "text" | "feedback" => list == "options" || list == "nodes",
        _ => false,
    };
    is_flat(map) && !is_long
}

fn is_flat(map: &Map<String, Value>) -> bool {
    !map.values().any(|value| value.is_object() || value.is_array())
}

fn sorted(map: &Map<String, Value>) -> Vec<(&str, &Value)> {
    let mut entries: Vec<_> = map.iter().map(|(key, value)| (key.as_str(), value)).collect();
    entries.sort_by_key(|(key, _)| (ORDER.iter().position(|k| k == key).unwrap_or(ORDER.len()), *key));
    entries
}

fn inline(key: &str, value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if !PROSE.contains(&key) && is_plain(text) => text.clone(),
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(|item| inline(key, item)).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let pairs = sorted(map).into_iter().map(|(key, value)| format!("{key}: {}", inline(key, value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whether a text is an id or a date, which need no quotes.
fn is_plain(text: &str) -> bool {
    let is_id = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let is_date = text.len() == 10
        && text.bytes().zip("0000-00-00".bytes()).all(|(b, form)| (form == b'-') == (b == b'-') && (b == b'-' || b.is_ascii_digit()));
    is_date || is_id && !RESERVED.contains(&text)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if !is_printable(c) => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Characters that may stand in a YAML text as they are, and that an editor shows.
const fn is_printable(c: char) -> bool {
    !matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{10000}'..='\u{10ffff}')
}
