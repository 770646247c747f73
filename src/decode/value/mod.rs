//! A serde deserializer over a parsed TOML value that reports each problem where it is.
//!
//! serde's derive gives it what it needs: the keys a struct knows (`deserialize_struct`) and the values an
//! enum knows (`deserialize_enum`), from which unknown ones are reported with the nearest known name.

mod context;
mod keys;
mod lists;
mod other;
mod tables;

use super::dialect::Written;
use super::error::DecodeError;
use super::problem::Wanted;
use super::protocol::{ENTRY_NAME, SHORT_NAME};
use super::sink::Sink;
use super::tree::{Item, Key, List, Stated, Value};
use crate::model::{DATE_NAME, INVALID_DATE, REGION_NAME, ReportType, date_in, regions};
use context::Context;
use lists::{Elements, One, PlaceAndValue, ValueAndStated};
use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{self, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use tables::{OnlyKey, TableAccess};

pub struct ValueDeserializer<'de, 's> {
    value: &'s Value<'de>,
    context: Context<'s>,
    /// How many tables down from the file's top.
    depth: u8,
    shorthand: bool,
    /// Stands for a key that was misspelt: something was said here, but nothing that can be read.
    poisoned: bool,
}

impl<'de, 's> ValueDeserializer<'de, 's> {
    pub fn root(value: &'s Value<'de>, sink: &'s Sink<'s>) -> Self {
        Self {
            value,
            context: Context {
                span: super::FILE_START,
                label: super::FILE_START,
                key: None,
                sink,
            },
            depth: 0,
            shorthand: false,
            poisoned: false,
        }
    }

    fn child(item: &'s Item<'de>, key: Option<&'s Key<'de>>, depth: u8, sink: &'s Sink<'s>) -> Self {
        let span = item.span;
        let label = match (&item.value, key) {
            (Value::Table(_) | Value::List(_), Some(key)) => key.span,
            _ => span,
        };
        Self {
            value: &item.value,
            context: Context {
                span,
                label,
                key: key.map(|key| &*key.text),
                sink,
            },
            depth,
            shorthand: false,
            poisoned: false,
        }
    }

    /// A scalar that was already reported as a syntax error is not reported again.
    fn refuse_damaged(&self) -> Result<(), DecodeError> {
        if self.poisoned {
            return Err(DecodeError::Reported);
        }
        let (sink, span) = (self.context.sink, self.context.span);
        let damaged = match self.value {
            Value::Table(_) | Value::List(_) => self.depth > 0 && sink.is_all_damaged(span),
            _ => sink.is_damaged(span),
        };
        if damaged {
            return Err(DecodeError::Reported);
        }
        Ok(())
    }

    fn scalar<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.refuse_damaged()?;
        let Self { value, context, .. } = self;
        let result = match value {
            Value::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Value::Text(Cow::Owned(text)) => visitor.visit_str(text),
            Value::Boolean(value) => visitor.visit_bool(*value),
            Value::Integer { digits, radix } => match i64::from_str_radix(digits, *radix) {
                Ok(value) => visitor.visit_i64(value),
                Err(_) => Err(invalid_type(de::Unexpected::Signed(0), &visitor)),
            },
            Value::Float => Err(invalid_type(de::Unexpected::Float(0.0), &visitor)),
            Value::Date(_) => Err(invalid_type(de::Unexpected::Other(DATE_NAME), &visitor)),
            Value::List(_) => Err(invalid_type(de::Unexpected::Seq, &visitor)),
            Value::Table(_) => Err(invalid_type(de::Unexpected::Map, &visitor)),
        };
        result.map_err(|error| context.report(error, shown(value)))
    }

    fn wrong_container<T>(self, expected: &dyn de::Expected, wants: Option<Wanted>) -> Result<T, DecodeError> {
        self.refuse_damaged()?;
        let error = invalid_type(found(self.value), expected);
        Err(self.context.report_with(error, None, None, wants))
    }
}

fn found<'v>(value: &'v Value<'_>) -> de::Unexpected<'v> {
    match value {
        Value::Text(_) => de::Unexpected::Str(""),
        Value::Integer { .. } => de::Unexpected::Signed(0),
        Value::Float => de::Unexpected::Float(0.0),
        Value::Boolean(value) => de::Unexpected::Bool(*value),
        Value::Date(_) => de::Unexpected::Other(DATE_NAME),
        Value::List(_) => de::Unexpected::Seq,
        Value::Table(_) => de::Unexpected::Map,
    }
}

/// What a message quotes of a value.
fn shown<'s>(value: &'s Value<'_>) -> Option<&'s str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> DecodeError {
    <DecodeError as de::Error>::invalid_type(found, expected)
}

