//! What the index of a repository, and those of its submodules, say about paths.

use super::format::{Entries, Entry, IndexError};
use super::snapshot::Snapshot;
use super::{Git, name_of, path_of};
use crate::workspace::read::read_bounded;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// An index of two million files is not as large.
const MAX_INDEX: u64 = 256 * 1024 * 1024;

/// Git's index, read once, when it is first asked; its copies share what was read. Paths are whole ones, without `.` and `..`.
///
/// Without an index the answers are `None`.
#[derive(Debug, Clone, Default)]
pub struct Index {
    tree: Option<Arc<Tree>>,
    /// A tree in place of a checkout.
    snapshot: Option<Arc<Snapshot>>,
}

/// Something that git has and the checkout has not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absence {
    pub path: PathBuf,
    pub kind: Kind,
    /// What makes it present.
    pub command: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Submodule,
    /// A file that a sparse checkout leaves out.
    SparseFile,
    /// A folder that a sparse checkout leaves out; its content is unknown.
    SparseFolder,
    /// An object that this clone does not have.
    Object,
}

/// One work tree: that of a repository, or of a submodule.
#[derive(Debug)]
struct Tree {
    top: PathBuf,
    /// From the outermost repository's root, which has the empty one.
    from_root: String,
    git: Option<Git>,
    entries: OnceLock<Result<Entries, IndexError>>,
    inner: Mutex<HashMap<PathBuf, Arc<Tree>>>,
}

/// Where a path belongs.
enum Owner {
    Tree(Arc<Tree>, Vec<u8>),
    /// In a submodule that is not initialized.
    Missing(Absence),
}

impl Index {
    /// That of the repository whose root is `top`, and of which git keeps what it knows in `git`.
    pub fn new(top: PathBuf, git: Option<Git>) -> Self {
        Self {
            tree: Some(Arc::new(Tree::new(top, String::new(), git))),
            snapshot: None,
        }
    }

    /// What a tree has, as a checkout of it alone would.
    pub fn of_snapshot(snapshot: Arc<Snapshot>) -> Self {
        Self {
            tree: None,
            snapshot: Some(snapshot),
        }
    }

    /// The root of the repository, and where git keeps what it knows of it.
    pub(super) fn git(&self) -> Option<(&Path, &Git)> {
        let tree = self.tree.as_ref()?;
        Some((&tree.top, tree.git.as_ref()?))
    }

    /// Reads the repository's own index, unless that is done.
    pub fn read(&self) {
        if let Some(tree) = &self.tree {
            tree.entries();
        }
    }

    /// Why an index that is there cannot be read.
    pub fn problem(&self) -> Option<&IndexError> {
        let tree = self.tree.as_ref()?;
        tree.git.as_ref()?;
        tree.read().as_ref().err()
    }

    pub fn is_at_hand(&self) -> bool {
        self.snapshot.is_some() || self.tree.as_ref().is_some_and(|tree| tree.entries().is_some())
    }

    fn owner(&self, path: &Path) -> Option<Owner> {
        Tree::owner(self.tree.as_ref()?, path)
    }

    /// Whether git tracks a file, checked out or not.
    pub fn tracks(&self, path: &Path) -> Option<bool> {
        if let Some(snapshot) = &self.snapshot {
            return snapshot.tracks(path);
        }
        let Owner::Tree(tree, name) = self.owner(path)? else {
            return None;
        };
        let entries = tree.entries()?;
        match entries.find(&name) {
            Some(entry) => Some(!entry.is_folder),
            None if folder_around(entries, &name).is_some() => None,
            None => Some(false),
        }
    }

    /// Whether git tracks anything in a folder, checked out or not. A submodule is something.
    pub fn holds_under(&self, folder: &Path) -> Option<bool> {
        if let Some(snapshot) = &self.snapshot {
            return snapshot.holds_under(folder);
        }
        match self.owner(folder)? {
            Owner::Missing(_) => None,
            Owner::Tree(tree, name) => {
                let entries = tree.entries()?;
                let itself = entries.find(&name).is_some_and(|entry| entry.is_link);
                Some(itself || !entries.under(&name).is_empty() || folder_around(entries, &name).is_some())
            }
        }
    }

    /// Whether a folder is a submodule's.
    pub fn is_submodule(&self, folder: &Path) -> bool {
        if let Some(snapshot) = &self.snapshot {
            return snapshot.is_submodule(folder);
        }
        let Some(Owner::Tree(tree, name)) = self.owner(folder) else {
            return false;
        };
        match tree.entries() {
            Some(entries) => entries.find(&name).is_some_and(|entry| entry.is_link),
            // Git keeps what belongs to submodules in a place of its own.
            None => tree.git.as_ref().is_some_and(|git| {
                let modules = git.dir.join("modules");
                Git::of(folder).is_some_and(|inner| inner.dir.starts_with(modules))
            }),
        }
    }

