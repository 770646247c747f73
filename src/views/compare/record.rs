//! What one state of an estate declares, entity by entity, as it was read.

use super::mentions::Mentioned;
use crate::decode::Entities;
use crate::manifest::as_read::{self, AsRead, Keys};
use crate::manifest::{Declaration, Read, Target, for_each_table};
use crate::source::Source;
use serde::Serialize;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// The table of the organization, which has no id.
pub const ORGANIZATION: &str = "organization";
pub const IDENTITIES: &str = "identities";
pub const PROFILES: &str = "profiles";

/// An entity of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub table: &'static str,
    pub id: String,
    /// As it stands in its file, with references as they are written.
    pub keys: Keys,
}

/// What one file declares.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    pub path: String,
    pub namespace: String,
    /// What it says for each of its entities: `owner`, `keep`.
    pub shared: Keys,
    pub records: Vec<Arc<Record>>,
    /// The ids that any of this mentions.
    pub mentioned: Mentioned,
    /// Text of it that could not be read, and may declare more.
    pub lost: Vec<String>,
    /// Whether it could not be read as a whole, or is of an unknown namespace.
    pub is_blind: bool,
}

impl File {
    pub fn of(source: &Source, read: &Read<'_>) -> Self {
        let manifest = &read.manifest;
        let mut records = Vec::new();
        macro_rules! add {
            ($($table:ident: $type:ident,)*) => {
                $(add(&mut records, &manifest.$table, source);)*
            };
        }
        for_each_table!(add);
        if let Some(organization) = manifest.organization.get() {
            records.push(Arc::new(Record {
                table: ORGANIZATION,
                id: String::new(),
                keys: as_read::stated(organization, source),
            }));
        }
        let mut shared = Keys::new();
        if let Some(owner) = as_read::of_file(&manifest.owner, source) {
            let owner = match owner {
                AsRead::Text(name) => AsRead::Reference(Target::Owner, name),
                unread => unread,
            };
            shared.insert(Cow::Borrowed("owner"), owner);
        }
        if let Some(keep) = as_read::of_file(&manifest.keep, source) {
            shared.insert(Cow::Borrowed("keep"), keep);
        }
        let unread = source.unreadable.is_some() || source.absent.is_some() || source.no_text;
        Self {
            path: source.path.clone(),
            namespace: manifest
                .namespace
                .get()
                .map_or_else(String::new, |name| name.as_str().to_owned()),
            mentioned: Mentioned::of(records.iter().map(|record| &record.keys).chain([&shared])),
            shared,
            records,
            lost: read.lost.clone(),
            is_blind: unread || manifest.namespace.is_unknown(),
        }
    }

    /// The folder that its places count from.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

fn add<'a, T: Declaration<'a> + Serialize>(
    records: &mut Vec<Arc<Record>>,
    entities: &Entities<'a, T>,
    source: &Source,
) {
    records.extend(entities.iter().map(|entry| {
        Arc::new(Record {
            table: T::TABLE,
            id: entry.id.as_str().to_owned(),
            keys: as_read::declared(entry, source),
        })
    }));
}

/// `payments/services.ledger`, or without the namespace if it has no name.
pub fn path_of(namespace: &str, table: &str, id: &str) -> String {
    match (namespace, id) {
        (_, "") => table.to_owned(),
        ("", id) => format!("{table}.{id}"),
        (namespace, id) => format!("{namespace}/{table}.{id}"),
    }
}

/// An entity, with the file in which it is declared.
#[derive(Debug, Clone)]
pub struct Entity {
    pub file: Arc<File>,
    pub record: Arc<Record>,
}

/// All that one state declares.
#[derive(Debug, Clone, Default)]
pub struct State {
    files: BTreeMap<String, Arc<File>>,
    /// By their paths; of several with one path, the first by file is the one that counts.
    pub entities: BTreeMap<Arc<str>, Entity>,
    /// Paths that are declared more than once.
    doubles: HashSet<Arc<str>>,
    /// By their paths, the files in which something may be declared that is not known.
    hiding: BTreeMap<String, Arc<File>>,
}

impl State {
    pub fn of(files: impl IntoIterator<Item = Arc<File>>) -> Self {
        let mut state = Self::default();
        for file in files {
            state.add(&file);
            state.files.insert(file.path.clone(), file);
        }
        state
    }