impl<'de> Deserializer<'de> for ValueDeserializer<'de, '_> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.scalar(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        bytes byte_buf unit unit_struct tuple identifier
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match (name, self.value) {
            (DATE_NAME, Value::Date(stated)) => {
                self.refuse_damaged()?;
                match *stated {
                    Stated::Day(packed) => visitor
                        .visit_u32(packed)
                        .map_err(|error: DecodeError| self.context.report(error, None)),
                    Stated::Time => {
                        let found = de::Unexpected::Other(INVALID_DATE);
                        let error = <DecodeError as de::Error>::invalid_value(found, &visitor);
                        Err(self.context.report(error, None))
                    }
                }
            }
            (DATE_NAME, Value::Text(text)) => {
                self.refuse_damaged()?;
                if let Some(packed) = date_in(text).filter(|_| self.context.sink.dialect.lenient) {
                    self.context
                        .read_as(&format!("\"{text}\""), text.trim(), "a date is written without quotes");
                    return visitor
                        .visit_u32(packed)
                        .map_err(|error: DecodeError| self.context.report(error, None));
                }
                let found = de::Unexpected::Other(INVALID_DATE);
                let error = <DecodeError as de::Error>::invalid_value(found, &visitor);
                Err(self.context.report(error, shown(self.value)))
            }
            (DATE_NAME, _) => self.scalar(visitor),
            (REGION_NAME, Value::Text(text)) => {
                self.refuse_damaged()?;
                let meant = if self.context.sink.dialect.lenient && !regions::is_known(text) {
                    regions::canonical(text)
                } else {
                    None
                };
                match meant {
                    Some(meant) => {
                        self.context
                            .read_as(&format!("\"{text}\""), &format!("\"{meant}\""), "");
                        visitor.visit_newtype_struct(StringDeserializer::new(meant))
                    }
                    None => visitor.visit_newtype_struct(self),
                }
            }
            (SHORT_NAME, _) => {
                self.shorthand = true;
                visitor.visit_newtype_struct(self)
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        if name == ENTRY_NAME {
            return visitor.visit_seq(ValueAndStated {
                sink: self.context.sink,
                value: Some(self),
            });
        }
        visitor.visit_seq(PlaceAndValue {
            place: Some(self.context.label),
            value: Some(self),
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.refuse_damaged()?;
        match self.value {
            Value::List(List { items, .. }) => visitor.visit_seq(Elements {
                elements: items.iter(),
                context: self.context,
                depth: self.depth,
            }),
            // One value stands for a list of one; its own key is not repeated as the label of a table.
            _ => visitor.visit_seq(One(Some(self))),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.refuse_damaged()?;
        match self.value {
            Value::Table(table) => visitor.visit_map(TableAccess {
                name: "",
                known: None,
                entries: table.sorted(),
                value: None,
                delivered: 0,
                misspelt: Vec::new(),
                // A map right under the top of a file is a table of entities, keyed by their ids.
                entities: self.context.key.filter(|_| self.depth == 1),
                depth: self.depth,
                sink: self.context.sink,
            }),
            _ => self.wrong_table("", &[]),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.refuse_damaged()?;
        match self.value {
            Value::Table(table) => visitor.visit_map(TableAccess {
                name,
                known: Some(fields),
                entries: table.in_order(),
                value: None,
                delivered: 0,
                misspelt: Vec::new(),
                entities: None,
                depth: self.depth,
                sink: self.context.sink,
            }),
            Value::Text(_) if self.shorthand => visitor.visit_map(OnlyKey {
                key: fields.first().copied(),
                value: Some(Self {
                    shorthand: false,
                    ..self
                }),
            }),
            _ if self.shorthand => self.wrong_container(
                &"text or a table",
                Some(Wanted::Table {
                    table: name,
                    known: fields,
                }),
            ),
            _ => self.wrong_table(name, fields),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.refuse_damaged()?;
        let exact = |text: &str| variants.iter().copied().find(|variant| *variant == text);
        let is_type = name == ReportType::NAME;
        let context = self.context;
        let variant = match self.value {
            Value::Text(text) => match exact(text).filter(|_| !is_type) {
                Some(variant) => variant,
                None => self.respelt(name, text, variants)?,
            },
            // The two types of report are numbers, however TOML lets them be written.
            Value::Integer { digits, radix } if is_type => {
                // A type that another key states is there as text.
                let is_number = |text: &&str| text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
                let written = context.written().filter(is_number).unwrap_or(digits);
                let number = i64::from_str_radix(digits, *radix).map_or_else(|_| digits.to_string(), |n| n.to_string());
                match exact(&number) {
                    Some(variant) if variant == written => variant,
                    Some(variant) => {
                        context.read_as(written, variant, "");
                        variant
                    }
                    None => {
                        return Err(context.unknown_value(
                            name,
                            Written {
                                text: &number,
                                shown: written,
                            },
                            variants,
                        ));
                    }
                }
            }
            _ => {
                let expected = if is_type { &"1 or 2" } else { &"text in quotes" };
                let wants = Wanted::Word {
                    list: name,
                    words: variants,
                };
                return self.wrong_container(expected, Some(wants));
            }
        };
        let variant: StrDeserializer<'_, DecodeError> = variant.into_deserializer();
        visitor.visit_enum(variant)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }
}
