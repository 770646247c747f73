//! Namespaces, entity tables and how a reference finds its entity.

use crate::decode::Entry;
use crate::manifest::Declaration;
use crate::model::{Id, NamespaceId, glob_matches};
use crate::source::{FileId, Place, Span};
use hashbrown::{DefaultHashBuilder, HashTable, hash_table};
use rayon::prelude::*;
use std::hash::BuildHasher;
use std::ops::Deref;
use std::sync::OnceLock;

#[derive(Debug)]
pub struct Namespaces {
    names: Vec<Box<str>>,
    by_name: HashTable<NamespaceId>,
    hasher: DefaultHashBuilder,
    /// In the order of their names, once patterns are looked up among them.
    ordered: OnceLock<Vec<NamespaceId>>,
}

impl Default for Namespaces {
    fn default() -> Self {
        let mut namespaces = Self {
            names: Vec::new(),
            by_name: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            ordered: OnceLock::new(),
        };
        namespaces.intern("");
        namespaces
    }
}

impl Namespaces {
    pub fn intern(&mut self, name: &str) -> NamespaceId {
        if let Some(id) = self.find(name) {
            return id;
        }
        let id = NamespaceId::at(self.names.len());
        self.names.push(name.into());
        self.ordered.take();
        let (names, hasher) = (&self.names, &self.hasher);
        let hash = |id: &NamespaceId| hasher.hash_one(&*names[id.index()]);
        self.by_name.insert_unique(hash(&id), id, hash);
        id
    }

    pub fn find(&self, name: &str) -> Option<NamespaceId> {
        let found = self
            .by_name
            .find(self.hasher.hash_one(name), |id| self.name(*id) == name);
        found.copied()
    }

    pub fn count(&self) -> usize {
        self.names.len()
    }

    pub fn name(&self, id: NamespaceId) -> &str {
        &self.names[id.index()]
    }

    pub fn iter(&self) -> impl Iterator<Item = (NamespaceId, &str)> {
        (0..).map(NamespaceId::at).zip(self.names.iter().map(|name| &**name))
    }

    /// Those whose names a pattern matches.
    pub fn matching(&self, pattern: &str) -> Vec<NamespaceId> {
        let begin = pattern.split('*').next().unwrap_or_default();
        let ordered = self.ordered.get_or_init(|| {
            let mut all: Vec<NamespaceId> = (0..self.count()).map(NamespaceId::at).collect();
            all.sort_unstable_by(|a, b| self.name(*a).cmp(self.name(*b)));
            all
        });
        // Those that begin alike stand together: thousands of patterns are not compared with thousands of names each.
        let first = ordered.partition_point(|id| self.name(*id) < begin);
        let alike = ordered[first..].iter().copied();
        let alike = alike.take_while(|id| self.name(*id).starts_with(begin));
        let mut found: Vec<NamespaceId> = alike.filter(|id| glob_matches(pattern, self.name(*id))).collect();
        found.sort_unstable();
        found
    }

    /// `payments/services.ledger`, or without the namespace if it has no name.
    pub fn path(&self, namespace: NamespaceId, table: &str, id: &str) -> String {
        match self.name(namespace) {
            "" => format!("{table}.{id}"),
            name => format!("{name}/{table}.{id}"),
        }
    }
}

/// A declared entity: the entry of a file, with its namespace.
#[derive(Debug)]
pub struct Entity<'a, T> {
    pub file: FileId,
    pub namespace: NamespaceId,
    entry: &'a Entry<'a, T>,
}

impl<T> Clone for Entity<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Entity<'_, T> {}

impl<'a, T> Deref for Entity<'a, T> {
    type Target = Entry<'a, T>;
    fn deref(&self) -> &Entry<'a, T> {
        self.entry
    }
}

impl<'a, T> Entity<'a, T> {
    pub fn new(file: FileId, namespace: NamespaceId, entry: &'a Entry<'a, T>) -> Self {
        Self { file, namespace, entry }
    }

    /// What no other of its kind has.
    fn key(&self) -> (NamespaceId, &str) {
        (self.namespace, self.id.as_str())
    }

    /// The entry, for as long as its file.
    pub fn entry(&self) -> &'a Entry<'a, T> {
        self.entry
    }

    /// The id where it is declared.
    pub fn place(&self) -> Place {
        self.at(self.span)
    }

    /// A place in the entity's own file.
    pub fn at(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }
}

