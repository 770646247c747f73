//! Where something is in a text, and how it is taken out of it or put into it.

use crate::decode::line_start;
use crate::decode::tree::{Item, Key, Table, Value};
use crate::model::is_id;
use crate::source::Span;
use std::ops::Range;

/// The end of a line without what ends it.
pub fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// Whether a name is in a header, `[services.ledger]`.
pub fn stands_in_header(text: &str, name: Span) -> bool {
    let start = name.range().start;
    let before = text[line_start(text, start)..start]
        .trim_start_matches('\u{feff}')
        .trim_start();
    before.starts_with('[') && !before.contains(['=', ']'])
}

/// Whether an equals sign follows a key.
pub fn is_statement(text: &str, key: Span) -> bool {
    text[key.range().end..].trim_start_matches([' ', '\t']).starts_with('=')
}

/// Whether a table is written between braces.
pub fn is_inline(text: &str, item: &Item<'_>) -> bool {
    text[item.span.range().start..].starts_with('{')
}

/// Whether a table has a header of its own.
pub fn has_header(text: &str, item: &Item<'_>) -> bool {
    matches!(item.value, Value::Table(_)) && text[item.span.range().start..].starts_with('[')
}

/// The statement of a key and its value, with what separates it from the next one; nothing if it shares its value.
pub fn statement(text: &str, key: &Key<'_>, item: &Item<'_>) -> Option<Range<usize>> {
    if !is_statement(text, key.span) {
        return None;
    }
    let (start, end) = (key.span.range().start, item.span.range().end);
    if start >= end {
        return None;
    }
    let behind = text[end..].trim_start();
    if let Some(rest) = behind.strip_prefix(',') {
        let mut stop = text.len() - rest.len();
        stop += rest.len() - rest.trim_start_matches([' ', '\t']).len();
        return Some(start..stop);
    }
    if behind.starts_with('}') {
        let before = text[..start].trim_end();
        return Some(match before.strip_suffix(',') {
            Some(before) => before.len()..end,
            None => start..end,
        });
    }
    let line = line_start(text, start);
    let stop = line_end(text, end);
    let alone = text[line..start].trim_start_matches('\u{feff}').trim().is_empty() && text[end..stop].trim().is_empty();
    let next = text[stop..].find('\n').map_or(text.len(), |newline| stop + newline + 1);
    Some(if alone { line..next } else { start..end })
}

/// Where a key may be added to a table, and what is before and behind it there.
pub fn room_in(text: &str, item: &Item<'_>, table: &Table<'_>) -> Option<(Span, String, String)> {
    if is_inline(text, item) {
        // What was moved here in the tree is elsewhere.
        let own = item.span.range();
        let ends = table.entries.iter().map(|(_, item)| item.span.range().end);
        return Some(match ends.filter(|end| own.contains(end)).max() {
            Some(end) => (Span::new(end..end), ", ".to_owned(), String::new()),
            None => {
                let inner = item.span.range().start + 1;
                (Span::new(inner..inner), " ".to_owned(), " ".to_owned())
            }
        });
    }
    if has_header(text, item) {
        let end = line_end(text, item.span.range().end);
        let newline = if text[end..].starts_with('\r') { "\r\n" } else { "\n" };
        return Some((Span::new(end..end), newline.to_owned(), String::new()));
    }
    None
}

/// The headers of a table, and of all in it: for each, the names between its brackets.
pub fn headers_of<'t>(text: &'t str, table: &str) -> Vec<Header<'t>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(header) =
            Header::in_line(line, start).filter(|header| header.names.first().is_some_and(|(name, _)| *name == table))
        {
            found.push(header);
        }
        start += line.len();
    }
    found
}

/// A line that is a header.
#[derive(Debug)]
pub struct Header<'t> {
    /// With its brackets.
    pub span: Range<usize>,
    /// Its names without their quotes, and where they are with them.
    pub names: Vec<(&'t str, Range<usize>)>,
}

impl<'t> Header<'t> {
    fn in_line(line: &'t str, start: usize) -> Option<Self> {
        let lead = line.len() - line.trim_start_matches(['\u{feff}', ' ', '\t']).len();
        let brackets = line[lead..].bytes().take_while(|byte| *byte == b'[').count();
        if !(1..=2).contains(&brackets) {
            return None;
        }
        let mut at = lead + brackets;
        let mut names = Vec::new();
        loop {
            let rest = &line[at..];
            let trimmed = rest.trim_start_matches([' ', '\t']);
            at += rest.len() - trimmed.len();
            let length = match trimmed.chars().next()? {
                quote @ ('"' | '\'') => trimmed[1..].find(quote)? + 2,
                _ => trimmed.find(['.', ']', ' ', '\t', '=', ',', '\n'])?,
            };
            let name = trimmed[..length].trim_matches(['"', '\'']);
            if length == 0 {
                return None;
            }
            names.push((name, start + at..start + at + length));
            at += length;
            let rest = line[at..].trim_start_matches([' ', '\t']);
            at = line.len() - rest.len();
            match rest.chars().next()? {
                '.' => at += 1,
                ']' => break,
                _ => return None,
            }
        }
        let end = at + line[at..].bytes().take_while(|byte| *byte == b']').count();
        let behind = line[end..].trim();
        (behind.is_empty() || behind.starts_with('#')).then_some(Self {
            span: start + lead..start + end,
            names,
        })
    }
}

/// An id made of a name: `Payroll Engine` is `payroll-engine`.
pub fn id_of(name: &str) -> Option<String> {
    if is_id(name) {
        return Some(name.to_owned());
    }
    if name.len() > 80 {
        return None;
    }
    let mut id = String::new();
    for c in name.chars() {
        match c {
            'ä' | 'Ä' => id.push_str("ae"),
            'ö' | 'Ö' => id.push_str("oe"),
            'ü' | 'Ü' => id.push_str("ue"),
            'ß' => id.push_str("ss"),
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' => id.push('e'),
            'à' | 'â' | 'á' => id.push('a'),
            'ç' => id.push('c'),
            'ï' | 'î' | 'í' => id.push('i'),
            'ô' | 'ó' => id.push('o'),
            'û' | 'ù' => id.push('u'),
            c if c.is_ascii_alphanumeric() => id.push(c.to_ascii_lowercase()),
            '.' | '_' => id.push(c),
            _ if c.is_ascii() => {
                if !id.is_empty() && !id.ends_with('-') {
                    id.push('-');
                }
            }
            _ => return None,
        }
    }
    let id = id.trim_matches(['-', '.', '_']);
    is_id(id).then(|| id.to_owned())
}
