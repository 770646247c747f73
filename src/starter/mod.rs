//! What is written for a team: the first manifest and config of a repository, entries for what is seen in it, and those
//! of a control matrix.

mod adopt;
mod answers;
mod codeowners;
mod facts;
mod id;
pub mod import;
mod packages;
mod text;

pub use adopt::{ADOPTED, Added, Addition, Draft, OWN_MANIFEST, Owners, Tables, Target, Targets, drafts, plan};
pub use answers::{Answers, BOOKS, Choice, Offering, PROMISES};
pub use facts::{Declared, Entries, Facts, Owner, Place, Seen, look};
pub use text::{config, manifest};

use crate::workspace;
use std::path::Path;

/// A regular file's text; a link is not followed. What is not there, or cannot be read, says nothing.
fn read(path: &Path) -> Option<String> {
    path.symlink_metadata().ok().filter(std::fs::Metadata::is_file)?;
    let bytes = workspace::read_bytes(path).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The names in a folder, sorted, with whether each is a folder itself. Links and names that are not text are left out.
fn entries(folder: &Path) -> Vec<(String, bool)> {
    let is_folder = folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
    let Some(found) = is_folder.then(|| std::fs::read_dir(folder).ok()).flatten() else {
        return Vec::new();
    };
    let mut entries: Vec<(String, bool)> = found
        .flatten()
        .filter_map(|entry| {
            let kind = entry.file_type().ok().filter(|kind| !kind.is_symlink())?;
            Some((entry.file_name().into_string().ok()?, kind.is_dir()))
        })
        .collect();
    entries.sort();
    entries
}
