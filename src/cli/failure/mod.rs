//! What ends a command with status 2.

mod output;
mod usage;

pub use output::{Change, FixError, OutputError, Refusal};
pub use usage::{ArgumentError, Usage};

use crate::error::{Detail, Error, Kind};
use crate::workspace::{PatternFault, RootError};
use std::fmt;

/// Why a command ends with status 2.
#[derive(Debug)]
pub enum Failure {
    /// The run itself.
    Run(Error),
    Usage(Usage),
    Output(OutputError),
    Input(InputError),
    WorkingFolder(std::io::Error),
    /// There is nothing to check.
    NoManifest {
        message: String,
        notes: Vec<String>,
    },
    /// Manifests could not be read completely, and so a baseline is left as it is.
    Unread {
        consequence: String,
    },
    /// `init` would write nothing.
    NothingToWrite {
        why: String,
        notes: Vec<String>,
    },
}

/// Why an answer could not be read.
#[derive(Debug)]
pub enum InputError {
    Ended,
    Unreadable(std::io::Error),
    TooLarge { limit: u64 },
    NotUtf8,
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended => f.write_str("the input ended before the last question was answered; nothing was written"),
            Self::Unreadable(error) => write!(f, "the input cannot be read: {error}; nothing was written"),
            Self::TooLarge { limit } => write!(f, "the input is larger than {} MiB", limit / 1024 / 1024),
            Self::NotUtf8 => f.write_str("the input is no UTF-8 text"),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(error) => write!(f, "{error}"),
            Self::Usage(error) => write!(f, "{error}"),
            Self::Output(error) => write!(f, "{error}"),
            Self::Input(error) => write!(f, "{error}"),
            Self::WorkingFolder(error) => write!(f, "the working folder cannot be read: {error}"),
            Self::NoManifest { message, .. } => f.write_str(message),
            Self::Unread { consequence } => {
                write!(f, "some of the manifests could not be read{consequence}")
            }
            Self::NothingToWrite { why, .. } => write!(f, "nothing was written: {why}"),
        }
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// Everything that is wrong, one by one.
    pub fn details(&self) -> Vec<Detail<'_>> {
        let kind = match self {
            Self::Run(error) => return error.details(),
            Self::Usage(_) => Kind::Usage,
            Self::Output(error) => {
                let detail = Detail::new(Kind::Output, self);
                return vec![match error.path() {
                    Some(path) => detail.of_path(path.to_string_lossy()),
                    None => detail,
                }];
            }
            Self::NothingToWrite { notes, .. } => return vec![with_notes(Kind::Output, self, notes)],
            Self::NoManifest { notes, .. } => return vec![with_notes(Kind::Manifests, self, notes)],
            Self::Input(_) => Kind::Input,
            Self::WorkingFolder(_) => Kind::Root,
            Self::Unread { .. } => Kind::Manifests,
        };
        vec![Detail::new(kind, self)]
    }
}

fn with_notes<'e>(kind: Kind, failure: &Failure, notes: &[String]) -> Detail<'e> {
    Detail {
        notes: notes.to_vec(),
        ..Detail::new(kind, failure)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Run(error)
    }
}

impl From<RootError> for Failure {
    fn from(error: RootError) -> Self {
        Self::Run(error.into())
    }
}

impl From<crate::workspace::RevisionError> for Failure {
    fn from(error: crate::workspace::RevisionError) -> Self {
        Self::Run(error.into())
    }
}

impl From<PatternFault> for Failure {
    fn from(fault: PatternFault) -> Self {
        Self::Run(fault.into())
    }
}

impl From<crate::triage::BaselineError> for Failure {
    fn from(error: crate::triage::BaselineError) -> Self {
        Self::Run(error.into())
    }
}

impl From<Usage> for Failure {
    fn from(error: Usage) -> Self {
        Self::Usage(error)
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl From<crate::render::SheetError> for Failure {
    fn from(error: crate::render::SheetError) -> Self {
        Self::Output(error.into())
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}
