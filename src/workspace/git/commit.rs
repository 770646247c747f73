//! Whether files are as the commit has them that is checked out.
//!
//! The repository's objects are read and nothing else: nothing of it is run, nothing is fetched, no setting of the user,
//! the machine or the environment counts, and replacements do not either. Each commit and tree that is read has to have
//! the content that its id stands for. What cannot be told is unknown, and never an error.
//!
//! Git may have a file with other line ends than the checkout. So a file is first compared as it is, then with LF in the
//! place of CRLF; then as what a pointer of Git LFS stands for. What other filters make of it is not known here.

use super::objects::{MAX_COMMIT, MAX_TREE, open};
use super::{Git, name_of};
use crate::model::sha256;
use crate::workspace::evidence::lfs;
use crate::workspace::{Root, path_is_link};
use gix::ObjectId;
use gix::objs::Kind;
use gix::objs::tree::EntryKind;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Submodules in submodules.
const MAX_DEPTH: usize = 16;

/// How a file stands to the commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    AsCommitted,
    Changed,
    NotInCommit,
    Unknown,
}

impl Standing {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AsCommitted => "as committed",
            Self::Changed => "changed since the commit",
            Self::NotInCommit => "not in the commit",
            Self::Unknown => "unknown",
        }
    }
}

/// The commit that is checked out, if there is one and it can be read.
#[derive(Default)]
pub struct Commit {
    level: Option<Level>,
}

/// One repository: the outermost, or a submodule.
struct Level {
    top: PathBuf,
    repository: gix::Repository,
    commit: ObjectId,
    tree: Option<ObjectId>,
    trees: HashMap<ObjectId, Option<Rc<Tree>>>,
    inner: HashMap<Vec<u8>, Option<Level>>,
}

type Tree = HashMap<Vec<u8>, (EntryKind, ObjectId)>;

impl Commit {
    /// That of the repository that an estate is in.
    pub fn of(root: &Root) -> Self {
        let level = root.index.git().and_then(|(top, git)| {
            let repository = open(&git.dir)?;
            let commit = repository.head_id().ok()?.detach();
            Some(Level::new(top.to_owned(), repository, commit))
        });
        Self { level }
    }

    pub fn id(&self) -> Option<String> {
        Some(self.level.as_ref()?.commit.to_string())
    }

    /// How a file with this content stands to the commit, and the id of its content. The path is a whole one, without `.`
    /// and `..`; a file behind a link is another than the one that the commit has there.
    pub fn standing(&mut self, path: &Path, bytes: &[u8]) -> (Standing, Option<String>) {
        let Some(level) = &mut self.level else {
            return (Standing::Unknown, None);
        };
        let own = level.id_of(bytes);
        let shown = |id: ObjectId| Some(id.to_string());
        let Some(name) = name_of(&level.top, path).filter(|_| !path_is_link(&level.top, path)) else {
            return (Standing::Unknown, own.and_then(shown));
        };
        match (level.standing(&name, bytes, MAX_DEPTH), own) {
            ((Standing::AsCommitted, Some(committed)), _) => (Standing::AsCommitted, shown(committed)),
            ((standing, _), own) => (standing, own.and_then(shown)),
        }
    }
}

impl Level {
    fn new(top: PathBuf, repository: gix::Repository, commit: ObjectId) -> Self {
        let mut level = Self {
            top,
            repository,
            commit,
            tree: None,
            trees: HashMap::new(),
            inner: HashMap::new(),
        };
        let tree = |text: Vec<u8>| {
            let line = text.strip_prefix(b"tree ")?.split(|byte| *byte == b'\n').next()?;
            ObjectId::from_hex(line).ok()
        };
        level.tree = level.object(commit, Kind::Commit, MAX_COMMIT).and_then(tree);
        level
    }

    fn id_of(&self, bytes: &[u8]) -> Option<ObjectId> {
        gix::objs::compute_hash(self.repository.object_hash(), Kind::Blob, bytes).ok()
    }

    /// An object's content, if it is what its id stands for.
    fn object(&self, id: ObjectId, kind: Kind, limit: u64) -> Option<Vec<u8>> {
        let header = self.repository.find_header(id).ok()?;
        if header.kind() != kind || header.size() > limit {
            return None;
        }
        let object = self.repository.find_object(id).ok()?.detach();
        let own = gix::objs::compute_hash(self.repository.object_hash(), kind, &object.data).ok()?;
        (object.kind == kind && own == id).then_some(object.data)
    }