    /// What keeps a path out of the checkout, if something does: for a file that is left out, for a folder of which all
    /// is left out, and for whatever is in one.
    pub fn is_absent_by_choice(&self, path: &Path) -> Option<Absence> {
        if let Some(snapshot) = &self.snapshot {
            return snapshot.absence(path);
        }
        let (tree, name) = match self.owner(path)? {
            Owner::Missing(absence) => return Some(absence),
            Owner::Tree(tree, name) => (tree, name),
        };
        let entries = tree.entries()?;
        if path.symlink_metadata().is_ok() && !tree.is_empty_link(entries, &name) {
            return None;
        }
        if let Some(entry) = entries.find(&name).or_else(|| folder_around(entries, &name)) {
            return tree.absence(entries, entry);
        }
        let inside = entries.under(&name);
        let left_out = !inside.is_empty() && inside.iter().all(|entry| entry.is_skipped);
        left_out.then(|| tree.sparse(path.to_owned(), &name, Kind::SparseFolder))
    }

    /// All in a folder that git has and the checkout has not, in order.
    pub fn absences_under(&self, folder: &Path) -> Vec<Absence> {
        self.absences_of(folder, |_| true)
    }

    /// The same, of files only those whose name, as git gives it, is wanted.
    pub fn absences_of(&self, folder: &Path, wanted: impl Fn(&[u8]) -> bool) -> Vec<Absence> {
        if let Some(snapshot) = &self.snapshot {
            return snapshot.absences_under(folder);
        }
        let mut found = Vec::new();
        match self.owner(folder) {
            None => {}
            Some(Owner::Missing(absence)) => found.push(absence),
            Some(Owner::Tree(tree, name)) => Tree::absences(&tree, &name, &wanted, &mut found),
        }
        found.sort();
        found
    }

    /// The paths that git tracks in a folder, whether they are checked out or not, and those in submodules, as far as
    /// `wanted` takes the name that git gives them.
    pub fn tracked_under(&self, folder: &Path, wanted: impl Fn(&[u8]) -> bool) -> Vec<PathBuf> {
        if let Some(snapshot) = &self.snapshot {
            return snapshot.tracked_under(folder, wanted);
        }
        let mut found = Vec::new();
        if let Some(Owner::Tree(tree, name)) = self.owner(folder) {
            Tree::tracked(&tree, &name, &wanted, &mut found);
        }
        found.sort();
        found
    }
}

/// The folder of a sparse index in which a name is.
fn folder_around<'e>(entries: &'e Entries, name: &[u8]) -> Option<&'e Entry> {
    let ends = name
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'/')
        .map(|(at, _)| at + 1);
    let outer = ends
        .filter_map(|end| entries.find(&name[..end]))
        .find(|entry| entry.is_folder);
    outer.or_else(|| entries.find(&[name, b"/"].concat()).filter(|entry| entry.is_folder))
}

impl Tree {
    fn new(top: PathBuf, from_root: String, git: Option<Git>) -> Self {
        Self {
            top,
            from_root,
            git,
            entries: OnceLock::new(),
            inner: Mutex::default(),
        }
    }

    fn read(&self) -> &Result<Entries, IndexError> {
        self.entries.get_or_init(|| {
            let git = self.git.as_ref().ok_or(IndexError::None)?;
            // One that was only just initialized has no index yet.
            if git.index.symlink_metadata().is_err() && git.dir.join("HEAD").is_file() {
                return Ok(Entries::default());
            }
            let bytes = read_bounded(&git.index, MAX_INDEX)?;
            Entries::parse(bytes, |name| {
                read_bounded(&git.dir.join(name), MAX_INDEX).map_err(IndexError::SharedUnreadable)
            })
        })
    }

    fn entries(&self) -> Option<&Entries> {
        self.read().as_ref().ok()
    }

