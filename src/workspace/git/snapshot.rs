//! A tree of git, as the files that a checkout of it would have.
//!
//! Links lead as far as the tree goes, and nowhere outside of it. A submodule is there as far as its objects are.

use super::index::Kind as Absent;
use super::objects::{Folder, Lack, Objects};
use super::path_of;
use super::submodule::{self, Level};
use super::way::{Found, Miss};
use crate::workspace::files;
use crate::workspace::read::ReadError;
use gix::ObjectId;
use gix::objs::Kind;
use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the tree is said to be. Nothing is there on the disk, so that nothing of the disk is taken for it.
const TOP: &str = "/nonexistent";
/// What is outside the repository, wherever that is.
const ELSEWHERE: &str = "/";
/// A target of a link is not longer.
pub const MAX_TARGET: u64 = 4096;
/// So many names are come by in one tree: the same small tree can stand in it millions of times.
const MAX_LISTED: usize = 2_000_000;
/// So much is read of manifests, and of what is beside them.
const MAX_READ: u64 = 1024 * 1024 * 1024;
/// A file takes more than its bytes, and the same small one can stand in a tree millions of times.
const LEAST_READ: u64 = 4096;

/// A tree of git.
pub struct Snapshot {
    top: PathBuf,
    tree: ObjectId,
    level: Arc<Level>,
    /// Submodules, by their names from the top.
    inner: Mutex<HashMap<Vec<u8>, Option<Here>>>,
    listed: AtomicUsize,
    read: AtomicU64,
    is_too_much: AtomicBool,
    /// Whether something was come by that git has not here.
    has_gaps: AtomicBool,
}

/// A folder: its tree, and the repository that has it.
#[derive(Clone)]
pub struct Here {
    pub level: Arc<Level>,
    /// None for a submodule that is not here.
    pub tree: Option<ObjectId>,
    pub is_top: bool,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("tree", &self.tree)
            .finish_non_exhaustive()
    }
}

/// What stands at a path, without following a link there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    File,
    Folder,
    Link,
}

/// The content of a file, in the repository that has it.
pub struct Blob(Arc<Level>, ObjectId);

/// A folder's names.
pub struct Names {
    pub folder: Arc<Folder>,
    /// Whether a repository begins here.
    pub is_top: bool,
}

impl Names {
    /// Each name, in order, and what stands at it; a submodule is a folder.
    pub fn named(&self) -> impl Iterator<Item = (OsString, files::Kind)> + '_ {
        let count = self.folder.entries().len();
        (0..count).filter_map(|at| self.named_at(at))
    }

    pub fn named_at(&self, at: usize) -> Option<(OsString, files::Kind)> {
        let entry = self.folder.entries().get(at)?;
        Some((path_of(&entry.name).into_os_string(), entry.node.into()))
    }
}

impl Snapshot {
    pub fn new(objects: Arc<Objects>, work_tree: Option<PathBuf>, tree: ObjectId) -> Self {
        Self {
            top: top().to_owned(),
            tree,
            level: Arc::new(Level {
                objects,
                work_tree,
                name: Vec::new(),
                tree,
                depth: 0,
            }),
            inner: Mutex::default(),
            listed: AtomicUsize::new(0),
            read: AtomicU64::new(0),
            is_too_much: AtomicBool::new(false),
            has_gaps: AtomicBool::new(false),
        }
    }

    /// Where the tree is said to be.
    pub fn top(&self) -> &Path {
        &self.top
    }

    pub fn objects(&self) -> &Arc<Objects> {
        &self.level.objects
    }

    /// Whether there was more than is read, so that nothing can be told.
    pub fn is_too_much(&self) -> bool {
        self.is_too_much.load(Ordering::Relaxed)
    }

    pub fn count(&self, names: usize) -> bool {
        let before = self.listed.fetch_add(names + 1, Ordering::Relaxed);
        let is_too_much = before + names + 1 > MAX_LISTED;
        self.is_too_much.fetch_or(is_too_much, Ordering::Relaxed);
        !is_too_much
    }

    pub fn has_gaps(&self) -> bool {
        self.has_gaps.load(Ordering::Relaxed)
    }

    /// Begins to count anew what is come by.
    pub fn begin(&self) {
        self.listed.store(0, Ordering::Relaxed);
    }

    pub fn here(&self) -> Here {
        Here {
            level: Arc::clone(&self.level),
            tree: Some(self.tree),
            is_top: true,
        }
    }

    /// What is in a folder of this name; nothing in a submodule that is not here.
    pub fn folder(&self, here: &Here, name: &[u8]) -> Result<Arc<Folder>, Miss> {
        let Some(tree) = here.tree else {
            return Ok(Arc::default());
        };
        here.level.objects.folder(tree).map_err(|lack| self.lacks(lack, name))
    }

