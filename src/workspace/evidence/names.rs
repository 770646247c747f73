//! Names of files, compared byte by byte on every system, and those that nearly have one.

use super::remembered::Remembered;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// What is known of the folders under a root.
pub struct Names {
    root: PathBuf,
    /// What the last part of a path is, as far as the others are there.
    parts: Remembered<PathBuf, Part>,
    listings: Remembered<PathBuf, Option<Arc<[Entry]>>>,
}

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub name: OsString,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    File,
    Folder,
    /// Of which nobody knows where it leads.
    Link,
    Other,
}

impl Kind {
    fn of(kind: std::fs::FileType) -> Self {
        match kind {
            kind if kind.is_symlink() => Self::Link,
            kind if kind.is_dir() => Self::Folder,
            kind if kind.is_file() => Self::File,
            _ => Self::Other,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is there; with the first link on the way to it, if there is one.
    There(Option<PathBuf>),
    Missing,
    /// A link on the way to it leads outside the root; nobody looks there.
    Outside,
}

/// What one part of a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Plain,
    Link,
    LinkOut,
    Missing,
}

impl Names {
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            parts: Remembered::default(),
            listings: Remembered::default(),
        }
    }

    /// Whether something stands at a path from the root by that very name, part by part.
    pub fn standing(&self, relative: &Path) -> Standing {
        let (mut path, mut link) = (PathBuf::new(), None);
        for name in relative {
            path.push(name);
            match self.parts.get(&path, || self.part(&path, name)) {
                Part::Plain => {}
                Part::Link => link = link.or_else(|| Some(path.clone())),
                Part::LinkOut => return Standing::Outside,
                Part::Missing => return Standing::Missing,
            }
        }
        Standing::There(link)
    }

    fn part(&self, path: &Path, name: &OsStr) -> Part {
        let whole = self.root.join(path);
        let Ok(metadata) = whole.symlink_metadata() else {
            return Part::Missing;
        };
        let folder = whole.parent().unwrap_or(&self.root);
        if !self.has_that_name(folder, name) {
            return Part::Missing;
        }
        match metadata.is_symlink() {
            false => Part::Plain,
            true if self.leads_out(&whole) => Part::LinkOut,
            true => Part::Link,
        }
    }

    /// Whether a link leads to something outside the root.
    fn leads_out(&self, link: &Path) -> bool {
        link.canonicalize().is_ok_and(|target| !target.starts_with(&self.root))
    }

    /// Whether what `name` leads to in a folder is called so, and not almost so. Most file systems know no other name
    /// for it; then the folder need not be read.
    fn has_that_name(&self, folder: &Path, name: &OsStr) -> bool {
        let has_one_name = !cfg!(windows)
            && name.to_str().is_some_and(|name| {
                let other = with_other_case(name);
                name.is_ascii() && (other == name || folder.join(other).symlink_metadata().is_err())
            });
        // Where nobody may look, what is found by a name is taken to be called so.
        has_one_name
            || self
                .listing(folder)
                .is_none_or(|entries| entries.iter().any(|entry| entry.name == name))
    }

    /// What a folder holds, by name; `None` when it cannot be read.
    pub fn listing(&self, folder: &Path) -> Option<Arc<[Entry]>> {
        self.listings.get(folder, || {
            let entries = std::fs::read_dir(folder).ok()?;
            let mut entries: Vec<Entry> = entries
                .flatten()
                .filter_map(|entry| {
                    Some(Entry {
                        kind: Kind::of(entry.file_type().ok()?),
                        name: entry.file_name(),
                    })
                })
                .collect();
            entries.sort();
            Some(entries.into())
        })
    }

    /// The path from the root that is there and almost called so: another case, another form of an accented letter, a
    /// blank at the end.
    pub fn near(&self, relative: &Path) -> Option<PathBuf> {
        let mut near = PathBuf::new();
        for part in relative {
            let listing = self.listing(&self.root.join(&near))?;
            let names = || listing.iter().map(|entry| &entry.name);
            let found = match names().find(|name| *name == part) {
                Some(same) => same,
                None => {
                    let wanted = folded(part);
                    names().find(|name| folded(name) == wanted)?
                }
            };
            near.push(found);
            if self.standing(&near) == Standing::Outside {
                return None;
            }
        }
        Some(near)
    }
}

/// The name with small letters for large ones, and the other way round.
fn with_other_case(name: &str) -> String {
    let other = |c: char| match c.is_ascii_lowercase() {
        true => c.to_ascii_uppercase(),
        false => c.to_ascii_lowercase(),
    };
    name.chars().map(other).collect()
}

fn folded(name: &OsStr) -> String {
    let composed: String = name.to_string_lossy().trim().nfc().collect();
    // Small and large letters do not always correspond one to one.
    composed.to_lowercase().nfc().collect()
}
