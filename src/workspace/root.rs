//! Where an estate begins.

use crate::config::FILE_NAMES;
use std::fmt;
use std::path::{Path, PathBuf};

/// An estate's root and its config file.
#[derive(Debug, Clone)]
pub struct Root {
    /// Absolute, links resolved.
    pub dir: PathBuf,
    pub config: Option<PathBuf>,
    /// The root of the git repository that it lies in, if it lies in one.
    pub repository: Option<PathBuf>,
}

#[derive(Debug)]
pub enum RootError {
    /// The folder or file that was named cannot be used.
    Unusable { path: PathBuf, why: String },
    /// Both spellings of the config file stand in one folder.
    TwoConfigs { dir: PathBuf },
}

impl fmt::Display for RootError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unusable { path, why } => write!(f, "{}: {why}", path.display()),
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

/// Finds the root: as told, else the folder of the config found by walking up from `working`, else the root of
/// the git repository, else the first path that was named, else `working`.
pub fn find(working: &Path, root: Option<&Path>, config: Option<&Path>, paths: &[PathBuf]) -> Result<Root, RootError> {
    let working = canonical(working)?;
    let config = config.map(|path| canonical(&working.join(path))).transpose()?;
    if let Some(root) = root {
        let dir = canonical(&working.join(root))?;
        if !dir.is_dir() {
            return Err(RootError::Unusable {
                path: root.to_owned(),
                why: "not a folder".into(),
            });
        }
        let config = match config {
            Some(config) => Some(config),
            None => config_in(&dir)?,
        };
        return Ok(Root {
            repository: repository_of(&dir),
            dir,
            config,
        });
    }
    if let Some(config) = config {
        let dir = config.parent().unwrap_or(&working).to_owned();
        return Ok(Root {
            repository: repository_of(&dir),
            dir,
            config: Some(config),
        });
    }
    let repository = repository_of(&working);
    for dir in working.ancestors() {
        if let Some(config) = config_in(dir)? {
            return Ok(Root {
                dir: dir.to_owned(),
                config: Some(config),
                repository,
            });
        }
        // A config above the repository belongs to something else.
        if Some(dir) == repository.as_deref() {
            break;
        }
    }
    if let Some(dir) = repository.clone() {
        return Ok(Root {
            dir,
            config: None,
            repository,
        });
    }
    let dir = match paths.first() {
        Some(first) => {
            let path = canonical(&working.join(first))?;
            if path.is_dir() {
                path
            } else {
                path.parent().unwrap_or(&working).to_owned()
            }
        }
        None => working,
    };
    Ok(Root {
        repository: repository_of(&dir),
        config: config_in(&dir)?,
        dir,
    })
}

fn canonical(path: &Path) -> Result<PathBuf, RootError> {
    path.canonicalize().map_err(|error| RootError::Unusable {
        path: path.to_owned(),
        why: super::walk::reason(&error),
    })
}

fn config_in(dir: &Path) -> Result<Option<PathBuf>, RootError> {
    // A link that leads nowhere is there too; a run must not go on as if nothing were configured.
    let there = |path: &PathBuf| path.symlink_metadata().is_ok();
    let found: Vec<PathBuf> = FILE_NAMES.iter().map(|name| dir.join(name)).filter(there).collect();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        _ => Err(RootError::TwoConfigs { dir: dir.to_owned() }),
    }
}

/// `.git` is a folder, or a file in a linked work tree or submodule.
fn repository_of(dir: &Path) -> Option<PathBuf> {
    dir.ancestors()
        .find(|dir| dir.join(".git").exists())
        .map(Path::to_owned)
}