    pub fn lacks(&self, lack: Lack, name: &[u8]) -> Miss {
        match lack {
            Lack::NotHere => {
                self.has_gaps.store(true, Ordering::Relaxed);
                Miss::Absent(name.to_vec(), Absent::Object)
            }
            Lack::TooLarge(_) | Lack::Damaged => Miss::Damaged,
        }
    }

    pub fn submodule(&self, within: &Here, name: &[u8], commit: ObjectId) -> Here {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let known = inner.entry(name.to_vec()).or_insert_with(|| {
            let level = submodule::open(&within.level, name, commit)?;
            Some(Here {
                tree: Some(level.tree),
                level: Arc::new(level),
                is_top: true,
            })
        });
        known.clone().unwrap_or_else(|| {
            self.has_gaps.store(true, Ordering::Relaxed);
            Here {
                level: Arc::clone(&within.level),
                tree: None,
                is_top: false,
            }
        })
    }

    /// What stands at a path, without following a link there.
    pub fn stands(&self, path: &Path) -> Result<Stands, ReadError> {
        self.stands_so(path, false)
    }

    /// What stands where a path leads.
    pub fn stands_behind(&self, path: &Path) -> Result<Stands, ReadError> {
        self.stands_so(path, true)
    }

    fn stands_so(&self, path: &Path, follow: bool) -> Result<Stands, ReadError> {
        let way = self.way(path, follow).map_err(|miss| miss.reason())?;
        Ok(match way.found {
            Found::Folder(_) | Found::Git => Stands::Folder,
            Found::File(..) => Stands::File,
            Found::Link(..) => Stands::Link,
        })
    }

    /// Why a folder's names are not to be had, if git has not here what stands there.
    pub fn lack_of(&self, folder: &Path) -> Option<Lack> {
        let way = self.way(folder, true);
        let listed = way.and_then(|way| match way.found {
            Found::Folder(here) => self.folder(&here, &way.name).map(drop),
            _ => Ok(()),
        });
        listed.err()?.of_object()
    }

    /// Where a path leads, without links; somewhere else, where it leads out of the repository.
    fn real(&self, path: &Path) -> Result<PathBuf, Miss> {
        match self.way(path, true) {
            Ok(way) if way.name.is_empty() => Ok(self.top.clone()),
            Ok(way) => Ok(self.top.join(path_of(&way.name))),
            Err(Miss::Outside) => Ok(PathBuf::from(ELSEWHERE)),
            Err(miss) => Err(miss),
        }
    }

    pub fn canonicalize(&self, path: &Path) -> Result<PathBuf, ReadError> {
        self.real(path).map_err(|miss| miss.reason())
    }

    /// The text of a link.
    pub fn target(&self, path: &Path) -> Option<PathBuf> {
        let Found::Link(level, id) = self.way(path, false).ok()?.found else {
            return None;
        };
        let target = level.objects.read(id, Kind::Blob, MAX_TARGET).ok()?;
        Some(path_of(&target))
    }

    /// The names in a folder.
    pub fn names(&self, path: &Path) -> Result<Names, ReadError> {
        let way = self.way(path, true).map_err(|miss| miss.reason())?;
        let Found::Folder(here) = way.found else {
            return Err(ReadError::Io(std::io::ErrorKind::NotADirectory));
        };
        let folder = self.folder(&here, &way.name).map_err(|miss| miss.reason())?;
        // Once there is too much, nothing can be told, and the sooner it ends the better.
        let folder = if self.count(folder.entries().len()) {
            folder
        } else {
            Arc::default()
        };
        Ok(Names {
            folder,
            is_top: here.is_top,
        })
    }

    /// The content of the file that a path leads to, which is not read yet.
    pub fn blob(&self, path: &Path) -> Result<Blob, ReadError> {
        match self.way(path, true).map_err(|miss| miss.reason())?.found {
            Found::File(level, id) => Ok(Blob(level, id)),
            _ => Err(ReadError::NotRegular),
        }
    }

    /// The content of a file, of at most `limit` bytes.
    pub fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
        let blob = self.blob(path)?;
        if self.is_too_much() {
            return Err(ReadError::TooLarge { limit });
        }
        let bytes = blob.read(limit)?;
        let size = LEAST_READ.max(bytes.len() as u64);
        let read = self.read.fetch_add(size, Ordering::Relaxed) + size;
        self.is_too_much.fetch_or(read > MAX_READ, Ordering::Relaxed);
        Ok(bytes)
    }
}

impl Blob {
    pub fn objects(&self) -> &Objects {
        &self.0.objects
    }

    pub fn id(&self) -> ObjectId {
        self.1
    }

    pub fn size(&self) -> Result<u64, Lack> {
        Ok(self.0.objects.header(self.1)?.1)
    }

    pub fn read(&self, limit: u64) -> Result<Vec<u8>, Lack> {
        self.0.objects.read(self.1, Kind::Blob, limit)
    }
}

/// Where every tree is said to be.
pub fn top() -> &'static Path {
    Path::new(TOP)
}
