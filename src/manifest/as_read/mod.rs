//! A declaration as it was read: every key that is stated with its value, whatever the file, its layout and its spellings.

mod serializer;

use super::{Declaration, STORE_KEYS, Store, Target, store};
use crate::decode::Entry;
use crate::model::{Locator, Text};
use crate::source::{Source, Span};
use serde::Serialize;
use serializer::{Out, Walk};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A value as it was read. Lists are without order, and one value is a list of one where a list is expected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AsRead {
    /// It is stated, and could not be read: the text that stands there.
    Unread(String),
    Boolean(bool),
    Number(i64),
    Text(String),
    /// What names an entity or a place, as it is written.
    Reference(Target, String),
    List(Vec<AsRead>),
    Table(Keys),
}

/// The keys of a table that are stated.
pub type Keys = BTreeMap<Cow<'static, str>, AsRead>;

impl AsRead {
    /// A list without order: sorted, each value once.
    pub fn list(mut items: Vec<Self>) -> Self {
        items.sort_unstable();
        items.dedup();
        Self::List(items)
    }
}

/// What an entity declares, key by key.
pub fn declared<'a, T: Declaration<'a> + Serialize>(entry: &Entry<'a, T>, source: &Source) -> Keys {
    let mut targets: Vec<(Span, Target)> = Vec::new();
    entry
        .body
        .references(&mut |target, reference| targets.push((reference.span, target)));
    targets.sort_unstable();
    let mut keys = as_table(
        &*entry.body,
        Walk {
            source,
            targets: &targets,
        },
    );
    if !entry.readable {
        // Whatever stands there is no table.
        let text = source.slice(entry.span).to_owned();
        keys.insert(Cow::Borrowed("*"), AsRead::Unread(text));
    }
    match T::TABLE {
        "identities" | "profiles" => spelt_alike(&mut keys),
        // Each is named by its key.
        "reports" => {
            if let Some(AsRead::Table(stated)) = keys.get_mut("subservice") {
                let named = std::mem::take(stated).into_iter().map(|(id, value)| {
                    let mut pair = Keys::new();
                    pair.insert(
                        Cow::Borrowed("third-party"),
                        AsRead::Reference(Target::ThirdParty, id.into_owned()),
                    );
                    match value {
                        AsRead::Table(value) => pair.extend(value),
                        other => drop(pair.insert(Cow::Borrowed("*"), other)),
                    }
                    AsRead::Table(pair)
                });
                let named = AsRead::List(named.collect());
                keys.insert(Cow::Borrowed("subservice"), named);
            }
        }
        _ => {}
    }
    keys
}

/// What any table of a file states, with no reference in it.
pub fn stated<T: Serialize>(table: &T, source: &Source) -> Keys {
    as_table(table, Walk { source, targets: &[] })
}

fn as_table<T: Serialize + ?Sized>(table: &T, walk: Walk<'_>) -> Keys {
    match table.serialize(walk) {
        Ok(Out::Value(AsRead::Table(keys)) | Out::Shortened(_, keys)) => keys,
        _ => Keys::new(),
    }
}

/// Stores and locators are read however they are spelt.
fn spelt_alike(keys: &mut Keys) {
    let each = |value: &mut AsRead, respelt: &dyn Fn(&str) -> Option<String>| match value {
        AsRead::Text(text) => *text = respelt(text).unwrap_or_else(|| std::mem::take(text)),
        AsRead::List(items) => {
            for item in items {
                if let AsRead::Text(text) = item {
                    *text = respelt(text).unwrap_or_else(|| std::mem::take(text));
                }
            }
        }
        _ => {}
    };
    for key in STORE_KEYS {
        if let Some(value) = keys.get_mut(key) {
            each(value, &|text| match store(text) {
                Store::Known(known) => Some(known.to_owned()),
                Store::LooksLike(_) | Store::Other(_) => Some(own_store(text)),
            });
        }
    }
    if let Some(value) = keys.get_mut("locators") {
        each(value, &|text| {
            Locator::respelt(text).or_else(|| Some(text.trim().to_owned()))
        });
    }
}

/// A store of the organization's own, in one of its spellings.
fn own_store(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join("-")
}

/// What a file says for all its entities.
pub fn of_file(text: &crate::decode::Field<Text<'_>>, source: &Source) -> Option<AsRead> {
    use crate::decode::Field;
    match text {
        Field::Absent => None,
        Field::Unknown(span) => Some(AsRead::Unread(source.slice(*span).to_owned())),
        Field::Known(text) => Some(AsRead::Text(text.value.as_str().to_owned())),
    }
}
