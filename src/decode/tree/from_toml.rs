//! The tree of a file that had to be parsed by `toml` itself.

use super::{Item, Key, List, Made, Stated, Table, Value};
use crate::source::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

pub fn from_toml(table: DeTable<'_>) -> Table<'_> {
    let mut made = Table::new(Made::ByHeader);
    made.entries = table
        .into_iter()
        .map(|(key, value)| {
            let span = Span::new(key.span());
            let text = key.into_inner();
            (Key { text, span }, item(value))
        })
        .collect();
    made
}

fn item(value: Spanned<DeValue<'_>>) -> Item<'_> {
    let span = Span::new(value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(integer) => Value::Integer {
            digits: integer.as_str().to_owned().into(),
            radix: integer.radix(),
        },
        DeValue::Float(_) => Value::Float,
        DeValue::Boolean(value) => Value::Boolean(value),
        DeValue::Datetime(stated) => Value::Date(Stated::from(stated)),
        DeValue::Array(array) => Value::List(List {
            of_tables: false,
            items: array.into_iter().map(item).collect(),
        }),
        DeValue::Table(table) => Value::Table(from_toml(table)),
    };
    Item { span, value }
}

impl From<Datetime> for Stated {
    fn from(stated: Datetime) -> Self {
        match (stated.date, stated.time) {
            (Some(date), None) => {
                Self::Day(u32::from(date.year) * 10_000 + u32::from(date.month) * 100 + u32::from(date.day))
            }
            _ => Self::Time,
        }
    }
}
