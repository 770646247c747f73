//! Why something is not written.

use crate::model::list_words;
use crate::render::SheetError;
use crate::workspace::ReadError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why an output is not written.
#[derive(Debug)]
pub enum OutputError {
    Stdout(io::Error),
    Write {
        path: PathBuf,
        error: io::Error,
    },
    Folder {
        path: PathBuf,
        error: io::Error,
    },
    /// It must not be written.
    Refused {
        path: PathBuf,
        why: Refusal,
    },
    /// A manifest is not changed.
    Fix {
        path: String,
        why: FixError,
        /// What is done to it.
        by: Change,
        /// Whether others come after it.
        is_one_of_many: bool,
    },
    /// What is to be written cannot be made.
    Render(serde_json::Error),
    Sheet(SheetError),
    /// Standard output is a terminal, which shows no bytes.
    Terminal,
    Manual(io::Error),
}

/// What is done to manifests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Fix,
    Add,
}

/// Why a file must not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    OwnBaseline,
    TwoOutputs,
    Git,
    Config,
    Manifest,
    /// It shows identities.
    Source,
    LinkOut,
    Link,
    Folder,
    NoFolder,
    ReadOnly,
    Outside,
    NotRead,
    NoManifestName,
    Faulty,
    /// So are tables that entries are added to.
    InBraces(&'static [&'static str]),
}

/// Why a manifest is left as it is.
#[derive(Debug)]
pub enum FixError {
    LinkOut,
    ReadOnly,
    Changed,
    Unreadable(ReadError),
    Io(io::Error),
    Output(Box<OutputError>),
}

impl OutputError {
    /// The file that it is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Write { path, .. } | Self::Folder { path, .. } | Self::Refused { path, .. } => Some(path),
            Self::Fix { path, .. } => Some(Path::new(path)),
            Self::Stdout(_) | Self::Render(_) | Self::Sheet(_) | Self::Terminal | Self::Manual(_) => None,
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdout(error) => write!(f, "cannot write to standard output: {error}"),
            Self::Write { path, error } => write!(f, "cannot write {}: {error}", path.display()),
            Self::Folder { path, error } => write!(f, "{} cannot be made: {error}", path.display()),
            Self::Refused { path, why } => write!(f, "cannot write {}: {why}", path.display()),
            Self::Fix {
                path,
                why,
                by,
                is_one_of_many,
            } => {
                let (verb, done) = match by {
                    Change::Fix => ("fix", "fixed"),
                    Change::Add => ("add to", "changed"),
                };
                match why {
                    FixError::Output(error) => write!(f, "{error}")?,
                    why => write!(f, "cannot {verb} {path}: {why}")?,
                }
                if *is_one_of_many {
                    write!(f, "; neither it nor the files after it were {done}")
                } else {
                    Ok(())
                }
            }
            Self::Render(error) => write!(f, "{error}"),
            Self::Sheet(error) => write!(f, "{error}"),
            Self::Terminal => f.write_str("a workbook is nothing for a terminal; name a file with --output FILE"),
            Self::Manual(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for OutputError {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::InBraces(tables) = self {
            let named: Vec<String> = tables.iter().map(|table| format!("`{table}`")).collect();
            return write!(
                f,
                "its {} are not written as tables of their own, so nothing can be added at its end; write them as [{}.ID]",
                list_words(&named, "or"),
                tables.first().unwrap_or(&"controls")
            );
        }
        f.write_str(match self {
            Self::InBraces(_) => "",
            Self::OwnBaseline => "it is this run's baseline; name another file",
            Self::TwoOutputs => "it is named for two outputs; give each a file of its own",
            Self::Git => "files in `.git` belong to git; name another file",
            Self::Config => "it is a config; name another file",
            Self::Manifest => "it is a manifest; name another file",
            Self::Source => "it is a file that identities are seen in; name another file",
            Self::LinkOut => "a link in it leads outside the estate's root; name the folder itself",
            Self::Link => "it is a link; remove it, or name the file itself",
            Self::Folder => "it is a folder; name a file in it",
            Self::NoFolder => "its folder does not exist",
            Self::ReadOnly => "it is read-only",
            Self::Outside => "it is not below the estate's root",
            Self::NotRead => {
                "it is not read as a manifest; `soclint config --files` says why"
            }
            Self::NoManifestName => {
                "it would not be read as a manifest: by default these are named scope.toml or *.scope.toml, and the config's `include` and `exclude` hold for it"
            }
            Self::Faulty => "parts of it cannot be read; fix them first (soclint check)",
        })
    }
}

impl fmt::Display for FixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LinkOut => f.write_str("its link leads outside the estate's root"),
            Self::ReadOnly => f.write_str("it is read-only"),
            Self::Changed => f.write_str("it changed while it was checked"),
            Self::Unreadable(error) => write!(f, "{error}"),
            Self::Io(error) => write!(f, "{error}"),
            Self::Output(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for FixError {}

impl From<ReadError> for FixError {
    fn from(error: ReadError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<io::Error> for FixError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<SheetError> for OutputError {
    fn from(error: SheetError) -> Self {
        Self::Sheet(error)
    }
}

impl From<OutputError> for FixError {
    fn from(error: OutputError) -> Self {
        Self::Output(Box::new(error))
    }
}
