//! What to read: the estate's root, its manifests, and the files that evidence names.

mod asks;
mod entries;
mod evidence;
mod files;
pub mod git;
mod ignored;
mod look;
mod manifests;
pub mod pattern;
mod reach;
mod read;
mod remembered;
mod root;
mod sought;
mod walk;
mod wanted;

pub use asks::{Asks, Work};
pub use evidence::{Digests, File as EvidenceFile, PlaceFault, Repository};
pub use files::{Base, Files};
pub use git::{Change, Commit, CommitStanding, Cut, History, Index, Past, Revision, RevisionError, Step};
pub use ignored::{Asked, Ignored, IgnoredBy};
pub use look::{Looked, Verdict, look};
pub use manifests::{Differing, Manifests, PassedOver, changed_manifests, read_manifests};
pub use pattern::{Pattern, PatternFault, Patterns};
pub use read::{MAX_MANIFEST, ReadError, read_bounded, read_bytes};
pub use root::{FILE_NAMES, Root, RootError, find as find_root};
pub use sought::{Around, Kinds, Sought, SoughtFolder, Visit};
pub use wanted::{DEFAULT_INCLUDE, names_manifest};

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// `path` relative to `root`, with `/` between its parts; `None` when it does not lie under it. Bytes that are not text
/// are written out, so that no two names look the same.
pub fn relative(root: &Path, path: &Path) -> Option<String> {
    if let Some(plain) = plainly_below(root, path) {
        return Some(plain.to_owned());
    }
    let rest = path.strip_prefix(root).ok()?;
    let mut relative = String::with_capacity(rest.as_os_str().len());
    for part in rest.components() {
        if !relative.is_empty() {
            relative.push('/');
        }
        push_text(&mut relative, part.as_os_str());
    }
    Some(relative)
}

/// What a path has after that of a folder and `/`, if it is the folder's byte for byte and the rest is written as names are.
fn plainly_below<'p>(folder: &Path, path: &'p Path) -> Option<&'p str> {
    if std::path::MAIN_SEPARATOR != '/' {
        return None;
    }
    let path = path.as_os_str().as_encoded_bytes();
    let rest = path.strip_prefix(folder.as_os_str().as_encoded_bytes())?;
    let rest = rest.strip_prefix(b"/")?;
    let is_name = |part: &[u8]| !matches!(part, b"" | b"." | b"..");
    rest.split(|byte| *byte == b'/').all(is_name).then_some(())?;
    std::str::from_utf8(rest).ok()
}

fn push_text(text: &mut String, name: &OsStr) {
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
}

/// A path under the root as messages name it; the root itself is `.`.
pub fn shown(root: &Path, path: &Path) -> String {
    match relative(root, path) {
        Some(relative) if !relative.is_empty() => relative,
        _ => ".".to_owned(),
    }
}

/// A path as messages name it: from the root, also when it is elsewhere in the repository; else whole.
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

/// The root as people name it: from the repository's. Where there is none it has no name that is the same everywhere.
pub fn shown_root(root: &Root) -> String {
    shown(root.repository.as_deref().unwrap_or(&root.dir), &root.dir)
}

/// Whether a link lies on the way from `top` to `path`, or at its end.
pub fn path_is_link(top: &Path, path: &Path) -> bool {
    let is_link = |path: &Path| path.symlink_metadata().is_ok_and(|there| there.is_symlink());
    path.ancestors().take_while(|part| *part != top).any(is_link)
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

#[cfg(test)]
mod tests {
    use super::relative;
    use std::path::Path;

    #[test]
    fn a_path_is_relative_by_its_parts_however_it_is_written() {
        for (root, path, expected) in [
            ("/a", "/a/b/c.toml", Some("b/c.toml")),
            ("/a", "/a/\u{e9}", Some("\u{e9}")),
            ("/a/", "/a//b/./c/", Some("b/c")),
            ("/a", "/a/b//c", Some("b/c")),
            ("/a", "/a/b/.", Some("b")),
            ("/a", "/a/b/../c", Some("b/../c")),
            ("/a", "/a/.b/..c", Some(".b/..c")),
            ("/", "/a/b", Some("a/b")),
            ("/a", "/a", Some("")),
            ("/a", "/a/", Some("")),
            ("/a", "/ab/c", None),
            ("/a/b", "/a", None),
        ] {
            let relative = relative(Path::new(root), Path::new(path));
            assert_eq!(relative.as_deref(), expected, "{root} {path}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn bytes_that_are_not_text_are_written_out() {
        use std::os::unix::ffi::OsStrExt;
        let path = std::ffi::OsStr::from_bytes(b"/a/b\xff/c");
        assert_eq!(relative(Path::new("/a"), Path::new(path)).as_deref(), Some("b\\xff/c"));
    }
}
