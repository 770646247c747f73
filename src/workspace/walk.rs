//! Finding and reading manifests.

use super::reach::Reach;
use super::read::{read_bytes, reason};
use super::{Root, relative};
use crate::config::FILE_NAMES;
use crate::source::{Source, Sources};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::{DirEntry, WalkBuilder, WalkState};
use rayon::prelude::*;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub const DEFAULT_INCLUDE: [&str; 2] = ["**/scope.toml", "**/*.scope.toml"];
#[derive(Debug)]
pub struct WalkError(pub String);

impl fmt::Display for WalkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WalkError {}

/// A manifest that the walk came across, or something that hides some.
struct Found {
    /// As messages name it.
    name: String,
    /// Why it cannot be read, if that is known already.
    path: Result<PathBuf, String>,
}

impl Found {
    fn manifest(root: &Path, path: PathBuf) -> Self {
        Self {
            name: shown(root, &path),
            path: Ok(path),
        }
    }

    fn unreadable(root: &Path, path: &Path, why: impl Into<String>) -> Self {
        Self {
            name: shown(root, path),
            path: Err(why.into()),
        }
    }
}

/// Reads every manifest under the root. `tell` is told how many there are before they are read.
pub fn read_manifests(
    root: &Root,
    include: &[String],
    exclude: &[String],
    tell: impl FnOnce(usize),
) -> Result<Sources, WalkError> {
    let by_default_names = include.is_empty();
    let globs: Vec<&str> = match by_default_names {
        true => DEFAULT_INCLUDE.to_vec(),
        false => include.iter().map(String::as_str).collect(),
    };
    let wanted = Wanted {
        by_default_names,
        include: glob_set(&globs)?,
        reach: Reach::of(globs.into_iter().map(from_root)),
        exclude: glob_set(exclude)?,
        root: root.dir.clone(),
    };
    let mut found = walk(root, Arc::new(wanted));
    tell(found.len());
    // Sources are many times as large as their paths, and stay where they were put.
    // Names that are no text may look the same.
    found.par_sort_unstable_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    let sources = found.into_par_iter().map(|Found { name, path }| match path {
        Ok(path) => match read_bytes(&path) {
            Ok(bytes) => Source::from_bytes(name, bytes),
            Err(why) => Source::unreadable(name, why),
        },
        Err(why) => Source::unreadable(name, why),
    });
    Ok(Sources::new(sources.collect()))
}

struct Wanted {
    by_default_names: bool,
    include: GlobSet,
    reach: Reach,
    exclude: GlobSet,
    root: PathBuf,
}

impl Wanted {
    fn takes(&self, path: &Path) -> bool {
        // Almost every file is passed over by its path's last bytes.
        if self.by_default_names && !path.as_os_str().as_encoded_bytes().ends_with(b"scope.toml") {
            return false;
        }
        let name = path.file_name().map(|name| name.as_encoded_bytes()).unwrap_or_default();
        if self.by_default_names && !(name == b"scope.toml" || name.ends_with(b".scope.toml")) {
            return false;
        }
        let Ok(relative) = path.strip_prefix(&self.root) else {
            return false;
        };
        if FILE_NAMES.iter().any(|config| name == config.as_bytes()) {
            return false;
        }
        (self.by_default_names || self.include.is_match(relative)) && !self.exclude.is_match(relative)
    }

    /// Whether a folder may hold manifests.
    fn enters(&self, path: &Path) -> bool {
        path.strip_prefix(&self.root).map_or(true, |relative| {
            self.reach.leads_into(relative) && !self.exclude.is_match(relative)
        })
    }
}

/// A glob from the root, however its start and end are written: `./vendor/` is all of `vendor`.
fn from_root(pattern: &str) -> String {
    let pattern = pattern.trim_start_matches("./").trim_start_matches('/');
    match pattern.strip_suffix('/') {
        Some(folder) => format!("{folder}/**"),
        None => pattern.to_owned(),
    }
}