/// All entities of one kind, in the order of their files and ids.
#[derive(Debug)]
pub struct Table<'a, T> {
    entities: Vec<Entity<'a, T>>,
    by_name: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl<T> Default for Table<'_, T> {
    fn default() -> Self {
        Self {
            entities: Vec::new(),
            by_name: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        }
    }
}

impl<'a, T: Declaration<'a>> Table<'a, T> {
    /// Adds an entity, or returns the place of the one that already has its name.
    pub fn insert(&mut self, entity: Entity<'a, T>) -> Result<(), Place> {
        let index = u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
        let (entities, hasher) = (&self.entities, &self.hasher);
        let known = |at: &u32| entities[*at as usize].key();
        let key = entity.key();
        match self.by_name.entry(
            hasher.hash_one(key),
            |at| known(at) == key,
            |at| hasher.hash_one(known(at)),
        ) {
            hash_table::Entry::Occupied(first) => Err(entities[*first.get() as usize].place()),
            hash_table::Entry::Vacant(place) => {
                place.insert(index);
                self.entities.push(entity);
                Ok(())
            }
        }
    }

    pub fn reserve(&mut self, more: usize) {
        let (entities, hasher) = (&self.entities, &self.hasher);
        self.by_name
            .reserve(more, |at| hasher.hash_one(entities[*at as usize].key()));
        self.entities.reserve(more);
    }

    pub fn find(&self, namespace: NamespaceId, id: &str) -> Option<T::Id> {
        let is_meant = |at: &u32| {
            let entity = &self.entities[*at as usize];
            entity.namespace == namespace && entity.id.as_str() == id
        };
        let found = self.by_name.find(self.hasher.hash_one((namespace, id)), is_meant);
        found.map(|at| T::Id::at(*at as usize))
    }

    /// The entity that `reference` names when it is written in `from`.
    pub fn resolve(&self, namespaces: &Namespaces, from: NamespaceId, reference: &str) -> Option<T::Id> {
        // For a few bytes, a linear scan is quicker than a search.
        match reference.bytes().position(|byte| byte == b'/') {
            None => self
                .find(from, reference)
                .or_else(|| self.find(NamespaceId::UNNAMED, reference)),
            Some(at) => self.find(namespaces.find(&reference[..at])?, &reference[at + 1..]),
        }
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Entity<'a, T>> {
        self.entities.iter()
    }

    pub fn as_slice(&self) -> &[Entity<'a, T>] {
        &self.entities
    }

    pub fn get(&self, id: T::Id) -> &Entity<'a, T> {
        &self.entities[id.index()]
    }

    pub fn ids(&self) -> impl ExactSizeIterator<Item = T::Id> + Clone + use<'a, T> {
        (0..self.len()).map(T::Id::at)
    }

    pub fn par_ids(&self) -> impl IndexedParallelIterator<Item = T::Id> + use<'a, T> {
        (0..self.len()).into_par_iter().map(T::Id::at)
    }

    /// Each entity with its id.
    pub fn enumerate(&self) -> impl DoubleEndedIterator<Item = (T::Id, &Entity<'a, T>)> + Clone {
        self.entities
            .iter()
            .enumerate()
            .map(|(at, entity)| (T::Id::at(at), entity))
    }

    pub fn len(&self) -> usize {
        self.entities.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }
}

impl<'t, 'a, T: Declaration<'a>> IntoIterator for &'t Table<'a, T> {
    type Item = &'t Entity<'a, T>;
    type IntoIter = std::slice::Iter<'t, Entity<'a, T>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::Namespaces;
    use crate::model::{NamespaceId, glob_matches};

    #[test]
    fn a_pattern_finds_what_it_matches_wherever_that_stands_in_the_order() {
        let mut namespaces = Namespaces::default();
        for name in [
            "pay",
            "payroll",
            "pa",
            "pb",
            "payments-eu",
            "Pay",
            "pay-eu",
            "z",
            "päy",
            "payments-us",
        ] {
            namespaces.intern(name);
        }
        for pattern in [
            "pay*",
            "p*",
            "pay",
            "payments-*",
            "p*-eu",
            "*",
            "",
            "x*",
            "pay*z",
            "zz*",
            "pä*",
        ] {
            let all = namespaces.iter().filter(|(_, name)| glob_matches(pattern, name));
            let all: Vec<NamespaceId> = all.map(|(id, _)| id).collect();
            assert_eq!(namespaces.matching(pattern), all, "{pattern}");
        }
        // One that comes later is found, too.
        let later = namespaces.intern("pay-later");
        assert_eq!(namespaces.matching("pay-l*"), [later]);
    }
}
