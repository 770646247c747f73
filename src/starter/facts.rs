//! What a repository shows of itself: its services, and who owns them.

use super::codeowners::Codeowners;
use super::id::id_of;
use super::packages;
use crate::model::is_id;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Folders of others' files, which may have manifests of their own.
const VENDORED: [&str; 3] = ["vendor", "third_party", "node_modules"];

/// Where a manifest begins.
pub struct Place<'p> {
    /// Where CODEOWNERS is looked for.
    pub repository: &'p Path,
    /// From there; empty for all of it.
    pub folder: &'p str,
    /// The folder itself.
    pub dir: &'p Path,
    /// Whether it is the whole estate that begins here, or a folder of one.
    pub is_root: bool,
}

/// What the estate declares already.
#[derive(Debug, Default)]
pub struct Declared {
    /// Services of the unnamed namespace, and the file of each.
    pub services: BTreeMap<String, String>,
    /// Where there are any, no other owner is known.
    pub owners: BTreeSet<String>,
}

#[derive(Debug, Default)]
pub struct Facts {
    pub services: Vec<Seen>,
    pub owner: Owner,
    /// Identities that are seen and declared by nobody.
    pub entries: Entries,
    pub vendored: Vec<&'static str>,
    /// Whether the estate declares its owners, so that no other can be named.
    pub owners_are_declared: bool,
}

/// Entries as text, for a manifest that is written as a whole.
#[derive(Debug, Default)]
pub struct Entries {
    pub text: String,
    /// The stores that they name.
    pub stores: BTreeSet<String>,
}

/// A service that is seen.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub id: String,
    pub title: String,
    /// The folder that it was seen in, where there are several.
    pub folder: Option<String>,
    /// The file of its package.
    pub named_by: Option<String>,
    /// Another one than everything's.
    pub owner: Owner,
    /// The manifest that declares it already.
    pub declared_in: Option<String>,
}

/// Who owns something.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Owner {
    /// Nothing says so.
    #[default]
    Unsaid,
    /// One whose name can be an owner's.
    One { id: String, from: &'static str },
    /// Several, or one whose name cannot be taken as it is.
    Unclear { names: Vec<String>, from: &'static str },
}

/// Looks at a repository, or at one folder of it. What is not there, or cannot be read, says nothing.
pub fn look(place: &Place<'_>, declared: &Declared) -> Facts {
    let codeowners = Codeowners::of(place.repository);
    let owner_of = |folder: &str| owner(codeowners.as_ref(), folder, declared);
    let owner = owner_of(place.folder);
    let folders = if place.is_root {
        packages::service_folders(place.dir)
    } else {
        Vec::new()
    };
    let mut services: Vec<Seen> = if folders.is_empty() {
        vec![whole(place)]
    } else {
        folders.iter().map(|folder| part(place, folder)).collect()
    };
    tell_apart(&mut services);
    for service in &mut services {
        service.declared_in = declared.services.get(&service.id).cloned();
        if let Some(folder) = &service.folder {
            let own = owner_of(&joined(place.folder, folder));
            service.owner = if own == owner { Owner::Unsaid } else { own };
        }
    }
    Facts {
        services,
        owner,
        entries: Entries::default(),
        vendored: if place.is_root {
            VENDORED
                .into_iter()
                .filter(|name| place.dir.join(name).is_dir())
                .collect()
        } else {
            Vec::new()
        },
        owners_are_declared: !declared.owners.is_empty(),
    }
}

fn whole(place: &Place<'_>) -> Seen {
    let name = place.dir.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let (id, file) = packages::id_in(place.dir, &name);
    Seen {
        title: match (file, name.is_empty()) {
            (None, false) => name,
            _ => id.clone(),
        },
        id,
        folder: None,
        named_by: file.map(str::to_owned),
        owner: Owner::Unsaid,
        declared_in: None,
    }
}

fn part(place: &Place<'_>, folder: &str) -> Seen {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let (id, file) = packages::id_in(&place.dir.join(folder), name);
    Seen {
        title: if file.is_some() { id.clone() } else { name.to_owned() },
        id,
        folder: Some(folder.to_owned()),
        named_by: file.map(|file| format!("{folder}/{file}")),
        owner: Owner::Unsaid,
        declared_in: None,
    }
}

/// Of two services of one name, the later is named by its folder, and by a number if that is not enough.
fn tell_apart(services: &mut [Seen]) {
    let mut taken = BTreeSet::new();
    for service in services {
        let folder = service.folder.as_deref().map(id_of);
        let mut names = std::iter::once(service.id.clone()).chain(folder.clone());
        let free = names.find(|name| !taken.contains(name)).unwrap_or_else(|| {
            let stem = folder.unwrap_or_else(|| service.id.clone());
            let mut numbered = (2..).map(|n| format!("{stem}-{n}"));
            numbered.find(|name| !taken.contains(name)).unwrap_or(stem)
        });
        taken.insert(free.clone());
        service.id = free;
    }
}

fn joined(folder: &str, below: &str) -> String {
    match folder {
        "" => below.to_owned(),
        _ => format!("{folder}/{below}"),
    }
}

fn owner(codeowners: Option<&Codeowners>, folder: &str, declared: &Declared) -> Owner {
    let Some(codeowners) = codeowners else {
        return Owner::Unsaid;
    };
    let (names, from) = (codeowners.owners(folder), codeowners.from);
    let is_known = |id: &str| is_id(id) && (declared.owners.is_empty() || declared.owners.contains(id));
    match names.as_slice() {
        [] => Owner::Unsaid,
        [one] => {
            let id = one.strip_prefix('@').and_then(|name| name.rsplit('/').next());
            match id.filter(|id| is_known(id)) {
                Some(id) => Owner::One {
                    id: id.to_owned(),
                    from,
                },
                None => unclear(&names, from),
            }
        }
        _ => unclear(&names, from),
    }
}

fn unclear(names: &[&str], from: &'static str) -> Owner {
    Owner::Unclear {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        from,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_of_one_name_are_told_apart() {
        let seen = |id: &str, folder: &str| Seen {
            id: id.to_owned(),
            title: String::new(),
            folder: Some(folder.to_owned()),
            named_by: None,
            owner: Owner::Unsaid,
            declared_in: None,
        };
        let mut services = [
            seen("web", "services/web"),
            seen("web", "apps/web"),
            seen("apps-web", "apps/web!"),
            seen("web", "apps/?web"),
        ];
        tell_apart(&mut services);
        let ids = services.map(|service| service.id);
        assert_eq!(ids, ["web", "apps-web", "apps-web-2", "apps-web-3"]);
    }
}
