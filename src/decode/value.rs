//! A serde deserializer over a parsed TOML value that reports each problem where it stands.
//!
//! serde's derive gives it what it needs: the keys a struct knows (`deserialize_struct`) and the values an
//! enum knows (`deserialize_enum`), from which unknown ones are reported with the nearest known name.

use super::date::DATE_NAME;
use super::field::pack;
use super::near::nearest;
use super::problem::{DecodeError, Fault, Problem, Sink};
use super::spelling;
use crate::source::Span;
use serde::de::value::{StrDeserializer, U64Deserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Asks for a pair of the place (packed) and the value.
pub const VAL_NAME: &str = "a value with its place";
/// Says that text may stand for a table that has only its first key.
pub const SHORT_NAME: &str = "text or a table";

type Entries<'de> = <DeTable<'de> as IntoIterator>::IntoIter;

/// What surrounds a value, for messages.
#[derive(Clone)]
struct Context<'de, 's> {
    /// The value's own text.
    span: Span,
    /// What to point at.
    label: Span,
    key: Option<Cow<'de, str>>,
    sink: &'s Sink,
}

pub struct ValueDeserializer<'de, 's> {
    value: DeValue<'de>,
    context: Context<'de, 's>,
    /// How many tables down from the file's top.
    depth: u8,
    shorthand: bool,
    /// Stands for a key that was misspelt: something was said here, but nothing that can be read.
    poisoned: bool,
}

impl<'de, 's> ValueDeserializer<'de, 's> {
    pub fn root(table: Spanned<DeTable<'de>>, sink: &'s Sink) -> Self {
        Self {
            value: DeValue::Table(table.into_inner()),
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

    fn child(value: Spanned<DeValue<'de>>, key: Option<(Cow<'de, str>, Span)>, depth: u8, sink: &'s Sink) -> Self {
        let span = Span::new(value.span());
        let value = value.into_inner();
        let label = match (&value, &key) {
            (DeValue::Table(_) | DeValue::Array(_), Some((_, key))) => *key,
            _ => span,
        };
        Self {
            value,
            context: Context {
                span,
                label,
                key: key.map(|(text, _)| text),
                sink,
            },
            depth,
            shorthand: false,
            poisoned: false,
        }
    }

    /// A scalar that was already reported as torn is not spoken about again.
    fn refuse_damaged(&self) -> Result<(), DecodeError> {
        if self.poisoned {
            return Err(DecodeError::Reported);
        }
        let container = matches!(self.value, DeValue::Table(_) | DeValue::Array(_));
        if !container && self.context.sink.is_damaged(self.context.span) {
            return Err(DecodeError::Reported);
        }
        Ok(())
    }

    fn scalar<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.refuse_damaged()?;
        let Self { value, context, .. } = self;
        let shown = match &value {
            DeValue::String(text) => Some(text.clone()),
            _ => None,
        };
        let result = match value {
            DeValue::String(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            DeValue::String(Cow::Owned(text)) => visitor.visit_string(text),
            DeValue::Boolean(value) => visitor.visit_bool(value),
            DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(value) => visitor.visit_i64(value),
                Err(_) => Err(invalid_type(de::Unexpected::Signed(0), &visitor)),
            },
            DeValue::Float(_) => Err(invalid_type(de::Unexpected::Float(0.0), &visitor)),
            DeValue::Datetime(_) => Err(invalid_type(de::Unexpected::Other(DATE_NAME), &visitor)),
            DeValue::Array(_) => Err(invalid_type(de::Unexpected::Seq, &visitor)),
            DeValue::Table(_) => Err(invalid_type(de::Unexpected::Map, &visitor)),
        };
        result.map_err(|error| context.report(error, shown.as_deref()))
    }

    fn wrong_container<T>(self, expected: &dyn de::Expected) -> Result<T, DecodeError> {
        self.refuse_damaged()?;
        let found = match &self.value {
            DeValue::String(_) => de::Unexpected::Str(""),
            DeValue::Integer(_) => de::Unexpected::Signed(0),
            DeValue::Float(_) => de::Unexpected::Float(0.0),
            DeValue::Boolean(value) => de::Unexpected::Bool(*value),
            DeValue::Datetime(_) => de::Unexpected::Other(DATE_NAME),
            DeValue::Array(_) => de::Unexpected::Seq,
            DeValue::Table(_) => de::Unexpected::Map,
        };
        Err(self.context.report(invalid_type(found, expected), None))
    }
}

fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> DecodeError {
    <DecodeError as de::Error>::invalid_type(found, expected)
}

impl Context<'_, '_> {
    fn named(&self) -> String {
        match &self.key {
            Some(key) => format!("`{key}`"),
            None => "this value".to_owned(),
        }
    }

    /// Reports a problem that has not been reported yet, and marks it as done with.
    fn report(&self, error: DecodeError, shown: Option<&str>) -> DecodeError {
        let DecodeError::Pending { fault, found, expected } = error else {
            return error;
        };
        // "a date, such as .." is a date, for short.
        let noun = expected.split([',', ':']).next().unwrap_or_default();
        let (message, label) = match (fault, shown) {
            (Fault::WrongType, _) => (
                format!("{} is {found}, but {expected} is expected here", self.named()),
                format!("{found}, not {noun}"),
            ),
            (_, Some(text)) => (
                format!("{} is \"{text}\", which is not {expected}", self.named()),
                format!("not {noun}"),
            ),
            (_, None) => (format!("{} is not {expected}", self.named()), format!("not {noun}")),
        };
        let help = format!("write {expected}");
        self.sink
            .report(Problem::new(fault, self.label, message, label).with_help(help));
        DecodeError::Reported
    }
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
        match (name, &self.value) {
            (DATE_NAME, DeValue::Datetime(stated)) => {
                self.refuse_damaged()?;
                match (stated.date, stated.time) {
                    (Some(date), None) => {
                        let packed = u32::from(date.year) * 10_000 + u32::from(date.month) * 100 + u32::from(date.day);
                        visitor
                            .visit_u32(packed)
                            .map_err(|error: DecodeError| self.context.report(error, None))
                    }
                    _ => {
                        let found = de::Unexpected::Other(Fault::InvalidDate.name());
                        let error = <DecodeError as de::Error>::invalid_value(found, &visitor);
                        Err(self.context.report(error, None))
                    }
                }
            }
            (DATE_NAME, DeValue::String(_)) => {
                self.refuse_damaged()?;
                let found = de::Unexpected::Other(Fault::InvalidDate.name());
                let error = <DecodeError as de::Error>::invalid_value(found, &visitor);
                let shown = match &self.value {
                    DeValue::String(text) => Some(text.as_ref()),
                    _ => None,
                };
                Err(self.context.report(error, shown))
            }
            (DATE_NAME, _) => self.scalar(visitor),
            (SHORT_NAME, _) => {
                self.shorthand = true;
                visitor.visit_newtype_struct(self)
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_seq(PlaceAndValue {
            place: Some(self.context.label),
            value: Some(self),
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.refuse_damaged()?;
        let Self {
            value,
            context,
            depth,
            shorthand,
            poisoned,
        } = self;
        let elements = match value {
            DeValue::Array(elements) => elements.into_iter().collect(),
            // One value stands for a list of one; its own key is not repeated as the label of a table.
            single => {
                let one = Self {
                    value: single,
                    context,
                    depth,
                    shorthand,
                    poisoned,
                };
                return visitor.visit_seq(One(Some(one)));
            }
        };
        visitor.visit_seq(Elements {
            elements: Vec::into_iter(elements),
            context,
            depth,
        })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.refuse_damaged()?;
        match self.value {
            DeValue::Table(table) => visitor.visit_map(TableAccess {
                known: None,
                entries: table.into_iter(),
                value: None,
                delivered: 0,
                misspelt: Vec::new(),
                // A map right under the top of a file is a table of entities, keyed by their ids.
                entities: self.context.key.filter(|_| self.depth == 1),
                depth: self.depth,
                sink: self.context.sink,
            }),
            _ => self.wrong_container(&"a table"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.refuse_damaged()?;
        match self.value {
            DeValue::Table(table) => visitor.visit_map(TableAccess {
                known: Some(fields),
                entries: table.into_iter(),
                value: None,
                delivered: 0,
                misspelt: Vec::new(),
                entities: None,
                depth: self.depth,
                sink: self.context.sink,
            }),
            DeValue::String(_) if self.shorthand => visitor.visit_map(OnlyKey {
                key: fields.first().copied(),
                value: Some(Self {
                    shorthand: false,
                    ..self
                }),
            }),
            _ if self.shorthand => self.wrong_container(&"text or a table"),
            _ => self.wrong_container(&"a table"),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.refuse_damaged()?;
        let written = match &self.value {
            DeValue::String(text) => text.clone(),
            // The two types of report are numbers.
            DeValue::Integer(integer) if name == "ReportType" => Cow::Owned(integer.as_str().to_owned()),
            _ => return self.wrong_container(&"text in quotes"),
        };
        let context = self.context;
        let as_written = !matches!((name, &self.value), ("ReportType", DeValue::String(_)));
        let exact = variants.iter().copied().find(|variant| *variant == written);
        let variant = match exact {
            Some(variant) if as_written => variant,
            _ => match spelling::canonical(name, &written, variants) {
                Some(variant) => {
                    let canonical = match name {
                        "ReportType" => variant.to_owned(),
                        _ => format!("\"{variant}\""),
                    };
                    let mut problem = Problem::new(
                        Fault::NonCanonicalSpelling,
                        context.label,
                        format!(
                            "{} is written \"{written}\"; it is read as {canonical}",
                            context.named()
                        ),
                        format!("read as {canonical}"),
                    )
                    .with_help(format!("write {canonical}"));
                    problem.replacement = Some(canonical);
                    context.sink.report(problem);
                    variant
                }
                None => return Err(context.unknown_value(&written, variants)),
            },
        };
        let variant: StrDeserializer<'_, DecodeError> = variant.into_deserializer();
        visitor.visit_enum(variant)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }
}

impl Context<'_, '_> {
    fn unknown_value(&self, written: &str, known: &'static [&'static str]) -> DecodeError {
        let near = nearest(written, known.iter().copied());
        let message = format!("{} has no value \"{written}\"", self.named());
        let label = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "not a known value".to_owned(),
        };
        let list = known.iter().map(|v| format!("\"{v}\"")).collect::<Vec<_>>().join(", ");
        let mut problem = Problem::new(Fault::UnknownValue, self.label, message, label);
        problem.help = Some(match near {
            Some(near) => format!("write \"{near}\", or another of the known values: {list}"),
            None => format!("write one of the known values: {list}"),
        });
        problem.replacement = near.map(|near| format!("\"{near}\""));
        self.sink.report(problem);
        DecodeError::Reported
    }
}

/// A place and a value, as a sequence of two.
struct PlaceAndValue<'de, 's> {
    place: Option<Span>,
    value: Option<ValueDeserializer<'de, 's>>,
}

impl<'de> SeqAccess<'de> for PlaceAndValue<'de, '_> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        if let Some(place) = self.place.take() {
            return seed.deserialize(U64Deserializer::new(pack(place))).map(Some);
        }
        let Some(value) = self.value.take() else {
            return Ok(None);
        };
        let context = value.context.clone();
        let shown = match &value.value {
            DeValue::String(text) => Some(text.clone()),
            _ => None,
        };
        // What a type finds wrong with a value that it was given whole is reported here at the latest.
        let result = seed.deserialize(value);
        result
            .map(Some)
            .map_err(|error| context.report(error, shown.as_deref()))
    }
}

struct One<'de, 's>(Option<ValueDeserializer<'de, 's>>);

impl<'de> SeqAccess<'de> for One<'de, '_> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        self.0.take().map(|value| seed.deserialize(value)).transpose()
    }
    fn size_hint(&self) -> Option<usize> {
        Some(1)
    }
}

struct Elements<'de, 's> {
    elements: std::vec::IntoIter<Spanned<DeValue<'de>>>,
    context: Context<'de, 's>,
    depth: u8,
}

impl<'de> SeqAccess<'de> for Elements<'de, '_> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        let Some(element) = self.elements.next() else {
            return Ok(None);
        };
        let mut element = ValueDeserializer::child(element, None, self.depth, self.context.sink);
        element.context.key.clone_from(&self.context.key);
        seed.deserialize(element).map(Some)
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.elements.len())
    }
}

