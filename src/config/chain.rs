//! A config and those that it extends.

use super::words::DIALECT;
use super::{Config, ConfigError, ExtendsFault};
use crate::decode;
use crate::source::{Source, Span};
use crate::workspace::{self, Root};
use std::path::{Path, PathBuf};

/// No one extends so many configs on purpose.
const MAX_CONFIGS: usize = 32;

/// Reads the config of a root and all that it extends, the nearest first.
pub fn read_chain(root: &Root) -> Result<Vec<Source>, ConfigError> {
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
    // Read last is nearest; what two configs extend is beneath them both.
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
    fn follow(&mut self, path: PathBuf, source: Source) -> Result<(), ConfigError> {
        self.read += 1;
        self.open.push(path.clone());
        let named: Vec<(String, Span)> = {
            // What is wrong with it is said when all of them are known.
            let config = decode::decode::<Config<'_>>(&source, &DIALECT).value;
            let named = config.extends.iter();
            named.map(|name| (name.value.as_str().to_owned(), name.span)).collect()
        };
        for (name, span) in named {
            let refuse = |why: ExtendsFault| ConfigError::Extends {
                source: Box::new(source.clone()),
                span,
                why,
            };
            let base = self.resolve(&path, &name).map_err(refuse)?;
            if self.open.contains(&base) {
                return Err(refuse(ExtendsFault::Circle { name }));
            }
            if self.found.iter().any(|(known, _)| *known == base) {
                continue;
            }
            if self.read >= MAX_CONFIGS {
                return Err(refuse(ExtendsFault::TooMany { most: MAX_CONFIGS }));
            }
            let base_source = load(self.root, &base).map_err(|error| match error {
                ConfigError::Unreadable { path, why } => refuse(ExtendsFault::Unreadable { path, why }),
                ConfigError::NotUtf8 { path } => refuse(ExtendsFault::NotUtf8 { path }),
                error => error,
            })?;
            self.follow(base, base_source)?;
        }
        self.open.pop();
        self.found.push((path, source));
        Ok(())
    }

    /// The file that `name` means in the config at `path`. It may not lead out of the repository, nor without one out of the root.
    fn resolve(&self, path: &Path, name: &str) -> Result<PathBuf, ExtendsFault> {
        let folder = path.parent().unwrap_or(path);
        let base = self.root.files.canonicalize(&folder.join(name));
        let base = base.map_err(|_| ExtendsFault::NoFile { name: name.to_owned() })?;
        let (bounds, of) = match &self.root.repository {
            Some(repository) => (repository, "repository"),
            None => (&self.root.dir, "root"),
        };
        if base.starts_with(bounds) {
            Ok(base)
        } else {
            Err(ExtendsFault::Outside {
                name: name.to_owned(),
                of,
            })
        }
    }
}

fn load(root: &Root, path: &Path) -> Result<Source, ConfigError> {
    let shown = workspace::shown_from(root, path);
    let bytes = root
        .files
        .read(path, workspace::MAX_MANIFEST)
        .map_err(|why| ConfigError::Unreadable {
            path: shown.clone(),
            why,
        })?;
    let source = Source::from_bytes(shown, bytes);
    if source.bad_bytes.is_empty() {
        Ok(source)
    } else {
        Err(ConfigError::NotUtf8 { path: source.path })
    }
}
