//! Names of files, compared byte by byte on every system, and those that nearly have one.

use crate::workspace::files::{Base, Files, Kind};
use crate::workspace::remembered::Remembered;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use unicode_normalization::UnicodeNormalization;

/// What is known of the folders under a root.
pub struct Names {
    root: PathBuf,
    files: Files,
    /// What the last part of a path is, as far as the others are there.
    parts: Remembered<PathBuf, Part>,
    listings: Remembered<PathBuf, Option<Arc<Listing>>>,
}

/// The names in a folder.
struct Listing {
    /// In order.
    names: Vec<OsString>,
    /// Where each name is, when names that are almost the same are taken for one.
    folded: OnceLock<HashMap<String, usize>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is there; with the first link on the way to it, if there is one.
    There(Option<PathBuf>),
    Missing,
    /// A link on the way to it leads outside the root, where nothing is read.
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
    pub fn new(root: Base<'_>) -> Self {
        Self {
            root: root.dir.to_owned(),
            files: root.files.clone(),
            parts: Remembered::default(),
            listings: Remembered::default(),
        }
    }

    /// Whether something is at a path from the root by that very name, part by part.
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
        let Ok(kind) = self.files.kind(&whole) else {
            return Part::Missing;
        };
        let folder = whole.parent().unwrap_or(&self.root);
        if !self.has_that_name(folder, name) {
            return Part::Missing;
        }
        match kind {
            Kind::Link if self.leads_out(&whole) => Part::LinkOut,
            Kind::Link => Part::Link,
            _ => Part::Plain,
        }
    }

    /// Whether a link leads to something outside the root.
    fn leads_out(&self, link: &Path) -> bool {
        self.files
            .canonicalize(link)
            .is_ok_and(|target| !target.starts_with(&self.root))
    }

    /// Whether what `name` leads to in a folder is called so, and not almost so. Most file systems know no other name
    /// for it; then the folder need not be read.
    fn has_that_name(&self, folder: &Path, name: &OsStr) -> bool {
        if matches!(self.files, Files::Tree(_)) {
            return true;
        }
        let has_one_name = !cfg!(windows)
            && name.to_str().is_some_and(|name| {
                let other = with_other_case(name);
                name.is_ascii() && (other == name || folder.join(other).symlink_metadata().is_err())
            });
        // Where a folder may not be listed, a file that is found by a name is taken to be called so.
        has_one_name || self.listing(folder).is_none_or(|listing| listing.holds(name))
    }

    /// The names in a folder; `None` when it cannot be read.
    fn listing(&self, folder: &Path) -> Option<Arc<Listing>> {
        self.listings.get(folder, || {
            let entries = self.files.names(folder).ok()?;
            let mut names: Vec<OsString> = entries.into_iter().map(|(name, _)| name).collect();
            names.sort_unstable();
            Some(Arc::new(Listing {
                names,
                folded: OnceLock::new(),
            }))
        })
    }

    /// The path from the root that is there and almost called so: another case, another form of an accented letter, a
    /// blank at the end.
    pub fn near(&self, relative: &Path) -> Option<PathBuf> {
        let mut near = PathBuf::new();
        for part in relative {
            let listing = self.listing(&self.root.join(&near))?;
            near.push(if listing.holds(part) { part } else { listing.near(part)? });
            if self.standing(&near) == Standing::Outside {
                return None;
            }
        }
        Some(near)
    }
}

impl Listing {
    fn holds(&self, name: &OsStr) -> bool {
        self.names.binary_search_by(|held| held.as_os_str().cmp(name)).is_ok()
    }

    /// The first name that is almost `name`.
    fn near(&self, name: &OsStr) -> Option<&OsStr> {
        let folded_names = self.folded.get_or_init(|| {
            let mut folded_names = HashMap::with_capacity(self.names.len());
            for (at, name) in self.names.iter().enumerate() {
                folded_names.entry(folded(name)).or_insert(at);
            }
            folded_names
        });
        let at = folded_names.get(&folded(name))?;
        Some(&self.names[*at])
    }
}

/// The name with small letters for large ones, and the other way round.
fn with_other_case(name: &str) -> String {
    let other = |c: char| {
        if c.is_ascii_lowercase() {
            c.to_ascii_uppercase()
        } else {
            c.to_ascii_lowercase()
        }
    };
    name.chars().map(other).collect()
}

fn folded(name: &OsStr) -> String {
    let composed: String = name.to_string_lossy().trim().nfc().collect();
    // Small and large letters do not always correspond one to one.
    composed.to_lowercase().nfc().collect()
}
