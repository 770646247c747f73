//! Where an estate begins.

use super::files::{Base, Files, Kind};
use super::git::{Git, Index};
use super::read::ReadError;
use std::env::var_os;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

/// The names that a config file may have, in the order of preference.
pub const FILE_NAMES: [&str; 2] = ["soclint.toml", ".soclint.toml"];

/// An estate's root and its config file.
#[derive(Debug, Clone)]
pub struct Root {
    /// Absolute, links resolved.
    pub dir: PathBuf,
    pub config: Option<PathBuf>,
    /// The root of the git repository that it is in, if it is in one.
    pub repository: Option<PathBuf>,
    /// What git says of that repository.
    pub index: Index,
    /// Where its files are.
    pub files: Files,
}

impl Root {
    /// The root of an estate that is nowhere on the disk.
    pub fn nowhere() -> Self {
        Self {
            dir: PathBuf::from("/nonexistent"),
            config: None,
            repository: None,
            index: Index::default(),
            files: Files::Disk,
        }
    }

    /// Whether its folder is there; a tree of git may have none of that name, and then the estate is empty.
    pub fn is_there(&self) -> bool {
        self.files.is_dir(&self.dir)
    }

    /// The root, as that from which paths count.
    pub fn base(&self) -> Base<'_> {
        Base {
            dir: &self.dir,
            files: &self.files,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RootError {
    /// The folder or file that was named cannot be read.
    Unreadable {
        path: PathBuf,
        why: ReadError,
    },
    NotAFolder {
        path: PathBuf,
    },
    /// A config of the repository is a link to something outside.
    LinkOut {
        config: PathBuf,
    },
    /// Both spellings of the config file are in one folder.
    TwoConfigs {
        dir: PathBuf,
    },
}

impl fmt::Display for RootError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, why } => write!(f, "{}: {why}", path.display()),
            Self::NotAFolder { path } => write!(f, "{}: not a folder", path.display()),
            Self::LinkOut { config } => write!(
                f,
                "{}: this config is a link out of the repository; copy what it leads to, or name that with --config",
                config.display()
            ),
            Self::TwoConfigs { dir } => write!(
                f,
                "{} holds both {} and {}; keep one of them",
                dir.display(),
                FILE_NAMES[0],
                FILE_NAMES[1]
            ),
        }
    }
}

impl std::error::Error for RootError {}

impl RootError {
    /// The same, with paths that count from a folder.
    #[must_use]
    pub fn counted_from(self, top: &Path) -> Self {
        let inside = |path: PathBuf| PathBuf::from(super::shown(top, &path));
        match self {
            Self::Unreadable { path, why } => Self::Unreadable {
                path: inside(path),
                why,
            },
            Self::NotAFolder { path } => Self::NotAFolder { path: inside(path) },
            Self::LinkOut { config } => Self::LinkOut { config: inside(config) },
            Self::TwoConfigs { dir } => Self::TwoConfigs { dir: inside(dir) },
        }
    }

    /// What it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Unreadable { path, .. } | Self::NotAFolder { path } => path,
            Self::LinkOut { config } => config,
            Self::TwoConfigs { dir } => dir,
        }
    }
}

/// Finds the root: as told, else the folder of the config found by walking up from `working`, else the root of
/// the git repository, else the first path that was named, else `working`.
pub fn find(working: &Path, root: Option<&Path>, config: Option<&Path>, paths: &[PathBuf]) -> Result<Root, RootError> {
    let working = canonical(working)?;
    let named = config.map(|path| named_config(&working, path)).transpose()?;
    let (dir, config) = match (root, named) {
        (Some(root), named) => {
            let dir = canonical(&working.join(root))?;
            if !dir.is_dir() {
                return Err(RootError::NotAFolder { path: root.to_owned() });
            }
            let config = match named {
                Some((_, config)) => Some(config),
                None => config_in(&Files::Disk, &dir)?,
            };
            (dir, config)
        }
        (None, Some((dir, config))) => (dir, Some(config)),
        (None, None) => found_from(&working, paths)?,
    };
    let (repository, index) = match repository_of(&dir, &working) {
        Some((top, git)) => (Some(top.clone()), Index::new(top, git)),
        None => (None, Index::default()),
    };
    let root = Root {
        dir,
        config,
        repository,
        index,
        files: Files::Disk,
    };
    match &root.config {
        Some(config) if leads_out(&root, config) => Err(RootError::LinkOut { config: config.clone() }),
        _ => Ok(root),
    }
}

