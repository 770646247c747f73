//! What files declare, gathered by the threads that read them, until it is put into the tables of an estate.

use super::names::Entity;
use crate::decode::{Entities, Field, List, Problem, Text};
use crate::manifest::{
    self, Certificate, Control, Data, Evidence, Identity, Manifest, Organization, Owner, Profile, Report, Service,
    ThirdParty, Waiver,
};
use crate::model::NamespaceId;
use crate::source::{FileId, Sources};
use rayon::prelude::*;

/// What a file says beside its entities.
pub struct FileSays<'a> {
    pub namespace: Field<Text<'a>>,
    pub owner: Field<Text<'a>>,
    pub keep: Field<Text<'a>>,
    pub organization: Field<Box<Organization<'a>>>,
    pub waivers: List<Waiver<'a>>,
    pub problems: Vec<Problem>,
    pub lost: Vec<String>,
}

/// The entities of one kind, by runs of files. Their namespaces are not known yet.
pub type Gathered<'a, T> = Vec<Vec<Entity<'a, T>>>;

macro_rules! gathered {
    ($($table:ident: $type:ident),* $(,)?) => {
        /// What a run of files says, in the order of the files.
        #[derive(Default)]
        struct Part<'a> {
            files: Vec<FileSays<'a>>,
            $($table: Vec<Entity<'a, $type<'a>>>,)*
        }

        /// What all files say, in their order.
        #[derive(Default)]
        pub struct All<'a> {
            pub files: Vec<FileSays<'a>>,
            $(pub $table: Gathered<'a, $type<'a>>,)*
        }

        impl<'a> Part<'a> {
            fn take(&mut self, file: FileId, manifest: Manifest<'a>, problems: Vec<Problem>, lost: Vec<String>) {
                $(self.$table.extend(entities(file, manifest.$table));)*
                self.files.push(FileSays {
                    namespace: manifest.namespace,
                    owner: manifest.owner,
                    keep: manifest.keep,
                    organization: manifest.organization,
                    waivers: manifest.waivers,
                    problems,
                    lost,
                });
            }
        }

        impl Part<'_> {
            /// Without room for more: it waits until all others are there.
            fn shrunk(mut self) -> Self {
                $(self.$table.shrink_to_fit();)*
                self
            }
        }

        impl<'a> All<'a> {
            fn add(&mut self, part: Part<'a>) {
                self.files.extend(part.files);
                $(if !part.$table.is_empty() {
                    self.$table.push(part.$table);
                })*
            }
        }
    };
}

gathered!(
    owners: Owner,
    services: Service,
    profiles: Profile,
    identities: Identity,
    data: Data,
    reports: Report,
    certificates: Certificate,
    third_parties: ThirdParty,
    controls: Control,
    evidence: Evidence,
);

/// Reads every source.
pub fn gather(sources: &Sources) -> All<'_> {
    let sources = sources.as_slice().par_iter().enumerate();
    let parts = sources.fold(Part::default, |mut part, (at, source)| {
        let read = manifest::read(source);
        part.take(FileId::at(at), read.manifest, read.problems, read.lost);
        part
    });
    let parts = parts.map(Part::shrunk);
    let mut all = All::default();
    for part in parts.collect::<Vec<_>>() {
        all.add(part);
    }
    all
}

fn entities<'a, T>(file: FileId, entries: Entities<'a, T>) -> impl Iterator<Item = Entity<'a, T>> {
    entries.0.into_iter().map(move |entry| Entity {
        file,
        namespace: NamespaceId::UNNAMED,
        id: entry.id,
        span: entry.span,
        readable: entry.readable,
        stated: entry.stated,
        body: entry.body,
    })
}
