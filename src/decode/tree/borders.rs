//! Places of a tree, moved to the borders of characters.

use super::{Item, Table, Value};
use crate::source::Span;

/// Where a text was read around what is not TOML, a place may begin or end within a character that was passed over.
pub fn to_borders(table: &mut Table<'_>, text: &str) {
    for (key, item) in &mut table.entries {
        key.span = at_borders(key.span, text);
        of_item(item, text);
    }
}

fn of_item(item: &mut Item<'_>, text: &str) {
    item.span = at_borders(item.span, text);
    match &mut item.value {
        Value::List(list) => list.items.iter_mut().for_each(|item| of_item(item, text)),
        Value::Table(table) => to_borders(table, text),
        _ => {}
    }
}

/// The smallest place around one that begins and ends between characters.
pub fn at_borders(span: Span, text: &str) -> Span {
    let (mut start, mut end) = (span.range().start.min(text.len()), span.range().end.min(text.len()));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start..end.max(start))
}
