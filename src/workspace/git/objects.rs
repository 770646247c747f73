//! The objects of a repository, for whoever asks, on any thread.
//!
//! They are read and nothing else: nothing of the repository is run, nothing is fetched, no setting of the user, the
//! machine or the environment counts, and replacements do not either. What is read has to be what its id stands for.

use super::bases::Bases;
use crate::workspace::read::{ReadError, read_bounded};
use crate::workspace::remembered::Remembered;
use gix::ObjectId;
use gix::objs::Kind;
use gix::objs::tree::EntryKind;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// A commit may have a long message, and signatures.
pub const MAX_COMMIT: u64 = 4 * 1024 * 1024;
/// A tree of half a million names is not as large.
pub const MAX_TREE: u64 = 32 * 1024 * 1024;
/// Of all that one object takes while it is read.
pub const MAX_OBJECT: u64 = 64 * 1024 * 1024;
const ALLOCATED: &str = "gitoxide.objects.allocLimit=67108864";
/// `HEAD`, a config, all packed references.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;
/// Of repositories that lend objects to one.
const MAX_ALTERNATES: usize = 64;
/// So many names of folders are remembered.
const MAX_REMEMBERED: usize = 2_000_000;

/// Why an object is not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// This clone does not have it.
    NotHere,
    /// It is larger than is read.
    TooLarge(u64),
    /// It is not what its id stands for, or of another kind.
    Damaged,
}

impl From<Lack> for ReadError {
    fn from(lack: Lack) -> Self {
        match lack {
            Lack::NotHere => Self::NotAtHand,
            Lack::TooLarge(limit) => Self::TooLarge { limit },
            Lack::Damaged => Self::Damaged,
        }
    }
}

/// Opens the repository whose folder is `dir`.
pub fn open(dir: &Path) -> Option<gix::Repository> {
    // What is no file might never end.
    for name in ["HEAD", "config", "config.worktree", "packed-refs", "commondir"] {
        if let Ok(there) = dir.join(name).metadata()
            && (!there.is_file() || there.len() > MAX_FILE)
        {
            return None;
        }
    }
    let options = gix::open::Options::isolated()
        .open_path_as_is(true)
        // Nothing that a config says is run here, whoever wrote it; but it says how long an id is.
        .with(gix::sec::Trust::Full)
        .filter_config_section(|_| true)
        .config_overrides([ALLOCATED, "core.useReplaceRefs=false"]);
    // A linked work tree has its objects elsewhere.
    let common = read_bounded(&dir.join("commondir"), MAX_FILE)
        .map_or_else(|_| dir.to_owned(), |named| dir.join(super::path_of(named.trim_ascii())));
    if !has_files_alone(common.join("objects")) {
        return None;
    }
    gix::open_opts(dir, options).ok()
}

/// Whether nothing stands where an object may be looked for but files: in packs, by itself, or in other repositories that
/// are named there. A pipe might never end, and the library reads what it comes by.
fn has_files_alone(objects: PathBuf) -> bool {
    let names = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_odd = |entry: std::fs::DirEntry| {
        let is_plain = entry.file_type().is_ok_and(|kind| kind.is_file() || kind.is_dir());
        let leads_to = |path: PathBuf| path.metadata().ok();
        !is_plain && leads_to(entry.path()).is_some_and(|there| !there.is_file() && !there.is_dir())
    };
    let mut ahead = vec![objects.clone()];
    let mut seen = HashSet::new();
    while let Some(folder) = ahead.pop() {
        if !seen.insert(folder.clone()) {
            continue;
        }
        let inner = names(&folder).map(|entry| entry.path());
        if seen.len() > MAX_ALTERNATES || inner.flat_map(|inner| names(&inner)).any(is_odd) {
            return false;
        }
        match read_bounded(&folder.join("info/alternates"), MAX_FILE) {
            Ok(named) => {
                let named = gix::odb::alternate::parse(&named).unwrap_or_default();
                ahead.extend(named.into_iter().map(|other| objects.join(other)));
            }
            Err(ReadError::Io(_)) => {}
            Err(_) => return false,
        }
    }
    true
}

/// A folder of a tree.
#[derive(Debug, Default)]
pub struct Folder {
    /// In the order of the names' bytes.
    entries: Box<[Entry]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: Box<[u8]>,
    pub node: Node,
    pub id: ObjectId,
}

/// What stands at a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    Folder,
    File,
    Link,
    /// A commit of another repository.
    Submodule,
}

impl Folder {
    /// What a tree holds, as far as git would check it out: `.git` and what leads elsewhere is no name of a file.
    fn parse(data: &[u8], hash: gix::hash::Kind) -> Option<Self> {
        let tree = gix::objs::TreeRef::from_bytes(data, hash).ok()?;
        let named = tree.entries.iter().filter(|entry| is_name(entry.filename));
        let mut entries: Vec<Entry> = named
            .map(|entry| Entry {
                name: entry.filename.to_vec().into_boxed_slice(),
                node: match entry.mode.kind() {
                    EntryKind::Tree => Node::Folder,
                    EntryKind::Blob | EntryKind::BlobExecutable => Node::File,
                    EntryKind::Link => Node::Link,
                    EntryKind::Commit => Node::Submodule,
                },
                id: entry.oid.to_owned(),
            })
            .collect();
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        entries.dedup_by(|later, first| later.name == first.name);
        Some(Self {
            entries: entries.into_boxed_slice(),
        })
    }

    pub fn get(&self, name: &[u8]) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| (*entry.name).cmp(name)).ok()?;
        self.entries.get(at)
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