    fn tree(&mut self, id: ObjectId) -> Option<Rc<Tree>> {
        if let Some(known) = self.trees.get(&id) {
            return known.clone();
        }
        let tree = self.object(id, Kind::Tree, MAX_TREE).and_then(|data| {
            let tree = gix::objs::TreeRef::from_bytes(&data, self.repository.object_hash()).ok()?;
            let entry = |entry: &gix::objs::tree::EntryRef<'_>| {
                (entry.filename.to_vec(), (entry.mode.kind(), entry.oid.to_owned()))
            };
            Some(Rc::new(tree.entries.iter().map(entry).collect()))
        });
        self.trees.insert(id, tree.clone());
        tree
    }

    /// How a file stands that git names so, and what the commit has in its place.
    fn standing(&mut self, name: &[u8], bytes: &[u8], depth: usize) -> (Standing, Option<ObjectId>) {
        let unknown = (Standing::Unknown, None);
        let Some(mut tree) = self.tree else { return unknown };
        let mut rest = name;
        loop {
            let Some(entries) = self.tree(tree) else { return unknown };
            let end = memchr::memchr(b'/', rest).unwrap_or(rest.len());
            let is_last = end == rest.len();
            let Some((kind, id)) = entries.get(&rest[..end]) else {
                return (Standing::NotInCommit, None);
            };
            match kind {
                EntryKind::Tree if !is_last => tree = *id,
                EntryKind::Blob | EntryKind::BlobExecutable if is_last => {
                    return (self.compared(*id, bytes), Some(*id));
                }
                EntryKind::Commit if !is_last && depth > 0 => {
                    let folder = &name[..name.len() - rest.len() + end];
                    return match self.inner(folder, *id) {
                        Some(inner) => inner.standing(&rest[end + 1..], bytes, depth - 1),
                        None => unknown,
                    };
                }
                // There is something else in its place: a folder, a link.
                EntryKind::Tree | EntryKind::Blob | EntryKind::BlobExecutable | EntryKind::Link => {
                    return (Standing::Changed, None);
                }
                EntryKind::Commit => return unknown,
            }
            rest = &rest[end + 1..];
        }
    }

    /// The submodule in a folder, at the commit that this one names.
    fn inner(&mut self, folder: &[u8], commit: ObjectId) -> Option<&mut Self> {
        if !self.inner.contains_key(folder) {
            let top = self.top.join(super::path_of(folder));
            let level = Git::of(&top).and_then(|git| Some(Self::new(top, open(&git.dir)?, commit)));
            self.inner.insert(folder.to_vec(), level);
        }
        self.inner.get_mut(folder)?.as_mut()
    }

    fn compared(&self, committed: ObjectId, bytes: &[u8]) -> Standing {
        if self.id_of(bytes) == Some(committed) {
            return Standing::AsCommitted;
        }
        // To git, what holds a NUL is not text.
        let is_text = memchr::memchr(0, bytes).is_none();
        let has_crlf = memchr::memmem::find(bytes, b"\r\n").is_some();
        if is_text && has_crlf && self.id_of(&with_lf(bytes)) == Some(committed) {
            return Standing::AsCommitted;
        }
        match self.repository.find_header(committed) {
            Err(_) => return Standing::Changed,
            Ok(header) if header.size() >= lfs::TOO_LARGE as u64 => return self.changed(bytes),
            Ok(_) => {}
        }
        let pointer = self.object(committed, Kind::Blob, lfs::TOO_LARGE as u64);
        let pointer = pointer.as_deref().and_then(lfs::oid);
        match pointer {
            Some(oid) if oid == sha256(bytes) => Standing::AsCommitted,
            _ => self.changed(bytes),
        }
    }

    /// Whether a file with another content is a changed one: git writes its own id into some.
    fn changed(&self, bytes: &[u8]) -> Standing {
        match memchr::memmem::find(bytes, b"$Id: ") {
            Some(_) => Standing::Unknown,
            None => Standing::Changed,
        }
    }
}

fn with_lf(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memmem::find(rest, b"\r\n") {
        text.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
    }
    text.extend_from_slice(rest);
    text
}
