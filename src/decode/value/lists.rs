//! Values as sequences: lists, one value that stands for a list, and a value with its place.

use super::{Context, ValueDeserializer, shown};
use crate::decode::error::DecodeError;
use crate::decode::protocol::pack;
use crate::decode::sink::Sink;
use crate::decode::tree::Item;
use crate::source::Span;
use serde::de::value::U64Deserializer;
use serde::de::{DeserializeSeed, SeqAccess};

/// A place and a value, as a sequence of two.
pub struct PlaceAndValue<'de, 's> {
    pub place: Option<Span>,
    pub value: Option<ValueDeserializer<'de, 's>>,
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
        value.deserialize_into(seed).map(Some)
    }
}

/// A value and which of its known keys it states, as a sequence of two.
pub struct ValueAndStated<'de, 's> {
    pub value: Option<ValueDeserializer<'de, 's>>,
    pub sink: &'s Sink<'s>,
}

impl<'de> SeqAccess<'de> for ValueAndStated<'de, '_> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        match self.value.take() {
            Some(value) => {
                self.sink.stated.set(0);
                value.deserialize_into(seed).map(Some)
            }
            None => seed.deserialize(U64Deserializer::new(self.sink.stated.get())).map(Some),
        }
    }
}

impl<'de> ValueDeserializer<'de, '_> {
    /// What a type finds wrong with a value that it was given whole is reported here at the latest.
    fn deserialize_into<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, DecodeError> {
        let (context, value) = (self.context, self.value);
        let result = seed.deserialize(self);
        result.map_err(|error| context.report(error, shown(value)))
    }
}

pub struct One<'de, 's>(pub Option<ValueDeserializer<'de, 's>>);

impl<'de> SeqAccess<'de> for One<'de, '_> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        self.0.take().map(|value| seed.deserialize(value)).transpose()
    }
    fn size_hint(&self) -> Option<usize> {
        Some(1)
    }
}

pub struct Elements<'de, 's> {
    pub elements: std::slice::Iter<'s, Item<'de>>,
    pub context: Context<'s>,
    pub depth: u8,
}

impl<'de> SeqAccess<'de> for Elements<'de, '_> {
    type Error = DecodeError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DecodeError> {
        let Some(element) = self.elements.next() else {
            return Ok(None);
        };
        let mut element = ValueDeserializer::child(element, None, self.depth, self.context.sink);
        element.context.key = self.context.key;
        seed.deserialize(element).map(Some)
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.elements.len())
    }
}
