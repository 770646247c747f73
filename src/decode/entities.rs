//! Tables whose entries have ids.

use super::field::Field;
use super::protocol::ENTRY_NAME;
use crate::model::Text;
use crate::source::Span;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

/// An entity as it is in its file.
#[derive(Debug, Clone)]
pub struct Entry<'a, T> {
    pub id: Text<'a>,
    pub span: Span,
    /// `false` when what is under the id is not a table at all.
    pub readable: bool,
    /// Which of the keys that its type knows are stated, a bit each in their order.
    pub stated: u64,
    /// In a place of its own: it is handed on more than once, and large.
    pub body: Box<T>,
}

/// A table keyed by ids, and whether it, or any of its ids, could not be read. Most tables of most files are absent: such a
/// one is one word.
#[derive(Debug, Clone)]
pub struct Entities<'a, T>(Option<Box<Entries<'a, T>>>);

#[derive(Debug, Clone)]
struct Entries<'a, T> {
    entries: Box<[Entry<'a, T>]>,
    /// Whether there may be more entries than are known.
    damaged: bool,
}

impl<T> Default for Entities<'_, T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'a, T> Entities<'a, T> {
    fn of(entries: Vec<Entry<'a, T>>, damaged: bool) -> Self {
        Self(Some(Box::new(Entries {
            entries: entries.into_boxed_slice(),
            damaged,
        })))
    }

    pub fn is_damaged(&self) -> bool {
        self.0.as_ref().is_some_and(|entries| entries.damaged)
    }

    /// One table of its parts, in the order of its ids, unless one of them is in several parts.
    pub fn joined(parts: impl Iterator<Item = Self>) -> Option<Self> {
        let mut parts: Vec<Entries<'a, T>> = parts.filter_map(|part| part.0).map(|part| *part).collect();
        if parts.len() < 2 {
            return Some(Self(parts.pop().map(Box::new)));
        }
        let damaged = parts.iter().any(|part| part.damaged);
        let mut entries = Vec::with_capacity(parts.iter().map(|part| part.entries.len()).sum());
        entries.extend(parts.into_iter().flat_map(|part| part.entries));
        entries.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        let is_once = entries.is_sorted_by(|one, other| one.id < other.id);
        is_once.then(|| Self::of(entries, damaged))
    }
}

impl<'a, T> Deref for Entities<'a, T> {
    type Target = [Entry<'a, T>];
    fn deref(&self) -> &[Entry<'a, T>] {
        self.0.as_ref().map_or(&[], |entries| &entries.entries)
    }
}

impl<'a, T> DerefMut for Entities<'a, T> {
    fn deref_mut(&mut self) -> &mut [Entry<'a, T>] {
        self.0.as_mut().map_or(&mut [], |entries| &mut entries.entries)
    }
}

impl<'e, 'a, T> IntoIterator for &'e Entities<'a, T> {
    type Item = &'e Entry<'a, T>;
    type IntoIter = std::slice::Iter<'e, Entry<'a, T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What is under an id.
struct Body<T> {
    readable: bool,
    stated: u64,
    body: Box<T>,
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Body<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BodyVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for BodyVisitor<T> {
            type Value = Body<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value with its stated keys")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Body<T>, A::Error> {
                // What could not be read was reported where it was met.
                let body = seq.next_element::<Box<T>>().ok().flatten();
                Ok(Body {
                    readable: body.is_some(),
                    body: body.unwrap_or_default(),
                    stated: seq.next_element()?.unwrap_or(u64::MAX),
                })
            }
        }
        deserializer.deserialize_tuple_struct(ENTRY_NAME, 2, BodyVisitor(PhantomData))
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de> + Default> Deserialize<'de> for Entities<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntitiesVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for EntitiesVisitor<T> {
            type Value = Entities<'de, T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table with an id for each entry")
            }
            fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Entities::default())
            }
            fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
                // Whatever else is here was reported; there are no entries.
                Ok(d.deserialize_map(self)
                    .unwrap_or_else(|_| Entities::of(Vec::new(), true)))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(0));
                let damaged = loop {
                    let id = match map.next_key::<Field<Text<'de>>>()? {
                        None => break false,
                        Some(Field::Known(id)) => id,
                        Some(_) => break true,
                    };
                    let Body { readable, stated, body } = map.next_value()?;
                    entries.push(Entry {
                        id: id.value,
                        span: id.span,
                        readable,
                        stated,
                        body,
                    });
                };
                Ok(Entities::of(entries, damaged))
            }
        }
        deserializer.deserialize_option(EntitiesVisitor(PhantomData))
    }
}
