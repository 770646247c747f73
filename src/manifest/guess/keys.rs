//! Keys by another name: the tree has them where they are meant.

use super::places::{is_inline, is_statement, room_in, stands_in_header, statement};
use super::{Answers, How, Moved, synonyms};
use crate::decode::tree::{Item, Key, Made, Table, Value};
use crate::decode::{Problem, Wanted};
use crate::manifest::Manifest;
use crate::source::Span;
use std::borrow::Cow;
use std::collections::HashMap;

/// Tables that may be written as the text that is their first key.
const SHORT: [(&str, &str); 4] = [
    ("access", "service"),
    ("third-parties", "third-party"),
    ("claims", "report"),
    ("depends-on", "service"),
];

impl Answers<'_> {
    /// Reads what can only be meant otherwise in its place, and says whether there was any.
    pub(super) fn reread(&mut self, root: &mut Table<'_>, wanted: &mut HashMap<Span, Problem>) -> bool {
        let top = self.reread_top(root, wanted);
        let mut within = false;
        for (_, item) in &mut root.entries {
            within |= self.reread_within(item, wanted);
        }
        top || within
    }

    fn reread_within(&mut self, item: &mut Item<'_>, wanted: &mut HashMap<Span, Problem>) -> bool {
        let mut any = false;
        match &mut item.value {
            Value::Table(table) => {
                any |= self.reread_keys(table, wanted);
                for (_, item) in &mut table.entries {
                    any |= self.reread_within(item, wanted);
                }
            }
            Value::List(list) => {
                for item in &mut list.items {
                    any |= self.reread_within(item, wanted);
                }
            }
            _ => {}
        }
        any
    }

    fn reread_keys<'a>(&mut self, table: &mut Table<'a>, wanted: &mut HashMap<Span, Problem>) -> bool {
        let read_as = |key: &Key<'_>, wanted: &HashMap<Span, Problem>| match wanted.get(&key.span)?.wants {
            // A slip has an answer that is surer.
            _ if wanted.get(&key.span)?.fix.is_some() => None,
            Some(Wanted::Key { table, .. }) if table != Manifest::NAME => {
                synonyms::of(table, &key.text).next().map(|_| table)
            }
            _ => None,
        };
        if !table.entries.iter().any(|(key, _)| read_as(key, wanted).is_some()) {
            return false;
        }
        let mut taken = Vec::new();
        let mut kept = Vec::with_capacity(table.entries.len());
        for (key, item) in std::mem::take(&mut table.entries) {
            // Once only: where it is put, its place is the same.
            let name = read_as(&key, wanted);
            match name.and_then(|name| Some((wanted.remove(&key.span)?, name))) {
                Some((problem, name)) => taken.push((problem, name, key, item)),
                None => kept.push((key, item)),
            }
        }
        table.replace(kept);
        for (problem, name, key, item) in taken {
            let candidates: Vec<&'static str> = synonyms::of(name, &key.text).collect();
            let free = candidates.iter().copied().find(|path| has_room(table, path));
            let Some(path) = free else {
                let stated = candidates.first().copied().unwrap_or_default();
                self.add_conflict(problem, stated);
                continue;
            };
            self.move_key(table, problem, path, key, item);
        }
        true
    }

    /// What is meant is stated too.
    pub(super) fn add_conflict(&mut self, mut problem: Problem, stated: &str) {
        problem.label = format!("`{stated}` is stated too");
        problem.help = Some(format!(
            "`{stated}` is the key that is read, and it is stated beside this one: keep what is right in `{stated}`"
        ));
        problem.fix = None;
        problem.suggestion = None;
        self.moved.push(Moved {
            problem,
            how: How::Unclear,
            value: None,
        });
    }

    fn move_key<'a>(
        &mut self,
        table: &mut Table<'a>,
        problem: Problem,
        path: &'static str,
        key: Key<'a>,
        item: Item<'a>,
    ) {
        let how = self.how(table, path, &key, &item);
        let is_elsewhere = matches!(how, How::Elsewhere { .. });
        let raw = self.text.get(item.span.range()).unwrap_or_default().to_owned();
        let value = is_elsewhere.then_some((item.span, raw));
        self.add_moved(problem, path, how, value, &item);
        put(table, path, key, item);
    }

    /// Remembers an answer, and where its value is.
    pub(super) fn add_moved(
        &mut self,
        mut problem: Problem,
        path: &str,
        how: How,
        value: Option<(Span, String)>,
        item: &Item<'_>,
    ) {
        problem.label = format!("did you mean `{path}`?");
        let shown = match &item.value {
            Value::Integer { .. } | Value::Date(_) | Value::Boolean(_) => {
                self.text.get(item.span.range()).unwrap_or("..")
            }
            Value::List(_) => "[..]",
            Value::Table(_) => "{ .. }",
            _ => "\"..\"",
        };
        problem.help = Some(match (&how, path.split_once('.')) {
            (How::Elsewhere { .. }, Some((outer, inner))) => {
                format!("write `{inner} = {shown}` within `{outer}`, if that is what is meant")
            }
            (How::Edits(_), None) => format!("write `{path}`, if that is what is meant"),
            _ => format!("write `{path} = {shown}`, if that is what is meant"),
        });
        problem.fix = None;
        self.values.insert(item.span, self.moved.len());
        self.moved.push(Moved { problem, how, value });
    }

    /// How a statement is written under the key that is meant.
    fn how(&self, table: &Table<'_>, path: &str, key: &Key<'_>, item: &Item<'_>) -> How {
        let text = self.text;
        let in_header = stands_in_header(text, key.span);
        let Some((outer, inner)) = path.split_once('.') else {
            return if is_statement(text, key.span) || in_header && is_named_once(text, key, item) {
                How::Renamed(key.span, path.to_owned())
            } else {
                How::Unclear
            };
        };
        if !is_statement(text, key.span) {
            return How::Unclear;
        }
        let Some(stated) = table.find(outer).map(|at| &table.entries[at].1) else {
            return How::Renamed(key.span, path.to_owned());
        };
        let Some(gone) = statement(text, key, item).map(Span::new) else {
            return How::Unclear;
        };
        let elsewhere = |(at, before, after): (Span, String, String)| How::Elsewhere {
            gone,
            at,
            before: format!("{before}{inner} = "),
            after,
        };
        match &stated.value {
            Value::Table(inner_table) => match room_in(text, stated, inner_table) {
                Some(room) => elsewhere(room),
                None => How::Renamed(key.span, path.to_owned()),
            },
            Value::List(list) => match list.items.as_slice() {
                [one] => match &one.value {
                    Value::Table(inner_table) if is_inline(text, one) => {
                        room_in(text, one, inner_table).map_or(How::Unclear, elsewhere)
                    }
                    Value::Text(_) => unfolded(text, outer, inner, one, gone),
                    _ => How::Unclear,
                },
                _ => How::Unclear,
            },
            Value::Text(_) => unfolded(text, outer, inner, stated, gone),
            _ => How::Unclear,
        }
    }
}

