//! Globs that evidence names: each file that one matches is judged.

use super::folder::{MAX_ENTRIES, Tree, TreeFile, is_hidden};
use super::names::Standing;
use super::{Fault, PlaceFault, Repository, slashed};
use crate::workspace::ReadError;
use crate::workspace::git::Kind;
use crate::workspace::pattern::{Pattern, PatternFault};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// All globs together compare so many paths.
const MAX_LOOKS: usize = 50_000_000;
/// Each can look at so many, however many there are.
const MIN_ENTRIES: usize = 500;
/// A pattern of more parts is looked for at any depth, so that one folder is not walked for each number of them.
const MAX_LEVELS: usize = 8;
/// What is remembered of folders takes no more.
const MAX_BYTES: usize = 200 * 1024 * 1024;

impl Repository {
    /// What is wrong with a pattern that counts from the root.
    pub(super) fn glob(&self, pattern: &str) -> Option<Fault> {
        self.globs.get(pattern, || self.judge_glob(pattern))
    }

    /// A pattern that counts from the root.
    pub(super) fn pattern(&self, text: &str) -> Result<Pattern, PatternFault> {
        // In front, a `!` would mean something else.
        Pattern::new(self.base(), &format!("./{text}"))
    }

    /// Tells how many globs there will be, at most: the more there are, the fewer entries each can look at.
    pub fn expect_globs(&self, globs: usize) {
        let each = (MAX_LOOKS / globs.max(1)).clamp(MIN_ENTRIES, MAX_ENTRIES);
        self.entries_per_glob.store(each, Ordering::Relaxed);
    }

    /// What is below a folder; walked once, as long as there is room to remember it.
    fn remembered_tree(&self, start: &Path, levels: usize) -> Arc<Tree> {
        let budget = self.entries_per_glob.load(Ordering::Relaxed);
        let walk = || Arc::new(self.tree(start, levels, budget));
        if self.bytes_of_trees.load(Ordering::Relaxed) > MAX_BYTES {
            return walk();
        }
        let key = (start.to_owned(), levels);
        self.trees.get(&key, || {
            let tree = walk();
            self.bytes_of_trees.fetch_add(tree.size(), Ordering::Relaxed);
            tree
        })
    }

    fn judge_glob(&self, text: &str) -> Option<Fault> {
        let Ok(pattern) = self.pattern(text) else {
            return None;
        };
        // What it can match is in this folder.
        let start = if pattern.is_name() {
            pattern.fixed().parent().unwrap_or(Path::new(""))
        } else {
            pattern.fixed()
        };
        let matcher = pattern.matcher();
        match self.names.standing(start) {
            Standing::There(_) => {}
            Standing::Outside => return Some(PlaceFault::OutsideRoot.into()),
            Standing::Missing => {
                return self.missing(start).fault.map(|fault| match fault.what {
                    PlaceFault::Missing => PlaceFault::NoMatch.into(),
                    _ => fault,
                });
            }
        }
        let whole = self.root.join(start);
        match self.files.canonicalize(&whole) {
            Ok(real) if !real.starts_with(&self.root) => return Some(PlaceFault::OutsideRoot.into()),
            Ok(real) if self.files.is_dir(&real) => {}
            Err(ReadError::NotAtHand) if self.is_absent(&whole) => return None,
            _ => return Some(PlaceFault::NoMatch.into()),
        }
        let depth = start.components().count();
        let rest: Vec<&str> = text.split('/').skip(depth).collect();
        let is_deep = rest.len() > MAX_LEVELS || rest.iter().any(|part| part.contains("**") || part.contains('{'));
        let levels = if is_deep { usize::MAX } else { rest.len() };
        let tree = self.remembered_tree(start, levels);
        let wants_hidden = rest.iter().any(|part| part.starts_with('.'));
        let is_seen = |path: &Path| wants_hidden || !is_hidden(path.strip_prefix(start).unwrap_or(path));
        let matched: Vec<&TreeFile> = beginning_as(&tree.files, text)
            .iter()
            .filter(|file| matcher.is_match(&file.path) && is_seen(&file.path))
            .collect();
        let mut faults: Vec<Fault> = Vec::new();
        for file in &matched {
            faults.extend(file.fault(self).map(|fault| of_file(fault, &file.path)));
        }
        if matched.is_empty() {
            // A folder that is matched stands for the files in it.
            let folders = tree.folders.iter();
            let folders: Vec<_> = folders
                .filter(|folder| matcher.is_match(folder) && is_seen(folder))
                .collect();
            if folders.is_empty() {
                // With more files than are checked, none may have matched yet another may.
                let is_known = tree.is_whole && !self.may_be_left_out(&whole, &matcher);
                return is_known.then(|| PlaceFault::NoMatch.into());
            }
            for folder in folders {
                faults.extend(self.path(folder).fault.map(|fault| of_file(&fault, folder)));
            }
        }
        // Declarations are evidence of nothing, and no fault beside what is.
        let others = |fault: &Fault| fault.what != PlaceFault::Declaration;
        if faults.len() < matched.len() || faults.iter().any(others) {
            faults.retain(others);
        }
        let worst = faults.iter().position(|fault| !fault.is_there()).unwrap_or(0);
        faults.into_iter().nth(worst)
    }

    /// Whether git has something that a pattern may match, and the checkout has not.
    fn may_be_left_out(&self, folder: &Path, matcher: &globset::GlobMatcher) -> bool {
        let absences = self.index.absences_under(folder);
        let absent = absences.into_iter().find(|absence| {
            let path = absence.path.strip_prefix(&self.root).unwrap_or(&absence.path);
            absence.kind != Kind::SparseFile || matcher.is_match(path)
        });
        absent.inspect(|absence| self.tell_absent(absence)).is_some()
    }
}

/// The files whose paths begin as a pattern does before anything in it stands for something else; all of those that it
/// can match are among them. They are in the order of their paths, name by name.
fn beginning_as<'f>(files: &'f [TreeFile], pattern: &str) -> &'f [TreeFile] {
    let literal = pattern.split(['*', '?', '[', '{', '\\']).next().unwrap_or_default();
    if literal.split('/').any(|name| matches!(name, "." | "..")) || literal.contains("//") {
        return files;
    }
    let (folder, name) = literal.rsplit_once('/').unwrap_or(("", literal));
    let from = &files[files.partition_point(|file| file.path.as_path() < Path::new(literal))..];
    let begins = |file: &TreeFile| {
        let inside = file.path.strip_prefix(folder).ok();
        let first = inside.and_then(|path| path.iter().next());
        first.is_some_and(|first| first.as_encoded_bytes().starts_with(name.as_bytes()))
    };
    &from[..from.partition_point(begins)]
}

fn of_file(fault: &Fault, path: &Path) -> Fault {
    Fault {
        what: fault.what.clone(),
        file: Some(fault.file.clone().unwrap_or_else(|| slashed(path))),
    }
}
