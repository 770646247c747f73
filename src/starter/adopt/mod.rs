//! Entries for what is seen and declared by nobody: what `adopt` and `init` write.

mod append;
mod draft;
mod entries;
mod keys;
mod target;

pub use append::Added;
pub(super) use append::{append, only_adds};
pub use draft::{Draft, drafts};
pub use target::{ADOPTED, OWN_MANIFEST, Tables, Target, Targets};

use super::codeowners::Codeowners;
use super::facts::{Entries, Facts, Owner};
use crate::estate::Estate;
use crate::reference::schema;
use crate::source::{FileId, Sources};
use entries::{Around, Ids};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// What is added to one manifest.
pub struct Addition {
    pub target: Target,
    /// From the root.
    pub path: String,
    /// The whole text afterwards.
    pub text: String,
    pub added: Added,
}

/// Who owns what is seen, by the file in which it is.
pub struct Owners {
    codeowners: Option<Codeowners>,
    /// The estate's place in the repository, with a `/` at its end unless it is its root.
    prefix: String,
}

impl Owners {
    pub fn of(repository: &Path, prefix: String) -> Self {
        Self {
            codeowners: Codeowners::of(repository),
            prefix,
        }
    }

    /// The owner of a file, if that name is one in a namespace.
    fn of_file(&self, estate: &Estate<'_>, around: &Around, path: &str) -> Option<&str> {
        let path = format!("{}{path}", self.prefix);
        let owner = self.codeowners.as_ref()?.owner_of_file(&path)?;
        let owners = &estate.owners;
        let is_known = owners.is_empty() || owners.resolve(&estate.namespaces, around.namespace, owner).is_some();
        Some(owner).filter(|_| is_known)
    }
}

impl Entries {
    /// Those of a first manifest, which declares the services of some facts.
    pub fn of(drafts: Vec<Draft>, facts: &Facts, owners: &Owners, estate: &Estate<'_>, sources: &Sources) -> Self {
        let stores = drafts.iter().filter_map(|draft| draft.keys.get("store")).flatten();
        let stores = stores.cloned().collect();
        let mut own = facts.services.iter().filter(|service| service.declared_in.is_none());
        let mut around = Around {
            owner: match &facts.owner {
                Owner::One { id, .. } => Some(id.clone()),
                Owner::Unsaid | Owner::Unclear { .. } => None,
            },
            service: own.next().filter(|_| own.next().is_none()).map(|one| one.id.clone()),
            ..Around::default()
        };
        around.profiles = profiles(&around, estate, sources, &mut HashMap::new());
        let (text, _) = entries_text(drafts, &around, owners, &mut Ids::new(estate), (estate, sources));
        Self { text, stores }
    }
}

/// The text of entries in a manifest, with their owners and services.
fn entries_text(
    mut drafts: Vec<Draft>,
    around: &Around,
    owners: &Owners,
    ids: &mut Ids<'_, '_>,
    (estate, sources): (&Estate<'_>, &Sources),
) -> (String, Added) {
    for draft in &mut drafts {
        let owner = owners.of_file(estate, around, &sources.get(draft.place.file).path);
        let owner = owner.filter(|owner| around.owner.as_deref() != Some(owner));
        draft.keys.set("owner", owner.into_iter().map(str::to_owned).collect());
        draft.keys.set("services", around.service.iter().cloned().collect());
    }
    // What may be none comes last.
    drafts.sort_by(|one, other| (one.is_asked_for, &one.locator).cmp(&(other.is_asked_for, &other.locator)));
    entries::write(drafts, around, ids)
}

/// What is to be added to which manifest. A manifest to which nothing can be added is given back.
pub fn plan(
    drafts: Vec<Draft>,
    to: Option<&Target>,
    owners: &Owners,
    estate: &Estate<'_>,
    sources: &Sources,
) -> Result<Vec<Addition>, String> {
    let mut targets = Targets::of(ADOPTED, estate, sources);
    let mut by_target: BTreeMap<Target, Vec<Draft>> = BTreeMap::new();
    for draft in drafts {
        let nearest = || {
            let path = &sources.get(draft.place.file).path;
            let new = || Target::New(OWN_MANIFEST.to_owned());
            targets.nearest(path).map_or_else(new, Target::Manifest)
        };
        let target = to.cloned().unwrap_or_else(nearest);
        by_target.entry(target).or_default().push(draft);
    }
    let mut ids = Ids::new(estate);
    let mut texts = HashMap::new();
    let additions = by_target.into_iter().map(|(target, drafts)| {
        let around = around(&target, estate, sources, &mut texts);
        let (more, added) = entries_text(drafts, &around, owners, &mut ids, (estate, sources));
        let (path, before) = match &target {
            Target::Manifest(file) => {
                let source = sources.get(*file);
                (source.path.clone(), source.text.clone())
            }
            Target::New(path) => (path.clone(), beginning()),
        };
        let text = append(&before, more.trim_start_matches('\n'));
        if !only_adds(&before, &text, &added) {
            return Err(path);
        }
        Ok(Addition {
            target,
            path,
            text,
            added,
        })
    });
    additions.collect()
}

fn beginning() -> String {
    format!(
        "#:schema {}\n# Identities that files of this repository show. What they show is stated; who looks after each, and how, is not yet.\n",
        schema::address("manifest")
    )
}

/// What holds for a manifest. The parsed texts of others are kept.
fn around(target: &Target, estate: &Estate<'_>, sources: &Sources, texts: &mut HashMap<FileId, toml::Table>) -> Around {
    let mut around = Around::default();
    if let Target::Manifest(file) = target {
        let facts = estate.file(*file);
        around.namespace = facts.namespace;
        around.owner = facts.owner.known().map(|owner| owner.value.as_str().to_owned());
        let mut services = facts.services.iter();
        if let (Some(one), None, false) = (services.next(), services.next(), facts.services.is_damaged()) {
            around.service = Some(one.id.as_str().to_owned());
        }
    }
    around.profiles = profiles(&around, estate, sources, texts);
    around
}

/// The profiles of a manifest's namespace, with what they state.
fn profiles(
    around: &Around,
    estate: &Estate<'_>,
    sources: &Sources,
    texts: &mut HashMap<FileId, toml::Table>,
) -> Vec<(String, toml::Table)> {
    let profiles = estate.profiles.iter();
    let own = profiles.filter(|profile| profile.namespace == around.namespace && profile.readable);
    let tables = own.filter_map(|profile| {
        let table = texts.entry(profile.file).or_insert_with(|| {
            let text = sources.get(profile.file).text.trim_start_matches('\u{feff}');
            text.parse().unwrap_or_default()
        });
        let table = table
            .get("profiles")?
            .as_table()?
            .get(profile.id.as_str())?
            .as_table()?;
        Some((profile.id.as_str().to_owned(), table.clone()))
    });
    tables.collect()
}
