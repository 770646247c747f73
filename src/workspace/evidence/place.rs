//! From the text of a place to what it names.

use super::names::Standing;
use super::{Fault, File, PlaceFault, Repository, slashed};
use crate::workspace::pattern::{self, is_special};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a note to the reader may begin is looked for so often.
const MAX_NOTES: usize = 4;

/// What a place names.
enum Meant {
    /// A path from the root.
    Path(PathBuf),
    Glob(PathBuf),
    Fault(PlaceFault),
}

impl Repository {
    /// What is wrong with `place`, as it is written in `manifest` (a path from the root).
    pub fn fault(&self, manifest: &str, place: &str) -> Option<Fault> {
        match self.meant(manifest, place) {
            Meant::Path(path) => self.path(&path).fault,
            Meant::Glob(pattern) => self.glob(&slashed(&pattern)),
            Meant::Fault(fault) => Some(fault.into()),
        }
    }

    /// The one file that a place names, when it is there and nothing is wrong with it. `None` for a folder and for a
    /// glob.
    pub fn file(&self, manifest: &str, place: &str) -> Option<Arc<File>> {
        match self.meant(manifest, place) {
            Meant::Path(path) => self.path(&path).file,
            Meant::Glob(_) | Meant::Fault(_) => None,
        }
    }

    /// The path from the root that a place means, without the note to the reader behind `#`; `None` when it leads
    /// outside.
    pub fn path_of(&self, manifest: &str, place: &str) -> Option<PathBuf> {
        match self.meant(manifest, place) {
            Meant::Path(path) | Meant::Glob(path) => Some(path),
            Meant::Fault(_) => from_root(manifest, without_note(place)),
        }
    }

    fn meant(&self, manifest: &str, place: &str) -> Meant {
        let own = Path::new(manifest).parent().unwrap_or(Path::new(""));
        let is_everything = |path: &Path| path.as_os_str().is_empty() || path == own;
        // A file may well be called `a[1].md` or `c#.md`; only what does not exist by that name is read otherwise.
        for named in readings(place) {
            if let Some(path) = from_root(manifest, named)
                && self.stands(named, &path)
            {
                return if is_everything(&path) {
                    Meant::Fault(PlaceFault::Everything)
                } else {
                    Meant::Path(path)
                };
            }
        }
        let named = without_note(place);
        let Some(path) = from_root(manifest, named) else {
            return Meant::Fault(PlaceFault::OutsideRoot);
        };
        if is_everything(&path) || is_any_file_of(Path::new(""), &path) || is_any_file_of(own, &path) {
            return Meant::Fault(PlaceFault::Everything);
        }
        // Git may have by that very name what is not checked out.
        if is_special(named) || named != place {
            let paths = readings(place).filter_map(|named| from_root(manifest, named));
            let mut absent = paths.filter(|path| self.index.is_absent_by_choice(&self.root.join(path)).is_some());
            if let Some(absent) = absent.next() {
                return Meant::Path(absent);
            }
        }
        if is_special(named) {
            return match self.pattern(&slashed(&path)) {
                Ok(_) => Meant::Glob(path),
                Err(fault) => {
                    // As it is written, not as it counts.
                    let fault = pattern::check(named).err().unwrap_or(fault);
                    Meant::Fault(PlaceFault::NoGlob(fault.message(), fault.help()))
                }
            };
        }
        if named.contains('\\') {
            let right = named.replace('\\', "/");
            let near = from_root(manifest, &right).and_then(|path| self.names.near(&path));
            return Meant::Fault(match near {
                Some(near) => PlaceFault::Near(slashed(&near)),
                None => PlaceFault::Backslash(right),
            });
        }
        Meant::Path(path)
    }

    fn stands(&self, named: &str, path: &Path) -> bool {
        // Windows reads more into these than a name.
        let is_plain = !(cfg!(windows) && named.contains(['\\', ':']));
        is_plain && self.names.standing(path) != Standing::Missing
    }
}

/// A place as it is, and without a note to the reader, as far as there may be one.
fn readings(place: &str) -> impl Iterator<Item = &str> {
    let notes = place.match_indices('#').take(MAX_NOTES);
    std::iter::once(place).chain(notes.map(|(at, _)| &place[..at]))
}

fn without_note(place: &str) -> &str {
    place.split('#').next().unwrap_or(place)
}

/// Whether a pattern takes whatever is in a folder.
fn is_any_file_of(folder: &Path, pattern: &Path) -> bool {
    let Ok(rest) = pattern.strip_prefix(folder) else {
        return false;
    };
    let is_any = |part: &std::ffi::OsStr| part.as_encoded_bytes().iter().all(|byte| *byte == b'*');
    rest.iter().next().is_some() && rest.iter().all(is_any)
}

/// The path from the root of a place as it is written in `manifest`; `None` when it leads outside.
pub fn from_root(manifest: &str, place: &str) -> Option<PathBuf> {
    let mut parts: Vec<&str> = match (place.starts_with('/'), manifest.rsplit_once('/')) {
        (false, Some((folder, _))) => folder.split('/').collect(),
        _ => Vec::new(),
    };
    for part in place.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_the_manifest_or_from_the_root() {
        for (place, path) in [
            ("./x.md", Some("a/b/x.md")),
            ("../x.md", Some("a/x.md")),
            ("/x.md", Some("x.md")),
            ("//x.md", Some("x.md")),
            (".//./x//y.md", Some("a/b/x/y.md")),
            ("./x/../y", Some("a/b/y")),
            ("/", Some("")),
            ("/./", Some("")),
            ("//", Some("")),
            ("/x/..", Some("")),
            ("./", Some("a/b")),
            ("../../", Some("")),
            ("../../../x", None),
            ("/..", None),
            ("./x/../../../../y", None),
        ] {
            assert_eq!(from_root("a/b/scope.toml", place), path.map(PathBuf::from), "{place}");
        }
        assert_eq!(from_root("scope.toml", "./x"), Some(PathBuf::from("x")));
        assert_eq!(from_root("scope.toml", "../x"), None);
    }
}
