//! Tables by another name, and tables of entities that are written as one entity.

use super::ids::settle;
use super::places::{has_header, headers_of, is_inline, is_statement, line_end};
use super::{Answers, Edits, How, Moved, lists, synonyms};
use crate::decode::as_key;
use crate::decode::tree::{Item, Key, Table, Value};
use crate::decode::{Fault, Problem, Wanted};
use crate::manifest::TABLES;
use crate::manifest::{Identity, Manifest};
use crate::model::{nearest, slip_of};
use crate::source::Span;
use std::borrow::Cow;
use std::collections::HashMap;

/// More tables by other names than this are not a manifest.
const MAX_TOP: usize = 100;

impl Answers<'_> {
    pub(super) fn reread_top(&mut self, root: &mut Table<'_>, wanted: &mut HashMap<Span, Problem>) -> bool {
        let mut any = false;
        let mut at = 0;
        while at < root.entries.len() && self.moved.len() < MAX_TOP {
            // Once only: where it is put, its place is the same.
            let span = root.entries[at].0.span;
            let problem = wanted.remove(&span);
            let done = match problem.as_ref().and_then(|problem| Some((problem, problem.wants?))) {
                Some((
                    problem,
                    Wanted::Key {
                        table: Manifest::NAME,
                        known,
                    },
                )) => self.rename_top(root, at, problem, known),
                Some((problem, Wanted::Table { known: [], .. })) => self.list_of_entities(root, at, problem),
                _ => false,
            };
            let done = done || self.single_entity(root, at, wanted);
            any |= done;
            at += usize::from(!done);
        }
        any
    }

    /// Reads a table by the name that is meant; whether that changed anything.
    fn rename_top(
        &mut self,
        root: &mut Table<'_>,
        at: usize,
        problem: &Problem,
        known: &'static [&'static str],
    ) -> bool {
        let written = root.entries[at].0.text.to_string();
        let of_value = |meant: &&str| suits(meant, &root.entries[at].1.value);
        // A slip has an answer that is surer.
        let mut synonyms = synonyms::of(Manifest::NAME, &written).filter(|_| problem.fix.is_none());
        let synonym = synonyms.find(of_value);
        let Some(meant) = synonym.or_else(|| {
            let slip = slip_of(&written, known.iter().copied()).or_else(|| nearest(&written, known.iter().copied()))?;
            known.iter().copied().find(|known| *known == slip).filter(of_value)
        }) else {
            return false;
        };
        let is_entities = TABLES.contains(&meant);
        let stated = root.find(meant);
        let mergeable = is_entities
            && matches!(root.entries[at].1.value, Value::Table(_))
            && stated.is_some_and(|at| {
                matches!(root.entries[at].1.value, Value::Table(_)) && !is_inline(self.text, &root.entries[at].1)
            });
        if stated.is_some() && !mergeable {
            if synonym.is_none() {
                return false;
            }
            self.take_out(root, at);
            self.add_conflict(problem.clone(), meant);
            return true;
        }
        let (key, mut item) = self.take_out(root, at);
        if let Value::List(_) = &item.value
            && is_entities
        {
            // Its header changes in one go.
            root.push(named(meant, key.span), item);
            let at = root.entries.len() - 1;
            return self.entities_of(root, at, problem, &written) || {
                self.moved.push(Moved {
                    problem: problem.clone(),
                    how: How::Unclear,
                    value: None,
                });
                root.entries.pop();
                true
            };
        }
        let mut edits = self.rename_edits(&written, meant, &key);
        if is_entities && let Value::Table(table) = &mut item.value {
            self.imply(&written, table, &mut edits);
        }
        if synonym.is_some() {
            let how = match (edits, is_statement(self.text, key.span) && !is_entities) {
                (Some(_), true) => How::Renamed(key.span, meant.to_owned()),
                (Some(edits), false) => How::Edits(edits),
                (None, _) => How::Unclear,
            };
            self.add_moved(problem.clone(), meant, how, None, &item);
            if (is_entities || meant == "organization" || meant == "waivers")
                && let Some(last) = self.moved.last_mut()
            {
                last.problem.help = Some(match meant {
                    "waivers" => "write `[[waivers]]`, if that is what is meant".to_owned(),
                    "organization" => "write `[organization]`, if that is what is meant".to_owned(),
                    _ => format!("write `[{meant}.<id>]`, if that is what is meant{}", said_by(&written)),
                });
            }
        } else {
            self.moved.push(Moved {
                problem: problem.clone(),
                how: How::Unclear,
                value: None,
            });
        }
        match (stated, item.value) {
            (Some(_), Value::Table(new)) => {
                let at = root.find(meant).unwrap_or_default();
                if let Some((_, stated)) = root.entries.get_mut(at)
                    && let Value::Table(stated) = &mut stated.value
                {
                    for (key, item) in new.entries {
                        if stated.find(&key.text).is_none() {
                            stated.push(key, item);
                        }
                    }
                }
            }
            (_, value) => {
                root.push(named(meant, key.span), Item { span: item.span, value });
            }
        }
        true
    }

    fn take_out<'a>(&self, root: &mut Table<'a>, at: usize) -> (Key<'a>, Item<'a>) {
        let mut entries = std::mem::take(&mut root.entries);
        let taken = entries.remove(at);
        root.replace(entries);
        taken
    }

    /// Where the name of a table is, everywhere.
    fn rename_edits(&self, written: &str, meant: &str, key: &Key<'_>) -> Option<Edits> {
        if is_statement(self.text, key.span) {
            return Some(vec![(key.span, meant.to_owned())]);
        }
        let headers = headers_of(self.text, written);
        let first =
            |header: &super::places::Header<'_>| Some((Span::new(header.names.first()?.1.clone()), meant.to_owned()));
        let edits: Option<Edits> = headers.iter().map(first).collect();
        edits.filter(|edits| edits.iter().any(|(span, _)| *span == key.span))
    }

    /// States what the name of a table said of each of its entities.
    fn imply(&mut self, written: &str, table: &mut Table<'_>, edits: &mut Option<Edits>) {
        let Some((implied, value)) = synonyms::implied(written) else {
            return;
        };
        for (key, item) in &mut table.entries {
            let place = if has_header(self.text, item) {
                line_end(self.text, item.span.range().end)
            } else {
                0
            };
            let is_inline = is_inline(self.text, item);
            let Value::Table(entity) = &mut item.value else {
                continue;
            };
            let states = |name: &str| {
                let mut keys = entity.entries.iter().map(|(key, _)| &*key.text);
                keys.any(|key| key == name || synonyms::of(Identity::NAME, key).any(|meant| meant == name))
            };
            if states(implied) || states("profile") {
                continue;
            }
            let added = match (place, is_inline) {
                (0, true) => {
                    let inner = item.span.range().start + 1;
                    let comma = if entity.entries.is_empty() { " " } else { "," };
                    (Span::new(inner..inner), format!(" {implied} = \"{value}\"{comma}"))
                }
                (0, false) => continue,
                (end, _) => (Span::new(end..end), format!("\n{implied} = \"{value}\"")),
            };
            if let Some(edits) = edits {
                edits.push(added);
            }
            let text = Value::Text(Cow::Borrowed(value));
            let span = key.span;
            entity.push(named(implied, span), Item { span, value: text });
        }
    }

    /// `[[services]]` or `services = [..]`, under its own name.
    fn list_of_entities(&mut self, root: &mut Table<'_>, at: usize, problem: &Problem) -> bool {
        let name = root.entries[at].0.text.to_string();
        TABLES.contains(&name.as_str()) && self.entities_of(root, at, problem, &name)
    }

    /// Reads a list as a table of entities; `written` is what is in their headers.
    fn entities_of(&mut self, root: &mut Table<'_>, at: usize, problem: &Problem, written: &str) -> bool {
        let table = root.entries[at].0.text.to_string();
        let Value::List(list) = &root.entries[at].1.value else {
            return false;
        };
        let ids = lists::ids(list);
        let Some(ids) = ids else {
            return false;
        };
        let implied = synonyms::implied(written);
        let edits = lists::edits(self.text, (written, &table), &root.entries[at].1, list, &ids, implied);
        let first = ids.first().map(|id| id.id.clone()).unwrap_or_default();
        let key_span = root.entries[at].0.span;
        let Value::List(list) = std::mem::replace(&mut root.entries[at].1.value, Value::Boolean(false)) else {
            return false;
        };
        let is_headers = edits.as_ref().is_some_and(|(_, is_headers)| *is_headers);
        let mut entities = Table::default();
        for (mut item, id) in list.items.into_iter().zip(&ids) {
            if let Value::Table(entity) = &mut item.value {
                settle(entity, id, &table);
                if let Some((key, value)) = implied
                    && entity.find(key).is_none()
                {
                    let text = Value::Text(Cow::Borrowed(value));
                    entity.push(
                        named(key, item.span),
                        Item {
                            span: item.span,
                            value: text,
                        },
                    );
                }
            } else {
                item.value = Value::Table(Table::default());
            }
            let key = Key {
                text: Cow::Owned(id.id.clone()),
                span: id.span,
            };
            entities.push(key, item);
        }
        root.entries[at].1.value = Value::Table(entities);
        let mut problem = problem.clone();
        problem.span = key_span;
        let more = if ids.len() > 1 { ", and so for each of them" } else { "" };
        let shown = if is_headers {
            format!("`[{table}.{}]`", as_key(&first))
        } else {
            format!("`{table} = {{ {} = {{ .. }} }}`", as_key(&first))
        };
        problem.label = match problem.fault {
            Fault::UnknownKey => format!("did you mean `{table}`?"),
            _ => "a list, not a table with an id for each entry".to_owned(),
        };
        problem.help = Some(format!("write {shown}: the id goes in the header{more}"));
        problem.fix = None;
        self.moved.push(Moved {
            problem,
            how: edits.map_or(How::Unclear, |(edits, _)| How::Edits(edits)),
            value: None,
        });
        true
    }
}

fn said_by(written: &str) -> String {
    synonyms::implied(written).map_or_else(String::new, |(key, value)| format!(", with `{key} = \"{value}\"`"))
}

fn named<'a>(name: &'static str, span: Span) -> Key<'a> {
    Key {
        text: Cow::Borrowed(name),
        span,
    }
}

/// Whether a value may be under a key at the top of a file.
fn suits(meant: &str, value: &Value<'_>) -> bool {
    match (meant, value) {
        ("owner" | "namespace" | "keep", value) => matches!(value, Value::Text(_)),
        ("waivers", value) => matches!(value, Value::List(_)),
        ("organization", value) => matches!(value, Value::Table(_)),
        (_, value) => matches!(value, Value::Table(_) | Value::List(_)),
    }
}
