//! What ignore files leave out: `.gitignore` as git reads it, and `.ignore`, which tools of this kind share.
//!
//! They count from the root of the repository down, where there is none from the estate's. Nothing above or outside of it
//! does, so that the same files give the same findings on any machine. What git tracks is read all the same: that the
//! index decides, and not this.

use super::Root;
use super::files::{Files, Kind};
use super::read::{ReadError, read_bounded};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub const GIT_IGNORE: &str = ".gitignore";
pub const IGNORE: &str = ".ignore";
/// No one writes so many patterns by hand.
const MAX_IGNORE_FILE: u64 = 1024 * 1024;

/// What left a path out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IgnoredBy {
    pub file: PathBuf,
    pub pattern: String,
}

impl IgnoredBy {
    /// The line on which the pattern stands; of several the last, which is the one that counts.
    pub fn line(&self) -> Option<usize> {
        let bytes = read_bounded(&self.file, MAX_IGNORE_FILE).ok()?;
        let lines = lines(&bytes).enumerate();
        let own = lines.filter(|(_, line)| line.is_some_and(|line| line.trim_end() == self.pattern.trim_end()));
        own.last().map(|(at, _)| at + 1)
    }
}

/// Which ignore files are in a folder.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stands {
    pub git_ignore: bool,
    pub ignore: bool,
}

/// The ignore files that count in a folder.
#[derive(Debug, Default)]
pub struct Rules {
    outer: Option<Arc<Rules>>,
    git: Option<Gitignore>,
    other: Option<Gitignore>,
}

impl Rules {
    /// Those that count in `folder`, in which `self` and some of its own do. An ignore file that is not read is told.
    pub fn enter(
        self: &Arc<Self>,
        files: &Files,
        folder: &Path,
        stands: Stands,
        tell: &mut dyn FnMut(PathBuf, String),
    ) -> Arc<Self> {
        if !stands.git_ignore && !stands.ignore {
            return Arc::clone(self);
        }
        let mut read = |stands: bool, name: &str| {
            let file = folder.join(name);
            let rules = stands.then(|| read_ignore_file(files, folder, &file))?;
            rules.map_err(|why| tell(file, why.to_string())).ok()?
        };
        let (git, other) = (read(stands.git_ignore, GIT_IGNORE), read(stands.ignore, IGNORE));
        Arc::new(Self {
            outer: Some(Arc::clone(self)),
            git,
            other,
        })
    }

    fn enter_alone(self: &Arc<Self>, files: &Files, folder: &Path, tell: &mut dyn FnMut(PathBuf, String)) -> Arc<Self> {
        let stands = |name| files.is_there(&folder.join(name));
        let stands = Stands {
            git_ignore: stands(GIT_IGNORE),
            ignore: stands(IGNORE),
        };
        self.enter(files, folder, stands, tell)
    }

    /// Those that count around the estate's root. An ignored folder that is named as the root is meant to be read.
    pub fn around(root: &Root, tell: &mut dyn FnMut(PathBuf, String)) -> Arc<Self> {
        let none = Arc::new(Self::default());
        let Some(top) = root.repository.as_deref().filter(|top| *top != root.dir) else {
            return none;
        };
        let Ok(way) = root.dir.strip_prefix(top) else {
            return none;
        };
        let mut folder = top.to_owned();
        let mut rules = none.enter_alone(&root.files, &folder, tell);
        for (at, part) in way.components().enumerate() {
            folder.push(part);
            if rules.ignored(&folder, true).is_some() {
                return none;
            }
            if at + 1 < way.components().count() {
                rules = rules.enter_alone(&root.files, &folder, tell);
            }
        }
        rules
    }

    /// What leaves `path` out, which is in the folder of these rules.
    pub fn ignored(&self, path: &Path, is_dir: bool) -> Option<IgnoredBy> {
        // As every tool that knows `.ignore` has it, that one has the last word.
        match self.decided(path, is_dir, |rules| rules.other.as_ref()) {
            Some(decided) => decided,
            None => self.ignored_by_git(path, is_dir),
        }
    }

    /// What leaves `path` out for git.
    pub fn ignored_by_git(&self, path: &Path, is_dir: bool) -> Option<IgnoredBy> {
        self.decided(path, is_dir, |rules| rules.git.as_ref()).flatten()
    }

    /// The deepest file that has an opinion decides.
    fn decided(
        &self,
        path: &Path,
        is_dir: bool,
        which: impl Fn(&Self) -> Option<&Gitignore>,
    ) -> Option<Option<IgnoredBy>> {
        let chain = std::iter::successors(Some(self), |rules| rules.outer.as_deref());
        chain
            .filter_map(which)
            .find_map(|file| match file.matched(path, is_dir) {
                Match::None => None,
                Match::Whitelist(_) => Some(None),
                Match::Ignore(glob) => Some(Some(IgnoredBy {
                    file: glob.from().unwrap_or(path).to_owned(),
                    pattern: glob.original().to_owned(),
                })),
            })
    }
}

