//! Ids with dots in a header without quotes: `[third-parties.example.com]`.

use crate::decode::tree::{Item, Key, Table, Value};
use crate::decode::{Fault, Prepared, Problem, Repair};
use crate::model::slip_of;
use crate::source::Span;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// An id with dots, and the table that was meant to be its own.
struct Found<'a> {
    parts: Vec<String>,
    /// Its last part, where it first is.
    last: Span,
    item: Item<'a>,
    /// Whether the shorter id is declared too, so that its part may be a key that is not known.
    beside: bool,
}

/// Gives each id with dots its own entity, and says how it is written.
pub fn with_dots(file: &mut Prepared<'_, '_>, table: &str, keys: &'static [&'static str]) {
    let text = file.text;
    let Some(entities) = entities_of(file.table, table) else {
        return;
    };
    let is_candidate = |item: &Item<'_>| matches!(&item.value, Value::Table(inner) if inner.entries.iter().any(|(key, item)| may_be_part(text, key, item, keys)));
    if !entities.entries.iter().any(|(_, item)| is_candidate(item)) {
        return;
    }
    let mut found = Vec::new();
    for (key, item) in &mut entities.entries {
        if let Value::Table(inner) = &mut item.value {
            take_parts(text, keys, &[key.text.to_string()], key, inner, &mut found);
        }
    }
    // What was only on the way to such an id is not an entity.
    let gone: HashSet<&str> = found
        .iter()
        .filter(|one| !one.beside)
        .map(|one| one.parts[0].as_str())
        .collect();
    let is_left = |key: &Key<'_>, item: &Item<'_>| {
        let is_empty = matches!(&item.value, Value::Table(inner) if inner.entries.is_empty());
        !(is_empty && gone.contains(&&*key.text) && !ends_header(text, key.span))
    };
    entities.retain(is_left);
    let places = places(text, table, &found);
    for one in found {
        let id = one.parts.join(".");
        let places = places.get(&id).map_or(&[][..], Vec::as_slice);
        let Some(first) = places
            .iter()
            .find(|place| place.end == one.last.end)
            .or(places.first())
            .copied()
        else {
            continue;
        };
        // Where a part is missing, the header is not TOML, and that is told.
        if !one.parts.iter().any(String::is_empty) {
            file.problems.push(problem(table, &id, first, places, keys, &one));
        }
        let key = Key {
            text: Cow::Owned(id.clone()),
            span: first,
        };
        let Some(entities) = entities_of(file.table, table) else {
            continue;
        };
        if entities.find(&id).is_none() {
            entities.push(key, one.item);
        }
    }
}

fn entities_of<'t, 'a>(root: &'t mut Table<'a>, table: &str) -> Option<&'t mut Table<'a>> {
    let at = root.find(table)?;
    match &mut root.entries.get_mut(at)?.1.value {
        Value::Table(entities) => Some(entities),
        _ => None,
    }
}

fn problem(
    table: &str,
    id: &str,
    first: Span,
    places: &[Span],
    keys: &'static [&'static str],
    found: &Found<'_>,
) -> Problem {
    let message = format!("the id `{id}` has a dot, so it needs quotes in a header");
    let label = format!("read as the id \"{id}\"");
    let help = if found.beside {
        format!(
            "write `[{table}.\"{id}\"]` if that is its id; `{}` has no such key",
            found.parts[..found.parts.len() - 1].join(".")
        )
    } else {
        format!("write `[{table}.\"{id}\"]`")
    };
    let mut problem = Problem::new(Fault::InvalidId, first, message, label)
        .with_help(help)
        .in_entity(table, id);
    let knows_all = |table: &Table<'_>| table.entries.iter().all(|(key, _)| keys.contains(&&*key.text));
    let certain = !found.beside && matches!(&found.item.value, Value::Table(table) if knows_all(table));
    let quoted = Some(Repair::Edits(
        places.iter().map(|place| (*place, format!("\"{id}\""))).collect(),
    ));
    if certain {
        problem.fix = quoted
    } else {
        problem.suggestion = quoted
    }
    problem
}