enum Next<'de> {
    Value(Cow<'de, str>, Span, Spanned<DeValue<'de>>),
    Misspelt(Span),
}

struct TableAccess<'de, 's> {
    /// The keys of a struct; `None` when any key will do.
    known: Option<&'static [&'static str]>,
    entries: Entries<'de>,
    value: Option<Next<'de>>,
    /// Which of the known keys were there, a bit each.
    delivered: u64,
    /// Known keys that misspelt ones probably mean.
    misspelt: Vec<(&'static str, Span)>,
    /// The name of the table of entities that this is.
    entities: Option<Cow<'de, str>>,
    depth: u8,
    sink: &'s Sink,
}

/// Reports a key that is not known, and says which known one it probably means.
fn report_unknown_key(sink: &Sink, known: &'static [&'static str], key: &str, span: Span) -> Option<&'static str> {
    if sink.is_damaged(span) {
        return None;
    }
    let near = nearest(key, known.iter().copied());
    let label = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "not a known key".to_owned(),
    };
    let mut problem = Problem::new(Fault::UnknownKey, span, format!("there is no key `{key}` here"), label);
    problem.help = Some(match near {
        Some(near) => format!("write `{near}`, or take the key out"),
        None => {
            let mut keys = known.to_vec();
            keys.sort_unstable();
            format!("take it out, or use one of: {}", keys.join(", "))
        }
    });
    problem.replacement = near.map(str::to_owned);
    sink.report(problem);
    near
}

