//! Fixes that move or remove whole tables: only the bytes that have to change do.

use super::Edit;
use crate::source::Span;
use std::ops::Range;
use toml_edit::{Array, Document, Item, Table, Value};

/// A text's tables by their headers.
pub struct Headers {
    document: Document<String>,
    all: Vec<Header>,
}

struct Header {
    path: Vec<String>,
    span: Range<usize>,
}

impl Headers {
    /// Nothing, if the text is not TOML.
    pub fn of(text: &str) -> Option<Self> {
        let document = Document::parse(text.to_owned()).ok()?;
        let mut all = Vec::new();
        collect(document.as_table(), &mut Vec::new(), &mut all);
        Some(Self { document, all })
    }

    /// When a place is a name in a header: that name in each header that names the same table by it.
    pub fn of_same_table(&self, text: &str, name: Span) -> Option<Vec<Span>> {
        let header = self.all.iter().find(|header| {
            let range = name.range();
            header.span.start <= range.start && range.end <= header.span.end
        })?;
        let at = names(text, &header.span)?.iter().position(|span| *span == name)?;
        let path = header.path.get(..=at)?;
        let same = self.all.iter().filter(|other| other.path.starts_with(path));
        same.map(|other| names(text, &other.span)?.get(at).copied()).collect()
    }
}

fn collect(table: &Table, path: &mut Vec<String>, all: &mut Vec<Header>) {
    if let Some(span) = table
        .span()
        .filter(|_| !path.is_empty() && !table.is_implicit() && !table.is_dotted())
    {
        let path = path.clone();
        all.push(Header { path, span });
    }
    for (key, item) in table.iter() {
        path.push(key.to_owned());
        match item {
            Item::Table(inner) => collect(inner, path, all),
            Item::ArrayOfTables(inner) => inner.iter().for_each(|one| collect(one, path, all)),
            _ => {}
        }
        path.pop();
    }
}

/// Where the names of a header are.
fn names(text: &str, header: &Range<usize>) -> Option<Vec<Span>> {
    let mut names = Vec::new();
    let bytes = text.as_bytes();
    let mut at = header.start;
    while at < header.end {
        let start = at;
        match *bytes.get(at)? {
            b'[' | b']' | b'.' | b' ' | b'\t' => {
                at += 1;
                continue;
            }
            b'\'' => at += text.get(at + 1..)?.find('\'')? + 2,
            b'"' => {
                at += 1;
                while *bytes.get(at)? != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            b'#' | b'\n' | b'\r' => break,
            _ => at += text.get(at..)?.find(['.', ']', ' ', '\t'])?,
        }
        names.push(Span::new(start..at));
    }
    Some(names)
}

/// Moves the table of an id from one table of entities to another, by its headers.
pub fn move_table(text: &str, headers: &Headers, id: &str, from: &str, to: &str) -> Option<Vec<Edit>> {
    let document = &headers.document;
    let table = document.get(from)?.as_table()?.get(id)?.as_table()?;
    let taken = document.get(to).is_some_and(|to| {
        let known = to.as_table().map(|to| to.contains_key(id));
        known.unwrap_or(true)
    });
    if taken || !stands_in_headers(table) {
        return None;
    }
    let own = |header: &&Header| matches!(header.path.as_slice(), [table, name, ..] if table == from && name == id);
    let moved: Option<Vec<Edit>> = headers
        .all
        .iter()
        .filter(own)
        .map(|header| Some(Edit::new(*names(text, &header.span)?.first()?, to)))
        .collect();
    moved.filter(|moved| !moved.is_empty())
}

/// Whether no part of a table is elsewhere: under a dotted key of another one.
fn stands_in_headers(table: &Table) -> bool {
    let mut inner = table.iter().map(|(_, item)| item);
    !table.is_dotted()
        && inner.all(|item| match item {
            // A dotted key in a table's own body moves with it.
            Item::Table(inner) => inner.is_dotted() && !table.is_implicit() || stands_in_headers(inner),
            Item::ArrayOfTables(inner) => inner.iter().all(stands_in_headers),
            _ => true,
        })
}

/// Removes the waiver at an index. Comments above it stay.
pub fn remove_waiver(text: &str, headers: &Headers, index: usize) -> Option<Edit> {
    let range = match headers.document.get("waivers")? {
        Item::ArrayOfTables(waivers) => lines_of(text, waivers.get(index)?)?,
        Item::Value(Value::Array(waivers)) => element(text, waivers, index)?,
        _ => return None,
    };
    Some(Edit::new(Span::new(range), ""))
}

/// The lines from a table's header to its last value, with one of the blank lines around them.
fn lines_of(text: &str, table: &Table) -> Option<Range<usize>> {
    let header = table.span()?;
    let mut end = header.end;
    for (_, item) in table.iter() {
        end = end.max(item.as_value()?.span()?.end);
    }
    let start = text[..header.start].rfind('\n').map_or(0, |at| at + 1);
    // A byte order mark belongs to the file.
    let start = start
        + text[start..header.start]
            .rfind('\u{feff}')
            .map_or(0, |at| at + '\u{feff}'.len_utf8());
    let mut end = next_line(text, end);
    let before = &text[..start];
    let blank_before =
        before.trim_start_matches('\u{feff}').is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
    let next = next_line(text, end);
    if blank_before && end < text.len() && text[end..next].trim().is_empty() {
        end = next;
    }
    Some(start..end)
}

fn next_line(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at + 1)
}

/// An element of a list, with the comma that goes with it and the line that it leaves empty. Comments stay, but for
/// one behind it on its own line.
fn element(text: &str, list: &Array, index: usize) -> Option<Range<usize>> {
    let own = list.get(index)?.span()?;
    let end_of_list = list.span()?.end;
    let behind = end_of_list.min(
        list.get(index + 1)
            .and_then(|next| next.span())
            .map_or(end_of_list, |next| next.start),
    );
    let before = match index.checked_sub(1) {
        Some(before) => list.get(before)?.span()?.end,
        None => list.span()?.start + 1,
    };
    let blank = |range: Range<usize>| {
        text.get(range)
            .is_some_and(|between| between.trim_matches([' ', '\t']).is_empty())
    };
    let comma = comma_in(text.get(own.end..behind)?).map(|at| own.end + at + 1);
    let line = text[..own.start].rfind('\n').map_or(0, |at| at + 1);
    let alone_before = line > before && blank(line..own.start);
    let end = comma.unwrap_or(own.end);
    let next = next_line(text, end);
    let rest = text[end..next].trim();
    if alone_before && next <= behind && (rest.is_empty() || rest.starts_with('#')) {
        return Some(line..next);
    }
    if comma.is_none() && index > 0 && text[before..own.start].trim_matches([' ', '\t', ',']).is_empty() {
        // The last of a line: the comma before it goes.
        return Some(before..own.end);
    }
    let spaces = text[end..behind].len() - text[end..behind].trim_start_matches([' ', '\t']).len();
    Some(
        own.start..if comma.is_some() && index + 1 < list.len() {
            end + spaces
        } else {
            end
        },
    )
}

/// Where the comma is in what follows an element, which else is only white space and comments.
fn comma_in(text: &str) -> Option<usize> {
    let mut comment = false;
    text.bytes().position(|byte| {
        match byte {
            b'#' => comment = true,
            b'\n' => comment = false,
            _ => {}
        }
        byte == b',' && !comment
    })
}
