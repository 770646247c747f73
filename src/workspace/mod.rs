//! What to read: the estate's root, its manifests, and the files that evidence names.

mod evidence;
pub mod git;
mod ignored;
pub mod pattern;
mod reach;
mod read;
mod root;
mod walk;

pub use evidence::{Digests, File as EvidenceFile, PlaceFault, Repository, digests, is_digest_with_crlf};
pub use git::Index;
pub use read::read_bytes;
pub use root::{Root, RootError, find as find_root};
pub use walk::{DEFAULT_INCLUDE, WalkError, glob_set, read_manifests};

use std::path::{Component, Path, PathBuf};

/// `path` relative to `root`, with `/` between its parts; `None` when it does not lie under it.
pub fn relative(root: &Path, path: &Path) -> Option<String> {
    let rest = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = rest
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    Some(parts.join("/"))
}

/// A path as messages name it: from the root, also when it lies elsewhere in the repository; else whole.
pub fn shown_from(root: &Root, path: &Path) -> String {
    if let Some(inside) = relative(&root.dir, path) {
        return inside;
    }
    let repository = root.repository.as_deref();
    for (up, folder) in (0_usize..).zip(root.dir.ancestors()) {
        if let Some(rest) = relative(folder, path) {
            return "../".repeat(up) + &rest;
        }
        if Some(folder) == repository {
            break;
        }
    }
    path.to_string_lossy().into_owned()
}

/// `path` without `.` and `..`, by its text alone; `None` when it climbs above its start.
pub fn normalized(path: &Path) -> Option<PathBuf> {
    let mut out = PathBuf::new();
    let mut depth = 0_usize;
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                depth = depth.checked_sub(1)?;
                out.pop();
            }
            Component::Normal(name) => {
                depth += 1;
                out.push(name);
            }
            root => out.push(root.as_os_str()),
        }
    }
    Some(out)
}
