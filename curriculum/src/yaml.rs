//! YAML read in two steps, so that one run tells every mistake: first a tree in which each node knows its line, then the
//! typed value, collecting unknown keys and bad list items on the way instead of stopping at the first.

mod reader;

use crate::mistake::{Mistake, MistakeKind};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use std::fmt;

/// A YAML node and the line it stands on, from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its line in the YAML text.
    pub line: u32,
    /// What it is.
    pub value: Value,
}

/// The content of a node.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing after the colon.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A number with a fraction, or too large: no field takes one.
    Other,
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in order; the first number is the key's line.
    Map(Vec<(u32, String, Node)>),
}

impl Node {
    /// The value under `key`, where this is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(_, k, _)| k == key).map(|(_, _, v)| v),
            _ => None,
        }
    }

    /// The items of a list; empty for anything else.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The line of `key`, else of the node.
    #[must_use]
    pub fn line_of(&self, key: &str) -> u32 {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(_, k, _)| k == key).map_or(self.line, |(line, _, _)| *line),
            _ => self.line,
        }
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Value, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Other, Value::Number))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Other, Value::Number))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Other, Value::Number))
    }

    fn visit_f64<E>(self, _value: f64) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element::<Node>()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key::<Spanned<String>>()? {
            let line = line_number(key.referenced.line());
            entries.push((line, key.value, access.next_value::<Node>()?));
        }
        Ok(Value::Map(entries))
    }
}

struct AnyValue(Value);

impl<'de> Deserialize<'de> for AnyValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any).map(Self)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<AnyValue>::deserialize(deserializer)?;
        Ok(Self { line: line_number(spanned.referenced.line()), value: spanned.value.0 })
    }
}

fn line_number(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// The tree of a YAML text that begins on line `first` of `file`.
///
/// # Errors
/// Where the text is no YAML.
pub fn tree(file: &str, first: u32, text: &str) -> Result<Node, Mistake> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    let offset = first.saturating_sub(1);
    match serde_saphyr::from_str_with_options::<Node>(text, options) {
        Ok(mut node) => {
            shift(&mut node, offset);
            Ok(node)
        }
        Err(error) => {
            let line = error.location().map_or(1, |l| line_number(l.line())).max(1);
            let reason = error.without_snippet().to_string();
            // Lines in the library's sentence are those of the block, not of the file.
            let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
            Err(Mistake::new(file, line.saturating_add(offset), MistakeKind::Yaml { reason }))
        }
    }
}

fn shift(node: &mut Node, offset: u32) {
    node.line = node.line.max(1).saturating_add(offset);
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|n| shift(n, offset)),
        Value::Map(entries) => {
            for (line, _, value) in entries {
                *line = (*line).max(1).saturating_add(offset);
                shift(value, offset);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Other | Value::Text(_) => {}
    }
}

/// The typed value of `node`; every mistake goes into `mistakes`. List items that cannot be read are left out of the
/// value, so the value is complete only where no mistake was added.
pub fn typed<T: DeserializeOwned>(file: &str, node: &Node, mistakes: &mut Vec<Mistake>) -> Option<T> {
    reader::read(file, node, mistakes)
}
