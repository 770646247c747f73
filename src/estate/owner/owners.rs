//! The names of owners, and the owners of an estate.

use super::subjects::{OwnerName, bare};
use crate::decode::Field;
use crate::estate::{Estate, Table};
use crate::manifest::{Declaration, Identity};
use crate::model::Text;
use crate::source::FileId;
use std::collections::BTreeSet;

impl<'a> Estate<'a> {
    /// The canonical name of an owner, so that one owner has one name; `None` for a blank.
    ///
    /// A declared one is named by its id, with its namespace if it has one. Until an estate declares an owner, names are
    /// accepted as written, and a namespace does not distinguish them.
    pub fn owner_called(&self, (namespace, name): &OwnerName) -> Option<String> {
        if let Some(declared) = self.owner_named(*namespace, name) {
            return Some(declared.name().to_string());
        }
        let name = name.trim();
        let short = if self.owners.is_empty() {
            Some(bare(name)).filter(|short| !short.is_empty())
        } else {
            None
        };
        Some(short.unwrap_or(name).to_owned()).filter(|name| !name.is_empty())
    }

    /// The owner that a file states for everything in it.
    pub fn owner_of_file(&self, file: FileId) -> Option<OwnerName> {
        // A config is not a manifest, and has no owner.
        let facts = self.files.get(file.0 as usize)?;
        Some((facts.namespace, facts.owner.get()?.as_str().to_owned()))
    }

    /// The name of every owner that is declared, or that an entity or a file names.
    pub fn owners_called(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        names.extend(self.owners.iter().map(|owner| self.name(owner).to_string()));
        let files = (0..self.files.len()).map(FileId::at);
        names.extend(files.filter_map(|file| self.owner_called(&self.owner_of_file(file)?)));
        self.add_stated(&self.services, |body| &body.owner, &mut names);
        self.add_stated(&self.data, |body| &body.owner, &mut names);
        self.add_stated(&self.third_parties, |body| &body.owner, &mut names);
        self.add_stated(&self.controls, |body| &body.owner, &mut names);
        self.add_stated(&self.evidence, |body| &body.owner, &mut names);
        self.add_stated(&self.profiles, |body| &body.0.owner, &mut names);
        self.add_stated(&self.identities, |body: &Identity<'_>| &body.owner, &mut names);
        names
    }

    fn add_stated<T: Declaration<'a>>(
        &self,
        table: &Table<'a, T>,
        owner: impl Fn(&T) -> &Field<Text<'a>>,
        names: &mut BTreeSet<String>,
    ) {
        for entity in table {
            if let Some(owner) = owner(&entity.body).get() {
                names.extend(self.owner_called(&(entity.namespace, owner.as_str().to_owned())));
            }
        }
    }
}
