//! Keys that are stated where nothing can be read: they are put into the tree as unknown, so that no rule takes them
//! for absent.

use super::lines::{Line, next_line};
use super::statements::{Statement, Statements};
use crate::decode::tree::{Item, Key, Table, Value};
use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// No one states so many keys in unreadable places.
const MAX_NAMES: usize = 10_000;

/// A key, or a table, of which nothing is known but that it is stated.
#[derive(Debug)]
pub struct Unknown {
    /// The names of the header that it is under, and its own.
    path: Vec<String>,
    /// How many of them are the header's.
    header: usize,
    at: Span,
}

#[derive(Debug, Default)]
pub struct Unknowns(Vec<Unknown>);

impl Unknowns {
    pub fn add(&mut self, header: &[String], key: &[String], at: Range<usize>) {
        if self.0.len() < MAX_NAMES {
            self.0.push(Unknown {
                path: [header, key].concat(),
                header: header.len(),
                at: Span::new(at),
            });
        }
    }

    /// The keys at the beginning of each line of a statement but the first.
    pub fn add_lines_of(&mut self, text: &str, statement: &Statement, header: &[String]) {
        for (start, line) in statement.further_lines(text) {
            if let Some((key, at)) = key_of(line) {
                self.add(header, &key, start + at.start..start + at.end);
            }
        }
    }

    /// All that one side of a conflict states; `section` is the header that it begins under.
    pub fn add_side(&mut self, text: &str, side: Range<usize>, section: &[String]) {
        let mut section = section.to_vec();
        for statement in Statements::of(&text[..side.end], side.start) {
            let line = &text[statement.range.start..next_line(text, statement.range.start).min(side.end)];
            if statement.kind == Line::Header {
                if let Some(path) = header_path(line) {
                    section = path;
                    self.add(&section, &[], statement.range);
                }
            } else if let Some((key, at)) = key_of(line) {
                let start = statement.range.start;
                self.add(&section, &key, start + at.start..start + at.end);
            }
        }
    }

    /// Puts them into the tree of a file, and gives the values that they make unknown.
    pub fn put_into(self, root: &mut Table<'_>) -> Vec<Span> {
        let mut damage = Vec::new();
        for unknown in self.0 {
            damage.extend(put(root, unknown));
        }
        damage
    }
}

fn put(root: &mut Table<'_>, unknown: Unknown) -> Option<Span> {
    let mut table = root;
    for (at, name) in unknown.path.into_iter().enumerate() {
        let Some(position) = table.find(&name) else {
            // An entity that one side alone declares may be there or not; references to it are let alone anyway.
            if at == 1 && unknown.header > 1 {
                return None;
            }
            let key = Key {
                text: Cow::Owned(name),
                span: unknown.at,
            };
            let value = Value::Boolean(false);
            table.push(
                key,
                Item {
                    span: unknown.at,
                    value,
                },
            );
            return Some(unknown.at);
        };
        let item = &mut table.entries.get_mut(position)?.1;
        let span = item.span;
        table = match &mut item.value {
            Value::Table(inner) => inner,
            Value::List(list) => {
                let before = list.items.iter_mut().rfind(|item| item.span.start <= unknown.at.start);
                match before.map(|item| &mut item.value) {
                    Some(Value::Table(inner)) => inner,
                    _ => return Some(span),
                }
            }
            _ => return Some(span),
        };
    }
    None
}

/// The names of the key that a line such as `a.b = 1` begins with, and where it is.
pub fn key_of(line: &str) -> Option<(Vec<String>, Range<usize>)> {
    let (written, _) = line.split_once('=')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '"' | '\'');
    let start = written.find(is_name)?;
    let end = written.rfind(is_name)? + written[written.rfind(is_name)?..].chars().next()?.len_utf8();
    let key = &written[start..end];
    if key.len() > 1024 {
        return None;
    }
    Some((path_of(&format!("{key} = 0"))?, start..end))
}

/// The names of a header line such as `[services.payroll]`.
pub fn header_path(line: &str) -> Option<Vec<String>> {
    let line = line.trim_start_matches('\u{feff}').trim();
    if !line.starts_with('[') || line.len() > 1024 {
        return None;
    }
    path_of(line)
}

fn path_of(line: &str) -> Option<Vec<String>> {
    let (table, _) = DeTable::parse_recoverable(line);
    let mut path = Vec::new();
    let mut table = table.get_ref();
    while let Some((key, value)) = table.iter().next() {
        path.push(key.get_ref().clone().into_owned());
        table = match value.get_ref() {
            DeValue::Table(inner) => inner,
            _ => break,
        };
    }
    (!path.is_empty()).then_some(path)
}