/// Why an ignore file leaves nothing out.
enum IgnoreFileError {
    Link,
    Folder,
    Unreadable(ReadError),
    Patterns(ignore::Error),
}

impl From<ReadError> for IgnoreFileError {
    fn from(error: ReadError) -> Self {
        Self::Unreadable(error)
    }
}

impl fmt::Display for IgnoreFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link => f.write_str("it is a link, which git does not follow"),
            Self::Folder => f.write_str("it is a folder"),
            Self::Unreadable(error) => write!(f, "{error}"),
            Self::Patterns(error) => write!(f, "{error}"),
        }
    }
}

/// Git does not follow links here, and nothing is read that might never end.
fn read_ignore_file(files: &Files, folder: &Path, file: &Path) -> Result<Option<Gitignore>, IgnoreFileError> {
    match files.kind(file)? {
        Kind::Link => return Err(IgnoreFileError::Link),
        Kind::Folder => return Err(IgnoreFileError::Folder),
        Kind::File | Kind::Odd => {}
    }
    let bytes = files.read(file, MAX_IGNORE_FILE)?;
    let mut builder = GitignoreBuilder::new(folder);
    for line in lines(&bytes).flatten() {
        // A line that is not a pattern leaves nothing out.
        let _ = builder.add_line(Some(file.to_owned()), line);
    }
    let rules = builder.build().map_err(IgnoreFileError::Patterns)?;
    Ok((!rules.is_empty()).then_some(rules))
}

/// The lines of an ignore file; a name that is not UTF-8 is none that can be matched.
fn lines(bytes: &[u8]) -> impl Iterator<Item = Option<&str>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.split(|byte| *byte == b'\n').map(|line| {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        std::str::from_utf8(line).ok()
    })
}

/// Which ignore files are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Git,
    All,
}

/// Which paths of an estate its ignore files ignore.
#[derive(Debug)]
pub struct Ignored {
    root: PathBuf,
    files: Files,
    asked: Asked,
    around: Arc<Rules>,
    by_folder: Mutex<HashMap<PathBuf, Standing>>,
}

/// What counts in a folder, and what leaves it out as a whole.
#[derive(Debug, Clone)]
struct Standing {
    rules: Arc<Rules>,
    ignored: Option<IgnoredBy>,
}

impl Ignored {
    pub fn new(root: &Root, asked: Asked) -> Self {
        Self {
            root: root.dir.clone(),
            files: root.files.clone(),
            asked,
            around: Rules::around(root, &mut |_, _| {}),
            by_folder: Mutex::default(),
        }
    }

    /// What leaves `path` or a folder that it is in out. Whatever is outside the root is not left out.
    pub fn by(&self, path: &Path) -> Option<IgnoredBy> {
        if path == self.root || !path.starts_with(&self.root) {
            return None;
        }
        let standing = self.standing(path.parent()?);
        standing
            .ignored
            .or_else(|| self.ignored(&standing.rules, path, self.files.is_dir(path)))
    }

    fn ignored(&self, rules: &Rules, path: &Path, is_dir: bool) -> Option<IgnoredBy> {
        match self.asked {
            Asked::Git => rules.ignored_by_git(path, is_dir),
            Asked::All => rules.ignored(path, is_dir),
        }
    }

    fn standing(&self, folder: &Path) -> Standing {
        let known = |folder: &Path| {
            let known = self.by_folder.lock().unwrap_or_else(PoisonError::into_inner);
            known.get(folder).cloned()
        };
        if let Some(standing) = known(folder) {
            return standing;
        }
        let outer = match folder.parent() {
            Some(outer) if folder != self.root => self.standing(outer),
            _ => Standing {
                rules: Arc::clone(&self.around),
                ignored: None,
            },
        };
        let standing = self.enter(&outer, folder);
        let mut known = self.by_folder.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(folder.to_owned(), standing.clone());
        standing
    }

    fn enter(&self, outer: &Standing, folder: &Path) -> Standing {
        let is_root = folder == self.root;
        if !is_root && self.files.is_there(&folder.join(".git")) {
            // A repository of its own has rules of its own.
            return Standing {
                rules: Arc::new(Rules::default()).enter_alone(&self.files, folder, &mut |_, _| {}),
                ignored: None,
            };
        }
        let own = || self.ignored(&outer.rules, folder, true).filter(|_| !is_root);
        match outer.ignored.clone().or_else(own) {
            Some(by) => Standing {
                rules: Arc::clone(&outer.rules),
                ignored: Some(by),
            },
            None => Standing {
                rules: outer.rules.enter_alone(&self.files, folder, &mut |_, _| {}),
                ignored: None,
            },
        }
    }
}
