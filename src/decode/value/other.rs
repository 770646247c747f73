//! What is in place of the expected: another spelling, or something else than a table.

use super::{ValueDeserializer, found, invalid_type};
use crate::decode::dialect::Written;
use crate::decode::error::DecodeError;
use crate::decode::problem::Wanted;
use crate::decode::tree::{Item, List, Value};
use crate::model::{ReportType, canonical, is_id, shortened};

impl ValueDeserializer<'_, '_> {
    /// The word of a closed list that is meant by another spelling.
    pub(super) fn respelt(
        &self,
        name: &'static str,
        written: &str,
        variants: &'static [&'static str],
    ) -> Result<&'static str, DecodeError> {
        let context = self.context;
        let shown = format!("\"{}\"", shortened(written));
        match canonical(name, written, variants).filter(|_| context.sink.dialect.lenient) {
            Some(variant) if name == ReportType::NAME => {
                context.read_as(&shown, variant, "");
                Ok(variant)
            }
            Some(variant) => {
                context.read_as(&shown, &format!("\"{variant}\""), "");
                Ok(variant)
            }
            None => {
                let written = Written {
                    text: written,
                    shown: &shown,
                };
                Err(context.unknown_value(name, written, variants))
            }
        }
    }

    /// Something else stands where a table of these keys belongs.
    pub(super) fn wrong_table<T>(self, table: &'static str, fields: &'static [&'static str]) -> Result<T, DecodeError> {
        let context = self.context;
        let names = match self.value {
            Value::List(list) if self.depth == 1 && !list.items.is_empty() => Some(names_in(list)),
            _ => None,
        };
        let help = match (self.value, context.key) {
            (Value::List(list), Some(table)) if self.depth == 1 && fields.is_empty() => {
                let first = names.iter().flatten().next().map_or("<id>", |id| *id);
                if let Some(names) = &names {
                    context.sink.lose_names(format!("{table} {}", names.join(" ")));
                }
                let each = if list.items.len() > 1 {
                    ", and so for each of them"
                } else {
                    ""
                };
                Some(format!("write `[{table}.{first}]`: the id goes in the header{each}"))
            }
            (Value::List(_), Some(table)) if self.depth == 1 => Some(format!("write `[{table}]`, once")),
            (Value::List(_), Some(id)) if self.depth == 2 => {
                let table = context.sink.table();
                table.map(|table| format!("write `[{table}.{id}]`, with single brackets"))
            }
            (_, Some(table)) if self.depth == 1 && fields.is_empty() => Some(format!(
                "write a header for each entry, `[{table}.<id>]`, with its keys below"
            )),
            (_, Some(id)) if self.depth == 2 && context.sink.is_at(id) => {
                let table = context.sink.table();
                table.map(|table| format!("write `[{table}.{id}]`, with its keys below"))
            }
            _ if !fields.is_empty() => {
                let some: Vec<String> = fields.iter().take(3).map(|field| format!("{field} = ..")).collect();
                let more = if fields.len() > 3 { ", .." } else { "" };
                Some(format!(
                    "write a table with its keys, such as `{{ {}{more} }}`",
                    some.join(", ")
                ))
            }
            _ => None,
        };
        self.refuse_damaged()?;
        let wants = Wanted::Table { table, known: fields };
        Err(context.report_with(invalid_type(found(self.value), &"a table"), None, help, Some(wants)))
    }
}

/// The texts by which the tables of a list are told apart.
fn names_in<'s>(list: &'s List<'_>) -> Vec<&'s str> {
    let name_of = |item: &'s Item<'_>| {
        let Value::Table(table) = &item.value else {
            return None;
        };
        let text = |key: &str| match &table.entries.get(table.find(key)?)?.1.value {
            Value::Text(text) if is_id(text) => Some(&**text),
            _ => None,
        };
        text("id").or_else(|| text("name"))
    };
    list.items.iter().filter_map(name_of).collect()
}