pub fn glob_set<S: AsRef<str>>(patterns: &[S]) -> Result<GlobSet, WalkError> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns.iter().map(|pattern| from_root(pattern.as_ref())) {
        let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
        set.add(glob.map_err(|error| WalkError(format!("\"{pattern}\" is not a glob: {}", error.kind())))?);
    }
    set.build().map_err(|error| WalkError(error.to_string()))
}

/// A walk of so few entries is over before several threads have found work for each other.
const FEW: usize = 500;

fn walk(root: &Root, wanted: Arc<Wanted>) -> Vec<Found> {
    let filter = Arc::clone(&wanted);
    let mut walk = WalkBuilder::new(&root.dir);
    walk.hidden(false).require_git(false).filter_entry(move |entry| {
        let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
        !is_dir || entry.depth() == 0 || (entry.file_name() != ".git" && filter.enters(entry.path()))
    });
    let mut entries = walk.build();
    let mut found = Vec::new();
    for entry in entries.by_ref().take(FEW) {
        found.extend(look_at(&root.dir, &wanted, entry));
    }
    if entries.next().is_none() {
        return found;
    }
    // There is more than a few; then all of it is shared out.
    walk_in_parallel(&root.dir, &walk, &wanted)
}

fn walk_in_parallel(root: &Path, walk: &WalkBuilder, wanted: &Wanted) -> Vec<Found> {
    let all = Mutex::new(Vec::new());
    let mut walk = walk.clone();
    walk.threads(rayon::current_num_threads()).build_parallel().run(|| {
        let mut batch = Batch {
            found: Vec::new(),
            all: &all,
        };
        Box::new(move |entry| {
            batch.found.extend(look_at(root, wanted, entry));
            WalkState::Continue
        })
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn look_at(root: &Path, wanted: &Wanted, entry: Result<DirEntry, ignore::Error>) -> Option<Found> {
    match entry {
        Ok(entry) if wanted.takes(entry.path()) => classify(root, wanted, &entry),
        Ok(_) => None,
        Err(error) => unreadable(root, &error),
    }
}

/// What one thread found; handed over when the thread ends.
struct Batch<'m> {
    found: Vec<Found>,
    all: &'m Mutex<Vec<Found>>,
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        self.all
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .append(&mut self.found);
    }
}

/// A manifest by its name may still be a folder, a link or something that would never end.
fn classify(root: &Path, wanted: &Wanted, entry: &DirEntry) -> Option<Found> {
    let path = entry.path().to_owned();
    let kind = entry.file_type()?;
    if kind.is_file() {
        return Some(Found::manifest(root, path));
    }
    if kind.is_dir() {
        return None;
    }
    let unreadable = |why: &str| Some(Found::unreadable(root, &path, why));
    if !kind.is_symlink() {
        return unreadable("it is not a regular file");
    }
    match path.canonicalize() {
        Err(error) => unreadable(&format!("its link leads nowhere: {}", reason(&error))),
        Ok(target) if !target.starts_with(root) => unreadable("its link leads outside the estate's root"),
        // Read where it is.
        Ok(target) if target.is_dir() || wanted.takes(&target) => None,
        Ok(target) if target.is_file() => Some(Found::manifest(root, path)),
        Ok(_) => unreadable("it is not a regular file"),
    }
}

/// A folder that cannot be entered may hold manifests; a broken line in an ignore file holds none.
fn unreadable(root: &Path, error: &ignore::Error) -> Option<Found> {
    fn path_of(error: &ignore::Error) -> Option<PathBuf> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path.clone()),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
            _ => None,
        }
    }
    let io = error.io_error()?;
    let path = path_of(error).unwrap_or_else(|| root.to_owned());
    Some(Found::unreadable(root, &path, reason(io)))
}

fn shown(root: &Path, path: &Path) -> String {
    match relative(root, path) {
        Some(relative) if !relative.is_empty() => relative,
        _ => ".".to_owned(),
    }
}