/// `"ledger"` as `{ service = "ledger", actions = .. }`.
fn unfolded(text: &str, outer: &str, inner: &str, short: &Item<'_>, gone: Span) -> How {
    let Some((_, first)) = SHORT.iter().find(|(key, _)| *key == outer) else {
        return How::Unclear;
    };
    let written = text.get(short.span.range()).unwrap_or_default();
    How::Elsewhere {
        gone,
        at: short.span,
        before: format!("{{ {first} = {written}, {inner} = "),
        after: " }".to_owned(),
    }
}

/// Whether no other header leads through the same name: one in the middle of a header may be said again in the next.
fn is_named_once(text: &str, key: &Key<'_>, item: &Item<'_>) -> bool {
    let Value::Table(table) = &item.value else {
        return true;
    };
    let has_own = item.span.range().start <= key.span.range().start && item.span.range().end > key.span.range().end;
    let inner = table
        .entries
        .iter()
        .filter(|(inner, _)| stands_in_header(text, inner.span))
        .count();
    inner == 0 && has_own || inner == 1 && !has_own
}

/// Whether the key that a path leads to is free.
fn has_room(table: &Table<'_>, path: &str) -> bool {
    let (outer, inner) = match path.split_once('.') {
        Some((outer, inner)) => (outer, Some(inner)),
        None => (path, None),
    };
    let Some(at) = table.find(outer) else {
        return true;
    };
    let Some(inner) = inner else {
        return false;
    };
    let is_short = || SHORT.iter().any(|(key, first)| *key == outer && *first != inner);
    let may_have = |item: &Item<'_>| match &item.value {
        Value::Table(table) => table.find(inner).is_none(),
        Value::Text(_) => is_short(),
        _ => false,
    };
    let stated = &table.entries[at].1;
    match &stated.value {
        Value::List(list) => matches!(list.items.as_slice(), [one] if may_have(one)),
        _ => may_have(stated),
    }
}

/// Puts a value where it is meant. There is room for it.
fn put<'a>(table: &mut Table<'a>, path: &'static str, key: Key<'a>, item: Item<'a>) {
    let named = |text: &'static str| Key {
        text: Cow::Borrowed(text),
        span: key.span,
    };
    let Some((outer, inner)) = path.split_once('.') else {
        table.push(named(path), item);
        return;
    };
    let Some(at) = table.find(outer) else {
        let mut new = Table::default();
        new.made = Made::ByDots(u32::MAX);
        new.push(named(inner), item);
        let value = Value::Table(new);
        table.push(named(outer), Item { span: key.span, value });
        return;
    };
    let stated = &mut table.entries[at].1;
    let stated = match &mut stated.value {
        Value::List(list) => match list.items.first_mut() {
            Some(first) => first,
            None => return,
        },
        _ => stated,
    };
    if let Value::Text(text) = &mut stated.value {
        let first = SHORT
            .iter()
            .find(|(key, _)| *key == outer)
            .map_or("", |(_, first)| *first);
        let short = Item {
            span: stated.span,
            value: Value::Text(std::mem::take(text)),
        };
        let mut new = Table::default();
        let key = Key {
            text: Cow::Borrowed(first),
            span: stated.span,
        };
        new.push(key, short);
        stated.value = Value::Table(new);
    }
    if let Value::Table(table) = &mut stated.value {
        table.push(named(inner), item);
    }
}
