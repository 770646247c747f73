//! What an index says of a checkout, said of a tree: all that is in it is tracked.

use super::index::{Absence, Kind, quoted};
use super::objects::Node;
use super::path_of;
use super::snapshot::{Here, Snapshot};
use super::way::{Found, MAX_PATH, Miss};
use std::path::{Path, PathBuf};

impl Snapshot {
    /// Whether a file is in the tree.
    pub fn tracks(&self, path: &Path) -> Option<bool> {
        match self.way(path, false) {
            Ok(way) if way.is_through_link => Some(false),
            Ok(way) => Some(match way.found {
                Found::File(..) | Found::Link(..) => true,
                Found::Folder(here) => here.is_submodule(),
                Found::Git => false,
            }),
            Err(Miss::Absent(..) | Miss::Damaged) => None,
            Err(_) => Some(false),
        }
    }

    /// Whether anything is in a folder. A submodule is something.
    pub fn holds_under(&self, folder: &Path) -> Option<bool> {
        match self.way(folder, false) {
            Ok(way) if way.is_through_link => Some(false),
            Ok(way) => match way.found {
                Found::Folder(here) if here.is_submodule() => Some(true),
                Found::Folder(here) => Some(!self.folder(&here, &way.name).ok()?.entries().is_empty()),
                _ => Some(false),
            },
            Err(Miss::Absent(..) | Miss::Damaged) => None,
            Err(_) => Some(false),
        }
    }

    pub fn is_submodule(&self, folder: &Path) -> bool {
        let way = self.way(folder, false);
        way.is_ok_and(|way| !way.is_through_link && matches!(way.found, Found::Folder(here) if here.is_submodule()))
    }

    /// What git has not here of what a path leads to, or leads through.
    pub fn absence(&self, path: &Path) -> Option<Absence> {
        let way = match self.way(path, true) {
            Err(Miss::Absent(name, kind)) => return Some(self.absent(&name, kind)),
            way => way.ok()?,
        };
        match way.found {
            Found::File(level, id) if !level.objects.has(id) => Some(self.absent(&way.name, Kind::Object)),
            Found::Folder(here) if here.tree.is_none() => Some(self.absent(&way.name, Kind::Submodule)),
            Found::Folder(here) => match self.folder(&here, &way.name) {
                Err(Miss::Absent(name, kind)) => Some(self.absent(&name, kind)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The folders below one that git has not here, submodules among them.
    pub fn absences_under(&self, folder: &Path) -> Vec<Absence> {
        let mut found = Vec::new();
        // Most repositories have all; then there is nothing to look for.
        if !self.has_gaps() {
            return found;
        }
        self.each(folder, &mut |name, what| {
            if let Below::Absent(kind) = what {
                found.push(self.absent(name, kind));
            }
        });
        found.sort();
        found
    }

    /// The files and links below a folder whose names are wanted, and those in submodules.
    pub fn tracked_under(&self, folder: &Path, wanted: impl Fn(&[u8]) -> bool) -> Vec<PathBuf> {
        let mut found = Vec::new();
        self.each(folder, &mut |name, what| {
            if matches!(what, Below::File) && wanted(name) {
                found.push(self.top().join(path_of(name)));
            }
        });
        found.sort();
        found
    }

    /// Tells all that is below a folder, by its name from the top.
    fn each(&self, folder: &Path, tell: &mut dyn FnMut(&[u8], Below)) {
        let way = match self.way(folder, false) {
            Ok(way) => way,
            Err(Miss::Absent(name, kind)) => return tell(&name, Below::Absent(kind)),
            Err(_) => return,
        };
        let Found::Folder(here) = way.found else { return };
        let mut ahead = vec![(way.name, here)];
        while let Some((name, here)) = ahead.pop() {
            if here.tree.is_none() {
                tell(&name, Below::Absent(Kind::Submodule));
                continue;
            }
            let folder = match self.folder(&here, &name) {
                Ok(folder) => folder,
                Err(Miss::Absent(name, kind)) => {
                    tell(&name, Below::Absent(kind));
                    continue;
                }
                Err(_) => continue,
            };
            if !self.count(folder.entries().len()) {
                return;
            }
            for entry in folder.entries() {
                let inside = match name.as_slice() {
                    [] => entry.name.to_vec(),
                    name => [name, b"/", &entry.name].concat(),
                };
                if inside.len() > MAX_PATH {
                    continue;
                }
                match entry.node {
                    Node::File | Node::Link => tell(&inside, Below::File),
                    Node::Folder => {
                        let inner = Here {
                            level: here.level.clone(),
                            tree: Some(entry.id),
                            is_top: false,
                        };
                        ahead.push((inside, inner));
                    }
                    Node::Submodule => {
                        let inner = self.submodule(&here, &inside, entry.id);
                        ahead.push((inside, inner));
                    }
                }
            }
        }
    }

    fn absent(&self, name: &[u8], kind: Kind) -> Absence {
        let command = match kind {
            Kind::Object => REFETCH.to_owned(),
            _ => format!("git submodule update --init {}", quoted(&String::from_utf8_lossy(name))),
        };
        Absence {
            path: self.top().join(path_of(name)),
            kind,
            command,
        }
    }
}

/// Makes a partial clone a whole one.
const REFETCH: &str = "git fetch --refetch --no-filter";

/// What is below a folder, apart from folders.
#[derive(Clone, Copy)]
enum Below {
    File,
    Absent(Kind),
}

impl Here {
    fn is_submodule(&self) -> bool {
        self.tree.is_none() || self.is_top && self.level.depth > 0
    }
}
