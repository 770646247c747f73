//! In the schema a field looks like the value that it holds.
//!
//! That keys may be left out is said for a whole table, by `schemars(default)`. It counts before a key's own `required`,
//! so a table with such keys names them once more.

use super::{Entities, Field, List, OneOrTable, Rare};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

macro_rules! looks_like_its_value {
    ($($field:ident)*) => {$(
        impl<T: JsonSchema> JsonSchema for $field<T> {
            fn schema_name() -> Cow<'static, str> {
                T::schema_name()
            }
            fn inline_schema() -> bool {
                T::inline_schema()
            }
            fn schema_id() -> Cow<'static, str> {
                T::schema_id()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                T::json_schema(generator)
            }
        }
    )*};
}

looks_like_its_value! { Field Rare }

impl<T: JsonSchema> JsonSchema for List<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany_{}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

impl<T: JsonSchema> JsonSchema for OneOrTable<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("TextOr_{}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [{ "type": "string" }, table] })
    }
}

impl<T: JsonSchema> JsonSchema for Entities<'_, T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Entities_{}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = generator.subschema_for::<T>();
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": crate::model::ID_PATTERN },
            "additionalProperties": entry
        })
    }
}
