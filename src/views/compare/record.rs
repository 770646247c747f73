//! What one state of an estate declares, entity by entity, as it was read.

use crate::decode::Entities;
use crate::manifest::as_read::{self, AsRead, Keys};
use crate::manifest::{Declaration, Read, Target, for_each_table};
use crate::source::Source;
use serde::Serialize;
use std::borrow::Cow;
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
    /// By their paths; of several with one path, the first by file is the one that counts.
    pub files: BTreeMap<String, Arc<File>>,
    pub entities: BTreeMap<String, Entity>,
}

impl State {
    pub fn of(files: impl IntoIterator<Item = Arc<File>>) -> Self {
        let files: BTreeMap<String, Arc<File>> = files.into_iter().map(|file| (file.path.clone(), file)).collect();
        let mut entities = BTreeMap::new();
        for file in files.values() {
            for record in &file.records {
                entities
                    .entry(path_of(&file.namespace, record.table, &record.id))
                    .or_insert_with(|| Entity {
                        file: Arc::clone(file),
                        record: Arc::clone(record),
                    });
            }
        }
        Self { files, entities }
    }

    pub fn has(&self, path: &str) -> bool {
        self.entities.contains_key(path)
    }

    /// Whether an entity of an id may be declared in what could not be read.
    pub fn may_hide(&self, id: &str) -> bool {
        let mut files = self.files.values();
        files.any(|file| file.is_blind || file.lost.iter().any(|text| text.contains(id)))
    }

    /// The ids of entities of one state that the other has not.
    pub fn ids_beyond<'s>(&'s self, other: &Self) -> HashSet<&'s str> {
        let beyond = self.entities.iter().filter(|(path, _)| !other.has(path));
        beyond.map(|(_, entity)| entity.record.id.as_str()).collect()
    }
}