impl<'de> MapAccess<'de> for TableAccess<'de, '_> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DecodeError> {
        for (key, value) in self.entries.by_ref() {
            let span = Span::new(key.span());
            let key = key.into_inner();
            if let Some(known) = self.known {
                let Some(at) = known.iter().position(|known| *known == key) else {
                    let near = report_unknown_key(self.sink, known, &key, span);
                    self.misspelt.extend(near.map(|near| (near, span)));
                    if self.depth == 0 {
                        self.sink.lose_table(near.unwrap_or_default(), value.get_ref());
                    }
                    continue;
                };
                self.delivered |= 1 << at.min(63);
            }
            let name = seed.deserialize(KeyDeserializer { key: key.clone(), span })?;
            self.value = Some(Next::Value(key, span, value));
            return Ok(Some(name));
        }
        // What a misspelt key meant to say is unknown rather than absent.
        while let Some((key, span)) = self.misspelt.pop() {
            let at = self
                .known
                .and_then(|known| known.iter().position(|known| *known == key))
                .unwrap_or(63)
                .min(63);
            if self.delivered & (1 << at) != 0 {
                continue;
            }
            self.delivered |= 1 << at;
            let key: StrDeserializer<'_, DecodeError> = key.into_deserializer();
            self.value = Some(Next::Misspelt(span));
            return seed.deserialize(key).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DecodeError> {
        let (key, span, value) = match self.value.take() {
            Some(Next::Value(key, span, value)) => (key, span, value),
            Some(Next::Misspelt(span)) => {
                let nothing = Spanned::new(span.range(), DeValue::Boolean(false));
                let mut child = ValueDeserializer::child(nothing, None, self.depth, self.sink);
                child.poisoned = true;
                return seed.deserialize(child);
            }
            None => return Err(DecodeError::Reported),
        };
        let entity = self.entities.as_deref();
        if let Some(table) = entity {
            self.sink.enter(table, &key);
        }
        let child = ValueDeserializer::child(value, Some((key, span)), self.depth.saturating_add(1), self.sink);
        let result = seed.deserialize(child);
        if entity.is_some() {
            self.sink.leave();
        }
        result
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// A table written as the text that is its first key.
struct OnlyKey<'de, 's> {
    key: Option<&'static str>,
    value: Option<ValueDeserializer<'de, 's>>,
}

impl<'de> MapAccess<'de> for OnlyKey<'de, '_> {
    type Error = DecodeError;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DecodeError> {
        let key = self
            .key
            .take()
            .map(|key| -> StrDeserializer<'_, DecodeError> { key.into_deserializer() });
        key.map(|key| seed.deserialize(key)).transpose()
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DecodeError> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(DecodeError::Reported),
        }
    }
}

struct KeyDeserializer<'de> {
    key: Cow<'de, str>,
    span: Span,
}

impl<'de> Deserializer<'de> for KeyDeserializer<'de> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.key {
            Cow::Borrowed(key) => visitor.visit_borrowed_str(key),
            Cow::Owned(key) => visitor.visit_string(key),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string enum struct seq map
        bytes byte_buf unit unit_struct newtype_struct tuple identifier ignored_any
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_some(self)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_seq(PlaceAndKey {
            place: Some(self.span),
            key: Some(self),
        })
    }
}

struct PlaceAndKey<'de> {
    place: Option<Span>,
    key: Option<KeyDeserializer<'de>>,
}

impl<'de> SeqAccess<'de> for PlaceAndKey<'de> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        if let Some(place) = self.place.take() {
            return seed.deserialize(U64Deserializer::new(pack(place))).map(Some);
        }
        self.key.take().map(|key| seed.deserialize(key)).transpose()
    }
}
