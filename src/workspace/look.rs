//! What becomes of each file that may be a manifest: the walk's word, git's, and where links lead.

use super::asks::Asks;
use super::files::{self, Files};
use super::git::{Absence, Kind};
use super::ignored::{Asked, Ignored, IgnoredBy, Rules};
use super::pattern::PatternFault;
use super::read::ReadError;
use super::sought::{Around, Kinds};
use super::walk::{Met, Walk, What};
use super::wanted::Wanted;
use super::{Index, Root, normalized};
use std::collections::HashSet;
use std::path::{Path, PathBuf, is_separator};
use std::sync::Arc;

/// A file or folder, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Looked {
    pub path: PathBuf,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A manifest that is read.
    Read,
    /// A manifest that is read though it is ignored, since git tracks it.
    Tracked(IgnoredBy),
    /// A manifest that is read through a link, since it is not read where it is.
    ReadThrough(PathBuf),
    /// A link to what is read where it is, or left out there.
    SeenAt(PathBuf),
    Unreadable(String),
    NotCheckedOut(Absence),
    /// `true` where git says, too, that it does not track it.
    Ignored(IgnoredBy, bool),
    IgnoredFolder(IgnoredBy, bool),
    /// By which pattern of `exclude`.
    Excluded(usize),
    ExcludedFolder(usize),
    /// A folder into which `include` cannot lead.
    Unreached,
    /// Another repository or work tree.
    Repository,
    /// A link to a folder outside the estate.
    LeadsOut(PathBuf),
    LookAlike,
    Config,
    /// An ignore file that is not read.
    IgnoreFile(String),
    /// Not a manifest, and looked into for identities, by the sources that it may be of.
    Source(Kinds),
}

/// All that was looked at.
pub struct Look {
    /// In order.
    pub looked: Vec<Looked>,
    pub(super) wanted: Wanted,
}

/// Looks at every file under the root.
pub fn look(root: &Root, asks: Asks<'_>) -> Result<Look, PatternFault> {
    let wanted = Wanted::new(root.base(), asks.include, asks.exclude)?;
    if let Files::Tree(tree) = &root.files {
        tree.begin();
    }
    let mut looked = {
        let mut settling = Settling {
            root: &root.dir,
            bounds: root.repository.as_deref().unwrap_or(&root.dir),
            index: &root.index,
            files: &root.files,
            walk: Walk::new(&wanted, &root.files, asks),
            looked: Vec::new(),
            links: Vec::new(),
            folders: Vec::new(),
        };
        let rules = Rules::around(root, &mut |path, why| {
            settling.looked.push(Looked {
                path,
                verdict: Verdict::IgnoreFile(why),
            });
        });
        // A tree may have no folder of that name; then the estate is empty.
        if !matches!(root.files, Files::Tree(_)) || root.is_there() {
            let met = settling
                .walk
                .under(&root.dir, rules, Some(Around::root()), || root.index.read());
            settling.settle(met);
        }
        settling.follow(root);
        settling.absences();
        settling.looked
    };
    sort(&mut looked);
    if let Files::Tree(_) = &root.files {
        // What git has not here is come by, and then looked for.
        looked.dedup();
    }
    Ok(Look { looked, wanted })
}

/// Puts them in order. A path is compared by its parts, which takes long to find: each is written out once such that its
/// bytes compare as its parts do.
fn sort(looked: &mut Vec<Looked>) {
    let parts = |path: &Path| -> Vec<u8> {
        let bytes = path.as_os_str().as_encoded_bytes().iter();
        let apart = |byte: &u8| if is_separator(char::from(*byte)) { 0 } else { *byte };
        bytes.map(apart).collect()
    };
    let mut by_parts: Vec<(Vec<u8>, Looked)> = looked.drain(..).map(|one| (parts(&one.path), one)).collect();
    by_parts.sort_unstable();
    looked.extend(by_parts.into_iter().map(|(_, one)| one));
}

struct Settling<'w> {
    root: &'w Path,
    /// The repository's root, or where there is none the estate's.
    bounds: &'w Path,
    index: &'w Index,
    files: &'w Files,
    walk: Walk<'w>,
    looked: Vec<Looked>,
    /// Links with the names of manifests.
    links: Vec<PathBuf>,
    /// Links to folders.
    folders: Vec<PathBuf>,
}

