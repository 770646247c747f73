//! Folders that evidence names: each file in them is judged as a file.

use super::{Fault, Judged, PlaceFault, Repository, slashed};
use crate::workspace::ReadError;
use crate::workspace::files::{Files, Kind};
use crate::workspace::git::{Names, Snapshot};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use walkdir::WalkDir;

/// So many entries of a folder are looked at; more are not nothing.
pub(super) const MAX_ENTRIES: usize = 10_000;

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
    /// What is in a folder and `depth` folders below it, in order, as far as `budget` entries go. `start` is a path
    /// from the root, and leads to a folder inside it.
    pub(super) fn tree(&self, start: &Path, depth: usize, budget: usize) -> Tree {
        let mut tree = Tree {
            files: Vec::new(),
            folders: Vec::new(),
            is_whole: true,
        };
        match &self.files {
            Files::Disk => self.add_from_disk(&mut tree, start, depth, budget),
            Files::Tree(snapshot) => self.add_from_git(&mut tree, snapshot, start, depth, budget),
        }
        tree
    }

    /// As on the disk, folder by folder.
    fn add_from_git(&self, tree: &mut Tree, snapshot: &Snapshot, start: &Path, depth: usize, mut budget: usize) {
        // What git has not here counts as nothing, and is told.
        let names = |folder: &Path| snapshot.names(&self.root.join(folder)).map(|names| (names, 0)).ok();
        let mut ahead: Vec<(PathBuf, (Names, usize))> = Vec::new();
        ahead.extend(
            names(start)
                .filter(|_| depth > 0)
                .map(|names| (start.to_owned(), names)),
        );
        while let Some((folder, (listed, at))) = ahead.last_mut() {
            let Some((name, kind)) = listed.named_at(*at) else {
                ahead.pop();
                continue;
            };
            *at += 1;
            if budget == 0 {
                tree.is_whole = false;
                break;
            }
            budget -= 1;
            let path = folder.join(name);
            if kind == Kind::Folder {
                if ahead.len() < depth
                    && !self.is_left_out(&path)
                    && let Some(names) = names(&path)
                {
                    ahead.push((path.clone(), names));
                }
                tree.folders.push(path);
            } else if !(kind == Kind::Link && self.files.is_dir(&self.root.join(&path))) {
                tree.files.push(TreeFile {
                    path,
                    judged: OnceLock::new(),
                });
            }
        }
    }

    fn add_from_disk(&self, tree: &mut Tree, start: &Path, depth: usize, mut budget: usize) {
        // In one folder, paths are in the order of their names, and quicker to compare.
        let mut walk = WalkDir::new(self.root.join(start))
            .min_depth(1)
            .max_depth(depth)
            .sort_by(|one, other| one.path().as_os_str().cmp(other.path().as_os_str()))
            .into_iter();
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
    }

    /// Why the names in a folder are not to be had.
    fn unlistable(&self, folder: &Path) -> Option<ReadError> {
        match &self.files {
            Files::Disk => std::fs::read_dir(folder).err().map(ReadError::from),
            Files::Tree(tree) => tree.names(folder).err(),
        }
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
        if let Some(why) = self.unlistable(folder) {
            return Some(PlaceFault::Unreadable(why.to_string()).into());
        }
        let start = folder.strip_prefix(&self.root).unwrap_or(folder);
        let tree = self.tree(start, usize::MAX, MAX_ENTRIES);
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

/// Whether a part of a path begins with a dot, which hides it in a listing.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.iter().any(|part| part.as_encoded_bytes().starts_with(b"."))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::expect_used, reason = "a test fails by that")]
    use super::*;

    fn repository(files: &[&str]) -> (tempfile::TempDir, Repository) {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
            std::fs::write(path, "x\n").expect("a file can be written");
        }
        let root = crate::workspace::find_root(folder.path(), Some(folder.path()), None, &[]).expect("a root");
        (folder, Repository::new(&root))
    }

    fn listed(tree: &Tree) -> (Vec<String>, Vec<String>) {
        let files = tree.files.iter().map(|file| slashed(&file.path)).collect();
        (files, tree.folders.iter().map(|folder| slashed(folder)).collect())
    }

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    const FILES: [&str; 7] = [
        "e/b/y.md",
        "e/b/x/deep.md",
        "e/b.md",
        "e/a.md",
        "e/.git/config",
        "e/c/.hidden",
        "beside.md",
    ];

    #[test]
    fn files_are_in_the_order_of_their_paths_name_by_name() {
        let (_folder, repository) = repository(&FILES);
        let tree = repository.tree(Path::new("e"), usize::MAX, 100);
        let (files, folders) = listed(&tree);
        let expected = ["e/a.md", "e/b/x/deep.md", "e/b/y.md", "e/b.md", "e/c/.hidden"];
        assert_eq!(files, strings(&expected));
        assert!(files.is_sorted_by_key(Path::new));
        assert_eq!(folders, strings(&["e/b", "e/b/x", "e/c"]));
        assert!(tree.is_whole);
    }

    #[test]
    fn depth_counts_from_the_folder() {
        let (_folder, repository) = repository(&FILES);
        let (files, folders) = listed(&repository.tree(Path::new("e"), 1, 100));
        assert_eq!(
            (files, folders),
            (strings(&["e/a.md", "e/b.md"]), strings(&["e/b", "e/c"]))
        );
        let (files, folders) = listed(&repository.tree(Path::new("e"), 2, 100));
        assert_eq!(files, strings(&["e/a.md", "e/b/y.md", "e/b.md", "e/c/.hidden"]));
        assert_eq!(folders, strings(&["e/b", "e/b/x", "e/c"]));
        let (files, _) = listed(&repository.tree(Path::new(""), 1, 100));
        assert_eq!(files, strings(&["beside.md"]));
    }

    #[test]
    fn as_many_entries_are_looked_at_as_the_budget_has() {
        let (_folder, repository) = repository(&FILES);
        // `.git`, three folders and five files.
        for budget in 0..12 {
            let tree = repository.tree(Path::new("e"), usize::MAX, budget);
            let looked_at = tree.files.len() + tree.folders.len() + usize::from(budget > 0);
            assert_eq!((looked_at, tree.is_whole), (budget.min(9), budget >= 9), "{budget}");
        }
        let (files, _) = listed(&repository.tree(Path::new("e"), usize::MAX, 5));
        assert_eq!(files, strings(&["e/a.md", "e/b/x/deep.md"]));
    }

    #[cfg(unix)]
    #[test]
    fn links_to_folders_are_not_followed_but_for_the_first() {
        use std::os::unix::fs::symlink;
        let (folder, repository) = repository(&FILES);
        let at = |path: &str| folder.path().join(path);
        symlink("..", at("e/b/up")).expect("a link");
        symlink("a.md", at("e/to-file")).expect("a link");
        symlink("nowhere", at("e/broken")).expect("a link");
        symlink("e", at("way-in")).expect("a link");
        let (files, folders) = listed(&repository.tree(Path::new("way-in"), 2, 100));
        let expected =
            ["a.md", "b/y.md", "b.md", "broken", "c/.hidden", "to-file"].map(|file| format!("way-in/{file}"));
        assert_eq!(files, expected);
        assert_eq!(folders, strings(&["way-in/b", "way-in/b/x", "way-in/c"]));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_text_are_names() {
        use std::os::unix::ffi::OsStrExt;
        let (folder, repository) = repository(&["e/z.md"]);
        let name = std::ffi::OsStr::from_bytes(b"\xff.md");
        std::fs::write(folder.path().join("e").join(name), "x\n").expect("a file can be written");
        let tree = repository.tree(Path::new("e"), 1, 100);
        let files: Vec<&Path> = tree.files.iter().map(|file| file.path.as_path()).collect();
        assert_eq!(files, [Path::new("e/z.md"), &Path::new("e").join(name)]);
    }
}
