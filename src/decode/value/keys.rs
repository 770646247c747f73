//! Keys of tables, with their places.

use crate::decode::error::DecodeError;
use crate::decode::protocol::pack;
use crate::decode::tree::Key;
use crate::source::Span;
use serde::de::value::U64Deserializer;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;

pub struct KeyDeserializer<'de, 's>(pub &'s Key<'de>);

impl<'de> Deserializer<'de> for KeyDeserializer<'de, '_> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match &self.0.text {
            Cow::Borrowed(key) => visitor.visit_borrowed_str(key),
            Cow::Owned(key) => visitor.visit_str(key),
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
            place: Some(self.0.span),
            key: Some(self),
        })
    }
}

struct PlaceAndKey<'de, 's> {
    place: Option<Span>,
    key: Option<KeyDeserializer<'de, 's>>,
}

impl<'de> SeqAccess<'de> for PlaceAndKey<'de, '_> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        if let Some(place) = self.place.take() {
            return seed.deserialize(U64Deserializer::new(pack(place))).map(Some);
        }
        self.key.take().map(|key| seed.deserialize(key)).transpose()
    }
}