/// The folder of a config that was named, and the config in it. A link is as good as a file.
fn named_config(working: &Path, path: &Path) -> Result<(PathBuf, PathBuf), RootError> {
    let whole = working.join(path);
    // Reading it will report what it is.
    if let (Some(folder), Some(name)) = (whole.parent(), whole.file_name())
        && whole.symlink_metadata().is_ok()
    {
        let folder = canonical(folder)?;
        let config = folder.join(name);
        return Ok((folder, config));
    }
    let config = canonical(&whole)?;
    Ok((config.parent().unwrap_or(working).to_owned(), config))
}

fn found_from(working: &Path, paths: &[PathBuf]) -> Result<(PathBuf, Option<PathBuf>), RootError> {
    let repository = repository_of(working, working).map(|(top, _)| top);
    for dir in working.ancestors() {
        if let Some(config) = config_in(&Files::Disk, dir)? {
            return Ok((dir.to_owned(), Some(config)));
        }
        // A config above the repository belongs to something else.
        if Some(dir) == repository.as_deref() {
            break;
        }
    }
    if let Some(dir) = repository {
        return Ok((dir, None));
    }
    // One that is not there says nothing of where to begin.
    let first = paths.iter().find_map(|path| working.join(path).canonicalize().ok());
    let dir = match first {
        Some(path) if path.is_dir() => path,
        Some(path) => path.parent().unwrap_or(working).to_owned(),
        None => working.to_owned(),
    };
    let config = config_in(&Files::Disk, &dir)?;
    Ok((dir, config))
}

/// Whether a config in the repository, or in the root where there is none, is a link to something outside.
pub(super) fn leads_out(root: &Root, config: &Path) -> bool {
    let bounds = root.repository.as_ref().unwrap_or(&root.dir);
    let is_link = root.files.kind(config) == Ok(Kind::Link);
    let leads_out = || {
        root.files
            .canonicalize(config)
            .is_ok_and(|target| !target.starts_with(bounds))
    };
    is_link && config.starts_with(bounds) && leads_out()
}

fn canonical(path: &Path) -> Result<PathBuf, RootError> {
    path.canonicalize().map_err(|error| RootError::Unreadable {
        path: path.to_owned(),
        why: error.into(),
    })
}

pub(super) fn config_in(files: &Files, dir: &Path) -> Result<Option<PathBuf>, RootError> {
    // A link that leads nowhere is there too; a run must not go on as if nothing were configured.
    let there = |path: &PathBuf| files.is_there(path);
    let found: Vec<PathBuf> = FILE_NAMES.iter().map(|name| dir.join(name)).filter(there).collect();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        _ => Err(RootError::TwoConfigs { dir: dir.to_owned() }),
    }
}

/// The root of the repository in which `dir` is, and where git keeps what it knows of it.
///
/// What the environment says of a repository is about the one in which the program runs.
fn repository_of(dir: &Path, working: &Path) -> Option<(PathBuf, Option<Git>)> {
    let top_of = |dir: &Path| {
        dir.ancestors()
            .find(|dir| dir.join(".git").exists())
            .map(Path::to_owned)
    };
    let said = Environment::read(working);
    let told = said
        .work_tree
        .as_ref()
        .filter(|top| working.starts_with(top) && dir.starts_with(top));
    if let (Some(git), Some(top)) = (&said.git_dir, told) {
        return Some((top.clone(), Some(said.git(git.clone(), top))));
    }
    match (top_of(dir), &said.git_dir) {
        (None, Some(git)) if dir.starts_with(working) => {
            Some((working.to_owned(), Some(said.git(git.clone(), working))))
        }
        (None, _) => None,
        (Some(top), git_dir) => {
            let own = Git::of(&top);
            let is_meant = top_of(working).as_ref() == Some(&top)
                && git_dir
                    .as_ref()
                    .is_none_or(|said| own.as_ref().is_some_and(|own| own.dir == *said));
            let git = match own {
                Some(own) if is_meant => Some(said.git(own.dir, &top)),
                own => own,
            };
            Some((top, git))
        }
    }
}

/// What `GIT_DIR`, `GIT_WORK_TREE` and `GIT_INDEX_FILE` say.
struct Environment {
    git_dir: Option<PathBuf>,
    work_tree: Option<PathBuf>,
    index: Option<OsString>,
}

impl Environment {
    fn read(working: &Path) -> Self {
        let set = |name| var_os(name).filter(|value| !value.is_empty());
        let folder = |name| working.join(set(name)?).canonicalize().ok();
        Self {
            git_dir: folder("GIT_DIR").filter(|dir| dir.join("HEAD").is_file()),
            work_tree: folder("GIT_WORK_TREE"),
            index: set("GIT_INDEX_FILE"),
        }
    }

    fn git(&self, dir: PathBuf, top: &Path) -> Git {
        // Git counts from the work tree's root, whatever the working folder is.
        let told = self.index.as_ref().map(|index| top.join(index));
        Git {
            index: told.unwrap_or_else(|| dir.join("index")),
            dir,
        }
    }
}
