//! Folders that evidence names: each file in them is judged as a file.

use super::{Fault, Judged, PlaceFault, Repository, read, slashed};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use walkdir::WalkDir;

/// So many entries of a folder are looked at; more are not nothing.
pub(super) const MOST_ENTRIES: usize = 10_000;

impl Tree {
    /// How many bytes it takes, roughly.
    pub fn size(&self) -> usize {
        let files = self
            .files
            .iter()
            .map(|file| file.path.as_os_str().len() + size_of::<TreeFile>());
        let folders = self
            .folders
            .iter()
            .map(|path| path.as_os_str().len() + size_of::<PathBuf>());
        files.chain(folders).sum()
    }
}

/// The files below a folder, each by its path from the root.
pub struct Tree {
    pub files: Vec<TreeFile>,
    /// The folders below it.
    pub folders: Vec<PathBuf>,
    /// Whether there are no more.
    pub is_whole: bool,
}

pub struct TreeFile {
    pub path: PathBuf,
    judged: OnceLock<Judged>,
}

impl TreeFile {
    pub(super) fn fault(&self, repository: &Repository) -> Option<&Fault> {
        let judged = self.judged.get_or_init(|| repository.path(&self.path));
        judged.fault.as_ref()
    }
}

impl Repository {
    /// What lies in a folder and `depth` folders below it, in order, as far as `budget` entries go. `start` is a path
    /// from the root, and leads to a folder inside it.
    pub(super) fn tree(&self, start: &Path, depth: usize, mut budget: usize) -> Tree {
        let mut tree = Tree {
            files: Vec::new(),
            folders: Vec::new(),
            is_whole: true,
        };
        let walk = WalkDir::new(self.root.join(start)).min_depth(1).max_depth(depth);
        let mut walk = walk.sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            // What may not be read counts as nothing.
            let Ok(entry) = entry else { continue };
            if budget == 0 {
                tree.is_whole = false;
                break;
            }
            budget -= 1;
            let Ok(path) = entry.path().strip_prefix(&self.root).map(Path::to_owned) else {
                continue;
            };
            let kind = entry.file_type();
            if kind.is_dir() {
                if entry.file_name() == ".git" {
                    walk.skip_current_dir();
                    continue;
                }
                if entry.depth() < depth && self.is_left_out(&path) {
                    walk.skip_current_dir();
                }
                tree.folders.push(path);
            } else if !(kind.is_symlink() && entry.path().is_dir()) {
                // A link to a folder may lead back here.
                tree.files.push(TreeFile {
                    path,
                    judged: OnceLock::new(),
                });
            }
        }
        tree
    }

    /// Whether git ignores a folder, and tracks nothing in it.
    fn is_left_out(&self, folder: &Path) -> bool {
        let whole = self.root.join(folder);
        self.ignore.by(&whole).is_some() && self.index.holds_under(&whole) != Some(true)
    }

    /// Judges a folder inside the root, whose path is whole and without links.
    pub(super) fn judge_folder(&self, folder: &Path) -> Option<Fault> {
        if self.is_absent(folder) {
            return None;
        }
        if let Err(error) = std::fs::read_dir(folder) {
            return Some(PlaceFault::Unreadable(read::reason(&error)).into());
        }
        let start = folder.strip_prefix(&self.root).unwrap_or(folder);
        let tree = self.tree(start, usize::MAX, MOST_ENTRIES);
        let (mut counts, mut untracked, mut ignored) = (false, false, None);
        for file in &tree.files {
            let inside = file.path.strip_prefix(start).unwrap_or(&file.path);
            if is_hidden(inside) {
                continue;
            }
            // One that counts is enough; pointers are counted all the same.
            if counts && !self.attributes.is_lfs(&self.root.join(&file.path)) {
                continue;
            }
            match file.fault(self).map(|fault| &fault.what) {
                None => counts = true,
                Some(PlaceFault::Untracked) => untracked = true,
                Some(PlaceFault::GitIgnored) => ignored = ignored.or(Some(&file.path)),
                Some(_) => {}
            }
        }
        if counts || !tree.is_whole {
            return None;
        }
        if untracked {
            return Some(PlaceFault::Untracked.into());
        }
        let absences = self.index.absences_under(folder);
        if let Some(absence) = absences.first() {
            self.tell_absent(absence);
            return None;
        }
        if self.is_left_out(start) {
            return Some(PlaceFault::GitIgnored.into());
        }
        Some(match ignored {
            Some(file) => Fault {
                what: PlaceFault::GitIgnored,
                file: Some(slashed(file)),
            },
            None => PlaceFault::EmptyFolder.into(),
        })
    }
}

/// Whether a part of a path begins with a dot, and nobody would see it in a listing.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.iter().any(|part| part.as_encoded_bytes().starts_with(b"."))
}