fn is_name(name: &[u8]) -> bool {
    let is_odd = |byte: &u8| matches!(byte, b'/' | 0) || cfg!(windows) && *byte == b'\\';
    let is_gits = name == b"." || name == b".." || name.eq_ignore_ascii_case(b".git");
    !name.is_empty() && !is_gits && !name.iter().any(is_odd)
}

type Known = HashMap<ObjectId, Result<Arc<Folder>, Lack>>;

/// What a look at a blob shows: whether it says nothing, and its beginning, where that may be a pointer of Git LFS.
pub type Glance = (bool, Arc<[u8]>);

/// A repository's objects. What was parsed of them is shared by all who ask.
pub struct Objects {
    dir: PathBuf,
    common: PathBuf,
    hash: gix::hash::Kind,
    opened: gix::ThreadSafeRepository,
    /// A handle is one thread's, and serves the next that asks.
    idle: Mutex<Vec<gix::Repository>>,
    folders: RwLock<(Known, usize)>,
    /// Repositories of submodules, by where git keeps what it knows of them.
    inner: Mutex<HashMap<PathBuf, Option<Arc<Objects>>>>,
    /// What evidence has shown of blobs, which are the same in every tree.
    pub glances: Remembered<ObjectId, Result<Glance, ReadError>>,
    pub digests: Remembered<ObjectId, Option<crate::workspace::Digests>>,
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects")
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

impl Objects {
    /// Those of the repository whose folder is `dir`.
    pub fn open(dir: &Path) -> Option<Arc<Self>> {
        let mut repository = open(dir)?;
        // What is not there is not looked for again and again.
        repository.objects.refresh_never();
        Some(Arc::new(Self {
            dir: dir.to_owned(),
            common: repository.common_dir().to_owned(),
            hash: repository.object_hash(),
            opened: repository.into_sync(),
            idle: Mutex::default(),
            folders: RwLock::default(),
            inner: Mutex::default(),
            glances: Remembered::default(),
            digests: Remembered::default(),
        }))
    }

    /// Git's folder for this work tree.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Git's folder for all work trees.
    pub fn common(&self) -> &Path {
        &self.common
    }

    pub fn hash(&self) -> gix::hash::Kind {
        self.hash
    }

    pub(super) fn with<T>(&self, ask: impl FnOnce(&gix::Repository) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let handle = idle().pop();
        let handle = handle.unwrap_or_else(|| {
            let mut handle = self.opened.to_thread_local();
            handle.objects.refresh_never();
            handle.objects.set_pack_cache(|| Box::new(Bases::default()));
            handle
        });
        let answer = ask(&handle);
        idle().push(handle);
        answer
    }

    pub fn has(&self, id: ObjectId) -> bool {
        self.with(|repository| repository.has_object(id))
    }

    /// What kind of object it is, and how large.
    pub fn header(&self, id: ObjectId) -> Result<(Kind, u64), Lack> {
        let header = self.with(|repository| repository.try_find_header(id));
        let header = header.map_err(|_| Lack::Damaged)?.ok_or(Lack::NotHere)?;
        Ok((header.kind(), header.size()))
    }

    /// An object's content, if it is what its id stands for.
    pub fn read(&self, id: ObjectId, kind: Kind, limit: u64) -> Result<Vec<u8>, Lack> {
        let found = self.with(|repository| Ok(repository.try_find_object(id).map_err(drop)?.map(gix::Object::detach)));
        let object = match found {
            Ok(object) => object.ok_or(Lack::NotHere)?,
            // What is too large is not even begun.
            Err(()) => {
                return Err(match self.header(id) {
                    Ok((_, size)) if size > limit.min(MAX_OBJECT / 2) => Lack::TooLarge(limit.min(MAX_OBJECT)),
                    _ => Lack::Damaged,
                });
            }
        };
        if object.data.len() as u64 > limit {
            return Err(Lack::TooLarge(limit));
        }
        let own = gix::objs::compute_hash(self.hash, kind, &object.data).map_err(|_| Lack::Damaged)?;
        if object.kind == kind && own == id {
            Ok(object.data)
        } else {
            Err(Lack::Damaged)
        }
    }

    /// A tree, parsed once.
    pub fn folder(&self, id: ObjectId) -> Result<Arc<Folder>, Lack> {
        let known = self.folders.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = known.0.get(&id) {
            return folder.clone();
        }
        drop(known);
        let data = self.read(id, Kind::Tree, MAX_TREE);
        let folder = data.and_then(|data| Folder::parse(&data, self.hash).map(Arc::new).ok_or(Lack::Damaged));
        let mut known = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        let size = folder.as_ref().map_or(1, |folder| folder.entries.len() + 1);
        if known.1 + size <= MAX_REMEMBERED {
            known.1 += size;
            known.0.insert(id, folder.clone());
        }
        folder
    }

    /// The repository of a submodule, if git keeps what it knows of it in one of these folders, and has that commit.
    pub fn inner(&self, folders: impl IntoIterator<Item = PathBuf>, commit: ObjectId) -> Option<Arc<Self>> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        folders.into_iter().find_map(|dir| {
            let known = inner.entry(dir.clone()).or_insert_with(|| Self::open(&dir));
            known
                .clone()
                .filter(|objects| objects.hash == commit.kind() && objects.has(commit))
        })
    }
}

impl From<Node> for crate::workspace::files::Kind {
    fn from(node: Node) -> Self {
        match node {
            Node::Folder | Node::Submodule => Self::Folder,
            Node::File => Self::File,
            Node::Link => Self::Link,
        }
    }
}