    fn add(&mut self, file: &Arc<File>) {
        if file.is_blind || !file.lost.is_empty() {
            self.hiding.insert(file.path.clone(), Arc::clone(file));
        }
        for record in &file.records {
            let path: Arc<str> = path_of(&file.namespace, record.table, &record.id).into();
            let entity = Entity {
                file: Arc::clone(file),
                record: Arc::clone(record),
            };
            match self.entities.get(&path) {
                None => drop(self.entities.insert(path, entity)),
                Some(first) => {
                    self.doubles.insert(Arc::clone(&path));
                    if first.file.path > file.path {
                        self.entities.insert(path, entity);
                    }
                }
            }
        }
    }

    /// Takes files that were read anew; `None` for one that is gone.
    pub fn take(&mut self, changed: &[(String, Option<Arc<File>>)]) {
        let mut is_double = false;
        for (path, _) in changed {
            let Some(old) = self.files.remove(path) else { continue };
            self.hiding.remove(path);
            for record in &old.records {
                let path = path_of(&old.namespace, record.table, &record.id);
                is_double |= self.doubles.contains(path.as_str());
                self.entities.remove(path.as_str());
            }
        }
        for (path, file) in changed {
            if let Some(file) = file {
                self.add(file);
                self.files.insert(path.clone(), Arc::clone(file));
            }
        }
        if is_double {
            *self = Self::of(std::mem::take(&mut self.files).into_values());
        }
    }

    pub fn file(&self, path: &str) -> Option<&Arc<File>> {
        self.files.get(path)
    }

    pub fn has(&self, path: &str) -> bool {
        self.entities.contains_key(path)
    }

    /// Whether an entity of an id may be declared in what could not be read.
    pub fn may_hide(&self, id: &str) -> bool {
        let mut files = self.hiding.values();
        files.any(|file| file.is_blind || file.lost.iter().any(|text| text.contains(id)))
    }
}

/// Two states side by side.
#[derive(Default)]
pub struct Joined<'s> {
    /// What both have.
    pub both: Vec<(&'s str, &'s Entity, &'s Entity)>,
    /// What only the earlier has.
    pub gone: Vec<(&'s str, &'s Entity)>,
    /// What only the later has.
    pub come: Vec<(&'s str, &'s Entity)>,
}

impl<'s> Joined<'s> {
    /// Of two states that differ in some files alone, what may say something else. That is what these files declare; where
    /// something of it came or went, or is a profile, others may mean something else by the same words.
    pub fn of_files(base: &'s State, head: &'s State, paths: impl Iterator<Item = &'s str>) -> Self {
        let files = paths.flat_map(|path| [base.file(path), head.file(path)].into_iter().flatten());
        let records = files.flat_map(|file| file.records.iter().map(|record| (&file.namespace, record)));
        let declared: BTreeSet<String> = records
            .map(|(namespace, record)| path_of(namespace, record.table, &record.id))
            .collect();
        let mut joined = Self::default();
        for path in &declared {
            match (
                base.entities.get_key_value(path.as_str()),
                head.entities.get(path.as_str()),
            ) {
                (Some((path, before)), Some(now)) if now.record.table != PROFILES => {
                    joined.both.push((path, before, now))
                }
                _ => return Self::of(base, head),
            }
        }
        joined
    }

    pub fn of(base: &'s State, head: &'s State) -> Self {
        let mut joined = Self::default();
        let (mut old, mut new) = (base.entities.iter().peekable(), head.entities.iter().peekable());
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => return joined,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((before, _)), Some((now, _))) => before.cmp(now),
            };
            let before = if order == Ordering::Greater { None } else { old.next() };
            let now = if order == Ordering::Less { None } else { new.next() };
            match (before, now) {
                (Some((path, before)), Some((_, now))) => joined.both.push((path, before, now)),
                (Some((path, before)), None) => joined.gone.push((path, before)),
                (None, Some((path, now))) => joined.come.push((path, now)),
                (None, None) => {}
            }
        }
    }
}
