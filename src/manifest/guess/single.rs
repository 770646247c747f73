//! One entity without an id: `[services]` with the keys of one service.

use super::ids::{Leftover, NAMES, Named, leftover, settle};
use super::places::{has_header, id_of, is_statement, statement};
use super::{Answers, How, Moved, synonyms};
use crate::decode::as_key;
use crate::decode::tree::{Item, Key, Made, Table, Value};
use crate::decode::{Fault, Problem, Wanted};
use crate::manifest::TABLES;
use crate::source::Span;
use std::borrow::Cow;
use std::collections::HashMap;

impl Answers<'_> {
    /// `[services]` with the keys of one service.
    pub(super) fn single_entity(&mut self, root: &mut Table<'_>, at: usize, wanted: &HashMap<Span, Problem>) -> bool {
        let text = self.text;
        let (key, item) = &root.entries[at];
        let Some(table) = TABLES.iter().copied().find(|name| *name == &*key.text) else {
            return false;
        };
        let (key_span, has_header) = (key.span, has_header(text, item));
        let Value::Table(entities) = &item.value else {
            return false;
        };
        let of_entity = |(key, item): &(Key<'_>, Item<'_>)| {
            let problem = wanted.get(&item.span).or_else(|| wanted.get(&key.span));
            match problem.and_then(|problem| problem.wants) {
                Some(Wanted::Table { table, known }) if !known.is_empty() => Some((table, known)),
                _ => None,
            }
        };
        let Some((kind, known)) = entities.entries.iter().find_map(of_entity) else {
            return false;
        };
        let is_name = |key: &str| NAMES.contains(&key);
        let is_own = |entry: &(Key<'_>, Item<'_>)| {
            let key = &entry.0;
            let is_key =
                known.contains(&&*key.text) || is_name(&key.text) || synonyms::of(kind, &key.text).next().is_some();
            is_key && (is_statement(text, key.span) || of_entity(entry).is_some())
        };
        let own = entities.entries.iter().filter(|entry| is_own(entry)).count();
        if own == 0 || !has_header && own < 2 {
            return false;
        }
        let named_by = entities
            .entries
            .iter()
            .filter(|entry| is_own(entry) && is_name(&entry.0.text));
        let name = named_by
            .min_by_key(|(key, _)| NAMES.iter().position(|name| *name == &*key.text))
            .and_then(|(key, item)| match &item.value {
                Value::Text(written) => Some((key, item, written.to_string(), id_of(written)?)),
                _ => None,
            });
        let mut edits = None;
        let id = match &name {
            Some((key, item, written, id)) if entities.find(id).is_none() && has_header => {
                let leftover = leftover(table, &key.text, written, id);
                let header = Span::new(key_span.range().end..key_span.range().end);
                let mut all = vec![(header, format!(".{}", as_key(id)))];
                match leftover {
                    Leftover::Nothing => match statement(text, key, item) {
                        Some(gone) => all.push((Span::new(gone), String::new())),
                        None => all.clear(),
                    },
                    Leftover::Key(name) => all.push((key.span, name.to_owned())),
                    Leftover::Comment => all.push((
                        Span::new(key.span.range().start..key.span.range().start),
                        "# ".to_owned(),
                    )),
                    Leftover::Stays => {}
                }
                edits = (!all.is_empty()).then_some(all);
                Some((id.clone(), key.text.to_string(), written.clone()))
            }
            _ => None,
        };
        let shown = id.as_ref().map_or_else(|| "<id>".to_owned(), |(id, ..)| as_key(id));
        let message = format!("`{table}` has the keys of one entry, and each entry has a table of its own");
        let help = format!("write `[{table}.{shown}]`: the id goes in the header");
        let mut problem = Problem::new(Fault::WrongType, key_span, message, "a header without an id").with_help(help);
        problem.keys = Some(table.to_owned());
        self.moved.push(Moved {
            problem,
            how: edits.map_or(How::Unclear, How::Edits),
            value: None,
        });
        // What was one entity is one.
        let owned: Vec<bool> = entities.entries.iter().map(is_own).collect();
        let span = item.span;
        let Value::Table(entities) = &mut root.entries[at].1.value else {
            return true;
        };
        let mut one = Table::default();
        let mut kept = Vec::new();
        for ((key, item), is_own) in std::mem::take(&mut entities.entries).into_iter().zip(owned) {
            if is_own {
                let _ = one.push(key, item);
            } else {
                kept.push((key, item))
            }
        }
        entities.replace(kept);
        if let Some((id, name, written)) = id {
            let name = Named {
                id,
                key: Some(name),
                written,
                span: key_span,
            };
            settle(&mut one, &name, table);
            let key = Key {
                text: Cow::Owned(name.id),
                span: key_span,
            };
            one.made = Made::ByHeader;
            let value = Value::Table(one);
            entities.push(key, Item { span, value });
        }
        true
    }
}
