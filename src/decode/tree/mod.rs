//! A file's TOML as a tree of values, each with its place.
//!
//! The tree is built straight from the parser's events, which is about twice as quick as by way of `toml`'s own
//! tables. Whatever is not plainly right is left to those: they know every error, and how to go on behind it.

mod borders;
mod build;
mod from_toml;
mod pieces;
mod plain;

pub use borders::{at_borders, to_borders};
pub use from_toml::from_toml;
pub use pieces::{Pieces, build};

use crate::source::Span;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::borrow::Cow;
use std::hash::BuildHasher;

#[derive(Debug, Clone, PartialEq)]
pub struct Key<'a> {
    pub text: Cow<'a, str>,
    pub span: Span,
}

#[derive(Debug, PartialEq)]
pub struct Item<'a> {
    pub span: Span,
    pub value: Value<'a>,
}

#[derive(Debug, PartialEq)]
pub enum Value<'a> {
    Text(Cow<'a, str>),
    /// The digits as `from_str_radix` takes them.
    Integer {
        digits: Cow<'a, str>,
        radix: u32,
    },
    Float,
    Boolean(bool),
    Date(Stated),
    List(List<'a>),
    Table(Table<'a>),
}

/// What TOML calls a date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// A day, as the number 20260930.
    Day(u32),
    /// A time of day, with or without a day.
    Time,
}

#[derive(Debug, Default, PartialEq)]
pub struct List<'a> {
    pub items: Vec<Item<'a>>,
    /// Whether each item is a table with a header of its own, `[[waivers]]`.
    pub of_tables: bool,
}

/// How a table came to be, which decides what may still be added to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Made {
    /// On the way to another, as `services` in `[services.payroll]`.
    #[default]
    OnTheWay,
    ByHeader,
    /// By a key with dots, in the section of this number.
    ByDots(u32),
    Inline,
}

#[derive(Debug, Default)]
pub struct Table<'a> {
    pub entries: Vec<(Key<'a>, Item<'a>)>,
    pub made: Made,
    index: Option<Box<Index>>,
}

/// Where each key of a large table is.
#[derive(Debug, Default)]
struct Index {
    positions: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

/// Up to so many keys are looked through one by one.
const LINEAR_SEARCH_MAX: usize = 16;

impl PartialEq for Table<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

/// The entries of a table, one by one.
pub enum Entries<'a, 't> {
    AsTheyStand(std::slice::Iter<'t, (Key<'a>, Item<'a>)>),
    Sorted(std::vec::IntoIter<&'t (Key<'a>, Item<'a>)>),
}

impl<'a, 't> Iterator for Entries<'a, 't> {
    type Item = &'t (Key<'a>, Item<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::AsTheyStand(entries) => entries.next(),
            Self::Sorted(entries) => entries.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::AsTheyStand(entries) => entries.size_hint(),
            Self::Sorted(entries) => entries.size_hint(),
        }
    }
}

impl ExactSizeIterator for Entries<'_, '_> {}

impl<'a> Table<'a> {
    fn new(made: Made) -> Self {
        Self {
            made,
            ..Self::default()
        }
    }

    /// Its entries as they are in the file.
    pub fn in_order(&self) -> Entries<'a, '_> {
        Entries::AsTheyStand(self.entries.iter())
    }

    /// Its entries in the order of their keys.
    pub fn sorted(&self) -> Entries<'a, '_> {
        if self.entries.is_sorted_by(|(a, _), (b, _)| a.text <= b.text) {
            return self.in_order();
        }
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_unstable_by(|(a, _), (b, _)| a.text.cmp(&b.text));
        Entries::Sorted(entries.into_iter())
    }

    pub fn find(&self, key: &str) -> Option<usize> {
        let is_it = |at: usize| *self.entries[at].0.text == *key;
        match &self.index {
            None => (0..self.entries.len()).rev().find(|at| is_it(*at)),
            Some(index) => {
                let hash = index.hasher.hash_one(key);
                let found = index.positions.find(hash, |at| is_it(*at as usize));
                found.map(|at| *at as usize)
            }
        }
    }

    /// Adds a key that is not there yet, and says at which position.
    #[inline]
    pub fn push(&mut self, key: Key<'a>, item: Item<'a>) -> usize {
        let at = self.entries.len();
        self.entries.push((key, item));
        if at >= LINEAR_SEARCH_MAX {
            self.index_from(if self.index.is_some() { at } else { 0 });
        }
        at
    }

    /// Keeps some of its entries.
    pub fn retain(&mut self, mut is_left: impl FnMut(&Key<'a>, &Item<'a>) -> bool) {
        let entries = std::mem::take(&mut self.entries);
        self.replace(entries.into_iter().filter(|(key, item)| is_left(key, item)).collect());
    }

    /// Has these entries instead of its own.
    pub fn replace(&mut self, entries: Vec<(Key<'a>, Item<'a>)>) {
        self.entries = entries;
        self.index = None;
        if self.entries.len() > LINEAR_SEARCH_MAX {
            self.index_from(0);
        }
    }

    fn index_from(&mut self, first: usize) {
        let entries = &self.entries;
        let Index { positions, hasher } = &mut **self.index.get_or_insert_default();
        let hash = |at: usize| hasher.hash_one(&*entries[at].0.text);
        for at in first..entries.len() {
            let position = u32::try_from(at).unwrap_or(u32::MAX);
            positions.insert_unique(hash(at), position, |at| hash(*at as usize));
        }
    }
}

#[cfg(test)]
mod tests;
