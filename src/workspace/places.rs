//! Places in the repository that evidence names.

use super::ignored::{Asked, Ignored};
use super::{Root, normalized};
use globset::GlobBuilder;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// What is wrong with a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceFault {
    Missing,
    /// Nothing but white space.
    Blank,
    /// A folder without any file that is not empty.
    EmptyFolder,
    /// A glob that matches no file.
    NoMatch,
    NotAGlob,
    GitIgnored,
    /// The manifest names itself.
    IsManifest,
    OutsideRoot,
    Unreadable(String),
}

/// The files of the repository, as far as evidence names them.
pub struct Repository {
    root: PathBuf,
    ignore: Ignored,
}

/// How deep and how far a folder is searched for a file that is not empty.
const MOST_ENTRIES: usize = 10_000;

impl Repository {
    pub fn new(root: &Root) -> Self {
        Self {
            root: root.dir.clone(),
            ignore: Ignored::new(root, Asked::Git),
        }
    }

    /// Judges `place` as it is written in `manifest` (a path from the root). `None` when there is nothing wrong
    /// with it; for a glob, also the path of the first file that is at fault.
    pub fn fault(&self, manifest: &str, place: &str) -> Option<(PlaceFault, Option<String>)> {
        let Some(relative) = from_root(manifest, place) else {
            return Some((PlaceFault::OutsideRoot, None));
        };
        // A file may well be called `a[1].md`; only what does not exist by that name is read as a glob.
        let exact = self.root.join(&relative);
        if place.contains(['*', '?', '[', '{']) && exact.symlink_metadata().is_err() {
            return self.glob_fault(manifest, &relative);
        }
        self.path_fault(manifest, &exact).map(|fault| (fault, None))
    }

    /// The one file that a place names, when there is nothing wrong with it. `None` for a folder and for a glob.
    pub fn file(&self, manifest: &str, place: &str) -> Option<PathBuf> {
        let exact = self.root.join(from_root(manifest, place)?);
        if self.path_fault(manifest, &exact).is_some() {
            return None;
        }
        exact.canonicalize().ok().filter(|path| path.is_file())
    }

    fn path_fault(&self, manifest: &str, path: &Path) -> Option<PlaceFault> {
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Some(PlaceFault::Missing);
            }
            Err(error) => return Some(PlaceFault::Unreadable(super::read::reason(&error))),
        };
        if !real.starts_with(&self.root) {
            return Some(PlaceFault::OutsideRoot);
        }
        if real == self.root.join(manifest) {
            return Some(PlaceFault::IsManifest);
        }
        // Nobody gets git's own files with the repository.
        if real.components().any(|part| part.as_os_str() == ".git") || self.ignore.by(path).is_some() {
            return Some(PlaceFault::GitIgnored);
        }
        let Ok(metadata) = real.metadata() else {
            return Some(PlaceFault::Missing);
        };
        if metadata.is_dir() {
            let holds_something = self.any_file(&real, &self.root.join(manifest), &mut MOST_ENTRIES.clone());
            return (!holds_something).then_some(PlaceFault::EmptyFolder);
        }
        if !metadata.is_file() {
            return Some(PlaceFault::Unreadable("it is not a regular file".into()));
        }
        match is_blank(&real) {
            Ok(blank) => blank.then_some(PlaceFault::Blank),
            Err(error) => Some(PlaceFault::Unreadable(super::read::reason(&error))),
        }
    }

    /// Whether there is a file that is not empty, is not `but`, and that git does not leave out, anywhere in a folder.
    fn any_file(&self, folder: &Path, but: &Path, budget: &mut usize) -> bool {
        let mut entries = sorted_entries(folder);
        entries.retain(|path| !path.ends_with(".git"));
        for path in entries {
            if *budget == 0 {
                // So many files are not nothing.
                return true;
            }
            *budget -= 1;
            let Ok(metadata) = path.symlink_metadata() else {
                continue;
            };
            if metadata.is_file() && metadata.len() > 0 && path != but && self.ignore.by(&path).is_none() {
                return true;
            }
            if metadata.is_dir() && self.any_file(&path, but, budget) {
                return true;
            }
        }
        false
    }

    fn glob_fault(&self, manifest: &str, relative: &Path) -> Option<(PlaceFault, Option<String>)> {
        let pattern = relative.to_string_lossy().replace('\\', "/");
        let Ok(glob) = GlobBuilder::new(&pattern).literal_separator(true).build() else {
            return Some((PlaceFault::NotAGlob, None));
        };
        let matcher = glob.compile_matcher();
        // Only the folder before the first special character is searched.
        let fixed: PathBuf = relative
            .components()
            .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
            .collect();
        let Ok(start) = self.root.join(&fixed).canonicalize() else {
            return Some((PlaceFault::NoMatch, None));
        };
        if !start.starts_with(&self.root) {
            return Some((PlaceFault::OutsideRoot, None));
        }
        let mut matched = Vec::new();
        let mut budget = MOST_ENTRIES;
        self.collect(&start, &mut budget, &mut |path| {
            if super::relative(&self.root, path).is_some_and(|name| matcher.is_match(name)) {
                matched.push(path.to_owned());
            }
        });
        if matched.is_empty() {
            // With more files than are looked at, nobody can say that none matches.
            return (budget > 0).then_some((PlaceFault::NoMatch, None));
        }
        matched.iter().find_map(|path| {
            let fault = self.path_fault(manifest, path)?;
            Some((fault, super::relative(&self.root, path)))
        })
    }

    fn collect(&self, folder: &Path, budget: &mut usize, take: &mut dyn FnMut(&Path)) {
        for path in sorted_entries(folder) {
            if *budget == 0 {
                return;
            }
            *budget -= 1;
            match path.symlink_metadata() {
                Ok(metadata) if metadata.is_dir() => {
                    if !path.ends_with(".git") {
                        self.collect(&path, budget, take);
                    }
                }
                Ok(_) => take(&path),
                Err(_) => {}
            }
        }
    }
}

/// The path from the root of a place as it is written in `manifest`; `None` when it leads outside.
pub fn from_root(manifest: &str, place: &str) -> Option<PathBuf> {
    let path = match place.strip_prefix('/') {
        Some(from_root) => PathBuf::from(from_root),
        None => Path::new(manifest).parent().unwrap_or(Path::new("")).join(place),
    };
    normalized(&path).filter(|path| path.is_relative())
}

fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Whether a file holds nothing but white space. A byte order mark is nothing either.
fn is_blank(path: &Path) -> std::io::Result<bool> {
    let mut reader = BufReader::new(std::fs::File::open(path)?);
    let mut first = true;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(true);
        }
        let mark: &[u8] = b"\xef\xbb\xbf";
        let text = if first {
            buffer.strip_prefix(mark).unwrap_or(buffer)
        } else {
            buffer
        };
        if !text.iter().all(u8::is_ascii_whitespace) {
            return Ok(false);
        }
        first = false;
        let read = buffer.len();
        reader.consume(read);
    }
}
