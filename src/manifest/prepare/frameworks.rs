//! Frameworks that are written with a second fact: `SOC 2 Type II` says the type too, `ISO/IEC 27001:2022` the edition.

use crate::decode::tree::{Item, Key, Table, Value};
use crate::decode::{Fault, Prepared, Problem, Repair};
use crate::model::{Compound, Framework, compound, same_type};
use crate::source::Span;
use std::borrow::Cow;

/// What was found in one table.
#[derive(Default)]
struct Found {
    problems: Vec<Problem>,
    damage: Vec<Span>,
}

pub fn of_entities(file: &mut Prepared<'_, '_>, table: &str, keys: &[&str]) {
    let mut found = Found::default();
    let text = file.text;
    for_each_entity(file.table, table, |id, span, entity| {
        read(text, (table, id), span, entity, keys, &mut found);
    });
    file.problems.append(&mut found.problems);
    file.damage.append(&mut found.damage);
}

/// The reports of third parties.
pub fn of_providers(file: &mut Prepared<'_, '_>, keys: &[&str]) {
    let mut found = Found::default();
    let (text, table) = (file.text, "third-parties");
    for_each_entity(file.table, table, |id, _, entity| {
        let Some(reports) = entity.find("reports").and_then(|at| entity.entries.get_mut(at)) else {
            return;
        };
        let span = reports.1.span;
        match &mut reports.1.value {
            Value::Table(report) => read(text, (table, id), span, report, keys, &mut found),
            Value::List(list) => {
                for item in &mut list.items {
                    if let Value::Table(report) = &mut item.value {
                        read(text, (table, id), item.span, report, keys, &mut found);
                    }
                }
            }
            _ => {}
        }
    });
    file.problems.append(&mut found.problems);
    file.damage.append(&mut found.damage);
}

pub(super) fn for_each_entity<'a>(root: &mut Table<'a>, table: &str, mut each: impl FnMut(&str, Span, &mut Table<'a>)) {
    let Some((_, entities)) = root.find(table).and_then(|at| root.entries.get_mut(at)) else {
        return;
    };
    if let Value::Table(entities) = &mut entities.value {
        for (key, item) in &mut entities.entries {
            if let Value::Table(entity) = &mut item.value {
                each(&key.text, item.span, entity);
            }
        }
    }
}

fn read(text: &str, subject: (&str, &str), span: Span, table: &mut Table<'_>, keys: &[&str], found: &mut Found) {
    let Some(at) = table.find("framework") else {
        return;
    };
    let (name, item) = &table.entries[at];
    let Value::Text(written) = &item.value else {
        return;
    };
    if Framework::ALL.iter().any(|known| known.as_str() == &**written) {
        return;
    }
    let Some(Compound { framework, key, value }) = compound(written) else {
        return;
    };
    let Some(framework) = Framework::ALL.iter().find(|known| known.as_str() == framework) else {
        return;
    };
    let (framework, at_value, at_key) = (framework.as_str(), item.span, name.span);
    let shown = format!("\"{written}\"");
    let stated = table.find(key).map(|at| (at, &table.entries[at].1));
    let agrees = stated.map(|(_, stated)| agrees(key, &value, &stated.value));
    let second = match key {
        "type" => value.clone(),
        _ => format!("\"{value}\""),
    };
    if agrees == Some(Some(false)) {
        let other = stated.map_or(at_value, |(_, stated)| stated.span);
        let message = format!("`framework` is {shown}, but `{key}` contradicts it");
        let mut problem = Problem::new(
            Fault::UnknownValue,
            at_value,
            message,
            format!("also states `{key} = {second}`"),
        )
        .with_help(format!("write \"{framework}\", and the `{key}` that is right"))
        .in_entity(subject.0, subject.1);
        problem.related = Some((other, format!("another `{key}`")));
        found.problems.push(problem);
        found.damage.extend([at_value, other]);
        return;
    }
    let has_key = keys.contains(&key);
    let read_as = if has_key {
        format!("\"{framework}\" and `{key} = {second}`")
    } else {
        format!("\"{framework}\"")
    };
    let message = format!("`framework` is written {shown}; it is read as {read_as}");
    let mut problem = Problem::new(
        Fault::NonCanonicalSpelling,
        at_value,
        message,
        format!("read as {read_as}"),
    )
    .with_help(match agrees {
        None if has_key => format!("write \"{framework}\", and `{key} = {second}` beside it"),
        _ => format!("write \"{framework}\""),
    })
    .in_entity(subject.0, subject.1);
    let canonical = (at_value, format!("\"{framework}\""));
    let added = stated
        .is_none()
        .then(|| addition(text, span, at_key, at_value, key, &second))
        .flatten();
    problem.fix = match (has_key, agrees) {
        // What there is no key for would be gone.
        (false, _) | (true, Some(None)) => None,
        (true, Some(_)) => Some(Repair::Edits(vec![canonical])),
        (true, None) => added.map(|added| Repair::Edits(vec![added, canonical])),
    };
    found.problems.push(problem);
    let is_new = stated.is_none() && has_key;
    table.entries[at].1.value = Value::Text(Cow::Borrowed(framework));
    if is_new {
        let value = match key {
            "type" => Value::Integer {
                digits: Cow::Owned(value),
                radix: 10,
            },
            _ => Value::Text(Cow::Owned(value)),
        };
        let key = Key {
            text: Cow::Borrowed(key),
            span: at_key,
        };
        table.push(key, Item { span: at_value, value });
    }
}

/// Whether a stated fact is the same; nothing if it cannot be told.
fn agrees(key: &str, value: &str, stated: &Value<'_>) -> Option<bool> {
    match (key, stated) {
        ("type", Value::Integer { digits, radix }) => {
            let stated = i64::from_str_radix(digits, *radix).ok()?;
            Some(stated.to_string() == value)
        }
        ("type", Value::Text(text)) => same_type(text).map(|stated| stated == value),
        (_, Value::Text(text)) => Some(text.trim() == value),
        _ => None,
    }
}

/// Where the second fact is written: on the line before the first, or behind it in an inline table.
fn addition(text: &str, table: Span, key: Span, value: Span, name: &str, second: &str) -> Option<(Span, String)> {
    if text.get(table.range())?.starts_with('{') {
        let behind = value.range().end;
        return Some((Span::new(behind..behind), format!(", {name} = {second}")));
    }
    let start = text[..key.range().start].rfind('\n').map_or(0, |newline| newline + 1);
    let lead = text[start..key.range().start].trim_start_matches('\u{feff}');
    let start = key.range().start - lead.len();
    let end = if text[key.range().start..].lines().next()?.ends_with('\r') || text[..start].ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    Some((Span::new(start..start), format!("{lead}{name} = {second}{end}")))
}