/// Takes the tables out of an entity that are entities of their own, by the parts of their ids.
fn take_parts<'a>(
    text: &str,
    keys: &'static [&'static str],
    parts: &[String],
    key: &Key<'a>,
    table: &mut Table<'a>,
    found: &mut Vec<Found<'a>>,
) {
    let mut kept = Vec::with_capacity(table.entries.len());
    let mut taken = Vec::new();
    for (key, item) in std::mem::take(&mut table.entries) {
        if may_be_part(text, &key, &item, keys) {
            taken.push((key, item))
        } else {
            kept.push((key, item))
        }
    }
    let beside = !kept.is_empty() || ends_header(text, key.span);
    let mut back = Vec::new();
    for (key, mut item) in taken {
        let mut parts = parts.to_vec();
        parts.push(key.text.to_string());
        let before = found.len();
        let is_own = match &mut item.value {
            Value::Table(inner) => {
                take_parts(text, keys, &parts, &key, inner, found);
                let knows_some = inner.entries.iter().any(|(key, _)| keys.contains(&&*key.text));
                knows_some || inner.entries.is_empty() && (!beside && ends_header(text, key.span))
            }
            _ => false,
        };
        if is_own {
            found.push(Found {
                parts,
                last: key.span,
                item,
                beside,
            });
        } else if found.len() == before {
            back.push((key, item));
        }
    }
    kept.extend(back);
    table.replace(kept);
}

/// Whether an entry of an entity may be the next part of its id: a table with a header, by no name of a key.
fn may_be_part(text: &str, key: &Key<'_>, item: &Item<'_>, keys: &'static [&'static str]) -> bool {
    matches!(item.value, Value::Table(_))
        && text.as_bytes().get(item.span.start as usize) != Some(&b'{')
        && !keys.contains(&&*key.text)
        && stands_in_header(text, key.span)
        && slip_of(&key.text, keys.iter().copied()).is_none()
}

/// A header that names an id is no longer than this.
const LONGEST_HEADER: usize = 1024;

/// Whether a name is in a header with single brackets.
fn stands_in_header(text: &str, span: Span) -> bool {
    let end = (span.start as usize).min(text.len());
    let from = end.saturating_sub(LONGEST_HEADER);
    let before = &text.as_bytes()[from..end];
    let line = match before.iter().rposition(|byte| *byte == b'\n') {
        Some(newline) => &before[newline + 1..],
        None if from == 0 => before.strip_prefix(b"\xef\xbb\xbf").unwrap_or(before),
        None => return false,
    };
    let header = line.trim_ascii_start();
    header.starts_with(b"[") && !header.starts_with(b"[[") && !header.iter().any(|byte| matches!(byte, b']' | b'='))
}

/// Whether a name is the last of its header.
fn ends_header(text: &str, span: Span) -> bool {
    text[span.end as usize..]
        .trim_start_matches([' ', '\t'])
        .starts_with(']')
        && stands_in_header(text, span)
}

/// Where the parts of each id are in the headers of a table that begin with them.
fn places(text: &str, table: &str, found: &[Found<'_>]) -> HashMap<String, Vec<Span>> {
    let mut places: HashMap<String, Vec<Span>> = found.iter().map(|one| (one.parts.join("."), Vec::new())).collect();
    let longest = found.iter().map(|one| one.parts.len()).max().unwrap_or(0);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let names = names(line);
        if let Some(((first, _), ids)) = names.split_first()
            && *first == table
        {
            let mut id = String::new();
            for (at, (name, place)) in ids.iter().enumerate().take(longest) {
                id += if at == 0 { "" } else { "." };
                id += name;
                if at > 0
                    && let Some(places) = places.get_mut(&id)
                {
                    places.push(Span::new(start + ids[0].1.range().start..start + place.range().end));
                }
            }
        }
        start += line.len();
    }
    places
}

/// The names of a header without quotes, each with its place in the line.
fn names(line: &str) -> Vec<(&str, Span)> {
    let lead = line.len() - line.trim_start_matches(['\u{feff}', ' ', '\t']).len();
    let Some(inner) = line[lead..].strip_prefix('[') else {
        return Vec::new();
    };
    let Some(end) = inner.find(']') else {
        return Vec::new();
    };
    let mut names = Vec::new();
    let mut at = lead + 1;
    for part in inner[..end].split('.') {
        let name = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        names.push((name.trim_matches(['"', '\'']), Span::new(start..start + name.len())));
        at += part.len() + 1;
    }
    names
}