    /// The tree to which `path` belongs, and what that calls it.
    fn owner(tree: &Arc<Self>, path: &Path) -> Option<Owner> {
        let name = name_of(&tree.top, path)?;
        let Some(entries) = tree.entries() else {
            return Some(Owner::Tree(Arc::clone(tree), name));
        };
        for end in name
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'/')
            .map(|(at, _)| at)
        {
            if let Some(entry) = entries.find(&name[..end]).filter(|entry| entry.is_link) {
                return match tree.absence(entries, entry) {
                    Some(absence) => Some(Owner::Missing(absence)),
                    None => Self::owner(&tree.inner(&name[..end]), path),
                };
            }
        }
        Some(Owner::Tree(Arc::clone(tree), name))
    }

    /// A submodule that is checked out.
    fn inner(&self, name: &[u8]) -> Arc<Self> {
        let top = self.top.join(path_of(name));
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let tree = inner.entry(top.clone()).or_insert_with(|| {
            let git = Git::of(&top);
            Arc::new(Self::new(top, self.shown(name), git))
        });
        Arc::clone(tree)
    }

    fn shown(&self, name: &[u8]) -> String {
        let name = String::from_utf8_lossy(name);
        match self.from_root.as_str() {
            "" => name.into_owned(),
            folder => format!("{folder}/{name}"),
        }
    }

    /// Whether a name is that of a submodule whose folder holds no work tree.
    fn is_empty_link(&self, entries: &Entries, name: &[u8]) -> bool {
        let is_link = entries.find(name).is_some_and(|entry| entry.is_link);
        is_link && self.top.join(path_of(name)).join(".git").symlink_metadata().is_err()
    }

    fn absence(&self, entries: &Entries, entry: &Entry) -> Option<Absence> {
        let name = entries.name(entry);
        let name = name.strip_suffix(b"/").unwrap_or(name);
        let path = self.top.join(path_of(name));
        if entry.is_link {
            let command = format!("submodule update --init {}", quoted(&String::from_utf8_lossy(name)));
            return self.is_empty_link(entries, name).then(|| Absence {
                command: self.command(&command),
                kind: Kind::Submodule,
                path,
            });
        }
        let is_left_out = entry.is_folder || entry.is_skipped && path.symlink_metadata().is_err();
        let kind = if entry.is_folder {
            Kind::SparseFolder
        } else {
            Kind::SparseFile
        };
        is_left_out.then(|| self.sparse(path, name, kind))
    }

    fn sparse(&self, path: PathBuf, name: &[u8], kind: Kind) -> Absence {
        // What is added to a sparse checkout is a folder.
        let folder = match kind {
            Kind::SparseFile => name.rsplitn(2, |byte| *byte == b'/').nth(1).unwrap_or_default(),
            _ => name,
        };
        let command = match folder {
            [] => "sparse-checkout disable".to_owned(),
            folder => format!("sparse-checkout add {}", quoted(&String::from_utf8_lossy(folder))),
        };
        let command = self.command(&command);
        Absence { path, kind, command }
    }

    /// A git command for this tree, as typed in the repository's root.
    fn command(&self, command: &str) -> String {
        match self.from_root.as_str() {
            "" => format!("git {command}"),
            folder => format!("git -C {} {command}", quoted(folder)),
        }
    }

    fn absences(tree: &Arc<Self>, folder: &[u8], wanted: &dyn Fn(&[u8]) -> bool, found: &mut Vec<Absence>) {
        let Some(entries) = tree.entries() else {
            return;
        };
        if let Some(around) = folder_around(entries, folder) {
            found.extend(tree.absence(entries, around));
            return;
        }
        let itself = entries.find(folder).filter(|entry| entry.is_link);
        for entry in itself.into_iter().chain(entries.under(folder)) {
            let is_left_out = || entry.is_skipped && wanted(entries.name(entry));
            if !(entry.is_link || entry.is_folder || is_left_out()) {
                continue;
            }
            match tree.absence(entries, entry) {
                Some(absence) => found.push(absence),
                None if entry.is_link => Self::absences(&tree.inner(entries.name(entry)), b"", wanted, found),
                None => {}
            }
        }
    }

    fn tracked(tree: &Arc<Self>, folder: &[u8], wanted: &dyn Fn(&[u8]) -> bool, found: &mut Vec<PathBuf>) {
        let Some(entries) = tree.entries() else {
            return;
        };
        let itself = entries.find(folder).filter(|entry| entry.is_link);
        for entry in itself.into_iter().chain(entries.under(folder)) {
            let name = entries.name(entry);
            if !entry.is_link && !entry.is_folder {
                if wanted(name) {
                    found.push(tree.top.join(path_of(name)));
                }
            } else if entry.is_link && !tree.is_empty_link(entries, name) {
                Self::tracked(&tree.inner(name), b"", wanted, found);
            }
        }
    }
}

/// A path, as a shell takes it for one word.
pub(super) fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | ',' | '=' | '@');
    if path.chars().all(is_plain) && !path.starts_with('-') {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}
