//! A serde deserializer over [`Node`] that records mistakes with their line and goes on where it can.

use super::{Node, Value};
use crate::mistake::{Mistake, MistakeKind};
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::cell::RefCell;
use std::fmt;

/// A failure on its way up; `None` for the line until the nearest node adds its own.
#[derive(Debug)]
pub(super) struct Failure {
    line: Option<u32>,
    kind: MistakeKind,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { line: None, kind: MistakeKind::Value { reason: message.to_string() } }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { line: None, kind: MistakeKind::MissingKey { key: field.to_owned() } }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let allowed = expected.iter().map(|k| (*k).to_owned()).collect();
        Self { line: None, kind: MistakeKind::UnknownKey { key: field.to_owned(), allowed } }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let allowed = expected.iter().map(|k| (*k).to_owned()).collect();
        Self { line: None, kind: MistakeKind::UnknownValue { value: variant.to_owned(), allowed } }
    }
}

impl Failure {
    fn at(mut self, line: u32) -> Self {
        self.line.get_or_insert(line);
        self
    }
}

#[derive(Clone, Copy)]
struct At<'a> {
    node: &'a Node,
    found: &'a RefCell<Vec<(u32, MistakeKind)>>,
}

pub(super) fn read<T: DeserializeOwned>(file: &str, node: &Node, mistakes: &mut Vec<Mistake>) -> Option<T> {
    let found = RefCell::new(Vec::new());
    let result = T::deserialize(At { node, found: &found });
    let value = match result {
        Ok(value) => Some(value),
        Err(failure) => {
            found.borrow_mut().push((failure.line.unwrap_or(node.line), failure.kind));
            None
        }
    };
    mistakes.extend(found.into_inner().into_iter().map(|(line, kind)| Mistake::new(file, line, kind)));
    value
}

impl<'a> At<'a> {
    fn child(self, node: &'a Node) -> Self {
        Self { node, found: self.found }
    }

    fn scalar<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(value) => visitor.visit_i64(*value),
            Value::Other => Err(de::Error::custom("a number with a fraction or beyond the range; write a whole number, or quote a text")),
            Value::Text(text) => visitor.visit_str(text),
            Value::List(items) => visitor.visit_seq(Items { at: self, items: items.iter() }),
            Value::Map(entries) => visitor.visit_map(Entries { at: self, entries: entries.iter(), value: None }),
        }
        .map_err(|f: Failure| f.at(self.node.line))
    }
}

impl<'de> Deserializer<'de> for At<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.scalar(visitor)
    }

    /// Plain `105`, `true` or `2026` where a text is asked for is that text.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Bool(value) => visitor.visit_string(value.to_string()),
            Value::Number(value) => visitor.visit_string(value.to_string()),
            _ => return self.scalar(visitor),
        }
        .map_err(|f: Failure| f.at(self.node.line))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let Value::Map(entries) = &self.node.value else { return self.scalar(visitor) };
        let mut known = Vec::with_capacity(entries.len());
        for entry in entries {
            if fields.contains(&entry.1.as_str()) {
                known.push(entry);
            } else {
                let allowed = fields.iter().map(|k| (*k).to_owned()).collect();
                self.found.borrow_mut().push((entry.0, MistakeKind::UnknownKey { key: entry.1.clone(), allowed }));
            }
        }
        visitor.visit_map(Entries { at: self, entries: known.into_iter(), value: None }).map_err(|f: Failure| f.at(self.node.line))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Text(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            Value::Map(entries) if entries.len() == 1 => visitor.visit_enum(Variant { at: self, entry: &entries[0] }),
            _ => Err(de::Error::custom("one of the allowed words is needed here")),
        }
        .map_err(|f: Failure| f.at(self.node.line))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.scalar(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit_struct seq tuple tuple_struct
        map identifier ignored_any
    }
}

struct Items<'a> {
    at: At<'a>,
    items: std::slice::Iter<'a, Node>,
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        // A seed cannot be used twice, so a bad item can be left out only where it is the last; the caller reads lists
        // of records one by one instead (`files::each`).
        match self.items.next() {
            None => Ok(None),
            Some(node) => seed.deserialize(self.at.child(node)).map(Some).map_err(|f| f.at(node.line)),
        }
    }
}

struct Entries<'a, I> {
    at: At<'a>,
    entries: I,
    value: Option<&'a (u32, String, Node)>,
}

impl<'de, 'a, I: Iterator<Item = &'a (u32, String, Node)>> de::MapAccess<'de> for Entries<'a, I> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        let Some(entry) = self.entries.next() else { return Ok(None) };
        self.value = Some(entry);
        let key: StrDeserializer<'_, Failure> = entry.1.as_str().into_deserializer();
        seed.deserialize(key).map(Some).map_err(|f| f.at(entry.0))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        let Some(entry) = self.value.take() else { return Err(de::Error::custom("a key without a value")) };
        seed.deserialize(self.at.child(&entry.2)).map_err(|f| f.at(entry.0))
    }
}

struct Variant<'a> {
    at: At<'a>,
    entry: &'a (u32, String, Node),
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Failure;
    type Variant = At<'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, At<'a>), Failure> {
        let name: StrDeserializer<'_, Failure> = self.entry.1.as_str().into_deserializer();
        let value = seed.deserialize(name).map_err(|f| f.at(self.entry.0))?;
        Ok((value, self.at.child(&self.entry.2)))
    }
}

impl<'de> VariantAccess<'de> for At<'_> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Failure> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Failure> {
        self.scalar(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_struct("", fields, visitor)
    }
}
