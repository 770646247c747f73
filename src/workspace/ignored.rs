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
    /// `None` for a folder without a `.gitignore`.
    by_folder: Mutex<HashMap<PathBuf, Option<Arc<Gitignore>>>>,
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

    fn of_folder(&self, folder: &Path) -> Option<Arc<Gitignore>> {
        let mut known = self.by_folder.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = known.get(folder) {
            return made.clone();
        }
        let file = folder.join(".gitignore");
        let made = file.is_file().then(|| {
            let mut builder = GitignoreBuilder::new(folder);
            builder.add(file);
            Arc::new(builder.build().unwrap_or_else(|_| Gitignore::empty()))
        });
        known.insert(folder.to_owned(), made.clone());
        made
    }

    /// Whether `path`, or a folder that it lies in, is ignored. Both are absolute.
    pub fn ignores(&self, path: &Path) -> bool {
        let Ok(relative) = path.strip_prefix(&self.top) else {
            return false;
        };
        let mut current = self.top.clone();
        let mut inner: Vec<Arc<Gitignore>> = self.of_folder(&current).into_iter().collect();
        for part in relative.components() {
            current.push(part);
            if !inner.is_empty() || self.outer.iter().any(|ignore| !ignore.is_empty()) {
                let is_dir = current.is_dir();
                // The deepest file that has an opinion decides.
                let deepest_first = inner.iter().rev().map(Arc::as_ref).chain(&self.outer);
                let mut verdicts = deepest_first.map(|ignore| ignore.matched(&current, is_dir));
                if verdicts
                    .find(|verdict| !verdict.is_none())
                    .is_some_and(|verdict| verdict.is_ignore())
                {
                    return true;
                }
            }
            inner.extend(self.of_folder(&current));
        }
        false
    }
}
