//! Where the files of an estate are: on the disk, or in a tree of git.
//!
//! What is a manifest, what is ignored and what evidence is, is decided in the same places for both.

use super::entries;
use super::git::{Snapshot, Stands};
use super::read::{self, ReadError};
use std::ffi::OsString;
use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files, asked by whole paths.
#[derive(Debug, Clone, Default)]
pub enum Files {
    /// Those of the system.
    #[default]
    Disk,
    /// Those of a tree, as a checkout of it would have them.
    Tree(Arc<Snapshot>),
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    Link,
    /// A pipe, a socket or a device.
    Odd,
}

impl Kind {
    pub fn of(kind: FileType) -> Self {
        match kind {
            kind if kind.is_file() => Self::File,
            kind if kind.is_dir() => Self::Folder,
            kind if kind.is_symlink() => Self::Link,
            _ => Self::Odd,
        }
    }
}

impl From<Stands> for Kind {
    fn from(stands: Stands) -> Self {
        match stands {
            Stands::File => Self::File,
            Stands::Folder => Self::Folder,
            Stands::Link => Self::Link,
        }
    }
}

impl Files {
    /// What stands at a path, which may be a link.
    pub fn kind(&self, path: &Path) -> Result<Kind, ReadError> {
        match self {
            Self::Disk => Ok(Kind::of(path.symlink_metadata()?.file_type())),
            Self::Tree(tree) => Ok(tree.stands(path)?.into()),
        }
    }

    /// What stands where a path leads.
    pub fn kind_behind(&self, path: &Path) -> Result<Kind, ReadError> {
        match self {
            Self::Disk => Ok(Kind::of(path.metadata()?.file_type())),
            Self::Tree(tree) => Ok(tree.stands_behind(path)?.into()),
        }
    }

    /// Whether anything stands at a path, if only a link that leads nowhere.
    pub fn is_there(&self, path: &Path) -> bool {
        self.kind(path).is_ok()
    }

    /// Whether a path leads to a folder.
    pub fn is_dir(&self, path: &Path) -> bool {
        self.kind_behind(path) == Ok(Kind::Folder)
    }

    /// Whether a path leads to a file.
    pub fn is_file(&self, path: &Path) -> bool {
        self.kind_behind(path) == Ok(Kind::File)
    }

    /// Where a path leads, without links.
    pub fn canonicalize(&self, path: &Path) -> Result<PathBuf, ReadError> {
        match self {
            Self::Disk => Ok(path.canonicalize()?),
            Self::Tree(tree) => tree.canonicalize(path),
        }
    }

    /// The text of a link.
    pub fn target(&self, link: &Path) -> Option<PathBuf> {
        match self {
            Self::Disk => std::fs::read_link(link).ok(),
            Self::Tree(tree) => tree.target(link),
        }
    }

    /// The content of the file that a path leads to, of at most `limit` bytes.
    pub fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self {
            Self::Disk => read::read_bounded(path, limit),
            Self::Tree(tree) => tree.read(path, limit),
        }
    }

    /// What is in a folder, in no order.
    pub fn names(&self, folder: &Path) -> Result<Vec<(OsString, Kind)>, ReadError> {
        match self {
            Self::Disk => {
                let mut named = Vec::new();
                entries::for_each(folder, |entry| {
                    named.extend(entry.map(|(name, kind)| (name.to_owned(), kind)))
                })?;
                Ok(named)
            }
            Self::Tree(tree) => Ok(tree.names(folder)?.named().collect()),
        }
    }
}

/// A folder from which paths count.
#[derive(Debug, Clone, Copy)]
pub struct Base<'b> {
    pub dir: &'b Path,
    pub files: &'b Files,
}

static DISK: Files = Files::Disk;

impl<'b> Base<'b> {
    /// A folder of the disk.
    pub fn on_disk(dir: &'b Path) -> Self {
        Self { dir, files: &DISK }
    }
}
