//! From a declaration's types to the values that were read, by their way of serializing.

use super::{AsRead, Keys};
use crate::decode::protocol::{SHORT_NAME, UNREAD_NAME, VAL_NAME, unpack};
use crate::manifest::Target;
use crate::model::ReportType;
use crate::source::{Source, Span};
use serde::ser::{self, Impossible, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// One walk over a declaration.
#[derive(Clone, Copy)]
pub struct Walk<'w> {
    pub source: &'w Source,
    /// Where something is named, in order, and of which kind it is.
    pub targets: &'w [(Span, Target)],
}

/// What a part of a declaration comes to.
pub enum Out {
    /// It is not stated.
    Absent,
    Place(Span),
    Value(AsRead),
    /// A table, and its first key by the order of its type.
    Shortened(&'static str, Keys),
}

/// Nothing goes wrong in a declaration; what serde asks for is there.
#[derive(Debug)]
pub struct Never;

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a declaration")
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

fn value(value: AsRead) -> Result<Out, Never> {
    Ok(Out::Value(value))
}

impl Out {
    fn read(self) -> Option<AsRead> {
        match self {
            Self::Absent | Self::Place(_) => None,
            Self::Value(value) => Some(value),
            Self::Shortened(_, keys) => Some(AsRead::Table(keys)),
        }
    }
}

impl<'w> Serializer for Walk<'w> {
    type Ok = Out;
    type Error = Never;
    type SerializeSeq = Items<'w>;
    type SerializeTuple = Impossible<Out, Never>;
    type SerializeTupleStruct = Pair<'w>;
    type SerializeTupleVariant = Impossible<Out, Never>;
    type SerializeMap = Entries<'w>;
    type SerializeStruct = Table<'w>;
    type SerializeStructVariant = Impossible<Out, Never>;

