//! The manifest that an entry is added to.

use crate::decode::Fault;
use crate::estate::Estate;
use crate::source::{FileId, Sources};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The tables that `adopt` adds to.
pub const ADOPTED: Tables = &["identities", "profiles"];
/// What is made where no manifest is near.
pub const OWN_MANIFEST: &str = "identities.scope.toml";

/// A manifest that is there, or the path of one that is to be made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Manifest(FileId),
    New(String),
}

/// The manifests that entries can be added to.
pub struct Targets<'s> {
    sources: &'s Sources,
    /// By folder, in the order in which they are taken.
    by_folder: BTreeMap<&'s str, Vec<FileId>>,
    /// Files that were not read as they stand.
    faulty: BTreeSet<FileId>,
    /// The tables that are added.
    tables: Tables,
    takes_tables: HashMap<FileId, bool>,
}

/// The names of tables that entries are added to.
pub type Tables = &'static [&'static str];

impl<'s> Targets<'s> {
    pub fn of(tables: Tables, estate: &Estate<'_>, sources: &'s Sources) -> Self {
        let is_of_text = |fault| matches!(fault, Fault::InvalidToml | Fault::NotUtf8 | Fault::UnreadableFile);
        let flaws = estate.flaws.iter().filter(|flaw| is_of_text(flaw.fault));
        let mut by_folder: BTreeMap<&str, Vec<FileId>> = BTreeMap::new();
        let manifests = (0..estate.files.len()).map(FileId::at);
        let namespace_is_unknown = |file: &FileId| estate.file(*file).namespace_is_unknown();
        for file in manifests.clone() {
            by_folder.entry(folder(&sources.get(file).path)).or_default().push(file);
        }
        for files in by_folder.values_mut() {
            let is_other = |path: &str| path.rsplit('/').next() != Some("scope.toml");
            files.sort_by_key(|file| {
                let path = &sources.get(*file).path;
                (is_other(path), path)
            });
        }
        Self {
            sources,
            by_folder,
            faulty: flaws
                .map(|flaw| flaw.place.file)
                .chain(manifests.filter(namespace_is_unknown))
                .collect(),
            tables,
            takes_tables: HashMap::new(),
        }
    }

    /// The manifest in the folder of a file, or in the nearest one above it.
    pub fn nearest(&mut self, path: &str) -> Option<FileId> {
        let mut at = folder(path);
        loop {
            let files = self.by_folder.get(at).cloned().unwrap_or_default();
            if let Some(file) = files.into_iter().find(|file| self.can_take(*file)) {
                return Some(file);
            }
            if at.is_empty() {
                return None;
            }
            at = folder(at);
        }
    }

    /// Whether a table can be added at the end of a manifest.
    pub fn can_take(&mut self, file: FileId) -> bool {
        self.is_sound(file)
            && *self
                .takes_tables
                .entry(file)
                .or_insert_with(|| takes_tables(&self.sources.get(file).text, self.tables))
    }

    /// Whether a manifest was read as it stands.
    pub fn is_sound(&self, file: FileId) -> bool {
        let path = &self.sources.get(file).path;
        // What lies elsewhere is not the estate's alone.
        !self.faulty.contains(&file) && !path.starts_with("../") && !path.starts_with('/')
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether tables of these kinds can follow: not where one of them is written in braces.
fn takes_tables(text: &str, tables: Tables) -> bool {
    let mut whole = format!("{}\n", text.trim_start_matches('\u{feff}'));
    for table in tables {
        // A blank is in no id, so that none is there already.
        whole.push_str(&format!("[{table}.\"a b\"]\n"));
    }
    let is_added = |table: &toml::Table, kind: &str| {
        let tables = table.get(kind).and_then(toml::Value::as_table);
        tables.is_some_and(|tables| tables.contains_key("a b"))
    };
    let table = whole.parse::<toml::Table>();
    table.is_ok_and(|table| tables.iter().all(|kind| is_added(&table, kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_braces_takes_no_table() {
        for text in [
            "",
            "\u{feff}owner = \"a\"",
            "[identities.a]\nkind = \"bot\"",
            "identities.a = { kind = \"bot\" } # x",
        ] {
            assert!(takes_tables(text, ADOPTED), "{text}");
        }
        for text in [
            "identities = {}",
            "profiles = { a = {} }",
            "identities = 1",
            "[[identities]]",
            "a = ",
        ] {
            assert!(!takes_tables(text, ADOPTED), "{text}");
        }
    }
}
