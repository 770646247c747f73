//! Lists where tables with ids belong: `[[services]]` with `name = "ledger"`, `services = ["ledger"]`.

use super::Edits;
use super::ids::{Leftover, NAMES, Named, leftover};
use super::places::{has_header, headers_of, id_of, is_inline, line_end, statement};
use crate::decode::as_key;
use crate::decode::tree::{Item, List, Table, Value};
use crate::source::Span;
use std::collections::HashSet;

/// The ids of all elements, if each has one of its own.
pub fn ids(list: &List<'_>) -> Option<Vec<Named>> {
    let mut seen = HashSet::new();
    let mut all = Vec::with_capacity(list.items.len());
    for item in &list.items {
        let named = match &item.value {
            Value::Text(written) => Named {
                id: id_of(written)?,
                key: None,
                written: written.to_string(),
                span: item.span,
            },
            Value::Table(table) => NAMES.iter().find_map(|key| {
                let (key, item) = table.entries.get(table.find(key)?)?;
                match &item.value {
                    Value::Text(written) => Some(Named {
                        id: id_of(written)?,
                        key: Some(key.text.to_string()),
                        written: written.to_string(),
                        span: item.span,
                    }),
                    _ => None,
                }
            })?,
            _ => return None,
        };
        if !seen.insert(named.id.clone()) {
            return None;
        }
        all.push(named);
    }
    (!all.is_empty()).then_some(all)
}

/// What to write for the list, and whether its entries have headers.
pub fn edits(
    text: &str,
    (written, table): (&str, &str),
    whole: &Item<'_>,
    list: &List<'_>,
    ids: &[Named],
    implied: Option<(&str, &str)>,
) -> Option<(Edits, bool)> {
    let is_headers = list.items.iter().all(|item| has_header(text, item));
    let edits = if is_headers {
        by_headers(text, (written, table), list, ids, implied)
    } else {
        in_braces(text, (written, table), whole, list, ids, implied)
    };
    edits.map(|edits| (edits, is_headers))
}

fn by_headers(
    text: &str,
    (written, table): (&str, &str),
    list: &List<'_>,
    ids: &[Named],
    implied: Option<(&str, &str)>,
) -> Option<Edits> {
    let headers = headers_of(text, written);
    let mut edits = Edits::new();
    let mut at = None;
    for header in &headers {
        let is_element = header.names.len() == 1;
        if is_element {
            at = Some(at.map_or(0, |at: usize| at + 1));
        }
        let id = as_key(&ids.get(at?)?.id);
        if is_element {
            edits.push((Span::new(header.span.clone()), format!("[{table}.{id}]")));
        } else {
            let first = header.names.first()?.1.clone();
            edits.push((Span::new(first), format!("{table}.{id}")));
        }
    }
    if at? + 1 != list.items.len() {
        return None;
    }
    for (item, id) in list.items.iter().zip(ids) {
        let Value::Table(entity) = &item.value else {
            return None;
        };
        edits.extend(name_edit(text, table, entity, id)?);
        if let Some((key, value)) = implied
            && entity.find(key).is_none()
        {
            let end = line_end(text, item.span.range().end);
            edits.push((Span::new(end..end), format!("\n{key} = \"{value}\"")));
        }
    }
    Some(edits)
}

fn in_braces(
    text: &str,
    (written, table): (&str, &str),
    whole: &Item<'_>,
    list: &List<'_>,
    ids: &[Named],
    implied: Option<(&str, &str)>,
) -> Option<Edits> {
    let range = whole.span.range();
    if !text.get(range.clone())?.starts_with('[') || !text[..range.end].ends_with(']') {
        return None;
    }
    let mut edits = vec![
        (Span::new(range.start..range.start + 1), "{".to_owned()),
        (Span::new(range.end - 1..range.end), "}".to_owned()),
    ];
    if written != table {
        let start = text[..range.start].rfind(written)?;
        edits.push((Span::new(start..start + written.len()), table.to_owned()));
    }
    let said = implied.map(|(key, value)| format!("{key} = \"{value}\""));
    for (item, id) in list.items.iter().zip(ids) {
        let key = as_key(&id.id);
        match &item.value {
            Value::Table(entity) if is_inline(text, item) => {
                let start = item.span.range().start;
                edits.push((Span::new(start..start), format!("{key} = ")));
                edits.extend(name_edit(text, table, entity, id)?);
                if let Some(said) = &said
                    && implied.is_some_and(|(key, _)| entity.find(key).is_none())
                {
                    edits.push((Span::new(start + 1..start + 1), format!(" {said},")));
                }
            }
            Value::Text(_) => {
                let said = said
                    .as_ref()
                    .map_or_else(|| "{}".to_owned(), |said| format!("{{ {said} }}"));
                edits.push((item.span, format!("{key} = {said}")));
            }
            _ => return None,
        }
    }
    Some(edits)
}

/// What becomes of the key that told the id.
fn name_edit(text: &str, table: &str, entity: &Table<'_>, id: &Named) -> Option<Edits> {
    let Some(name) = &id.key else {
        return Some(Edits::new());
    };
    let (key, item) = entity.entries.get(entity.find(name)?)?;
    Some(match leftover(table, name, &id.written, &id.id) {
        Leftover::Nothing => vec![(Span::new(statement(text, key, item)?), String::new())],
        Leftover::Key(title) if entity.find(title).is_none() => vec![(key.span, title.to_owned())],
        Leftover::Stays => Edits::new(),
        Leftover::Key(_) | Leftover::Comment => {
            let start = key.span.range().start;
            vec![(Span::new(start..start), "# ".to_owned())]
        }
    })
}