    fn serialize_bool(self, v: bool) -> Result<Out, Never> {
        value(AsRead::Boolean(v))
    }
    fn serialize_i8(self, v: i8) -> Result<Out, Never> {
        self.serialize_i64(v.into())
    }
    fn serialize_i16(self, v: i16) -> Result<Out, Never> {
        self.serialize_i64(v.into())
    }
    fn serialize_i32(self, v: i32) -> Result<Out, Never> {
        self.serialize_i64(v.into())
    }
    fn serialize_i64(self, v: i64) -> Result<Out, Never> {
        value(AsRead::Number(v))
    }
    fn serialize_u8(self, v: u8) -> Result<Out, Never> {
        self.serialize_i64(v.into())
    }
    fn serialize_u16(self, v: u16) -> Result<Out, Never> {
        self.serialize_i64(v.into())
    }
    fn serialize_u32(self, v: u32) -> Result<Out, Never> {
        self.serialize_i64(v.into())
    }
    /// Only places are so large.
    fn serialize_u64(self, v: u64) -> Result<Out, Never> {
        Ok(Out::Place(unpack(v)))
    }
    fn serialize_f32(self, _: f32) -> Result<Out, Never> {
        Err(Never)
    }
    fn serialize_f64(self, _: f64) -> Result<Out, Never> {
        Err(Never)
    }
    fn serialize_char(self, v: char) -> Result<Out, Never> {
        value(AsRead::Text(v.to_string()))
    }
    fn serialize_str(self, v: &str) -> Result<Out, Never> {
        value(AsRead::Text(v.to_owned()))
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<Out, Never> {
        Err(Never)
    }
    fn serialize_none(self) -> Result<Out, Never> {
        Ok(Out::Absent)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, v: &T) -> Result<Out, Never> {
        v.serialize(self)
    }
    fn serialize_unit(self) -> Result<Out, Never> {
        Ok(Out::Absent)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Out, Never> {
        Ok(Out::Absent)
    }
    fn serialize_unit_variant(self, name: &'static str, _: u32, variant: &'static str) -> Result<Out, Never> {
        // The two types of report are numbers.
        let number = variant.parse().ok().filter(|_| name == ReportType::NAME);
        value(number.map_or_else(|| AsRead::Text(variant.to_owned()), AsRead::Number))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, v: &T) -> Result<Out, Never> {
        match (name, v.serialize(self)?) {
            (UNREAD_NAME, Out::Place(span)) => value(AsRead::Unread(self.source.slice(span).to_owned())),
            // A table with nothing but its first key is that key's text, where it may be written so.
            (SHORT_NAME, Out::Shortened(first, mut keys)) if keys.len() == 1 => {
                let only = keys.remove(first);
                Ok(only.map_or_else(|| Out::Shortened(first, keys), Out::Value))
            }
            (_, out) => Ok(out),
        }
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Out, Never> {
        Err(Never)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'w>, Never> {
        Ok(Items {
            walk: self,
            items: Vec::new(),
        })
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Never> {
        Err(Never)
    }
    fn serialize_tuple_struct(self, name: &'static str, _: usize) -> Result<Pair<'w>, Never> {
        if name != VAL_NAME {
            return Err(Never);
        }
        Ok(Pair {
            walk: self,
            at: None,
            value: Out::Absent,
        })
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Never> {
        Err(Never)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'w>, Never> {
        Ok(Entries {
            walk: self,
            keys: Keys::new(),
            key: None,
        })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Table<'w>, Never> {
        Ok(Table {
            walk: self,
            first: None,
            keys: Keys::new(),
        })
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        Err(Never)
    }
}

/// A list.
pub struct Items<'w> {
    walk: Walk<'w>,
    items: Vec<AsRead>,
}

impl ser::SerializeSeq for Items<'_> {
    type Ok = Out;
    type Error = Never;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Never> {
        self.items.extend(item.serialize(self.walk)?.read());
        Ok(())
    }
    fn end(self) -> Result<Out, Never> {
        value(AsRead::List(self.items))
    }
}

/// A value and its place.
pub struct Pair<'w> {
    walk: Walk<'w>,
    at: Option<Span>,
    value: Out,
}

impl ser::SerializeTupleStruct for Pair<'_> {
    type Ok = Out;
    type Error = Never;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, field: &T) -> Result<(), Never> {
        match field.serialize(self.walk)? {
            Out::Place(span) if self.at.is_none() => self.at = Some(span),
            value => self.value = value,
        }
        Ok(())
    }
    fn end(self) -> Result<Out, Never> {
        let Out::Value(AsRead::Text(text)) = self.value else {
            return Ok(self.value);
        };
        let targets = self.walk.targets;
        let named = self
            .at
            .and_then(|at| targets.binary_search_by_key(&at, |(span, _)| *span).ok());
        value(match named.and_then(|at| targets.get(at)) {
            Some((_, target)) => AsRead::Reference(*target, text),
            None => AsRead::Text(text),
        })
    }
}

/// A table whose keys are ids.
pub struct Entries<'w> {
    walk: Walk<'w>,
    keys: Keys,
    key: Option<String>,
}

impl ser::SerializeMap for Entries<'_> {
    type Ok = Out;
    type Error = Never;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.key = match key.serialize(self.walk)?.read() {
            Some(AsRead::Text(key)) => Some(key),
            _ => None,
        };
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        let value = value.serialize(self.walk)?.read();
        if let (Some(key), Some(value)) = (self.key.take(), value) {
            self.keys.insert(Cow::Owned(key), value);
        }
        Ok(())
    }
    fn end(self) -> Result<Out, Never> {
        value(AsRead::Table(self.keys))
    }
}

/// A table with the keys of a type.
pub struct Table<'w> {
    walk: Walk<'w>,
    first: Option<&'static str>,
    keys: Keys,
}

impl ser::SerializeStruct for Table<'_> {
    type Ok = Out;
    type Error = Never;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
        self.first.get_or_insert(key);
        if let Some(value) = value.serialize(self.walk)?.read() {
            self.keys.insert(Cow::Borrowed(key), value);
        }
        Ok(())
    }
    fn end(self) -> Result<Out, Never> {
        match self.first {
            Some(first) => Ok(Out::Shortened(first, self.keys)),
            None => value(AsRead::Table(self.keys)),
        }
    }
}
