//! Why a baseline cannot be used.

use crate::source::{Source, Span};
use crate::workspace::ReadError;
use std::fmt;

/// What is wrong with the text of a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineFault {
    /// Where it stands.
    pub span: Span,
    pub(crate) kind: BaselineFaultKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BaselineFaultKind {
    /// It is not TOML, or not the TOML of a baseline.
    Toml {
        message: String,
    },
    UnknownVersion {
        version: u32,
        known: u32,
    },
    /// `until` is not a day.
    Until,
}

impl fmt::Display for BaselineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for BaselineFault {}

impl BaselineFaultKind {
    /// The words under the label.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Toml { .. } => "not understood",
            Self::UnknownVersion { .. } => "unknown version",
            Self::Until => "not a date",
        }
    }
}

impl fmt::Display for BaselineFaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a valid baseline file: ")?;
        match self {
            Self::Toml { message } => f.write_str(message),
            Self::UnknownVersion { version, known } => {
                write!(f, "this baseline has version {version}, but only {known} is supported")
            }
            Self::Until => f.write_str("`until` is not a date such as 2027-03-31"),
        }
    }
}

/// Why a baseline cannot be used, or not be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum BaselineError {
    #[doc(hidden)]
    Unreadable { path: String, why: ReadError },
    #[doc(hidden)]
    NotUtf8 { path: String },
    #[doc(hidden)]
    Invalid { source: Box<Source>, fault: BaselineFault },
    /// It was written for another estate of the repository.
    #[doc(hidden)]
    OtherEstate {
        path: String,
        written_for: String,
        here: String,
    },
    #[doc(hidden)]
    Unwritable(toml::ser::Error),
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, why } => write!(f, "the baseline {path} cannot be read: {why}"),
            Self::NotUtf8 { path } => write!(f, "the baseline {path} is not UTF-8 text"),
            Self::Invalid { source, fault } => write!(f, "{}: {}", source.place(fault.span), fault.kind),
            Self::OtherEstate {
                path,
                written_for,
                here,
            } => {
                let here = match here.as_str() {
                    "" => "the repository's root".to_owned(),
                    here => format!("`{here}`"),
                };
                write!(
                    f,
                    "the baseline {path} was written for the estate `{written_for}`, but this estate is {here}: write one for this estate, or correct its `estate` if the estate has moved"
                )
            }
            Self::Unwritable(error) => write!(f, "cannot write a baseline: {error}"),
        }
    }
}

impl std::error::Error for BaselineError {}

impl BaselineError {
    /// The file that it is about.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Unreadable { path, .. } | Self::NotUtf8 { path } | Self::OtherEstate { path, .. } => Some(path),
            Self::Invalid { source, .. } => Some(&source.path),
            Self::Unwritable(_) => None,
        }
    }
}
