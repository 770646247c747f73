//! The walk: what is under a folder, and what its names and the ignore files say of it.

use super::asks::{Asks, Work};
use super::entries;
use super::files::{Files, Kind};
use super::ignored::{GIT_IGNORE, IGNORE, IgnoredBy, Rules, Stands};
use super::read::ReadError;
use super::sought::{Around, Kinds, Sought, SoughtFolder};
use super::wanted::{Named, Wanted};
use rayon::Scope;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Something that the walk came across and that is more than any file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Met {
    pub path: PathBuf,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Manifest,
    /// A link with the name of a manifest.
    LinkedManifest,
    LinkedFolder,
    Unreadable(String),
    /// A folder that git has elsewhere, and not here.
    NotAtHand,
    /// A manifest that ignore files leave out.
    IgnoredManifest(IgnoredBy),
    IgnoredFolder(IgnoredBy),
    /// By which pattern of `exclude`.
    ExcludedManifest(usize),
    ExcludedFolder(usize),
    /// A folder into which `include` cannot lead.
    Unreached,
    /// The root of another repository or work tree, or of a submodule.
    Repository,
    LookAlike,
    Config,
    /// An ignore file that is not read.
    IgnoreFile(String),
}

/// A walk of so few entries is over before several threads have found work for each other.
const SERIAL_WALK_MAX: usize = 500;

/// A folder that is still to be walked, and the rules around it.
struct Ahead {
    folder: PathBuf,
    rules: Arc<Rules>,
    /// Whether it is known to be none of another repository.
    is_own: bool,
    /// Whether `include` can lead to it.
    is_reached: bool,
    /// Where it stands, if sources are looked for in it.
    around: Option<Around>,
}

pub struct Walk<'w> {
    pub wanted: &'w Wanted,
    asks: Asks<'w>,
    files: &'w Files,
    met: Mutex<Vec<Met>>,
}

impl<'w> Walk<'w> {
    pub fn new(wanted: &'w Wanted, files: &'w Files, asks: Asks<'w>) -> Self {
        Self {
            files,
            wanted,
            asks,
            met: Mutex::default(),
        }
    }

