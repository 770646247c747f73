//! What one state of an estate declares, entity by entity, as it was read.

use crate::decode::Entities;
use crate::manifest::as_read::{self, AsRead, Keys};
use crate::manifest::{Declaration, Read, Target, for_each_table};
use crate::source::Source;
use serde::Serialize;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};
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
    /// Files in which something may be declared that is not known.
    hiding: Vec<Arc<File>>,
}

impl State {
    pub fn of(files: impl IntoIterator<Item = Arc<File>>) -> Self {
        let mut state = Self {
            files: files.into_iter().map(|file| (file.path.clone(), file)).collect(),
            ..Self::default()
        };
        state.fill();
        state
    }

    fn fill(&mut self) {
        self.entities.clear();
        self.doubles.clear();
        let files: Vec<Arc<File>> = self.files.values().cloned().collect();
        files.iter().for_each(|file| self.add(file));
        self.note_hiding();
    }

    fn add(&mut self, file: &Arc<File>) {
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

    fn note_hiding(&mut self) {
        let hides = |file: &&Arc<File>| file.is_blind || !file.lost.is_empty();
        self.hiding = self.files.values().filter(hides).cloned().collect();
    }

    /// The same with some files read anew; `None` for one that is gone.
    #[must_use]
    pub fn with(&self, changed: Vec<(String, Option<Arc<File>>)>) -> Self {
        let mut state = self.clone();
        let mut is_double = false;
        for (path, _) in &changed {
            let Some(old) = state.files.remove(path) else { continue };
            for record in &old.records {
                let path = path_of(&old.namespace, record.table, &record.id);
                is_double |= state.doubles.contains(path.as_str());
                state.entities.remove(path.as_str());
            }
        }
        for (path, file) in changed {
            if let Some(file) = file {
                state.add(&file);
                state.files.insert(path, file);
            }
        }
        if is_double {
            state.fill();
        }
        state.note_hiding();
        state
    }

    pub fn file(&self, path: &str) -> Option<&Arc<File>> {
        self.files.get(path)
    }

    pub fn has(&self, path: &str) -> bool {
        self.entities.contains_key(path)
    }

    /// Whether an entity of an id may be declared in what could not be read.
    pub fn may_hide(&self, id: &str) -> bool {
        let mut files = self.hiding.iter();
        files.any(|file| file.is_blind || file.lost.iter().any(|text| text.contains(id)))
    }
}

/// Two states side by side.
pub struct Joined<'s> {
    /// What both have.
    pub both: Vec<(&'s str, &'s Entity, &'s Entity)>,
    /// What only the earlier has.
    pub gone: Vec<(&'s str, &'s Entity)>,
    /// What only the later has.
    pub come: Vec<(&'s str, &'s Entity)>,
}

impl<'s> Joined<'s> {
    pub fn of(base: &'s State, head: &'s State) -> Self {
        let mut joined = Self {
            both: Vec::new(),
            gone: Vec::new(),
            come: Vec::new(),
        };
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
