//! Whether git leaves a path out.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The `.gitignore` files between a top folder and the paths that are asked about.
pub struct GitIgnore {
    top: PathBuf,
    /// `.git/info/exclude` and the user's own excludes.
    outer: Vec<Gitignore>,
    by_folder: Mutex<HashMap<PathBuf, Arc<Gitignore>>>,
}

impl GitIgnore {
    /// `top` is the repository's root, or the estate's where there is no repository.
    pub fn new(top: &Path) -> Self {
        let mut exclude = GitignoreBuilder::new(top);
        exclude.add(top.join(".git/info/exclude"));
        let exclude = exclude.build().unwrap_or_else(|_| Gitignore::empty());
        let global = GitignoreBuilder::new(top).build_global().0;
        Self {
            top: top.to_owned(),
            outer: vec![exclude, global],
            by_folder: Mutex::default(),
        }
    }

    fn of_folder(&self, folder: &Path) -> Arc<Gitignore> {
        let mut known = self.by_folder.lock().unwrap_or_else(PoisonError::into_inner);
        let made = known.entry(folder.to_owned()).or_insert_with(|| {
            let mut builder = GitignoreBuilder::new(folder);
            builder.add(folder.join(".gitignore"));
            Arc::new(builder.build().unwrap_or_else(|_| Gitignore::empty()))
        });
        Arc::clone(made)
    }

    /// Whether `path`, or a folder that it lies in, is ignored. Both are absolute.
    pub fn ignores(&self, path: &Path) -> bool {
        let Ok(relative) = path.strip_prefix(&self.top) else {
            return false;
        };
        let mut current = self.top.clone();
        let mut folders = vec![self.top.clone()];
        for part in relative.components() {
            current.push(part);
            let is_dir = current.is_dir();
            // The deepest file that has an opinion decides.
            let inner = folders
                .iter()
                .rev()
                .map(|folder| self.of_folder(folder).matched(&current, is_dir).map(|_| ()));
            let outer = self
                .outer
                .iter()
                .map(|ignore| ignore.matched(&current, is_dir).map(|_| ()));
            let verdict = inner.chain(outer).find(|verdict| !verdict.is_none());
            if verdict.is_some_and(|verdict| verdict.is_ignore()) {
                return true;
            }
            folders.push(current.clone());
        }
        false
    }
}
