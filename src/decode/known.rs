//! Which keys a type knows, as its derived `Deserialize` asks for them.

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::fmt;

/// The keys of a struct, in the order of its fields; none for anything else.
pub fn keys_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    match T::deserialize(Asked) {
        Err(Answer(keys)) => keys,
        Ok(_) => &[],
    }
}

/// Asks a type what it wants, and gives it nothing.
struct Asked;

#[derive(Debug)]
struct Answer(&'static [&'static str]);

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("only asked")
    }
}

impl std::error::Error for Answer {}

impl de::Error for Answer {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(&[])
    }
}

impl<'de> Deserializer<'de> for Asked {
    type Error = Answer;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Answer> {
        Err(Answer(&[]))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Answer> {
        Err(Answer(fields))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Answer> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string enum seq map option
        bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::keys_of;
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "its keys are asked for, and it is never made")]
    struct Table {
        first: u8,
        second_one: u8,
        #[serde(rename = "type")]
        third: u8,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "its keys are asked for, and it is never made")]
    struct Wrapped(Table);

    #[test]
    fn a_type_tells_its_keys() {
        assert_eq!(keys_of::<Table>(), ["first", "second-one", "type"]);
        assert_eq!(keys_of::<Wrapped>(), keys_of::<Table>());
        assert!(keys_of::<String>().is_empty());
    }
}
