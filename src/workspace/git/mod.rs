//! What git says about files: which it tracks, and which it has and the checkout has not.
//!
//! The index is read for names and three flags alone, by a bounded reader of our own, at every run; what the commit has,
//! only when someone asks, through a library.

mod bases;
mod bitmap;
mod changes;
mod commit;
mod format;
mod history;
mod index;
mod objects;
mod revision;
mod revision_error;
mod snapshot;
mod submodule;
#[cfg(test)]
mod tests;
mod tracked;
mod way;

pub use changes::Change;
pub use commit::{Commit, Standing as CommitStanding};
pub use format::IndexError;
pub use history::{Cut, History, Past, Step};
pub use index::{Absence, Index, Kind};
pub use objects::MAX_OBJECT;
pub use revision::Revision;
pub use revision_error::RevisionError;
pub use snapshot::{Names, Snapshot, Stands};

use super::read::read_bounded;
use std::path::{Path, PathBuf};

/// Where git keeps what it knows of a work tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Git {
    pub dir: PathBuf,
    pub index: PathBuf,
}

/// No path is longer.
const MAX_GIT_FILE: u64 = 64 * 1024;

impl Git {
    /// That of the work tree whose root is `top`. `.git` is a folder, or a file that names one.
    pub fn of(top: &Path) -> Option<Self> {
        let path = top.join(".git");
        let dir = if path.is_dir() {
            path
        } else {
            let text = read_bounded(&path, MAX_GIT_FILE).ok()?;
            let named = text.strip_prefix(b"gitdir:")?.trim_ascii();
            top.join(path_of(named)).canonicalize().ok()?
        };
        Some(Self {
            index: dir.join("index"),
            dir,
        })
    }
}

/// The path that git writes as `name`.
fn path_of(name: &[u8]) -> PathBuf {
    #[cfg(unix)]
    return PathBuf::from(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(name));
    #[cfg(not(unix))]
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

/// How git writes `path`, counted from `top`.
fn name_of(top: &Path, path: &Path) -> Option<Vec<u8>> {
    let relative = path.strip_prefix(top).ok()?.as_os_str();
    #[cfg(unix)]
    return Some(relative.as_encoded_bytes().to_vec());
    #[cfg(not(unix))]
    Some(relative.to_string_lossy().replace('\\', "/").into_bytes())
}