    /// Walks a folder, in which `rules` and its own count. What takes longer than a moment is shared out, and
    /// `meanwhile` done beside it. Sources are looked for where it is not walked through a link.
    pub fn under(
        &self,
        folder: &Path,
        rules: Arc<Rules>,
        around: Option<Around>,
        meanwhile: impl FnOnce() + Send,
    ) -> Vec<Met> {
        let mut ahead = vec![Ahead {
            folder: folder.to_owned(),
            rules,
            is_own: true,
            is_reached: true,
            around: around.filter(|_| self.asks.sought.is_some()),
        }];
        let mut seen = 0;
        while seen <= SERIAL_WALK_MAX
            && let Some(next) = ahead.pop()
        {
            seen += self.folder(next, &mut |next| ahead.push(next));
        }
        if !ahead.is_empty() {
            self.asks.tell(Work::Much);
            rayon::scope(|scope| {
                scope.spawn(|_| meanwhile());
                ahead.into_iter().for_each(|next| self.spawn(scope, next));
            });
        }
        std::mem::take(&mut *self.met.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn spawn<'s>(&'s self, scope: &Scope<'s>, next: Ahead) {
        scope.spawn(move |scope| {
            self.folder(next, &mut |next| self.spawn(scope, next));
        });
    }

    /// Looks at a folder, and gives how much there was in it.
    fn folder(&self, at: Ahead, ahead: &mut dyn FnMut(Ahead)) -> usize {
        let mut met = Vec::new();
        let Ahead {
            folder,
            rules,
            is_own,
            is_reached,
            mut around,
        } = at;
        let mut listed = match Listed::of(&folder, self, around.as_ref(), &mut met) {
            Ok(listed) => listed,
            Err(error) => {
                self.add(vec![unreadable(folder, error)]);
                return 1;
            }
        };
        let count = listed.count;
        if listed.has_git && !is_own {
            met.clear();
            met.push(Met {
                path: folder,
                what: What::Repository,
            });
            self.add(met);
            return count;
        }
        let rules = rules.enter(self.files, &folder, listed.stands, &mut |path, why| {
            met.push(Met {
                path,
                what: What::IgnoreFile(why),
            });
        });
        if is_reached {
            for (name, kind) in listed.files.drain(..) {
                let path = folder.join(&name);
                met.extend(self.file(path, kind, &rules));
            }
        }
        if let (Some(sought), Some(around)) = (self.asks.sought, &mut around) {
            self.look_into(sought, &folder, listed.sources, around, &rules);
        }
        for name in listed.folders.drain(..) {
            let path = folder.join(&name);
            let around = around.as_ref().and_then(|around| {
                let sought = self.asks.sought?;
                let around = sought.enter(around, name.as_encoded_bytes())?;
                (!sought.excludes(&self.wanted.root, &path)).then_some(around)
            });
            let is_reached = is_reached && self.wanted.reaches(&path);
            let left_out = match rules.ignored(&path, true) {
                Some(by) => Some(What::IgnoredFolder(by)),
                None if !is_reached => Some(What::Unreached),
                None => self.wanted.exclusion(&path).map(What::ExcludedFolder),
            };
            match left_out {
                Some(What::Unreached) if around.is_some() && self.wanted.exclusion(&path).is_none() => {
                    if self.asks.tells_all {
                        met.push(Met {
                            path: path.clone(),
                            what: What::Unreached,
                        });
                    }
                    ahead(Ahead {
                        folder: path,
                        rules: Arc::clone(&rules),
                        is_own: false,
                        is_reached,
                        around,
                    });
                }
                None => ahead(Ahead {
                    folder: path,
                    rules: Arc::clone(&rules),
                    is_own: false,
                    is_reached,
                    around,
                }),
                // Where `include` does not lead and `exclude` does, there is nothing to look for.
                Some(what) => {
                    if matches!(what, What::ExcludedFolder(_)) {
                        self.wanted.count_excluded();
                    }
                    let is_ignored = matches!(what, What::IgnoredFolder(_));
                    let matters = is_ignored && self.wanted.reaches(&path) && self.wanted.exclusion(&path).is_none();
                    if matters || self.asks.tells_all {
                        met.push(Met { path, what });
                    }
                }
            }
        }
        self.add(met);
        count
    }

    /// Hands on what may be sources in a folder, as far as nothing leaves it out.
    fn look_into(
        &self,
        sought: &Sought<'_>,
        folder: &Path,
        mut files: Vec<(OsString, Kinds)>,
        around: &mut Around,
        rules: &Rules,
    ) {
        files.retain(|(name, _)| {
            let path = folder.join(name);
            rules.ignored(&path, false).is_none()
                && self.wanted.exclusion(&path).is_none()
                && !sought.excludes(&self.wanted.root, &path)
        });
        if files.is_empty() {
            return;
        }
        files.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        around.inherited = sought.visit.visit(SoughtFolder {
            path: folder,
            files,
            inherited: around.inherited.take(),
        });
    }

    /// A file whose name says something, or a link that may lead to a folder.
    fn file(&self, path: PathBuf, (kind, named): (Kind, Named), rules: &Rules) -> Option<Met> {
        let what = match (named, kind) {
            (Named::Excluded(by), _) => {
                self.wanted.count_excluded();
                self.asks.tells_all.then_some(What::ExcludedManifest(by))?
            }
            (Named::Manifest, Kind::Link) => What::LinkedManifest,
            (Named::Manifest, Kind::File) => What::Manifest,
            (Named::Manifest, Kind::Odd) => What::Unreadable("it is not a regular file".into()),
            (Named::Config, _) => What::Config,
            (Named::LookAlike, Kind::File) => What::LookAlike,
            (_, Kind::Link) => match self.files.kind_behind(&path) {
                Ok(Kind::Folder) => What::LinkedFolder,
                // Of a tree, where it leads may be unknown.
                Err(ReadError::NotAtHand) => What::NotAtHand,
                _ => return None,
            },
            _ => return None,
        };
        let is_manifest = named == Named::Manifest;
        if !is_manifest && !self.asks.tells_all {
            // What is left out on purpose is not reported.
            let is_excluded = || self.wanted.exclusion(&path).is_some();
            let may_be_folder = matches!(what, What::LinkedFolder | What::NotAtHand);
            let is_unreached = || may_be_folder && !self.wanted.reaches(&path);
            if is_unreached() || is_excluded() {
                return None;
            }
        }
        let what = match rules.ignored(&path, false) {
            None => what,
            Some(by) if is_manifest => What::IgnoredManifest(by),
            Some(_) => return None,
        };
        Some(Met { path, what })
    }

    fn add(&self, mut met: Vec<Met>) {
        if !met.is_empty() {
            self.met.lock().unwrap_or_else(PoisonError::into_inner).append(&mut met);
        }
    }
}

/// What matters of a folder's entries.
#[derive(Default)]
struct Listed {
    folders: Vec<OsString>,
    files: Vec<(OsString, (Kind, Named))>,
    sources: Vec<(OsString, Kinds)>,
    stands: Stands,
    has_git: bool,
    count: usize,
}

impl Listed {
    fn of(folder: &Path, walk: &Walk<'_>, around: Option<&Around>, met: &mut Vec<Met>) -> Result<Self, ReadError> {
        let mut listed = Self::default();
        match walk.files {
            Files::Disk => {
                entries::for_each(folder, |entry| {
                    listed.count += 1;
                    match entry {
                        Ok((name, kind)) => listed.add(folder, walk, around, name, kind),
                        Err(error) => met.push(unreadable(folder.to_owned(), error.into())),
                    }
                })?;
            }
            Files::Tree(tree) => {
                let names = tree.names(folder)?;
                listed.has_git = names.is_top;
                for (name, kind) in names.named() {
                    listed.count += 1;
                    listed.add(folder, walk, around, &name, kind);
                }
            }
        }
        Ok(listed)
    }

    fn add(&mut self, folder: &Path, walk: &Walk<'_>, around: Option<&Around>, name: &OsStr, kind: Kind) {
        match name.as_encoded_bytes() {
            // An empty one counts as a repository's, too.
            b".git" => self.has_git = true,
            _ if kind == Kind::Folder => self.folders.push(name.to_owned()),
            bytes => {
                self.stands.git_ignore |= bytes == GIT_IGNORE.as_bytes();
                self.stands.ignore |= bytes == IGNORE.as_bytes();
                if let (Some(sought), Some(around)) = (walk.asks.sought, around)
                    && kind == Kind::File
                {
                    let kinds = sought.kinds(around, bytes);
                    if !kinds.is_empty() {
                        self.sources.push((name.to_owned(), kinds));
                    }
                }
                let named = walk.wanted.named(folder, bytes);
                if named != Named::Other || kind == Kind::Link {
                    self.files.push((name.to_owned(), (kind, named)));
                }
            }
        }
    }
}

fn unreadable(path: PathBuf, why: ReadError) -> Met {
    let what = match why {
        ReadError::NotAtHand => What::NotAtHand,
        why => What::Unreadable(why.to_string()),
    };
    Met { path, what }
}
