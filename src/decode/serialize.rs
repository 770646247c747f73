//! The way back: the field types as they are handed to a serializer, each value with its place, so that one walk goes over
//! every key of every declaration.

use super::entities::Entities;
use super::field::{Field, List, OneOrTable, Rare, Val};
use super::protocol::{SHORT_NAME, UNREAD_NAME, VAL_NAME, pack};
use crate::source::Span;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeTupleStruct, Serializer};

/// Something that is stated, and could not be read.
struct Unread(Span);

impl Serialize for Unread {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(UNREAD_NAME, &pack(self.0))
    }
}

impl<T: Serialize> Serialize for Val<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pair = serializer.serialize_tuple_struct(VAL_NAME, 2)?;
        pair.serialize_field(&pack(self.span))?;
        pair.serialize_field(&self.value)?;
        pair.end()
    }
}

impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Unknown(span) => Unread(*span).serialize(serializer),
            Self::Known(val) => serializer.serialize_some(val),
        }
    }
}

impl<T: Serialize> Serialize for Rare<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.stated {
            return serializer.serialize_none();
        }
        let mut items = serializer.serialize_seq(None)?;
        for item in self.iter() {
            items.serialize_element(item)?;
        }
        if self.damaged {
            items.serialize_element(&Unread(self.span))?;
        }
        items.end()
    }
}

impl<T: Serialize> Serialize for OneOrTable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(SHORT_NAME, &self.0)
    }
}

impl<T: Serialize> Serialize for Entities<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_empty() && !self.is_damaged() {
            return serializer.serialize_none();
        }
        let mut entries = serializer.serialize_map(None)?;
        for entry in self {
            if entry.readable {
                entries.serialize_entry(&entry.id, &entry.body)?;
            } else {
                entries.serialize_entry(&entry.id, &Unread(entry.span))?;
            }
        }
        entries.end()
    }
}