impl Settling<'_> {
    fn say(&mut self, path: PathBuf, verdict: Verdict) {
        self.looked.push(Looked { path, verdict });
    }

    /// What the walk left open: whether git tracks what is ignored, and whose the repositories are.
    fn settle(&mut self, met: Vec<Met>) {
        self.looked.reserve(met.len());
        for Met { path, what } in met {
            let verdict = match what {
                What::Manifest => Verdict::Read,
                What::LinkedManifest => {
                    self.links.push(path);
                    continue;
                }
                What::LinkedFolder => {
                    self.folders.push(path);
                    continue;
                }
                What::Unreadable(why) => Verdict::Unreadable(why),
                What::NotAtHand => match self.index.is_absent_by_choice(&path) {
                    Some(absence) => Verdict::NotCheckedOut(absence),
                    None => Verdict::Unreadable(ReadError::NotAtHand.to_string()),
                },
                What::IgnoredManifest(by) => match self.index.tracks(&path) {
                    Some(true) => {
                        self.tracked(path, by);
                        continue;
                    }
                    tracks => Verdict::Ignored(by, tracks.is_some()),
                },
                What::IgnoredFolder(by) => self.ignored_folder(&path, by),
                What::ExcludedManifest(by) => Verdict::Excluded(by),
                What::ExcludedFolder(by) => Verdict::ExcludedFolder(by),
                What::Unreached => Verdict::Unreached,
                What::Repository if self.index.is_submodule(&path) => {
                    self.walk_on(&path);
                    continue;
                }
                What::Repository => Verdict::Repository,
                What::LookAlike => Verdict::LookAlike,
                What::Config => Verdict::Config,
                What::IgnoreFile(why) => Verdict::IgnoreFile(why),
            };
            self.say(path, verdict);
        }
    }

    /// A submodule has rules of its own.
    fn walk_on(&mut self, folder: &Path) {
        let around = Some(Around::root());
        let met = self.walk.under(folder, Arc::new(Rules::default()), around, || {});
        self.settle(met);
    }

    /// Git reads what it tracks, whatever ignore files say.
    fn tracked(&mut self, path: PathBuf, by: IgnoredBy) {
        match self.files.kind(&path) {
            Ok(files::Kind::Link) => self.links.push(path),
            Ok(files::Kind::File) => self.say(path, Verdict::Tracked(by)),
            Ok(files::Kind::Folder) => {}
            Ok(files::Kind::Odd) => self.say(path, Verdict::Unreadable("it is not a regular file".into())),
            // Deleted, or not checked out.
            Err(ReadError::Io(std::io::ErrorKind::NotFound)) => {}
            Err(error) => self.say(path, Verdict::Unreadable(error.to_string())),
        }
    }

    fn ignored_folder(&mut self, path: &Path, by: IgnoredBy) -> Verdict {
        let holds = self.index.holds_under(path);
        if holds == Some(true) {
            if self.index.is_submodule(path) && self.files.is_there(&path.join(".git")) {
                self.walk_on(path);
            } else {
                let wanted = self.walk.wanted;
                let tracked = self.index.tracked_under(path, |name| wanted.may_take(name));
                for path in tracked.into_iter().filter(|path| wanted.takes(path)) {
                    self.tracked(path, by.clone());
                }
            }
        }
        Verdict::IgnoredFolder(by, holds.is_some())
    }

    /// Links, when all is known that is read without them.
    fn follow(&mut self, root: &Root) {
        if self.links.is_empty() && self.folders.is_empty() {
            return;
        }
        let mut seen = Seen {
            ignored: Ignored::new(root, Asked::All),
            files: HashSet::new(),
            folders: Vec::new(),
        };
        let read = self.looked.iter().filter(|looked| looked.verdict.is_read());
        seen.files.extend(read.map(|looked| looked.path.clone()));
        loop {
            self.links.sort_unstable();
            for link in std::mem::take(&mut self.links) {
                self.linked_manifest(link, &mut seen);
            }
            self.folders.sort_unstable_by(|a, b| b.cmp(a));
            match self.folders.pop() {
                Some(link) => self.linked_folder(link, &mut seen),
                None => return,
            }
        }
    }

    fn linked_manifest(&mut self, link: PathBuf, seen: &mut Seen) {
        let verdict = match self.files.canonicalize(&link) {
            Err(error) => match self.absent_target(&link) {
                Some(absence) => Verdict::NotCheckedOut(absence),
                None => Verdict::Unreadable(format!("its link leads nowhere: {error}")),
            },
            Ok(target) if !target.starts_with(self.root) => Verdict::Unreadable(OUTSIDE.into()),
            Ok(target) if self.files.is_dir(&target) => {
                self.folders.push(link);
                return;
            }
            Ok(target) if is_gits(self.root, &target) => Verdict::Unreadable(GITS.into()),
            Ok(target) if !self.files.is_file(&target) => Verdict::Unreadable("it is not a regular file".into()),
            Ok(target) => {
                if seen.files.insert(target.clone()) {
                    Verdict::ReadThrough(target)
                } else {
                    Verdict::SeenAt(target)
                }
            }
        };
        self.say(link, verdict);
    }

    /// Whether a link leads to something that is not checked out.
    fn absent_target(&self, link: &Path) -> Option<Absence> {
        // Of a tree, the link itself may not be here.
        if let Files::Tree(_) = self.files {
            return self.index.is_absent_by_choice(link);
        }
        let target = self.files.target(link)?;
        self.index
            .is_absent_by_choice(&normalized(&link.parent()?.join(target))?)
    }

    fn linked_folder(&mut self, link: PathBuf, seen: &mut Seen) {
        let verdict = match self.files.canonicalize(&link) {
            Err(error) => Verdict::Unreadable(error.to_string()),
            // What git tracks and leads out of the repository can be right on no other machine.
            Ok(target) if !target.starts_with(self.bounds) && self.index.tracks(&link) == Some(true) => {
                Verdict::Unreadable("its link leads out of the repository".into())
            }
            Ok(target) if !target.starts_with(self.root) || is_gits(self.root, &target) => Verdict::LeadsOut(target),
            Ok(target) => match self.way_to(&target, seen) {
                Way::Walked => Verdict::SeenAt(target),
                Way::Repository => Verdict::Repository,
                Way::Closed => {
                    let met = self.walk.under(&link, Arc::new(Rules::default()), None, || {});
                    seen.folders.push(target.clone());
                    let from = self.looked.len();
                    self.settle(met);
                    // What is read in another place already is not read again.
                    let through: Vec<Looked> = self.looked.drain(from..).collect();
                    for one in through {
                        match one.verdict {
                            Verdict::Read | Verdict::Tracked(_) => self.linked_manifest(one.path, seen),
                            _ => self.looked.push(one),
                        }
                    }
                    Verdict::SeenAt(target)
                }
            },
        };
        self.say(link, verdict);
    }

    /// Whether the walk came by a folder, or what kept it away.
    fn way_to(&self, target: &Path, seen: &Seen) -> Way {
        if seen.folders.iter().any(|folder| target.starts_with(folder)) {
            return Way::Walked;
        }
        let Ok(relative) = target.strip_prefix(self.root) else {
            return Way::Walked;
        };
        if self.walk.wanted.exclusion(target).is_some() {
            // Left out where it is.
            return Way::Walked;
        }
        let mut folder = self.root.to_owned();
        for part in relative.components() {
            folder.push(part);
            if self.files.is_there(&folder.join(".git")) && !self.index.is_submodule(&folder) {
                return Way::Repository;
            }
            if !self.walk.wanted.reaches(&folder) {
                return Way::Closed;
            }
        }
        match seen.ignored.by(target) {
            Some(_) => Way::Closed,
            None => Way::Walked,
        }
    }

    /// What git has and the checkout has not, as far as it may hold manifests.
    fn absences(&mut self) {
        let wanted = self.walk.wanted;
        let absences = self.index.absences_of(self.root, |name| wanted.may_take(name));
        for absence in absences {
            let may_matter = match absence.kind {
                Kind::SparseFile => wanted.takes(&absence.path),
                _ => wanted.reaches(&absence.path) && wanted.exclusion(&absence.path).is_none(),
            };
            if may_matter {
                self.say(absence.path.clone(), Verdict::NotCheckedOut(absence));
            }
        }
    }
}

