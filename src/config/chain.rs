//! A config and those that it extends.

use super::Config;
use super::words::DIALECT;
use crate::decode;
use crate::source::{Source, Span};
use crate::workspace::{self, Root};
use std::path::{Path, PathBuf};

/// Nobody extends so many configs on purpose.
const MOST_CONFIGS: usize = 32;

/// Why a chain of configs cannot be read.
#[derive(Debug)]
pub enum ChainError {
    Unreadable {
        path: String,
        why: String,
    },
    /// What `extends` names at a place cannot be used.
    Extends {
        at: String,
        message: String,
    },
}

/// Reads the config of a root and all that it extends, the nearest first.
pub fn read_chain(root: &Root) -> Result<Vec<Source>, ChainError> {
    let Some(path) = &root.config else {
        return Ok(Vec::new());
    };
    let mut reader = Reader {
        root,
        found: Vec::new(),
        open: Vec::new(),
        read: 0,
    };
    let source = load(root, path)?;
    reader.follow(path.clone(), source)?;
    // Read last is nearest; what two configs extend lies beneath them both.
    reader.found.reverse();
    Ok(reader.found.into_iter().map(|(_, source)| source).collect())
}

struct Reader<'r> {
    root: &'r Root,
    /// Each after all that it extends.
    found: Vec<(PathBuf, Source)>,
    /// The configs that are being followed, with the place from which each was named.
    open: Vec<PathBuf>,
    read: usize,
}

impl Reader<'_> {
    fn follow(&mut self, path: PathBuf, source: Source) -> Result<(), ChainError> {
        self.read += 1;
        self.open.push(path.clone());
        let named: Vec<(String, Span)> = {
            // What is wrong with it is said when all of them are known.
            let config = decode::decode::<Config<'_>>(&source, &DIALECT).value;
            let named = config.extends.iter();
            named.map(|name| (name.value.as_str().to_owned(), name.span)).collect()
        };
        for (name, span) in named {
            let at = || {
                let position = source.position(span.start);
                format!("{}:{}:{}", source.path, position.line, position.column)
            };
            let refuse = |message: String| ChainError::Extends { at: at(), message };
            let base = self.resolve(&path, &name).map_err(refuse)?;
            if self.open.contains(&base) {
                return Err(refuse(format!("\"{name}\" extends in a circle")));
            }
            if self.found.iter().any(|(known, _)| *known == base) {
                continue;
            }
            if self.read >= MOST_CONFIGS {
                return Err(refuse(format!("more than {MOST_CONFIGS} configs are extended")));
            }
            let base_source = load(self.root, &base).map_err(|error| match error {
                ChainError::Unreadable { path, why } => refuse(format!("{path} cannot be read: {why}")),
                error => error,
            })?;
            self.follow(base, base_source)?;
        }
        self.open.pop();
        self.found.push((path, source));
        Ok(())
    }

    /// The file that `name` means in the config at `path`. It may not lead out of the repository, nor without one out of the root.
    fn resolve(&self, path: &Path, name: &str) -> Result<PathBuf, String> {
        let folder = path.parent().unwrap_or(path);
        let base = folder
            .join(name)
            .canonicalize()
            .map_err(|_| format!("there is no file \"{name}\" beside this config"))?;
        let (bounds, what) = match &self.root.repository {
            Some(repository) => (repository, "repository"),
            None => (&self.root.dir, "root"),
        };
        match base.starts_with(bounds) {
            true => Ok(base),
            false => Err(format!("\"{name}\" leads out of the {what}")),
        }
    }
}

fn load(root: &Root, path: &Path) -> Result<Source, ChainError> {
    let shown = workspace::shown_from(root, path);
    let unreadable = |why: String| ChainError::Unreadable {
        path: shown.clone(),
        why,
    };
    let bytes = workspace::read_bytes(path).map_err(unreadable)?;
    let source = Source::from_bytes(shown.clone(), bytes);
    if !source.bad_bytes.is_empty() {
        return Err(unreadable("it is not UTF-8 text".into()));
    }
    Ok(source)
}