const OUTSIDE: &str = "its link leads outside the estate's root";
const GITS: &str = "its link leads into git's own folder";

/// What is read or walked by its real path.
struct Seen {
    ignored: Ignored,
    files: HashSet<PathBuf>,
    /// Those that were walked through a link.
    folders: Vec<PathBuf>,
}

enum Way {
    /// The walk came by, or the config keeps it away.
    Walked,
    Repository,
    /// It was ignored, or is where `include` does not lead.
    Closed,
}

fn is_gits(root: &Path, path: &Path) -> bool {
    path.strip_prefix(root)
        .is_ok_and(|path| path.components().any(|part| part.as_os_str() == ".git"))
}

impl Verdict {
    /// Whether what is read depends on nothing but which files there are.
    pub const fn is_plain(&self) -> bool {
        !matches!(
            self,
            Self::ReadThrough(_)
                | Self::SeenAt(_)
                | Self::Unreadable(_)
                | Self::NotCheckedOut(_)
                | Self::Repository
                | Self::LeadsOut(_)
        )
    }

    pub const fn is_read(&self) -> bool {
        matches!(self, Self::Read | Self::Tracked(_) | Self::ReadThrough(_))
    }
}

#[cfg(test)]
mod tests {
    use super::{Looked, Verdict, sort};

    #[test]
    fn files_come_in_the_order_of_their_paths() {
        let names = [
            "b", "a b/c", "a.b/c", "a", "a/b/c", "a-b", "a/é", "a/b", "a0/b", "/a/b", "/a-b", "/", "a/b-c/d",
        ];
        let looked = names.iter().flat_map(|name| {
            [Verdict::Unreached, Verdict::Read].map(|verdict| Looked {
                path: name.into(),
                verdict,
            })
        });
        let mut looked: Vec<Looked> = looked.collect();
        let mut expected = looked.clone();
        expected.sort();
        sort(&mut looked);
        assert_eq!(looked, expected);
        assert!(!names.is_sorted());
    }
}
